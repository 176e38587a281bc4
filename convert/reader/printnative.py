"""The fields of a print as a cable's own heading: for a cable that has no other.

A cable written in SMART is kept as fields and text; what a print shows above the text is what a
telegram has in its heading lines. One field becomes one part, so that every output shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from convert.model import regex as re
from convert.model.cable import (
    Addressee,
    AddresseeKind,
    Addressees,
    Banner,
    Captions,
    DateTimeGroup,
    ExecutiveOrder,
    Field,
    Origin,
    Part,
    RecordKind,
    References,
    Signature,
    Subject,
    Tags,
)
from convert.notation import banner
from convert.notation import lines as cable_lines
from convert.reader import shapes
from convert.reader.marks import mark_behind, portion_at
from convert.reader.printfields import NOTHING, PrintField, Value, record
from convert.reader.references import dated
from convert.reader.transmission import instant

_GROUP = re.compile(r"\b(\d{6}Z?) ([A-Za-z]{3}) (\d{2}(?:\d\d)?)\b")
_PRECEDENCE = re.compile(r" (FLASH|(?:NIACT )?IMMEDIATE|PRIORITY|ROUTINE)$", re.IGNORECASE)
_POSTS = frozenset({
    "AMEMBASSY", "AMCONSUL", "AMCONGEN", "USMISSION", "USINT", "USOFFICE", "USLO", "USDEL",
    "SECSTATE", "SECDEF",
})  # fmt: skip
"""Kinds of post that a field names behind the place: ``MOSCOW, AMEMBASSY``."""

_ORDER = re.compile(r"(?:E\.? ?O\.? ?)?(\d{5})\b[:;,. ]*")


def parts(
    fields: Sequence[PrintField], kind: RecordKind, *, signed: bool = False
) -> Iterator[Part]:
    """One part for each field that a telegram has a line for; a record for those between them.

    ``signed``: the text has its signature, and a field with one more stays a field.
    """
    rest: list[PrintField] = []
    for field in fields:
        part = None if signed and field.name == "Signature" else read(field)
        if part is None:
            rest.append(field)
            continue
        if rest:
            yield record(rest, kind)
            rest = []
        yield part
    if rest:
        yield record(rest, kind)


def read(field: PrintField) -> Part | None:
    """The part that a field stands for; None where it stands for none, or says nothing."""
    value = field.value
    if field.name not in _READERS or value.text.strip() in NOTHING:
        return None
    return _READERS[field.name](field, value)


def posts(value: Value) -> tuple[Addressee, ...]:
    """``WASHDC, SECSTATE ROUTINE; MOSCOW, AMEMBASSY ROUTINE``: who they are, by their names."""
    found = (value.field(*item.span()) for item in re.finditer(r"[^;]+", value.text))
    return tuple(_post(field) for field in found if field)


def tags(value: Value) -> tuple[Field, ...]:
    """``PREL, KZ, (ROE, JANE)``: a comma in brackets parts nothing."""
    found: list[Field | None] = []
    start = depth = 0
    for place, character in enumerate(value.text):
        depth = max(depth + (character == "(") - (character == ")"), 0)
        if character in ",;" and not depth:
            found.append(value.field(start, place))
            start = place + 1
    found.append(value.field(start, len(value.text)))
    return tuple(tag for tag in found if tag)


def group(value: Value) -> Field | None:
    """The date-time group behind the date: ``Jan 31, 1994 / 310000Z Jan 94``."""
    found = _GROUP.search(value.text)
    return value.field(*found.span()) if found else None


def captions(value: Value) -> tuple[str, ...]:
    """``SENSITIVE, SIPDIS``; words that no table knows are captions too, as they are typed."""
    known = banner.parse_captions(re.sub("[,;/]", " ", value.text).upper())
    return known or tuple(word.strip().upper() for word in re.split("[,;]", value.text))


def _date(field: PrintField, value: Value) -> Part | None:
    typed = group(value) or value.whole()
    if typed is None:
        return None
    sent = instant(typed.text.upper()) if _GROUP.fullmatch(typed.text) else None
    return DateTimeGroup(shapes.pieces(field.lines), (), typed, sent, ())


def _origin(field: PrintField, value: Value) -> Part | None:
    name = value.whole()
    return Origin(shapes.pieces(field.lines), name) if name else None


def _addressees(kind: AddresseeKind) -> Callable[[PrintField, Value], Part | None]:
    def read(field: PrintField, value: Value) -> Part | None:
        return Addressees(shapes.pieces(field.lines), kind, posts(value))

    return read


def _post(field: Field) -> Addressee:
    """``MOSCOW, AMEMBASSY ROUTINE`` is AMEMBASSY MOSCOW; a name of another shape stays as typed."""
    precedence = _PRECEDENCE.search(field.text)
    name = field.text[: precedence.start()] if precedence else field.text
    place, comma, title = name.partition(", ")
    if comma and title.split()[:1] and title.split()[0] in _POSTS and "," not in title:
        name = f"{title} {place}"
    return Addressee(
        name, None, None, precedence[1].upper() if precedence else None, None, field.span
    )


def _order(field: PrintField, value: Value) -> Part | None:
    """``13526``, and what follows it; ``Unknown`` is no order."""
    found = _ORDER.match(value.text)
    if found is None:
        return None
    rest = value.field(found.end(), len(value.text))
    on, event = cable_lines.declassify(rest.text if rest else "")
    return ExecutiveOrder(shapes.pieces(field.lines), found[1], rest, on, event)


def _tags(field: PrintField, value: Value) -> Part | None:
    return Tags(shapes.pieces(field.lines), tags(value))


def _captions(field: PrintField, value: Value) -> Part | None:
    return Captions(shapes.pieces(field.lines), captions(value))


def _references(field: PrintField, value: Value) -> Part | None:
    """``Reference: A) 23 MEXICO 2468 B) ...`` is read as the REF lines of a telegram are."""
    return dated(References(shapes.pieces(field.lines), ()), None, None)


def _subject(field: PrintField, value: Value) -> Part | None:
    portion = portion_at(field.lines[0], field.start)
    start, end = len(portion.typed) if portion else 0, len(value.text)
    last = field.lines[-1]
    if portion is None:
        portion = mark_behind(last, 0 if field.lines[1:] else field.start, len(last.text))
        end = value.text.rindex(portion.typed) if portion else end
    title = value.field(start, end)
    return Subject(shapes.pieces(field.lines), title, portion) if title else None


def _classification(field: PrintField, value: Value) -> Part | None:
    """The class in a field of its own; one that cannot be read is a banner as typed."""
    typed = value.whole()
    if typed is None:
        return None
    read = banner.parse(typed.text)
    lines = shapes.pieces(field.lines)
    if read is None:
        return Banner(lines, None, typed, typed.text, (), None, None, None, None)
    said = banner.show(read.marking)
    return Banner(lines, read.marking, typed, said, read.captions, None, None, None, None)


def _signature(field: PrintField, value: Value) -> Part | None:
    name = value.whole()
    return Signature(shapes.pieces(field.lines), (name.text,)) if name else None


_READERS: dict[str, Callable[[PrintField, Value], Part | None]] = {
    "Date/DTG": _date,
    "From": _origin,
    "Action": _addressees(AddresseeKind.TO),
    "Info": _addressees(AddresseeKind.INFO),
    "XMT": _addressees(AddresseeKind.XMT),
    "E.O.": _order,
    "TAGS": _tags,
    "Captions": _captions,
    "Reference": _references,
    "Subject": _subject,
    "Classification": _classification,
    "Signature": _signature,
}
