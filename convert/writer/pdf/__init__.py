"""The PDF: fonts, blocks, layout and paint, each on its own."""

from __future__ import annotations

from convert.diagnostics import Code, Report
from convert.model.cable import Cable
from convert.model.ism import ism_block
from convert.model.text import coded
from convert.options import Options
from convert.writer.pdf import fonts
from convert.writer.pdf.blocks import Fit
from convert.writer.pdf.layout import lay_out
from convert.writer.pdf.paint import paint


class PdfWriter:
    """A cable as pages: the banner on each, the heading as a table, the text as set type."""

    name = "pdf"
    suffix = ".pdf"
    is_text = False

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The document; the same cable and options give the same bytes."""
        fit = Fit(fonts.measure, _Shown(report).show)
        return paint(lay_out(cable, options.page, fit), ism_block(cable))


class _Shown:
    """Puts code points for characters that a font has not, and says so once for each."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._told: set[str] = set()

    def show(self, font: str, text: str) -> str:
        """``text`` as the font can show it; blanks are no concern of the font's."""
        missing = {char for char in set(text) - fonts.covered(font) if not char.isspace()}
        if not missing:
            return text
        for char in sorted(missing - self._told):
            self._report(Code.NO_GLYPH, None, typed=coded(char))
        self._told |= missing
        return text.translate({ord(char): coded(char) for char in missing})
