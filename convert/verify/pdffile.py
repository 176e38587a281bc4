"""A tagged PDF taken apart: objects, the text of each page with its places, the structure tree.

Reads files with classic cross-reference tables, incremental updates too; anything else is refused
as unreadable. ISO 32000-1, 7.5, 9.4 and 14.7.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache

from convert.model import regex as re
from convert.model.data import Data, field
from convert.verify.pdfpage import CODES, Font, Page, Run, shown

_NAME = rb"/[^\s/<>\[\]()]*+"
_HEX = rb"<[^<>]*+>"
_STRING = rb"\(" + CODES + rb"\)"
_DICTIONARY = rb"<<(?:[^<>()%%]++|%b|%b)*+>>" % (_HEX, _STRING)
for _ in range(4):  # dictionaries in dictionaries, as deep as a page's resources have them
    _DICTIONARY = rb"<<(?:[^<>()%%]++|%b|%b|%b)*+>>" % (_HEX, _STRING, _DICTIONARY)
_ARRAY = rb"\[[^\[\]]*+(?:\[[^\[\]]*+\][^\[\]]*+)*+\]"
_VALUE = rb"(?:%b)" % b"|".join((
    _NAME, rb"-?[\d.]++(?: \d++ R)?+", _ARRAY, _DICTIONARY, _HEX, _STRING, rb"true|false|null",
))  # fmt: skip
_PAIR = re.compile(rb"/([A-Za-z0-9+._#-]++)\s*+(" + _VALUE + rb")", re.DOTALL)
_OBJECT = re.compile(
    rb"\s*+(\d++) \d++ obj\s*+(" + _DICTIONARY + rb")\s*+(?:endobj|(stream)\r?+\n)", re.DOTALL
)
# An element of the structure: its number, its pairs, and of them what it is, its page, its kids.
_ELEMENT = re.compile(
    rb"\s*+(\d++) \d++ obj\s*+<<((?:\s*+"
    rb"(?:/S\s*+/([A-Za-z0-9]++)|/Pg\s*+(\d++ \d++ R)|/K\s*+(\d[^/<>]*+|%b|%b)|/[A-Za-z]++\s*+%b)"
    rb")*+)\s*+>>\s*+endobj" % (_ARRAY, _DICTIONARY, _VALUE),
    re.DOTALL,
)
# The number of an element, or of content; the page and number of content elsewhere; other kids.
_KID = re.compile(rb"(\d++)(?: \d++ (R))?+|(" + _DICTIONARY + rb")", re.DOTALL)
_REFERENCE = re.compile(rb"(\d++) \d++ R")
_ROWS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_LIMIT = 1 << 30  # bytes of one stream, unpacked

Dictionary = dict[bytes, bytes]


class Node(Data, frozen=False):
    """An element of the structure; its content as runs and elements, in order."""

    kind: str
    kids: list[Node | Run] = field(default_factory=list)
    typed: bytes = b""

    @property
    def about(self) -> Dictionary:
        """All that is said of the element."""
        return dict(_PAIR.findall(self.typed))

    def runs(self) -> Iterator[Run]:
        """All text of the element, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Run):
                yield kid
            else:
                yield from kid.runs()

    def text(self) -> str:
        """The same as one text."""
        return "".join([kid.text if isinstance(kid, Run) else kid.text() for kid in self.kids])

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
        listed = dict(self._page_objects(self.catalog[b"Pages"]))
        self.pages = [self._page(place, about) for place, about in enumerate(listed.values())]
        # Marked text by its page and number, but what an element of the structure has taken.
        self.unheard = {
            (reference, number): runs
            for reference, page in zip(listed, self.pages, strict=True)
            for number, runs in page.marked.items()
        }
        self.elements = self._elements()  # in reading order; all are in the first

    def dictionary(self, reference: bytes) -> Dictionary:
        """A dictionary by what stands in its place: a reference, or itself."""
        found = _REFERENCE.fullmatch(reference)
        body = self._object(int(found[1]))[2] if found else reference
        return dict(_PAIR.findall(body, 2))

    def stream(self, reference: bytes) -> bytes:
        """The content of a stream, unpacked."""
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise ValueError("a stream that is no object of its own")
        head = self._object(int(found[1]))
        if not head[3]:
            raise ValueError(f"object {int(found[1])} is no stream")
        about = dict(_PAIR.findall(head[2], 2))
        content = self._data[head.end() : head.end() + int(about[b"Length"])]
        if about.get(b"Filter") != b"/FlateDecode":
            return content
        unpacked = zlib.decompressobj().decompress(content, _LIMIT)
        if len(unpacked) >= _LIMIT:
            raise ValueError("a stream that unpacks without end")
        return unpacked

    def structure(self) -> Node:
        """The one element at the top, with all that is in it."""
        return self.elements[0]

    def _elements(self) -> list[Node]:
        top = self.dictionary(self.catalog[b"StructTreeRoot"])
        (number,) = (int(found) for found in _REFERENCE.findall(top[b"K"]))
        found: dict[int, Node] = {}
        left: list[tuple[int, list[Node | Run], int]] = [(number, [Node("")], 0)]
        while left:
            number, siblings, place = left.pop()
            if number in found:
                raise ValueError("an element that is part of itself")
            typed = _ELEMENT.match(self._data, self._places[number])
            if not typed or int(typed[1]) != number or not typed[3]:
                raise ValueError(f"element {number} is not where the table says, or is of no kind")
            pairs, kind, page, content = typed.group(2, 3, 4, 5)
            kids: list[Node | Run] = []
            siblings[place] = found[number] = node = Node(kind.decode(), kids, pairs)
            below = []
            for kid, is_element, other in _KID.findall(content or b""):
                if is_element:
                    below.append((int(kid), kids, len(kids)))
                    kids.append(node)  # its place; the element itself is read next
                elif kid:
                    kids += self.unheard.pop((page, int(kid)))
                elif b"/MCR" in other:
                    mark = dict(_PAIR.findall(other, 2))
                    kids += self.unheard.pop((mark[b"Pg"], int(mark[b"MCID"])))
            left += below[::-1]
        return list(found.values())

    def _page_objects(self, top: bytes) -> Iterator[tuple[bytes, Dictionary]]:
        left, seen = [top], set[bytes]()
        while left:
            reference = left.pop()
            if reference in seen:
                raise ValueError("a page tree without end")
            seen.add(reference)
            about = self.dictionary(reference)
            if about.get(b"Type") == b"/Page":
                yield reference, about
            else:
                below = _REFERENCE.findall(about[b"Kids"])
                left += [number + b" 0 R" for number in reversed(below)]

    def _page(self, place: int, about: Dictionary) -> Page:
        box = about[b"MediaBox"].strip(b"[]").split()
        fonts = self._named_fonts(about[b"Resources"])
        listed = _REFERENCE.findall(about[b"Contents"])
        content = b"\n".join([self.stream(one + b" 0 R") for one in listed])
        return shown(content, fonts, place, (float(box[2]), float(box[3])))

    def _named_fonts(self, resources: bytes) -> dict[bytes, Font]:
        fonts = self.dictionary(resources).get(b"Font", b"<<>>")
        named = {}
        for name, reference in self.dictionary(fonts).items():
            if reference not in self._fonts:
                font = self.dictionary(reference)
                self._fonts[reference] = _characters(self.stream(font[b"ToUnicode"]))
            named[name] = self._fonts[reference]
        return named

    def _object(self, number: int) -> re.Match[bytes]:
        """Number, dictionary, and whether a stream begins where this ends."""
        head = _OBJECT.match(self._data, self._places[number])
        if not head or int(head[1]) != number:
            raise ValueError(f"object {number} is not where the table says")
        return head


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
            if count < 0:
                raise ValueError("a table of less than nothing")
            rows = words[place + 2 : place + 2 + 3 * count]
            for number, (byte, kind) in enumerate(zip(rows[::3], rows[2::3], strict=True), first):
                if kind == b"n":
                    places.setdefault(number, int(byte))
            place += 2 + 3 * count
        tail = data[end + 7 : data.index(b"startxref", end)].strip()
        trailer = dict(_PAIR.findall(tail, 2))
        newest = newest or trailer
        if b"Prev" not in trailer:
            return places, newest
        at = int(trailer[b"Prev"])
    raise ValueError("a chain of tables without end")


@lru_cache(maxsize=64)
def _characters(cmap: bytes) -> Font:
    """The character of each code; U+FFFD where there is none."""
    found = dict.fromkeys(range(256), "\ufffd")
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, characters in _ROWS.findall(block):
            found[int(code, 16) & 255] = bytes.fromhex(characters.decode()).decode("utf-16-be")
    # What has one character for each code is read faster as a text.
    return "".join(found.values()) if set(map(len, found.values())) == {1} else found
