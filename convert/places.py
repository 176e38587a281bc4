"""Where people look for a finding: line, columns, and the stretch of the line itself.

Lines end as Python reads a file: LF, CR LF or CR. Columns count from 1, an end is the column behind
the last character; SARIF and most editors count UTF-16 code units, so both counts are kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from convert.diagnostics import Diagnostic
from convert.model import regex as re
from convert.model.data import Data, replace
from convert.model.span import Map, Span

_END = re.compile(r"\r\n|\r|\n")
_PAIR = re.compile("[\U00010000-\U0010ffff]")
_ROW = 88  # characters of a source line that are shown
_LEAD = 32  # of these, before the finding


class Place(Data):
    """A stretch of the source, and what of its first line is shown."""

    line: int
    column: int
    end_line: int
    end_column: int
    units: tuple[int, int]  # the two columns in UTF-16 code units
    row: str  # the first line, shortened round the stretch
    mark: Span  # the stretch, as characters of ``row``


class Located(Data):
    """A finding and its place; None where it is about the file as a whole."""

    finding: Diagnostic
    place: Place | None = None
    label: str | None = None  # the file, where a source was put together from several


class Origin(Data):
    """Where a stretch of an assembled text comes from."""

    start: int  # its first character in the assembled text, at the beginning of a line
    label: str  # the file
    line: int  # the line of that file at which it begins, from 1


class _Lines:
    """Where the lines of a text begin and end, and where UTF-16 needs two units for a character."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _END.finditer(text)]
        self._text = text
        self._starts = [0, *(end for _, end in found)]
        self._ends = [*(start for start, _ in found), len(text)]
        self._pairs = [match.start() for match in _PAIR.finditer(text)]

    def place(self, span: Span) -> Place:
        first, last = self._line(span.start), self._line(span.end)
        start, end = self._starts[first], max(self._ends[first], span.start)
        left = start if span.start - start <= _LEAD else span.start - _LEAD
        right = min(end, left + _ROW)
        before, after = "…" if left > start else "", "…" if right < end else ""
        shift = len(before) - left
        return Place(
            first + 1,
            span.start - start + 1,
            last + 1,
            span.end - self._starts[last] + 1,
            (self._units(start, span.start) + 1, self._units(self._starts[last], span.end) + 1),
            f"{before}{self._text[left:right]}{after}",
            Span(span.start + shift, min(span.end, right) + shift),
        )

    def number(self, at: int) -> int:
        """The line of a character, from 1."""
        return self._line(at) + 1

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _units(self, start: int, end: int) -> int:
        return end - start + bisect_left(self._pairs, end) - bisect_left(self._pairs, start)


def located(
    text: str,
    findings: Sequence[Diagnostic],
    origins: Sequence[Origin] = (),
    places: Map | None = None,
) -> Iterator[Located]:
    """Findings with their places in the decoded source, or in the files it was read out of."""
    lines = _Lines(text) if findings else None
    for one in findings:
        place = lines.place(one.span) if lines and one.span else None
        if place is None or lines is None or one.span is None:
            yield Located(one)
        elif places is not None:
            mapped = _mapped(place, one.span, places)
            for origin in origins[:1]:  # the file is a stretch of another
                shift = origin.line - 1
                mapped = replace(mapped, line=mapped.line + shift, end_line=mapped.end_line + shift)
            yield Located(one, mapped, origins[0].label if origins else None)
        elif not origins:
            yield Located(one, place)
        else:
            number = bisect_right(origins, one.span.start, key=lambda each: each.start) - 1
            origin = origins[number]
            shift = origin.line - lines.number(origin.start)
            moved = replace(place, line=place.line + shift, end_line=place.end_line + shift)
            yield Located(one, moved, origin.label)


def _mapped(place: Place, span: Span, places: Map) -> Place:
    line, column = places.at(span.start)
    end_line, end = places.at(max(span.end - 1, span.start))
    shifts = column - place.column, end + 1 - place.end_column
    units = place.units[0] + shifts[0], place.units[1] + shifts[1]
    return replace(
        place, line=line, column=column, end_line=end_line, end_column=end + 1, units=units
    )
