"""Literate cases: each ``tests/cases/*.md`` tells of a difficulty and shows what comes out.

A case is a fenced block: the command after ``%``, the input, ``^D``, the output, ``=> exit code``.
``% printf | cable-convert ...``: the input has bytes typed as ``printf`` takes them, ``\\x92``.
``pytest --accept`` rewrites the outputs; read the diff.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

_CASE = re.compile(
    r"^```\n% (?P<printf>printf \| )?cable-convert (?P<command>.*)\n"
    r"(?P<input>(?:.*\n)*?)\^D\n(?P<output>(?:.*\n)*?)=> (?P<code>\d+)\n```$",
    re.MULTILINE,
)
_FILES = sorted((ROOT / "tests" / "cases").glob("*.md"))


@pytest.mark.parametrize("file", _FILES, ids=lambda path: path.stem)
def test_case(file: Path, request: pytest.FixtureRequest) -> None:
    text = file.read_text(encoding="utf-8")
    assert _CASE.search(text), "no case in this file"
    found = _CASE.sub(_run, text)
    if request.config.getoption("--accept"):
        file.write_text(found, encoding="utf-8")
    assert found == text


def _run(case: re.Match[str]) -> str:
    """The case as it comes out now."""
    printf, given = case["printf"] or "", case["input"].encode()
    if printf:
        given = given.decode("unicode_escape").encode("latin-1")
    run = subprocess.run(
        [sys.executable, "-m", "convert", *shlex.split(case["command"])],
        input=given,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    )
    told = (run.stdout + run.stderr).decode()
    said = "".join(f"{line.rstrip()}\n" for line in told.splitlines())
    asked = f"% {printf}cable-convert {case['command']}"
    return f"```\n{asked}\n{case['input']}^D\n{said}=> {run.returncode}\n```"
