"""Pass: what a careful reader would remark on: markings, numbers, dates that do not agree."""

from __future__ import annotations

import re

from convert.diagnostics import Code, Report
from convert.model.cable import (
    Authority,
    Banner,
    Cable,
    DateTimeGroup,
    Heading,
    PageLine,
    Paragraph,
    Portion,
    Preformatted,
    Reason,
    StationLine,
    Subject,
    Unread,
)
from convert.model.facts import banner_text
from convert.model.marking import Level
from convert.model.span import Span
from convert.model.text import coded, unshowable
from convert.model.walk import every, first, flat, span_of, words
from convert.notation import portion as notation

_BRACKETED = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]")


def remark(cable: Cable, text: str, report: Report) -> None:
    """Add every finding about the cable to ``report``."""
    _characters(text, report)
    _debris(cable, report)
    for unread in every(cable, Unread):
        for piece in unread.lines:
            report(Code.HEADER_UNREAD, piece.span, typed=piece.text[:60])  # type: ignore[union-attr]
    _dates(cable, report)
    _sequence(cable, report)
    for portion in portions(cable):
        _form(portion, report)
    for paragraph in every(cable, Paragraph):
        _missed(paragraph, report)
    _banner(cable, report)


def portions(cable: Cable) -> list[Portion]:
    """Every mark in the cable, in order."""
    marked = (
        part.portion
        for part in flat(cable.parts)
        if isinstance(part, Paragraph | Subject | Heading | Preformatted | Authority)
    )
    return [portion for portion in marked if portion is not None]


def _characters(text: str, report: Report) -> None:
    for place, character in unshowable(text)[:100]:
        report(Code.CONTROL, Span(place, place + 1), typed=coded(character))


def _debris(cable: Cable, report: Report) -> None:
    if debris := [o for o in cable.omissions if o.reason is not Reason.LINE_END]:
        report(Code.LINK_DEBRIS, debris[0].span, count=len(debris))


def _dates(cable: Cable, report: Report) -> None:
    group, station = first(cable, DateTimeGroup), first(cable, StationLine)
    if group is not None and group.instant is None:
        report(Code.DATE_IMPOSSIBLE, group.typed.span, typed=group.typed.text)
    if group is None or group.instant is None or station is None or station.julian_day is None:
        return
    day = group.instant.timetuple().tm_yday
    apart = abs(day - station.julian_day)
    if apart > 1 and apart < 364:
        found = {"group": day, "station": station.julian_day}
        report(Code.DATE_DISAGREES, span_of(station), **found)


def _sequence(cable: Cable, report: Report) -> None:
    section = page = number = 0
    for part in flat(cable.parts):
        if isinstance(part, Banner) and part.section is not None:
            if part.section not in (section, section + 1):
                report(Code.SECTION_OUT_OF_ORDER, span_of(part), found=part.section, last=section)
            section, page = part.section, 1
        elif isinstance(part, PageLine):
            if part.section not in (section, section + 1) and section:
                found = {"found": part.section, "last": section}
                report(Code.SECTION_OUT_OF_ORDER, span_of(part), **found)
            elif part.section == section and part.page not in (page, page + 1) and page:
                report(Code.PAGE_OUT_OF_ORDER, span_of(part), found=part.page, last=page)
            section, page = part.section, part.page
        elif isinstance(part, Paragraph) and part.label and part.label.number is not None:
            if number and part.label.number != number + 1:
                found = {"found": part.label.number, "last": number}
                report(Code.NUMBER_OUT_OF_ORDER, part.label.span, **found)
            number = part.label.number


def _form(portion: Portion, report: Report) -> None:
    """A mark that cannot be read, or that was read with a tolerance."""
    if portion.marking is None:
        report(Code.MARK_UNREADABLE, portion.span, typed=portion.typed)
        return
    read = notation.parse(portion.typed)
    if read is None:
        return
    canonical = notation.show(portion.marking)
    missing = [what for code, what in read.tolerances if code is Code.REL_FORM]
    if missing:
        typed, what = portion.typed, " and ".join(missing)
        report(Code.REL_FORM, portion.span, typed=typed, missing=what, canonical=canonical)
    if any(code is Code.MARK_FORM for code, _ in read.tolerances):
        report(Code.MARK_FORM, portion.span, typed=portion.typed, canonical=canonical)


def _missed(paragraph: Paragraph, report: Report) -> None:
    """A bracket in mark position that could not be taken as one: debris stands inside it."""
    if paragraph.label is None or paragraph.portion is not None or not paragraph.content:
        return
    found = _BRACKETED.match(words(paragraph.content[:4])[:100])
    if found is None or found[0] != found[0].upper():
        return
    if notation.parse(found[0]) or notation.looks_like_level(found[0]):
        report(Code.MARK_UNREADABLE, span_of(paragraph), typed=found[0])


def _banner(cable: Cable, report: Report) -> None:
    banners = list(every(cable, Banner))
    if banner_text(cable) is None:
        report(Code.NO_BANNER)
        return
    for banner in banners:
        if banner.marking is None:
            report(Code.BANNER_UNREADABLE, banner.typed.span, typed=banner.typed.text)
    classified = [
        portion
        for portion in portions(cable)
        if portion.marking and portion.marking.classification is not Level.U
    ]
    released = [p for p in classified if p.marking and "REL" in p.marking.disseminationControls]
    on_banner = any(b.marking and "REL" in b.marking.disseminationControls for b in banners)
    if released and len(released) == len(classified) and not on_banner:
        assert released[0].marking is not None
        typed = notation.show(released[0].marking)
        report(Code.REL_NOT_ON_BANNER, span_of(banners[0]), typed=typed)
