"""TEI back to the cable that it was made from, and on to the other formats, corrected or not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from convert.cli.main import run
from convert.diagnostics import Report
from convert.errors import UnreadableError
from convert.job import render
from convert.model.cable import Cable, Heading, Paragraph
from convert.model.data import replace
from convert.model.facts import instant
from convert.model.span import Span
from convert.model.transcript import transcript
from convert.options import Options
from convert.reader.read import Reading, read
from convert.writer.tei import TeiWriter
from tests.conftest import CORPUS, ROOT, SAMPLES
from tests.mutations import mutated
from tests.test_properties import _ANY, _CABLES

SAMPLE = ROOT / "samples" / "secret-rel.txt"
_TEXTS = [path for path in (*SAMPLES, *CORPUS) if path.suffix == ".txt"]


def tei(cable: Cable) -> bytes:
    return TeiWriter().write(cable, Options(), Report())


def same(reading: Reading) -> None:
    """The text comes back character for character, and with it every fact and its place."""
    again = read(tei(reading.cable))
    assert again.text == reading.text
    assert again.cable == reading.cable
    assert render(again.cable, "txt", Options()).data == reading.text.encode(
        "utf-8", "surrogatepass"
    )


@pytest.mark.parametrize("source", _TEXTS, ids=lambda path: path.stem)
def test_round_trip(source: Path) -> None:
    same(read(source))


@given(_CABLES)
@settings(max_examples=100, deadline=None)
def test_round_trip_of_generated_cables(text: str) -> None:
    _same(text.encode())


@given(_ANY)
@settings(max_examples=150, deadline=None)
def test_round_trip_of_any_characters(text: str) -> None:
    _same(text.encode())


@pytest.mark.parametrize("seed", [*range(200, 260), 1159])
def test_round_trip_of_mutated_cables(seed: int) -> None:
    _same(mutated(seed, [path.read_bytes() for path in _TEXTS]))


def _same(data: bytes) -> None:
    try:
        reading = read(data)
    except UnreadableError:
        return
    same(reading)


def edited(*changes: tuple[str, str]) -> Reading:
    data = tei(read(SAMPLE).cable).decode()
    for there, instead in changes:
        assert data.count(there) >= 1, there
        data = data.replace(there, instead)
    return read(data.encode(), "secret-rel.tei.xml")


def paragraph(reading: Reading, number: int) -> Paragraph:
    return next(
        part
        for part in reading.cable.parts
        if isinstance(part, Paragraph) and part.label and part.label.number == number
    )


def test_a_corrected_mark_name_and_paragraph_reach_word_and_pdf() -> None:
    reading = edited(
        (
            '<label type="portionMark" ana="#cls.S">(S)</label>',
            '<label type="portionMark">(C)</label>',
        ),
        ("<persName>ALDERSON</persName>", "<persName>ALDERTON</persName>"),
        ("asked the Deputy Minister to name a price", "asked the Minister himself for a price"),
    )
    five = paragraph(reading, 5)
    assert five.portion is not None
    assert five.portion.marking is not None
    assert five.portion.marking.classification.value == "C"
    assert "himself" in str(five.content)
    entries = transcript(reading.cable).entries
    assert any(entry.words == "ALDERTON" for entry in entries)
    for format in ("docx", "pdf", "tei", "txt"):
        assert render(reading.cable, format, Options()).data
    codes = {finding.code.id for finding in reading.findings}
    assert "T100" in codes


def test_an_element_set_by_hand_is_followed() -> None:
    there = '<head xml:id="p2.1">What the Sheets Show</head>'
    reading = edited((there, "<p>What the Sheets Show</p>"))
    told = [part for part in reading.cable.parts if isinstance(part, Heading)]
    assert len(told) == 1
    assert "T101" in {finding.code.id for finding in reading.findings}
    assert any(
        isinstance(part, Paragraph) and "Sheets Show" in str(part.content)
        for part in reading.cable.parts
    )
    assert render(reading.cable, "pdf", Options()).data


def test_end_marks_about_a_drawn_heading() -> None:
    _same(
        b"SECRET\n\n1. (S) One.\n\n--------\nWho Knows, and Who Must Not\n------#0412\n"
        b"NNNN\n------\n\n2. (S) This is a fictional text.\n"
    )


def test_a_header_that_says_otherwise_is_told() -> None:
    reading = edited(('<term type="TAGS">MARR</term>\n', '<term type="TAGS">MOPS</term>\n'))
    told = [one.message() for one in reading.findings if one.code.id == "T102"]
    assert len(told) == 1
    assert "MOPS" in told[0]


def test_a_formatter_does_no_harm() -> None:
    """A program that heeds ``xml:space`` may write the file anew in its own way."""
    for sample in SAMPLES:
        reading = read(sample)
        root = etree.fromstring(tei(reading.cable))
        assert read(etree.tostring(root, pretty_print=True)).cable == reading.cable, sample.name


def test_text_without_preserved_blanks_still_says_the_same() -> None:
    """Another program may drop ``xml:space`` and lay out lines anew: marks and words remain."""
    data = tei(read(SAMPLE).cable).replace(b' xml:space="preserve"', b"")
    reading = read(data)
    expected, found = transcript(read(SAMPLE).cable), transcript(reading.cable)
    assert found.banner == expected.banner
    assert [e.mark for e in found.entries] == [e.mark for e in expected.entries]
    assert found.entries == expected.entries


def test_another_program_s_tei() -> None:
    data = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>
      <head>A memorandum on the harbor of Kestrel Cape</head>
      <p><label type="portionMark">(C)</label> The harbor is <hi>shut</hi>.</p>
      <lg><l>This is a fictional text.</l></lg></body></text></TEI>"""
    reading = read(data, form="tei")
    marks = [e.mark for e in transcript(reading.cable).entries]
    assert "(C)" in marks
    assert {"T103"} <= {finding.code.id for finding in reading.findings}
    assert not [finding for finding in reading.findings if finding.code.id == "R100"]


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE TEI [<!ENTITY a "b">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>',
        b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><text>',
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>',
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body/></text></TEI>',
    ],
)
def test_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(data, form="tei")


def test_facts_survive_a_second_time() -> None:
    reading = read(SAMPLE)
    once = tei(reading.cable)
    assert tei(read(once).cable) == once
    changed = replace(reading.cable, blanks="")
    again = read(tei(changed)).cable
    assert transcript(again) == transcript(reading.cable)
    assert again.parts[0].lines[0].span == Span(0, 12)  # type: ignore[union-attr]


def test_the_way_of_an_editor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """TEI out, a mark corrected in it, checked, and on to Word, PDF and TEI."""
    file = tmp_path / "cable.tei.xml"
    assert run([str(SAMPLE), "-o", str(file), "-q"]) == 0
    there = '<label type="portionMark" ana="#cls.S">(S)</label>'
    written = file.read_text(encoding="utf-8")
    line = written[: written.index(there)].count("\n") + 1
    file.write_text(written.replace(there, there.replace("(S)", "(TS)")), encoding="utf-8")
    assert run(["check", str(file)]) == 1
    told = capsys.readouterr().out
    assert f"{file}:{line}:" in told
    assert "MK001" in told
    out = tmp_path / "out"
    assert run([str(file), "-o", f"{out}/", "-q", "--fail-on", "never"]) == 0
    assert {path.name for path in out.iterdir()} == {"cable.tei.xml", "cable.docx", "cable.pdf"}
    assert run(["verify", str(out / "cable.pdf"), "--source", str(file), "-q"]) == 0
    assert run(["verify", str(out / "cable.pdf"), "--source", str(SAMPLE), "-q"]) == 5
    assert 'ana="#cls.TS"' in (out / "cable.tei.xml").read_text(encoding="utf-8")


def test_names_and_a_date_by_their_elements() -> None:
    """Lines of a shape that no telegram has, as an edition's: the elements say what they are."""
    reading = edited(
        ("FM <orgName>", "From the <orgName>"),
        (">141330Z JUN 07</date></ab>", ">June 14, 2007, 1330Z</date></ab>"),
        ("P <date", "<date"),
    )
    assert instant(reading.cable) == datetime(2007, 6, 14, 13, 30, tzinfo=UTC)
    facts = {fact.name: fact.value for fact in transcript(reading.cable).facts}
    assert facts["From"] == "AMEMBASSY PORT MERIDIAN"
    assert render(reading.cable, "tei", Options()).data


@pytest.mark.parametrize("name", ["web-page.html", "frus-document.xml"])
def test_pages_and_editions_say_the_same_in_tei(name: str) -> None:
    """Their file does not come back, but the text as it was read, with each of its facts."""
    reading = read(ROOT / "samples" / name)
    again = read(render(reading.cable, "tei", Options()).data)
    assert transcript(again.cable) == transcript(reading.cable)
    assert not [finding for finding in again.findings if finding.code.id == "R100"]


@pytest.mark.parametrize(
    "text",
    [
        "SECRET\r\n\r\n1. (S) A fictional\r\x12\ntext.\r\n",  # amid the two signs of an end
        "SECRET\r\n\r\n1. (S) A fictional\r\u200b\ntext.\r\n",
        "SECRET\r\r1. (S) A fictional\r\x12\rtext.\r",
        "SECRET\n\n[1](#)\u30003. (S) A fictional text.\n",
        "FM A\u00a0[1](#)MEMBASSY KESTREL CAPE\nTO SECSTATE WASHDC\n\nSECRET\n\n1. (S) X.\n",
        "SECRET\n\n1. (S) Rates:\n\nYEAR   SHIPS\n2004 \u3000  12\n2005     14\n\n2. (U) X.\n",
        "NAVADMIN 1/11\nMSGID/GENADMIN/X/N1/OCT//\nREF/A/DOC/Y/1JAN11//\nAMPN/FICTIONAL TEXT .//\n",
    ],
)
def test_what_generated_cables_brought_to_light(text: str) -> None:
    reading = read(text.encode())
    assert render(reading.cable, "tei", Options()).data
    same(reading)
