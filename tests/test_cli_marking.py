"""``marking``: what it prints for strings and lines, and the banner that portions make."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace
from typing import Any

import pytest

from convert.cli.main import run
from convert.cli.marking import words

Shown = pytest.CaptureFixture[str]


def _rows(shown: Shown) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shown.readouterr().out.splitlines()]


def test_in_words(capsys: Shown) -> None:
    assert run(["marking", "(S//REL UK, AUS)", "--kind", "portion"]) == 0
    told = capsys.readouterr()
    for said in ("SECRET; releasable to USA", "GBR", "(S//REL TO USA, AUS, GBR)", "MK021 warning"):
        assert said in told.out
    assert "SECRET//REL TO USA, AUS, GBR" in told.out
    assert told.err == ""


def test_json(capsys: Shown) -> None:
    assert run(["marking", "--json", "(S//NF)", "(C)"]) == 0
    first, second = _rows(capsys)
    assert first["input"] == "(S//NF)"
    assert first["kind"] == "portion"
    assert first["recognised"] is True
    assert first["ism"]["classification"] == "S"
    assert first["ism"]["disseminationControls"] == ["NF"]
    assert first["canonical"] == {"portion": "(S//NF)", "banner": "SECRET//NOFORN"}
    assert first["findings"] == []
    assert second["ism"]["classification"] == "C"


def test_lines_of_standard_input(capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.BytesIO(b"(U)\r\n\r\n(C//NF)\n")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=lines, isatty=lambda: False))
    assert run(["marking", "--json"]) == 0
    assert [row["input"] for row in _rows(capsys)] == ["(U)", "(C//NF)"]


def test_lines_end_where_lines_end(capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.BytesIO("(U)\x0b\x85(C)\n".encode())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=lines, isatty=lambda: False))
    run(["marking", "--json"])
    assert len(_rows(capsys)) == 1


def test_what_is_no_marking_is_no_error(capsys: Shown) -> None:
    assert run(["marking", "--json", "Hello."]) == 0
    assert _rows(capsys)[0]["recognised"] is False


def test_nothing_to_read(capsys: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    assert run(["marking"]) == 2
    assert capsys.readouterr().out == ""


def test_not_a_marking_is_never_guessed(capsys: Shown) -> None:
    assert run(["marking", "--kind", "portion", "--json", "(S//XYZZY)"]) == 1
    (row,) = _rows(capsys)
    assert row["recognised"] is False
    assert "classification" not in row["ism"]
    assert run(["marking", "--kind", "portion", "(S//XYZZY\x1b[31m)"]) == 1
    out = capsys.readouterr().out
    assert "not recognised" in out
    assert "\x1b" not in out


def test_rollup(capsys: Shown) -> None:
    assert (
        run(["marking", "--rollup", "--json", "(S//REL TO USA, AUS, GBR)", "(S//NF)", "(U)"]) == 0
    )
    last = _rows(capsys)[-1]
    assert set(last) == {"banner", "ism"}
    assert last["banner"] == "SECRET//NOFORN"
    assert last["ism"]["classification"] == "S"
    assert last["ism"]["disseminationControls"] == ["NF"]


def test_rollup_says_what_it_leaves_out(capsys: Shown) -> None:
    assert run(["marking", "--rollup", "(C)", "(TSX)"]) == 1
    told = capsys.readouterr()
    assert "banner derived from 1 portion: CONFIDENTIAL" in told.out
    assert "1 of 2 left out of the roll-up" in told.err
    assert run(["marking", "--rollup", "--json", "(TSX)"]) == 1
    assert _rows(capsys)[-1] == {"banner": None, "ism": {}}


def test_words() -> None:
    ism = {
        "classification": "S",
        "ownerProducer": ["GBR", "USA"],
        "SCIcontrols": ["SI", "TK"],
        "disseminationControls": ["OC", "EYES"],
        "releasableTo": ["USA", "AUS"],
        "FGIsourceProtected": ["FGI"],
    }
    said = "; ".join(words(ism, {"joint": True, "entireText": True, "captions": ["SIPDIS"]}))
    assert said.startswith("SECRET; joint, of GBR (")
    for part in (
        "compartments SI, TK", "originator controlled;", "eyes only of USA (United States), AUS",
        "source concealed", "one mark for the whole text", "captions SIPDIS",
    ):  # fmt: skip
        assert part in said
