"""Every rule on markings: a cable that provokes it, and a near miss that does not."""

from __future__ import annotations

import pytest

from convert.diagnostics import Code, Severity
from convert.job import render
from convert.model.cable import Paragraph
from convert.model.document import effective
from convert.model.facts import banner_text, header_facts, is_declassified, is_released
from convert.model.walk import every
from convert.notation.banner import show
from convert.options import Options
from convert.reader.read import Reading, read
from tests.conftest import ROOT

HEAD = """\
VZCZCXRO0001
PP RUEHC
DE RUEHPQ #0412 1651330
ZNY SSSSS ZZH
P 141330Z JUN 07
FM AMEMBASSY PORT MERIDIAN
TO RUEHC/SECSTATE WASHDC 6120

{banner} PORT MERIDIAN 000412

{captions}
E.O. 12958: DECL: {until}
TAGS: PREL
SUBJECT: A FICTIONAL CABLE

Classified By: DCM Jane Roe for reasons {reasons} (b) and (d).

{text}
"""


def cable(
    *portions: str,
    banner: str = "S E C R E T",
    captions: str = "SIPDIS",
    until: str = "06/14/2017",
    reasons: str = "1.4",
) -> Reading:
    """A fictional cable whose numbered paragraphs carry these marks."""
    text = "\n\n".join(
        f"{n}. {mark} This is fictional text." for n, mark in enumerate(portions, start=1)
    )
    filled = HEAD.format(banner=banner, captions=captions, until=until, reasons=reasons, text=text)
    return read(filled.encode())


def codes(reading: Reading) -> set[str]:
    return {f.code.id for f in reading.findings if f.code.id.startswith("MK")}


CASES = {
    "MK001": (cable("(S)", banner="C O N F I D E N T I A L"), cable("(C)", "(S)")),
    "MK002": (cable("(C)", "(U)"), cable("(C)", "(S)")),
    "MK003": (cable("(S//NF)"), cable("(S//NF)", captions="NOFORN")),
    "MK004": (
        cable("(S//REL TO USA, GBR)", banner="SECRET//REL TO USA, AUS, GBR"),
        cable("(S//REL TO USA, AUS, GBR)", banner="SECRET//REL TO USA, GBR"),
    ),
    "MK005": (cable("(S//REL TO USA, GBR)", "(U)"), cable("(S//REL TO USA, GBR)", "(S)")),
    "MK006": (
        cable("(SBU)", banner="UNCLAS"),
        cable("(SBU)", banner="UNCLAS", captions="SENSITIVE"),
    ),
    "MK007": (
        cable("(S//NF/REL TO USA, GBR)", captions="NOFORN"),
        cable("(S//NF)", "(S//REL TO USA, GBR)", captions="NOFORN"),
    ),
    "MK008": (cable("(S//FOUO)"), cable("(U//FOUO)", "(S)")),
    "MK010": (cable("(S//XYZZY)"), cable("(S/CT) is an office;", "(S)")),
    "MK011": (cable("(S)", "Unmarked."), cable("(S - ENTIRE TEXT)", "Unmarked.")),
    "MK013": (cable("(S)", banner="SECRET//XYZZY"), cable("(S//NF)", banner="SECRET//NOFORN")),
    "MK017": (cable("(S) ONE. (S//NF) TWO."), cable("(S) AS MARKED (S//NF) THERE.")),
    "MK020": (cable("(S/NF)", captions="NOFORN"), cable("(S//NF)", captions="NOFORN")),
    "MK021": (cable("(S//REL UK)"), cable("(S//REL TO USA, GBR)")),
    "MK022": (
        cable("(S//REL TO USA, GBR, AUS)", "(S)"),
        cable("(S//REL TO USA, AUS, GBR)", "(S)"),
    ),
    "MK023": (cable("(LOU)", "(S)"), cable("(U)", "(S)")),
    "MK031": (cable("(S)", until="06/14/2001"), cable("(S)", until="06/14/2032")),
    "MK032": (cable("(S)", reasons="1.5"), cable("(S)", reasons="1.4")),
}


@pytest.mark.parametrize("code", CASES)
def test_provoked(code: str) -> None:
    assert code in codes(CASES[code][0])


@pytest.mark.parametrize("code", CASES)
def test_near_miss(code: str) -> None:
    assert code not in codes(CASES[code][1])


def test_a_released_copy() -> None:
    """A stamp on a line of its own, and the same words in a sentence."""
    text = "S E C R E T PORT MERIDIAN 000412\n\n1. (S) TEXT.\n\n{}\n"
    stamped = text.format("Jane Roe Declassified/Released US Department of State 4 Jul 2014")
    assert "MK050" in codes(read(stamped.encode()))
    assert "MK050" in codes(read(text.format("RELEASED IN PART B1, 1.4(D)").encode()))
    said = text.format("2. (S) THE PAPER WAS RELEASED IN FULL, THEY SAID, AND DECLASSIFIED")
    assert "MK050" not in codes(read(said.encode()))


def test_a_clean_cable() -> None:
    assert codes(cable("(U)", "(S)", "(C)")) == set()


def test_sections_that_differ() -> None:
    text = (
        "S E C R E T SECTION 01 OF 02 PORT MERIDIAN 000412\n\n1. (S) ONE.\n\n"
        "{} SECTION 02 OF 02 PORT MERIDIAN 000412\n\n2. (S) TWO.\n"
    )
    assert "MK012" in codes(read(text.format("C O N F I D E N T I A L").encode()))
    assert "MK012" not in codes(read(text.format("S E C R E T").encode()))


def test_what_a_classified_cable_names() -> None:
    whole = HEAD.format(
        banner="S E C R E T", captions="", until="06/14/2017", reasons="1.4", text="1. (S) TEXT."
    )
    lines = whole.splitlines(keepends=True)

    def without(start: str) -> set[str]:
        return codes(read("".join(line for line in lines if not line.startswith(start)).encode()))

    assert "MK030" not in codes(read(whole.encode()))
    assert "MK030" in without("E.O.")
    assert "MK030" in without("Classified By")
    assert "MK030" in codes(read(whole.replace(" for reasons 1.4 (b) and (d)", "").encode()))


def test_no_banner_and_unreadable_marks_stay_as_typed() -> None:
    assert codes(read(b"1. (S) Text.\n")) == {"MK000"}


def test_items_stand_under_their_paragraph() -> None:
    reading = cable("(S) The list follows:\n\nA. One.\n\nB. (U) Two.\n\n", "(S)")
    assert "MK011" not in codes(reading)


def test_weight_of_an_unmarked_paragraph() -> None:
    """A warning in a classified cable, information in an unclassified one."""
    for banner, severity in (("S E C R E T", Severity.WARNING), ("UNCLAS", Severity.INFO)):
        mark = "(S)" if severity is Severity.WARNING else "(U)"
        reading = cable(mark, "Unmarked.", banner=banner)
        found = [f.severity for f in reading.findings if f.code.id == "MK011"]
        assert found == [severity]


def test_classification_lines_in_their_place() -> None:
    """Behind the addressees a class that cannot be read is an error, not a paragraph."""
    text = "FM A\nTO B\nBT\n{}\n\nSUBJECT: A FICTIONAL CABLE\n\n1. (U) TEXT.\n"
    assert "MK013" in codes(read(text.format("SECRET FRIENDS AND FAMILY").encode()))
    navy = read(text.format("UNCLAS //N01420//").encode())
    assert not codes(navy) & {"MK000", "MK013"}


def _banner(line: str, captions: str = "", text: str = "1. (U) TEXT.") -> str | None:
    heading = f"FM A\nTO B\nBT\n{line}\n\n{captions}\n\nSUBJECT: A FICTIONAL CABLE\n\n"
    return banner_text(read(f"{heading}{text}\n".encode()).cable)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("SECRET/NOFORN", "SECRET//NOFORN"),
        ("SECRET-NOFORN", "SECRET//NOFORN"),
        ("S E C R E T - NOFORN", "SECRET//NOFORN"),
        ("TOP SECRET/SI/NOFORN", "TOP SECRET//SI//NOFORN"),
        ("//GBR SECRET", "//GBR SECRET"),
        ("//NATO SECRET", "//NATO SECRET"),
        ("CUI", "CUI"),
        ("LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE"),
        ("UNCLAS E F T O", "UNCLAS EFTO"),
        ("SECRET NOFORN ORCON PORT MERIDIAN 000412", "SECRET NOFORN ORCON PORT MERIDIAN 000412"),
        ("S-E-C-R-E-T PORT MERIDIAN 000412", "S-E-C-R-E-T PORT MERIDIAN 000412"),
        ("**SECRET**", "**SECRET**"),
        ("NATO SECRET", "NATO SECRET"),
    ],
)
def test_what_stands_on_every_page(line: str, shown: str) -> None:
    assert _banner(line) == shown


@pytest.mark.parametrize(
    "captions",
    [
        "NOFORN, SIPDIS",
        "NOFORN/EXDIS",
        "STADIS, NODIS",
        "NOFORN ORCON",
        "NOFORN//ORCON",
        "SENSITIVE, SIPDIS",
        "SIPDIS/SENSITIVE",
        "LIMDIS - GREENBACK",
        "LIMDIS, EXDIS",
    ],
)
def test_captions_in_any_company(captions: str) -> None:
    """A caption that limits who may read the cable is on every page, whatever stands beside it."""
    shown = _banner("S E C R E T PORT MERIDIAN 000412", captions)
    assert shown is not None
    limiting = ("NOFORN", "NODIS", "EXDIS", "STADIS", "LIMDIS", "SENSITIVE")
    wanted = {word for word in limiting if word in captions}
    assert wanted <= set(shown.split("//"))


def test_captions_stay_behind_an_unreadable_banner() -> None:
    assert _banner("SECRET//XYZZY", "NODIS") == "SECRET//XYZZY//NODIS"


def test_a_subject_that_wraps_is_no_banner() -> None:
    text = (
        b"UNCLAS BERN 000413\n\nSUBJECT: SWISS REFERENDUM AND THE\nSECRET BALLOT 1948\n\n1. (U) x\n"
    )
    assert banner_text(read(text).cable) == "UNCLASSIFIED"


@pytest.mark.parametrize(
    "text",
    [
        "NARRATIVE LINE\n\nSECRET\n\n1. (S) x\n",
        "1. (S) One\nS E C R E T PORT MERIDIAN 000413\n2. (S) two\n",
        "UNCLAS BERN 000413\n\n1. (U) One.\n\nSECRET//SI//NOFORN\n\n2. (S) Two.\n",
        "UNCLAS BERN 000413\n\n1. (U) One.\n\nSECRET\n\n2. (S) Two.\n",
    ],
)
def test_a_banner_in_the_text(text: str) -> None:
    shown = banner_text(read(text.encode()).cable)
    assert shown is not None
    assert shown.startswith("SECRET")


@pytest.mark.parametrize(
    "mark",
    ["(TOP SECRET//NOFORN)", "(T S)", "(Secret)", "(S\\NF)", "(S, NF)", "(NF)", "(S)(NF)",
     "(U) (S)", "(S&#47;NF)", "(S//REL TO " + "USA, " * 100 + "GBR)"],
)  # fmt: skip
def test_marks_that_cannot_be_taken(mark: str) -> None:
    reading = read(f"S E C R E T X 1234\n\n1. {mark} Text.\n".encode())
    assert "MK010" in codes(reading)


@pytest.mark.parametrize("name", ["(U-2)", "(C-130)", "(U.S.)", "(S/CT)", "(UK)", "(C's)", "(CSA)"])
def test_names_in_brackets(name: str) -> None:
    reading = read(f"S E C R E T X 1234\n\n1. {name} text.\n".encode())
    assert "MK010" not in codes(reading)


@pytest.mark.parametrize("mark", ["(S//RD)", "(S//SAR-BP)", "(S//SI)", "(S//FGI GBR)", "(S//PR)"])
def test_controls_missing_on_the_banner(mark: str) -> None:
    assert "MK003" in codes(cable(mark))


def test_two_messages_in_one_file() -> None:
    one = "S E C R E T PORT MERIDIAN 000412\n\n1. (S) ONE.\n\n"
    found = read((one + one.replace("000412", "000413")).encode()).findings
    assert "R112" in {finding.code.id for finding in found}
    assert "R112" not in {f.code.id for f in read((one + one).encode()).findings}


def test_addressees_that_wrap() -> None:
    to, info = "TO RUEHC/SECSTATE WASHDC PRIORITY\n6120\n", "INFO RUEHX/AMEMBASSY\nLONDON 33\n"
    text = f"FM A\n{to}{info}BT\nUNCLAS X 123\n"
    values = [fact.value for fact in header_facts(read(text.encode()).cable)]
    assert "SECSTATE WASHDC (RUEHC) PRIORITY 6120" in values
    assert "AMEMBASSY LONDON (RUEHX) 33" in values


def test_a_mark_in_a_reference() -> None:
    text = "UNCLAS X 123\n\nREF: A. LONDON 21\n     B. (S) LONDON 22 C. STATE 12\n\n1. (U) x\n"
    values = [fact.value for fact in header_facts(read(text.encode()).cable)]
    assert [v for v in values if "LONDON" in v or "STATE" in v] == [
        "A. LONDON 21", "B. (S) LONDON 22", "C. STATE 12",
    ]  # fmt: skip


def test_marks_for_the_entire_text() -> None:
    head = "C O N F I D E N T I A L X 1234\n\n1. {}\n\n2. Text.\n"
    assert "MK001" in codes(read(head.format("SECRET ENTIRE TEXT.").encode()))
    assert "MK001" in codes(read(head.format("S - ENTIRE TEXT.").encode()))
    for said in ("C - ENTIRE TEXT.", "(C) ENTIRE TEXT.", "(C - ENTIRE TEXT)."):
        assert not codes(read(head.format(said).encode())) & {"MK001", "MK010", "MK011"}, said
    assert "MK010" in codes(read(head.format("CONFIDFNTIAL ENTIRE TEXT.").encode()))


@pytest.mark.parametrize("line", ["1A. (TS) Text.", "25 (TS) Text.", "-- A. (TS) Text."])
def test_marks_behind_odd_labels(line: str) -> None:
    found = codes(read(f"S E C R E T X 1234\n\n1. (S) One.\n\n{line}\n".encode()))
    assert found & {"MK001", "MK010"}


def test_marked_items_are_blocks_of_their_own() -> None:
    text = "S E C R E T X 1234\n\n1. (S) One\n- two\n* (TS) three\n(a) (U) four\n5. (TS) five\n"
    reading = read(text.encode())
    assert [p.portion.typed for p in every(reading.cable, Paragraph) if p.portion] == [
        "(S)", "(TS)", "(U)", "(TS)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stamp", "is_struck"),
    [("above", True), ("in the text", False)],
)
def test_a_stamp_that_the_text_quotes_is_no_stamp(stamp: str, is_struck: bool) -> None:
    line = "DECLASSIFIED AUTHORITY NND 12345\n\n"
    head = "SECRET KESTREL CAPE 000412\n\nSUBJECT: A\n\n"
    text = f"1. (S) The stamp reads:\n\n{'' if is_struck else line}2. (S) Fictional text.\n"
    cable = read(((line if is_struck else "") + head + text).encode()).cable
    assert is_declassified(cable) is is_released(cable) is is_struck


_STAMPS = [
    "DECLASSIFIED BY JANE ROE, A/GIS/IPS, 10/05/2019",
    "DECLASSIFIED",
    "DECLASSIFIED AUTHORITY NND 12345",
    "DECLASSIFIED PER E.O. 13526, Sec. 3.5",
    "DECLASSIFIED ON 10/05/2019",
    "DECLASSIFIED IN FULL",
    "DECLASSIFIED\nE.O. 13526, Sec. 3.5\nBy JR NARA Date 10/5/2019",
    "Jane Roe Declassified/Released US Department of State EO Systematic Review 4 Jul 2014",
]


@pytest.mark.parametrize("stamp", _STAMPS)
@pytest.mark.parametrize(
    ("text", "is_struck"),
    [
        ("1. (S) Fictional text.\nROE\n\n{}\n", True),
        ("1. (S) Fictional text.\n\n{}\n\nUNCLASSIFIED\n", True),
        ("1. (S) Fictional text.\nROE\n\nSECRET\n\n{}\n", True),
        ("1. (S) The stamp reads:\n\n{}\n", False),
        ("1. (S) The stamp reads\n{}\n\nand more.\n", False),
        ("1. (S) The stamp reads\n\n{}\n\n2. (S) Fictional text.\nROE\n", False),
    ],
)
def test_a_stamp_at_the_foot_of_a_copy(stamp: str, text: str, is_struck: bool) -> None:
    head = "SECRET KESTREL CAPE 000412\n\nSUBJECT: A\n\n"
    cable = read(f"{head}{text.format(stamp)}".encode()).cable
    assert is_declassified(cable) is is_released(cable) is is_struck
    assert banner_text(cable) == "SECRET"
    again = read(render(cable, "docx", Options()).data).cable
    assert is_declassified(again) is is_struck


@pytest.mark.parametrize(
    ("first_", "second", "expected"),
    [
        ("NOFORN", "TOP SECRET", "TOP SECRET//NOFORN"),
        ("SI//ORCON", "TOP SECRET", "TOP SECRET//SI//ORCON"),
        ("REL TO USA, GBR", "SECRET//NOFORN", "SECRET//NOFORN"),
        ("REL TO USA, GBR", "SECRET//REL TO USA, AUS", "SECRET"),
        ("REL TO USA, GBR", "TOP SECRET", "TOP SECRET"),
        ("REL TO USA, GBR", "CONFIDENTIAL", "SECRET//REL TO USA, GBR"),
        ("REL TO USA, GBR", "SECRET", "SECRET//REL TO USA, GBR"),
    ],
)
def test_banner_lines_that_differ_lose_no_control(first_: str, second: str, expected: str) -> None:
    """On the page, and in the marking for programs: controls of all, releases of none but all."""
    text = "SECRET//{} KESTREL CAPE 000412\n\nSUBJECT: A\n\n1. (S) A.\n\n{}\n\n2. (S) B.\n"
    cable = read(text.format(first_, second).encode()).cable
    assert banner_text(cable) == expected
    marking = effective(cable)
    assert marking is not None
    assert show(marking) == expected


def test_a_claimed_class_without_a_line_is_an_error() -> None:
    text = "ZNY SSSSS ZZH\nFM AMEMBASSY KESTREL CAPE\nTO SECSTATE WASHDC\n\nSUBJECT: A\n\n1. {}A.\n"
    for mark, letters in (("(S) ", "UUUUU"), ("", "SSSSS")):
        findings = read(text.format(mark).replace("SSSSS", letters).encode()).findings
        (found,) = (one for one in findings if one.code is Code.NO_BANNER)
        assert found.severity is Severity.ERROR
    found, *_ = (f for f in read(b"1. (S) A.\n").findings if f.code is Code.NO_BANNER)
    assert found.severity is Severity.WARNING


def test_a_telegram_behind_a_record_is_none_of_its_attributes() -> None:
    record = (ROOT / "samples" / "nara-1974.txt").read_text()
    told = read(f"{record}\n{(ROOT / 'samples' / 'top-secret-exdis.txt').read_text()}".encode())
    assert Code.TWO_MESSAGES in {one.code for one in told.findings}
    assert str(banner_text(told.cable)).startswith("TOP SECRET")
