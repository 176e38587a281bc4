"""From a cable to pages of positioned text. Pure: no PDF, no font file, only widths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from convert.model import regex as re
from convert.model.cable import Cable
from convert.model.data import Data, field
from convert.model.document import effective
from convert.model.facts import Fact, banner_text, is_released, stamps
from convert.model.marking import Level
from convert.writer.pdf.blocks import blocks, reference_of, title_of
from convert.writer.pdf.lines import Fit, Line
from convert.writer.pdf.setting import Block, Setting
from convert.writer.pdf.style import Style, Type
from convert.writer.pdf.tags import Element

_RULE_LIFT = 1.0  # a rule stands this much below the top of the line it belongs to
_SPACED = 0.6  # between the letters of a banner; more, and readers take them for words
_BANNER_LINES = 8  # a banner of more is set smaller
_BANNER_LEAST = 0.05  # of its usual size
_BANNER_SIDE = 24.0  # free on either side of a banner
_BREAKABLE = re.compile(r"[^/, ]*[/, ]*")


class Run(NamedTuple):
    """Text in one face, its baseline starting at a point of the page."""

    x: float
    y: float
    face: str
    size: float
    text: str
    element: Element | None


class Page(Data, frozen=False):
    """What stands between the banners."""

    runs: list[Run] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)  # x, y, width
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)  # x, y, w, h


class Banner(Data):
    """The banner of every page: a bar, and its lines from top to bottom."""

    text: str
    lines: tuple[tuple[float, str], ...]  # from the left edge, and the text
    size: float
    spaced: float  # between two letters
    leading: float
    height: float  # of the bar


class Layout(Data):
    """A whole document, ready to paint."""

    size: tuple[float, float]
    left: float
    banner: Banner | None
    is_struck: bool
    reference: str
    title: str
    pages: tuple[Page, ...]
    document: Element
    bookmarks: tuple[tuple[str, Element], ...]


def lay_out(
    cable: Cable, facts: tuple[Fact, ...], paper: str, style: Style, fit: Fit, *, released: bool
) -> Layout:
    """All pages of a cable, in one pass over its blocks.

    ``released``: show what the source says of its release, and strike its banner out.
    """
    papers, lengths = style.papers, style.lengths
    width, height = size = papers.get(paper, papers["letter"])
    left = (width - lengths["column"]) / 2
    text = banner_text(cable)
    banner = None if text is None else _banner(text, width, style, fit)
    bar = banner.height if banner else lengths["bar"]
    stamp = release_marks(cable) if released else ()
    use = Setting(style, fit)
    top = lengths["edge"] + bar + lengths["above"]
    bottom = lengths["edge"] + bar + lengths["below"]
    filler = _Filler(left, height, (top, bottom), lengths["column"])
    pages = tuple(filler.fill(blocks(cable, facts, stamp, use)))
    return Layout(
        size=size,
        left=left,
        banner=banner,
        is_struck=bool(stamp) and _was_classified(cable),
        reference=fit.show(style.types["foot"].face, reference_of(facts)),
        title=title_of(facts),
        pages=pages,
        document=use.document,
        bookmarks=tuple(use.bookmarks),
    )


def release_marks(cable: Cable) -> tuple[str, ...]:
    """What reviewers wrote on a released copy, each once, in source order."""
    return tuple(filter(None, stamps(cable))) if is_released(cable) else ()


def _was_classified(cable: Cable) -> bool:
    """Whether there is a class that a release can end; UNCLASSIFIED is none."""
    marking = effective(cable)
    return marking is None or marking.classification is not Level.U or bool(marking.legacyMarkings)


def _banner(text: str, page: float, style: Style, fit: Fit) -> Banner:
    """The banner in as many lines as it needs; it may break behind a slash, comma or blank.

    One of more than eight lines is set smaller, until it is no taller than eight.
    """
    how, width = style.types["banner"], page - 2 * _BANNER_SIDE
    shown = " ".join(fit.show(how.face, text).split())
    scale = 1.0
    while True:
        wide = _Spaced(fit, how._replace(size=how.size * scale), _SPACED * scale)
        lines = _banner_lines(shown, width, wide)
        if len(lines) * scale <= _BANNER_LINES or scale < _BANNER_LEAST:
            break
        scale *= 0.9
    placed = tuple(((page - wide(line.rstrip()) + wide.spaced) / 2, line) for line in lines)
    leading = how.leading * scale
    height = style.lengths["bar"] + (len(lines) - 1) * leading
    return Banner(shown, placed, how.size * scale, wide.spaced, leading, height)


class _Spaced(Data):
    """How wide a text is with a space behind each letter."""

    fit: Fit
    how: Type
    spaced: float

    def __call__(self, text: str) -> float:
        return self.fit.measure(self.how.face, self.how.size, text) + self.spaced * len(text)


def _banner_lines(text: str, width: float, wide: _Spaced) -> list[str]:
    lines: list[str] = [""]
    at = 0.0
    for unit in _BREAKABLE.findall(text):
        for part in unit if wide(unit) > width else (unit,):
            step = wide(part)
            if at + step > width and lines[-1]:
                lines.append("")
                at = 0.0
            lines[-1] += part
            at += step
    return lines


class _Filler:
    """Fills pages from top to bottom."""

    def __init__(
        self, left: float, height: float, margins: tuple[float, float], column: float
    ) -> None:
        self._left, self._height, self._column = left, height, column
        self._top, self._bottom = margins
        self._page = Page()
        self._y = self._top  # how far down the page is filled

    def fill(self, all_blocks: Iterable[Block]) -> Iterator[Page]:
        """Each page as soon as it is full."""
        half = self._room_on_new_page() / 2
        groups = _groups(all_blocks, half)
        group = next(groups, [])
        while group:
            following, last = next(groups, []), group[-1]
            with_end = _needed(following) + last.after if last.clings else 0.0
            if with_end > half:
                with_end = 0.0
            # One that is too short to be parted stands whole where its end does.
            ends = with_end if len(last.lines) < 2 * last.least else 0.0
            if self._page.runs and _needed(group) + ends > self._room():
                yield self._turn()
            for block in group[:-1]:
                yield from self._place(block)
            yield from self._place(last, with_end)
            group = following
        yield self._page

    def _place(self, block: Block, with_end: float = 0.0) -> Iterator[Page]:
        """``with_end``: the height of what must stand on the page where the block ends."""
        if self._page.runs:
            self._y += block.before
        elif block.again:
            self._repeat(block.again)
        elif block.boxed:
            self._y += block.before
        done, total = 0, len(block.lines)
        first = len(self._page.runs)
        upper = self._y
        while done < total:
            room = int(self._room() / block.leading + 1e-6)
            take = _share(total - done, room, block.least)
            parts = take * block.leading + with_end > self._room() and bool(self._page.runs)
            if with_end and parts and done + take == total:
                take = 0 if block.whole or take < 2 * block.least else take - block.least
            if take <= 0 and self._page.runs:
                yield self._turn()
                if block.again:
                    self._repeat(block.again)
                first, upper = len(self._page.runs), self._y
                continue
            for line in block.lines[done : done + max(take, 1)]:
                self._put(line, block.leading)
            done += max(take, 1)
        if block.by_element:
            _read_by_element(self._page.runs, first)
        if block.boxed:
            self._box(block, upper)
        self._y += block.after

    def _put(self, line: Line, leading: float) -> None:
        self._y += leading
        baseline = self._height - self._y + 0.27 * leading
        if line.rule is not None:
            above = baseline + leading - _RULE_LIFT
            width = self._column - line.rule
            self._page.rules.append((self._left + line.rule, above, width))
        left, runs = self._left, self._page.runs
        for x, face, size, text, element in line.pieces:
            runs.append(Run(left + x, baseline, face, size, text, element))

    def _repeat(self, headings: list[Block]) -> None:
        """The headings of a table again, as no part of the structure."""
        for heading in headings:
            first = len(self._page.runs)
            for line in heading.lines:
                self._put(line, heading.leading)
            if heading.by_element:
                _read_by_element(self._page.runs, first)
            self._y += heading.before

    def _box(self, block: Block, upper: float) -> None:
        top = self._height - upper + block.before * 0.7
        bottom = self._height - self._y - block.before * 0.7
        self._page.boxes.append((self._left, bottom, self._column, top - bottom))

    def _turn(self) -> Page:
        full, self._page, self._y = self._page, Page(), self._top
        return full

    def _room(self) -> float:
        return self._height - self._bottom - self._y

    def _room_on_new_page(self) -> float:
        return self._height - self._bottom - self._top


def _read_by_element(runs: list[Run], first: int) -> None:
    """Cells that stand side by side, each with all of its lines before the next."""
    order: dict[int, int] = {}
    for run in runs[first:]:
        order.setdefault(id(run.element), len(order))
    runs[first:] = sorted(runs[first:], key=lambda run: order[id(run.element)])


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


def _needed(group: list[Block]) -> float:
    """The height without which nothing of a group stands on a page."""
    return sum(map(_height, group[:-1])) + _least(group[-1]) if group else 0.0


def _height(block: Block) -> float:
    return block.before + len(block.lines) * block.leading + block.after


def _least(block: Block) -> float:
    """The height of what may stand alone of a block: two lines or more, or all of it."""
    lines = len(block.lines)
    alone = lines if block.whole or lines < 2 * block.least else block.least
    return block.before + alone * block.leading


def _share(left: int, room: int, least: int) -> int:
    """How many of the lines left stand on this page: never too few alone, here or on the next."""
    if left <= room:
        return left
    take = min(room, left - least)
    return take if take >= least else 0
