"""Heading lines in the shapes that real cables have, all texts fictional."""

from __future__ import annotations

import pytest

from convert.job import render
from convert.model import cable as model
from convert.model.facts import canonical_id, classifier, header_facts, instant
from convert.model.walk import every, first, flat
from convert.notation import posts
from convert.notation.authority import authority
from convert.notation.tags import tags
from convert.options import Options
from convert.reader import heading
from convert.reader.decode import decode
from convert.reader.lines import split
from convert.reader.read import Reading, read
from convert.reader.shapes import LONGEST
from tests.conftest import CORPUS, ROOT, SAMPLES
from tests.mutations import mutated


def _read(text: str) -> Reading:
    reading = read(text.encode())
    assert not [one for one in reading.findings if one.code.id == "R100"]
    return reading


def _codes(reading: Reading) -> set[str]:
    return {one.code.id for one in reading.findings}


# --- one line, many parts -------------------------------------------------------------------------

_ONE_LINE = (
    "E.O. 12958: DECL: 01/07/2014 TAGS: PREL, PGOV SUBJECT: A FICTIONAL HARBOR SEEKS TALKS "
    "REF: 09 LIMA 862 PORT ORRIN 00000116 001.2 OF 003 CLASSIFIED BY: Jane Roe, DCM, Port Orrin. "
    "REASON: 1.4 (b), (d) 1. (C) Summary: So it begins.\n"
)


def test_a_line_that_holds_the_whole_heading() -> None:
    reading = _read(_ONE_LINE)
    assert [type(part).__name__ for part in reading.cable.parts] == [
        "ExecutiveOrder",
        "Tags",
        "Subject",
        "References",
        "PageLine",
        "Authority",
        "Paragraph",
    ]
    subject = first(reading.cable, model.Subject)
    assert subject is not None
    assert subject.title.text == "A FICTIONAL HARBOR SEEKS TALKS"
    assert [piece.parted for piece in subject.lines if isinstance(piece, model.Typed)] == [" "]
    page = first(reading.cable, model.PageLine)
    assert page is not None
    assert (page.serial, page.section, page.page) == ("00000116", 1, 2)


def test_a_label_jammed_to_the_word_before_it() -> None:
    reading = _read("SUBJECT: (C) WHO FOLLOWS THE HARBOR MASTERREF: A. LIMA 1  B. LIMA 2\n")
    subject = first(reading.cable, model.Subject)
    assert subject is not None
    assert subject.title.text == "WHO FOLLOWS THE HARBOR MASTER"
    assert len(list(every(reading.cable, model.References))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "1. (C) He said SUBJECT: harbor, and gave REF: A. LIMA 12.\n",
        "SUBJECT: TRADE AND THE REF: A REPLY\n",
        "CLASSIFIED BY: DCM JANE ROE, E.O. 12958, REASONS 1.4 (B)\n",
    ],
)
def test_words_that_are_no_label(text: str) -> None:
    reading = _read(text)
    assert len(list(flat(reading.cable.parts))) == 1


def test_a_subject_ends_at_a_sentence_in_small_letters() -> None:
    reading = _read("SUBJECT: A FICTIONAL HARBOR\nAND ITS MASTER\nThis is an action request.\n")
    subject = first(reading.cable, model.Subject)
    assert subject is not None
    assert subject.title.text == "A FICTIONAL HARBOR AND ITS MASTER"


# --- TAGS -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PREL, PGOV; IZ", ["PREL", "PGOV", "IZ"]),
        ("PREL PGOV UK", ["PREL", "PGOV", "UK"]),
        ("prel, pgov", ["prel", "pgov"]),
        ("ETRDEINVECINPGOVCS", ["ETRD", "EINV", "ECIN", "PGOV", "CS"]),
        ("IZPREL", ["IZ", "PREL"]),
        ("ETRDXQ", ["ETRDXQ"]),
        ("PTER MARR, MOPPS", ["PTER", "MARR", "MOPPS"]),
        ("OVIP (ROE, JANE B.), PREL", ["OVIP", "ROE, JANE B.", "PREL"]),
        ("OVIP ROE JANE PREL", ["OVIP", "ROE JANE", "PREL"]),
        ("PREL HUMAN RIGHTS CU", ["PREL", "HUMAN RIGHTS", "CU"]),
        ("PREL, PORT DUES", ["PREL", "PORT DUES"]),
        ("OVIP (ROE, JANE", ["OVIP", "ROE, JANE"]),
        ("PINT: PGOV: BL", ["PINT", "PGOV", "BL"]),
        ("CPRS: (ROE, JANE R.)", ["CPRS", "ROE, JANE R."]),
        ("EMIN, BDIS, BL.", ["EMIN", "BDIS", "BL"]),
        ("EAID,", ["EAID"]),
        ("n/a", []),
        ("OREP, KC (ROE, JANE; DOE, JOHN)", ["OREP", "KC", "ROE, JANE", "DOE, JOHN"]),
    ],
)
def test_tags(text: str, found: list[str]) -> None:
    assert [text[low:high] for low, high in tags(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TAGS: PREL,\nPGOV\n", ["PREL", "PGOV"]),
        ("TAGS PREL FR RS\nNATO, UK\n", ["PREL", "FR", "RS", "NATO", "UK"]),
        ("TAGS: PREL\nhere the text begins\n", ["PREL"]),
        ("TAG PTER, PGOV\n", ["PTER", "PGOV"]),
        ("E.O. 12958: DECL: 08/22/2017 AGS: PGOV\n", ["PGOV"]),
        ("DECL: 08/22/2017 AGS: PGOV\n", ["PGOV"]),
    ],
)
def test_tags_lines(text: str, found: list[str]) -> None:
    listed = [each for part in every(_read(text).cable, model.Tags) for each in part.tags]
    assert [each.text for each in listed] == found
    assert [text[each.span.start : each.span.end] for each in listed] == found


# --- the order ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "order", "on", "event"),
    [
        ("E.O. 12958: DECL: 12/02/2016", "12958", "2016-12-02", None),
        ("EO 12958 DECL: 2020/02/23", "12958", "2020-02-23", None),
        ("E.o. 12958: decl: after unification", "12958", None, "after unification"),
        ("E.O. 12958: DECL: X1", "12958", None, "X1"),
        ("E.O. 12958: 25X1-human", "12958", None, "25X1-human"),
        ("E.O. 11652: XGDS-3", "11652", None, "XGDS-3"),
        ("E.O. 11652: N/A", "11652", None, "N/A"),
        ("E.O. 12065: GDS 7/2/85 (ROE, JANE H.) OR-M", "12065", "1985-07-02", None),
        ("EO 12065; GDS 3/14/85", "12065", "1985-03-14", None),
        ("E.O. 116528 GDS", "11652", None, "GDS"),
        ("E.0. 12356: DECL: OADR", "12356", None, "OADR"),
        ("E.0.: DECL: OADR", None, None, "OADR"),
        ("E.O. 12958: DECL: 13/45/2032", "12958", None, None),
    ],
)
def test_orders(text: str, order: str | None, on: str | None, event: str | None) -> None:
    reading = _read(f"{text}\nTAGS: PREL\n")
    line = first(reading.cable, model.ExecutiveOrder)
    assert line is not None
    assert (line.order, line.event) == (order, event)
    assert (line.declassify_on.isoformat() if line.declassify_on else None) == on
    assert ("R133" in _codes(reading)) == (on is None and event is None)


def test_an_order_that_is_none_is_told() -> None:
    assert "R134" in _codes(_read("E.O. 12985: DECL: 12/02/2016\nTAGS: PREL\n"))


_CLASSIFIED = "VZCZCXYZ0001\nDE RUEHXX #0412 3370610\nZNY {zny} ZZH\nP 030610Z DEC 06\n"
_REST = "FM AMEMBASSY PORT ORRIN\nTO RUEHC/SECSTATE WASHDC\nBT\n{banner} PORT ORRIN 000412\n\n"


@pytest.mark.parametrize(
    ("zny", "banner", "order", "codes"),
    [
        ("SSSSS", "S E C R E T", "E.O. 12958: DECL: 12/02/2016", set()),
        ("SSSSS", "S E C R E T", "E.O. 12958: N/A", {"MK033"}),
        ("CCCCC", "S E C R E T", "E.O. 12958: DECL: 12/02/2016", {"MK034"}),
        ("UUUUU", "UNCLAS", "E.O. 12958: N/A", set()),
    ],
)
def test_order_and_letters_against_the_banner(
    zny: str, banner: str, order: str, codes: set[str]
) -> None:
    head = _CLASSIFIED.format(zny=zny) + _REST.format(banner=banner)
    reading = _read(f"{head}{order}\nTAGS: PREL\nSUBJECT: A TEST\n")
    assert _codes(reading) & {"MK033", "MK034"} == codes


# --- the date-time group --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said", "mended"),
    [
        ("O 030610Z DEC 06", "2006-12-03T06:10", False),
        ("P 030610Z DECEMBER 2006", "2006-12-03T06:10", False),
        ("0 280653Z JAN 85", "1985-01-28T06:53", True),
        ("P O30610Z DEC 06", "2006-12-03T06:10", True),
        ("1208512 NOV 04", "2004-11-12T08:51", True),
        ("P 320610Z DEC 06", None, False),
        ("R 092215 Z MAY 73", "1973-05-09T22:15", False),
    ],
)
def test_date_time_groups(typed: str, said: str | None, mended: bool) -> None:
    reading = _read(f"{typed}\nFM AMEMBASSY PORT ORRIN\nTO SECSTATE WASHDC\n")
    group = first(reading.cable, model.DateTimeGroup)
    assert group is not None
    assert group.typed.text in typed
    assert (group.instant.strftime("%Y-%m-%dT%H:%M") if group.instant else None) == said
    assert ("R136" in _codes(reading)) == mended
    if typed[:2] in ("0 ", "O "):
        assert group.precedences == (model.Precedence.IMMEDIATE,)


# --- who classified -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "title", "reasons"),
    [
        ("Classified By: DCM Jane Roe for reasons 1.4 (b) and (d).", "Jane Roe", "DCM", "bd"),
        ("Classified By: (U) Classified by CDA Jane Roe; 1.4 (b,d)", "Jane Roe", "CDA", "bd"),
        ("Classified By: Ambassaor Jane Q. Roe for reaons 1.4 b", "Jane Q. Roe", "Ambassaor", "b"),
        ("CLASSIFIED BY: JANE ROE, JR., AMBASSADOR. REASON: 1.4 (D)", "JANE ROE, JR.", "AMBASSADOR",
         "d"),
        ("Classified By: Acting DCM/Jane Roe under 1.4 b/d", "Jane Roe", "Acting DCM", "bd"),
        ("CLASSIFIED BY AMBASSADOR TO VALDOURA JANE ROE. REASON 1.4(D)", "JANE ROE",
         "AMBASSADOR TO VALDOURA", "d"),
        ("Classified By: Charge d'Affaires a. i. Jane Roe, 1.4 (b+d)", "Jane Roe",
         "Charge d'Affaires a.i.", "bd"),
        ("CLASSIFIED BY SECTION 1.4 (B) AND (D)", None, None, "bd"),
    ],
)  # fmt: skip
def test_authority(text: str, name: str | None, title: str | None, reasons: str) -> None:
    found = authority(text)
    assert found is not None
    assert (found.name, found.title) == (name, title)
    assert found.reasons == tuple(f"1.4({letter})" for letter in reasons)


def test_a_word_that_was_cut_at_the_margin_is_whole() -> None:
    first_line = "Classified By: Interagency Harbor Affairs Deputy Coordinator Jane Aldenr"
    assert len(first_line[:71]) == 71
    reading = _read(f"{first_line[:71]} \n{first_line[71:]}oe for reasons 1.4 (b)\n")
    line = first(reading.cable, model.Authority)
    assert line is not None
    assert line.name is not None
    assert line.name.endswith("Aldenroe")


def test_the_line_typed_as_a_paragraph() -> None:
    text = "1. (U) CLASSIFIED BY POLOFF JANE ROE, REASON 1.5 (D).\n\n2. (C) It goes on.\n"
    cable = _read(text).cable
    said = classifier(cable)
    assert said is not None
    assert (said.name, said.title, said.reasons) == ("JANE ROE", "POLOFF", ("1.5(d)",))
    assert [passage.kind.value for passage in cable.passages] == ["authority"]


# --- posts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "word", "country"),
    [
        ("AMEMBASSY LA PAZ", "LAPAZ", "BO"),
        ("SECSTATE WASHDC", "STATE", "US"),
        ("USMISSION USUN NEW YORK", "USUNNEWYORK", "US"),
        ("SECDEF WASHINGTON DC", "SECDEF", "US"),
        ("AMCONSUL HO CHI MINH CITY", "HOCHIMINHCITY", "VN"),
    ],
)
def test_posts(typed: str, word: str, country: str) -> None:
    found = posts.station(typed)
    assert found is not None
    assert (found.word, found.country) == (word, country)


def test_posts_on_the_lines() -> None:
    text = "FM AMEMBASSY LA PAZ\nTO RUEHC/SECSTATE WASHDC\nINFO AMEMBASSY KESTREL CAPE\n"
    reading = _read(f"P 030610Z DEC 06\n{text}")
    origin = first(reading.cable, model.Origin)
    assert origin is not None
    assert (origin.post, origin.country) == ("LAPAZ", "BO")
    named = [each for part in every(reading.cable, model.Addressees) for each in part.addressees]
    assert [(each.post, each.country) for each in named] == [("STATE", "US"), (None, None)]
    assert "R135" in _codes(reading)


def test_every_post_has_one_country_and_a_word_of_letters() -> None:
    for word, post in posts.POSTS.items():
        assert word == post.word
        assert word.isalnum()
        assert len(post.country) == 2


def test_id_of_a_post_with_signs() -> None:
    head = "P 030610Z DEC 06\nFM AMEMBASSY PORT ORRIN\nTO SECSTATE WASHDC\nBT\n"
    assert canonical_id(_read(f"{head}UNCLAS PORT ORRIN 000412\n").cable) == "06PORTORRIN412"


# --- summaries ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. (C) Summary and Comment: So it is. End Summary and Comment.\n\n2. (C) On.\n",
         "Summary and Comment: So it is. End Summary and Comment."),
        ("1. (C) So it is. END\nSUMMARY.\n\n2. (C) On.\n", "So it is. END\nSUMMARY."),
        ("SUMMARY\n-------\n\n1. (C) So it is.\n\n2. (C) On.\n\nNEXT\n----\n\n3. (C) No.\n",
         "So it is.\n\n2. (C) On."),
        ("3. (C) So it is. END SUMMARY.\n", None),
    ],
)  # fmt: skip
def test_summaries(text: str, found: str | None) -> None:
    reading = _read(text)
    told = [
        reading.text[each.span.start : each.span.end]
        for each in reading.cable.passages
        if each.kind is model.PassageKind.SUMMARY
    ]
    assert told == ([found] if found else [])


# --- signatures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("ROE\n", "ROE"),
        ("ROE##\n", "ROE"),
        ("ROE.\n", "ROE"),
        ("-\nROE\n", "ROE"),
        ("ROE\n\n.\n", "ROE"),
        ("ROE\n\n      2004KESTRE01540 - UNCLASSIFIED\n", "ROE"),
        ("ROE\n\nMore of the text, which is no note at all.\n", None),
    ],
)
def test_signatures(end: str, name: str | None) -> None:
    reading = _read(f"1. So it begins.\n\n2. And so\nit ends here.\n{end}")
    signed = first(reading.cable, model.Signature)
    assert (signed.names[0] if signed else None) == name


# --- what tells at once that a line is no part of a heading ---------------------------------------


def test_a_line_that_is_passed_over_is_no_part_of_a_heading() -> None:
    """``may_begin`` saves time and nothing else: every recogniser asked says no, too."""
    files = [path.read_bytes() for path in (*SAMPLES, *CORPUS)]
    texts = [*files, *(mutated(seed, files) for seed in range(100))]
    texts += [path.read_bytes() for path in sorted((ROOT / "tests" / "cases").glob("*.md"))]
    passed: set[str] = set()
    for text in texts:
        lines, _ = split(decode(text).text)
        for place, line in enumerate(lines):
            if line.text in passed or len(line.text) > LONGEST or heading.may_begin(line.text):
                continue
            passed.add(line.text)
            found = [one(lines, place) for one in heading.RECOGNISERS]
            assert not any(found), line.text
    assert len(passed) > 500


def test_what_may_interrupt_a_text_is_what_read_part_finds() -> None:
    for path in (*SAMPLES, *CORPUS):
        lines, _ = split(decode(path.read_bytes()).text)
        for place in range(len(lines)):
            part = heading.read_part(lines, place)
            is_kind = part and (
                heading.is_furniture(part[0]) or isinstance(part[0], model.Banner | model.Captions)
            )
            furniture = heading.read_furniture(lines, place)
            assert furniture == part if is_kind else furniture is None or furniture == part


# --- labels as the files of 1973 to 1979 have them ------------------------------------------------

_OLD = """PAGE 01 KESTREL CAPE 03038 102001Z
ACTION ARA-20
           --------------------- 111390
{group}
FM AMEMBASSY KESTREL CAPE
TO SECSTATE WASHDC PRIORITY 3056

{banner}

{order}
{tags}

{subject}

{references}

1. THIS FICTIONAL TEXT IS ABOUT THE HARBOR LAMPS.

ASHDOWN
"""
_LINES = {
    "group": "P 101905Z MAY 74",
    "banner": "C O N F I D E N T I A L KESTREL CAPE 3038",
    "order": "E.O. 11652: GDS",
    "tags": "TAGS: PFOR, BL",
    "subject": "SUBJECT: HARBOR LAMPS",
    "references": "REF: A. STATE 88210 B. LIMA 2848",
}
_OTHERWISE = [
    ("group", "P 101905 Z MAY 74"),
    ("group", "P 101905Z MAY 7 4"),
    ("group", "P 1 01905Z MAY 74"),
    ("group", "P 101905Z M AY 74"),
    ("group", "P 101905Z MAY74"),
    ("group", "P101905Z MAY 74"),
    ("banner", "C O N F I D E NT I A L KESTREL CAPE 3038"),
    ("banner", "C ON F I D E N T I A L KESTREL CAPE 3038"),
    ("order", "E..O. 11652: GDS"),
    ("order", "E.O. 11652- GDS"),
    ("order", "E.O. 11652/ GDS"),
    ("order", "E.O. 11 652: GDS"),
    ("tags", "TAGS; PFOR, BL"),
    ("tags", "TAGS/ PFOR, BL"),
    ("tags", "TAGS. PFOR, BL"),
    ("tags", "TAGS- PFOR, BL"),
    ("tags", "TAG: PFOR, BL"),
    ("tags", "TAGSC: PFOR, BL"),
    ("tags", "TAGA: PFOR, BL"),
    ("tags", "T A G S: PFOR, BL"),
    ("tags", "TAGS: PFOR/BL"),
    ("tags", "TAGS: N/A\nTAGS: PFOR, BL"),
    ("tags", "TAGS: PFOR\nTAGS: BL"),
    ("subject", "SUBJ; HARBOR LAMPS"),
    ("subject", "SUBJ HARBOR LAMPS"),
    ("subject", "SUB: HARBOR LAMPS"),
    ("subject", "SUJ: HARBOR LAMPS"),
    ("subject", "SUBJT: HARBOR LAMPS"),
    ("subject", "SUBJECT; HARBOR LAMPS"),
    ("subject", "SUBJECT. HARBOR LAMPS"),
    ("subject", "SUBJECT - HARBOR LAMPS"),
    ("subject", "SUBJECT--HARBOR LAMPS"),
    ("subject", "SUBJECT/ HARBOR LAMPS"),
    ("subject", "SUBJECTS: HARBOR LAMPS"),
    ("subject", "SUBECT: HARBOR LAMPS"),
    ("subject", "SUJBECT: HARBOR LAMPS"),
    ("subject", "SUBKECT: HARBOR\nLAMPS"),
    ("subject", "S UBJECT: HARBOR LAMPS"),
    ("references", "REF; A. STATE 88210 B. LIMA 2848"),
    ("references", "REFTEL. (A) STATE 88210 (B) LIMA 2848"),
    ("references", "RETELS: A. STATE 88210\nB. LIMA 2848"),
    ("references", "REF  : A. STATE 88210 B. LIMA 2848"),
    ("references", "REF: A.STATE 88210 B.LIMA 2848"),
    ("references", "REFA: STATE 88210\n  B: LIMA 2848"),
]


@pytest.mark.parametrize(("field", "typed"), _OTHERWISE)
def test_labels_typed_otherwise(field: str, typed: str) -> None:
    reading, right = _read(_OLD.format(**{**_LINES, field: typed})), _read(_OLD.format(**_LINES))
    facts = [fact for fact in header_facts(reading.cable) if fact.name != "Date"]
    assert facts == [fact for fact in header_facts(right.cable) if fact.name != "Date"]
    assert instant(reading.cable) == instant(right.cable) is not None
    assert [one.form for one in reading.cable.forms] == ["transmission"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("SUJ: HARBOR LAMPS", "the label of this line was read as SUBJECT: SUJ"),
        ("S UBKECT: HARBOR LAMPS", "the label of this line was read as SUBJECT: S UBKECT"),
    ],
)
def test_a_misspelt_label_is_told(typed: str, said: str) -> None:
    reading = _read(_OLD.format(**{**_LINES, "subject": typed}))
    assert [one.message() for one in reading.findings if one.code.id == "R137"] == [said]


@pytest.mark.parametrize("line", ["SUBS: OUR BOATS", "TAG; YOU ARE IT", "REFS. ARE OUT", "SUBJ A"])
def test_in_the_text_no_word_is_a_label_for_being_like_one(line: str) -> None:
    reading = _read(_OLD.format(**_LINES).replace("\nASHDOWN", f"{line}\n\nASHDOWN"))
    assert [fact.value for fact in header_facts(reading.cable) if fact.name == "Subject"] == [
        "HARBOR LAMPS"
    ]
    assert len([*every(reading.cable, model.Subject), *every(reading.cable, model.Tags)]) == 2
    assert len([*every(reading.cable, model.References)]) == 1
    assert "R137" not in _codes(reading)


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("GENEVA FOR TALKS", "A LAMP GENEVA FOR TALKS"),
        ("THE KEEPER FOR ALL LAMPS", "A LAMP THE KEEPER FOR ALL LAMPS"),
        ("GENEVA FOR ROE", "A LAMP"),
        ("LIMA POUCH QUITO; PARIS PASS ROE.", "A LAMP"),
        ("HONG KONG FOR ROE\nGENEVA FOR DOE", "A LAMP"),
    ],
)
def test_what_stands_for_a_post_below_a_title_is_none_of_it(below: str, title: str) -> None:
    reading = _read(_OLD.format(**{**_LINES, "subject": f"SUBJECT: A LAMP\n{below}"}))
    part = first(reading.cable, model.Subject)
    assert part is not None
    assert part.title.text == title
    said = " ".join(each.text.text for each in every(reading.cable, model.Passing))
    assert said == ("" if title != "A LAMP" else below.replace("\n", " "))


def test_a_second_subject_in_a_heading_stays_as_typed() -> None:
    reading = _read(_OLD.format(**{**_LINES, "subject": "SUBJECT: A TITLE\n\nSUJ: ANOTHER"}))
    assert "R130" in _codes(reading)


@pytest.mark.parametrize(
    ("group", "read"),
    [("R 251346 Z JUN 7 3", "251346Z JUN 73"), ("R251346Z J UN 73", "251346Z JUN 73")],
)
def test_a_group_in_loose_letters_is_told(group: str, read: str) -> None:
    reading = _read(_OLD.format(**{**_LINES, "group": group}))
    assert [one.message() for one in reading.findings if one.code.id == "R136"] == [
        f"{group} was read as {read}"
    ]


@pytest.mark.parametrize(
    "line", ["U NCLAS", "SE CRET", "C ONFIDENTIAL KESTREL CAPE 3038", "S ECRE T"]
)
def test_a_class_torn_apart_is_kept_as_typed_in_every_output(line: str) -> None:
    reading = _read(_OLD.format(**{**_LINES, "banner": line}))
    assert {"MK013", "MK000"} & _codes(reading)
    for format in ("tei", "docx", "pdf"):
        assert render(reading.cable, format, Options()).data


@pytest.mark.parametrize("mark", ["(C))", "(C]", "[[S]", "( (TS) )", "(C) )"])
def test_a_mark_in_odd_brackets_is_told_or_read_in_every_output(mark: str) -> None:
    reading = _read(_OLD.format(**_LINES).replace("1. THIS", f"1. {mark} THIS"))
    portion = next(every(reading.cable, model.Paragraph)).portion
    is_read = portion is not None and portion.marking is not None
    assert is_read != bool({"MK010", "MK017"} & _codes(reading))
    for format in ("tei", "docx", "pdf"):
        assert render(reading.cable, format, Options()).data


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("SECTION ONE OF TWO KESTREL CAPE 3038", (1, 2)),
        ("SECTION 1 OF 2 SECTIONS KESTREL CAPE 3038", (1, 2)),
        ("FINAL SECTION OF TWO KESTREL CAPE 3038", (2, 2)),
        ("KESTREL CAPE 3038 SECTION 02 OF TEN", (2, 10)),
        ("KESTREL CAPE 3038 TOSEC 120033", (None, None)),
        ("SECTION 1 OF 2 KESTREL CAPE 3038 SECTO 04021", (1, 2)),
        ("KESTREL CAPE SECTION 1 OF 2 03038", (1, 2)),
        ("SECTION 2 OF 2 KESTREL CAPE 3038/2", (2, 2)),
        ("KESTREL CAPE 3038 CORRECTED COPY", (None, None)),
        ("KESTREL CAPE 3038 STADIS///////////////", (None, None)),
        ("SECTION 2 OF 3 KESTREL CAPE 3038/2", (2, 3)),
    ],
)
def test_what_a_class_line_says_of_the_message(
    line: str, section: tuple[int | None, int | None]
) -> None:
    reading = _read(_OLD.format(**{**_LINES, "banner": f"C O N F I D E N T I A L {line}"}))
    assert canonical_id(reading.cable) == "74KESTRELCAPE3038"
    banner = first(reading.cable, model.Banner)
    assert banner is not None
    assert (banner.section, banner.sections) == section


def test_a_control_is_no_part_of_a_posts_name() -> None:
    line = "C O N F I D E N T I A L SPECAT KESTREL CAPE 3038"
    assert "MK013" in _codes(_read(_OLD.format(**{**_LINES, "banner": line})))
