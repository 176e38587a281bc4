"""Text of no form: an extract, a typed copy, a memorandum; paragraphs, with marks where they stand.

Heading lines are read where they are, as in every telegram.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.model.cable import Recognised
from convert.reader.forms.protocol import Told
from convert.reader.lines import Line
from convert.reader.telegram import read_telegram


class Text:
    """Text without a transmission heading."""

    name = "text"
    title = "text without a transmission heading"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """Every text is text."""
        if not lines:
            return None
        whole = lines[0].span.to(lines[-1].span)
        return Recognised(self.name, "no line of any other form", whole)

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The text, by the shared passes."""
        return Told(read_telegram(lines, report))
