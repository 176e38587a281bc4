"""From a cable to pages of positioned text. Pure: no PDF, no font file, only widths.

Each line that ends at a word boundary ends with a blank, so that text copied from a page has its
words apart; a line without one ends inside a word that is longer than the measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from convert.model.cable import Cable
from convert.model.facts import banner_text
from convert.writer.pdf.blocks import Block, Fit, Line, blocks, reference_of, title_of

SIZES = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
BAR = 18.0  # height of a banner bar
EDGE = 28.0  # from the edge of the paper to the bar: no printer cuts it off
COLUMN = 468.0  # the outer column: hung numbers (26) and the measure (442)
TOP = 76.0  # of the text, from the upper edge
BOTTOM = 82.0  # of the text, from the lower edge
FOOT = 58.0  # baseline of the foot, from the lower edge

_RULE_LIFT = 3.0  # a rule stands this much above the line it belongs to


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one font, its baseline starting at a point of the page."""

    x: float
    y: float
    font: str
    size: float
    text: str


@dataclass(slots=True)
class Page:
    """What stands between the banners."""

    runs: list[Run] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)  # x, y, width


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole document, ready to paint."""

    size: tuple[float, float]
    left: float
    banner: str | None
    reference: str
    title: str
    pages: tuple[Page, ...]


def lay_out(cable: Cable, paper: str, fit: Fit) -> Layout:
    """All pages of a cable, in one pass over its blocks."""
    width, height = size = SIZES.get(paper, SIZES["letter"])
    left = (width - COLUMN) / 2
    banner = banner_text(cable)
    return Layout(
        size=size,
        left=left,
        banner=None if banner is None else " ".join(fit.show("sans-bold", banner).split()),
        reference=fit.show("sans", reference_of(cable)),
        title=title_of(cable),
        pages=tuple(_Filler(left, height).fill(blocks(cable, fit, COLUMN))),
    )


class _Filler:
    """Fills pages from top to bottom."""

    def __init__(self, left: float, height: float) -> None:
        self._left, self._height = left, height
        self._page = Page()
        self._y = TOP  # how far down the page is filled

    def fill(self, all_blocks: Iterable[Block]) -> Iterator[Page]:
        """Each page as soon as it is full."""
        for group in _groups(all_blocks, self._room_on_new_page() / 2):
            needed = sum(map(_height, group[:-1])) + _least(group[-1])
            if self._page.runs and needed > self._room():
                yield self._turn()
            for block in group:
                yield from self._place(block)
        yield self._page

    def _place(self, block: Block) -> Iterator[Page]:
        if self._page.runs:
            self._y += block.before
        done, total = 0, len(block.lines)
        while done < total:
            take = _share(total - done, int(self._room() / block.leading + 1e-6))
            if take <= 0 and self._page.runs:
                yield self._turn()
                continue
            for line in block.lines[done : done + max(take, 1)]:
                self._put(line, block.leading)
            done += max(take, 1)
        self._y += block.after

    def _put(self, line: Line, leading: float) -> None:
        self._y += leading
        baseline = self._height - self._y + 0.27 * leading
        if line.rule:
            above = baseline + leading - _RULE_LIFT
            self._page.rules.append((self._left, above, COLUMN))
        for piece in line.pieces:
            self._page.runs.append(
                Run(self._left + piece.x, baseline, piece.font, piece.size, piece.text)
            )

    def _turn(self) -> Page:
        full, self._page, self._y = self._page, Page(), TOP
        return full

    def _room(self) -> float:
        return self._height - BOTTOM - self._y

    def _room_on_new_page(self) -> float:
        return self._height - BOTTOM - TOP


def _groups(all_blocks: Iterable[Block], most: float) -> Iterator[list[Block]]:
    """Blocks that must start on one page: headings, and the block that they head."""
    group: list[Block] = []
    height = 0.0
    for block in all_blocks:
        group.append(block)
        height += _height(block)
        if not block.keep or height > most:
            yield group
            group, height = [], 0.0
    if group:
        yield group


def _height(block: Block) -> float:
    return block.before + len(block.lines) * block.leading + block.after


def _least(block: Block) -> float:
    """The height of what may stand alone of a block: two lines, or all of it."""
    lines = len(block.lines)
    alone = lines if block.whole or lines <= 3 else 2
    return block.before + alone * block.leading


def _share(left: int, room: int) -> int:
    """How many of the lines left stand on this page: never one alone, on this page or the next."""
    if left <= room:
        return left
    take = min(room, left - 2)
    return take if take >= 2 else 0
