"""--strict: nothing is written for a cable with an error, or without one of its sections."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.cli.main import run

_PART = """\
P 051544Z OCT 09
FM AMEMBASSY PORT ORRIN
TO SECSTATE WASHDC 3310
C O N F I D E N T I A L SECTION {section} PORT ORRIN 000233

E.O. 12958: DECL: 10/05/2019
TAGS: PREL
SUBJECT: FICTIONAL
Classified By: DCM Jane Roe for reasons 1.4 (b).

{number}. (C) Fictional text.
"""


def _write(folder: Path, *sections: str) -> list[str]:
    names = []
    for number, section in enumerate(sections, 1):
        path = folder / f"part{number}.txt"
        path.write_text(_PART.format(section=section, number=number))
        names.append(str(path))
    return names


@pytest.mark.parametrize("how", [[], ["--assemble"], ["--split"]])
def test_a_section_that_did_not_come(
    how: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = _write(tmp_path, "01 OF 02")
    out = ["-t", "tei", "-o", f"{tmp_path}/out/", *how]
    assert run([*names, *out, "--strict"]) == 4
    assert not list(tmp_path.glob("out/*.xml"))
    told = capsys.readouterr().err
    assert told.count("R113 warning: 09PORTORRIN233: section 2 of 2 did not come") == 1
    assert "refused (--strict): 09PORTORRIN233: section 2" in told
    assert run([*names, *out]) == 0


def test_all_sections(tmp_path: Path) -> None:
    names = _write(tmp_path, "01 OF 02", "02 OF 02")
    out = ["-t", "tei", "-o", f"{tmp_path}/out/"]
    assert run([*names, *out, "--strict", "--assemble"]) == 0
    whole = tmp_path / "whole.txt"
    whole.write_text("\n".join(Path(name).read_text() for name in names))
    assert run([str(whole), *out, "--strict"]) == 0


def test_sections_that_disagree(tmp_path: Path) -> None:
    names = _write(tmp_path, "01 OF 02", "02 OF 03")
    assert run([*names, "-o", f"{tmp_path}/out/", "--strict", "--assemble"]) == 4


def test_an_error_that_is_of_no_marking(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    text = _PART.format(section="01 OF 01", number=1) + "ROE\n\nNNNN\n"
    path.write_text(text + text.replace("000233", "000234"))
    out = ["-t", "tei", "-o", f"{tmp_path}/out/"]
    assert run([str(path), *out, "--strict"]) == 4
    assert run([str(path), *out, "--strict", "--split"]) == 0
