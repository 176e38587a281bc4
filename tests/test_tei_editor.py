"""What an editor puts into a TEI document: read as typed, told of where no output shows it."""

from __future__ import annotations

from functools import cache

import pytest

from convert.diagnostics import Report, Severity
from convert.errors import UnreadableError
from convert.job import render
from convert.model.cable import Note, NoteKind
from convert.model.transcript import transcript
from convert.options import Options
from convert.reader.read import Reading, read
from convert.writer.tei import TeiWriter
from tests.conftest import ROOT

TEXT = """SECRET PORT ORRIN 000412

TAGS: PREL

1. (S) This is a fictional text. The ferry is late.

2. (C) The bell is old.
"""
_EDITION = ROOT / "samples" / "frus-document.xml"


@cache
def written() -> str:
    return TeiWriter().write(read(TEXT.encode()).cable, Options(), Report()).decode()


def edited(instead: str, there: str = "ferry") -> tuple[str, Reading]:
    assert written().count(there) == 1
    document = written().replace(there, instead)
    return document, read(document.encode())


def told(reading: Reading) -> list[tuple[str, object]]:
    return [
        (one.code.id, dict(one.facts).get("element"))
        for one in reading.findings
        if one.code.id in ("T103", "T104", "T105", "T106")
    ]


def words(reading: Reading) -> list[str]:
    return [entry.words for entry in transcript(reading.cable).entries]


@pytest.mark.parametrize(
    ("instead", "code", "element", "read_as"),
    [
        ("<choice><sic>ferry</sic><corr>boat</corr></choice>", "T104", "corr", "ferry"),
        ("<choice><corr>boat</corr><sic>ferry</sic></choice>", "T104", "corr", "ferry"),
        ("<choice>\n  <orig>ferry</orig>\n <reg>boat</reg>\n</choice>", "T104", "reg", "ferry"),
        ("<choice><abbr>ferry</abbr><expan>ferryboat</expan></choice>", "T104", "expan", "ferry"),
        ("<app><lem>ferry</lem><rdg wit='#b'>boat</rdg></app>", "T104", "rdg", "ferry"),
        ("<app><rdg>ferry</rdg><rdg>boat</rdg></app>", "T104", "rdg", "ferry"),
        ("<subst><add>boat</add><del>ferry</del></subst>", "T104", "add", "ferry"),
        ("ferry<gap reason='illegible'><desc>a word</desc></gap>", "T104", "gap", "ferry"),
        ("ferry<figure><figDesc>A boat</figDesc></figure>", "T104", "figDesc", "ferry"),
        ("f<supplied>err</supplied>y", "T105", "supplied", "ferry"),
        ("f<unclear>err</unclear>y", "T105", "unclear", "ferry"),
        ("<del>ferry</del>", "T105", "del", "ferry"),
        ("<add>ferry</add>", "T105", "add", "ferry"),
        ("<corr>ferry</corr>", "T105", "corr", "ferry"),
        ("<reg>ferry</reg>", "T105", "reg", "ferry"),
        ("<hi rend='italic'>ferry</hi>", "T106", "hi", "ferry"),
        ("<persName>ferry</persName>", "T106", "persName", "ferry"),
        ("<placeName>ferry</placeName>", "T106", "placeName", "ferry"),
        ("<sic>ferry</sic>", "T106", "sic", "ferry"),
        ("<seg type='ship'>ferry</seg>", "T106", "seg", "ferry"),
        ("<list><item>ferry</item><item>boat</item></list>", "T106", "item", "ferry boat"),
    ],
)
def test_editor(instead: str, code: str, element: str, read_as: str) -> None:
    _, reading = edited(instead)
    assert (code, element) in told(reading)
    found = words(reading)
    assert f"This is a fictional text. The {read_as} is late." in found
    assert len(found) == 2
    assert not [one for one in reading.findings if one.code.id == "R100"]


def test_a_correction_leaves_the_source_as_it_was() -> None:
    _, reading = edited("<choice><sic>ferry</sic><corr>boat</corr></choice>")
    assert reading.text == TEXT
    assert reading.cable == read(TEXT.encode()).cable
    assert render(reading.cable, "txt", Options()).data == TEXT.encode()


@pytest.mark.parametrize("before", ["", "<hi>A</hi> &amp; ", "<!-- a\nnote --> "])
def test_findings_name_line_and_column_of_the_file(before: str) -> None:
    document, reading = edited(f"{before}<supplied>ferry</supplied>")
    found = next(one for one in reading.findings if one.code.id == "T105")
    assert found.span is not None
    line, column = reading.position(found.span)
    assert document.splitlines()[line - 1][column - 1 :].startswith("ferry</supplied>")


def test_a_note_follows_its_paragraph() -> None:
    document, reading = edited("ferry<note n='1' place='bottom'>Not the <hi>old</hi> one.</note>")
    assert words(reading)[:2] == [
        "This is a fictional text. The ferry is late.",
        "1 Not the old one.",
    ]
    notes = [part for part in reading.cable.parts if isinstance(part, Note)]
    assert [note.kind for note in notes] == [NoteKind.EDITORIAL]
    assert words(reading)[2] == "The bell is old."
    for format in ("tei", "docx", "pdf", "txt"):
        assert render(reading.cable, format, Options()).data
    again = read(render(reading.cable, "tei", Options()).data)
    assert again.cable.parts == reading.cable.parts
    mark = next(one for one in reading.findings if one.code.id == "T101")
    assert mark.span is not None
    line, column = reading.position(mark.span)
    assert document.splitlines()[line - 1][column - 1 :].startswith("Not the")


def test_a_note_in_the_heading() -> None:
    _, reading = edited("TAGS: <note>As typed.</note>", "TAGS: ")
    assert "As typed." in words(reading)
    facts = {fact.name: fact.value for fact in transcript(reading.cable).facts}
    assert facts["TAGS"] == "PREL"


def test_paragraphs_that_nothing_parts() -> None:
    _, reading = edited("ferry</p><p>It", "ferry")
    assert words(reading)[:2] == ["This is a fictional text. The ferry", "It is late."]


def test_a_regular_form_that_is_another_is_told() -> None:
    spaced = written().replace(
        ">SECRET ", "><choice><orig>SECRET</orig><reg>SECRET</reg></choice> "
    )
    assert told(read(spaced.encode())) == []
    other = spaced.replace("<reg>SECRET<", "<reg>CONFIDENTIAL<")
    assert told(read(other.encode())) == [("T104", "reg")]


def test_what_is_written_here_is_no_editor_s() -> None:
    for sample in (ROOT / "samples").glob("*.txt"):
        data = TeiWriter().write(read(sample).cable, Options(), Report())
        assert told(read(data)) == [], sample.name


FOREIGN = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>
<head>A fictional memorandum</head>
<list><label>2.</label><item>(S) Second.</item><label>3.</label><item>(C) Third.</item></list>
<table><row><cell>A</cell><cell>1</cell></row><row><cell>B</cell><cell>2</cell></row></table>
<p>w<choice>
  <orig>vp</orig> <reg>up</reg>
 </choice>, <subst><add>new</add><del>old</del></subst>.</p>
<figure><head>Chart</head><figDesc>A chart.</figDesc></figure></body></text></TEI>"""


def test_foreign_tei() -> None:
    reading = read(FOREIGN.encode(), form="tei")
    entries = transcript(reading.cable).entries
    assert [(e.label, e.mark) for e in entries if e.mark] == [("2.", "(S)"), ("3.", "(C)")]
    assert words(reading) == [
        "A fictional memorandum", "Second.", "Third.", "A 1 B 2", "wvp, old.", "Chart",
    ]  # fmt: skip
    assert told(reading) == [
        ("T104", "reg"), ("T104", "add"), ("T104", "figDesc"), ("T106", "figure"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("instead", "code", "element"),
    [
        ("<choice><corr>lat</corr><sic>late</sic></choice>", "T104", "corr"),
        ("<app><lem>late</lem><rdg>slow<note>or not</note></rdg></app>", "T104", "rdg"),
        ("<subst><del>late</del><add>slow</add></subst>", "T104", "add"),
        ("late<gap reason='illegible'/>", "T104", "gap"),
        ("<supplied>late</supplied>", "T105", "supplied"),
    ],
)
def test_an_edition_s_document(instead: str, code: str, element: str) -> None:
    document = _EDITION.read_text(encoding="utf-8")
    there = "a boat that is late is"
    assert document.count(there) == 1
    changed = document.replace(there, f"a boat that is {instead} is")
    reading, plain = read(changed.encode()), read(document.encode())
    assert told(reading) == [(code, element)]
    assert words(reading) == words(plain)
    assert not [one for one in reading.findings if one.code.id == "R100"]


def test_elements_inside_each_other_without_end() -> None:
    document = written().replace("ferry", "<hi>" * 400 + "ferry" + "</hi>" * 400)
    with pytest.raises(UnreadableError, match="inside each other"):
        read(document.encode())


@pytest.mark.parametrize(
    ("there", "instead", "text"),
    [("SECRET ", "", "lost"), ("SECRET ", "CONFIDENTIAL ", "CONFIDENTIAL")],
)
def test_a_banner_that_is_lost_or_another_is_an_error(there: str, instead: str, text: str) -> None:
    begins = written().index('<fw type="classification"')
    ends = written().index("</fw>", begins)
    banner = written()[begins:ends]
    changed = banner.replace(f">{there}", f">{instead}") if instead else ""
    document = written().replace(f"{banner}</fw>" if not instead else banner, changed)
    found = [one for one in read(document.encode()).findings if one.code.id == "T107"]
    assert [dict(one.facts) for one in found] == [{"header": "SECRET", "text": text}]
    assert found[0].severity is Severity.ERROR
    agreed = document.replace('type="banner">SECRET<', f'type="banner">{text}<')
    assert ("T107" in {one.code.id for one in read(agreed.encode()).findings}) == (not instead)


SUMMED = """CONFIDENTIAL PORT ORRIN 000413

TAGS: PREL

1. (C) SUMMARY. This is a fictional text. END SUMMARY.

2. (C) The bell is old. COMMENT: Very old. END COMMENT.
"""
SUMMARY = "SUMMARY. This is a fictional text. END SUMMARY."


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("there", "instead", "tei", "words"),
    [
        ('type="summary"', 'type="comment"', "comment", "summary"),
        (f'<seg type="summary">{SUMMARY}</seg>', SUMMARY, "no passage", "summary"),
        ("The bell is", '<seg type="quotation"> The bell</seg> is', "quotation", "no passage"),
    ],
)
def test_a_passage_that_the_words_do_not_make(
    there: str, instead: str, tei: str, words: str, ends: str
) -> None:
    cable = read(SUMMED.replace("\n", ends).encode()).cable
    document = TeiWriter().write(cable, Options(), Report()).decode()
    assert document.count(there) == 1
    assert "T108" not in {one.code.id for one in read(document.encode()).findings}
    reading = read(document.replace(there, instead).encode())
    [found] = [one for one in reading.findings if one.code.id == "T108"]
    assert (dict(found.facts)["tei"], dict(found.facts)["words"]) == (tei, words)
    assert found.span is not None
    assert found.span.of(reading.text).startswith(("SUMMARY", "The bell"))
