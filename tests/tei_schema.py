"""``cable.rng`` from ``cable.rnc`` and ``cable.sch``; ``python tests/tei_schema.py`` writes it."""

from __future__ import annotations

import sys
from pathlib import Path

from lxml import etree
from rnc2rng import dumps, load

FOLDER = Path(__file__).parent.parent / "templates" / "house" / "tei"
_SCH = "http://purl.oclc.org/dsdl/schematron"
_HEAD = """\
TEI as cable-convert writes it. Built of cable.rnc and cable.sch by tests/tei_schema.py:
change those. The prose and the examples are in cable.odd. """


def built() -> bytes:
    """The grammar in XML, with the rules of Schematron inside it."""
    sys.setrecursionlimit(20_000)
    with (FOLDER / "cable.rnc").open(encoding="utf-8") as source:
        grammar = dumps(load(source))
    plain = etree.fromstring(grammar.encode(), etree.XMLParser(remove_blank_text=True))
    spaces = {**dict(plain.nsmap), "sch": _SCH}
    root = etree.Element(str(plain.tag), dict(plain.attrib), nsmap=spaces)
    root.extend(plain)
    rules = etree.parse(FOLDER / "cable.sch", etree.XMLParser(remove_blank_text=True)).getroot()
    inside = [*rules.findall(f"{{{_SCH}}}ns"), *rules.findall(f"{{{_SCH}}}pattern")]
    for number, rule in enumerate(inside):
        root.insert(number, rule)
    root.insert(0, etree.Comment(f" {_HEAD}"))
    etree.indent(root, " ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


if __name__ == "__main__":
    (FOLDER / "cable.rng").write_bytes(built())
