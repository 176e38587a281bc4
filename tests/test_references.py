"""References as posts type them, in fictional lists: one label, one kind, one id each."""

from __future__ import annotations

import pytest

from convert.model import cable as model
from convert.model.walk import every
from convert.reader.read import Reading, read
from convert.reader.references import items

_HEAD = """P 030610Z DEC 06
FM AMEMBASSY PORT ORRIN
TO RUEHC/SECSTATE WASHDC
BT
C O N F I D E N T I A L PORT ORRIN 000412

"""


def _listed(text: str) -> tuple[Reading, list[model.Reference]]:
    reading = read((_HEAD + text).encode())
    assert not [one for one in reading.findings if one.code.id == "R100"]
    listed = [each for part in every(reading.cable, model.References) for each in part.references]
    return reading, listed


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("LA PAZ 2974", ["06LAPAZ2974"]),
        ("SECSTATE 004418", ["06STATE4418"]),
        ("05 STATE 12", ["05STATE12"]),
        ("2004 LIMA 77", ["04LIMA77"]),
        ("STATE (01) 2012", ["01STATE2012"]),
        ("870 LIMA", ["06LIMA870"]),
        ("LIMA #3565", ["06LIMA3565"]),
        ("LIMA (C)02293", ["06LIMA2293"]),
        ("LIMA 5049-01", ["01LIMA5049"]),
        ("LIMA 00789/04", ["04LIMA789"]),
        ("LIMA 07718 99", ["99LIMA7718"]),
        ("LIMA 936/935", ["06LIMA936", "06LIMA935"]),
        ("LIMA 2799 AND 2764", ["06LIMA2799", "06LIMA2764"]),
        ("LIMA 116 and 774, 121 (NOTAL)", ["06LIMA116", "06LIMA774", "06LIMA121"]),
        ("LIMA CABLES 0266 AND 02259 (2002)", ["06LIMA266", "02LIMA2259"]),
        ("STATE 2320 & USUN 2336", ["06STATE2320", "06USUNNEWYORK2336"]),
        ("LIMA 849, LIMA, 1228", ["06LIMA849", "06LIMA1228"]),
        ("STATE 207984 310241Z AUG 77", ["77STATE207984"]),
        ("STATE 207984 DTD 310241Z AUG 77", ["77STATE207984"]),
        ("STATE 207984 OCT 6, 1973 (SECTO 28)", ["73STATE207984"]),
        ("LIMA'S 11892, JULY 26, 1974; LIMA 3", ["74LIMA11892", "06LIMA3"]),
        ("STATE 207984, LAMP 6, 1973", ["06STATE207984"]),
        ("LIMA 3085, 1974", ["74LIMA3085"]),
        ("LIMA 3085, 1974, QUITO 1", ["06LIMA3085", "06LIMA1974", "06QUITO1"]),
        ("HO CHI MINH 10", ["06HOCHIMINHCITY10"]),
        ("HK05511", ["06HONGKONG5511"]),
        ("ST. PETERSBURG 75", ["06STPETERSBURG75"]),
        ("PORT-AU-PRINCE 12", ["06PORTAUPRINCE12"]),
        ("UNCLAS USDA FAS 57863", ["06USDAFAS57863"]),
        ("KESTREL CAPE 161", ["06KESTRELCAPE161"]),
        ("STATE 132666: LIMA 2947", ["06STATE132666", "06LIMA2947"]),
        ("STATE 131738 (MAY 24, 1978)", ["78STATE131738"]),
        ("US MISSION EC BRUSSELS 0086", ["06ECBRUSSELS86"]),
    ],
)
def test_cables(text: str, ids: list[str]) -> None:
    found = items(text, 2006)
    assert [each.canonical for each in found] == ids
    assert {each.kind for each in found} == {model.ReferenceKind.CABLE}
    assert found[-1].span.end == len(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ROE-DOE E-MAIL 12/01/09", "e-mail"),
        ("ROE (S/CT) EMAIL OF 04/15/2008", "e-mail"),
        ("SEPTEL", "septel"),
        ("ROE/DOE TELCON 02/16/2010", "telecon"),
        ("A-269 OF OCTOBER 14, 1973", "airgram"),
        ("LETTER OF MAY 3 TO MINISTER ROE", "letter"),
        ("TD-314/00001-05 11 APRIL 2005", "report"),
        ("2004 HUMAN RIGHTS REPORT FOR VALDOURA", "report"),
        ("9 FAM APPENDIX K, 406 (6)", "statute"),
        ("22 USC 2291", "statute"),
        ("E.O. 12333", "statute"),
        ("EXP.LIC. D328589", "other"),
        ("VALDOURA POINTS JULY 15", "other"),
        ("SECDEF MSG DTG 301601Z SEP 08", "cable"),
        ("USDAO LIMA MSG 242015Z", "cable"),
        ("JCS MSG 221205 AUG 74", "cable"),
        ("LIMA A87", "airgram"),
        ("STATE A4683 OF JUNE 10", "airgram"),
        ("TELECOM ROE-DOE, JUNE 26, 1979", "telecon"),
    ],
)
def test_other_kinds(text: str, kind: str) -> None:
    (found,) = items(text, 2006)
    assert (found.kind.value, found.typed, found.canonical) == (kind, text, None)


@pytest.mark.parametrize(
    "text",
    [
        "(A) LIMA 1 (B) LIMA 2, (C) LIMA 3",
        "[A] LIMA 1 [B] LIMA 2 [C] LIMA 3",
        "A. LIMA 1 B. LIMA 2 C. LIMA 3",
        "A) LIMA 1; B)LIMA 2; C) LIMA 3",
        "A: LIMA 1 B: LIMA 2 C: LIMA 3",
        "A. A) LIMA 1 B. B) LIMA 2 C. C) LIMA 3",
        "A. REF A LIMA 1 B. REF B LIMA 2 C. REF C LIMA 3",
        "A. REF: LIMA 1 B. LIMA 2 C. LIMA 3",
        "Ref A) LIMA 1 B) LIMA 2 C) LIMA 3",
        "A - LIMA 1\nB - LIMA 2\nC - LIMA 3",
        "(A) LIMA 1 (NOTAL) (B) AMEMBASSY LIMA 2 (C) LIMA 3 (EXDIS)",
        "(A) LIMA 1 -     (B) LIMA 2 -     (C) LIMA 3, and previous",
    ],
)
def test_labels(text: str) -> None:
    found = items(text, 2006)
    assert [each.label for each in found] == ["A", "B", "C"]
    assert [each.canonical for each in found] == ["06LIMA1", "06LIMA2", "06LIMA3"]


def test_what_stands_behind_a_cable_and_a_comma_is_a_reference_of_its_own() -> None:
    _, listed = _listed("REF: STATE 207984, ROE-DOE TELCON 7/15\n\n1. TEXT.\n")
    assert [(each.canonical, each.kind.value) for each in listed] == [
        ("06STATE207984", "cable"),
        (None, "telecon"),
    ]


def test_no_reference_at_all() -> None:
    assert items("N/A") == ()


def test_what_is_no_label() -> None:
    assert [each.label for each in items("E-MAILS J. ROE-K. DOE")] == [None]
    assert [each.typed for each in items("A. LIMA 1 B. (C) LIMA 2")] == ["LIMA 1", "(C) LIMA 2"]


def test_what_is_typed_stays_typed() -> None:
    (found,) = items("SECSTATE O1512 (NOTAL)", 2005)
    assert (found.typed, found.canonical) == ("SECSTATE O1512 (NOTAL)", "05STATE1512")
    (spelt,) = items("05 COTON0U 348", 2006)
    assert (spelt.typed, spelt.canonical, spelt.inferred) == (
        "05 COTON0U 348",
        "05COTONOU348",
        True,
    )
    (plain,) = items("05 COTONOU 348", 2006)
    assert not plain.inferred


def test_a_serial_alone_is_of_the_post_above_or_of_this_one() -> None:
    found = items("A. LIMA 2969 B. 2962 AND PREVIOUS", 2006, "PORTORRIN")
    assert [each.canonical for each in found] == ["06LIMA2969", "06LIMA2962"]
    found = items("A) 6307 B) STATE 285773", 2003, "PORTORRIN")
    assert (found[0].canonical, found[0].inferred) == ("03PORTORRIN6307", True)


def test_labels_that_are_figures() -> None:
    found = items("(1) LIMA 12 (2) LIMA 13", 2006)
    assert [(each.label, each.typed) for each in found] == [("1", "LIMA 12"), ("2", "LIMA 13")]

    found = items("1. STATE 44120; 2. LIMA 1277", 1974)
    assert [(each.label, each.canonical) for each in found] == [
        ("1", "74STATE44120"),
        ("2", "74LIMA1277"),
    ]
    found = items("1) STATE 047381: A) STATE 46969", 1974)
    assert [each.label for each in found] == ["1", "A"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("STATE 251108: A-62 OF APRIL 6, 1973", ["cable", "airgram"]),
        ("STATE 092148 AND LIMA A-023.", ["cable", "airgram"]),
        ("A-269 OF DECEMBER 12, 1973; A-074 OF APRIL 16, 1974", ["airgram", "airgram"]),
        ("LIMA 638\nROE/AMBASSADOR TELECON JAN 31", ["cable", "telecon"]),
    ],
)
def test_several_without_labels(text: str, kinds: list[str]) -> None:
    assert [each.kind.value for each in items(text, 1974)] == kinds


def test_a_passing_instruction_behind_a_list_is_none_of_it() -> None:
    found = items("(A) STATE 26354; (B) LIMA 608; DEPARTMENT PASS DOD/ISA", 1974)
    assert [each.typed for each in found] == ["STATE 26354", "LIMA 608"]


def test_a_list_without_its_label() -> None:
    """Of the forces: below the subject stand messages by number or group."""
    text = "SUBJECT: A TEST\n\nA. JCS MSG 221205 AUG 74\nB. STATE 185136\n\n1. (C) So it begins.\n"
    reading, listed = _listed(text)
    assert [each.canonical for each in listed] == [None, "06STATE185136"]
    assert [each.label for each in listed] == ["A", "B"]
    assert len(list(every(reading.cable, model.Paragraph))) == 1
    reading, listed = _listed("SUBJECT: A TEST\n\nA. THE LAMP\nB. STATE 12\n\n1. So it begins.\n")
    assert listed == []


def test_a_damaged_label() -> None:
    assert [each.label for each in items("(A) LIMA 7825; (BL LIMA 5083", 1974)] == ["A", "B"]


def test_own_and_department_telegrams() -> None:
    found = items("EMBTEL 1201, DEPTEL 88", 1966, "PORTORRIN")
    assert [each.canonical for each in found] == ["66PORTORRIN1201", "66STATE88"]


def test_no_colon() -> None:
    _, listed = _listed("SUBJECT: A TEST\nREF STATE 12345\n\n1. (C) REF STATE 12 is text.\n")
    assert [each.canonical for each in listed] == ["06STATE12345"]


def test_the_citing_cable_gives_the_year() -> None:
    reading, listed = _listed("REF: A. LIMA 12 B. 05 LIMA 13\n\n1. (C) So it begins.\n")
    assert [(each.canonical, each.inferred) for each in listed] == [
        ("06LIMA12", True),
        ("05LIMA13", False),
    ]
    assert [reading.text[each.span.start : each.span.end] for each in listed] == [
        "LIMA 12",
        "05 LIMA 13",
    ]


def test_a_list_wraps_at_a_group_and_at_a_number() -> None:
    _, listed = _listed(
        "REF: DAO MESSAGE 04650 DTG 081320Z AUG 74; DAO MESSAGE\n"
        "021330Z AUG 74\n\n1. So it begins.\n"
    )
    assert [each.typed[-18:] for each in listed] == ["DTG 081320Z AUG 74", "AGE 021330Z AUG 74"]
    reading, listed = _listed("REFS: 1. LIMA 12\n      2. LIMA 13\n\n1. So it begins.\n")
    assert [each.label for each in listed] == ["1", "2"]
    assert len(list(every(reading.cable, model.Paragraph))) == 1


def test_a_list_goes_on_over_blank_and_page_lines() -> None:
    text = """REF: A) LIMA 1, B) RIO

DE JANEIRO 2, C)

LIMA 3

C O N F I D E N T I A L

PORT ORRIN 00000412  002 OF 002

     D. LIMA 4

1. (C) A. is no label here.
"""
    reading, listed = _listed(text)
    assert [(each.label, each.canonical) for each in listed] == [
        ("A", "06LIMA1"),
        ("B", "06RIODEJANEIRO2"),
        ("C", "06LIMA3"),
        ("D", "06LIMA4"),
    ]
    assert [line.page for line in every(reading.cable, model.PageLine)] == [1]
    assert [one.label.typed for one in every(reading.cable, model.Paragraph) if one.label] == ["1."]


def test_a_page_line_at_the_end_is_no_reference() -> None:
    _, listed = _listed("REF: LIMA 227  PORT ORRIN 00000412  001.2 OF 002\n\n1. (C) Text.\n")
    assert [each.typed for each in listed] == ["LIMA 227"]


def test_an_unknown_post_is_told_and_kept() -> None:
    reading, listed = _listed("REF: KESTREL CAPE 12\n")
    assert listed[0].canonical == "06KESTRELCAPE12"
    told = [one.message() for one in reading.findings if one.code.id == "R135"]
    assert told == ["in no table of posts: PORT ORRIN, KESTREL CAPE 12"]
