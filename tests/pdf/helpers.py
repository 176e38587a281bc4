"""Cables and files for the tests of the PDF."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from convert.diagnostics import Report
from convert.model.cable import Cable, Field, Preformatted, Row, Table, Typed
from convert.model.data import replace
from convert.model.facts import header_facts
from convert.model.span import Span
from convert.options import Options
from convert.reader.read import read
from convert.writer.pdf import PdfWriter
from convert.writer.pdf.fonts import fonts
from convert.writer.pdf.layout import Layout, lay_out
from convert.writer.pdf.lines import Fit
from convert.writer.pdf.style import style

HEAD = "SECRET KESTREL CAPE 000412\n\nSUBJECT: (S) A FICTIONAL CABLE\n\n"


def cable(text: str) -> Cable:
    """A cable read from text."""
    return read(text.encode()).cable


def written(one: Cable, report: Report | None = None, **asked: object) -> bytes:
    """The PDF of a cable, not verified."""
    return PdfWriter().write(one, Options(**asked), report or Report())  # type: ignore[arg-type]


def laid_out(one: Cable, paper: str = "letter", name: str = "house") -> Layout:
    """The pages of a cable in the house's faces."""
    faces = fonts()
    fit = Fit(faces.widths, faces.shown)
    released = name == "declassified"
    return lay_out(one, header_facts(one), paper, style(name), fit, released=released)


def long_cable(paragraphs: int, words: int = 90) -> Cable:
    """Numbered paragraphs of uneven length, with marks; about ten fill a page."""
    dice = random.Random(paragraphs)
    body = "\n\n".join(
        f"{number}. (S//NF) "
        + " ".join(["The harbor authority asked again."] * dice.randint(1, 30))
        for number in range(1, paragraphs + 1)
    )
    return cable(f"{HEAD}{body}\n")


def with_table(rows: Sequence[Sequence[str]], header: int = 1) -> Cable:
    """A cable whose typed table is one of certain cells; a row of dashes is a rule."""
    one = cable(f"{HEAD}1. (S) Before it.\n\nYEAR    SHIPS\n2004       12\n\n2. (U) Behind it.\n")
    place = next(n for n, part in enumerate(one.parts) if isinstance(part, Preformatted))
    lines, cells, start = list[Typed](), list[Row](), 0
    for row in rows:
        text, fields = "", list[Field | None]()
        for cell in row:
            at = start + len(text)
            fields.append(Field(cell, Span(at, at + len(cell))) if cell else None)
            text += f"{cell or ' '}    "
        lines.append(Typed(text.rstrip(), Span(start, start + len(text.rstrip()))))
        start += len(text)
        if any(map(str.isalnum, text)):
            cells.append(Row(tuple(fields)))
    table = Table(tuple(lines), tuple(cells), header)
    return replace(one, parts=(*one.parts[:place], table, *one.parts[place + 1 :]))


def page_words(layout: Layout, page: int) -> Iterator[str]:
    """The words of a page in the order in which they are painted."""
    for run in layout.pages[page].runs:
        yield from run.text.split()
