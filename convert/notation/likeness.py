"""Lines that a person takes for a class line, however they are typed."""

from __future__ import annotations

from convert.model import regex as re
from convert.model.marking import Level
from convert.model.text import printable, unescaped

LONGEST = 60  # characters of a line that is a class and no sentence
_CLASSES = {"TOPSECRET": Level.TS, "SECRET": Level.S, "CONFIDENTIAL": Level.C}
_CLASS = "|".join(_CLASSES)
_CONTROLS = (
    "NOFORN|NF|ORCON|OC|NODIS|EXDIS|STADIS|LIMDIS|SIPDIS|SENSITIVE|EYESONLY|ONLY|SI|TK|HCS|SPECAT"
    "|UNCLASSIFIED|WHEN|UPON|WITH|SEPARATED|REMOVAL|FROM|ATTACHMENTS?|ENCLOSURES?"
    "|RELTO(?:USA|GBR|AUS|CAN|NZL|FVEY|UK)*|PAGE|OF"
)
# Nothing but a class and what goes with one: the letters of a line, all signs between them away.
_LETTERS = re.compile(
    rf"(?:OVERALL|CLASSIFICATION|CLASSIFIED|NATO|COSMIC|PAGE|OF)*"
    rf"(?P<class>{_CLASS})(?P<more>(?:{_CLASS}|{_CONTROLS})*)"
)
_SIGNS = re.compile("[^A-Z]+")
# How such a line begins; figures are signs, or letters that look like them.
_FIRST = re.compile("[^A-Za-z&]*[CNOPST05&]", re.IGNORECASE)
_PAGE = re.compile(r"PAGE \d{1,3} .{0,60}?\d{3,6}Z? +(?=[A-Z* ]+$)")  # the page line before it
_ALIKE = str.maketrans("АВЕЅІКМНОРСТХ0135", "ABESIKMHOPCTXOIES")  # Cyrillic letters, and figures


def level_of(line: str) -> Level | None:
    """The highest class that a line says and nothing else; None where it says more, or none.

    Signs round the words and between their letters count for nothing, nor do page numbers; letters
    of another script, and figures, are those that they look like.
    """
    if len(line) > LONGEST or (line.isascii() and not _FIRST.match(line)):
        return None
    plain = line.upper()
    if not plain.isascii() or "&" in plain:
        from unicodedata import normalize  # only where a line is not plain

        shown = "".join(one for one in unescaped(line) if printable(one) == one)
        plain = normalize("NFKC", shown).upper()[:LONGEST]
    for typed in (plain, plain.translate(_ALIKE)):
        letters = _SIGNS.sub("", typed)
        if "SECRET" not in letters and "CONFIDENTIAL" not in letters:
            continue
        if found := _LETTERS.fullmatch(_SIGNS.sub("", _PAGE.sub("", typed))):
            said = [found["class"], *re.findall(_CLASS, found["more"])]
            return max((_CLASSES[word] for word in said), key=lambda level: level.rank)
    return None
