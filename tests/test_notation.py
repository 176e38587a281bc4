"""The notation: vectors, laws, false alarms, and strings built to be slow."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.diagnostics import Code
from convert.model.data import replace
from convert.model.marking import Level, Marking
from convert.notation import authority, banner, interpret, lines, portion, tables
from convert.notation.categories import atomic_place, non_ic_place, sci_place
from convert.notation.countries import COUNTRIES, NAMES, in_order, owners_in_order
from tests.conftest import ROOT, shared

# Where a vector of the independent set is held to be wrong, and why.
DISPUTED: dict[str, str] = {}


def _items(path: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["items"]
    return items


def _disagreement(item: dict[str, Any]) -> str | None:
    """What differs between a vector and what is read; absent, empty and false are one."""
    read = interpret(item["input"], item["kind"])
    found = {k: v for k, v in {**read.ism, **read.extra}.items() if v}
    wanted = {k: v for k, v in (item["expect"] or {}).items() if v}
    if found == wanted and read.recognised == (item["expect"] is not None):
        return None
    return f"{item['id']} {item['kind']} {item['input']!r}: {found}, not {wanted}"


def test_vectors() -> None:
    items = _items(shared("vectors/markings.json"))
    assert len(items) >= 47
    assert [bad for item in items if (bad := _disagreement(item))] == []


def test_vectors_are_shown_as_they_are() -> None:
    """The register's forms are canonical already, but for titles that have an abbreviation."""
    for item in _items(shared("vectors/markings.json")):
        if item["form"] != "register" or item["kind"] not in ("portion", "banner"):
            continue
        canonical = interpret(item["input"], item["kind"]).canonical[item["kind"]]
        words = {"LIMITED DISTRIBUTION": "LIMDIS", "CONTROLLED IMAGERY": "IMCON"}
        expected = item["input"]
        for title, word in words.items():
            expected = expected.replace(title, word)
        assert canonical == expected


def test_adversarial() -> None:
    """Strings by someone who had not seen the parser."""
    items = _items(ROOT / "tests" / "vectors" / "adversarial.json")
    assert len(items) >= 150
    bad = [bad for item in items if item["id"] not in DISPUTED and (bad := _disagreement(item))]
    assert bad == []
    levels = [
        item["id"]
        for item in items
        if interpret(item["input"], item["kind"]).ism.get("classification")
        != (item["expect"] or {}).get("classification")
    ]
    assert levels == [], "a wrong level, or a false alarm"


# ---- the vocabularies are ODNI's ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "ours"),
    [
        ("Dissem", [v for v in tables.DISSEMINATION if v != "OC-USGOV"]),
        ("NonIC", tables.NON_IC),
        ("NonUSControls", tables.NON_US),
        ("RelTo", list(COUNTRIES)),
    ],
)
def test_vocabulary(file: str, ours: list[str]) -> None:
    from lxml import etree

    tree = etree.parse(shared(f"vocab/ism/CVEnumISM{file}.xml"))
    values = [element.text or "" for element in tree.iter("{urn:us:gov:ic:cve}Value")]
    assert [value for value in values if "[" not in value] == list(ours)


# ---- laws ---------------------------------------------------------------------------------------

_TRIGRAPHS = [code for code in COUNTRIES if code != "USA"]
_SCI = st.sampled_from(
    ["EL-EU", "HCS", "HCS-P-ABC", "HCS-O", "KDK-BLFH-12", "KDK", "RSV-AB1", "SI", "SI-G-ABCD",
     "SI-G-ACDE", "SI-ABC-DEFG", "SI-XYZ", "TK", "TK-IDIT-1", "TK-KAND"]
)  # fmt: skip
_SAR = st.sampled_from(["BP", "BP-J12-J54", "BP-K15", "CD-YYY-456", "BUTTER_POPCORN", "XR-XRA-RB"])
_ATOMIC = st.sampled_from(
    ["RD", "RD-CNWDI", "RD-SG-14", "RD-SG-20", "FRD", "FRD-SG-15", "TFNI", "DCNI", "UCNI"]
)
_CONTROLS = st.sampled_from(
    ["RS", "FOUO", "OC", "OC-USGOV", "IMC", "NF", "PR", "RELIDO", "DSEN", "FISA"]
)
_NON_IC = st.sampled_from([*tables.NON_IC, "ACCM-QUIET_LAKE", "ACCM-X1"])


def _closed(values: set[str]) -> set[str]:
    """With every value's parents: SI-G-ABCD brings SI-G and SI."""
    parts = (value.split("-") for value in values)
    return {"-".join(part[: end + 1]) for part in parts for end in range(len(part))}


@st.composite
def markings(draw: st.DrawFn) -> Marking:
    """Any marking that the register's notation can write."""
    kind = draw(
        st.sampled_from(["us", "us", "us", "nato", "foreign", "fgi", "joint", "cui", "lou"])
    )
    if kind == "lou":
        return Marking(Level.U, legacyMarkings=(draw(st.sampled_from(["LOU", "OUO"])),))
    abroad = kind not in ("us", "cui")
    level = draw(st.sampled_from([one for one in Level if abroad or one is not Level.R]))
    some = partial(st.sets, max_size=3)
    controls = set(draw(some(_CONTROLS)))
    release = draw(st.sampled_from(["", "", "REL", "EYES"]))
    listed = in_order({"USA", *draw(some(st.sampled_from(_TRIGRAPHS), min_size=1))})
    display = in_order(draw(some(st.sampled_from(_TRIGRAPHS))))
    abbreviated = release == "REL" and draw(st.booleans())
    controls |= {release} - {""} | ({"DISPLAYONLY"} if display else set())
    ordered = tuple(value for value in tables.DISSEMINATION if value in controls)
    released = () if not release or abbreviated else listed
    if kind == "cui":
        allowed = {"NF", "REL", "RELIDO", "DISPLAYONLY"}
        names = draw(some(st.sampled_from(["SP-CTI", "SP-EXPT", "PRVCY", "TAX"])))
        return Marking(
            Level.U, (), disseminationControls=tuple(v for v in ordered if v in allowed),
            releasableTo=released if release == "REL" else (), displayOnlyTo=display,
            cui=True, relAbbreviated=abbreviated,
            cuiCategories=tuple(sorted(names, key=lambda n: (not n.startswith("SP-"), n))),
        )  # fmt: skip
    atomic = set(draw(some(_ATOMIC)))
    atomic |= {value.split("-")[0] for value in atomic}
    fgi = draw(st.sampled_from(["", "", "open", "protected"]))
    owners: tuple[str, ...] = {"us": ("USA",), "nato": ("NATO",), "fgi": ("FGI",)}.get(kind, ())
    if kind == "foreign":
        owners = owners_in_order(draw(some(st.sampled_from(_TRIGRAPHS), min_size=1)))
        owners = ("GBR",) if owners == ("NATO",) else owners
    elif kind == "joint":
        owners = owners_in_order(draw(st.sampled_from([set(), {"USA", "GBR"}, {"CAN", "USA"}])))
    dated = draw(
        st.sampled_from([("", ""), ("", ""), ("2031-12-01", ""), ("", "MR"), ("", "25X1")])
    )
    return Marking(
        level,
        ownerProducer=owners,
        SCIcontrols=tuple(sorted(_closed(set(draw(some(_SCI)))), key=sci_place)),
        SARIdentifier=tuple(sorted(_closed(set(draw(some(_SAR)))), key=lambda v: v.split("-"))),
        atomicEnergyMarkings=tuple(sorted(atomic, key=atomic_place)),
        FGIsourceOpen=owners_in_order(draw(some(st.sampled_from(_TRIGRAPHS), min_size=1)))
        if fgi == "open" and kind != "fgi"
        else (),
        FGIsourceProtected=("FGI",) if fgi == "protected" or kind == "fgi" else (),
        disseminationControls=ordered,
        releasableTo=released,
        displayOnlyTo=display,
        nonICmarkings=tuple(sorted(draw(some(_NON_IC)), key=non_ic_place)),
        nonUSControls=tuple(draw(st.sampled_from([(), ("ATOMAL",), ("ATOMAL", "BOHEMIA")])))
        if kind == "nato"
        else (),
        declassDate=dated[0],
        declassException=dated[1],
        joint=kind == "joint",
        relAbbreviated=abbreviated,
    )


@given(markings())
@settings(max_examples=600, deadline=None)
def test_portion_shown_is_read(marking: Marking) -> None:
    read = portion.parse(portion.show(marking))
    assert read is not None, portion.show(marking)
    assert read.marking == marking, portion.show(marking)
    assert read.tolerances == (), portion.show(marking)
    assert read.supplied == ()


@given(markings())
@settings(max_examples=600, deadline=None)
def test_banner_shown_is_read(marking: Marking) -> None:
    shown = banner.show(marking)
    read = banner.parse(shown)
    assert read is not None, shown
    assert read.marking == marking, shown
    assert read.end == len(shown)
    assert read.forms == ()


@pytest.mark.parametrize("level", [Level.U, Level.C, Level.S, Level.TS])
def test_entire_text_shown_is_read(level: Level) -> None:
    marking = Marking(level, entireText=True)
    read = portion.parse(portion.show(marking))
    assert read is not None
    assert read.marking == marking


def test_encrypted_for_transmission_shown_is_read() -> None:
    marking = Marking(Level.U, legacyMarkings=("EFTO",))
    assert banner.show(marking) == "UNCLAS EFTO"
    read = banner.parse("UNCLAS E F T O")
    assert read is not None
    assert read.marking == marking


_PIECES = st.lists(
    st.sampled_from(
        [
            "(", ")", "[", "]", "//", "/", "-", "?", " ", ", ", " AND ", "TS", "S", "C", "U", "R",
            "NF", "NOFORN", "REL", " TO ", "USA", "GBR", "UK", "AND", "LIBYA", "UNITED KINGDOM",
            "FVEY", "SI", "G", "ABCD", "TK", "SAR", "BP", "RD", "SG", "14", "CNWDI", "FGI", "NATO",
            "JOINT", "NS", "DISPLAY ONLY ", " EYES ONLY", "EYES", "SBU", "LOU", "CUI", "XD",
            "20311201", "25X1", "ENTIRE TEXT", "SECRET", "S E C R E T", "UNCLAS",
            " SECTION 01 OF 02 ", "ROME 000123", "SIPDIS", "\u00a0", "s", "nf",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(_PIECES)
@settings(max_examples=1500, deadline=None)
def test_reading_what_was_shown_changes_nothing(text: str) -> None:
    if read := portion.parse(text):
        again = portion.parse(portion.show(read.marking))
        assert again is not None
        assert again.marking == read.marking
        assert portion.show(again.marking) == portion.show(read.marking)
    if line := banner.parse(text):
        shown = banner.show(line.marking)
        second = banner.parse(shown)
        assert second is not None
        assert banner.show(second.marking) == shown
        assert replace(second.marking, relAbbreviated=False) == replace(
            line.marking, relAbbreviated=False
        )


@given(st.text(max_size=60), st.sampled_from(["portion", "banner", "heading", "auto", "eo-line"]))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    read = interpret(text, kind)
    assert read.recognised or not read.ism
    json.dumps(read.as_json())


# ---- by hand: (kind, input, canonical form or None) ---------------------------------------------

PORTIONS = {
    # the register's
    "(S)": "(S)",
    "(TS//HCS/SI-G ABCD/TK//OC/NF)": "(TS//HCS/SI-G ABCD/TK//OC/NF)",
    "(TS//TK/SI)": "(TS//SI/TK)",
    "(S//SI-ABC DEFG)": "(S//SI-ABC DEFG)",
    "(TS//TALENT KEYHOLE)": "(TS//TK)",
    "(TS//TK-BLFH 123//NF)": "(TS//TK-BLFH 123//NF)",
    "(TS//HCS-P ABC//OC/NF)": "(TS//HCS-P ABC//OC/NF)",
    "(S//SAR-BP-J12 J54-K15/CD)": "(S//SAR-BP-J12 J54-K15/CD)",
    "(S//SPECIAL ACCESS REQUIRED-BUTTER POPCORN//NF)": "(S//SAR-BUTTER POPCORN//NF)",
    "(S//SAR-BP/NF)": "(S//SAR-BP//NF)",
    "(S//RD-CNWDI//NF)": "(S//RD-CNWDI//NF)",
    "(S//RD-SIGMA 14 20)": "(S//RD-SG 14 20)",
    "(S//FRD-SG 99)": None,
    "(S//FRD-CNWDI)": None,
    "(S//FGI)": "(S//FGI)",
    "(S//FGI UK DEU)": "(S//FGI DEU GBR)",
    "(//GBR S)": "(//GBR S)",
    "(//DEU GBR C)": "(//DEU GBR C)",
    "(//FGI R)": "(//FGI R)",
    "(//NR)": "(//NR)",
    "(//CTSA)": "(//CTS//ATOMAL)",
    "(//JOINT S//REL)": "(//JOINT S//REL)",
    "(//JOINT TS USA GBR)": "(//JOINT TS GBR USA)",
    "(FGI-C)": "(//FGI C)",
    "(UK-C)": "(//GBR C)",
    "(NATO-S)": "(//NS)",
    "(CUI//SP-CTI/PRVCY//NOFORN)": "(CUI//SP-CTI/PRVCY//NF)",
    "(S//NF//20311201)": "(S//NF//20311201)",
    "(S//NF//20311301)": None,
    "(S//25X1)": "(S//25X1)",
    "(S//EYES)": "(S//EYES)",
    "(S//UK/AUS EYES ONLY)": "(S//USA/AUS/GBR EYES ONLY)",
    "(S//DISPLAY ONLY AFG)": "(S//DISPLAY ONLY AFG)",
    "(S//OC-USGOV/NF)": "(S//OC-USGOV/NF)",
    "(U//SBU NOFORN)": "(SBU-NF)",
    "(SBU/N)": "(SBU-NF)",
    "(U//LES-NF)": "(U//LES-NF)",
    "(FOUO)": "(U//FOUO)",
    "(OUO)": "(OUO)",
    "(S//ACCM-QUIET LAKE)": "(S//ACCM-QUIET LAKE)",
    # release lists
    "(S//REL UK, AUS)": "(S//REL TO USA, AUS, GBR)",
    "(C/REL LIBYA)": "(C//REL TO USA, LBY)",
    "(S//REL TO USA/AUS/GBR)": "(S//REL TO USA, AUS, GBR)",
    "(S//REL TO USA AND GBR)": "(S//REL TO USA, GBR)",
    "(S//REL TO USA, AUS, AND GBR)": "(S//REL TO USA, AUS, GBR)",
    "(S//REL TO USA, AND)": "(S//REL TO USA, AND)",
    "(S//REL TO USA, AND, GBR)": "(S//REL TO USA, AND, GBR)",
    "(S//REL TO USA, THE REPUBLIC OF IRAQ)": "(S//REL TO USA, IRQ)",
    "(S//REL TO USA, SAINT VINCENT AND THE GRENADINES)": "(S//REL TO USA, VCT)",
    "(S//REL TO USA, AU)": None,
    "(S//REL TO USA, KOREA)": None,
    "(S//REL TO USA, CONGO)": None,
    "(S//REL TO)": None,
    "(S//REL TO USA,)": None,
    # tolerances
    "( C )": "(C)",
    "[C)": "(C)",
    "C)": "(C)",
    "(c)": "(C)",
    "(S-NF)": "(S//NF)",
    "(S?NF)": "(S//NF)",
    "(S/NF/XD)": "(S//NF//XD)",
    "(S//XD//NF)": "(S//NF//XD)",
    "(C - ENTIRE TEXT)": "(C - ENTIRE TEXT)",
    "(SECRET ENTIRE TEXT)": "(S - ENTIRE TEXT)",
    "(LOU - ENTIRE TEXT)": "(LOU - ENTIRE TEXT)",
    # no markings
    **dict.fromkeys(
        ["(U.S.)", "(UK)", "(UP)", "(SP)", "(S/CT)", "(b)", "(d)", "(CSA)", "(C-130)", "(U-2)",
         "(S/P)", "(U/SYG)", "(S-300)", "(NF)", "(SS/NF)", "(S NF)", "(S//)", "(//)", "()", "(//S)",
         "(S//XYZZY)", "(R)", "(S//SI-ABCDE)", "(SECRET)", "(\u017f)", "(\u0421)", "(\uff33)",
         "(S)(NF)", "((S))", "S", "(REL)", "(NATO)", "(S//USA)", "(TSS)", "(S//NF", "(S\u200b)"]
    ),
    "(S//NF": "(S//NF)",
}  # fmt: skip


@pytest.mark.parametrize("typed", PORTIONS)
def test_portion(typed: str) -> None:
    read = portion.parse(typed)
    assert (read and portion.show(read.marking)) == PORTIONS[typed]


BANNERS = {
    "S E C R E T NOFORN": "SECRET//NOFORN",
    "T O P  S E C R E T//SI": "TOP SECRET//SI",
    "T O P S E C R E T": "TOP SECRET",
    "SECRET//NF/OC": "SECRET//ORCON/NOFORN",
    "SECRET/NOFORN": "SECRET//NOFORN",
    "UNCLASSIFED": "UNCLASSIFIED",
    "UNCLASSIFIED//DOE UCNI": "UNCLASSIFIED//DOE UCNI",
    "//NATO SECRET ATOMAL": "//NATO SECRET//ATOMAL",
    "//JOINT SECRET CAN GBR USA": "//JOINT SECRET CAN GBR USA",
    "//GBR RESTRICTED": "//GBR RESTRICTED",
    "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE",
    "SENSITIVE BUT UNCLASSIED": "UNCLASSIFIED//SBU",
    "SENSITIVE BUT UNCLASSIFIED NOFORN": "UNCLASSIFIED//SBU NOFORN",
    "CONTROLLED//SP-CTI": "CUI//SP-CTI",
    "SECRET//REL TO USA, GBR SECTION 01 OF 02 PORT AU PRINCE 000412": "SECRET//REL TO USA, GBR",
    **dict.fromkeys(
        ["SECRET SERVICE", "SECRETARY", "SECRET TALKS IN ROME 2006", "S E C R E T S", "RESTRICTED",
         "CONFIDENTIALITY", "SECRET//XYZZY", "SECRET//", "UNCLASSIFIE", "CONTROLLED FLIGHT 1234",
         "CONFIDENTIAL - TALKS", "//SECRET", "secret", "TOPSECRET", "SEC RET", "SECRET 123"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("typed", BANNERS)
def test_banner(typed: str) -> None:
    read = banner.parse(typed)
    assert (read and banner.show(read.marking)) == BANNERS[typed]


PERSONS = {
    "Ambassador Jane Q. Roe for reasons 1.4 (b) and (d).": "Jane Q. Roe",
    "JANE ROE, ECONOMIC COUNSELOR, REASON 1.5 (B,D)": "JANE ROE",
    "A/DCM J. Roe. Reason: 1.4 B/D": "J. Roe",
    "EAP/K for reason 1.4 (b)": None,
    "Deputy Chief of Mission, reasons 1.4 (b)": None,
    "Charge d'Affaires, a.i., Jane Roe, reasons 1.4 (b)": "Jane Roe",
    "ACTING POLITICAL CHIEF R. ROE.  REASON: 1.4(B)": "R. ROE",
    "Lee Van Roe, Jr., DCM, for reasons 1.4(b)": "Lee Van Roe, Jr.",
    "EUR/RUS Director John Doe; Resaons 1.4 (b), (d)": "John Doe",
}


@pytest.mark.parametrize("text", PERSONS)
def test_person(text: str) -> None:
    read = authority.authority(f"Classified By: {text}")
    assert read is not None
    assert read.name == PERSONS[text]
    assert read.reasons


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.4 (b) and (d)", ("1.4(b)", "1.4(d)")),
        ("1.5 (B,D)", ("1.5(b)", "1.5(d)")),
        ("1.4 B/D", ("1.4(b)", "1.4(d)")),
        ("1.4(a), 1.4(c) and (g). A note", ("1.4(a)", "1.4(c)", "1.4(g)")),
        ("1.4 (b) because", ("1.4(b)",)),
        ("11.4 percent", ()),
    ],
)
def test_reasons(text: str, found: tuple[str, ...]) -> None:
    assert authority.reasons(text) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("E.O. 12958: DECL: 1.6 X6", lines.Instruction("12958", exception="X6")),
        ("E.O. 12958: DECL: 02/30/2016", lines.Instruction("12958")),
        ("E.O. 12958: DECL: END OF TALKS", lines.Instruction("12958", event="END OF TALKS")),
        ("E.O. 11652: XGDS-1", lines.Instruction("11652", scheme="XGDS-1")),
        ("E.O. 12958: DECL: 3 DEC 2016", lines.Instruction("12958", date="2016-12-03")),
        ("E.O. 12958 WAS SIGNED", None),
    ],
)
def test_instruction(line: str, found: lines.Instruction | None) -> None:
    assert lines.instruction(line) == found


def test_tolerances_are_told() -> None:
    read = portion.parse("[s/rel uk )")
    assert read is not None
    assert set(read.forms) == {"T1", "T2", "T3", "T5", "T6", "T8"}
    assert {code for code, _ in read.tolerances} == {Code.MARK_FORM, Code.REL_FORM}
    assert read.supplied == ("USA",)
    told = interpret("[s/rel uk )", "portion").as_json()
    assert told["canonical"] == {
        "portion": "(S//REL TO USA, GBR)",
        "banner": "SECRET//REL TO USA, GBR",
    }


def test_auto_finds_the_kind() -> None:
    for text, kind in {
        "(S//NF)": "portion",
        "SECRET//NOFORN": "banner",
        "SIPDIS": "caption-line",
        "UNCLAS ROME 000123\nSENSITIVE": "heading",
        "1. (c) Text": "paragraph-start",
        "SUBJECT: (C) A HARBOR": "subject-line",
        "REF: A. (C) ROME 123": "reference-line",
        "E.O. 12958: N/A": "eo-line",
        "Classified By: Jane Roe, DCM, reason 1.4 (b)": "classified-by",
    }.items():
        read = interpret(text)
        assert (read.kind, read.recognised) == (kind, True)
    assert interpret("(S//XYZZY)").findings[0].code is Code.MARK_UNREADABLE
    assert not interpret("(UK)").findings


def test_no_name_is_a_control() -> None:
    """Else a release list would swallow what stands behind it."""
    words = {*tables.CONTROL_WORDS, *tables.NON_IC_WORDS, *tables.ATOMIC_WORDS, *tables.SCI_WORDS}
    assert not words & set(NAMES)


# ---- built to be slow ---------------------------------------------------------------------------

HOSTILE = {
    "brackets": "(" * 10**6,
    "slashes": "(S" + "//" * 500_000 + ")",
    "countries": "(S//REL TO " + "USA, " * 200_000 + ")",
    "eyes": "(S//" + "USA/" * 250_000 + ")",
    "half names": "(S//REL TO " + "SAINT VINCENT AND THE " * 45_000 + ")",
    "and": "(S//REL TO USA" + " AND" * 250_000 + ")",
    "compartments": "(S//SI" + "-ABC" * 250_000 + ")",
    "sub-compartments": "(S//SI-G" + " ABCD" * 200_000 + ")",
    "programs": "(S//SAR" + "-BP/SAR" * 140_000 + ")",
    "nickname": "(S//SAR-" + "A " * 500_000 + ")",
    "sigmas": "(S//RD-SG" + " 14" * 300_000 + ")",
    "controls": "(S" + "//NF" * 250_000 + ")",
    "blanks": "(S" + " " * 10**6 + ")",
    "spaced banner": "S E C R E T " * 83_000,
    "captions": "SECRET" + " SIPDIS" * 140_000,
    "post": "SECRET" + " A" * 500_000 + " 123456",
    "sections": "SECRET" + " SECTION 01 OF 02" * 60_000,
    "banner list": "SECRET//REL TO " + "USA, " * 200_000,
    "cui": "CUI//" + "SP-AB/" * 160_000,
    "joint": "//JOINT SECRET" + " GBR" * 250_000,
    "producers": "//" + "GBR " * 250_000,
    "order": "E.O. 12958: DECL: " + "1/" * 500_000,
    "scheme": "E.O. 12065: GDS " + "(" * 10**6,
    "authority": "Classified By: " + "A. " * 330_000,
    "reasons": "Classified By: Roe " + "1.4 (b) and " * 90_000,
    "reason words": "Classified By: " + "for the " * 125_000,
    "paragraph": "1. (" + "S " * 500_000,
    "heading": "SECRET\n" + "SIPDIS\n" * 140_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_megabyte(name: str) -> None:
    """Every reader goes over it once; a second each would be many times too long already."""
    began = time.process_time()
    for kind in ("auto", "portion", "banner", "heading", "caption-line", "classified-by"):
        json.dumps(interpret(HOSTILE[name], kind).as_json())
    portion.read(HOSTILE[name])
    banner.read(HOSTILE[name])
    assert time.process_time() - began < 60
