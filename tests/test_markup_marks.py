"""Marks and labels that the markup of a page or an edition parts, or types as references."""

from __future__ import annotations

import pytest

from convert.diagnostics import Code
from convert.job import render
from convert.model.cable import Paragraph, Subject
from convert.model.coverage import coverage
from convert.model.document import portions
from convert.model.json import from_json, to_json
from convert.model.walk import every, first
from convert.options import Options
from convert.reader.read import Reading, read

_HEAD = "<html><body><p>S E C R E T PORT ORRIN 000233</p>"
# How a paragraph is typed, its label, its mark.
_PARTED = [
    ("1. &#40;S&#41; Fictional.", "1.", "(S)"),
    ("1. &#x28;S&#X29; Fictional.", "1.", "(S)"),
    ("1. &#40S&#41 Fictional.", "1.", "(S)"),
    ("1. &lpar;S&sol;&sol;NF&rpar; Fictional.", "1.", "(S//NF)"),
    ("1. (S&#47;&#47;NF) Fictional.", "1.", "(S//NF)"),
    ("1. <b>(</b>S) Fictional.", "1.", "(S)"),
    ("1. (<span class='m'>S</span>) Fictional.", "1.", "(S)"),
    ("1. ( <i>S</i> ) Fictional.", "1.", "( S )"),
    ("1. <b>(S</b>//<i>NF)</i> Fictional.", "1.", "(S//NF)"),
    ("<b>1</b>. (S) Fictional.", "1.", "(S)"),
    ("1&#46; (S) Fictional.", "1.", "(S)"),
    ("<b>1.</b><i>(S)</i>Fictional.", "1.", "(S)"),
    ("1. (S//REL\n   TO USA, GBR) Fictional.", "1.", "(S//REL TO USA, GBR)"),
    ("1. (S//REL&nbsp;TO USA, GBR) Fictional.", "1.", "(S//REL TO USA, GBR)"),
    ("1. (S<!-- fictional -->) Fictional.", "1.", "(S)"),
]


def _checked(source: str) -> Reading:
    """The reading of a source that every output keeps, each character accounted for."""
    reading = read(source.encode())
    assert Code.UNACCOUNTED not in [one.code for one in reading.findings]
    assert coverage(reading.cable).unaccounted == 0
    assert from_json(to_json(reading.cable)) == reading.cable
    return reading


@pytest.mark.parametrize(("typed", "label", "mark"), _PARTED)
def test_page(typed: str, label: str, mark: str) -> None:
    reading = _checked(f"{_HEAD}<p>{typed}</p><p>2. (U) Fictional end.</p></body></html>")
    paragraph, after = every(reading.cable, Paragraph)
    assert paragraph.label is not None
    assert paragraph.portion is not None
    assert (paragraph.label.typed, paragraph.portion.typed) == (label, mark)
    assert paragraph.portion.marking is not None
    assert after.portion is not None
    assert Code.MARK_UNREADABLE not in [one.code for one in reading.findings]
    span = paragraph.portion.span
    assert reading.text[span.start] in "(&"
    assert reading.text[span.end - 1] in ")>;1", "the span is the mark's, markup and all"


_NO_XML = ("&lpar;", "&nbsp;", "&#40S", "#X")  # entities and references that only HTML has


@pytest.mark.parametrize(
    ("typed", "label", "mark"),
    [each for each in _PARTED if not any(sign in each[0] for sign in _NO_XML)],
)
def test_edition(typed: str, label: str, mark: str) -> None:
    typed = typed.replace("class='m'", "rend='m'")
    reading = _checked(f"<div type='document'><p>{typed}</p><p>2. (U) Fictional end.</p></div>")
    paragraph = next(every(reading.cable, Paragraph))
    assert paragraph.label is not None
    assert paragraph.portion is not None
    assert (paragraph.label.typed, paragraph.portion.typed) == (label, mark)


@pytest.mark.parametrize("format_name", ["tei", "docx", "pdf"])
def test_every_output_has_the_marks(format_name: str) -> None:
    body = "".join(
        f"<p>{typed.replace('1', str(number), 1) if typed[0] == '1' else typed}</p>"
        for number, (typed, _, _) in enumerate(_PARTED, 1)
    )
    reading = _checked(f"{_HEAD}<p>SUBJECT: &#40;S&#41; FICTIONAL</p>{body}</body></html>")
    assert len(portions(reading.cable)) == len(_PARTED) + 1
    assert render(reading.cable, format_name, Options())


def test_subject() -> None:
    reading = _checked(f"{_HEAD}<p>SUBJECT: <b>(</b>S&#41; FICTIONAL</p></body></html>")
    subject = first(reading.cable, Subject)
    assert subject is not None
    assert subject.portion is not None
    assert (subject.portion.typed, subject.title.text) == ("(S)", "FICTIONAL")


def test_a_note_parts_no_mark() -> None:
    """A footnote's words stand in it: what they part is told, and read as no mark."""
    reading = _checked(
        "<div type='document'><p>1. (S<note n='1'>Fictional.</note>) Text.</p>"
        "<p>2<note n='2'>Fictional.</note>. (S) Text.</p></div>"
    )
    assert not portions(reading.cable)
    told = [one.message() for one in reading.findings if one.code is Code.MARK_UNREADABLE]
    assert told == ["cannot read the marking (S)", "cannot read the marking 2. (S)"]
