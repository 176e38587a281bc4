"""The command line: what is written where, which exit code ends it, and what it must not import."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from convert.cli.main import run
from convert.diagnostics import Code
from convert.model.json import from_json
from convert.reader.read import read
from convert.writer.docx.compile import compiled
from tests.conftest import ROOT
from tests.docx_parts import changed

GOOD = ROOT / "samples" / "unclassified.txt"
BAD_MARK = """\
C O N F I D E N T I A L KESTREL CAPE 000176

SUBJECT: A TEST

1. (S//XYZZY) This is fictional text.

2. (U) More text.
"""
SUFFIXES = (".tei.xml", ".docx", ".pdf")
BEGINS = {"tei": b"<?xml", "docx": b"PK\x03\x04", "pdf": b"%PDF-"}


def _cli(
    *arguments: str, cwd: Path, stdin: bytes = b"", python: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, *python, "-m", "convert", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def _names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "bad.txt"
    path.parent.mkdir()
    path.write_text(BAD_MARK)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "out"
    path.mkdir()
    return path


def test_bare_form_writes_all_three(out: Path) -> None:
    done = _cli(str(GOOD), cwd=out)
    assert (done.returncode, done.stdout) == (0, b"")
    assert _names(out) == {f"unclassified{suffix}" for suffix in SUFFIXES}
    for format, suffix in zip(BEGINS, SUFFIXES, strict=True):
        assert (out / f"unclassified{suffix}").read_bytes().startswith(BEGINS[format])


def test_command_word_is_the_bare_form(out: Path) -> None:
    assert run(["convert", str(GOOD), "-o", str(out)]) == 0
    assert _names(out) == {f"unclassified{suffix}" for suffix in SUFFIXES}


@pytest.mark.parametrize(
    ("name", "format"), [("x.tei.xml", "tei"), ("x.docx", "docx"), ("x.pdf", "pdf")]
)
def test_format_from_the_extension(name: str, format: str, out: Path) -> None:
    assert run([str(GOOD), "-o", str(out / name)]) == 0
    assert _names(out) == {name}
    assert (out / name).read_bytes().startswith(BEGINS[format])


@pytest.mark.parametrize("format", list(BEGINS))
def test_one_format_goes_to_standard_output(format: str, out: Path) -> None:
    done = _cli(str(GOOD), "-t", format, cwd=out)
    assert done.returncode == 0
    assert done.stdout.startswith(BEGINS[format])
    assert _names(out) == set()
    assert run([str(GOOD), "-t", format, "-o", str(out / "same")]) == 0
    same = out / "same"
    if same.is_dir():
        (same,) = same.iterdir()
    assert same.read_bytes() == done.stdout


def test_findings_never_stand_in_the_document(bad: Path, out: Path) -> None:
    done = _cli(str(bad), "-t", "tei", cwd=out)
    assert done.returncode == 1
    assert done.stdout.startswith(b"<?xml")
    assert done.stdout.rstrip().endswith(b">")
    assert b"MK010" in done.stderr
    quiet = _cli(str(bad), "-t", "tei", "--fail-on", "never", "-q", cwd=out)
    assert (quiet.returncode, quiet.stdout) == (0, done.stdout)


def test_standard_input(out: Path) -> None:
    done = _cli("-", "-t", "tei", cwd=out, stdin=GOOD.read_bytes())
    assert done.returncode == 0
    assert done.stdout.startswith(b"<?xml")
    done = _cli("-", "-o", "x.pdf", cwd=out, stdin=GOOD.read_bytes())
    assert done.returncode == 0
    assert _names(out) == {"x.pdf"}
    checked = _cli("check", "-", cwd=out, stdin=BAD_MARK.encode())
    assert checked.returncode == 1
    assert b"MK010" in checked.stdout


def test_folder_is_mirrored(tmp_path: Path, out: Path) -> None:
    tree = tmp_path / "cables"
    for place in ("a.txt", "one/a.txt", "one/two/b.TXT", "one/not-a-cable.md"):
        path = tree / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(GOOD.read_bytes())
    assert run([f"{tree}/", "-t", "tei", "-o", f"{out}/"]) == 0
    assert _names(out) == {"a.tei.xml", "one/a.tei.xml", "one/two/b.tei.xml"}


def test_word_files_of_a_folder(tmp_path: Path, out: Path) -> None:
    """Those that came from elsewhere or back from an editor; not what an earlier run left there."""
    tree = tmp_path / "cables"
    (tree / "back").mkdir(parents=True)
    (tree / "a.txt").write_bytes(GOOD.read_bytes())
    assert run([str(tree), "-t", "docx,pdf", "-o", f"{tree}/"]) == 0
    made = (tree / "a.docx").read_bytes()
    saved = changed(
        made, lambda name, data: data.replace(b"cable-convert<", b"Microsoft Office Word<")
    )
    (tree / "back" / "a.DOCX").write_bytes(saved)
    (tree / "back" / "~$a.docx").write_bytes(b"in use")
    (tree / "back" / "copy.docx").write_bytes(made)
    assert run([str(tree), "-t", "tei", "-o", f"{out}/"]) == 0
    assert _names(out) == {"a.tei.xml", "back/a.tei.xml"}
    (tree / "back" / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    assert run([str(tree), "-t", "tei", "-o", str(out / "again")]) == 3
    assert run([str(tree / "a.docx"), "-t", "tei", "-o", str(out / "named.tei.xml")]) == 0


def test_pattern(tmp_path: Path, out: Path) -> None:
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_bytes(GOOD.read_bytes())
    assert run([str(tmp_path / "*.txt"), "-t", "tei", "-o", str(out)]) == 0
    assert _names(out) == {"a.tei.xml", "b.tei.xml"}
    assert run([str(tmp_path / "*.none"), "-o", str(out)]) == 2


def test_jobs_give_the_same_files(tmp_path: Path, out: Path, bad: Path) -> None:
    inputs = [str(GOOD), str(bad), str(tmp_path / "missing.txt")]
    assert run([*inputs, "-o", str(out / "one")]) == 3
    done = _cli(*inputs, "-o", str(out / "two"), "--jobs", "3", cwd=tmp_path)
    assert done.returncode == 3
    assert _names(out / "one") == _names(out / "two")
    for name in _names(out / "one"):
        assert (out / "one" / name).read_bytes() == (out / "two" / name).read_bytes()


def test_on_conflict(out: Path) -> None:
    taken = out / "unclassified.docx"
    everything = {f"unclassified{suffix}" for suffix in SUFFIXES}
    taken.write_bytes(b"mine")
    arguments = [str(GOOD), "-o", str(out), "--on-conflict"]
    assert run([*arguments, "error"]) == 6
    assert (taken.read_bytes(), _names(out)) == (b"mine", {"unclassified.docx"})
    assert run([*arguments, "skip"]) == 0
    assert (taken.read_bytes(), _names(out)) == (b"mine", everything)
    assert run([*arguments, "overwrite"]) == 0
    assert taken.read_bytes().startswith(b"PK")
    assert _names(out) == everything


def test_error_finding_still_writes(bad: Path, out: Path) -> None:
    assert run([str(bad), "-o", str(out)]) == 1
    assert _names(out) == {f"bad{suffix}" for suffix in SUFFIXES}
    assert b"(S//XYZZY)" in (out / "bad.tei.xml").read_bytes()
    assert run([str(bad), "-o", str(out), "--fail-on", "never"]) == 0


def test_fail_on_warning(tmp_path: Path) -> None:
    path = tmp_path / "bare.txt"
    path.write_text("1. Fictional text without a classification line.\n")
    assert run(["check", str(path)]) == 0
    assert run(["check", str(path), "--fail-on", "warning"]) == 1


def test_strict_writes_nothing(bad: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(bad), "-o", str(out), "--strict"]) == 4
    assert _names(out) == set()
    assert "XYZZY" in capsys.readouterr().err
    assert run([str(GOOD), "-o", str(out), "--strict"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--no-such-option"],
        [str(GOOD), "-t", "odt"],
        [str(GOOD), "-t", ","],
        [str(GOOD), "-t", "tei", "-o", "x.pdf"],
        [str(GOOD), "-t", "tei,pdf", "-o", "x.pdf"],
        [str(GOOD), "-o", "-"],
        [str(GOOD), str(ROOT / "samples" / "sbu.txt"), "-o", "x.pdf"],
        [str(GOOD), "--on-conflict", "ask"],
        [str(GOOD), "--jobs", "-1"],
        ["check"],
        ["check", "--json"],
        ["show"],
        ["verify", "x.docx"],
        ["explain", "--nothing"],
        ["schema", "more"],
    ],
    ids=" ".join,
)
def test_usage(
    arguments: list[str],
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(out)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "error:" in told.err
    assert _names(out) == set()


@pytest.mark.parametrize("command", [[], ["check"], ["show"]], ids=" ".join)
def test_in_a_pipe_standard_input_needs_no_name(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for named in (["-"], []):
        pipe = SimpleNamespace(buffer=BytesIO(GOOD.read_bytes()), isatty=lambda: False)
        monkeypatch.setattr("sys.stdin", pipe)
        assert run([*command, *named, *([] if command else ["-t", "tei"])]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_two_inputs_never_share_a_target(tmp_path: Path, out: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_bytes(GOOD.read_bytes())
    inputs = [str(tmp_path / folder / "same.txt") for folder in ("a", "b")]
    assert run([*inputs, "-o", str(out)]) == 2
    assert _names(out) == set()


def test_input_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "cable.pdf"
    path.write_bytes(GOOD.read_bytes())
    assert run([str(path), "-o", str(path)]) == 2
    assert path.read_bytes() == GOOD.read_bytes()


def test_unwritable(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "existing").write_bytes(b"mine")
    for target in ("existing/x.pdf", "existing/deep/"):
        assert run([str(GOOD), "-o", str(out / target)]) == 6
        told = capsys.readouterr().err
        assert "cannot write" in told
        assert "-o" in told
    (out / "taken.pdf").mkdir()
    assert run([str(GOOD), "-t", "pdf,tei", "-o", str(out / "existing" / "x")]) == 6
    assert _names(out) == {"existing"}
    assert (out / "existing").read_bytes() == b"mine"


def test_folder_in_the_place_of_one_document(out: Path) -> None:
    """All formats or none: the two that could be written are not."""
    (out / "unclassified.pdf").mkdir()
    assert run([str(GOOD), "-o", str(out)]) == 6
    assert _names(out) == set()


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "arguments", [[str(GOOD), "-t", "tei"], ["--version"], ["formats"], ["explain"]], ids=str
)
def test_full_disk(arguments: list[str], unbuffered: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "convert", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert done.returncode == 6
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert arguments == ["--version"] or b"cannot write" in done.stderr


def test_run_goes_on_and_ends_with_the_worst(
    tmp_path: Path, bad: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    missing = tmp_path / "missing.txt"
    inputs = [str(missing), str(bad), str(empty), str(GOOD)]
    assert run([*inputs, "-t", "tei", "-o", str(out)]) == 3
    assert _names(out) == {"bad.tei.xml", "unclassified.tei.xml"}
    told = capsys.readouterr().err
    assert str(missing) in told
    assert str(empty) in told
    assert run([*inputs, "-t", "tei", "-o", str(out / "s"), "--strict"]) == 4
    assert _names(out / "s") == {"unclassified.tei.xml"}
    assert run(["check", *inputs]) == 3
    assert "MK010" in capsys.readouterr().out


def test_check_text(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(bad)]) == 1
    told = capsys.readouterr()
    assert f"{bad}:5:4: MK010 error:" in told.out
    assert "(S//XYZZY)" in told.out
    assert told.err == ""
    assert _names(bad.parent) == {"bad.txt"}


def test_check_json(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(bad), "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (row,) = [row for row in rows if row["code"] == "MK010"]
    assert (row["file"], row["line"], row["column"]) == (str(bad), 5, 4)
    assert row["severity"] == "error"
    assert "XYZZY" in row["facts"]["typed"]


def test_show(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", str(bad)]) == 0
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "unaccounted" not in told
    for line in filter(None, BAD_MARK.splitlines()):
        assert line in told
    assert "Paragraph 1" in told


def test_show_json_reads_back_and_fits_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    for sample in sorted((ROOT / "samples").glob("*.txt")):
        assert run(["show", str(sample), "--json"]) == 0
        text = capsys.readouterr().out
        assert from_json(text) == read(sample).cable
        jsonschema.validate(json.loads(text), schema)


def test_verify(bad: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(GOOD), str(bad), "-o", str(out)]) == 1
    for suffix in SUFFIXES:
        target = out / f"unclassified{suffix}"
        assert run(["verify", str(target), "--source", str(GOOD)]) == 0
        assert run(["verify", str(target), "--source", str(bad)]) == 5
        assert "V100" in capsys.readouterr().err
        target.write_bytes(target.read_bytes()[:200])
        assert run(["verify", str(target), "--source", str(GOOD)]) == 5
    assert run(["verify", str(out / "none.pdf"), "--source", str(GOOD)]) == 3
    assert run(["verify", str(out / "none.odt"), "--source", str(GOOD)]) == 2


@pytest.mark.parametrize("code", Code, ids=lambda code: str(code.id))
def test_explain(code: Code, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code.id]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"{code.id} ({code.severity.value})")
    assert run(["explain", code.id.lower()]) == 0
    assert capsys.readouterr().out == told


def test_explain_all_and_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()] == [code.id for code in Code]
    assert run(["explain", "MK01"]) == 2
    unknown = capsys.readouterr()
    assert unknown.out == ""
    assert "Near it: MK0" in unknown.err
    assert run(["explain", "MK010", "ZZZ"]) == 2


def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["formats"]) == 0
    told = capsys.readouterr().out
    for word in ("nara", "transmission", "text", *BEGINS, *SUFFIXES):
        assert word in told


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["explain", "--help"]])
def test_help(arguments: list[str], tmp_path: Path) -> None:
    done = _cli(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"usage: cable-convert")


def _imported(*arguments: str, cwd: Path) -> set[str]:
    done = _cli(*arguments, cwd=cwd, python=("-X", "importtime"))
    assert done.returncode == 0
    rows = done.stderr.decode().splitlines()
    return {row.rsplit("|", 1)[1].strip() for row in rows if row.startswith("import time:")}


# What takes longer to load than it saves a run that converts one cable.
_SLOW = {
    "docx", "reportlab", "pypdfium2", "rnc2rng", "urllib.request", "dataclasses", "html",
    "importlib.metadata", "multiprocessing", "concurrent.futures", "threading", "glob",
}  # fmt: skip
_ZIP = {"zipfile", "shutil", "tempfile", "bz2", "lzma"}
_XML = {"lxml.etree", "inspect", "ast", "xml.etree"}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], _SLOW | _ZIP | _XML | {"re", "argparse", "pathlib", "convert.errors"}),
        (["-V"], _SLOW | _ZIP | _XML | {"re", "argparse", "pathlib", "convert.errors"}),
        (["explain"], _SLOW | _ZIP | _XML | {"argparse", "pathlib"}),
        (["explain", "MK010"], _SLOW | _ZIP | _XML | {"argparse", "pathlib"}),
        (["check", str(GOOD)], _SLOW | _ZIP | _XML | {"convert.writer.tei", "convert.verify.tei"}),
        ([str(GOOD), "-t", "tei"], _SLOW | _ZIP | {"convert.opc", "convert.writer.docx"}),
        (
            [str(GOOD), "-t", "docx", "-o", "one.docx"],
            (_SLOW | _XML | {"convert.tree", "convert.writer.tei"}) - {"xml.etree", "threading"},
        ),
    ],
)
def test_imports(arguments: list[str], unwanted: set[str], tmp_path: Path) -> None:
    compiled(None)  # a Word template is made ready once, not in each run
    imported = _imported(*arguments, cwd=tmp_path)
    assert "convert" in imported
    assert imported & unwanted == set()


def test_version(tmp_path: Path) -> None:
    done = _cli("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(b"cable-convert 0.")


def test_closed_pipe(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "convert", str(GOOD), "-t", "tei"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert process.returncode == 6
    assert b"Traceback" not in told
    assert b"Exception ignored" not in told


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C in the middle: exit code 130, no traceback, every file whole."""
    folder = tmp_path / "cables"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number:03d}.txt").write_bytes(GOOD.read_bytes())
    out = tmp_path / "out"
    command = [sys.executable, "-m", "convert", str(folder), "-t", "tei,pdf", "-o", str(out)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as process:
        while not list(out.glob("*.pdf")):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert b"interrupted" in told
    written = sorted(out.iterdir())
    assert len(written) < 400
    assert {path.suffix for path in written} <= {".xml", ".pdf"}
    for path in written:
        assert path.read_bytes().rstrip().endswith((b"</TEI>", b"%%EOF"))


def test_same_bytes_everywhere(tmp_path: Path) -> None:
    """Hash seed, time zone and locale leave no trace in any output."""
    made = []
    for name, settings in {
        "one": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        "two": {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"},
    }.items():
        subprocess.run(
            [sys.executable, "-m", "convert", str(GOOD), "-q", "-o", str(tmp_path / name)],
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        )
        made.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])
    assert len(made[0]) == 3
    assert made[0] == made[1]


def test_the_face_of_the_package() -> None:
    """``read``, ``convert`` and ``check``, twice each: no module may take a function's name."""
    import convert

    for _ in range(2):
        reading = convert.read(GOOD)
        assert convert.convert(reading.cable, "tei").startswith(b"<?xml")
        assert [f.code.id for f in convert.check(GOOD)] == [f.code.id for f in reading.findings]
