"""What any output must show, in order: the measure that every re-read output is held against."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from convert.model.cable import (
    Cable,
    Heading,
    Joint,
    Paragraph,
    Part,
    Table,
    TextPart,
    Typed,
)
from convert.model.data import Data, replace
from convert.model.facts import Fact, banner_text, header_facts
from convert.model.ism import ism_block
from convert.model.text import folded, printable
from convert.model.walk import TEXT_PARTS, pieces, whole_lines, words


class Entry(Data):
    """One block of the text: its number or label, its mark and its words, all as typed.

    One blank stands between two words, wherever a line ended.
    """

    kind: str  # "paragraph", "heading", "preformatted", "signature", "note"
    label: str
    mark: str
    words: str


class Transcript(Data):
    """A cable as any faithful output of it reads.

    ``banner`` stands at the top and bottom of each page (None: the source has none); ``facts`` is
    the heading in plain words; ``entries`` the text in reading order; ``transmission`` every other
    line as typed, in source order, its blanks folded. Entries and transmission together hold every
    character that the cable carries. ``ism`` is the block of markings for programs.
    """

    banner: str | None
    facts: tuple[Fact, ...]
    entries: tuple[Entry, ...]
    transmission: tuple[str, ...]
    ism: str = ""


def transcript(cable: Cable) -> Transcript:
    """The transcript of a cable; characters no output can show stand as ``[U+XXXX]``."""
    return Transcript(
        banner=banner_text(cable),
        facts=header_facts(cable),
        entries=tuple(map(entry, text_parts(cable))),
        transmission=tuple(" ".join(line.split()) for line in transmission(cable)),
        ism=ism_block(cable),
    )


def text_parts(cable: Cable) -> Iterator[TextPart]:
    """The parts that are read as the message, in order."""
    return (part for part in cable.parts if isinstance(part, TextPart))


def transmission(cable: Cable) -> Iterator[str]:
    """Every line that is not the message's own text, as typed: headings, banners, page lines."""
    return map(printable, whole_lines(_transmission(cable.parts, inside=False)))


def _transmission(parts: tuple[Part, ...], *, inside: bool) -> Iterator[Typed]:
    for part in parts:
        is_text = isinstance(part, TEXT_PARTS) and not inside
        drawn = rules(part) if is_text and isinstance(part, Heading | Table) else ()
        begins = True  # a part, and what goes on behind a joint, begins a line of its own
        for piece in pieces(part):
            if isinstance(piece, Joint):
                yield from _transmission(piece.parts, inside=True)
                begins = True
            elif not is_text or piece.span.start in drawn:
                yield replace(piece, parted="\n") if begins and piece.parted != "\n" else piece
                begins = False


def rules(part: Heading | Table) -> frozenset[int]:
    """Where the pieces begin that are drawn, not written: dashes and the like, in no cell."""
    rows = part.rows if isinstance(part, Table) else ()
    cells = sorted(cell.span.start for row in rows for cell in row.cells if cell)
    found: list[int] = []
    line: list[Typed] = []
    for piece in (*part.lines, None):
        if line and (not isinstance(piece, Typed) or piece.parted == "\n"):
            first, last = line[0].span.start, line[-1].span.end
            is_written = any(character.isalnum() for typed in line for character in typed.text)
            if not is_written and bisect_left(cells, first) == bisect_left(cells, last):
                found += [typed.span.start for typed in line]
            line = []
        if isinstance(piece, Typed):
            line.append(piece)
    return frozenset(found)


def entry(part: TextPart) -> Entry:
    """One block as any output shows it; a mark inside a heading stays among its words.

    The words of a table are those of its cells; its rules are drawn.
    """
    label = mark = ""
    if isinstance(part, Paragraph):
        label = printable(folded(part.label.typed)) if part.label else ""
        mark = printable(folded(part.portion.typed)) if part.portion else ""
    if isinstance(part, Heading):
        running = part.title.text
    elif isinstance(part, Table):
        drawn = rules(part)
        running = words(piece for piece in part.lines if piece.span.start not in drawn)
    else:
        running = words(pieces(part))
    shown = " ".join(printable(running).split())
    return Entry(type(part).__name__.lower(), label, mark, shown)
