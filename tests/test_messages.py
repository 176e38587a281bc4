"""Messages of the services: what is in them comes out of them, however their senders set them."""

from __future__ import annotations

import pytest

from convert.model import cable as model
from convert.model.facts import addressees, banner_text, canonical_id, subject
from convert.model.transcript import transcript
from convert.model.walk import every
from convert.reader.read import read
from tests import messages
from tests.fiction import told_losses, told_references, wrong

_HEAD = """\
RTTUZYUW RUKCAPE0417 2761530-UUUU--RUORRIN.
ZNR UUUUU
R 031530Z OCT 11
FM COMNAVBASE PORT ORRIN//N1//
TO NAVADMIN
BT
UNCLAS //N10126//
NAVADMIN 417/11
MSGID/GENADMIN/COMNAVBASE PORT ORRIN/N1/OCT//
"""
_TAIL = "2.  RELEASED BY CAPT J. DOE, N1.//\nBT\n#0417\nNNNN\n"


@pytest.mark.parametrize("seed", range(0, 400, 50))
def test_what_is_in_a_message_comes_out(seed: int) -> None:
    found = {n: wrong(messages.make(n), messages.told) for n in range(seed, seed + 50)}
    assert {n: faults for n, faults in found.items() if faults} == {}


def _entries(text: str) -> list[tuple[str, str, str]]:
    entries = transcript(read(text.encode()).cable).entries
    return [(one.kind, one.label, one.words) for one in entries]


@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_page_line_between_two_references(blank: str) -> None:
    """What NARR says behind it is said of those before it; a set without an end ends there."""
    page = f"{blank}PAGE 02 RUKCAPE0417 UNCLAS\n{blank}"
    reading = read((
        f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nREF/A/DOC/LAMPINST 1500.1A/07MAR2010\n{page}"
        f"REF/B/LTR/HARBOR BOARD/02SEP11//\n{page.replace('02', '03')}"
        "NARR/REF A IS THE LAMP INSTRUCTION. REF B IS A LETTER.\n"
        f"{page.replace('02', '04')}POC/J. ROE/LT/TEL:(555)555-0142//\n"
        f"RMKS/1.  THIS IS FICTIONAL.\n{_TAIL}"
    ).encode())  # fmt: skip
    assert told_references(reading) == [
        ("A", "DOC/LAMPINST 1500.1A/07MAR2010", "THE LAMP INSTRUCTION"),
        ("B", "LTR/HARBOR BOARD/02SEP11", "A LETTER"),
    ]
    contacts = [s.fields[0].text for s in every(reading.cable, model.MessageSet) if s.name == "POC"]
    assert contacts == ["J. ROE"]


@pytest.mark.parametrize(
    "between",
    [
        "PAGE 02 RUKCAPE0417 UNCLAS\n",
        "BT\n#0417\nNNNN\n\nRTTUZYUW RUKCAPE0418 2761531-UUUU--RUORRIN.\nZNR UUUUU\n"
        "R 031530Z OCT 11\nFM COMNAVBASE PORT ORRIN//N1//\nTO NAVADMIN\nBT\n"
        "UNCLAS FINAL SECTION OF 02\n",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_list_set_off_goes_on_behind_a_page(between: str, place: int) -> None:
    rows = ["    HARBOR LAMPS (N4)\n", "    4 PILOT STAIRS\n", "    PORT ORRIN 55501\n"]
    rows.insert(place, between)
    head = _HEAD.replace("UNCLAS //", "UNCLAS SECTION 01 OF 02 //") if "BT" in between else _HEAD
    text = f"{head}SUBJ/A FICTIONAL LAMP//\nRMKS/1.  MAIL GOES TO:\n{''.join(rows)}{_TAIL}"
    assert _entries(text) == [
        ("paragraph", "1.", "MAIL GOES TO:"),
        ("preformatted", "", "HARBOR LAMPS (N4) 4 PILOT STAIRS PORT ORRIN 55501"),
        ("paragraph", "2.", "RELEASED BY CAPT J. DOE, N1."),
    ]


def test_a_letter_of_a_reference_begins_a_line() -> None:
    text = (
        f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nRMKS/1.  THE LAMPS:\n"
        "    A.  THE FIRST IS LIT AT NOON, PER REFERENCE\n    (A) AND AT NIGHT.\n"
        f"    B.  THE SECOND IS NOT.\n{_TAIL}"
    )
    assert [label for _, label, _ in _entries(text)] == ["1.", "A.", "B.", "2."]


@pytest.mark.parametrize("opening", ["RMKS 1.", "RMKS\n1.", "RMKS/1.", "GENTEXT/REMARKS/1."])
def test_a_subject_without_slants_ends_at_the_next_set(opening: str) -> None:
    """And the set above it, which forgot its end, ends at the subject."""
    head = _HEAD.replace("OCT//", "OCT/")
    text = f"{head}SUBJ: A FICTIONAL LAMP\n{opening} THIS IS FICTIONAL TEXT.\n{_TAIL}"
    cable = read(text.encode()).cable
    titled = subject(cable)
    assert titled is not None
    assert titled.title.text == "A FICTIONAL LAMP"
    assert [label for _, label, _ in _entries(text)] == ["1.", "2."]


def test_end_marks_that_mail_put_on_one_line() -> None:
    text = f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nRMKS/1.  TEXT.\n{_TAIL}"
    jammed = text.replace("BT\n#0417\nNNNN", "BT #0417 NNNN")
    assert _entries(jammed) == _entries(text)


def test_words_and_a_time_below_a_deep_line_are_no_row_of_names() -> None:
    text = (
        f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nRMKS/1.  THE LAMPS:\n    A.  AS FOLLOWS:\n"
        "               (1)  THE FIRST IS LIT FOR THE\n"
        "                    HARBOR MASTER BY A PILOT AT 0900\n"
        f"                    AND AT NIGHT.\n{_TAIL}"
    )
    assert [kind for kind, _, _ in _entries(text)] == ["paragraph"] * 4


def test_addressees_with_routing_apart_from_each_other() -> None:
    """As pages of the web give a message: a blank line below each."""
    lines = (
        "UNCLASSIFIED//\nROUTINE\nR 031530Z OCT 11 MID200000156685U\nFM NAVSTA PORT ORRIN\n"
        "TO NAVADMIN\nINFO NAVSTA VELLMAR\nRUKCAPE/NAVSTA KESTREL CAPE\nBT\nUNCLAS\n"
        "NAVADMIN 417/11\nMSGID/GENADMIN/NAVSTA PORT ORRIN/-/OCT//\nSUBJ/A FICTIONAL LAMP//\n"
    ).replace("\n", "\n\n")
    reading = read(f"{lines}RMKS/1.  THIS IS FICTIONAL TEXT.\n\n{_TAIL}".encode())
    assert [(kind.value, one.routing, one.name) for kind, one in addressees(reading.cable)] == [
        ("TO", None, "NAVADMIN"),
        ("INFO", None, "NAVSTA VELLMAR"),
        ("INFO", "RUKCAPE", "NAVSTA KESTREL CAPE"),
    ]


@pytest.mark.parametrize(
    "items",
    [
        [
            "A.  THE LAMPS ARE COUNTED BY VADM\n    A. B. ROE AND BY CAPTAIN J.\n    C. PELL.",
            "B.  ALL.",
        ],
        ["A.  THE LAMPS ARE COUNTED BY ADMIRAL\n        C. D. ROE AND THE PILOTS.", "B.  ALL."],
        ["A.  THE LAMPS WITH THE PILOT\n    J. C. ROE, AND OTHERS.", "B.  ALL."],
        [
            "A.  LAMPS.ROE(AT)ORRIN.EXAMPLE",
            "B.  BUOYS(AT)ORRIN.EXAMPLE",
            "D.  TAR(AT)ORRIN.EXAMPLE",
        ],
        ["A.  ROE, JANE, CDR", "B.  PELL, JOHN, LT", "C.  A. MARLOW"],
    ],
)
def test_an_initial_that_begins_a_line_is_no_label(items: list[str]) -> None:
    listed = "".join(f"    {item}\n" for item in items)
    text = f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nRMKS/1.  THE LAMPS:\n{listed}{_TAIL}"
    assert [label for _, label, _ in _entries(text)] == ["1.", *(i[:2] for i in items), "2."]


def test_the_group_of_the_message_that_a_copy_corrects() -> None:
    number = "NAVADMIN 417/11 CORRECTED COPY\nREF DTG R 021530Z OCT 11"
    text = f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nRMKS/1.  TEXT.\n{_TAIL}"
    reading = read(text.replace("NAVADMIN 417/11", number).encode())
    assert told_losses(reading) == []
    (note,) = every(reading.cable, model.Note)
    assert note.kind is model.NoteKind.CORRECTION


def test_a_set_with_a_role_jammed_behind_another() -> None:
    sets = "NARR/REF A IS A LETTER.// POC (LAMPS)/J. ROE/LT/TEL:(555)555-0142//"
    text = (
        f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nREF/A/LTR/PORT ORRIN/02SEP11//\n{sets}\nRMKS/1.  TEXT.\n"
    )
    reading = read(f"{text}{_TAIL}".encode())
    assert told_references(reading) == [("A", "LTR/PORT ORRIN/02SEP11", "A LETTER")]
    assert [
        s.fields[0].text for s in every(reading.cable, model.MessageSet) if s.name == "POC"
    ] == ["J. ROE"]


def test_a_subject_ends_above_a_paragraph_on_one_long_line() -> None:
    long = "The lamp is lit at noon. " * 30
    text = (
        "R 031530Z OCT 11\nFM COMDT COGARD PORT ORRIN\nTO ALCOAST\nBT\nUNCLAS\nALCOAST 417/11\n"
        f"SUBJ: A FICTIONAL LAMP\n1. {long}\n    A. Lamps.\n2. {long}\nBT\nNNNN\n"
    )
    titled = subject(read(text.encode()).cable)
    assert titled is not None
    assert titled.title.text == "A FICTIONAL LAMP"
    assert [label for _, label, _ in _entries(text)] == ["1.", "A.", "2."]


@pytest.mark.parametrize("title", ["A FICTIONAL LAMP IS LIT", "The Lamp’s First 100 Days"])
def test_a_page_of_the_web_above_a_message(title: str) -> None:
    """Its title is the page's; the number of the message is not."""
    site = f"An official website of the United States government\nHere's how you know\n\n{title}\n"
    sets = f"SUBJ/A FICTIONAL LAMP//\nRMKS/1.  TEXT.\n{_TAIL}"
    head = _HEAD[_HEAD.index("R 031530Z") :]
    for lines in (f"{site}\nUNCLASSIFIED//\nROUTINE\n{head}", f"{site}NAVADMIN 417/11\n{head}"):
        cable = read(f"{lines}{sets}".encode()).cable
        assert canonical_id(cable) == "NAVADMIN 417/11"
        (first, *_) = cable.parts
        assert isinstance(first, model.Handling)
    assert told_losses(read(f"{site}\nUNCLASSIFIED//\nROUTINE\n{head}{sets}".encode())) == []


def test_a_paragraph_without_a_number_right_above_its_table() -> None:
    table = "NAME                  DESIG\nROE JANE              1140\nPELL KARL             1120\n"
    lead = "THE PILOTS OF THE HARBOR STAND\nIN THIS ORDER:"
    text = f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nRMKS/1.  TEXT.\n\n{lead}\n{table}\n{_TAIL}"
    assert [(kind, words[:10]) for kind, _, words in _entries(text)] == [
        ("paragraph", "TEXT."),
        ("paragraph", "THE PILOTS"),
        ("table", "NAME DESIG"),
        ("paragraph", "RELEASED B"),
    ]


@pytest.mark.parametrize("opening", ["RMKS/1. ", "RMKS 1. ", "GENTEXT/REMARKS/1. "])
@pytest.mark.parametrize("notice", ["", "ADMINISTRATIVE MESSAGE ", "ATTENTION INVITED TO "])
@pytest.mark.parametrize("end", ["BT #0001 NNNN", "BT NNNN", "BT"])
def test_a_message_on_one_line(opening: str, notice: str, end: str) -> None:
    text = (
        f"UNCLASSIFIED// {notice}ROUTINE R 031530Z OCT 11 FM NAVSTA PORT ORRIN TO NAVADMIN BT "
        "UNCLAS NAVADMIN 417/11 MSGID/GENADMIN/NAVSTA PORT ORRIN/-/OCT// SUBJ/A FICTIONAL LAMP// "
        f"{opening}{'THE LAMP IS LIT AT NOON. ' * 12}2. RELEASED BY CAPT J. DOE, N1. {end}\n"
    )
    cable = read(text.encode()).cable
    assert canonical_id(cable) == "NAVADMIN 417/11"
    assert banner_text(cable) == "UNCLASSIFIED"
    entries = _entries(text)
    assert [label for _, label, _ in entries] == ["1.", "2."]
    assert entries[1][2] == "RELEASED BY CAPT J. DOE, N1."


def test_a_text_without_a_number_on_the_page_behind_rows() -> None:
    rows = "    HARBOR LAMPS (N4)\n    4 PILOT STAIRS\n    PORT ORRIN 55501\n\n"
    more = "ALL MAIL FOR THE PILOTS GOES TO THE HARBOR MASTER, WHO HAS A BOX\nFOR IT.\n\n"
    text = (
        f"{_HEAD}SUBJ/A FICTIONAL LAMP//\nRMKS/1.  MAIL GOES TO:\n{rows}"
        f"PAGE 02 RUKCAPE0417 UNCLAS\n{more}{_TAIL}"
    )
    assert [kind for kind, _, _ in _entries(text)] == [
        "paragraph", "preformatted", "paragraph", "paragraph",
    ]  # fmt: skip
