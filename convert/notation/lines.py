"""Cable lines that say something of markings: E.O., Classified By, and where a mark may stand.

Lines are read by hand, word by word: what a line holds in no fixed order (a name, an office, the
letters of a reason) is told by its words, never by a pattern that could go back and forth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Instruction:
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


def declassify(text: str) -> tuple[date | None, str | None]:
    """The date, or else the event or exemption, of what follows the order."""
    if found := _SLASHED.search(text):
        month, day, year = map(int, found.groups())
        try:
            return date(_year(year), month, day), None
        except ValueError:
            return None, text
    event = re.sub(r"^DECL: *", "", text, flags=re.IGNORECASE)
    return None, event or None


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


# ---- Classified By ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Classified:
    """Who classified, why, or what it was derived from."""

    name: str | None
    title: str | None
    reasons: tuple[str, ...]  # 1.4(b)
    derived: str | None = None


# Misspellings met beside the right form; no other near match is taken.
_AUTHORITY = re.compile(
    r"(?:CLASSIFIED BY|CLASSIFED BY|CLASSIFIED BT|CLASSIFEID BY|CLASIFIED BY|DERIVED FROM"
    r"|CLASSIFIED)(?: ?:| (?=[A-Z])) *",
    re.IGNORECASE,
)
_SECTION = re.compile(r"1\. ?([3-6])(?!\d)\.?")
_LETTERS = re.compile(r"[A-Za-z]+|\d+|[^A-Za-z\d\s]")
_STOP = re.compile(
    r"[,;:.]? ?\b(?:for|under|per|on the basis of|by) (?=(?:the )?(?:following )?"
    r"(?:reasons?|reaons?|resaons?|resons?|reasosn?|sections?|sec\b|authority|e\.? ?o\b|1\.))"
    r"|[,;:.]? ?\b(?:reasons?|reaons?|resaons?|resons?|reasosn?)\b|[,;]? ?\be\.? ?o\.? ?1[0-9]{4}"
    r"|[,;]? ?\b1\. ?[3-6](?!\d)",
    re.IGNORECASE,
)
_TITLES = frozenset({
    "AMBASSADOR", "AMB", "AMB.", "DCM", "A/DCM", "ADCM", "CHARGE", "CHARGÉ", "CDA", "D'AFFAIRES",
    "D’AFFAIRES", "AFFAIRES", "A.I.", "AI", "AD", "INTERIM", "ACTING", "ACT", "DEPUTY", "CHIEF",
    "OF", "MISSION", "CONSUL", "GENERAL", "CONGEN", "CG", "POLITICAL", "POLITICAL-ECONOMIC",
    "ECONOMIC", "POLITICAL-MILITARY", "POLMIL", "POLCOUNS", "ECONCOUNS", "POLCOUNSELOR",
    "ECONCOUNSELOR", "POLOFF", "ECONOFF", "POLCHIEF", "ECONCHIEF", "CONOFF", "EMBOFF", "MGMT",
    "COUNSELOR", "COUNSELLOR", "COUNSELOR'S", "COUNCELOR", "OFFICER", "MINISTER",
    "MINISTER-COUNSELOR", "MINISTER-COUNSELLOR", "SECRETARY", "FIRST", "SECOND", "THIRD", "SECTION",
    "HEAD", "DIRECTOR", "ASSISTANT", "ASST", "ASST.", "UNDER", "PRINCIPAL", "PUBLIC", "AFFAIRS",
    "PAO", "MANAGEMENT", "REGIONAL", "SECURITY", "RSO", "DAO", "DATT", "ATTACHE", "ATTACHÉ",
    "DEFENSE", "LEGAL", "LABOR", "CULTURAL", "INFORMATION", "VICE", "TEAM", "LEADER", "PRT", "AND",
    "FOR", "THE", "A/S", "DAS", "PDAS", "POL", "ECON", "POL/ECON", "EXTERNAL", "COMMERCIAL",
    "CONSULAR", "UNIT", "EMBASSY", "US", "U.S.", "REP", "REPRESENTATIVE", "PERMANENT", "PERMREP",
    "MR", "MR.", "MS", "MS.", "MRS", "MRS.", "DR", "DR.", "SPECIAL", "ENVOY", "ADVISOR", "ADVISER",
    "COORDINATOR", "SENIOR", "STAFF", "EXECUTIVE", "OFFICE", "ENVIRONMENT", "SCIENCE", "TECHNOLOGY",
    "HEALTH", "ESTH", "EST", "POLICY", "BUREAU", "DESK", "COUNTRY", "INTERNATIONAL", "MILITARY",
    "MULTIPLE", "SOURCES", "SOURCE", "TRADE", "FINANCIAL", "FINANCE", "TREASURY", "AGRICULTURAL",
    "REFUGEE", "ENERGY", "NARCOTICS", "LAW", "ENFORCEMENT", "GEN.", "GEN", "COL.", "COL", "LTC",
    "LTC.", "MAJ.", "MAJ", "CAPT.", "CAPT", "ADM.", "ADM", "BG", "MG", "LTG", "USUN", "USNATO",
    "USEU", "UNVIE", "USOSCE", "P/E", "P/M", "COUNSEL", "LEGATT", "ACCOUNTABLE", "AREA", "BRANCH",
    "PROVINCIAL", "RECONSTRUCTION",
})  # fmt: skip
_SUFFIXES = frozenset({"JR", "JR.", "SR", "SR.", "II", "III", "IV"})
_SHORT = frozenset({"AMB.", "MR.", "MS.", "MRS.", "DR.", "JR.", "SR.", "GEN.", "COL.", "LTC.",
                    "MAJ.", "CAPT.", "ADM.", "ASST.", "A.I.", "U.S.", "ST."})  # fmt: skip
_PARTICLES = frozenset({"DE", "VAN", "VON", "DER", "LA", "LE", "DA", "DI", "DEL", "BIN", "AL"})


def authority_start(text: str) -> tuple[str, int] | None:
    """(keyword, end) where a line begins as Classified By or Derived From does."""
    found = _AUTHORITY.match(text)
    return (upper(found[0]), found.end()) if found else None


def authority(text: str) -> Classified | None:
    """``Classified By: DCM Jane Roe for reasons 1.4 (b)``, on one line or many; None if not."""
    text = " ".join(text[:LONGEST].split())
    found = authority_start(text)
    if found is None:
        return None
    keyword, end = found
    body = text[end:]
    if keyword.startswith("DERIVED"):
        return Classified(None, None, (), body.rstrip("."))
    given = reasons(body)
    stop = _STOP.search(body)
    name, title = person(_sentence(body[: stop.start()] if stop else body))
    return Classified(name, title, given)


def reasons(text: str) -> tuple[str, ...]:
    """``1.4 (b) and (d)``, ``1.5 (B,D)``, ``1.4 B/D`` as 1.4(b), 1.4(d), in the order written."""
    found: list[str] = []
    place = 0
    while section := _SECTION.search(text, place):
        place = section.end()
        for item in _LETTERS.finditer(text, place):
            word = item[0].lower()
            if len(word) == 1 and word in "abcdefgh":
                found.append(f"1.{section[1]}({word})")
            elif word not in {"and", "or", "(", ")", ",", "/", "&", ";", "[", "]"}:
                break
            place = item.end()
    return tuple(dict.fromkeys(found))


def _sentence(text: str) -> str:
    """The text up to the end of its first sentence; initials and short titles end none."""
    words = text.split(" ")
    for index, word in enumerate(words):
        if word.endswith(".") and len(word) > 2 and "." not in word[:-1]:
            if upper(word) not in _SHORT:
                return " ".join([*words[:index], word[:-1]])
        elif word.endswith(";"):
            return " ".join([*words[:index], word[:-1]])
    return text


def person(who: str) -> tuple[str | None, str | None]:
    """(name, title) of ``DCM Jane Roe`` or ``Jane Roe, DCM``; a name is never an office alone.

    What is no title, office or acronym is the name; what stands before it and behind it the title.
    """
    who = _unbracketed(who).strip(" ,;:-")
    parts = [part.strip() for part in who.split(",") if part.strip()]
    named: str | None = None
    titles: list[str] = []
    for index, part in enumerate(parts):
        if named is not None:
            if upper(part) in _SUFFIXES and index == 1:
                named = f"{named}, {part}"
            else:
                titles.append(part)
            continue
        if index == 0 and len(parts) > 1 and _is_surname_first(part, parts[1]):
            return f"{part}, {parts[1]}", ", ".join(parts[2:]) or None
        named, title = _named(part)
        titles += [title] if title else []
    return named, ", ".join(titles) or None


def _unbracketed(text: str) -> str:
    kept, depth = [], 0
    for character in text:
        depth += (character == "(") - (character == ")" and depth > 0)
        if depth == 0 and character != ")":
            kept.append(character)
    return " ".join("".join(kept).split())


def _is_surname_first(first: str, second: str) -> bool:
    """Whether these are the parts of ``HARGROVE, MILES T.`` (E.O. 12065's form)."""
    given = second.split()
    return (
        " " not in first
        and not _is_title(first)
        and not _is_acronym(first)
        and len(given) == 2
        and len(given[1].rstrip(".")) == 1
        and not _is_title(given[0])
    )


def _named(part: str) -> tuple[str | None, str | None]:
    """(name, title) of what stands between two commas."""
    words = part.split()
    known = [_is_title(word) for word in words]
    if not any(known):
        whole = 2 <= len(words) <= 5 and all(_is_name_word(word) for word in words)
        start = next((i for i, w in enumerate(words) if not _is_acronym(w)), len(words))
        if whole and start < len(words) - 1:
            return " ".join(words[start:]), " ".join(words[:start]) or None
        if len(words) == 1 and not _is_acronym(part) and _is_name_word(part):
            return part, None
        return (None, part) if not whole else (part, None)
    last = len(known) - 1 - known[::-1].index(True)
    behind, before = words[last + 1 :], words[: known.index(True)]
    for name, rest in ((behind, words[: last + 1]), (before, words[len(before) :])):
        start = next((i for i, w in enumerate(name) if not _is_acronym(w)), len(name))
        chosen = name[start:]
        if chosen and all(_is_name_word(word) for word in chosen) and len(chosen) <= 5:
            title = [*name[:start], *rest] if name is before else [*rest, *name[:start]]
            return " ".join(chosen), " ".join(title) or None
    return None, part


def _is_title(word: str) -> bool:
    plain = upper(word).strip(",;:")
    return plain in _TITLES or "/" in plain or plain.removesuffix(".") in _TITLES


def _is_acronym(word: str) -> bool:
    """Short and without a vowel, as EUR or NEA are not: those are in the list."""
    plain = word.strip(".,;:")
    return plain in _ACRONYMS or (
        2 <= len(plain) <= 5 and plain.isupper() and not set("AEIOUY") & set(plain)
    )


_ACRONYMS = frozenset({
    "EUR", "NEA", "EAP", "WHA", "SCA", "SA", "AF", "IO", "INR", "PM", "ISN", "EB", "EEB", "OES",
    "DRL", "PRM", "INL", "CA", "DS", "VCI",
})  # fmt: skip


def _is_name_word(word: str) -> bool:
    first = word[:1]
    return (
        (first.isalpha() and first.isupper())
        or upper(word) in _PARTICLES
        or (word.lower().startswith(("al-", "el-")))
    )


# ---- Where a mark may stand ---------------------------------------------------------------------

_DEBRIS = re.compile(r"\[\d{1,4}\]\(#[^()\s]{0,60}\)|\u00b6")
_NUMBER = re.compile(r" *(\d{1,3})(?:[.)](?!\d) *|(?= ?\())")
_SUBJECT = re.compile(r"SUBJ(?:ECT)? ?: *", re.IGNORECASE)
_REFERENCE = re.compile(r"REF(?:ERENCE)?(?:\(S\)|S|TELS?)? ?[:.]? *", re.IGNORECASE)
_LABEL = re.compile(r"(?:\([A-Z]\)|[A-Z][.)]) +(?=[(\[])")
_BRACKETED = re.compile(r"[(\[][^()\[\]]{1,300}[)\]]")
_HALF = re.compile(r"(?:TS|S|C|U|SBU|LOU)\)|\([A-Z][A-Z/]{0,30}(?= [A-Z])|[A-Z][A-Z/, -]{0,60}\)")
_ENTIRE = re.compile(r"[A-Z]+(?: [A-Z]+){0,3} ?-? ?ENTIRE TEXT")


@dataclass(frozen=True, slots=True)
class Placed:
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
