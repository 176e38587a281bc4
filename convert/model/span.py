"""Where something stands in the decoded source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from convert.model.data import Data


class Span(Data):
    """A half-open range of characters in the decoded source: ``text[start:end]``."""

    start: int
    end: int

    def __lt__(self, other: Span) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The smallest span that holds both."""
        start = self.start if self.start < other.start else other.start
        return Span(start, self.end if self.end > other.end else other.end)

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Map(Data):
    """Where the characters of a text that was read out of a file stand in that file."""

    known: Sequence[tuple[int, int]]  # (place in the text, in the file); between them side by side
    lines: Sequence[int]  # where the lines of the file begin

    def at(self, place: int) -> tuple[int, int]:
        """Line and column of a character in the file, both from 1."""
        number = bisect_right(self.known, place, key=itemgetter(0)) - 1
        start, there = self.known[number] if number >= 0 else (place, 0)
        at = there + place - start
        line = bisect_right(self.lines, at) - 1
        return line + 1, at - self.lines[line] + 1
