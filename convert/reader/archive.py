"""Recognisers: what the Department and the archive put round and into a telegram.

The Central Foreign Policy Files of 1973 to 1979, as the National Archives give them out, have a
page line, the distribution and a relay stamp above each section, a release line on every sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from convert.model import regex as re
from convert.model.cable import (
    ArchiveField,
    Handling,
    HandlingKind,
    PageLine,
    Part,
    Record,
    RecordKind,
    ReleaseMark,
)
from convert.notation import banner as notation
from convert.notation.dates import archive_day
from convert.reader import attributes, shapes
from convert.reader.lines import Line, merged, value

_DATED = re.compile(r"\b(\d{1,2} [A-Za-z]{3} \d{4})$")
_STAMPED = 5  # lines of a stamp, at most
_AUTHORITY = re.compile(  # NARA's: "Authority NND 000000", "By JR NARA Date 3/4/99"
    r"(?:Authority|AUTHORITY|E\.O\.|EO|NND|NW|NL[A-Z]|NARA|Sec\.|By|BY|Date|DATE)[ .:-].{1,80}"
)
_DRAFTING = 30  # lines that the drafting officer and the clearances take at most


def page(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``PAGE 02     LA PAZ 06049 01 OF 02 132315Z``; an outgoing telegram's has no time.

    ``[Page 223]`` in the text of a printed edition.
    """
    if number := shapes.EDITION_PAGE.fullmatch(lines[place].text):
        return PageLine(lines[place].typed(), None, None, 1, int(number[1]), 1), place + 1
    if not (found := shapes.COPY_PAGE.fullmatch(lines[place].text)):
        return None
    page, post, serial, section, sections, _ = found.groups()
    of = int(section or 1), int(page), int(sections or 1)
    return PageLine(lines[place].typed(), post, serial, *of), place + 1


def pages_joined(lines: list[Line]) -> list[Line]:
    """The lines, with each page line whole that a copy has on two: ``PAGE 02``, ``LA PAZ 06049``.

    Copies of the telegrams of 1978 and 1979 have lost the blanks between the two. Where the archive
    joined a hyphened word to what stands below it, at a page's end that is the banner: it is cut.
    """
    found: list[Line] = []
    for line in lines:
        if line.text in _CLASSES and found and found[-1].text.endswith(line.text):
            start = len(found[-1].text) - len(line.text)
            if found[-1].text[start - 1 : start].isalnum():
                found[-1:] = found[-1].cuts([start])
        is_page = found and _PAGE_ALONE.fullmatch(found[-1].text) and not line.sheet
        if is_page and notation.parse(line.text) is None:
            text = f"{found[-1].text} {line.text}"
            if len(text) <= shapes.LONGEST and shapes.COPY_PAGE.fullmatch(text):
                found[-1] = merged([found[-1], line])
                continue
        found.append(line)
    return found


_CLASSES = ("UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET")
_PAGE_ALONE = re.compile(r"P(?:AGE|GE|AE|AG) \d\d")


def number(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``73`` (1973 to 1976; its sense is not known) or ``POSS DUPE`` above the distribution.

    Below it ``66613``, where the Department sent a telegram on.
    """
    if not 0 < place < len(lines) - 1:
        return None
    above, below = lines[place - 1].text, lines[place + 1].text
    if shapes.COPY_FILM.fullmatch(lines[place].text):
        is_film = shapes.DRAFTED.fullmatch(below) and shapes.OFFICES.search(above[-12:])
        return _number(lines, place) if is_film else None
    if not shapes.COPY_NUMBER.fullmatch(lines[place].text):
        return None
    either = shapes.COPY_NUMBER, shapes.RELEASE
    for text, own in ((above, shapes.COPY_PAGE), (below, shapes.DISTRIBUTION)):
        if not any(pattern.fullmatch(text[: shapes.LONGEST]) for pattern in (own, *either)):
            return None
    return _number(lines, place)


def _number(lines: Sequence[Line], place: int) -> tuple[Part, int]:
    return Handling(lines[place].typed(), HandlingKind.DISTRIBUTION), place + 1


def page_number(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``2`` alone between blank lines, at the end of a sheet or counted on a sheet further on."""
    text = lines[place].text
    if not (place and lines[place].gap and _FIGURES.fullmatch(text) and _is_closed(lines, place)):
        return None
    beside = str(int(text) - 1), str(int(text) + 1)
    near = (*range(place - _FAR, place - _APART), *range(place + _APART, place + _FAR))
    counted = (
        lines[n].text in beside and lines[n].gap and _is_closed(lines, n)
        for n in near
        if 0 <= n < len(lines)
    )
    is_last = place + 1 == len(lines)
    if not any(counted) and (is_last or not lines[place + 1].sheet):
        return None
    return PageLine(lines[place].typed(), None, None, 1, int(text), 1), place + 1


def _is_closed(lines: Sequence[Line], place: int) -> bool:
    """Whether nothing stands right below a line."""
    return place + 1 == len(lines) or lines[place + 1].gap


_FIGURES = re.compile(r"[1-9]\d{0,2}")
_FAR, _APART = 120, 12  # lines of two sheets at most, and of one at least


def distribution(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``ACTION ARA-15``, ``INFO OCT-01 ADS-00``, and the lines of offices that follow."""
    end = place + 1
    alone = lines[place].text in ("ACTION", "ORIGIN", "INFO") and end < len(lines)
    if alone and not shapes.OFFICES.fullmatch(lines[end].text[: shapes.LONGEST]):
        return None
    if not alone and not shapes.DISTRIBUTION.fullmatch(lines[place].text):
        return _slip(lines, place)
    while end < len(lines) and shapes.OFFICES.fullmatch(lines[end].text[: shapes.LONGEST]):
        end += 1
    return Handling(shapes.pieces(lines[place:end]), HandlingKind.DISTRIBUTION), end


def _slip(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``ACTION STR`` without copies, below the distribution, and the office under it."""
    if not place or not _BARE_ACTION.fullmatch(lines[place].text):
        return None
    above = lines[place - 1].text[: shapes.LONGEST]
    if not (shapes.DISTRIBUTION.fullmatch(above) or shapes.OFFICES.fullmatch(above)):
        return None
    end = place + 1
    while end < len(lines) and not lines[end].gap and _OFFICE.fullmatch(lines[end].text[:40]):
        end += 1
    return Handling(shapes.pieces(lines[place:end]), HandlingKind.DISTRIBUTION), end


_BARE_ACTION = re.compile(r"ACTION:? {1,4}[A-Z]{1,6}(?:/[A-Z]{1,6})?")
_OFFICE = re.compile(r"[A-Z]{1,6}(?:/[A-Z]{1,6}){1,3}")


def drafting(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``DRAFTED BY ARA/CEN:JROE``, who approved and who cleared; the relay stamp ends them."""
    if not shapes.DRAFTED.fullmatch(lines[place].text):
        return None
    for end in range(place + 1, min(place + 1 + _DRAFTING, len(lines))):
        text = lines[end].text
        if len(text) > shapes.LONGEST or shapes.NUMBER.match(text):
            return None
        if shapes.RELAY.fullmatch(text) or shapes.GROUP.fullmatch(text):
            return Handling(shapes.pieces(lines[place:end]), HandlingKind.DRAFTING), end
    return None


def relay(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``------------------039081 132328Z /61``."""
    if shapes.RELAY.fullmatch(lines[place].text):
        return Handling(lines[place].typed(), HandlingKind.RELAY), place + 1
    return None


def received(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``TOR: 031814Z JUN 82``, when a copy came to another agency; above it its page, ``PAGE 002``.

    So they stand on the copies that the CIA Records Search Tool gives out.
    """
    text = lines[place].text
    if shapes.RECEIVED.fullmatch(text):
        return Handling(lines[place].typed(), HandlingKind.RELAY), place + 1
    found = _SHEET.fullmatch(text)
    is_above = place + 1 < len(lines) and shapes.RECEIVED.fullmatch(lines[place + 1].text)
    if found is None or not is_above:
        return None
    return PageLine(lines[place].typed(), None, None, 1, int(found[1]), 1), place + 1


_SHEET = re.compile(r"PAGE (\d{3})")


def web_table(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The table that a web archive has above a cable, as its copy in plain text has it.

    Its five headings, then the five values, each in a row or each on a line of its own.
    """
    if _IDENTIFIED.fullmatch(lines[place].text[: shapes.LONGEST]):
        return _labelled_table(lines, place)
    if _VIEWING.fullmatch(lines[place].text[: shapes.LONGEST]):
        near = range(place + 1, min(place + _ABOVE, len(lines)))
        end = next((at for at in near if lines[at].text.startswith(_NAMES[0])), place + 1)
        return Handling(shapes.pieces(lines[place:end]), HandlingKind.ARCHIVE), end
    if lines[place].text == "Show Headers":
        return _shown_twice(lines, place)
    if lines[place].text[:1] not in "RV":
        return None
    for count in (1, len(_NAMES)):
        own = lines[place : place + 2 * count]
        if len(own) < 2 * count:
            continue
        names = " ".join(" ".join(line.text for line in own[:count]).split())
        if names != " ".join(_NAMES):
            continue
        row = merged(own[count:])
        if found := _VALUES.fullmatch(row.text[: shapes.LONGEST]):
            fields = tuple(
                ArchiveField(name, row.field(*found.span(number)), row.span_at(*found.span(number)))
                for number, name in enumerate(_NAMES, 1)
            )
            return Record(shapes.pieces(own), RecordKind.WEB, fields), place + 2 * count
    return None


def _shown_twice(lines: Sequence[Line], place: int) -> tuple[Part, int]:
    """``Show Headers``, and the text without its heading where all of the message stands below."""
    end = place + 1
    for at in range(end + 1, min(end + _SHOWN, len(lines))):
        if lines[at].text in ("NNN", "NNNN"):
            end = at + 1
        elif shapes.FROM.fullmatch(lines[at].text):
            again = any(line.text == lines[place + 1].text for line in lines[at : at + _HEADED])
            end = end if again else place + 1
            return Handling(shapes.pieces(lines[place:end]), HandlingKind.ARCHIVE), end
    return Handling(lines[place].typed(), HandlingKind.ARCHIVE), place + 1


_SHOWN = 2000  # lines of a text that stands there twice
_HEADED = 120  # lines of a heading


def _labelled_table(lines: Sequence[Line], place: int) -> tuple[Part, int]:
    """``Identifier: 06PORTORRIN4430`` and the lines below it, each with its own label."""
    end = place
    fields: list[ArchiveField] = []
    while end < len(lines) and (found := _LABELLED.fullmatch(lines[end].text[: shapes.LONGEST])):
        name = "Reference ID" if found[1] == "Identifier" else found[1]
        fields.append(ArchiveField(name, lines[end].field(*found.span(2)), lines[end].span))
        end += 1
    return Record(shapes.pieces(lines[place:end]), RecordKind.WEB, tuple(fields)), end


_IDENTIFIED = re.compile(r"Identifier: \d\d[A-Z]{3,24}\d{1,7}")
_LABELLED = re.compile(
    r"(Identifier|Wikileaks|Origin|Created|Classification|Tags|Redacted): {1,3}(\S.*)"
)
# The title of a web archive's page; below it, down to the table, its words to those who read there.
_VIEWING = re.compile(
    r"Viewing cable \d\d[A-Z]{3,24}\d{1,7}(?:, .{0,300})?|\d\d[A-Z]{3,24}\d{1,7}, .{3,300}"
    r"|(?:Daily|Monthly) Archives: .{4,40}"
)
_ABOVE = 40  # lines above the table
_NAMES = ("Reference ID", "Created", "Released", "Classification", "Origin")
_DAY = r"(\d{4}-\d\d-\d\d(?: \d\d:\d\d)?)"
_VALUES = re.compile(
    rf"(\d\d[A-Z]{{3,24}}\d{{1,7}})[\t ]{{1,9}}{_DAY}[\t ]{{1,9}}{_DAY}[\t ]{{1,9}}"
    r"([A-Z]+(?:[/ ]{1,2}[A-Z]+){0,6})[\t ]{1,9}([A-Z][A-Za-z]*[a-z].{0,60})"
)


def release(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """A release or declassification stamp, alone on its lines: who, and by what, stands below."""
    if not shapes.is_release(lines[place].text):
        return None
    end = place + 1
    if lines[place].text.startswith("DECLASSIFIED"):
        while end < min(len(lines), place + _STAMPED) and _is_stamped(lines[end]):
            end += 1
    elif end < len(lines) and not lines[end].gap and _REVIEWED.fullmatch(lines[end].text):
        end += 1
    first, text = value(lines[place : place + 1]), value(lines[place:end])
    typed = shapes.pieces(lines[place:end])
    return ReleaseMark(typed, text, (), released_on(first.text) or released_on(text.text)), end


# What is left of a stamp that wraps.
_REVIEWED = re.compile(r"(?:Systematic )?Review {1,3}\d{1,2} [A-Za-z]{3} \d{4}")


def _is_stamped(line: Line) -> bool:
    """Whether a line right below DECLASSIFIED goes on with the stamp."""
    return not line.gap and _AUTHORITY.fullmatch(line.text[: shapes.LONGEST]) is not None


def released_on(stamp: str) -> date | None:
    """The date at the end of a release stamp: ``... EO Systematic Review 20 Mar 2014``."""
    found = _DATED.search(stamp[-11:])
    return archive_day(found[1]) if found else None


def _begins_next(text: str) -> bool:
    """Whether a line begins another record or telegram."""
    if text[:1] not in _FIRSTS:
        return False
    begins = shapes.CHANNEL, shapes.STATION, shapes.ROUTING
    return text == "Message Text" or any(pattern.fullmatch(text) for pattern in begins)


_FIRSTS = frozenset("DMOPRVZ")  # with what such a line begins


def record(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``Message Text``; and ``Message Attributes`` with all that follows it."""
    text = lines[place].text
    if shapes.ARCHIVE.fullmatch(text):
        return Handling(lines[place].typed(), HandlingKind.ARCHIVE), place + 1
    if text != shapes.ATTRIBUTES:
        return None
    stop = (i for i in range(place + 1, len(lines)) if _begins_next(lines[i].text))
    end = next(stop, len(lines))
    return attributes.record(lines[place:end]), end
