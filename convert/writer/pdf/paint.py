"""Pages onto a reportlab canvas. Every private name of reportlab is in this module.

Text goes into the page stream as operators: reportlab's own text objects take three times as long.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from convert.writer.pdf import fonts
from convert.writer.pdf.archive import xmp
from convert.writer.pdf.layout import BAR, COLUMN, EDGE, FOOT, Layout, Page, Run

_BLACK, _WHITE, _GREY = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.36, 0.36, 0.36)
_HAIR = (0.72, 0.72, 0.72)
_DARK = 0x3A3A3A
_COLOURS = {
    "TOP SECRET": 0xFF8C00,
    "SECRET": 0xC8102E,
    "CONFIDENTIAL": 0x0033A0,
    "UNCLASSIFIED": 0x007A33,
}
_BANNER_SIZE = 10.5
_SPACED = 0.6  # between the letters of a banner; more, and readers take them for words
_FOOT_SIZE = 8.0
_FOR_NUMBER = 100.0  # of the foot, for the page number


def paint(layout: Layout, markings: str) -> bytes:
    """The finished file, with the block of markings in its XMP metadata."""
    out = BytesIO()
    fonts.face("serif")
    # Without its own first font reportlab puts an unembedded Helvetica into every page.
    initial: dict[str, Any] = {"initialFontName": fonts.registered("serif")}
    canvas = Canvas(
        out,
        pagesize=layout.size,
        invariant=1,
        pageCompression=1,
        **initial,
    )
    canvas.setTitle(layout.title)
    canvas.setAuthor("")
    canvas.setSubject(layout.reference)
    canvas.setCreator("cable-convert")
    pen = _Pen(canvas)
    for number, page in enumerate(layout.pages, start=1):
        _page(pen, layout, page)
        _foot(pen, layout, f"Page {number} of {len(layout.pages)}")
        canvas.showPage()
    _metadata(canvas, xmp(layout.title, markings))
    canvas.save()
    return out.getvalue()


def _metadata(canvas: Any, packet: str) -> None:
    """The XMP packet, as a stream that any program can read without unpacking (ISO 16684-1)."""
    about = pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"})
    stream = pdfdoc.PDFStream(dictionary=about, content=packet.encode())
    stream.filters = []
    canvas._doc.Catalog.Metadata = canvas._doc.Reference(stream)


class _Pen:
    """Writes operators into the stream of the canvas' current page."""

    def __init__(self, canvas: Any) -> None:  # its private names are in no stub
        self._canvas = canvas
        self._doc = canvas._doc
        self._ascii: dict[str, str] = {}

    def colour(self, rgb: tuple[float, float, float]) -> None:
        """What text and bars are filled with from here on."""
        self._write("{:.3f} {:.3f} {:.3f} rg".format(*rgb))

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        """A filled box."""
        self._write(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def text(self, runs: list[Run], spaced: float = 0.0) -> None:
        """Text in one text object."""
        code = ["BT"]
        if spaced:
            code.append(f"{spaced:.3f} Tc")
        now: tuple[str, float] | None = None
        for run in runs:
            code.append(f"1 0 0 1 {run.x:.2f} {run.y:.2f} Tm")
            for name, shown in self._parts(run):
                if now != (name, run.size):
                    code.append(f"{name} {run.size:.3f} Tf")
                    now = name, run.size
                code.append(f"({shown}) Tj")
        code.append("0 Tc ET" if spaced else "ET")
        self._write("\n".join(code))

    def _parts(self, run: Run) -> list[tuple[str, str]]:
        """A run by font subsets. ASCII is the first subset of a face, code for code."""
        font, text = fonts.face(run.font), run.text
        if run.font not in self._ascii:
            font.splitString(" ", self._doc)
            self._ascii[run.font] = font.getSubsetInternalName(0, self._doc)
        if text.isascii() and text.isprintable():
            plain = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            return [(self._ascii[run.font], plain)]
        return [
            (font.getSubsetInternalName(subset, self._doc), self._canvas._escape(codes))
            for subset, codes in font.splitString(text, self._doc)
        ]

    def _write(self, code: str) -> None:
        self._canvas._code.append(code)


def _page(pen: _Pen, layout: Layout, page: Page) -> None:
    width, height = layout.size
    if layout.banner is not None:
        _banner(pen, layout.banner, width, height - EDGE - BAR)
    pen.colour(_HAIR)
    for x, y, long in page.rules:
        pen.bar(x, y, long, 0.5)
    pen.colour(_BLACK)
    pen.text(page.runs)


def _foot(pen: _Pen, layout: Layout, pages: str) -> None:
    """The reference and the page number, and the banner below them."""
    runs = []
    if layout.reference:
        natural = fonts.measure("sans", _FOOT_SIZE, layout.reference)
        size = _FOOT_SIZE * min(1.0, (COLUMN - _FOR_NUMBER) / natural)
        runs.append(Run(layout.left, FOOT, "sans", size, f"{layout.reference} "))
    right = layout.left + COLUMN - fonts.measure("sans", _FOOT_SIZE, pages)
    runs.append(Run(right, FOOT, "sans", _FOOT_SIZE, f"{pages} "))
    pen.colour(_GREY)
    pen.text(runs)
    if layout.banner is not None:
        _banner(pen, layout.banner, layout.size[0], EDGE)


def _banner(pen: _Pen, text: str, width: float, y: float) -> None:
    """A bar from edge to edge, the banner in its middle, smaller where it would not fit."""
    colour = _COLOURS.get(text.split("//")[0].strip(), _DARK)
    pen.colour(((colour >> 16) / 255, (colour >> 8 & 255) / 255, (colour & 255) / 255))
    pen.bar(0, y, width, BAR)
    natural = fonts.measure("sans-bold", _BANNER_SIZE, text) + _SPACED * (len(text) - 1)
    scale = min(1.0, (width - 48) / natural) if natural > 0 else 1.0
    size = _BANNER_SIZE * scale
    pen.colour(_BLACK if colour == _COLOURS["TOP SECRET"] else _WHITE)
    start = Run((width - natural * scale) / 2, y + (BAR - 0.7 * size) / 2, "sans-bold", size, text)
    pen.text([start], _SPACED * scale)
