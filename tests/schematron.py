"""ISO Schematron with XPath 2: compiled to XSLT, and run by Saxon."""

from __future__ import annotations

from pathlib import Path

from lxml import etree
from saxonche import PySaxonProcessor, PyXsltExecutable

_SCH = "{http://purl.oclc.org/dsdl/schematron}"
_XSL = "{http://www.w3.org/1999/XSL/Transform}"


class Schematron:
    """The rules of a file: a schema of its own, or those inside a grammar."""

    def __init__(self, path: Path) -> None:
        self._saxon = PySaxonProcessor(license=False)
        sheet = etree.tostring(_sheet(etree.parse(path).getroot())).decode()
        processor = self._saxon.new_xslt30_processor()
        self._rules: PyXsltExecutable = processor.compile_stylesheet(stylesheet_text=sheet)

    def failures(self, data: bytes, *, warnings: bool = False) -> list[str]:
        """What fails, as ``pattern: message``; warnings only if they are asked for."""
        node = self._saxon.parse_xml(xml_text=data.decode())
        told = self._rules.transform_to_string(xdm_node=node) or ""
        lines = [line.split("\t", 2) for line in told.splitlines() if line.strip()]
        return [f"{name}: {words}" for name, role, words in lines if warnings or not role]


def _sheet(rules: etree._Element) -> etree._Element:
    """One mode for each pattern; in a pattern the first rule whose context fits."""
    spaces = {str(ns.get("prefix")): str(ns.get("uri")) for ns in rules.iter(f"{_SCH}ns")}
    sheet = etree.Element(
        f"{_XSL}stylesheet", version="3.0", nsmap={"xsl": _XSL.strip("{}"), **spaces}
    )
    etree.SubElement(sheet, f"{_XSL}output", method="text")
    for kept in rules.iter(f"{_XSL}key", f"{_XSL}function"):
        sheet.append(kept)
    whole = etree.SubElement(sheet, f"{_XSL}template", match="/")
    for number, pattern in enumerate(rules.iter(f"{_SCH}pattern")):
        mode = f"m{number}"
        etree.SubElement(sheet, f"{_XSL}mode", name=mode).set("on-no-match", "shallow-skip")
        etree.SubElement(whole, f"{_XSL}apply-templates", select="/", mode=mode)
        found = pattern.findall(f"{_SCH}rule")
        for place, rule in enumerate(found):
            template = etree.SubElement(
                sheet, f"{_XSL}template",
                match=str(rule.get("context")), mode=mode, priority=str(len(found) - place),
            )  # fmt: skip
            _lets(pattern, template)
            _lets(rule, template)
            for test in rule:
                if test.tag in (f"{_SCH}assert", f"{_SCH}report"):
                    _test(test, template, str(pattern.get("id")), rule.get("role") or "")
            etree.SubElement(template, f"{_XSL}apply-templates", select="@*|node()", mode=mode)
    return sheet


def _lets(holder: etree._Element, template: etree._Element) -> None:
    for let in holder.findall(f"{_SCH}let"):
        variable = etree.SubElement(template, f"{_XSL}variable", name=str(let.get("name")))
        variable.set("select", str(let.get("value")))


def _test(test: etree._Element, template: etree._Element, name: str, role: str) -> None:
    condition = str(test.get("test"))
    if test.tag == f"{_SCH}assert":
        condition = f"not({condition})"
    told = etree.SubElement(template, f"{_XSL}if", test=condition)
    role = str(test.get("role") or role)
    etree.SubElement(told, f"{_XSL}text").text = f"{name}\t{role}\t"
    words = " ".join("".join(map(str, test.itertext())).split())
    etree.SubElement(told, f"{_XSL}text").text = f"{words}\n"
