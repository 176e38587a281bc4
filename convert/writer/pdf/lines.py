"""Words to lines: greedy, ragged right, no word parted that fits a line. Pure: only widths count.

Each line that ends at a word boundary ends with a blank, so that text copied from a page has its
words apart; a line without one ends inside a word that is longer than the measure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from convert.model.data import Data
from convert.writer.pdf.style import Type
from convert.writer.pdf.tags import Element

_EVENED = 6  # lines that are made about as long as each other
_SHORT = 3.0  # ems: no word of that width or less stands alone on the last of several lines


class Fit(Data):
    """What fonts there are: how wide a text is, and what stands for it where glyphs are missing."""

    widths: Callable[[str], Mapping[str, float]]  # face -> the width of any text, of size 1
    show: Callable[[str, str], str]  # face, text -> text

    def measure(self, face: str, size: float, text: str) -> float:
        """The width of a text in points."""
        return self.widths(face)[text] * size


class Piece(NamedTuple):
    """Text in one face at its place on a line; ``element`` None: it belongs to no structure."""

    x: float
    face: str
    size: float
    text: str
    element: Element | None


class Line:
    """One line; ``rule``: a hairline above it from there to the column's end."""

    __slots__ = ("pieces", "rule")

    def __init__(self, pieces: list[Piece], *, rule: float | None = None) -> None:
        self.pieces, self.rule = pieces, rule


class Place(NamedTuple):
    """Where running text is set: from ``x``, so wide, and which element it is.

    ``indent``: of every line but the first, where lines below each other are texts of their own.
    """

    x: float
    width: float
    element: Element | None
    indent: float = 0.0


def flow(text: str, how: Type, place: Place, fit: Fit) -> list[Line]:
    """A text without a mark as lines."""
    words = fit.show(how.face, text).split()
    return _one_line(words, how, place, fit) or flow_words(words, how, place, fit)


def _one_line(words: Sequence[str], how: Type, place: Place, fit: Fit) -> list[Line]:
    """The words as one line; nothing if they are none or more: most texts are short."""
    widths, size, most = fit.widths(how.face), how.size, place.width
    blank = widths[" "] * size
    at, gap = 0.0, 0.0
    for word in words:
        at = at + widths[word] * size + gap
        if at > most:
            return []
        gap = blank
    text = f"{' '.join(words)} "
    return [Line([Piece(place.x, how.face, size, text, place.element)])] if words else []


def flow_words(
    words: Sequence[str],
    how: Type,
    place: Place,
    fit: Fit,
    *,
    start: tuple[Piece, float] | None = None,
    mark: tuple[str, Type, Element | None] | None = None,
    links: Mapping[int, Element] | None = None,
) -> list[Line]:
    """Words that can be shown, as lines.

    ``start`` stands before the first line, so much of it is taken; a mark and the first word are
    one: they go to the next line together, or begin a line. ``links``: words that are one.
    """
    breaker = _Breaker(how, place, fit, start)
    if mark:
        breaker.mark(*mark, words[0] if words else "")
    if links:
        for number, word in enumerate(words):
            breaker.turn_to(links.get(number, place.element))
            breaker.word(word)
        return breaker.finish()
    breaker.words(words)
    return breaker.finish()


def evened(lines_of: Callable[[float], list[Line]], least: float, most: float) -> list[Line]:
    """Lines about as long as each other: the narrowest that are no more than those of ``most``."""
    lines = lines_of(most)
    if not 1 < len(lines) <= _EVENED:
        return lines
    for _ in range(6):
        width = (least + most) / 2
        if width < most and len(tried := lines_of(width)) <= len(lines):
            most, lines = width, tried
        else:
            least = width
    return lines


class _Breaker:
    """Takes words, gives lines; each word is looked at once."""

    def __init__(self, how: Type, place: Place, fit: Fit, start: tuple[Piece, float] | None):
        self._how, self._place, self._fit = how, place, fit
        self._element = place.element
        self._lines: list[Line] = []
        self._pieces: list[Piece] = [start[0]] if start else []
        self._from = self._at = start[1] if start else 0.0  # of this line's words: start and end
        self._words: list[str] = []
        self._widths = fit.widths(how.face)
        self._blank = self._widths[" "] * how.size
        self._parted = False  # the next word is broken where it stands, and not moved

    def mark(self, mark: str, how: Type, element: Element | None, first: str) -> None:
        """A portion mark at the start, its first word beside it: parted if it is that long."""
        gap = self._fit.measure(how.face, how.size, " ")
        wide = self._fit.measure(how.face, how.size, mark)
        room = self._place.width - self._at
        if wide + gap + self._width(first) > room and self._at:
            self._turn(" ")
            room = self._place.width
        self._parted = wide + gap + self._width(first) > room
        if wide > room:
            kept, self._element = self._element, element
            self._long(mark, how.face, how.size)
            self._element = kept
            return
        piece = Piece(self._place.x + self._at, how.face, how.size, f"{mark} ", element)
        self._pieces.append(piece)
        self._from = self._at = self._at + wide + gap

    def words(self, words: Sequence[str]) -> None:
        """The next words; those that fit are taken without a call for each."""
        width, blank = self._place.width, self._blank
        widths, size = self._widths, self._how.size
        taken, at = self._words, self._at
        for word in words:
            end = at + widths[word] * size + (blank if taken else 0.0)
            if end <= width:
                taken.append(word)
                at = end
            else:
                self._at = at
                self.word(word)
                taken, at = self._words, self._at
        self._at = at

    def word(self, word: str) -> None:
        """The next word, on this line or the next."""
        wide = self._width(word)
        gap = self._blank if self._words else 0.0
        if self._at + gap + wide <= self._place.width:
            self._words.append(word)
            self._at += gap + wide
        elif wide > self._place.width - self._place.indent or self._parted:
            self._parted = False
            self._long(word, self._how.face, self._how.size)
        else:
            self._turn(" ")
            self._words.append(word)
            self._at += wide

    def turn_to(self, element: Element | None) -> None:
        """What follows on this line is another element."""
        if element is not self._element:
            self._flush(" ")
            if self._pieces and self._at:
                self._at += self._blank if self._from != self._at else 0.0
            self._from = self._at
            self._element = element

    def finish(self) -> list[Line]:
        """The lines, the last one too."""
        if self._words or self._pieces:
            self._accompany()
            self._turn(" ")
        return self._lines

    def _width(self, word: str) -> float:
        return self._widths[word] * self._how.size

    def _accompany(self) -> None:
        """No short word stands alone on a last line: one goes with it."""
        if len(self._words) != 1 or self._pieces or not self._lines:
            return
        last = self._lines[-1].pieces[-1]
        ahead, _, word = last.text[:-1].rpartition(" ")
        alone = self._width(self._words[0])
        if (
            " " in ahead
            and last.text.endswith(" ")
            and (last.element, last.face) == (self._element, self._how.face)
            and alone <= _SHORT * self._how.size
            and self._at + self._blank + self._width(word) <= self._place.width
        ):
            self._lines[-1].pieces[-1] = last._replace(text=f"{ahead} ")
            self._words.insert(0, word)

    def _flush(self, end: str) -> None:
        if self._words:
            how, text = self._how, " ".join(self._words) + end
            x = self._place.x + self._from
            self._pieces.append(Piece(x, how.face, how.size, text, self._element))
            self._words = []

    def _turn(self, end: str) -> None:
        """Ends the line."""
        self._flush(end)
        self._lines.append(Line(self._pieces))
        self._pieces, self._words = [], []
        self._from = self._at = self._place.indent

    def _long(self, word: str, face: str, size: float) -> None:
        """A word longer than the measure, broken wherever a line is full."""
        place, widths, element = self._place, self._fit.widths(face), self._element
        if self._words:
            self._turn(" ")
        begun, left = 0, self._at
        for at, char in enumerate(word):
            wide = widths[char] * size
            if self._at + wide > place.width and (at > begun or self._pieces):
                if at > begun:
                    text = word[begun:at]
                    self._pieces.append(Piece(place.x + left, face, size, text, element))
                self._turn("")
                begun, left = at, self._at
            self._at += wide
        gap = widths[" "] * size
        self._pieces.append(Piece(place.x + left, face, size, f"{word[begun:]} ", element))
        self._from = self._at = self._at + gap
