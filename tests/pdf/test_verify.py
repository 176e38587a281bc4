"""What the check sees in a file that another hand has changed: page, structure, metadata."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf, String

from convert.job import render
from convert.model.transcript import Transcript, transcript
from convert.options import Options
from convert.reader.read import read
from convert.verify.pdf import check
from tests.conftest import ROOT
from tests.pdf.helpers import HEAD, cable

SAMPLE = ROOT / "samples" / "secret-rel.txt"


@pytest.fixture(scope="module")
def true() -> tuple[bytes, Transcript]:
    one = read(SAMPLE).cable
    return render(one, "pdf", Options(attach="tei")).data, transcript(one)


def _changed(data: bytes, change: Callable[[Pdf], None]) -> bytes:
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=ObjectStreamMode.disable, fix_metadata_version=False)
    return out.getvalue()


def _replaced(page: int, there: bytes, instead: bytes) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        content = pdf.pages[page].Contents.read_bytes()
        assert there in content
        pdf.pages[page].Contents.write(content.replace(there, instead, 1))

    return change


def test_a_file_saved_by_another_program_is_read(true: tuple[bytes, Transcript]) -> None:
    data, told = true
    assert check(_changed(data, lambda _: None), told) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_replaced(1, b"(SECRET)Tj", b"(UNCLASSIFIED)Tj"), "MK041"),
        (_replaced(1, b"(SECRET)Tj", b"()Tj"), "MK041"),
        (_replaced(0, b"(\\(U\\) )Tj", b"(\\(S\\) )Tj"), "MK040"),
        (_replaced(0, b"Ardent laid four sheets", b"Ardent laid five sheets"), "V100"),
        (_replaced(0, b"07PORTMERIDIAN412 )Tj", b"07PORTMERIDIAN413 )Tj"), "V100"),
        (_replaced(0, b"Page 1 of", b"Page 2 of"), "V100"),
        (_replaced(1, b"/Artifact<</Type/Pagination/Subtype/Header>>", b"/Artifact BMC EMC\n"
                      b"/Artifact<</Type/Pagination/Subtype/Other>>"), "MK041"),
    ],
)  # fmt: skip
def test_a_changed_page(
    change: Callable[[Pdf], None], code: str, true: tuple[bytes, Transcript]
) -> None:
    data, told = true
    assert code in {found.code.id for found in check(_changed(data, change), told)}


def test_a_banner_that_is_not_round_the_text(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def move(pdf: Pdf) -> None:
        content = pdf.pages[1].Contents.read_bytes()
        at = content.index(b"Tm", content.index(b"/Header"))
        start = content.rindex(b" ", 0, at - 1)
        pdf.pages[1].Contents.write(content[:start] + b" 400 " + content[at:])

    assert "V100" in {found.code.id for found in check(_changed(data, move), told)}


def test_text_that_no_structure_has(true: tuple[bytes, Transcript]) -> None:
    """Words that only the eye would see: an artifact in the middle of the page."""
    data, told = true
    change = _replaced(
        1, b"BT\n", b"BT\n/Artifact BMC /serif.0 10 Tf 1 0 0 1 90 400 Tm(Void)Tj EMC\n"
    )
    assert check(_changed(data, change), told) != []
    unmarked = _replaced(1, b"BT\n", b"BT\n/serif.0 10 Tf 1 0 0 1 90 400 Tm(Void)Tj\n")
    assert check(_changed(data, unmarked), told) != []


_BANNER, _SHOWN = b"/Artifact<</Type/Pagination/Subtype/Header>>BDC", b"(SECRET)Tj"
_PLACE = b"1 0 0 1 284.83 751.22 Tm"


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        # Text by another operator.
        (b"BT\n", b"BT\n/Artifact BMC /serif.0 10 Tf 1 0 0 1 90 400 Tm[(Void)]TJ EMC\n"),
        (b"BT\n", b"BT\n/Artifact BMC /serif.0 10 Tf 1 0 0 1 90 400 Tm(Void)' EMC\n"),
        (b"BT\n", b'BT\n/Artifact BMC /serif.0 10 Tf 1 0 0 1 90 400 Tm 0 0 (Void)" EMC\n'),
        (b"BT\n", b"BT\n/Artifact BMC /serif.0 10 Tf 1 0 0 1 90 400 Tm<566F6964>Tj EMC\n"),
        # Text moved, turned, made small, hidden.
        (_BANNER, b"ET q 1 0 0 1 0 -300 cm BT " + _BANNER),
        (_SHOWN, b"0 -300 Td" + _SHOWN),
        (_PLACE, b"0.0" + _PLACE),
        (_PLACE, _PLACE.replace(b"1 0 0 1", b"0 1 1 0")),
        (_PLACE, _PLACE.replace(b"751.22", b"400") + b"\n%" + _PLACE + b"\n"),
        (b"10.5 Tf" + _SHOWN, b"0.01 Tf" + _SHOWN),
        (b"0.600 Tc", b"-60.0 Tc"),
        (_SHOWN, b"1 Tz" + _SHOWN),
        (_SHOWN, b"3 Tr" + _SHOWN),
        (_SHOWN, b"%" + _SHOWN + b"\n(UNCLASSIFIED)Tj"),
        (_SHOWN, _SHOWN + b"/Hidden gs "),
        (b"BT\n", b"0 0 1 1 re W n\nBT\n"),
        (b"/P<</MCID 0>>BDC", b"/OC/Layer BDC /P<</MCID 0>>BDC"),
        # Text covered.
        (b"\nET", b"\nET\n1 1 1 rg 0 700 612 92 re f"),
        (b"\nET", b"\nET\n1 1 1 RG 20 w 0 754 m 612 754 l S"),
        (b"\nET", b"\nET\n/Picture Do"),
        (b"\nET", b"\nET\nBI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI"),
        # Text in the colour of what it stands on.
        (b"BDC 1 1 1 rg", b"BDC 0.7843 0.06275 0.1804 rg"),
        (b"BDC 1 1 1 rg", b"BDC 0.75 0.05 0.2 rg"),
        (b"\n0 0 0 rg\n", b"\n1 1 1 rg\n"),
        (b"re f\nEMC", b"re f 0 0 0 rg 0 90 612 600 re f\nEMC"),
        (b"re f\nEMC", b"re f 0 0 0 rg 0 690 612 -600 re f\nEMC"),
        (b"re f\nEMC", b"re f 1 1 1 rg 300 740 300 40 re f\nEMC"),
        (b"0 746.00 612.00 18.00 re f ", b""),
        # Text that ends nothing, and begins nothing.
        (_SHOWN, b"(SECRET) Tj(\\(" * 3),
        (b"EMC", b"EMCEMC"),
    ],
)  # fmt: skip
def test_a_page_with_more_than_text_and_lines(
    there: bytes, instead: bytes, true: tuple[bytes, Transcript]
) -> None:
    """Our own reading refuses what it does not know, whatever pdfium makes of it."""
    data, told = true
    assert there != instead
    (found, *_) = check(_changed(data, _replaced(1, there, instead)), told)
    assert found.where == "file", found


def test_text_in_a_form(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        page = pdf.pages[1]
        content = b"BT /serif.0 10 Tf 1 0 0 1 90 400 Tm(Void)Tj ET"
        form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 600, 800])
        page.Resources.XObject = Dictionary(F=form)
        page.Contents.write(page.Contents.read_bytes() + b"\n/F Do\n")

    assert check(_changed(data, change), told) != []


@pytest.mark.parametrize(
    ("of_all", "key", "value"),
    [(False, "/CropBox", [0, 100, 612, 700]), (True, "/CropBox", [0, 100, 612, 700]),
     (False, "/MediaBox", [0, 100, 612, 792]), (False, "/Rotate", 90), (True, "/Rotate", 180)],
)  # fmt: skip
def test_a_page_cut_or_turned(
    of_all: bool, key: str, value: object, true: tuple[bytes, Transcript]
) -> None:
    """By itself, or as all pages are (ISO 32000-1, 7.7.3.4)."""
    data, told = true

    def change(pdf: Pdf) -> None:
        (pdf.Root.Pages if of_all else pdf.pages[1].obj)[key] = value

    (found, *_) = check(_changed(data, change), told)
    assert found.where.startswith("page ")


def test_letters_by_another_table(true: tuple[bytes, Transcript]) -> None:
    """What a copy of the text says: U for S, in every font or in that of the text alone."""
    data, told = true
    for faces in (None, "/serif.0", "/mono.0"):

        def change(pdf: Pdf, faces: str | None = faces) -> None:
            for name, font in pdf.pages[0].Resources.Font.items():
                rows = font.ToUnicode.read_bytes()
                assert b"<0053>" in rows
                if faces in (None, name):
                    font.ToUnicode.write(rows.replace(b"<0053>", b"<0055>"))

        assert check(_changed(data, change), told) != []


def test_text_that_no_element_has(true: tuple[bytes, Transcript]) -> None:
    """Marked as if it were an element's: a screen reader never says it."""
    data, told = true
    text = b"BT\n/P<</MCID 99>>BDC /serif.0 10 Tf 1 0 0 1 90 400 Tm(Void)Tj EMC\n"
    (found,) = check(_changed(data, _replaced(1, b"BT\n", text)), told)
    assert (found.where, found.found) == ("page 2, structure", "Void")


def test_content_of_two_elements(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def twice(pdf: Pdf) -> None:
        pdf.Root.StructTreeRoot.K[0].K[0].K = pikepdf.Array([0, 0])

    def exchanged(pdf: Pdf) -> None:
        first, second = pdf.Root.StructTreeRoot.K[0].K[0], pdf.Root.StructTreeRoot.K[0].K[1]
        first.K, second.K = second.K, first.K

    def lost(pdf: Pdf) -> None:
        del pdf.Root.StructTreeRoot.K[0].K[3]

    for change in (twice, exchanged, lost):
        assert check(_changed(data, change), told) != []


@pytest.mark.parametrize(
    ("instead", "where"),
    [(b">>/Alt(Void)", "structure"), (b">>/#41lt(V) ", "file"), (b">>%Comment \n", "file")],
)
def test_an_element_that_says_more(
    instead: bytes, where: str, true: tuple[bytes, Transcript]
) -> None:
    """``#41`` is an A (ISO 32000-1, 7.3.5): no key of ours needs it, none of it is read over."""
    data, told = true
    there = b"/Scope/Row>>"
    assert len(there) == len(instead)
    (found, *_) = check(data.replace(there, instead, 1), told)
    assert found.where == where


def test_words_put_into_a_screen_readers_mouth(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        pdf.Root.StructTreeRoot.K[0].K[1].ActualText = String("AN OPEN LETTER")

    assert check(_changed(data, change), told) != []


@pytest.mark.parametrize("key", ["/Title", "/CreationDate", "/Subject"])
def test_changed_info(key: str, true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        pdf.trailer.Info[key] = String("D:20010101000000Z")

    assert check(_changed(data, change), told) != []


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b"<cable:banner>SECRET<", b"<cable:banner>SECREX<"),
        (b"<cable:tags>PREL", b"<cable:tags>PGOV"),
        (b"<cable:messageReference>07", b"<cable:messageReference>08"),
        (b"<xmp:CreateDate>2007", b"<xmp:CreateDate>2008"),
        (b"LANTHE STRAIT: NAVY HYDROGRAPHER OFFERS THE OLD MINEFIELD SHEETS</rdf:li>",
         b"LANTHE STRAIT: NAVY HYDROGRAPHER OFFERS THE NEW MINEFIELD SHEETS</rdf:li>"),
    ],
)  # fmt: skip
def test_changed_metadata(there: bytes, instead: bytes, true: tuple[bytes, Transcript]) -> None:
    data, told = true
    assert data.count(there) == 1
    assert len(there) == len(instead)
    assert check(data.replace(there, instead), told) != []


def test_a_changed_attachment(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        file = pdf.Root.AF[0].EF.F
        file.write(file.read_bytes().replace(b"four sheets", b"five sheets"))

    (found, *_) = check(_changed(data, change), told)
    assert found.where.startswith("attachment")


def test_pages_in_another_order(true: tuple[bytes, Transcript]) -> None:
    data, told = true
    assert check(_changed(data, lambda pdf: pdf.pages.reverse()), told) != []


def test_a_page_too_few(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        del pdf.pages[1]

    assert check(_changed(data, change), told) != []


@pytest.mark.parametrize("cut", [0, 10, 1000, -40, -2000])
def test_a_damaged_file(cut: int, true: tuple[bytes, Transcript]) -> None:
    data, told = true
    (found, *_) = check(data[:cut], told)
    assert found.where == "file"


def test_structure_that_never_ends(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        top = pdf.Root.StructTreeRoot.K[0]
        top.K[1].K = top

    assert check(_changed(data, change), told)[0].where == "file"


def test_pages_that_never_end(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    out = io.BytesIO()
    pdf = Pdf.open(io.BytesIO(data))
    change(pdf)
    pdf.save(out, object_stream_mode=ObjectStreamMode.disable)
    assert check(out.getvalue(), told)[0].where == "file"


def test_a_table_that_goes_back(true: tuple[bytes, Transcript]) -> None:
    data, told = true
    table = re.search(rb"xref\n0 \d+\n", data)
    assert table
    changed = data.replace(table[0], b"xref\n0 -1\n")
    assert check(changed, told)[0].where == "file"


def test_an_element_of_no_kind(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        del pdf.Root.StructTreeRoot.K[0].K[1].S

    assert check(_changed(data, change), told)[0].where == "file"


def test_no_dictionary_where_one_must_be(true: tuple[bytes, Transcript]) -> None:
    data, told = true

    def change(pdf: Pdf) -> None:
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name("/StructTreeRoot")))

    assert check(_changed(data, change), told)[0].where == "file"


def test_strings_of_the_file_are_no_longer_than_they_may_be() -> None:
    """ISO 19005-2, 6.1.13: 32,767 bytes; a subject has no such end."""
    one = cable(HEAD.replace("A FICTIONAL CABLE", "A LONG SUBJECT " * 3000) + "1. (S) Text.\n")
    data = render(one, "pdf", Options()).data
    with Pdf.open(io.BytesIO(data)) as pdf:
        assert len(str(pdf.docinfo.Title)) <= 2000
        with pdf.open_outline() as outline:
            assert all(len(item.title) <= 200 for item in outline.root)
