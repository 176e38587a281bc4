"""Every node of a cable in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import TypeAlias, TypeVar, cast, get_args

from convert.model.cable import (
    Cable,
    Joint,
    Label,
    Paragraph,
    Part,
    Piece,
    Portion,
    TextPart,
    Typed,
)
from convert.model.span import Span
from convert.model.text import folded

_T = TypeVar("_T", bound=Part)
_R = TypeVar("_R")

TEXT_PARTS: tuple[type, ...] = get_args(TextPart)


def pieces(part: Part) -> tuple[Piece, ...]:
    """The part's lines as typed, with the joints between them."""
    return part.content if type(part) is Paragraph else part.lines


def every(cable: Cable, kind: type[_T]) -> Iterator[_T]:
    """All parts of one kind in source order, those inside joints too."""
    return cast("Iterator[_T]", iter(_index(cable)[1].get(kind, ())))


def all_parts(cable: Cable) -> list[Part]:
    """All parts in source order, those inside joints too."""
    return _index(cable)[0]


def kept(tell: Callable[[Cable], _R]) -> Callable[[Cable], _R]:
    """``tell``, a function of a cable's parts, asked once for the cable that is at hand."""

    @wraps(tell)
    def told(cable: Cable) -> _R:
        answers = _index(cable)[2]
        if tell not in answers:
            answers[tell] = tell(cable)
        return cast("_R", answers[tell])

    return told


_Index: TypeAlias = tuple[list[Part], dict[type, list[Part]], dict[object, object]]

_last: tuple[tuple[Part, ...], _Index] = ((), ([], {}, {}))


def _index(cable: Cable) -> _Index:
    """The parts in order, by their kinds, and what was told of them.

    Kept for the cable that was asked about last: a writer asks for every kind several times, and a
    cable is frozen.
    """
    global _last
    parts, found = _last
    if parts is not cable.parts:
        listed = list(flat(cable.parts))
        by_kind: dict[type, list[Part]] = {}
        for part in listed:
            by_kind.setdefault(type(part), []).append(part)
        found = listed, by_kind, {}
        _last = cable.parts, found
    return found


def first(cable: Cable, kind: type[_T]) -> _T | None:
    """The first part of one kind, or None."""
    return next(every(cable, kind), None)


def flat(parts: Iterable[Part]) -> Iterator[Part]:
    """All parts in source order: a part, then the parts of the joints inside it."""
    for part in parts:
        yield part
        for piece in pieces(part):
            if isinstance(piece, Joint):
                yield from flat(piece.parts)


def carriers(parts: Iterable[Part]) -> Iterator[Typed | Label | Portion]:
    """The leaves that carry source characters, in source order; no two overlap.

    A portion inside ``lines`` (of a subject, a heading) is carried by the line itself, so only a
    paragraph's own label and portion are leaves.
    """
    for part in parts:
        if type(part) is Paragraph:
            if part.label is not None:
                yield part.label
            if part.portion is not None:
                yield part.portion
        for piece in pieces(part):
            if type(piece) is Joint:
                yield from carriers(piece.parts)
            else:
                yield piece


def leaves(parts: Iterable[Part]) -> Iterator[Typed | Label | Portion]:
    """``carriers``, but of a label or mark that markup parts its pieces."""
    for leaf in carriers(parts):
        if type(leaf) is Typed or not leaf.pieces:
            yield leaf
        else:
            yield from leaf.pieces


def start_of(part: Part) -> int:
    """Where the part's first character stands."""
    starts = [piece.span.start for piece in pieces(part)]
    if type(part) is Paragraph:
        starts += [own.span.start for own in (part.label, part.portion) if own is not None]
    return min(starts)


def span_of(part: Part) -> Span:
    """From the part's first character to its last."""
    spans = [piece.span for piece in pieces(part)]
    if len(spans) == 1 and not isinstance(part, Paragraph):
        return spans[0]
    if isinstance(part, Paragraph):
        spans += [owned.span for owned in (part.label, part.portion) if owned is not None]
    return Span(min([span.start for span in spans]), max([span.end for span in spans]))


def typed_lines(parts: Iterable[Part]) -> Iterator[Typed]:
    """The typed lines of parts, in source order, joints opened."""
    return (leaf for leaf in leaves(parts) if isinstance(leaf, Typed))


def words(pieces_: Iterable[Piece]) -> str:
    """The running text: lines joined by single blanks, joints passed over."""
    return " ".join(map(folded, whole_lines(pieces_)))


def whole_lines(pieces_: Iterable[Piece]) -> Iterator[str]:
    """The typed lines: pieces that an omission parts come together, joints are passed over."""
    return (line for line, _ in whole_rows(pieces_))


def whole_rows(pieces_: Iterable[Piece]) -> Iterator[tuple[str, Span]]:
    """``whole_lines``, each with its place, from its first character to its last."""
    line = ""
    span: Span | None = None
    for piece in pieces_:
        if not isinstance(piece, Typed):
            continue
        if span is None or piece.parted == "\n":
            if span is not None:
                yield line, span
            line, span = piece.text, piece.span
        else:
            line += piece.parted + piece.text
            span = span.to(piece.span)
    if span is not None:
        yield line, span
