"""Recognition: which form a text is read as, and why; --from; coverage."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from convert.cli.main import run
from convert.errors import UsageError
from convert.model.coverage import coverage
from convert.reader.forms import registry
from convert.reader.read import read
from tests.conftest import ROOT

TELEGRAM = b"""\
FM AMEMBASSY KESTREL CAPE
TO SECSTATE WASHDC

UNCLAS KESTREL CAPE 000176

SUBJECT: A FICTIONAL TELEGRAM

1. This is fictional text.
"""


@pytest.mark.parametrize(
    ("source", "forms", "reason"),
    [
        (TELEGRAM, ["transmission"], "FM"),
        (b"Message Text\n\n" + TELEGRAM, ["nara", "transmission"], "Message Text"),
        (
            b"MRN:   05 KESTREL CAPE 176\nFrom:  AMEMBASSY KESTREL CAPE\n\n" + TELEGRAM,
            ["print", "transmission"],
            "a field",
        ),
        (b"RELEASE IN FULL\n\n" + TELEGRAM, ["print", "transmission"], "a stamp"),
        (b"A fictional text of no form.\n", ["text"], "no line"),
    ],
)
def test_form(source: bytes, forms: list[str], reason: str) -> None:
    found = read(source).cable.forms
    assert [one.form for one in found] == forms
    assert reason in found[0].reason


def test_asked_for() -> None:
    assert [one.form for one in read(TELEGRAM, form="text").cable.forms] == ["text"]
    with pytest.raises(UsageError, match="there is no form 'telex'"):
        read(TELEGRAM, form="telex")


def test_registered_as_entry_points() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["convert.readers"] == registry.BUILT_IN
    for name in registry.BUILT_IN:
        assert registry.load(name).name == name


def test_from_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(TELEGRAM)
    assert run(["show", "-f", "text", str(source)]) == 0
    assert "text           1:1  " in capsys.readouterr().out
    assert run(["-f", "telex", str(source), "-o", str(tmp_path)]) == 2
    assert "there is no form 'telex'" in capsys.readouterr().err


def test_coverage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unknown = b"%%% nobody knows this line\n"
    reading = read(unknown + TELEGRAM)
    told = coverage(reading.cable)
    assert told.unrecognised == len(unknown) - 5  # four blanks, one line end
    assert (told.unaccounted, told.omitted) == (0, ())
    assert told.carried == told.characters == len(b"".join((unknown + TELEGRAM).split()))
    source = tmp_path / "a.txt"
    source.write_bytes(unknown + TELEGRAM)
    assert run(["check", "--fail-under-coverage", "80", str(source)]) == 0
    assert run(["check", "--fail-under-coverage", "99.5", str(source)]) == 1
    assert "R103" in capsys.readouterr().out
    assert run(["check", "--fail-under-coverage", "101", str(source)]) == 2
