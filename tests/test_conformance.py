"""Outputs against the validators of their formats, over the samples and the real cables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from convert.job import render
from convert.model.cable import Table
from convert.model.facts import banner_text
from convert.model.walk import every
from convert.options import Options
from convert.reader.read import read
from tests.conftest import CORPUS, MARKED, SAMPLES, lacking, shared, tool

INPUTS = [*SAMPLES, *MARKED, *CORPUS]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All inputs in all formats, each verified; a real cable that is lost anywhere fails here."""
    folder = tmp_path_factory.mktemp("outputs")
    for source in INPUTS:
        reading = read(source)
        assert not [finding for finding in reading.findings if finding.code.id == "R100"], source
        for format in ("tei", "docx", "pdf"):
            data = render(reading.cable, format, Options()).data
            (folder / f"{source.stem}.{format}").write_bytes(data)
    return folder


def test_corpus_is_there() -> None:
    shared("corpus/reference/06BAGHDAD4430.txt")
    assert len(CORPUS) >= 10


def test_tei_is_valid(outputs: Path) -> None:
    schema = shared("schemas/tei_all.rng")
    files = sorted(map(str, outputs.glob("*.tei")))
    run = subprocess.run([tool("jing"), str(schema), *files], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[:3000]


def test_docx_has_no_findings(outputs: Path) -> None:
    files = sorted(outputs.glob("*.docx"))
    command = Path(sys.executable).parent / "openxml-audit"
    if not command.exists():
        lacking("openxml-audit")
    for file in files:
        run = subprocess.run([str(command), str(file)], capture_output=True, text=True)
        assert run.returncode == 0, f"{file.name}: {run.stdout[:2000]}{run.stderr[:500]}"


def test_docx_has_no_integrity_findings(outputs: Path) -> None:
    command = Path(sys.executable).parent / "ooxml-integrity"
    if not command.exists():
        lacking("ooxml-integrity")
    files = sorted(map(str, outputs.glob("*.docx")))
    run = subprocess.run([str(command), "check", *files], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[:2000] + run.stderr[:500]
    assert "0 error(s), 0 warning(s), 0 info" in run.stdout


def test_docx_opens_in_libreoffice(outputs: Path, tmp_path: Path) -> None:
    files = [str(outputs / f"{source.stem}.docx") for source in INPUTS]
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [tool("soffice"), home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for source in INPUTS:
        banner = banner_text(read(source).cable)
        pages = _pages(tmp_path / f"{source.stem}.pdf")
        assert pages
        for page in pages if banner else ():
            assert (page[0], page[-1]) == (banner, banner), source.stem


_LINES = b"""ZNR UUUUU ZZH
R 101010Z JAN 04
FM AMEMBASSY KESTREL CAPE
TO AMEMBASSY PORT ORRIN
BT
UNCLAS KESTREL CAPE 000176

SUBJECT: A FICTIONAL CABLE AT THE END OF A PAGE

"""


def test_docx_leaves_nothing_alone_at_a_pages_foot(tmp_path: Path) -> None:
    """The heading of the transmission with three lines of it; a short table in one piece."""
    names = [f"{count}" for count in range(14, 34)]
    for name in names:
        text = "".join(f"{n}. (U) Fictional words.\n\n" for n in range(1, int(name)))
        rows = "YEAR      SHIPS     TONS\n2004         12      340\n2005         15      395\n"
        cable = read(_LINES + f"{text}99. (U) A fictional table:\n\n{rows}\nBT\n".encode()).cable
        assert any(every(cable, Table))
        (tmp_path / f"{name}.docx").write_bytes(render(cable, "docx", Options()).data)
    files = [str(tmp_path / f"{name}.docx") for name in names]
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    folder = str(tmp_path)
    command = [tool("soffice"), home, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)

    for name in names:
        pages = _pages(tmp_path / f"{name}.pdf")
        (page,) = (page for page in pages if "Transmission" in page)
        below = page[page.index("Transmission") + 1 :]
        assert {"ZNR UUUUU ZZH", "R 101010Z JAN 04", "FM AMEMBASSY KESTREL CAPE"} <= {*below}
        (page,) = (page for page in pages if any("A fictional table" in line for line in page))
        assert "2005 15 395" in page


def _pages(file: Path) -> list[list[str]]:
    """The lines of each page."""
    document = pypdfium2.PdfDocument(file)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append([" ".join(line.split()) for line in text.get_text_range().splitlines()])
        text.close()
        page.close()
    document.close()
    return pages


def test_pdf_is_sound(outputs: Path) -> None:
    for file in sorted(outputs.glob("*.pdf")):
        run = subprocess.run([tool("qpdf"), "--check", str(file)], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr


def test_pdf_fonts_are_embedded(outputs: Path) -> None:
    for file in sorted(outputs.glob("*.pdf")):
        run = subprocess.run([tool("pdffonts"), str(file)], capture_output=True, text=True)
        rows = run.stdout.splitlines()[2:]
        assert rows
        assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows), run.stdout
