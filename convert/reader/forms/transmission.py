"""A telegram as transmitted: ACP 126, 5 FAH-2 H-320; and what a web archive's copy left of it."""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.model.cable import Recognised
from convert.reader import shapes
from convert.reader.forms.protocol import Told
from convert.reader.lines import Line
from convert.reader.telegram import read_telegram

_SEEN = 60  # lines in which a heading begins, whatever stands before it
_TELLING = {
    "a channel line": shapes.CHANNEL,
    "a station line": shapes.STATION,
    "a security line": shapes.SECURITY,
    "a date-time group": shapes.GROUP,
    "a FM line": shapes.FROM,
}


class Transmission:
    """A telegram with a transmission heading."""

    name = "transmission"
    title = "telegram as transmitted (ACP 126, 5 FAH-2 H-320)"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By the first line that only a transmission heading has."""
        for line in lines[:_SEEN]:
            if len(line.text) > shapes.LONGEST:
                continue
            for what, pattern in _TELLING.items():
                if pattern.fullmatch(line.text):
                    return Recognised(self.name, f"{what}: {line.text[:40]}", line.span)
        return None

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The telegram, by the shared passes."""
        return Told(read_telegram(lines, report))
