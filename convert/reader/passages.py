"""Pass: stretches of the text with a meaning of their own: summary, comment, quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convert.model.cable import (
    Paragraph,
    Part,
    Passage,
    PassageKind,
    ReferenceKind,
    References,
    Typed,
)
from convert.model.span import Span

_KINDS = {
    "SUMMARY": PassageKind.SUMMARY,
    "COMMENT": PassageKind.COMMENT,
    "TEXT": PassageKind.QUOTATION,
    "QUOTE": PassageKind.QUOTATION,
}
_MARKER = re.compile(
    r"\b(?P<end>END)(?: OF)? (?P<ended>SUMMARY|COMMENT|TEXT|QUOTE)\b(?: AND [A-Z]+)?\.?"
    r"|(?:^|(?<=\()|(?<=[.!?] )|(?<=[.!?]  ))(?P<begin>(?:BEGIN )?(?:SUMMARY|COMMENT)(?=[:. ]))"
    r"|\bBEGIN (?P<quoted>TEXT|QUOTE)\b"
    r"|(?P<excised>X{6,}|\[[^\[\]]{1,80} not declassified\])|(?P<reftel>\bREFTELS?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Running:
    """A paragraph's words as one string, with the way back to the source."""

    text: str
    places: tuple[int, ...]
    sources: tuple[int, ...]

    def at(self, place: int) -> int:
        part = max(bisect_right(self.places, place) - 1, 0)
        return self.sources[part] + place - self.places[part]


def passages(parts: Sequence[Part]) -> tuple[Passage, ...]:
    """All passages, in the order of their beginnings.

    A passage without an end mark ends with its paragraph; an end mark without a beginning is none.
    """
    target = _only_cable(parts)
    found: list[Passage] = []
    opened: dict[PassageKind, tuple[int, int]] = {}  # kind: (start, end of its paragraph)
    for part in parts:
        if not isinstance(part, Paragraph):
            continue
        running = _running(part)
        for kind, start, end, is_end in _markers(running):
            if kind in (PassageKind.EXCISION, PassageKind.REFTEL):
                name = target if kind is PassageKind.REFTEL else None
                found.append(Passage(kind, Span(start, end), name))
            elif is_end:
                if kind in opened:
                    found.append(Passage(kind, Span(opened.pop(kind)[0], end)))
            elif kind not in opened or opened[kind][1] < start:
                if kind in opened:
                    found.append(Passage(kind, Span(*opened.pop(kind))))
                opened[kind] = (start, running.at(len(running.text) - 1) + 1)
    found += [Passage(kind, Span(*ends)) for kind, ends in opened.items()]
    return tuple(sorted(found, key=lambda passage: passage.span))


def _markers(running: _Running) -> Iterator[tuple[PassageKind, int, int, bool]]:
    for match in _MARKER.finditer(running.text):
        start, end = running.at(match.start()), running.at(match.end() - 1) + 1
        if match["excised"]:
            if match[0].startswith("[") or match[0] == match[0].upper():
                yield PassageKind.EXCISION, start, end, False
        elif match["reftel"]:
            yield PassageKind.REFTEL, start, end, False
        elif match["end"]:
            yield _KINDS[match["ended"].upper()], start, end, True
        else:
            word = (match["quoted"] or match["begin"].split()[-1]).upper()
            if match["begin"] and running.text[match.end() : match.end() + 1] == " ":
                continue  # "Summary of ..." names no passage
            yield _KINDS[word], start, end, False


def _running(part: Paragraph) -> _Running:
    typed = [piece for piece in part.content if isinstance(piece, Typed)]
    text, places, place = [""], [], 0
    for number, piece in enumerate(typed):
        parted = " " if number and piece.parted == "\n" else piece.parted if number else ""
        text += [parted, piece.text]
        places.append(place + len(parted))
        place += len(parted) + len(piece.text)
    return _Running("".join(text), tuple(places), tuple(piece.span.start for piece in typed))


def _only_cable(parts: Sequence[Part]) -> str | None:
    """The canonical id of the one reference that "reftel" can mean; None if there are several."""
    listed = [part for part in parts if isinstance(part, References)][:1]
    cables = [r for part in listed for r in part.references if r.kind is ReferenceKind.CABLE]
    return cables[0].canonical if len(cables) == 1 else None
