"""The numbers that Word counts by itself: no text of the file, yet on the page (17.9)."""

from __future__ import annotations

from collections.abc import Callable

from convert.model import regex as re
from convert.tree import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")


class Numbering:
    """The lists of a document, counted paragraph by paragraph."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], etree._Element] = {}
        self._lists: dict[str, str] = {}  # list -> its pattern
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        if numbering is None:
            return
        for pattern in numbering.iterfind(f"{W}abstractNum"):
            for level in pattern.iterfind(f"{W}lvl"):
                key = pattern.get(f"{W}abstractNumId", ""), whole(level.get(f"{W}ilvl"))
                self._levels[key] = level
        for one in numbering.iterfind(f"{W}num"):
            id = one.get(f"{W}numId", "")
            self._lists[id] = _value(one, "abstractNumId")
            for override in one.iterfind(f"{W}lvlOverride"):
                if start := _value(override, "startOverride"):
                    self._starts[id, whole(override.get(f"{W}ilvl"))] = whole(start)
        for style in () if styles is None else styles.iterfind(f"{W}style"):
            about = style.find(f"{W}pPr/{W}numPr")
            if about is not None and (id := _value(about, "numId")):
                place = whole(_value(about, "ilvl"))
                self._of_style[style.get(f"{W}styleId", "")] = id, place

    def next(self, paragraph: etree._Element, style: str) -> str:
        """What stands before a paragraph, ``1.``; nothing where it is in no list."""
        about = paragraph.find(f"{W}pPr/{W}numPr")
        id, place = self._of_style.get(style, ("", 0))
        if about is not None:
            id, place = _value(about, "numId") or id, whole(_value(about, "ilvl")) or place
        pattern = self._lists.get(id)
        if pattern is None:
            return ""
        counts = self._counts.setdefault(id if (id, place) in self._starts else pattern, {})
        for deeper in [level for level in counts if level > place]:
            del counts[deeper]
        counts[place] = counts.get(place, self._start(id, pattern, place) - 1) + 1
        return self._shown(pattern, place, counts, id)

    def _start(self, id: str, pattern: str, place: int) -> int:
        level = self._levels.get((pattern, place))
        stated = _value(level, "start") if level is not None else ""
        return self._starts.get((id, place), whole(stated) if stated else 1)

    def _shown(self, pattern: str, place: int, counts: dict[int, int], id: str) -> str:
        level = self._levels.get((pattern, place))
        if level is None or _value(level, "numFmt") in ("none", ""):
            return ""
        if _value(level, "numFmt") == "bullet":
            return "-"

        def count(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = self._levels.get((pattern, at))
            value = counts.get(at, self._start(id, pattern, at))
            return _FORMS.get(_value(form, "numFmt") if form is not None else "", str)(value)

        return _PLACE.sub(count, _value(level, "lvlText"))


def _letters(value: int) -> str:
    """A, B, ... Z, AA, BB (17.18.59)."""
    return chr(ord("A") + (value - 1) % 26) * min((value - 1) // 26 + 1, 20)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(value: int) -> str:
    said = ""
    for worth, sign in _ROMAN:
        said += sign * (value // worth)
        value %= worth
    return said


_FORMS: dict[str, Callable[[int], str]] = {
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "upperRoman": lambda value: _roman(value % 4000),
    "lowerRoman": lambda value: _roman(value % 4000).lower(),
}


def _value(parent: etree._Element, tag: str) -> str:
    found = parent.find(f"{W}{tag}")
    return "" if found is None else found.get(f"{W}val", "")


def whole(text: str | None) -> int:
    """A number of up to nine digits; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
