"""The known words of markings, in ISM's order, each table with its source."""

from convert.model.marking import Level

LEVELS = {"TS": Level.TS, "S": Level.S, "C": Level.C, "U": Level.U}

TITLES = {
    "TOP SECRET": Level.TS,
    "SECRET": Level.S,
    "CONFIDENTIAL": Level.C,
    "UNCLASSIFIED": Level.U,
    "UNCLAS": Level.U,
}

MISSPELT = {"UNCLASSIFED": "UNCLASSIFIED"}
"""Typing errors met in real cables whose sense is beyond doubt; no other near match is taken."""

# ODNI, ISM.XML Version 10, CVEnumISMDissem, in its order.
DISSEMINATION = (
    "RS", "FOUO", "OC", "IMC", "NF", "PR", "REL", "RELIDO", "EYES", "DSEN", "FISA", "DISPLAYONLY",
)  # fmt: skip

# The same, CVEnumISMNonIC.
NON_IC = ("DS", "XD", "ND", "SBU", "SBU-NF", "LES", "LES-NF", "SSI")

# Titles and abbreviations of the register (IC Markings Manual H.8, H.9) to ISM values.
CONTROL_WORDS = {
    **{value: value for value in DISSEMINATION if value not in ("REL", "EYES", "DISPLAYONLY")},
    "NOFORN": "NF",
    "NOT RELEASABLE TO FOREIGN NATIONALS": "NF",
    "ORCON": "OC",
    "ORIGINATOR CONTROLLED": "OC",
    "PROPIN": "PR",
    "IMCON": "IMC",
    "RSEN": "RS",
    "FOR OFFICIAL USE ONLY": "FOUO",
}
NON_IC_WORDS = {
    **{value: value for value in NON_IC},
    "EXDIS": "XD",
    "NODIS": "ND",
    "SENSITIVE BUT UNCLASSIFIED": "SBU",
    "SBU NOFORN": "SBU-NF",
    "LIMITED DISTRIBUTION": "DS",
}

# State's administrative portion marks (5 FAH-1 H-246.2 c): the control, or the legacy word.
ADMINISTRATIVE = {
    "SBU": ("SBU", ""),
    "SBU/NF": ("SBU-NF", ""),
    "SBU-NF": ("SBU-NF", ""),
    "SBU//NF": ("SBU-NF", ""),
    "SBU/N": ("SBU-NF", ""),
    "LOU": ("", "LOU"),
    "OUO": ("", "OUO"),
}

# Captions (5 FAH-2 H-440), and what a caption on the banner line means in ISM.
CAPTIONS = (
    "NOT FOR INTERNET DISTRIBUTION", "ROGER CHANNEL", "DISSENT CHANNEL",
    "SIPDIS", "NODIS", "EXDIS", "STADIS", "LIMDIS", "NOFORN", "SENSITIVE", "TERREP", "AGRMENT",
)  # fmt: skip
CAPTION_CONTROLS = {"NOFORN": "NF"}
CAPTION_NON_IC = {"EXDIS": "XD", "NODIS": "ND"}

# Offices of the Department that stand in brackets and are no marking.
OFFICES = frozenset({"S/CT", "S/P", "S/ES", "S/S", "S/WCI", "S/GAC", "C/SO", "U/SYG", "S/CPR"})
