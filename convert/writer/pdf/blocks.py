"""The parts of a cable as blocks of broken lines, each line relative to the column's left edge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from convert.model.cable import Cable, Heading, Paragraph, Preformatted, Signature, Table, TextPart
from convert.model.facts import Fact, header_facts
from convert.model.text import printable
from convert.model.transcript import entry, text_parts, transmission
from convert.model.walk import whole_lines

HANG = 26.0  # numbers hang this much to the left of the text
STEP = 26.0  # one level of nesting: a label stands below the text that it belongs to
DEEPEST = 8  # levels that are indented; deeper ones stand below each other
VALUES = 112.0  # where the values of the heading table start

_MOST_WHOLE = 24  # lines of a table that are kept on one page
_LEAST_MONO = 6.0  # no typed line is set smaller than this: it is wrapped instead
_WRAPPED_MONO = 8.0


@dataclass(frozen=True, slots=True)
class Fit:
    """What fonts there are: how wide a text is, and what stands for it where glyphs are missing."""

    measure: Callable[[str, float, str], float]
    show: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one font at its place on a line."""

    x: float
    font: str
    size: float
    text: str


@dataclass(slots=True)
class Line:
    """One line; ``rule`` draws a hairline above it."""

    pieces: list[Piece]
    rule: bool = False


@dataclass(slots=True)
class Block:
    """Lines that belong together."""

    lines: list[Line]
    leading: float
    before: float = 0.0
    after: float = 0.0
    keep: bool = False  # with the block that follows
    whole: bool = False  # on one page


@dataclass(frozen=True, slots=True)
class _Set:
    """How running text is set."""

    font: str
    size: float
    x: float
    width: float


def blocks(cable: Cable, fit: Fit, column: float) -> Iterator[Block]:
    """Every block of the document in reading order."""
    facts = header_facts(cable)
    yield from _opening(cable, facts, fit, column)
    yield from _table(facts, fit, column)
    before = 20.0
    for part in text_parts(cable):
        for block in _text(part, fit, column):
            block.before = max(block.before, before)
            before = 0.0
            yield block
    yield from _transmission(cable, fit, column)


def reference_of(cable: Cable) -> str:
    """The message reference, or nothing."""
    return _value(header_facts(cable), "Message reference")


def title_of(cable: Cable) -> str:
    """The subject, else the reference, else what it is."""
    facts = header_facts(cable)
    return _value(facts, "Subject") or _value(facts, "Message reference") or "Telegram"


def _value(facts: tuple[Fact, ...], name: str) -> str:
    found = next((fact.value for fact in facts if fact.name == name), "")
    return " ".join(found.split())


def _opening(cable: Cable, facts: tuple[Fact, ...], fit: Fit, column: float) -> Iterator[Block]:
    """``TELEGRAM · post · reference``, and the title with its own mark."""
    named = ("TELEGRAM", _value(facts, "From"), _value(facts, "Message reference"))
    small = _Set("sans", 8.0, 0.0, column)
    yield Block(_flow(" · ".join(filter(None, named)), small, fit), 11.0, after=6.0, keep=True)
    title = " ".join(filter(None, (_value(facts, "Subject marking"), title_of(cable))))
    large = _Set("serif-bold", 16.0, 0.0, column)
    yield Block(_flow(title, large, fit), 20.0, after=12.0, keep=True)


def _table(facts: tuple[Fact, ...], fit: Fit, column: float) -> Iterator[Block]:
    """The heading in two columns; a name that repeats is said once."""
    values = _Set("sans", 9.0, VALUES, column - VALUES)
    last = None
    for fact in facts:
        lines = _flow(fact.value, values, fit)
        if fact.name != last and lines:
            name = fit.show("sans-bold", fact.name)
            lines[0].pieces.insert(0, Piece(0.0, "sans-bold", 8.5, f"{name} "))
            lines[0].rule = True
        yield Block(lines, 12.4, before=0.0 if fact.name == last else 4.6)
        last = fact.name
    if facts:
        yield Block([Line([], rule=True)], 2.0, before=1.8)


def _text(part: TextPart, fit: Fit, column: float) -> Iterator[Block]:
    """One part of the message."""
    measure = column - HANG
    if isinstance(part, Paragraph):
        yield _paragraph(part, fit, measure)
    elif isinstance(part, Heading):
        bold = _Set("sans-bold", 10.6, HANG, measure)
        lines = _flow(" ".join(entry(part).words), bold, fit)
        yield Block(lines, 14.2, before=8.0, after=3.0, keep=True)
    elif isinstance(part, Preformatted | Table):
        yield _as_typed(part, fit, measure)
    elif isinstance(part, Signature):
        serif = _Set("serif", 10.4, HANG, measure)
        typed = map(printable, whole_lines(part.lines))
        lines = [line for text in typed for line in _flow(text, serif, fit)]
        yield Block(lines, 14.2, before=8.0, after=7.0)
    else:
        small = _Set("sans", 8.6, HANG, measure)
        yield Block(_flow(" ".join(entry(part).words), small, fit), 12.0, before=2.0, after=5.0)


def _paragraph(part: Paragraph, fit: Fit, measure: float) -> Block:
    """The label hanging, the mark bold and one with the first word, then the text."""
    said = entry(part)
    indent = STEP * min(part.level, DEEPEST)
    body = _Set("serif", 10.4, HANG + indent, measure - indent)
    start: list[Piece] = []
    used = 0.0  # of the first line, by a label that is wider than its place
    if said.label:
        label = " ".join(fit.show("serif", said.label).split())
        wide = fit.measure("serif", body.size, f"{label} ")
        if wide <= body.width / 2:
            start = [Piece(indent, "serif", body.size, f"{label} ")]
            used = max(0.0, wide + 2.0 - HANG)
    # A label as wide as this is none that a reader would know as one: it has lines of its own.
    above = _flow(said.label, body, fit) if said.label and not start else []
    lines = _flow(" ".join(said.words), body, fit, start=start, used=used, mark=said.mark)
    return Block(above + lines, 14.2, after=5.0)


def _as_typed(part: Preformatted | Table, fit: Fit, measure: float) -> Block:
    """Typed lines in mono, as small as their longest needs, within reason."""
    typed = [_columns(line, fit) for line in whole_lines(part.lines)]
    longest = max(map(len, typed), default=0)
    em = fit.measure("mono", 1.0, "M")
    size = min(9.0, measure / max(1.0, longest * em))
    if size < _LEAST_MONO:
        size = _WRAPPED_MONO
    count = int(measure / (size * em) + 1e-6)
    lines = []
    for text in filter(None, typed):
        for start in range(0, len(text), count):
            row = text[start : start + count]
            end = " " if start + count >= len(text) else ""
            lines.append(Line([Piece(HANG, "mono", size, row + end)]))
    return Block(lines, size * 1.3, before=3.0, after=8.0, whole=len(lines) <= _MOST_WHOLE)


def _columns(text: str, fit: Fit) -> str:
    """A typed line with its blanks, tabs drawn out."""
    even = "".join(" " if char.isspace() and char != "\t" else char for char in printable(text))
    return fit.show("mono", even.expandtabs(8).rstrip())


def _transmission(cable: Cable, fit: Fit, column: float) -> Iterator[Block]:
    """Every line that is not the message, as it came over the wire."""
    mono = _Set("mono", 8.0, HANG, column - HANG)
    headed = False
    for text in transmission(cable):
        if not headed:
            heading = _flow("Transmission", _Set("sans-bold", 10.6, HANG, column), fit)
            heading[0].rule = True
            yield Block(heading, 18.0, before=16.0, after=3.0, keep=True)
            headed = True
        yield Block(_flow(text, mono, fit), 11.0)


def _flow(
    text: str,
    how: _Set,
    fit: Fit,
    *,
    start: list[Piece] | None = None,
    used: float = 0.0,
    mark: str = "",
) -> list[Line]:
    """Greedy lines, ragged right. ``start`` stands before the first line, ``used`` of it is taken.

    A mark and the first word are one: they go to the next line together, or begin a line.
    """
    words = fit.show(how.font, text).split()
    breaker = _Breaker(how, fit, start or [], used)
    if mark:
        breaker.mark(fit.show("sans-bold", mark), words[0] if words else "")
    for word in words:
        breaker.word(word)
    return breaker.finish()


class _Breaker:
    """Takes words, gives lines; each word is looked at once."""

    def __init__(self, how: _Set, fit: Fit, start: list[Piece], used: float) -> None:
        self._how, self._fit = how, fit
        self._lines: list[Line] = []
        self._pieces = start
        self._from = self._at = used  # where the words of this line start, and end
        self._words: list[str] = []
        self._blank = fit.measure(how.font, how.size, " ")

    def mark(self, mark: str, first: str) -> None:
        """A portion mark at the start; its first word must fit beside it."""
        size = self._how.size * 0.9
        gap = self._fit.measure("sans-bold", size, " ")
        wide = self._fit.measure("sans-bold", size, mark)
        room = self._how.width - self._at
        if wide + gap + self._width(first) > room and self._at:
            self._turn(" ")
            room = self._how.width
        if wide > room:
            self._long(mark, "sans-bold", size)
            return
        self._pieces.append(Piece(self._how.x + self._at, "sans-bold", size, f"{mark} "))
        self._from = self._at = self._at + wide + gap

    def word(self, word: str) -> None:
        """The next word, on this line or the next."""
        wide = self._width(word)
        gap = self._blank if self._words else 0.0
        if self._at + gap + wide <= self._how.width:
            self._words.append(word)
            self._at += gap + wide
        elif wide > self._how.width:
            self._long(word, self._how.font, self._how.size)
        else:
            self._turn(" ")
            self._words.append(word)
            self._at = wide

    def finish(self) -> list[Line]:
        """The lines, the last one too."""
        if self._words or self._pieces:
            self._turn(" ")
        return self._lines

    def _width(self, word: str) -> float:
        return self._fit.measure(self._how.font, self._how.size, word)

    def _turn(self, end: str) -> None:
        """Ends the line."""
        how = self._how
        if self._words:
            text = " ".join(self._words) + end
            self._pieces.append(Piece(how.x + self._from, how.font, how.size, text))
        self._lines.append(Line(self._pieces))
        self._pieces, self._words, self._from, self._at = [], [], 0.0, 0.0

    def _long(self, word: str, font: str, size: float) -> None:
        """A word longer than the measure, broken wherever a line is full."""
        how, measure = self._how, self._fit.measure
        if self._words:
            self._turn(" ")
        begun = 0
        left = self._at
        for place, char in enumerate(word):
            wide = measure(font, size, char)
            if self._at + wide > how.width and (place > begun or self._pieces):
                if place > begun:
                    self._pieces.append(Piece(how.x + left, font, size, word[begun:place]))
                self._turn("")
                begun, left = place, 0.0
            self._at += wide
        gap = measure(font, size, " ")
        self._pieces.append(Piece(how.x + left, font, size, f"{word[begun:]} "))
        self._from = self._at = self._at + gap
