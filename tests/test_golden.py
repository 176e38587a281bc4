"""Every sample, through every writer, against files that a person has read and accepted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from convert.diagnostics import Report
from convert.job import render
from convert.model.json import to_json
from convert.options import Options
from convert.reader.read import read
from convert.writer.registry import load as find
from tests.conftest import MARKED, SAMPLES, Golden


@pytest.mark.parametrize("sample", [*SAMPLES, *MARKED], ids=lambda path: path.stem)
def test_sample(sample: Path, golden: Golden) -> None:
    reading = read(sample)
    findings = (
        f"{reading.position(found.span) if found.span else ''} {found.code.id} {found.message()}"
        for found in reading.findings
    )
    golden(f"{sample.stem}/findings.txt", "".join(f"{line}\n" for line in findings))
    golden(f"{sample.stem}/cable.json", to_json(reading.cable) + "\n")
    for format, plain in (("tei", _xml), ("docx", _body), ("pdf", _pages)):
        written = render(reading.cable, format, Options()).data
        golden(f"{sample.stem}/{format}.txt", plain(written))


@pytest.mark.parametrize("format", ["tei", "docx", "pdf"])
def test_same_bytes(format: str) -> None:
    cable = read(SAMPLES[-1]).cable
    first, second = (find(format).write(cable, Options(), Report()) for _ in range(2))
    assert first == second


def _xml(data: bytes) -> str:
    return data.decode()


def _body(data: bytes) -> str:
    """All parts of the package that carry text, a paragraph a line."""
    texts = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(package.namelist()):
            if name.startswith(("word/document", "word/header", "word/footer")):
                text = package.read(name).decode().replace("<w:p>", "\n<w:p>")
                texts.append(f"== {name}\n{text}\n")
    return "".join(texts)


def _pages(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    texts = []
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        texts.append(f"== page {number + 1}\n{textpage.get_text_range()}\n")
        textpage.close()
        page.close()
    document.close()
    return "".join(texts).replace("\r\n", "\n")
