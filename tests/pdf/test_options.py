"""What a user may ask of the PDF, on the command line and in the configuration."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from convert.templates import folder
from tests.conftest import ROOT

SAMPLE = ROOT / "samples" / "secret-rel.txt"


def _run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "convert", SAMPLE, *arguments]
    return subprocess.run([*map(str, command)], capture_output=True, cwd=cwd)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        (["--attach-source", "txt"], b"/AFRelationship/Source"),
        (["--attach-source", "tei"], b"application#2Ftei+xml"),
        (["--pdf2"], b"%PDF-2.0"),
        (["--style", "facsimile"], b"IBMPlexMono-Bold"),
        (["--page", "a4"], b"/MediaBox[0 0 595.28 841.89]"),
        ([], b"<pdfaid:part>2</pdfaid:part>"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options(asked: list[str], holds: bytes, tmp_path: Path) -> None:
    run = _run("-o", tmp_path / "x.pdf", *asked)
    assert run.returncode == 0, run.stderr
    assert holds in (tmp_path / "x.pdf").read_bytes()


def test_plain_banner_has_no_colour(tmp_path: Path) -> None:
    _run("-o", tmp_path / "plain.pdf", "--plain-banner")
    _run("-o", tmp_path / "usual.pdf")
    red = " ".join(f"{part / 255:.4g}" for part in (0xC8, 0x10, 0x2E))
    found = {}
    for name in ("plain", "usual"):
        from convert.verify.pdffile import Document

        document = Document((tmp_path / f"{name}.pdf").read_bytes())
        _, page = next(document._page_objects(document.catalog[b"Pages"]))
        content = page[b"Contents"]
        found[name] = red.encode() in document.stream(content)
    assert found == {"plain": False, "usual": True}


def test_configuration(tmp_path: Path) -> None:
    face = folder() / "fonts" / "IBMPlexSerif-Italic.ttf"
    (tmp_path / "cable-convert.toml").write_text(
        f'style = "facsimile"\nattach-source = "tei"\nplain-banner = true\nfonts = ["{face}"]\n'
    )
    run = _run("-o", tmp_path / "x.pdf", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    data = (tmp_path / "x.pdf").read_bytes()
    assert b"IBMPlexMono-Bold" in data
    assert b"/AFRelationship/Source" in data


@pytest.mark.parametrize("line", ['style = "gothic"', "pdf2 = 1", 'fonts = "a.ttf"'])
def test_wrong_configuration(line: str, tmp_path: Path) -> None:
    (tmp_path / "cable-convert.toml").write_text(f"{line}\n")
    assert _run("-o", tmp_path / "x.pdf", cwd=tmp_path).returncode == 2


def test_a_font_that_is_none(tmp_path: Path) -> None:
    """Told at once, also where the house's fonts would do."""
    for file in (tmp_path / "absent.ttf", SAMPLE):
        run = _run("-o", tmp_path / "x.pdf", "--font", file)
        assert run.returncode == 2
        assert b"cannot be used as a font" in run.stderr
        assert not (tmp_path / "x.pdf").exists()
