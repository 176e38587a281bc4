"""Cable lines that say something of markings: E.O., Classified By, and where a mark may stand.

Lines are read by hand, word by word: what a line holds in no fixed order (a name, an office, the
letters of a reason) is told by its words, never by a pattern that could go back and forth.
"""

from __future__ import annotations

from datetime import date

from convert.model import regex as re
from convert.model.data import Data
from convert.notation import portion
from convert.notation.portion import Parsed
from convert.notation.tables import EXCEPTIONS
from convert.notation.tokens import LONGEST, upper

_ORDER = re.compile(r"E\.? ?O\.? ?(\d{5})\b[:;. ]*", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")
_DATES = (
    (re.compile(r"(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>\d{4}|\d{2})(?!\d)"), False),
    (re.compile(r"(?P<y>\d{4})[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?!\d)"), False),
    (re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?!\d)"), False),
    (re.compile(r"(?P<d>\d{1,2})[ -]?(?P<m>[A-Z]{3,9})[ -]?(?P<y>\d{4}|\d{2})(?!\d)"), True),
    (re.compile(r"(?P<m>[A-Z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})(?!\d)"), True),
)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
# The schedules of E.O. 11652 (1972), 12065 (1978) and 12356 (1982).
_SCHEMES = ("XGDS", "GDS", "ADS", "RDS", "XDS", "OADR")


class Instruction(Data):
    """What an E.O. line says on declassification; ``person`` is E.O. 12065's authority."""

    order: str
    date: str = ""  # ISO
    event: str = ""
    exception: str = ""
    scheme: str = ""
    person: str = ""


def order(text: str) -> tuple[str, int] | None:
    """(number, end) of the order that a line begins with: ``E.O. 12958:``."""
    found = _ORDER.match(text)
    return (found[1], found.end()) if found else None


# As it is read out of a cable: a zero for the letter O, a comma for a stop, the number lost.
_ORDER_LINE = re.compile(
    r"E[.,]{0,2} ?[O0][.,]? ?:? ?(\d{4,6}|\d\d \d{3})(?:\b|(?=N/A|X?GDS\b|RDS\b))[:;.,/\- ]*"
    r"|E\.[O0]\.:[: ]*(?=\S)"
    r"|E\.[A-Z\d]\. ?(1(?:0290|0501|0964|1652|2065|2356|2958|3292|3526))\b[:;.,/\- ]*"  # E.9. 12065
    r"|3\.[O0]\. ?(1(?:0290|0501|0964|1652|2065|2356|2958|3292|3526))\b[:;.,/\- ]*"  # E shifted
    r"|E\.? ?[O0]\. ?(?=(?:[XN]?GDS|ADS|RDS|XDS|N/?A|DECLAS)\b)"
    r"|(?=DECL(?:ASSIFY)?(?: ON)?:)",
    re.IGNORECASE,
)
_ORDERS = ("10290", "10501", "10964", "11652", "12065", "12356", "12958", "13292", "13526")
_DECLARED = re.compile(r"DECL(?:ASSIFY)?(?: ON)? ?:? *", re.IGNORECASE)
_DATED = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|\d{8}|\d{1,2} ?[A-Z]{3,9} ?\d{2,4}|[A-Z]{3,9}")


def order_line(text: str) -> tuple[str | None, int] | None:
    """(number, end) of the order that a cable's line begins with; number None where it is lost.

    Six digits that begin with an order's number are that order and a jammed sign: none has six.
    """
    found = _ORDER_LINE.match(text)
    if found is None:
        return None
    number = found[1] or found[2] or found[3]
    number = number and number.replace(" ", "")
    if number and len(number) == 6 and number[:5] in _ORDERS:
        number = number[:5]
    return number, found.end()


def is_order(number: str) -> bool:
    """Whether a number is of an order on classification, 1951 to 2009."""
    return number in _ORDERS


def declassify(text: str) -> tuple[date | None, str | None]:
    """The date, or else the event or exemption, of what follows the order.

    Neither where it is a date that no calendar has: ``DECL: 13/45/2032``.
    """
    said = text[:LONGEST]
    if found := _DECLARED.match(said):
        said = said[found.end() :]
    shown = upper(said)
    for start in _DATED.finditer(shown):
        if iso := _date(shown[start.start() :]):
            return date.fromisoformat(iso), None
    said = said.strip()
    nothing = undated(text) or upper(said) in ("", "UNKNOWN", "DECL", "DECL:")
    return None, None if nothing else said


def undated(text: str) -> bool:
    """Whether what stands in the place of a date is figures that are none."""
    found = _DECLARED.match(text)
    said = text[found.end() :].strip(" .") if found else ""
    return bool(said) and not any(map(str.isalpha, said)) and not _date(upper(said))


def _year(year: int) -> int:
    """Two digits as four: cables with them are of 1972 to 2010, dates up to 25 years later."""
    return year if year > 99 else year + (1900 if year >= 38 else 2000)


def instruction(line: str) -> Instruction | None:
    """``E.O. 12958: DECL: 12/02/2016``, ``E.O. 12065: GDS 3/14/85 (ROE, J.) OR-M``; else None."""
    line = " ".join(line[:LONGEST].split())
    found = order(line)
    if found is None:
        return None
    number, end = found
    rest = upper(line[end:]).strip()
    if rest.rstrip(".") in ("N/A", "NA", "NOT APPLICABLE", "NONE"):
        return Instruction(number)
    word = re.match(r"[A-Z]+", rest)
    if word and word[0] in _SCHEMES:
        return _scheduled(number, word[0], line[end:].strip()[word.end() :])
    labelled = re.match(r"DECL(?:ASSIFY(?: ON)?)?(?::| |$)[: ]*", rest)
    body = rest[labelled.end() :].strip() if labelled else rest
    bare = body.rstrip(". ")
    if iso := _date(body):
        return Instruction(number, date=iso)
    exempted = bare.removeprefix("1.6").replace(",", " ").split()  # E.O. 12958 sec. 1.6(d)
    if exempted and all(word in EXCEPTIONS for word in exempted):
        return Instruction(number, exception=" ".join(exempted))
    if labelled and not any(character.isalpha() for character in bare):
        return Instruction(number)  # no date of the calendar
    if bare == "OADR" or (labelled and bare in _SCHEMES):
        return Instruction(number, scheme=bare)
    typed = line[len(line) - len(body) :] if body else ""
    if labelled and ":" in labelled[0] and bare and bare not in ("N/A", "NA"):
        return Instruction(number, event=typed.rstrip(". "))
    return Instruction(number) if labelled and bare in ("N/A", "NA") else None


def _scheduled(number: str, scheme: str, rest: str) -> Instruction:
    part = re.match(r"[- ]?(\d)(?![\d/])", rest)
    if part:
        scheme, rest = f"{scheme}-{part[1]}", rest[part.end() :]
    name = ""
    opened, closed = rest.find("("), rest.find(")")
    if 0 <= opened < closed:
        name, rest = rest[opened + 1 : closed].strip(), rest[:opened]
    return Instruction(number, date=_date(upper(rest).lstrip(": -")), scheme=scheme, person=name)


def _date(text: str) -> str:
    """The ISO date that a text begins with, or nothing. Numbers are month, day, year."""
    for pattern, named in _DATES:
        found = pattern.match(text)
        if found is None:
            continue
        month = found["m"]
        if named and (month[:3] not in _MONTHS):
            continue
        number = _MONTHS.index(month[:3]) + 1 if named else int(month)
        try:
            return date(_year(int(found["y"])), number, int(found["d"])).isoformat()
        except ValueError:
            continue
    return ""


# ---- Where a mark may stand ---------------------------------------------------------------------

_DEBRIS = re.compile(r"\[\d{1,4}\]\(#[^()\s]{0,60}\)|\u00b6")
_NUMBER = re.compile(r" *(\d{1,3})(?:[.)](?!\d) *|(?= ?\())")
_SUBJECT = re.compile(r"SUBJ(?:ECT)? ?: *", re.IGNORECASE)
_REFERENCE = re.compile(r"REF(?:ERENCE)?(?:\(S\)|S|TELS?)? ?[:.]? *", re.IGNORECASE)
_LABEL = re.compile(r"(?:\([A-Z]\)|[A-Z][.)]) +(?=[(\[])")
_BRACKETED = re.compile(r"[(\[][^()\[\]]{1,300}[)\]]")
_HALF = re.compile(r"(?:TS|S|C|U|SBU|LOU)\)|\([A-Z][A-Z/]{0,30}(?= [A-Z])|[A-Z][A-Z/, -]{0,60}\)")
_ENTIRE = re.compile(r"[A-Z]+(?: [A-Z]+){0,3} ?-? ?ENTIRE TEXT")


class Placed(Data):
    """A mark that was found in its place, and the number of its paragraph."""

    typed: str
    read: Parsed
    paragraph: int | None = None


def paragraph_start(text: str) -> Placed | None:
    """``1. (C) Text``: the mark behind a paragraph number, where it may be of lower case."""
    numbered = paragraph_number(text)
    if numbered is None:
        return None
    number, end = numbered
    found = mark_at(text, end, numbered=True)
    return Placed(found.typed, found.read, number) if found else None


def paragraph_number(text: str) -> tuple[int, int] | None:
    """(number, where the text begins) of ``1.``, ``¶1.`` or ``[1](#)2.``; no section like 1.4."""
    text = text[:LONGEST]
    start = len(text) - len(text.lstrip())
    if debris := _DEBRIS.match(text, start):
        start = debris.end()
    digits = _NUMBER.match(text, start)
    return (int(digits[1]), digits.end()) if digits else None


def mark_at(text: str, start: int, *, numbered: bool = False) -> Placed | None:
    """The mark at a place of a text; lower case, and half a bracket, only behind a number."""
    text = text[start : start + 400].lstrip()
    found = _BRACKETED.match(text) or (_HALF.match(text) if numbered else None)
    if found is None and numbered and (entire := _ENTIRE.match(text)):
        whole = portion.parse(f"({entire[0]})")
        return Placed(entire[0], whole) if whole and whole.marking.entireText else None
    if found is None:
        return None
    typed = found[0].rstrip()
    read = portion.parse(typed)
    if read is None or (not numbered and upper(typed) != typed):
        return None
    return Placed(typed, read)


def subject(text: str) -> Placed | None:
    """``SUBJECT: (C/NF) A TITLE``."""
    found = _SUBJECT.match(text)
    return mark_at(text, found.end()) if found else None


def reference(text: str) -> Placed | None:
    """``REF: A. (C) PORT MERIDIAN 12``: a mark behind a label, or before REF's first item.

    (C) as the third of bracketed labels is no mark.
    """
    found = _REFERENCE.match(text)
    start = found.end() if found else 0
    labelled = _LABEL.match(text, start)
    if found is None and labelled is None:
        return None
    return mark_at(text, labelled.end() if labelled else start)
