"""A ``teiCorpus`` read back: each of its cables converted, checked and verified as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.cli.main import run
from convert.errors import UnreadableError
from convert.reader.read import read
from convert.templates import folder as templates
from convert.verify.tei_rules import validity
from tests.conftest import SAMPLES
from tests.test_tei_profiles import ONE, TWO, jing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "set").mkdir()
    for name, text in {"one": ONE, "two": TWO, "two-again": TWO}.items():
        (tmp_path / "set" / f"{name}.txt").write_text(text)
    return tmp_path


def made(folder: Path, *more: str) -> Path:
    out = folder / "all.xml"
    command = [str(folder / "set"), "--corpus", str(out), "-q", "--fail-on", "never"]
    assert run([*command, *more]) == 0
    return out


@pytest.mark.parametrize("form", [[], ["-f", "tei"], ["--split"]])
def test_each_cable_by_itself(folder: Path, form: list[str]) -> None:
    out = folder / "out"
    command = [str(made(folder)), *form, "-t", "txt,pdf", "-o", f"{out}/", "-q", "--jobs", "2"]
    assert run([*command, "--fail-on", "never"]) == 0
    assert {path.name for path in out.iterdir()} == {
        f"all-{n}{suffix}" for n in (1, 2, 3) for suffix in (".txt", ".pdf")
    }
    assert [(out / f"all-{n}.txt").read_text() for n in (1, 2, 3)] == [ONE, TWO, TWO]


def test_all_samples_come_back(tmp_path: Path) -> None:
    texts = [path for path in SAMPLES if path.suffix == ".txt"]
    corpus = tmp_path / "c.xml"
    assert run([*map(str, texts), "--corpus", str(corpus), "-q", "--fail-on", "never"]) == 0
    assert run([str(corpus), "-t", "txt", "-o", f"{tmp_path}/", "-q", "--fail-on", "never"]) == 0
    found = sorted(tmp_path.glob("c-*.txt"))
    assert [one.read_bytes() for one in found] == [
        read(path).text.encode("utf-8", "surrogatepass") for path in texts
    ]


def test_another_program_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    choice = "<t:choice><t:sic>x</t:sic><t:corr>y</t:corr></t:choice>"
    one = f"<t:TEI><t:teiHeader/><t:text><t:body><t:p>a {choice}</t:p></t:body></t:text></t:TEI>"
    root = '<t:teiCorpus\n xmlns:t="http://www.tei-c.org/ns/1.0"><t:teiHeader/>'
    file = tmp_path / "c.xml"
    file.write_text(f"{root}\n{one}\n{one}</t:teiCorpus>")
    assert run(["check", str(file), "--select", "T104", "--ignore", "MK"]) == 0
    found = [line for line in capsys.readouterr().out.splitlines() if "T104" in line]
    assert [line.removeprefix(str(file))[:3] for line in found] == [":3:", ":4:"]


def test_a_broken_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = made(folder)
    corpus.write_bytes(corpus.read_bytes().replace(b"</teiCorpus>", b""))
    assert run([str(corpus), "-t", "txt", "-o", f"{folder}/out/", "-q"]) == 3
    assert "no XML" in capsys.readouterr().err
    with pytest.raises(UnreadableError, match="corpus of 3 cables"):
        read(corpus.read_bytes() + b"</teiCorpus>")


def test_verify(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = made(folder)
    command = ["verify", str(corpus), "-t", "tei"]
    assert run(command) == 0
    assert run([*command, "--source", str(folder / "set")]) == 0
    assert run([*command, "--source", str(corpus)]) == 0
    assert run([*command, "--source", str(folder / "set" / "one.txt")]) == 5
    data = corpus.read_bytes()
    corpus.write_bytes(data.replace(b"cable (", b"cables (", 1))
    assert run([*command, "--source", str(folder / "set")]) == 5
    assert "cable 2" in capsys.readouterr().err
    corpus.write_bytes(data.replace(b'<p n="1" xml:id="c3.', b'<p n="7" xml:id="c3.', 1))
    assert run(command) == 5
    assert "cable 3: number of a paragraph" in capsys.readouterr().err


def test_profiles(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = made(folder, "--tei-profile", "ism")
    data = corpus.read_bytes()
    assert b'ism:classification="S"' in data
    assert validity(data) == []
    assert jing(templates() / "tei" / "cable-ism.rng", [data], folder) == ""
    assert run(["verify", str(corpus), "-t", "tei", "--source", str(folder / "set")]) == 0
    capsys.readouterr()
    command = [str(folder / "set"), "--corpus", str(folder / "x.xml"), "--tei-profile", "frus"]
    assert run(command) == 2
    assert "volume" in capsys.readouterr().err
    assert not (folder / "x.xml").exists()
    assert run([*command, "-t", "cmif", "-q", "--fail-on", "never"]) == 0
