"""The standard library's ``re``, but a pattern is compiled when it is first used.

    from convert.model import regex as re

A run uses few of the patterns that its modules hold, and to compile them all would take longer
than to convert a cable. What a run of the program did compile is kept for the next: Python's
engine takes a compiled pattern as a list of numbers (``_sre.compile``, not public, so whatever
fails there is compiled anew), and to make that list is a fifth of a short run.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from functools import cache
from importlib import import_module
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
from re import compile as compile_now
from typing import Any, AnyStr, TypeAlias

from convert import cache as kept

__all__ = [
    "DOTALL",
    "IGNORECASE",
    "Match",
    "Pattern",
    "compile",
    "compile_now",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "keep",
    "match",
    "search",
    "split",
    "sub",
]  # fmt: skip

Key: TypeAlias = "tuple[str | bytes, int]"  # a pattern and its flags
Made: TypeAlias = "tuple[int, bytes, int, dict[str, int]]"  # flags, code, groups, their names


def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """The pattern of a module; what is wrong with it is found where it is first used.

    A pattern that is made of what a text says is for `compile_now`: it is of no use to a later run.
    """
    lazy: Any = _Lazy(pattern, flags)
    return lazy  # type: ignore[no-any-return]


class _Lazy:
    """Stands for a compiled pattern: what is asked of it once is its own attribute from then on."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(_compiled(self.pattern, int(self._flags)), name)
        setattr(self, name, value)
        return value


def keep() -> None:
    """Keep what this run compiled for the next ones."""
    made = {key: one for key in _new if (one := _made(*key))}
    if made:
        kept.keep(_place(), marshal.dumps({**_known(), **made}))
        _new.clear()


_new: list[Key] = []


@cache
def _compiled(pattern: Any, flags: int) -> Pattern[Any]:
    known = _known().get((pattern, flags))
    if known is not None:
        try:
            return _engine(pattern, known)
        except (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError):
            pass
    _new.append((pattern, flags))
    return re.compile(pattern, flags)


def _engine(pattern: Any, made: Made) -> Pattern[Any]:
    engine: Any = import_module("_sre")
    flags, code, groups, names = made
    of_group: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        of_group[number] = name
    numbers = array("I", code).tolist()
    compiled: Pattern[Any] = engine.compile(pattern, flags, numbers, groups, names, tuple(of_group))
    return compiled


def _made(pattern: Any, flags: int) -> Made | None:
    """A compiled pattern as it can be kept."""
    try:
        parser: Any = import_module("re._parser")
        compiler: Any = import_module("re._compiler")
        parsed = parser.parse(pattern, flags)
        code = array("I", compiler._code(parsed, flags)).tobytes()
        state = parsed.state
        return int(flags | state.flags), code, state.groups - 1, dict(state.groupdict)
    except (ImportError, AttributeError, TypeError, OverflowError):
        return None


@cache
def _known() -> dict[Key, Made]:
    """What earlier runs of this Python compiled: trusted as its ``.pyc`` files are."""
    data = kept.load(_place())
    try:
        known = marshal.loads(data) if data else {}  # noqa: S302
    except (EOFError, ValueError, TypeError):
        return {}
    return known if isinstance(known, dict) else {}


def _place() -> str | None:
    return kept.place(f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}")
