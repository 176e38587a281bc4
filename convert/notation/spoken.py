"""A marking in words that can be read aloud: ``Secret, releasable to the United Kingdom``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from convert.model.marking import Marking
from convert.notation.countries import COUNTRIES, SHORT_NAMES

WORDS = {
    "RS": "risk sensitive", "OC": "originator controlled",
    "OC-USGOV": "originator controlled, U.S. Government", "IMC": "imagery controlled",
    "NF": "not releasable to foreign nationals", "PR": "proprietary information",
    "RELIDO": "releasable by information disclosure official", "FOUO": "for official use only",
    "EYES": "eyes only", "DSEN": "DEA sensitive",
    "FISA": "Foreign Intelligence Surveillance Act", "DS": "limited distribution",
    "XD": "exclusive distribution", "ND": "no distribution",
    "SBU": "sensitive but unclassified",
    "SBU-NF": "sensitive but unclassified, not releasable to foreign nationals",
    "LES": "law enforcement sensitive",
    "LES-NF": "law enforcement sensitive, not releasable to foreign nationals",
    "SSI": "sensitive security information", "RD": "restricted data",
    "FRD": "formerly restricted data", "LOU": "limited official use", "OUO": "official use only",
    "EFTO": "encrypt for transmission only", "CMH": "modified handling authorized",
}  # fmt: skip
"""What the letters stand for (IC Markings Manual H.6, H.8, H.9; 5 FAH-1 H-246.2)."""

_SHORT = {code: name.title().replace(" And ", " and ") for name, code in SHORT_NAMES.items()}
_SHORT |= {"USA": "United States", "GBR": "United Kingdom"}
_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives")


@lru_cache(maxsize=4096)
def spoken(marking: Marking, supplied: tuple[str, ...] = ()) -> str:
    """All that the marking says, in words; without the values that nobody typed."""
    said = ", ".join(filter(None, _said(marking, frozenset(supplied))))
    return said[:1].upper() + said[1:]


def _said(marking: Marking, supplied: frozenset[str]) -> Iterator[str]:
    owners = marking.ownerProducer
    level = marking.classification.title.lower()
    if marking.legacyMarkings and level == "unclassified":
        level = ""
    if "SBU" in marking.nonICmarkings or "SBU-NF" in marking.nonICmarkings:
        level = ""  # what is sensitive but unclassified says so itself
    if owners not in ((), ("USA",)):
        yield f"{'joint ' if marking.joint else ''}{_listed(owners)}"
    yield level
    yield from (_words(value) for value in marking.legacyMarkings)
    for values in (marking.SCIcontrols, marking.SARIdentifier, marking.atomicEnergyMarkings):
        yield from (_words(value) for value in values)
    if foreign := (*marking.FGIsourceOpen, *marking.FGIsourceProtected):
        yield f"foreign government information of {_listed(foreign)}"
    for control in marking.disseminationControls:
        if control == "REL":
            named = [code for code in marking.releasableTo if code not in supplied]
            yield f"releasable to {_listed(named)}" if named else "releasable as the banner says"
        elif control == "DISPLAYONLY":
            yield f"display only to {_listed(marking.displayOnlyTo)}"
        else:
            yield _words(control)
    for values in (marking.nonICmarkings, marking.nonUSControls):
        yield from (_words(value) for value in values)
    if marking.cui:
        yield " ".join(("controlled unclassified information", *marking.cuiCategories))
    if marking.entireText:
        yield "entire text"


def _words(value: str) -> str:
    return WORDS.get(value, value)


def _listed(codes: Iterable[str]) -> str:
    names = [_country(code) for code in codes]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _country(code: str) -> str:
    name = _SHORT.get(code) or COUNTRIES.get(code, code)
    return f"the {name}" if name.startswith(_WITH_ARTICLE) else name
