"""What all blocks of a document share, and what a block is."""

from __future__ import annotations

from convert.model.data import Data, field
from convert.writer.pdf.file import shortened
from convert.writer.pdf.file import text as text_string
from convert.writer.pdf.lines import Fit, Line, Place, flow
from convert.writer.pdf.lists import Lists
from convert.writer.pdf.style import Style
from convert.writer.pdf.tags import Element


class Block(Data, frozen=False):
    """Lines that belong together."""

    lines: list[Line]
    leading: float
    before: float = 0.0
    after: float = 0.0
    keep: bool = False  # with the block that follows
    clings: bool = False  # its last lines do so
    whole: bool = False  # on one page
    least: int = 2  # lines that may stand alone on a page
    by_element: bool = False  # cells side by side: each is read to its end before the next
    boxed: bool = False
    again: list[Block] = field(default_factory=list)  # repeated where this one begins a page


class Setting:
    """What all blocks of one document share: the design, the fonts, the structure."""

    def __init__(self, style: Style, fit: Fit) -> None:
        self.types, self.fit = style.types, fit
        self.column, self.hang = style.lengths["column"], style.lengths["hang"]
        self.step, self.values = style.lengths["step"], style.lengths["values"]
        self.measure = self.column - self.hang
        self.document = Element("Document")
        self.bookmarks: list[tuple[str, Element]] = []
        self.targets: dict[str, Element] = {}  # canonical id of a reference: where it is named
        self.lists = Lists(self.document)
        self._marked: dict[str, str] = {}

    def block(self, text: str, kind: str, element: Element, x: float | None = None) -> Block:
        """Running text of one type over the column or from ``x`` to its end."""
        how, x = self.types[kind], self.hang if x is None else x
        lines = flow(text, how, Place(x, self.column - x, element), self.fit)
        return Block(lines, how.leading, how.before, how.after)

    def span(self, parent: Element, words: str) -> Element:
        """The element of a mark; its expansion says it in words (ISO 32000-1, 14.9.5)."""
        attributes = self._marked.get(words)
        if attributes is None:
            attributes = self._marked[words] = f"/E{text_string(shortened(words))}" if words else ""
        return Element("Span", parent, attributes, inline=True)
