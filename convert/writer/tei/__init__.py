"""Cable to TEI P5: ``text`` transcribes the cable as typed, ``teiHeader`` says it in normal form.

Markings go into ``@ana`` as pointers to the header's taxonomy. Every part stands in source order.
A heading part is an ``ab`` in the front and an ``fw`` anywhere later: ``fw`` may stand between and
inside all blocks (P5, model.milestoneLike), so no order of parts can make the document invalid.
"""

from __future__ import annotations

from lxml import etree

from convert.diagnostics import Report
from convert.model.cable import Cable
from convert.model.ism import ism_block
from convert.options import Options
from convert.writer.tei.elements import add, document
from convert.writer.tei.header import fill_header
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.text import fill_text


class TeiWriter:
    """TEI P5, one ``TEI`` per cable."""

    name = "tei"
    suffix = ".tei.xml"
    is_text = True

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The document as UTF-8 XML; nothing in it depends on the clock or on ``options``."""
        categories = Categories()
        root = document()
        header, text = add(root, "teiHeader"), add(root, "text")
        fill_text(text, cable, categories)
        fill_header(header, cable, categories)  # last: it lists the categories in use
        root.text = header.tail = text.tail = "\n"
        written = etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
        # The block goes in as it is, byte for byte; no text can hold an element's tag.
        block = f"<xenoData>\n{ism_block(cable)}\n</xenoData>".encode()
        return written.replace(b"<xenoData/>", block, 1)
