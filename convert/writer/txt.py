"""Cable to the text of its source, character for character: blanks and what was left out too."""

from __future__ import annotations

from convert.diagnostics import Report
from convert.model.cable import Cable
from convert.model.layout import source_text
from convert.options import Options


class TxtWriter:
    """The text of the source in UTF-8; of a source that was markup, the text as it was read."""

    name = "txt"
    suffix = ".txt"
    is_text = True

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The text. Nothing is shown otherwise than it was typed, whatever it does to a screen."""
        return source_text(cable).encode("utf-8", "surrogatepass")
