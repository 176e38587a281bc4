"""Text to lines, each with the way back to the source; link debris is set aside on the way.

A line's ``text`` is clean: what a web archive's links left in it is not there. ``typed`` and
``field`` take places in the clean text and give spans in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from convert.model.cable import Field, Omission, Reason, Typed
from convert.model.span import Span
from convert.model.text import folded

_LINE = re.compile(r"([^\r\n\f\v]*)(\r\n|[\r\n\f\v]|\Z)")
_LINK_NUMBER = re.compile(r"\[\d{0,3}\]\(#\)(?=\s*\d|\s*$)")
_LINK = re.compile(r"\[([^\[\]]{1,60})\]\(#\)")
_PILCROW = re.compile(r"\u00b6(?=\s*\d|\s*$|[A-Z][.)] )")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank. ``parts``: (place in text, place in source, length)."""

    text: str
    parts: tuple[tuple[int, int, int], ...]
    gap: bool  # a blank line, form feed or the file's beginning stands before it
    indent: int = 0  # blanks before the text
    blanks: int = 0  # blank lines right before it, on its own sheet
    joined: bool = False  # on one source line with the line above it

    def typed(self, start: int = 0, end: int | None = None) -> tuple[Typed, ...]:
        """The characters of ``text[start:end]`` as typed, in one piece for each part."""
        end = len(self.text) if end is None else end
        found: list[Typed] = []
        last = start
        for place, source, length in self.parts:
            low, high = max(start, place), min(end, place + length)
            chunk = self.text[low:high]
            if low >= high or not chunk.strip():
                continue
            low += len(chunk) - len(chunk.lstrip())
            chunk = chunk.strip()
            begin = source + low - place
            first = " " if self.joined and not start else "\n"
            parted = first if not found else " " if low > last else ""
            found.append(Typed(chunk, Span(begin, begin + len(chunk)), parted))
            last = low + len(chunk)
        return tuple(found)

    def as_typed_indented(self) -> tuple[Typed, ...]:
        """The whole line with the blanks before it, for text whose alignment counts."""
        pieces = self.typed()
        if len(pieces) != 1 or not self.indent:
            return pieces
        span = pieces[0].span
        return (
            Typed(" " * self.indent + pieces[0].text, Span(span.start - self.indent, span.end)),
        )

    def part(self, start: int, end: int) -> Line:
        """The line of ``text[start:end]``, without blanks around it."""
        chunk = self.text[start:end]
        start += len(chunk) - len(chunk.lstrip())
        end = start + len(chunk.strip())
        parts = tuple(
            (
                max(low, start) - start,
                source + max(start - low, 0),
                min(low + length, end) - max(low, start),
            )
            for low, source, length in self.parts
            if low < end and low + length > start
        )
        blanks = 0 if start else self.blanks
        return Line(self.text[start:end], parts, self.gap and not start, 0, blanks, bool(start))

    def field(self, start: int, end: int) -> Field:
        """``text[start:end]`` without blanks around it, as a value."""
        chunk = self.text[start:end]
        start += len(chunk) - len(chunk.lstrip())
        chunk = chunk.strip()
        return Field(folded(chunk), Span(self.at(start), self.at(start + len(chunk) - 1) + 1))

    def is_whole(self, start: int, end: int) -> bool:
        """Whether no omission stands inside ``text[start:end]``."""
        return self.at(end - 1) - self.at(start) == end - 1 - start

    def at(self, place: int) -> int:
        """Where the character at ``place`` of the clean text stands in the source."""
        for low, source, length in self.parts:
            if low <= place < low + length:
                return source + place - low
        return self.parts[-1][1] + self.parts[-1][2]

    @property
    def span(self) -> Span:
        """From the line's first carried character to its last."""
        return Span(self.parts[0][1], self.parts[-1][1] + self.parts[-1][2])


def split(text: str) -> tuple[list[Line], list[Omission]]:
    """All lines that are not blank, and the debris left out of them."""
    lines: list[Line] = []
    omissions: list[Omission] = []
    gap, blanks = True, 0
    for found in _LINE.finditer(text):
        raw, ending = found.groups()
        bare = raw.strip()
        line = None
        if bare and not (bare[-1] == "\\" or "](#)" in bare or "\u00b6" in bare):
            start = found.start() + raw.index(bare)
            indent = len(raw) - len(raw.lstrip(" "))
            line = Line(bare, ((0, start, len(bare)),), gap, indent, blanks)
        elif bare:
            left = list(_debris(raw, found.start()))
            omissions += left
            line = _line(raw, found.start(), left, gap, blanks)
        if line is not None:
            lines.append(line)
            gap, blanks = False, 0
        elif not bare:
            gap, blanks = True, blanks + 1
        if ending in ("\f", "\v"):
            gap, blanks = True, 0
    return lines, omissions


def _debris(line: str, at: int) -> Iterator[Omission]:
    """What is left out of one line, in order, no two overlapping."""
    found: list[tuple[int, int, Reason]] = []
    for match in _LINK_NUMBER.finditer(line):
        found.append((match.start(), match.end(), Reason.LINK))
    taken = {start for start, _, _ in found}
    for match in _LINK.finditer(line):
        if match.start() not in taken:
            found.append((match.start(), match.start() + 1, Reason.LINK))
            found.append((match.end(1), match.end(), Reason.LINK))
    for match in _PILCROW.finditer(line):
        found.append((match.start(), match.end(), Reason.PILCROW))
    bare = line.rstrip()
    if bare.endswith("\\"):
        found.append((len(bare) - 1, len(bare), Reason.LINE_END))
    for start, end, reason in sorted(found, key=lambda item: item[0]):
        yield Omission(line[start:end], reason, Span(at + start, at + end))


def _line(raw: str, at: int, left: list[Omission], gap: bool, blanks: int) -> Line | None:
    """The line without its debris, or None if nothing is left of it."""
    text = ""
    parts: list[tuple[int, int, int]] = []
    place = 0
    for start, end in [*((o.span.start - at, o.span.end - at) for o in left), (len(raw), len(raw))]:
        chunk = raw[place:start]
        if not text:
            place += len(chunk) - len(chunk.lstrip())
            chunk = chunk.lstrip()
        if chunk:
            parts.append((len(text), at + place, len(chunk)))
            text += chunk
        place = end
    kept = text.rstrip()
    if not kept:
        return None
    trimmed = [
        (low, source, min(length, len(kept) - low))
        for low, source, length in parts
        if low < len(kept)
    ]
    indent = 0 if left else len(raw) - len(raw.lstrip(" "))
    return Line(kept, tuple(trimmed), gap, indent, blanks)
