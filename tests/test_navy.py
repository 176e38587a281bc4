"""Navy messages: every way in which real ones differ, on fictional messages in the same form."""

from __future__ import annotations

import textwrap
from itertools import islice, product

import pytest

from convert.job import render
from convert.model import cable as model
from convert.model.coverage import coverage
from convert.model.facts import (
    addressees,
    banner_text,
    canonical_id,
    header_facts,
    instant,
    subject,
)
from convert.model.walk import every, first, words
from convert.options import Options
from convert.reader.read import Reading, read

SENT = "2011-10-03T15:30"
ADDRESSED = "FM COMNAVBASE PORT ORRIN//N1//\nTO NAVADMIN\n"
JANAP = "RTTUZYUW RUKCAPE0417 2761530-UUUU--RUORRIN.\nZNR UUUUU\nR 031530Z OCT 11\n"
PASSED = "PASS TO OFFICE CODES:\nFM COMNAVBASE PORT ORRIN//N1//\nINFO COMDESRON NINE NINE//N3//\n"

HEADS = (
    f"{JANAP}{ADDRESSED}BT\nUNCLAS //N10126//\n",
    f"{JANAP}{ADDRESSED}UNCLAS//N10126//\n",  # no BT
    f"TO   NAVADMIN\n     NAVADMIN @ AL NAVADMIN\n\n\n{JANAP}{ADDRESSED}BT UNCLAS //N10126//\n",
    "RAAUZELX RUKCAPE0417 2761530-UUUU-RUORRIN\nZNR UUUUU  ZEL ZUI RUKCAPE0417 2761531\n"
    f"P R 031530Z OCT 11 ZYB MIN ZYW PSN 849726K36\n{ADDRESSED}ZEN/NAVADMIN @ AL NAVADMIN(UC)\n"
    f"BT\nUNCLAS\nSUBJ: FICTIONAL MESSAGE CUT SHORT BY THE\n{PASSED}UNCLAS //N10126//\n",
    f"UNCLASSIFIED//\n\nROUTINE\n\nR 031530Z OCT 11\n\n{ADDRESSED}\nBT\nUNCLAS\n{PASSED}",
    f"UNCLASSIFIED/\nADMINISTRATIVE MESSAGE\nROUTINE\nR 031530 OCT 11\n{ADDRESSED}BT\nUNCLAS\n",
    f"CLASSIFICATION: UNCLASSIFIED// \nROUTINE \nR 031530Z OCT 11 MID510001435194U \n{ADDRESSED}"
    "BT \nUNCLAS \n \n",
    f"**************** UNCLASSIFIED / ****************\n\nR 031530Z OCT11\n{ADDRESSED}",
    f"UNCLASSIFIED//\nROUTINE\nR 031530Z OCT 11\nBT\nUNCLAS\n"
    f"PASS TO ALL OFFICE CODES:\n{ADDRESSED}",
    "From: I. Roe <roe@orrin.example>\nSent: Monday, October 03, 2011 4:02 PM\nTo: All\n"
    f"Subject: FW: boots\n\n{JANAP}{ADDRESSED}BT\nUNCLAS\n",
    f"PASS TO OFFICE CODES:\n\nR 031530Z OCT 11\n{ADDRESSED}INFO COMDESRON NINE NINE//N3//\n"
    "UNCLAS //N10126//\n",
    f"ROUTINE\nR 031530Z OCT 11\n{ADDRESSED}BT\nUNCLAS\n{ADDRESSED}UNCLAS\n",
)
NUMBERS = (
    "NAVADMIN 041/11\n",
    "\nNAVADMIN 041/11 CORRECTED COPY\n\n",
    "NAVADMIN 41/11 (CORRECTED COPY)\n",
    "NAVADMIN041/11\n",
    "NAVADMIN //041/11//\n",
    "NAVADMIN/041/11\n",
)
SETS = (
    "MSGID/GENADMIN/COMNAVBASE PORT ORRIN/N1/OCT//\n\nSUBJ/BOOTS, WET AND\n/DRY//\n\n",
    "MSGID/GENADMIN/COMNAVBASE PORT ORRIN/N1/OCT/\nSUBJ/BOOTS, WET AND \nDRY// \n",
    "SUBJ/BOOTS, WET AND\nDRY//\nMSGID/NAVADMIN/COMNAVBASE PORT ORRIN//N1/OCT///\n",
    "MSGID/GENADMIN/COMNAVBASE PORT ORRIN/-/OCT//\nSUBJ/BOOTS, WET AND\n\n\n"
    "PAGE 02 RUKCAPE0417 UNCLAS\nDRY//\n",
    "MSGID/GENADMIN/COMNAVBASE PORT ORRIN// SUBJ/(U) BOOTS, WET AND DRY\n",
)
REFERENCES = (
    "REF/A/DOC/ORRIN/15AUG05//\nREF/B/MSG/PORT ORRIN/152009ZAUG2005//\n"
    "NARR/REF A IS AN INSTRUCTION.  REF B IS NAVADMIN 192/05, BOOTS.//\n",
    "REF/A/DOC/ORRIN/15AUG05// REF/B/MSG/PORT \nORRIN/152009ZAUG2005// NARR/REF A IS AN \n"
    "INSTRUCTION. REF B IS \nNAVADMIN 192-05, BOOTS.//\n",
    "REF/A/DOC/ORRIN/15AUG05//REF/B/MSG/PORT ORRIN/152009ZAUG2005//\nAMPN/ Ref (a) is an "
    "instruction.\nRef (b) is NAVADMIN 192/05, boots.// POC/I. ROE/LT/PORT ORRIN\n"
    "/TEL:(555)555-0142//\n",
    "REF/A/DOC/ORRIN/15AUG05\n\nREF/B/MSG/PORT ORRIN/152009ZAUG2005//\n\nNARR/REF A IS AN "
    "INSTRUCTION// REF B IS NAVADMIN 192/05, BOOTS//\n\n",
    "REF/A/DOC/ORRIN/15AUG05//\nAMPN/AN INSTRUCTION//\nREF/B/MSG/PORT ORRIN/152009ZAUG2005//\n"
    "AMPN/NAVADMIN 192/05, BOOTS//\nPOC/I. ROE/LT/-//\n",
)
OPENINGS = (
    "RMKS/",
    "GENTEXT/REMARKS/",
    "GENTEXT/RMKS/",
    "RMKS/ ",
    "RMKS ",
    "GENTEXT/REMARKS// RMKS/",
    "\nRMKS/\n",
    "",
)
TEXT = """\
1.  THIS MESSAGE IS FICTIONAL.
2.  COMMANDS SHALL COUNT BOOTS
    A.  BY SHIP, AND
    B.  BY HAND
      (1) LEFT
      (2) RIGHT, FOLLOWING


PAGE 03 RUKCAPE0417 UNCLAS
REF A.
"""
ENDS = (
    "3.  RELEASED BY CAPT J. DOE, N1.//\nBT\n#0417\n\n\n\nNNNN\n",
    "3. Released by CAPT J. DOE,\nDirector, Boots (N1).//\n\nBT\n#0001\nNNNN\nUNCLASSIFIED//\n",
    "3.  RELEASED BY CAPT J. DOE, N1./\n",
    "3.  Release authorized by CAPT J. DOE\n\nBT\nNNNN\nCLASSIFICATION: UNCLASSIFIED//\n",
    "3.  RELEASED BY CAPT J. DOE (ORRIN N1).// \nBT \n#0417 \nNN \nRTD:000-000/COPIES:\n",
    "3.  RELEASED BY CAPT J. DOE, N1.// BT #0417 NNNN\n",
    "3.  RELEASED BY CAPT J. DOE, N1.// BT\n\n#0417\t\nNNNN\nUNCLASSIFIED//\n",
)
RELEASED = (
    "RELEASED BY CAPT J. DOE, N1.",
    "Released by CAPT J. DOE, Director, Boots (N1).",
    "RELEASED BY CAPT J. DOE, N1.",
    "Release authorized by CAPT J. DOE",
    "RELEASED BY CAPT J. DOE (ORRIN N1).",
    "RELEASED BY CAPT J. DOE, N1.",
    "RELEASED BY CAPT J. DOE, N1.",
)
EVERY = product(HEADS, NUMBERS, SETS, REFERENCES, OPENINGS, ENDS)
SOME = list(islice(EVERY, 0, None, 251))


def _message(
    head: str = HEADS[0],
    number: str = NUMBERS[0],
    sets: str = SETS[0],
    references: str = "",
    opening: str = "RMKS/",
    end: str = ENDS[0],
    text: str = TEXT,
) -> Reading:
    return read(f"{head}{number}{sets}{references}{opening}{text}{end}".encode())


@pytest.mark.parametrize("parts", SOME, ids=map(str, range(len(SOME))))
def test_variations(parts: tuple[str, ...]) -> None:
    """What a message says comes out however it is typed."""
    reading = _message(*parts)
    cable = reading.cable
    assert [one.form for one in cable.forms] == ["navy"]
    sent, origin, titled = instant(cable), first(cable, model.Origin), subject(cable)
    assert (sent.isoformat("T")[:16] if sent else None) == SENT
    assert origin is not None
    assert origin.name.text == "COMNAVBASE PORT ORRIN//N1//"
    assert next(addressees(cable))[1].name == "NAVADMIN"
    assert canonical_id(cable) == "NAVADMIN 041/11"
    assert banner_text(cable) == "UNCLASSIFIED"
    assert titled is not None
    assert titled.title.text == "BOOTS, WET AND DRY"
    (listed,) = every(cable, model.References)
    told = [(r.label, r.kind.value, r.canonical, (r.note or "").upper()) for r in listed.references]
    assert told == [
        ("A", "other", None, "AN INSTRUCTION"),
        ("B", "cable", "NAVADMIN 192/05", told[1][3]),
    ]
    assert told[1][3].replace("-", "/") == "NAVADMIN 192/05, BOOTS"
    paragraphs = [
        (p.label.typed if p.label else "", p.level, words(p.content))
        for p in every(cable, model.Paragraph)
    ]
    assert paragraphs == [
        ("1.", 0, "THIS MESSAGE IS FICTIONAL."),
        ("2.", 0, "COMMANDS SHALL COUNT BOOTS"),
        ("A.", 1, "BY SHIP, AND"),
        ("B.", 1, "BY HAND"),
        ("(1)", 2, "LEFT"),
        ("(2)", 2, "RIGHT, FOLLOWING REF A."),
        ("3.", 0, RELEASED[ENDS.index(parts[-1])]),
    ]
    assert _signers(cable) == ["CAPT J. DOE"]
    assert coverage(cable).percent == 100.0
    assert not [found for found in reading.findings if found.code.id == "R100"]


def _signers(cable: model.Cable) -> list[str | None]:
    return [one.signer for one in cable.passages if one.kind is model.PassageKind.RELEASE]


def test_header_line() -> None:
    header = first(_message().cable, model.HeaderLine)
    assert header is not None
    assert (header.precedence, header.medium, header.classification, header.content) == (
        model.Precedence.ROUTINE, "TT", "U", "ZYUW",
    )  # fmt: skip
    assert (header.indicator, header.serial, header.julian_day, header.time) == (
        "RUKCAPE", "0417", 276, "1530",
    )  # fmt: skip
    assert (header.letters, header.destination) == ("UUUU", "RUORRIN")


def test_page_line() -> None:
    page = first(_message().cable, model.PageLine)
    assert page is not None
    assert (page.post, page.serial, page.page) == ("RUKCAPE", "0417", 3)


def test_pages_of_sections() -> None:
    """A page line names no section: it belongs to the one that the class line names."""
    second = HEADS[0].replace("UNCLAS //N10126//", "UNCLAS FINAL SECTION OF 02")
    text = "1. THE SENTENCE IS CUT BY THE\nBT\n#0417\nNNNN\n\n" + second
    text += "SECTION.\n\nPAGE 02 RUKCAPE0418 UNCLAS\nIT GOES ON.\n"
    head = HEADS[0].replace("UNCLAS //", "UNCLAS SECTION 01 OF 02 //")
    reading = _message(head, text=text, end="//\nBT\n")
    assert not [found.code.id for found in reading.findings if found.code.id in ("R110", "R111")]
    (paragraph,) = every(reading.cable, model.Paragraph)
    assert words(paragraph.content) == "THE SENTENCE IS CUT BY THE SECTION. IT GOES ON."


@pytest.mark.parametrize(
    "repeated", ["BOOTS, WET", "BOOTS, WET AND DRY", "BOOTS, WET AND\nDRY", "BOOTS,\nWET AND DRY//"]
)
def test_the_title_above_a_next_section(repeated: str) -> None:
    """It repeats that of the message, often cut short, and the text goes on right below it."""
    second = HEADS[0].replace("UNCLAS //N10126//", "UNCLAS FINAL SECTION OF 02")
    text = f"1. THE SENTENCE IS CUT BY THE\nBT\n#0417\nNNNN\n\n{second}SUBJ: {repeated}\n"
    text += "SECTION AND ITS TITLE.\n2. IT GOES ON.\n"
    head = HEADS[0].replace("UNCLAS //", "UNCLAS SECTION 01 OF 02 //")
    reading = _message(head, text=text, end="//\nBT\n")
    told = [words(part.content) for part in every(reading.cable, model.Paragraph)]
    assert told == ["THE SENTENCE IS CUT BY THE SECTION AND ITS TITLE.", "IT GOES ON."]
    assert coverage(reading.cable).percent == 100.0


def test_kinds_of_references() -> None:
    sets = "".join(
        f"REF/{label}/{kind}/PORT ORRIN/01JAN11//\n"
        for label, kind in zip(
            "ABCDEFG", ("MSG", "LTR", "EMAIL", "TEL", "RPT", "USC", "MTG"), strict=True
        )
    )
    listed = first(_message(references=sets).cable, model.References)
    assert listed is not None
    kinds = ["cable", "letter", "e-mail", "telecon", "report", "statute", "other"]
    assert [reference.kind.value for reference in listed.references] == kinds


def test_a_general_message_is_its_own_reference() -> None:
    listed = first(_message(references="REF/A/ALNAV 011/17//\n").cable, model.References)
    assert listed is not None
    assert listed.references[0].canonical == "ALNAV 011/17"


def test_serial_of_the_message() -> None:
    """Without the number of a general message the set names the message, by its serial."""
    sets = "MSGID/GENADMIN/USS FICTITIOUS/0123/OCT//\nSUBJ/BOOTS//\n"
    assert canonical_id(_message(number="", sets=sets).cable) == "11USSFICTITIOUS123"
    assert canonical_id(_message(number="").cable) is None  # N1 is an office


@pytest.mark.parametrize(
    ("line", "banner"),
    [
        ("UNCLAS FOUO //N10126//", "UNCLASSIFIED//FOUO"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "UNCLASSIFIED//FOUO"),
        ("UNCLAS //N10126// PERSONAL FOR COMMANDING OFFICERS", "UNCLASSIFIED"),
        ("UNCLAS PERSONAL FOR CAPT DOE", "UNCLASSIFIED"),
        ("C O N F I D E N T I A L //N03501//", "CONFIDENTIAL"),
        ("S E C R E T NOFORN //N03501//", "SECRET//NOFORN"),
    ],
)
def test_class_line(line: str, banner: str) -> None:
    """The subject code is no part of the marking, and a control is."""
    head = HEADS[0].replace("UNCLAS //N10126//", line)
    cable = _message(head, text="1. (U) FICTION.\n").cable
    assert banner_text(cable) == banner
    assert "N10126" not in " ".join(found.typed.text for found in every(cable, model.Banner))


def test_quoted_number_is_text() -> None:
    text = 'CHANGE REF A, PARA 3 TO READ:\n"3. ALL BOOTS ARE\nBOOTS."\n'
    (paragraph,) = every(_message(text=f"1. {text}", end="//\n").cable, model.Paragraph)
    assert words(paragraph.content) == " ".join(text.split())


def test_marks_stay_with_their_paragraphs() -> None:
    """The line that names who released the message keeps its number and its mark."""
    cable = _message(text="1. (U) BOOTS.\n", end="2. (U) RELEASED BY LT ROE, N1.//\n").cable
    assert _signers(cable) == ["LT ROE"]
    marks = [p.portion.typed for p in every(cable, model.Paragraph) if p.portion]
    assert marks == ["(U)", "(U)"]


@pytest.mark.parametrize(
    "end",
    [
        "3.  THE GEAR IS RETURNED OR\nRELEASED BY THE CHANDLERY.//\n",
        "3.  GEAR IS READY.\nRELEASED BY 1 OCT 11.//\n",
        "3.  THE CHANDLERY SENDS GEAR.//\n",
    ],
)
def test_no_release_line(end: str) -> None:
    """A last sentence that speaks of release names nobody who released the message."""
    cable = _message(end=end).cable
    assert first(cable, model.Signature) is None
    assert _signers(cable) == []


def test_who_sends() -> None:
    assert _signers(_message(end="3.  THE BASE COMMANDER SENDS.//\n").cable) == [
        "THE BASE COMMANDER"
    ]
    signature = first(_message(end="RELEASED BY LT ROE, JR. USN, N1.//\n").cable, model.Signature)
    assert signature is not None
    assert signature.names == ("LT ROE, JR. USN",)


def test_a_reference_at_a_line_end_is_no_item() -> None:
    """``(b)`` in an item ``a.`` goes on with its sentence; ``b.`` does not."""
    text = "1.  COMMANDS:\n    a.  wait, per reference\n(b) and all of it, at\nb.  end.\n"
    items = [p for p in every(_message(text=text).cable, model.Paragraph) if p.level]
    assert [words(p.content) for p in items] == [
        "wait, per reference (b) and all of it, at",
        "end.",
    ]


def test_a_number_that_skips_one() -> None:
    """Paragraph 4 follows 2 though no sentence ends above it: 5 goes on from there."""
    text = "1.  BOOTS.\n2.  SEE:\n    A.  SECTION 324\n4.  COUNT BOOTS AS THE\nLAW SAYS IN\n"
    text += "17. AND ELSEWHERE.\n5.  WAIT.\n"
    cable = _message(text=text, end="6.  RELEASED BY CAPT J. DOE, N1.//\n").cable
    labels = [p.label.typed for p in every(cable, model.Paragraph) if p.label]
    assert labels == ["1.", "2.", "A.", "4.", "5.", "6."]


def test_labels_beyond_the_alphabet() -> None:
    labels = [chr(n) for n in range(ord("A"), ord("Z") + 1)] + ["AA", "BB", "CC"]
    text = "1.  EVENTS:\n" + "".join(f"{label}.  BOOTS AND\n    SOCKS.\n" for label in labels)
    cable = _message(text=text).cable
    items = [p.label.typed.strip(".") for p in every(cable, model.Paragraph) if p.level and p.label]
    assert items == labels


def test_labels_with_the_number_of_their_paragraph() -> None:
    text = (
        "1.  BOOTS.\n\n1.A.  LEFT.\n\n1.B. RIGHT, AS IN\n1.C. OF REF A.\n1.C. BOTH.\n\n2.  END.\n"
    )
    cable = _message(text=text).cable
    items = [(p.label.typed, p.level) for p in every(cable, model.Paragraph) if p.label]
    assert items == [("1.", 0), ("1.A.", 1), ("1.B.", 1), ("1.C.", 1), ("2.", 0), ("3.", 0)]


def test_references_of_the_marine_corps() -> None:
    """Fields that name themselves; a message is one by its number, whatever its set calls it."""
    sets = (
        "REF/A/MSGID: DOC/ORRIN/YMD: 20180930//\nREF/B/MSGID:MSG/PORT ORRIN/YMD:20240101//\n"
        "REF/C/PORT ORRIN/YMD: 20240101//\n"
        "NARR/REF A IS A RULE. REF B IS MARADMIN 001/24. REF C IS ALMAR 003/24, BOOTS//\n"
    )
    listed = first(_message(references=sets).cable, model.References)
    assert listed is not None
    told = [(one.kind.value, one.canonical) for one in listed.references]
    assert told == [("other", None), ("cable", "MARADMIN 001/24"), ("cable", "ALMAR 003/24")]


def test_a_message_of_the_coast_guard() -> None:
    text = "COMDTNOTE 1020\nSUBJ:  BOOTS\n1.  FICTION.\n1.a.  LEFT.\n1.a.1.  WET.\n1.b.  RIGHT.\n"
    source = f"R 031530Z OCT 11\n{ADDRESSED}BT\nUNCLAS //N01020//\nALCOAST 041/11\n{text}BT\nNNNN\n"
    cable = read(source.encode()).cable
    titled = subject(cable)
    assert titled is not None
    assert titled.title.text == "BOOTS"
    labels = [(p.label.typed, p.level) for p in every(cable, model.Paragraph) if p.label]
    assert labels == [("1.", 0), ("1.a.", 1), ("1.a.1.", 2), ("1.b.", 1)]


def test_sets_with_a_slant_too_many_or_too_few() -> None:
    """And the text begins on the line of the last of them, without RMKS."""
    sets = (
        "MSGID//GENADMIN//COMNAVBASE PORT ORRIN/N1/OCT// \nSUBJ//BOOTS/ REF/A/DOC/ORRIN \n"
        "1754.5/20SEP06// REF/B/DOC/PORT ORRIN/24SEP83// NARR/REF A IS A RULE.\n"
        "REF B IS ANOTHER.// 1.  THIS IS \nFICTION.\n2.  SO IS THIS.\n"
    )
    head = HEADS[0].replace("UNCLAS //N10126//", "UNCLAS //N10126/")
    cable = _message(head, sets=sets, opening="", text="").cable
    titled, listed = subject(cable), first(cable, model.References)
    assert banner_text(cable) == "UNCLASSIFIED"
    assert titled is not None
    assert titled.title.text == "BOOTS"
    assert listed is not None
    told = [(one.label, one.typed, one.note) for one in listed.references]
    assert told == [
        ("A", "DOC/ORRIN 1754.5/20SEP06", "A RULE"),
        ("B", "DOC/PORT ORRIN/24SEP83", "ANOTHER"),
    ]
    paragraphs = [words(p.content) for p in every(cable, model.Paragraph)]
    assert paragraphs[:2] == ["THIS IS FICTION.", "SO IS THIS."]
    assert coverage(cable).percent == 100.0


def test_a_collated_message() -> None:
    """What the gateway put above it, the addresses jammed into its subject line too."""
    head = HEADS[4].split("BT\n")[0] + (
        "BT\nUNCLAS\n***THIS IS A 2 SECTION MESSAGE COLLATED BY OIX GATEWAY ORRIN VA*** QQQQ\n"
        "SUBJ: FICTIONAL MESSAGE CUT SHORT BY UNCLASSIFIED/ FM COMNAVBASE PORT \n"
        "ORRIN TO NAVADMIN INFO COMDESRON NINE UNCLAS //N01500// \n"
    )
    cable = _message(head).cable
    assert canonical_id(cable) == "NAVADMIN 041/11"
    assert coverage(cable).percent == 100.0


def test_names_in_columns() -> None:
    """Rows of names, the headings over them and the odd row between stand as typed."""
    rows = """\
               READ NAME, DESIG
                     CAPTAIN
         DOR/EFF                              1 JULY 2011
DOE JOHN Q             1115   ROE JANE               2105
LONGLASTING NAME OF ALL1315
POE EDGAR              1635
                     COMMANDER
COE ALAN               1315   LOE MARY               1125
"""
    parts = _message(text=f"1.  THE FOLLOWING:\n{rows}2.  END.\n").cable.parts
    kept = [part for part in parts if isinstance(part, model.Preformatted)]
    lines = [piece.text for part in kept for piece in part.lines if isinstance(piece, model.Typed)]
    assert lines == rows.splitlines()


def test_addresses_stand_as_typed() -> None:
    text = "1.  MAIL TO:\n    THE CHANDLERY\n    4 HARBOR STAIRS\nTHEN WAIT.\n"
    cable = _message(text=text).cable
    kept = [piece.text for part in every(cable, model.Preformatted) for piece in part.lines]  # type: ignore[union-attr]
    assert kept == ["    THE CHANDLERY", "    4 HARBOR STAIRS"]


def test_several_texts() -> None:
    """Each GENTEXT set opens a text of its own."""
    text = "1.  THE FIRST.//\nGENTEXT/MISSION/2.  THE SECOND.\n"
    cable = _message(opening="GENTEXT/SITUATION/", text=text).cable
    named = [
        line.fields[0].text for line in every(cable, model.MessageSet) if line.name == "GENTEXT"
    ]
    assert named == ["SITUATION", "MISSION"]
    assert [words(p.content) for p in every(cable, model.Paragraph)] == [
        "THE FIRST.",
        "THE SECOND.",
        "RELEASED BY CAPT J. DOE, N1.",
    ]


def test_end_mark_before_the_end() -> None:
    """An end mark behind a paragraph is in none; an office code is."""
    text = "1.  SEE HTTP://WWW.ORRIN.EXAMPLE//\n2.  ASK PORT ORRIN//N1//\n"
    cable = _message(text=text).cable
    paragraphs = [words(p.content) for p in every(cable, model.Paragraph)]
    assert paragraphs[:2] == ["SEE HTTP://WWW.ORRIN.EXAMPLE", "ASK PORT ORRIN//N1//"]


def test_nothing_but_a_number() -> None:
    """A message that was not published: what there is comes out, and nothing is made up."""
    source = (
        "ROUTINE\n\nR 111350Z JAN 07 ZYB\n\nNAVADMIN 903/07\n\nSUBJ/<b>Not Available//\n\nNNNN\n"
    )
    cable = read(source.encode()).cable
    titled = subject(cable)
    assert canonical_id(cable) == "NAVADMIN 903/07"
    assert titled is not None
    assert titled.title.text == "Not Available"
    assert banner_text(cable) is None


def test_encodings() -> None:
    reading = read(
        f"{HEADS[0]}{NUMBERS[0]}{SETS[0]}RMKS/1. BOOTS.//\n".encode().replace(
            b"BOOTS.", b"\x93BOOTS\x94\x12."
        )
    )
    assert {found.code.id for found in reading.findings} >= {"R101", "R102"}
    assert reading.cable.source.encoding == "utf-8 with cp1252"


def test_two_messages_in_a_row() -> None:
    one = f"{HEADS[0]}{NUMBERS[0]}{SETS[0]}RMKS/{TEXT}{ENDS[0]}"
    cable = read((one + one.replace("041/11", "042/11")).encode()).cable
    assert len(list(every(cable, model.Subject))) == 2
    assert len(_signers(cable)) == 2


@pytest.mark.parametrize(
    "source",
    [
        "WTPN31 ORRN 202100\nMSGID/GENADMIN/FICTIONAL STORM WRNCEN//\nSUBJ/STORM 99W//\n"
        "RMKS/\n1. A STORM//\n",
        "FM AMEMBASSY KESTREL CAPE\nTO SECSTATE WASHDC\n\nTAGS: PREL\nSUBJECT: A MESSAGE\n\n"
        "1. IT SAID:\nMSGID/GENADMIN/A//\n",
    ],
)
def test_not_of_this_form(source: str) -> None:
    assert "navy" not in [one.form for one in read(source.encode()).cable.forms]


@pytest.mark.parametrize(
    "line",
    ["/" * 50_000, "SUBJ/" * 10_000, "RMKS/" * 10_000, "REF/A/X// " * 5_000, "// " * 20_000,
     "REF A IS " * 5_000, "REF/A/X//\nAMPN/REF A IS B//\n" * 2_000,
     "PAGE 02 RUKCAPE0417\n" * 2_000],
    ids=lambda line: line[:8],
)  # fmt: skip
def test_hostile(line: str) -> None:
    """Nothing is lost of a line that was built to be slow."""
    reading = read(f"{HEADS[0]}{SETS[0]}NARR/{line}\n".encode())
    assert "R100" not in {found.code.id for found in reading.findings}


def test_sets_that_touch_on_one_line_go_into_every_output() -> None:
    text = (
        "R 081429Z JAN 15\nFM CNO WASHINGTON DC\nTO NAVADMIN\nBT\nUNCLAS\nNAVADMIN 999/15\n"
        "MSGID/GENADMIN/CNO WASHINGTON DC/N1/JAN//\nSUBJ/FICTIONAL SETS//\n"
        "REF/A/DOC/FICTION/8AUG08//REF/B/DOC/FICTION/21APR11//\nRMKS/1.  FICTION.//\n"
    )
    reading = read(text.encode())
    for format in ("tei", "docx", "pdf"):
        assert render(reading.cable, format, Options()).data


@pytest.mark.parametrize(
    ("line", "banner"),
    [
        ("CONTROLLED UNCLASSIFIED INFORMATION//N01420//", "CUI"),
        ("CUI//N01420//", "CUI"),
        ("Secret //N01420//", "SECRET"),
        ("Unclassified", "UNCLASSIFIED"),
        ("CLASSIFICATION/SECRET//", "SECRET"),
        ("CLASSIFICATION/SECRET//NOFORN//", "SECRET//NOFORN"),
        ("CLASSIFICATION - SECRET", "SECRET"),
        ("CLAS: UNCLAS", "UNCLASSIFIED"),
        ("TOPSECRET //N01420//", "TOPSECRET //N01420//"),  # kept as typed, and told
        ("CLASSIFICATION/XYZ//", "CLASSIFICATION/XYZ//"),
    ],
)
def test_the_class_in_many_forms(line: str, banner: str) -> None:
    text = f"R 081429Z JAN 15\nFM CNO WASHINGTON DC\nTO NAVADMIN\nBT\n{line}\n{SETS[0]}"
    cable = read(text.encode()).cable
    assert banner_text(cable) == banner
    for format in ("tei", "docx"):
        again = read(render(cable, format, Options()).data)
        assert banner_text(again.cable) == banner, format


def test_a_word_for_classes_in_the_text_is_no_class() -> None:
    text = "R 081429Z JAN 15\nFM CNO WASHINGTON DC\nTO NAVADMIN\nBT\nUNCLAS\nMSGID/GENADMIN/CNO//\n"
    end = "RMKS/1. FICTIONAL TEXT ABOUT THE\nCLASSIFICATION OF BOATS.\n"
    cable = read(f"{text}{end}".encode()).cable
    assert banner_text(cable) == "UNCLASSIFIED"
    assert "OF BOATS." in " ".join(words(part.content) for part in every(cable, model.Paragraph))


COAST_GUARD = """\
R 031530Z OCT 21
FM COMCOGARD PORT ORRIN//OR-1//
TO ALCOAST
BT
UNCLAS
ALCOAST 907/21
COMDTNOTE 10126
SUBJ: A FICTIONAL MESSAGE ON WET BOOTS
AND DRY ONES
A. Orrin Boot Manual, ORRINNOTE
M10126.9 (series)
B. COMCOGARD PORT ORRIN 171834Z DEC 20/ALCOAST 905/20
C. COMCOGARD PORT ORRIN 171834 JAN 21
D. Letter of I. Roe of 2 Sep 2021
1. REFs (A) and
(B) say so.
   a. Boots.
2. RADM J. Doe, Commander of Port
Orrin (OR-1), sends.
3. Internet release is authorized.
BT
NNNN
"""


def test_lettered_references() -> None:
    """The Coast Guard types its references with a letter alone, and who sends the message last."""
    reading = read(COAST_GUARD.encode())
    titled = subject(reading.cable)
    assert titled is not None
    assert titled.title.text == "A FICTIONAL MESSAGE ON WET BOOTS AND DRY ONES"
    (listed,) = every(reading.cable, model.References)
    assert [(one.label, one.kind.value, one.canonical) for one in listed.references] == [
        ("A", "other", None),
        ("B", "cable", "ALCOAST 905/20"),
        ("C", "cable", None),
        ("D", "letter", None),
    ]
    assert listed.references[0].typed == "Orrin Boot Manual, ORRINNOTE M10126.9 (series)"
    labels = [part.label.typed for part in every(reading.cable, model.Paragraph) if part.label]
    assert labels == ["1.", "a.", "2.", "3."]
    assert _signers(reading.cable) == ["RADM J. Doe"]
    assert not list(every(reading.cable, model.Unread))


def test_letters_that_are_paragraphs() -> None:
    """Letters that lead to no paragraph 1 are no references."""
    text = COAST_GUARD.partition("1. REFs")[0] + "E. BOOTS ARE DUE.\n"
    cable = read(text.encode()).cable
    assert not list(every(cable, model.References))
    assert [p.label.typed for p in every(cable, model.Paragraph) if p.label][-1:] != ["1."]


@pytest.mark.parametrize(
    ("sets", "told"),
    [
        # the name of a reference, its letter and its verb on two lines
        ("NARR/REF A IS A BOOK.  REF\nB IS ALNAV 039/2004, BOOTS.//", "ALNAV 039/04"),
        ("NARR/REF A IS A BOOK.  REF B\nIS ALNAV 39/04, BOOTS.//", "ALNAV 039/04"),
        # a set that names the message itself
        ("NARR/REF A IS A BOOK.  REF B TELLS OF NAVADMIN 001/02.//", "ALMAR 351/97"),
    ],
)
def test_reference_numbers(sets: str, told: str) -> None:
    references = f"REF/A/DOC/ORRIN/15AUG05//\nREF/B/DOC/ALMAR 351-97/152009ZAUG1997//\n{sets}\n"
    (listed,) = every(_message(references=references).cable, model.References)
    first_one, second = listed.references
    assert (first_one.note, second.canonical) == ("A BOOK", told)


def test_labels_that_tell_their_whole_place() -> None:
    """MARADMIN messages number 3.A.1.A. or 3.a.(1) what others indent."""
    text = (
        "1. BOOTS.\n1.A. FIRST.\n1.A.1. DEEPER.\n1.A.1.A. DEEPEST.\n1.A.2. DEEP.\n"
        "1.B. SECOND.\n1.B.(1) BRACKETS.\n1.B.(2) MORE, SEE PARA\n1.A.1. ABOVE.\n"
    )
    found = [
        (part.label.typed, part.level)
        for part in every(_message(text=text, end=ENDS[1]).cable, model.Paragraph)
        if part.label
    ]
    assert found == [
        ("1.", 0), ("1.A.", 1), ("1.A.1.", 2), ("1.A.1.A.", 3), ("1.A.2.", 2),
        ("1.B.", 1), ("1.B.(1)", 2), ("1.B.(2)", 2), ("3.", 0),
    ]  # fmt: skip


ONE_LINE = (
    "UNCLASSIFIED// ROUTINE R 031530Z OCT 20 MID510001435194U FM COMNAVBASE PORT ORRIN TO NAVADMIN "
    "INFO COMDESRON NINE NINE BT UNCLAS ROUTINE NAVADMIN 041/20 PASS TO OFFICE CODES: "
    "FM COMNAVBASE PORT ORRIN//N1// INFO COMDESRON NINE NINE//N3// "
    "MSGID/GENADMIN/COMNAVBASE PORT ORRIN/N1/OCT// SUBJ/BOOTS, WET TO DRY// "
    "REF/A/DOC/ORRIN/15AUG05// REF/B/MSG/PORT ORRIN/152009ZAUG2005// NARR/REF A IS A RULE. REF B "
    "IS NAVADMIN 192/05, BOOTS.// POC (BOOTS)/I. ROE/LT/-// RMKS/1. This message is fictional. See "
    "para 2. It names A. Roe and B. Doe. 2. Commands shall count: a. Left boots: (1) wet, and (2) "
    "dry. (3) Others. b. Right boots, per ref B. 3. Call (555) 555-0142. 4. "
    "Released by CAPT J. DOE, N1.// BT #0001 NNNN UNCLASSIFIED//"
)


def test_a_message_on_one_line() -> None:
    """A forum lost its line ends; a label counts only where its list goes on."""
    reading = read(ONE_LINE.encode())
    cable = reading.cable
    assert [one.form for one in cable.forms] == ["navy"]
    sent, origin, titled = instant(cable), first(cable, model.Origin), subject(cable)
    assert (sent.isoformat("T")[:16] if sent else None) == "2020-10-03T15:30"
    assert origin is not None
    assert origin.name.text == "COMNAVBASE PORT ORRIN"
    assert [one.name for _, one in addressees(cable)] == ["NAVADMIN", "COMDESRON NINE NINE"]
    assert canonical_id(cable) == "NAVADMIN 041/20"
    assert titled is not None
    assert titled.title.text == "BOOTS, WET TO DRY"
    (listed,) = every(cable, model.References)
    assert [(one.label, one.canonical) for one in listed.references] == [
        ("A", None),
        ("B", "NAVADMIN 192/05"),
    ]
    assert [
        (p.label.typed if p.label else "", p.level, words(p.content))
        for p in every(cable, model.Paragraph)
    ] == [
        ("1.", 0, "This message is fictional. See para 2. It names A. Roe and B. Doe."),
        ("2.", 0, "Commands shall count:"),
        ("a.", 1, "Left boots:"),
        ("(1)", 2, "wet, and"),
        ("(2)", 2, "dry."),
        ("(3)", 2, "Others."),
        ("b.", 1, "Right boots, per ref B."),
        ("3.", 0, "Call (555) 555-0142."),
        ("4.", 0, "Released by CAPT J. DOE, N1."),
    ]
    assert _signers(cable) == ["CAPT J. DOE"]
    assert coverage(cable).percent == 100.0
    assert banner_text(cable) == "UNCLASSIFIED"
    assert [one.sign for one in every(cable, model.Prosign)] == ["BT", "BT", "#0001", "NNNN"]


def test_a_line_that_is_no_message() -> None:
    """A long line that names sets and has no heading of a message is text."""
    cable = read(f"He typed {ONE_LINE}".encode()).cable
    assert [one.form for one in cable.forms] == ["text"]


def test_a_message_in_parts() -> None:
    number = (
        "NAVADMIN 041/11\n\nPART TWO OF THREE. PART ONE IDENT DTG 031529Z OCT 11. PART THREE \n"
    )
    cable = _message(number=f"{number}IDENT DTG 031531Z OCT 11.\n").cable
    assert canonical_id(cable) == "NAVADMIN 041/11"
    assert coverage(cable).percent == 100.0
    sent = instant(cable)
    assert (sent.isoformat("T")[:16] if sent else None) == SENT


def test_headings_over_names() -> None:
    """Centred headings stand with the names below them, a name that fills its column too."""
    rows = """\
                       PERMANENT PROMOTION
                       TO LIEUTENANT
                     DOR/EFF DATE 01 JUNE 2011
 POE EDGAR LONGLASTINGN 1110
"""
    parts = _message(text=f"1.  THE FOLLOWING ARE:\n{rows}\n2.  END.\n").cable.parts
    kept = [part for part in parts if isinstance(part, model.Preformatted)]
    lines = [piece.text for part in kept for piece in part.lines if isinstance(piece, model.Typed)]
    assert lines == rows.splitlines()


PLAIN = f"{HEADS[0]}{NUMBERS[0]}{SETS[0]}{REFERENCES[0]}RMKS/{TEXT}{ENDS[0]}"
COPIES = {
    "quoted by mail": "".join(f"> {line}\n" for line in PLAIN.split("\n")),
    "quoted twice": "".join(f">> {line}\n" for line in PLAIN.split("\n")),
    "a page": f"<html><body><pre>\n{PLAIN}</pre></body></html>\n",
    "breaks": PLAIN.replace("\n", "<br />\n"),
    "a blank line between any two": PLAIN.replace("\n", "\n\n"),
    "sets in small letters": PLAIN.replace("SUBJ/", "Subj/")
    .replace("REF/A", "Ref/a")
    .replace("NARR/", "Narr/")
    .replace("RMKS/", "Rmks/")
    .replace("MSGID/", "Msgid/"),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies(name: str) -> None:
    """What mail, a page or a forum did to a message takes nothing from it."""
    cable, own = read(COPIES[name].encode()).cable, read(PLAIN.encode()).cable
    assert cable.forms[-1].form == "navy"
    assert _told(cable) == _told(own)
    assert coverage(cable).unaccounted == 0
    assert coverage(cable).percent == 100.0


def _told(cable: model.Cable) -> list[object]:
    titled, origin = subject(cable), first(cable, model.Origin)
    (listed,) = every(cable, model.References)
    return [
        canonical_id(cable), instant(cable), banner_text(cable),
        titled and titled.title.text, origin and origin.name.text,
        [one.name for _, one in addressees(cable)],
        [(one.label, one.canonical, one.note) for one in listed.references],
        [(p.label and p.label.typed, p.level) for p in every(cable, model.Paragraph)],
        [words(p.content) for p in every(cable, model.Paragraph)],
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["IDENT", "IDENT DTG"])
def test_the_time_of_another_part_is_no_time_of_the_message(word: str) -> None:
    parts = (
        f"PART TWO OF THREE. PART ONE {word} 031529Z OCT 11, PART THREE {word}\n031531Z OCT 11.\n"
    )
    cable = _message(number=f"NAVADMIN 041/11\n{parts}").cable
    assert [one.typed.text for one in every(cable, model.DateTimeGroup)] == ["031530Z OCT 11"]
    assert coverage(cable).percent == 100.0


@pytest.mark.parametrize(
    ("sets", "sender"),
    [
        ("MSGID/GENADMIN/COMNAVBASE PORT ORRIN N1//\n", "COMNAVBASE PORT ORRIN N1"),
        ("MSGID/GENADMIN/-/OCT//\n", None),
        ("MSGID/GENADMIN//\n", None),
    ],
)
def test_who_sends_where_no_line_says_it(sets: str, sender: str | None) -> None:
    """A page leaves FM out: the set MSGID has the originator (MIL-STD-6040)."""
    head = "MARADMINS : 41/11\nR 031530Z OCT 11\nUNCLASSIFIED//\n"
    reading = _message(head, "MARADMIN 041/11\n", f"{sets}SUBJ/FICTIONAL BOOTS//\n")
    assert first(reading.cable, model.Origin) is None
    facts = {fact.name: fact.value for fact in header_facts(reading.cable)}
    assert facts.get("From") == sender
    tei = render(reading.cable, "tei", Options()).data
    assert (sender is not None) == (b"<author>" in tei)
    assert dict(_names(tei)).get("From") == sender
    frus = render(reading.cable, "tei", Options(tei_profile="frus")).data
    assert (sender is not None) == (b"Telegram From " in frus)
    for format in ("docx", "pdf", "cmif"):
        assert render(reading.cable, format, Options()).data


def _names(tei: bytes) -> list[tuple[str, str]]:
    """The facts of a TEI document that is read again, which must agree with its header."""
    again = read(tei)
    assert "T102" not in {finding.code.id for finding in again.findings}
    return [(fact.name, fact.value) for fact in header_facts(again.cable)]


def test_info_apart_from_the_addresses() -> None:
    head = "ROUTINE\nR 031530Z OCT 11\nFM COMNAVBASE PORT ORRIN//N1//\nTO NAVADMIN\n"
    head += "NAVADMIN 041/11\nINFO COMDESRON NINE NINE\nBT\nUNCLAS\n"
    cable = _message(head, number="").cable
    assert [one.name for _, one in addressees(cable)] == ["NAVADMIN", "COMDESRON NINE NINE"]


def test_the_heading_of_a_station_that_handed_it_on() -> None:
    """Its FM is not the originator's; what it typed is kept."""
    head = "R 031528Z OCT 11\nFM KESTREL CAPE MAIL SYSTEM\nINFO COMDESRON NINE NINE\n"
    head += f"R 031530Z OCT 11 ZYB\n{ADDRESSED}BT\nUNCLAS\n"
    cable = _message(head).cable
    origin, sent = first(cable, model.Origin), instant(cable)
    assert origin is not None
    assert origin.name.text == "COMNAVBASE PORT ORRIN//N1//"
    assert (sent.isoformat("T")[:16] if sent else None) == SENT
    assert [one.name for _, one in addressees(cable)] == ["NAVADMIN"]


@pytest.mark.parametrize("addressed", ["ORRINOPS WASHINGTON DC//N3//", "ORRINOPS"])
def test_the_break_behind_the_last_addressee(addressed: str) -> None:
    """Mail wrapped the lines anew: BT and the class are no words of the addressee's."""
    head = f"R 031530Z OCT 11\n{ADDRESSED}KESTREL CAPE STATION\n{addressed} BT UNCLAS //N10126//\n"
    cable = _message(head).cable
    names = [one.name for _, one in addressees(cable)]
    assert names == ["NAVADMIN", "KESTREL CAPE STATION", addressed.partition("//")[0]]
    assert banner_text(cable) == "UNCLASSIFIED"
    assert next(one.sign for one in every(cable, model.Prosign)) == "BT"
    assert coverage(cable).percent == 100.0


@pytest.mark.parametrize("code", ["//N10126/", "// N10126//", " //N10126//"])
def test_a_subject_code_below_the_addresses(code: str) -> None:
    """Where BT was left out, the class is no addressee."""
    cable = _message(f"R 031530Z OCT 11\n{ADDRESSED}UNCLAS{code}\n").cable
    assert [one.name for _, one in addressees(cable)] == ["NAVADMIN"]
    assert banner_text(cable) == "UNCLASSIFIED"


@pytest.mark.parametrize(
    "labels",
    [
        ("1A.", "1B.", "1B1."),
        ("1.A", "1.B", "1.B.1"),
        ("1.a", "1.b", "1.b.1"),
        ("1.1.", "1.2.", "1.2.1."),
        ("1.A.", "1.B.", "1.B.1."),
    ],
)
def test_labels_that_begin_with_the_number(labels: tuple[str, ...]) -> None:
    text = "1.  BOOTS.\n" + "".join(f"{label} ITEM, OF\n1{label} PARTS.\n" for label in labels)
    found = [
        (part.label.typed, part.level)
        for part in every(_message(text=text, end="BT\n").cable, model.Paragraph)
        if part.label
    ]
    assert found == [("1.", 0), *zip(labels, (1, 1, 2), strict=True)]


def test_figures_that_are_no_labels() -> None:
    """Of another paragraph, out of turn, or in mid-sentence."""
    text = "1.  BOOTS COST\n1.1. MILLION.\n2.1.  TIMES THAT.\n1.5.  TOO.\n1B.  AND SO ON.\n"
    (paragraph, *_) = every(_message(text=text).cable, model.Paragraph)
    assert words(paragraph.content).startswith(
        "BOOTS COST 1.1. MILLION. 2.1. TIMES THAT. 1.5. TOO. 1B. AND SO ON."
    )


@pytest.mark.parametrize("width", [48, 60, 72])
def test_a_message_on_one_line_that_was_wrapped(width: int) -> None:
    """As mail wraps it, all of it or its heading alone."""
    cable, own = read(wrapped(ONE_LINE, width).encode()).cable, read(ONE_LINE.encode()).cable
    assert _told(cable) == _told(own)
    heading, text = ONE_LINE.split("RMKS/")
    for number in ("2. C", "3. C", "4. R"):
        text = text.replace(f" {number}", f"\n\n{number}")
    lines = f"{wrapped(heading, width)}\nRMKS/{text}".replace("N1.// BT", "N1.//\nBT")
    parted = read(lines.encode()).cable
    assert _told(parted)[:-2] == _told(own)[:-2]
    labels = [p.label.typed for p in every(parted, model.Paragraph) if p.label and not p.level]
    assert labels == ["1.", "2.", "3.", "4."]


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


def test_a_note_and_the_next() -> None:
    """``REF A IS ..., AND REF B IS ...`` tells of both; ``AND REF A`` within a note of none."""
    sets = "REF/A/DOC/ORRIN/15AUG05//\nREF/B/DOC/PORT ORRIN/15AUG05//\n"
    note = "NARR/REF A IS A RULE ON BOOTS, AND REF B IS A TALE, SEE REF A AND REF B.//\n"
    listed = first(_message(references=sets + note).cable, model.References)
    assert listed is not None
    notes = [reference.note for reference in listed.references]
    assert notes == ["A RULE ON BOOTS", "A TALE, SEE REF A AND REF B"]


def test_a_heading_with_a_wide_gap_is_no_row() -> None:
    text = "1.  BOOTS:\n    A.  BOOTS (BT):   BOOTS FOR\n    MEMBERS ARE\n    WET.\n2.  ALL.\n"
    found = [
        (part.label.typed if part.label else None, words(part.content))
        for part in every(_message(text=text).cable, model.Paragraph)
    ]
    assert ("A.", "BOOTS (BT): BOOTS FOR MEMBERS ARE WET.") in found


def test_a_title_above_the_passing_instruction() -> None:
    text = "R 031530Z OCT 11\nFM COMNAVBASE PORT ORRIN//N1//\nTO NAVADMIN\nBT\nUNCLAS\nNAVADMIN\n"
    passed = "PASS TO OFFICE CODES:\nFM COMNAVBASE PORT ORRIN//N1//\n"
    cable = read(f"{text}{passed}{SETS[0]}RMKS/1.  BOOTS.//\nBT\nNNNN\n".encode()).cable
    assert first(cable, model.Unread) is None
    assert [one.name for _, one in addressees(cable)] == ["NAVADMIN"]


def test_a_message_on_one_line_without_a_set_for_its_text() -> None:
    """And with several INFO addressees: a name ends with its city."""
    line = (
        "CLASSIFICATION: UNCLASSIFIED// ROUTINE R 031530Z OCT 20 FM COMNAVBASE PORT ORRIN TO ALNAV "
        "INFO ORRINNAV WASHINGTON DC ORRINOPS WASHINGTON DC BT UNCLAS ALNAV 041/20 "
        "MSGID/GENADMIN/COMNAVBASE PORT ORRIN/OCT// SUBJ/ BOOTS, WET TO DRY// 1. This message is "
        "fictional. It tells of boots, of coats and of hats, and that they shall be worn in rain. "
        "2. It names A. Roe. 3. Released by CAPT J. DOE, N1.// BT #0001 NNNN "
        "CLASSIFICATION: UNCLASSIFIED//"
    )
    cable = read(line.encode()).cable
    titled = subject(cable)
    assert titled is not None
    assert titled.title.text == "BOOTS, WET TO DRY"
    told = [(kind.value, one.name) for kind, one in addressees(cable)]
    assert told[1:] == [("INFO", "ORRINNAV WASHINGTON DC"), ("INFO", "ORRINOPS WASHINGTON DC")]
    labels = [p.label.typed for p in every(cable, model.Paragraph) if p.label]
    assert labels == ["1.", "2.", "3."]


def test_addressees_parted_by_blank_lines() -> None:
    head = "ROUTINE\n\nR 031530Z OCT 11\n\nFM COMNAVBASE PORT ORRIN//N1//\n\nTO NAVADMIN\n\n"
    more = "INFO ORRINNAV WASHINGTON DC\n\nORRINOPS WASHINGTON DC\n\nCOMDESRON NINE NINE//N3//\n\n"
    text = f"{head}{more}BT\n\nUNCLAS\n\nNAVADMIN 041/11\n\n{SETS[0]}RMKS/1.  BOOTS.//\n\nBT\n"
    cable = read(text.encode()).cable
    assert first(cable, model.Unread) is None
    told = [(kind.value, one.name) for kind, one in addressees(cable)]
    assert told == [
        ("TO", "NAVADMIN"),
        ("INFO", "ORRINNAV WASHINGTON DC"),
        ("INFO", "ORRINOPS WASHINGTON DC"),
        ("INFO", "COMDESRON NINE NINE"),
    ]


def test_lines_that_a_page_of_the_navy_shows() -> None:
    page = (
        "An official website of the United States government\nHere's how you know\n"
        "A .mil website belongs to an official organization in the United States.\n"
        "A lock (lock ) or https:// means you have safely connected to the website.\n\n"
    )
    cable = _message(head=page + HEADS[0]).cable
    handling = first(cable, model.Handling)
    assert handling is not None
    assert len(handling.lines) == 4
    assert first(cable, model.Unread) is None


JAMMED = """UNCLASSIFIED// ROUTINE R 231324Z JAN 25 FM SECNAV WASHINGTON DC TO ALNAV INFO CNO
WASHINGTON DC BT UNCLAS ALNAV 014/25 MSGID/GENADMIN/SECNAV WASHINGTON DC/JAN// SUBJ/FICTIONAL
FERRIES// RMKS/1. THIS IS A FICTIONAL TEXT THAT GOES ON OVER THE LINES THAT MAIL MADE OF IT.
2. THE SECOND PARAGRAPH RUNS ON. 3. THE END.// BT #0001 NNNN UNCLASSIFIED//
"""
PAGED = "CONFIDENTIAL\nPAGE 02\nPORT ORRIN 247418\nMARADMINS :\nREF/B/MSG/CMC//\n"


@pytest.mark.parametrize(
    "text",
    [
        JAMMED,
        JAMMED.replace("\n", " "),
        JAMMED.replace("R 23", "R[1](#) 23"),
        JAMMED.replace("NNNN UN", "NNNN NNNN UN"),
        JAMMED.replace("RMKS/1.", "RMKS/1.\n").replace("#0001 ", ""),
        JAMMED.replace("ALNAV 014/25", "SSIC 1650 ALNAV 014/25"),
        PAGED,
        "R 231324Z JAN 25 FM DC TO\nBT UNCLAS ALNAV 014/2SUBJ/ COPY)// 1. BOARDS//\nRMKS/1. A//\n",
    ],
)
@pytest.mark.parametrize("format", ["tei", "docx", "pdf", "txt"])
def test_lines_that_were_merged_stand_as_typed(text: str, format: str) -> None:
    reading = read(text.encode())
    assert "R100" not in {finding.code.id for finding in reading.findings}
    assert render(reading.cable, format, Options()).data


def test_a_set_without_a_number_names_no_message() -> None:
    """MSGID with more letters is a set of another name, and its field no number."""
    text = "6.\nTO OFFICE CODES:\nFM DC//N1//\nINFO\nMSGIDUENAAA/CNO DC//N8F//\nMSGID/GENADMIN/CNO"
    assert canonical_id(read(text.encode()).cable) is None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("SUBJ:  PORT ORRIN LAMP AWARDS FOR THE\nKESTREL CAPE WATCH//", "KESTREL CAPE WATCH"),
        ("SUBJ: PORT ORRIN LAMP AWARDS//", "PORT ORRIN LAMP AWARDS"),
        ("SUBJ: PORT ORRIN LAMPS FOR STATION//N1//", "PORT ORRIN LAMPS FOR STATION//N1//"),
    ],
)
def test_a_title_behind_a_colon_may_end_as_a_set_ends(typed: str, title: str) -> None:
    """Two slants end the set (MIL-STD-6040); those around an office code are the title's own."""
    head = "R 090011Z APR 21\nFM CNO PORT ORRIN\nTO NAVADMIN\nBT\nUNCLAS\n\nNAVADMIN 777/21\n\n"
    text = f"{head}{typed}\n"
    reading = read((text + "\nRMKS/1.  The fictional lamps are lit.//\n\nBT\n#0001\n").encode())
    found = next(part for part in reading.cable.parts if isinstance(part, model.Subject))
    assert found.title is not None
    assert found.title.text.endswith(title)


def test_operating_signals_below_the_group_and_a_header_line_that_lost_its_serial() -> None:
    reading = read(
        b"RAAUZYUW RUCAPEA 2651756-UUUU--RUORRIN.\nZNR UUUUU ZUI RUCAPEF4362 2651751\n"
        b"R 212126Z SEP 06\nZYB MIN ZYW PSN 738184K31\nFM NAVSTA KESTREL CAPE//N1//\nTO NAVADMIN\n"
        b"BT\nUNCLAS //N01133//\nNAVADMIN 964/06\nMSGID/GENADMIN/NAVSTA KESTREL CAPE/N1/SEP//\n"
        b"SUBJ/A FICTIONAL LAMP//\nRMKS/1.  THIS IS FICTIONAL TEXT.//\nBT\n#0201\nNNNN\n"
    )
    (header,) = every(reading.cable, model.HeaderLine)
    assert (header.indicator, header.serial, header.julian_day) == ("RUCAPEA", "", 265)
    (group,) = every(reading.cable, model.DateTimeGroup)
    assert group.signals == ("ZYB", "MIN", "ZYW", "PSN", "738184K31")
    assert not [one for one in reading.findings if one.code.id == "R130"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("LAMPS OF NON-\nAFLOAT STATIONS", "LAMPS OF NON-AFLOAT STATIONS"),
        ("LAMPS OF FY-\n12", "LAMPS OF FY-12"),
        ("LAMPS PRE-\nAND POST-WAR", "LAMPS PRE- AND POST-WAR"),
        ("LAMPS -\nAFLOAT", "LAMPS - AFLOAT"),
    ],
)
@pytest.mark.parametrize("label", ["SUBJ/", "SUBJ: "])
def test_a_hyphen_at_a_line_end(label: str, typed: str, title: str) -> None:
    """The next line goes on with the word; behind a dash, or where the rest is left out, not."""
    reading = _message(sets=f"MSGID/GENADMIN/COMNAVBASE PORT ORRIN/N1/OCT//\n{label}{typed}//\n")
    found = subject(reading.cable)
    assert found is not None
    assert found.title.text == title
    for format in ("tei", "docx", "pdf"):
        assert render(reading.cable, format, Options()).data


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1.  BOOTS (WET.) 2.  COATS\nAND HATS.\n3.  LAMPS.\n", ["1.", "2.", "3."]),
        ("1.  BOOTS. 2.  COATS. 3.  HATS.\n4.  LAMPS.\n", ["1.", "2.", "3.", "4."]),
        ("1.  BOOTS.\nMAIL I.ROE(AT)ORRIN.EXAMPLE 2.  RELEASED BY CAPT J. DOE, N1.", ["1.", "2."]),
        ("1.  BOOTS OF PARA 2.  COATS.\n3.  LAMPS.\n", ["1.", "3."]),
        ("1.  BOOTS.\n2.  HATS. 3.  COATS,\n4.  RELEASED BY I. ROE", ["1.", "2.", "3.", "4."]),
        ("1.  BOOTS. 2.  COATS. 3.  RELEASED BY CAPT J. DOE, N1.", ["1.", "2.", "3."]),
        ("1.  BOOTS. 2.  COATS.\n2.  LAMPS.\n", ["1.", "2."]),
    ],
)
def test_a_number_inside_a_line(text: str, labels: list[str]) -> None:
    """It is a paragraph's where the lines' own numbers skip it, behind the end of a sentence."""
    reading = _message(text=text, end="//\nBT\n")
    told = [part.label.typed for part in every(reading.cable, model.Paragraph) if part.label]
    assert told == labels
    assert coverage(reading.cable).percent == 100.0
    for format in ("tei", "docx", "pdf"):
        assert render(reading.cable, format, Options()).data


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("DATE:  13-17 JUN 11\n        LOC:  PORT ORRIN", True),
        ("1st: Port Orrin\n        2nd: Kestrel Cape", True),
        ("GROUP 1 - Boots\n        GROUP 2 - All others", True),
        ("DATE:  13-17 JUN 11", False),
        ("1st: Port Orrin, Kestrel\nCape\n        2nd: Boots", False),
        ("1st: Port Orrin\n        2nd: Boots of\nKestrel Cape", False),
    ],
)
def test_short_lines_with_names_below_an_item(rows: str, kept: bool) -> None:
    text = f"1.  LAMPS FOLLOW.\n    A.  LAMP\n        SHOW\n        {rows}\n    B.  BOOTS.\n"
    reading = _message(text=text, end="//\nBT\n")
    told = [
        [piece.text.strip() for piece in part.lines if isinstance(piece, model.Typed)]
        for part in every(reading.cable, model.Preformatted)
    ]
    assert told == ([[row.strip() for row in rows.splitlines()]] if kept else [])
    labels = [part.label.typed for part in every(reading.cable, model.Paragraph) if part.label]
    assert labels == ["1.", "A.", "B."]
    for format in ("tei", "docx", "pdf"):
        assert render(reading.cable, format, Options()).data


def test_the_number_of_a_sheet_alone_between_blank_lines_is_no_paragraph() -> None:
    """As of text that was taken from a print: at the end of its sheet, or counted on the next."""
    head = "ALARACT 938/2020\nDTG: R 281302Z APR 20\n\nUNCLAS\nSUBJ/A FICTIONAL MESSAGE\n"
    fed = f"{head}1. REFERENCES TO THE LAMPS OF\n\n1\n\n\fTHE HARBOR.\n2. THE END.\n"
    far = "".join(f"{n}. LAMP.\n" for n in range(1, 15))
    counted = f"{head}{far}\n1\n\n{far}\n2\n"
    for text, pages in ((fed, 1), (counted, 2)):
        found = read(text.encode())
        assert [page.page for page in every(found.cable, model.PageLine)] == [1, 2][:pages]
        told = [words(part.content) for part in every(found.cable, model.Paragraph)]
        assert not {"1", "2"} & set(told)
    table = f"{head}1. THE LAMPS:\n\n3\n\n4\n\n5\n\n2. THE END.\n"
    assert not list(every(read(table.encode()).cable, model.PageLine))
