"""The categories that ``@ana`` points to: those in use, and the taxonomies that list them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from convert.model.cable import Portion, Precedence
from convert.model.marking import Level, Marking
from convert.notation.countries import COUNTRIES
from convert.notation.tables import BANNER_WORDS
from convert.writer.tei.elements import add

_GROUPS = {
    "cls": "Classification",
    "own": "Owner or producer",
    "sci": "Sensitive compartmented information",
    "sar": "Special access programs",
    "aea": "Atomic Energy Act",
    "fgi": "Foreign government information",
    "dis": "Dissemination controls",
    "rel": "Releasable to",
    "dsp": "Display only to",
    "nic": "Markings that are not of the intelligence community",
    "nus": "Controls of other producers",
    "cui": "Controlled unclassified information",
    "leg": "Markings of former times",
    "hnd": "Captions and handling",
}
_NAMES = {("cls", level.value): level.title for level in Level} | {
    ("dis", "REL"): "AUTHORIZED FOR RELEASE TO",
    ("dis", "DISPLAYONLY"): "DISPLAY ONLY",
    ("hnd", "SIPDIS"): "SIPRNET distribution",
}
_NAMES |= {
    (group, value): words
    for group in ("dis", "nic", "aea")
    for value, words in BANNER_WORDS.items()
}
_NAMES |= {
    (group, code): name
    for group in ("own", "fgi", "rel", "dsp")
    for code, name in COUNTRIES.items()
}


class Categories:
    """The categories that the document points to; the header lists these and no others."""

    def __init__(self) -> None:
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

    def caption(self, caption: str) -> str:
        """The pointer of a caption."""
        return self._pointer("hnd", caption)

    def precedence(self, precedences: Iterable[Precedence]) -> str:
        """The pointers of precedences, in order."""
        return " ".join(self._pointer("prec", precedence.value) for precedence in precedences)

    def declare(self, encoding: etree._Element, has_tags: bool) -> None:
        """``classDecl``, with each category in use; none where nothing points to one."""
        marking = {group: self._used[group] for group in _GROUPS if group in self._used}
        precedences = self._used.get("prec", {})
        if not (marking or precedences or has_tags):
            return
        classes = add(encoding, "classDecl")
        if marking:
            taxonomy = add(classes, "taxonomy", id="tax.marking")
            add(taxonomy, "desc", "Security markings and captions")
            written: dict[str, etree._Element] = {}
            for group, values in marking.items():
                holder = written.get("dis.REL") if group == "rel" else None
                if holder is None:
                    holder = _category(taxonomy, group, None, _GROUPS[group])
                for id_, value in values.items():
                    name = _NAMES.get((group, value), value)
                    written[id_] = _category(holder, id_, value, name)
        if has_tags:
            taxonomy = add(classes, "taxonomy", id="tax.TAGS")
            add(taxonomy, "bibl", "Traffic Analysis by Geography and Subject, Department of State")
        if precedences:
            taxonomy = add(classes, "taxonomy", id="tax.precedence")
            for id_, value in precedences.items():
                _category(taxonomy, id_, value, Precedence(value).name)

    def _pointer(self, group: str, value: str) -> str:
        """``#cls.S``; characters that no xml:id may have stand as their code points."""
        name = re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", value)
        self._used.setdefault(group, {})[f"{group}.{name}"] = value
        return f"#{group}.{name}"


def _category(holder: etree._Element, id_: str, value: str | None, name: str) -> etree._Element:
    category = add(holder, "category", id=id_, n=value)
    add(category, "catDesc", name)
    return category
