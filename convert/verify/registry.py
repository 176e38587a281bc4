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
    "cmif": "convert.verify.cmif:check",
    "txt": "convert.verify.txt:check",
}
VALIDITY = {"tei": "convert.verify.tei_rules:validity"}
"""What tells whether a document is valid, whatever it was made from."""

_GROUP = "convert.verifiers"


def load_validity(name: str) -> Callable[[bytes], list[Difference]]:
    """What checks a document of a format by itself; UsageError where nothing does."""
    if name not in VALIDITY:
        raise UsageError(
            f"a {name} document is verified by its source", "Name the cable with --source."
        )
    module, _, attribute = VALIDITY[name].partition(":")
    return cast("Callable[[bytes], list[Difference]]", getattr(import_module(module), attribute))


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
