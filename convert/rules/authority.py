"""Rules about who classified, why, and until when."""

from __future__ import annotations

from datetime import date

from convert.diagnostics import Code, Report
from convert.model.cable import (
    Authority,
    Banner,
    Cable,
    Classifier,
    ExecutiveOrder,
    HeaderLine,
    ReleaseMark,
    SecurityLine,
)
from convert.model.document import effective
from convert.model.facts import classifier, instant, is_extract
from convert.model.marking import Level
from convert.model.span import Span
from convert.model.walk import every, first, span_of

_AMENDED = date(2003, 3, 25)  # E.O. 13292 signed: reasons 1.5 become 1.4
_DIRECTIVE = date(2003, 9, 22)  # 32 CFR 2001 of that order (68 FR 55168)
_NAMES_CLASSIFIER = frozenset({"12958", "13292", "13526"})
_YEARS = 25  # E.O. 12958 as amended and 13526, sec. 1.5 and 3.3


def authority(cable: Cable, report: Report) -> None:
    """The rules on the E.O. line and the Classified By line."""
    order, named = first(cable, ExecutiveOrder), classifier(cable)
    _missing(cable, order, named, report)
    _applies(cable, order, report)
    _transmitted(cable, report)
    _released(cable, report)
    sent = instant(cable)
    if sent is None:
        return
    if order and order.declassify_on:
        _date(order, order.declassify_on, sent.date(), report)
    if named and named.reasons:
        _reasons(named, sent.date(), report)


def _missing(
    cable: Cable, order: ExecutiveOrder | None, named: Authority | Classifier | None, report: Report
) -> None:
    """MK030: a classified cable without its E.O. line, Classified By line, or reason."""
    marking = effective(cable)
    if marking is None or marking.classification is Level.U or is_extract(cable):
        return
    at = span_of(next(banner for banner in every(cable, Banner) if banner.marking))
    if order is None:
        report(Code.AUTHORITY_MISSING, at, what="an E.O. line")
    elif order.event in _NONE:
        return
    elif order.order in _NAMES_CLASSIFIER and named is None:
        report(Code.AUTHORITY_MISSING, span_of(order), what="a Classified By line")
    elif named and not named.reasons and not named.derived_from:
        report(Code.AUTHORITY_MISSING, _at(named), what="a reason for its classification")


_NONE = frozenset({"N/A", "NA", "N/A.", "NOT APPLICABLE"})
_LETTERS = {"T": Level.TS, "S": Level.S, "C": Level.C, "E": Level.U, "U": Level.U}


def _applies(cable: Cable, order: ExecutiveOrder | None, report: Report) -> None:
    """MK033: an E.O. line that says N/A on a classified cable."""
    marking = effective(cable)
    if order is None or marking is None or marking.classification is Level.U:
        return
    if order.event is not None and order.event.upper() in _NONE:
        level = marking.classification.name
        report(Code.NOT_APPLICABLE, span_of(order), level=level, typed=order.event)


def _transmitted(cable: Cable, report: Report) -> None:
    """MK034: the letters of format lines 2 and 4 against the classification lines."""
    read = [banner.marking for banner in every(cable, Banner) if banner.marking]
    levels = {marking.classification for marking in read}
    if not read or any(marking.legacyMarkings for marking in read):
        return
    lines = (("security line", first(cable, SecurityLine)), ("header", first(cable, HeaderLine)))
    for name, line in lines:
        said = _LETTERS.get(line.letters[:1]) if line else None
        if line and said is not None and said not in levels:
            level = max(levels, key=lambda level: level.rank).name
            facts = {"line": name, "letters": line.letters, "level": level}
            report(Code.SECURITY_DISAGREES, span_of(line), **facts)


def _released(cable: Cable, report: Report) -> None:
    """MK050: the source says that it was released or declassified; told once."""
    marking = effective(cable)
    if marking is None or (marking.classification is Level.U and not marking.legacyMarkings):
        return
    marks = list(every(cable, ReleaseMark))
    mark = next(
        (one for one in marks if one.text.text != "UNCLASSIFIED"), marks[0] if marks else None
    )
    if mark:
        report(Code.LIVE_BANNER, mark.text.span, typed=mark.text.text[:80])


def _date(order: ExecutiveOrder, until: date, sent: date, report: Report) -> None:
    """MK031: a date before the document's, or beyond 25 years."""
    at = order.declassify.span if order.declassify else span_of(order)
    if until < sent:
        report(Code.DECLASSIFICATION_DATE, at, date=until.isoformat(), what="before the cable")
    elif until > _years_on(sent, _YEARS):
        what = f"more than {_YEARS} years after the cable"
        report(Code.DECLASSIFICATION_DATE, at, date=until.isoformat(), what=what)


def _at(named: Authority | Classifier) -> Span:
    return named.span if isinstance(named, Classifier) else span_of(named)


def _reasons(named: Authority | Classifier, sent: date, report: Report) -> None:
    """MK032: sections 1.5 before the amendment of 2003, 1.4 after it."""
    section = named.reasons[0][:3]
    if (section == "1.4" and sent < _AMENDED) or (section == "1.5" and sent >= _DIRECTIVE):
        report(Code.REASON_PERIOD, _at(named), section=section, date=sent.isoformat())


def _years_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
