"""What a Word file must be whatever the cable: the catalogue D1 to D16, read with lxml alone."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree

from convert import templates
from convert.diagnostics import Report
from convert.model.cable import Cable, Field, Heading, Paragraph, Row, Table, Typed
from convert.model.data import replace
from convert.model.facts import banner_text
from convert.model.span import Span
from convert.model.text import folded
from convert.model.transcript import transcript
from convert.model.walk import every
from convert.options import Options
from convert.reader.read import read
from convert.verify.registry import load as checker
from convert.writer.docx import DocxWriter, filled
from convert.writer.docx.template import STYLES
from convert.writer.docx.wml import table
from tests.conftest import CORPUS, ROOT, SAMPLES
from tests.docx_parts import (
    EVERYTHING,
    MARGINS,
    SECRET,
    W,
    changed,
    document,
    everything,
    made,
    parts,
    root,
)


@pytest.fixture(scope="module")
def cable() -> Cable:
    return everything()


@pytest.fixture(scope="module")
def data(cable: Cable) -> bytes:
    return made(cable)


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def _shown(element: etree._Element) -> str:
    return "".join(str(text.text) for text in element.iter(f"{W}t"))


def _runs(data: bytes, style: str) -> list[str]:
    found = (run for run in root(data).iter(f"{W}r"))
    named = f"{W}rPr/{W}rStyle[@{W}val='{style}']"
    return [_shown(run) for run in found if run.find(named) is not None]


def test_d1_banner_in_all_six_definitions(data: bytes, cable: Cable) -> None:
    for name in MARGINS:
        banners = [p for p in root(data, name).iter(f"{W}p") if _style(p) == "Banner"]
        assert [_shown(banner) for banner in banners] == [banner_text(cable)], name
    section = root(data).find(f"{W}body/{W}sectPr")
    assert section is not None
    assert section.find(f"{W}titlePg") is not None
    kinds = [
        reference.get(f"{W}type") for reference in section if "Reference" in str(reference.tag)
    ]
    assert sorted(map(str, kinds)) == sorted(["default", "first", "even"] * 2)


def test_d2_marks_are_as_typed_behind_their_numbers(data: bytes, cable: Cable) -> None:
    typed = [folded(p.portion.typed) for p in every(cable, Paragraph) if p.portion]
    assert typed == ["(S)", "(C//NF)", "(U)", "(C)", "(U)", "(S)"]
    assert _runs(data, "PortionMark") == ["(C)", *typed]  # the subject's first
    for paragraph in root(data).iter(f"{W}p"):
        styles = [e.get(f"{W}val") for e in paragraph.iter(f"{W}rStyle")]
        if "PortionMark" in styles and "ParagraphNumber" in styles:
            assert styles[:2] == ["ParagraphNumber", "PortionMark"]


def test_d3_numbers_are_literal(data: bytes) -> None:
    assert _runs(data, "ParagraphNumber") == ["1.", "2.", "A.", "B.", "2.", "5."]
    assert not list(root(data).iter(f"{W}numPr"))


def test_d4_styles_by_name(data: bytes) -> None:
    styles = {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")  # type: ignore[union-attr]
        for style in root(data, "word/styles.xml").iter(f"{W}style")
    }
    for names in STYLES.values():
        for name in names:
            assert styles[name.replace(" ", "")] == name
    for part in ("word/document.xml", *MARGINS):
        for tag in ("pStyle", "rStyle", "tblStyle"):
            for used in root(data, part).iter(f"{W}{tag}"):
                assert used.get(f"{W}val") in styles


def test_d8_accessible(data: bytes) -> None:
    core = etree.tostring(root(data, "docProps/core.xml"), encoding="unicode")
    assert "<dc:title>A FICTIONAL CABLE WITH ALL THAT A TEXT MAY HOLD</dc:title>" in core
    assert "<dc:language>en-US</dc:language>" in core
    assert "w:lang" in parts(data)["word/styles.xml"].decode()
    assert all(_shown(p) for p in root(data).iter(f"{W}p")), "an empty paragraph"
    levels = {
        style.get(f"{W}styleId"): level.get(f"{W}val")
        for style in root(data, "word/styles.xml").iter(f"{W}style")
        if (level := style.find(f"{W}pPr/{W}outlineLvl")) is not None
    }
    assert levels == {"Heading1": "0", "Heading2": "1"}
    (table,) = root(data).iter(f"{W}tbl")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")] == [
        True, False, False,
    ]  # fmt: skip
    about = table.find(f"{W}tblPr/{W}tblDescription")
    assert about is not None
    assert about.get(f"{W}val") == "Table of 3 rows and 3 columns: YEAR, SHIPS, TONS"


def test_d9_settings(data: bytes) -> None:
    settings = parts(data)["word/settings.xml"].decode()
    assert 'w:name="compatibilityMode"' in settings
    assert 'w:val="15"' in settings
    assert "w:evenAndOddHeaders" in settings
    assert "updateFields" not in settings
    for name in MARGINS[3:]:
        footer = root(data, name)
        assert [e.text for e in footer.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]
        assert "Page 1 of 1" in _shown(footer)
    assert not list(root(data).iter(f"{W}instrText"))


def test_d10_same_bytes_anywhere(data: bytes) -> None:
    code = (
        "import sys; from tests.docx_parts import everything, made;"
        "sys.stdout.buffer.write(made(everything()))"
    )
    for zone, seed in (("Pacific/Auckland", "1"), ("America/New_York", "77")):
        surroundings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, cwd=ROOT,
            env=surroundings, check=True,
        )  # fmt: skip
        assert hashlib.sha256(run.stdout).digest() == hashlib.sha256(data).digest()


def test_d11_no_trace_of_person_or_machine(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in package.infolist()} == {0}
    whole = b"\n".join(parts(data).values())
    for trace in (b"rsid", b"<dc:creator", b"lastModifiedBy", b"<cp:revision", b"python-docx",
                  b"attachedTemplate", b"<!--",
                  os.path.expanduser("~").encode() + b"/"):  # fmt: skip
        assert trace not in whole, trace
    assert not [name for name in parts(data) if "thumbnail" in name]


@pytest.mark.parametrize(
    "character", ["\x01", "\x0b", "\x7f", "\x85", "\ufffe", "\u202e", "\u2067", "\u200b", "\ufeff"]
)
def test_d12_characters(character: str) -> None:
    """No crash and no silent loss: what cannot be shown stands as its code point."""
    text = f"SECRET X 1234\n\nSUBJECT: A\n\n1. (S) Fict{character}ional text.\n"
    shown = _shown(root(document(text.encode("utf-8", "surrogatepass"))))
    if character in "\x0b\x85":  # blanks
        assert "Fict ional" in shown or "Fict" in shown
    else:
        assert f"Fict[U+{ord(character):04X}]ional" in shown
    assert character not in shown


def test_text_is_no_field_and_no_markup() -> None:
    text = (
        'SECRET X 1234\n\nSUBJECT: <w:b/> & A\n\n1. (S) { HYPERLINK "http://x" } </w:t>'
        " INCLUDETEXT c:\\x <?cable-body?>\n"
    )
    data = document(text.encode())
    assert not list(root(data).iter(f"{W}instrText", f"{W}hyperlink", f"{W}fldSimple"))
    assert '{ HYPERLINK "http://x" } </w:t> INCLUDETEXT' in _shown(root(data))


def test_long_text_is_split() -> None:
    word = "A" * 1_200_000
    data = document(f"SECRET X 1234\n\nSUBJECT: A\n\n1. (S) {word}\n".encode())
    longest = max(len(str(text.text)) for text in root(data).iter(f"{W}t"))
    assert longest <= 500_000
    assert word in _shown(root(data))


def _slow(cable: Cable) -> bytes:
    """The same document by python-docx: opened, filled and saved through its own classes."""
    document = docx.Document(io.BytesIO(templates.reference()))
    slots = filled(cable, Options())
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = document.element.body
    section = body.sectPr
    for name in ("pgSz", "pgMar"):
        section.remove(section.find(f"{W}{name}"))
    paper = list(parse_xml(f"<w:x {space}>{slots['paper']}</w:x>"))
    at = len([e for e in section if "Reference" in e.tag])
    for number, element in enumerate(paper):
        section.insert(at + number, element)
    body[:0] = list(parse_xml(f"<w:body {space}>{slots['body']}</w:body>"))
    one = document.sections[0]
    for kind in ("header", "first_page_header", "even_page_header",
                 "footer", "first_page_footer", "even_page_footer"):  # fmt: skip
        margin = getattr(one, kind)
        for paragraph in list(margin.paragraphs):
            if paragraph.style.name == "Banner":
                element = paragraph._element
                element.getparent().replace(element, parse_xml(slots["banner"]))
        for text in list(margin._element.iter(f"{W}t")):
            if text.text == "{reference}":
                run = text.getparent()
                if slots["reference"]:
                    run.addprevious(parse_xml(slots["reference"]))
                run.getparent().remove(run)
    package = document.part.package
    core = document.core_properties
    for child in list(core._element):
        core._element.remove(child)
    for child in parse_xml(slots["core"].partition("?>")[2].strip().encode()):
        core._element.append(child)
    custom = slots["properties"]
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    whole = f'<Properties xmlns="{office}/custom-properties">{custom}</Properties>'
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI("/docProps/custom.xml"), kind, whole.encode(), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    for number, slot in enumerate(("markings", "skeleton"), 1):
        name = PackURI(f"/customXml/item{number}.xml")
        item = Part(name, "application/xml", slots[slot].encode(), package)
        document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _canonical(content: bytes) -> bytes:
    """XML without what says nothing: comments, blanks of layout, repeated declarations."""
    bare = etree.fromstring(content, etree.XMLParser(remove_blank_text=True, remove_comments=True))
    etree.cleanup_namespaces(bare)
    return bytes(etree.tostring(bare, method="c14n"))


@pytest.mark.parametrize("source", [*SAMPLES, *CORPUS], ids=lambda path: path.stem)
def test_d14_as_python_docx_writes_it(source: str) -> None:
    cable = read(source).cable  # type: ignore[arg-type]
    fast = parts(DocxWriter().write(cable, Options(), Report()))
    slow = parts(_slow(cable))
    alike = {name for name in fast if not name.startswith(("[", "_rels", "customXml/"))}
    alike -= {name for name in alike if name.endswith(".rels")}
    alike |= {"customXml/item1.xml", "customXml/item2.xml"}
    assert alike <= set(slow)
    for name in sorted(alike):
        assert _canonical(fast[name]) == _canonical(slow[name]), name


def test_d13_linear() -> None:
    """Ten times the text makes about ten times the parts: nothing is looked up twice."""
    sizes = []
    for count in (100, 1000):
        text = "".join(f"{n}. (S) Fictional text.\n\n" for n in range(1, count + 1))
        found = document(f"SECRET X 1234\n\nSUBJECT: A\n\n{text}".encode())
        sizes.append(len(parts(found)["word/document.xml"]))
    assert 8 < sizes[1] / sizes[0] < 11


def test_d16_no_label_unless_configured(data: bytes) -> None:
    whole = b"\n".join(parts(data).values())
    for name in (b"MSIP_Label", b"confidentialitymetadatalabel", b"clbl:", b"TITUS"):
        assert name not in whole


def test_summary_comment_excision_joint(data: bytes) -> None:
    styles = {_style(p): _shown(p) for p in root(data).iter(f"{W}p")}
    assert styles["CableSummary"].startswith("1.(S)\xa0Summary:")
    assert styles["CableComment"].startswith("5.(S)\xa0Comment:")
    assert styles["TransmissionPageMark"] == "KESTREL CAPE 00000176  003 OF 003"
    assert _runs(data, "Excision") == ["XXXXXXXXXXXX"]
    assert _runs(data, "PageJoint") == [" \u2016"]


def test_a_control_beside_an_excision_is_no_blank() -> None:
    """Python takes four controls for blanks; a document shows them as their code points."""
    text = b"1. (C) THE PILOTS OF \x1fXXXXXXXXXXXX\x1f SAID SO TO XXXXXXXXXXXX  AND LEFT."
    made(read(b"CONFIDENTIAL PORT ORRIN 0021\n\nSUBJECT: PILOTS\n\n" + text).cable)


def test_stamp_and_struck_banner(data: bytes) -> None:
    """Where a reviewer's line says declassified, and only there."""
    (stamp,) = (p for p in root(data).iter(f"{W}p") if _style(p) == "DeclassificationStamp")
    assert _shown(stamp) == "DECLASSIFIED BY AUTHORITY NND 0000"
    for name in MARGINS:
        assert len(list(root(data, name).iter(f"{W}strike"))) == 1, name
    released = document(
        EVERYTHING.replace(b"DECLASSIFIED BY AUTHORITY NND 0000", b"RELEASED IN FULL")
    )
    assert not list(root(released, MARGINS[0]).iter(f"{W}strike"))
    plain = document(SECRET.read_bytes())
    assert "DeclassificationStamp" not in {_style(p) for p in root(plain).iter(f"{W}p")}


def test_anchors_are_stable_and_unlike(data: bytes) -> None:
    names = [mark.get(f"{W}name", "") for mark in root(data).iter(f"{W}bookmarkStart")]
    ids = [mark.get(f"{W}id", "") for mark in root(data).iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name) for name in names)
    assert {"cable_p0001", "cable_p0001_mark"} <= set(names)


def test_custom_xml_holds_no_text(data: bytes) -> None:
    for name, content in parts(data).items():
        if name.startswith("customXml/"):
            assert b"fictional" not in content.lower()
    blocks = root(data, "customXml/item2.xml")
    kinds = [block.get("kind") for block in blocks]
    assert kinds == [
        "paragraph", "paragraph", "paragraph", "paragraph", "table", "paragraph", "paragraph",
        "signature",
    ]  # fmt: skip
    assert [block.get("mark") for block in blocks][:2] == ["(S)", "(C//NF)"]


def test_table_beside_table() -> None:
    """Two tables that touch would be one; cells without words stay cells."""
    cable = read(b"SECRET X 1234\n\nSUBJECT: A\n\n1. (S) Fictional.\n\nHEAD\n").cable
    table = _table([["A", "B"], ["1", None]], 400)
    other = _table([["C", "D"], ["2", "3"]], 500)
    cable = replace(cable, parts=(*cable.parts, table, other))
    data = made(cable)
    assert len(list(root(data).iter(f"{W}tbl"))) == 2
    swapped = replace(cable, parts=(*cable.parts[:-2], other, table))
    assert checker("docx")(made(swapped), transcript(cable)) != []
    assert any(isinstance(part, Heading | Paragraph) for part in cable.parts)


def _table(rows: list[list[str | None]], at: int) -> Table:
    lines, cells = [], []
    for row in rows:
        text = " ".join(filter(None, row))
        lines.append(Typed(text, Span(at, at + len(text))))
        cells.append(Row(tuple(Field(c, Span(at, at + 1)) if c else None for c in row)))
        at += len(text) + 1
    return Table(tuple(lines), tuple(cells), 1)


def test_changed_cell_is_told(data: bytes, cable: Cable) -> None:
    tampered = changed(data, lambda _, content: content.replace(b">340<", b">430<"))
    (difference,) = checker("docx")(tampered, transcript(cable))
    assert difference.where.startswith("text")


def test_stamp_of_another_hand_is_told(data: bytes, cable: Cable) -> None:
    tampered = changed(data, lambda _, content: content.replace(b"NND 0000", b"NND 1111", 1))
    assert "stamp" in {one.where for one in checker("docx")(tampered, transcript(cable))}


def test_columns_are_as_wide_as_their_words() -> None:
    """No word is parted where the page has room for it."""
    rows = [("DISTRICT", "DIFFERENCE", "REMARKS"), ("HOLT AND WREN", "22.3", "few words " * 30)]
    text = table(rows, 1, "About", 8840)
    first, second, third = (int(each) for each in re.findall(r'gridCol w:w="(\d+)"', text))
    assert second > 216 + 1150  # ten capitals of Arial Bold in 9 points
    assert 216 + 850 < first < third
    assert first + second + third <= 8840
    narrow = table(rows[:1], 0, "About", 8840)
    assert sum(int(each) for each in re.findall(r'gridCol w:w="(\d+)"', narrow)) < 5000
