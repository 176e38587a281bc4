"""Settings that a folder keeps: ``cable-convert.toml``, or a table in ``pyproject.toml``."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from convert.cli.selection import codes
from convert.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

_OWN, _SHARED, _TABLE = "cable-convert.toml", "pyproject.toml", "cable-convert"
CHOICES = {
    "fail-on": ("error", "warning", "info", "never"),
    "format": ("text", "json", "jsonl", "sarif", "github", "junit"),
    "page": ("letter", "a4"),
    "style": ("house", "facsimile", "declassified"),
    "attach-source": ("tei", "txt"),
    "on-conflict": ("error", "skip", "overwrite"),
    "tei-profile": ("frus", "ism"),
}


def configured(folder: Path, named: str | None = None) -> dict[str, object]:
    """The settings for a folder, or those of a named file; UsageError if they are wrong."""
    if named is not None:
        file = Path(named)
        table = _table(file, _bytes(file))
        if table is None:
            raise UsageError(
                f"{file} has no table [tool.{_TABLE}]", "Add it, or name another file."
            )
        return _settings(file, table)
    for place in (folder, *folder.parents):
        for file in (place / _OWN, place / _SHARED):
            # A file that never names the tool is another's, whatever is wrong with it.
            if file.is_file() and (file.name == _OWN or _TABLE.encode() in _bytes(file)):
                table = _table(file, _bytes(file))
                if table is not None:
                    return _settings(file, table)
        if (place / ".git").exists():
            break
    return {}


def made() -> datetime | None:
    """The date that ``SOURCE_DATE_EPOCH`` gives files (reproducible-builds.org), or None."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not said:
        return None
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is no time: {said}", "Give seconds since 1970, or unset it."
        ) from error


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read()
    except OSError as error:
        raise UsageError(
            f"cannot read {file}: {(error.strerror or '').lower()}",
            "Name another file with --config, or use --no-config.",
        ) from error


def _table(file: Path, data: bytes) -> dict[str, object] | None:
    """The settings as written; None if ``pyproject.toml`` has none for this tool."""
    import tomllib

    try:
        whole: dict[str, object] = tomllib.loads(data.decode())
    except ValueError as error:  # both kinds: no UTF-8, no TOML
        raise UsageError(
            f"{file} is no TOML: {error}", "Correct it, or use --no-config."
        ) from error
    if file.name != _SHARED:
        return whole
    tool = whole.get("tool")
    if not isinstance(tool, dict) or _TABLE not in tool:
        return None
    table = tool[_TABLE]
    if not isinstance(table, dict):
        raise UsageError(f"{file}: tool.{_TABLE} is no table", f"Write [tool.{_TABLE}].")
    return table


def _settings(file: Path, table: dict[str, object]) -> dict[str, object]:
    settings = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise UsageError(f"{file}: unknown key {key}", _near(key))
        try:
            settings[_NAMES.get(key, key.replace("-", "_"))] = _KEYS[key](value)
            if key in ("template", "tei-header"):  # beside the settings, wherever the run began
                settings[key.replace("-", "_")] = str(file.parent / str(value))
        except TypeError as error:
            raise UsageError(f"{file}: {key} must be {error}") from error
        except UsageError as error:
            raise UsageError(f"{file}: {key}: {error.message}", error.hint) from error
    return settings


def _near(key: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, _KEYS, n=2)
    return f"Near it: {', '.join(near)}." if near else f"The keys are {', '.join(_KEYS)}."


# Keys that their options call otherwise.
_NAMES = {"fail-under-coverage": "coverage", "from": "form"}


def _codes(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError("a list of codes")
    return codes(value)


def _one_of(choices: tuple[str, ...]) -> Callable[[object], object]:
    def chosen(value: object) -> object:
        if value not in choices:
            raise TypeError(f"one of {', '.join(choices)}")
        return value

    return chosen


def _jobs(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError("a number of jobs, 0 for one on each processor")
    return value


def _percent(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise TypeError("a percentage, 0 to 100")
    return float(value)


def _file(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("the name of a file")
    return value


def _files(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError("a list of files")
    return tuple(value)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


_KEYS: dict[str, Callable[[object], object]] = {
    "select": _codes,
    "ignore": _codes,
    **{key: _one_of(choices) for key, choices in CHOICES.items()},
    "jobs": _jobs,
    "fail-under-coverage": _percent,
    "strict": _truth,
    "from": _file,
    "tei-header": _file,
    "plain-banner": _truth,
    "pdf2": _truth,
    "fonts": _files,
    "template": _file,
}
