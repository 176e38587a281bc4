"""Pass: the heading, from the channel line to Classified By; every line may be missing.

Each kind of line has one recogniser. Sections after the first repeat the heading in the middle of
the text, so ``read_part`` is used there as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from convert.model.cable import (
    Addressee,
    AddresseeKind,
    Addressees,
    Authority,
    Banner,
    Captions,
    ChannelLine,
    DateTimeGroup,
    ExecutiveOrder,
    Field,
    Joint,
    Note,
    NoteKind,
    Origin,
    PageLine,
    Part,
    Passing,
    Piece,
    Precedence,
    Prosign,
    Reference,
    ReferenceKind,
    References,
    RoutingLine,
    SecurityLine,
    StationLine,
    Subject,
    Tags,
    Typed,
)
from convert.model.facts import cable_id
from convert.notation import banner
from convert.reader.lines import Line
from convert.reader.marks import portion_at

_CHANNEL = re.compile(r"V?ZCZC([A-Z0-9]*)")
_ROUTING = re.compile(r"(?:[ZOPR]{2}|[ZOPR] [ZOPR]) R[A-Z]{3,7}(?: R[A-Z]{3,7})*")
_INDICATORS = re.compile(r"R[A-Z]{3,7}(?: R[A-Z]{3,7})*")
_STATION = re.compile(r"DE (R[A-Z]{3,7})(?: #(\d{1,8})(?:/(\d{1,3}))?)?(?: (\d{3})(\d{4}))?")
_SECURITY = re.compile(r"(ZN[YR]) ([A-Z])\2{4}((?: Z[A-Z0-9]{2,4})*)")
_GROUP = re.compile(r"((?:[ZOPR] ){0,2})(\d{6}Z? [A-Z]{3} \d{2}(?:\d\d)?)\b(.*)")
_LIST = re.compile(r"(TO|INFO|XMT)(?= )")
_ORIGIN = re.compile(r"FM (?=\S)")
_PROSIGN = re.compile(r"BT|NNNN?|#\d{1,8}(?:/\d{1,3})?")
_PAGE = re.compile(r"([A-Z][A-Z.' ]*?) +(\d{8}) +(?:(\d{3})(?:\.(\d{1,3}))?) OF (\d{3})")
_ORDER = re.compile(r"E\.? ?O\.? ?(\d{5})\b[:;. ]*", re.IGNORECASE)
_TAGS = re.compile(r"TAGS?\b[: ]*", re.IGNORECASE)
_SUBJECT = re.compile(r"SUBJ(?:ECT)? ?: *", re.IGNORECASE)
_REFERENCES = re.compile(r"REF(?:ERENCE)?(?:\(S\)|S|TELS?)? ?: *", re.IGNORECASE)
_AUTHORITY = re.compile(
    r"(?:CLASSIFIED BY|DERIVED FROM|CLASSIFIED)(?: ?:| (?=[A-Z])) *", re.IGNORECASE
)
_PASSING = re.compile(r"[A-Z][A-Z/, ]{1,40} (?:PLEASE |PLS )?(?:PASS|FOR) (?=[A-Z])[^.]*")
_CORRECTED = re.compile(r"C ?O ?R ?R ?E ?C ?T ?E ?D {1,3}C ?O ?P ?Y\b.*", re.IGNORECASE)
_EXTRACT = re.compile(r"This record is a partial extract of the original cable\b.*", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"(?:(?P<routing>R[A-Z]{3,7})/)?(?P<name>[^/]+?)(?://(?P<office>[^/]+(?:/[^/]+)*)//?)?"
    r"(?: (?P<precedence>FLASH|IMMEDIATE|NIACT IMMEDIATE|PRIORITY|ROUTINE))?"
    r"(?: (?P<number>\d{1,6}))?"
)
_DECLASSIFY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")
_LABELLED = re.compile(r"(?:^|(?<=[ ,;]))(?:\(([A-Z])\)|([A-Z])[.)])(?= )")
_CABLE = re.compile(r"(?:(\d{2,4}) )?([A-Z][A-Z.']*(?: [A-Z.']+){0,3}) (\d{1,6})")
_REASONS = re.compile(
    r"1\.[45]\s*((?:[(]?[a-hA-H](?:\d)?[)]?(?:,? ?and ?|, ?|/| )*)+)", re.IGNORECASE
)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

# A recogniser takes the lines and a place, and gives the part that begins there, or None.
_Recogniser = Callable[[Sequence[Line], int], tuple[Part, int] | None]


def read_part(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The heading part that begins at line ``place``, and the place after it; None if none does."""
    if len(lines[place].text) > 400:
        return None
    for recognise in _RECOGNISERS:
        if found := recognise(lines, place):
            return found
    return None


def is_furniture(part: Part) -> bool:
    """Whether a part may interrupt running text: a page line, or the heading of a next section."""
    return isinstance(part, PageLine | ChannelLine | RoutingLine | StationLine | Prosign) or (
        isinstance(part, Banner) and (part.section is not None)
    )


def _pieces(lines: Sequence[Line]) -> tuple[Typed, ...]:
    return tuple(piece for line in lines for piece in line.typed())


def _channel(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    if found := _CHANNEL.fullmatch(lines[place].text):
        return ChannelLine(lines[place].typed(), found[1]), place + 1
    return None


def _routing(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    line = lines[place].text
    if not _ROUTING.fullmatch(line):
        return None
    end = place + 1
    while end < len(lines) and not lines[end].gap and _INDICATORS.fullmatch(lines[end].text):
        end += 1
    words = " ".join(each.text for each in lines[place:end]).split()
    letters = [word for word in words if len(word) <= 2]
    precedences = tuple(Precedence(letter) for letter in dict.fromkeys("".join(letters)))
    indicators = tuple(word for word in words if len(word) > 2)
    return RoutingLine(_pieces(lines[place:end]), precedences, indicators), end


def _station(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    if not (found := _STATION.fullmatch(lines[place].text)):
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


def _security(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    if not (found := _SECURITY.fullmatch(lines[place].text)):
        return None
    prosign, letter, signals = found.groups()
    part = SecurityLine(
        lines[place].typed(), prosign, letter * 5, prosign == "ZNY", tuple(signals.split())
    )
    return part, place + 1


def _group(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    line = lines[place]
    if not (found := _GROUP.fullmatch(line.text)):
        return None
    part = DateTimeGroup(
        line.typed(),
        tuple(Precedence(letter) for letter in found[1].split()),
        line.field(found.start(2), found.end(2)),
        instant(found[2]),
        tuple(found[3].split()),
    )
    return part, place + 1


def instant(typed: str) -> datetime | None:
    """The UTC instant of ``030610Z DEC 06``, or None where that is no date.

    Two-digit years from 38 on are of the last century: the Central Foreign Policy Files begin in
    1973, the oldest telegrams with a date-time group a generation before.
    """
    group, month, year = typed.split()
    if month not in _MONTHS:
        return None
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 38 else 2000)
    day, hour, minute = int(group[:2]), int(group[2:4]), int(group[4:6])
    try:
        return datetime(full, _MONTHS.index(month) + 1, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None


def _origin(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    line = lines[place]
    if not (found := _ORIGIN.match(line.text)):
        return None
    return Origin(line.typed(), line.field(found.end(), len(line.text))), place + 1


def _addressees(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    if not (found := _LIST.match(lines[place].text)):
        return None
    end = _wrapped(lines, place)
    items: list[Addressee] = []
    for index in range(place, end):
        line = lines[index]
        items.append(_addressee(line, found.end() if index == place else 0))
    return Addressees(_pieces(lines[place:end]), AddresseeKind(found[1]), tuple(items)), end


def _addressee(line: Line, start: int) -> Addressee:
    value = line.field(start, len(line.text))
    found = _ADDRESSEE.fullmatch(value.text)
    if found is None:
        return Addressee(value.text, None, None, None, None, value.span)
    return Addressee(**found.groupdict(), span=value.span)


def _prosign(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    if _PROSIGN.fullmatch(lines[place].text):
        return Prosign(lines[place].typed(), lines[place].text), place + 1
    return None


def _page(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    if not (found := _PAGE.fullmatch(lines[place].text)):
        return None
    post, serial, first, second, pages = found.groups()
    section, page = (int(first), int(second)) if second else (None, int(first))
    return PageLine(lines[place].typed(), post, serial, page, int(pages), section), place + 1


def _banner(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    line = lines[place]
    read = banner.parse(line.text)
    if read is None:
        return None
    typed = line.field(0, read.end)
    part = Banner(
        line.typed(), read.marking, typed, read.captions,
        read.section, read.sections, read.post, read.serial,
    )  # fmt: skip
    return part, place + 1


def _captions(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    found = banner.parse_captions(lines[place].text)
    return (Captions(lines[place].typed(), found), place + 1) if found else None


def _note(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    for pattern, kind in ((_CORRECTED, NoteKind.CORRECTION), (_EXTRACT, NoteKind.EXTRACT)):
        if pattern.fullmatch(lines[place].text):
            end = _wrapped(lines, place) if kind is NoteKind.EXTRACT else place + 1
            return Note(_pieces(lines[place:end]), kind), end
    return None


def _passing(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    line = lines[place]
    if not _PASSING.fullmatch(line.text):
        return None
    return Passing(line.typed(), line.field(0, len(line.text))), place + 1


def _order(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    line = lines[place]
    if not (found := _ORDER.match(line.text)):
        return None
    rest = line.field(found.end(), len(line.text)) if found.end() < len(line.text) else None
    on, event = _declassify(rest.text if rest else "")
    return ExecutiveOrder(line.typed(), found[1], rest, on, event), place + 1


def _declassify(text: str) -> tuple[date | None, str | None]:
    """The date, or else the event or exemption, of what follows the order."""
    if found := _DECLASSIFY.search(text):
        month, day, year = map(int, found.groups())
        full = year if year > 99 else year + (1900 if year >= 38 else 2000)
        try:
            return date(full, month, day), None
        except ValueError:
            return None, text
    event = re.sub(r"^DECL: *", "", text, flags=re.IGNORECASE)
    return None, event or None


def _tags(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    if not (found := _TAGS.match(lines[place].text)):
        return None
    end = _wrapped(lines, place)
    tags: list[Field] = []
    for index in range(place, end):
        line = lines[index]
        start = found.end() if index == place else 0
        separator = r"[^,;]+" if re.search("[,;]", line.text) else r"[^,;\s]+"
        for item in re.compile(separator).finditer(line.text, start):
            if item[0].strip():
                tags.append(line.field(item.start(), item.end()))
    return Tags(_pieces(lines[place:end]), tuple(tags)), end


def _subject(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    line = lines[place]
    if not (found := _SUBJECT.match(line.text)):
        return None
    end = _wrapped(lines, place)
    pieces: tuple[Piece, ...] = _pieces(lines[place:end])
    rest = lines[place + 1 : end]
    if interrupted := _over_page_line(lines, end):
        page, stop = interrupted
        more = lines[end + 1 : stop]
        pieces = (*pieces, Joint((page,), lines[end].span), *_pieces(more))
        rest, end = [*rest, *more], stop
    start = found.end()
    portion = portion_at(line, start)
    if portion:
        start += len(portion.typed)
    values = [line.field(start, len(line.text))] if line.text[start:].strip() else []
    values += [each.field(0, len(each.text)) for each in rest]
    span = values[0].span.to(values[-1].span) if values else line.span
    title = Field(" ".join(value.text for value in values), span)
    return Subject(pieces, title, portion), end


def _over_page_line(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The page line at ``place``, and the place after the lines that go on behind it.

    Only where the heading itself goes on after them: else they are the text's beginning.
    """
    found = _page(lines, place) if place < len(lines) else None
    if found is None or found[1] >= len(lines) or _begins_part(lines, found[1]):
        return None
    stop = _wrapped(lines, found[1])
    if stop - found[1] > 3 or stop >= len(lines) or not _begins_part(lines, stop):
        return None
    return found[0], stop


def _references(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    if not (found := _REFERENCES.match(lines[place].text)):
        return None
    end = _wrapped(lines, place)
    items: list[Reference] = []
    for index in range(place, end):
        items += _items(lines[index], found.end() if index == place else 0)
    return References(_pieces(lines[place:end]), tuple(items)), end


def _items(line: Line, start: int) -> list[Reference]:
    """The references of one line: one without a label, or each behind its own."""
    labels = list(_LABELLED.finditer(line.text, start))
    if not labels:
        return [_reference(None, line.field(start, len(line.text)))] if line.text[start:] else []
    items: list[Reference] = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else len(line.text)
        chunk = line.text[label.end() : stop].rstrip(" ,;")
        value = line.field(label.end(), label.end() + len(chunk))
        items.append(_reference(label[1] or label[2], value))
    return items


def _reference(label: str | None, value: Field) -> Reference:
    """What one reference names; the year of a cable id is filled in by ``dated``."""
    kinds = {
        "SEPTEL": ReferenceKind.SEPTEL, "E-MAIL": ReferenceKind.EMAIL, "EMAIL": ReferenceKind.EMAIL,
        "TELECON": ReferenceKind.TELECON, "LETTER": ReferenceKind.LETTER,
        "REPORT": ReferenceKind.REPORT,
    }  # fmt: skip
    upper = value.text.upper()
    named = next((kind for word, kind in kinds.items() if word in upper), None)
    kind = named or (ReferenceKind.CABLE if cable_of(value.text) else ReferenceKind.OTHER)
    return Reference(label, value.text, kind, None, False, value.span)


def cable_of(typed: str) -> tuple[int | None, str, str] | None:
    """(year, post, serial) of a reference that is a cable; year None where it names none."""
    found = _CABLE.match(typed)
    if found is None:
        return None
    year = int(found[1]) if found[1] else None
    return year, found[2], found[3]


def dated(reference: Reference, year: int | None) -> Reference:
    """The reference with its canonical id; ``year`` is the citing cable's own, if it names none."""
    named = cable_of(reference.typed) if reference.kind is ReferenceKind.CABLE else None
    if named is None or (named[0] is None and year is None):
        return reference
    own, post, serial = named
    identity = cable_id(own if own is not None else year or 0, post, serial)
    return Reference(
        reference.label, reference.typed, reference.kind, identity, own is None, reference.span
    )


def _authority(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    line = lines[place]
    if not (found := _AUTHORITY.match(line.text)):
        return None
    end = _wrapped(lines, place)
    text = " ".join(each.text for each in lines[place:end])[found.end() :]
    derived = text.rstrip(".") if found[0].upper().startswith("DERIVED") else None
    reasons = _REASONS.search(text)
    letters = (
        re.findall(r"[a-h](?:\d)?(?![a-z])", reasons[1].lower().replace("and", " "))
        if reasons
        else []
    )
    section = reasons[0][:3] if reasons else ""
    who = re.split(r"(?i)[,;:]? (?:for )?reasons?\b|[,;]? 1\.[45]|\. *$", text, maxsplit=1)[0]
    name, title = (None, None) if derived else person(who)
    part = Authority(
        _pieces(lines[place:end]), name, title,
        tuple(f"{section}({letter})" for letter in letters), derived,
    )  # fmt: skip
    return part, end


def person(who: str) -> tuple[str | None, str | None]:
    """(name, title) of ``DCM Jane Roe`` or ``Jane Roe, DCM``.

    The title is told by its words; where none is known, the last two words (three with an initial
    between them) are the name.
    """
    who = who.strip(" ,;:")
    if not who:
        return None, None
    if "," in who:
        name, _, title = who.partition(",")
        return name.strip(), title.strip() or None
    words = who.split()
    if len(words) <= 2 and words[0].upper() not in _TITLES:
        return who, None
    count = 3 if len(words) > 2 and re.fullmatch(r"[A-Z]\.?", words[-2]) else 2
    count = min(count, len(words) - (1 if words[0].upper() in _TITLES else 0)) or 1
    name, title = " ".join(words[-count:]), " ".join(words[:-count])
    return name, title or None


_TITLES = frozenset(
    {"AMBASSADOR", "DCM", "CHARGE", "CDA", "CONSUL", "POLCOUNS", "ECONCOUNS", "PAO"}
)


def _wrapped(lines: Sequence[Line], place: int) -> int:
    """The place after the lines that go on from ``place``: no blank line, no part of their own."""
    end = place + 1
    while end < len(lines) and end < place + 250 and not lines[end].gap:
        if _begins_part(lines, end):
            break
        end += 1
    return end


def _begins_part(lines: Sequence[Line], place: int) -> bool:
    text = lines[place].text
    return (
        bool(_STARTS.match(text))
        or banner.parse(text) is not None
        or (banner.parse_captions(text) is not None)
        or any(
            pattern.fullmatch(text)
            for pattern in (_CHANNEL, _ROUTING, _STATION, _SECURITY, _GROUP, _PROSIGN, _PAGE)
        )
    )


_STARTS = re.compile(
    r"(?:FM|TO|INFO|XMT) \S|E\.? ?O\.? ?\d{5}\b|TAGS?\b *:|SUBJ(?:ECT)? ?:"
    r"|REF(?:ERENCE)?(?:\(S\)|S|TELS?)? ?:|CLASSIFIED BY|DERIVED FROM|REASONS? ?:"
    r"|\d{1,3}\. ?[(A-Z\"]|-{5,}",
    re.IGNORECASE,
)

_RECOGNISERS: tuple[_Recogniser, ...] = (
    _channel, _routing, _station, _security, _group, _origin, _addressees, _prosign, _page,
    _banner, _captions, _note, _order, _tags, _subject, _references, _authority, _passing,
)  # fmt: skip
