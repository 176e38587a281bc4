"""Patterns: compiled when they are first used, kept for the next run, the same either way."""

from __future__ import annotations

import ast
import gc
import marshal
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import convert
from convert.cache import FOLDER
from convert.model import regex
from tests.conftest import ROOT, SAMPLES


def _patterns() -> list[regex._Lazy]:
    for module in pkgutil.walk_packages(convert.__path__, "convert."):
        import_module(module.name)
    return [one for one in gc.get_objects() if isinstance(one, regex._Lazy)]


def test_every_pattern_can_be_compiled_and_kept() -> None:
    """What is compiled when it is first used would be found wrong then."""
    patterns = _patterns()
    assert len(patterns) > 200
    for one in patterns:
        compiled = re.compile(one.pattern, one._flags)
        made = regex._made(one.pattern, int(one._flags))
        assert made is not None
        again = regex._engine(one.pattern, marshal.loads(marshal.dumps(made)))
        assert again == compiled  # flags, code and pattern
        assert (again.groups, again.groupindex) == (compiled.groups, compiled.groupindex)


def test_only_patterns_of_modules_are_kept() -> None:
    """One that a text makes, kept, would let the folder grow with each cable."""
    for module in sorted((ROOT / "convert").rglob("*.py")):
        for function in ast.walk(ast.parse(module.read_text())):
            if isinstance(function, ast.FunctionDef):
                called = {ast.unparse(one.func) for one in _calls(function)}
                assert "re.compile" not in called or module.name == "regex.py", function.name


def _calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    return (one for one in ast.walk(function) if isinstance(one, ast.Call))


def test_the_next_run_compiles_nothing(tmp_path: Path) -> None:
    shown, compiled = _run(str(tmp_path))
    assert compiled > 100
    (file,) = tmp_path.iterdir()
    assert _run(str(tmp_path)) == (shown, 0)
    assert [file] == list(tmp_path.iterdir())


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    shown, compiled = _run(str(tmp_path))
    (file,) = tmp_path.iterdir()
    sound = file.read_bytes()
    kept = marshal.loads(sound)
    cut = {key: (made[0], made[1][:-4], *made[2:]) for key, made in kept.items()}
    for damage in (
        b"",
        b"{",
        sound[:-9],
        marshal.dumps([1]),
        marshal.dumps(cut),
        marshal.dumps(dict.fromkeys(kept, (1, 2))),
        marshal.dumps(dict.fromkeys(kept)),
    ):
        file.write_bytes(damage)
        assert _run(str(tmp_path)) == (shown, compiled)
        assert marshal.loads(file.read_bytes()) == kept


@pytest.mark.parametrize("folder", ["", "/dev/null/nowhere"])
def test_nothing_is_kept_where_nothing_can_be(folder: str) -> None:
    first = _run(folder)
    assert first == _run(folder)
    assert first[1] > 100


def _run(folder: str) -> tuple[str, int]:
    """What the program shows of a sample, and how many patterns it compiled for that."""
    done = subprocess.run(
        [sys.executable, "-c", _COUNTED, "show", "--json", str(SAMPLES[0])],
        env={**os.environ, FOLDER: folder},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout, int(done.stderr.split()[-1])


_COUNTED = """
import sys
from convert.cli import main
from convert.model import regex
keep = regex.keep
def counted():
    print(len(regex._new), file=sys.stderr)
    keep()
regex.keep = counted
main.run(sys.argv[1:])
"""
