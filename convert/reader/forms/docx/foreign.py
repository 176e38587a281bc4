"""A Word file of another hand: its paragraphs as lines, read as any other text.

What stands above and below the pages is read too, once: a memorandum often has its classification
nowhere else. Tables become lines with columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.diagnostics import Report
from convert.model.cable import Recognised
from convert.model.span import Span
from convert.model.text import folded
from convert.reader.forms.docx.story import Paragraph, Story, Table
from convert.reader.forms.protocol import Opened
from convert.reader.forms.registry import TEXTS, inside
from convert.reader.lines import split

_TYPED = 80  # characters that a typed line has at most


def read_foreign(
    story: Story, blocks: Sequence[Paragraph | Table], form: str, report: Report
) -> Opened:
    """The text of a file in any styles, and its parts."""
    typed = _is_typed(blocks)
    above = _margin(story, "header", ())
    below = _margin(story, "footer", above)
    body = "".join(_body(blocks, typed=typed))
    text = "".join((*(f"{line}\n\n" for line in above), body, *(f"\n{line}\n" for line in below)))
    lines, omissions = split(text)
    told = inside(lines, report, TEXTS)
    recognised = Recognised(form, "a Word document", Span(0, len(text)))
    return Opened(text, told.parts, (recognised, *told.inside), tuple(omissions))


def _margin(story: Story, kind: str, known: Sequence[str]) -> list[str]:
    """What stands above or below the pages, each line once."""
    found = [
        folded(line)
        for paragraphs in {id(one): one for one in story.margins(kind).values()}.values()
        for paragraph in paragraphs
        for line in paragraph.text.split("\n")
    ]
    return [line for line in dict.fromkeys(found) if line and line not in known]


def _is_typed(blocks: Sequence[Paragraph | Table]) -> bool:
    """Whether each paragraph is a typed line, with empty ones between what belongs together."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    long = sum(1 for line in lines if len(line) > _TYPED)
    empty = sum(1 for line in lines if not line.strip())
    return len(lines) >= 10 and long * 20 < len(lines) and empty * 20 > len(lines)


def _body(blocks: Sequence[Paragraph | Table], *, typed: bool) -> Iterator[str]:
    end = "\n" if typed else "\n\n"
    for block in blocks:
        if isinstance(block, Table):
            yield "\n"
            yield from _rows(block)
            yield "\n"
        else:
            number = f"{block.number} " if block.number and block.text.strip() else ""
            text = (number + block.text).replace("\u00a0", " ")
            yield (text if typed else text.strip()) + end


def _rows(table: Table) -> Iterator[str]:
    """The rows as lines, their columns below each other."""
    rows = [[folded(cell) for cell in row] for row in table.rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        line = "   ".join(cells).rstrip()
        if line:
            yield f"{line}\n"
