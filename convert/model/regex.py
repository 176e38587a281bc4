"""The standard library's ``re``, but a pattern is compiled when it is first used.

    from convert.model import regex as re

A run uses few of the patterns that its modules hold, and to compile them all would take longer
than to convert a cable.
"""

from __future__ import annotations

import re
from re import (
    DOTALL,
    IGNORECASE,
    Match,
    Pattern,
    escape,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import Any, AnyStr

__all__ = [
    "DOTALL", "IGNORECASE", "Match", "Pattern", "compile",
    "escape", "findall", "finditer", "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip


def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """The pattern; what is wrong with it is found where it is first used."""
    lazy: Any = _Lazy(pattern, flags)
    return lazy  # type: ignore[no-any-return]


class _Lazy:
    """Stands for a compiled pattern: what is asked of it once is its own attribute from then on."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)
        return value
