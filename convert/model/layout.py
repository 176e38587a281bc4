"""What stands between the pieces of a cable: blanks, line ends, and what was left out.

A piece has its place in the source, and ``Cable.blanks`` is all that stands between two of them,
end to end; so the text of the source can be given back character for character.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import attrgetter
from typing import TypeAlias

from convert.model import regex as re
from convert.model.cable import Cable, Label, Omission, Portion, Reason, Typed
from convert.model.text import solid
from convert.model.walk import TEXT_PARTS, carriers, leaves

Between: TypeAlias = str | Omission
"""Blanks as typed, or characters that were left out."""

_MARKUP = frozenset({Reason.MARKUP, Reason.NAVIGATION})
_MARKUP_END = re.compile(r"\n|<(?:br|/?p|/?div|/?tr)\b", re.IGNORECASE)
LINE_END = re.compile(r"\r\n|[\r\n\f\v]")


def line_end(cable: Cable) -> str:
    """How all lines of the source end; a line feed where they end in several ways."""
    blanks = cable.blanks
    if "\r" not in blanks:
        return "\n"
    spans = [leaf.span for leaf in carriers(cable.parts)]
    spans += [omission.span for omission in cable.omissions]
    spans.sort(key=attrgetter("start", "end"))
    parted: list[str] = []  # by what is typed: what stands behind it goes on no line end before it
    place = used = 0
    for span in spans:
        length = max(span.start - place, 0)
        parted.append(blanks[used : used + length])
        used += length
        place = max(place, span.end)
    parted.append(blanks[used:])
    ends = "|".join(parted)
    carriage, feed, both = (ends.count(end) for end in ("\r", "\n", "\r\n"))
    if carriage == feed == both:
        return "\r\n"
    return "\n" if feed else "\r"


def source_text(cable: Cable) -> str:
    """The text of the source, its blanks and what was left out in their places.

    Of a source that was markup: the text as it was read, a line for each of its lines.
    """
    layout = Layout(cable)
    told: list[str] = []
    for leaf in carriers(cable.parts):
        told += map(_typed, layout.before(leaf))
        told.append(leaf.text if isinstance(leaf, Typed) else leaf.typed)
        layout.at = leaf.span.end
    told += map(_typed, layout.rest())
    return "".join(told)


def _is_running(leaf: Typed | Label | Portion) -> bool:
    return isinstance(leaf, Typed) and leaf.parted != "\n"


def _typed(between: Between) -> str:
    return between if isinstance(between, str) else between.typed


class Layout:
    """Goes through a cable piece by piece, and tells what stands before each.

    Where the blanks are not known (a cable that was changed since it was read, a page whose markup
    parted its lines), a line end parts lines, a blank line the blocks of the message, and a blank
    what stands on one line.
    """

    def __init__(self, cable: Cable) -> None:
        self.at = 0  # where the piece before ended
        self._omissions = sorted(cable.omissions, key=lambda omission: omission.span)
        self._next = 0  # of the omissions
        self._blanks, self._used = cable.blanks, 0
        self.is_exact = self._fits(cable)
        self._before: Typed | Label | Portion | None = None
        self._is_markup = any(omission.reason in _MARKUP for omission in cable.omissions)
        self._is_plain = self.is_exact and not self._omissions
        found = leaves(cable.parts) if self._omissions else ()
        self._starts = sorted(leaf.span.start for leaf in found)
        self._begins: set[int] = set()
        if self._is_markup or not self.is_exact:
            blocks = (part for part in cable.parts if isinstance(part, TEXT_PARTS))
            self._begins = {id(leaf) for part in blocks for leaf in islice(carriers((part,)), 1)}

    def before(self, leaf: Typed | Label | Portion) -> list[Between]:
        """What stands between the piece before and this one."""
        if self._is_plain and (type(leaf) is Typed or not leaf.pieces):
            used, length = self._used, leaf.span.start - self.at
            if length > 0:
                self._used += length
            return [self._blanks[used : self._used]]
        told = self._led(leaf)
        if self.is_exact and not isinstance(leaf, Typed):
            for piece, following in pairwise(leaf.pieces):
                self.at = piece.span.end
                deque(self._until(following.span.start), 0)
        return told

    def _led(self, leaf: Typed | Label | Portion) -> list[Between]:
        start = leaf.span.start
        if not self.is_exact:
            return self._supposed(leaf)
        if self._next == len(self._omissions) or self._omissions[self._next].span.start >= start:
            blank = self._take(start - self.at)
            if self._is_markup and LINE_END.search(blank) and _is_running(leaf):
                return self._supposed(leaf)  # the file's lines are not the text's
            self._before = leaf
            return [blank]
        told = list(self._until(start))
        if self._is_markup and any(_is_markup(one) for one in told):
            ends = sum(len(_MARKUP_END.findall(_typed(one))) for one in told)
            supposed = self._supposed(leaf)
            return ["\n\n"] if ends > 1 and supposed == ["\n"] else supposed
        self._before = leaf
        return told

    def rest(self) -> list[Between]:
        """What stands behind the last piece."""
        told = list(self._until(self._omissions[-1].span.end)) if self._omissions else []
        told = [one for one in told if not _is_markup(one)]
        return (
            [*told, self._blanks[self._used :]] if self.is_exact and not self._is_markup else ["\n"]
        )

    def tail(self) -> list[Between]:
        """What was left out on the line of the piece before, behind it."""
        told: list[Between] = []
        while self.is_exact and not self._is_markup and self._next < len(self._omissions):
            omission = self._omissions[self._next]
            length = omission.span.start - self.at
            if length < 0 or length > 200 or self._stands_between(omission):
                break
            blank = self._blanks[self._used : self._used + length]
            if len(blank) < length or LINE_END.search(blank) or blank.strip():
                break
            told += [blank, omission]
            self._used += length
            self.at = omission.span.end
            self._next += 1
        return told

    def _stands_between(self, omission: Omission) -> bool:
        """Whether a piece stands before what was left out, on the same line."""
        first = bisect_left(self._starts, self.at)
        return first < len(self._starts) and self._starts[first] < omission.span.start

    def _until(self, start: int) -> Iterator[Between]:
        while self._next < len(self._omissions):
            omission = self._omissions[self._next]
            if omission.span.start >= start:
                break
            yield self._take(omission.span.start - self.at)
            yield omission
            self.at = omission.span.end
            self._next += 1
        yield self._take(start - self.at)

    def _take(self, length: int) -> str:
        taken = self._blanks[self._used : self._used + length] if length > 0 else ""
        self._used += len(taken)
        return taken

    def _supposed(self, leaf: Typed | Label | Portion) -> list[Between]:
        before, self._before = self._before, leaf
        if before is None:
            return []
        if id(leaf) in self._begins:
            return ["\n\n"]
        if before.span.end == leaf.span.start:
            return []
        if isinstance(leaf, Portion) or not isinstance(before, Typed):
            return [" "]
        return [leaf.parted if isinstance(leaf, Typed) else "\n"]

    def _fits(self, cable: Cable) -> bool:
        """Whether the pieces stand in order and the blanks fill what is between them."""
        place = blanks = 0
        omissions = iter(self._omissions)
        left = next(omissions, None)
        said: list[str] = []
        for leaf in leaves(cable.parts):
            span = leaf.span
            while left is not None and left.span.start < span.start:
                blanks += left.span.start - place
                place = left.span.end
                said.append(left.typed)
                left = next(omissions, None)
            if span.start < place:
                return False
            blanks += span.start - place
            place = span.end
            said.append(leaf.text if type(leaf) is Typed else leaf.typed)
        for one in (left, *omissions) if left else ():
            blanks += one.span.start - place
            place = one.span.end
            said.append(one.typed)
        return blanks <= len(self._blanks) and solid("".join(said)) == cable.source.characters


def _is_markup(between: Between) -> bool:
    return isinstance(between, Omission) and between.reason in _MARKUP
