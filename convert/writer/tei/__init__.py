"""Cable to TEI P5: ``text`` transcribes the cable as typed, ``teiHeader`` says it in normal form.

Markings go into ``@ana`` as pointers to the header's taxonomy. Every part stands in source order.
A heading part is an ``ab`` in the front and an ``fw`` anywhere later: ``fw`` may stand between and
inside all blocks (P5, model.milestoneLike), so no order of parts can make the document invalid.
"""

from __future__ import annotations

from convert.diagnostics import Report
from convert.model.cable import Cable
from convert.options import Options
from convert.writer.tei.header import fill_header
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.template import Template
from convert.writer.tei.text import transcription
from convert.writer.tei.xml import Characters, Indented

_PROLOGUE = """\
<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="cable.rng" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>
<?xml-model href="cable.rng" type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
"""


class TeiWriter:
    """TEI P5, one ``TEI`` per cable."""

    name = "tei"
    suffix = ".tei.xml"
    is_text = True

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The document as UTF-8 XML; nothing in it depends on the clock."""
        categories, characters = Categories(), Characters()
        text = transcription(cable, categories, characters)
        header = Indented()
        fill_header(header, cable, categories, characters, Template())
        document = "\n".join([*header.lines, text, "</TEI>\n"])
        return (_PROLOGUE + document).encode()
