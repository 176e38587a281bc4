"""Tables: those of lines whose alignment counts where the columns are certain.

A table that is read is one of whole lines: every column is parted from the next by two blanks or
more in every row, and every row begins in the first column; or one tab parts each cell from the
next, in every row as often. What is less sure stays as typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from convert.model import regex as re
from convert.model.cable import Field, Row
from convert.reader.lines import Line
from convert.reader.shapes import ITEM, LONGEST, NUMBER

RULE = re.compile(r"[-=_*]{4,}|(?:-+ +)+-+|(?:=+ +)+=+")
WIDE = re.compile(r"\S(?: {3,}| *\t\s*)\S")
_DRAWN = re.compile(r"[-=_*]{4,}|(?:-+ +)+-+")
_WIDE_GAP = re.compile(r"\S {3,}(?:\t *)?\S")
WIDE_GAPS = re.compile(r"\S {3,}\S+(?: \S+){0,20}? {3,}\S")
_TWO_FIGURES = re.compile(r"(?:^| )[\d.,]*\d [\d.,]*\d(?: |$)")
_OTHER_BLANK = re.compile(r"[^\S ]")  # a tab, a control character: what parts cells is blanks
_GUTTER = 2  # blanks that part two columns, in every row
_LEAST = 3  # rows, the header's among them
_MOST = 12  # columns; more are a drawing
_FILLED = 0.6  # of the cells have something in them


def is_rule_line(line: Line) -> bool:
    """Whether a line is drawn."""
    return RULE.fullmatch(line.text[:LONGEST]) is not None


def table(lines: Sequence[Line]) -> tuple[tuple[Row, ...], int] | None:
    """The rows of the table that whole lines are, and how many of them are its heading.

    None where columns are not certain.
    """
    rows = [line for line in lines if not is_rule_line(line)]
    if len(rows) == len(lines) and all("\t" in line.text[:LONGEST] for line in rows):
        return _tabbed(rows)
    drawn = (line for line in lines if is_rule_line(line))
    if len(rows) < _LEAST or any(map(_unfit, rows)) or not all(map(_is_solid, drawn)):
        return None
    columns = _columns(rows)
    if not 2 <= len(columns) <= _MOST:
        return None
    cells = [tuple(_cell(line, *column) for column in columns) for line in rows]
    if any(
        cell and _is_several(cell, line)
        for line, row in zip(rows, cells, strict=True)
        for cell in row
    ):
        return None
    filled = sum(1 for row in cells for cell in row if cell is not None)
    header = _header(lines, cells)
    if not header and any(
        sum(1 for row in cells if row[n]) * 3 < len(rows) for n in range(1, len(columns))
    ):
        return None
    if filled < _FILLED * len(rows) * len(columns) or any(row[0] is None for row in cells[header:]):
        return None
    return tuple(map(Row, cells)), header


def _tabbed(rows: Sequence[Line]) -> tuple[tuple[Row, ...], int] | None:
    """The rows of a table whose cells one tab parts from the next, as many of them in every row."""
    if len(rows) < _LEAST or any(line.indent or len(line.text) > LONGEST for line in rows):
        return None
    cells: list[tuple[Field | None, ...]] = []
    for line in rows:
        bounds = [0, *(found.end() for found in _TAB.finditer(line.text)), len(line.text)]
        if not line.intact or not all(map(_is_cell, line.text.split("\t"))):
            return None
        cells.append(tuple(line.field(a, b) for a, b in pairwise(bounds)))
    if len({len(row) for row in cells}) > 1 or not 2 <= len(cells[0]) <= _MOST:
        return None
    return tuple(map(Row, cells)), _header(rows, cells)


def _is_cell(text: str) -> bool:
    """Whether what stands between two tabs is one cell, with a word or figure in it."""
    return any(map(str.isalnum, text)) and "  " not in text.strip()


_TAB = re.compile(r"\t")


def _unfit(line: Line) -> bool:
    return (
        len(line.text) > LONGEST
        or _OTHER_BLANK.search(line.text) is not None
        or not line.intact
        or not any(map(str.isalnum, line.text))  # signs for "the same" or "none", or a rule
        or bool(NUMBER.match(line.text) or ITEM.match(line.text))
    )


def _is_solid(rule: Line) -> bool:
    """Whether a rule is drawn, and no row of dashes that stand for empty cells."""
    return all(len(run) > 2 for run in rule.text.split())


def _columns(rows: Sequence[Line]) -> list[tuple[int, int]]:
    """From where to where each column goes, in characters of the typed line."""
    width = max(line.indent + len(line.text) for line in rows)
    used = bytearray(width + _GUTTER)
    for line in rows:
        for word in re.finditer(r"\S+", line.text):
            start = line.indent + word.start()
            used[start : start + len(word[0])] = b"\1" * len(word[0])
    return [found.span() for found in _COLUMN.finditer(bytes(used))]


_COLUMN = re.compile(rb"\x01(?:\x00{0,%d}\x01)*" % (_GUTTER - 1))


def _cell(line: Line, start: int, end: int) -> Field | None:
    start, end = max(start - line.indent, 0), min(max(end - line.indent, 0), len(line.text))
    return line.field(start, end) if line.text[start:end].strip() else None


def _is_several(cell: Field, line: Line) -> bool:
    """Whether a cell looks like two whose columns cross those of other rows."""
    begin = line.at(0)
    typed = line.text[cell.span.start - begin : cell.span.end - begin]
    return WIDE.search(typed) is not None or _TWO_FIGURES.search(typed) is not None


def _header(lines: Sequence[Line], cells: Sequence[tuple[Field | None, ...]]) -> int:
    """How many rows stand above the first rule, or have words only above rows with figures."""
    above = 0
    for line in lines:
        if not is_rule_line(line):
            above += 1
        elif above:
            break
    if above < len(cells) and above <= 3:
        return above
    first, *rest = cells
    if any(map(_has_figure, first)):
        return 0
    return 1 if all(any(map(_has_figure, row)) for row in rest) else 0


def _has_figure(cell: Field | None) -> bool:
    return cell is not None and any(map(str.isdigit, cell.text))


# --- lines whose alignment counts, table or not ---------------------------------------------------


def is_table(block: Sequence[Line]) -> bool:
    """Whether the block's alignment counts: rules between its lines, or columns in most of them."""
    if len(block) == 1:
        return is_wide(block[0]) or _DRAWN.fullmatch(block[0].text) is not None
    wide = sum(map(is_wide, block))
    if wide < 2:
        return False
    ruled = sum(1 for line in block if _DRAWN.fullmatch(line.text))
    return wide * 2 >= len(block) - ruled


def is_row(line: Line) -> bool:
    """Whether a line is one of columns, or drawn."""
    return is_wide(line) or _DRAWN.fullmatch(line.text, 0, LONGEST) is not None


def is_wide(line: Line) -> bool:
    """Whether a line's alignment counts: it has columns, or says so itself."""
    if line.kept:
        return True
    return "   " in line.text and _WIDE_GAP.search(line.text[:LONGEST]) is not None
