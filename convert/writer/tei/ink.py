"""Typed lines written into an element, with elements round stretches of them."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from convert.model.cable import Typed
from convert.model.span import Span
from convert.writer.tei.elements import add, shown


@dataclass(frozen=True, slots=True)
class Mark:
    """Elements to put round a stretch of the source; ``regular`` goes beside it as ``reg``."""

    span: Span
    opens: tuple[tuple[str, dict[str, str]], ...]
    regular: str | None = None


def mark(span: Span, name: str, **attributes: str | None) -> Mark:
    """One element; attributes without a value are left out."""
    return Mark(span, ((name, {key: value for key, value in attributes.items() if value}),))


def regularized(span: Span, regular: str) -> Mark:
    """``choice`` of what was typed and its regular form."""
    return Mark(span, (("choice", {}), ("orig", {})), regular)


class Ink:
    """Writes typed lines into an element, with marks round stretches of them."""

    def __init__(self, element: etree._Element, marks: Iterable[Mark] = ()) -> None:
        self.at = element
        self._waiting = deque(_nested(marks))
        self._open: list[Mark] = []

    def text(self, text: str) -> None:
        """Characters at the end of what is written."""
        if len(self.at):
            self.at[-1].tail = (self.at[-1].tail or "") + shown(text)
        else:
            self.at.text = (self.at.text or "") + shown(text)

    def line(self, line: Typed) -> None:
        """A line, opening and closing the marks that begin and end in it."""
        position, end = line.span.start, line.span.end
        while True:
            self.close(position)
            if position >= end:
                return
            self._begin(position)
            stops = [end]
            if self._open:
                stops.append(self._open[-1].span.end)
            if self._waiting:
                stops.append(self._waiting[0].span.start)
            stop = min(stops)
            self.text(line.text[position - line.span.start : stop - line.span.start])
            position = stop

    def close(self, position: float = math.inf) -> None:
        """Close the marks that end before or at ``position``; without one, all."""
        while self._open and self._open[-1].span.end <= position:
            mark = self._open.pop()
            for number in range(len(mark.opens)):
                self.at = _parent(self.at)
                if number == 0 and mark.regular is not None:
                    add(self.at, "reg", mark.regular)

    def _begin(self, position: int) -> None:
        while self._waiting and self._waiting[0].span.start <= position:
            mark = self._waiting.popleft()
            if mark.span.end > position:
                for name, attributes in mark.opens:
                    self.at = add(self.at, name, **attributes)
                self._open.append(mark)


def _nested(marks: Iterable[Mark]) -> list[Mark]:
    """The marks in order, without those that cross another or stand in a ``gap``."""
    kept: list[Mark] = []
    around: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        while around and around[-1].span.end <= mark.span.start:
            around.pop()
        if around and (
            mark.span.end > around[-1].span.end
            or (mark.span == around[-1].span and mark.opens == around[-1].opens)
            or around[-1].opens[0][0] in {"gap", "choice"}
        ):  # fmt: skip
            continue
        kept.append(mark)
        around.append(mark)
    return kept


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent
