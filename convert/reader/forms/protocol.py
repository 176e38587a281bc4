"""What a form is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from convert.diagnostics import Report
from convert.model.cable import Omission, Part, Recognised
from convert.model.data import Data
from convert.reader.lines import Line


class Told(Data):
    """What a form reads out of its lines: parts in source order, and the forms inside it."""

    parts: tuple[Part, ...]
    inside: tuple[Recognised, ...] = ()  # outermost first


class Opened(Data):
    """What a form reads out of a file that is no text: the text in it, and its parts."""

    text: str  # what all spans refer to
    parts: tuple[Part, ...]
    forms: tuple[Recognised, ...]  # outermost first
    omissions: tuple[Omission, ...] = ()


class Container(Protocol):
    """A form that is no text but has one in it."""

    name: str
    title: str

    def open(self, data: bytes, report: Report) -> Opened:
        """The text of a file; UnreadableError where it cannot be had safely."""
        ...


class Form(Protocol):
    """One form that a cable comes in."""

    name: str  # "nara": what ``--from`` takes
    title: str  # for people: "NARA AAD record, Central Foreign Policy Files"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """What tells this form, or None where nothing does. Looks at few lines of a long text."""
        ...

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """Every line as a part; what nobody knows is Unread, and reported later."""
        ...


class Markup(Form, Protocol):
    """A form whose lines are not those of the file."""

    def lines(self, text: str, report: Report) -> tuple[list[Line], list[Omission]]:
        """All lines of a decoded text that are not blank, and what is left out of them."""
        ...
