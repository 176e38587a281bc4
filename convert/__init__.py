"""US diplomatic cables to TEI, Word and PDF, every classification marking kept and proved.

    reading = read(Path("cable.txt"))      # .cable, .findings
    pdf = convert(reading.cable, "pdf")    # bytes, read back and compared

Nothing is imported until it is used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # without typing, which takes as long to load as Python itself

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from convert.diagnostics import Diagnostic
    from convert.model.cable import Cable
    from convert.options import Options
    from convert.reader.read import Reading, read

__version__ = "0.1.0"
__all__ = ["Cable", "Diagnostic", "Options", "Reading", "check", "convert", "read"]

_HOMES = {
    "Cable": "convert.model.cable",
    "Diagnostic": "convert.diagnostics",
    "Options": "convert.options",
    "Reading": "convert.reader.read",
    "read": "convert.reader.read",
}


def convert(cable: Cable, format: str, options: Options | None = None) -> bytes:
    """The cable in a format (``tei``, ``docx``, ``pdf``), verified.

    Raises UnverifiedError if the document does not read back as the cable, and UsageError if there
    is no such format.
    """
    from convert.job import render
    from convert.options import Options

    return render(cable, format, options or Options()).data


def check(source: Path | bytes | BinaryIO, name: str | None = None) -> tuple[Diagnostic, ...]:
    """What there is to say about a source, in source order; nothing is written."""
    from convert.reader.read import read

    return read(source, name).findings


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
