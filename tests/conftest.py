"""What all tests share: where things lie, golden files, and skips that CI does not accept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every CI run: a change is judged by what it does, not by the dice.
# How long an example takes says nothing on a machine that others use too.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", _PATIENT, derandomize=True)
settings.register_profile("here", _PATIENT)
settings.load_profile("ci" if os.environ.get("CABLE_CONVERT_CI") else "here")

ROOT = Path(__file__).parent.parent
os.environ["CABLE_CONVERT_CACHE"] = str(ROOT / ".pytest_cache" / "templates")
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
MARKED = [ROOT / "samples" / "frus-document.xml", ROOT / "samples" / "web-page.html"]
SHARED = ROOT.parent / "shared"
CORPUS = sorted(path for path in (SHARED / "corpus").rglob("*") if path.suffix in (".txt", ".xml"))

Golden = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with ``tests/golden/NAME``, or rewrite that file with ``--accept``."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, f"{name}: read the diff, then --accept"

    return compare


def lacking(what: str) -> None:
    """Skip for want of a tool or folder; where CABLE_CONVERT_CI is set, fail instead."""
    if os.environ.get("CABLE_CONVERT_CI"):
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is not here")


def tool(name: str) -> str:
    """The path of a command, or a skip."""
    found = shutil.which(name)
    if found is None:
        lacking(name)
    return str(found)


def shared(name: str) -> Path:
    """A file of the shared test material, or a skip."""
    path = SHARED / name
    if not path.exists():
        lacking(f"../shared/{name}")
    return path
