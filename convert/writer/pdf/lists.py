"""Numbered paragraphs and nested items as lists: L, LI, Lbl, LBody (ISO 32000-1, 14.8.4.3.3)."""

from __future__ import annotations

from convert.model.data import Data
from convert.writer.pdf.tags import Element


class _Open(Data, frozen=False):
    """A list that goes on."""

    level: int
    numbering: str
    element: Element
    body: Element  # of its last item: where a nested list stands


class Lists:
    """The lists that are open where the next paragraph stands, the innermost last."""

    def __init__(self, document: Element) -> None:
        self._document = document
        self._open: list[_Open] = []

    def item(self, level: int, label: str) -> tuple[Element, Element]:
        """The elements of a labelled paragraph: for its label, and for its text."""
        numbering = _numbering(label)
        while self._open and self._open[-1].level > level:
            self._open.pop()
        if self._open and self._open[-1].level == level and self._open[-1].numbering != numbering:
            self._open.pop()
        if not self._open or self._open[-1].level < level:
            parent = self._open[-1].body if self._open else self._document
            attributes = f"/A<</O/List/ListNumbering/{numbering}>>"
            made = Element("L", parent, attributes)
            self._open.append(_Open(level, numbering, made, made))
        item = Element("LI", self._open[-1].element)
        sign, body = Element("Lbl", item), Element("LBody", item)
        self._open[-1].body = body
        return sign, Element("P", body)

    def end(self) -> None:
        """What follows is no item."""
        self._open.clear()


def _numbering(label: str) -> str:
    """How a list is numbered, by the label of its first item (ISO 32000-1, table 347)."""
    core = "".join(filter(str.isalnum, label))
    if core.isdigit():
        return "Decimal"
    if core.isalpha() and core.isascii():
        return "UpperAlpha" if core.isupper() else "LowerAlpha"
    return "Disc"
