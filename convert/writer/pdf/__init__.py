"""The PDF: an archive's file and a tagged one, from fonts, blocks, layout, tags and paint."""

from __future__ import annotations

from collections.abc import Iterator

from convert.diagnostics import Code, Report
from convert.errors import UsageError
from convert.model.cable import Cable
from convert.model.data import replace
from convert.model.facts import header_facts
from convert.model.text import coded
from convert.options import Options
from convert.writer.pdf import archive
from convert.writer.pdf.fonts import Fonts
from convert.writer.pdf.fonts import fonts as faces_of
from convert.writer.pdf.layout import lay_out, release_marks
from convert.writer.pdf.lines import Fit
from convert.writer.pdf.paint import paint
from convert.writer.pdf.style import style
from convert.writer.registry import load


class PdfWriter:
    """A cable as pages: the banner on each, the heading as a table, the text as set type."""

    name = "pdf"
    suffix = ".pdf"
    is_text = False

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The document; the same cable and options give the same bytes."""
        faces = faces_of(options.fonts)
        design = style(options.style)
        released = options.style == "declassified"
        if released and not release_marks(cable):
            report(Code.NOT_RELEASED)
        fit = Fit(faces.widths, _Shown(faces, report).show)
        facts = header_facts(cable)
        layout = lay_out(cable, facts, options.page, design, fit, released=released)
        attached = tuple(_attachments(cable, layout.reference, options, report))
        kind = archive.KINDS["4f" if options.pdf2 else "3a" if attached else "2a"]
        about = archive.about(cable, facts, layout.title, layout.reference, options.made)
        return paint(layout, design, faces, kind, about, attached, plain=options.plain_banner)


def _attachments(
    cable: Cable, reference: str, options: Options, report: Report
) -> Iterator[archive.Attachment]:
    """What the document was made from. PDF/A-4f is for files that carry others: it always does."""
    stem = reference or "cable"
    if options.attach == "txt":
        if options.source is None:
            raise UsageError(
                "there is no source to attach", 'Give it as Options(attach="txt", source=...).'
            )
        says = "The cable as it was read"
        yield archive.Attachment(f"{stem}.txt", "text/plain", says, options.source)
    elif options.attach or options.pdf2:
        whole = replace(options, tei_profile="", fragment=False)
        data = load("tei").write(cable, whole, report)
        says = "The cable as a TEI document"
        yield archive.Attachment(f"{stem}.tei.xml", "application/tei+xml", says, data)


class _Shown:
    """Puts code points for characters that no face has, and says so once for each."""

    def __init__(self, faces: Fonts, report: Report) -> None:
        self._faces, self._report = faces, report
        self._told: set[str] = set()

    def show(self, face: str, text: str) -> str:
        """``text`` as the face, or another in its place, can show it."""
        if text.isascii() and text.isprintable():
            return text
        missing = self._faces.missing(face, text)
        for char in sorted(missing - self._told):
            self._report(Code.NO_GLYPH, None, typed=coded(char))
        self._told |= missing
        return self._faces.shown(face, text) if missing else text
