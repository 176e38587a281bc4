"""Recognition: which form a text is read as, and why; --from; coverage."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from convert.cli.main import run
from convert.diagnostics import Report
from convert.errors import UsageError
from convert.model.cable import Recognised, Unread
from convert.model.coverage import coverage
from convert.reader.forms import registry
from convert.reader.forms.protocol import Told
from convert.reader.lines import Line
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


class _Telex:
    """A form of somebody else's package."""

    name = "telex"
    title = "a telex"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        if lines[0].text != "TELEX":
            return None
        return Recognised(self.name, "the line TELEX", lines[0].span)

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        return Told(tuple(Unread(line.typed()) for line in lines))


def test_a_form_of_another_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes part in recognition where it is named, and is not looked for elsewhere."""
    point = EntryPoint("telex", "tests.test_forms:_Telex", "convert.readers")
    asked: list[object] = []

    def entry_points(**named: object) -> EntryPoints:
        asked.append(named)
        return EntryPoints([point])

    monkeypatch.setattr("importlib.metadata.entry_points", entry_points)
    telex = b"TELEX\n"
    assert [one.form for one in read(telex).cable.forms] == ["text"]
    assert asked == []
    assert read(telex, form="telex,auto").cable.forms[0].form == "telex"
    assert read(TELEGRAM, form="telex,auto").cable.forms[0].form == "transmission"
    assert read(TELEGRAM, form="telex,text").cable.forms[0].form == "text"
    assert read(TELEGRAM, form="auto").cable.forms[0].form == "transmission"
    assert read(TELEGRAM, form="telex").cable.forms[0].reason == "asked for"


def test_forms_in_a_configuration(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(TELEGRAM)
    config = tmp_path / "cable-convert.toml"
    arguments = [str(tmp_path / "a.txt"), "--config", str(config), "-t", "tei"]
    config.write_text('from = "text,auto"\n')
    assert run([*arguments, "-o", f"{tmp_path}/o/"]) < 2
    config.write_text('from = "telex,auto"\n')
    assert run([*arguments, "-o", f"{tmp_path}/o/"]) == 2
    assert "there is no form 'telex'" in capsys.readouterr().err


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
