"""Shared pass: a telegram, the heading first, then its text; whatever form it came in."""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.model.cable import (
    Addressees,
    Banner,
    ExecutiveOrder,
    Origin,
    Part,
    Passing,
    Prosign,
    References,
    Subject,
    Tags,
    Unread,
)
from convert.notation.banner import opens_with_class
from convert.reader import shapes
from convert.reader.body import read_body, starts_paragraph
from convert.reader.heading import read_part
from convert.reader.jammed import parted
from convert.reader.lines import Line
from convert.reader.texthead import unreadable

_STRONG = (Origin, ExecutiveOrder, Tags, Subject, References)
_AHEAD = 40  # lines in which a heading may still begin behind lines that nobody knows


def read_telegram(lines: Sequence[Line], report: Report) -> tuple[Part, ...]:
    """The parts of a telegram: the heading, then the text."""
    lines = parted(lines)
    parts: list[Part] = []
    place = 0
    begun = known = False  # a banner or later line was read; a line of the text heading was
    while place < len(lines) and not starts_paragraph(lines[place]):
        found = read_part(lines, place)
        if found is not None and isinstance(found[0], Passing) and (known or not begun):
            found = None
        if found is None and _is_banner_place(parts) and opens_with_class(lines[place].text):
            found = unreadable(lines[place], place)
        if found is None:
            if not _heading_ahead(lines, place):
                break
            parts.append(Unread(lines[place].typed()))
            place += 1
            continue
        parts.append(found[0])
        begun = begun or isinstance(found[0], (*_STRONG, Banner))
        known = known or isinstance(found[0], _STRONG[1:])
        place = found[1]
    return (*parts, *read_body(lines, place, report))


def _is_banner_place(parts: Sequence[Part]) -> bool:
    """Whether the classification line comes next: behind the addressees or the break sign."""
    return bool(parts) and isinstance(parts[-1], Addressees | Origin | Prosign)


def _heading_ahead(lines: Sequence[Line], place: int) -> bool:
    """Whether a line that only a heading has still comes, before any paragraph."""
    for index in range(place, min(place + _AHEAD, len(lines))):
        if starts_paragraph(lines[index]):
            return False
        found = read_part(lines, index)
        if found and isinstance(found[0], _STRONG):
            return True
    return False


def starts_text(line: Line) -> bool:
    """Whether a line is one with which the text of a telegram begins, whatever stands before."""
    return len(line.text) <= shapes.LONGEST and (
        starts_paragraph(line) or line.text.startswith(("MSGID/", "RMKS", "GENTEXT/"))
    )
