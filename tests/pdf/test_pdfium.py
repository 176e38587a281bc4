"""pdfium by the few functions that are declared here sees what its own bindings' helpers see."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
import pytest
from pikepdf import ObjectStreamMode, Pdf

from convert.job import render
from convert.options import Options
from convert.reader.read import read
from convert.verify import pdfium
from tests.conftest import SAMPLES

TEXTS = [path for path in SAMPLES if path.suffix == ".txt"]


@pytest.fixture(params=["beside its bindings", "where its bindings find it"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pdfium._library.cache_clear()
    if request.param != "beside its bindings":
        monkeypatch.setattr(pdfium, "find_spec", lambda _: None)
    yield
    pdfium._library.cache_clear()


@pytest.mark.usefixtures("library")
def test_the_same_letters() -> None:
    for sample in TEXTS[:5]:
        data = render(read(sample).cable, "pdf", Options()).data
        assert _texts(data) == _by_helpers(data)


@pytest.mark.parametrize("code", [b"D83DDE00", b"D83D", b"00660069", b"0000", b"FFFE", b"00AD"])
def test_letters_of_any_kind(code: bytes) -> None:
    """Above U+FFFF, half of a pair, two for one, none: what is read is never more than there is."""
    data = render(read(TEXTS[0]).cable, "pdf", Options()).data
    changed = io.BytesIO()
    with Pdf.open(io.BytesIO(data)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            rows = font.ToUnicode.read_bytes()
            font.ToUnicode.write(rows.replace(b"<0053>", b"<%s>" % code))
        pdf.save(changed, object_stream_mode=ObjectStreamMode.disable)
    ours = _texts(changed.getvalue())
    if code == b"D83D":  # the helpers leave half of a pair out
        ours = [text.replace("\ufffd", "") for text in ours]
    assert ours == _by_helpers(changed.getvalue())


def test_no_such_file() -> None:
    for data in (b"", b"%PDF-1.7 and no more"):
        with pytest.raises(ValueError, match="pdfium"):
            pdfium.Opened(data)


def _texts(data: bytes) -> list[str]:
    with pdfium.Opened(data) as opened:
        return [opened.page(number)[1] for number in range(len(opened))]


def _by_helpers(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
