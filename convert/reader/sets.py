"""Recognisers: the sets of a formatted message, ``SUBJ/A TITLE//`` (MIL-STD-6040, USMTF).

A set begins with its name, a slant parts its fields, two end it; where they were forgotten it ends
with a blank line or the next set. ``RMKS/`` and ``GENTEXT/REMARKS/`` open the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import (
    Field,
    Joint,
    MessageSet,
    Part,
    Piece,
    Reference,
    ReferenceKind,
    References,
    Subject,
)
from convert.model.data import Data, replace
from convert.model.facts import general_id
from convert.model.span import Span
from convert.reader import formatted, shapes
from convert.reader.lines import Line, titled
from convert.reader.marks import mark_behind, portion_at

_NAME = re.compile(
    r"([A-Z][A-Z0-9]{2,11}|(?i:MSGID|POC))(?: \([A-Z ]{1,30}\))? ?/(?:(?!/)|(?<=MSGID/)/)"
)
OPENING = re.compile(
    r"GENTEXT?S? ?/ ?(?:[A-Z][A-Z ]{2,30})? ?/{1,2} *|(?:RMKS?|REMARKS) ?/{1,2} *"
    r"|RMKS ?(?=1\. )|RMKS$",
    re.IGNORECASE,
)
_CHUNK = re.compile(r"[^/]+")
_MARKUP = re.compile(r"<[^<>]{1,40}>")
_REFERENCE = re.compile(r"REF ?/ ?([A-Z]{1,2}) ?/ ?", re.IGNORECASE)
_NARRATION = re.compile(r"(NARR?|AMPN) ?/ ?", re.IGNORECASE)
_MORE = re.compile(r"REF(?:ERENCE)? \(?[A-Z]{1,2}\)? IS ", re.IGNORECASE)
_NAMED = re.compile(
    r"REF(?:ERENCE)?[ \n]?\(?([A-Z]{1,2})\)?(?=[ \n,:])[,:]?(?:[ \n]+(?:IS|ARE)\b)?", re.IGNORECASE
)
_NUMBERED = re.compile(rf"\b({shapes.GENERAL_TITLES}) ?(\d{{1,4}}) ?[/-] ?((?:19|20)?\d\d)\b")
_TITLED = re.compile(  # a field of a set: DOC/ALMAR 351-97/..., NAVADMIN/OPNAV/033-20
    rf"(?:^|[/:]) ?({shapes.GENERAL_TITLES})(?: |/(?:[A-Z ]{{1,30}}/)?)"
    r"(\d{1,4}) ?[/-] ?((?:19|20)?\d\d)(?=/|$)"
)
_TITLE = re.compile(r"[A-Z0-9][A-Z0-9 ,.&()'-]{10,200}//")
_APART = re.compile(
    r"THIS .{0,20}MESSAGE (?:HAS BEEN|IS) TRANSMITTED BY |(?:REF(?:ERENCE)?S?|SUBJ(?:ECT)? ?):"
)
_CONTACT = re.compile(r"(?:DSN|COMM|TEL|FAX|PHONE|E-?MAIL|EML) ?:", re.IGNORECASE)
_TOLD = 60  # references, at most, of which one set tells
_AHEAD = 8  # lines in which a set may still end behind a blank line

_KINDS = {
    **dict.fromkeys(
        ("MSG", "RMG", "GENADMIN", "NAVADMIN", "ALNAV", "ALCOM", "MARADMIN"), ReferenceKind.CABLE
    ),
    **dict.fromkeys(("LTR", "LETTER"), ReferenceKind.LETTER),
    **dict.fromkeys(("EMAIL", "E-MAIL", "EML"), ReferenceKind.EMAIL),
    **dict.fromkeys(("TEL", "TELCON", "TELECON", "PHONCON"), ReferenceKind.TELECON),
    **dict.fromkeys(("RPT", "REPORT"), ReferenceKind.REPORT),
    **dict.fromkeys(("USC", "LAW", "PL"), ReferenceKind.STATUTE),
}


class _Set(Data):
    """One set: its lines as typed, and from where to where each of them has its fields."""

    pieces: tuple[Piece, ...]
    runs: tuple[tuple[Line, int, int], ...]
    end: int

    def value(self) -> Field:
        """All fields as they are typed, wrapped lines joined."""
        fields = [line.field(start, stop) for line, start, stop in self.runs if stop > start]
        if not fields:
            span = self.runs[0][0].span
            return Field("", Span(span.end, span.end))
        return titled(fields)


def message_set(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``MSGID/GENADMIN/CNO WASHINGTON DC/-/OCT//``, or any other set."""
    text = lines[place].text
    if not (found := _NAME.match(text)):
        return None
    if not (shapes.SET.match(text) or _ends(text)):
        return None
    name = found[1].upper()
    read = _read(lines, place, found.end(), more=_CONTACT if name == "POC" else None)
    return MessageSet(read.pieces, name, _fields(read)), read.end


def title(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``A TITLE//``: a subject whose set has lost its name."""
    if not _TITLE.fullmatch(lines[place].text):
        return None
    read = _read(lines, place, 0)
    return Subject(read.pieces, read.value(), None), read.end


def opening(line: Line) -> tuple[Part, Line | None] | None:
    """``RMKS/``, ``GENTEXT/REMARKS/``; and what follows it on the line."""
    if not (found := OPENING.match(line.text)):
        return None
    name, *fields = re.finditer(r"[A-Za-z][A-Za-z ]*", found[0])
    part = MessageSet(
        line.typed(0, found.end()),
        name[0].strip().upper(),
        tuple(line.field(*f.span()) for f in fields),
    )
    rest = line.cut(found.end(), len(line.text))
    return part, rest if rest.text else None


def subject(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``SUBJ/A TITLE//``; wrapped lines may begin with a slant of their own."""
    if not (found := re.match(r"(?i:SUBJ(?:ECT)?) ?//? ?", lines[place].text)):
        return None
    read = _read(lines, place, found.end())
    line, start, stop = read.runs[0]
    if markup := _MARKUP.match(line.text, start):
        start = markup.end()
    portion = portion_at(line, start)
    if portion:
        start = line.text.index(portion.typed, start) + len(portion.typed)
    runs = [(line, start, stop), *read.runs[1:]]
    last, low, high = runs[-1]
    if portion is None and (portion := mark_behind(last, low, high)):
        runs[-1] = last, low, last.text.rindex(portion.typed, 0, high)
    title = replace(read, runs=tuple(runs)).value()
    title = replace(title, text=title.text.replace(" /", " "))  # the slant of a line wrapped anew
    return Subject(read.pieces, title, portion), read.end


def references(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``REF/A/DOC/OPNAV/11JUL11//``, all that follow, and what NARR or AMPN says of them."""
    if not _REFERENCE.match(lines[place].text):
        return None
    pieces: list[Piece] = []
    items: list[Reference] = []
    while place < len(lines):
        if found := _REFERENCE.match(lines[place].text):
            read = _read(lines, place, found.end())
            items.append(_reference(found[1].upper(), read.value()))
        elif (found := _NARRATION.match(lines[place].text)) or _MORE.match(lines[place].text):
            read = _read(lines, place, found.end() if found else 0, more=_MORE)
            if not found and not _ends(lines[read.end - 1].text):
                break  # the text itself begins so
            items[-_TOLD:] = _told(items[-_TOLD:], read)
        elif (turned := formatted.page(lines, place)) and _is_cited(lines, place + 1):
            pieces.append(Joint((turned[0],), lines[place].span))
            place += 1
            continue
        else:
            break
        pieces += read.pieces
        place = read.end
    return References(tuple(pieces), tuple(map(identified, items))), place


def narration(
    lines: Sequence[Line], place: int, cited: References
) -> tuple[References, Part, int] | None:
    """A NARR set apart from the references that it tells of, as below POC; and these with it."""
    if not (found := _NARRATION.match(lines[place].text)):
        return None
    read = _read(lines, place, found.end(), more=_MORE)
    said = read.value()
    told = list(cited.references)
    if _NAMED.match(said.text):
        told[-_TOLD:] = _told(told[-_TOLD:], read)
    part = MessageSet(read.pieces, found[1].upper(), (said,) if said.text else ())
    return replace(cited, references=tuple(map(identified, told))), part, read.end


def _is_cited(lines: Sequence[Line], place: int) -> bool:
    """Whether another of these sets begins at a place."""
    here = lines[place].text if place < len(lines) else ""
    return bool(_REFERENCE.match(here) or _NARRATION.match(here))


def _read(
    lines: Sequence[Line], place: int, start: int, more: re.Pattern[str] | None = None
) -> _Set:
    """The set whose fields begin at ``start`` of a line, over page lines that stand in it.

    ``more``: how a line begins that goes on behind the end mark.
    """
    pieces: list[Piece] = []
    runs: list[tuple[Line, int, int]] = []
    while True:
        line = lines[place]
        pieces += line.typed()
        runs.append((line, start, max(start, len(line.text.rstrip("/ ")))))
        place += 1
        if place >= len(lines):
            break
        following = lines[place]
        if _ends(line.text) and not (more and more.match(following.text)):
            break
        if (turned := formatted.page(lines, place)) and place + 1 < len(lines):
            if _starts_other(lines[place + 1]):
                break
            pieces.append(Joint((turned[0],), following.span))
            place += 1
        elif _stops(lines, place):
            break
        start = 1 if lines[place].text.startswith("/") else 0
    return _Set(tuple(pieces), tuple(runs), place)


def _stops(lines: Sequence[Line], place: int) -> bool:
    """Whether the line after one without an end mark belongs to something else."""
    line = lines[place]
    if _starts_other(line):
        return True
    if not line.gap:
        return False
    for following in lines[place : place + _AHEAD]:
        if _starts_other(following):
            return True
        if _ends(following.text):
            return False
    return True


def _starts_other(line: Line) -> bool:
    text = line.text
    return (
        shapes.SET.match(text) is not None
        or OPENING.match(text) is not None
        or shapes.NUMBER.match(text) is not None
        or (len(text) <= 40 and shapes.PROSIGN.fullmatch(text.rstrip("/ ")) is not None)
        or (line.gap and len(text) <= 80 and shapes.GENERAL.fullmatch(text) is not None)
        or _APART.match(text) is not None
    )


def _ends(text: str) -> bool:
    return text.endswith("//")


def _fields(read: _Set) -> tuple[Field, ...]:
    found: list[Field] = []
    for number, (line, start, stop) in enumerate(read.runs):
        wraps = number > 0 and start == 0 and not read.runs[number - 1][0].text.endswith("/")
        for chunk in _CHUNK.finditer(line.text, start, stop):
            if not chunk[0].strip():
                continue
            value = line.field(*chunk.span())
            if wraps and chunk.start() == start and found:
                above = found.pop()
                value = Field(f"{above.text} {value.text}", above.span.to(value.span))
            found.append(value)
    return tuple(found)


def _reference(label: str, value: Field) -> Reference:
    word = value.text.upper().removeprefix("MSGID:").partition("/")[0].strip()
    kind = _KINDS.get(word.partition(" ")[0], ReferenceKind.OTHER)
    return Reference(label, value.text, kind, None, False, value.span)


def _told(items: list[Reference], read: _Set) -> list[Reference]:
    """The references with what a NARR or AMPN set says of each: ``REF A IS ... REF B IS ...``.

    A set that names none amplifies the one reference before it.
    """
    text = "\n".join(line.text[start:stop] for line, start, stop in read.runs)
    text = text.replace("\u00a0", " ")
    labels = [item.label for item in items]
    named: list[tuple[int, re.Match[str]]] = []
    for found in _NAMED.finditer(text):
        label = found[1].upper()
        last = named[-1][0] if named else -1
        before = (
            text[: found.start()].rstrip(" ")
            if found.start() < 4
            else text[found.start() - 4 : found.start()].rstrip(" ")
        )
        begins = not before or before[-1] in "./;:,\n"
        tells = before.endswith("AND") and found[0][-2:].upper() in {"IS", "RE"}
        if (begins or tells) and label in labels[last + 1 :]:
            named.append((labels.index(label, last + 1), found))
    if not named:
        return [*items[:-1], replace(items[-1], note=_note(text))]
    told = list(items)
    ends = [found.start() for _, found in named[1:]] + [len(text)]
    for (place, found), end in zip(named, ends, strict=True):
        told[place] = replace(told[place], note=_note(text[found.end() : end]))
    return told


def _note(text: str) -> str | None:
    told = " ".join(text.split()).strip(" /,;").removesuffix(" AND").rstrip(" ,;")
    return told.removesuffix(".").rstrip() or None


def identified(item: Reference) -> Reference:
    """A message with its number, ``NAVADMIN 216/05``, where that is told."""
    found: re.Match[str] | None
    if item.kind is ReferenceKind.OTHER:
        # REF C IS ALMAR 003/24, whatever its set says
        found = _NUMBERED.match(item.note or "") or _TITLED.search(item.typed)
    elif item.kind is ReferenceKind.CABLE:
        found = (
            _NUMBERED.match(item.note or "")
            or _TITLED.search(item.typed)
            or _NUMBERED.search(item.note or "")
            or _NUMBERED.search(item.typed)
        )
    else:
        return item
    if found is None:
        return item
    number = general_id(found[1], f"{found[2]}/{found[3]}")
    return replace(item, kind=ReferenceKind.CABLE, canonical=number)
