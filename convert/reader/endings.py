"""How a text ends: its sentences, and the names below the last of them."""

from __future__ import annotations

from convert.model import regex as re

_CLOSING = "\"')]\u201d\u2019"
_STOPS = (".", "!", "?", ":", ";")
_ENDED = re.compile(r"\b(?:UNQUOTE|UNQTE|END(?: OF)? (?:SUMMARY|COMMENT|TEXT|FYI|QUOTE|NOTE))\)?$")
_CODED = re.compile(r" {3,}(?:(?:B\d{1,2}|1\.\d ?\([A-Za-z]\))[ ,]{0,2}){1,4}$")  # in the margin
_MARGIN = 120  # characters in which codes stand
_LONGEST_END = 24  # characters
RUNS_ON = re.compile(
    r"(?:,|-|\b(?:THE|A|AN|OF|AND|OR|TO|IN|FOR|WITH|THAT|BY|ON|AT|FROM|AS|IS|ARE|WAS|WERE|HAS|HAVE"
    r"|NOT|WHICH|WHO|BUT|ITS|THEIR|HIS|WILL|WOULD))$"
)
"""The end of a line that no sentence ends with."""
LAST_WORD = 8  # characters of a line in which its last word is looked for
_NAME_LINE = re.compile(
    r"[A-Z][A-Za-z.'\u2019-]*(?:,? [A-Z][A-Za-z.'\u2019-]*){0,3}(?: \([A-Z ]+\))?"
)
_FOOTER = re.compile(
    r"\d{4}[A-Z]{3,12}\d{3,6} - (?:Classification: )?[A-Z ]{4,30}|Review \d\d [A-Z]{3} \d{4}"
    r"|Wiki[Ll]eaks"
)


def is_ended(line: str) -> bool:
    """Whether a line ends with the end of a sentence, quotation or passage."""
    line = uncoded(line)
    if line.rstrip(_CLOSING).endswith(_STOPS):
        return True
    end = line[-_LONGEST_END:]
    return ("UNQ" in end or "END" in end) and _ENDED.search(end) is not None


def uncoded(line: str) -> str:
    """The line without the codes of exemptions in its margin."""
    if not (line[-1:].isdigit() or line.endswith(")")):
        return line
    found = _CODED.search(line, max(len(line) - _MARGIN, 0))
    return line[: found.start()] if found else line


def may_end(before: str) -> bool:
    """Whether a line can be the end of a block."""
    return is_ended(before) or before.endswith((",", "AND", "OR"))


def is_name(line: str) -> bool:
    """Whether a line is a name alone; ``ROE##``: the signs of an end are none of it."""
    line = line.rstrip("#")
    if len(line) > 45 or not _NAME_LINE.fullmatch(line) or "COMMENT" in line.upper():
        return False
    if line.rstrip(".") in _UNQUOTED:
        return False
    return " " not in line or not line.endswith(".") or line.upper().endswith((" JR.", " SR."))


_UNQUOTED = ("UNQUOTE", "UNQTE", "END QUOTE", "END TEXT", "END MESSAGE")


def signed_at(line: str) -> int | None:
    """Where the name begins that signs a text on the line of its last words, all in capitals.

    ``UNQUOTE PELHAM``, ``PLEASE ADVISE. PELHAM``.
    """
    found = _SIGNED.search(line, max(0, len(line) - _NAME)) if line.isupper() else None
    is_named = found and found["name"] not in _NO_NAMES and found["word"] not in _RANKS
    return found.start("name") if found and is_named else None


_NAME = 40  # characters in which a name and the end before it stand
_SIGNED = re.compile(
    r"(?:\b(?:UNQUOTE|UNQTE|END QUOTE)\.?|\b(?P<word>[A-Z]{2,20})\.[\")]?)"
    r" {1,3}(?P<name>[A-Z][A-Z'-]{3,20})$"
)
_RANKS = frozenset({  # and what else is cut short with a stop
    "ADM", "AMB", "APPROX", "ART", "ATTN", "CAPT", "CDR", "CO", "COL", "CONG", "CORP", "CPT",
    "DEPT", "DR", "ETC", "EXT", "FIG", "FR", "GEN", "GOV", "HON", "INC", "LT", "LTD", "MAJ", "MR",
    "MRS", "MS", "NO", "PROF", "REP", "REV", "SEN", "SGT", "ST", "TEL", "VOL",
})  # fmt: skip
_NO_NAMES = frozenset({"UNQUOTE", "UNQTE", "QUOTE", "THANKS", "REGARDS", "OVER", "OUT", "END"})


def bare_name(line: str) -> str:
    """The name without the signs of an end; a stop stays behind a suffix and an initial."""
    name = line.rstrip("#")
    return name.removesuffix(".") if " " not in name else name


def trails(line: str) -> bool:
    """Whether a line behind a signature is a stray sign, or the footer of a copy."""
    return len(line) <= 60 and (not any(map(str.isalnum, line)) or bool(_FOOTER.fullmatch(line)))
