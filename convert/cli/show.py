"""``show``: each line of a source, what carries it, and what was left out of it and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from convert.model import regex as re
from convert.model.cable import Cable, Joint, Paragraph, Part, Preformatted, Typed
from convert.model.coverage import coverage
from convert.model.facts import header_facts
from convert.model.span import Span
from convert.model.text import folded, printable
from convert.model.walk import pieces

if TYPE_CHECKING:
    from convert.reader.read import Reading

_WIDTH = 34
_LEFT = 72  # characters of what is left out that are shown
_COLOURS = {"label": "36", "left": "31", "joint": "33", "dim": "2", "title": "1"}


def shown(reading: Reading, *, colour: bool) -> str:
    """The source line by line, then the heading's facts, the omissions and the count."""
    paint = _paint if colour else _leave
    lines = [
        *_lines(reading, paint),
        "",
        paint("Form", "title"),
        *_forms(reading),
        "",
        paint("Heading", "title"),
        *(f"  {fact.name + ':':<20} {fact.value}" for fact in header_facts(reading.cable)),
        "",
        paint("Left out", "title"),
        *_omissions(reading),
        "",
        paint("Count", "title"),
        *_count(reading),
    ]
    return "\n".join(lines) + "\n"


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if text else text


def _leave(text: str, colour: str) -> str:
    return text


def _lines(reading: Reading, paint: Callable[[str, str], str]) -> Iterator[str]:
    kinds = sorted(_kinds(reading.cable), key=lambda kind: kind[0])
    at, start = 0, 0
    rows = reading.text.splitlines(keepends=True)
    digits = len(str(len(rows)))
    for number, row in enumerate(rows, 1):
        end = start + len(row)
        while at < len(kinds) and kinds[at][0].end <= start:
            at += 1
        here = []
        for span, kind, colour in kinds[at:]:
            if span.start >= end:
                break
            here.append((span, kind, colour))
        named = sorted(here, key=lambda kind: kind[2] == "left")  # what carries comes first
        told = ", ".join(dict.fromkeys(kind for _, kind, _ in named))
        label = paint(f"{told:<{_WIDTH}}", named[0][2] if named else "dim")
        text = _text(row.rstrip("\r\n\f"), start, here, paint)
        yield f"{paint(f'{number:>{digits}}', 'dim')}  {label}  {text}".rstrip()
        start = end


def _text(
    row: str,
    start: int,
    here: list[tuple[Span, str, str]],
    paint: Callable[[str, str], str],
) -> str:
    """The row, with what is left out of it in the colour for that."""
    out, done = [], 0
    for span, _, colour in here:
        if colour == "left":
            first, last = max(span.start - start, done), min(span.end - start, len(row))
            out += [printable(row[done:first]), paint(printable(row[first:last]), "left")]
            done = max(done, last)
    return "".join([*out, printable(row[done:])])


def _kinds(cable: Cable) -> Iterator[tuple[Span, str, str]]:
    """Each stretch of the source, the name of what carries it, and a colour for the name."""
    for part, inside in _named(cable.parts):
        name, colour = _name(part), "joint" if inside else "label"
        if isinstance(part, Paragraph):
            yield from ((owned.span, name, colour) for owned in (part.label, part.portion) if owned)
        for piece in pieces(part):
            if isinstance(piece, Typed):
                yield piece.span, name, colour
    for omission in cable.omissions:
        yield omission.span, f"omitted: {omission.reason.value}", "left"


def _named(parts: tuple[Part, ...], *, inside: bool = False) -> Iterator[tuple[Part, bool]]:
    for part in parts:
        yield part, inside
        for piece in pieces(part):
            if isinstance(piece, Joint):
                yield from _named(piece.parts, inside=True)


def _name(part: Part) -> str:
    """``Paragraph 3``, ``Banner``, ``Page line``, ``Table or form``."""
    match part:
        case Paragraph(label=label, level=level):
            kind = "Item" if level else "Paragraph"
            return f"{kind} {label.typed.rstrip('.')}" if label else kind
        case Preformatted():
            return "As typed"
        case _:
            first, *rest = re.findall(r"[A-Z][a-z]*", type(part).__name__)
            return " ".join([first, *(word.lower() for word in rest)])


def _forms(reading: Reading) -> Iterator[str]:
    for found in reading.cable.forms:
        line, column = reading.position(found.span)
        yield f"  {found.form:<14} {line}:{column}  {printable(found.reason)}"


def _omissions(reading: Reading) -> Iterator[str]:
    if not reading.cable.omissions:
        yield "  nothing"
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", reading.text))]
    for omission in reading.cable.omissions:
        line = bisect_right(starts, omission.span.start)
        place = f"{line}:{omission.span.start - starts[line - 1] + 1}"
        typed = printable(folded(omission.typed))
        typed = typed if len(typed) <= _LEFT else f"{typed[: _LEFT // 2]} … {typed[-_LEFT // 2 :]}"
        yield f"  {place:<8} {typed}  ({omission.reason.value})"


def _count(reading: Reading) -> Iterator[str]:
    told = coverage(reading.cable)
    left = sum(count for _, count in told.omitted)
    yield (
        f"  {told.characters:,} characters that are not blank: {told.carried:,} carried, "
        f"{left:,} left out"
    )
    if told.unrecognised:
        yield f"  {told.unrecognised:,} of them carried as lines that nobody recognised"
    if told.unaccounted:
        yield f"  {told.unaccounted:,} unaccounted for"
    yield f"  {told.percent:.1f} % recognised"
