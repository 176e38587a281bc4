"""Where the house templates are: in an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def folder() -> Path:
    """``templates/house``: the wheel has it inside the package, a checkout beside it."""
    shipped = _HERE / "_templates" / "house"
    return shipped if shipped.is_dir() else _HERE.parent / "templates" / "house"
