"""The TEI: what it says, how it parts typed from understood, and that its text is the source."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import etree

from convert.diagnostics import Report
from convert.job import render
from convert.model.cable import Banner, Cable, Field, Paragraph, Row, Table, Typed
from convert.model.span import Span
from convert.model.walk import all_parts, every, span_of, start_of
from convert.options import Options
from convert.reader.read import read
from convert.writer.tei import TeiWriter
from convert.writer.tei.named import named
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.xml import when
from tests.conftest import ROOT, SAMPLES

_NS = {"t": "http://www.tei-c.org/ns/1.0"}


def tei(text: str) -> etree._Element:
    return etree.fromstring(TeiWriter().write(read(text.encode()).cable, Options(), Report()))


def texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=_NS)
    assert isinstance(found, list)
    return [
        "".join(map(str, e.itertext())) if isinstance(e, etree._Element) else str(e) for e in found
    ]


def test_a_block_begins_where_its_span_does() -> None:
    """Its id and its passages are found by that place."""
    parts = [part for sample in SAMPLES for part in all_parts(read(sample).cable)]
    assert len(parts) > 300
    assert [part for part in parts if start_of(part) != span_of(part).start] == []


def test_what_is_kept_of_one_cable_is_not_told_of_another() -> None:
    first, second = (f"UNCLAS {post} 000176\n\nSIPDIS\n\n1. (U) TEXT.\n" for post in ("ONE", "TWO"))
    one, two = read(first.encode()).cable, read(second.replace("SIPDIS", "NODIS").encode()).cable
    written = [TeiWriter().write(cable, Options(), Report()) for cable in (one, two, one, two)]
    assert written[:2] == written[2:]
    assert [b"#hnd.SIPDIS" in each for each in written[:2]] == [True, False]
    assert [b"#hnd.NODIS" in each for each in written[:2]] == [False, True]


def test_characters_of_the_text_are_the_source() -> None:
    for sample in SAMPLES:
        reading = read(sample)
        root = etree.fromstring(TeiWriter().write(reading.cable, Options(), Report()))
        for regular in root.findall(".//t:text//t:reg", _NS):
            regular.text = ""
        assert "".join(texts(root, "t:text")) == reading.text.replace("\f", "").replace(
            "\r\n", "\n"
        )


def test_transmission_values_are_elements() -> None:
    root = tei("DE RUEHGB #4430/01 3370610\nZNY SSSSS ZZH\nFM AMEMBASSY KESTREL CAPE\n")
    assert texts(root, "//t:ab[@type='station']/t:idno[@type='stationSerial']") == ["4430"]
    assert texts(root, "//t:ab[@type='station']/t:num/@value") == ["1", "337"]
    assert texts(root, "//t:ab[@type='station']/t:time/@when") == ["06:10:00Z"]
    assert texts(root, "//t:ab[@type='security']/@subtype") == ["encrypted"]


def test_an_inferred_year_is_told_from_a_typed_one() -> None:
    head = (
        "SECRET KESTREL CAPE 000412\n\nREF: A. KESTREL CAPE 398, B. 05 PORT ORRIN 1\n\n1. (S) X.\n"
    )
    root = tei("P 030610Z DEC 06\nFM AMEMBASSY KESTREL CAPE\nTO SECSTATE WASHDC\n\n" + head)
    assert texts(root, "//t:ab[@type='ref']/t:ref/@cert") == ["medium"]
    assert texts(root, "//t:ab[@type='ref']/t:ref[2][not(@cert)]/@target") == [
        "urn:cable:05PORTORRIN1"
    ]


def test_odd_blanks_and_controls_stay() -> None:
    text = "\f SECRET \x0b\n\t1. (S)\u00a0 A\x12B \u200bC  D.\u3000\r\n\x1c\r2. (S) E.\n"
    reading = read(text.encode())
    root = tei(text)
    assert texts(root, "//t:charDecl/t:char/t:mapping") == ["U+0012", "U+001C", "U+200B"]
    assert len(root.findall(".//t:pb[@type='formFeed']", _NS)) == 1
    assert reading.text == text


@pytest.mark.parametrize("control", ["\f", "\v", " \f\v\n"])
def test_a_page_ends_between_number_and_mark(control: str) -> None:
    text = f"SECRET PORT ORRIN 12\n\n1. (U) A.\n\n2.{control}(S) B.\n"
    cable = read(text.encode()).cable
    assert [mark.portion and mark.portion.typed for mark in every(cable, Paragraph)] == [
        "(U)",
        "(S)",
    ]
    made = render(cable, "tei", Options()).data  # valid, or it raises
    assert read(made).text == text


def test_what_was_left_out_stands_in_surplus() -> None:
    root = tei("SECRET\n\nTAGS: [PREL](#) PGOV\n\n[1](#)1. (S) The harbor is shut.\\\n")
    assert texts(root, "//t:surplus/@reason") == ["link", "link", "link", "line_end"]
    assert "".join(texts(root, "//t:body/t:p[1]")) == "[1](#)1. (S) The harbor is shut.\\"


def test_table() -> None:
    lines = ["YEAR | SHIPS |", "-----+-------", "2004 |    12 |", "2005 |", "1. (U) X."]
    typed, cells, place = [], [], 0
    for line in lines[:4]:
        typed.append(Typed(line, Span(place, place + len(line))))
        row = []
        for word in line.replace("|", " ").split() if "+" not in line else ():
            at = place + line.index(word)
            row.append(Field(word, Span(at, at + len(word))))
        if row:
            cells.append(Row((*row, *[None] * (2 - len(row)))))
        place += len(line) + 1
    cable = read("\n".join(lines).encode()).cable
    paragraph = next(part for part in cable.parts if isinstance(part, Paragraph) and part.label)
    table = Table(tuple(typed), tuple(cells), header=1)
    changed = Cable(cable.source, cable.forms, (table, paragraph), (), (), cable.blanks)
    root = etree.fromstring(TeiWriter().write(changed, Options(), Report()))
    assert texts(root, "//t:row/@role") == ["label", "data", "data"]
    assert texts(root, "//t:cell") == ["YEAR", "| SHIPS |", "2004", "|    12 |", "2005 |", ""]
    assert texts(root, "//t:cell/t:fw") == ["|", "|", "|", "|", "|"]
    assert "".join(texts(root, "//t:table")) == "\n".join(lines[:4])


def test_a_year_of_three_figures_is_padded() -> None:
    assert when(datetime(405, 4, 8, 15, 2, tzinfo=UTC)) == "0405-04-08T15:02:00Z"


def test_values_are_not_found_amid_other_words() -> None:
    root = tei("DE RUEHGB #4430/1 3370106\nFM AMEMBASSY KESTREL CAPE\n")
    assert texts(root, "//t:ab[@type='station']/t:num") == ["1", "337"]
    assert texts(root, "//t:ab[@type='station']/t:time") == ["0106"]
    line = "SECRET XORRIN ORRIN 1000 100"
    lines = (Typed(line, Span(0, len(line))),)
    banner = Banner(
        lines, None, Field("SECRET", Span(0, 6)), "SECRET", (), None, None, "ORRIN", "100"
    )
    marks = [mark for mark in named(banner, Categories()) if "choice" not in mark.begins]
    assert [(one.start, line[one.start : one.end]) for one in marks] == [(14, "ORRIN"), (25, "100")]


def test_a_banner_at_the_foot_of_a_page() -> None:
    page = " CONFIDENTIAL\n\n\n CONFIDENTIAL\n\n\nPAGE 02 KESTRE 00087 102001Z\n"
    head = "CONFIDENTIAL\n\nPAGE 01 KESTRE 00087\n\nP 101905Z JAN 74\nFM AMEMBASSY KESTREL\n"
    text = f"CONFIDENTIAL KESTREL CAPE 87\n\n1. FICTIONAL,\n{page}\nALL OF IT.\n\nASHDOWN\n"
    root = tei(f"{head}TO SECSTATE WASHDC\n\n{text}\n\n CONFIDENTIAL\n\nNNNN\n")
    places = texts(root, "//t:fw[@type='classification']/@place")
    assert places == ["top", "top", "bottom", "top", "bottom"]
    pages = root.findall(".//t:fw[@type='sectionHeader']", _NS)
    assert [page.get("n") for page in pages] == ["page 1", "page 2"]
    assert texts(root, "//t:milestone[@unit='page']/@n") == ["1", "2"]


def test_a_section_begins_once() -> None:
    """By its page line, though the class line below says it again."""
    cable = read(ROOT / "samples" / "nara-1979-sections.txt").cable
    root = etree.fromstring(TeiWriter().write(cable, Options(), Report()))
    assert texts(root, "//t:milestone[@unit='transmissionSection']/@n") == ["1", "2"]
    assert texts(root, "//t:category[@n='LOU']/t:catDesc") == ["Limited official use"]


def test_the_sheets_of_a_print_and_its_stamps() -> None:
    root = etree.fromstring(
        TeiWriter().write(read(ROOT / "samples" / "archive-print.txt").cable, Options(), Report())
    )
    sheets = root.xpath("//t:fw[contains(@n, ' of 3')]", namespaces=_NS)
    assert isinstance(sheets, list)
    assert [(sheet.get("n"), sheet.get("place")) for sheet in sheets] == [  # type: ignore[union-attr]
        ("page 1 of 3", None), ("page 2 of 3", None), ("page 3 of 3", None),
    ]  # fmt: skip
    assert texts(root, "//t:milestone[@unit='page']/@n") == ["1", "2", "3"]
    said = texts(root, "//t:availability/t:p")
    assert said[1:] == [
        "A later stamp on the copy says: UNCLASSIFIED",
        "A later stamp on the copy says: Released in Full Jane Q. Roe, Acting-Director "
        "US Department of State 4/14/2026",
    ]
