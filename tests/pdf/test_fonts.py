"""Fonts: what reportlab must still have, its mended faults, coverage, fallbacks, bounded caches."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest

from convert.diagnostics import Report
from convert.errors import UsageError
from convert.job import render
from convert.options import Options
from convert.templates import folder
from convert.verify.registry import load as checker
from convert.writer.pdf import fonts, truetype
from tests.pdf.helpers import HEAD, cable, written

FACES = sorted((folder() / "fonts").glob("*.ttf"))


@pytest.mark.parametrize("name", truetype.USED)
def test_reportlab_still_has(name: str) -> None:
    """A canary for each undocumented name: a new release of reportlab fails here first."""
    assert hasattr(truetype.load(FACES[0]), name)


def test_widths_behind_a_shortened_table_stay_in_the_units_of_the_font() -> None:
    """reportlab has 600 for Liberation Mono's 1229 of 2048: the embedded table was wrong."""
    face = SimpleNamespace(
        get_table_pos=lambda _: (0, 36),
        seek=lambda _: None,
        read_ushort=lambda: 2,
        hmetrics=[(1229, 0), (1229, 10), (600.09765625, 20), (600.09765625, 30)],
    )
    truetype._mend_widths(face)
    assert face.hmetrics == [(1229, 0), (1229, 10), (1229, 20), (1229, 30)]


def test_variable_font_is_refused(tmp_path: Path) -> None:
    data = FACES[0].read_bytes()
    count = struct.unpack(">H", data[4:6])[0]
    records = [bytearray(data[12 + 16 * n : 28 + 16 * n]) for n in range(count)]
    for record in records:
        at = struct.unpack(">L", record[8:12])[0]
        record[8:12] = struct.pack(">L", at + 16)
    records.append(bytearray(b"fvar" + struct.pack(">LLL", 0, len(data) + 16, 4)))
    head = data[:4] + struct.pack(">H", count + 1) + data[6:12]
    file = tmp_path / "variable.ttf"
    file.write_bytes(head + b"".join(records) + data[12 + 16 * count :] + b"\0\1\0\0")
    with pytest.raises(UsageError, match="variable"):
        truetype.load(file)


@pytest.mark.parametrize("content", [b"OTTO\0\1\0\0\0\0\0\0", b"", b"no font at all, but text"])
def test_what_is_no_truetype_font_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "font.otf"
    file.write_bytes(content)
    with pytest.raises(UsageError, match="cannot be used"):
        truetype.load(file)
    with pytest.raises(UsageError, match="cannot be used"):
        truetype.load(tmp_path / "absent.ttf")


@pytest.mark.parametrize("name", fonts.FILES)
def test_every_face_covers_ascii(name: str) -> None:
    assert set(map(chr, range(32, 127))) <= fonts.face(name).advances.keys()


def test_missing_glyph_is_told_and_shown() -> None:
    """A code point in brackets stands for what no face has; glyph 0 is never shown."""
    report = Report()
    one = cable(f"{HEAD}1. (S) The sign said 港 and 中.\n\n2. (U) Again 港.\n")
    data = written(one, report)
    assert [(f.code.id, dict(f.facts)["typed"]) for f in report.findings] == [
        ("PDF10", "[U+4E2D]"),
        ("PDF10", "[U+6E2F]"),
    ]
    assert render(one, "pdf", Options()).data == data


def test_a_face_that_lacks_a_glyph_is_helped_by_another() -> None:
    report = Report()
    faces = fonts.Fonts()
    assert "┌" not in fonts.face("serif").advances
    assert list(faces.stretches("serif", "a┌b")) == [("serif", "a"), ("mono", "┌"), ("serif", "b")]
    assert faces.measure("serif", 10, "┌") == fonts.face("mono").advances["┌"] * 10
    one = cable(f"{HEAD}1. (S) Plan ┌──┐ of the harbor.\n")
    data = written(one, report)
    assert not report.findings
    assert b"IBMPlexMono" in data


def test_the_users_font_helps_last() -> None:
    """A font that the user names is asked only for what the house has not."""
    other = str(FACES[-1])
    faces = fonts.Fonts((other,))
    assert list(faces.stretches("mono", "ab")) == [("mono", "ab")]
    one = cable(f"{HEAD}1. (S) Text.\n")
    assert written(one, fonts=(other,)) == written(one)


def test_more_characters_than_one_sheet_holds() -> None:
    """Each further sheet holds 119; text and structure come back whole."""
    letters = sorted(
        char for char in fonts.face("serif").advances if char.isalpha() and not char.isascii()
    )
    assert len(letters) > 300
    words = " ".join("".join(letters[at : at + 7]) for at in range(0, len(letters), 7))
    one = cable(f"{HEAD}1. (S) {words}\n")
    data = render(one, "pdf", Options()).data
    fonts_of_it = re.findall(rb"/BaseFont/([A-Z]{6})\+IBMPlexSerif\b(?!-Bold)", data)
    assert len(fonts_of_it) == len(set(fonts_of_it)) == 6


def test_caches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_CACHED_WIDTHS", 10)
    faces = fonts.Fonts()
    for number in range(50):
        faces.measure("serif", 10.0, f"word{number}")
        assert len(faces.widths("serif")) <= 10
    faces.measure("serif", 10.0, "x" * 65)
    assert "x" * 65 not in faces.widths("serif")
    assert fonts._embedded.cache_info().maxsize == fonts._CACHED_SUBSETS
    assert fonts.fonts.cache_info().maxsize is not None


def test_soft_hyphen_is_shown() -> None:
    """Readers drop it from the text, so it stands as its code point."""
    from convert.model.transcript import transcript

    one = cable(f"{HEAD}1. (S) Har\u00adbor.\n")
    assert checker("pdf")(written(one), transcript(one)) == []
    assert "\xad" not in fonts.Fonts().covers("serif")


def test_accent_without_width_hides_nothing() -> None:
    """pdfium drops a second glyph of the same code at the same place."""
    letters = "".join(chr(code) for code in range(0xC0, 0x17F))
    for text in ("e\u0301)\u00a9", "e\u0301\u2588", "a\u0300A", letters):
        one = cable(f"{HEAD}1. (S) {letters} {text} end.\n")
        assert render(one, "pdf", Options()).data
