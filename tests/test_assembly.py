"""One file with several messages, and messages whose sections came in several files."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.cli.main import run
from convert.reader.read import read
from convert.reader.sections import transmissions
from tests.conftest import ROOT


def section(number: int, of: int, text: str, serial: int = 731, more: str = "") -> str:
    return f"""\
VZCZCXRO110{number}
PP RUEHC
DE RUEHKC #0{serial}/0{number} 1521015
ZNY CCCCC ZZH
P 011015Z JUN 05
FM AMEMBASSY KESTREL CAPE
TO RUEHC/SECSTATE WASHDC PRIORITY 2044
BT
C O N F I D E N T I A L SECTION 0{number} OF 0{of} KESTREL CAPE 000{serial}
{more}
E.O. 12958: DECL: 06/01/2015
TAGS: PREL
SUBJECT: A FICTIONAL TELEGRAM IN SECTIONS

Classified By: DCM Jane Roe for reason 1.4 (d).

{text}
BT
#0{serial}

NNNN


"""


FIRST = section(1, 2, "1. (C) The harbour at Kestrel Cape, which is")
SECOND = section(2, 2, "fictional, stays open.\n\n2. (C) Comment: It does.\n\nROE")
OTHER = section(1, 1, "1. (C) Another fictional text.\n\nROE", serial=802).replace(
    " SECTION 01 OF 01", ""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"a": SECOND, "b": FIRST, "dump": FIRST + SECOND + OTHER}.items():
        (tmp_path / f"{name}.txt").write_text(text)
    return tmp_path


def _written(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("out/*")}


def test_transmissions_cover_the_text() -> None:
    text = FIRST + SECOND + OTHER
    found = transmissions(text)
    assert [one.message for one in found] == ["05KESTRELCAPE731"] * 2 + ["05KESTRELCAPE802"]
    assert [one.section for one in found] == [1, 2, None]
    assert "".join(one.span.of(text) for one in found) == text
    assert found[1].span.of(text) == SECOND


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.txt")), ids=lambda p: p.stem)
def test_a_sample_is_one_message(sample: Path) -> None:
    found = transmissions(sample.read_text())
    assert len({one.message for one in found}) == 1


def test_a_quoted_message_is_no_beginning() -> None:
    text = OTHER.replace(
        "Another fictional text.", 'Quote "FM AMEMBASSY PORT ORRIN\nP 011015Z JUN 05\nunquote.'
    )
    assert len(transmissions(text)) == 1


def test_split(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "out"
    assert run([str(folder / "dump.txt"), "--split", "-t", "tei", "-o", f"{out}/"]) == 0
    assert _written(folder) == {"dump-1.tei.xml", "dump-2.tei.xml"}
    told = capsys.readouterr().err
    assert f"{folder}/dump.txt (2) -> {out}/dump-2.tei.xml" in told
    assert "R112" not in told
    assert b"05KESTRELCAPE802" in (out / "dump-2.tei.xml").read_bytes()
    assert b"Another fictional text" not in (out / "dump-1.tei.xml").read_bytes()


def test_split_of_one_message_keeps_its_name(folder: Path) -> None:
    assert run([str(folder / "b.txt"), "--split", "-t", "tei", "-o", f"{folder}/out/"]) == 0
    assert _written(folder) == {"b.tei.xml"}


def test_assembled_in_the_order_of_sections(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = [str(folder / "a.txt"), str(folder / "b.txt")]
    assert run([*both, "--assemble", "-t", "tei", "-o", f"{folder}/out/"]) == 0
    assert _written(folder) == {"b.tei.xml"}
    assert f"{both[1]} + {both[0]} -> " in capsys.readouterr().err
    told = (folder / "out" / "b.tei.xml").read_text()
    joined = [part.split("<")[0] for part in told.split("which is")[1:]]
    assert len(joined) == 1
    assert told.index("which is") < told.index("fictional, stays open") < told.index("It does")


def test_findings_name_the_file_and_line_of_their_stretch(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = SECOND.replace("2. (C)", "2. (C//XYZZY)")
    (folder / "a.txt").write_text(wrong)
    line = 1 + wrong[: wrong.index("(C//XYZZY)")].count("\n")
    both = [str(folder / "a.txt"), str(folder / "b.txt")]
    assert run(["check", *both, "--assemble"]) == 1
    assert f"{both[0]}:{line}:4: MK010" in capsys.readouterr().out


def test_missing_and_disagreeing_sections(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.txt").write_text(SECOND.replace("SECTION 02 OF 02", "SECTION 03 OF 04"))
    both = [str(folder / "a.txt"), str(folder / "b.txt")]
    run(["check", *both, "--assemble"])
    told = capsys.readouterr().out
    assert "R113 warning: 05KESTRELCAPE731: section 2, 4 of 4 did not come" in told
    assert "R115" in told


def test_copies_are_not_merged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corrected = section(1, 2, "1. (C) The harbour, which is", more="C O R R E C T E D  C O P Y")
    (folder / "c.txt").write_text(corrected)
    names = [str(folder / f"{name}.txt") for name in "abc"]
    assert run([*names, "--assemble", "-t", "tei", "-o", f"{folder}/out/"]) == 0
    assert _written(folder) == {"b.tei.xml", "c.tei.xml"}
    told = capsys.readouterr().err
    assert "R114 warning: another copy of 05KESTRELCAPE731 stands in" in told
    assert "one of them a corrected copy" in told


def test_an_unreadable_input_fails_by_itself(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "z.txt").write_bytes(b"\0")
    names = [str(folder / f"{name}.txt") for name in "abz"]
    assert run([*names, "--assemble", "-t", "tei", "-o", f"{folder}/out/"]) == 3
    assert _written(folder) == {"b.tei.xml"}
    assert "zero byte" in capsys.readouterr().err


def test_an_assembled_cable_reads_as_one_that_came_whole(folder: Path) -> None:
    from convert.assembly import gather, read_extracts

    sources = [(name, (folder / f"{name}.txt").read_bytes()) for name in "ab"]
    (message,) = gather(sources, across=True)
    reading, origins = read_extracts(message.extracts)
    assert reading.text == FIRST + SECOND
    assert [origin.label for origin in origins] == ["b", "a"]
    assert reading.cable.parts == read((FIRST + SECOND).encode()).cable.parts


def test_a_text_without_numbers_ends_with_its_end_mark() -> None:
    bare = OTHER.replace("1. (C) ", "").replace("802", "803")
    assert [one.serial for one in transmissions(bare + OTHER)] == ["803", "802"]


def test_a_section_behind_its_page_line_has_come(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(ROOT / "samples" / "secret-rel.txt"), "--assemble"])
    assert "R113" not in capsys.readouterr().out
