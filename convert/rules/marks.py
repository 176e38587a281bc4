"""Rules about one mark: whether it can be read, and whether it contradicts itself."""

from __future__ import annotations

from convert.diagnostics import Code, Report
from convert.model.cable import Banner, Cable, Portion
from convert.model.document import portions
from convert.model.marking import Level, Marking
from convert.model.span import Span
from convert.model.walk import every, span_of, words
from convert.notation import portion as notation
from convert.rules.standing import entire_texts

# Pairs that exclude each other (ISM-ID-00033, 00038).
_EXCLUSIVE = (
    ("NF", "REL"), ("NF", "EYES"), ("NF", "RELIDO"), ("NF", "DISPLAYONLY"), ("XD", "ND"),
)  # fmt: skip

# The lowest and the highest level at which a control may stand (IC Markings Manual H.4-H.9).
_LEVELS = {
    "FOUO": (Level.U, Level.U), "SBU": (Level.U, Level.U), "SBU-NF": (Level.U, Level.U),
    "DS": (Level.U, Level.U), "OC": (Level.C, Level.TS), "OC-USGOV": (Level.C, Level.TS),
    "IMC": (Level.C, Level.TS), "RS": (Level.S, Level.TS), "RD": (Level.C, Level.TS),
    "FRD": (Level.C, Level.TS), "SI": (Level.C, Level.TS), "SI-G": (Level.TS, Level.TS),
    "TK": (Level.S, Level.TS), "HCS": (Level.S, Level.TS),
}  # fmt: skip

_LEGACY_WORDS = {
    "LOU": "LIMITED OFFICIAL USE",
    "OUO": "OFFICIAL USE ONLY",
    "EFTO": "ENCRYPT FOR TRANSMISSION ONLY",
}


def marks(cable: Cable, report: Report) -> None:
    """The rules of one mark, for each mark and banner line."""
    for portion in portions(cable):
        _form(portion, report)
        if portion.marking:
            _agrees(portion.marking, portion.typed, portion.span, report)
    for paragraph, marking in entire_texts(cable):
        if marking is None:
            typed = words(paragraph.content)
            report(Code.MARK_UNREADABLE, span_of(paragraph), typed=typed)
    for banner in every(cable, Banner):
        typed, span = banner.typed.text, banner.typed.span
        if banner.marking is None:
            report(Code.BANNER_UNREADABLE, span, typed=typed)
        else:
            _agrees(banner.marking, typed, span, report)
    _legacy(cable, report)


def _form(portion: Portion, report: Report) -> None:
    """MK010, MK020 to MK022: a mark that cannot be read, or was read with a tolerance."""
    read = notation.parse(portion.typed) if portion.marking else None
    if portion.marking is None or read is None:
        report(Code.MARK_UNREADABLE, portion.span, typed=portion.typed)
        return
    report.findings += notation.remarks(portion.typed, read, portion.span)


def _agrees(marking: Marking, typed: str, span: Span, report: Report) -> None:
    """MK007, MK008, MK023: a mark against itself."""
    controls = set(marking.disseminationControls) | set(marking.nonICmarkings)
    for one, other in _EXCLUSIVE:
        if one in controls and other in controls:
            report(Code.EXCLUSIVE_CONTROLS, span, typed=typed, one=one, other=other)
    controls.update(marking.SCIcontrols, marking.atomicEnergyMarkings)
    for control in sorted(controls & _LEVELS.keys()):
        low, high = _LEVELS[control]
        if not low.rank <= marking.classification.rank <= high.rank:
            level = marking.classification.title
            report(Code.CONTROL_AT_LEVEL, span, typed=typed, control=control, level=level)


def _legacy(cable: Cable, report: Report) -> None:
    """MK023: a marking of its time; once for each, where it first stands."""
    told: set[str] = set()
    marked = [(banner.marking, banner.typed.span) for banner in every(cable, Banner)]
    marked += [(portion.marking, portion.span) for portion in portions(cable)]
    for marking, span in marked:
        for mark in marking.legacyMarkings if marking else ():
            if mark not in told:
                told.add(mark)
                report(Code.LEGACY, span, typed=mark, words=_LEGACY_WORDS.get(mark, mark))
