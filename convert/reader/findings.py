"""Pass: what a careful reader would remark on: characters, numbers, dates; then the markings."""

from __future__ import annotations

from convert.diagnostics import Code, Report
from convert.model.cable import (
    Banner,
    Cable,
    DateTimeGroup,
    PageLine,
    Paragraph,
    Reason,
    StationLine,
    Unread,
)
from convert.model.span import Span
from convert.model.text import coded, unshowable
from convert.model.walk import every, first, flat, span_of
from convert.rules import check


def remark(cable: Cable, text: str, report: Report) -> None:
    """Add every finding about the cable to ``report``."""
    _characters(text, report)
    _debris(cable, report)
    for unread in every(cable, Unread):
        for piece in unread.lines:
            report(Code.HEADER_UNREAD, piece.span, typed=piece.text[:60])  # type: ignore[union-attr]
    _dates(cable, report)
    _sequence(cable, report)
    check(cable, report)


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
    named = [(b.post, int(b.serial)) for b in every(cable, Banner) if b.serial and b.post]
    if len(set(named)) > 1:
        names = ", ".join(f"{post} {serial}" for post, serial in dict.fromkeys(named))
        report(Code.TWO_MESSAGES, None, names=names)
    section = page = sheet = number = 0  # a sheet is a page of the print round the telegram
    for part in flat(cable.parts):
        if isinstance(part, Banner) and part.section is not None:
            if part.section not in (section, section + 1):
                report(Code.SECTION_OUT_OF_ORDER, span_of(part), found=part.section, last=section)
            section, page = part.section, 1
        elif isinstance(part, PageLine) and part.pages is not None:
            if part.page not in (sheet, sheet + 1) and sheet:
                report(Code.PAGE_OUT_OF_ORDER, span_of(part), found=part.page, last=sheet)
            sheet = part.page
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
