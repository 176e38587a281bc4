"""Bytes to text: byte order marks, UTF-8, and the Windows-1252 bytes that old exports mix in."""

from __future__ import annotations

import codecs

from convert.errors import UnreadableError
from convert.model.data import Data

_MAGIC = {
    b"%PDF": "a PDF file: extract its text first (pdftotext -layout)",
    b"PK\x03\x04": "a Word or zip file",
    b"\xd0\xcf\x11\xe0": "an old or encrypted Word file: save it as .docx or as plain text first",
    b"{\\rtf": "an RTF file: save it as .docx or as plain text first",
}


_CONTROLS = bytes(code for code in range(32) if not chr(code).isspace())


class Decoded(Data):
    """The text, how it was encoded, and how many bytes were no UTF-8."""

    text: str
    encoding: str
    foreign: int = 0


def decode(data: bytes) -> Decoded:
    """The text of a file, without its byte order mark.

    Bytes that are no UTF-8 are read as Windows-1252, one by one; the five that it leaves undefined
    become the C1 control of the same number. Raises UnreadableError for empty or binary input.
    """
    if not data.strip():
        raise UnreadableError("the file is empty", "There is nothing to convert.")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise UnreadableError(f"this is no text file but {what}", "Input is plain text.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data)
    if b"\0" in data:
        raise UnreadableError(
            f"binary data: a zero byte at byte {data.index(0) + 1}",
            "Input is plain text in UTF-8, UTF-16 with a byte order mark, or Windows-1252.",
        )
    data = data.removeprefix(codecs.BOM_UTF8)
    foreign = 0

    def windows(error: UnicodeError) -> tuple[str, int]:
        nonlocal foreign
        assert isinstance(error, UnicodeDecodeError)
        three = error.object[error.start : error.start + 3]
        if (
            three[:1] == b"\xed"
            and len(three) == 3
            and three[1] & 0xE0 == 0xA0
            and three[2] & 0xC0 == 0x80
        ):
            return three.decode("utf-8", "surrogatepass"), error.start + 3  # a lone surrogate
        foreign += 1
        byte = error.object[error.start : error.start + 1]
        return byte.decode("cp1252", "ignore") or chr(byte[0]), error.start + 1

    codecs.register_error("convert.windows", windows)
    text = data.decode("utf-8", "convert.windows")
    opening = text[:4096].encode("utf-8", "surrogatepass")
    controls = len(opening) - len(opening.translate(None, _CONTROLS))
    if controls > len(text[:4096]) // 10:
        raise UnreadableError("binary data: control characters throughout", "Input is plain text.")
    return Decoded(text, "utf-8 with cp1252" if foreign else "utf-8", foreign)


def _utf16(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-16"), "utf-16")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"broken UTF-16 at byte {error.start + 1}", "Save the file as UTF-8."
        ) from error
