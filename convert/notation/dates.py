"""Dates as archives type them."""

from __future__ import annotations

from datetime import date

from convert.model import regex as re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[- ](\d{4})(?: \d{1,2}:\d\d(?::\d\d)? ?[AaPp][Mm])?")
_NO_DAY = date(1960, 1, 1)  # what the National Archives have for a date that is not there


def archive_day(typed: str) -> date | None:
    """``20 oct 1979``, ``01-Jan-1994 12:00:00 am``; None for no date, and for 1 January 1960."""
    found = _DAY.fullmatch(typed.strip())
    if found is None or found[2].lower() not in _MONTHS:
        return None
    try:
        given = date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
    return None if given == _NO_DAY else given
