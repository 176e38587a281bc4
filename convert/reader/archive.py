"""Recognisers: what the Department and the archive put round and into a telegram.

The Central Foreign Policy Files of 1973 to 1979, as the National Archives give them out, have a
page line, the distribution and a relay stamp above each section, a release line on every sheet.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model.cable import (
    Handling,
    HandlingKind,
    PageLine,
    Part,
    Record,
    RecordKind,
    ReleaseMark,
)
from convert.reader import shapes
from convert.reader.lines import Line


def page(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``PAGE 02     LA PAZ 06049 01 OF 02 132315Z``."""
    if not (found := shapes.COPY_PAGE.fullmatch(lines[place].text)):
        return None
    page, post, serial, section, sections = found.groups()
    of = int(section or 1), int(page), int(sections or 1)
    return PageLine(lines[place].typed(), post, serial, *of), place + 1


def distribution(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``ACTION ARA-15``, ``INFO OCT-01 ADS-00``, and the lines of offices that follow."""
    if not shapes.DISTRIBUTION.fullmatch(lines[place].text):
        return None
    end = place + 1
    while end < len(lines) and shapes.OFFICES.fullmatch(lines[end].text[: shapes.LONGEST]):
        end += 1
    return Handling(shapes.pieces(lines[place:end]), HandlingKind.DISTRIBUTION), end


def relay(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``------------------039081 132328Z /61``."""
    if shapes.RELAY.fullmatch(lines[place].text):
        return Handling(lines[place].typed(), HandlingKind.RELAY), place + 1
    return None


def release(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """A release or declassification stamp, alone on its line."""
    line = lines[place]
    if shapes.RELEASE.fullmatch(line.text):
        return ReleaseMark(line.typed(), line.field(0, len(line.text))), place + 1
    return None


def record(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``Message Text``; and ``Message Attributes`` with all that follows it."""
    text = lines[place].text
    if shapes.ARCHIVE.fullmatch(text):
        return Handling(lines[place].typed(), HandlingKind.ARCHIVE), place + 1
    if text != shapes.ATTRIBUTES:
        return None
    stop = (i for i in range(place + 1, len(lines)) if lines[i].text == "Message Text")
    end = next(stop, len(lines))
    return Record(shapes.pieces(lines[place:end]), RecordKind.ATTRIBUTES, ()), end
