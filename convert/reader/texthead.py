"""Recognisers: the text heading, from the banner line to Classified By.

Each takes the lines and a place, and gives the part that begins there with the place after it, or
None (5 FAH-2 H-320, format line 12; 32 CFR 2001.21).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from convert.model.cable import (
    Authority,
    Banner,
    Captions,
    ExecutiveOrder,
    Field,
    Note,
    NoteKind,
    Part,
    Passing,
    Reference,
    ReferenceKind,
    References,
    Subject,
    Tags,
)
from convert.model.facts import cable_id
from convert.notation import banner as notation
from convert.notation import lines as cable_lines
from convert.reader import shapes
from convert.reader.lines import Line
from convert.reader.marks import portion_at

_TAGS = re.compile(r"TAGS?\b[: ]*", re.IGNORECASE)
_SUBJECT = re.compile(r"SUBJ(?:ECT)? ?: *", re.IGNORECASE)
_REFERENCES = re.compile(r"REF(?:ERENCE)?(?:\(S\)|S|TELS?)? ?: *", re.IGNORECASE)
_PASSING = re.compile(r"[A-Z][A-Z/, ]{1,40} (?:PLEASE |PLS )?(?:PASS|FOR) (?=[A-Z])[^.]*")
_CORRECTED = re.compile(r"C ?O ?R ?R ?E ?C ?T ?E ?D {1,3}C ?O ?P ?Y\b.*", re.IGNORECASE)
_EXTRACT = re.compile(r"This record is a partial extract of the original cable\b.*", re.IGNORECASE)
_LABELLED = re.compile(r"(?:^|(?<=[ ,;]))(?:\(([A-Z])\)|([A-Z])[.)])(?= )")
_CABLE = re.compile(
    r"(?:\([A-Z/]{1,40}\) )?(?:(\d{2,4}) )?([A-Z][A-Z.']*(?: [A-Z.']+){0,3}) (\d{1,6})"
)


def banner(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``S E C R E T SECTION 01 OF 02 BAGHDAD 004430``."""
    line = lines[place]
    read = notation.parse(_SUBJECT_CODE.sub("", line.text))
    if read is None:
        return unreadable(line, place) if notation.looks_like_banner(line.text) else None
    typed = line.field(0, read.end)
    part = Banner(
        line.typed(), read.marking, typed, notation.show(read.marking), read.captions,
        read.section, read.sections, read.post, read.serial,
    )  # fmt: skip
    return part, place + 1


# A Navy message's subject code behind the class: UNCLAS //N01420// (SECNAV M-5210.2)
_SUBJECT_CODE = re.compile(r" *//N\d{5}//$")


def unreadable(line: Line, place: int) -> tuple[Part, int]:
    """A classification line that cannot be read: kept whole, as typed."""
    whole = line.field(0, len(line.text))
    shown = " ".join(whole.text.split())
    return Banner(line.typed(), None, whole, shown, (), None, None, None, None), place + 1


def captions(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``SIPDIS``; nothing else on the line."""
    text = lines[place].text
    found = notation.parse_captions(text) or notation.restricting_captions(text)
    return (Captions(lines[place].typed(), found), place + 1) if found else None


def note(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """A corrected copy, or the notice of a partial extract."""
    for pattern, kind in ((_CORRECTED, NoteKind.CORRECTION), (_EXTRACT, NoteKind.EXTRACT)):
        if pattern.fullmatch(lines[place].text):
            end = shapes.wrapped(lines, place) if kind is NoteKind.EXTRACT else place + 1
            return Note(shapes.pieces(lines[place:end]), kind), end
    return None


def passing(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``STATE PASS TO USTR``."""
    line = lines[place]
    if not _PASSING.fullmatch(line.text):
        return None
    return Passing(line.typed(), line.field(0, len(line.text))), place + 1


def order(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``E.O. 12958: DECL: 12/02/2016``."""
    line = lines[place]
    if (found := cable_lines.order(line.text)) is None:
        return None
    number, end = found
    rest = line.field(end, len(line.text)) if end < len(line.text) else None
    on, event = cable_lines.declassify(rest.text if rest else "")
    return ExecutiveOrder(line.typed(), number, rest, on, event), place + 1


def tags(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``TAGS: PREL, PGOV``."""
    if not (found := _TAGS.match(lines[place].text)):
        return None
    end = shapes.wrapped(lines, place)
    tags: list[Field] = []
    for index in range(place, end):
        line = lines[index]
        start = found.end() if index == place else 0
        separator = r"[^,;]+" if re.search("[,;]", line.text) else r"[^,;\s]+"
        for item in re.compile(separator).finditer(line.text, start):
            if item[0].strip():
                tags.append(line.field(item.start(), item.end()))
    return Tags(shapes.pieces(lines[place:end]), tuple(tags)), end


def subject(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``SUBJECT: (C) A TITLE``, which may wrap, even over a page line."""
    line = lines[place]
    if not (found := _SUBJECT.match(line.text)):
        return None
    end = shapes.wrapped(lines, place, in_text=True)
    pieces = shapes.pieces(lines[place:end])
    rest = lines[place + 1 : end]
    start = found.end()
    portion = portion_at(line, start)
    if portion:
        start += len(portion.typed)
    values = [line.field(start, len(line.text))] if line.text[start:].strip() else []
    values += [each.field(0, len(each.text)) for each in rest]
    span = values[0].span.to(values[-1].span) if values else line.span
    title = Field(" ".join(value.text for value in values), span)
    return Subject(pieces, title, portion), end


def references(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``REF: A. BAGHDAD 4186``, each on a line or all on one."""
    if not (found := _REFERENCES.match(lines[place].text)):
        return None
    end = shapes.wrapped(lines, place)
    items: list[Reference] = []
    for index in range(place, end):
        items += reference_items(lines[index], found.end() if index == place else 0)
    return References(shapes.pieces(lines[place:end]), tuple(items)), end


def reference_items(line: Line, start: int) -> list[Reference]:
    """The references of a line from ``start`` on: one without a label, or each behind its own."""
    labels: list[re.Match[str]] = []
    for found in _LABELLED.finditer(line.text, start):
        if not labels or found.start() > labels[-1].end() + 1:  # (S) right behind B. is a mark
            labels.append(found)
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


def authority(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``Classified By: DCM Jane Roe for reasons 1.4 (b)``, or what it is derived from."""
    if cable_lines.authority_start(lines[place].text) is None:
        return None
    end = shapes.wrapped(lines, place)
    found = cable_lines.authority(" ".join(each.text for each in lines[place:end]))
    if found is None:
        return None
    part = Authority(
        shapes.pieces(lines[place:end]), found.name, found.title, found.reasons, found.derived
    )
    return part, end
