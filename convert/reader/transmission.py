"""Recognisers: the transmission heading, format lines 1 to 9, and the lines of procedure.

Each takes the lines and a place, and gives the part that begins there with the place after it, or
None (ACP 126; 5 FAH-2 H-320).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from convert.model import regex as re
from convert.model.cable import (
    Addressee,
    AddresseeKind,
    Addressees,
    ChannelLine,
    DateTimeGroup,
    Field,
    Origin,
    PageLine,
    Part,
    Precedence,
    Prosign,
    RoutingLine,
    SecurityLine,
    StationLine,
)
from convert.notation import posts
from convert.notation.tokens import is_near
from convert.reader import shapes
from convert.reader.lines import Line

_INDICATORS = re.compile(r"R[A-Z]{3,7}(?: R[A-Z]{3,7})*")
_LIST = re.compile(r"(TO|INFO|XMT)(?:(?= |$)| ?:(?= {1,4}(?!QUOTE)[^a-z]+$))")
_ORIGIN = re.compile(r"FM {1,4}(?=\S)")
_PRECEDENCE = "FLASH|IMMEDIATE|NIACT IMMEDIATE|IMMEDIATE NIACT|PRIORITY|ROUTINE"
_ADDRESSEE = re.compile(
    r"(?:(?P<routing>R[A-Z]{3,7}|ZEN)/|[A-Z]?/(?=AM[CE]|US[IM]))?(?P<name>[^/]+?)(?://(?P<office>[^/]+(?:/[^/]+)*)//?|//)?"
    rf"(?: (?P<precedence>{_PRECEDENCE}))?"
    r"(?: (?P<number>\d{1,6}))?"
)
_WITH_OFFICE = re.compile(  # SECDEF WASHDC/ISA PRIORITY
    rf"(.+?) ({_PRECEDENCE})(?: (\d{{1,6}}))?"
)
_INSTANT = re.compile(r"([\dO]{6})[Z2]?([A-Z]{3})[A-Z]{0,6}(\d{4}|\d\d)")


def channel(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``VZCZCXRO4647``."""
    if found := shapes.CHANNEL.fullmatch(lines[place].text):
        return ChannelLine(lines[place].typed(), found[1]), place + 1
    return None


def routing(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``PP RUEHBC RUEHDE``; it may wrap."""
    line = lines[place].text
    if not shapes.ROUTING.fullmatch(line):
        return None
    end = place + 1
    while end < len(lines) and not lines[end].gap and _INDICATORS.fullmatch(lines[end].text):
        end += 1
    words = " ".join(each.text for each in lines[place:end]).split()
    letters = [word for word in words if len(word) <= 2]
    precedences = tuple(Precedence(letter) for letter in dict.fromkeys("".join(letters)))
    indicators = tuple(word for word in words if len(word) > 2)
    return RoutingLine(shapes.pieces(lines[place:end]), precedences, indicators), end


def station(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``DE RUEHGB #4430/01 3370610``."""
    if not (found := shapes.STATION.fullmatch(lines[place].text)):
        return None
    indicator, serial, section, day, time = found.groups()
    return StationLine(
        lines[place].typed(),
        indicator,
        serial,
        int(section) if section else None,
        int(day) if day else None,
        time,
    ), place + 1


def security(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``ZNY SSSSS ZZH``."""
    if not (found := shapes.SECURITY.fullmatch(lines[place].text)):
        return None
    prosign, letter, signals = found.groups()
    part = SecurityLine(
        lines[place].typed(), prosign, letter * 5, prosign == "ZNY", tuple(signals.split())
    )
    return part, place + 1


def group(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``P 030610Z DEC 06``."""
    line = lines[place]
    found = shapes.GROUP.fullmatch(line.text) or shapes.LOOSE_GROUP.fullmatch(line.text)
    if not found:
        return None
    part = DateTimeGroup(
        line.typed(),
        tuple(Precedence(letter) for letter in found[1].replace("0", "O") if letter != " "),
        line.field(found.start(2), found.end(2)),
        instant(found[2]),
        tuple(found[3].split()),
    )
    return part, place + 1


def instant(typed: str) -> datetime | None:
    """The UTC instant of ``030610Z DEC 06``, or None where that is no date.

    A letter O in the figures is a zero, a 2 behind six figures the Z: nothing else can stand there.
    Blanks say nothing: they are lost, or set between letters, in the files of 1973 to 1979.
    A month with one letter of it wrong, ``PEB``, is the one that it can be.
    Two-digit years from 38 on are of the last century: the Central Foreign Policy Files begin in
    1973, the oldest telegrams with a date-time group a generation before.
    """
    found = _INSTANT.fullmatch("".join(typed.split()))
    if found is None or (month := shapes.month_of(found[2])) is None:
        return None
    group, year = found[1].replace("O", "0"), found[3]
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 38 else 2000)
    if full < 1900:
        return None  # 0405: four figures that are no year of a telegram
    day, hour, minute = int(group[:2]), int(group[2:4]), int(group[4:6])
    try:
        return datetime(full, shapes.MONTHS.index(month) + 1, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def origin(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``FM AMEMBASSY BAGHDAD``."""
    line = lines[place]
    if not (found := _ORIGIN.match(line.text)):
        return None
    name = line.field(found.end(), len(line.text))
    named = posts.station(name.text.partition("//")[0])
    post, country = (named.word, named.country) if named else (None, None)
    return Origin(line.typed(), name, post, country), place + 1


def is_addressed(text: str) -> bool:
    """Whether a line is that of the originator, or begins a list of addressees."""
    return bool(_ORIGIN.match(text) or _LIST.match(text))


def addressees(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``TO``, ``INFO`` or ``XMT``, and the lines of its list."""
    if not (found := _LIST.match(lines[place].text)):
        return None
    end = shapes.wrapped(lines, place)
    end = next((at for at in range(place + 1, end) if lines[at].text == _QUOTE), end)
    while end < len(lines) and lines[end - 1].gap and _is_addressee(lines[end].text):
        end = shapes.wrapped(lines, end)  # a blank line between each two, in copies read by machine
    values: list[Field] = []
    for index in range(place, end):
        line = lines[index]
        if index == place and found.end() == len(line.text):
            continue
        value = line.field(found.end() if index == place else 0, len(line.text))
        if values and (_TAIL.fullmatch(value.text) or _NAMELESS.search(values[-1].text)):
            above = values.pop()  # an addressee that wraps
            value = Field(f"{above.text} {value.text}", above.span.to(value.span))
        values.append(value)
    items = tuple(map(addressee, values))
    return Addressees(shapes.pieces(lines[place:end]), AddresseeKind(found[1]), items), end


def _is_addressee(text: str) -> bool:
    """Whether a line is an addressee, whatever stands above it."""
    return len(text) <= _LONGEST and _KNOWN.match(text) is not None and text.isupper()


_LONGEST = 60  # characters of an addressee
_KNOWN = re.compile(
    r"(?:AM(?:EMBASSY|CONSUL|CONGEN)|US(?:MISSION|INT|DEL|LO)|SEC(?:STATE|DEF)|(?:US)?CINC[A-Z]{2,5}"
    r"|JCS|DIA|JOINT STAFF|WHITE HOUSE) [A-Z ]{3,40}(?: \d{1,6})?$"
)
_QUOTE = "QUOTE"  # with which a message begins that is sent on
# What can only go on from the line above, and what cannot be the whole of a name.
_TAIL = re.compile(rf"(?:{_PRECEDENCE})(?: \d{{1,6}})?|\d{{1,6}}")
_COUNTED = frozenset({"AIG", "CTF", "CTG", "CTU", "CTE"})  # names that end in a number of their own
_NAMELESS = re.compile(r"(?:^|/)(?:AMEMBASSY|AMCONSUL|USMISSION|USDEL|USINT)$")


def addressee(value: Field) -> Addressee:
    """An addressee with its routing, office, precedence and number."""
    found = _ADDRESSEE.fullmatch(value.text)
    if found is None:
        ended = _WITH_OFFICE.fullmatch(value.text) if len(value.text) <= shapes.LONGEST else None
        name, precedence, number = ended.groups() if ended else (value.text, None, None)
        return Addressee(name, None, None, precedence, number, value.span)
    read = {name: text and text.strip() for name, text in found.groupdict().items()}
    if read["name"] in _COUNTED and read["number"]:
        read["name"], read["number"] = f"{read['name']} {read['number']}", None
    if read["precedence"] is None and (near := near_precedence(read["name"] or "")):
        read["name"], read["precedence"] = (read["name"] or "")[: -len(near[0]) - 1], near[1]
    named = posts.station(read["name"] or "")
    post, country = (named.word, named.country) if named else (None, None)
    return Addressee(**read, span=value.span, post=post, country=country)


def near_precedence(name: str) -> tuple[str, str] | None:
    """What stands behind a name for a precedence, and which it is: cut short, or a letter wrong."""
    if cut := _CUT.search(name, max(0, len(name) - _MOST - 6)):
        return cut[1], f"{'NIACT ' if cut[2] else ''}{'PRIORITY' if cut[3] else 'IMMEDIATE'}"
    rest, _, last = name.rpartition(" ")
    if not rest or not _LEAST <= len(last) <= _MOST:
        return None
    alike = (word for word in _PRECEDENCES if last[0] == word[0] or last[-1] == word[-1])
    read = next((word for word in alike if is_near(last, word, 1)), None)
    return (last, read) if read else None


_CUT = re.compile(r"(?<=\S )((NIACT )?(?:IMM(?:ED)?|(PRIO)))$")
_PRECEDENCES = ("IMMEDIATE", "PRIORITY", "ROUTINE")
_LEAST, _MOST = 6, 10  # letters of one with a letter less or more


def prosign(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``BT``, ``#4430``, ``NNNN``."""
    if shapes.PROSIGN.fullmatch(lines[place].text):
        return Prosign(lines[place].typed(), lines[place].text), place + 1
    return None


def page(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``BAGHDAD 00004430  002 OF 002``."""
    text = lines[place].text
    if not shapes.may_be_page(text) or not (found := shapes.PAGE.fullmatch(text)):
        return None
    post, serial, first, second, pages = found.groups()
    page = int(second) if second else 1
    return PageLine(lines[place].typed(), post, serial, int(first), page, int(pages)), place + 1
