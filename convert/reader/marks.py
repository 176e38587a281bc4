"""Portion marks where they stand: at the start of a paragraph, subject or heading."""

from __future__ import annotations

from convert.model import regex as re
from convert.model.cable import Portion
from convert.model.span import Span
from convert.notation import portion as notation
from convert.reader.lines import Line
from convert.reader.shapes import NUMBER

_BRACKETED = re.compile(r"[(\[][^()\[\]]{1,300}[)\]]")
_HALF = re.compile(  # T1: a bracket is lost, or doubled
    r"\(\((?:TS|S|C|U|SBU|LOU)\) (?=\S)|(?:TS|S|C|U|SBU)\) |\((?:TS|S|C|U|SBU) (?=[A-Z])"
)


def starts_paragraph(line: Line) -> bool:
    """Whether a line begins a labelled or marked paragraph, whatever stands before it."""
    return bool(NUMBER.match(line.text)) or portion_at(line, 0) is not None


def portion_at(line: Line, start: int, *, numbered: bool = False) -> Portion | None:
    """The portion mark at ``start`` of a line (blanks passed over), or None.

    A lower-case mark counts only behind a paragraph number (T6). A bracket that opens like a level
    and cannot be read is a mark without a meaning.
    """
    start += (
        len(line.text[start:]) - len(line.text[start:].lstrip()) if start < len(line.text) else 0
    )
    found = _BRACKETED.match(line.text, start) or (
        _HALF.match(line.text, start) if numbered else None
    )
    if found is None:
        return None
    typed = found[0].rstrip()
    if not line.is_whole(start, start + len(typed)):
        return None
    read = notation.parse(typed)
    if read is not None and not numbered and typed != typed.upper():
        return None
    if read is None and not notation.looks_like_level(typed):
        return None
    span = Span(line.at(start), line.at(start + len(typed) - 1) + 1)
    if read is None:
        return Portion(None, typed, span)
    return Portion(read.marking, typed, span, read.supplied)
