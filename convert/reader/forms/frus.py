"""A telegram in a printed edition: TEI documents of the Office of the Historian (FRUS).

An edition has a heading, a source note, a dateline, the text, a signature and footnotes; it drops
routing, TAGS and portion marks. What it says of the classification it says in prose, in the source
note: that is told as the edition's word, and is no banner.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from convert.diagnostics import Report
from convert.errors import UnreadableError
from convert.model import regex as re
from convert.model.cable import (
    Addressee,
    AddresseeKind,
    Addressees,
    ArchiveField,
    DateTimeGroup,
    Field,
    Heading,
    Note,
    NoteKind,
    Omission,
    Origin,
    Paragraph,
    Part,
    Preformatted,
    Recognised,
    Record,
    RecordKind,
    References,
    Row,
    Signature,
    Subject,
    Table,
)
from convert.model.data import replace
from convert.model.walk import span_of, words
from convert.notation import posts
from convert.reader import shapes
from convert.reader.body import read_body
from convert.reader.forms.protocol import Told
from convert.reader.lines import Line, Marked
from convert.reader.marks import starts_paragraph
from convert.reader.references import listed, references
from convert.reader.texthead import subject

_BEGINS = ("<?xml", "<!DOCTYPE", "<TEI", "<div")
_SEEN = 60  # lines in which the outermost element begins
_ROOT = re.compile(r"<(?!\?|!)(?:\w+:)?([A-Za-z][\w.-]*)")
_HEADER = 5000  # lines in which a TEI header ends
_OURS = re.compile(
    r"(?:ident|xml:id)=[\"']cable-convert[\"']|Converted[a-z ]{0,40} by cable-convert\."
)  # what says that this tool wrote a file
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_TIME = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}}), (\d{{2}})(\d{{2}})Z")
HEAD = re.compile(
    r"(?:(\d{1,4})\. )?((?:Circular )?(?:Telegram|Airgram)(?: \S+)?) (?=From )", re.IGNORECASE
)
_NUMBER = re.compile(r"(\d{2,7})\.(?= |$)")
_NAME = re.compile(r"[A-Z][A-Za-z.'\u2019-]{1,20}(?: [A-Z][A-Za-z.'\u2019-]{0,20}){0,3}")
_SUBJECT = re.compile(r"Subj(?:ect)?: ", re.IGNORECASE)
_REFERENCES = re.compile(r"(?<= )Ref(?:erence|s|erences|tels?)?: ", re.IGNORECASE)
_CLASSES = re.compile(
    r"(?<=\. )((?:Top Secret|Secret|Confidential|Limited Official Use|Official Use Only"
    r"|Unclassified|Restricted|No classification marking)(?:; [^.;]{1,40})*)\."
)


class Frus:
    """A document of an edition."""

    name = "frus"
    title = "document of a printed edition (FRUS, TEI)"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By the outermost element of an XML document: ``TEI``, or ``div`` of type document."""
        begins = [line.text[:2000] for line in lines[:_SEEN]]
        if not begins or not begins[0].startswith(_BEGINS):
            return None
        text = " ".join(begins)
        root = _ROOT.search(text)
        if root is None or _is_ours(lines):
            return None
        tag = text[root.start() :].partition(">")[0]
        if root[1] == "TEI" or (root[1] == "div" and re.search(r"\stype=[\"']document", tag)):
            return Recognised(self.name, f"the element {root[1]}", lines[0].span)
        return None

    def lines(self, text: str, report: Report) -> tuple[list[Line], list[Omission]]:
        """The lines of the document and its notes, each with what it stood in."""
        from convert.reader.edition import edition  # brings a parser: only where it is needed

        lines, omissions = edition(text, report)
        if not lines:
            raise UnreadableError("the document holds no text", "There is nothing to convert.")
        return list(lines), omissions

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The edition's own words as records and notes, the telegram's as its parts."""
        marked = [line for line in lines if isinstance(line, Marked)]
        own = [line for line in marked if not line.note]
        parts: list[Part] = []
        place, numbered, begun = 0, False, False  # the telegram's number; its text
        while place < len(own):
            line, end = own[place], place + 1
            match line.block:
                case "head" if not begun:
                    parts += heading(line)
                case "source":
                    parts.append(source(line))
                case "dateline":
                    parts.append(dateline(line))
                case "number":
                    found = _NUMBER.fullmatch(line.text)
                    named = ("telegram number", 0, found.end(1)) if found else ("opener", 0, None)
                    parts.append(record(line, *named))
                    numbered = numbered or found is not None
                case "outside" if line.text.startswith("Source: "):
                    parts.append(source(line))
                case "outside":
                    parts.append(Note(line.typed(), NoteKind.EDITORIAL))
                case "subject" | "references":
                    end = _run(own, place, line.block)
                    parts.append(_listed(own[place:end]))
                case "title" | "head":
                    parts.append(Heading(line.typed(), line.field(0, len(line.text))))
                case "signed":
                    end = _run(own, place, "signed")
                    names = tuple(each.text for each in own[place:end])
                    parts.append(Signature(shapes.pieces(own[place:end]), names))
                case "cell":
                    while end < len(own) and _is_of_table(own[end], line):
                        end += 1
                    parts.append(_table(own[place:end]))
                case _:
                    more, rest = ([], line) if begun or numbered else opening(line)
                    numbered, begun = numbered or bool(more), begun or rest is not None
                    parts += more
                    if rest:
                        following = own[end] if end < len(own) else None
                        parts += _text(rest, line.block, following, report)
            place = end
        return Told(posted(_annotated(parts, [line for line in marked if line.note])))


def _is_ours(lines: Sequence[Line]) -> bool:
    """Whether the header says that this tool wrote the file: it is another form's then."""
    for line in lines[:_HEADER]:
        if _OURS.search(line.text[:2000]):
            return True
        if "</teiHeader>" in line.text:
            break
    return False


def _run(lines: Sequence[Marked], place: int, block: str) -> int:
    """The place after the lines from ``place`` on that stand in ``block``."""
    while place < len(lines) and lines[place].block == block:
        place += 1
    return place


def record(line: Line, name: str, start: int = 0, end: int | None = None) -> Record:
    """A line that the edition says of the telegram, as one field."""
    value = line.field(start, len(line.text) if end is None else end)
    told = ArchiveField(name, value, line.span)
    return Record(line.typed(), RecordKind.EDITION, (told,))


def heading(line: Line) -> Iterator[Part]:
    """``45. Telegram From the Embassy in Greece to the Department of State``.

    Sender and addressee are told apart only where one single "to" can part them.
    """
    found, apart = HEAD.match(line.text), line.text.split(" to ")
    if found is None or len(apart) != 2:
        yield record(line, "heading")
        return
    start, middle = found.end(), len(apart[0]) + 1
    kind, sender, addressed = line.cuts([start, middle])
    fields = [ArchiveField("kind", line.field(found.start(2), found.end(2)), kind.span)]
    if found[1]:
        fields.insert(0, ArchiveField("document", line.field(*found.span(1)), kind.span))
    yield Record(kind.typed(), RecordKind.EDITION, tuple(fields))
    yield Origin(sender.typed(), sender.field(len("From "), len(sender.text)))
    name = addressed.field(len("to "), len(addressed.text))
    to = Addressee(name.text, None, None, None, None, name.span)
    yield Addressees(addressed.typed(), AddresseeKind.TO, (to,))


def source(line: Line, sign: int = 0) -> Record:
    """The source note: where the edition has the document from, and its classification in words.

    ``sign``: so many characters are the number of the note.
    """
    start = sign + (len("Source: ") if line.text.startswith("Source: ", sign) else 0)
    fields = [ArchiveField("source", line.field(start, len(line.text)), line.span)]
    if found := _CLASSES.search(line.text):
        value = line.field(*found.span(1))
        fields.append(ArchiveField("classification as printed", value, value.span))
    return Record(line.typed(), RecordKind.EDITION, tuple(fields))


def dateline(line: Line) -> Part:
    """``Athens, August 19, 2002, 1425Z``; a date without a time in UTC is no date-time group."""
    found = _TIME.search(line.text)
    if found is None:
        return record(line, "dateline")
    month, day, year, hour, minute = found.groups()
    try:
        date = int(year), MONTHS.index(month) + 1, int(day)
        sent = datetime(*date, int(hour), int(minute), tzinfo=UTC)
    except ValueError:
        sent = None
    return DateTimeGroup(line.typed(), (), line.field(*found.span()), sent, ())


def posted(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts, the sender with its post: the place of the dateline, where the sender is there.

    ``the Embassy in Greece``, of a telegram from Athens; the Department's are from Washington.
    """
    own = tuple(parts)
    sender = next((part for part in own if isinstance(part, Origin)), None)
    dated = next((part for part in own if isinstance(part, DateTimeGroup)), None)
    if sender is None or dated is None:
        return own
    place = " ".join(words(dated.lines).split(",")[0].split())
    if sender.name.text == "the Department of State":
        named = posts.post("STATE") if place == "Washington" else None
    else:
        named = posts.post(place.upper()) if _AT_A_POST.match(sender.name.text) else None
    if named is None:
        return own
    told = replace(sender, post=named.word, country=named.country)
    return tuple(told if part is sender else part for part in own)


_AT_A_POST = re.compile(r"(?i:the )?(?:Embassy|Consulate|Legation|Mission|Interests Section)\b")


def opening(line: Line) -> tuple[list[Part], Line | None]:
    """``02867. Subject: ...``: number, subject and references, and the rest of the paragraph.

    Paragraphs begin at 1, so a number of two figures or more is the telegram's own.
    """
    found = _NUMBER.match(line.text)
    follows = line.text[found.end() + 1 :] if found else ""
    headed = bool(_SUBJECT.match(follows) or _REFERENCES.match(f" {follows}", 1))
    if found is None:
        return [], line
    number, *rest = line.cuts([found.end()])
    value = number.field(0, len(found[1]))
    told = ArchiveField("telegram number", value, number.span)
    record = Record(number.typed(), RecordKind.EDITION, (told,))
    if rest and headed:
        return [record, *_headings(rest[0])], None
    return [record], rest[0] if rest else None


def _headings(line: Line) -> Iterator[Part]:
    """``Subject: ... Ref: ...`` of one paragraph."""
    places = [found.start() for found in _REFERENCES.finditer(line.text)]
    for piece in line.cuts(places[:1]):
        read = (subject if _SUBJECT.match(piece.text) else references)([piece], 0)
        yield read[0] if read else Paragraph(None, None, piece.typed())


def _listed(lines: Sequence[Marked]) -> Part:
    """``<list type="subject">`` or of references: its head, then its items."""
    head, items = lines[0], lines[1:]
    if head.text.upper().rstrip(":") not in ("SUBJECT", "SUBJECTS", "REF", "REFS", "REFERENCES"):
        items = lines
    if lines[0].block == "references":
        return References(shapes.pieces(lines), listed(shapes.pieces(items)))
    values = [line.field(0, len(line.text)) for line in items]
    span = values[0].span.to(values[-1].span) if values else head.span
    title = Field("; ".join(value.text for value in values), span)
    return Subject(shapes.pieces(lines), title, None)


def _text(line: Line, block: str, following: Line | None, report: Report) -> Iterator[Part]:
    """A paragraph of the text; a heading or a signature where it can be nothing else."""
    if block == "item" and not starts_paragraph(line):
        yield Paragraph(None, None, line.typed(), level=1)
    elif _is_title(line.text) and following and starts_paragraph(following):
        yield Heading(line.typed(), line.field(0, len(line.text)))
    elif _NAME.fullmatch(line.text) and following is None:
        yield Signature(line.typed(), (line.text,))
    else:
        yield from read_body([line], 0, report)


def _is_title(text: str) -> bool:
    """Whether a paragraph before a numbered one is short and ends no sentence."""
    ends = text.endswith((".", ",", ";", ":"))
    return len(text) <= 120 and text[:1].isupper() and not ends and not _NUMBER.match(text)


def _is_of_table(line: Marked, first: Marked) -> bool:
    """Whether a line is a cell of the table of which another one is."""
    tables = [cell.table for each in (line, first) if (cell := each.cell)]
    return line.block == "cell" and len(set(tables)) < 2


def _table(lines: Sequence[Marked]) -> Part:
    """A table; as its lines, a line a row, where its cells are not in rows and columns."""
    rows: dict[int, list[Marked]] = {}
    for line in lines:
        rows.setdefault(line.cell.row if line.cell else 0, []).append(line)
    pieces = tuple(
        replace(piece, parted=" ") if number and not place else piece
        for row in rows.values()
        for number, cell in enumerate(row)
        for place, piece in enumerate(cell.typed())
    )
    places = [line.cell for line in lines if line.cell and not line.cell.wide and line.cell.row]
    columns = max((cell.column for cell in places), default=0)
    if len(places) < len(lines) or columns < 2 or len(rows) < 2:
        return Preformatted(pieces)
    labels = [all(line.cell.label for line in row if line.cell) for row in rows.values()]
    header = labels.index(False) if False in labels else 0
    return Table(pieces, tuple(_row(row, columns) for row in rows.values()), header)


def _row(lines: Sequence[Marked], columns: int) -> Row:
    cells: list[Field | None] = [None] * columns
    for line in lines:
        if line.cell:
            cells[line.cell.column - 1] = line.field(0, len(line.text))
    return Row(tuple(cells))


def _annotated(parts: Sequence[Part], lines: Sequence[Marked]) -> Iterator[Part]:
    """The parts with each footnote behind the part in which it stood."""
    notes: dict[int, list[Line]] = {}
    for line in lines:
        notes.setdefault(line.note, []).append(line)
    waiting = deque(sorted(notes.values(), key=lambda note: note[0].span))
    for number, part in enumerate(parts):
        yield part
        following = parts[number + 1] if number + 1 < len(parts) else None
        while waiting and (following is None or waiting[0][0].span < span_of(following)):
            yield _note(waiting.popleft())
    yield from map(_note, waiting)


def _note(lines: Sequence[Line]) -> Note:
    return Note(shapes.pieces(lines), NoteKind.EDITORIAL)
