"""A tagged PDF taken apart: objects, the text of each page with its places, the structure tree.

Reads files with classic cross-reference tables, incremental updates too; anything else is refused
as unreadable. ISO 32000-1, 7.5, 9.4 and 14.7.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from convert.model import regex as re
from convert.model.data import Data, field

_HEX = rb"<[^<>]*+>"
_STRING = rb"\([^()\\]*+(?:\\.[^()\\]*+)*+\)"
_LEAVES = rb"[^<>]++|<[^<>]*+>"  # what a dictionary holds, but dictionaries
_DICTIONARY = rb"<<(?:%b|<<(?:%b|<<(?:%b)*+>>)*+>>)*+>>" % (_LEAVES, _LEAVES, _LEAVES)
_ARRAY = rb"\[[^\[\]]*+(?:\[[^\[\]]*+\][^\[\]]*+)*+\]"
_PAIR = re.compile(
    rb"/([A-Za-z0-9+._#-]+)\s*("
    + b"|".join((_ARRAY, _DICTIONARY, _HEX, _STRING))
    + rb"|/[^\s/<>\[\]()]*|-?[\d.]+(?: \d+ R)?|true|false|null)",
    re.DOTALL,
)
_OBJECT = re.compile(rb"\s*(\d+) \d+ obj\s*")
_KID = re.compile(  # what stands there, the number of an element, the number of content
    rb"<<(?:[^<>]|<[^<>]*>)*>>|(\d+) \d+ R|(\d+)"
)
_REFERENCE = re.compile(rb"(\d+) \d+ R")
_PLACE = rb"1 0 0 1 (-?[\d.]++) (-?[\d.]++) Tm"
_FONT = rb"/([^\s/<>\[\]()]++) -?[\d.]++ Tf"
_OPERATOR = re.compile(
    rb"(?:" + _PLACE + rb"\s*+)?(?:" + _FONT + rb"\s*+)?(" + _STRING + rb")\s*+Tj"
    rb"|" + _PLACE + rb"|" + _FONT + rb"|/[A-Za-z0-9]++\s*+<<[^<>]*?/MCID (\d++)[^<>]*+>>\s*+BDC"
    rb"|/Artifact\s*+(?:<<([^<>]*+)>>\s*+BDC|BMC)"
    rb"|(EMC)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ROWS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_LIMIT = 1 << 30  # bytes of one stream, unpacked

Dictionary = dict[bytes, bytes]


class Run(Data, frozen=False):
    """Text as one operator shows it."""

    text: str
    page: int
    x: float
    y: float


class Font(NamedTuple):
    """The character of each code of a font."""

    characters: tuple[str, ...]
    is_ascii: bool = False  # codes 32 to 126 are ASCII


class Page(Data, frozen=False):
    """The text of a page in the order of its stream."""

    height: float
    runs: list[Run] = field(default_factory=list)
    marked: dict[int, list[Run]] = field(default_factory=dict)
    artifacts: list[tuple[bytes, list[Run]]] = field(default_factory=list)  # with their attributes


class Node(Data, frozen=False):
    """An element of the structure; its content as runs and elements, in order."""

    kind: str
    kids: list[Node | Run] = field(default_factory=list)
    about: Dictionary = field(default_factory=dict)

    def runs(self) -> Iterator[Run]:
        """All text of the element, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Run):
                yield kid
            else:
                yield from kid.runs()

    def text(self) -> str:
        """The same as one text."""
        return "".join(run.text for run in self.runs())

    def nodes(self) -> list[Node]:
        """The elements in it."""
        return [kid for kid in self.kids if isinstance(kid, Node)]


class Document:
    """A file: its pages and its structure. ValueError where it is none that can be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._places, self.trailer = _places(data)
        self.catalog = self.dictionary(self.trailer[b"Root"])
        self._fonts: dict[bytes, Font] = {}
        listed = list(self._page_objects(self.catalog[b"Pages"]))
        self.pages = [self._page(place, page) for place, page in enumerate(listed)]
        self._page_of = {page: place for place, page in enumerate(listed)}

    def dictionary(self, reference: bytes) -> Dictionary:
        """A dictionary by what stands in its place: a reference, or itself."""
        found = _REFERENCE.fullmatch(reference)
        body = self._body(int(found[1])) if found else reference
        return dict(_PAIR.findall(body[2 : body.find(b"stream")] if found else body[2:-2]))

    def stream(self, reference: bytes) -> bytes:
        """The content of a stream, unpacked."""
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise ValueError("a stream that is no object of its own")
        body = self._body(int(found[1]))
        start = body.index(b"stream") + len(b"stream")
        start += 2 if body[start : start + 2] == b"\r\n" else 1
        about = dict(_PAIR.findall(body[2:start]))
        content = body[start : start + int(about[b"Length"])]
        if about.get(b"Filter") != b"/FlateDecode":
            return content
        unpacked = zlib.decompressobj().decompress(content, _LIMIT)
        if len(unpacked) >= _LIMIT:
            raise ValueError("a stream that unpacks without end")
        return unpacked

    def structure(self) -> Node:
        """The one element at the top, with all that is in it."""
        top = self.dictionary(self.catalog[b"StructTreeRoot"])
        (number,) = (int(found) for found in _REFERENCE.findall(top[b"K"]))
        root = Node("", [Node("")])
        left: list[tuple[int, Node, int]] = [(number, root, 0)]
        seen: set[int] = set()
        while left:
            number, parent, place = left.pop()
            if number in seen:
                raise ValueError("an element that is part of itself")
            seen.add(number)
            about = dict(_PAIR.findall(self._body(number)[2:]))
            node = Node(about[b"S"][1:].decode("latin-1"), about=about)
            parent.kids[place] = node
            own = self._page_of.get(about.get(b"Pg", b""))
            below = []
            for found in _KID.finditer(about.get(b"K", b"")):
                whole, kid, content = found.group(0, 1, 2)
                if kid:
                    below.append((int(kid), node, len(node.kids)))
                    node.kids.append(node)  # its place; the element itself is read next
                elif content:
                    node.kids += self._content(own, int(content))
                elif b"/MCR" in whole:
                    mark = dict(_PAIR.findall(whole[2:-2]))
                    page = self._page_of[mark[b"Pg"]]
                    node.kids += self._content(page, int(mark[b"MCID"]))
            left += reversed(below)
        return root.nodes()[0]

    def _content(self, page: int | None, number: int) -> list[Run]:
        if page is None or number not in self.pages[page].marked:
            raise ValueError(f"content {number} of a page that has none such")
        return self.pages[page].marked[number]

    def _page_objects(self, reference: bytes, depth: int = 0) -> Iterator[bytes]:
        about = self.dictionary(reference)
        if about.get(b"Type") == b"/Page":
            yield reference
            return
        if depth > 50:
            raise ValueError("a page tree without end")
        for number in _REFERENCE.findall(about[b"Kids"]):
            yield from self._page_objects(number + b" 0 R", depth + 1)

    def _page(self, place: int, reference: bytes) -> Page:
        about = self.dictionary(reference)
        box = about[b"MediaBox"].strip(b"[]").split()
        fonts = self._named_fonts(about[b"Resources"])
        listed = _REFERENCE.findall(about[b"Contents"])
        content = b"\n".join(self.stream(one + b" 0 R") for one in listed)
        return _shown(content, fonts, place, float(box[3]))

    def _named_fonts(self, resources: bytes) -> dict[bytes, Font]:
        fonts = self.dictionary(resources).get(b"Font", b"<<>>")
        named = {}
        for name, reference in self.dictionary(fonts).items():
            if reference not in self._fonts:
                font = self.dictionary(reference)
                self._fonts[reference] = _characters(self.stream(font[b"ToUnicode"]))
            named[name] = self._fonts[reference]
        return named

    def _body(self, number: int) -> bytes:
        start = self._places[number]
        head = _OBJECT.match(self._data, start)
        if not head or int(head[1]) != number:
            raise ValueError(f"object {number} is not where the table says")
        end = self._data.find(b"endobj", head.end())
        # A packed stream may hold these letters by chance; its length then says where it ends.
        body = self._data[head.end() : end]
        at = body.find(b"stream")
        if at >= 0 and (length := re.search(rb"/Length (\d+)", body[:at])):
            least = head.end() + at + int(length[1])
            body = self._data[head.end() : max(end, self._data.find(b"endobj", least))]
        return body


def _places(data: bytes) -> tuple[dict[int, int], Dictionary]:
    """Where each object is, the newest of each number, and the newest trailer."""
    marker = data.rfind(b"startxref")
    if not data.startswith(b"%PDF-") or marker < 0:
        raise ValueError("no PDF")
    at = int(data[marker + 9 : marker + 40].split()[0])
    places: dict[int, int] = {}
    newest: Dictionary | None = None
    seen: set[int] = set()
    while at not in seen:
        seen.add(at)
        if data[at : at + 4] != b"xref":
            raise ValueError("no cross-reference table where the file says")
        end = data.index(b"trailer", at)
        words = data[at + 4 : end].split()
        place = 0
        while place < len(words):
            first, count = int(words[place]), int(words[place + 1])
            rows = words[place + 2 : place + 2 + 3 * count]
            for number in range(count):
                if rows[3 * number + 2] == b"n":
                    places.setdefault(first + number, int(rows[3 * number]))
            place += 2 + 3 * count
        tail = data[end + 7 : data.index(b"startxref", end)].strip()
        trailer = dict(_PAIR.findall(tail[2:-2]))
        newest = newest or trailer
        if b"Prev" not in trailer:
            return places, newest
        at = int(trailer[b"Prev"])
    raise ValueError("a chain of tables without end")


def _shown(content: bytes, fonts: dict[bytes, Font], page: int, height: float) -> Page:
    """The text of a content stream, by the marks that it stands in."""
    shown = Page(height)
    font = Font(())
    x = y = 0.0
    inside: list[Run] | None = None
    for match in _OPERATOR.finditer(content):
        kind = match.lastindex
        if kind == 4:
            across, up, named, string = match.group(1, 2, 3, 4)
            if across:
                x, y = float(across), float(up)
            if named:
                font = fonts[named]
            if inside is None:
                raise ValueError("text that is neither marked nor an artifact")
            run = Run(_decoded(string[1:-1], font), page, x, y)
            shown.runs.append(run)
            inside.append(run)
        elif kind == 6:
            x, y = float(match[5]), float(match[6])
        elif kind == 7:
            font = fonts[match[7]]
        elif kind == 8:
            inside = shown.marked.setdefault(int(match[8]), [])
        elif kind == 10:
            inside = None
        else:
            inside = []
            shown.artifacts.append((match[9] or b"", inside))
    return shown


def _decoded(codes: bytes, font: Font) -> str:
    codes = unescaped(codes)
    if font.is_ascii and codes.isascii() and (text := codes.decode()).isprintable():
        return text
    return "".join([font.characters[code] for code in codes])


def unescaped(typed: bytes) -> bytes:
    """What a string in brackets says (7.3.4.2)."""
    return _ESCAPE.sub(_character, typed) if b"\\" in typed else typed


def _character(match: re.Match[bytes]) -> bytes:
    said = match[1]
    return bytes([int(said, 8) & 255]) if said[:1].isdigit() else _ESCAPED.get(said, said)


@lru_cache(maxsize=64)
def _characters(cmap: bytes) -> Font:
    """The character of each code; U+FFFD where there is none."""
    found = ["\ufffd"] * 256
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, characters in _ROWS.findall(block):
            found[int(code, 16) & 255] = bytes.fromhex(characters.decode()).decode("utf-16-be")
    return Font(tuple(found), found[32:127] == list(map(chr, range(32, 127))))
