"""Where the messages and sections of one text begin.

A transmission begins with format line 1, 2 or 3, an archive's record with ``Message Text``, a print
with its fields, a released document with the strip of another number. Copies lose those lines: then
a date-time group or FM tells, behind an end mark, or with a whole heading below it. A message that
is quoted has one too; it stands in its sentence, behind a colon or in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from convert.model import regex as re
from convert.model.cable import Banner, ReleaseMark
from convert.notation import banner as notation
from convert.reader import formatted, shapes, texthead
from convert.reader.heading import read_part
from convert.reader.lines import Line
from convert.reader.marks import starts_paragraph
from convert.reader.telegram import starts_text

# Lines that only the beginning of a transmission or record has.
_BEGINS = (
    shapes.CHANNEL,
    shapes.ROUTING,
    shapes.STATION,
    re.compile(r"Message Text|MRN: +\S.{0,60}"),
    re.compile(r"[ZOPRY][A-Z]{3}[A-Z]{4} R[A-Z]{3,6}\d{4} \d{7}-.{0,40}"),
    re.compile(r"This record is a partial extract of the original cable\b.*"),
)
_FIRSTS = frozenset("DMOPRTVYZ")  # with what they begin
_END = re.compile(r"NNN?N?|NNNN[A-Z]{4,12}|<< END OF DOCUMENT >>|#\d{1,8}(?:/\d{1,3})?|RTD:.{0,60}")
_FIRST_PAGE = re.compile(r"PAGE 01 ")
_RECORD = ("PAGE 01 ", "Message Text")
_ENDS = frozenset("#<MNR")  # with what such a line begins, or that of an archive's fields
_TITLED = re.compile(r"(?:S?UBJ(?:ECT)? ?[:/]|TAGS? ?:|MSGID ?/)", re.IGNORECASE)
_NAMES = re.compile(r"MSGID/(?![^/]{0,30}/-?/)")  # one without an originator repeats another
_ADDRESSED = re.compile(r"(?:TO|INFO)(?: |$)")
_QUOTES = re.compile(
    r"(?:[:\"\u201c(]|\b(?:QUOTE|QTE|FOLLOWS|FOLLOWING|READS?|BEGIN (?:TEXT|MESSAGE))\W{0,3})$"
    r"|\bFOLLOWING (?:IS|MESSAGE|MSG|TEXT|TELEGRAM|CABLE)\b",
    re.IGNORECASE,
)
_OPENS_QUOTE = re.compile(r"[\"\u201c](?:[ZOPR] {1,3}){0,2}\d{6}Z")
_UNQUOTES = re.compile(
    r"\bUN-?QUOTE\b|\bUNQTE\b|\bEND(?: OF)? (?:QUOTE|TEXT|MESSAGE)\b|[\"\u201d]\.?$", re.IGNORECASE
)
_DELIVERED = re.compile(r"(?:TO|INFO) +\S.*")
_NUMBERED = (  # one document has one of these numbers: of a release, of State's archive
    re.compile(r"Doc No[.,] ?([C0]\d{7,8})"),
    re.compile(r"CSP-\d{4}-\d{5} +(B-\d{8,12})"),
)
_GATEWAY_CLASS = re.compile(r"^CLASSIFICATION *:|[/*]$", re.IGNORECASE)
_EDITED = re.compile(shapes.EDITED + r"[A-Zat]")
_LABELLED = re.compile(r"(?:INCOMING|OUTGOING) +TELEGRAM|FROM ?:", re.IGNORECASE)
_HEADING = 60  # lines that a heading may take
_LEAD = 40  # lines above the first telling one that may belong to it
_TOP = 4  # lines above the strip of a sheet


def beginnings(source: str, lines: Sequence[Line]) -> list[int]:
    """The places of the lines with which messages and sections begin; the first is 0."""
    return _Finder(source, lines).found()


class _Finder:
    """The lines, and what has been seen of the message that is being gone through."""

    def __init__(self, source: str, lines: Sequence[Line]) -> None:
        self.source, self.lines = source, lines
        self.begins = [0]
        self.tops = _tops(lines)
        self._forget()
        self.begun = _labelled(lines, 0)  # where the text of a labelled heading begins

    def _forget(self) -> None:
        self.in_text = self.ended = self.titled = self.set = False
        self.framed = self.archived = self.quoting = False
        self.sent = False  # its date-time group was seen
        self.serial: str | None = None

    def found(self) -> list[int]:
        documents = set(_documents(self.lines))
        for place, line in enumerate(self.lines):
            if place in documents:
                self._begin(place)
            elif len(line.text) > shapes.LONGEST:
                self.in_text = True
            elif place > self.begins[-1] and self._is_beginning(place, line.text):
                self._begin(self._with_lead(place))
            self._see(place, line)
        return self.begins

    def _begin(self, place: int) -> None:
        if place > self.begins[-1]:
            self.begins.append(place)
        self._forget()
        self.begun = _labelled(self.lines, place)

    def _see(self, place: int, line: Line) -> None:
        text = line.text[: shapes.LONGEST]
        if text[:1] in _ENDS and (_END.fullmatch(text) or text == shapes.ATTRIBUTES):
            self.ended = True
        self.archived = self.archived or text.startswith(_RECORD)
        if self.quoting and _UNQUOTES.search(text):
            self.quoting = False
        if text.startswith(("MRN:", "From: ", "Sent: ")):
            self.framed = True  # a print or a mail round a message that has a heading of its own
        elif self.framed and _tells_sender(self.lines, place):
            self.framed = False
        is_set = text.startswith("MSGID")
        if (not self.titled or is_set) and not self.framed and _TITLED.match(text):
            self.titled = True
            self.set = self.set or is_set
        self.in_text = self.in_text or starts_text(line) or 0 < self.begun <= place
        self.sent = self.sent or _is_group(self.lines, place)
        if self.serial is None and (named := _class_line(self.lines, place)):
            self.serial = named.serial

    def _is_beginning(self, place: int, text: str) -> bool:
        if not (self.in_text or self.ended or self.titled):
            return False
        if (self.in_text or self.ended) and (
            _begins(text) or (_FIRST_PAGE.match(text) and shapes.COPY_PAGE.fullmatch(text))
        ):
            return True
        if self.quoting:
            return False
        if self.in_text and self.lines[place].gap and _is_headed(self.lines, place):
            return True
        if self.ended and _tells_sender(self.lines, place):
            return True
        is_whole = (
            (_tells_sender(self.lines, place) and self._is_next_heading(place))
            or (self.set and self.in_text and _NAMES.match(text))
            or self._is_other_class_line(place)
        )
        self.quoting = is_whole and _is_quoted(self.lines, place)
        return is_whole and not self.quoting

    def _is_next_heading(self, place: int) -> bool:
        """Whether a heading begins: not the addresses that a Navy message repeats below BT."""
        is_repeated = not self.in_text and shapes.FROM.fullmatch(self.lines[place].text)
        return not (is_repeated and self.sent) and _is_heading(self.lines, place)

    def _is_other_class_line(self, place: int) -> bool:
        """Whether a class line names another message, its text heading right below it."""
        named = _class_line(self.lines, place) if self.titled and self.serial else None
        if named is None or not named.serial:
            return False
        if int(named.serial) == int(self.serial or 0):
            return False
        below = self.lines[place + 1 : place + _HEADING]
        return self.lines[place].gap and any(_TITLED.match(one.text) for one in _heading(below))

    def _with_lead(self, place: int) -> int:
        """The first of the lines above that belong to a beginning."""
        lines = self.lines
        if lines[place].text.startswith("MRN"):
            return _with_sheet(lines, place, self.begins[-1])
        start = first = place
        floor = max(self.begins[-1] + 1, place - _LEAD)
        while place > floor and not _END.fullmatch(lines[place - 1].text[: shapes.LONGEST]):
            place -= 1
            kind = _kind(lines, place, first)
            if kind is None or (kind == "class" and not self._is_own_class(place, first)):
                break
            if kind == "release" and not self._is_own_release(place, first):
                break
            if kind != "more":
                start = place
            if kind in ("class", "release"):
                break
        return self._with_strip(start)

    def _with_strip(self, place: int) -> int:
        """``place``, or the strip above it that bears the number of no document before it."""
        first = self.begins[-1] + 1
        for above in range(place - 1, max(place - _TOP, first) - 1, -1):
            if number := _document(self.lines[above]):
                before = self.lines[first - 1 : above]
                return place if any(_document(line) == number for line in before) else above
            if self.lines[above].text.startswith("Date Printed: "):
                return above
            if not (_is_stamp(self.lines, above) or shapes.is_archive_line(self.lines[above].text)):
                break
        return place

    def _is_own_class(self, place: int, first: int) -> bool:
        """Whether a class line is the gateway's above a message, not the one below the last.

        Where both stand, the second; else the one that no blank line parts from what is below; else
        as it is above the first message. Above a page it is the running banner of that page.
        """
        here, below = self.lines[place], self.lines[place + 1]
        if _FIRST_PAGE.match(self.lines[first].text):
            return place == first - 1
        if _kind(self.lines, place - 1, first) == "class":
            return True
        if here.gap != below.gap:
            return here.gap
        ends = range(max(len(self.lines) - 2, 0), len(self.lines))
        is_below = any(
            self.lines[last].gap and _kind(self.lines, last, last) == "class" for last in ends
        )
        return self.tops["class"] > 0 or not is_below

    def _is_own_release(self, place: int, first: int) -> bool:
        """Whether a release line is the one at the head of a record's sheet, not at a foot."""
        if _begins_sheet(self.source, self.lines, place):
            return True
        is_head = self.tops["release"] > 0 or not self.archived
        return is_head and self.lines[first].text == "Message Text"


def _is_headed(lines: Sequence[Line], place: int) -> bool:
    """Whether the title of an edition's document stands at a line, or a labelled heading begins."""
    text = lines[place].text
    if _EDITED.match(text):
        return True
    return _LABELLED.match(text) is not None and _labelled(lines, place) > 0


def _labelled(lines: Sequence[Line], place: int) -> int:
    """The place after a heading labelled FROM:, TO:, NO: that begins at a line; 0: none does."""
    near = lines[place : place + _LEAD]
    if not any(_LABELLED.match(line.text[: shapes.LONGEST]) for line in near[:_HEADED]):
        return 0
    from convert.reader.forms import labelled

    known = labelled.Labelled().recognise(near)
    return place + labelled.heading_end(near) if known else 0


_HEADED = 15  # lines above FROM


def _begins(text: str) -> bool:
    """Whether a line is one that only the beginning of a transmission or record has."""
    return text[:1] in _FIRSTS and any(pattern.fullmatch(text) for pattern in _BEGINS)


def _tells_sender(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is a date-time group or FM."""
    return shapes.FROM.fullmatch(lines[place].text) is not None or _is_group(lines, place)


def _is_group(lines: Sequence[Line], place: int) -> bool:
    text = lines[place].text
    if not _DATED.match(text):
        return False
    return bool(shapes.GROUP.fullmatch(text)) or formatted.group(lines, place) is not None


_DATED = re.compile(r"[\dOPRZFID]", re.IGNORECASE)  # a precedence, DTG or the date itself


def _is_quoted(lines: Sequence[Line], place: int) -> bool:
    """Whether a heading goes on from a sentence, or stands in quotation marks."""
    above = place - 1
    for above in range(place - 1, max(place - _LEAD, -1), -1):
        if _OPENS_QUOTE.match(lines[above].text):
            return True
        if _kind(lines, above, place) != "heading":
            break
    return above >= 0 and _QUOTES.search(lines[above].text[-80:]) is not None


def _is_heading(lines: Sequence[Line], place: int) -> bool:
    """Whether a whole heading begins: FM, TO or INFO, and a subject, tags or class line."""
    named = addressed = False
    own = lines[place : place + _HEADING]
    is_apart = own[0].gap or _OPENS_QUOTE.match(lines[place - 1].text)
    if not is_apart and _kind(lines, place - 1, place) is None:
        return False
    for number, line in enumerate(_heading(own)):
        text = line.text
        named = named or shapes.FROM.fullmatch(text) is not None
        addressed = addressed or (named and _ADDRESSED.match(text) is not None)
        if not named and number > 3:
            return False
        if addressed and (_TITLED.match(text) or _class_line(own, number)):
            return True
    return False


def _heading(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines before the text begins."""
    for line in lines:
        if starts_paragraph(line) or len(line.text) > shapes.LONGEST or _END.fullmatch(line.text):
            return
        yield line


def _class_line(lines: Sequence[Line], place: int) -> Banner | None:
    """A class line that bears a serial."""
    text = lines[place].text
    if len(text) > 120 or not text[-1:].isdigit() or not notation.OPENS.match(text):
        return None
    found = texthead.banner(lines, place)
    return found[0] if found and isinstance(found[0], Banner) and found[0].serial else None


def _kind(lines: Sequence[Line], place: int, first: int) -> str | None:
    """What a line above the telling one may be: one of a heading; a class, a release; more."""
    line = lines[place]
    text = line.text
    if len(text) > shapes.LONGEST:
        return None
    if (
        formatted.gateway(lines, place)
        or formatted.precedence(lines, place)
        or formatted.passing(lines, place, addressed=False)
        or _is_group(lines, place)
        or _begins(text)
        or shapes.SECURITY.fullmatch(text)
    ):
        return "heading"
    if formatted.is_header(lines[first]):
        if _DELIVERED.fullmatch(text):
            return "heading"
        if line.indent:
            return "more"
    if lines[first].text.startswith("MSGID") and shapes.GENERAL.fullmatch(text):
        return "heading"
    if formatted.classification(lines, place) and (
        _GATEWAY_CLASS.search(text)
        or (place + 1 < len(lines) and formatted.precedence(lines, place + 1))
        or _FIRST_PAGE.match(lines[first].text)
    ):
        return "class"
    found = read_part(lines, place)
    return "release" if found and isinstance(found[0], ReleaseMark) else None


def _tops(lines: Sequence[Line]) -> dict[str, int]:
    """How many class and release lines stand above the first line that tells of a message."""
    tops = {"class": 0, "release": 0}
    for place, line in enumerate(lines[:_LEAD]):
        text = line.text[: shapes.LONGEST]
        if _begins(text) or shapes.FROM.fullmatch(text):
            return tops
        if _FIRST_PAGE.match(text) or _is_group(lines, place):
            return tops
        if (kind := _kind(lines, place, place)) in tops:
            tops[kind] += 1
    return dict.fromkeys(tops, 0)


def _begins_sheet(source: str, lines: Sequence[Line], place: int) -> bool:
    return "\f" in source[lines[place - 1].span.end : lines[place].span.start]


# --- prints and released copies -------------------------------------------------------------------


def _with_sheet(lines: Sequence[Line], place: int, first: int) -> int:
    """The head of the sheet on which the fields of a print begin; ``first``: the last beginning.

    The strip of a release that bears the number of what stands above is that document's own.
    """
    from convert.reader import printfields

    while place and not lines[place].sheet:
        if not (printfields.captioned(lines[place - 1].text) or _is_stamp(lines, place - 1)):
            break
        number = _document(lines[place - 1]) if "Doc No" in lines[place - 1].text else None
        if number and any(_document(line) == number for line in lines[first : place - 1]):
            break
        place -= 1
    return place


def _is_stamp(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is one of those that stand round a document: a class, a strip, a stamp."""
    from convert.reader import printfields, prints

    text = lines[place].text[: shapes.LONGEST]
    return bool(
        printfields.stated(text) or prints.is_current(text) or prints.release_at(lines, place)
    )


def _document(line: Line) -> str | None:
    """The number of the document that a strip bears; its C may be seen as a 0."""
    text = line.text
    if not ("Doc No" in text or "CSP-" in text) or len(text) > shapes.LONGEST:
        return None
    found = (pattern.search(text) for pattern in _NUMBERED)
    number = next((one[1] for one in found if one), None)
    return f"C{number[1:]}" if number and number[0] == "0" else number


def _documents(lines: Sequence[Line]) -> Iterator[int]:
    """Where the strips of a copy begin to bear the number of another document.

    The strip may stand at the head of each sheet, at its foot, or at both. Where form feeds are
    lost, what stands above the first strip and below the last tells which lines go with them.
    """
    strips = [(place, number) for place, line in enumerate(lines) if (number := _document(line))]
    if not strips:
        return
    above, below = strips[0][0], len(lines) - 1 - strips[-1][0]
    for (last, old), (place, new) in pairwise(strips):
        if old == new:
            continue
        sheets = [n for n in range(last + 1, place + 1) if lines[n].sheet]
        if sheets:
            yield sheets[-1]
        elif above <= _TOP:
            start, top = place, above
            while top and start > last + 1:
                alike = lines[start - 1].text == lines[top - 1].text
                if not (alike or _is_stamp(lines, start - 1)):
                    break
                start, top = start - 1, top - 1
            yield start
        elif below <= _TOP:
            yield min(last + 1 + below, place)
