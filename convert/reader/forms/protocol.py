"""What a form is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from convert.diagnostics import Report
from convert.model.cable import Omission, Part, Recognised
from convert.reader.lines import Line


@dataclass(frozen=True, slots=True)
class Told:
    """What a form reads out of its lines: parts in source order, and the forms inside it."""

    parts: tuple[Part, ...]
    inside: tuple[Recognised, ...] = ()  # outermost first


class Form(Protocol):
    """One form that a cable comes in."""

    name: str  # "nara": what ``--from`` takes
    title: str  # for people: "NARA AAD record, Central Foreign Policy Files"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """What tells this form, or None where nothing does. Looks at few lines of a long text."""
        ...

    def lines(self, text: str) -> tuple[list[Line], list[Omission]]:
        """All lines of a decoded text that are not blank, and what is left out of them."""
        ...

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """Every line as a part; what nobody knows is Unread, and reported later."""
        ...
