"""No mark goes unsaid: each is a part's own, or a finding of at least a warning names it.

All texts are fictional.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from convert.diagnostics import Diagnostic, Severity
from convert.job import render
from convert.model.cable import Paragraph, Portion, Subject
from convert.model.document import portions
from convert.model.walk import every
from convert.options import Options
from convert.reader.read import Reading, read
from tests.conftest import CORPUS, MARKED, SAMPLES
from tests.records import make

HEAD = "S E C R E T KESTREL CAPE 000412\n\nSUBJECT: A FICTIONAL LAMP\n\n"
BARE = "S E C R E T KESTREL CAPE 000412\n\n"
TAIL = "\n\n2. (U) THE FICTION ENDS.\n\nROE\n"

# (what is typed below the heading, the mark, what it is read as; None: not at all).
PLACED = (
    ("1. (S//\nNF) TEXT.", "(S// NF)", "S"),
    ("1. (S//REL TO USA,\n   GBR) TEXT.", "(S//REL TO USA, GBR)", "S"),
    ("1. (S//REL TO USA,\nAUS,\nGBR) TEXT.", "(S//REL TO USA, AUS, GBR)", "S"),
    ("(S//\nNF) TEXT WITHOUT A NUMBER.", "(S// NF)", "S"),
    ("1. TEXT.\n\nA. (S//\nNF) TEXT.", "(S// NF)", "S"),
    ("1. (S//NF-\nREL TO USA, GBR) TEXT.", "(S//NF- REL TO USA, GBR)", None),
    ("1. (S//NO-\nFORN) TEXT.", "(S//NO- FORN)", None),
    ("1.\n(S) TEXT.", "(S)", "S"),
    ("1.\n\n(S) TEXT.", "(S)", "S"),
    ("A.\n(TS) TEXT.", "(TS)", "TS"),
    ("1.1. (TS) TEXT.", "(TS)", "TS"),
    ("1.1 (TS) TEXT.", "(TS)", "TS"),
    ("2.) (TS) TEXT.", "(TS)", "TS"),
    ("1000. (TS) TEXT.", "(TS)", "TS"),
    ("1A. (TS) TEXT.", "(TS)", "TS"),
    ("1.A. (TS) TEXT.", "(TS)", "TS"),
    ("IV. (TS) TEXT.", "(TS)", "TS"),
    ("AA. (TS) TEXT.", "(TS)", "TS"),
    ("3: (TS) TEXT.", "(TS)", "TS"),
    ("1. A. (TS) TEXT.", "(TS)", "TS"),
    ("1.  (1) (TS) TEXT.", "(TS)", "TS"),
    ('"3. (TS) TEXT."', "(TS)", "TS"),
    ('1. "(TS) TEXT."', '"(TS)', "TS"),
    ("\u2014 (TS) TEXT.", "(TS)", "TS"),
    ("o (TS) TEXT.", "(TS)", "TS"),
    ("- (TS) TEXT.", "(TS)", "TS"),
    ("1. S//NF) TEXT.", "S//NF)", "S"),
    ("1. (ts) TEXT.", "(ts)", "TS"),
    ("(ts//nf) TEXT.", "(ts//nf)", "TS"),
    ("1. (T/S) TEXT.", "(T/S)", None),
    ("(T/S) TEXT.", "(T/S)", None),
    ("1. (T.S.) TEXT.", "(T.S.)", None),
    ("1. (S.) TEXT.", "(S.)", None),
    ("1. (\u0422S) TEXT.", "(\u0422S)", None),
    ("(\u0422S//NF) TEXT.", "(\u0422S//NF)", None),
    ("1. (\uff33) TEXT.", "(\uff33)", None),
    ("1. ($) TEXT.", "($)", None),
    ("1. {S} TEXT.", "{S}", None),
    ("1. (S} TEXT.", "(S}", None),
    ("1. <S> TEXT.", "<S>", None),
    ("1. (J,e'f) TEXT.", "(J,e'f)", None),
    ("1. (SECRFT) TEXT.", "(SECRFT)", None),
    ("1. (NS) TEXT.", "(NS)", None),
    ("1. (//GB S) TEXT.", "(//GB S)", None),
    ("1. \u00a9 TEXT.", "\u00a9", None),
    ("(C) ONE\n(TS) TWO", "(TS)", "TS"),
    ("(C) ONE\n(U) TWO", "(U)", "U"),
    ("(C) ONE\n(S//\nNF) TWO", "(S// NF)", "S"),
    ("--- (TS) SUMMARY ---", "(TS)", "TS"),
    ("SUMMARY (TS)", "(TS)", "TS"),
    ("-------\nSUMMARY (TS)\n-------", "(TS)", "TS"),
    ("(TS) NAME    RANK    PAY\n     ROE     CAPT    100\n     POE     LT      90", "(TS)", "TS"),
    ("(S) NAME     RANK    PAY\n(TS) ROE      CAPT    100", "(TS)", "TS"),
)  # fmt: skip

# What is told and stays text.
TOLD = (
    ("1. (TS text of it, and no end.", "(TS text"),
    ("1. (S//NF TEXT OF IT.", "(S//NF TEXT"),
    ("1. S//NF TEXT OF IT.", "S//NF"),
    ("25 (TS) TEXT.", "25 (TS)"),
    ("A. (s) TEXT.", "(s)"),
    ("(s) TEXT.", "(s)"),
    ("1. (S) (TS) TEXT.", "(S)(TS)"),
    ("(S) (TS) TEXT.", "(TS)"),
    ("1. (C) ONE\n(S//NF) TWO", "(S//NF)"),
    ("1. (C) ONE\n(S//\nNF) TWO", "(S// NF)"),
    ("1. (C) ONE. 2. (S//NF) TWO.", "(S//NF)"),
    ("1. (C) ONE. (S) TWO.", "(S)"),
    ("1. (C) IT IS NOT. (U) TWO.", "(U)"),
    ("1. (S) FOR\n(S) TWO.", "(S)"),
    ("1. (S) TEXT. (TS)", "(TS)"),
    ("COMMENT: (TS) TEXT.", "(TS)"),
    ("1. SUMMARY: (S) TEXT.", "(S)"),
    ("BEGIN SUMMARY (S)\nTEXT.", "(S)"),
    ("1. a. (s) TEXT.", "(s)"),
    ("1. ((S)) TEXT.", "(S)"),
    ("1. TEXT (TS).", "(TS)"),
    ("1. (S AFRICA) SAID SO.", "(S AFRICA)"),
    ("1. TEXT.\n\nREPORT OF\n(TS) THE LAMP", "(TS)"),
    ("1. (S) X.\n\nROE\n\nNOTE BY OC/T: RECEIVED.\n(TS) TEXT.", "(TS)"),
)

SUBJECTS = (
    ("SUBJECT: A LAMP (TS)", "A LAMP"),
    ("SUBJECT: A LAMP\n   OF THE BAY (TS)", "A LAMP OF THE BAY"),
    ("SUBJECT: (TS) A LAMP", "A LAMP"),
    ("SUBJECT:\n(TS) A LAMP", "A LAMP"),
    ("SUBJECT (TS): A LAMP", "A LAMP"),
    ("SUBJ (TS): A LAMP", "A LAMP"),
    ("SUBJ (TS) A LAMP", "A LAMP"),
    ("SUBJ: A LAMP (TS)", "A LAMP"),
    ("(TS) SUBJECT: A LAMP", "A LAMP"),
    ("TAGS: PREL\n(TS) SUBJ: A LAMP\n   OF THE BAY\nREF: STATE 12", "A LAMP OF THE BAY"),
    ("Subject: A Lamp (TS)", "A Lamp"),
)

# Brackets that stand where a mark stands and are none.
ORDINARY = (
    "(U.S.) AND OTHERS", "(A) ONE", "(1) ONE", "(SEE PARA 2) ONE", "(see para 2) one", "(UK) AND",
    "(CSA) AND", "(S/CT) IS AN OFFICE", "(U-2) FLIGHTS", "(C-130) FLIGHTS", "(1979) WAS",
    "(50%) OF",
    "(A,B) AND", "(i.e., one) and", "(Secretly) he", "(SECRETARY) ROE", "(SP) AND", "(b) AND",
    "(SECRETS) ARE", "(Roe's) lamp", "(10:30) IT", "(N'Djamena) is", "(P/L) AND", "($5) WAS",
    "(MINISTER(S)) AND", "(#1) WAS", "(CONFIDENTIALLY) HE", "(A&B) AND", "(?) AND", "(CCC) AND",
)  # fmt: skip


def told(reading: Reading) -> list[Diagnostic]:
    return [one for one in reading.findings if one.severity is not Severity.INFO]


def folded(portion: Portion) -> str:
    return " ".join(portion.typed.split())


def sound(data: bytes) -> Reading:
    """Every output says what the cable says, and the text comes back character for character."""
    reading = read(data)
    assert "R100" not in {one.code.id for one in reading.findings}
    out = {name: render(reading.cable, name, Options()).data for name in ("txt", "tei", "docx")}
    again, word = read(out["tei"]), read(out["docx"])
    assert out["txt"] == render(again.cable, "txt", Options()).data == data
    assert portions(again.cable) == portions(reading.cable)
    marks = [(folded(one), one.marking) for one in portions(reading.cable)]
    assert [(folded(one), one.marking) for one in portions(word.cable)] == marks
    return reading


@pytest.mark.parametrize(("typed", "mark", "level"), PLACED, ids=[each[0] for each in PLACED])
def test_a_mark_is_its_portion(typed: str, mark: str, level: str | None) -> None:
    """In both kinds of line ends; what cannot be read is an error."""
    for end in ("\n", "\r\n"):
        reading = sound((HEAD + typed + TAIL).replace("\n", end).encode())
        own = {folded(one): one for one in portions(reading.cable)}
        assert mark in own, own
        marking = own[mark].marking
        assert (marking.classification.value if marking else None) == level
        unread = [one for one in told(reading) if one.code.id == "MK010"]
        assert [dict(one.facts)["typed"] for one in unread] == ([] if level else [mark])


@pytest.mark.parametrize(("typed", "mark"), TOLD, ids=[each[0] for each in TOLD])
def test_a_mark_that_is_none_is_told(typed: str, mark: str) -> None:
    reading = sound((HEAD + typed + TAIL).encode())
    named = [one for one in told(reading) if one.code.id in ("MK001", "MK010", "MK015", "MK017")]
    assert any(mark in dict(one.facts)["typed"] for one in named), named
    above = [one for one in named if dict(one.facts)["typed"] == "(TS)"]
    assert all(one.severity is Severity.ERROR for one in above)


@pytest.mark.parametrize(("typed", "title"), SUBJECTS, ids=[each[0] for each in SUBJECTS])
def test_a_mark_of_a_subject(typed: str, title: str) -> None:
    reading = sound((BARE + typed + "\n\n1. (S) TEXT." + TAIL).encode())
    (subject,) = every(reading.cable, Subject)
    assert subject.portion is not None
    assert subject.portion.typed == "(TS)"
    assert subject.title.text == title
    assert [one.label.typed for one in every(reading.cable, Paragraph) if one.label] == ["1.", "2."]


@pytest.mark.parametrize("typed", ["SUBJECT: UNDER ARTICLE 5 (C)", "SUBJECT: (s) A LAMP"])
def test_a_doubtful_mark_of_a_subject(typed: str) -> None:
    assert "MK017" in {one.code.id for one in told(read((BARE + typed + TAIL).encode()))}


def test_a_class_spelled_out_behind_a_title() -> None:
    text = "1. (C) LAMPS.\n\n2. LAMPS: THE FIRST (SECRET)\nTHE TEXT OF IT GOES ON HERE."
    assert "MK017" in {one.code.id for one in told(read((HEAD + text + TAIL).encode()))}


@pytest.mark.parametrize("said", ORDINARY)
def test_ordinary_brackets(said: str) -> None:
    text = f"1. {said} TEXT.\n\n{said} TEXT.\n\n- {said} TEXT.{TAIL}"
    found = {one.code.id for one in read((HEAD + text).encode()).findings}
    assert not found & {"MK010", "MK017"}


def test_items_that_are_no_marks() -> None:
    for text in (
        "1. (S) THE POINTS ARE (A) ONE, (B) TWO AND\n(C) THREE.",
        "(S) THE POINTS: (A) ONE\n(B) TWO\n(C) THREE",
        "1. (S) THESE:\n\n(a) one\n\n(b) two\n\n(c) three",
        "1. (S) SEND THIS TO THE RECIPIENT(S).",
    ):
        found = {one.code.id for one in read((HEAD + text + TAIL).encode()).findings}
        assert not found & {"MK010", "MK017"}, text


@pytest.mark.parametrize("path", [*SAMPLES, *MARKED, *CORPUS], ids=lambda path: path.stem)
def test_no_false_alarm(path: Path) -> None:
    said = [one.message() for one in told(read(path)) if one.code.id in ("MK010", "MK017")]
    assert [one for one in said if "ENTIRE TEXT" not in one] == _TRUE_ALARMS.get(path.stem, [])


# A paragraph of a limited official use telegram, where the other five have (U).
_TRUE_ALARMS = {"aad-1979LAPAZ02637": ["cannot read the marking (L)"]}


def test_no_false_alarm_in_records() -> None:
    for seed in range(120):
        found = {one.code.id for one in read(make(seed).text.encode()).findings}
        assert not found & {"MK010", "MK017"}, seed


def test_a_mark_over_a_page_line() -> None:
    """No mark is made of what a page parts."""
    text = "1. (S//\nBAGHDAD 00004430  002 OF 002\nNF) TEXT."
    reading = sound((HEAD + text + TAIL).encode())
    assert "MK010" in {one.code.id for one in told(reading)}


def test_a_web_page() -> None:
    page = (
        "<html><body><table class='cable'><tr><th>Reference ID</th></tr></table><pre>{}</pre>"
        "</body></html>"
    )
    reading = read(page.format(HEAD + "1. (S//\nNF) TEXT." + TAIL).encode())
    own = [folded(one) for one in portions(reading.cable)]
    assert own == ["(S// NF)", "(U)"] or "MK010" in {one.code.id for one in told(reading)}
    broken = HEAD + "1. (S//<br>NF) TEXT." + TAIL
    assert "R100" not in {one.code.id for one in read(page.format(broken).encode()).findings}


@pytest.mark.parametrize("said", ["(S\n", "1. (S//\n", "(S)\n", "(S) (S) ", '"(', "(TS) SUBJECT: "])
def test_linear(said: str) -> None:
    times = []
    for size in (30_000, 120_000):
        data = (HEAD + said * (size // len(said))).encode()
        start = time.process_time()
        read(data)
        times.append(time.process_time() - start)
    assert times[1] < 10 * times[0] + 0.5


@pytest.mark.parametrize(
    "text",
    [
        "1. (C - ENTIR\n2.  THE NEXT:\n    A.  AN ITEM OF IT, AND TEXT) WORDS.\n\n3. (C) MORE.\n",
        "1.1. (S//NF\n2. (C) ANOTHER.\n3. REL) WORDS.\n",
        "(S//NF\n- AN ITEM\n- ANOTHER) WORDS.\n",
        "1. (S//NF\nA. (C) AN ITEM\nB. ANOTHER) WORDS.\n",
    ],
)
def test_a_mark_goes_over_no_paragraph(text: str) -> None:
    reading = read(f"SECRET KESTREL CAPE 000176\n\nSUBJECT: A FICTIONAL LAMP\n\n{text}".encode())
    assert "R100" not in {one.code.id for one in reading.findings}
