"""Where the house templates are: in an installed wheel, or beside the package in a checkout."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def folder() -> Path:
    """``templates/house``: the wheel has it inside the package, a checkout beside it."""
    shipped = _HERE / "_templates" / "house"
    return shipped if shipped.is_dir() else _HERE.parent / "templates" / "house"


@cache
def reference() -> bytes:
    """The house's Word template: the wheel has it zipped, a checkout has its parts."""
    shipped = folder() / "reference.docx"
    return shipped.read_bytes() if shipped.is_file() else zipped(folder() / "docx")


def reference_parts() -> list[bytes]:
    """What ``reference`` is made of: it is another where one of these is."""
    shipped = folder() / "reference.docx"
    if shipped.is_file():
        return [shipped.read_bytes()]
    return [each for name, data in _parts(folder() / "docx") for each in (name.encode(), data)]


def zipped(parts: Path) -> bytes:
    """The parts of a package below a folder as one file, the same bytes each time."""
    import io
    import zipfile  # a wheel and TEI need none: it takes as long to load as the rest of this room

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in _parts(parts):
            member = zipfile.ZipInfo(name)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(member, data)
    return stream.getvalue()


def _parts(below: Path) -> Iterator[tuple[str, bytes]]:
    """Each file below a folder in the order of their names, with its path in it."""
    found = (os.path.join(folder, file) for folder, _, files in os.walk(below) for file in files)
    for name, path in sorted(
        (os.path.relpath(each, below).replace(os.sep, "/"), each) for each in found
    ):
        with open(path, "rb") as part:
            yield name, part.read()
