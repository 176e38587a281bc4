"""Cables to an index of their correspondence: the Correspondence Metadata Interchange Format.

One ``correspDesc`` for each cable, as correspSearch harvests them (TEI Correspondence SIG, CMIF 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from convert.diagnostics import Report
from convert.model.cable import Cable, DateTimeGroup
from convert.model.facts import addressees, canonical_id, instant, originator
from convert.model.walk import first
from convert.options import Options
from convert.writer.tei.template import Template, read_template
from convert.writer.tei.xml import NAMESPACE, Indented, element, urn


class CmifWriter:
    """The index of one cable; that of many is made with --corpus."""

    name = "cmif"
    suffix = ".cmif.xml"
    is_text = True

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The index as UTF-8 XML."""
        return index([cable], read_template(options.tei_header))


def index(cables: Sequence[Cable], template: Template) -> bytes:
    """The index of several cables, in the order given."""
    header = Indented()
    header.open("teiHeader")
    header.open("fileDesc")
    header.open("titleStmt")
    header.add("title", "Telegrams: an index of their correspondence")
    header.extend(template.responsible or ("<editor>cable-convert</editor>",))
    header.close()
    header.open("publicationStmt")
    header.extend(template.publisher)
    if template.availability:
        header.open("availability")
        header.extend(template.availability)
        header.close()
    header.close()
    header.open("sourceDesc")
    header.add("bibl", "The telegrams themselves", type="online", id="telegrams")
    header.close()
    header.close()
    header.open("profileDesc")
    for cable in cables:
        _letter(header, cable)
    header.close()
    header.close()
    begin = f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="{NAMESPACE}">'
    text = "<text><body><p/></body></text>\n</TEI>\n"
    return "\n".join([begin, *header.lines, text]).encode()


def _letter(header: Indented, cable: Cable) -> None:
    """Who sent it, when, and to whom; a cable that says nothing of that says so."""
    name = canonical_id(cable)
    header.open("correspDesc", key=name, ref=urn(name), source="#telegrams")
    sender, group, sent = originator(cable), first(cable, DateTimeGroup), instant(cable)
    header.open("correspAction", type="sent")
    header.add("orgName", sender.text if sender else "[unknown]")
    if sent:
        header.add("date", when=sent.date().isoformat())
    elif group:
        header.raw(element("date", group.typed.text))
    header.close()
    for kind, run in groupby(addressees(cable), key=lambda item: item[0]):
        header.open("correspAction", type="received", subtype=kind.value.lower())
        for _, addressee in run:
            header.add("orgName", addressee.name)
        header.close()
    header.close()
