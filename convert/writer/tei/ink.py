"""Typed lines written with elements round stretches of them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from convert.model.cable import Label, Portion, Typed
from convert.model.layout import LINE_END, Between, Layout
from convert.model.span import Span
from convert.writer.tei.xml import Characters, quoted, shown


class Mark(NamedTuple):
    """Tags round a stretch of the source. ``is_closed``: no mark may stand inside."""

    start: int
    end: int
    begins: str
    ends: str
    is_closed: bool = False


def mark(span: Span, name: str, **attributes: str | None) -> Mark:
    """One element; attributes without a value are left out."""
    told = f"<{name}"
    for key, value in attributes.items():
        if value:
            told += f' {key}="{quoted(value)}"'
    return Mark(span.start, span.end, f"{told}>", f"</{name}>")


def regularized(span: Span, regular: str) -> Mark:
    """``choice`` of what was typed and its regular form."""
    ends = f"</orig><reg>{shown(regular)}</reg></choice>"
    return Mark(span.start, span.end, "<choice><orig>", ends, is_closed=True)


class Ink:
    """Writes pieces in source order; what stands between two of them is written on the way."""

    def __init__(self, layout: Layout, characters: Characters, line_ends: str) -> None:
        self.out: list[str] = []
        self._layout, self._characters, self._line_ends = layout, characters, line_ends
        self._line_end = ["\n"] if line_ends == "\n" else []
        self._typed = characters.typed if line_ends == "\n" else self._with_ends
        self._waiting: list[Mark] = []  # the next one last
        self._open: list[Mark] = []

    def tag(self, markup: str) -> None:
        """Markup at this place."""
        self.out.append(markup)

    def block(self, leaf: Typed | Label | Portion, tag: str) -> None:
        """Begin a block between blocks, before its first piece.

        What was left out on the line of the piece belongs to the block.
        """
        between = self._layout.before(leaf)
        own = _own(between) if len(between) > 1 else 1
        self.out += map(self._between_blocks, between[:own])
        self.out.append(tag)
        if own < len(between):
            self._inside(between[own:], "")

    def end(self, tag: str) -> None:
        """End a block, with what was left out behind its last piece."""
        if self._open or self._waiting:
            self.close()
        if tail := self._layout.tail():
            self._inside(tail, "")
        self.out.append(tag)

    def rest(self) -> None:
        """What stands behind the last block."""
        self.out += map(self._between_blocks, self._layout.rest())

    def marks(self, marks: Iterable[Mark]) -> None:
        """What stands round stretches of the pieces to come, until ``close``."""
        found = list(marks)
        self._waiting = _nested(found) if len(found) > 1 else found
        self._waiting.reverse()

    def lead(self, leaf: Typed | Label | Portion, break_: str = "") -> None:
        """What stands before a piece inside its block; ``break_`` goes behind a line end."""
        if self._open:
            self._close_to(self._layout.at)
        between = self._layout.before(leaf)
        if between == self._line_end:
            self.out.append(f"\n{break_}")
        else:
            self._inside(between, break_)

    def piece(self, leaf: Typed | Label | Portion) -> None:
        """A piece, with the marks that begin and end in it."""
        span = leaf.span
        text = leaf.text if type(leaf) is Typed else leaf.typed
        if self._open or (self._waiting and self._waiting[-1].start < span.end):
            self._marked(text, span)
        else:
            self.out.append(self._typed(text))
        self._layout.at = span.end

    def close(self) -> None:
        """Close all marks."""
        self._close_to(math.inf)
        self._waiting.clear()

    def aside(self) -> tuple[list[Mark], list[Mark]]:
        """Begin a block inside this one: its marks are its own. Hand the result to ``back``."""
        kept = self._waiting, self._open
        self._waiting, self._open = [], []
        return kept

    def back(self, kept: tuple[list[Mark], list[Mark]]) -> None:
        """Go on with the block around."""
        self._waiting, self._open = kept

    def _marked(self, text: str, span: Span) -> None:
        out, open_, waiting = self.out, self._open, self._waiting
        start = position = span.start
        end = span.end
        while True:
            while open_ and open_[-1].end <= position:
                out.append(open_.pop().ends)
            if position >= end:
                return
            while waiting and waiting[-1].start <= position:
                found = waiting.pop()
                if found.end > position:
                    out.append(found.begins)
                    open_.append(found)
            stop = end
            if open_ and open_[-1].end < stop:
                stop = open_[-1].end
            if waiting and waiting[-1].start < stop:
                stop = waiting[-1].start
            out.append(self._typed(text[position - start : stop - start]))
            position = stop

    def _with_ends(self, text: str) -> str:
        """Characters as typed; a line end in them, as of a mark that is wrapped, is XML's."""
        return self._characters.typed(text.replace(self._line_ends, "\n"))

    def _close_to(self, position: float) -> None:
        while self._open and self._open[-1].end <= position:
            self.out.append(self._open.pop().ends)

    def _inside(self, between: Iterable[Between], break_: str) -> None:
        """Blanks in running text, and what was left out of it."""
        for one in between:
            if not isinstance(one, str):
                self.out.append(_surplus(one.typed, one.reason.name, self._characters))
            elif one == " ":
                self.out.append(one)
            elif one == "\n" and self._line_ends == "\n":
                self.out.append(f"\n{break_}")
            elif one:
                self.out.append(self._blank(one, break_, "seg"))

    def _between_blocks(self, one: Between) -> str:
        """The same where only blocks may stand: ``fw`` may."""
        if not isinstance(one, str):
            typed = _surplus(one.typed, one.reason.name, self._characters)
            return f'<fw type="surplus">{typed}</fw>'
        if one == "\n" == self._line_ends or not one:
            return one
        return self._blank(one, "", "fw")

    def _blank(self, text: str, break_: str, holder: str) -> str:
        """Blanks of any kind. ``holder``: round those that XML does not take for blanks."""
        ends = self._line_ends
        plain = text.strip(" \t\n") == ""
        if plain and ends == "\n":
            at = text.rfind("\n") + 1
            return f"{text[:at]}{break_}{text[at:]}" if at and break_ else text
        text = text.replace(ends, "\n") if ends != "\n" else text
        told: list[str] = []
        plain = text.strip(" \t\n") == ""
        for run in (text,) if plain else _runs(text):
            if not run.strip(" \t\n\r"):
                told.append(run.replace("\r", "&#13;"))
            elif run == "\f":
                told.append('<pb type="formFeed"/>')
            elif run == "\v":
                told.append('<lb type="verticalTab"/>')
            else:
                told.append(f'<{holder} type="blank">{self._characters.typed(run)}</{holder}>')
        whole = "".join(told)
        at = max(whole.rfind("\n") + 1, whole.rfind("&#13;") + 5 if "&#13;" in whole else 0)
        return f"{whole[:at]}{break_}{whole[at:]}" if at else whole


def _runs(text: str) -> list[str]:
    """Blanks of XML, page breaks one by one, and other blanks, in turn."""
    runs: list[str] = []
    kinds: list[int] = []
    for character in text:
        kind = 0 if character in " \t\n\r" else 1 if character in "\f\v" else 2
        if runs and kinds[-1] == kind != 1:
            runs[-1] += character
        else:
            runs.append(character)
            kinds.append(kind)
    return runs


def _surplus(typed: str, reason: str, characters: Characters) -> str:
    return f'<surplus reason="{reason.lower()}">{characters.typed(typed)}</surplus>'


def _own(between: list[Between]) -> int:
    """From where on what stands between is on the line of the piece, and left out of it."""
    own = len(between)
    for number in range(len(between) - 1, -1, -1):
        one = between[number]
        if not isinstance(one, str):
            own = number
        elif LINE_END.search(one):
            break
    return own


def _nested(found: list[Mark]) -> list[Mark]:
    """The marks in order, without those that cross another or stand in a closed one."""
    if all(one.end <= other.start for one, other in pairwise(found)):
        return found
    ordered = sorted(found, key=lambda mark: (mark.start, -mark.end))
    kept: list[Mark] = []
    around: list[Mark] = []
    for one in ordered:
        while around and around[-1].end <= one.start:
            around.pop()
        if around:
            last = around[-1]
            if one.end > last.end or last.is_closed:
                continue
            if one.start == last.start and one.end == last.end and one.begins == last.begins:
                continue
        kept.append(one)
        around.append(one)
    return kept
