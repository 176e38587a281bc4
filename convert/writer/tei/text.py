"""``text``: the transcription of a cable, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from convert.model.cable import (
    Addressees,
    Authority,
    Banner,
    Cable,
    Captions,
    ChannelLine,
    DateTimeGroup,
    ExecutiveOrder,
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
    References,
    RoutingLine,
    SecurityLine,
    Signature,
    StationLine,
    Subject,
    Table,
    Tags,
    Typed,
    Unread,
)
from convert.model.span import Span
from convert.model.transcript import is_rule
from convert.model.walk import TEXT_PARTS, pieces, span_of
from convert.writer.tei.elements import add, shown, tag
from convert.writer.tei.ink import Ink, Mark, mark
from convert.writer.tei.named import aliases, named
from convert.writer.tei.passages import Passages
from convert.writer.tei.taxonomy import Categories

_TYPES: dict[type, str] = {
    ChannelLine: "channel",
    RoutingLine: "routing",
    StationLine: "station",
    HeaderLine: "header",
    MessageSet: "set",
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
    Unread: "unread",
}
"""``@type`` of each heading part; that of addressees is their kind, of a text part its name."""

_COMMON = (Paragraph, Heading, Preformatted, Table)
"""Parts after which the body is still open; a signature after the last of them closes it."""

_BLOCKS = frozenset(map(tag, ("p", "ab", "div")))


def fill_text(text: etree._Element, cable: Cable, categories: Categories) -> None:
    """``front``, where the cable has a heading, and ``body``."""
    parts = cable.parts
    begin = next((n for n, part in enumerate(parts) if _begins(part)), len(parts))
    last = max((n for n, part in enumerate(parts) if isinstance(part, _COMMON)), default=-1)
    passages = Passages(cable)
    writer = _Parts(categories, passages)
    if begin:
        heading = add(add(text, "front"), "div", type="messageHeading")
        for part in parts[:begin]:
            writer.part(heading, part, "ab")
    body = here = add(text, "body")
    for number, part in enumerate(parts[begin:], begin):
        if isinstance(part, Heading):
            here = add(body, "div", type="section")
        if isinstance(part, Signature) and number > last:
            here = body
            _open(body)
            writer.signature(add(add(body, "closer"), "signed"), part)
        else:
            writer.part(here, part, "fw")
    _open(body)
    passages.stand_off(body, {start: id_ for id_, start in writer.ids.items()})
    for holder in text.iter(*map(tag, ("text", "front", "body", "div"))):
        holder.text = "\n"
        for child in holder:
            child.tail = "\n"


def _begins(part: Part) -> bool:
    """Whether a part ends the heading; a note may stand in it."""
    return isinstance(part, TEXT_PARTS) and not isinstance(part, Note)


def _open(body: etree._Element) -> None:
    """An empty ``div`` where the body has no block yet: P5 asks for one."""
    if not any(child.tag in _BLOCKS for child in body):
        add(body, "div", type="empty")


class _Parts:
    """Writes parts; ``ids`` are those of the blocks, with the places where they begin."""

    def __init__(self, categories: Categories, passages: Passages) -> None:
        self.ids: dict[str, int] = {}
        self._base, self._after = "p", 0  # before the first number: p.1
        self._categories = categories
        self._passages = passages

    def part(self, holder: etree._Element, part: Part, name: str) -> None:
        """A part of the cable; ``name`` is the element of a heading part."""
        match part:
            case Paragraph():
                self._paragraph(holder, part)
            case Heading():
                self._heading(holder, part)
            case Preformatted() | Table():
                element = add(
                    holder, "ab", type="preformatted", id=self._id(part),
                    ana=self._categories.resolved(part.portion), space="preserve",
                )  # fmt: skip
                self._lines(element, part, self._passages.marks(part))
            case Signature():
                self.signature(add(holder, "ab", type="signature"), part)
            case Note():
                element = add(holder, "note", type=part.kind.value, id=self._id(part))
                self._lines(element, part, self._passages.marks(part))
            case _:
                self._furniture(holder, part, name)

    def signature(self, element: etree._Element, part: Signature) -> None:
        """The lines of a signature, into an element that is there."""
        self._lines(element, part, named(part, self._categories))

    def _id(self, part: Paragraph | Heading | Preformatted | Table | Note) -> str:
        """A new ``xml:id``: ``p4`` for paragraph 4, ``p4.1`` for the block after it."""
        number = part.label.number if isinstance(part, Paragraph) and part.label else None
        own = f"p{number}"
        if number is not None and own not in self.ids:
            self._base, self._after = own, 0
        else:
            self._after += 1
            own = f"{self._base}.{self._after}"
        self.ids[own] = span_of(part).start
        return own

    def _paragraph(self, holder: etree._Element, part: Paragraph) -> None:
        label = part.label
        number = str(label.number) if label and label.number is not None else None
        element = add(
            holder, "p", n=number or (label.typed if label else None), id=self._id(part),
            rend=f"level{part.level}" if part.level else None,
            ana=self._categories.resolved(part.portion),
        )  # fmt: skip
        self._own(element, part, "label")
        self._lines(element, part, self._passages.marks(part))

    def _own(self, element: etree._Element, part: Paragraph, name: str) -> None:
        """The label and the mark of a paragraph, with the blanks between them."""
        label, portion = part.label, part.portion
        if label:
            kind = "paragraphNumber" if label.number is not None else "item"
            follow = [owned.span.start for owned in (portion, *part.content[:1]) if owned]
            add(element, name, label.typed, type=kind).tail = _gap(label, follow)
        if portion:
            typed = self._categories.typed(portion)
            follow = [piece.span.start for piece in part.content[:1]]
            written = add(element, name, type="portionMark", ana=typed)
            Ink(written, aliases(portion)).line(Typed(portion.typed, portion.span))
            written.tail = _gap(portion, follow)

    def _heading(self, holder: etree._Element, part: Heading) -> None:
        """Rules above and below the title stand beside ``head``, what interrupts it inside."""
        written = [number for number, piece in enumerate(part.lines) if _is_written(piece)]
        start, end = (written[0], written[-1] + 1) if written else (len(part.lines),) * 2
        self._aside(holder, part.lines[:start])
        ana = self._categories.resolved(part.portion)
        head = add(holder, "head", id=self._id(part), ana=ana)
        ink = Ink(head, [*self._passages.marks(part), *_drawn(part)])
        previous: Piece | None = None
        for piece in part.lines[start:end]:
            if isinstance(piece, Typed) and is_rule(piece):
                add(ink.at, "fw", piece.text, type="rule")
            else:
                self._piece(ink, previous, piece, "\n")
            previous = piece
        ink.close()
        self._aside(holder, part.lines[end:])

    def _aside(self, holder: etree._Element, lines: Iterable[Piece]) -> None:
        """Drawn lines and joints beside a head."""
        previous: Piece | None = None
        for piece in lines:
            if isinstance(piece, Joint):
                self._joint(holder, piece)
            elif piece.parted != "\n" and isinstance(previous, Typed):
                holder[-1].text = f"{holder[-1].text}{piece.parted}{shown(piece.text)}"
            else:
                add(holder, "fw", piece.text, type="rule")
            previous = piece

    def _furniture(self, holder: etree._Element, part: Part, name: str) -> None:
        """A heading part, or any part inside a joint."""
        if isinstance(part, Banner):
            if part.section is not None:
                add(holder, "milestone", unit="transmissionSection", n=str(part.section))
            element = add(
                holder, "fw", type="classification", subtype="banner", place="top",
                ana=self._categories.marking(part.marking),
            )  # fmt: skip
        elif isinstance(part, PageLine):
            first = part.page == 1 and part.pages is None  # a print has sheets, no sections
            unit, number = ("transmissionSection", part.section) if first else ("page", part.page)
            add(holder, "milestone", unit=unit, n=str(number))
            element = add(holder, "fw", type="sectionHeader", place="top")
        elif isinstance(part, Addressees):
            element = add(holder, name, type=part.kind.value.lower())
        else:
            kind = _TYPES.get(type(part)) or type(part).__name__.lower()
            element = add(holder, name, type=kind)
        if isinstance(part, Paragraph):
            self._own(element, part, "seg")
        self._lines(element, part, named(part, self._categories))

    def _lines(self, element: etree._Element, part: Part, marks: Iterable[Mark]) -> None:
        """The lines of a part: in running text a line end is a blank, elsewhere ``lb``."""
        ink = Ink(element, marks)
        line_end = "\n" if isinstance(part, Paragraph | Note) else None
        previous: Piece | None = None
        for piece in pieces(part):
            self._piece(ink, previous, piece, line_end)
            previous = piece
        ink.close()

    def _piece(self, ink: Ink, previous: Piece | None, piece: Piece, line_end: str | None) -> None:
        ink.close(piece.span.start)
        if isinstance(piece, Typed) and piece.parted != "\n" and isinstance(previous, Typed):
            ink.text(piece.parted)  # what else stood between the two was left out
        elif previous is not None and line_end is not None:
            ink.text(line_end)
        elif isinstance(previous, Typed) and isinstance(piece, Typed):
            add(ink.at, "lb")
        if isinstance(piece, Typed):
            ink.line(piece)
        else:
            self._joint(ink.at, piece)

    def _joint(self, holder: etree._Element, joint: Joint) -> None:
        """What a page or section break left, as milestones and ``fw``."""
        if not joint.parts:
            add(holder, "pb", cert="medium" if joint.inferred else "high")
        for part in joint.parts:
            self._furniture(holder, part, "fw")


def _gap(owned: Label | Portion, follow: list[int]) -> str:
    """The blank after a label or mark; nothing where the next character stands close."""
    return "" if follow[:1] == [owned.span.end] else " "


def _is_written(piece: Piece) -> bool:
    return isinstance(piece, Typed) and not is_rule(piece)


def _drawn(part: Heading) -> Iterator[Mark]:
    """What stands on the lines of the title and is not its own: drawn signs."""
    title = part.title.span
    for line in part.lines:
        if isinstance(line, Typed) and not is_rule(line):
            before = Span(line.span.start, min(title.start, line.span.end))
            after = Span(max(title.end, line.span.start), line.span.end)
            for drawn in (before, after):
                typed = line.text[drawn.start - line.span.start : drawn.end - line.span.start]
                if drawn.start < drawn.end and typed.strip():
                    yield mark(drawn, "fw", type="rule", subtype="inline")
