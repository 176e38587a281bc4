"""A table whose cells are certain, as rows of cells; its headings stand on every page."""

from __future__ import annotations

from convert.model import regex as re
from convert.model.cable import Table
from convert.model.text import printable
from convert.model.transcript import entry
from convert.writer.pdf.lines import Line, Piece, Place, flow
from convert.writer.pdf.setting import Block, Setting
from convert.writer.pdf.style import Type
from convert.writer.pdf.tags import ARTIFACT, Element

_GUTTER = 14.0
_TIGHT = 6.0
_SMALLEST = 6.5  # points; a table that needs less is set as it was typed
_MOST_WHOLE = 12  # lines of a table that is kept on one page
_PADDING = 3.0  # above the line of a row
_APART = 5.5  # where rows have several lines
_NUMBER = re.compile(r"[-+(]?[$]?\d[\d,.]*[)%]?")


def rows(part: Table, use: Setting) -> list[Block]:
    """One block a row; none where columns do not fit the page, or cells are not the typed words."""
    cells = [[printable(cell.text) if cell else "" for cell in row.cells] for row in part.rows]
    if not cells or not cells[0] or any(len(row) != len(cells[0]) for row in cells):
        return []
    words = (word for row in cells for cell in row for word in cell.split())
    if " ".join(words) != entry(part).words:
        return []
    plan = _plan(cells, part.header, use)
    if plan is None:
        return []
    widths, gutter, scale = plan
    right = [_is_numeric(column[part.header :]) for column in zip(*cells, strict=True)]
    table = Element("Table", use.document)
    headings: list[Block] = []
    blocks: list[Block] = []
    for number, row in enumerate(cells):
        is_heading = number < part.header
        element = Element("TR", table)
        kind, attributes = ("TH", "/A<</O/Table/Scope/Column>>") if is_heading else ("TD", "")
        holders = [Element(kind, element, attributes) for _ in row]
        how = _scaled(use.types["column" if is_heading else "cell"], scale)
        block = _row(row, holders, how, (widths, gutter, right), use)
        if is_heading:
            repeated = [Element(ARTIFACT) for _ in row]
            headings.append(_row(row, repeated, how, (widths, gutter, right), use))
            block.keep = True
        else:
            block.again = headings
        blocks.append(block)
    for drawn in (blocks[0], *headings[:1], *blocks[part.header : part.header + 1]):
        drawn.lines[0].rule = use.hang
    if any(len(block.lines) > 1 for block in blocks[part.header :]):
        for block in (*blocks, *headings):
            block.before = _APART
    typed = use.types["typed"]
    blocks[0].before = typed.before + _PADDING
    is_short = sum(len(block.lines) for block in blocks) <= _MOST_WHOLE
    for block in blocks if is_short else blocks[-2:]:
        block.keep = True  # no row stands alone on a page, nor the rule below the last
    blocks.append(Block([Line([], rule=use.hang)], 2.0, 1.0, typed.after))
    return blocks


def _plan(
    cells: list[list[str]], header: int, use: Setting
) -> tuple[list[float], float, float] | None:
    """Widths of the columns, the gutter, and the size to set them in, 1 for the usual."""
    smallest = _SMALLEST / use.types["cell"].size
    for gutter, scale in ((_GUTTER, 1.0), (_TIGHT, 1.0), (_TIGHT, 0.85), (_TIGHT, smallest)):
        longest = [0.0] * len(cells[0])  # words: a column is no narrower
        natural = [0.0] * len(cells[0])
        for number, row in enumerate(cells):
            how = _scaled(use.types["column" if number < header else "cell"], scale)
            blank = use.fit.measure(how.face, how.size, " ")
            for place, cell in enumerate(row):
                shown = use.fit.show(how.face, cell).split()
                wide = [use.fit.measure(how.face, how.size, word) for word in shown]
                longest[place] = max(longest[place], max(wide, default=0.0) + blank)
                natural[place] = max(natural[place], sum(wide) + len(wide) * blank)
        room = use.measure - gutter * (len(natural) - 1)
        if sum(natural) <= room:
            return natural, gutter, scale
        spare = room - sum(longest)
        if spare >= 0:
            wanted = sum(natural) - sum(longest)
            share = spare / wanted
            even = zip(natural, longest, strict=True)
            return [least + (most - least) * share for most, least in even], gutter, scale
    return None


def _row(
    row: list[str],
    holders: list[Element],
    how: Type,
    columns: tuple[list[float], float, list[bool]],
    use: Setting,
) -> Block:
    widths, gutter, right = columns
    x, lines = use.hang, list[Line]()
    for cell, holder, width, to_right in zip(row, holders, widths, right, strict=True):
        for number, line in enumerate(flow(cell, how, Place(x, width + 0.01, holder), use.fit)):
            while number >= len(lines):
                lines.append(Line([]))
            pieces = [_moved(piece, width, use) for piece in line.pieces] if to_right else None
            lines[number].pieces += pieces or line.pieces
        x += width + gutter
    return Block(lines or [Line([])], how.leading, _PADDING, whole=True, by_element=True)


def _moved(piece: Piece, width: float, use: Setting) -> Piece:
    """The piece against the right edge of its column, its closing blank beyond it."""
    wide = use.fit.measure(piece.face, piece.size, piece.text.rstrip())
    blank = use.fit.measure(piece.face, piece.size, " ")
    return piece._replace(x=piece.x + width - blank - wide)


def _scaled(how: Type, scale: float) -> Type:
    return how._replace(size=how.size * scale, leading=how.leading * scale)


def _is_numeric(column: tuple[str, ...] | list[str]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)
