"""Every name of reportlab that the PDF writer uses, and what has to be mended in it.

reportlab reads TrueType files and cuts subsets out of them. It has no part in the file itself: its
document knows neither tags nor PDF/A, and a stock file fails PDF/A in its very bytes. None of these
names is documented, so the dependency is held to one minor release, and a test looks at each.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from convert.errors import UsageError

USED = (
    "charToGlyph", "charWidths", "defaultWidth", "name", "ascent", "descent", "capHeight", "bbox",
    "italicAngle", "stemV", "flags", "hmetrics", "makeSubset", "get_table_pos", "seek",
    "read_ushort",
)  # fmt: skip
"""Attributes of ``TTFontFace``; the last four and ``hmetrics`` are only for the mended widths."""


def load(file: Path) -> Any:
    """A face of a static TrueType font. UsageError where reportlab could not embed it rightly."""
    try:
        face = TTFontFace(str(file))
    except (TTFError, OSError) as error:
        raise UsageError(
            f"{file} cannot be used as a font: {error}",
            "Name a static TrueType font (.ttf); CFF outlines (most .otf) cannot be embedded.",
        ) from error
    if _has(face, "fvar"):
        raise UsageError(
            f"{file} is a variable font",
            "Name a static one: only its default instance could be used, whatever its name says.",
        )
    _mend_widths(face)
    return face


def _mend_widths(face: Any) -> None:
    """Widths behind a shortened ``hmtx`` in the font's own units again.

    reportlab stores them scaled to 1000 units to the em (600 for Liberation Mono's 1229), and the
    embedded table then contradicts the dictionary (ISO 19005-2, 6.2.11.5).
    """
    face.seek(face.get_table_pos("hhea")[0] + 34)
    count = face.read_ushort()
    last = face.hmetrics[count - 1][0]
    face.hmetrics[count:] = [(last, bearing) for _, bearing in face.hmetrics[count:]]


def _has(face: Any, table: str) -> bool:
    try:
        face.get_table_pos(table)
    except KeyError:
        return False
    return True


def subset(face: Any, codes: list[int]) -> bytes:
    """A font file whose code N shows the character ``codes[N]``; 0 is for codes not in use."""
    return bytes(face.makeSubset(codes))
