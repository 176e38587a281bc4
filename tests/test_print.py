"""Prints of State's archive and FOIA releases: whose marking is which, fields, stamps, sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from convert import convert
from convert.diagnostics import Code
from convert.model.cable import (
    AddresseeKind,
    Banner,
    Captions,
    DateTimeGroup,
    Handling,
    Heading,
    Joint,
    PageLine,
    Paragraph,
    PassageKind,
    Preformatted,
    Record,
    RecordKind,
    References,
    ReleaseMark,
    Signature,
    Subject,
    Tags,
)
from convert.model.facts import addressees, banner_text, canonical_id, instant, mrn
from convert.model.transcript import transcript
from convert.model.walk import every, first, flat, words
from convert.reader.read import Reading, read
from convert.reader.sections import transmissions
from tests.conftest import ROOT, shared

SAMPLE = ROOT / "samples" / "archive-print.txt"
STRIP = '               CSP-2025-00077    B-00003300201   "UNCLASSIFIED"   4/20/2026'
CASE = (
    "   UNCLASSIFIED U.S. Department of State Case No. F-2014-11111 Doc No. C05712345"
    " Date: 12/31/2015"
)
FIELDS = """\
          MRN:                94 KESTREL CAPE 1187
          Date/DTG:           Mar 09, 1994 / 091540Z Mar 94
          From:               AMEMBASSY KESTREL CAPE
          Action:             WASHDC, SECSTATE ROUTINE
          E.O.:               Unknown
          TAGS:               EWWT, KV
          Reference:          n/a
          Subject:            THE LAMP
"""
TELEGRAM = """\
          R 091540Z MAR 94
          FM AMEMBASSY KESTREL CAPE
          TO SECSTATE WASHDC 4410

          C O N F I D E N T I A L KESTREL CAPE 001187

          E.O. 12356: DECL:OADR
          TAGS: EWWT, KV
          SUBJECT: THE LAMP

          1. (C) THIS TELEGRAM IS FICTIONAL.

          ROE
"""
UNCLASSIFIED = TELEGRAM.replace("C O N F I D E N T I A L", "UNCLAS").replace("(C)", "(U)")
TEXT = """\

          1. (U) This text is fictional, and so is the lamp.

          Signature:          ROE
          Drafted By:         KESTREL CAPE:Doe, John
"""
NATIVE = """\
UNCLASSIFIED
               CSP-2025-00077    B-00003300123    "UNCLASSIFIED"    4/9/2026


                                      UNCLASSIFIED

          MRN:                 23 KESTREL CAPE 1544
          Date/DTG:            Sep 16, 2023 / 161450Z SEP 23
          From:                AMEMBASSY KESTREL CAPE
          Action:              WASHDC, SECSTATE ROUTINE; PORT ORRIN,
                               AMCONSUL PRIORITY; JOINT LAMP BOARD
          E.0.:                13526
          TAGS:                PGOV, PREL, Tl,
                               (ROE, JANE)
          Captions:            SENSITIVE
          Reference:           A) 23 KESTREL CAPE 1468
                               B) PORT ORRIN 210; C) SEPTEL
          Subject:             (SBU) Weekly Harbor Notes: The Lamp Is

                               Moved

          1. (SBU) Summary: This is a fictional cable. The Harbor Board of
          Kestrel Cape moved its lamp by nine feet. This edition features:

          \u2022 The Lamp Is Moved
          \u2022 The Board Names Its Commission and asks for
            comment from the pilots

          The Lamp Is Moved

          2. (SBU) A pilot told (b)(6) that every boat in the harbor had
          learned to steer by the error, so that the correction, which nobody


                                      Released in Part
                                      Jane Roe, Acting Director
                                      US Department of State
                                      4/8/2026

UNCLASSIFIED                                                              Pagel of 2
\fUNCLASSIFIED
               CSP-2025-00077    B-00003300123    "UNCLASSIFIED"    4/9/20 26


          had asked for, would cost a season of care.

          Two Gulls Testify

          (U) An unnumbered paragraph stands here with a mark.

          And one stands here without any mark at all, as the posts often
          write them.

          Signature:           ROE
          Drafted By:          KESTREL CAPE:Doe, John
          Cleared By:          POL:Roe, Richard
                               ECON:Poe, Anna
          Info:                PORT ORRIN, AMCONSUL ROUTINE; QUILL ISLAND, AMEMBASSY
                               ROUTINE
          XMT:                 n/a
          Dissemination Rule:  Archive Copy

                                      UNCLASSIFIED

UNCLASSIFIED                                                              Page 2 of 2
"""
IN_PART = f"""\
{CASE}
                                                              RELEASE IN PART
                                                              B1,1.4(B),1.4(D),B6

CONFIDENTIAL

PAGE 01        KESTRE 01187  091612Z
{TELEGRAM[: TELEGRAM.index("          1.")]}
1. (C) THIS TELEGRAM IS FICTIONAL. THE MINISTER TOLD                    B6
THAT THE LAMP WILL BE MOVED, AND THAT THE PILOTS OF THE HARBOR, WHO
HAVE STEERED BY THE ERROR SINCE 1931 (B6 OF THE CHART), WILL NEED A
{CASE}
\f{CASE}
CONFIDENTIAL

PAGE 02        KESTRE 01187  091612Z
SEASON OF CARE.

2. (C)                                                                  B1
                                                                        1.4(D)

B1

3. (U) THE BOARD, SAID (b)(6), IS PROUD OF ITS LAMP.
ROE

CONFIDENTIAL

NNNN
{CASE}
"""
MEMO = """\
UNCLASSIFIED      STATE DEPT. - PRODUCED TO HOUSE SELECT LAMP COMM.
U.S. Department of State
Case No. F-2015-04899
Doc No. C05739999
Date: 05/13/2015
RELEASE IN
PART B5,B6

From:          Doe, John <DoeJ@example.gov>
Sent:          Thursday, December 31, 2009     Classified by DAS, A/GIS, DoS on 07/30/2015
~ Class: CONFIDENTIAL
~ Reason: 1.4(D) ~ Declassify on: 12/31/2019
To:            Roe, Jane
Subject:       The lamp (fictional)

This is a fictional message. The Board moved its lamp by nine feet.

U.S. Department of State SUBJECT TO AGREEMENT ON SENSITIVE INFORMATION & REDACTIONS. NO FOIA WAIVER
Case No. F-2015-04899
STATE-SCB0045999
"""


def _text(source: str) -> Reading:
    return read(source.encode())


def _codes(reading: Reading) -> list[str]:
    return [found.code.id for found in reading.findings]


def _told(reading: Reading, code: Code) -> list[str]:
    return [found.message() for found in reading.findings if found.code is code]


def _paragraphs(reading: Reading) -> list[str]:
    return [words(part.content) for part in reading.cable.parts if isinstance(part, Paragraph)]


def _sheet(inside: str, edge: str = "UNCLASSIFIED", *, released: bool = True) -> str:
    strip = f"{STRIP}\n" if released else ""
    return f"{edge}\n{strip}\n\n{inside}\n\n{edge}          Page 1 of 1\n"


def _kinds(reading: Reading, typed: str) -> list[str]:
    """What carries each line that is ``typed`` and no more, in source order."""
    return [
        type(part).__name__
        for part in flat(reading.cable.parts)
        if not isinstance(part, Paragraph)
        for piece in part.lines
        if not isinstance(piece, Joint) and piece.text.strip() == typed
    ]


# --- round an old telegram ------------------------------------------------------------------------


def test_print_round_a_telegram() -> None:
    reading = read(SAMPLE)
    assert [form.form for form in reading.cable.forms] == ["print", "transmission"]
    assert banner_text(reading.cable) == "CONFIDENTIAL"
    assert canonical_id(reading.cable) == "94KESTRELCAPE1187"
    record, tail = every(reading.cable, Record)
    assert (record.kind, tail.kind) == (RecordKind.PRINT, RecordKind.TAIL)
    told = {field.name: field.value and field.value.text for field in record.fields}
    assert told == {
        "MRN": "94 KESTREL CAPE 1187",
        "Date/DTG": "Mar 09 , 1994 / 090000Z Mar 94",
        "From": "AMEMBASSY KESTREL CAPE",
        "Action": "WASHDC, SECSTATE PRIORITY; PORT ORRIN, AMCONSUL PRIORITY",
        "E.O.": "Unknown",
        "TAGS": "EWTT, PREL, ECON, KV, OS, HARBOR LAMP, (MARLOW, OTTO)",
        "Reference": None,
        "Subject": "HARBOR LAMP: THE PILOTS DISAGREE WITH THE BOARD, POLITELY",
    }
    assert [(f.name, f.value and f.value.text) for f in tail.fields] == [
        ("Dissemination Rule", "Archive Copy")
    ]
    assert _told(reading, Code.PRINT_DISAGREES) == [
        "Action: the print has SECSTATE WASHDC, AMCONSUL PORT ORRIN, the telegram SECSTATE WASHDC",
        "TAGS: the print has EWTT, HARBOR LAMP, (MARLOW, OTTO), the telegram EWWT",
    ]


def test_sheets_of_a_print() -> None:
    reading = read(SAMPLE)
    assert _kinds(reading, "UNCLASSIFIED") == ["ReleaseMark"] * 6
    assert _kinds(reading, "CONFIDENTIAL") == ["Handling", *["Banner"] * 6, "Handling"]
    sheets = [line for line in every(reading.cable, PageLine) if line.pages]
    assert [(line.page, line.pages) for line in sheets] == [(1, 3), (2, 3), (3, 3)]
    stamps = [mark for mark in every(reading.cable, ReleaseMark) if mark.released_on]
    assert [mark.released_on for mark in stamps] == [date(2026, 4, 14)] * 2
    assert stamps[0].text.text.startswith("Released in Full Jane Q. Roe, Acting-Director US")
    second = next(p for p in every(reading.cable, Paragraph) if p.label and p.label.number == 2)
    joint = next(piece for piece in second.content if isinstance(piece, Joint))
    assert [type(part).__name__ for part in joint.parts] == [
        "Banner", "ReleaseMark", "ReleaseMark", "PageLine", "ReleaseMark", "Handling", "Banner",
        "PageLine",
    ]  # fmt: skip
    assert not joint.inferred
    for text in _paragraphs(reading):
        assert not any(word in text for word in ("UNCLASS", "CONFID", "Released", "CSP", "Page"))


def test_real_print() -> None:
    """94 DUSHANBE 259: every line is known, and both disagreements are told."""
    reading = read(shared("corpus/declassified/smart-94DUSHANBE259.txt"))
    assert canonical_id(reading.cable) == "94DUSHANBE259"
    assert instant(reading.cable) == datetime(1994, 1, 31, 2, 58, tzinfo=UTC)
    assert banner_text(reading.cable) == "UNCLASSIFIED"
    labels = [p.label.typed for p in every(reading.cable, Paragraph) if p.label]
    assert labels == ["1.", "2.", "3.", "4."]
    assert "BOEING 747SP AT LAT" in _paragraphs(reading)[0]
    assert not list(every(reading.cable, Preformatted))
    assert [told.split(":")[0] for told in _told(reading, Code.PRINT_DISAGREES)] == [
        "Action",
        "TAGS",
    ]
    assert set(_codes(reading)) == {"R150"}


# --- whose marking is which -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "banner"),
    [
        pytest.param(_sheet(FIELDS + TELEGRAM), "CONFIDENTIAL", id="telegram-in-release"),
        pytest.param(_sheet(FIELDS + UNCLASSIFIED), "UNCLASSIFIED", id="both-alike"),
        pytest.param(
            _sheet("               CONFIDENTIAL\n\n" + FIELDS + TEXT), "CONFIDENTIAL", id="native"
        ),
        pytest.param(_sheet(FIELDS + TEXT), None, id="native-only-the-copy-is-marked"),
        pytest.param(_sheet(FIELDS + TEXT, released=False), "UNCLASSIFIED", id="no-release"),
        pytest.param(_sheet(FIELDS + TEXT, "SECRET"), "SECRET", id="edge-restricts"),
        pytest.param(
            _sheet("               SECRET\n\n" + FIELDS + TELEGRAM), "CONFIDENTIAL",
            id="archive-states-more",
        ),
        pytest.param(
            _sheet(
                "               CONFIDENTIAL\n\n"
                + FIELDS
                + TELEGRAM.replace("C O N F I D E N T I A L KESTREL CAPE 001187\n", "")
            ),
            "CONFIDENTIAL", id="telegram-lost-its-class",
        ),
        pytest.param(
            _sheet("               UNCLASSIFIED\n               SBU\n\n" + FIELDS + TEXT),
            "UNCLASSIFIED//SENSITIVE", id="sbu-under-the-class",
        ),
        pytest.param(
            _sheet("               UNCLASSIFIED SENSITIVE\n\n" + FIELDS + TEXT),
            "UNCLASSIFIED//SENSITIVE", id="caption-beside-the-class",
        ),
        pytest.param(
            _sheet(FIELDS + "          Classification:     CONFIDENTIAL\n" + TEXT),
            "CONFIDENTIAL", id="field",
        ),
    ],
)  # fmt: skip
def test_banner_is_the_documents_own(source: str, banner: str | None) -> None:
    reading = _text(source)
    assert banner_text(reading.cable) == banner
    assert ("MK000" in _codes(reading)) == (banner is None)
    assert "R100" not in _codes(reading)


@pytest.mark.parametrize("head", ["CONFIDENTIAL\n", "CONFIDENTIAL\nNOFORN\n", "\nCONFIDENTIAL\n\n"])
def test_class_of_the_document_at_the_head_of_its_sheets(head: str) -> None:
    """Below the strip, right above the sentence that goes on: a banner, and no word of it."""
    edges = f"UNCLASSIFIED    Page 1 of 2\n\fUNCLASSIFIED\n{STRIP}\n"
    broken = f"so that the correction, which nobody\n\n{edges}"
    text = TEXT.replace(
        "and so is the lamp.", f"{broken}{head}          had asked for, cost a season."
    )
    reading = _text(_sheet(f"{head}\n" + FIELDS + text))
    assert _paragraphs(reading) == [
        "This text is fictional, so that the correction, which nobody had asked for, cost a season."
    ]
    assert (banner_text(reading.cable) or "").startswith("CONFIDENTIAL")
    assert ("NOFORN" in head) == ((banner_text(reading.cable) or "") == "CONFIDENTIAL//NOFORN")


def test_class_of_the_archive_against_the_telegrams() -> None:
    reading = _text(_sheet("               SECRET\n\n" + FIELDS + TELEGRAM))
    assert _told(reading, Code.PRINT_DISAGREES) == [
        "Classification: the print has SECRET, the telegram CONFIDENTIAL"
    ]
    reading = _text(_sheet("           CONFIDENTIAL\n           NOFORN\n\n" + FIELDS + TELEGRAM))
    assert _told(reading, Code.PRINT_DISAGREES) == [
        "Captions: the print has NOFORN, the telegram none"
    ]


def test_misread_class_above_the_fields_is_an_error() -> None:
    reading = _text(_sheet("               COMFIDEMTIAL\n\n" + FIELDS + TEXT))
    assert banner_text(reading.cable) == "COMFIDEMTIAL"
    assert "MK013" in _codes(reading)
    reading = _text(_sheet("               COMFIDEMTIAL\n\n" + FIELDS + TELEGRAM))
    assert banner_text(reading.cable) == "CONFIDENTIAL"
    assert "MK013" not in _codes(reading)


def test_misread_marking_of_the_copy() -> None:
    reading = _text(_sheet(FIELDS + TELEGRAM, "IUNCLASSI Fl ED"))
    assert _kinds(reading, "IUNCLASSI Fl ED") == ["ReleaseMark"] * 2


# --- the fields as a heading ----------------------------------------------------------------------


def test_native_heading() -> None:
    reading = _text(NATIVE)
    cable = reading.cable
    assert [form.form for form in cable.forms] == ["print", "text"]
    assert canonical_id(cable) == "23KESTRELCAPE1544"
    assert instant(cable) == datetime(2023, 9, 16, 14, 50, tzinfo=UTC)
    group = first(cable, DateTimeGroup)
    assert group is not None
    assert group.typed.text == "161450Z SEP 23"
    assert [(k.value, a.name, a.precedence) for k, a in addressees(cable)] == [
        ("TO", "SECSTATE WASHDC", "ROUTINE"),
        ("TO", "AMCONSUL PORT ORRIN", "PRIORITY"),
        ("TO", "JOINT LAMP BOARD", None),
        ("INFO", "AMCONSUL PORT ORRIN", "ROUTINE"),
        ("INFO", "AMEMBASSY QUILL ISLAND", "ROUTINE"),
    ]
    tags = first(cable, Tags)
    assert tags is not None
    assert [tag.text for tag in tags.tags] == ["PGOV", "PREL", "Tl", "(ROE, JANE)"]
    listed = first(cable, References)
    assert listed is not None
    assert [(r.label, r.typed, r.canonical, r.inferred) for r in listed.references] == [
        ("A", "23 KESTREL CAPE 1468", "23KESTRELCAPE1468", False),
        ("B", "PORT ORRIN 210", "23PORTORRIN210", True),
        ("C", "SEPTEL", None, False),
    ]
    subject = first(cable, Subject)
    assert subject is not None
    assert subject.title.text == "Weekly Harbor Notes: The Lamp Is Moved"
    assert subject.portion is not None
    assert subject.portion.typed == "(SBU)"
    captions = first(cable, Captions)
    assert captions is not None
    assert captions.captions == ("SENSITIVE",)
    assert banner_text(cable) == "UNCLASSIFIED//SENSITIVE"
    assert {fact.name: fact.value for fact in transcript(cable).facts}["Executive order"] == "13526"
    assert "R150" not in _codes(reading)


def test_native_text() -> None:
    reading = _text(NATIVE)
    assert [heading.title.text for heading in every(reading.cable, Heading)] == [
        "The Lamp Is Moved",
        "Two Gulls Testify",
    ]
    labels = [p.label.typed if p.label else "" for p in every(reading.cable, Paragraph)]
    assert labels == ["1.", "\u2022", "\u2022", "2.", "", ""]
    texts = _paragraphs(reading)
    assert texts[2].endswith("asks for comment from the pilots")
    assert "which nobody had asked for" in texts[3]
    assert texts[5].endswith("write them.")
    signature = first(reading.cable, Signature)
    assert signature is not None
    assert signature.names == ("ROE",)
    records = [(r.kind.value, [f.name for f in r.fields]) for r in every(reading.cable, Record)]
    assert records == [
        ("print", ["MRN"]),
        ("tail", ["Drafted By", "Cleared By"]),
        ("tail", ["XMT", "Dissemination Rule"]),
    ]


def test_message_quoted_in_the_text() -> None:
    """A telegram that a numbered paragraph quotes is not the cable."""
    quoted = (
        "\n          2. (U) QUOTE:\n\n          R 010203Z JAN 01\n          FM AMCONSUL ORRIN\n"
    )
    reading = _text(_sheet(FIELDS + TEXT.replace("lamp.\n", "lamp.\n" + quoted)))
    assert canonical_id(reading.cable) == "94KESTRELCAPE1187"
    assert instant(reading.cable) == datetime(1994, 3, 9, 15, 40, tzinfo=UTC)
    assert "R150" not in _codes(reading)


def test_misread_date_is_kept_and_told() -> None:
    reading = _text(NATIVE.replace("161450Z SEP 23", "16145Z SEP 23"))
    assert _told(reading, Code.DATE_IMPOSSIBLE) == ["no such date: Sep 16, 2023 / 16145Z SEP 23"]
    assert canonical_id(reading.cable) == "23KESTRELCAPE1544"


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("94 DUSHANBE 259", "94DUSHANBE259"),
        ("1994 PORT AU  PRINCE 000412", "94PORTAUPRINCE412"),
        ("94 DUSHANBE", None),
        ("DUSHANBE 259", None),
    ],
)
def test_mrn(typed: str, reference: str | None) -> None:
    assert mrn(typed) == reference


def test_fields_without_columns() -> None:
    """A copy that lost its alignment: a value goes on to the next label."""
    bare = "\n".join(" ".join(line.split()) for line in FIELDS.splitlines())
    reading = _text(_sheet(bare.replace("THE LAMP", "THE LAMP\nIS MOVED") + "\n" + TEXT))
    subject = first(reading.cable, Subject)
    assert subject is not None
    assert subject.title.text == "THE LAMP IS MOVED"


def test_tail_labels_in_the_text_are_text() -> None:
    text = TEXT.replace(
        "lamp.", "lamp.\n\n          Info:  the lamp burns.\n\n          2. (U) It does."
    )
    reading = _text(_sheet(FIELDS + text))
    assert "Info: the lamp burns." in _paragraphs(reading)
    assert [k for k, _ in addressees(reading.cable)] == [AddresseeKind.TO]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("94 KESTREL CAPE 1187", "94 KESTREL CAPE 1178",
         "MRN: the print has 94 KESTREL CAPE 1178, the telegram 94KESTRELCAPE1187"),
        ("091540Z Mar 94", "101540Z Mar 94",
         "Date/DTG: the print has 101540Z Mar 94, the telegram 091540Z MAR 94"),
        ("091540Z Mar 94", "091541Z Mar 94",
         "Date/DTG: the print has 091541Z Mar 94, the telegram 091540Z MAR 94"),
        ("091540Z Mar 94", "090000Z Mar 94", None),
        ("AMEMBASSY KESTREL CAPE", "AMCONSUL KESTREL CAPE",
         "From: the print has AMCONSUL KESTREL CAPE, the telegram AMEMBASSY KESTREL CAPE"),
        ("Unknown", "12356", None),
        ("Unknown", "12958", "E.O.: the print has 12958, the telegram 12356"),
        ("EWWT, KV", "EWWT", "TAGS: the print has none of these, the telegram KV"),
        ("n/a", "n/a\n          Captions:           EXDIS",
         "Captions: the print has EXDIS, the telegram none"),
        ("          THE LAMP", "          The Lamp", None),
        ("          THE LAMP", "          THE LAMB",
         "Subject: the print has THE LAMB, the telegram THE LAMP"),
    ],
)  # fmt: skip
def test_disagreement(old: str, new: str, told: str | None) -> None:
    assert old in FIELDS
    reading = _text(_sheet(FIELDS.replace(old, new) + "\n" + TELEGRAM))
    assert _told(reading, Code.PRINT_DISAGREES) == ([told] if told else [])


# --- releases under the Freedom of Information Act ------------------------------------------------


def test_release_in_part() -> None:
    reading = _text(IN_PART)
    cable = reading.cable
    assert [form.form for form in cable.forms] == ["print", "transmission"]
    assert "a strip" in cable.forms[0].reason
    assert banner_text(cable) == "CONFIDENTIAL"
    stamp, code = every(cable, ReleaseMark)
    assert stamp.exemptions == ("B1", "1.4(B)", "1.4(D)", "B6")
    assert (code.text.text, code.exemptions) == ("B1", ("B1",))
    excised = [p.span.of(reading.text) for p in cable.passages if p.kind is PassageKind.EXCISION]
    assert excised == ["B6", "B1", "1.4(D)", "(b)(6)"]
    assert _paragraphs(reading)[0].endswith("WILL NEED A SEASON OF CARE.")
    assert [p.label.typed for p in every(cable, Paragraph) if p.label] == ["1.", "2.", "3."]
    strips = [part for part in every(cable, Handling) if "Case No." in part.lines[0].text]  # type: ignore[union-attr]
    assert len(strips) == 4


def test_codes_are_text_where_nothing_was_cut_out() -> None:
    reading = _text(
        IN_PART.replace("RELEASE IN PART", "RELEASE IN FULL").replace("B1,1.4(B),1.4(D),B6", "")
    )
    kinds = {passage.kind for passage in reading.cable.passages}
    assert PassageKind.EXCISION in kinds  # the lone code between two paragraphs is a mark
    reading = _text(TELEGRAM.replace("FICTIONAL.", "FICTIONAL, AND SO IS        B6"))
    assert not reading.cable.passages


@pytest.mark.parametrize(
    ("stamp", "exemptions"),
    [
        ("RELEASE IN FULL", ()),
        ("RELEASE IN PART B6", ("B6",)),
        ("RELEASED IN PART\nB1, 1.4(D)", ("B1", "1.4(D)")),
        ("RELEASE IN\nFULL", ()),
        ("RELEASE IN\nPART B5,B6", ("B5", "B6")),
        ("RELEASE IN PART\n\nB6", ("B6",)),
        ("RELEASE IN PART B6|", ("B6",)),
        ("(RELEASE IN FULL", ()),
        ("RELEASE IN PART B7(C), (b)(3)", ("B7(C)", "(b)(3)")),
        ("Declassified\nJane Roe, Acting Director\nUS Department of State\n2/25/2026", ()),
        ("RELEASE IN PART\nB1,1.4(D)\nREVIEW AUTHORITY: Jane Roe, Senior Reviewer",
         ("B1", "1.4(D)")),
    ],
)  # fmt: skip
def test_stamp(stamp: str, exemptions: tuple[str, ...]) -> None:
    reading = _text(f"{stamp}\n\n{TELEGRAM}")
    assert reading.cable.forms[0].form == "print"
    mark = first(reading.cable, ReleaseMark)
    assert mark is not None
    assert mark.text.text == " ".join(stamp.split())
    assert mark.exemptions == exemptions
    assert len(list(every(reading.cable, ReleaseMark))) == 1


def test_words_of_a_sentence_are_no_stamp() -> None:
    reading = _text(
        _sheet(
            FIELDS
            + TELEGRAM.replace(
                "FICTIONAL.",
                "FICTIONAL. THE\n          RELEASE IN PART OF THE LAMP WAS Page 2 of 3.",
            )
        )
    )
    assert _paragraphs(reading) == [
        "THIS TELEGRAM IS FICTIONAL. THE RELEASE IN PART OF THE LAMP WAS Page 2 of 3."
    ]


def test_released_memorandum() -> None:
    reading = _text(MEMO)
    assert [form.form for form in reading.cable.forms] == ["print", "text"]
    assert _paragraphs(reading) == [
        "This is a fictional message. The Board moved its lamp by nine feet."
    ]
    assert [mark.exemptions for mark in every(reading.cable, ReleaseMark)] == [
        ("B5", "B6"), (), (), ("1.4(D)",),
    ]  # fmt: skip
    assert _told(reading, Code.REVIEWER_CLASSIFIED) == [
        "a reviewer classified this copy, and says so: Classified by DAS, A/GIS, DoS on 07/30/2015"
    ]
    assert banner_text(reading.cable) is None
    assert not list(every(reading.cable, Banner))


def test_two_prints_in_one_file_are_told() -> None:
    second = NATIVE.replace("KESTREL CAPE 1544", "KESTREL CAPE 1545")
    reading = _text(NATIVE + "\f" + second)
    assert _told(reading, Code.TWO_MESSAGES) == [
        "this file holds more than one message: 23KESTRELCAPE1544, 23KESTRELCAPE1545"
    ]
    assert _told(_text(NATIVE), Code.TWO_MESSAGES) == []


@pytest.mark.parametrize("sheet", ["\f", "\n"])
def test_prints_of_one_file_are_cut_apart(sheet: str) -> None:
    """What stands on a sheet above the fields goes with them."""
    sources = [NATIVE, SAMPLE.read_text(), _sheet("        SECRET\n\n" + FIELDS + TEXT)]
    whole = sheet.join(sources)
    cut = [one.span.of(whole) for one in transmissions(whole)]
    assert [one.message for one in transmissions(whole)] == [
        "23KESTRELCAPE1544",
        "94KESTRELCAPE1187",
        "94KESTRELCAPE1187",
    ]
    assert [one.strip("\f\n") for one in cut] == [one.strip("\f\n") for one in sources]


def test_missing_sheet_is_told() -> None:
    reading = _text(NATIVE.replace("Page 2 of 2", "Page 3 of 3"))
    assert _told(reading, Code.PAGE_OUT_OF_ORDER) == ["page 3 follows page 1"]


# --- every output, every cut ----------------------------------------------------------------------


@pytest.mark.parametrize("format", ["tei", "docx", "pdf"])
@pytest.mark.parametrize(
    "source", [NATIVE, IN_PART, MEMO, _sheet(FIELDS + TELEGRAM)],
    ids=["native", "in-part", "memo", "telegram"],
)  # fmt: skip
def test_every_output(source: str, format: str) -> None:
    assert convert(_text(source).cable, format)


def _cuts() -> Iterator[str]:
    for source in (NATIVE, IN_PART, MEMO, SAMPLE.read_text()):
        lines = source.splitlines(keepends=True)
        for place in range(len(lines)):
            yield "".join(lines[place:])
            yield "".join(lines[: place + 1])
            yield "".join(lines[:place] + lines[place + 1 :])


def test_every_cut_is_accounted_for() -> None:
    for source in _cuts():
        if source.strip():
            assert "R100" not in _codes(_text(source)), source


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("MRN:      94 KESTREL CAPE 1\nAction:   " + "A;" * 150_000, id="one-line"),
        pytest.param("MRN:       94 KESTREL CAPE 1\nTAGS:      A\n" + "           B,\n" * 50_000,
                     id="many-lines"),
        pytest.param(FIELDS + "Info:  B\n\n\nx\n" * 20_000, id="tails"),
        pytest.param("RELEASE IN PART\n\n" + "B1\n\n" * 50_000, id="codes"),
        pytest.param(f"{STRIP}\n" * 20_000, id="strips"),
        pytest.param(f"{STRIP}\n1. A" + " " * 10**6 + "B6\n", id="blanks"),
    ],
)  # fmt: skip
def test_hostile(source: str) -> None:
    assert "R100" not in _codes(_text(source))
