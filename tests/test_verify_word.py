"""What the check sees in a Word file that another hand has changed: runs, styles, margins."""

from __future__ import annotations

import pytest

from convert.job import render
from convert.model.transcript import Transcript, transcript
from convert.options import Options
from convert.reader.read import read
from convert.verify.docx import check
from tests.conftest import ROOT
from tests.docx_parts import replaced

_STYLED = b'<w:rPr><w:rStyle w:val="PortionMark"/></w:rPr><w:t xml:space="preserve">(U)</w:t>'
_WORDS = b'<w:r><w:t xml:space="preserve">This is a fictional cable'
_HIDDEN = b"<w:rPr><w:vanish/></w:rPr>"


@pytest.fixture(scope="module")
def true() -> tuple[bytes, Transcript]:
    one = read(ROOT / "samples" / "secret-rel.txt").cable
    return render(one, "docx", Options()).data, transcript(one)


@pytest.mark.parametrize(
    ("there", "instead", "code"),
    [
        (_STYLED, _STYLED.replace(b"/></w:rPr>", b"/><w:vanish/></w:rPr>"), "MK040"),
        (_STYLED, _STYLED.replace(b"PortionMark", b"FieldLabel"), "MK040"),
        (_STYLED, _STYLED.replace(b"w:t", b"w:delText"), "MK040"),
        (_STYLED, _STYLED.replace(b"(U)", b"(S)"), "MK040"),
        (_STYLED, _STYLED.replace(b"<w:t ", b"<w:tab/><w:t ").replace(b"(U)", b"(U"), "MK040"),
        (_WORDS, _WORDS.replace(b"<w:t ", _HIDDEN + b"<w:t "), "V100"),
        (_WORDS, _WORDS.replace(b"<w:t ", _HIDDEN + b"<w:rPr/><w:t "), "V100"),
        (_WORDS, _WORDS.replace(b"w:t", b"w:instrText").replace(b"instrText>", b"t>"), "file"),
        (_WORDS, b"<w:r><w:t>Void.</w:t></w:r>" + _WORDS, "V100"),
        (b"<w:body>", b"<w:body><w:p><w:r><w:t>Void.</w:t></w:r></w:p>", "V100"),
        (b'<w:pStyle w:val="CableSummary"/>', b'<w:pStyle w:val="CableNote"/>', "V100"),
        (b'<w:pStyle w:val="CableSummary"/>', b"", "V100"),
    ],
)
def test_a_changed_run(
    there: bytes, instead: bytes, code: str, true: tuple[bytes, Transcript]
) -> None:
    data, told = true
    assert check(data, told) == []
    found = check(replaced(data, there, instead), told)
    assert code in {one.where if code == "file" else one.code.id for one in found}


@pytest.mark.parametrize("name", ["Portion Mark", "Paragraph Number", "Cable Paragraph", "Banner"])
def test_a_style_of_another_name(name: str, true: tuple[bytes, Transcript]) -> None:
    """The name says what a style is, in this file alone: the one before had the true names."""
    data, told = true
    assert check(data, told) == []
    there, instead = (f'<w:name w:val="{one}"/>'.encode() for one in (name, "Plain"))
    assert check(replaced(data, there, instead, "word/styles.xml"), told) != []
    assert check(data, told) == []


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b">SECRET<", b">SECRET UNCLASSIFIED<"),
        (b">SECRET<", b"><"),
        (b'w:val="Banner"', b'w:val="Header"'),
        (b"<w:t", b"<w:rPr><w:vanish/></w:rPr><w:t"),
    ],
)
@pytest.mark.parametrize("part", ["word/header3.xml", "word/footer2.xml"])
def test_one_margin_unlike_the_others(
    part: str, there: bytes, instead: bytes, true: tuple[bytes, Transcript]
) -> None:
    data, told = true
    (found, *more) = check(replaced(data, there, instead, part), told)
    assert (found.code.id, more) == ("MK041", [])


def test_a_property_that_says_another_banner(true: tuple[bytes, Transcript]) -> None:
    data, told = true
    (found,) = check(replaced(data, b">SECRET<", b">SECREX<", "docProps/custom.xml"), told)
    assert found.where == "property BannerLine"
