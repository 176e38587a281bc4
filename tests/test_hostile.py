"""Bad input: a clear message and the right exit code, or a cable with everything accounted for."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from convert.cli.main import run
from convert.diagnostics import Code, Severity
from convert.errors import UnreadableError
from convert.job import render
from convert.options import Options
from convert.reader.read import Reading, read
from tests.conftest import ROOT, SAMPLES

HEADED = "S E C R E T KESTREL CAPE 000176\n\nSUBJECT: A TEST\n\n"
LINES = {
    "brackets": "(" * 10**6,
    "links": "[a](#)" * 10**5,
    "dashes": "- " * 10**6,
    "spaced banner": "S E C R E T " * 10**5,
    "page line": "A " * 300_000 + "00000001 001 OF 002",
    "addressees": "TO A\n" * 50_000,
    "labels of references": "REF: " + "(A)" * 6000,
    "cables of one line": "REF: " + "LA PAZ 12, " * 1700,
    "serials": "REF: LA PAZ 12" + ", 123" * 3800,
    "posts": "REF: " + "LA PAZ " * 2700,
    "jammed TAGS": "TAGS: " + "PREL" * 4700,
    "half brackets in TAGS": "TAGS: " + "(A" * 9500,
    "TAGS by semicolon": "TAGS: " + "PREL;" * 3800,
    "labels of headings": "SUBJECT: " + "REF: A. " * 2300,
    "titles": "CLASSIFIED BY: " + "AMBASSADO " * 1900,
    "reasons": "CLASSIFIED BY: " + "REASO " * 3100,
    "orders": "E.O. 12958: " * 1600,
    "countries": "1. (S//REL " + "UK, " * 10**5 + ")",
    "attributes": "Message Attributes\nReference: " + "A 0" * 10**5 + "\nTAGS: " + "(" * 10**6,
    "records": "Message Text\n\nMessage Attributes\n" * 10**4,
    "page breaks": "TO A\n\nPAGE 02 KESTREL CAPE 06049 132315Z\n\n" * 10**4,
    "numbers on one line": "1. " + "A. 2. B. 3. (C) " * 10**5,
    "numbers before brackets": "1. " + "2. (" * 10**5,
    "character references": "1. " + "&quot;&#" * 10**5,
    "sections of one sign": "1. A\n\n" + "NNNN\nR 251905Z MAY 74\n" * 10**4,
    "ruled headings": "1. A\n\n" + "-" * 10**6 + "A" + "-" * 10**6,
    "quotations": "1. QUOTE " + "QUOTE UNQUOTE " * 10**5,
    "messages on one line": "MSGID/A/B// SUBJ/C// RMKS/1. D. "
    + "2. A. B. (1) (2) FM TO BT " * 10**5,
    "short lines": "1. A:\n" + "ROE\n" * 10**5,
    "rows of tabs": "1. A\n" + "A\tB\n" * 10**5,
    "lists of numbers": "1. A:\n" + "1. A\n2. B:\n" * 30_000,
    "titles without blank lines": "SUBJECT: A\n" + "THE LAMPS. BUOYS\n" * 10**5,
    "a labelled heading": "FROM: A\nTO: B\nNO: 1, " + "MARCH " * 10**5,
    "an edition's title": "45. Telegram From " + "A to " * 10**5 + "\n" + "1 Source: A\n" * 10**4,
    "references to blanks": "1. " + "&nbsp;&nbsp" * 10**5,
    "lettered references": "ALCOAST 001/21\nSUBJ: A\n" + "A. B\n" * 10**5,
    "sheets in a list": "MRN: 94 LIMA 1\nDate/DTG: Jan 01, 1994\nFM A\nTO B\n"
    + "AMEMBASSY LIMA\nUNCLASSIFIED U.S. Department of State Case No. F-2014-1\n" * 10**4,
    "pages among sets": "MSGID/A/B//\nREF/A/DOC/B//\n"
    + "PAGE 02 RUKCAPE0417 UNCLAS\nREF/B/DOC/C//\n" * 10**4,
    "initials": "MSGID/A/B//\nRMKS/1. A\n    A. VADM A.\n" + "    B. C. VADM\n" * 10**4,
    "sets on one line": "ALNAV 001/21 " + "MSGID/ SUBJ/ REF/A/ " * 10**5,
}


def _accounted(reading: Reading) -> None:
    assert [one.message() for one in reading.findings if one.code is Code.UNACCOUNTED] == []


def _names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \r\n\t\n\x0c\n \n", id="blank"),
        pytest.param(b"\xef\xbb\xbf", id="only a BOM"),
        pytest.param(bytes(4096), id="zeros"),
        pytest.param(b"text\x00\x01\x02\x00" * 64, id="binary"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", id="PDF"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00", id="ZIP"),
    ],
)
def test_no_text(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cable.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as raised:
        read(path)
    assert raised.value.hint
    for command in ([], ["check"]):
        output = [] if command else ["-o", str(tmp_path / "out")]
        assert run([*command, str(path), *output]) == 3
        told = capsys.readouterr()
        assert told.out == ""
        assert str(path) in told.err
        assert "Traceback" not in told.err
        assert "defect" not in told.err
    assert run(["show", str(path)]) == 3
    assert _names(tmp_path) == {"cable.txt"}


@pytest.mark.parametrize("command", ["convert", "check", "show"])
def test_missing(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, str(tmp_path / "missing.txt")]) == 3
    told = capsys.readouterr().err
    assert "missing.txt" in told
    assert len(told.splitlines()) == 2, "what happened, and what to do"


@pytest.mark.parametrize("command", ["convert", "check", "show"])
def test_unreadable_in_other_ways(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert run([command, str(tmp_path / "file" / "below.txt")]) == 3
    assert run([command, str(tmp_path / ("n" * 300 + ".txt"))]) == 3
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert run([command, str(tmp_path / "loop.txt")]) == 3


def test_not_permitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cable.txt"
    path.write_text(HEADED)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything
    assert run([str(path), "-o", str(tmp_path / "out")]) == 3


def test_show_of_a_folder(tmp_path: Path) -> None:
    assert run(["show", str(tmp_path)]) in (2, 3)


@pytest.mark.parametrize("command", ["convert", "check"])
def test_folder_without_inputs(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.md").write_text("x")
    assert run([command, str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err
    assert _names(tmp_path) == {"note.md"}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("headed", [False, True], ids=["bare", "headed"])
def test_hostile_line(name: str, headed: bool) -> None:
    reading = read(((HEADED if headed else "") + LINES[name] + "\n").encode())
    _accounted(reading)


@pytest.mark.parametrize("name", LINES)
def test_hostile_line_checked(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cable.txt"
    path.write_text(HEADED + "1. (S) Text.\n\n" + LINES[name][:100_000] + "\n")
    assert run(["check", str(path)]) in (0, 1)
    told = capsys.readouterr()
    assert "R100" not in told.out
    assert told.err == ""


@pytest.mark.parametrize("name", LINES)
def test_hostile_line_in_every_output(name: str, tmp_path: Path) -> None:
    """A thousand characters of it: each format must show them and read back the same."""
    path = tmp_path / "cable.txt"
    path.write_text(HEADED + "1. (S) Text.\n\n" + LINES[name][:1000] + "\n")
    assert run([str(path), "-o", str(tmp_path / "out")]) in (0, 1)
    assert len(_names(tmp_path / "out")) == 3


def test_ten_megabytes_of_one_line() -> None:
    _accounted(read(b"1. (S) " + b"fictional words " * (10 * 2**20 // 16)))


def test_ten_megabytes_without_a_blank() -> None:
    _accounted(read(b"x" * 10 * 2**20))


def test_a_hundred_thousand_paragraphs() -> None:
    body = "\n\n".join(f"{number}. (S) Fictional text." for number in range(1, 100_001))
    reading = read((HEADED + body + "\n").encode())
    _accounted(reading)
    assert [one for one in reading.findings if one.code is Code.NUMBER_OUT_OF_ORDER] == []


PAGE = "<html><body><p>x"
ARCHIVE = "<table class='cable'></table><pre>"
DOCUMENT = "<TEI><text><body><div type='document'><p>x"
MARKUP = {
    "angles": PAGE + "<" * 10**6,
    "tags that never end": PAGE + "<a " * 300_000,
    "quotes that never end": PAGE + '<a x="' * 150_000,
    "comments that never end": PAGE + "<!--" * 300_000 + "<?x" * 300_000,
    "scripts that never end": PAGE + "<script>" * 100_000,
    "elements of the site that never end": PAGE + "<nav>" * 100_000,
    "ampersands": PAGE + "&" * 10**6 + "&#x" * 300_000,
    "references": PAGE + "&amp;" * 100_000,
    "a line of references": ARCHIVE + "TAGS: X\n" + "&amp;," * 50_000,
    "line ends": ARCHIVE + "a&#10;" * 50_000,
    "backslashes": ARCHIVE + "x\\\n" * 50_000,
    "page lines": f"{ARCHIVE}SECRET SECTION 01 OF 02 A 000001\n1. "
    + "A 00000001 001 OF 002 &amp; " * 20_000,
    "cells": "<table class='cable'>" + "<td>x</td>" * 50_000 + "</table><pre>x</pre>",
    "elements": DOCUMENT + "<hi>x</hi>" * 50_000 + "</p></div></body></text></TEI>",
    "notes": DOCUMENT + "<note n='1'>y</note>" * 20_000 + "</p></div></body></text></TEI>",
    "paragraphs": DOCUMENT + "</p><p>1. x" * 20_000 + "</p></div></body></text></TEI>",
    "nested notes": DOCUMENT
    + "<note>" * 400
    + "y"
    + "</note>" * 400
    + "</p></div></body></text></TEI>",
    "brackets": DOCUMENT + "[" * 10**6 + "</p></div></body></text></TEI>",
}


@pytest.mark.parametrize("name", MARKUP)
def test_hostile_markup(name: str) -> None:
    reading = read(MARKUP[name].encode())
    _accounted(reading)
    assert reading.cable.forms[0].form in ("web", "frus")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (
            "<?xml version='1.0'?><!DOCTYPE TEI [<!ENTITY a 'ha'>"
            + "".join(f"<!ENTITY {b} '&{a};&{a};&{a};&{a};'>" for a, b in pairwise("abcdefghij"))
            + "]><TEI>&j;</TEI>",
            "document type declaration",
        ),
        (
            "<?xml version='1.0'?><!DOCTYPE TEI [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            "<TEI>&x;</TEI>",
            "document type declaration",
        ),
        ("<TEI>" + "<div>" * 10**6, "inside each other"),
        ("<TEI><p>x</p>" + "<p" * 10**6, "no well-formed XML"),
        ("<TEI>\ufffe</TEI>", "no well-formed XML"),
    ],
    ids=["billion laughs", "external entity", "deep", "broken", "no XML character"],
)
def test_hostile_xml(
    source: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cable.xml"
    path.write_text(source, encoding="utf-8")
    assert run([str(path), "-o", str(tmp_path / "out")]) == 3
    told = capsys.readouterr().err
    assert says in told
    assert "Traceback" not in told
    assert _names(tmp_path) == {"cable.xml"}


def test_ten_megabytes_of_markup() -> None:
    words = "fictional words &amp; more\n" * (10 * 2**20 // 26)
    _accounted(read(f"<html><body><p>1. (S) {words}</p></body></html>".encode()))
    _accounted(
        read(
            f"{DOCUMENT}{'fictional words ' * (10 * 2**20 // 16)}"
            "</p></div></body></text></TEI>".encode()
        )
    )


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: str(path.stem))
def test_truncated_anywhere(sample: Path) -> None:
    data = sample.read_bytes()
    for end in [*range(1, min(len(data), 900), 41), *range(900, len(data), 511)]:
        if data[:end].strip():
            _accounted(read(data[:end]))


@pytest.mark.parametrize("end", [30, 200, 420])
def test_truncated_heading_converts(end: int, tmp_path: Path) -> None:
    path = tmp_path / "cable.txt"
    path.write_bytes((ROOT / "samples" / "secret-rel.txt").read_bytes()[:end])
    assert run([str(path), "-o", str(tmp_path / "out")]) in (0, 1)
    assert len(_names(tmp_path / "out")) == 3


def _tei(data: bytes) -> str:
    return "".join(map(str, etree.fromstring(data).itertext()))


def _docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return _tei(package.read("word/document.xml"))


def _pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        pages = (document[index] for index in range(len(document)))
        return "".join(str(page.get_textpage().get_text_range()) for page in pages)
    finally:
        document.close()


CONTROLS = {
    "backspace": ("\x08", "U+0008"),
    "escape": ("\x1b", "U+001B"),
    "delete": ("\x7f", "U+007F"),
    "override": ("\u202e", "U+202E"),
    "isolate": ("\u2066", "U+2066"),
    "zero width": ("\u200b", "U+200B"),
    "noncharacter": ("\uffff", "U+FFFF"),
}


@pytest.mark.parametrize("name", CONTROLS)
def test_control_characters(name: str) -> None:
    typed, code = CONTROLS[name]
    reading = read((HEADED + f"1. (S) Before{typed}after, fictional.\n").encode())
    _accounted(reading)
    assert Code.CONTROL in {one.code for one in reading.findings}
    for format, text in (("tei", _tei), ("docx", _docx), ("pdf", _pdf)):
        shown = text(render(reading.cable, format, Options()).data)
        assert f"Before[{code}]after" in "".join(shown.split()), format
        assert typed not in shown


def test_lone_surrogate_bytes() -> None:
    """Bytes of a surrogate are no UTF-8; whatever they are read as is in every output."""
    reading = read(HEADED.encode() + b"1. (S) Before \xed\xa0\x80 after, fictional.\n")
    _accounted(reading)
    for format in ("tei", "docx", "pdf"):
        render(reading.cable, format, Options())


def test_lone_surrogate_text() -> None:
    """A text file object can hold one."""
    reading = read(io.StringIO(HEADED + "1. (S) Before\ud800after, fictional.\n"), "cable.txt")
    _accounted(reading)
    for format, text in (("tei", _tei), ("docx", _docx), ("pdf", _pdf)):
        shown = "".join(text(render(reading.cable, format, Options()).data).split())
        assert "Before[U+D800]after" in shown, format


@pytest.mark.parametrize("name", CONTROLS)
def test_control_character_never_makes_a_mark(name: str, tmp_path: Path) -> None:
    """Inside a mark and a banner: kept, reported, and no terminal is steered by the report."""
    typed, code = CONTROLS[name]
    path = tmp_path / "cable.txt"
    path.write_text(HEADED.replace("SUBJECT: A", f"SUBJECT: {typed}A") + f"1. (S{typed}) Text.\n")
    assert run([str(path), "-o", str(tmp_path / "out")]) == 1
    assert len(_names(tmp_path / "out")) == 3
    assert f"(S[{code}])" in _tei((tmp_path / "out" / "cable.tei.xml").read_bytes())


def test_report_never_steers_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c\x1b[31m.txt"
    path.write_text(HEADED + "1. (S//\x1b[2JXYZZY\u202e) Text.\x9b2J\n")
    for arguments in (["check"], ["show"], ["check", "--json"]):
        run([*arguments, str(path)])
        told = capsys.readouterr()
        for character in "\x1b\x9b\u202e":
            assert character not in told.out + told.err, arguments


def test_every_control_character_at_once(tmp_path: Path) -> None:
    noise = "".join(map(chr, [*range(1, 9), 11, *range(14, 32), *range(127, 160)]))
    reading = read(
        (HEADED + f"1. (S) Fictional {noise} text.\n" + "Fictional words.\n" * 200).encode()
    )
    _accounted(reading)
    for format in ("tei", "docx", "pdf"):
        render(reading.cable, format, Options())
    assert all(one.code.severity is not Severity.ERROR for one in reading.findings)


@pytest.mark.parametrize("tail", ["A" + " " * 200_000 + "B", "A." * 200_000, "R" * 200_000])
def test_hostile_continuation(tail: str) -> None:
    """A line that goes on from a heading line is as dangerous as the first."""
    for field in (
        "SUBJECT: X",
        "REF: A. X",
        "TO RUEHC/X",
        "Classified By: X",
        "TAGS: X",
        "PP RUEHC",
    ):
        reading = read(f"SECRET PORT MERIDIAN 000412\n{field}\n{tail}\n\n1. (S) Text.\n".encode())
        assert not [finding for finding in reading.findings if finding.code.id == "R100"]
    for before in ("1. (S) TEXT\nSECRET\n", "1. (S) TEXT\n\nPAGE 02   A 06049 132315Z\n"):
        reading = read(f"SECRET PORT MERIDIAN 000412\n\n{before}{tail}\n".encode())
        assert not [finding for finding in reading.findings if finding.code.id == "R100"]


@pytest.mark.parametrize("rest", [b"\xe9\x80", b"\xa0", b"\xff\xff", b"\xa0\x20", b"\xb0\x80"])
def test_half_of_a_surrogate_is_read(rest: bytes) -> None:
    """0xED begins a lone surrogate only where two bytes of its kind follow."""
    assert "1." in read(b"SECRET X 1234\n\n1. (S) A \xed" + rest + b" ship.\n").text


def test_many_sets_on_one_line_cost_linear_time() -> None:
    head = b"FM CNO WASHINGTON DC\nTO NAVADMIN\nBT\nUNCLAS\nNAVADMIN 417/11\nSUBJ/FICTION//\n"
    line = b"REF/A/DOC/X/07MAR2010// " * 40_000  # 25 s and more where each cut copied the line
    reading = read(head + line + b"\nRMKS/1. A//\n")
    assert not [one for one in reading.findings if one.code.id == "R100"]


def test_many_class_lines_in_a_sentence_cost_linear_time() -> None:
    body = "1. (S) IT IS NOT\n" + "CONFIDENTIAL\n\n" * 20_000
    _accounted(read((HEADED + body).encode()))
