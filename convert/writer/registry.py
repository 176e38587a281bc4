"""Finds writers by name, and loads one only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, cast

from convert.errors import UsageError
from convert.model.data import Data

if TYPE_CHECKING:
    from convert.writer.protocol import Writer


class BuiltIn(Data):
    """What must be known of a writer before it is loaded."""

    suffix: str
    location: str  # "module:name", as in an entry point


# The same table as in pyproject.toml: asking importlib.metadata costs more than a small conversion.
BUILT_IN = {
    "tei": BuiltIn(".tei.xml", "convert.writer.tei:TeiWriter"),
    "docx": BuiltIn(".docx", "convert.writer.docx:DocxWriter"),
    "pdf": BuiltIn(".pdf", "convert.writer.pdf:PdfWriter"),
    "cmif": BuiltIn(".cmif.xml", "convert.writer.cmif:CmifWriter"),
    "txt": BuiltIn(".txt", "convert.writer.txt:TxtWriter"),
}
_EXTENSIONS = {".cmif.xml": "cmif", ".xml": "tei", ".docx": "docx", ".pdf": "pdf", ".txt": "txt"}
_GROUP = "convert.writers"


def load(name: str) -> Writer:
    """The writer of a format; UsageError if there is none."""
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].location.partition(":")
        factory = getattr(import_module(module), attribute)
    else:
        factory = _plugin(name)
    return cast("Callable[[], Writer]", factory)()


def names() -> list[str]:
    """Every format that can be written, the built-in ones first."""
    from importlib.metadata import entry_points

    return list(dict.fromkeys([*BUILT_IN, *sorted(entry_points(group=_GROUP).names)]))


def suffix(name: str) -> str:
    """How the files of a format end: ``.tei.xml``."""
    return BUILT_IN[name].suffix if name in BUILT_IN else load(name).suffix


def by_extension(filename: str) -> str | None:
    """The format that a file name tells, or None."""
    lowered = filename.lower()
    for extension, name in _EXTENSIONS.items():
        if lowered.endswith(extension):
            return name
    if "." not in lowered.strip("."):
        return None
    return next(
        (
            name
            for name in names()
            if name not in BUILT_IN and lowered.endswith(load(name).suffix.lower())
        ),
        None,
    )


def _plugin(name: str) -> object:
    from importlib.metadata import entry_points

    for point in entry_points(group=_GROUP, name=name):
        return point.load()
    known = ", ".join(names())
    raise UsageError(f"there is no format {name!r}", f"The formats are: {known}.")
