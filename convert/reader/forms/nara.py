"""A record of the Central Foreign Policy Files, 1973 to 1979, as NARA's AAD gives it out.

``Message Text``, the telegram, ``Message Attributes``.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.model.cable import Omission, Recognised
from convert.reader.forms.protocol import Told
from convert.reader.forms.registry import inside
from convert.reader.lines import Line, split

_SEEN = 60  # lines in which "Message Text" comes
_HOLDS = ("transmission", "text")


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

    def lines(self, text: str) -> tuple[list[Line], list[Omission]]:
        """The lines as they stand."""
        return split(text)

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The record's own lines, and the telegram between them."""
        return inside(lines, report, _HOLDS)
