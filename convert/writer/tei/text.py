"""``text``: the transcription of a cable, part by part.

All blanks are those of the source: ``xml:space`` says so. The characters of ``text``, regular forms
left out, are those of the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from convert.model.cable import (
    Addressees,
    Authority,
    Banner,
    Cable,
    Captions,
    ChannelLine,
    DateTimeGroup,
    ExecutiveOrder,
    Handling,
    HeaderLine,
    Heading,
    Joint,
    Label,
    MessageSet,
    Note,
    Origin,
    PageLine,
    Paragraph,
    Part,
    Passing,
    Piece,
    Portion,
    Preformatted,
    Prosign,
    Record,
    References,
    ReleaseMark,
    RoutingLine,
    SecurityLine,
    Signature,
    StationLine,
    Subject,
    Table,
    Tags,
    TextPart,
    Typed,
    Unread,
)
from convert.model.ism import ism_attributes
from convert.model.layout import Layout, line_end
from convert.model.span import Span
from convert.model.transcript import rules
from convert.model.walk import TEXT_PARTS, carriers, pieces, start_of
from convert.writer.tei.ink import Ink, Mark, mark
from convert.writer.tei.named import aliases, named, of_portion, place_in_message
from convert.writer.tei.pages import page_feet
from convert.writer.tei.passages import Passages
from convert.writer.tei.tables import Grid, grid
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.xml import TOOL, Characters, stated

TYPES: dict[type, str] = {
    ChannelLine: "channel",
    RoutingLine: "routing",
    HeaderLine: "header",
    MessageSet: "set",
    StationLine: "station",
    SecurityLine: "security",
    DateTimeGroup: "dateTimeGroup",
    Origin: "from",
    Prosign: "prosign",
    Captions: "caption",
    Passing: "passing",
    ExecutiveOrder: "executiveOrder",
    Tags: "tags",
    Subject: "subject",
    References: "ref",
    Authority: "classifiedBy",
    ReleaseMark: "release",
    Handling: "handling",
    Record: "record",
    Unread: "unread",
    Paragraph: "paragraph",
    Heading: "heading",
    Preformatted: "preformatted",
    Table: "preformatted",
    Signature: "signature",
    Note: "note",
}
"""``@type`` of each part; that of addressees is their kind."""

_COMMON = frozenset({Paragraph, Heading, Preformatted, Table})
"""Parts after which the body is still open; a signature after the last of them closes it."""


def transcription(
    cable: Cable, categories: Categories, characters: Characters, *, is_ism: bool = False
) -> str:
    """``text``: ``front``, where the cable has a heading, and ``body``."""
    parts = cable.parts
    begin = next((n for n, part in enumerate(parts) if _begins(part)), len(parts))
    last = max((n for n, part in enumerate(parts) if type(part) in _COMMON), default=-1)
    ink = Ink(Layout(cable), characters, line_end(cable))
    passages = Passages(cable, categories)
    writer = _Parts(ink, categories, passages, is_ism=is_ism)
    writer.feet = page_feet(parts, begin, last)
    ink.tag('<text xml:space="preserve">')
    if begin:
        ink.tag('<front><div type="messageHeading">')
        for part in parts[:begin]:
            writer.part(part, "ab")
        ink.tag("</div></front>")
    ink.tag("<body>")
    in_section = has_block = False
    for number, part in enumerate(parts[begin:], begin):
        kind = type(part)
        is_closer = kind is Signature and number > last
        if in_section and (kind is Heading or is_closer):
            ink.tag("</div>")
            in_section = False
        if is_closer:
            if not has_block:
                ink.tag('<div type="empty"/>')
                has_block = True
            writer.block(part, "<closer><signed>", "</signed></closer>", named(part, categories))
            continue
        has_block = has_block or kind in _COMMON or kind is Signature
        if kind is Heading:
            writer.section = '<div type="section">'
            in_section = True
        writer.part(part, "fw")
    if in_section:
        ink.tag("</div>")
    if not has_block:
        ink.tag('<div type="empty"/>')
    ink.rest()
    ink.tag(passages.stand_off({start: id_ for id_, start in writer.ids.items()}))
    ink.tag("</body></text>")
    return "".join(ink.out)


def _begins(part: Part) -> bool:
    """Whether a part ends the heading; a note may stand in it."""
    return type(part) in TEXT_PARTS and type(part) is not Note


class _Parts:
    """Writes parts; ``ids`` are those of the blocks, with the places where they begin."""

    def __init__(
        self, ink: Ink, categories: Categories, passages: Passages, *, is_ism: bool
    ) -> None:
        self._is_ism = is_ism
        self.ids: dict[str, int] = {}
        self.section = ""  # the tag of a division that begins with the next block
        self.feet: set[int] = set()  # the banners at the foot of a page
        self._begun: int | None = None  # the section that began last
        self._base, self._after = "p", 0  # before the first number: p.1
        self._ink, self._categories, self._passages = ink, categories, passages

    def part(self, part: Part, name: str) -> None:
        """A part of the cable; ``name`` is the element of a heading part."""
        if type(part) not in TEXT_PARTS:
            tag, end = self._furniture(part, name)
            self.block(part, tag, end, self._named(part), "<lb/>")
            return
        match part:
            case Paragraph():
                self._paragraph(part)
            case Heading():
                self._heading(part)
            case Table() if found := grid(part):
                self._table(part, found)
            case Preformatted() | Table():
                start = start_of(part)
                told = stated(
                    type="preformatted", id=self._id(part, start),
                    ana=self._categories.resolved(part.portion),
                )  # fmt: skip
                marks = [*self._passages.marks(start), *of_portion(part.portion, self._categories)]
                told += self._ism(part.portion)
                self.block(part, f"<ab{told}>", "</ab>", marks, "<lb/>")
            case Signature():
                marks = named(part, self._categories)
                self.block(part, '<ab type="signature">', "</ab>", marks, "<lb/>")
            case Note():
                start = start_of(part)
                tag = f"<note{stated(type=part.kind.value, id=self._id(part, start))}>"
                self.block(part, tag, "</note>", self._passages.marks(start), "")

    def block(
        self, part: Part, tag: str, end: str, marks: Iterable[Mark], break_: str = "<lb/>"
    ) -> None:
        """A part with all its lines in one element."""
        first = _first(part)
        if first is None:
            self._ink.tag(tag + end)
            return
        self._ink.block(first, tag)
        self._content(part, marks, break_, first)
        self._ink.end(end)

    def _content(
        self, part: Part, marks: Iterable[Mark], break_: str, first: Typed | Label | Portion
    ) -> None:
        if type(part) is Paragraph:
            self._own(part, first, "label")
        self._ink.marks(marks)
        ink = self._ink
        for piece in pieces(part):
            if type(piece) is Joint:
                self._joint(piece, first)
                continue
            if piece is not first:
                ink.lead(piece, break_)
            ink.piece(piece)

    def _piece(self, piece: Piece, break_: str, first: object) -> None:
        if isinstance(piece, Joint):
            self._joint(piece, first)
            return
        if piece is not first:
            self._ink.lead(piece, break_)
        self._ink.piece(piece)

    def _joint(self, joint: Joint, first: object) -> None:
        """What a page or section break left, as milestones and ``fw``."""
        if not joint.parts:
            resp = TOOL if joint.inferred else None
            cert = "medium" if joint.inferred else "high"
            self._ink.tag(f"<pb{stated(cert=cert, resp=resp)}/>")
        kept = self._ink.aside()
        for part in joint.parts:
            tag, end = self._furniture(part, "fw")
            leaf = _first(part)
            if leaf is None:
                self._ink.tag(tag + end)
                continue
            if leaf is not first:
                self._ink.lead(leaf)
            self._ink.tag(tag)
            if isinstance(part, Paragraph):
                self._own(part, leaf, "seg")
            self._ink.marks(self._named(part))
            for piece in pieces(part):
                self._piece(piece, "<lb/>", leaf)
            self._ink.end(end)
        self._ink.back(kept)

    def _named(self, part: Part) -> list[Mark]:
        """The marks of a heading part; those of what stands for a paragraph in a joint too."""
        found = named(part, self._categories)
        portion = getattr(part, "portion", None)
        if portion and not isinstance(part, Paragraph):
            found += of_portion(portion, self._categories)
        return found

    def _id(self, part: TextPart, start: int) -> str:
        """A new ``xml:id``: ``p4`` for paragraph 4, ``p4.1`` for the block after it."""
        number = part.label.number if isinstance(part, Paragraph) and part.label else None
        own = f"p{number}"
        if number is not None and f"{self._categories.prefix}{own}" not in self.ids:
            self._base, self._after = own, 0
        else:
            self._after += 1
            own = f"{self._base}.{self._after}"
        self.ids[f"{self._categories.prefix}{own}"] = start
        return f"{self._categories.prefix}{own}"

    def _ism(self, portion: Portion | None) -> str:
        """The attributes of ISM, where the profile has them."""
        return ism_attributes(portion.marking) if portion and self._is_ism else ""

    def _paragraph(self, part: Paragraph) -> None:
        label, start = part.label, start_of(part)
        number = str(label.number) if label and label.number is not None else None
        told = stated(
            n=number or (label.typed if label else None), id=self._id(part, start),
            rend=f"level{part.level}" if part.level else None,
            ana=self._categories.resolved(part.portion),
        )  # fmt: skip
        told += self._ism(part.portion)
        self.block(part, f"<p{told}>", "</p>", self._passages.marks(start), "")

    def _own(self, part: Paragraph, first: object, name: str) -> None:
        """The label and the mark of a paragraph, with the blanks between them."""
        if label := part.label:
            kind = "paragraphNumber" if label.number is not None else "item"
            if label is not first:
                self._ink.lead(label)
            self._ink.tag(f'<{name} type="{kind}">')
            self._ink.piece(label)
            self._ink.tag(f"</{name}>")
        if portion := part.portion:
            if portion is not first:
                self._ink.lead(portion)
            told = stated(type="portionMark", ana=self._categories.typed(portion))
            self._ink.tag(f"<{name}{told}>")
            self._ink.marks(aliases(portion))
            self._ink.piece(portion)
            self._ink.close()
            self._ink.tag(f"</{name}>")

    def _heading(self, part: Heading) -> None:
        """Rules above and below the title stand beside ``head``, what interrupts it inside."""
        drawn = rules(part)
        written = [
            number
            for number, piece in enumerate(part.lines)
            if isinstance(piece, Typed) and piece.span.start not in drawn
        ]
        start, end = (written[0], written[-1] + 1) if written else (len(part.lines),) * 2
        self._aside(part.lines[:start])
        ana = self._categories.resolved(part.portion)
        begin = start_of(part)
        told = stated(id=self._id(part, begin), ana=ana)
        tag = f"{self._section()}<head{told}{self._ism(part.portion)}>"
        if not written:
            self._ink.tag(f"{tag}</head>")
            return
        first = part.lines[start]
        assert isinstance(first, Typed)
        self._ink.block(first, tag)
        marks = [*self._passages.marks(begin), *_drawn(part, drawn)]
        self._ink.marks([*marks, *of_portion(part.portion, self._categories)])
        for piece in part.lines[start:end]:
            if isinstance(piece, Typed) and piece.span.start in drawn:
                self._ink.lead(piece)
                self._ink.tag('<fw type="rule">')
                self._ink.piece(piece)
                self._ink.tag("</fw>")
            else:
                self._piece(piece, "", first)
        self._ink.end("</head>")
        self._aside(part.lines[end:])

    def _section(self) -> str:
        section, self.section = self.section, ""
        return section

    def _aside(self, lines: Sequence[Piece]) -> None:
        """Drawn lines and joints beside a head."""
        is_open = False
        for number, piece in enumerate(lines):
            if isinstance(piece, Joint):
                self._ink.tag(self._section())
                self._joint(piece, None)
                continue
            if is_open:
                self._ink.lead(piece)
            else:
                self._ink.block(piece, f'{self._section()}<fw type="rule">')
            self._ink.piece(piece)
            following = lines[number + 1] if number + 1 < len(lines) else None
            is_open = isinstance(following, Typed) and following.parted != "\n"
            if not is_open:
                self._ink.end("</fw>")

    def _table(self, part: Table, found: Grid) -> None:
        """Rows and cells; a rule between rows is ``fw``, one inside a cell too."""
        told = stated(
            id=self._id(part, start_of(part)), rows=str(len(part.rows)), cols=str(found.columns),
            ana=self._categories.resolved(part.portion),
        )  # fmt: skip
        begin, ink = f"<table{told}{self._ism(part.portion)}>", self._ink
        for row in found.rows:
            if row.is_rule:
                ink.block(row.lines[0], f'{begin}<fw type="rule">')
                ink.piece(row.lines[0])
                ink.end("</fw>")
            else:
                ink.block(row.lines[0], f'{begin}<row role="{row.role}">')
                ink.marks(row.marks)
                for number, line in enumerate(row.lines):
                    if number:
                        ink.lead(line)
                    ink.piece(line)
                ink.end("</row>")
            begin = ""
        ink.tag("</table>")

    def _furniture(self, part: Part, name: str) -> tuple[str, str]:
        """The tags of a heading part, or of any part inside a joint."""
        before = ""
        if type(part) is Banner:
            before = self._milestone(part.section)
            told = stated(
                type="classification", subtype="banner", place=self._place(part),
                ana=self._categories.marking(part.marking), n=place_in_message(part),
            )  # fmt: skip
            return f"{before}<fw{told}>", "</fw>"
        if type(part) is PageLine:
            is_print = part.pages is not None  # its number stands anywhere on the sheet
            if part.page == 1 and part.sections > 1 and not is_print:
                before = self._milestone(part.section)
            elif not is_print:
                before = f'<milestone unit="page" n="{part.page}"/>'
            place = None if is_print else "top"
            told = stated(type="sectionHeader", place=place, n=place_in_message(part))
            return f"{before}<fw{told}>", "</fw>"
        kind = part.kind.value.lower() if type(part) is Addressees else TYPES[type(part)]
        more = stated(**self._more(part)) if type(part) in _MORE else ""
        return f'<{name} type="{kind}"{more}>', f"</{name}>"

    def _milestone(self, section: int | None) -> str:
        """Where a section begins: with its page line or its class line, whichever is first."""
        if section in (None, self._begun):
            return ""
        self._begun = section
        return f'<milestone unit="transmissionSection" n="{section}"/>'

    def _place(self, banner: Banner) -> str:
        return "bottom" if id(banner) in self.feet else "top"

    def _more(self, part: Part) -> dict[str, str | None]:
        """What a part says besides the values that stand on its lines."""
        match part:
            case Record(kind=kind) | Handling(kind=kind) | Note(kind=kind):
                return {"subtype": kind.value}
            case SecurityLine(encrypted=encrypted):
                return {"subtype": "encrypted" if encrypted else "clear"}
            case MessageSet(name=str(name)):
                return {"n": name}
            case DateTimeGroup(precedences=several) | RoutingLine(precedences=several):
                return {"ana": self._categories.precedence(several)}
            case HeaderLine(precedence=precedence) if precedence:
                return {"ana": self._categories.precedence([precedence])}
            case Authority(reasons=reasons):
                return {"n": " ".join(reasons)}
        return {}


_MORE = frozenset(
    {
        Record, Handling, Note, SecurityLine, MessageSet, DateTimeGroup, RoutingLine, HeaderLine,
        Authority,
    }
)  # fmt: skip


def _first(part: Part) -> Typed | Label | Portion | None:
    """The piece with which a part begins, which may stand in a joint."""
    if type(part) is Paragraph:
        if part.label is not None:
            return part.label
    elif part.lines and type(part.lines[0]) is Typed:
        return part.lines[0]
    return next(carriers((part,)), None)


def _drawn(part: Heading, rules_: frozenset[int]) -> Iterator[Mark]:
    """What stands on the lines of the title and is not its own: drawn signs."""
    title = part.title.span
    for line in part.lines:
        if isinstance(line, Typed) and line.span.start not in rules_:
            before = Span(line.span.start, min(title.start, line.span.end))
            after = Span(max(title.end, line.span.start), line.span.end)
            for drawn in (before, after):
                typed = line.text[drawn.start - line.span.start : drawn.end - line.span.start]
                if drawn.start < drawn.end and typed.strip():
                    yield mark(drawn, "fw", type="rule", subtype="inline")
