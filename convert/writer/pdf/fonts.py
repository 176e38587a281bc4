"""Faces: what they cover, how wide words are, and the objects that embed them.

Each face has sheets of up to 223 characters. The first sheet is ASCII and the same in every
document, so it is cut once a process; further sheets hold what a document has beyond it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from convert.model.text import coded
from convert.templates import folder
from convert.writer.pdf import truetype

FILES = {
    "serif": "IBMPlexSerif-Regular.ttf",
    "serif-bold": "IBMPlexSerif-Bold.ttf",
    "sans": "IBMPlexSans-Regular.ttf",
    "sans-bold": "IBMPlexSans-Bold.ttf",
    "mono": "IBMPlexMono-Regular.ttf",
    "mono-bold": "IBMPlexMono-Bold.ttf",
}
"""The faces by the names that the design calls them."""

FALLBACKS = ("sans", "mono")  # where another face has no glyph: box drawing is in the mono alone

_CACHED_WIDTHS = 100_000  # words; then the cache starts anew
_CACHED_SUBSETS = 64
_ASCII = range(32, 127)
_FIRST_CODE = 33  # of a further sheet: code 32 is a blank to every program that counts words
_SHEET = 256 - _FIRST_CODE
_UNREADABLE = "\xad"  # has a glyph, but readers drop a soft hyphen from the text


class Face:
    """One font file: loaded when it is first asked for, and kept for the process."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self.loaded = loaded = truetype.load(file)
        self.advances: dict[str, float] = {
            chr(code): loaded.charWidths.get(code, loaded.defaultWidth) / 1000
            for code in loaded.charToGlyph
            if chr(code) not in _UNREADABLE and not 0xD800 <= code < 0xE000
        }


@cache
def face(name: str) -> Face:
    """A face of the house by its name, any other by its file."""
    file = folder() / "fonts" / FILES[name] if name in FILES else Path(name)
    return Face(name, file)


class Fonts:
    """The faces of a run: those of the house, and the user's own for what the house has not."""

    def __init__(self, more: Sequence[str] = ()) -> None:
        self._fallbacks = (*FALLBACKS, *more)
        self._widths: dict[tuple[str, str], float] = {}
        self._covered: dict[str, frozenset[str]] = {}

    def covers(self, name: str) -> frozenset[str]:
        """The characters that can be shown where ``name`` is asked for."""
        if name not in self._covered:
            own = face(name).advances.keys()
            self._covered[name] = frozenset(own).union(*(face(f).advances for f in self._fallbacks))
        return self._covered[name]

    def missing(self, name: str, text: str) -> set[str]:
        """The characters of a text that no face has; blanks are no concern of a face's."""
        if text.isascii() and text.isprintable():
            return set()
        return {char for char in set(text) - self.covers(name) if not char.isspace()}

    def shown(self, name: str, text: str) -> str:
        """The text with a code point in brackets for each character that no face has."""
        lost = self.missing(name, text)
        return text.translate({ord(char): coded(char) for char in lost}) if lost else text

    def measure(self, name: str, size: float, text: str) -> float:
        """The width of a text in points."""
        known = self._widths.get((name, text))
        if known is None:
            if len(self._widths) >= _CACHED_WIDTHS:
                self._widths.clear()
            advances = face(name).advances
            try:
                known = sum(map(advances.__getitem__, text))
            except KeyError:
                known = sum(self._advance(name, char) for char in text)
            if len(text) <= 64:
                self._widths[name, text] = known
        return known * size

    def stretches(self, name: str, text: str) -> Iterator[tuple[str, str]]:
        """A text in stretches of one face each."""
        start, last = 0, name
        for place, char in enumerate(text):
            found = self._with(name, char)
            if found != last:
                if place > start:
                    yield last, text[start:place]
                start, last = place, found
        yield last, text[start:]

    def _advance(self, name: str, char: str) -> float:
        return face(self._with(name, char)).advances.get(char, 0.0)

    def _with(self, name: str, char: str) -> str:
        """The face that shows a character where ``name`` is asked for."""
        if char in face(name).advances:
            return name
        return next((other for other in self._fallbacks if char in face(other).advances), name)


@lru_cache(maxsize=16)
def fonts(more: tuple[str, ...] = ()) -> Fonts:
    """The faces of a run, with their widths, for the next document of the run too."""
    return Fonts(more)


class Embedded(NamedTuple):
    """The objects of one sheet of a face; each ``%d`` is the number of the object before it."""

    file: bytes
    descriptor: bytes
    unicode: bytes
    font: bytes


class Sheets:
    """The sheets of the faces that one document uses."""

    def __init__(self) -> None:
        self._codes: dict[str, dict[str, tuple[int, int]]] = {}
        self._chars: dict[tuple[str, int], list[str]] = {}

    def use(self, name: str) -> None:
        """Note that a face is used with ASCII letters."""
        self._chars.setdefault((name, 0), [])

    def coded(self, name: str, text: str) -> Iterator[tuple[int, bytes]]:
        """A text of one face as (sheet, codes)."""
        known = self._codes.setdefault(name, {})
        sheet, codes = -1, bytearray()
        for char in text:
            place = known.get(char)
            if place is None:
                place = known[char] = self._place(name, char)
            if place[0] != sheet:
                if codes:
                    yield sheet, bytes(codes)
                sheet, codes = place[0], bytearray()
            codes.append(place[1])
        if codes:
            yield sheet, bytes(codes)

    def _place(self, name: str, char: str) -> tuple[int, int]:
        if ord(char) in _ASCII:
            self.use(name)
            return 0, ord(char)
        sheet = 1
        while len(self._chars.get((name, sheet), ())) >= _SHEET:
            sheet += 1
        chars = self._chars.setdefault((name, sheet), [])
        chars.append(char)
        return sheet, _FIRST_CODE + len(chars) - 1

    def __iter__(self) -> Iterator[tuple[str, int, Embedded]]:
        """Each sheet in use with its objects, in one order for one document."""
        for name, sheet in sorted(self._chars):
            yield name, sheet, _embedded(name, sheet, "".join(self._chars[name, sheet]))


@lru_cache(maxsize=_CACHED_SUBSETS)
def _embedded(name: str, sheet: int, chars: str) -> Embedded:
    """Cables use much the same letters: the same sheet is cut once."""
    loaded = face(name).loaded
    codes = [0] * 32 + list(_ASCII) if sheet == 0 else [0] * _FIRST_CODE + list(map(ord, chars))
    first = 32 if sheet == 0 else _FIRST_CODE
    data = truetype.subset(loaded, codes)
    packed = zlib.compress(data, 9)
    letters = "".join(chr(65 + (sheet // 26**at) % 26) for at in range(6))
    title = f"{letters}+{loaded.name.decode('ascii', 'replace')}"
    widths = " ".join(f"{face(name).advances[chr(code)] * 1000:g}" for code in codes[first:])
    box = " ".join(f"{side:g}" for side in loaded.bbox)
    mapped = zlib.compress(_to_unicode(codes[first:], first), 9)
    return Embedded(
        b"<</Length1 %d/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
        % (len(data), len(packed), packed),
        (
            f"<</Type/FontDescriptor/FontName/{title}/Flags {loaded.flags & ~32 | 4}"
            f"/FontBBox[{box}]/ItalicAngle {loaded.italicAngle:g}/Ascent {loaded.ascent:g}"
            f"/Descent {loaded.descent:g}/CapHeight {loaded.capHeight:g}/StemV {loaded.stemV:g}"
            "/FontFile2 %d 0 R>>"
        ).encode(),
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(mapped), mapped),
        (
            f"<</Type/Font/Subtype/TrueType/BaseFont/{title}/FirstChar {first}"
            f"/LastChar {len(codes) - 1}/Widths[{widths}]"
            "/FontDescriptor %d 0 R/ToUnicode %d 0 R>>"
        ).encode(),
    )


def _to_unicode(codes: list[int], first: int) -> bytes:
    """The CMap that gives each code its character again (ISO 32000-1, 9.10.3)."""
    rows = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>"
        for code, char in enumerate(codes, start=first)
    ]
    blocks = (rows[at : at + 100] for at in range(0, len(rows), 100))
    listed = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()
