"""The body: the heading in words, the text, and every line of the transmission as typed.

Numbers and marks are literal text in runs of their own style: what any program shows is what the
source says. Bookmarks say which block of the text is which, and where the lines of the
transmission stood between them, so that the document can be read back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from convert.model.cable import (
    Cable,
    Handling,
    Heading,
    Joint,
    Note,
    PageLine,
    Paragraph,
    Part,
    Passage,
    PassageKind,
    Piece,
    Preformatted,
    Record,
    Signature,
    Table,
    TextPart,
    Typed,
)
from convert.model.facts import Fact, stamps
from convert.model.span import Span
from convert.model.text import folded, printable
from convert.model.transcript import Entry, rules
from convert.model.walk import TEXT_PARTS, pieces, whole_lines
from convert.writer.docx.wml import (
    BREAK,
    KEEP_LINES,
    KEEP_NEXT,
    NBSP,
    SHORT,
    TAB,
    Anchors,
    lines,
    paragraph,
    run,
    table,
    unbroken,
)

_MEASURE = 442.0  # points: what is typed is set as small as this asks for
_TWIPS = 8840  # the same in twentieths of a point, for tables
_MONO_SIZE = 18  # half-points, of the style Preformatted Text
_JOINT = "\u2016"  # where a page or section of the source ended inside a sentence
_ROWS = {  # facts that have a style of their own
    "Classification": "ClassificationLine",
    "Captions": "CableCaption",
    "Reference": "Reference",
    "Classified by": "ClassificationAuthority",
    "Reasons": "ClassificationAuthority",
    "Derived from": "ClassificationAuthority",
}
_EDGE = 'w:val="single" w:sz="4" w:space="2" w:color="B8B8B8"'
_LAST_ROW = f'<w:pBdr><w:top {_EDGE}/><w:bottom {_EDGE}/></w:pBdr><w:spacing w:after="360"/>'
_BELOW_TABLE = '<w:spacing w:before="160"/>'
_ARCHIVE = (Record, Handling)
_TITLE = ("Subject", "Subject marking")


def body(
    cable: Cable, facts: tuple[Fact, ...], blocks: Sequence[tuple[TextPart, Entry]]
) -> tuple[str, list[str]]:
    """Everything before the section properties; and the lines of the transmission in it."""
    shown = _Shown(cable, blocks)
    return "".join((*_head(cable, facts), *shown.text(), *shown.transmission())), shown.typed


def _head(cable: Cable, facts: tuple[Fact, ...]) -> Iterator[str]:
    if put := stamps(cable):
        yield paragraph("DeclassificationStamp", BREAK.join(map(run, put)))
    line = ("TELEGRAM", _value(facts, "From"), _value(facts, "Message reference"))
    yield paragraph("TelegramLine", run(" · ".join(filter(None, line))))
    if subject := _value(facts, "Subject"):
        mark = _value(facts, "Subject marking").replace(" ", NBSP)
        marked = run(mark, "PortionMark", '<w:sz w:val="30"/>') + run(NBSP) if mark else ""
        yield paragraph("Subject", marked + run(subject))
    rows = [fact for fact in facts if fact.name not in _TITLE]
    for name, alike in groupby(rows, key=lambda fact: fact.name):
        values = BREAK.join(run(fact.value) for fact in alike)
        last = _LAST_ROW if name == rows[-1].name else ""
        row = run(name, "FieldLabel") + TAB + values
        yield paragraph(_ROWS.get(name, "CableHeader"), row, last)


def _value(facts: tuple[Fact, ...], name: str) -> str:
    return next((fact.value for fact in facts if fact.name == name), "")


class _Shown:
    """One cable as paragraphs of WordprocessingML."""

    def __init__(self, cable: Cable, blocks: Sequence[tuple[TextPart, Entry]]) -> None:
        self._cable = cable
        self._blocks = blocks
        self._anchors = Anchors()
        self.typed: list[str] = []  # the lines of the transmission so far
        self._comments = _spans(cable.passages, PassageKind.COMMENT)
        self._summaries = _spans(cable.passages, PassageKind.SUMMARY)
        self._excised = _spans(cable.passages, PassageKind.EXCISION)

    # --- the text ---------------------------------------------------------------------------------

    def text(self) -> Iterator[str]:
        """Each block of the text, in a bookmark that counts it."""
        after_table = False
        for number, (part, said) in enumerate(self._blocks, 1):
            following = self._blocks[number][0] if number < len(self._blocks) else None
            is_table = isinstance(part, Table)
            if is_table and after_table:
                yield paragraph("CableTableText", "")  # two tables that touch become one
            leads = isinstance(part, Paragraph) and isinstance(following, Table | Preformatted)
            about = (KEEP_NEXT if leads else "") + (_BELOW_TABLE if after_table else "")
            yield self._block(part, said, f"cable_p{number:04d}", about)
            after_table = is_table
        if after_table:
            yield paragraph("CableTableText", "")

    def _block(self, part: TextPart, said: Entry, name: str, about: str) -> str:
        round_ = self._anchors.round
        match part:
            case Paragraph():
                runs = self._marked(part, said, name)
                return paragraph(self._style(part), round_(name, runs), about)
            case Heading():
                runs = run(said.words)
                return paragraph("SectionHeading", round_(name, runs), about)
            case Preformatted():
                whole = KEEP_LINES if len(part.lines) <= SHORT else ""
                runs = round_(name, _preformatted(part))
                return paragraph("PreformattedText", runs, whole + about)
            case Table():
                return round_(name, _table(part))
            case Signature():
                typed = map(printable, whole_lines(pieces(part)))
                return paragraph("CableSignature", round_(name, lines(typed)), about)
            case Note():
                return paragraph("CableNote", round_(name, run(said.words)), about)

    def _style(self, part: Paragraph) -> str:
        if part.level:
            return f"CableItem{min(part.level, 3)}"
        if not part.label:
            return "CableParagraphContinued"
        if part.content:
            whole = Span(part.content[0].span.start, part.content[-1].span.end)
            if _are_held(whole, self._comments):
                return "CableComment"
            if _are_held(whole, self._summaries):
                return "CableSummary"
        return "CableParagraph"

    def _marked(self, part: Paragraph, said: Entry, name: str) -> str:
        runs = []
        if said.label:
            runs += [run(said.label, "ParagraphNumber"), TAB]
        if said.mark:
            mark = said.mark.replace(" ", NBSP)
            runs.append(self._anchors.round(f"{name}_mark", run(mark, "PortionMark")))
            runs.append(run(NBSP))
        return "".join((*runs, *self._words(part, said)))

    def _words(self, part: Paragraph, said: Entry) -> Iterator[str]:
        plain = len(self._excised) == 0 or not self._excisions(part.content)
        if plain and not any(isinstance(piece, Joint) for piece in part.content):
            yield run(said.words)
            return
        styled = (one for one in self._styled(part) if one[1])
        for style, told in groupby(styled, key=itemgetter(0)):
            yield run("".join(text for _, text in told), style)

    def _styled(self, part: Paragraph) -> Iterator[tuple[str | None, str]]:
        """The words and the joints between them, each with the style of its run."""
        begun = False
        for piece in part.content:
            if isinstance(piece, Joint):
                if piece.parts:
                    yield "PageJoint", f" {_JOINT}"
                continue
            if begun and piece.parted:
                yield None, " "
            begun = True
            place = piece.span.start
            for span in self._excisions((piece,)):
                start, end = max(span.start, place), min(span.end, piece.span.end)
                yield None, _plain(piece, place, start)
                yield "Excision", printable(folded(_part(piece, start, end)))
                place = end
            yield None, _plain(piece, place, piece.span.end)

    def _excisions(self, content: tuple[Piece, ...]) -> list[Span]:
        """The excisions between the beginning and the end of some pieces."""
        if not content:
            return []
        low = bisect_left(self._excised, Span(content[0].span.start, 0))
        high = bisect_left(self._excised, Span(content[-1].span.end, 0))
        return self._excised[low:high]

    # --- the transmission -------------------------------------------------------------------------

    def transmission(self) -> Iterator[str]:
        """Every line that is not the text's; a bookmark wherever a block of it stood before."""
        last = "cable_after_0000"
        for number, (place, style, typed, kind) in enumerate(_transmission(self._cable), 1):
            if number == 1:
                yield paragraph("AppendixHeading", run("Transmission"))
            for line in typed:
                said = unbroken(printable(line))
                self.typed.append(said)
                runs = run(said)
                if place != last:
                    runs = self._anchors.round(place, runs)
                    last = place
                if kind:
                    runs = self._anchors.round(f"cable_{kind}_{number:04d}", runs)
                    kind = ""
                kept = KEEP_NEXT if len(self.typed) < 3 else ""  # no heading at a page's foot
                yield paragraph(style, runs, kept)
                if style == "TransmissionLine":
                    style = "TransmissionLineContinued"


_Lines: TypeAlias = tuple[str, str, list[str], str]


def _transmission(cable: Cable) -> Iterator[_Lines]:
    """The lines of each part that is not the text's: where it stood, its style, its lines, whose.

    ``cable_after_0003``: behind block 3 of the text; ``cable_in_0003_1``: at its first joint, or
    for a heading or a table, its rules.
    """
    number = 0
    for part in cable.parts:
        if not isinstance(part, TEXT_PARTS):
            yield from _lines(part, f"cable_after_{number:04d}")
            continue
        number += 1
        inside = 0
        drawn = rules(part) if isinstance(part, Heading | Table) else ()
        for piece in pieces(part):
            if isinstance(piece, Joint) and piece.parts:
                inside += 1
                for each in piece.parts:
                    yield from _lines(each, f"cable_in_{number:04d}_{inside}")
            elif isinstance(piece, Typed) and piece.span.start in drawn:
                inside += 1
                yield f"cable_in_{number:04d}_{inside}", "TransmissionLine", [piece.text], ""


def _lines(part: Part, place: str) -> Iterator[_Lines]:
    """The lines of a part, its joints' between them."""
    style = "TransmissionPageMark" if isinstance(part, PageLine) else "TransmissionLine"
    if len(typed := pieces(part)) == 1 and isinstance(typed[0], Typed):  # nearly every part
        yield place, style, [typed[0].text], _whose(part)
        return
    for is_joint, run_ in groupby(typed, lambda piece: isinstance(piece, Joint)):
        if not is_joint:
            yield place, style, list(whole_lines(run_)), _whose(part)
            continue
        for joint in run_:
            if isinstance(joint, Joint):
                for inner in joint.parts:
                    yield from _lines(inner, place)


def _whose(part: Part) -> str:
    """``record_web``: lines that an archive put there, which say what they say by their form."""
    return f"{type(part).__name__}_{part.kind.value}".lower() if isinstance(part, _ARCHIVE) else ""


def _spans(passages: tuple[Passage, ...], kind: PassageKind) -> list[Span]:
    return sorted(one.span for one in passages if one.kind is kind)


def _are_held(whole: Span, spans: list[Span]) -> bool:
    """Whether the last of the spans that begin before ``whole`` holds all of it."""
    at = bisect_right(spans, whole.start, key=lambda span: span.start)
    return at > 0 and spans[at - 1].holds(whole)


def _plain(piece: Typed, start: int, end: int) -> str:
    """Words of a piece between two places of the source, a blank at each end that had one."""
    text = _part(piece, start, end)
    kept = folded(text)
    before = " " if text and not folded(text[0]) and start > piece.span.start else ""
    after = " " if kept and not folded(text[-1]) and end < piece.span.end else ""
    return printable(f"{before}{kept}{after}")


def _part(piece: Typed, start: int, end: int) -> str:
    return piece.text[start - piece.span.start : end - piece.span.start]


def _preformatted(part: Preformatted) -> str:
    """Small enough that no line wraps: a monospaced character is 0.6 of its size wide."""
    typed = list(map(printable, whole_lines(part.lines)))
    longest = max(map(len, map(unbroken, typed)), default=0)
    size = int(2 * _MEASURE / (0.6 * max(longest, 1)))
    smaller = "" if size >= _MONO_SIZE else f'<w:sz w:val="{max(size, 6)}"/>'
    return lines(typed, smaller)


def _table(part: Table) -> str:
    rows = [[printable(cell.text) if cell else "" for cell in row.cells] for row in part.rows]
    columns = len(rows[0]) if rows else 0
    heads = ", ".join(cell for cell in rows[0] if cell) if part.header else ""
    about = f"Table of {len(rows)} rows and {columns} columns" + (f": {heads}" if heads else "")
    return table(rows, part.header, about[:250], _TWIPS)
