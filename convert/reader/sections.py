"""Where a text with several transmissions can be cut, and what each of them says it is.

A section is a transmission of its own: it repeats the heading, and ends with its own end mark
(5 FAH-2 H-320). A dump of many telegrams has the same shape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import (
    Banner,
    DateTimeGroup,
    MessageSet,
    Note,
    NoteKind,
    Origin,
    PageLine,
    Part,
)
from convert.model.data import Data, replace
from convert.model.facts import cable_id, general_id, is_general, mrn_of
from convert.model.span import Span
from convert.reader import formatted, sets, shapes
from convert.reader.beginnings import beginnings
from convert.reader.heading import read_part
from convert.reader.lines import Line, split
from convert.reader.marks import starts_paragraph
from convert.reader.telegram import starts_text

_HEADED = 150  # lines in which a transmission says what it is
_TELLS = re.compile(r"\d|^(?:FM |\(?C)", re.IGNORECASE)  # a number, FM, a corrected copy
# Of a message whose number and time are known: FM, a corrected copy, its section, another number.
_TELLS_LATE = re.compile(r"^(?:FM |\(?C|MSGID)|SECTION", re.IGNORECASE)


class Transmission(Data):
    """A stretch of a text, and the message that it is or is a section of, as far as it says."""

    span: Span
    post: str | None  # or the title of a general message
    serial: str | None  # without leading zeros; "041/11" of a general message
    year: int | None
    section: int | None
    sections: int | None
    corrected: bool  # it calls itself a corrected copy
    paged: frozenset[int] = frozenset()  # sections that its page lines name
    sent: tuple[str, str] | None = None  # its FM and date-time group

    @property
    def message(self) -> str:
        """``06BAGHDAD4430``, ``BAGHDAD4430`` where the year is not told, ``NAVADMIN 041/11``."""
        if self.post is None or self.serial is None:
            return "a message without a number" if self.sent is None else " ".join(self.sent)
        if "/" in self.serial:
            return f"{self.post} {self.serial}"
        if self.year is None:
            return f"{''.join(self.post.split())}{self.serial}"
        return cable_id(self.year, self.post, self.serial)


class Known:
    """Transmissions by the message that they are of: the same post and serial, and no two years.

    Where a transmission has no serial it is the originator and the date-time group that tell.
    """

    def __init__(self) -> None:
        self._count = 0
        self._named: dict[tuple[str | None, str], dict[int | None, int]] = {}
        self._sent: dict[tuple[str, str], int] = {}  # by FM and date, whatever else
        self._bare: dict[tuple[str, str], int] = {}  # those without a serial

    def message(self, one: Transmission) -> int:
        """The number of its message, counted from 0; a new one if none is known."""
        number = self._find(one)
        if number is None:
            number = self._count
            self._count += 1
        if one.serial is not None:
            self._named.setdefault((one.post, one.serial), {}).setdefault(one.year, number)
        if one.sent is not None:
            self._sent.setdefault(one.sent, number)
            if one.serial is None:
                self._bare.setdefault(one.sent, number)
        return number

    def _find(self, one: Transmission) -> int | None:
        if one.serial is None:
            return None if one.sent is None else self._sent.get(one.sent)
        years = self._named.get((one.post, one.serial), {})
        if one.year is None:
            number = next(iter(years.values()), None)
        else:
            number = years.get(one.year, years.get(None))
        return number if number is not None or one.sent is None else self._bare.get(one.sent)


def transmissions(text: str) -> list[Transmission]:
    """Each transmission of a decoded text, in order; together they cover the whole text."""
    lines, _ = split(text)
    return _between(text, lines, beginnings(text, lines))


def _between(text: str, lines: Sequence[Line], begins: Sequence[int]) -> list[Transmission]:
    """The transmissions that begin at these lines."""
    starts = [0, *(_line_start(text, lines, place) for place in begins[1:])]
    ends = [*starts[1:], len(text)]
    places = [*begins[1:], len(lines)]
    found = []
    for start, end, first, stop in zip(starts, ends, begins, places, strict=True):
        described = _described(Span(start, end), lines[first : min(stop, first + _HEADED)])
        found.append(replace(described, paged=_paged(lines[first:stop])))
    return found


def several(text: str) -> list[str]:
    """The messages of a text that holds more than one, each with how often; else nothing."""
    lines, _ = split(text)
    begins = beginnings(text, lines)
    if len(begins) == 1:
        return []
    known = Known()
    names: dict[int, str] = {}
    often: Counter[tuple[int, int | None]] = Counter()
    for sent in _between(text, lines, begins):
        number = known.message(sent)
        names.setdefault(number, sent.message)
        often[number, sent.section] += 1
    times: dict[int, int] = {}
    for (number, _), count in often.items():
        times[number] = max(times.get(number, 0), count)
    if len(names) == 1 and times[0] == 1:
        return []
    return [f"{name} ({n} times)" if (n := times[i]) > 1 else name for i, name in names.items()]


def _line_start(text: str, lines: Sequence[Line], place: int) -> int:
    """Where a line begins in the text, with the blanks before its first word."""
    low, at = lines[place - 1].span.end, lines[place].span.start
    return max(text.rfind(end, low, at) for end in "\r\n\f") + 1


def _paged(lines: Sequence[Line]) -> frozenset[int]:
    """The sections in the page lines: a copy may have joined them without their headings."""
    texts = (line.text for line in lines if " OF " in line.text and len(line.text) < 80)
    return frozenset(int(found[3]) for text in texts if (found := shapes.PAGE.fullmatch(text)))


def _described(span: Span, lines: Sequence[Line]) -> Transmission:
    post = serial = year = section = sections = printed = named_by = group = None
    corrected = in_text = False
    for place, line in enumerate(lines):
        if serial is not None and starts_text(line):
            break
        in_text = in_text or starts_paragraph(line) or sets.OPENING.match(line.text) is not None
        if line.text.startswith("MRN:"):
            printed = mrn_of(line.text[4:])
        text = line.text[: shapes.LONGEST]
        is_known = serial is not None and group is not None
        if not (_TELLS_LATE if is_known else _TELLS).search(text):
            continue
        match _part(lines, place, in_text=in_text):
            case Banner() | PageLine() as named if named.serial and serial is None:
                corrected = corrected or text.rstrip(")").endswith("CORRECTED COPY")
                post, serial = named.post, named.serial.lstrip("0")
                several = (named.sections or 1) > 1
                section, sections = (named.section, named.sections) if several else (None, None)
            case Banner(section=int() as own, sections=of) if section is None and (of or 1) > 1:
                section, sections = own, of
            case DateTimeGroup() as dated if group is None:
                group = dated.typed.text
                year = dated.instant.year if dated.instant else None
            case Origin(name=name) if named_by is None:
                named_by = name.text
            case MessageSet(name="MSGID", fields=(_, by, number, *_)) if number.text.isdecimal():
                post, serial = by.text, number.text.lstrip("0")
            case MessageSet(name=title, fields=(number, *_)) if serial is None and is_general(
                title, number.text
            ):
                post, serial = general_id(title, number.text).split(" ")
            case Note(kind=NoteKind.CORRECTION):
                corrected = True
    if printed is not None:  # whole, where a page line cuts the post short
        year, post, serial = printed[0], printed[1], printed[2].lstrip("0")
    sent = (named_by, group) if named_by and group else None
    return Transmission(span, post, serial, year, section, sections, corrected, sent=sent)


def _part(lines: Sequence[Line], place: int, *, in_text: bool) -> Part | None:
    """The part that begins at a line; a page line of a Navy message names a station, no message."""
    text = lines[place].text
    if len(text) > shapes.LONGEST or formatted.page(lines, place):
        return None
    if found := read_part(lines, place):
        return found[0]
    own = (sets.message_set,) if text.startswith("MSGID") else _FORMATTED
    for recognise in () if in_text else own:
        if found := recognise(lines, place):
            return found[0]
    return None


_FORMATTED = (formatted.number, formatted.corrected, formatted.group, formatted.classification)
