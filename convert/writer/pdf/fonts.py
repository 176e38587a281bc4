"""The vendored faces: loaded once a process, asked what they cover and how wide words are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from convert.templates import folder

FILES = {
    "serif": "IBMPlexSerif-Regular.ttf",
    "serif-bold": "IBMPlexSerif-Bold.ttf",
    "sans": "IBMPlexSans-Regular.ttf",
    "sans-bold": "IBMPlexSans-Bold.ttf",
    "mono": "IBMPlexMono-Regular.ttf",
}
"""The faces by the names that the layout calls them. All have 1000 units to the em: reportlab
writes a wrong ``hmtx`` for others whose table is shortened."""

_CACHED_WIDTHS = 100_000  # words; then the cache starts anew
_CACHED_SUBSETS = 32


@cache
def face(name: str) -> TTFont:
    """One face, registered with reportlab under our own name."""
    font = TTFont(registered(name), str(folder() / "fonts" / FILES[name]), asciiReadable=1)
    _remember_subsets(font)
    pdfmetrics.registerFont(font)
    return font


def registered(name: str) -> str:
    """What reportlab knows a face as; no caller's own fonts are in the way."""
    return f"cable-{name}"


@cache
def covered(name: str) -> frozenset[str]:
    """The characters that a face has glyphs for, and that can be read back from a page.

    A soft hyphen has a glyph and no width worth the name: readers drop it from the text.
    """
    return frozenset(map(chr, face(name).face.charToGlyph)) - {"\xad"}


def measure(name: str, size: float, text: str) -> float:
    """The width of a text in points."""
    known = _widths.get((name, text))
    if known is None:
        if len(_widths) >= _CACHED_WIDTHS:
            _widths.clear()
        widths, default = _advances(name)
        known = sum(widths.get(ord(char), default) for char in text) / 1000
        if len(text) <= 64:
            _widths[name, text] = known
    return known * size


_widths: dict[tuple[str, str], float] = {}


@cache
def _advances(name: str) -> tuple[dict[int, float], float]:
    loaded = face(name).face
    return loaded.charWidths, loaded.defaultWidth


def _remember_subsets(font: TTFont) -> None:
    """Cables use much the same letters: the same subset is cut once."""
    cut: Callable[[list[int]], bytes] = font.face.makeSubset

    @lru_cache(maxsize=_CACHED_SUBSETS)
    def remembered(codes: tuple[int, ...]) -> bytes:
        return cut(list(codes))

    def make_subset(subset: Sequence[int]) -> bytes:
        return remembered(tuple(subset))

    vars(font.face)["makeSubset"] = make_subset


# Base-85 makes page streams longer and slower to write, and is of use to no one since 1996.
rl_config.useA85 = 0
