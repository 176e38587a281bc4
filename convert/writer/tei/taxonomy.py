"""The categories that ``@ana`` points to: those in use, and the taxonomies that list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from convert.model import regex as re
from convert.model.cable import Portion, Precedence
from convert.model.marking import Level, Marking
from convert.notation.countries import COUNTRIES
from convert.notation.spoken import WORDS
from convert.notation.tables import BANNER_WORDS
from convert.writer.tei.xml import Indented, element, stated, urn

_TAGS = "Traffic Analysis by Geography and Subject (TAGS), Department of State, 5 FAH-3"
_PRECEDENCE = "Precedence, by the letter of its prosign (ACP 121; 5 FAH-2 H-320)"
_MARKINGS = (
    "Security markings and captions, as far as this file points to them. What the source means is "
    "given in the values of ISM (urn:us:gov:ic:ism, DES version 10) where ISM has one."
)
_GROUPS = {
    "cls": ("Classification", "E.O. 13526 sec. 1.2 and the orders before it; 32 CFR 2001.21"),
    "own": ("Owner or producer", "IC Markings Manual H.2 and H.3; ISM CVEnumISMOwnerProducer"),
    "sci": ("Sensitive compartmented information", "IC Markings Manual H.4"),
    "sar": ("Special access programs", "IC Markings Manual H.5"),
    "aea": ("Atomic Energy Act", "IC Markings Manual H.6; 42 U.S.C. 2011"),
    "fgi": ("Foreign government information", "IC Markings Manual H.7; 32 CFR 2001.54"),
    "dis": ("Dissemination controls", "IC Markings Manual H.8"),
    "rel": ("Releasable to", "IC Markings Manual H.8; country codes of ISM CVEnumISMRelTo"),
    "dsp": ("Display only to", "IC Markings Manual H.8"),
    "nic": ("Markings that are not of the intelligence community", "IC Markings Manual H.9"),
    "nus": ("Controls of other producers", "IC Markings Manual H.3 and app. A"),
    "cui": ("Controlled unclassified information", "32 CFR 2002; CUI Registry"),
    "leg": ("Markings of former times", "5 FAH-1 H-246.2; 32 CFR 2001.24"),
    "hnd": ("Captions and handling", "5 FAH-2 H-440"),
}
"""Each group: what it is, and by whose authority its markings are made."""


def _described(title: str | None, words: str | None) -> str:
    """``NOFORN: not releasable to foreign nationals``; the words alone where no banner has it."""
    told = ": ".join(filter(None, (title, words)))
    return told[:1].upper() + told[1:]


_NAMES = {("cls", level.value): level.title for level in Level} | {
    ("dis", "REL"): "AUTHORIZED FOR RELEASE TO",
    ("dis", "DISPLAYONLY"): "DISPLAY ONLY",
    ("hnd", "SIPDIS"): "SIPRNET distribution",
    ("hnd", "NODIS"): "No distribution but to the addressees named",
    ("hnd", "EXDIS"): "Exclusive distribution",
    ("hnd", "LIMDIS"): "Limited distribution",
    ("hnd", "STADIS"): "Distribution within the Department of State only",
    ("hnd", "NOFORN"): "Not releasable to foreign nationals",
}
_NAMES |= {
    (group, value): _described(BANNER_WORDS.get(value), WORDS.get(value))
    for group in ("dis", "nic", "aea", "leg")
    for value in (*BANNER_WORDS, *WORDS)
}
_NAMES |= {
    (group, code): name
    for group in ("own", "fgi", "rel", "dsp")
    for code, name in COUNTRIES.items()
}


class Categories:
    """The categories that the document points to; the header lists these and no others."""

    def __init__(self, prefix: str = "", cables: Mapping[str, str] | None = None) -> None:
        self.prefix = prefix  # of every xml:id, in a corpus
        self.cables = cables or {}  # canonical id -> xml:id of the cables of the same corpus
        self._known: dict[tuple[int, tuple[str, ...]], tuple[Marking, str]] = {}
        self._used: dict[str, dict[str, str]] = {}  # group -> xml:id -> value, by first use

    def resolved(self, portion: Portion | None) -> str | None:
        """The pointers of what a portion mark means; None if there is none or it is unreadable."""
        return self.marking(portion.marking) if portion else None

    def typed(self, portion: Portion) -> str | None:
        """The same without the values that nobody typed."""
        return self.marking(portion.marking, portion.supplied)

    def marking(self, marking: Marking | None, without: Sequence[str] = ()) -> str | None:
        """The pointers of a marking, but for the values in ``without``; None if unreadable."""
        if marking is None:
            return None
        key = id(marking), tuple(without)  # to hash a marking is to hash its twenty fields
        if key not in self._known:
            self._known[key] = marking, self._pointers(marking, without)
        return self._known[key][1]

    def _pointers(self, marking: Marking, without: Sequence[str]) -> str:
        owners = marking.ownerProducer if marking.ownerProducer != ("USA",) else ()
        values = {
            "own": owners,
            "sci": marking.SCIcontrols,
            "sar": marking.SARIdentifier,
            "aea": marking.atomicEnergyMarkings,
            "fgi": marking.FGIsourceOpen or marking.FGIsourceProtected,
            "dis": marking.disseminationControls,
            "rel": marking.releasableTo,
            "dsp": marking.displayOnlyTo,
            "nic": marking.nonICmarkings,
            "nus": marking.nonUSControls,
            "cui": ("CUI", *marking.cuiCategories) if marking.cui else (),
            "leg": marking.legacyMarkings,
        }
        return " ".join(
            [
                self._pointer("cls", marking.classification.value),
                *(
                    self._pointer(group, value)
                    for group, listed in values.items()
                    for value in listed
                    if value not in without
                ),
            ]
        )

    def next(self, prefix: str) -> None:
        """Go on with the next cable of a corpus."""
        self.prefix = prefix

    def target(self, canonical: str | None) -> str | None:
        """A cable: in this document if it is here, else by its URN."""
        if canonical and canonical in self.cables:
            return f"#{self.cables[canonical]}"
        return urn(canonical)

    def caption(self, caption: str) -> str:
        """The pointer of a caption."""
        return self._pointer("hnd", caption)

    def precedence(self, precedences: Iterable[Precedence]) -> str:
        """The pointers of precedences, in order."""
        return " ".join(self._pointer("prec", precedence.value) for precedence in precedences)

    def declare(self, header: Indented, has_tags: bool) -> None:
        """``classDecl``, with each category in use; none where nothing points to one."""
        marking = {group: self._used[group] for group in _GROUPS if group in self._used}
        precedences = self._used.get("prec", {})
        if not (marking or precedences or has_tags):
            return
        header.open("classDecl")
        if marking:
            self._markings(header, marking)
        if has_tags:
            header.open("taxonomy", id="tax.TAGS")
            header.add("bibl", _TAGS)
            header.close()
        if precedences:
            header.open("taxonomy", id="tax.precedence")
            header.add("desc", _PRECEDENCE)
            for id_, value in precedences.items():
                header.extend(_category(id_, value, Precedence(value).name))
            header.close()
        header.close()

    def _markings(self, header: Indented, marking: dict[str, dict[str, str]]) -> None:
        header.open("taxonomy", id="tax.marking")
        header.add("desc", _MARKINGS)
        for group, values in marking.items():
            if group == "rel" and "dis.REL" in marking.get("dis", {}):
                continue  # they stand under it
            header.open("category", id=group)
            for words in _GROUPS[group]:
                header.add("catDesc", words)
            for id_, value in values.items():
                if id_ == "dis.REL" and "rel" in marking:
                    header.open("category", id=id_, n=value)
                    header.add("catDesc", _NAMES[group, value])
                    for id_, value in marking["rel"].items():
                        header.extend(_category(id_, value, _NAMES.get(("rel", value), value)))
                    header.close()
                else:
                    header.extend(_category(id_, value, _NAMES.get((group, value), value)))
            header.close()
        header.close()

    def _pointer(self, group: str, value: str) -> str:
        """The pointer to a category that is in use from now on."""
        pointer = _pointer(group, value)
        self._used.setdefault(group, {})[pointer[1:]] = value
        return pointer


@lru_cache(maxsize=1024)
def _pointer(group: str, value: str) -> str:
    """``#cls.S``; characters that no xml:id may have stand as their code points."""
    name = re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", value)
    return f"#{group}.{name}"


@lru_cache(maxsize=1024)
def _category(id_: str, value: str, name: str) -> tuple[str, ...]:
    return (
        f"<category{stated(id=id_, n=value)}>", f" {element('catDesc', name)}", "</category>",
    )  # fmt: skip
