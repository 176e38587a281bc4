"""A TEI document: as this toolkit wrote it, as an editor corrected it, or another's."""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.errors import UnreadableError
from convert.model.cable import Omission, Recognised
from convert.reader.forms.protocol import Told
from convert.reader.lines import Line


class Tei:
    """TEI is read before its lines are: ``reader.tei``. What comes here is no TEI document."""

    name = "tei"
    title = "TEI document, as written by cable-convert, corrected by hand or not"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """None: a TEI document is known by its root element."""
        return None

    def lines(self, text: str, report: Report) -> tuple[list[Line], list[Omission]]:
        """Refused: raises UnreadableError."""
        raise UnreadableError("no TEI document", "Leave out --from: its own form is recognised.")

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """Refused as well."""
        raise UnreadableError("no TEI document", "Leave out --from: its own form is recognised.")
