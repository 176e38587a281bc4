"""Where the passages of a cable stand: inside one block, or stand-off as ``spanGrp``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from itertools import groupby

from convert.model.cable import (
    Cable,
    Joint,
    Note,
    NoteKind,
    Part,
    Passage,
    PassageKind,
    Signature,
)
from convert.model.span import Span
from convert.model.walk import TEXT_PARTS, pieces, span_of
from convert.writer.tei.ink import Mark, mark
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.xml import element, stated


class Passages:
    """The passages of a cable, found by the block in which they stand."""

    def __init__(self, cable: Cable, categories: Categories) -> None:
        self._target = categories.target
        self._blocks: list[Span] = []
        self._joints: list[int] = []  # no other passage is written otherwise for a joint in it
        if cable.passages:
            self._blocks = sorted(span_of(part) for part in cable.parts if _is_block(part))
        if any(passage.kind is PassageKind.EXCISION for passage in cable.passages):
            self._joints = _joint_starts(cable)
        self._inside: dict[int, list[Mark]] = {}  # by the place where the block begins
        self._across: list[tuple[Passage, Span, Span]] = []  # with its first and last block
        for passage in sorted(cable.passages, key=lambda p: (p.span.start, -p.span.end)):
            self._place(passage)

    def marks(self, start: int) -> list[Mark]:
        """The passages that stand in the block that begins at a place."""
        return self._inside.get(start, [])

    def stand_off(self, ids: Mapping[int, str]) -> str:
        """The others, by kind; ``ids`` are those of the blocks by the places where they begin."""
        told: list[str] = []
        across = sorted(self._across, key=lambda item: item[0].kind.value)
        for kind, found in groupby(across, key=lambda item: item[0].kind):
            told.append(f"<spanGrp{stated(type=kind.value)}>")
            for passage, first, last in found:
                from_, to = f"#{ids[first.start]}", f"#{ids[last.start]}"
                told.append(
                    element("span", from_=from_, to=to, corresp=self._target(passage.target))
                )
            told.append("</spanGrp>")
        return "".join(told)

    def _place(self, passage: Passage) -> None:
        start, end = passage.span.start, passage.span.end
        touched = self._blocks[
            bisect_right(self._blocks, start, key=lambda block: block.end) :
            bisect_left(self._blocks, end, key=lambda block: block.start)
        ]  # fmt: skip
        if start >= end or not touched:
            return
        inside = self._inside.setdefault(touched[0].start, [])
        if len(touched) > 1 or (inside and _cross(inside[-1], passage.span)):
            self._across.append((passage, touched[0], touched[-1]))
        else:
            broken = bisect_left(self._joints, start) < bisect_left(self._joints, end)
            inside.append(_mark(passage, broken, self._target))


def _is_block(part: Part) -> bool:
    if type(part) not in TEXT_PARTS or type(part) is Signature or not pieces(part):
        return False
    # a footnote stands in the midst of another block
    return type(part) is not Note or part.kind is not NoteKind.EDITORIAL


def _joint_starts(cable: Cable) -> list[int]:
    return sorted(
        piece.span.start for part in cable.parts for piece in pieces(part) if type(piece) is Joint
    )


def _cross(before: Mark, span: Span) -> bool:
    return before.start < span.start < before.end < span.end


def _mark(passage: Passage, broken: bool, target: Callable[[str | None], str | None]) -> Mark:
    """``gap`` holds plain characters only, so an excision over a joint is a ``seg``."""
    if passage.kind is PassageKind.REFTEL:
        return mark(passage.span, "ref", type="reftel", target=target(passage.target))
    if passage.kind is PassageKind.EXCISION and not broken:
        size = str(passage.span.end - passage.span.start)
        begins = f'<gap reason="excised" unit="chars" quantity="{size}"><desc>'
        return Mark(passage.span.start, passage.span.end, begins, "</desc></gap>", is_closed=True)
    reasons = " ".join(passage.classifier.reasons) if passage.classifier else None
    return mark(passage.span, "seg", type=passage.kind.value, n=reasons)
