"""What a marking means: levels, and the marking record with ISM's own field names."""

from __future__ import annotations

from enum import Enum

from convert.model.data import Data


class Level(Enum):
    """A classification level, lowest first (E.O. 13526 sec. 1.2; R is foreign only)."""

    U = "U"
    R = "R"
    C = "C"
    S = "S"
    TS = "TS"

    @property
    def title(self) -> str:
        """The level unabbreviated, as a banner line has it (32 CFR 2001.24)."""
        return _TITLES[self]

    @property
    def rank(self) -> int:
        """0 for UNCLASSIFIED, rising; only for comparing levels."""
        return _RANKS[self]


_TITLES = {
    Level.U: "UNCLASSIFIED",
    Level.R: "RESTRICTED",
    Level.C: "CONFIDENTIAL",
    Level.S: "SECRET",
    Level.TS: "TOP SECRET",
}
_RANKS = {level: rank for rank, level in enumerate(Level)}


class Marking(Data):
    """The meaning of a portion mark or banner line.

    Fields down to ``declassException`` are spelled as the attributes of ISM
    (``urn:us:gov:ic:ism``, Version 10), so that the record *is* ISM; each list stands in the order
    of ODNI's vocabulary, SCI controls closed upward (SI-G ABCD is SI, SI-G, SI-G-ABCD). The others
    have no ISM attribute. How a marking was typed is kept by its owner, never here.
    """

    classification: Level
    ownerProducer: tuple[str, ...] = ("USA",)  # noqa: N815 - ISM's spelling
    SCIcontrols: tuple[str, ...] = ()
    SARIdentifier: tuple[str, ...] = ()
    atomicEnergyMarkings: tuple[str, ...] = ()  # noqa: N815
    FGIsourceOpen: tuple[str, ...] = ()
    FGIsourceProtected: tuple[str, ...] = ()  # FGI: the source is concealed
    disseminationControls: tuple[str, ...] = ()  # noqa: N815
    releasableTo: tuple[str, ...] = ()  # noqa: N815 - USA first, trigraphs A-Z, tetragraphs A-Z
    displayOnlyTo: tuple[str, ...] = ()  # noqa: N815
    nonICmarkings: tuple[str, ...] = ()  # noqa: N815
    nonUSControls: tuple[str, ...] = ()  # noqa: N815 - ATOMAL, BOHEMIA, BALK
    declassDate: str = ""  # noqa: N815 - ISO date, of the banner category used until 2008
    declassException: str = ""  # noqa: N815 - MR, X1, 25X1
    joint: bool = False  # ownerProducer is the list of a JOINT marking
    cui: bool = False
    cuiCategories: tuple[str, ...] = ()  # noqa: N815 - SP-CTI, PRVCY
    legacyMarkings: tuple[str, ...] = ()  # noqa: N815 - LOU, OUO, EFTO: right in their day
    relAbbreviated: bool = False  # noqa: N815 - REL without a list: the list is the banner's
    entireText: bool = False  # noqa: N815 - one mark for the whole message
