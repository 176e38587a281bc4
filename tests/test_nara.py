"""Records of the National Archives: what is in them comes out of them, wherever a page ends."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from convert.job import render
from convert.model import cable as model
from convert.model.facts import addressees, canonical_id, captions, instant, subject
from convert.model.transcript import transcript
from convert.model.walk import every, first
from convert.options import Options
from convert.reader.read import Reading, read
from tests import records
from tests.record_text import Made

_ARCHIVE = {"R140", "R141", "R142", "R143", "R144", "R145", "R146"}


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**9))
@example(729906291)  # a section ends in mid-sentence, which goes on with NOTE BY FERRIES.
def test_what_is_in_a_record_comes_out(seed: int) -> None:
    made = records.make(seed)
    check(made, read(made.text.encode()))


def check(made: Made, reading: Reading) -> None:
    cable = reading.cable
    codes = [finding.code.id for finding in reading.findings]
    assert "R100" not in codes
    assert "R130" not in codes
    assert not list(every(cable, model.Unread))
    assert canonical_id(cable) == made.id
    assert instant(cable) == made.sent
    origin, tags, titled = first(cable, model.Origin), first(cable, model.Tags), subject(cable)
    assert origin is not None
    assert origin.name.text == made.origin
    assert tags is not None
    assert [tag.text for tag in tags.tags] == made.tags
    assert titled is not None
    assert titled.title.text == made.subject
    banners = {banner.marking for banner in every(cable, model.Banner)}
    assert len(banners) == 1
    assert list(captions(cable)) == made.captions
    for kind, names in (("TO", made.to), ("INFO", made.info)):
        found = [a for k, a in addressees(cable) if k.value == kind]
        said = [" ".join(filter(None, (a.name, a.precedence, a.number))) for a in found]
        assert said == names
    cited = [r.typed for part in every(cable, model.References) for r in part.references]
    assert cited == made.references
    entries = [
        (e.kind.replace("table", "preformatted"), e.label, e.mark, e.words)  # cells or as typed
        for e in transcript(cable).entries
    ]
    entries = [one for one in entries if not one[3].startswith("C O R R E C T E D")]
    expected = [(b.kind, b.label, b.mark, " ".join(b.words)) for b in made.blocks]
    expected.insert(
        len(expected) - (expected[-1][0] == "note"), ("signature", "", "", made.signature)
    )
    assert entries == expected
    for mark in every(cable, model.ReleaseMark):
        assert mark.text.text == made.stamp
        assert mark.released_on is not None
    kept = first(cable, model.Record)
    assert kept is not None
    assert {f.name: f.value.text if f.value else None for f in kept.fields} == made.fields
    assert {code for code in codes if code in _ARCHIVE} == made.told


def _findings(text: str) -> list[tuple[str, str]]:
    found = read(text.encode()).findings
    return [(f.code.id, f.message()) for f in found if f.code.id in _ARCHIVE]


_TELEGRAM = """\
Message Text

PAGE 01 BUENOS 00051 101905Z
ACTION ARA-{copies}

INFO OCT-01 EB-03 /009 W
           --------------------- 111390
R 101905Z JAN 74
FM AMEMBASSY BUENOS AIRES
TO SECSTATE WASHDC 12

C O N F I D E N T I A L BUENOS AIRES 51
{caption}
E.O. 11652: {order}
TAGS: PGOV, OVIP (ROE, JANE), AR
SUBJECT: A FICTIONAL LAMP
REF: STATE 4, ORLEMONT 12

1. THIS IS FICTIONAL TEXT.
ROE

NNN

Message Attributes
{attributes}
"""


def _telegram(attributes: str, copies: int = 5, caption: str = "", order: str = "GDS") -> str:
    return _TELEGRAM.format(
        attributes=attributes, copies=f"{copies:02}", caption=caption, order=order
    )


@pytest.mark.parametrize(
    "attributes",
    [
        "Document Number: 1974BUENOS00051\nDraft Date: 10 JAN 1974\nFrom: BUENOS AIRES OR-P",
        "Draft Date: 01 JAN 1960",  # no date
        "Draft Date: 10-Jan-1974 12:00:00 am\nFrom: BUENOS",
        "Current Classification: UNCLASSIFIED\nOriginal Classification: CONFIDENTIAL",
        "Subject: A FICTIONAL LAMP THIS IS FICTIONAL TEXT",
        "Subject: A FICTIONAL LAM",
        "TAGS: PGOV, OVIP, AR, (ROE, JANE)",
        "Executive Order: GS\nOriginal Handling Restrictions: n/a",
        "Reference: 74 STATE 4",
        "Locator: TEXT ON-LINE, ON MICROFILM\nPage Count: 7",
    ],
)
def test_records_that_agree(attributes: str) -> None:
    assert _findings(_telegram(attributes)) == []


@pytest.mark.parametrize(
    ("attributes", "code", "says"),
    [
        (
            "Document Number: 1974BUENOS00052",
            "R140",
            "1974BUENOS00052, the text is 74BUENOSAIRES51",
        ),
        ("Document Number: 1973BUENOS00051", "R140", "1973BUENOS00051"),
        ("Document Number: 1974LIMA00051", "R140", "1974LIMA00051"),
        ("Original Classification: SECRET", "R141", "is SECRET, the banner's CONFIDENTIAL"),
        ("Draft Date: 11 JAN 1974", "R142", "the archive has 1974-01-11, the text 1974-01-10"),
        ("From: LIMA", "R142", "the archive has LIMA, the text AMEMBASSY BUENOS AIRES"),
        ("Original Handling Restrictions: EXDIS", "R142", "has EXDIS, the text none"),
        ("Subject: ANOTHER LAMP", "R143", "ANOTHER LAMP"),
        ("TAGS: PGOV, US", "R143", "only there: US, the text only here: AR, OVIP"),
        ("Executive Order: N/A", "R143", "Executive Order"),
        ("Reference: 74 STATE 4, 74 LIMA 7", "R143", "the archive has LIMA 7"),
        ("Locator: TEXT ON MICROFILM", "R144", "TEXT ON MICROFILM"),
    ],
)
def test_records_that_disagree(attributes: str, code: str, says: str) -> None:
    ((found, message),) = _findings(_telegram(attributes))
    assert found == code
    assert says in message


def test_the_sum_of_copies() -> None:
    says = "the offices of the distribution get 10 copies, their sum says 009"
    assert _findings(_telegram("Type: TE", copies=6)) == [("R145", says.replace("009", "9"))]


def test_a_field_goes_on_at_the_beginning_of_a_line() -> None:
    """What is no key of the archive's is the value's; a release stamp is neither."""
    stamp = "   Declassified/Released US Department of State EO Systematic Review 30 JUN 2005"
    text = _telegram(
        f"Concepts: n/a\nReview Markings:\nJANE ROE\nDeclassified/Released\n{stamp}\n\f{stamp}\n"
        "US Department of State\nSubject: A FICTIONAL\nLAMP: A VIEW\nNew Sort Of Field: X\nTAGS:"
    )
    kept = first(read(text.encode()).cable, model.Record)
    assert kept is not None
    assert [(f.name, f.value and f.value.text) for f in kept.fields] == [
        ("Concepts", None),
        ("Review Markings", "JANE ROE Declassified/Released US Department of State"),
        ("Subject", "A FICTIONAL LAMP: A VIEW"),
        ("New Sort Of Field", "X"),
        ("TAGS", None),
    ]
    marks = list(every(read(text.encode()).cable, model.ReleaseMark))
    assert [mark.released_on and mark.released_on.year for mark in marks] == [2005, 2005]


def test_a_withdrawal_card() -> None:
    """The card is a note, the archive's words are told as the archive's, nothing is made up."""
    text = (
        "Message Text\n\nTEXT WITHDRAWN\nREASON: B1\nNUMBER: 0412\n\nMessage Attributes\n"
        "Draft Date: 10 JAN 1974\nDocument Number: 1974BUENOS00051\nFrom: BUENOS AIRES\n"
        "Locator: TEXT NOT ON-LINE\nOriginal Classification: SECRET\nSubject: A LAMP\n"
    )
    reading = read(text.encode())
    (note,) = every(reading.cable, model.Note)
    assert note.kind is model.NoteKind.WITHDRAWAL
    facts = {fact.name: fact.value for fact in transcript(reading.cable).facts}
    assert facts == {
        "Archive record": "1974BUENOS00051",
        "Archive date": "10 JAN 1974",
        "Archive from": "BUENOS AIRES",
        "Archive classification": "SECRET",
        "Archive subject": "A LAMP",
    }
    assert transcript(reading.cable).banner is None
    assert {finding.code.id for finding in reading.findings} == {"MK000", "R144", "R146"}


def test_a_message_within_the_message() -> None:
    """Its FM and TO are the text's, not the cable's."""
    text = _telegram("Type: TE").replace(
        "1. THIS IS FICTIONAL TEXT.",
        'INFO: QUOTE\n"R 242331Z MAY 73\nFM USCINCXX\nTO RUEXXX/AMEMBASSY LIMA\n'
        "DE RUEXXX #1234 1232331\nTHE LETTER IS ON ITS WAY.\nEND, UNQUOTE",
    )
    reading = read(text.encode())
    facts = [(fact.name, fact.value) for fact in transcript(reading.cable).facts]
    assert ("From", "AMEMBASSY BUENOS AIRES") in facts
    assert [value for name, value in facts if name == "To"] == ["SECSTATE WASHDC 12"]
    assert len(list(every(reading.cable, model.Origin))) == 1
    quoted, signature = transcript(reading.cable).entries
    assert quoted.words.startswith('INFO: QUOTE "R 242331Z ')
    assert signature.kind == "signature"
    (passage,) = reading.cable.passages
    assert passage.kind is model.PassageKind.QUOTATION
    assert passage.span.of(reading.text).endswith("UNQUOTE")


@pytest.mark.parametrize("format", ["tei", "docx", "pdf"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_outputs_read_back(seed: int, format: str) -> None:
    made = records.make(seed)
    assert render(read(made.text.encode()).cable, format, Options()).data


@pytest.mark.parametrize("seed", range(1, 9))
def test_page_lines_on_two_lines(seed: int) -> None:
    """As copies of the telegrams of 1978 and 1979 have them."""
    made = records.make(seed)
    parted = re.sub(r"(?m)^( *PAGE \d\d) +(\S.*)$", r"\1\n\2", made.text)
    assert parted != made.text
    reading = read(parted.encode())
    check(made, reading)
    assert render(reading.cable, "tei", Options()).data


def test_a_telegram_sent_on() -> None:
    """Its class line and reference are quoted: the file holds one message."""
    text = _telegram("Type: TE").replace(
        "E.O. 11652: GDS",
        "FOR LAMP OFFICER\nFOLLOWING REPEATS KESTREL CAPE 4926 ACTION SECSTATE\n"
        "INFO PORT ORRIN JULY 21ST\nQUOTE\nC O N F I D E N T I A L KESTREL CAPE 4926\n"
        "E.O. 11652: GDS",
    )
    reading = read(text.encode())
    assert "R112" not in {finding.code.id for finding in reading.findings}
    assert canonical_id(reading.cable) == "74BUENOSAIRES51"
    assert [kind.value for kind, _ in addressees(reading.cable)] == ["TO"]
    said = [part.text.text for part in every(reading.cable, model.Passing)]
    assert said == [
        "FOR LAMP OFFICER",
        "FOLLOWING REPEATS KESTREL CAPE 4926 ACTION SECSTATE INFO PORT ORRIN JULY 21ST",
        "QUOTE",
    ]
    assert render(reading.cable, "tei", Options()).data


def test_an_hour_that_is_none() -> None:
    """The day and hour are told as impossible; the year still dates the telegram."""
    reading = read(_telegram("Type: TE").replace("R 101905Z", "R 101985Z").encode())
    assert "R132" in {finding.code.id for finding in reading.findings}
    assert instant(reading.cable) is None
    assert canonical_id(reading.cable) == "74BUENOSAIRES51"
    cited = [
        r.canonical for part in every(reading.cable, model.References) for r in part.references
    ]
    assert cited == ["74STATE4"]
