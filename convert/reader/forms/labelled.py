"""A telegram whose heading is labelled: FROM:, TO:, NO:, as the copies of the 1950s and 1960s are.

    FROM: Amembassy PORT ORRIN
    TO: SecState WASHINGTON
    NO: 1234, March 3, 6 p.m.

Its number and hour of sending stand behind NO:, the year in the stamp of its receipt alone; the
hour is the post's own, so no instant is made of it. FROM: and TO: head letters and mail too: only
with a number, a date-time group, or the copy's own title are they a telegram's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.diagnostics import Report
from convert.model import regex as re
from convert.model.cable import (
    AddresseeKind,
    Addressees,
    ArchiveField,
    Banner,
    DateTimeGroup,
    Handling,
    HandlingKind,
    Origin,
    Part,
    Passing,
    Recognised,
    Record,
    RecordKind,
    Unread,
)
from convert.notation import posts
from convert.reader import formatted, shapes
from convert.reader.body import read_body
from convert.reader.forms.protocol import Told
from convert.reader.heading import read_part
from convert.reader.lines import Line
from convert.reader.marks import starts_paragraph
from convert.reader.transmission import addressee, instant

_HEADING = 30  # lines in which a heading stands
_SENTENCE, _WORDS = 45, 6  # characters, and blanks, of a line that is one of sentences
_FROM = re.compile(r"FROM ?: {0,12}(?=\S)", re.IGNORECASE)
_LIST = re.compile(
    r"(?P<kind>TO|ACTION|INFO(?:RMATION)?)(?: ?:| (?=AMEMBASSY|SECSTATE)) {0,12}(?=\S)",
    re.IGNORECASE,
)
_NEXT = re.compile(r"[,;]? {1,4}(?=INFO(?:RMATION)? ?:)", re.IGNORECASE)
_ITEM = re.compile(r"[^,;]+")
_WHEN = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? {1,3}\d{1,2}"
    r"(?:, {0,3}\d{4})?"
    r"(?:,? {1,3}(?:\d{1,2}(?:[:.]\d\d)? {0,3}[ap]\.? ?m\.?|noon|midnight))?"
)
_NUMBER = re.compile(
    rf"(?:NO|NR|NUMBER)\.? ?: {{0,12}}(?P<number>\d{{1,5}})(?:,? {{1,12}}(?P<when>{_WHEN}))?\.?",
    re.IGNORECASE,
)
_SENT = re.compile(rf"(?:DATE|SENT) ?: {{0,12}}(?P<when>{_WHEN})", re.IGNORECASE)
_POST = re.compile(r"(?:AM(?:EMBASSY|CONSUL|CONGEN)|USMISSION|USUN|USDEL) ", re.IGNORECASE)
_SERIAL = re.compile(r"(?<=[A-Za-z] )\d{2,5}$")
_GROUP = re.compile(r"DTG ?:? {0,3}(?P<typed>\d{6}Z? [A-Z]{3} \d\d(?:\d\d)?)")
_STAMP = re.compile(
    r"(?P<name>Control|Rec'd|Rec\u2019d|Received|Sent|Action|Info) ?: {0,12}(?P<value>\S.{0,60})",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d {0,3}[ap]\.? ?m\.?", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(?:INCOMING|OUTGOING) +TELEGRAM)?(?: *DEPARTMENT OF STATE)?(?: *(?:INCOMING|OUTGOING)"
    r" +TELEGRAM)?|TELEGRAM|(?:INCOMING|OUTGOING)",
    re.IGNORECASE,
)
_EYES = re.compile(r"(?:FOR )?EYES ONLY\b[^.]{0,60}", re.IGNORECASE)


class Labelled:
    """A telegram with FROM:, TO: and NO: above its text."""

    name = "labelled"
    title = "telegram with a labelled heading (FROM:, TO:, NO:)"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By FROM: and TO:, and what no letter has beside them; or by title and ACTION:."""
        sender = to = None
        certain = titled = False
        for place, line in enumerate(lines[:_HEADING]):
            text = line.text
            if len(text) > shapes.LONGEST or starts_paragraph(line):
                break
            sender = sender or (line if _FROM.match(text) else None)
            to = to or (line if _LIST.match(text) else None)
            titled = titled or (_is_title(text) and "TELEGRAM" in text.upper())
            certain = certain or bool(_NUMBER.fullmatch(text) or _GROUP.fullmatch(text))
            if place and to and (titled or (sender and certain)):
                told = sender or to
                return Recognised(self.name, f"a labelled line: {told.text[:40]}", told.span)
        return None

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The labelled lines part by part, then the text."""
        parts: list[Part] = []
        place, end = 0, heading_end(lines)
        while place < end:
            found, place = _part(lines, place, parts)
            parts += found
        return Told((*parts, *read_body(lines, place, report)))


def _is_title(text: str) -> bool:
    return len(text) <= 60 and _TITLE.fullmatch(text) is not None and bool(text)


def heading_end(lines: Sequence[Line]) -> int:
    """The place behind the last line that only a heading has."""
    end = 0
    for place in range(min(_HEADING, len(lines))):
        if len(lines[place].text) > shapes.LONGEST or starts_paragraph(lines[place]):
            break
        if found := _known(lines, place):
            end = max(end, found[1])
        elif end and len(lines[place].text) >= _SENTENCE and lines[place].text.count(" ") >= _WORDS:
            break
    return end


def _part(lines: Sequence[Line], place: int, before: Sequence[Part]) -> tuple[Sequence[Part], int]:
    """The parts that begin at a line of the heading; what nobody knows is Unread."""
    if found := _known(lines, place):
        return found
    if isinstance(before[-1] if before else None, Record) and _CLOCK.fullmatch(lines[place].text):
        return [_record(lines[place], "time", 0, len(lines[place].text))], place + 1
    return [Unread(lines[place].typed())], place + 1


def _known(lines: Sequence[Line], place: int) -> tuple[Sequence[Part], int] | None:
    line, text = lines[place], lines[place].text
    if found := _FROM.match(text):
        return list(_origin(line, found.end())), place + 1
    if found := _NUMBER.fullmatch(text):
        return list(_numbered(line, found)), place + 1
    if found := _GROUP.fullmatch(text):
        typed = line.field(*found.span("typed"))
        return [DateTimeGroup(line.typed(), (), typed, instant(typed.text), ())], place + 1
    if found := _SENT.fullmatch(text):
        when = line.field(*found.span("when"))
        return [DateTimeGroup(line.typed(), (), when, None, ())], place + 1
    if found := _LIST.match(text):
        return list(_lists(lines, place)), _list_end(lines, place)
    if found := _STAMP.fullmatch(text):
        return [_record(line, found["name"], *found.span("value"))], place + 1
    if _EYES.fullmatch(text):
        return [Passing(line.typed(), line.field(0, len(text)))], place + 1
    if _is_title(text):
        return [Handling(line.typed(), HandlingKind.ARCHIVE)], place + 1
    part = formatted.precedence(lines, place) or read_part(lines, place)
    if part is None or (isinstance(part[0], Banner) and part[0].serial):
        return None
    return [part[0]], part[1]


def _origin(line: Line, start: int) -> Iterator[Part]:
    """``FROM: AMEMBASSY PORT ORRIN 1234``; the number of a post's telegram may stand behind it."""
    is_post = _POST.match(line.text, start) is not None
    serial = _SERIAL.search(line.text, start) if is_post else None
    own, *rest = line.cuts([serial.start()]) if serial else [line]
    name = own.field(start, len(own.text))
    named = posts.station(name.text.upper())
    post, country = (named.word, named.country) if named else (None, None)
    yield Origin(own.typed(), name, post, country)
    for piece in rest:
        yield _record(piece, "NO", 0, len(piece.text))


def _numbered(line: Line, found: re.Match[str]) -> Iterator[Part]:
    """``NO: 1234, March 3, 6 p.m.``: the number, then the post's own date and hour."""
    start = found.start("when")
    pieces = line.cuts([start]) if start > 0 else [line]
    yield _record(pieces[0], "NO", *found.span("number"))
    if start > 0:
        when = pieces[1].field(0, len(found["when"]))
        yield DateTimeGroup(pieces[1].typed(), (), when, None, ())


def _record(line: Line, name: str, start: int, end: int) -> Record:
    told = ArchiveField(name, line.field(start, end), line.span)
    return Record(line.typed(), RecordKind.PRINT, (told,))


def _list_end(lines: Sequence[Line], place: int) -> int:
    """The place after a list: lines set off below its label go on with it."""
    end = place + 1
    while end < len(lines) and not lines[end].gap and lines[end].indent > lines[place].indent:
        end += 1
    return end


def _lists(lines: Sequence[Line], place: int) -> Iterator[Part]:
    """``ACTION: SECSTATE 1234, INFORMATION: KESTREL CAPE 45``: a list for each label."""
    line = lines[place]
    cut = _NEXT.search(line.text)
    rest = lines[place + 1 : _list_end(lines, place)]
    pieces = line.cuts([cut.end()]) if cut else [line]
    for number, piece in enumerate(pieces):
        own = [piece, *(rest if number == len(pieces) - 1 else ())]
        found = _LIST.match(piece.text)
        assert found
        kind = AddresseeKind.INFO if found["kind"].upper().startswith("I") else AddresseeKind.TO
        items = []
        for at, each in enumerate(own):
            start = 0 if at else found.end()
            for item in _ITEM.finditer(each.text, start):
                if item[0].strip():
                    items.append(addressee(each.field(*item.span())))
        yield Addressees(shapes.pieces(own), kind, tuple(items))
