"""The fields that State's archive prints above a cable and below it, wrapped at their column.

MRN:          94 DUSHANBE 259
Action:       WASHDC, SECSTATE ROUTINE; MOSCOW,
              AMEMBASSY ROUTINE
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from convert.model import regex as re
from convert.model.cable import ArchiveField, Field, Record, RecordKind
from convert.model.data import Data
from convert.model.marking import Marking
from convert.model.span import Span
from convert.model.text import folded
from convert.notation import banner
from convert.reader import shapes
from convert.reader.lines import Line

# Every label as it is typed, and where it was seen. Print: the archive print of 94 DUSHANBE 259,
# released in 2026. Native: prints of cables written in SMART (23 MEXICO 2544, released in 2026),
# their field names as FORMS (d) lists them. Unseen: in no print that was seen, read if it comes.
LABELS = {
    "MRN": "print", "Date/DTG": "print", "From": "print", "Action": "print", "E.O.": "print",
    "TAGS": "print", "Reference": "print", "Subject": "print", "Captions": "native",
    "Signature": "native", "Drafted By": "native", "Cleared By": "native",
    "Approved By": "native", "Released By": "native", "Info": "native", "XMT": "native",
    "Attachments": "native", "Dissemination Rule": "print", "Classification": "unseen",
}  # fmt: skip
BELOW = frozenset({
    "Signature", "Drafted By", "Cleared By", "Approved By", "Released By", "Info", "XMT",
    "Attachments", "Dissemination Rule",
})  # fmt: skip
TELLING = ("MRN", "Date/DTG")
NOTHING = frozenset({"n/a", "N/A", "None", "none", ""})
"""Values that say that there is none."""

_LABEL = re.compile(r"(?P<name>[A-Z][A-Za-z0-9./]{0,20}(?: [A-Z][a-z]{1,20})?) ?:(?= |$) *")
_SEEN = 60  # lines in which the fields begin
_SLACK = 2  # characters by which a column may be out
_LISTED = re.compile(r"[B-Z]\) ?\S.{0,80}$")  # one more reference, set apart by a blank line
_SHORT = 12  # characters of ``SBU//NOFORN``, and one


class PrintField(Data):
    """One field: its lines, where its value begins on the first, and the column of values."""

    name: str  # as in ``LABELS``; as typed where it is not there
    lines: tuple[Line, ...]
    start: int
    column: int | None

    @property
    def span(self) -> Span:
        """From the label to the end of the value."""
        return self.lines[0].span.to(self.lines[-1].span)

    @property
    def value(self) -> Value:
        """What stands behind the label, its lines joined."""
        return Value(self)

    def told(self) -> ArchiveField:
        """The field as a record keeps it."""
        whole = self.value.whole()
        has_value = whole is not None and whole.text not in NOTHING
        typed = self.lines[0].text[: self.start].rstrip(" :")
        return ArchiveField(typed, whole if has_value else None, self.span)


class Value:
    """The value of a field as one string; a place in it is a place in the source."""

    def __init__(self, field: PrintField) -> None:
        texts = [line.text[0 if n else field.start :] for n, line in enumerate(field.lines)]
        self.text = " ".join(filter(None, texts))
        self._lines = [line for line, text in zip(field.lines, texts, strict=True) if text]
        self._starts = [field.start if line is field.lines[0] else 0 for line in self._lines]
        lengths = (len(text) + 1 for text in texts if text)
        self._places = [0, *accumulate(lengths)][: len(self._lines)]

    def whole(self) -> Field | None:
        """The whole value; None where nothing stands."""
        return self.field(0, len(self.text))

    def field(self, start: int, end: int) -> Field | None:
        """``text[start:end]`` without blanks round it; None where nothing is left."""
        chunk = self.text[start:end]
        start += len(chunk) - len(chunk.lstrip())
        chunk = chunk.strip()
        if not chunk:
            return None
        return Field(folded(chunk), Span(self._at(start), self._at(start + len(chunk) - 1) + 1))

    def _at(self, place: int) -> int:
        number = bisect_right(self._places, place) - 1
        return self._lines[number].at(self._starts[number] + place - self._places[number])


def above(lines: Sequence[Line]) -> tuple[int, list[PrintField], int] | None:
    """Where the fields above the cable begin, the fields, and where they end; None if none do.

    Two of them tell a print; without them ``From:`` and ``Subject:`` head a letter.
    """
    place = 0
    while place < min(len(lines), _SEEN):
        label = _label(lines[place])
        if label is None or label[0] not in LABELS or label[0] in BELOW:
            place += 1
            continue
        fields, end = _fields(lines, place)
        if len(fields) > 1 and any(field.name in TELLING for field in fields):
            return place, fields, end
        place = end
    return None


def below(lines: Sequence[Line], start: int) -> tuple[int, list[PrintField], int] | None:
    """The fields below the cable, which nothing follows but a class or end marks."""
    place = start
    while place < len(lines):
        label = _label(lines[place])
        if label is None or label[0] not in BELOW:
            place += 1
            continue
        fields, end = _fields(lines, place)
        if all(_closes(line) for line in lines[end : end + 6]) and len(lines) - end <= 6:
            return place, fields, end
        place = end
    return None


def record(fields: Sequence[PrintField], kind: RecordKind) -> Record:
    """The fields as a part of their own."""
    pieces = shapes.pieces([line for field in fields for line in field.lines])
    return Record(pieces, kind, tuple(field.told() for field in fields))


def is_field(line: Line) -> bool:
    """Whether a line begins a field with a known name."""
    label = _label(line)
    return label is not None and label[0] in LABELS


def _label(line: Line) -> tuple[str, int] | None:
    """The name of a field and where its value begins; a figure 0 for the letter is let pass."""
    found = _LABEL.match(line.text) if len(line.text) <= shapes.LONGEST else None
    if found is None:
        return None
    name = found["name"]
    return (name if name in LABELS else name.replace("0", "O")), found.end()


def _fields(lines: Sequence[Line], place: int) -> tuple[list[PrintField], int]:
    """The fields that follow each other from a line on, and the place after them."""
    fields: list[PrintField] = []
    column: int | None = None
    indent = lines[place].indent
    while place < len(lines):
        label = _label(lines[place])
        if label is None or not _is_field(lines[place], label, indent, column):
            break
        start = label[1]
        if lines[place].text[start - 2 : start] == "  " and start < len(lines[place].text):
            column = lines[place].indent + start
        end = place + 1
        listed = label[0] == "Reference" and column is None
        while end < len(lines) and (
            _goes_on(lines, end, column) or (listed and _LISTED.match(lines[end].text))
        ):
            end += 1
        fields.append(PrintField(label[0], tuple(lines[place:end]), start, column))
        place = end
    return fields, place


def _is_field(line: Line, label: tuple[str, int], indent: int, column: int | None) -> bool:
    """A field with a known name, or in line with those above it."""
    if label[0] in LABELS:
        return True
    aligned = column is not None and abs(line.indent + label[1] - column) <= _SLACK
    return aligned and abs(line.indent - indent) <= _SLACK and label[1] < len(line.text)


def _goes_on(lines: Sequence[Line], place: int, column: int | None) -> bool:
    """Whether a line goes on with the value above it: at its column, or close below it."""
    line = lines[place]
    if len(line.text) > shapes.LONGEST or stated(line.text) is not None:
        return False
    if column is not None:
        out = line.indent - column
        return abs(out) <= _SLACK or (out > 0 and not line.gap)
    return not line.gap and _label(line) is None and not shapes.begins_part(lines, place)


def _closes(line: Line) -> bool:
    """A class alone, or an end mark."""
    return bool(stated(line.text) or captioned(line.text) or shapes.PROSIGN.fullmatch(line.text))


def stated(text: str) -> Marking | None:
    """The class that a print states above and below its fields, alone on a line."""
    read = banner.parse(text)
    return read.marking if read and read.is_bare else None


def captioned(text: str) -> tuple[str, ...]:
    """The captions of a line under that class; SBU says what SENSITIVE does (5 FAH-1 H-246.2)."""
    if text.startswith("SBU") and len(text) <= _SHORT:
        text = "SENSITIVE" + text[3:].replace("/", " ").replace("-", " ").replace("NF", "NOFORN")
    return banner.parse_captions(text) or ()
