"""The known words of markings, in ISM's order, each table with its source.

"CVE" is ODNI's, ISM.XML Version 10 (public, no restriction); the order of its values is normative
(ISM-ID-00026, 00035, 00042, 00095, 00178). "Manual" is the IC Markings System Register and Manual
of 31 December 2016.
"""

from convert.model.marking import Level

# CVEnumISMClassificationAll; R is foreign only.
LEVELS = {"TS": Level.TS, "S": Level.S, "C": Level.C, "U": Level.U}
ANY_LEVELS = {**LEVELS, "R": Level.R}

TITLES = {
    "TOP SECRET": Level.TS,
    "SECRET": Level.S,
    "CONFIDENTIAL": Level.C,
    "UNCLASSIFIED": Level.U,
    "UNCLAS": Level.U,
}
ANY_TITLES = {level.title: level for level in Level}

MISSPELT = {"UNCLASSIFED": "UNCLASSIFIED"}
"""Typing errors met in real cables whose sense is beyond doubt; no other near match is taken."""

# Manual H.7: NATO's levels in portions, those with a control in one word (Register of 2008), and
# in banners.
NATO_LEVELS = {
    "CTS": Level.TS, "NS": Level.S, "NC": Level.C, "NR": Level.R, "NU": Level.U,
}  # fmt: skip
NATO_FORMER = {
    "CTSA": (Level.TS, "ATOMAL"), "NSAT": (Level.S, "ATOMAL"), "NCA": (Level.C, "ATOMAL"),
    "CTS-B": (Level.TS, "BOHEMIA"), "CTS-BALK": (Level.TS, "BALK"),
}  # fmt: skip
NATO_TITLES = {
    "COSMIC TOP SECRET": Level.TS,
    "NATO SECRET": Level.S,
    "NATO CONFIDENTIAL": Level.C,
    "NATO RESTRICTED": Level.R,
    "NATO UNCLASSIFIED": Level.U,
}

# CVEnumISMNonUSControls.
NON_US = ("ATOMAL", "BOHEMIA", "BALK")

# CVEnumISMSCIControls: the systems, then what may follow "-" and, behind a blank, its
# sub-compartments. A kind is a fixed word, or characters with a least and a greatest length.
SCI_SYSTEMS = ("EL", "HCS", "KDK", "RSV", "SI", "TK")
_LETTERS, _ALPHANUMERIC = "A", "A9"
Kind = str | tuple[str, int, int] | None
SCI_COMPARTMENTS: tuple[tuple[str, Kind, Kind], ...] = (
    ("EL", "EU", None),
    ("EL", "NK", None),
    ("KDK", "BLFH", (_ALPHANUMERIC, 1, 6)),
    ("KDK", "IDIT", (_ALPHANUMERIC, 1, 6)),
    ("KDK", "KAND", (_ALPHANUMERIC, 1, 6)),
    ("RSV", (_ALPHANUMERIC, 3, 3), None),
    ("SI", "G", (_LETTERS, 4, 4)),
    ("SI", (_LETTERS, 3, 3), (_LETTERS, 4, 4)),
)
SCI_SUPPLEMENT: tuple[tuple[str, Kind, Kind], ...] = (
    ("HCS", "O", None),
    ("HCS", "P", (_ALPHANUMERIC, 1, 6)),
    ("SI", "EU", None),
    ("SI", "NK", None),
    ("TK", "BLFH", (_ALPHANUMERIC, 1, 6)),
    ("TK", "IDIT", (_ALPHANUMERIC, 1, 6)),
    ("TK", "KAND", (_ALPHANUMERIC, 1, 6)),
)
"""Supplement: not in V10's CVE, in the Manual of 2016 (H.4)."""
SCI_WORDS = {
    **{system: system for system in SCI_SYSTEMS},
    "ENDSEAL": "EL",
    "KLONDIKE": "KDK",
    "RESERVE": "RSV",
    "SPECIAL INTELLIGENCE": "SI",
    "TALENT KEYHOLE": "TK",
}
SCI_PARTS = {"GAMMA": "G", "ECRU": "EU", "NONBOOK": "NK", "BLUEFISH": "BLFH", "IDITAROD": "IDIT",
             "KANDIK": "KAND"}  # fmt: skip

# CVEnumISMAtomicEnergyMarkings; V10 knows SIGMA 14, 15, 18 and 20, registers before it 1 to 20.
ATOMIC = ("RD", "FRD", "DCNI", "UCNI", "TFNI")
ATOMIC_WORDS = {
    **{value: value for value in ATOMIC},
    "RESTRICTED DATA": "RD",
    "FORMERLY RESTRICTED DATA": "FRD",
    "TRANSCLASSIFIED FOREIGN NUCLEAR INFORMATION": "TFNI",
    "DOD UCNI": "DCNI",
    "DOD UNCLASSIFIED CONTROLLED NUCLEAR INFORMATION": "DCNI",
    "DOD CONTROLLED NUCLEAR INFORMATION": "DCNI",
    "DOE UCNI": "UCNI",
    "DOE UNCLASSIFIED CONTROLLED NUCLEAR INFORMATION": "UCNI",
    "DOE CONTROLLED NUCLEAR INFORMATION": "UCNI",
}
SIGMAS = frozenset(map(str, range(1, 21)))

# CVEnumISMDissem; OC-USGOV is the Manual's (supplement: not in V10), the last five are 32 CFR
# 2002.16(b)'s for CUI (supplement: no ISM V10 value).
DISSEMINATION = (
    "RS", "FOUO", "OC", "OC-USGOV", "IMC", "NF", "PR", "REL", "RELIDO", "EYES", "DSEN", "FISA",
    "DISPLAYONLY",
)  # fmt: skip
CUI_LIMITED = ("FED_ONLY", "FEDCON", "NOCON", "DL_ONLY")

# CVEnumISMNonIC, without ACCM-nickname, which is no fixed word.
NON_IC = ("DS", "XD", "ND", "SBU", "SBU-NF", "LES", "LES-NF", "SSI", "NNPI")

# Titles and abbreviations of the register (Manual H.8, H.9) to ISM values.
CONTROL_WORDS = {
    **{value: value for value in DISSEMINATION if value not in ("REL", "EYES", "DISPLAYONLY")},
    "NOFORN": "NF",
    "NOT RELEASABLE TO FOREIGN NATIONALS": "NF",
    "ORCON": "OC",
    "ORIGINATOR CONTROLLED": "OC",
    "ORCON-USGOV": "OC-USGOV",
    "ORIGINATOR CONTROLLED-USGOV": "OC-USGOV",
    "PROPIN": "PR",
    "CAUTION-PROPRIETARY INFORMATION INVOLVED": "PR",
    "IMCON": "IMC",
    "CONTROLLED IMAGERY": "IMC",
    "RSEN": "RS",
    "RISK SENSITIVE": "RS",
    "FOR OFFICIAL USE ONLY": "FOUO",
    "DEA SENSITIVE": "DSEN",
    "FOREIGN INTELLIGENCE SURVEILLANCE ACT": "FISA",
    "RELEASABLE BY INFORMATION DISCLOSURE OFFICIAL": "RELIDO",
}
NON_IC_WORDS = {
    **{value: value for value in NON_IC},
    "EXDIS": "XD",
    "EXCLUSIVE DISTRIBUTION": "XD",
    "NODIS": "ND",
    "NO DISTRIBUTION": "ND",
    "LIMDIS": "DS",
    "LIMITED DISTRIBUTION": "DS",
    "SENSITIVE BUT UNCLASSIFIED": "SBU",
    "SBU NOFORN": "SBU-NF",
    "SBU-NOFORN": "SBU-NF",
    "SENSITIVE BUT UNCLASSIFIED NOFORN": "SBU-NF",
    "LAW ENFORCEMENT SENSITIVE": "LES",
    "LES NOFORN": "LES-NF",
    "LAW ENFORCEMENT SENSITIVE NOFORN": "LES-NF",
    "SENSITIVE SECURITY INFORMATION": "SSI",
    "NAVAL NUCLEAR PROPULSION INFORMATION": "NNPI",
}
CUI_WORDS = {
    "NF": "NF", "NOFORN": "NF", "RELIDO": "RELIDO", "FED ONLY": "FED_ONLY", "FEDCON": "FEDCON",
    "NOCON": "NOCON", "DL ONLY": "DL_ONLY",
}  # fmt: skip

# What a banner writes for a value that its portions abbreviate (Manual C.1, D.1, H.6, H.8, H.9).
BANNER_WORDS = {
    "RS": "RSEN", "OC": "ORCON", "OC-USGOV": "ORCON-USGOV", "IMC": "IMCON", "NF": "NOFORN",
    "PR": "PROPIN", "DSEN": "DEA SENSITIVE", "DS": "LIMDIS", "XD": "EXDIS", "ND": "NODIS",
    "SBU-NF": "SBU NOFORN", "LES-NF": "LES NOFORN", "DCNI": "DOD UCNI", "UCNI": "DOE UCNI",
}  # fmt: skip

# CVEnumISM25X, with the two of the declassification category used in banners until 2008.
EXCEPTIONS = (
    "MR", *(f"X{number}" for number in range(1, 9)), "25X1", "25X1-EO-12951",
    *(f"25X{number}" for number in range(2, 10)), "50X1-HUM", "50X2-WMD",
)  # fmt: skip

# State's administrative portion marks (5 FAH-1 H-246.2 c): the control, or the legacy word.
ADMINISTRATIVE = {
    "SBU": ("SBU", ""),
    "SBU/NF": ("SBU-NF", ""),
    "SBU-NF": ("SBU-NF", ""),
    "SBU//NF": ("SBU-NF", ""),
    "SBU/N": ("SBU-NF", ""),
    "SBU/NOFORN": ("SBU-NF", ""),
    "SBU//NOFORN": ("SBU-NF", ""),
    "SBU NOFORN": ("SBU-NF", ""),
    "LOU": ("", "LOU"),
    "OUO": ("", "OUO"),
}

# Markings of former times that have no ISM value, and how a line of its own writes them.
LEGACY_TITLES = {"LIMITED OFFICIAL USE": "LOU", "OFFICIAL USE ONLY": "OUO"}
SENSITIVE_TITLES = ("SENSITIVE BUT UNCLASSIFIED", "SENSITIVE BUT UNCLASSIED")

# Captions (5 FAH-2 H-440), and what a caption on the banner line means in ISM.
CAPTIONS = (
    "NOT FOR INTERNET DISTRIBUTION", "ROGER CHANNEL", "DISSENT CHANNEL",
    "SIPDIS", "NODIS", "EXDIS", "STADIS", "LIMDIS", "NOFORN", "SENSITIVE", "TERREP", "AGRMENT",
    "CHEROKEE", "AIDAC", "NESCO", "USIAC", "VISAS", "USEEC", "USMTN", "USOECD",
    "USSALTTWO", "UNSUMMARY", "CTB", "FODAG", "EXCON",
)  # fmt: skip
CAPTIONS_IN_WORDS = {"US SALT TWO": "USSALTTWO"}
CAPTION_CONTROLS = {"NOFORN": "NF"}
CAPTION_NON_IC = {"EXDIS": "XD", "NODIS": "ND"}

# Offices of the Department that stand in brackets and are no marking.
OFFICES = frozenset({"S/CT", "S/P", "S/ES", "S/S", "S/WCI", "S/GAC", "C/SO", "U/SYG", "S/CPR"})
