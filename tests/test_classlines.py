"""Class lines of one cable that disagree: each is told with both places, unless explained."""

from __future__ import annotations

import pytest

from convert.diagnostics import Code, Severity
from convert.model.facts import banner_text
from convert.reader.read import read
from tests import records

_TELEGRAM = """\
{above}
O 051544Z OCT 09
FM AMEMBASSY PORT ORRIN
TO SECSTATE WASHDC 3310
{line} PORT ORRIN 000233

E.O. 12958: DECL: 10/05/2019
TAGS: PREL
SUBJECT: FICTIONAL
Classified By: DCM Jane Roe for reasons 1.4 (b).

1. ({mark}) Alpha fictional text.

{between}

2. ({mark}) Bravo fictional text.
ROE

{below}
"""
_NAVY = """\
RTTUZYUW RHOIAAA0001 0581603-{letter}{letter}{letter}{letter}--RHSSSUU.
ZNR {letter}{letter}{letter}{letter}{letter}
R 271603Z FEB 08
FM CNO WASHINGTON DC
TO NAVADMIN
BT
{line} //N01420//
MSGID/GENADMIN/CNO WASHINGTON DC/N1/FEB//
SUBJ/FICTIONAL SUBJECT//
RMKS/1. FICTIONAL TEXT OF A MESSAGE
PAGE 02 RHOIAAA0001 {page}
THAT NOBODY SENT.//
BT
#0001
NNNN
"""


def _telegram(line: str, above: str = "", between: str = "", below: str = "") -> str:
    mark = "S" if line[0] == "S" else "U"
    return _TELEGRAM.format(line=line, mark=mark, above=above, between=between, below=below)


def _told(text: str, *codes: Code) -> list[str]:
    wanted = codes or (Code.CLASS_LINES_DIFFER, Code.SECTIONS_DIFFER, Code.PRINT_DISAGREES)
    return [
        f"{'' if one.severity is Severity.ERROR else one.severity.value + ': '}{one.message()}"
        for one in read(text.encode()).findings
        if one.code in wanted
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            _telegram("UNCLAS", between="SECRET"),
            "SECRET (at paragraph 1.), and UNCLAS PORT ORRIN 000233 (in the heading)",
        ),
        (
            _telegram("UNCLAS", between="CONFIDENTIAL\n\nPAGE 02 PORT O 00233 051544Z"),
            "CONFIDENTIAL (at paragraph 1.), and UNCLAS PORT ORRIN 000233 (in the heading)",
        ),
        (
            _telegram("S E C R E T", above="TOP SECRET"),
            "TOP SECRET (at the top), and S E C R E T PORT ORRIN 000233 (in the heading)",
        ),
        (
            _telegram("UNCLAS", below="CONFIDENTIAL"),
            "CONFIDENTIAL (below the text), and UNCLAS PORT ORRIN 000233 (in the heading)",
        ),
        (
            _telegram("UNCLAS", above="LIMITED OFFICIAL USE"),
            "LIMITED OFFICIAL USE (at the top), and UNCLAS PORT ORRIN 000233 (in the heading)",
        ),
        (
            _telegram("UNCLAS", between="SECRET\n\nRELEASED IN FULL"),
            "SECRET (at paragraph 1.), and UNCLAS PORT ORRIN 000233 (in the heading)",
        ),
        (
            "SECRET\n\n1. (S) Fictional.\n\nTOP SECRET\n\n2. (S) Text.\n",
            "TOP SECRET (at paragraph 1.), and SECRET (at the top)",
        ),
        (
            _NAVY.format(letter="U", line="UNCLAS", page="SECRET"),
            "PAGE 02 RHOIAAA0001 SECRET (at paragraph 1.), and UNCLAS //N01420// (at the top)",
        ),
    ],
)
def test_told(text: str, told: str) -> None:
    assert _told(text) == [f"the class lines disagree: {told}"]


def test_unclassified_at_the_edge_of_a_copy_may_be_the_copys() -> None:
    told = _told(_telegram("S E C R E T", above="UNCLASSIFIED", below="UNCLASSIFIED"))
    (one,) = told
    assert one.startswith("warning: the class lines disagree: UNCLASSIFIED (at the top)")
    assert _told(_telegram("S E C R E T", between="UNCLASSIFIED"))[0].startswith("the class lines")


@pytest.mark.parametrize(
    "text",
    [
        _telegram("S E C R E T"),
        _telegram("S E C R E T", "SECRET", "SECRET", "S E C R E T"),
        _telegram("UNCLAS", "UNCLASSIFIED", "UNCLAS", "UNCLASSIFIED"),
        _telegram("UNCLAS E F T O", "UNCLASSIFIED", "", "UNCLASSIFIED"),
        _telegram("S E C R E T", "UNCLASSIFIED\n\nRELEASED IN FULL", "", "UNCLASSIFIED"),
        _telegram("S E C R E T", "UNCLASSIFIED", "", "DECLASSIFIED BY JANE ROE\n\nUNCLASSIFIED"),
        _telegram("UNCLAS") + _telegram("S E C R E T").replace("000233", "000234"),
        _telegram("UNCLAS") + "\nSECRET\n" + _telegram("S E C R E T").replace("000233", "000234"),
        _telegram("UNCLAS", between="THE WORD\nSECRET\nSTANDS IN THIS SENTENCE."),
        _NAVY.format(letter="U", line="UNCLAS", page="UNCLAS"),
    ],
)
def test_not_told(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize("seed", range(40))
def test_records_agree(seed: int) -> None:
    assert _told(records.make(seed).text) == []


def test_the_letters_of_a_header() -> None:
    said = _told(_NAVY.format(letter="S", line="UNCLAS", page="UNCLAS"), Code.SECURITY_DISAGREES)
    assert said == [
        "warning: the header says SSSS, the class line U",
        "warning: the security line says SSSSS, the class line U",
    ]
    said = _told(_NAVY.format(letter="U", line="UNCLAS", page="UNCLAS"), Code.SECURITY_DISAGREES)
    assert said == []


def test_the_banner_above_the_portions_is_the_line_that_says_so() -> None:
    reading = read(_telegram("UNCLAS", between="SECRET").encode())
    (found,) = (one for one in reading.findings if one.code is Code.BANNER_ABOVE_PORTIONS)
    assert found.span is not None
    assert found.span.of(reading.text) == "SECRET"


def test_a_control_of_the_class_line_is_said_once_whatever_caption_repeats_it() -> None:
    line = "TOP SECRET//SI/TK//ORCON/NOFORN"
    text = f"{line}\n\nNOFORN\nEXDIS\n\nSUBJECT: A FICTIONAL LAMP\n\n1. (TS//SI//NF) It is lit.\n"
    assert banner_text(read(text.encode()).cable) == f"{line}//EXDIS"
