"""Cable to TEI P5: ``text`` transcribes the cable as typed, ``teiHeader`` says it in normal form.

Markings go into ``@ana`` as pointers to the header's taxonomy. Every part stands in source order.
A heading part is an ``ab`` in the front and an ``fw`` anywhere later: ``fw`` may stand between and
inside all blocks (P5, model.milestoneLike), so no order of parts can make the document invalid.
"""

from __future__ import annotations

from convert.diagnostics import Report
from convert.model import regex as re
from convert.model.cable import Cable
from convert.model.facts import canonical_id
from convert.model.ism import ISM, document_attributes
from convert.options import Options
from convert.writer.tei.header import fill_header
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.template import Template, read_template
from convert.writer.tei.text import transcription
from convert.writer.tei.xml import NAMESPACE, Characters, Indented

_GRAMMARS = ("http://relaxng.org/ns/structure/1.0", "http://purl.oclc.org/dsdl/schematron")


class TeiWriter:
    """TEI P5, one ``TEI`` per cable."""

    name = "tei"
    suffix = ".tei.xml"
    is_text = True

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The document as UTF-8 XML; nothing in it depends on the clock."""
        if options.tei_profile == "frus":
            from convert.writer.tei.frus import frus

            return frus(cable, is_fragment=options.fragment).encode()
        is_ism = options.tei_profile == "ism"
        document = written(cable, read_template(options.tei_header), is_ism=is_ism)
        return (prologue("cable-ism.rng" if is_ism else "cable.rng") + document).encode()


def prologue(grammar: str) -> str:
    """The XML declaration, and where the schema is."""
    models = (
        f'<?xml-model href="{grammar}" type="application/xml" schematypens="{kind}"?>\n'
        for kind in _GRAMMARS
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(models)


def written(cable: Cable, template: Template, *, is_ism: bool) -> str:
    """The element ``TEI``, header and text."""
    return transcribed(cable, template, Categories(), Characters(), is_ism=is_ism)


def transcribed(
    cable: Cable,
    template: Template,
    categories: Categories,
    characters: Characters,
    *,
    is_ism: bool = False,
    id_: str | None = None,
) -> str:
    """The same with what it points to known outside; ``id_``: of a cable in a corpus."""
    text = transcription(cable, categories, characters, is_ism=is_ism)
    header = Indented()
    fill_header(header, cable, categories, characters, template, is_member=id_ is not None)
    ism = f' xmlns:ism="{ISM}"{document_attributes(cable)}' if is_ism else ""
    space = f' xmlns="{NAMESPACE}"' if id_ is None else ""
    own = id_ or xml_id(cable)
    named = f' xml:id="{own}"' if own else ""
    return "\n".join([f'<TEI{space}{named} xml:lang="en"{ism}>', *header.lines, text, "</TEI>\n"])


def xml_id(cable: Cable) -> str | None:
    """``cable-07PORTORRIN412``: the canonical id, where it is known."""
    name = canonical_id(cable)
    return f"cable-{re.sub(r'[^A-Za-z0-9.-]', '_', name)}" if name else None
