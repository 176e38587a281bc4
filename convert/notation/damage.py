"""What looks like a portion mark and cannot be read: ``(T/S)``, ``{S}``, a mark in other letters.

Only what stands where a mark stands is asked about here. Nothing is ever read from a likeness: it
is kept as typed and reported.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from convert.model import regex as re
from convert.notation.portion import looks_like_level, parse
from convert.notation.tables import ADMINISTRATIVE, LEVELS
from convert.notation.tokens import upper

_SHORTS = frozenset({*LEVELS, *ADMINISTRATIVE})
_FOREIGN = ("CTS", "NS", "NC")  # NATO's, without the strokes before them
_CLASSES = ("TOPSECRET", "SECRET", "CONFIDENTIAL", "UNCLASSIFIED")
_LONGEST = 80  # characters

# Letters of other alphabets, and signs, that pass for the capitals of a mark (Unicode TR 39).
_ALIKE = str.maketrans(
    "\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425\u0405\u0406\u0408"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7"
    "\u0430\u0441\u0435\u043e\u0440\u0455\u0456\u0442$\u00a7\u00a2\u00a9\u2044\u2215\\",
    "ABCEHKMOPTXSIJABEZHIKMNOPTXaceopsitSSCC///",
)
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")
_OPENING, _CLOSING = re.compile(r"[({\[<]+"), re.compile(r"[)}\]>]+")
_STRANGE = re.compile(r"[,'\u2019\"!;:]|([~^_=|\\<>{}\u00ac\u00a6\u00bc-\u00be])")
_LISTED = re.compile(r"[A-Za-z0-9](?:,[A-Za-z0-9])+")


def looks_damaged(typed: str, *, numbered: bool) -> bool:
    """Whether a bracket in mark position that does not parse is a mark that was damaged.

    ``numbered``: it stands right behind a paragraph's number, where hardly anything else does.
    """
    return len(typed) <= 400 and _looks(" ".join(typed.split()), numbered)


@lru_cache(maxsize=1024)
def _looks(typed: str, numbered: bool) -> bool:
    if looks_like_level(typed):
        return True
    if len(typed) > _LONGEST:
        return False
    alike = skeleton(typed)
    if alike != typed and (parse(alike) is not None or looks_like_level(alike)):
        return True
    inner = alike.strip("()\"' ")
    letters = _BETWEEN.sub("", inner)
    parted = "/" in inner and len(letters) > 1 and inner == upper(inner)  # T/S
    if upper(letters) in _SHORTS and letters != inner and (numbered or parted):
        return True
    if numbered and (inner.startswith("//") or inner in _FOREIGN):
        return True
    return _is_misspelt(inner) or (numbered and _is_garbled(inner))


def skeleton(typed: str) -> str:
    """The mark in plain round brackets and Latin letters that something could be taken for."""
    plain = normalize("NFKC", typed).translate(_ALIKE).lstrip("\"'\u201c\u2018")
    inner = _CLOSING.sub("", _OPENING.sub("", plain))
    return f"({inner.strip()})"


def _is_misspelt(inner: str) -> bool:
    """``(SECRFT)``, ``(CONFIDFNTIAL)``: a class with a letter or two misread; no other word."""
    letters = inner.replace(" ", "")
    if not letters.isalpha() or not letters.isupper() or letters.startswith(_CLASSES):
        return False
    from difflib import get_close_matches  # not before it is needed: it is slow to load

    return bool(get_close_matches(letters, _CLASSES, 1, 0.8))


def _is_garbled(inner: str) -> bool:
    """``J,e'f``: a few letters with signs between them that no word and no list has."""
    if len(inner) > 14 or not any(map(str.isalpha, inner)) or _LISTED.fullmatch(inner):
        return False
    if any(len(run) > 2 for run in re.split(r"[^A-Za-z]+", inner)) or ", " in inner:
        return False
    strange = _STRANGE.findall(inner)
    return len(strange) > 1 or any(strange)
