"""The blocks and lines of a Word file in the house styles, put back in their places.

The lines of the transmission stand at the end of such a file; bookmarks say between which blocks of
the text they stood. They are put back there, so that the text read is that of a telegram again.
What a paragraph is tells its style; number and mark are what stands in runs of their styles, and
where somebody typed over them, what the paragraph begins with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from convert.model import cable as model
from convert.model import regex as re
from convert.model.cable import (
    Field,
    Handling,
    HandlingKind,
    Heading,
    Joint,
    Label,
    Note,
    NoteKind,
    Part,
    Piece,
    Portion,
    Preformatted,
    Recognised,
    Record,
    RecordKind,
    Row,
    Signature,
    Typed,
    Unread,
)
from convert.model.data import Data, field
from convert.model.facts import Fact
from convert.model.span import Span
from convert.model.text import folded
from convert.model.walk import span_of
from convert.notation import portion as notation
from convert.reader import shapes
from convert.reader.forms.docx.story import Paragraph, Table
from convert.reader.heading import read_part
from convert.reader.lines import Line
from convert.reader.marks import of_table, portion_at, title_mark
from convert.reader.telegram import read_heading

ROWS = {
    "cableheader", "classificationline", "cablecaption", "reference", "classificationauthority",
}  # fmt: skip
_HEADINGS = {"sectionheading", *(f"heading{level}" for level in range(1, 7))}
LINES = {"transmissionline", "transmissionlinecontinued", "transmissionpagemark"}
_SHOWN = {"telegramline", "declassificationstamp", "appendixheading", "banner"}

_BLOCK = re.compile(r"cable_p(\d{4,9})")
_AFTER = re.compile(r"cable_after_(\d{4,9})")
_INSIDE = re.compile(r"cable_in_(\d{4,9})_(\d{1,9})")
_COLUMN = re.compile(r": {2,}")  # values in a column that their next lines lost
_WHOSE = re.compile(r"cable_(record|handling)_([a-z]{1,20})_\d{4,9}")
_OPERATOR = re.compile(r"NOTE BY OC|NOTE: |NOTE BY ")
_JOINT = "pagejoint"


class Carried(Data):
    """What the file's own record says of a block; of its words a hash."""

    kind: str
    label: str
    mark: str
    words: str


class Block(Data, frozen=False):
    """A block of the text as read: its number in the file's record, None for a new one."""

    number: int | None
    part: Part


class Own(Data, frozen=False):
    """What a file in the house styles holds."""

    text: str
    parts: tuple[Part, ...]
    blocks: list[Block]
    heading: tuple[Fact, ...]  # as it stands above the text
    above: tuple[str, ...] = ()  # lines that its pages show, and its transmission no longer has
    inside: tuple[Recognised, ...] = ()  # the form that the text itself has


class _Lines(Data, frozen=False):
    """Lines of the transmission that stood in one place."""

    # Text, whether it begins a part, and where an archive put it there, as what.
    lines: list[tuple[str, bool, str]] = field(default_factory=list)


class Reader:
    """Reads one file's blocks. ``above``: lines that the pages show and the text lacks."""

    def __init__(
        self,
        blocks: Sequence[Paragraph | Table],
        record: dict[int, Carried],
        frame: dict[int, Part],
        above: Sequence[str],
        *,
        whole: bool = True,
    ) -> None:
        self._record = record
        self._frame = frame
        self._whole = whole  # whether a place's lines are the frame's parts all or none
        self._text: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._after: dict[int, _Lines] = {}
        self._inside: dict[int, dict[int, _Lines]] = {}
        self._waiting: list[int] = []  # numbers of blocks behind which lines stood, last first
        self._shown: list[Paragraph | Table] = []
        self._heading: list[Fact] = []
        self._after[0] = _Lines([(line, True, "") for line in above])
        self._sort(blocks)

    def _sort(self, blocks: Sequence[Paragraph | Table]) -> None:
        """The transmission by its places, the heading as facts, the rest as the text."""
        place = self._after.setdefault(0, _Lines())
        for block in blocks:
            if isinstance(block, Table) or block.style not in (LINES | ROWS | _SHOWN | {"subject"}):
                if isinstance(block, Table) or block.text.strip():
                    self._shown.append(block)
            elif block.style in LINES:
                place = self._place(block.anchors) or place
                begins = block.style != "transmissionlinecontinued"
                whose = next((m[0] for m in map(_WHOSE.fullmatch, block.anchors) if m), "")
                place.lines.append((_COLUMN.sub(": ", _line(block.text)), begins, whose))
            elif block.style == "subject":
                marks = "".join(text for style, text in block.runs if style == "portionmark")
                words = "".join(text for style, text in block.runs if style != "portionmark")
                self._heading.append(Fact("Subject", folded(words)))
                if marks:
                    self._heading.append(Fact("Subject marking", folded(marks)))
            elif block.style in ROWS:
                self._heading += _facts(block)

    def _place(self, anchors: Sequence[str]) -> _Lines | None:
        for name in anchors:
            if found := _AFTER.fullmatch(name):
                return self._after.setdefault(int(found[1]), _Lines())
            if found := _INSIDE.fullmatch(name):
                inside = self._inside.setdefault(int(found[1]), {})
                return inside.setdefault(int(found[2]), _Lines())
        return None

    def own(self) -> Own:
        """All of it, the lines back in their places."""
        numbers = [_number(block) for block in self._shown]
        following = _following(numbers)
        self._waiting = sorted({*self._after, *self._inside}, reverse=True)
        blocks: list[Block] = []
        self._put_before(following[0])
        for block, number, after in zip(self._shown, numbers, following[1:], strict=True):
            inside = self._inside.pop(number, {}) if number is not None else {}
            blocks.append(Block(number, self._block(block, number, inside)))
            if number is not None:
                self._inside[number] = inside  # what found no place in the block
                self._put_before(after)
        self._put_before(_NONE + 1)
        text = "".join(self._text)
        return Own(text, tuple(self._parts), blocks, tuple(self._heading))

    # --- the text that is read --------------------------------------------------------------------

    def _add(self, line: str, *, gap: bool = True) -> Line:
        """A line more of the text, as a line that can be read."""
        before = "\n" if gap and self._text else ""
        start = self._length + len(before)
        self._text.append(f"{before}{line}\n")
        self._length = start + len(line) + 1
        bare = line.strip()
        indent = len(line) - len(line.lstrip())
        lead = "" if gap else f"\n{line[:indent]}"
        return Line(bare, ((0, start + indent, len(bare)),), gap, indent, lead=lead)

    def _put_before(self, following: int) -> None:
        """The transmission that stood before block ``following`` and is not put yet."""
        while self._waiting and self._waiting[-1] < following:
            number = self._waiting.pop()
            places = [*self._inside.pop(number, {}).values(), self._after.pop(number, _Lines())]
            for place in places:
                self._parts += self._transmission(place)

    def _transmission(self, place: _Lines) -> tuple[Part, ...]:
        is_heading = not any(isinstance(p, model.Paragraph | Heading) for p in self._parts)
        return self._read(place, is_heading=is_heading)[0]

    def _read(self, place: _Lines, *, is_heading: bool) -> tuple[tuple[Part, ...], list[Line]]:
        """The parts of lines of the transmission, and the lines."""
        given = [one for one in place.lines if one[0].strip()]
        lines = [self._add(text, gap=begins) for text, begins, _ in given]
        ends = {line.span.end: number for number, line in enumerate(lines, 1)}
        parts: list[Part] = []
        at = 0
        while at < len(given):
            framed, end = self._framed(lines, at, ends, given[at][2])
            if framed is not None:
                parts.append(framed)
                at = end
                continue
            if self._whole:
                at, end, parts = 0, len(given), []
            else:
                end = at + 1
                while end < len(given) and not self._framed(lines, end, ends, given[end][2])[0]:
                    end += 1
            before = [*self._parts, *parts] if is_heading else None
            parts += _unframed(given[at:end], lines[at:end], before)
            at = end
        return tuple(parts), lines

    def _framed(
        self, lines: Sequence[Line], at: int, ends: dict[int, int], whose: str
    ) -> tuple[Part | None, int]:
        """The part of a frame that begins with a line, and the place after it; or none.

        Lines that an archive put there (``whose``) are none of another kind.
        """
        part = self._frame.get(lines[at].span.start)
        end = ends.get(span_of(part).end, 0) if part is not None else 0
        if end <= at or (whose and not isinstance(part, Record | Handling)):
            return None, at
        return part, end

    # --- blocks -----------------------------------------------------------------------------------

    def _block(
        self, block: Paragraph | Table, number: int | None, inside: dict[int, _Lines]
    ) -> Part:
        """A block of the text, put behind the parts so far."""
        leads = isinstance(block, Paragraph) and any(_parted(block)[:2])
        if isinstance(block, Table):
            part: Part = self._table(block)
        elif block.style in _HEADINGS and not leads:
            part = self._section(block, inside)
        elif block.style == "preformattedtext":
            lines = self._lined(block)
            part = Preformatted(_indented(lines), of_table(lines))
        elif block.style == "cablesignature":
            typed = _indented(self._lined(block))
            part = Signature(typed, tuple(line.text for line in typed))
        elif block.style == "cablenote":
            part = self._note(block)
        else:
            part = self._paragraph(block, number, inside)
        self._parts.append(part)
        return part

    def _paragraph(
        self, block: Paragraph, number: int | None, inside: dict[int, _Lines]
    ) -> model.Paragraph:
        label, mark, pieces = _parted(block)
        carried = self._record.get(number) if number is not None else None
        known = (
            carried is not None
            and carried.kind == "paragraph"
            and carried.words == digest(" ".join(pieces))
        )
        line = self._add(" ".join(filter(None, (label, mark, pieces[0]))))
        if not label and not known and (found := shapes.NUMBER.match(line.text)):
            label = found[0]
        numbered = shapes.NUMBERED.fullmatch(label)
        at = len(label)
        portion = self._portion(line, label, mark, known=known, numbered=bool(numbered))
        if portion is not None:
            at = line.text.index(portion.typed, at) + len(portion.typed)
        content: list[Piece] = list(line.typed(at)) if at < len(line.text) else []
        for nth, piece in enumerate(pieces[1:], 1):
            if place := inside.pop(nth, None):
                parts, lines = self._read(place, is_heading=False)
                if lines:
                    content.append(Joint(parts, lines[0].span.to(lines[-1].span)))
            if piece:
                content += self._add(piece, gap=len(content) > 0).typed()
        own = None
        if label:
            value = int(numbered[1]) if numbered else None
            own = Label(label, value, Span(line.at(0), line.at(0) + len(label)))
        level = int(block.style[-1]) if block.style.startswith("cableitem") else 0
        return model.Paragraph(own, portion, tuple(content), level)

    def _portion(
        self, line: Line, label: str, mark: str, *, known: bool, numbered: bool
    ) -> Portion | None:
        """The mark in its own run; else what the words begin with, unless they never were one."""
        if mark:
            start = line.at(line.text.index(mark, len(label)))
            read = notation.parse(mark)
            span = Span(start, start + len(mark))
            if read is None:
                return Portion(None, mark, span)
            return Portion(read.marking, mark, span, read.supplied)
        return None if known else _mark_at(line, len(label), numbered=numbered)

    def _section(self, block: Paragraph, inside: dict[int, _Lines]) -> Heading:
        found = [text for place in inside.values() for text, *_ in place.lines if text.strip()]
        rules = [] if any(any(map(str.isalnum, text)) for text in found) else found
        if rules:  # else something else stood among them: all of it goes behind the heading
            inside.clear()
        pieces: list[Piece] = [p for rule in rules[:1] for p in self._add(rule).typed()]
        line = self._add(_line(block.text).strip(), gap=not pieces)
        pieces += line.typed()
        pieces += [p for rule in rules[1:] for p in self._add(rule, gap=False).typed()]
        return Heading(tuple(pieces), line.field(0, len(line.text)), _title_mark(line))

    def _lined(self, block: Paragraph) -> list[Line]:
        """Lines with their columns, as they stand."""
        found: list[Line] = []
        for text in block.text.split("\n"):
            if text.strip():
                found.append(self._add(text.rstrip(), gap=not found))
        return found

    def _note(self, block: Paragraph) -> Note:
        line = self._add(_line(block.text).strip())
        found = read_part([line], 0)
        if found and isinstance(found[0], Note):
            return found[0]
        is_operator = _OPERATOR.match(line.text) is not None
        return Note(line.typed(), NoteKind.OPERATOR if is_operator else NoteKind.AFTER)

    def _table(self, block: Table) -> model.Table:
        """A line for each row, its cells three blanks apart."""
        lines: list[Typed] = []
        rows: list[Row] = []
        for cells in block.rows:
            shown = [folded(cell) for cell in cells]
            line = self._add("   ".join(filter(None, shown)) or " ", gap=not lines)
            lines += line.typed()
            at, fields = 0, list[Field | None]()
            for cell in shown:
                fields.append(line.field(at, at + len(cell)) if cell else None)
                at += len(cell) + 3 if cell else 0
            rows.append(Row(tuple(fields)))
        return model.Table(tuple(lines), tuple(rows), block.header)


def _title_mark(line: Line) -> Portion | None:
    return None if line.text.startswith("[U+") else title_mark((line,))


def _indented(lines: Sequence[Line]) -> tuple[Typed, ...]:
    return tuple(piece for line in lines for piece in line.as_typed_indented())


def _mark_at(line: Line, at: int, *, numbered: bool = False) -> Portion | None:
    """A mark at a place of a line; what stands for a character that no page can show is none."""
    if line.text[at:].lstrip().startswith("[U+"):
        return None
    return portion_at(line, at, numbered=numbered)


def _unframed(
    given: Sequence[tuple[str, bool, str]], lines: Sequence[Line], before: Sequence[Part] | None
) -> Iterator[Part]:
    """The parts of lines that have no frame; ``before``: the parts above them, in a heading."""
    at = 0
    read: list[Part] = []
    while at < len(given):
        whose, end = given[at][2], at + 1
        while end < len(given) and (not given[end][1] if whose else not given[end][2]):
            end += 1
        if whose:
            read.append(_archived(whose, lines[at:end]))
        elif before is not None:
            read += read_heading(lines[at:end], [*before, *read])
        else:
            read += _furniture(lines[at:end])
        at = end
    yield from read


def _archived(whose: str, lines: Sequence[Line]) -> Part:
    """Lines of an archive whose form the file does not have: kept as what they are, unread."""
    pieces = tuple(piece for line in lines for piece in line.typed())
    _, kind, of, _ = whose.split("_")
    if kind == "record" and of in {each.value for each in RecordKind}:
        return Record(pieces, RecordKind(of), ())
    known = of in {each.value for each in HandlingKind}
    return Handling(pieces, HandlingKind(of) if known else HandlingKind.ARCHIVE)


def _furniture(lines: Sequence[Line]) -> Iterator[Part]:
    """Lines that stand between or inside the blocks of the text, as parts."""
    place = 0
    while place < len(lines):
        part, place = read_part(lines, place) or (Unread(lines[place].typed()), place + 1)
        yield part


def _parted(block: Paragraph) -> tuple[str, str, list[str]]:
    """Label and mark in runs of their own before the first word, and the words between joints."""
    label, mark, pieces = "", "", [""]
    for style, text in block.runs:
        leads = not any(map(str.strip, pieces))
        if style == "paragraphnumber" and leads and not mark:
            label += text
        elif style == "portionmark" and leads:
            mark += text
        elif style == _JOINT:
            pieces.append("")
        else:
            pieces[-1] += text
    number = block.number if not label else ""
    return folded(label or number), folded(mark), [folded(piece) for piece in pieces]


def _number(block: Paragraph | Table) -> int | None:
    found = (_BLOCK.fullmatch(name) for name in block.anchors)
    return next((int(match[1]) for match in found if match), None)


def _following(numbers: Sequence[int | None]) -> list[int]:
    """For each place, and the end, the first number from there on; beyond all where none is."""
    found = [_NONE]
    for number in reversed(numbers):
        found.append(found[-1] if number is None else number)
    return found[::-1]


_NONE = 10**9


def _facts(block: Paragraph) -> Iterator[Fact]:
    name = folded("".join(text for style, text in block.runs if style == "fieldlabel"))
    words = "".join(text for style, text in block.runs if style != "fieldlabel")
    for value in words.split("\n"):
        yield Fact(name, folded(value))


def _line(text: str) -> str:
    """A paragraph on one line."""
    return text.replace("\n", " ").rstrip()


def digest(words: str) -> str:
    """The hash of a block's words that the file keeps instead of them."""
    return sha256(" ".join(words.split()).encode()).hexdigest()[:16]
