"""Recogniser: the REF lines, each reference by itself: its label, kind, post, serial and year.

References are typed as post and serial, the year before them where it is not the citing cable's own
(5 FAH-1 H-620; 5 FAH-2 H-320): ``REF: A. 05 LA PAZ 2974 B. STATE 1234``. Everything else that posts
type in their place is read by the shape of its parts, from left to right, each character once.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import (
    Banner,
    Joint,
    PageLine,
    Part,
    Piece,
    Reference,
    ReferenceKind,
    References,
    Typed,
)
from convert.model.data import Data, replace
from convert.model.facts import cable_id
from convert.model.span import Span
from convert.notation import labels, posts
from convert.notation import references as notation
from convert.notation.tokens import upper
from convert.reader import archive, onward, shapes, texthead, transmission
from convert.reader.lines import Line
from convert.reader.unspaced import text_below

_START = re.compile(
    r"(?:(?:PROGRAM )?REF(?:ERENCES?)?(?:\(S\)|S|TELS?)?|RETELS?) {0,3}[:;] *"
    r"|REF(?:S|TELS?)? (?=[\[(]?[A-Z][)\].:](?: |[A-Z(\d]))|(?=A[.)] REF:? [A-Z])"
    rf"|(?-i:REF(?:[Ss]|TELS?)? (?={shapes.CITED}))",
    re.IGNORECASE,
)
_BRACKETS = "()[]"
_CONTINUES = re.compile(r"[\s\-\u00b6]*(?:[(\[]([A-Z])[)\]]|([A-Z])[.):])(?=[\s(A-Z\d])")
_NUMBERED = re.compile(r"(\d)\. {1,3}(?=[A-Z])")
_DATED = re.compile(r"\b(?:MSG|MESSAGE|TEL|DTG|DTD|DATED):?$")  # a date-time group is to come
_OPEN = re.compile(  # a label, a comma, or a year: two figures that are no post's serial
    r"(?:^|[\s,;])(?:[(\[]?[A-Z][)\].]|AND|&|,)$|(?:^|[,;:)\].]|\bAND|&)\s*\d\d$"
)


def references(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``REF: A. BAGHDAD 4186``, each on a line or all on one; over blank and page lines."""
    return behind_label(lines, place) if _START.match(lines[place].text[:40]) else None


def without_label(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``A. STATE 12`` below the subject, and ``B.`` below it, with no REF before them.

    Only messages by post and number or by their date-time groups, and paragraph 1 behind them.
    """
    if not _UNLABELLED.match(lines[place].text[: shapes.LONGEST]):
        return None
    end = place
    while end < len(lines) and _UNLABELLED.match(lines[end].text[: shapes.LONGEST]):
        end += 1
    if end == len(lines) or not _OPENS_TEXT.match(lines[end].text):
        return None
    pieces = shapes.pieces(lines[place:end])
    found = _references(pieces, None, None)
    letters = [each.label for each in found]
    is_list = letters == [chr(ord("A") + number) for number in range(len(found))]
    if not is_list or any(each.kind is not ReferenceKind.CABLE for each in found):
        return None
    return References(pieces, found), end


_UNLABELLED = re.compile(
    r"\(?[A-Z][.)] (?:[A-Z][A-Z.']{1,12} ){1,4}(?:\d{2,6}(?: \([A-Z]+\))?|\d{6}Z? [A-Z]{3} \d\d)$"
)
_OPENS_TEXT = re.compile(r"1\. ?[A-Z(\"]")


def behind_label(lines: Sequence[Line], place: int) -> tuple[Part, int]:
    """``references`` of a line whose label is certain, however it is typed."""
    pieces, end = _lines(lines, place)
    return References(pieces, _references(pieces, None, None)), end


def dated(part: References, year: int | None, own: str | None) -> References:
    """The references with their canonical ids; ``year`` and ``own`` post are the citing cable's.

    They stand in for a year or post that the reference itself does not name.
    """
    if not isinstance(part.lines[0], Typed) or _label_end(part.lines[0].text) is None:
        return part
    return replace(part, references=_references(part.lines, year, own))


def items(text: str, year: int | None = None, own: str | None = None) -> tuple[Reference, ...]:
    """The references of a text that is their list alone; spans are places in it."""
    return _references((Typed(text, Span(0, len(text))),), year, own)


def listed(pieces: Sequence[Piece]) -> tuple[Reference, ...]:
    """The references of lines that are their list alone; no year or post stands in."""
    return _references(pieces, None, None)


# --- the lines of the list ------------------------------------------------------------------------


def _lines(lines: Sequence[Line], place: int) -> tuple[tuple[Piece, ...], int]:
    """The lines that belong to the list, with the page lines inside it, and the place after."""
    end = shapes.wrapped(lines, place)
    below = range(place + 1, end)
    if prose := next((at for at in below if _is_text(lines, at) or _is_for(lines, at)), None):
        return shapes.pieces(lines[place:prose]), prose
    first = text_below(lines, place, end)
    if first < end and not _is_listed(lines[first].text):
        return shapes.pieces(lines[place:first]), first
    pieces: list[Piece] = [*shapes.pieces(lines[place:end])]
    last = _last_label(lines[place:end], "")
    while end < len(lines) and end < place + 250:
        joint, after = _page(lines, end)
        if after >= len(lines) or not _goes_on(lines, end, after, last):
            break
        if joint is not None:
            pieces.append(joint)
        stop = shapes.wrapped(lines, after)
        pieces += shapes.pieces(lines[after:stop])
        last = _last_label(lines[after:stop], last)
        end = stop
    return tuple(pieces), end


def _is_text(lines: Sequence[Line], place: int) -> bool:
    """Whether a line right below a list that ends in a serial is text: a sentence, no reference."""
    before, text = lines[place - 1].text, lines[place].text
    if not _ENDED.search(before):
        return False
    if text.startswith("I. ") and not _NAMED.search(text[3 : shapes.LONGEST]):
        return _last_label(lines[max(place - 10, 0) : place], "") != "H"  # a chapter's number
    if onward.is_for_posts(text.removesuffix(":")):
        return True
    if len(text) < _SENTENCE or text.count(" ") < _WORDS:
        return False
    return not _is_listed(text) and text[:1].isalpha()


def _is_for(lines: Sequence[Line], place: int) -> bool:
    """Whether a line below the list says for whom the message is."""
    return onward.is_for_reader(lines[place].text) or onward.is_delegation(lines[place].text)


def _is_listed(text: str) -> bool:
    """Whether a line has the label of a reference, or names a cable."""
    return bool(_CONTINUES.match(upper(text[:40])) or _NAMED.search(text[: shapes.LONGEST]))


_ENDED = re.compile(r"[A-Z] \d{2,6}(?: \(NOTAL\))?\.?$")
_NAMED = re.compile(r"(?:^|[,;] )[A-Z]{3,12}(?: [A-Z]{2,8}){0,2} \d{2,6}\b")
_SENTENCE, _WORDS = 45, 6  # characters, and blanks, that a line of text has at least


def _page(lines: Sequence[Line], place: int) -> tuple[Joint | None, int]:
    """The page line at ``place``, with the running banner above it."""
    parts: list[Part] = []
    start = place
    running = texthead.banner(lines, place) if place + 1 < len(lines) else None
    if running and isinstance(running[0], Banner) and running[0].serial is None:
        parts.append(running[0])
        place = running[1]
    found = None
    if place < len(lines):
        found = archive.page(lines, place) or transmission.page(lines, place)
    if found is None or not isinstance(found[0], PageLine):
        return None, start
    span = lines[start].span.to(lines[found[1] - 1].span)
    return Joint((*parts, found[0]), span), found[1]


def _goes_on(lines: Sequence[Line], end: int, after: int, last: str) -> bool:
    text = lines[after].text
    if last.isdigit() and (number := _NUMBERED.match(text)):
        return int(number[1]) == int(last) + 1 and not lines[after].gap
    if end == after and not lines[after].gap and _DATED.search(upper(lines[end - 1].text[-12:])):
        return True
    if shapes.begins_part(lines, after):
        return False
    label = _CONTINUES.match(upper(text[:40]))
    if label:
        letter = label[1] or label[2]
        return 0 <= ord(letter) - ord(last or "A") <= (2 if last else 1)
    before = upper(lines[end - 1].text[-40:])
    if _OPEN.search(before):
        return True
    return _ends_in_post(before) and text[:60].lstrip()[:1].isalnum() and _number_soon(text)


def _number_soon(text: str) -> bool:
    return any(character.isdigit() for character in text[:30])


def _ends_in_post(before: str) -> bool:
    """Whether a line ends in the name of a post whose serial is still to come."""
    words = before.split()
    return any(posts.post(" ".join(words[-count:])) for count in range(1, min(4, len(words)) + 1))


def _last_label(lines: Sequence[Line], last: str) -> str:
    for line in lines:
        last = notation.last_label(upper(line.text[:4000]), last)
    return last


# --- one text with the way back to the source -----------------------------------------------------


class _Text(Data):
    typed: str
    places: tuple[int, ...]
    sources: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        return Span(self._at(start), self._at(end - 1) + 1)

    def _at(self, place: int) -> int:
        low, high = 0, len(self.places)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.places[middle] <= place else (low, middle)
        return self.sources[low] + place - self.places[low]


def _text(pieces: Sequence[Piece]) -> _Text:
    typed: list[str] = []
    places: list[int] = []
    sources: list[int] = []
    length = 0
    for piece in pieces:
        if not isinstance(piece, Typed):
            continue
        parted = piece.parted if typed else ""
        typed += [parted, piece.text]
        places.append(length + len(parted))
        sources.append(piece.span.start)
        length += len(parted) + len(piece.text)
    return _Text("".join(typed), tuple(places), tuple(sources))


def _references(
    pieces: Sequence[Piece], year: int | None, own: str | None
) -> tuple[Reference, ...]:
    text = _text(pieces)
    listed = notation.listed(upper(text.typed), _label_end(text.typed) or 0, own)
    return tuple(_reference(text, label, item, year) for label, item in listed)


def _label_end(text: str) -> int | None:
    """Where the list begins behind REF, however that is typed; None where it does not stand."""
    if found := _START.match(text[:40]):
        return found.end()
    if _UNLABELLED.match(text[: shapes.LONGEST]):
        return 0
    mended = labels.mended(text)
    return mended[1] if mended and mended[0] == labels.REFERENCES else None


def _reference(text: _Text, label: str | None, item: notation.Item, year: int | None) -> Reference:
    typed = " ".join(text.typed[item.start : item.end].split())
    named = item.cable
    of = named.year if named and named.year is not None else year
    canonical = cable_id(of, named.word, named.serial) if named and of is not None else None
    inferred = canonical is not None and named is not None and (named.year is None or named.mended)
    span = text.span(item.start, item.end)
    return Reference(label, typed, item.kind, canonical, inferred, span)
