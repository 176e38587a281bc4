"""Faces: what they cover, how wide words are, and the objects that embed them.

A font object holds a sheet of a face. The first sheet has the letters of almost every cable and is
the same in every document, so it is cut once a process; further sheets hold what else a document
has. No code of theirs is given twice in a document: pdfium takes two glyphs of one code at one
place for a shadow, even of two fonts, and an accent that has no width puts them there.
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

_CACHED_WIDTHS = 25_000  # words of a face; then the cache starts anew
_CACHED_SUBSETS = 64
_ASCII = range(32, 127)
_TYPOGRAPHIC = "·–—‘’“”…§"
_USUAL = {chr(code): code for code in _ASCII} | {
    char: code for code, char in enumerate(_TYPOGRAPHIC, start=128)
}
_FIRST_SHEET = tuple((code, char) for char, code in _USUAL.items())
_FIRST_CODE = 128 + len(_TYPOGRAPHIC)  # of a further sheet: none of the first one's
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
        self._widths: dict[str, Widths] = {}
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

    def widths(self, name: str) -> Widths:
        """The width of any text where ``name`` is asked for, of size 1."""
        if name not in self._widths:
            self._widths[name] = Widths(self, name)
        return self._widths[name]

    def measure(self, name: str, size: float, text: str) -> float:
        """The width of a text in points."""
        return self.widths(name)[text] * size

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

    def advance(self, name: str, char: str) -> float:
        """The width of one character where ``name`` is asked for, of size 1."""
        return face(self._with(name, char)).advances.get(char, 0.0)

    def _with(self, name: str, char: str) -> str:
        """The face that shows a character where ``name`` is asked for."""
        if char in face(name).advances:
            return name
        return next((other for other in self._fallbacks if char in face(other).advances), name)


class Widths(dict[str, float]):
    """The width of any text in a face, of size 1; short ones are measured once."""

    def __init__(self, all_of_them: Fonts, name: str) -> None:
        super().__init__()
        self._fonts, self._name = all_of_them, name
        self._advances = face(name).advances

    def __missing__(self, text: str) -> float:
        try:
            wide = sum(map(self._advances.__getitem__, text))
        except KeyError:
            wide = sum(self._fonts.advance(self._name, char) for char in text)
        if len(self) >= _CACHED_WIDTHS:
            self.clear()
        if len(text) <= 64:
            self[text] = wide
        return wide


@lru_cache(maxsize=16)
def fonts(more: tuple[str, ...] = ()) -> Fonts:
    """The faces of a run, with their widths, for the next document of the run too.

    UsageError where a file of the user's is no font that can be used, needed or not.
    """
    for file in more:
        face(file)
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
        self._chars: dict[tuple[str, int], dict[int, str]] = {}
        self._given = 0  # codes of further sheets

    def use(self, name: str) -> None:
        """Note that a face is used with the letters of its first sheet."""
        self._chars.setdefault((name, 0), {})

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
        if char in _USUAL:
            self.use(name)
            return 0, _USUAL[char]
        sheet, code = 1 + self._given // _SHEET, _FIRST_CODE + self._given % _SHEET
        self._given += 1
        self._chars.setdefault((name, sheet), {})[code] = char
        return sheet, code

    def __iter__(self) -> Iterator[tuple[str, int, Embedded]]:
        """Each sheet in use with its objects, in one order for one document."""
        for name, sheet in sorted(self._chars):
            codes = self._chars[name, sheet]
            chars = tuple(sorted(codes.items())) if codes else _FIRST_SHEET
            yield name, sheet, _embedded(name, sheet, chars)


@lru_cache(maxsize=_CACHED_SUBSETS)
def _embedded(name: str, sheet: int, chars: tuple[tuple[int, str], ...]) -> Embedded:
    """The objects of a sheet, by its (code, character) pairs in the order of the codes."""
    loaded, advances = face(name).loaded, face(name).advances
    shown = {code: char for code, char in chars if char in advances}
    first, last = min(shown), max(shown)
    codes = [ord(shown.get(code, "\0")) for code in range(last + 1)]
    data = truetype.subset(loaded, codes)
    packed = zlib.compress(data, 9)
    letters = "".join(chr(65 + (sheet // 26**at) % 26) for at in range(6))
    title = f"{letters}+{loaded.name.decode('ascii', 'replace')}"
    widths = " ".join(
        f"{advances[shown[code]] * 1000:g}" if code in shown else "0"
        for code in range(first, last + 1)
    )
    box = " ".join(f"{side:g}" for side in loaded.bbox)
    mapped = zlib.compress(_to_unicode(shown), 9)
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
            f"/LastChar {last}/Widths[{widths}]"
            "/FontDescriptor %d 0 R/ToUnicode %d 0 R>>"
        ).encode(),
    )


def _to_unicode(shown: dict[int, str]) -> bytes:
    """The CMap that gives each code its character again (ISO 32000-1, 9.10.3)."""
    rows = [
        f"<{code:02X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in shown.items()
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
