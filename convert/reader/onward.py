"""Lines that say for whom a message is, or to whom it goes on, told by their words alone."""

from __future__ import annotations

from convert.model import regex as re
from convert.notation import banner as notation
from convert.notation import posts
from convert.reader import shapes

# Below the title of a telegram that is a memorandum: TO : EA - MR. ROE.
_MEMORANDUM = r"(?:TO|FROM|THRU) ?: ?[A-Z]{1,5}(?:/[A-Z]{1,6}){0,2} - .{2,60}"
_PASSING = re.compile(
    rf"INFORM CONSULS(?:[;,.] .*)?|QUOTE|{shapes.FOR_OFFICE}|{_MEMORANDUM}"
    r"|(?:TOSEC|SECTO|TODEP|DEPTO|TOPOL|POLTO) \d{1,6}(?:,? ZFF [A-Z ,]{1,40})?"
    r"|[A-Z][A-Z ]{0,20}: [A-Z][A-Z, ]{0,30} (?:PLEASE|PLS) PASS (?=[A-Z]).*"
    r"|FROM [A-Z][A-Z ]{2,40} TO AMBASSADOR [A-Z][A-Z. ]{0,30}"
    r"|(?:DEPT\.|[A-Z][A-Z/, ]{0,40}) (?:PLEASE |PLS )?(?:PASS|FOR) "
    r"(?=[A-Z]|\d{4}/[A-Z])(?:[^.]|(?<=\bAMB|.\bM[RS]|.\bDR|\bMRS|..\b[A-Z])\.)*"
    r"(?:[,;] DELIVER BY \d{1,2} [AP]\.M\.)?"
    r"|(?:[A-Z]{3,12} ){0,2}ADDRESSEES HANDLE AS [A-Z][A-Z ]{2,40}"
    r"|NO DISTRIBUTION OUTSIDE [A-Z][A-Z/, ]{0,30}(?: - \d{1,2} COP(?:Y|IES) ONLY)?"
)
PASSES = 60  # characters in which PASS or FOR stands
_QUOTED = ("QUOTE ", "QUOTE: ")
_SERIES = ("TOSEC", "SECTO", "TODEP", "DEPTO", "TOPOL", "POLTO")
SENT_ON = re.compile(r"FOLL(?:OWING)?(?: [A-Z]{3,9}){0,2} (?:REPEATS?|REPEATED|RPTD?|SENT) ")


def passes(text: str) -> bool:
    """Whether a line may be a passing instruction; false of nearly all text."""
    opening = text[:PASSES]
    if text[:1] in _INITIALS:
        if opening.startswith(_QUOTED):
            return notation.may_open(opening[quoted(opening) :])
        if opening.startswith("FOLL"):
            return SENT_ON.match(opening) is not None
        if opening.startswith("FOR") and (opening[3:5].lstrip()[:1] == ":" or " FROM " in opening):
            return True
        if opening.startswith(_BEGINNINGS):
            return True
    return _SAYS.search(opening) is not None


_BEGINNINGS = (
    "INFORM CONSULS", "FROM ", *_SERIES, "DEP", "PASS ", "TO:", "TO :", "FROM:", "THRU", "NO DIST",
)  # fmt: skip
_INITIALS = frozenset(begin[0] for begin in (*_QUOTED, "FOLL", "FOR", *_BEGINNINGS))
_SAYS = re.compile(" (?:FOR|PASS|POUCH|HANDLE AS) |^QUOTE$")


def quoted(text: str) -> int:
    """The characters of QUOTE above a telegram that is sent on: QUOTE S E C R E T STATE 271800."""
    return next((len(quote) for quote in _QUOTED if text.startswith(quote)), 0)


def is_passing(text: str) -> bool:
    """Whether a line is a passing instruction: ``STATE PASS TO USTR``, ``TOSEC 12``."""
    if not passes(text):
        return False
    return _PASSING.fullmatch(text) is not None or is_for_reader(text)


def is_for_reader(text: str) -> bool:
    """Whether a line is for one reader at an addressee: ``CINCPAC FOR POLAD``, ``LIMA FOR ROE``."""
    own = text[: shapes.LONGEST]
    told = any(one.fullmatch(own) for one in (_POLAD, _MEMO, _FOR_FROM))
    return told or is_for_posts(own) or _is_for_office(own)


# Whom the text below a title is for: a command's political adviser, somebody it is handed to.
_POLAD = re.compile(r"[A-Z]{4,12} (?:ALSO )?FOR (?:POLAD|USDEL [A-Z]{3,8})")
_MEMO = re.compile(_MEMORANDUM)
_HANDED = re.compile(r"(?:TO|FOR): {1,3}[A-Z]")
_FOR_FROM = re.compile(r"FOR [A-Z][A-Z./' -]{2,40} FROM [A-Z][A-Z./' -]{2,40}")


def is_delegation(text: str) -> bool:
    """Whether a line says that a delegation sends the message: ``FROM US REP MBFR``."""
    return text.startswith("FROM US") and _DELEGATION.fullmatch(text[: shapes.LONGEST]) is not None


_DELEGATION = re.compile(r"FROM US ?(?:DEL|REP)(?: [A-Z]{2,15}){1,6}")


def is_for_posts(text: str) -> bool:
    """Whether a line says for whom a message is: ``LIMA POUCH QUITO; DEPT PASS TREASURY``."""
    if len(text) > _FOR_POSTS or not passes(text):
        return False
    return all(map(_is_for_post, text.removesuffix(".").split(";")))


def _is_for_post(text: str) -> bool:
    said = _FOR_POST.fullmatch(text.strip())
    if said is None:
        return False
    return said["dept"] is not None or all(map(posts.post, said["posts"].split(",")))


_FOR_POSTS = 75  # characters of a line that says it
_FOR_POST = re.compile(
    r"(?:(?P<dept>DEPT\.?|DEPARTMENT)|(?P<posts>[A-Z][A-Z ,]{2,40}?))"
    r"(?: ALSO| PLEASE| PLS){0,2} (?:FOR|PASS|POUCH|REPEAT|RELAY)"
    r"(?! (?:THE|AN?|ITS) ) [A-Z](?:[A-Z0-9/,' -]|\.(?! )|(?<=U\.S)\.){1,60}"
)


def is_for_sure(text: str) -> bool:
    """Whether a line right below a title cannot be of the title: ``CINCPAC FOR POLAD``."""
    if _POLAD.fullmatch(text) or _HANDED.match(text) or _MEMO.fullmatch(text):
        return True
    return (text.startswith("DEP") or ";" in text) and is_for_posts(text)


def _is_for_office(text: str) -> bool:
    """``PASS WHITE HOUSE``, ``PANAMA FOR USCINCSO``, ``HQS FOR TR/ROE, EMBASSY FOR DEA``."""
    if " FOR " not in text and "PASS " not in text:
        return False
    found = _FOR_OFFICE.fullmatch(text)
    if found is None:
        return False
    named = found["named"]
    return named is None or named in _OFFICES or posts.post(named) is not None


_OFFICES = ("HQ", "HQS", "DEPT", "EMBASSY")
_FOR_OFFICE = re.compile(
    r"(?:[A-Z]{3,12} )?(?:PLEASE |PLS )?PASS (?:TO )?[A-Z][A-Z/, ]{1,40}"
    r"|(?P<named>[A-Z]{2,12}(?: [A-Z]{2,9}){0,2}) FOR [A-Z]{3,12}(?:/[A-Z]{1,9}){0,3}"
    r"(?:, [A-Z]{2,12} FOR [A-Z/]{2,20})?"
)


def is_for_one(text: str) -> bool:
    """``LIMA FOR ROE``, but not ``LIMA FOR CONSULTATIONS``."""
    is_said = is_for_posts(text) or _is_for_office(text) or is_delegation(text)
    return is_said and _EVENT.search(text) is None


_EVENT = re.compile(
    r"\b(?:TALKS|VISITS?|MEETINGS?|CONSULTATIONS?|CONFERENCES?|DISCUSSIONS?|NEGOTIATIONS?|TRAINING)\b"
)
