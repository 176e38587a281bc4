"""A TEI text as the characters of its source, and the blocks that stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from convert.model import regex as re
from convert.model.data import Data, field
from convert.tree import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HOLDERS = frozenset({"text", "front", "body", "back", "div", "closer", "opener", "group", "list"})
_BLOCKS = frozenset({"p", "ab", "head", "note", "fw", "table", "signed", "item", "dateline"})
_UNTYPED = frozenset({"reg", "corr", "expan", "spanGrp", "teiHeader", "figure"})
_BLANKS = re.compile(r"[ \t\r\n]+")


class Block(Data, frozen=False):
    """An element of the text; ``start`` and ``end``: its first and last character that counts."""

    element: etree._Element
    kind: str  # the element's name
    start: int = -1
    end: int = -1
    inner: list[Block] = field(default_factory=list)  # what interrupts it; rows and cells

    @property
    def type(self) -> str:
        """Its ``@type``."""
        return self.element.get("type") or ""


class Recovered(Data, frozen=False):
    """The characters, and the blocks in order."""

    text: str
    blocks: list[Block]
    strange: list[tuple[str, int]]  # elements that say nothing here, and where they stand


def recover(text: etree._Element, line_end: str) -> Recovered:
    """The text of the source. Blanks count where ``xml:space`` says so; else lines are made."""
    walk = _Walk(exact=text.get(SPACE) == "preserve")
    walk.holder(text)
    told = "".join(walk.said)
    if not walk.exact:
        told += "\n"
    if line_end != "\n":
        return Recovered(*_with_ends(told, walk.blocks, line_end), walk.strange)
    return Recovered(told, walk.blocks, walk.strange)


class _Walk:
    def __init__(self, *, exact: bool) -> None:
        self.exact = exact
        self.said: list[str] = []
        self.blocks: list[Block] = []
        self.strange: list[tuple[str, int]] = []
        self._length = 0
        self._open: list[Block] = []

    def holder(self, element: etree._Element) -> None:
        """A division: blocks, and blanks between them."""
        self._say(element.text)
        for child in element:
            name = _name(child)
            if name in _BLOCKS:
                self._block(child, name)
            elif name in _HOLDERS or name == "listBibl":
                self.holder(child)
            elif name == "pb" and child.get("type") == "formFeed":
                self._say("\f")
            elif name == "lb" and child.get("type") == "verticalTab":
                self._say("\v")
            elif name not in ("milestone", "pb", "lb", "cb") and name not in _UNTYPED:
                self.strange.append((name, self._length))
                self._block(child, "p")
            self._say(child.tail)

    def _block(self, element: etree._Element, name: str) -> None:
        block = Block(element, name)
        if not self._open:
            self.blocks.append(block)
            if not self.exact and self._length:
                self._add("\n" if name in ("fw", "ab") and self.blocks[-2:-1] else "\n\n")
        else:
            self._open[-1].inner.append(block)
            if not self.exact and name == "fw":
                self._add("\n")
        self._open.append(block)
        self._inline(element)
        self._open.pop()
        if self._open and not self.exact and name == "fw":
            self._add("\n")

    def _inline(self, element: etree._Element) -> None:
        """Running text with what stands in it."""
        self._say(element.text)
        for child in element:
            name = _name(child)
            if name in ("fw", "row", "cell") or (name == "note" and self._open):
                self._block(child, name)
            elif name == "g":
                self._glyph(child)
            elif name in ("lb", "pb"):
                self._break(child, name)
            elif name == "surplus" or child.get("type") == "blank":
                self._aside(child)
            elif name not in _UNTYPED:
                self._inline(child)
            self._say(child.tail)

    def _break(self, element: etree._Element, name: str) -> None:
        kind = element.get("type")
        if kind in ("formFeed", "verticalTab"):
            self._say("\f" if kind == "formFeed" else "\v")
        elif name == "pb" and self._open:
            self._open[-1].inner.append(Block(element, name))
        elif not self.exact:
            self._add("\n")

    def _glyph(self, element: etree._Element) -> None:
        code = (element.get("ref") or "").rpartition("char.")[2]
        try:
            self._say(chr(int(code, 16)))
        except (ValueError, OverflowError):
            self._inline(element)

    def _aside(self, element: etree._Element) -> None:
        """Characters that belong to no block: what the cable leaves out."""
        opened, self._open = self._open, []
        self._inline(element)
        self._open = opened

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if not self.exact:
            text = _BLANKS.sub(" ", text)
            if text == " " and not self._open:
                return
            if not self.said or self.said[-1].endswith(("\n", " ")):
                text = text.removeprefix(" ")
        if not text:
            return
        bare = text.strip()
        if bare:
            start = self._length + len(text) - len(text.lstrip())
            for block in self._open:
                if block.start < 0:
                    block.start = start
                block.end = start + len(bare)
        self._add(text)

    def _add(self, text: str) -> None:
        self.said.append(text)
        self._length += len(text)


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "spanGrp"  # a comment says nothing


def _with_ends(text: str, blocks: list[Block], line_end: str) -> tuple[str, list[Block]]:
    """Line feeds as the line ends that the source had; places move with them."""
    if len(line_end) > 1:
        moved = _shifts(text)
        for block in _all(blocks):
            if block.start >= 0:
                block.start += moved[block.start]
                block.end += moved[block.end]
    return text.replace("\n", line_end), blocks


def _shifts(text: str) -> list[int]:
    shifts, shift = [], 0
    for character in text:
        shifts.append(shift)
        shift += character == "\n"
    return [*shifts, shift]


def _all(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _all(block.inner)
