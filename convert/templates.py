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


@cache
def reference() -> bytes:
    """The house's Word template: the wheel has it zipped, a checkout has its parts."""
    shipped = folder() / "reference.docx"
    return shipped.read_bytes() if shipped.is_file() else zipped(folder() / "docx")


def zipped(parts: Path) -> bytes:
    """The parts of a package below a folder as one file, the same bytes each time."""
    import io
    import zipfile  # a wheel and TEI need none: it takes as long to load as the rest of this room

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(parts.rglob("*"), key=lambda each: each.relative_to(parts).as_posix()):
            if path.is_file():
                member = zipfile.ZipInfo(path.relative_to(parts).as_posix())
                member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
                package.writestr(member, path.read_bytes())
    return stream.getvalue()
