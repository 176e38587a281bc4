"""What the tests of Word files share: parts, and cables that hold what a sample does not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from lxml import etree

from convert.job import render
from convert.model.cable import Cable, Table
from convert.model.transcript import Entry, Transcript, transcript
from convert.options import Options
from convert.reader.read import read
from tests.conftest import ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SECRET = ROOT / "samples" / "secret-rel.txt"
MARGINS = [f"word/{kind}{number}.xml" for kind in ("header", "footer") for number in (1, 2, 3)]

EVERYTHING = b"""S E C R E T KESTREL CAPE 000176

SUBJECT: (C) A FICTIONAL CABLE WITH ALL THAT A TEXT MAY HOLD
DECLASSIFIED BY AUTHORITY NND 0000

1. (S) Summary: This cable and KESTREL CAPE are fictional. End summary.

2. (C//NF) Two things:

A. (U) the first,
B. (C) the second; XXXXXXXXXXXX was there.

YEAR      SHIPS     TONS
2004         12      340
2005         15      395

2. (U) Its number again.

KESTREL CAPE 00000176  002 OF 002

5. (S) Comment: After a gap in the numbers. The sentence goes

KESTREL CAPE 00000176  003 OF 003

on over a page line. End comment.

HALLORAN
NNNN
"""


def everything() -> Cable:
    """The cable of that text."""
    cable = read(EVERYTHING).cable
    assert any(isinstance(part, Table) for part in cable.parts)
    return cable


def made(cable: Cable, options: Options | None = None) -> bytes:
    """The verified Word file of a cable."""
    return render(cable, "docx", options or Options()).data


def document(source: bytes = EVERYTHING) -> bytes:
    """The Word file of a source."""
    return made(read(source).cable)


def parts(data: bytes) -> dict[str, bytes]:
    """Every member of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def root(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """A part as a tree."""
    return etree.fromstring(parts(data)[name])


def changed(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each member changed; None leaves it out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts(data).items():
            kept = change(name, content)
            if kept is not None:
                new.writestr(name, kept)
    return stream.getvalue()


def replaced(data: bytes, old: bytes, new: bytes, part: str = "word/document.xml") -> bytes:
    """The package with one text for another in one part, where it must stand."""
    assert old in parts(data)[part], old
    return changed(data, lambda n, c: c.replace(old, new) if n == part else c)


def retold(cable: Cable) -> Transcript:
    """The transcript, tables without the rules that were typed in them."""
    found = transcript(cable)
    entries = tuple(map(_undrawn, found.entries))
    return Transcript(found.banner, found.facts, entries, found.transmission, found.ism)


def _undrawn(one: Entry) -> Entry:
    if one.kind != "table":
        return one
    words = one.words.split()
    kept = " ".join(word for word in words if len(word) < 4 or any(map(str.isalnum, word)))
    return Entry(one.kind, one.label, one.mark, kept)
