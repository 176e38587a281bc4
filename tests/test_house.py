"""The house rules: imports point down only; each code has an explanation; tables agree."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from convert.diagnostics import Code
from convert.writer import registry
from tests.conftest import ROOT

# What each room may import of ours, beside itself. Whatever is in no list may import nothing.
BASE = {"model"}
LANGUAGE = BASE | {"diagnostics", "notation", "errors", "options", "templates", "opc", "tree"}
ROOMS = {
    "cache": set(),
    "model": {"cache"},
    "errors": set(),
    "tree": set(),
    "options": BASE,
    "templates": {"errors"},
    "opc": BASE | {"errors", "tree"},
    "diagnostics": BASE,
    "notation": BASE | {"diagnostics"},
    "rules": BASE | {"diagnostics", "notation"},
    "reader": LANGUAGE | {"rules"},
    "writer": LANGUAGE | {"__version__", "cache"},
    "verify": BASE | {"errors", "diagnostics", "templates", "opc", "tree"},
    "places": BASE | {"diagnostics"},
    "files": {"errors", "options"},
    "assembly": BASE | {"diagnostics", "errors", "places", "reader"},
    "job": LANGUAGE | {"reader", "writer", "verify", "files", "places", "assembly"},
    "batch": LANGUAGE | {"reader", "writer", "verify", "files", "job", "assembly"},
    "collection": LANGUAGE | {"writer", "verify", "job"},
    "cli": LANGUAGE
    | {
        "reader",
        "writer",
        "verify",
        "files",
        "places",
        "job",
        "batch",
        "collection",
        "__version__",
    },
}


def _modules() -> list[Path]:
    return sorted((ROOT / "convert").rglob("*.py"))


@pytest.mark.parametrize("module", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(module: Path) -> None:
    room = module.relative_to(ROOT / "convert").parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    for node in ast.walk(ast.parse(module.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            inside = [f"convert.{alias.name}" for alias in node.names]
            names += inside if node.module == "convert" else [node.module or ""]
        for name in names:
            if name.split(".")[0] != "convert":
                continue
            found = [*name.split("."), ""][1]
            assert found == room or found in ROOMS[room], f"{room} imports {name}"


def test_records_and_patterns_are_ours() -> None:
    """``dataclasses`` and ``re`` would do their work before anything is known to need it."""
    for module in _modules():
        names = [
            name
            for node in ast.walk(ast.parse(module.read_text()))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        ]
        allowed = {"data.py": {"dataclasses"}, "regex.py": {"re"}}.get(module.name, set())
        assert {"dataclasses", "re"} & set(names) <= allowed, module


@pytest.mark.parametrize("code", Code, ids=lambda code: code.id)
def test_every_code_is_explained(code: Code) -> None:
    assert code.says
    assert code.hint
    assert len(code.why) > 30


def test_ids_are_unique() -> None:
    assert len({code.id for code in Code}) == len(Code)


def test_built_in_writers_are_the_registered_ones() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    points = project["entry-points"]
    assert set(points["convert.writers"]) == set(points["convert.verifiers"])
    assert set(points["convert.writers"]) <= set(registry.names())


def test_the_top_level_is_the_design_cards() -> None:
    allowed = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
    allowed |= {"convert", "templates", "tests", "samples"}
    made = {"build", "dist", "out", "__pycache__"}  # what .gitignore leaves out
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - made <= allowed
