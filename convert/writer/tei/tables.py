"""A table as rows of cells that hold all that is typed on its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from convert.model.cable import Field, Row, Table, Typed
from convert.model.data import Data
from convert.model.span import Span
from convert.model.transcript import rules
from convert.writer.tei.ink import Mark, mark


class Lines(Data):
    """The lines of a row with the marks of its cells, or one drawn line between rows."""

    lines: tuple[Typed, ...]
    role: str = "data"
    marks: tuple[Mark, ...] = ()
    is_rule: bool = False


class Grid(Data):
    """A table laid out."""

    columns: int
    rows: tuple[Lines, ...]


def grid(table: Table) -> Grid | None:
    """The lines by rows; None where a line or cell does not stand where its row is."""
    lines = [line for line in table.lines if isinstance(line, Typed)]
    if len(lines) < len(table.lines) or not table.rows:
        return None
    drawn = rules(table)
    found: list[Lines] = []
    place = 0
    for number, row in enumerate(table.rows):
        spans = [cell.span for cell in row.cells if cell]
        if not spans or any(a.end > b.start for a, b in pairwise(spans)):
            return None
        while place < len(lines) and lines[place].span.end <= spans[0].start:
            if lines[place].span.start not in drawn:
                return None
            found.append(Lines((lines[place],), is_rule=True))
            place += 1
        begin = place
        while place < len(lines) and lines[place].span.start < spans[-1].end:
            place += 1
        own = tuple(lines[begin:place])
        if not own or own[0].span.start > spans[0].start or own[-1].span.end < spans[-1].end:
            return None
        role = "label" if number < table.header else "data"
        found.append(Lines(own, role, tuple(_cells(row, own))))
    if any(line.span.start not in drawn for line in lines[place:]):
        return None
    found += [Lines((line,), is_rule=True) for line in lines[place:]]
    return Grid(len(table.rows[0].cells), tuple(found))


def _cells(row: Row, lines: Sequence[Typed]) -> Iterator[Mark]:
    """A mark for each cell, with all that is drawn about it; empty ones beside the others."""
    written = [n for n, cell in enumerate(row.cells) if cell]
    place = lines[0].span.start
    for nth, number in enumerate(written):
        cell = row.cells[number]
        assert isinstance(cell, Field)
        is_last = nth == len(written) - 1
        before = number - (written[nth - 1] + 1 if nth else 0)
        after = len(row.cells) - number - 1 if is_last else 0
        start = _first(lines, Span(place, cell.span.start))
        end = lines[-1].span.end if is_last else cell.span.end
        begins, ends = "<cell/>" * before + "<cell>", "</cell>" + "<cell/>" * after
        yield Mark(start, end, begins, ends)
        for drawn in _drawn(lines, [Span(start, cell.span.start), Span(cell.span.end, end)]):
            yield mark(drawn, "fw", type="rule", subtype="inline")
        place = cell.span.end


def _first(lines: Sequence[Typed], span: Span) -> int:
    """Where in a stretch the first character stands that XML takes for no blank; else its end.

    Between cells nothing else may stand.
    """
    for line in lines:
        low, high = max(span.start, line.span.start), min(span.end, line.span.end)
        chunk = line.text[low - line.span.start : high - line.span.start] if low < high else ""
        if bare := chunk.lstrip(" \t"):
            return high - len(bare)
    return span.end


def _drawn(lines: Sequence[Typed], spans: Sequence[Span]) -> Iterator[Span]:
    """What stands in the stretches, line by line, without the blanks round it."""
    for span in spans:
        for line in lines:
            low, high = max(span.start, line.span.start), min(span.end, line.span.end)
            chunk = line.text[low - line.span.start : high - line.span.start] if low < high else ""
            if chunk.strip():
                low += len(chunk) - len(chunk.lstrip())
                yield Span(low, low + len(chunk.strip()))
