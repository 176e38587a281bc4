"""A tampered output is caught in each format: mark removed, banner changed, word dropped, swap."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest

from convert.job import render
from convert.model.cable import Cable, Paragraph, Typed
from convert.model.data import replace
from convert.model.facts import header_facts
from convert.model.text import escaped
from convert.model.transcript import Transcript, transcript
from convert.options import Options
from convert.reader.read import read
from convert.verify.registry import load as checker
from convert.writer.pdf import archive
from convert.writer.pdf.fonts import fonts
from convert.writer.pdf.layout import lay_out
from convert.writer.pdf.lines import Fit
from convert.writer.pdf.paint import paint
from convert.writer.pdf.style import style
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "secret-rel.txt"
FORMATS = ["tei", "docx", "pdf"]


@pytest.fixture(scope="module")
def cable() -> Cable:
    return read(SAMPLE).cable


def _without_mark(cable: Cable) -> Cable:
    return _changed(cable, 1, lambda p: replace(p, portion=None))


def _without_word(cable: Cable) -> Cable:
    def drop(paragraph: Paragraph) -> Paragraph:
        head, *rest = paragraph.content
        assert isinstance(head, Typed)
        shorter = replace(head, text=head.text.rsplit(" ", 1)[0])
        return replace(paragraph, content=(shorter, *rest))

    return _changed(cable, 2, drop)


def _other_banner(cable: Cable) -> Cable:
    text = SAMPLE.read_bytes().replace(b"S E C R E T", b"C O N F I D E N T I A L")
    return read(text, cable.source.name).cable


def _swapped(cable: Cable) -> Cable:
    places = _paragraphs(cable)
    parts = list(cable.parts)
    parts[places[4]], parts[places[5]] = parts[places[5]], parts[places[4]]
    return replace(cable, parts=tuple(parts))


def _paragraphs(cable: Cable) -> list[int]:
    return [index for index, part in enumerate(cable.parts) if isinstance(part, Paragraph)]


def _changed(cable: Cable, which: int, change: Callable[[Paragraph], Paragraph]) -> Cable:
    place = _paragraphs(cable)[which]
    paragraph = cable.parts[place]
    assert isinstance(paragraph, Paragraph)
    parts = (*cable.parts[:place], change(paragraph), *cable.parts[place + 1 :])
    return replace(cable, parts=parts)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("tamper", [_without_mark, _without_word, _other_banner, _swapped])
def test_tampered(format: str, tamper: Callable[[Cable], Cable], cable: Cable) -> None:
    """The output of a changed cable does not pass for an output of the true one."""
    expected: Transcript = transcript(cable)
    true = render(cable, format, Options()).data
    assert checker(format)(true, expected) == []
    tampered = render(tamper(cable), format, Options()).data
    codes = {difference.code.id for difference in checker(format)(tampered, expected)}
    assert codes & {"_without_mark": {"MK040"}, "_other_banner": {"MK041"}}.get(
        tamper.__name__, {"V100", "MK040"}
    )


@pytest.mark.parametrize("format", FORMATS)
def test_no_such_file(format: str, cable: Cable) -> None:
    assert checker(format)(b"this is no document", transcript(cable)) != []


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b"Ardent laid four sheets", b"Ardent laid sheets"),
        (b'place="top" ana="#cls.S"', b'place="top" ana="#cls.U"'),
        (b'place="top" ana="#cls.S"', b'place="top"'),
        (b'xml:id="p5" ana="#cls.S"', b'xml:id="p5" ana="#cls.U"'),
        (b'xml:id="p2" ana="#cls.S ', b'xml:id="p2" ana="'),
        (b"<reg>GBR</reg>", b"<reg>AUS</reg>"),
        (b"<orig>UK</orig>", b"<orig>GBR</orig>"),
        (b"<catDesc>SECRET", b"<catDesc>UNCLASSIFIED"),
        (b"<reg>SECRET</reg>", b"<reg>CONFIDENTIAL</reg>"),
    ],
)
def test_tampered_bytes_of_tei(there: bytes, instead: bytes, cable: Cable) -> None:
    data = render(cable, "tei", Options()).data
    assert there in data
    assert checker("tei")(data.replace(there, instead, 1), transcript(cable)) != []


@pytest.mark.parametrize("format", FORMATS)
def test_tampered_block_of_markings(format: str, cable: Cable) -> None:
    """The block for programs, too, must say what the marks on the page say."""
    data = render(cable, format, Options()).data
    there, instead = b'raw="(S)" ism:classification="S"', b'raw="(S)" ism:classification="U"'
    if format == "docx":
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(there, instead))
        tampered = changed.getvalue()
    else:
        if format == "pdf":  # the block stands in the XMP packet as escaped text
            there, instead = (escaped(text.decode()).encode() for text in (there, instead))
        assert there in data
        tampered = data.replace(there, instead)
    (difference,) = checker(format)(tampered, transcript(cable))
    assert difference.where.startswith("markings block")


def test_one_block_in_all_formats(cable: Cable) -> None:
    block = transcript(cable).ism.encode()
    tei, docx, pdf = (render(cable, format, Options()).data for format in FORMATS)
    assert block in tei
    assert escaped(block.decode()).encode() in pdf
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        assert block in package.read("customXml/item1.xml")


@pytest.mark.parametrize("part", ["header1", "header2", "header3", "footer1", "footer2", "footer3"])
def test_one_banner_of_six(part: str, cable: Cable) -> None:
    data = render(cable, "docx", Options()).data
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == f"word/{part}.xml":
                assert b"SECRET" in content
                content = content.replace(b"SECRET", b"UNCLASSIFIED")
            new.writestr(name, content)
    assert checker("docx")(changed.getvalue(), transcript(cable)) != []


def test_mark_parted_from_its_word(cable: Cable) -> None:
    """A mark whose next word begins a line: only its place on the page tells."""
    facts, design, faces = header_facts(cable), style("house"), fonts()
    layout = lay_out(cable, facts, "letter", design, Fit(faces.widths, faces.shown), released=False)
    runs = layout.pages[0].runs
    mark = next(n for n, run in enumerate(runs) if run.element and run.element.kind == "Span")
    runs[mark + 1] = runs[mark + 1]._replace(y=runs[mark + 1].y - 14.2)
    about = archive.about(cable, facts, layout.title, layout.reference, None)
    data = paint(layout, design, faces, archive.KINDS["2a"], about)
    codes = {found.code.id for found in checker("pdf")(data, transcript(cable))}
    assert "MK042" in codes


@pytest.mark.parametrize("blank", [" ", "</w:t><w:br/><w:t>"])
def test_mark_in_word_that_a_line_may_part_from_its_word(cable: Cable, blank: str) -> None:
    """A blank where a line can end, behind the mark or in it, is enough."""
    data = render(cable, "docx", Options()).data
    told = transcript(cable)
    assert checker("docx")(data, told) == []
    for typed in (">\u00a0<", "REL\u00a0TO"):
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
            for name in old.namelist():
                content = old.read(name).decode("utf-8", "surrogateescape")
                if name == "word/document.xml":
                    head, body = content.split("1.</w:t>", 1)
                    assert typed in body
                    body = body.replace(typed, typed.replace("\u00a0", blank), 1)
                    content = f"{head}1.</w:t>{body}"
                new.writestr(name, content.encode("utf-8", "surrogateescape"))
        assert [one.code.id for one in checker("docx")(changed.getvalue(), told)] == ["MK042"]


_VECTORS = json.loads((ROOT / "tests" / "vectors" / "adversarial.json").read_text())["items"]


@pytest.mark.parametrize("kind", ["portion", "banner"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_vector_in_every_output(format: str, kind: str) -> None:
    """Whatever is typed where a mark or banner stands, the outputs read back as the cable."""
    for item in _VECTORS:
        if item["kind"] == kind:
            text = (
                f"UNCLAS X 1234\n\nSUBJECT: A\n\n1. {item['input']} Fictional text.\n"
                if kind == "portion"
                else f"{item['input']}\n\nSUBJECT: A\n\n1. (U) Fictional text.\n"
            )
            assert render(read(text.encode()).cable, format, Options()).data, item["id"]


@pytest.mark.parametrize(
    "banner",
    [
        "UNCLAS STATE 1503\n\nQUOTE LIMITED OFFICIAL USE KESTREL CAPE 2150",
        "UNCLAS STATE 1503\n\nQUOTE: C O N F I D E N T I A L KESTREL CAPE 2150",
        "CON Fl DENTIALUSUNNEWYORK001503",
    ],
)
def test_class_that_stands_behind_a_word_or_was_misread(banner: str) -> None:
    """A class behind QUOTE, or with a letter that a picture does not tell, is that of the TEI."""
    heading = "R 171950Z JUN 94\nFM USMISSION USUN NEW YORK\nTO SECSTATE WASHDC\n"
    source = f"{heading}\n{banner}\n\nTAGS: PREL\n\n1. THE LAMP IS OUT.\n"
    written = render(read(source.encode()).cable, "tei", Options()).data
    assert b'type="classification"' in written.partition(b"<text")[2]
