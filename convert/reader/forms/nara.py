"""A record of the Central Foreign Policy Files, 1973 to 1979, as NARA's AAD gives it out.

``Message Text``, the telegram, ``Message Attributes``.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.model import regex as re
from convert.model.cable import (
    Banner,
    Handling,
    Note,
    NoteKind,
    Part,
    Recognised,
    Record,
    ReleaseMark,
    Unread,
)
from convert.reader.forms.protocol import Told
from convert.reader.forms.registry import inside
from convert.reader.heading import read_part
from convert.reader.lines import Line
from convert.reader.shapes import ATTRIBUTES, LONGEST, pieces

_SEEN = 60  # lines in which "Message Text" comes
_HOLDS = ("transmission", "text")
_CARD = 60  # lines that a withdrawal card may have
_WITHHELD = re.compile(
    r"\b(?:WITHDRAW(?:N|AL)|WITHHELD|(?:TEXT|TELEGRAM|MESSAGE|DOCUMENT) (?:IS )?"
    r"(?:NOT (?:AVAILABLE|ON-?LINE|RELEASED)|UNAVAILABLE|REMOVED|DENIED|EXEMPT(?:ED)?))\b",
    re.IGNORECASE,
)


class Nara:
    """A NARA record round a telegram."""

    name = "nara"
    title = "NARA AAD record of the Central Foreign Policy Files, 1973-79"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By the line ``Message Text`` or ``Message Attributes``."""
        for line in lines[:_SEEN]:
            if line.text in ("Message Text", "Message Attributes"):
                return Recognised(self.name, f"the line {line.text!r}", line.span)
        return None

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The record's own lines, and between them the telegram, or the card in its place."""
        start, end = _text(lines)
        if not 0 < end - start <= _CARD or not _is_card(lines[start:end]):
            return inside(lines, report, _HOLDS)
        parts: list[Part] = []
        place = 0
        while place < len(lines):
            found = read_part(lines, place)
            if found and isinstance(found[0], (Banner, Handling, Record, ReleaseMark)):
                parts.append(found[0])
                place = found[1]
                continue
            stop = place + 1
            while stop < len(lines) and not _is_own(lines, stop):
                stop += 1
            card = start <= place < end
            own = pieces(lines[place:stop])
            parts.append(Note(own, NoteKind.WITHDRAWAL) if card else Unread(own))
            place = stop
        return Told(tuple(parts))


def _text(lines: Sequence[Line]) -> tuple[int, int]:
    """The places between the lines ``Message Text`` and ``Message Attributes``."""
    named = {"Message Text": -1, ATTRIBUTES: len(lines)}
    for place, line in enumerate(lines):
        if line.text in named:
            named[line.text] = place
            if line.text == ATTRIBUTES:
                break
    return named["Message Text"] + 1, named[ATTRIBUTES]


def _is_card(lines: Sequence[Line]) -> bool:
    """Whether the lines say that a text is withheld or lost, and nothing of them is a telegram."""
    for place in range(len(lines)):
        found = read_part(lines, place)
        if found and not isinstance(found[0], (Banner, Handling, ReleaseMark)):
            return False
    return any(_WITHHELD.search(line.text[:LONGEST]) for line in lines)


def _is_own(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is the record's, and no line of a card."""
    found = read_part(lines, place)
    return found is not None and isinstance(found[0], (Banner, Handling, Record, ReleaseMark))
