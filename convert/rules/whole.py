"""Rules about the whole: whether the banner says what its portions make."""

from __future__ import annotations

from convert.diagnostics import Code, Report, Severity
from convert.model.cable import Banner, Cable, HeaderLine, Portion, SecurityLine
from convert.model.document import effective, portions
from convert.model.facts import banner_text, captions, is_extract
from convert.model.marking import Level, Marking
from convert.model.rollup import roll_up
from convert.model.span import Span
from convert.model.walk import every, span_of, words
from convert.rules.standing import Standing, entire_texts, standing

# A control on a portion, and what on the banner or a caption line answers to it.
_TO_BANNER = {
    "NF": {"NF"}, "SBU-NF": {"NF", "SBU-NF"}, "LES-NF": {"NF"}, "OC": {"OC"},
    "XD": {"XD", "ND"}, "ND": {"ND"},
}  # fmt: skip


def whole(cable: Cable, report: Report) -> None:
    """The rules that set the banner against the portions."""
    banner = effective(cable)
    if banner_text(cable) is None:
        if _claims_class(cable) and not is_extract(cable):
            report(Code.NO_BANNER)
        else:
            report.lowered(Severity.WARNING, Code.NO_BANNER, None)
    if banner is None:
        return
    at = span_of(next(line for line in every(cable, Banner) if _is_of(line, banner)))
    marked = [portion for portion in portions(cable) if portion.marking]
    stand = list(standing(cable))
    _unmarked(stand, banner, report)
    for paragraph, marking in entire_texts(cable):
        if marking and not paragraph.portion:
            _not_above(marking, words(paragraph.content), span_of(paragraph), banner, report)
    if marked:
        _levels(marked, stand, banner, at, report)
        _controls(marked, banner, report)
        whole = len(marked) == len(portions(cable))
        _release(marked, banner, at, report, whole=whole)
        _sensitive(cable, marked, banner, at, report)


def _is_of(line: Banner, marking: Marking) -> bool:
    return line.marking is not None and line.marking.classification is marking.classification


def _claims_class(cable: Cable) -> bool:
    """Whether a mark, or the letters of the transmission, say that the cable is classified."""
    letters = [line.letters[0] for line in every(cable, SecurityLine)]
    letters += [line.classification for line in every(cable, HeaderLine)]
    marks = (portion.marking for portion in portions(cable) if portion.marking)
    return bool({"T", "S", "C"} & set(letters)) or any(
        mark.classification is not Level.U for mark in marks
    )


def _unmarked(stand: list[Standing], banner: Marking, report: Report) -> None:
    """MK011: paragraphs without a mark, where a mark for the entire text does not cover them."""
    without = [one.paragraph for one in stand if one.marking is None and one.paragraph.label]
    without = [p for p in without if p.portion is None]
    if not without:
        return
    label = without[0].label
    facts = {"count": len(without), "all": len(stand), "first": label.typed if label else ""}
    if banner.classification is Level.U:
        if any(one.paragraph.portion for one in stand):
            report.lowered(Severity.INFO, Code.UNMARKED, span_of(without[0]), **facts)
    else:
        report(Code.UNMARKED, span_of(without[0]), **facts)


def _levels(
    marked: list[Portion], stand: list[Standing], banner: Marking, at: Span, report: Report
) -> None:
    """MK001, MK002: the banner's class is the highest of the portions'."""
    for portion in marked:
        assert portion.marking is not None
        _not_above(portion.marking, portion.typed, portion.span, banner, report)
    highest = max(marked, key=_rank)
    if _rank(highest) < banner.classification.rank:
        facts = {"banner": banner.classification.title, "typed": highest.typed}
        if any(one.marking is None for one in stand):
            report.lowered(Severity.WARNING, Code.BANNER_ABOVE_PORTIONS, at, **facts)
        else:
            report(Code.BANNER_ABOVE_PORTIONS, at, **facts)


def _not_above(marking: Marking, typed: str, at: Span, banner: Marking, report: Report) -> None:
    if marking.classification.rank > banner.classification.rank:
        title = banner.classification.title
        report(Code.PORTION_ABOVE_BANNER, at, typed=typed, banner=title)


def _controls(marked: list[Portion], banner: Marking, report: Report) -> None:
    """MK003: a control on a portion that the banner should have, and has not; once for each."""
    _rolled_up(marked, banner, report)
    there = {*banner.disseminationControls, *banner.nonICmarkings}
    told: set[str] = set()
    for portion in marked:
        assert portion.marking is not None
        for control in (*portion.marking.disseminationControls, *portion.marking.nonICmarkings):
            answer = _TO_BANNER.get(control)
            if answer is None or answer & there or control in told:
                continue
            told.add(control)
            facts = {"control": control, "typed": portion.typed}
            if portion.marking.classification is Level.U:
                report.lowered(Severity.WARNING, Code.CONTROL_NOT_ON_BANNER, portion.span, **facts)
            else:
                report(Code.CONTROL_NOT_ON_BANNER, portion.span, **facts)


# Where the roll-up is a plain union: what is on a portion is on the banner.
_UNIONS = ("SCIcontrols", "SARIdentifier", "atomicEnergyMarkings", "FGIsourceOpen",
           "FGIsourceProtected")  # fmt: skip
_ANY = frozenset({"RS", "PR", "IMC", "FISA", "DSEN"})


def _rolled_up(marked: list[Portion], banner: Marking, report: Report) -> None:
    """The part of MK003 that the roll-up tells: SCI, SAR, AEA, FGI, and controls of any portion."""
    rolled = roll_up(portion.marking for portion in marked if portion.marking)
    if rolled is None:
        return
    for field in _UNIONS:
        missing = sorted(set(getattr(rolled, field)) - set(getattr(banner, field)))
        systems = [value for value in missing if "-" not in value] or missing
        if systems:
            _lacking(marked, field, systems, report)
    missing = sorted(_ANY & set(rolled.disseminationControls) - set(banner.disseminationControls))
    if missing:
        _lacking(marked, "disseminationControls", missing, report)


def _lacking(marked: list[Portion], field: str, values: list[str], report: Report) -> None:
    """One finding for the values of a field, at the first portion that has one of them."""
    has = (p for p in marked if set(values) & set(getattr(p.marking, field)))
    first = next(has, marked[0])  # FGI may be told by a portion's owner alone
    control = " ".join([*(["FGI"] if field.startswith("FGI") else []), *values])
    report(Code.CONTROL_NOT_ON_BANNER, first.span, control=control, typed=first.typed)


def _release(
    marked: list[Portion], banner: Marking, at: Span, report: Report, *, whole: bool
) -> None:
    """MK004, MK005: the banner releases what all classified portions release, no more.

    Nothing is said of all portions where one cannot be read (``whole``).
    """
    classified = [p for p in marked if p.marking and p.marking.classification is not Level.U]
    lists = [_readers(p.marking) for p in classified if p.marking]
    if banner.releasableTo or banner.displayOnlyTo:
        common = set.intersection(*lists) if lists else set()
        more = [code for code in _readers_in_order(banner) if code not in common and code != "USA"]
        if classified and more:
            report(Code.BANNER_RELEASES_MORE, at, more=", ".join(more))
    elif whole and classified and all(lists) and "REL" not in banner.disseminationControls:
        typed = classified[0].typed
        report(Code.REL_NOT_ON_BANNER, at, typed=typed)


# Tetragraphs whose members are public (ISM_XML.sch); every other one is a reader of its own.
_MEMBERS = {
    "TEYE": ("USA", "CAN", "GBR"),
    "ACGU": ("USA", "AUS", "CAN", "GBR"),
    "FVEY": ("USA", "AUS", "CAN", "GBR", "NZL"),
}


def _readers_in_order(marking: Marking) -> list[str]:
    codes = (*marking.releasableTo, *marking.displayOnlyTo)
    return [member for code in codes for member in _MEMBERS.get(code, (code,))]


def _readers(marking: Marking) -> set[str]:
    return set(_readers_in_order(marking))


def _sensitive(
    cable: Cable, marked: list[Portion], banner: Marking, at: Span, report: Report
) -> None:
    """MK006: the caption SENSITIVE and SBU portions go together on an UNCLAS cable."""
    if banner.classification is not Level.U:
        return
    sensitive = "SENSITIVE" in captions(cable) or "SBU" in banner.nonICmarkings
    sbu = [p for p in marked if p.marking and {"SBU", "SBU-NF"} & {*p.marking.nonICmarkings}]
    if sbu and not sensitive:
        what = f"{sbu[0].typed} under an unclassified banner without SENSITIVE"
        report(Code.SBU_DISAGREES, sbu[0].span, what=what)
    elif sensitive and not sbu:
        report(Code.SBU_DISAGREES, at, what="SENSITIVE, and no portion is (SBU)")


def _rank(portion: Portion) -> int:
    return portion.marking.classification.rank if portion.marking else -1
