"""The file: its bytes, what it says of itself, what it carries."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from pikepdf import Pdf, pdfa

from convert.errors import UsageError
from convert.job import render
from convert.model.ism import ism_block
from convert.options import Options
from convert.reader.read import read
from convert.writer.pdf.file import File, name, stream, text
from tests.conftest import CORPUS, ROOT, SAMPLES
from tests.pdf.helpers import HEAD, cable, written

SAMPLE = ROOT / "samples" / "secret-rel.txt"
# pikepdf takes no extension schema, whatever it declares, and knows levels B alone.
_NOT_KNOWN = {"ISO_19005_2:6.6.2.3.1-1", "ISO_19005_3:6.6.2.3.1-1", "pikepdf:xmp-default-namespace"}
_LEVEL = "pdfaid:conformance is 'A', expected 'B'"


@pytest.mark.parametrize("source", [*SAMPLES, *CORPUS], ids=lambda path: path.stem)
@pytest.mark.parametrize("attach", ["", "tei"])
def test_second_opinion_on_pdfa(source: Path, attach: str) -> None:
    data = render(read(source).cable, "pdf", Options(attach=attach)).data
    report = pdfa.validate_written(io.BytesIO(data), "3b" if attach else "2b")
    left = [f for f in report.findings if f.rule not in _NOT_KNOWN and f.message != _LEVEL]
    assert left == []


def test_bytes_that_stock_reportlab_gets_wrong() -> None:
    """A line end before each ``endstream``, no base-85, no font that is not embedded, no /Trans."""
    data = written(read(SAMPLE).cable)
    assert data.count(b"endstream") == data.count(b"\nendstream") > 10
    assert b"ASCII85" not in data
    assert b"Helvetica" not in data
    assert b"/Trans" not in data
    fonts = data.count(b"/Type/Font/")
    assert data.count(b"/FontFile2") == fonts == data.count(b"/ToUnicode")


def test_no_break_space_comes_back_as_a_blank() -> None:
    data = render(cable(f"{HEAD}1. (S) One\u00a0two.\n"), "pdf", Options()).data
    assert data


def test_names_and_strings() -> None:
    assert name("application/tei+xml") == "/application#2Ftei+xml"
    assert name("a b(c)") == "/a#20b#28c#29"
    assert text("é)") == "<FEFF00E90029>"


def test_file_is_its_objects_and_a_table_of_them() -> None:
    file = File()
    assert file.next() == 1
    assert file.add(b"<<>>") == 1
    assert file.add(stream(b"abc")) == 2
    data = file.write(1, None, "1.7")
    at = int(data.split(b"startxref\n")[1].split()[0])
    assert data[at:].startswith(b"xref\n0 3\n")
    assert b"Info" not in data


def _xmp(data: bytes) -> str:
    return data[data.index(b"<?xpacket begin") : data.index(b"<?xpacket end")].decode()


def _stated(data: bytes, key: str) -> str:
    found = re.search(rf"<{key}>(.*?)</{key}>", _xmp(data), re.DOTALL)
    return unescape(re.sub("<[^<>]*>", "", found[1])) if found else ""


def test_info_metadata_and_cable_agree() -> None:
    one = read(SAMPLE).cable
    data = written(one)
    pdf = Pdf.open(io.BytesIO(data))
    info = pdf.docinfo
    assert str(info["/Title"]) == _stated(data, "dc:title")
    assert str(info["/Subject"]) == _stated(data, "dc:description") == "07PORTMERIDIAN412"
    assert str(info["/CreationDate"]) == str(info["/ModDate"]) == "D:20070614133000Z"
    assert _stated(data, "xmp:CreateDate") == "2007-06-14T13:30:00Z"
    assert _stated(data, "cable:dateTimeGroup") == "2007-06-14T13:30:00Z"
    assert _stated(data, "cable:banner") == _stated(data, "cable:classification") == "SECRET"
    assert _stated(data, "cable:declassifyOn") == "DECL: 06/14/2032"
    assert _stated(data, "cable:markings") == ism_block(one)
    assert _stated(data, "dc:language") == "en-US"
    for key in re.findall(r"<cable:(\w+)>", _xmp(data)):
        assert f"<pdfaProperty:name>{key}</pdfaProperty:name>" in _xmp(data)


def test_no_date_is_made_up() -> None:
    data = written(cable(f"{HEAD}1. (S) Text.\n"))
    assert b"Date" not in data.replace(b"dateTimeGroup", b"").split(b"xpacket")[0]
    assert "xmp:CreateDate" not in _xmp(data)


def test_a_given_date_is_the_files() -> None:
    data = written(read(SAMPLE).cable, made=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert _stated(data, "xmp:CreateDate") == "2026-01-02T03:04:05Z"
    assert b"(D:20260102030405Z)" in data
    assert _stated(data, "cable:dateTimeGroup") == "2007-06-14T13:30:00Z"


def test_same_bytes_anywhere(tmp_path: Path) -> None:
    """Hash seed, locale, time zone and folder change nothing; SOURCE_DATE_EPOCH does."""
    found = set()
    for number, more in enumerate(
        (
            {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
            {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8"},
            {"PYTHONHASHSEED": "9", "TZ": "America/New_York", "SOURCE_DATE_EPOCH": "1181827800"},
            {"PYTHONHASHSEED": "9", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1767323045"},
        )
    ):
        target = tmp_path / str(number) / "x.pdf"
        target.parent.mkdir()
        command = [sys.executable, "-m", "convert", str(SAMPLE), "-q", "-o", str(target)]
        environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
        subprocess.run(
            [*command, "--attach-source", "tei"], check=True, cwd=ROOT, env={**environment, **more}
        )
        found.add(target.read_bytes())
    # The third epoch is the cable's own date-time group.
    assert len(found) == 2


@pytest.mark.parametrize("said", ["soon", "1e9", "9" * 30])
def test_an_epoch_that_is_none(said: str, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "convert", str(SAMPLE), "-o", str(tmp_path / "x.pdf")],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": said},
    )
    assert run.returncode == 2
    assert b"SOURCE_DATE_EPOCH" in run.stderr


@pytest.mark.parametrize("attach", ["tei", "txt"])
def test_attached_source(attach: str) -> None:
    one = read(SAMPLE).cable
    options = Options(attach=attach, source=SAMPLE.read_bytes())
    pdf = Pdf.open(io.BytesIO(render(one, "pdf", options).data))
    (filename,) = pdf.attachments
    file = pdf.attachments[filename]
    assert filename == {"tei": "07PORTMERIDIAN412.tei.xml", "txt": "07PORTMERIDIAN412.txt"}[attach]
    assert str(pdf.Root.AF[0].AFRelationship) == "/Source"
    held = file.get_file()
    assert held.mime_type == {"tei": "application/tei+xml", "txt": "text/plain"}[attach]
    if attach == "txt":
        assert held.read_bytes() == SAMPLE.read_bytes()
    else:
        assert held.read_bytes() == render(one, "tei", Options()).data


def test_no_source_to_attach() -> None:
    with pytest.raises(UsageError, match="no source"):
        written(read(SAMPLE).cable, attach="txt")


def test_pdf2() -> None:
    """No Info dictionary, structure destinations, the namespace of PDF 2.0 on every element."""
    data = render(read(SAMPLE).cable, "pdf", Options(pdf2=True)).data
    assert data.startswith(b"%PDF-2.0")
    assert b"/Info" not in data.split(b"trailer")[-1]
    assert data.count(b"/S/GoTo") == data.count(b"/SD[") > 2
    assert data.count(b"/Type/StructElem") == len(
        re.findall(rb"/StructElem[^\n]*/NS \d+ 0 R", data)
    )
    assert _stated(data, "pdfaid:part") == "4"
    assert _stated(data, "pdfuaid:part") == "2"


def test_bookmarks_are_title_and_headings() -> None:
    outline = Pdf.open(io.BytesIO(written(read(SAMPLE).cable))).open_outline()
    with outline:
        titles = [item.title for item in outline.root]
    assert titles[0].startswith("LANTHE STRAIT")
    assert titles[1:] == ["What the Sheets Show", "Who Knows, and Who Must Not Yet", "Transmission"]


def test_a_signed_copy_still_verifies(tmp_path: Path) -> None:
    """The recipe of the README: signed by an incremental update, and still what it was."""
    from convert.model.transcript import transcript
    from convert.verify.pdf import check
    from tests.conformance.signing import signed

    one = read(SAMPLE).cable
    data = render(one, "pdf", Options()).data
    copy = signed(data)
    assert copy.startswith(data)
    assert b"/ByteRange" in copy
    assert check(copy, transcript(one)) == []
