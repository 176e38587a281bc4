"""Check: each non-blank character is carried or left out, once. Runs on every conversion.

What is carried is what stands there, or the character of the reference that stands there.
"""

from __future__ import annotations

from convert.diagnostics import Code, Report
from convert.model.cable import Cable
from convert.model.span import Span
from convert.model.text import unescaped
from convert.model.walk import carriers


def account(cable: Cable, text: str, report: Report) -> None:
    """Report every stretch of ``text`` that nothing carries, or that two nodes carry."""
    spans = [
        (leaf.span, leaf.typed if hasattr(leaf, "typed") else leaf.text)
        for leaf in carriers(cable.parts)
    ]
    spans += [(omission.span, omission.typed) for omission in cable.omissions]
    spans.sort(key=lambda item: (item[0].start, item[0].end))
    place = 0
    for span, typed in spans:
        if span.start < place or not _says(span.of(text), typed):
            _tell(Span(span.start, max(place, span.end)), text, report)
        elif gap := text[place : span.start].strip():
            _tell(Span(place, span.start), gap, report)
        place = max(place, span.end)
    if gap := text[place:].strip():
        _tell(Span(place, len(text)), gap, report)


def _says(source: str, typed: str) -> bool:
    """Whether the source says what was carried; a character reference says its character."""
    if source == typed:
        return True
    if source[:1] != "&":
        return False
    return unescaped(source) == typed


def _tell(span: Span, text: str, report: Report) -> None:
    lost = "".join((text if len(text) <= span.end - span.start else span.of(text)).split())
    report(Code.UNACCOUNTED, span, count=len(lost), typed=lost[:60])
