"""A PDF file: objects by number, their bytes, the table of where they are (ISO 32000-1, 7.5)."""

from __future__ import annotations

import hashlib
import zlib

from convert.model import regex as re

_NOT_REGULAR = re.compile(rb"[^!-~]|[#/%()<>\[\]{}]")


class File:
    """Collects objects, then writes them in the order of their numbers."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def next(self, ahead: int = 0) -> int:
        """The number of the object that will be added next."""
        return len(self._objects) + 1 + ahead

    def add(self, content: bytes) -> int:
        """Add an object; its number."""
        self._objects.append(content)
        return len(self._objects)

    def write(self, catalog: int, info: int | None, version: str) -> bytes:
        """The file. Its identity is a digest of what it holds: no clock, no name, no chance."""
        out = [f"%PDF-{version}\n%".encode() + b"\xe2\xe3\xcf\xd3\n"]
        at, places = len(out[0]), []
        for number, content in enumerate(self._objects, start=1):
            one = b"%d 0 obj\n%b\nendobj\n" % (number, content)
            places.append(b"%010d 00000 n \n" % at)
            at += len(one)
            out.append(one)
        body = b"".join(out)
        identity = hashlib.sha256(body).hexdigest()[:32].upper()
        size = len(places) + 1
        about = f"/Root {catalog} 0 R" + (f"/Info {info} 0 R" if info else "")
        trailer = (
            f"trailer\n<</Size {size}{about}/ID[<{identity}><{identity}>]>>\n"
            f"startxref\n{at}\n%%EOF\n"
        )
        table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, b"".join(places))
        return b"".join((body, table, trailer.encode()))


def stream(content: bytes, about: bytes = b"") -> bytes:
    """A stream object; ``about`` are further entries of its dictionary.

    A line end stands before ``endstream`` (ISO 19005-2, 6.1.7.1).
    """
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (about, len(content), content)


def packed(content: bytes, about: bytes = b"") -> bytes:
    """A stream object, compressed."""
    return stream(zlib.compress(content), about + b"/Filter/FlateDecode")


def name(value: str) -> str:
    """A name object; what is not regular, a slash too, stands as its code (ISO 32000-1, 7.3.5)."""
    return "/" + _NOT_REGULAR.sub(lambda m: b"#%02X" % m[0][0], value.encode()).decode()


def shortened(value: str, most: int = 2000) -> str:
    """What of a text a string object has room for: 32,767 bytes (ISO 19005-2, 6.1.13)."""
    return value if len(value) <= most else f"{value[: most - 1]}…"


def text(value: str) -> str:
    """A text string: UTF-16, so that no character can end it or be misread (7.9.2.2)."""
    return f"<FEFF{value.encode('utf-16-be', 'replace').hex().upper()}>"
