"""Portion marks where they stand: at the start of a paragraph, subject or heading."""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import Portion
from convert.notation import portion as notation
from convert.reader.lines import Line
from convert.reader.shapes import NUMBER

_BRACKETED = re.compile(r"[(\[][^()\[\]]{1,300}[)\]]")
_OPENING = ("(", "[")
_HALF = re.compile(  # T1: a bracket is lost, or doubled
    r"\(\((?:TS|S|C|U|SBU|LOU)\) (?=\S)|(?:TS|S|C|U|SBU)\) |\((?:TS|S|C|U|SBU) (?=[A-Z])"
)


def starts_paragraph(line: Line) -> bool:
    """Whether a line begins a labelled or marked paragraph, whatever stands before it."""
    return bool(NUMBER.match(line.text)) or portion_at(line, 0) is not None


def of_table(lines: Sequence[Line]) -> Portion | None:
    """The mark of a table: before or above its first row, where no other row has one of its own."""
    found = portion_at(lines[0], 0) if lines else None
    if found is None:
        return None
    is_own = lines[0].text == found.typed
    return found if is_own or all(portion_at(line, 0) is None for line in lines[1:]) else None


def portion_at(line: Line, start: int, *, numbered: bool = False) -> Portion | None:
    """The portion mark at ``start`` of a line (blanks passed over), or None.

    A lower-case mark counts only behind a paragraph number (T6). A bracket that opens like a level
    and cannot be read is a mark without a meaning.
    """
    rest = line.text[start:].lstrip()
    if not (numbered or rest.startswith(_OPENING)):
        return None
    start = len(line.text) - len(rest)
    found = _BRACKETED.match(line.text, start) or (
        _HALF.match(line.text, start) if numbered else None
    )
    if found is None:
        return None
    typed = found[0].rstrip()
    if (pieces := line.pieces(start, start + len(typed))) is None:
        return None
    read = notation.parse(typed)
    if read is not None and not numbered and typed != typed.upper():
        return None
    if read is None and not notation.looks_like_level(typed):
        return None
    span = line.span_at(start, start + len(typed))
    if read is None:
        return Portion(None, typed, span, pieces=pieces)
    return Portion(read.marking, typed, span, read.supplied, pieces)
