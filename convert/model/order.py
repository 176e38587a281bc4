"""The order of values in each list of a marking: ODNI's vocabularies, ISM.XML Version 10.

What a vocabulary does not name stands after what it names, in the order of its letters: it is
kept, never dropped. Each function returns the values once each, as an attribute holds them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

# CVEnumISMAtomicEnergyMarkings; the SIGMA numbers follow their family.
ATOMIC = ("RD", "RD-CNWDI", "RD-SG", "FRD", "FRD-SG", "DCNI", "UCNI", "TFNI")

# CVEnumISMDissem. OC-USGOV is younger: it stands beside OC, as in the Manual's register (G.1).
DISSEMINATION = (
    "RS", "FOUO", "OC", "OC-USGOV", "IMC", "NF", "PR", "REL", "RELIDO", "EYES", "DSEN", "FISA",
    "DISPLAYONLY",
)  # fmt: skip

# CVEnumISMNonIC, where ACCM is a pattern.
NON_IC = ("DS", "XD", "ND", "SBU", "SBU-NF", "LES", "LES-NF", "SSI", "ACCM", "NNPI")

# CVEnumISMNonUSControls.
NON_US = ("ATOMAL", "BOHEMIA", "BALK")


def countries(codes: Iterable[str]) -> tuple[str, ...]:
    """USA, then trigraphs, then tetragraphs, each A to Z (ISM-ID-00041, 00214; CVEnumISMRelTo)."""
    return tuple(sorted(set(codes), key=lambda code: (code != "USA", len(code) != 3, code)))


def sci(controls: Iterable[str]) -> tuple[str, ...]:
    """Systems A to Z, each before its compartments; SI-G before SI's others (CVEnumISMSCIControls).

    The Manual (H.4) also sorts ascending, and so places what Version 10 does not know.
    """
    return tuple(sorted(set(controls), key=_compartment))


def sar(programs: Iterable[str]) -> tuple[str, ...]:
    """Programs A to Z, each before its compartments (Manual H.5)."""
    return tuple(sorted(set(programs), key=lambda program: program.split("-")))


def atomic(markings: Iterable[str]) -> tuple[str, ...]:
    """As CVEnumISMAtomicEnergyMarkings has them, SIGMA numbers ascending (Manual H.6)."""
    return tuple(sorted(set(markings), key=_sigma))


def dissemination(controls: Iterable[str]) -> tuple[str, ...]:
    """As CVEnumISMDissem has them (ISM-ID-00026)."""
    return _by(DISSEMINATION, controls)


def non_ic(controls: Iterable[str]) -> tuple[str, ...]:
    """As CVEnumISMNonIC has them, ACCM by nickname (ISM-ID-00035)."""
    return _by(NON_IC, controls, lambda value: "ACCM" if value.startswith("ACCM-") else value)


def non_us(controls: Iterable[str]) -> tuple[str, ...]:
    """As CVEnumISMNonUSControls has them."""
    return _by(NON_US, controls)


def cui(categories: Iterable[str]) -> tuple[str, ...]:
    """CUI Specified first, then Basic, each A to Z (32 CFR 2002.20)."""
    return tuple(sorted(set(categories), key=lambda value: (not value.startswith("SP-"), value)))


def _by(
    vocabulary: tuple[str, ...],
    values: Iterable[str],
    term: Callable[[str], str] = lambda value: value,
) -> tuple[str, ...]:
    places = {name: place for place, name in enumerate(vocabulary)}
    return tuple(sorted(set(values), key=lambda value: (places.get(term(value), 99), value)))


def _compartment(control: str) -> tuple[tuple[bool, str], ...]:
    system, *rest = control.split("-")
    return ((True, system), *((not (system == "SI" and part == "G"), part) for part in rest))


def _sigma(marking: str) -> tuple[int, int, str]:
    family, dash, number = marking.rpartition("-SG-")
    name = f"{family}-SG" if dash else marking
    place = ATOMIC.index(name) if name in ATOMIC else len(ATOMIC)
    return place, int(number) if dash and number.isdecimal() else 0, marking
