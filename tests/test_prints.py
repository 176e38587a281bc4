"""Prints and released copies: what is in them comes out of them, wherever a sheet ends."""

from __future__ import annotations

import pytest

from convert.model import cable as model
from convert.model.facts import addressees
from convert.model.transcript import transcript
from convert.model.walk import every
from convert.reader.read import Reading, read
from tests import prints
from tests.fiction import told_losses, told_references, wrong


@pytest.mark.parametrize("seed", range(0, 400, 50))
def test_what_is_in_a_print_comes_out(seed: int) -> None:
    found = {n: wrong(prints.make(n), prints.told) for n in range(seed, seed + 50)}
    assert {n: faults for n, faults in found.items() if faults} == {}


def _sheets(*sheets: str) -> Reading:
    """A print of so many sheets, each with the furniture of the copy."""
    texts = [
        f'UNCLASSIFIED\n\n{" " * 30}CSP-2025-00077    B-00003300201   "UNCLASSIFIED"   4/20/2026\n'
        f"\n\n{sheet}\n\n{' ' * 30}Released in Full\n{' ' * 30}Jane Roe, Acting-Director\n"
        f"{' ' * 30}US Department of State\n{' ' * 30}4/14/2026\n\n"
        f"UNCLASSIFIED{' ' * 60}Page {number} of {len(sheets)}\n"
        for number, sheet in enumerate(sheets, 1)
    ]
    return read("".join(texts).encode())


_FIELDS = """\
MRN:            94 KESTREL CAPE 1187
Date/DTG:       Mar 09, 1994 / 090000Z Mar 94
From:           AMEMBASSY KESTREL CAPE
Action:         WASHDC, SECSTATE ROUTINE
TAGS:           EWWT, KV
Subject:        A FICTIONAL LAMP
"""
_OPENS = f"""\
{_FIELDS}
            CONFIDENTIAL

PAGE 01    KESTRE 01187 091612Z
R 091540Z MAR 94
FM AMEMBASSY KESTREL CAPE
TO SECSTATE WASHDC 4410
INFO AMEMBASSY PORT ORRIN"""
_HEADED = """\
AMEMBASSY VELLMAR

C O N F I D E N T I A L KESTREL CAPE 001187

E.O. 12356: DECL:OADR
TAGS: EWWT, KV
SUBJECT: A FICTIONAL LAMP

REF: A. VELLMAR 507"""
_CITED = "     B. VELLMAR 508\n\n"
_FULL = "1. (C) THE PILOTS SAY THAT EVERY BOAT ON THE COAST OF THE U.S."
_TURNED = (
    "            CONFIDENTIAL\n\n\n            CONFIDENTIAL\n\nPAGE 02    KESTRE 01187 091612Z\n"
)


def _entries(reading: Reading) -> list[tuple[str, str, str]]:
    entries = transcript(reading.cable).entries
    return [(one.kind, one.label, one.words) for one in entries]


def test_lists_of_the_heading_go_on_over_a_sheet() -> None:
    reading = _sheets(_OPENS, _HEADED, f"{_CITED}{_FULL}\n", "KNOWS THE LAMP.\n\nROE\n\nNNNN")
    assert told_losses(reading) == []
    assert [one.name for _, one in addressees(reading.cable)] == [
        "SECSTATE WASHDC", "AMEMBASSY PORT ORRIN", "AMEMBASSY VELLMAR",
    ]  # fmt: skip
    assert [typed for _, typed, _ in told_references(reading)] == ["VELLMAR 507", "VELLMAR 508"]
    assert _entries(reading) == [
        ("paragraph", "1.", f"{_FULL[7:]} KNOWS THE LAMP."),
        ("signature", "", "ROE"),
    ]


_BODY = f"{_OPENS}\n{_HEADED}\n{_CITED}"


@pytest.mark.parametrize("above", ["", "\n"])
@pytest.mark.parametrize("below", ["", "\n"])
def test_a_page_of_the_telegram_ends_where_it_has_a_blank_line(above: str, below: str) -> None:
    """Above the class or below the page line: then a paragraph ends there, or a heading begins."""
    said = "1. (C) THE LAMP IS LIT.\n"
    reading = _sheets(f"{_BODY}{said}{above}{_TURNED}{below}THE LAMP\n\n2. (C) IT IS OUT.\n\nROE\n")
    kinds = [kind for kind, _, _ in _entries(reading)]
    headed = ["paragraph", "heading", "paragraph", "signature"]
    assert kinds == (headed if above or below else ["paragraph", "paragraph", "signature"])


def test_a_page_line_and_the_edge_of_a_sheet_in_one_sentence() -> None:
    reading = _sheets(f"{_BODY}{_FULL}\n{_TURNED}", "KNOWS THE LAMP.\n\nROE\n\nNNNN")
    assert [words for _, _, words in _entries(reading)] == [f"{_FULL[7:]} KNOWS THE LAMP.", "ROE"]


def test_a_paragraph_without_a_number_ends_with_a_short_line() -> None:
    fields = _FIELDS.replace("94 KESTREL", "14 KESTREL").replace("Mar 94", "Mar 14")
    first = "The pilots say that every boat on the coast has learned to steer\nby the error."
    reading = _sheets(
        f"{fields}\n{first}",
        "The lamp was moved by nine feet.\n\nSignature: Roe\nDissemination Rule: Archive Copy\n",
    )
    assert [words for _, _, words in _entries(reading)] == [
        " ".join(first.split()), "The lamp was moved by nine feet.", "Signature: Roe",
    ]  # fmt: skip


_NATIVE = """\
MRN:            14 KESTREL CAPE 1187
Date/DTG:       Mar 09, 2014 / 091540Z MAR 14
From:           AMEMBASSY KESTREL CAPE
Action:         WASHDC, SECSTATE ROUTINE
E.O.:           13526
TAGS:           EWWT, KV
Subject:        A fictional lamp

1. The lamp is lit at noon.

Signature:      Roe
Drafted By:     KESTREL CAPE:Roe, Jane
"""
_REST = "Cleared By:     POL:Doe, John\nApproved By:    EXEC:Roe\n"


def _released(own: str) -> Reading:
    foot = f"\n{' ' * 40}UNCLASSIFIED\n{own}"
    return read((
        f"UNCLASSIFIED\n{own}\nRELEASE IN PART B6\n\n{_NATIVE}{foot}Page 1 of 2\n\n"
        f"UNCLASSIFIED\n{own}\n{_REST}{foot}Page 2 of 2\n"
    ).encode())  # fmt: skip


@pytest.mark.parametrize("own", ["", "SBU\n"])
def test_fields_below_the_text_go_on_over_a_sheet(own: str) -> None:
    """The class and caption at its edges are none of the text."""
    reading = _released(own)
    tails = [r for r in every(reading.cable, model.Record) if r.kind is model.RecordKind.TAIL]
    assert [field.name for tail in tails for field in tail.fields] == [
        "Drafted By", "Cleared By", "Approved By",
    ]  # fmt: skip
    assert [kind for kind, _, _ in _entries(reading)] == ["paragraph", "signature"]


@pytest.mark.parametrize("turned", ["{page}B6\n", "\nB6\n{page}\n"])
def test_a_code_at_the_end_of_a_page(turned: str) -> None:
    body = f"{_BODY}1. (C) THE LAMP IS LIT.\n{turned.format(page=_TURNED)}\n2. (C) IT IS OUT.\n"
    marks = [m.exemptions for m in every(_sheets(body).cable, model.ReleaseMark) if m.exemptions]
    assert marks == [("B6",)]


def test_what_goes_on_behind_a_code_in_the_margin() -> None:
    """A sentence that ends before it is ended: a heading and a signature may follow."""
    first = f"{'1. (C) THE LAMP IS LIT.':<69}B6"
    body = f"{_BODY}{first}\n\nTHE LAMP\n\n2. (C) {first[7:]}\nROE\n\nNNNN"
    kinds = [kind for kind, _, _ in _entries(_sheets(body))]
    assert kinds == ["paragraph", "heading", "paragraph", "signature"]


def test_a_code_in_the_margin_above_a_page_line() -> None:
    said = f"{_FULL:<69}B6\n{_TURNED}COAST OF THE LAMP KNOWS WHERE THE PILOTS STAND AND WHY.\n"
    reading = _sheets(f"{_BODY}{said}\n2. (C) IT IS OUT.\n\nROE\n")
    assert [label for _, label, _ in _entries(reading)] == ["1.", "2.", ""]


def test_the_reason_stands_on_the_next_page() -> None:
    said = "CLASSIFIED BY: Jane Roe, Ambassador, U.S. Embassy.\n"
    text = f"{_TURNED}REASON: 1.4 (b), (d)\n\n1. (C) THE LAMP IS LIT.\n\nROE\n"
    reading = _sheets(f"{_OPENS}\n{_HEADED}\n{_CITED}{said}{text}")
    (authority,) = every(reading.cable, model.Authority)
    assert (authority.name, authority.reasons) == ("Jane Roe", ("1.4(b)", "1.4(d)"))
    assert [kind for kind, _, _ in _entries(reading)] == ["paragraph", "signature"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("1. (C) SUMMARY: THE PILOTS SAY THAT EVERY BOAT KNOWS IT.", "END SUMMARY."),
        (f"{_FULL[:-5]}ST OF THE SEA.", "THE LAMP IS LIT."),
        (f"{_FULL}", "PILOTS KNOW."),  # U.S. ends no sentence
    ],
)
def test_short_words_that_end_a_paragraph_of_the_sheet_before(above: str, below: str) -> None:
    reading = _sheets(f"{_BODY}{above}", f"{below}\n\n2. (C) IT IS OUT.\n\nROE\n")
    assert [words for _, _, words in _entries(reading)] == [
        f"{above[7:]} {below}", "IT IS OUT.", "ROE",
    ]  # fmt: skip


_SECOND = """\
PAGE 01    KESTRE 01187 02 OF 02 091613Z
ACTION EUR-01

INFO LOG-00 AID-01 /002W
             ------------------039081 091613Z/38
R 091540Z MAR 94
FM AMEMBASSY KESTREL CAPE
TO SECSTATE WASHDC 4411

C O N F I D E N T I A L SECTION 02 OF 02 KESTREL CAPE 001187

E.O. 12356: DECL:OADR
TAGS: EWWT, KV
SUBJECT: THE LAMPS AND BUOYS OF THE COAST"""


def test_a_subject_with_room_ends_with_its_sheet() -> None:
    """The second section repeats it; a table that goes on there is none of its words."""
    body = _BODY.replace("A L KESTREL", "A L SECTION 01 OF 02 KESTREL")
    body = body.replace("01187 091612Z", "01187 01 OF 02 091612Z")
    end = f"\n{' ' * 12}CONFIDENTIAL\n\nNNNN\n\n"
    reading = _sheets(
        f"{body}1. (C) THE LAMPS OF THE COAST ARE THESE:\n{end}{_SECOND}",
        "YEAR      LAMPS     BUOYS\n1992      12        31\n1993      14        35\n\n"
        "2. (C) THEY ARE LIT.\n\nROE\n\nNNNN",
    )
    assert [kind for kind, _, _ in _entries(reading)] == [
        "paragraph", "table", "paragraph", "signature",
    ]  # fmt: skip
