"""Where a text with several transmissions can be cut, and what each of them says it is.

A section is a transmission of its own: it repeats the heading, and ends with its own end mark
(5 FAH-2 H-320). A dump of many telegrams has the same shape.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import Banner, DateTimeGroup, Note, NoteKind, PageLine, ReleaseMark
from convert.model.data import Data, replace
from convert.model.facts import cable_id, mrn_of
from convert.model.span import Span
from convert.reader import shapes
from convert.reader.heading import read_part
from convert.reader.lines import Line, split
from convert.reader.telegram import starts_text

_HEADED = 150  # lines in which a transmission says what it is
# Lines that only the beginning of a transmission or record has.
_BEGINS = (
    shapes.CHANNEL,
    shapes.ROUTING,
    shapes.STATION,
    re.compile(r"Message Text|MRN: +\S.{0,60}"),
    re.compile(r"[ZOPRY][A-Z]{3}[A-Z]{4} R[A-Z]{3,6}\d{4} \d{7}-.{0,40}"),
)
# Lines that begin one only behind an end mark: a message that is quoted has them too.
_MAY_BEGIN = (shapes.FROM, shapes.GROUP)
_END = re.compile(r"NNNN?|NNNN[A-Z]{4,12}|<< END OF DOCUMENT >>|#\d{1,8}(?:/\d{1,3})?")
_FIRST_PAGE = re.compile(r"PAGE 01 ")


class Transmission(Data):
    """A stretch of a text, and the message that it is or is a section of, as far as it says."""

    span: Span
    post: str | None
    serial: str | None  # without leading zeros
    year: int | None
    section: int | None
    sections: int | None
    corrected: bool  # it calls itself a corrected copy
    paged: frozenset[int] = frozenset()  # sections that its page lines name

    @property
    def message(self) -> str:
        """``06BAGHDAD4430``, ``BAGHDAD4430`` where the year is not told."""
        if self.post is None or self.serial is None:
            return "a message without a number"
        if self.year is None:
            return f"{''.join(self.post.split())}{self.serial}"
        return cable_id(self.year, self.post, self.serial)

    def is_of(self, other: Transmission) -> bool:
        """Whether both are of one message: the same post and serial, and no two years."""
        if self.serial is None or (self.post, self.serial) != (other.post, other.serial):
            return False
        return None in (self.year, other.year) or self.year == other.year


def transmissions(text: str) -> list[Transmission]:
    """Each transmission of a decoded text, in order; together they cover the whole text."""
    lines, _ = split(text)
    begins = _beginnings(text, lines)
    starts = [0, *(_line_start(text, lines[place].span.start) for place in begins[1:])]
    ends = [*starts[1:], len(text)]
    places = [*begins[1:], len(lines)]
    found = []
    for start, end, first, stop in zip(starts, ends, begins, places, strict=True):
        described = _described(Span(start, end), lines[first : min(stop, first + _HEADED)])
        found.append(replace(described, paged=_paged(lines[first:stop])))
    return found


def _beginnings(source: str, lines: Sequence[Line]) -> list[int]:
    """The places of the lines with which transmissions begin; the first is 0."""
    begins = [0]
    in_text = ended = False
    for place, line in enumerate(lines):
        text = line.text
        if len(text) > shapes.LONGEST:
            in_text = True
        elif ((in_text or ended) and _is_beginning(text)) or (ended and _matches(_MAY_BEGIN, text)):
            begins.append(_with_head(source, lines, place))
            in_text = ended = False
        elif _END.fullmatch(text) or text == shapes.ATTRIBUTES:
            ended = True
        elif not in_text:
            in_text = starts_text(line)
    return begins


def _is_beginning(text: str) -> bool:
    return _matches(_BEGINS, text) or bool(
        _FIRST_PAGE.match(text) and shapes.COPY_PAGE.fullmatch(text)
    )


def _matches(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in patterns)


def _with_head(source: str, lines: Sequence[Line], place: int) -> int:
    """A running banner above a first page, and a release line at a sheet's head, belong to it.

    So do the strip and the class that stand above the fields of a print.
    """
    if lines[place].text.startswith("MRN"):
        return _with_sheet(lines, place)
    found = read_part(lines, place - 1)
    match found[0] if found else None:
        case Banner(serial=None) if _FIRST_PAGE.match(lines[place].text):
            return place - 1
        case ReleaseMark() if place >= 2:
            between = source[lines[place - 2].span.end : lines[place - 1].span.start]
            return place - 1 if "\f" in between else place
    return place


def _with_sheet(lines: Sequence[Line], place: int) -> int:
    """The head of the sheet on which the fields of a print begin."""
    from convert.reader import printfields, prints

    while place and not lines[place].sheet:
        above = lines[place - 1]
        if not (
            printfields.stated(above.text)
            or printfields.captioned(above.text)
            or prints.is_current(above.text)
            or prints.release_at(lines, place - 1)
        ):
            break
        place -= 1
    return place


def _line_start(text: str, at: int) -> int:
    """The beginning of the line that holds a character."""
    return max(text.rfind(end, 0, at) for end in "\r\n\f") + 1


def _paged(lines: Sequence[Line]) -> frozenset[int]:
    """The sections in the page lines: a copy may have joined them without their headings."""
    texts = (line.text for line in lines if " OF " in line.text and len(line.text) < 80)
    return frozenset(int(found[3]) for text in texts if (found := shapes.PAGE.fullmatch(text)))


def _described(span: Span, lines: Sequence[Line]) -> Transmission:
    post = serial = year = section = sections = printed = None
    corrected = False
    for place, line in enumerate(lines):
        if serial is not None and starts_text(line):
            break
        if line.text.startswith("MRN:"):
            printed = mrn_of(line.text[4:])
        found = read_part(lines, place)
        match found[0] if found else None:
            case Banner() | PageLine() as named if named.serial and serial is None:
                post, serial = named.post, named.serial.lstrip("0")
                several = (named.sections or 1) > 1
                section, sections = (named.section, named.sections) if several else (None, None)
            case DateTimeGroup(instant=sent) if sent and year is None:
                year = sent.year
            case Note(kind=NoteKind.CORRECTION):
                corrected = True
    if printed is not None:  # whole, where a page line cuts the post short
        year, post, serial = printed[0], printed[1], printed[2].lstrip("0")
    return Transmission(span, post, serial, year, section, sections, corrected)
