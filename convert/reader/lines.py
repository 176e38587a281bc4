"""Text to lines, each with the way back to the source; link debris is set aside on the way.

A line's ``text`` is clean: what a web archive's links, or the tags of a page, left in it is not
there, and a character reference is its character. ``typed`` and ``field`` take places in the clean
text and give spans in the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from operator import itemgetter

from convert.model import regex as re
from convert.model.cable import Field, Omission, Reason, Typed
from convert.model.data import Data, replace
from convert.model.span import Span
from convert.model.text import folded

_LINE_END = re.compile(r"(\r\n|[\r\n\f\v])")
_LINK_NUMBER = re.compile(r"\[\d{0,3}\]\(#\)(?=\s*(?:\d|$|\\\s*$))")
_LINK = re.compile(r"\[([^\[\]]{1,60})\]\(#\)")
_PILCROW = re.compile(r"\u00b6(?=\s*(?:\d|$|\\\s*$)|[A-Z][.)] )")


class Line(Data):
    """One line that is not blank. ``parts``: (place in text, place in source, length).

    A blank of the text between two parts stands for whatever parts them in the source.
    ``references``: the places in the source of its character references, and how long they are;
    each is a part of one character.
    """

    text: str
    parts: tuple[tuple[int, int, int], ...]
    gap: bool  # a blank line, form feed or the file's beginning stands before it
    indent: int = 0  # blanks before the text
    blanks: int = 0  # blank lines right before it, on its own sheet
    sheet: bool = False  # a form feed or the file's beginning stands before it
    parted: str = "\n"  # from the line above it: a blank or nothing where both are of one line
    intact: bool = True  # nothing was left out of it
    references: Mapping[int, int] | None = None
    kept: bool = False  # its place on the line counts, though it has no columns: of an address
    breaks: frozenset[int] = frozenset()  # the parts, by their places, that begin a line there
    lead: str = ""  # all that parts it from the line above, as typed; empty if that is not known

    def typed(self, start: int = 0, end: int | None = None) -> tuple[Typed, ...]:
        """The characters of ``text[start:end]`` as typed, in one piece for each part."""
        text = self.text
        if len(self.parts) == 1 and not self.references:  # nearly every line
            if not (chunk := text[start:end].strip()):
                return ()
            begin = self.parts[0][1]
            if chunk is not text:
                begin += text.index(chunk, start)
            parted = "\n" if start else self.parted
            return (Typed(chunk, Span(begin, begin + len(chunk)), parted),)
        end = len(text) if end is None else end
        found: list[Typed] = []
        last = start
        for place, source, length in self.parts:
            low, high = max(start, place), min(end, place + length)
            chunk = text[low:high]
            if low >= high or not chunk.strip():
                continue
            low += len(chunk) - len(chunk.lstrip())
            chunk = chunk.strip()
            begin = source + low - place
            first = "\n" if start else self.parted
            parted = first if not found else " " if low > last else ""
            if found and source in self.breaks:
                parted = "\n"
            width = (self.references or {}).get(begin, len(chunk))
            found.append(Typed(chunk, Span(begin, begin + width), parted))
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

    def field(self, start: int, end: int) -> Field:
        """``text[start:end]`` without blanks around it, as a value."""
        chunk = self.text[start:end]
        start += len(chunk) - len(chunk.lstrip())
        chunk = chunk.strip()
        if chunk and len(self.parts) == 1 and not self.references:  # nearly every line
            begin = self.parts[0][1] + start
            return Field(folded(chunk), Span(begin, begin + len(chunk)))
        return Field(folded(chunk), Span(self.at(start), self._end(start + len(chunk) - 1)))

    def is_whole(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` stands so in the source: nothing parts it, no reference."""
        if len(self.parts) == 1 and not self.references:  # nearly every line
            return len(self.text[start:end].strip()) == end - start
        typed = self.typed(start, end)
        return len(typed) == 1 and typed[0].span.end - typed[0].span.start == end - start

    def pieces(self, start: int, end: int) -> tuple[Typed, ...] | None:
        """What parts a mark or label in ``text[start:end]``: its pieces; none where it is whole.

        None where what stands in it is no markup: it is no mark then.
        """
        return () if self.is_whole(start, end) else None

    def span_at(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands in the source."""
        return Span(self.at(start), self._end(end - 1))

    def at(self, place: int) -> int:
        """Where the character at ``place`` of the clean text stands in the source."""
        number = bisect_right(self.parts, place, key=itemgetter(0)) if len(self.parts) > 1 else 0
        low, source, length = self.parts[number - 1]
        return source + (place - low if place - low < length else length)

    def cut(self, start: int, end: int) -> Line:
        """``text[start:end]`` as a line of its own, without blanks around it."""
        chunk = self.text[start:end]
        low = start + len(chunk) - len(chunk.lstrip())
        line = replace(
            self, text=chunk.strip(), parts=self._parts(low, start + len(chunk.rstrip()))
        )
        if not start:  # a line's text begins with no blank
            return line
        is_apart = low > start or self.text[start - 1].isspace()
        parted = " " if is_apart else ""
        if line.parts and line.parts[0][1] in self.breaks:
            parted = "\n"
        return replace(line, gap=False, indent=0, blanks=0, sheet=False, parted=parted, lead="")

    def cuts(self, places: Sequence[int]) -> list[Line]:
        """The line as several, cut at ``places``, in whatever order these are told."""
        bounds = pairwise((0, *sorted(places), len(self.text)))
        return [self.cut(a, b) for a, b in bounds if self.text[a:b].strip()]

    def _parts(self, low: int, high: int) -> tuple[tuple[int, int, int], ...]:
        """The parts of ``text[low:high]``, as those of a line of its own."""
        found: list[tuple[int, int, int]] = []
        for number in range(bisect_right(self.parts, low, key=itemgetter(0)) - 1, len(self.parts)):
            place, source, length = self.parts[number]
            first, last = max(place, low), min(place + length, high)
            if first >= high:
                break
            if first < last:
                found.append((first - low, source + first - place, last - first))
        return tuple(found)

    def _end(self, place: int) -> int:
        """Where the character at ``place`` ends in the source."""
        start = self.at(place)
        return start + (self.references.get(start, 1) if self.references else 1)

    @property
    def span(self) -> Span:
        """From the line's first carried character to its last."""
        return Span(self.parts[0][1], self._end(len(self.text) - 1))


class Cell(Data):
    """The place of a cell in its edition; tables, rows and columns are counted from 1."""

    table: int
    row: int
    column: int
    label: bool  # of a row of headings
    wide: bool  # it takes more than one row or column


class Marked(Line, Data):
    """A line of a marked-up source, and what it stood in."""

    block: str = ""
    cell: Cell | None = None
    note: int = 0  # the note of an edition that it belongs to, counted from 1; 0: none
    noted: tuple[int, ...] = ()  # where notes stand inside of it: places in the source

    def pieces(self, start: int, end: int) -> tuple[Typed, ...] | None:
        """As of any line; of a page, tags and references may part a mark, a note may not."""
        if self.is_whole(start, end):
            return ()
        first, last = self.at(start), self.at(end - 1)
        return None if any(first < note <= last for note in self.noted) else self.typed(start, end)


def value(lines: Sequence[Line]) -> Field:
    """All that lines say as one value, a blank where one of them ends; there is at least one."""
    return as_one([line.field(0, len(line.text)) for line in lines])


def as_one(values: Sequence[Field]) -> Field:
    """Values as one, a blank between them, from the first to the last; there is at least one."""
    return Field(" ".join(one.text for one in values), values[0].span.to(values[-1].span))


def titled(values: Sequence[Field]) -> Field:
    """``as_one``, where no blank stands behind a hyphen with which a line ends in mid-word."""
    one = as_one(values)
    text = values[0].text
    for above, below in pairwise(values):
        is_broken = _HYPHENED.search(above.text[-2:]) and not _SUSPENDED.match(below.text)
        text += below.text if is_broken else f" {below.text}"
    return replace(one, text=text)


_HYPHENED = re.compile(r"[A-Za-z\d]-$")
_SUSPENDED = re.compile(r"(?:AND|OR|TO|&)(?: |$)|[^A-Za-z\d]", re.IGNORECASE)  # PRE- AND POST-


def merged(lines: Sequence[Line]) -> Line:
    """The lines as one, a blank of it for what parts them; they stay lines where they are typed."""
    parts: list[tuple[int, int, int]] = []
    references: dict[int, int] = {}
    place = 0
    for line in lines:
        parts += ((place + low, source, length) for low, source, length in line.parts)
        references |= line.references or {}
        place += len(line.text) + 1
    first, *others = lines
    breaks = first.breaks.union(*({line.parts[0][1]} | line.breaks for line in others))
    return replace(
        first, text=" ".join(line.text for line in lines), parts=tuple(parts), breaks=breaks,
        references=references or None,
    )  # fmt: skip


def split(text: str) -> tuple[list[Line], list[Omission]]:
    """All lines that are not blank, and the debris left out of them."""
    lines: list[Line] = []
    omissions: list[Omission] = []
    gap, blanks, sheet = True, 0, True
    done = -1  # where the line above ended, if nothing was left out behind it
    quoted = _is_quoted(text)
    clean = not quoted and not any(sign in text for sign in _SIGNS)
    at = 0
    for raw, ending in _rows(text):
        bare = raw.strip()
        line = None
        if not bare:
            gap, blanks = True, blanks + 1
        elif clean or not (quoted or bare[-1] == "\\" or any(one in bare for one in _SIGNS[1:])):
            lead = raw.index(bare)
            start = at + lead
            indent = _indent(raw, lead) if lead else 0
            above = text[done:start] if done >= 0 else ""
            parts = ((0, start, len(bare)),)
            line = Line(bare, parts, gap, indent, blanks, sheet, lead=above)
            done = start + len(bare)
        else:
            left = [*_quotes(raw, at, quoted), *_debris(raw, at)]
            omissions += left
            line = _line(raw, at, left, (gap, blanks, sheet))
            done = -1
            # It ends a blank line, or marks one.
            if line is None and (quoted or bare == "\\" or _BLANKS.match(bare)):
                gap, blanks = True, blanks + 1
        if line is not None:
            lines.append(line)
            gap, blanks, sheet = False, 0, False
        if ending in ("\f", "\v"):
            gap, blanks = True, 0
            sheet = sheet or ending == "\f"
        at += len(raw) + len(ending)
    return lines, omissions


_SIGNS = ("\\", "](#)", "\u00b6", "&nbsp;", "&#160;", "&#xA0;")  # of what may be left out
_BLANKS = re.compile(r"&(?:nbsp|#160|#xA0);")
_QUOTED = re.compile(r"[ \t]*(>(?: ?>){0,8})[ \t]?")  # as mail marks what it quotes


def _is_quoted(text: str) -> bool:
    """Whether nearly every line begins with the mark of mail for what it quotes."""
    return text.count("\n>") >= _FEW and text.count("\n>") * 10 >= text.count("\n") * 9


_FEW = 8  # lines


def _quotes(line: str, at: int, quoted: bool) -> Iterator[Omission]:
    """The mark before a quoted line."""
    if quoted and (found := _QUOTED.match(line)):
        span = Span(at + found.start(1), at + found.end(1))
        yield Omission(found[1], Reason.MARKUP, span)


def _rows(text: str) -> Iterator[tuple[str, str]]:
    """Each line of the text, and what ends it."""
    if "\r" in text or "\f" in text or "\v" in text:
        cut = _LINE_END.split(text)
        return zip(cut[::2], [*cut[1::2], ""], strict=True)
    return zip(text.split("\n"), repeat("\n"), strict=False)


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
    for match in _BLANKS.finditer(line):
        found.append((match.start(), match.end(), Reason.BLANK))
    bare = line.rstrip()
    if bare.endswith("\\"):
        found.append((len(bare) - 1, len(bare), Reason.LINE_END))
    for start, end, reason in sorted(found, key=lambda item: item[0]):
        yield Omission(line[start:end], reason, Span(at + start, at + end))


def _line(raw: str, at: int, left: list[Omission], before: tuple[bool, int, bool]) -> Line | None:
    """The line without its debris, or None if nothing is left of it."""
    text = ""
    parts: list[tuple[int, int, int]] = []
    place = 0
    cuts = [(o.span.start - at, o.span.end - at, o.reason is Reason.BLANK) for o in left]
    is_blank = False  # what was left out before the chunk stands for a blank
    for start, end, is_next in [*cuts, (len(raw), len(raw), False)]:
        chunk = raw[place:start]
        if is_blank and text and chunk and not (text[-1].isspace() or chunk[0].isspace()):
            text += " "
        is_blank = is_next or (is_blank and not chunk)
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
    rest = raw[left[0].span.end - at + 1 :] if left and left[0].reason is Reason.MARKUP else raw
    is_whole = not left or (len(left) == 1 and rest is not raw)
    indent = _indent(rest, len(rest) - len(rest.lstrip())) if is_whole else 0
    return Line(kept, tuple(trimmed), before[0], indent, *before[1:], intact=not left)


def _indent(raw: str, lead: int) -> int:
    """How many blanks stand before the text; none where other white space is among them."""
    return lead if raw.startswith(" " * lead) else 0
