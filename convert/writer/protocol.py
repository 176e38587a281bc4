"""What a writer is."""

from __future__ import annotations

from typing import Protocol

from convert.diagnostics import Report
from convert.model.cable import Cable
from convert.options import Options


class Writer(Protocol):
    """One output format."""

    name: str  # "tei": what ``--to`` takes
    suffix: str  # ".tei.xml": how its files end
    is_text: bool  # may go to a terminal

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The document. Same cable and options, same bytes; the caller owns the file.

        What the format cannot show as the source has it is told to ``report``.
        """
        ...
