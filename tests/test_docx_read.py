"""A Word file read back: as it was made, after what the office does to it, and from other hands."""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from convert.cli.main import run
from convert.diagnostics import Code, Severity
from convert.errors import UnreadableError
from convert.job import render
from convert.model.cable import Cable, Heading, Paragraph, Record, Subject, Table, Unread
from convert.model.data import replace
from convert.model.facts import banner_text
from convert.model.transcript import entry, text_parts
from convert.model.walk import every, words
from convert.options import Options
from convert.reader.decode import decode
from convert.reader.forms.registry import MARKUP
from convert.reader.read import Reading, read, understand
from tests.conftest import CORPUS, MARKED, SAMPLES, tool
from tests.docx_parts import (
    EVERYTHING,
    SECRET,
    W,
    changed,
    document,
    everything,
    made,
    parts,
    replaced,
    retold,
)

SOURCES = [*SAMPLES, *MARKED, *CORPUS]


def _codes(reading: Reading) -> list[Code]:
    """What the file itself gave reason to say."""
    return [f.code for f in reading.findings if f.code.id.startswith(("DOCX", "R100"))]


def _recovered(back: Reading, cable: Cable) -> None:
    """All of it; of an edition's heading, which its markup says and no line, a warning."""
    ours, theirs = retold(back.cable), retold(cable)
    if cable.forms[0].form in MARKUP and _codes(back):
        assert set(_codes(back)) == {Code.RECORD_DISAGREES}
        assert {f.severity for f in back.findings if f.code is Code.RECORD_DISAGREES} == {
            Severity.WARNING
        }
        ours, theirs = (replace(told, facts=(), ism="") for told in (ours, theirs))
    else:
        assert _codes(back) == []
    assert ours == theirs


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_recovered_as_made(source: Path) -> None:
    cable = read(source).cable
    back = read(made(cable))
    _recovered(back, cable)
    assert back.cable.source.encoding == "docx"
    for format in ("docx", "tei", "pdf"):
        assert render(back.cable, format, Options()).data


@pytest.mark.parametrize("source", MARKED, ids=lambda path: path.stem)
def test_lines_of_an_archive_stay_its_own(source: Path) -> None:
    """A Word file has no form of a page or edition; bookmarks tell whose lines these are."""
    cable = read(source).cable
    kept = [part.kind for part in every(read(made(cable)).cable, Record)]
    assert kept == [part.kind for part in every(cable, Record)] != []


def test_recovered_with_all_that_a_text_may_hold() -> None:
    cable = everything()
    back = read(made(cable))
    assert _codes(back) == []
    assert retold(back.cable) == retold(cable)
    assert [(p.level, len(p.content)) for p in every(back.cable, Paragraph)] == [
        (p.level, len(p.content)) for p in every(cable, Paragraph)
    ]
    assert made(back.cable)


_PIECES = [
    "S E C R E T SECTION 01 OF 02 KESTREL CAPE 000176", "SIPDIS", "STATE PASS TO USTR",
    "E.O. 12958: DECL: 12/02/2016", "TAGS: PREL, PGOV", "SUBJECT: (C) A FICTIONAL\nSUBJECT LINE",
    "REF: A. PORT ORRIN 12\nB. PORT ORRIN 13", "FM AMEMBASSY KESTREL CAPE", "TO SECSTATE WASHDC",
    "Classified By: DCM Jane Roe for reasons 1.4 (b)\nand (d).", "ZNY SSSSS ZZH", "BT", "NNNN",
    "1. (S) Fictional words\nover two lines.", "2. (S//REL TO\nUSA, GBR) A mark that wraps.",
    "A. (U) An item", "-- a dash item", "(1) one (S) two", "XXXXXXXXXXXX", "-----\nHEAD\n-----",
    "KESTREL CAPE 00000176  002 OF 003", "RELEASED IN PART B1", "DECLASSIFIED", "HALLORAN",
    "NOTE BY OC/T: GARBLED.", "C O R R E C T E D  C O P Y", "\u202e(S) disguised", "[1](#)2. (S) x",
    "NAME     QTY\nAAA       12\nBBB      133", "TAB\tIN\tTEXT", "a\u00a0b (S)\u00a0c",
    "no end and", "goes on here.", "3. (c) lower case", "= = = =", "\U0001d518 astral",
    "ends with backslash\\",
]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from(["\n", "\n\n", " "]))))
def test_recovered_whatever_the_text(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + end for piece, end in pieces) or "x"
    cable = read(text.encode()).cable
    back = read(made(cable))
    assert _codes(back) or retold(back.cable) == retold(cable)  # nothing differs in silence


def test_recovered_joint_in_a_table_as_typed() -> None:
    """Lines that have no place inside a block stand behind it; none is lost."""
    rows = "\n".join(f"ROW {n}        {n}{n}" for n in range(1, 9))
    cut = rows.replace("ROW 5", "KESTREL CAPE 00000176  002 OF 002\n\nROW 5")
    text = f"SECRET KESTREL CAPE 000176\n\nSUBJECT: A\n\n1. (S) Fictional.\n\n{cut}\n\nNNNN\n"
    cable = read(text.encode()).cable
    back = read(made(cable))
    assert _codes(back) == []
    assert retold(back.cable) == retold(cable)


def _split_runs(data: bytes, seed: int) -> bytes:
    """Runs cut at random, with the noise that Word leaves between them."""
    dice = random.Random(seed)

    def cut(match: re.Match[str]) -> str:
        about, text = match[1], match[2]
        if "&" in text or len(text) < 2:
            return match[0]
        at = dice.randrange(1, len(text))
        noise = '<w:proofErr w:type="spellStart"/>'
        return noise.join(
            f'<w:r w:rsidR="00{dice.randrange(16**6):06X}">{about}<w:lastRenderedPageBreak/>'
            f'<w:t xml:space="preserve">{piece}</w:t></w:r>'
            for piece in (text[:at], text[at:])
        )

    about = r"((?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)"
    run_ = rf'<w:r>{about}<w:t xml:space="preserve">([^<]*)</w:t></w:r>'

    def change(name: str, content: bytes) -> bytes:
        if not name.startswith(("word/document", "word/header", "word/footer")):
            return content
        return re.sub(run_, cut, content.decode()).encode()

    return changed(data, change)


@pytest.mark.parametrize("seed", range(5))
def test_recovered_from_split_runs(seed: int) -> None:
    for source in (SECRET.read_bytes(), EVERYTHING):
        cable = read(source).cable
        back = read(_split_runs(made(cable), seed))
        assert _codes(back) == []
        assert retold(back.cable) == retold(cable)


_WAYS = {"docx": ("docx",) * 3, "odt": ("odt", "docx"), "rtf": ("rtf", "docx"),
         "doc": ("doc:MS Word 97", "docx")}  # fmt: skip


@pytest.mark.parametrize("way", _WAYS)
def test_recovered_through_libreoffice(way: str, tmp_path: Path) -> None:
    """D6: every block, mark, number, banner and line; what is left of the record agrees."""
    soffice = tool("soffice")
    cables = {source.stem: read(source).cable for source in SOURCES} | {"everything": everything()}
    folder = tmp_path / "0"
    folder.mkdir()
    for name, cable in cables.items():
        (folder / f"{name}.docx").write_bytes(made(cable))
    for number, format in enumerate(_WAYS[way], 1):
        files = sorted(map(str, folder.iterdir()))
        folder = tmp_path / str(number)
        home = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [soffice, home, "--headless", "--convert-to", format, "--outdir", str(folder)]
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=600)
    for name, cable in cables.items():
        _recovered(read(folder / f"{name}.docx"), cable)


def test_d7_pandoc_shows_marks_numbers_and_headings() -> None:
    command = [tool("pandoc"), "-f", "docx+styles", "-t", "json"]
    told = subprocess.run(
        command, input=document(SECRET.read_bytes()), capture_output=True, check=True
    )
    shown = json.dumps(json.loads(told.stdout))
    assert shown.count('["custom-style", "Portion Mark"]') == 8
    assert shown.count('["custom-style", "Paragraph Number"]') == 8
    assert shown.count('"t": "Header"') >= 3 or shown.count("Section Heading") == 2


# --- what editors do ------------------------------------------------------------------------------


def test_corrected_words_are_read_andtold() -> None:
    data = replaced(
        made(read(SECRET).cable), b"Ardent laid four sheets", b"Ardent laid five sheets"
    )
    back = read(data)
    assert _codes(back) == [Code.TEXT_CHANGED]
    assert "paragraph 3. was changed after the file was made" in [
        found.message() for found in back.findings
    ]
    third = [p for p in every(back.cable, Paragraph) if p.label and p.label.typed == "3."]
    assert "laid five sheets" in words(third[0].content)


def test_d17_changed_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Visible text wins, and the exit code says that the file contradicts itself."""
    old, new = b">(S)</w:t>", b">(U)</w:t>"
    path = tmp_path / "edited.docx"
    path.write_bytes(replaced(made(read(SECRET).cable), old, new))
    assert run(["check", str(path)]) == 1
    told = capsys.readouterr().out
    assert (
        "DOCX10 error: the mark of paragraph 5.: the text says '(U)', the file elsewhere '(S)'"
        in told
    )
    marks = [p.portion.typed for p in every(read(path).cable, Paragraph) if p.portion]
    assert marks[4] == "(U)"


@pytest.mark.parametrize(
    ("part", "old", "new", "where"),
    [
        ("word/header2.xml", ">SECRET<", ">CONFIDENTIAL<", "the header of the first page"),
        ("word/footer1.xml", ">SECRET<", "><", "the footer of the default page"),
        ("docProps/custom.xml", "r>SECRET<", "r>U<", "the property BannerLine"),
        ("docProps/custom.xml", "5=S;", "5=U;", "the property cable.portions"),
        ("customXml/item2.xml", 'mark="(S)"', 'mark="(C)"', "the mark of paragraph 5."),
        ("customXml/item2.xml", 'label="4."', 'label="9."', "the number of paragraph 4."),
        ("customXml/item1.xml", 'ion="S"', 'ion="C"', "the block of markings"),
        ("word/document.xml", ">S E C R E T SEC", ">C SEC", "the banner among the lines"),
        ("word/document.xml", ">S E C R E T SEC", ">C O N F I D E N T I A L SEC", "the header of"),
        ("word/document.xml", ">FM AMEMBASSY PORT", ">FM AMEMBASSY X", "the heading's From"),
    ],
)  # fmt: skip
def test_d17_tampered(part: str, old: str, new: str, where: str) -> None:
    back = read(replaced(made(read(SECRET).cable), old.encode(), new.encode(), part))
    told = [f.message() for f in back.findings if f.code is Code.RECORD_DISAGREES]
    assert any(message.startswith(where) for message in told), told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            b'target="4" raw="(S)" ism:classification="S"',
            b'target="4" raw="(S)" ism:classification="C"',
            "the block of markings, block 4: the text says 'classification S', "
            "the file elsewhere 'classification C'",
        ),
        (
            b'target="4" raw="(S)" ism:classification="S"',
            b'target="4" raw="(S)" ism:classification="S" ism:disseminationControls="NF"',
            "the block of markings, block 4: the text says 'no dissemination controls', "
            "the file elsewhere 'dissemination controls NF'",
        ),
    ],
)
def test_the_block_of_markings_is_told_in_words(old: bytes, new: bytes, told: str) -> None:
    cable = read(
        b"SECRET\n\nSUBJECT: A\n\n1. (C) A.\n\n2. (C) B.\n\n3. (C) C.\n\n4. (S) D.\n"
    ).cable
    back = read(replaced(made(cable), old, new, "customXml/item1.xml"))
    assert [f.message() for f in back.findings if f.code is Code.RECORD_DISAGREES] == [told]


def _paragraph(style: str, *runs: str) -> bytes:
    inner = "".join(runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'.encode()


def _plain(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_paragraph_typed_by_an_editor() -> None:
    """Number and mark without their styles, and a paragraph in no style of ours."""
    signature = b'<w:p><w:pPr><w:pStyle w:val="CableSignature"/>'
    added = _paragraph("CableParagraph", _plain("9. (C) A fictional addition."))
    added += _paragraph("Normal", _plain("Words in no style."))
    back = read(replaced(made(read(SECRET).cable), signature, added + signature))
    assert _codes(back) == [Code.TEXT_CHANGED] * 2
    typed = list(every(back.cable, Paragraph))[-2:]
    assert typed[0].label is not None
    assert typed[0].label.number == 9
    assert typed[0].portion is not None
    assert (typed[0].portion.typed, words(typed[0].content)) == ("(C)", "A fictional addition.")
    assert (typed[1].label, words(typed[1].content)) == (None, "Words in no style.")


def test_paragraph_taken_out() -> None:
    data = made(read(SECRET).cable)
    whole = parts(data)["word/document.xml"]
    start = whole.rindex(b"<w:p>", 0, whole.index(b'name="cable_p0008"'))
    end = whole.index(b"</w:p>", start) + len(b"</w:p>")
    back = read(replaced(data, whole[start:end], b""))
    told = [f.message() for f in back.findings if f.code is Code.TEXT_CHANGED]
    assert told == ["paragraph 6. (U) was taken out after the file was made"]


def _without(data: bytes, start: bytes, end: bytes) -> bytes:
    """The document from one text up to another left out."""
    whole = parts(data)["word/document.xml"]
    first = whole.index(start)
    return replaced(data, whole[first : whole.index(end, first + 1)], b"")


def test_transmission_taken_out() -> None:
    """What the pages still show counts: the banner, and the heading row by row."""
    data = made(read(SECRET).cable)
    back = read(_without(data, b'<w:p><w:pPr><w:pStyle w:val="AppendixHeading"/>', b"<w:sectPr"))
    assert banner_text(back.cable) == "SECRET"
    told = {f.message() for f in back.findings if f.code.id.startswith("DOCX")}
    assert "the transmission was changed after the file was made" in told
    assert (
        "the banner among the lines of the transmission: the text says '', the file elsewhere "
        "'SECRET'" in told
    )
    (subject,) = every(back.cable, Subject)
    assert subject.title.text.startswith("LANTHE STRAIT: NAVY HYDROGRAPHER")
    assert Code.UNACCOUNTED not in _codes(back)
    for format in ("docx", "tei", "pdf"):
        assert render(back.cable, format, Options()).data


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_banner_stays_without_the_transmission(source: Path) -> None:
    cable = read(source).cable
    data = made(cable)
    appendix = b'<w:p><w:pPr><w:pStyle w:val="AppendixHeading"/>'
    if appendix in parts(data)["word/document.xml"]:
        back = read(_without(data, appendix, b"<w:sectPr"))
        assert banner_text(back.cable) == banner_text(cable)
        assert Code.TEXT_CHANGED in _codes(back)
        assert Code.UNACCOUNTED not in _codes(back)
        assert (Code.RECORD_DISAGREES in _codes(back)) or banner_text(cable) is None


def test_lines_of_the_transmission_inside_blocks_alone() -> None:
    """They are some: nothing is made of the heading's rows then."""
    text = b"1. (S) A fictional sentence that\n\nKESTREL CAPE 00000176  002 OF 002\n\ngoes on.\n"
    cable = read(text).cable
    assert not any(isinstance(part, Unread) for part in cable.parts)
    back = read(made(cable))
    assert _codes(back) == []
    assert retold(back.cable) == retold(cable)


def test_banner_line_taken_out() -> None:
    data = made(read(SECRET).cable)
    line = _paragraph("TransmissionLine", _plain("")).partition(b"<w:t ")[0]
    back = read(_without(data, line + b'<w:t xml:space="preserve">S E C R E T', b"<w:p>"))
    assert banner_text(back.cable) == "SECRET"
    assert Code.RECORD_DISAGREES in _codes(back)


def test_line_of_the_transmission_changed() -> None:
    back = read(replaced(made(read(SECRET).cable), b"ZNY SSSSS ZZH", b"ZNY SSSSS ZZZ"))
    assert _codes(back) == [Code.TEXT_CHANGED]


def test_cell_of_a_table_changed() -> None:
    back = read(replaced(made(everything()), b">340<", b">341<"))
    told = [f.message() for f in back.findings if f.code is Code.TEXT_CHANGED]
    assert told == ["a table was changed after the file was made"]


_MARKED_HEADING = b"""S E C R E T KESTREL CAPE 000176

SUBJECT: (C) A FICTIONAL CABLE

1. (S) Fictional words.

--------------
(C) BACKGROUND
--------------

2. (S) More fictional words.
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("SectionHeading", "Normal", ["a paragraph was restyled from a heading"]),
        ("SectionHeading", "Heading2", []),
        ("CableParagraph", "SectionHeading", []),
    ],
)
def test_restyled(old: str, new: str, told: list[str]) -> None:
    """A style changed by hand takes away no mark; what it made of a heading is told."""
    cable = read(_MARKED_HEADING).cable
    assert [heading.portion is not None for heading in every(cable, Heading)] == [True]
    back = read(replaced(made(cable), f'"{old}"'.encode(), f'"{new}"'.encode()))
    found = [f.message() for f in back.findings if f.code.id.startswith("DOCX")]
    assert found == [f"{one} after the file was made" for one in told]
    portions = [p.portion for p in every(back.cable, Paragraph)]
    portions += [h.portion for h in every(back.cable, Heading)]
    assert sorted(one.typed for one in portions if one) == ["(C)", "(S)", "(S)"]


def test_recovered_with_a_line_out_of_its_place() -> None:
    """Lines out of their places, which read by themselves are something else."""
    lines = SECRET.read_text().split("\n")
    moved = next(n for n, line in enumerate(lines) if line.startswith("SIPDIS"))
    text = "\n".join([*lines[:moved], "XMT AMCONSUL BRACKEN HEAD", *lines[moved:]])
    cable = read(text.encode()).cable
    back = read(made(cable))
    assert _codes(back) == []
    assert retold(back.cable) == retold(cable)


def test_rules_and_a_joint_in_a_heading_keep_their_order() -> None:
    text = EVERYTHING.replace(b"HALLORAN\n", b"HALLORAN\n\nBT\n\nEnd summary\n----------\n.\n")
    cable = read(text).cable
    back = read(made(cable))
    assert _codes(back) == []
    assert retold(back.cable) == retold(cable)


def test_tracked_changes() -> None:
    about = 'w:id="900" w:author="A" w:date="2020-01-01T00:00:00Z"'
    old = b'<w:t xml:space="preserve">Summary: The Hydrographer'
    data = made(read(SECRET).cable)
    assert old in parts(data)["word/document.xml"]
    new = (
        '<w:t xml:space="preserve">Summary: </w:t></w:r>'
        f"<w:del {about}><w:r><w:delText>An</w:delText></w:r></w:del>"
        f"<w:ins {about.replace('900', '901')}>{_plain('The old ')}</w:ins>"
        '<w:r><w:t xml:space="preserve">Hydrographer'
    ).encode()
    back = read(replaced(data, old, new))
    assert set(_codes(back)) == {Code.TRACKED_CHANGES, Code.TEXT_CHANGED}
    assert "2 tracked changes" in " ".join(f.message() for f in back.findings)
    second = list(every(back.cable, Paragraph))[1]
    assert words(second.content).startswith("Summary: The old Hydrographer")


def test_hidden_and_foreign_things_aretold() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>(TS) secret text</w:t></w:r>"
    data = made(read(SECRET).cable)
    data = replaced(data, b"<w:sectPr>", _paragraph("Normal", hidden) + b"<w:sectPr>")
    rels = (
        b'<Relationship Id="rId90" Type="http://schemas.microsoft.com/office/2006/relationships/vba'
        b'Project" Target="vbaProject.bin"/><Relationship Id="rId91" Type="http://schemas.openxml'
        b'formats.org/officeDocument/2006/relationships/image" Target="http://example.invalid/x"'
        b' TargetMode="External"/></Relationships>'
    )
    data = replaced(data, b"</Relationships>", rels, "word/_rels/document.xml.rels")
    (told,) = (f.message() for f in read(data).findings if f.code is Code.LEFT_OUT)
    assert "macros" in told
    assert "something to fetch from elsewhere" in told
    assert "1 hidden runs of text" in told
    assert "secret text" not in str(read(data).cable)


# --- other hands ----------------------------------------------------------------------------------


def _memo() -> bytes:
    """A fictional memorandum as an office writes one in Word's own template."""
    memo: Any = docx.Document()
    section = memo.sections[0]
    section.header.paragraphs[0].text = "SECRET//NOFORN"
    section.footer.paragraphs[0].text = "SECRET//NOFORN"
    memo.add_heading("Memorandum on a fictional harbor", 1)
    memo.add_paragraph("SUBJECT: (U) A Harbor That Does Not Exist")
    memo.add_paragraph("(S//NF) The first portion of a fictional memorandum.")
    memo.add_paragraph("(U) Its first point.", style="List Number")
    memo.add_paragraph("(S) Its second point.", style="List Number")
    table = memo.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows, (("Year", "Ships"), ("2004", "12"), ("2005", "15")), strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    stream = io.BytesIO()
    memo.save(stream)
    return stream.getvalue()


def test_foreign_memo() -> None:
    back = read(_memo())
    assert [one.form for one in back.cable.forms] == ["docx", "text"]
    assert banner_text(back.cable) == "SECRET//NOFORN"
    said = [entry(p) for p in text_parts(back.cable)]
    marked = [(one.label, one.mark, one.words) for one in said if one.mark]
    assert marked == [
        ("", "(S//NF)", "The first portion of a fictional memorandum."),
        ("1.", "(U)", "Its first point."),
        ("2.", "(S)", "Its second point."),
    ]
    assert any(isinstance(p, Table) for p in text_parts(back.cable))
    assert any("2004" in one.words for one in said)
    assert [f for f in back.findings if f.code is Code.UNACCOUNTED] == []
    for format in ("tei", "docx", "pdf"):
        assert render(back.cable, format, Options()).data


def test_telegram_pasted_into_word() -> None:
    """A line a paragraph: read as the telegram that it is."""
    pasted: Any = docx.Document()
    for line in SECRET.read_text().split("\n"):
        pasted.add_paragraph(line)
    stream = io.BytesIO()
    pasted.save(stream)
    back = read(stream.getvalue())
    assert [one.form for one in back.cable.forms] == ["docx", "transmission"]
    assert retold(back.cable) == retold(read(SECRET).cable)


def test_text_boxes_controls_fields_and_notes() -> None:
    """Whatever the page shows is read, once."""
    space = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    )
    box = f"<w:txbxContent><w:p>{_plain('(C) In a box.')}</w:p></w:txbxContent>"
    inner = (
        f'<w:r {space}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    control = (
        f"<w:sdt><w:sdtContent><w:p>{_plain('(S) In a control.')}</w:p></w:sdtContent></w:sdt>"
    )
    field_ = f'<w:p><w:fldSimple w:instr="DATE">{_plain("(U) In a field.")}</w:fldSimple></w:p>'
    caps = "<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>(u) in capitals.</w:t></w:r></w:p>"
    text = f"<w:p>{_plain('(U) Before.')}{inner}</w:p>{control}{field_}{caps}<w:sectPr>"
    back = read(replaced(_memo(), b"<w:sectPr ", text.encode()[:-1] + b" "))
    said = [" ".join((one.mark, one.words)) for one in map(entry, text_parts(back.cable))]
    for line in ("(C) In a box.", "(S) In a control.", "(U) In a field.", "(U) IN CAPITALS."):
        assert said.count(line) == 1, line


def test_forms_asked_for(tmp_path: Path) -> None:
    word, plain = tmp_path / "a.docx", tmp_path / "a.txt"
    word.write_bytes(document())
    plain.write_bytes(EVERYTHING)
    assert run(["check", "-q", "-f", "docx", str(word), "--fail-on", "never"]) == 0
    assert run(["check", "-q", "-f", "docx", str(plain), "--fail-on", "never"]) == 3
    assert run(["check", "-q", "-f", "text", str(word), "--fail-on", "never"]) == 3
    with pytest.raises(UnreadableError, match="no docx file"):
        understand(decode(EVERYTHING), None, "", "docx")


def test_headings_and_their_rules() -> None:
    back = read(document(SECRET.read_bytes())).cable
    ruled = [h for h in every(back, Heading) if len(h.lines) == 3]
    assert [h.title.text for h in ruled] == ["Who Knows, and Who Must Not Yet"]


def test_word_numbering() -> None:
    """The numbers that Word counts: formats, levels, restarts."""
    from convert.reader.forms.docx.numbers import Numbering

    space = f'xmlns:w="{W[1:-1]}"'
    numbering = etree.fromstring(
        f'<w:numbering {space}><w:abstractNum w:abstractNumId="1">'
        '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1(%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%3."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )
    counted = Numbering(numbering, None)

    def shown(id: int, level: int) -> str:
        about = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'
        return counted.next(etree.fromstring(f"<w:p {space}><w:pPr>{about}</w:pPr></w:p>"), "")

    told = [
        shown(7, 0),
        shown(7, 1),
        shown(7, 1),
        shown(7, 0),
        shown(7, 1),
        shown(7, 2),
        shown(8, 0),
    ]
    assert told == ["3.", "3(i)", "3(ii)", "4.", "4(i)", "A.", "1."]
    assert shown(99, 0) == ""
