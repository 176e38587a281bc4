"""Finds the check of a format by name, and loads it only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, cast

from convert.errors import UsageError

if TYPE_CHECKING:
    from convert.model.transcript import Transcript
    from convert.verify.compare import Difference

Check: TypeAlias = "Callable[[bytes, Transcript], list[Difference]]"

# The same table as in pyproject.toml: asking importlib.metadata costs more than a small conversion.
BUILT_IN = {
    "tei": "convert.verify.tei:check",
    "docx": "convert.verify.docx:check",
    "pdf": "convert.verify.pdf:check",
    "txt": "convert.verify.txt:check",
}
_GROUP = "convert.verifiers"


def load(name: str) -> Check:
    """The check of a format. UsageError if there is none: what cannot be proved is not written."""
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        return cast("Check", getattr(import_module(module), attribute))
    from importlib.metadata import entry_points

    for point in entry_points(group=_GROUP, name=name):
        return cast("Check", point.load())
    raise UsageError(
        f"the format {name!r} has no verifier, so nothing can prove its outputs",
        f"Its package must register one as the entry point {name!r} in {_GROUP!r}.",
    )
