"""Where the elements of a TEI text say otherwise than its lines: the elements are followed.

An editor makes a heading of a paragraph, or parts one in two. Such a block is read by what its
element is, its values by the same passes as any line of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import TypeVar

from convert.model import regex as re
from convert.model.cable import (
    Addressee,
    AddresseeKind,
    Addressees,
    ArchiveField,
    Authority,
    Banner,
    Captions,
    ChannelLine,
    DateTimeGroup,
    ExecutiveOrder,
    Field,
    Handling,
    HandlingKind,
    HeaderLine,
    Heading,
    Joint,
    Label,
    MessageSet,
    Note,
    NoteKind,
    Origin,
    PageLine,
    Paragraph,
    Part,
    Passing,
    Piece,
    Portion,
    Preformatted,
    Prosign,
    Record,
    RecordKind,
    References,
    ReleaseMark,
    RoutingLine,
    Row,
    SecurityLine,
    Signature,
    StationLine,
    Subject,
    Table,
    Tags,
    Typed,
    Unread,
)
from convert.model.data import replace
from convert.model.span import Span
from convert.model.text import folded
from convert.model.walk import span_of
from convert.notation import portion as notation
from convert.reader import texthead
from convert.reader.heading import read_part
from convert.reader.lines import Line, split
from convert.reader.marks import of_table, portion_at, title_mark
from convert.reader.tei.text import TEI, Block, said
from convert.tree import etree

_Kind = TypeVar("_Kind", bound=Enum)

_KINDS: dict[str, tuple[type, ...]] = {
    "channel": (ChannelLine,),
    "routing": (RoutingLine,),
    "header": (HeaderLine,),
    "set": (MessageSet,),
    "station": (StationLine,),
    "security": (SecurityLine,),
    "dateTimeGroup": (DateTimeGroup,),
    "from": (Origin,),
    "to": (Addressees,),
    "info": (Addressees,),
    "xmt": (Addressees,),
    "prosign": (Prosign,),
    "caption": (Captions,),
    "passing": (Passing,),
    "executiveOrder": (ExecutiveOrder,),
    "tags": (Tags,),
    "subject": (Subject,),
    "ref": (References,),
    "classifiedBy": (Authority,),
    "release": (ReleaseMark,),
    "handling": (Handling,),
    "record": (Record,),
    "unread": (Unread,),
    "classification": (Banner,),
    "sectionHeader": (PageLine,),
    "preformatted": (Preformatted, Table),
    "signature": (Signature,),
}
_ELEMENTS: dict[str, tuple[type, ...]] = {
    "p": (Paragraph,),
    "item": (Paragraph,),
    "head": (Heading,),
    "note": (Note,),
    "table": (Table,),
    "signed": (Signature,),
}


def overlaid(
    parts: Sequence[Part], blocks: Sequence[Block], text: str
) -> tuple[tuple[Part, ...], list[Span]]:
    """The parts as the elements have them, and where these were followed against the lines."""
    counted = [block for block in blocks if block.start >= 0]
    read = {_place(part, text): part for part in parts}
    headings = {start: end for (start, end), part in read.items() if isinstance(part, Heading)}
    followed: list[Span] = []
    found: list[Part] = []
    for first, last, block in _wanted(counted, headings):
        part = read.get((first, last))
        if part is None or not isinstance(part, _classes(block)) or _is_other_note(part, block):
            followed.append(Span(first, last))
            part = _read(block, first, last, text)
        found.append(part)
    return tuple(found), followed


def _wanted(
    blocks: Sequence[Block], headings: Mapping[int, int]
) -> Iterator[tuple[int, int, Block]]:
    """Each block with its place; a head with the lines about it that are its heading's."""
    place = 0
    waiting: list[Block] = []
    while place < len(blocks):
        end = headings.get(blocks[place].start, -1)
        behind = place
        while behind < len(blocks) and blocks[behind].end <= end:
            behind += 1
        run = blocks[place:behind]
        heads = [block for block in run if block.kind == "head"]
        if len(heads) == 1 and run[-1].end == end:
            yield from _merged(waiting)
            waiting = []
            yield run[0].start, end, heads[0]
            place = behind
        else:
            waiting.append(blocks[place])
            place += 1
    yield from _merged(waiting)


def _place(part: Part, text: str) -> tuple[int, int]:
    """Where a part stands, without the blanks of an indent."""
    span = span_of(part)
    typed = text[span.start : span.end]
    return span.start + len(typed) - len(typed.lstrip()), span.end


def _merged(blocks: Sequence[Block]) -> Iterator[tuple[int, int, Block]]:
    """Blocks with the drawn lines that stand beside a head as part of it."""
    found: list[tuple[int, int, Block]] = []
    rules: list[Block] = []
    for block in blocks:
        is_rule = block.kind == "fw" and block.type == "rule"
        start, _, last = found[-1] if found else (0, 0, None)
        if is_rule and not rules and last is not None and _is_under(block, last):
            found[-1] = (start, block.end, last)
            continue
        if is_rule:
            rules.append(block)
            continue
        begin = block.start
        if rules and block.kind == "head":
            begin = rules[0].start
        else:
            found += [(rule.start, rule.end, rule) for rule in rules]
        rules = []
        found.append((begin, block.end, block))
    yield from found
    yield from ((rule.start, rule.end, rule) for rule in rules)


def _is_under(rule: Block, head: Block) -> bool:
    return head.kind == "head" and rule.element.getparent() is head.element.getparent()


def _classes(block: Block) -> tuple[type, ...]:
    return _ELEMENTS.get(block.kind) or _KINDS.get(block.type) or (Unread,)


def _is_other_note(part: Part, block: Block) -> bool:
    """Whether a note is another's than its lines tell."""
    return isinstance(part, Note) and part.kind is not _of(NoteKind, block.type, NoteKind.EDITORIAL)


def _lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of a stretch, each with its place in the whole text."""
    return [
        replace(line, parts=tuple((low, at + start, size) for low, at, size in line.parts))
        for line in split(text[start:end])[0]
    ]


def _typed(lines: Sequence[Line]) -> tuple[Typed, ...]:
    return tuple(piece for line in lines for piece in line.typed())


def _read(block: Block, start: int, end: int, text: str) -> Part:
    """A part of the kind that the element is; Unread where its lines are not of that kind."""
    lines = _lines(text, start, end)
    pieces = _typed(lines)
    match block.kind:
        case "p" | "item":
            return _paragraph(block, text)
        case "head":
            return _heading(block, lines, pieces)
        case "note":
            return Note(pieces, _of(NoteKind, block.type, NoteKind.EDITORIAL))
        case "signed":
            return Signature(pieces, tuple(line.text for line in lines))
        case "table":
            return _table(block, lines, pieces, text)
    kinds = _classes(block)
    if Signature in kinds:
        return Signature(pieces, tuple(line.text for line in lines))
    if Preformatted in kinds:
        typed = (piece for line in lines for piece in line.as_typed_indented())
        return Preformatted(tuple(typed), of_table(lines))
    if Handling in kinds:
        kind = _of(HandlingKind, block.element.get("subtype"), HandlingKind.ARCHIVE)
        return Handling(pieces, kind)
    if Record in kinds:
        keeper = _of(RecordKind, block.element.get("subtype"), RecordKind.PRINT)
        return Record(pieces, keeper, tuple(_fields(block, text)))
    if ReleaseMark in kinds:
        return ReleaseMark(pieces, Field(" ".join(map(folded, _texts(lines))), Span(start, end)))
    found = read_part(lines, 0)
    if found and isinstance(found[0], kinds) and found[1] == len(lines):
        return found[0]
    if (stated := _stated(block, pieces, text)) is not None:
        return stated
    if Banner in kinds and len(lines) == 1:
        return texthead.unreadable(lines[0], 0)[0]
    return Unread(pieces)


def _stated(block: Block, pieces: tuple[Typed, ...], text: str) -> Part | None:
    """Sender, addressees or date by the elements that name them, whatever the line looks like."""
    named = {name: list(_values(block, name, text)) for name in ("orgName", "date")}
    match block.type:
        case "from" if named["orgName"]:
            return Origin(pieces, named["orgName"][0][0])
        case "to" | "info" | "xmt" if named["orgName"]:
            told = (
                Addressee(field.text, None, None, None, None, field.span)
                for field, element in named["orgName"]
                if element.get("type") != "office"
            )
            return Addressees(pieces, AddresseeKind(block.type.upper()), tuple(told))
        case "dateTimeGroup" if named["date"]:
            typed, element = named["date"][0]
            return DateTimeGroup(pieces, (), typed, _instant(element.get("when")), ())
    return None


def _values(block: Block, name: str, text: str) -> Iterator[tuple[Field, etree._Element]]:
    """The elements of a name inside a block, and where they stand."""
    place = block.start
    for owned in block.element.iter(f"{TEI}{name}"):
        typed = said(owned).strip()
        at = text.find(typed, place, block.end) if typed else -1
        if at >= 0:
            place = at + len(typed)
            yield Field(folded(typed), Span(at, place)), owned


def _instant(when: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(when).astimezone(UTC) if when else None
    except ValueError:
        return None


def _fields(block: Block, text: str) -> Iterator[ArchiveField]:
    """What an archive says, by the ``seg`` that holds each value."""
    place = block.start
    for owned in block.element.iter(f"{TEI}seg"):
        typed = said(owned).strip()
        at = text.find(typed, place, block.end) if typed else -1
        if owned.get("type") == "field" and at >= 0:
            place = at
            span = Span(at, at + len(typed))
            yield ArchiveField(owned.get("n") or "", Field(folded(typed), span), span)


def _texts(lines: Sequence[Line]) -> Iterator[str]:
    return (line.text for line in lines)


def _of(kinds: type[_Kind], value: str | None, otherwise: _Kind) -> _Kind:
    return next((kind for kind in kinds if kind.value == value), otherwise)


def _paragraph(block: Block, text: str) -> Paragraph:
    """Its label and mark are its ``label`` elements, or stand where they stand in every cable."""
    place = block.start
    label: Label | None = None
    portion: Portion | None = None
    for owned in block.element.iterchildren(f"{TEI}label"):
        found = _found(said(owned), text, place, block.end)
        if found is None:
            continue
        typed, place, span = found[0], found.end(), Span(*found.span())
        if owned.get("type") == "portionMark":
            read = notation.parse(typed)
            portion = Portion(
                read.marking if read else None, typed, span, read.supplied if read else ()
            )
        else:
            digits = _DIGITS.match(typed) if owned.get("type") == "paragraphNumber" else None
            number = int(digits[0]) if digits else None
            label = Label(typed, number, span)
    level = (block.element.get("rend") or "").removeprefix("level")
    if portion is None and (lines := _lines(text, place, block.end)):
        portion = portion_at(lines[0], 0, numbered=bool(label and label.number is not None))
        place = portion.span.end if portion else place
    content = tuple(_content(block, place, text))
    return Paragraph(label, portion, content, int(level) if level.isdigit() else 0)


_DIGITS = re.compile(r"[0-9]{1,4}")


def _found(typed: str, text: str, place: int, end: int) -> re.Match[str] | None:
    """Where a label or mark stands in the text, whatever its line ends and blanks became."""
    words = r"\s+".join(map(re.escape, typed.split()))
    return re.compile_now(words).search(text, place, end) if words else None


def _content(block: Block, place: int, text: str) -> Iterator[Piece]:
    """The lines, with what interrupts them as joints."""
    waiting: list[Part] = []
    for inner in block.inner:
        if inner.start < place:
            continue
        if inner.start >= 0:
            lines = _lines(text, place, inner.start)
            if lines and waiting:
                yield _joint(waiting)
                waiting = []
            yield from _typed(lines)
            waiting.append(_read(inner, inner.start, inner.end, text))
            place = inner.end
    if waiting:
        yield _joint(waiting)
    yield from _typed(_lines(text, place, block.end))


def _joint(parts: list[Part]) -> Joint:
    return Joint(tuple(parts), span_of(parts[0]).to(span_of(parts[-1])))


def _heading(block: Block, lines: Sequence[Line], pieces: tuple[Typed, ...]) -> Heading:
    words = [line for line in lines if any(map(str.isalnum, line.text))] or list(lines)
    title = " ".join(folded(line.text) for line in words)
    span = words[0].span.to(words[-1].span)
    return Heading(pieces, Field(title, span), title_mark(words))


def _table(
    block: Block, lines: Sequence[Line], pieces: tuple[Typed, ...], text: str
) -> Table | Preformatted:
    rows: list[Row] = []
    header = 0
    for row in block.inner:
        if row.kind != "row":
            continue
        cells = [
            Field(folded(text[cell.start : cell.end]), Span(cell.start, cell.end))
            if cell.start >= 0
            else None
            for cell in row.inner
            if cell.kind == "cell"
        ]
        rows.append(Row(tuple(cells)))
        header += row.element.get("role") == "label"
    width = max((len(row.cells) for row in rows), default=0)
    if not width:
        return Preformatted(pieces)
    full = tuple(Row((*row.cells, *[None] * (width - len(row.cells)))) for row in rows)
    return Table(tuple(p for line in lines for p in line.as_typed_indented()), full, header)
