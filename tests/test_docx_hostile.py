"""Word files that mean harm: refused with a reason, at a bounded cost (D15)."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.cli.main import run
from convert.errors import CableError, UnreadableError
from convert.opc import Limits, Package, parsed
from convert.reader.read import read
from tests.conftest import ROOT
from tests.docx_parts import SECRET, changed, made, parts, replaced

_SPACE = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def data() -> bytes:
    return made(read(SECRET).cable)


def _with(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one member's content."""
    return changed(data, lambda member, old: content if member == name else old)


def _added(data: bytes, name: str, content: bytes = b"") -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(name, content)
    return stream.getvalue()


def _encrypted(data: bytes) -> bytes:
    """Every member flagged as encrypted, in both of its headers."""
    changed_ = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            flags = struct.unpack_from("<H", changed_, place + at)[0]
            struct.pack_into("<H", changed_, place + at, flags | 1)
            place = data.find(mark, place + 4)
    return bytes(changed_)


def _doctype(content: bytes) -> bytes:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    head, _, rest = content.partition(b"?>")
    return head + b"?>" + entity + rest


_BOMB = b"<w:document " + _SPACE + b"><w:body>" + b"<w:p/>" * 10_000_000 + b"</w:body></w:document>"

_HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "zip bomb": (lambda d: _with(d, "word/document.xml", _BOMB), "unpacks to"),
    "many members": (
        lambda d: _many(d, 2500), "members",
    ),
    "DOCTYPE": (
        lambda d: changed(d, lambda n, c: _doctype(c) if n == "word/document.xml" else c),
        "DOCTYPE",
    ),
    "DOCTYPE in styles": (
        lambda d: changed(d, lambda n, c: _doctype(c) if n == "word/styles.xml" else c),
        "DOCTYPE",
    ),
    "DOCTYPE in relationships": (
        lambda d: changed(d, lambda n, c: _doctype(c) if n == "_rels/.rels" else c), "DOCTYPE",
    ),
    "two of one name": (lambda d: _added(d, "WORD/document.xml", b"<x/>"), "one name"),
    "a way out": (lambda d: _added(d, "word/../../x.xml", b"<x/>"), "points outside"),
    "an absolute name": (lambda d: _added(d, "/etc/x.xml", b"<x/>"), "points outside"),
    "encrypted": (_encrypted, "is encrypted"),
    "macros": (
        lambda d: replaced(
            d, b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main",
            "[Content_Types].xml",
        ),
        "macros",
    ),
    "strict": (
        lambda d: replaced(
            d, b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        "Strict",
    ),
    "deep": (
        lambda d: _with(
            d, "word/document.xml",
            b"<w:document " + _SPACE + b">" + b"<w:p>" * 5000 + b"</w:p>" * 5000 + b"</w:document>",
        ),
        "no XML",
    ),
    "no document": (lambda d: changed(d, lambda n, c: None if n == "word/document.xml" else c),
                    "names no document part"),
    "a sheet": (lambda d: replaced(d, b"word/document.xml", b"docProps/core.xml", "_rels/.rels"),
                "of another kind"),
    "no Word file": (lambda d: _zip({"mimetype": b"application/vnd.oasis.opendocument.text"}),
                     "no Word document"),
    "cut short": (lambda d: d[: len(d) // 2], "zip directory"),
    "damaged": (lambda d: d.replace(b"PK\x01\x02", b"PK\x09\x09", 1), "zip directory"),
}  # fmt: skip


def _many(data: bytes, count: int) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        for number in range(count):
            package.writestr(f"x/{number}", b"")
    return stream.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", _HOSTILE)
def test_refused(name: str, data: bytes) -> None:
    make, why = _HOSTILE[name]
    with pytest.raises(UnreadableError, match=why) as raised:
        read(make(data))
    assert raised.value.hint
    assert raised.value.exit_code == 3


def test_message_on_the_command_line(
    data: bytes, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"{tmp_path}/bad.docx"
    with open(path, "wb") as file:
        file.write(data[:500])
    assert run(["check", path]) == 3
    assert "this Word file is not read: its zip directory" in capsys.readouterr().err


def test_size_that_lies(data: bytes) -> None:
    """A directory that states a small size for a large member: counted while it is inflated."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts(data).items():
            package.writestr(name, content)
        package.writestr("word/comments.xml", b"<x/>" * 1_000_000)
    lying = stream.getvalue()
    at = lying.rindex(b"word/comments.xml") - 46
    assert lying[at : at + 4] == b"PK\x01\x02"
    lying = lying[: at + 24] + struct.pack("<I", 10) + lying[at + 28 :]
    with pytest.raises(UnreadableError):
        Package(lying).raw("word/comments.xml")


def test_tags_are_counted_before_they_are_parsed() -> None:
    with pytest.raises(UnreadableError, match="more tags"):
        parsed(b"<a>" + b"<b/>" * 100 + b"</a>", "word/document.xml", Limits(tags=50))


def test_bomb_costs_little(data: bytes) -> None:
    """In a process of its own: refused before anything is inflated."""
    bomb = _with(data, "word/document.xml", _BOMB)
    code = (
        "import resource, sys; from convert.errors import UnreadableError\n"
        "from convert.reader.read import read\n"
        "resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))\n"
        "try: read(sys.stdin.buffer.read())\n"
        "except UnreadableError: print('refused')"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], input=bomb, capture_output=True, cwd=ROOT, check=True
    )
    assert told.stdout == b"refused\n"


def test_broken_references_are_borne(data: bytes) -> None:
    """A link to nothing loses nothing of the text."""
    without = changed(
        data, lambda n, c: None if n in ("word/header2.xml", "word/theme/theme1.xml") else c
    )
    back = read(without)
    assert any("a link to a missing part" in found.message() for found in back.findings)
    assert len(back.cable.parts) == len(read(data).cable.parts)


@cache
def _sound() -> bytes:
    return made(read(SECRET).cable)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), max_size=8))
def test_any_damage(changes: list[tuple[int, int]]) -> None:
    """Bytes changed anywhere: a refusal or a reading, never another exception."""
    damaged = bytearray(_sound())
    for place, value in changes:
        damaged[place % len(damaged)] = value
    with suppress(CableError):
        read(bytes(damaged))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(parts(_sound()))), st.integers(0, 2**16), st.binary(max_size=12))
def test_any_damage_of_a_part(name: str, place: int, put: bytes) -> None:
    content = parts(_sound())[name]
    place %= len(content)
    damaged = content[:place] + put + content[place + len(put) :]
    with suppress(CableError):
        read(_with(_sound(), name, damaged))
