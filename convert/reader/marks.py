"""Portion marks where they stand: at the start of a paragraph, subject or heading."""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import Portion, Typed
from convert.model.data import Data
from convert.model.span import Span
from convert.notation import portion as notation
from convert.notation.damage import looks_damaged
from convert.notation.tokens import upper
from convert.reader.lines import Line
from convert.reader.shapes import NUMBER, may_label

_OPENING = tuple("([{<\"'\u201c\u2018\uff08\uff3b")
_QUOTED = "[\"'\u201c\u2018]?"  # a quotation begins with the mark
_OPEN = re.compile(_QUOTED + r"[(\[](?=[^()\[\]]{0,300}$)")
_BRACKETED = re.compile(_QUOTED + r"[(\[][^()\[\]]{1,300}[)\]]")
_BROKEN = re.compile(  # brackets of other kinds, or of two
    _QUOTED + r"[(\[{<\uff08\uff3b][^()\[\]{}<>\uff08\uff09\uff3b\uff3d]{1,80}[)\]}>\uff09\uff3d]+"
)
_LEVEL = "(?:TS|S|C|U|SBU|LOU)"
_HALF = re.compile(  # T1: a bracket is lost, or doubled
    rf"\(\({_LEVEL}\) (?=\S)|{_LEVEL}(?:[/-][A-Z/, -]{{1,60}})?\)(?= )|\({_LEVEL} (?=[A-Z])"
)
_SIGN = re.compile("[\u00a9\u24b8\u24c8\u24ca\u24d2\u24e2\u24e4\u249e\u24ae\u24b0](?= )")
_SURE = re.compile(r"[(\[]\s*(?:(?:TS|SBU)\s*[)\]]|.{1,12}/)", re.IGNORECASE | re.DOTALL)
_WRAPPED = 3  # lines over which a mark may be wrapped

# What is a label only where a mark stands behind it: 1.1. 2.) 1000. 1A. IV. "3. 3. A.
_ODD = re.compile(
    "(?:(?P<number>\\d{1,4})(?:\\.\\)|\\)\\.|[.):])|[\"'\u201c\u2018]?"
    r"(?:(?:\d{1,4}(?:\.\d{1,4}){0,4}[A-Za-z]?|\d{1,3}\.[A-Za-z]|[A-Za-z]{1,2}|[IVX]{1,5}|[ivx]{1,5})[.):]{1,2}"
    r"|\d{1,3}(?:\.\d{1,3}){1,4}|\([A-Za-z0-9]{1,4}\)[.:])"
    "|[-\u2013\u2014*+>\u00b7\u2022\u25aa\u25cf\u25e6]{1,2}|o(?= ))"
    '(?=\\s{0,8}["\u201c]?[(\\[{])'
)
_TWO = re.compile(  # a paragraph's number and the label of its first item
    r"(?P<number>\d{1,3})[.)] {1,4}(?:[A-Za-z][.)]|\([A-Za-z0-9]{1,4}\)"
    r"|-{1,2}|[*\u2022])(?=\s{0,8}[(\[])"
)
_SUBJECT = re.compile(r"[(\[][^()\[\]]{1,80}[)\]] *SUBJ(?:ECT)? ?[:(\[]", re.IGNORECASE)


class Mark(Data):
    """A portion mark, and where the text goes on behind it."""

    portion: Portion
    place: int  # of the line
    end: int  # in the line's text


class OddLabel(Data):
    """A label that is one for the mark behind it alone; ``number`` of a paragraph, if it has it."""

    end: int
    number: int | None
    mark: Mark


def starts_paragraph(line: Line) -> bool:
    """Whether a line begins a labelled or marked paragraph, whatever stands before it."""
    if NUMBER.match(line.text):
        return True
    if line.text[:1] in ("(", "[") and _SUBJECT.match(line.text):
        return False
    return portion_at(line, 0) is not None or odd_label((line,), 0, 1) is not None


def odd_label(lines: Sequence[Line], place: int, stop: int) -> OddLabel | None:
    """``1.1.``, ``2.)``, ``1000.``, ``"3.``, ``3. A.``, where a mark stands right behind it."""
    line = lines[place]
    for pattern in (_ODD, _TWO):
        found = pattern.match(line.text) if may_label(line.text) else None
        if found and line.is_whole(0, found.end()):
            numbered = pattern is _ODD and found[0][0].isdigit()
            if mark := mark_at(lines, place, found.end(), stop, numbered=numbered):
                number = found["number"]
                return OddLabel(found.end(), int(number) if number else None, mark)
    return None


def of_table(lines: Sequence[Line]) -> Portion | None:
    """The mark of a table: before or above its first row, where no other row has one of its own."""
    found = portion_at(lines[0], 0) if lines else None
    if found is None:
        return None
    is_own = lines[0].text == found.typed
    return found if is_own or all(portion_at(line, 0) is None for line in lines[1:]) else None


def portion_at(line: Line, start: int, *, numbered: bool = False) -> Portion | None:
    """The portion mark at ``start`` of a line (blanks passed over), or None.

    A lower-case mark of one letter counts only behind a paragraph number (T6): elsewhere it is an
    item's label. A bracket that looks like a mark and cannot be read is a mark without a meaning.
    """
    found = mark_at((line,), 0, start, 1, numbered=numbered)
    return found.portion if found else None


def mark_behind(line: Line, start: int, end: int) -> Portion | None:
    """The mark with which ``text[start:end]`` ends; older rules put a title's mark there.

    DoD 5200.1-R (1997) 5-202. A letter in brackets behind a figure, or behind the letter before it
    in a list, may be none, and is not taken for one.
    """
    chunk = line.text[max(start, end - 130) : end].rstrip("-=_* ")
    place = max(chunk.rfind("("), chunk.rfind("["))
    if place < 1 or chunk[-1] not in ")]" or not chunk[place - 1].isspace():
        return None
    typed, before = chunk[place:], chunk[:place]
    at = max(start, end - 130) + place
    letter = typed[1:-1]
    if len(letter) == 1 and (_FIGURE.search(before) or f"({chr(ord(letter) - 1)})" in before):
        return None
    pieces = line.pieces(at, at + len(typed))
    if pieces is None or typed != upper(typed) or (read := notation.parse(typed)) is None:
        return None
    span = line.span_at(at, at + len(typed))
    return Portion(read.marking, typed, span, read.supplied, pieces)


_FIGURE = re.compile(r"(?:\d|\b[A-Z])\s{0,3}$")


def title_mark(lines: Sequence[Line]) -> Portion | None:
    """The mark of a heading of these lines: before its words, or behind them."""
    drawn = _DRAWN.match(lines[0].text)
    first = portion_at(lines[0], drawn.end() if drawn else 0)
    return first or mark_behind(lines[-1], 1, len(lines[-1].text))


_DRAWN = re.compile(r"[-=_*]{3,} {0,3}")


def mark_at(
    lines: Sequence[Line], place: int, start: int, stop: int, *, numbered: bool = False
) -> Mark | None:
    """``portion_at`` of a mark that may be wrapped, or stand below its number, before ``stop``."""
    line = lines[place]
    while start < len(line.text) and line.text[start].isspace():
        start += 1
    if start == len(line.text):
        if start and place + 1 < stop and lines[place + 1].text[:1] in ("(", "["):
            return mark_at(lines, place + 1, 0, stop, numbered=numbered)
        return None
    if not (numbered or line.text.startswith(_OPENING, start)):
        return None
    for pattern in (_BROKEN, _BRACKETED, _HALF, _SIGN)[: 4 if numbered else 2]:
        if pattern is _BRACKETED and (wrapped := _wrapped(lines, place, start, stop)):
            typed, behind = wrapped
            span = Span(line.at(start), line.at(start) + len(typed))
            portion = _portion(typed, span, (), numbered=numbered)
            return Mark(portion, *behind) if portion else None
        if not (found := pattern.match(line.text, start)):
            continue
        typed = found[0].rstrip()
        end = start + len(typed)
        if (pieces := line.pieces(start, end)) is None:
            return None
        span = line.span_at(start, end)
        if pattern is _SIGN:
            return Mark(Portion(None, typed, span, pieces=pieces), place, end)
        portion = _portion(typed, span, pieces, numbered=numbered)
        if portion or pattern is _BRACKETED:
            return Mark(portion, place, end) if portion else None
    return None


def _portion(
    typed: str, span: Span, pieces: tuple[Typed, ...], *, numbered: bool
) -> Portion | None:
    read = notation.parse(typed)
    if read is None:
        damaged = looks_damaged(typed, numbered=numbered)
        return Portion(None, typed, span, pieces=pieces) if damaged else None
    if not numbered and typed != typed.upper() and not (_SURE.match(typed) and _is_even(typed)):
        return None
    return Portion(read.marking, typed, span, read.supplied, pieces)


def _is_even(typed: str) -> bool:
    """Whether all letters are small."""
    return upper(typed) != typed and typed == typed.lower()


def _wrapped(
    lines: Sequence[Line], place: int, start: int, stop: int
) -> tuple[str, tuple[int, int]] | None:
    """A bracket that closes on one of the next lines, as typed, and where the text goes on."""
    line = lines[place]
    if not _OPEN.match(line.text, start) or not line.is_whole(start, len(line.text)):
        return None
    typed = line.text[start:]
    for index in range(place + 1, min(place + 1 + _WRAPPED, stop)):
        above, line = line, lines[index]
        joined = line.lead and above.span.end + len(line.lead) == line.span.start
        if not joined or line.gap:
            return None
        closed = _CLOSED.match(line.text)
        end = closed.end() if closed else len(line.text)
        if end > 300 or not line.is_whole(0, end):
            return None
        typed += line.lead + line.text[:end]
        if closed:
            return (typed, (index, end)) if closed[0][-1] in ")]" else None
    return None


_CLOSED = re.compile(r"[^()\[\]]{0,300}[()\[\]]")
