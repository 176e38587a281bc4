"""Marks on tables, references, sets and notes: read, or told; never silent."""

from __future__ import annotations

import pytest

from convert.diagnostics import Code, Severity
from convert.job import render
from convert.model.cable import Preformatted, Table
from convert.model.walk import every
from convert.options import Options
from convert.reader.read import read

_TELEGRAM = """\
S E C R E T PORT ORRIN 000233

E.O. 12958: DECL: 10/05/2019
TAGS: PREL
SUBJECT: FICTIONAL
{references}
Classified By: DCM Jane Roe for reasons 1.4 (b).

1. (S) Alpha fictional text.

{table}

2. (S) Bravo fictional text.
ROE
{note}
"""
_NAVY = """\
R 271603Z FEB 08
FM CNO WASHINGTON DC
TO NAVADMIN
BT
C O N F I D E N T I A L //N01420//
NAVADMIN 044/08
MSGID/GENADMIN/CNO WASHINGTON DC/N1/FEB//
SUBJ/(U) FICTIONAL SUBJECT//
REF/A/DOC/OPNAV FICTIONAL PAPER/11JUL11//
{line}
RMKS/1. (C) FICTIONAL TEXT OF A MESSAGE THAT NOBODY SENT.//
BT
NNNN
"""
_ROWS = "YEAR     1994     1995\nFISH     12.1     13.2\nROPE      1.4      2.5"


def _told(text: str) -> list[str]:
    wanted = (Code.MARK_ELSEWHERE, Code.PORTION_ABOVE_BANNER)
    return [
        f"{one.severity.value}: {one.message()}"
        for one in read(text.encode()).findings
        if one.code in wanted
    ]


def _telegram(references: str = "REF: STATE 1234", table: str = "", note: str = "") -> str:
    return _TELEGRAM.format(references=references, table=table, note=note)


@pytest.mark.parametrize(
    "table", [f"(TS)\n{_ROWS}", f"(TS//NF) {_ROWS}", _ROWS.replace("YEAR", "[TS] YEAR")]
)
def test_the_mark_of_a_table(table: str) -> None:
    reading = read(_telegram(table=table).encode())
    (typed,) = every(reading.cable, Preformatted)
    assert typed.portion is not None
    assert typed.portion.marking is not None
    assert typed.portion.marking.classification.value == "TS"
    assert Code.PORTION_ABOVE_BANNER in [one.code for one in reading.findings]
    for name in ("tei", "docx"):
        again = read(render(reading.cable, name, Options()).data)
        (typed,) = every(again.cable, Preformatted)
        assert typed.portion is not None, name
    assert render(reading.cable, "pdf", Options())


def test_a_table_without_a_mark_stays_one() -> None:
    reading = read(_telegram(table=_ROWS).encode())
    assert [part.portion for part in every(reading.cable, Table)] == [None]
    assert _told(_telegram(table=_ROWS)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            _telegram(table=_ROWS.replace("FISH ", "(TS) FISH ").replace("ROPE ", "(C) ROPE ")),
            [
                "error: (TS) in a table is classified above the banner, SECRET",
                "warning: (C) stands in a table: it marks no paragraph, and is in no roll-up",
            ],
        ),
        (
            _telegram("REF: A. (TS) STATE 1234\n     B. STATE 99 (U)"),
            [
                "error: (TS) among the references is classified above the banner, SECRET",
                "info: (U) stands among the references: it marks no paragraph, and is in no "
                "roll-up",
            ],
        ),
        (_telegram("REF: (A) STATE 1, (B) STATE 2, (C) STATE 3"), []),
        (_telegram("REF: STATE 1 (NOTAL)\n     MEMBER(S) LISTED SEPTEL"), []),
        (
            _telegram(note="\nNOTE BY OC/T: (TS) FICTIONAL.\n"),
            ["error: (TS) below the text is classified above the banner, SECRET"],
        ),
        (
            _NAVY.format(line="NARR/(S) REF A IS A PAPER//"),
            ["error: (S) among the references is classified above the banner, CONFIDENTIAL"],
        ),
        (
            _NAVY.format(line="POC/J. ROE/CDR/N1//\nAMPN/(TS//SI) FICTIONAL//"),
            ["error: (TS//SI) in the set AMPN is classified above the banner, CONFIDENTIAL"],
        ),
        (
            _NAVY.format(line="POC/(C) J. ROE/CDR/N1//"),
            ["warning: (C) stands in the set POC: it marks no paragraph, and is in no roll-up"],
        ),
        (_NAVY.format(line="POC/J. ROE (USN)/CDR/N1//"), []),
    ],
)
def test_told(text: str, told: list[str]) -> None:
    assert _told(text) == told


def test_a_row_in_an_edition() -> None:
    reading = read(
        b"<div type='document'><p>1. (S) Fictional.</p>"
        b"<table><row><cell>FISH</cell><cell>&#40;TS)</cell></row></table></div>"
    )
    (found,) = (one for one in reading.findings if one.code is Code.MARK_ELSEWHERE)
    assert found.severity is Severity.WARNING
