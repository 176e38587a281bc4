"""veraPDF's verdict: PDF/A-2a and PDF/UA-1, PDF/A-3a with an attachment, PDF/A-4f and PDF/UA-2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from convert.job import render
from convert.model.cable import Cable
from convert.options import Options
from convert.reader.read import read
from tests.conformance.cables import generated, kinds
from tests.conformance.signing import signed
from tests.conformance.verapdf import judge, missing
from tests.conftest import CORPUS, SAMPLES, lacking
from tests.pdf.helpers import HEAD, cable, long_cable, with_table

_GENERATED = 40


def _special() -> Iterator[tuple[str, Cable]]:
    yield "long", long_cable(400)
    rows = [["PORT", "SHIPS"], *([f"Port {n}", str(n)] for n in range(120))]
    yield "table", with_table(rows)
    yield "letters", cable(f"{HEAD}1. (S) Ж ┌─┐ é ﬁ 中 \\ ( ) \u00ad \x07.\n")
    yield "nothing", cable("x")
    yield (
        "banner",
        cable("SECRET//NOFORN/ORCON//" + "REL TO USA, GBR, AUS, " * 60 + "\n\n1. (S) A.\n"),
    )


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Path]]:
    """Every file with each flavour that it must be."""
    folder = tmp_path_factory.mktemp("verapdf")
    cables = [(path.stem, read(path).cable) for path in (*SAMPLES, *CORPUS)]
    cables += [*_special(), *((f"made{n}", c) for n, c in enumerate(generated(_GENERATED)))]
    found = []
    for place, (name, one) in enumerate(cables):
        possible = kinds(one)
        if place >= len(cables) - _GENERATED:
            possible = [possible[place % len(possible)]]
        for number, (options, flavours) in enumerate(possible):
            file = folder / f"{name}-{number}.pdf"
            file.write_bytes(render(one, "pdf", options).data)
            found += [(flavour, file) for flavour in flavours]
    copy = folder / "signed.pdf"
    copy.write_bytes(signed(render(cables[0][1], "pdf", Options(attach="tei")).data))
    return [*found, ("3a", copy), ("ua1", copy)]


def test_every_file_conforms(asked: list[tuple[str, Path]]) -> None:
    if what := missing():
        lacking(what)
    verdicts = judge(asked)
    assert len(verdicts) == len(asked) > 180
    assert [v for v in verdicts if v.failed] == []


def test_the_judge_can_say_no(tmp_path: Path) -> None:
    """A file whose structure lacks a language, and one with a wrong level, do not pass."""
    if what := missing():
        lacking(what)
    data = render(read(SAMPLES[0]).cable, "pdf", Options()).data
    assert b"/Lang(en-US)" in data
    (tmp_path / "no-language.pdf").write_bytes(data.replace(b"/Lang(en-US)", b"/Lanq(en-US)"))
    changed = data.replace(b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:part>1</pdfaid:part>")
    (tmp_path / "other-part.pdf").write_bytes(changed)
    files = [("ua1", tmp_path / "no-language.pdf"), ("2a", tmp_path / "other-part.pdf")]
    assert all(verdict.failed for verdict in judge(files))
