"""Pages and TEI documents: places in the markup, references, what is left out, what is told."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from pathlib import Path

import jsonschema
import pytest

from convert.batch import expand
from convert.diagnostics import Code
from convert.errors import UnreadableError
from convert.job import render
from convert.model import cable as model
from convert.model.coverage import coverage
from convert.model.document import portions
from convert.model.facts import banner_text, canonical_id, header_facts
from convert.model.json import from_json, schema, to_json
from convert.model.span import Span
from convert.model.transcript import transcript
from convert.model.walk import every, first, typed_lines, words
from convert.options import Options
from convert.reader.lines import Line
from convert.reader.markup import Token, tokens
from convert.reader.read import Reading, read
from tests.conftest import MARKED, ROOT, shared

TABLE = """\
<table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th>
<th>Origin</th></tr>
<tr><td><a href='#'>09PORTORRIN233</a></td><td>2009-10-05 15:03</td><td>2011-02-13 00:12</td>
<td>CONFIDENTIAL</td><td>Embassy Port Orrin</td></tr>
</table>
"""
HEADER = "P 051544Z OCT 09&#x000A;FM AMEMBASSY PORT ORRIN&#x000A;TO SECSTATE WASHDC 3310"
BODY = "C O N F I D E N T I A L PORT ORRIN 000233&#x000A;&#x000A;SUBJECT: FICTIONAL&#x000A;&#x000A;"


def _checked(source: str) -> Reading:
    """The reading of a source in which every character is accounted for."""
    reading = read(source.encode())
    assert [one.message() for one in reading.findings if one.code is Code.UNACCOUNTED] == []
    assert coverage(reading.cable).unaccounted == 0
    assert from_json(to_json(reading.cable)) == reading.cable
    return reading


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_schema(path: Path) -> None:
    jsonschema.validate(json.loads(to_json(read(path).cable)), schema())


def _archive(body: str, table: str = TABLE, header: str = HEADER) -> Reading:
    return _checked(
        "<html><body><p>A fictional page.</p>"
        f"{table}<code><pre>{header}</pre></code>\n<code><pre>{body}</pre></code></body></html>"
    )


def _document(text: str, head: str = "", wrapped: bool = True) -> Reading:
    div = f"<div type='document' frus:doc-dateTime-min='1977'>{head}{text}</div>"
    return _checked(f"<TEI><text><body>{div}</body></text></TEI>" if wrapped else div)


def _said(reading: Reading) -> list[tuple[str, str]]:
    """Each part of the text: its kind, or its label and mark, and its words."""
    entries = transcript(reading.cable).entries
    return [(f"{e.label}{e.mark}" or e.kind, e.words) for e in entries]


def _facts(cable: model.Cable) -> dict[str, str]:
    return {fact.name: fact.value for fact in header_facts(cable)}


def _left(reading: Reading, reason: model.Reason) -> list[str]:
    return [" ".join(o.typed.split()) for o in reading.cable.omissions if o.reason is reason]


def _codes(reading: Reading) -> list[Code]:
    return [one.code for one in reading.findings]


# --- tokens and lines -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<b>c</b>", ["text a", "open <b>", "text c", "close </b>"]),
        ("<a x='>' y=\">\">z", ["open <a x='>' y=\">\">", "text z"]),
        ("<p title=it's>z", ["open <p title=it's>", "text z"]),
        ("1 < 2 <3 > a", ["text 1 < 2 <3 > a"]),
        ("<ansel@post.gov> <b/>", ["text <ansel@post.gov> ", "open <b/>"]),
        ("<!-- <b> -->c<!x>", ["other <!-- <b> -->", "text c", "other <!x>"]),
        (
            "<script>a<b></SCRIPT >c",
            ["open <script>", "other a<b>", "close </SCRIPT >", "text c"],
        ),
        ("<b>x<!-- y", ["open <b>", "text x<!-- y"]),
        ("<script>x<b>", ["open <script>", "text x", "open <b>"]),
        ("x<b y='<i>", ["text x<b y='<i>"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    found = list(tokens(text))
    assert [f"{one.kind} {one.span.of(text)}" for one in found] == expected
    assert "".join(one.span.of(text) for one in found) == text


def test_tokens_of_xml() -> None:
    text = "<a:B c='x>y'/><![CDATA[<i>&amp;]]><?p a>b?>"
    assert list(tokens(text, xml=True)) == [
        Token("open", Span(0, 14), "a:B", empty=True),
        Token("characters", Span(14, 34)),
        Token("other", Span(34, 43)),
    ]


def test_a_line_in_pieces() -> None:
    """What is cut keeps its places; a blank that stands for markup belongs to no piece."""
    line = Line(
        "ab c&d", ((0, 10, 2), (3, 20, 1), (4, 21, 1), (5, 26, 1)), True, references={21: 5}
    )
    assert [(t.text, t.span.start, t.span.end, t.parted) for t in line.typed()] == [
        ("ab", 10, 12, "\n"), ("c", 20, 21, " "), ("&", 21, 26, ""), ("d", 26, 27, ""),
    ]  # fmt: skip
    assert line.field(3, 5).span == Span(20, 26)
    assert line.is_whole(0, 2)
    assert not line.is_whole(3, 5), "a reference stands inside"
    first_, second = line.cuts([2])
    assert (first_.text, first_.parts, first_.gap) == ("ab", ((0, 10, 2),), True)
    assert (second.text, second.span, second.gap) == ("c&d", Span(20, 27), False)
    assert second.typed() == line.typed(3)[:0] + second.typed()


# --- the archive's page ---------------------------------------------------------------------------


def test_record() -> None:
    reading = _archive(BODY + "1. (C) Text.")
    record = first(reading.cable, model.Record)
    assert record is not None
    assert record.kind is model.RecordKind.WEB
    assert {told.name: told.value.text for told in record.fields if told.value} == {
        "Reference ID": "09PORTORRIN233",
        "Created": "2009-10-05 15:03",
        "Released": "2011-02-13 00:12",
        "Classification": "CONFIDENTIAL",
        "Origin": "Embassy Port Orrin",
    }
    for told in record.fields:
        assert told.value
        assert told.value.span.of(reading.text) == told.value.text
    assert Code.ARCHIVE_DIFFERS not in _codes(reading)
    assert [one.form for one in reading.cable.forms] == ["web", "transmission"]


def test_names_come_from_the_head_of_the_table() -> None:
    table = (
        '<table id="x" class="wide cable"><tr><th>Origin<th>Reference&nbsp;ID</tr>'
        "<tr><td>Port Orrin</td><td><b>09</b>PORT</td><td>more</td></tr>stray</table>"
    )
    record = first(_archive(BODY + "1. (C) Text.", table).cable, model.Record)
    assert record is not None
    assert [(told.name, told.value and told.value.text) for told in record.fields] == [
        ("Origin", "Port Orrin"),
        ("Reference ID", "09PORT"),
    ]
    assert words(record.lines) == "Origin Reference ID Port Orrin 09PORT more stray"


@pytest.mark.parametrize(
    ("typed", "instead", "told"),
    [
        ("2009-10-05", "2009-10-06", "2009-10-05"),
        ("09PORTORRIN233", "09PORTORRIN234", "09PORTORRIN233"),
        (">CONFIDENTIAL<", ">CONFIDENTIAL//NOFORN<", "CONFIDENTIAL"),
    ],
)
def test_disagreement(typed: str, instead: str, told: str) -> None:
    reading = _archive(BODY + "1. (C) Text.", TABLE.replace(typed, instead))
    [found] = [one for one in reading.findings if one.code is Code.ARCHIVE_DIFFERS]
    assert found.message().endswith(f"the text {told}")
    assert found.span
    assert found.span.of(reading.text) in instead.strip("<>") + " 15:03"


@pytest.mark.parametrize("has", ["SECRET", "Secret", "UNCLASSIFIED"])
def test_another_class(has: str) -> None:
    reading = _archive(BODY + "1. (C) Text.", TABLE.replace(">CONFIDENTIAL<", f">{has}<"))
    [found] = [one for one in reading.findings if one.code is Code.ARCHIVE_CLASS]
    assert found.message().endswith(f"is {has}, the banner's CONFIDENTIAL")


@pytest.mark.parametrize(
    ("around", "told"),
    [
        ("<p>2. (S) Bravo.</p>", ["2. (S) Bravo."]),
        ("<div>SECRET</div>", ["SECRET"]),
        ("<footer><b>2&#46;</b> &#40;TS) Bravo.<br/>SECRET//NOFORN</footer>",
         ["2. (TS) Bravo.", "SECRET//NOFORN"]),
        ("<aside>*** SECRET ***</aside>", ["*** SECRET ***"]),
        ("<nav>SECRET</nav><a href='#'>SECRET</a> <a href='#'>TOP SECRET</a>", []),
        ("<p>Cables that are SECRET</p><p>2. See the help.</p><title>SECRET</title>", []),
    ],
)  # fmt: skip
def test_what_reads_like_a_cable_round_the_telegram(around: str, told: list[str]) -> None:
    reading = _checked(
        f"<html><body>{TABLE}<pre>{HEADER}</pre><pre>{BODY}1. (C) Text.</pre>{around}</body></html>"
    )
    found = [one for one in reading.findings if one.code is Code.OUTSIDE]
    assert [dict(one.facts)["typed"] for one in found] == told
    assert all(one.span and one.span.start >= reading.text.index(around) for one in found)


def test_pilcrows_and_backslashes() -> None:
    reading = _archive(
        BODY + "<a id='par1' href='#par1'>¶</a>1. (C) One \\&#x000A; \\&#x000A;"
        "<a id='par2' href='#par2'>&para;</a>2. (U) Two. \\&#x000A; \\&#x000A;ANSEL \\"
    )
    assert _said(reading)[:2] == [("1.(C)", "One"), ("2.(U)", "Two.")]
    assert _left(reading, model.Reason.PILCROW) == ["¶", "&para;"]
    assert _left(reading, model.Reason.LINE_END) == ["\\"] * 5
    signature = first(reading.cable, model.Signature)
    assert signature is not None
    assert signature.names == ("ANSEL",)


def test_references_stand_where_they_are_typed() -> None:
    reading = _archive(BODY + "1. (C) Ask &quot;A&amp;B&quot;&nbsp;&#x2019; &bogus; &amp;lt; &#1;.")
    assert _said(reading) == [("1.(C)", 'Ask "A&B" ’ &bogus; &lt; .')]
    paragraph = first(reading.cable, model.Paragraph)
    assert paragraph is not None
    typed = [(leaf.text, leaf.span.of(reading.text)) for leaf in typed_lines([paragraph])]
    assert ('"', "&quot;") in typed
    assert ("&", "&amp;") in typed
    assert all(text == source or source[0] == "&" for text, source in typed)


def test_a_reference_hides_no_control_character() -> None:
    reading = _archive(BODY + "1. (C) Before&#x202E;after.")
    [found] = [one for one in reading.findings if one.code is Code.CONTROL]
    assert found.span
    assert found.span.of(reading.text) == "&#x202E;"
    assert _said(reading) == [("1.(C)", "Before[U+202E]after.")]


def test_findings_point_into_the_page() -> None:
    reading = _archive(BODY + "\n1. (C) Text.\n\n2. (S//XYZZY) More.\n")
    [found] = [one for one in reading.findings if one.code is Code.MARK_UNREADABLE]
    assert found.span
    assert found.span.of(reading.text) == "(S//XYZZY)"
    line, column = reading.position(found.span)
    assert reading.text.splitlines()[line - 1][column - 1 :].startswith("(S//XYZZY) More.")


def test_the_page_round_the_telegram() -> None:
    """Banner words of menus and titles never become the telegram's."""
    reading = _archive("1. (C) Text.", header="R 051544Z OCT 09").cable
    assert transcript(reading).banner is None
    page = f"<html><head><title>SECRET</title></head><p>SECRET//NOFORN</p>{TABLE}<pre>x</pre><p>S"
    found = _checked(page)
    assert _left(found, model.Reason.NAVIGATION)[0].endswith("<p>SECRET//NOFORN</p>")
    assert _left(found, model.Reason.NAVIGATION)[1:] == ["<p>S"]
    assert Code.NAVIGATION in _codes(found)


def test_heading_on_one_line() -> None:
    """An archive joined the lines of the heading, and page lines to the text."""
    reading = _archive(
        "C O N F I D E N T I A L SECTION 01 OF 02 PORT ORRIN 000233 SIPDIS SIPDIS DEPT FOR WHA/QX "
        "E.O. 12958: DECL: 10/05/2019 TAGS: <a href='#'>PREL</a> <a href='#'>QX</a>&#x000A;"
        "&#x000A;CLASSIFIED BY: Ruth Ansel, Charge, Embassy. REASON: 1.4 (b), (d)&#x000A;&#x000A;"
        "1.(C) The two of them (the port, PORT ORRIN 00000233 002 OF 002 and its bell) agree."
        "&#x000A;&#x000A;TWO BELLS, ONE PORT? ------------ --- &#x000A;&#x000A;2.(C) Text."
    )
    facts = _facts(reading.cable)
    assert facts["Message reference"] == "09PORTORRIN233"
    assert facts["Captions"] == "SIPDIS"
    assert facts["Executive order"] == "12958"
    assert facts["TAGS"] == "PREL, QX"
    assert facts["Reasons"] == "1.4(b), 1.4(d)"
    assert _said(reading) == [
        ("1.(C)", "The two of them (the port, and its bell) agree."),
        ("heading", "TWO BELLS, ONE PORT?"),
        ("2.(C)", "Text."),
    ]
    page = first(reading.cable, model.PageLine)
    assert page is not None
    assert (page.post, page.page if page.section == 1 else page.section) == ("PORT ORRIN", 2)


def test_partial_extract() -> None:
    said = "This record is a partial extract of the original cable. The full text is not available."
    reading = _archive(BODY + "1. (C) Told by XXXXXXXXXXXX.", header=said)
    [note] = every(reading.cable, model.Note)
    assert note.kind is model.NoteKind.EXTRACT
    [passage] = reading.cable.passages
    assert passage.kind is model.PassageKind.EXCISION


# --- any other page -------------------------------------------------------------------------------


def test_a_telegram_pasted_in_a_page() -> None:
    reading = _checked(
        "<!DOCTYPE html>\n<html><head><title>SECRET</title><style>p { }</style></head><body>"
        "<nav><a href='/'>SECRET</a></nav>"
        "<p>FM AMEMBASSY KESTREL CAPE<br>TO SECSTATE WASHDC<br/>\n<br/>\n"
        "UNCLAS KESTREL CAPE\n 000176</p>"
        "<div>SUBJECT: A <i>FICTIONAL</i>\n TELEGRAM</div><script>if (a<b) x('</p>')</script>"
        "<p>1. <b>(U)</b> This is\n   fictional&nbsp;text<!-- no --> here.</p>"
        "<table><tr><td>2. (U) A</td><td>cell.</td></tr></table></body></html>"
    )
    assert [one.form for one in reading.cable.forms] == ["web", "transmission"]
    assert transcript(reading.cable).banner == "UNCLASSIFIED"
    facts = _facts(reading.cable)
    assert facts["Subject"] == "A FICTIONAL TELEGRAM"
    assert _said(reading) == [("1.(U)", "This is fictional text here."), ("2.(U)", "A cell.")]
    assert _left(reading, model.Reason.NAVIGATION) == ["<a href='/'>SECRET</a></nav>"]


def test_preformatted_text_of_a_page() -> None:
    reading = _checked("<pre>\n1. (U) One\n   and on.\n\n   Ref      Place\n   1     Orrin\n</pre>")
    assert _said(reading)[0] == ("1.(U)", "One and on.")
    table = first(reading.cable, model.Preformatted)
    assert table is not None
    assert [piece.text for piece in typed_lines([table])] == [
        "   Ref      Place",
        "   1     Orrin",
    ]


def test_what_never_ends_hides_nothing() -> None:
    """An element of the site without an end, a script, a comment: the text after it is read."""
    for begins in ("<nav>", "<head>", "<script>", "<!-- ", "<select><option>"):
        reading = _checked(f"<html><body>{begins}\n<p>1. (C) Fictional text.</p>")
        assert ("1.(C)", "Fictional text.") in _said(reading), begins


def test_a_text_is_no_page() -> None:
    with pytest.raises(UnreadableError, match="no web page"):
        read(b"SECRET\n\n1. (S) Fictional &amp; plain.\n", form="web")


def test_page_without_text() -> None:
    with pytest.raises(UnreadableError, match="the page holds no text"):
        read(b"<html><body><nav>Menu</nav></body></html>")


# --- TEI documents --------------------------------------------------------------------------------

DATELINE = "<dateline><placeName>Orlemont</placeName>, October 4, 1977, 1510Z</dateline>"


@pytest.mark.parametrize(
    ("head", "origin", "to"),
    [
        (
            "45. Telegram From the Embassy in Orlemont to the Department of State",
            "the Embassy in Orlemont",
            "the Department of State",
        ),
        (
            "Telegram 1234 From the Department of State to the Embassies in Orlemont and Quay",
            "the Department of State",
            "the Embassies in Orlemont and Quay",
        ),
        ("9. Telegram From the Mission to Orlemont to the Department of State", None, None),
        ("9. Memorandum From Mr. Dreyer to the Secretary", None, None),
        ("9. Telegram From Orlemont", None, None),
    ],
)
def test_head(head: str, origin: str | None, to: str | None) -> None:
    reading = _document("<p>1. Text.</p>", f"<head>{head}</head>")
    sender = first(reading.cable, model.Origin)
    assert (sender.name.text if sender else None) == origin
    listed = first(reading.cable, model.Addressees)
    assert (listed.addressees[0].name if listed else None) == to
    assert reading.text.count(head) == 1
    carried = " ".join(words(part.lines) for part in reading.cable.parts[:-1] if part.lines)  # type: ignore[union-attr]
    assert carried == head


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Orlemont, October 4, 1977, 1510Z", "1977-10-04T15:10:00+00:00"),
        ("Washington, October 4, 1977, 7:15 p.m.", None),
        ("Orlemont, October 4, 1977", None),
    ],
)
def test_dateline(typed: str, sent: str | None) -> None:
    reading = _document("<p>1. Text.</p>", f"<opener><dateline>{typed}</dateline></opener>")
    group = first(reading.cable, model.DateTimeGroup)
    assert (group.instant.isoformat() if group and group.instant else None) == sent
    if group is None:
        record = first(reading.cable, model.Record)
        assert record is not None
        assert [(told.name, told.value and told.value.text) for told in record.fields] == [
            ("dateline", typed)
        ]
    assert not {Code.DATE_IMPOSSIBLE, Code.DATE_MENDED} & set(_codes(reading))


def test_impossible_date_in_a_dateline() -> None:
    reading = _document("<p>1. Text.</p>", "<dateline>Quay, February 30, 1977, 1510Z</dateline>")
    assert Code.DATE_IMPOSSIBLE in _codes(reading)


@pytest.mark.parametrize(
    ("opening", "number", "subject", "references", "paragraphs"),
    [
        ("<p>02867. Subject: A Bell. Ref: QUAY 12.</p>", "02867", "A Bell.", ["QUAY 12."], 1),
        ("<p>976. Reference: QUAY 12.</p>", "976", None, ["QUAY 12."], 1),
        ("<p>5073. For the Ambassador.</p>", "5073", None, [], 2),
        ("<opener><seg>5073.</seg></opener><p>For him.</p>", "5073", None, [], 2),
        ("<p>12. For the Ambassador.</p>", "12", None, [], 2),
        ("<p>2. Not a telegram number.</p>", None, None, [], 2),
        (
            "<list type='subject'><head>SUBJECT</head><item>A Bell</item></list>"
            "<list type='references'><head>REFS</head><item>A. QUAY 12</item>"
            "<item>B. QUAY 13</item></list>",
            None, "A Bell", ["QUAY 12", "QUAY 13"], 1,
        ),
    ],
)  # fmt: skip
def test_opening(
    opening: str, number: str | None, subject: str | None, references: list[str], paragraphs: int
) -> None:
    reading = _document(f"{opening}<p>1. Text.</p>")
    fields = [told for record in every(reading.cable, model.Record) for told in record.fields]
    numbers = [told.value.text for told in fields if told.value and "number" in told.name]
    assert numbers == ([number] if number else [])
    titled = first(reading.cable, model.Subject)
    assert (titled.title.text if titled else None) == subject
    listed = first(reading.cable, model.References)
    assert [one.typed for one in (listed.references if listed else ())] == references
    assert sum(1 for _ in every(reading.cable, model.Paragraph)) == paragraphs


def test_the_classification_in_print_is_no_banner() -> None:
    note = "<note n='1' type='source'>Source: RG 59. Secret; Exdis. Sent to Quay.</note>"
    reading = _document("<p>1. Text.</p>", f"<head>45. Memorandum{note}</head>")
    fields = {
        told.name: told.value.text
        for record in every(reading.cable, model.Record)
        for told in record.fields
        if told.value
    }
    assert fields == {
        "heading": "45. Memorandum",
        "source": "RG 59. Secret; Exdis. Sent to Quay.",
        "classification as printed": "Secret; Exdis",
    }
    assert transcript(reading.cable).banner is None
    assert Code.NO_BANNER in _codes(reading)


def test_notes_stand_behind_what_they_are_put_to() -> None:
    reading = _document(
        "<p>1. Summary. One<note n='2' xml:id='d1fn2'><p>Two.</p><p>More.</p></note> goes on"
        "<note>Three.</note>. End summary.</p><p>2. Four.</p>"
    )
    assert _said(reading) == [
        ("1.", "Summary. One goes on. End summary."),
        ("note", "2 Two. More."),
        ("note", "Three."),
        ("2.", "Four."),
    ]
    assert {note.kind for note in every(reading.cable, model.Note)} == {model.NoteKind.EDITORIAL}
    tei = render(reading.cable, "tei", Options()).data.decode()
    assert '<seg type="summary">Summary. One goes on. End summary.</seg>' in tei


def test_blocks() -> None:
    reading = _document(
        "<p rend='sectiontitleital'>A Title</p>"
        "<list><label>1.</label><item><p>One, <hi>in</hi><lb/>pieces.</p></item>"
        "<label>(a)</label><item>Nested.</item></list>"
        "<list><item>lower case,</item><item>and on</item></list>"
        "<p>A Heading</p><p>2. Two [<hi>3 lines not declassified</hi>]</p>"
        "<table><row><cell>A</cell><cell>B<hi>C</hi></cell></row><row><cell>D</cell></row></table>"
        "<p>and <![CDATA[a & b &amp;]]> ends.</p><p>Dreyer</p>"
    )
    assert _said(reading) == [
        ("heading", "A Title"),
        ("1.", "One, in pieces."),
        ("(a)", "Nested."),
        ("paragraph", "lower case,"),
        ("paragraph", "and on"),
        ("heading", "A Heading"),
        ("2.", "Two [3 lines not declassified]"),
        ("table", "A BC D"),
        ("paragraph", "and a & b &amp; ends."),
        ("signature", "Dreyer"),
    ]
    [passage] = reading.cable.passages
    assert passage.kind is model.PassageKind.EXCISION
    assert passage.span.of(reading.text) == "[<hi>3 lines not declassified</hi>]"


def test_signed() -> None:
    reading = _document("<p>1. Text.</p><closer><signed>Ruth Ansel<lb/>Charge</signed></closer>")
    assert _said(reading)[-1] == ("signature", "Ruth Ansel Charge")
    [signature] = every(reading.cable, model.Signature)
    assert signature.names == ("Ruth Ansel", "Charge")


def test_a_document_by_itself() -> None:
    """A div cut out of a volume: no wrapper, and a prefix that nothing declares."""
    reading = _document("<p>1. Text.</p>", "<head>A</head>", wrapped=False)
    assert reading.cable.forms[0].form == "frus"
    assert _said(reading) == [("1.", "Text.")]


def test_words_round_the_document() -> None:
    reading = _checked(
        "<TEI><teiHeader><title>SECRET</title></teiHeader><text><body>"
        "<p><hi>Source: An Archive.</hi></p><p>Cited in a book.</p>"
        "<div type='document'><p>1. Text.</p></div><p>After.</p></body></text></TEI>"
    )
    record = first(reading.cable, model.Record)
    assert record is not None
    assert record.fields[0].name == "source"
    assert _said(reading) == [
        ("note", "Cited in a book."),
        ("1.", "Text."),
        ("note", "After."),
    ]
    assert _left(reading, model.Reason.NAVIGATION) == [
        "<teiHeader><title>SECRET</title></teiHeader>"
    ]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("<?xml version='1.0'?><svg><p>x</p></svg>", "of no form"),
        ("<?xml version='1.0'?><TEI><p>x</TEI>", "mismatched tag: line 1"),
        ("<TEI>\n<p>&nbsp;</p></TEI>", "undefined entity: line 2"),
        ("<TEI><p></p></TEI>", "holds no text"),
        (
            "<TEI><div type='document'>a</div><div type='document'>b</div></TEI>",
            "holds 2 documents",
        ),
        ("<!DOCTYPE TEI [<!ENTITY a 'b'>]>\n<TEI>&a;</TEI>", "document type"),
        ("<?xml version='1.0'?>\n<!DOCTYPE TEI SYSTEM 'x.dtd'>\n<TEI>a</TEI>", "document type"),
    ],
)
def test_xml_that_cannot_be_read(source: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as raised:
        read(source.encode())
    assert raised.value.hint


def test_tei_of_our_own_is_left_to_its_own_form() -> None:
    tei = render(read(MARKED[0]).cable, "tei", Options()).data
    assert read(tei).cable.forms[0].form != "frus"


def test_frus_corpus() -> None:
    path = shared("corpus/declassified/frus-2002ATHENS02867.xml")
    cable = read(path).cable
    assert cable.forms[0].form == "frus"
    facts = _facts(cable)
    assert facts["Date"] == "19 August 2002, 1425Z (August 19, 2002, 1425Z)"
    assert facts["From"] == "the Embassy in Greece"
    assert facts["To"] == "the Department of State"
    assert facts["Subject"].startswith("Release of FRUS Volume Elicits")
    fields = [told for record in every(cable, model.Record) for told in record.fields]
    assert [t.value.text for t in fields if t.value and t.name == "telegram number"] == ["02867"]
    labels = [p.label.number for p in every(cable, model.Paragraph) if p.label]
    assert labels == [1, 2, 3, 4, 5, 6, 7]
    assert [heading.title.text for heading in every(cable, model.Heading)] == [
        "Who Knew What, and When",
        "Reasons for Delay",
        "Government Reaction",
        "Is That All There Is?",
    ]
    assert [part.names for part in every(cable, model.Signature)] == [("Miller",)]
    for format in ("tei", "docx", "pdf"):
        assert render(cable, format, Options()).data


# --- files and laws -------------------------------------------------------------------------------


def test_folders(tmp_path: Path) -> None:
    names = ("a.txt", "b.html", "c.HTM", "d.xml", "e.tei.xml", "f.md", "g.docx")
    for name in names:
        (tmp_path / name).write_text("x")
    found = [one.source.name for one in expand([str(tmp_path)]) if one.source]
    assert found == ["a.txt", "b.html", "c.HTM", "d.xml", "g.docx"]


_PIECES = (
    "<", ">", "&amp;", "&", "&#10;", "&nbsp;", "&bogus;", "&NotEqualTilde;", "<b>", "</b>", "<pre>",
    "</pre>", "<br/>", "<!--", "-->", "<script>", "</script>", "<td>", "</td>", "</table>", "¶",
    "\\", "\n\n", "(C)", "<p>", "</p>", "<nav>", "</nav>", "<a x='", "'", "1. ", " TAGS: ", "</a>",
    "PORT ORRIN 00000233  002 OF 002", "<note n='3'>x</note>", "<item>x</item>", "<signed/>", "\t",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_mutated(seed: int) -> None:
    """Pages and documents cut and spliced: no crash, nothing unaccounted, every output verified."""
    dice = random.Random(seed)
    files = [path.read_text(encoding="utf-8") for path in MARKED]
    text = dice.choice(files)
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(text) + 1)
        match dice.randrange(3):
            case 0:
                text = text[:place] + text[place + dice.randint(1, 60) :]
            case 1:
                text = text[:place] + dice.choice(_PIECES) + text[place:]
            case _:
                donor = dice.choice(files)
                start = dice.randrange(len(donor))
                text = text[:place] + donor[start : start + dice.randint(1, 300)] + text[place:]
    try:
        reading = _checked(text)
    except UnreadableError:
        return
    if seed % 6 == 0:
        for format in ("tei", "docx", "pdf"):
            assert render(reading.cable, format, Options()).data


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_truncated(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for end in range(1, len(text), 97):
        with suppress(UnreadableError):
            _checked(text[:end])


@pytest.mark.parametrize("break_", ["<br/>", "<br />\n", "<BR>\r\n"])
def test_line_breaks_inside_pre_are_line_ends(break_: str) -> None:
    page = (ROOT / "samples" / "web-page.html").read_text()
    usual, broken = read(page.encode()), read(page.replace("&#x000A;", break_).encode())
    for told in (banner_text, canonical_id):
        assert told(broken.cable) == told(usual.cable)
    marks = [portion.typed for portion in portions(usual.cable)]
    assert [portion.typed for portion in portions(broken.cable)] == marks
    assert marks
    kinds = [[type(part).__name__ for part in one.cable.parts] for one in (usual, broken)]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize(
    ("sender", "dateline", "number", "named"),
    [
        ("the Embassy in Greece", "Athens, August 19, 2002, 1425Z", "02867", "02ATHENS2867"),
        ("the Department of State", "Washington, May 4, 1974, 1425Z", "93402", "74STATE93402"),
        ("the Department of State", "Washington, May 4, 1963, 1425Z", "845", None),
        ("the Embassy in Orlemont", "Port Orrin, May 4, 1974, 1425Z", "845", None),
        ("Secretary of State Roe", "Athens, May 4, 1974, 1425Z", "845", None),
    ],
)
def test_the_number_in_an_edition_is_of_the_post_of_its_dateline(
    sender: str, dateline: str, number: str, named: str | None
) -> None:
    text = f"<opener><dateline>{dateline}</dateline></opener><p>{number}. Subject: A Bell.</p>"
    reading = _document(text, f"<head>Telegram From {sender} to the Embassy in Peru</head>")
    assert canonical_id(reading.cable) == named
