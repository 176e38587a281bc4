"""Check: each non-blank character is carried or left out, once. Runs on every conversion.

What is carried is what stands there, or the character of the reference that stands there.
"""

from __future__ import annotations

from operator import attrgetter

from convert.diagnostics import Code, Report
from convert.model.cable import Cable, Label, Omission, Portion, Typed
from convert.model.span import Span
from convert.model.text import unescaped
from convert.model.walk import leaves


def account(cable: Cable, text: str, report: Report) -> str:
    """``Cable.blanks``: all that stands between what is carried and what is left out.

    Reports every stretch of ``text`` that nothing carries, or that two nodes carry.
    """
    carried: list[Typed | Label | Portion | Omission] = [*leaves(cable.parts), *cable.omissions]
    carried.sort(key=attrgetter("span.start", "span.end"))
    blanks: list[str] = []
    place = 0
    for leaf in carried:
        start, end = leaf.span.start, leaf.span.end
        between = text[place:start]
        blanks.append(between)
        typed = leaf.text if isinstance(leaf, Typed) else leaf.typed
        if start < place or not _says(text, start, end, typed):
            end = max(place, end)
            _tell(Span(start, end), text, report)
        elif between and not between.isspace():
            _tell(Span(place, start), text, report)
        place = end
    blanks.append(text[place:])
    if blanks[-1].strip():
        _tell(Span(place, len(text)), text, report)
    return "".join(blanks)


def _says(text: str, start: int, end: int, typed: str) -> bool:
    """Whether the source says what was carried; a character reference says its character."""
    if end - start == len(typed) and text.startswith(typed, start):
        return True
    if text[start : start + 1] != "&":
        return False
    return unescaped(text[start:end]) == typed


def _tell(span: Span, text: str, report: Report) -> None:
    lost = "".join(span.of(text).split())
    report(Code.UNACCOUNTED, span, count=len(lost), typed=lost[:60])
