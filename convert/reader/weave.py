"""Puts parts back that were taken out of the lines before these were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from convert.model.cable import Joint, Paragraph, Part, Piece
from convert.model.data import replace
from convert.model.walk import pieces, span_of


def weave(parts: Sequence[Part], frame: Iterable[Part]) -> tuple[Part, ...]:
    """``parts`` with those of ``frame`` in their places; both are in source order.

    What stands inside a part becomes a joint of it, or goes into the joint that is there.
    """
    waiting = list(frame)
    taken = 0
    woven: list[Part] = []
    for part in parts:
        span = span_of(part)
        first = _until(waiting, taken, span.start)
        last = _until(waiting, first, span.end)
        woven += waiting[taken:first]
        woven.append(_into(part, waiting[first:last]) if first < last else part)
        taken = last
    return (*woven, *waiting[taken:])


def _until(waiting: Sequence[Part], place: int, end: int) -> int:
    """The place after those that begin before ``end``."""
    while place < len(waiting) and span_of(waiting[place]).start < end:
        place += 1
    return place


def _into(part: Part, frame: Sequence[Part]) -> Part:
    """The part with joints for what stands between its pieces."""
    taken = 0
    woven: list[Piece] = []
    for piece in pieces(part):
        before = _until(frame, taken, piece.span.start)
        if before > taken:
            _join(woven, frame[taken:before])
        taken = _until(frame, before, piece.span.end) if isinstance(piece, Joint) else before
        if isinstance(piece, Joint) and taken > before:
            piece = replace(piece, parts=weave(piece.parts, frame[before:taken]))
        if isinstance(piece, Joint) and woven and isinstance(woven[-1], Joint):
            _join(woven, piece.parts)
        else:
            woven.append(piece)
    if isinstance(part, Paragraph):
        return replace(part, content=tuple(woven))
    return replace(part, lines=tuple(woven))


def _join(woven: list[Piece], parts: Sequence[Part]) -> None:
    """A joint of ``parts`` at the end, or more parts for the joint that is there."""
    span = span_of(parts[0]).to(span_of(parts[-1]))
    last = woven[-1] if woven else None
    if isinstance(last, Joint):
        woven[-1] = replace(last, parts=(*last.parts, *parts), span=last.span.to(span))
    else:
        woven.append(Joint(tuple(parts), span))
