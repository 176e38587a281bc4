"""A telegram in a printed edition, as plain text: what was copied from a volume or page of FRUS.

    45. Telegram From the Embassy in Orrin to the Department of State1
    Port Orrin, March 3, 1970, 1425Z
    1234. Subject: ...

The title tells sender and addressee; the dateline, the source note and the footnotes are read as in
the edition's own documents (``forms.frus``). What the source note says of the classification is the
edition's word, and is no banner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.diagnostics import Report
from convert.model import regex as re
from convert.model.cable import (
    Addressee,
    Addressees,
    DateTimeGroup,
    Note,
    NoteKind,
    Origin,
    Part,
    Recognised,
    Signature,
    Unread,
)
from convert.model.data import replace
from convert.reader import shapes
from convert.reader.body import read_body
from convert.reader.forms import frus
from convert.reader.forms.protocol import Told
from convert.reader.lines import Line, merged
from convert.reader.marks import starts_paragraph

_SEEN = 12  # lines in which the title stands
_TITLE = re.compile(shapes.EDITED + r"[^.]{3,90}")
_DATED = (
    rf"(?:{'|'.join(frus.MONTHS)}) \d{{1,2}}, \d{{4}}"
    r"(?:(?:, |\u2014)[\dnm][\d:]{0,4}[^,.]{0,12}\.?m?\.?)?"
)
_DATELINE = re.compile(
    rf"[A-Z][^,\d]{{1,40}}, (?P<when>{_DATED})[.\d\u00b9\u00b2\u00b3\[\]]{{0,4}}"
)
_TITLE_DATE = re.compile(rf", (?P<when>{_DATED})")
_SIGN = re.compile(
    r"(?:[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3}|\[\d{1,2}\]|(?<=[a-z])\d{1,2}| \d{1,2})\.?$"
)
_NOTE = re.compile(
    r"(?:(?P<raised>[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3})|\[?(?P<figure>\d{1,2})\]?\.?)"
    r" {0,3}(?=[A-Z])"
)
_RAISED = str.maketrans(
    "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079", "1230456789"
)
_SIGNED = re.compile(r"(?:Embassy|Consulate|Mission|Legation|[A-Z][a-z]+)/[A-Z][A-Za-z'-]{1,20}")
_BACK = "\u21a9"  # the arrow back from a note to its sign
_WRAPPED = 4  # lines of a title


class Printed:
    """A document of an edition without its markup."""

    name = "printed"
    title = "document of a printed edition (FRUS, plain text)"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By the title: number, kind, sender and addressee."""
        for place, line in enumerate(lines[:_SEEN]):
            if not _TITLE.match(line.text[: shapes.LONGEST]):
                continue
            if " to " in merged(lines[place : _title_end(lines, place)]).text:
                return Recognised(self.name, f"a title: {line.text[:40]}", line.span)
        return None

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The edition's own words as records and notes, the telegram's as its parts."""
        parts: list[Part] = []
        foot = _foot(lines)
        place = 0
        while place < foot and not _TITLE.match(lines[place].text[: shapes.LONGEST]):
            parts.append(Unread(lines[place].typed()))
            place += 1
        end = min(_title_end(lines, place), foot) if place < foot else foot
        if place < end:
            parts += _title(merged(lines[place:end]))
        opened = False
        first: list[Line] = []  # what stands behind the number of the telegram
        while end < foot and not opened:
            place, end = end, _block_end(lines, end, foot)
            line = merged(lines[place:end])
            if found := _DATELINE.fullmatch(line.text):
                parts.append(_dated(line, found.start("when"), found.end("when")))
            elif line.text.startswith("Source: "):
                parts.append(frus.source(line))
            else:
                told, rest = _opening(line)
                parts += told
                opened, end = True, end if told and rest is None else place
                if told and rest is not None:
                    first, end = [rest], _block_end(lines, place, foot)
        text, signed = _signature(lines[end:foot])
        parts += read_body([*first, *text], 0, report) if first or text else []
        return Told(frus.posted((*parts, *signed, *_notes(lines[foot:]))))


def _title_end(lines: Sequence[Line], place: int) -> int:
    """The place after a title, which may wrap."""
    end = place + 1
    while end < min(place + _WRAPPED, len(lines)) and not lines[end].gap:
        if _DATELINE.fullmatch(lines[end].text) or starts_paragraph(lines[end]):
            break
        if len(lines[end - 1].text) < _FULL or frus.opening(lines[end])[0]:
            break
        end += 1
    return end


_FULL = 50  # characters of a line of a title that goes on


def _opening(line: Line) -> tuple[list[Part], Line | None]:
    """The telegram's number and subject; paragraphs begin at 1, so a higher number is its own."""
    told, rest = frus.opening(line)
    found = None if told else _OWN.match(line.text)
    if found is None:
        return told, rest
    number, text = line.cuts([found.end()])
    return [frus.record(number, "telegram number", 0, found.end(1))], text


_OWN = re.compile(r"([1-9]\d{1,6})\. {1,3}(?=[A-Z])")


def _block_end(lines: Sequence[Line], place: int, foot: int) -> int:
    end = place + 1
    while end < foot and not (lines[end].gap or starts_paragraph(lines[end])):
        if any(_DATELINE.fullmatch(one.text[:120]) for one in lines[end - 1 : end + 1]):
            break
        if frus.opening(lines[end])[0]:
            break
        end += 1
    return end


def _title(line: Line) -> Iterator[Part]:
    """Number, kind, sender and addressee; a date may stand behind them, and the sign of a note."""
    found = _TITLE_DATE.search(line.text)
    head, *rest = line.cuts([found.start()]) if found else [line]
    for part in frus.heading(head):
        if isinstance(part, Origin | Addressees):
            yield _unsigned(part)
        else:
            yield part
    for piece in rest:
        when = _TITLE_DATE.search(piece.text)
        assert when
        yield _dated(piece, when.start("when"), when.end("when"))


def _unsigned(part: Origin | Addressees) -> Part:
    """The part, its name without the sign of a footnote."""
    if isinstance(part, Origin):
        return part
    return replace(part, addressees=tuple(map(_bare, part.addressees)))


def _bare(one: Addressee) -> Addressee:
    name = _SIGN.sub("", one.name).rstrip(".")
    return replace(one, name=name)


def _dated(line: Line, start: int, end: int) -> Part:
    """The date and hour as a date-time group: of an instant only where it is in UTC."""
    told = frus.dateline(line)
    if isinstance(told, DateTimeGroup):
        return told
    return DateTimeGroup(line.typed(), (), line.field(start, end), None, ())


def _signature(lines: Sequence[Line]) -> tuple[Sequence[Line], tuple[Part, ...]]:
    """The text, and the name below it of the form ``Embassy/Roe``."""
    if not lines or not _SIGNED.fullmatch(lines[-1].text):
        return lines, ()
    return lines[:-1], (Signature(lines[-1].typed(), (lines[-1].text,)),)


def _foot(lines: Sequence[Line]) -> int:
    """The place of the first footnote; they count up from 1, the first of them the source note.

    Copies from the edition's own pages may have lost the numbers, and have an arrow behind each.
    """
    if lines and lines[-1].text.endswith(_BACK):
        sources = (at for at, line in enumerate(lines) if line.text.startswith("Source: "))
        return next(sources, len(lines))
    for place in range(len(lines) - 1, 0, -1):
        found = _NOTE.match(lines[place].text[:40])
        if found is None or _number(found) != 1:
            continue
        is_source = lines[place].text.startswith("Source: ", found.end())
        if is_source or found["raised"]:
            return place
    return len(lines)


def _number(found: re.Match[str]) -> int:
    return int(found["figure"] or found["raised"].translate(_RAISED))


def _notes(lines: Sequence[Line]) -> Iterator[Part]:
    """The footnotes, each with its wrapped lines; the source note is a record."""
    starts: list[int] = []
    for place, line in enumerate(lines):
        found = _NOTE.match(line.text[:40])
        if found and _number(found) == len(starts) + 1:
            starts.append(place)
    if not starts and lines and lines[-1].text.endswith(_BACK):
        ends = [place for place, line in enumerate(lines, 1) if line.text.endswith(_BACK)]
        starts = [0, *ends[:-1]]
    if not starts:
        return
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        whole = merged(lines[start:end])
        found = _NOTE.match(whole.text)
        sign = found.end() if found else 0
        if whole.text.startswith("Source: ", sign):
            yield frus.source(whole, sign)
        else:
            yield Note(whole.typed(), NoteKind.EDITORIAL)
