"""Whatever a person takes for a class line is on the banner, or told: in every place of a cable."""

from __future__ import annotations

import re

import pytest

from convert.diagnostics import Code, Severity
from convert.model.facts import banner_text
from convert.model.marking import Level
from convert.notation.likeness import level_of
from convert.reader.read import read
from tests.conftest import ROOT

_TELEGRAM = """\
{top}O 051544Z OCT 09
FM AMEMBASSY PORT ORRIN
TO SECSTATE WASHDC 3310
{addressed}UNCLAS PORT ORRIN 000233
{headed}
E.O. 12958: N/A
TAGS: PREL
{tagged}SUBJECT: FICTIONAL
{titled}REF: A. STATE 12
     B. STATE 13
{referred}
1. (U) Alpha fictional text.
{between}
2. (U) Bravo fictional text that
{within}goes on.

{apart}
3. (U) Charlie.
ROE
{below}
"""
_PLACES = (
    "top", "addressed", "headed", "tagged", "titled", "referred", "between", "within", "apart",
    "below",
)  # fmt: skip
_TYPED = (
    "*** SECRET ***", "S-E-C-R-E-T", "CLASSIFICATION: SECRET", "SECRET Page 1 of 3", "<<SECRET>>",
    "SECRET (NOFORN)", "SECRET (UNCLASSIFIED WHEN SEPARATED)", "SEC\u200bRET",
    "\uff33\uff25\uff23\uff32\uff25\uff34", "SECR3T 2", "&nbsp;SECRET**",
    "SECRET - PAGE 2 - SECRET",
)  # fmt: skip
_TOLD = (
    Code.CLASS_AS_TEXT, Code.CLASS_LINES_DIFFER, Code.BANNER_UNREADABLE, Code.MARK_UNREADABLE,
    Code.PORTION_ABOVE_BANNER,
)  # fmt: skip


def _telegram(place: str, line: str) -> str:
    return _TELEGRAM.format(**{**dict.fromkeys(_PLACES, ""), place: f"{line}\n"})


def _told(text: str) -> list[Severity]:
    return [one.severity for one in read(text.encode()).findings if one.code in _TOLD]


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize(
    "line",
    [*_TYPED, "SECRET", "Secret", "SECRET//NOFORN", "S E C R E T", "(SECRET)", "//NATO SECRET"],
)
def test_no_class_is_silent(place: str, line: str) -> None:
    assert _told(_telegram(place, line))


@pytest.mark.parametrize("line", _TYPED)
def test_alone_it_is_an_error(line: str) -> None:
    reading = read(_telegram("apart", line).encode())
    (found,) = (one for one in reading.findings if one.code is Code.CLASS_AS_TEXT)
    assert found.severity is Severity.ERROR
    assert "reads like a class line, SECRET, above the banner, UNCLASSIFIED" in found.message()
    assert banner_text(reading.cable) == "UNCLASSIFIED", "nothing is made up"


def test_the_highest_of_several() -> None:
    found = read(_telegram("apart", "CONFIDENTIAL/TOPSECRET").encode()).findings
    (one,) = (one for one in found if one.code is Code.CLASS_AS_TEXT)
    assert "a class line, TOP SECRET," in one.message()


def test_what_the_banner_covers_is_not_told() -> None:
    text = _telegram("apart", "*** CONFIDENTIAL ***").replace("UNCLAS ", "S E C R E T ")
    assert Code.CLASS_AS_TEXT not in [one.code for one in read(text.encode()).findings]


@pytest.mark.parametrize(
    "text",
    [
        "1. (U) THE HARBOR MASTER MADE NO\nSECRET OF HIS VIEWS, WHICH ARE\nCONFIDENTIAL IN NAME.",
        "1. (U) HE KEPT HIS VIEWS A\nSECRET.\n\n2. (U) MORE.",
        "1. (U) He called the paper\n\"Secret\".\n\n2. (U) More.",
        "1. (U) Items:\n- secretary of the port\n- a secret ballot, of 1948\n- confidential talks",
        "1. (U) Fictional.\n\nSECRET BALLOT\n\n2. (U) Text.",
        "1. (U) Fictional.\n\nUNCLASSIFIED\n\n2. (U) Text.",
    ],
)  # fmt: skip
def test_words_of_a_text(text: str) -> None:
    assert _told(f"UNCLAS PORT ORRIN 000233\n\nSUBJECT: A\n\n{text}\n") == []


def test_a_word_by_itself_inside_a_sentence_is_a_warning() -> None:
    assert _told(_telegram("within", "SECRET")) == [Severity.WARNING]
    assert _told(_telegram("between", "SECRET")) == [Severity.ERROR]


@pytest.mark.parametrize(
    "line", ["SECRETOF" * 7, "PAGE 1 " + "123 " * 13, "RELTOUSA" * 7, "\ufdfa" * 50, "S " * 30]
)
def test_hostile(line: str) -> None:
    """Lines that were built to be slow, in a text of many."""
    assert level_of(line) in (None, Level.S)
    assert level_of("SECRET " + line * 1000) is None
    read(f"UNCLAS PORT ORRIN 000233\n\n{f'{line}.' * 20}\n\n".encode() * 50)


def test_an_archives_own_line() -> None:
    text = (ROOT / "samples" / "nara-1974.txt").read_text()
    assert "Markings:" in text
    changed = re.sub(r"Markings:.*", "Markings:\nTOP SECRET", text)
    assert Severity.ERROR in _told(changed)
    assert _told(text) == []


def test_a_mark_above_the_heading_leaves_it_the_heading() -> None:
    reading = read(_telegram("top", "(S)").encode())
    assert banner_text(reading.cable) == "UNCLASSIFIED"
    assert _told(_telegram("top", "(S)")) == [Severity.ERROR]
