"""Cable to TEI P5: ``text`` transcribes the cable as typed, ``teiHeader`` says it in normal form.

Markings go into ``@ana`` as pointers to the header's taxonomy. Every part stands in source order.
A heading part is an ``ab`` in the front and an ``fw`` anywhere later: ``fw`` may stand between and
inside all blocks (P5, model.milestoneLike), so no order of parts can make the document invalid.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from urllib.parse import quote

from lxml import etree

from convert.diagnostics import Report
from convert.model.cable import (
    Addressee,
    Addressees,
    Authority,
    Banner,
    Cable,
    Captions,
    ChannelLine,
    DateTimeGroup,
    ExecutiveOrder,
    Heading,
    Joint,
    Label,
    Note,
    Origin,
    PageLine,
    Paragraph,
    Part,
    Passage,
    PassageKind,
    Passing,
    Piece,
    Portion,
    Precedence,
    Preformatted,
    Prosign,
    References,
    RoutingLine,
    SecurityLine,
    Signature,
    StationLine,
    Subject,
    Tags,
    Typed,
    Unread,
)
from convert.model.facts import (
    RESTRICTING_CAPTIONS,
    addressees,
    banner_text,
    canonical_id,
    captions,
)
from convert.model.marking import Level, Marking
from convert.model.span import Span
from convert.model.text import printable
from convert.model.transcript import is_rule
from convert.model.walk import TEXT_PARTS, every, first, pieces, span_of
from convert.options import Options

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_ID, _LANG, _SPACE = f"{{{_XML}}}id", f"{{{_XML}}}lang", f"{{{_XML}}}space"

_TYPES: dict[type, str] = {
    ChannelLine: "channel",
    RoutingLine: "routing",
    StationLine: "station",
    SecurityLine: "security",
    DateTimeGroup: "dateTimeGroup",
    Origin: "from",
    Prosign: "prosign",
    Banner: "classification",
    Captions: "caption",
    Passing: "passing",
    ExecutiveOrder: "executiveOrder",
    Tags: "tags",
    Subject: "subject",
    References: "ref",
    Authority: "classifiedBy",
    PageLine: "sectionHeader",
    Unread: "unread",
}
"""``@type`` of each heading part; that of addressees is their kind, of a text part its name."""

_COMMON = (Paragraph, Heading, Preformatted)
"""Parts after which the body is still open; a signature after the last of them closes it."""


class TeiWriter:
    """TEI P5, one ``TEI`` per cable."""

    name = "tei"
    suffix = ".tei.xml"
    is_text = True

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The document as UTF-8 XML; nothing in it depends on the clock or on ``options``."""
        categories = _Categories()
        root = etree.Element(_tag("TEI"), nsmap={None: _TEI})  # type: ignore[dict-item]
        root.set(_LANG, "en")
        text = _Text(cable, categories).element()
        root.append(_header(cable, categories))
        root.append(text)
        root.text = root[0].tail = root[1].tail = "\n"
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


# --- elements -------------------------------------------------------------------------------------


def _tag(name: str) -> str:
    return f"{{{_TEI}}}{name}"


def _shown(text: str) -> str:
    """As every output shows it; the two blanks that XML does not know become common ones."""
    return printable(text).replace("\x0b", " ").replace("\x0c", " ")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str | None) -> (
    etree._Element
):  # fmt: skip
    """A new last child; attributes without a value are left out."""
    child = etree.SubElement(parent, _tag(name))
    if text is not None:
        child.text = _shown(text)
    for key, value in attributes.items():
        if value:
            child.set({"id": _ID}.get(key, key), " ".join(_shown(value).split()))
    return child


@dataclass(frozen=True, slots=True)
class _Mark:
    """Elements to put round a stretch of the source; ``regular`` goes beside it as ``reg``."""

    span: Span
    opens: tuple[tuple[str, dict[str, str]], ...]
    regular: str | None = None


def _mark(span: Span, name: str, **attributes: str | None) -> _Mark:
    return _Mark(span, ((name, {key: value for key, value in attributes.items() if value}),))


class _Ink:
    """Writes typed lines into an element, with marks round stretches of them."""

    def __init__(self, element: etree._Element, marks: Iterable[_Mark] = ()) -> None:
        self.at = element
        self._waiting = _nested(marks)
        self._next = 0
        self._open: list[_Mark] = []

    def text(self, text: str) -> None:
        """Characters at the end of what is written."""
        if len(self.at):
            self.at[-1].tail = (self.at[-1].tail or "") + _shown(text)
        else:
            self.at.text = (self.at.text or "") + _shown(text)

    def line(self, line: Typed) -> None:
        """A line, opening and closing the marks that begin and end in it."""
        position, end = line.span.start, line.span.end
        while True:
            self.close(position)
            if position >= end:
                return
            self._begin(position)
            stops = [end]
            if self._open:
                stops.append(self._open[-1].span.end)
            if self._next < len(self._waiting):
                stops.append(self._waiting[self._next].span.start)
            stop = min(stops)
            self.text(line.text[position - line.span.start : stop - line.span.start])
            position = stop

    def _begin(self, position: int) -> None:
        while self._next < len(self._waiting):
            mark = self._waiting[self._next]
            if mark.span.start > position:
                return
            self._next += 1
            if mark.span.end > position:
                for name, attributes in mark.opens:
                    self.at = _add(self.at, name, **attributes)
                self._open.append(mark)

    def close(self, position: int | None = None) -> None:
        """Close the marks that end before or at ``position``; without one, all."""
        while self._open and (position is None or self._open[-1].span.end <= position):
            mark = self._open.pop()
            for number in range(len(mark.opens)):
                self.at = _parent(self.at)
                if number == 0 and mark.regular is not None:
                    _add(self.at, "reg", mark.regular)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _nested(marks: Iterable[_Mark]) -> list[_Mark]:
    """The marks in order, without those that cross another or stand in a ``gap``."""
    kept: list[_Mark] = []
    around: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        while around and around[-1].span.end <= mark.span.start:
            around.pop()
        if around and (
            mark.span.end > around[-1].span.end
            or (mark.span == around[-1].span and mark.opens == around[-1].opens)
            or around[-1].opens[0][0] in {"gap", "choice"}
        ):  # fmt: skip
            continue
        kept.append(mark)
        around.append(mark)
    return kept


# --- markings -------------------------------------------------------------------------------------

_GROUPS = {
    "cls": "Classification",
    "own": "Owner or producer",
    "dis": "Dissemination controls",
    "rel": "Releasable to",
    "nic": "Markings that are not of the intelligence community",
    "leg": "Markings of former times",
    "hnd": "Captions and handling",
}
_NAMES = {("cls", level.value): level.title for level in Level} | {
    ("dis", "NF"): "NOFORN",
    ("dis", "REL"): "AUTHORIZED FOR RELEASE TO",
    ("dis", "OC"): "ORCON",
    ("dis", "FOUO"): "FOR OFFICIAL USE ONLY",
    ("hnd", "SIPDIS"): "SIPRNET distribution",
}


class _Categories:
    """The categories that the document points to; the header lists these and no others."""

    def __init__(self) -> None:
        self.used: dict[str, dict[str, str]] = {}

    def pointer(self, group: str, value: str) -> str:
        """``#cls.S``; characters that no xml:id may have stand as their code points."""
        name = re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", value)
        self.used.setdefault(group, {})[f"{group}.{name}"] = value
        return f"#{group}.{name}"

    def marking(self, marking: Marking | None, without: Sequence[str] = ()) -> str | None:
        """The pointers of a marking, but for the values in ``without``; None if unreadable."""
        if marking is None:
            return None
        values = [("cls", marking.classification.value)]
        if marking.ownerProducer != ("USA",):
            values += [("own", value) for value in marking.ownerProducer]
        values += [("dis", value) for value in marking.disseminationControls]
        values += [("rel", value) for value in marking.releasableTo]
        values += [("nic", value) for value in marking.nonICmarkings]
        values += [("leg", value) for value in marking.legacyMarkings]
        return " ".join(
            self.pointer(group, value)
            for group, value in values
            if group == "cls" or value not in without
        )

    def precedence(self, precedences: Iterable[Precedence]) -> str:
        """The pointers of precedences, in order."""
        return " ".join(self.pointer("prec", precedence.value) for precedence in precedences)


# --- text -----------------------------------------------------------------------------------------


class _Text:
    """Builds ``text``: the transcription of one cable."""

    def __init__(self, cable: Cable, categories: _Categories) -> None:
        self._cable = cable
        self._categories = categories
        self._passages = _Passages(cable)
        self._ids = _Ids()
        self._text = etree.Element(_tag("text"))

    def element(self) -> etree._Element:
        """``text`` with ``front``, where the cable has a heading, and ``body``."""
        parts = self._cable.parts
        begin = next((n for n, part in enumerate(parts) if _begins(part)), len(parts))
        last = max((n for n, part in enumerate(parts) if isinstance(part, _COMMON)), default=-1)
        if begin:
            front = _add(self._text, "front")
            heading = _add(front, "div", type="messageHeading")
            for part in parts[:begin]:
                self._block(heading, part, "ab")
        body = self._here = _add(self._text, "body")
        for number, part in enumerate(parts[begin:], begin):
            if isinstance(part, Heading):
                self._here = _add(body, "div", type="section")
                self._heading(part)
            elif isinstance(part, Signature) and number > last:
                self._here = _opened(body)
                signed = _add(_add(body, "closer"), "signed")
                self._signature(signed, part)
            else:
                self._block(self._here, part, "fw")
        _opened(body)
        self._spans(body)
        for holder in self._text.iter(*map(_tag, ("text", "front", "body", "div"))):
            holder.text = "\n"
            for child in holder:
                child.tail = "\n"
        return self._text

    def _block(self, holder: etree._Element, part: Part, heading: str) -> None:
        """A part that opens no section; ``heading`` is the element of a heading part."""
        match part:
            case Paragraph():
                self._paragraph(holder, part)
            case Preformatted():
                element = _add(
                    holder, "ab", type="preformatted", id=self._ids.block(part),
                    ana=_own_ana(part.portion, self._categories),
                )  # fmt: skip
                element.set(_SPACE, "preserve")
                self._lines(element, part, self._passages.marks(part))
            case Signature():
                self._signature(_add(holder, "ab", type="signature"), part)
            case Note():
                element = _add(holder, "note", type=part.kind.value, id=self._ids.block(part))
                self._lines(element, part, self._passages.marks(part))
            case _:
                self._furniture(holder, part, heading)

    def _paragraph(self, holder: etree._Element, part: Paragraph) -> None:
        label = part.label
        number = str(label.number) if label and label.number is not None else None
        element = _add(
            holder, "p", n=number or (label.typed if label else None),
            id=self._ids.block(part),
            rend=f"level{part.level}" if part.level else None,
            ana=_own_ana(part.portion, self._categories),
        )  # fmt: skip
        self._own(element, part, "label")
        self._lines(element, part, self._passages.marks(part))

    def _own(self, element: etree._Element, part: Paragraph, name: str) -> None:
        """The label and the mark of a paragraph, with the blanks between them."""
        label, portion = part.label, part.portion
        follows = [owned.span.start for owned in (portion, *part.content[:1]) if owned]
        if label:
            kind = "paragraphNumber" if label.number is not None else "item"
            _add(element, name, label.typed, type=kind).tail = _gap(
                label, follows[0] if follows else -1
            )
        if portion:
            typed = self._categories.marking(portion.marking, portion.supplied)
            follow = part.content[0].span.start if part.content else -1
            mark = _add(element, name, portion.typed, type="portionMark", ana=typed)
            mark.tail = _gap(portion, follow)

    def _heading(self, part: Heading) -> None:
        """Rules above and below the title stand beside ``head``, what interrupts it inside."""
        title = part.title.span
        lines = [(piece, isinstance(piece, Typed) and not is_rule(piece)) for piece in part.lines]
        written = [number for number, (_, is_title) in enumerate(lines) if is_title]
        start, end = (written[0], written[-1] + 1) if written else (len(lines), len(lines))
        self._aside(part.lines[:start])
        head = _add(
            self._here, "head", id=self._ids.block(part),
            ana=_own_ana(part.portion, self._categories),
        )  # fmt: skip
        ink = _Ink(head, self._heading_marks(part, title))
        previous: Piece | None = None
        for piece in part.lines[start:end]:
            if isinstance(piece, Typed) and is_rule(piece):
                _add(ink.at, "fw", piece.text, type="rule")
            else:
                self._piece(ink, previous, piece, "\n")
            previous = piece
        ink.close()
        self._aside(part.lines[end:])

    def _heading_marks(self, part: Heading, title: Span) -> Iterator[_Mark]:
        """Passages in the title; and what stands on its lines and is not its own: drawn signs."""
        yield from self._passages.marks(part)
        for line in part.lines:
            if isinstance(line, Typed) and not is_rule(line):
                before = Span(line.span.start, min(title.start, line.span.end))
                after = Span(max(title.end, line.span.start), line.span.end)
                for drawn in (before, after):
                    typed = line.text[drawn.start - line.span.start : drawn.end - line.span.start]
                    if drawn.start < drawn.end and typed.strip():
                        yield _mark(drawn, "fw", type="rule", subtype="inline")

    def _aside(self, lines: Iterable[Piece]) -> None:
        """Drawn lines and joints beside a head."""
        for piece in lines:
            if isinstance(piece, Joint):
                self._joint(self._here, piece)
            else:
                _add(self._here, "fw", piece.text, type="rule")

    def _signature(self, element: etree._Element, part: Signature) -> None:
        names = (_found(part.lines, name, span_of(part)) for name in part.names)
        self._lines(element, part, [_mark(span, "persName") for span in names if span])

    def _furniture(self, holder: etree._Element, part: Part, name: str) -> None:
        """A heading part, or any part inside a joint."""
        if isinstance(part, Banner):
            if part.section is not None:
                _add(holder, "milestone", unit="transmissionSection", n=str(part.section))
            element = _add(
                holder, "fw", type="classification", subtype="banner", place="top",
                ana=self._categories.marking(part.marking),
            )  # fmt: skip
        elif isinstance(part, PageLine):
            page = str(part.page) if part.section is None else f"{part.section}.{part.page}"
            _add(holder, "milestone", unit="page", n=page)
            element = _add(holder, "fw", type="sectionHeader", place="top")
        else:
            kind = part.kind.value.lower() if isinstance(part, Addressees) else None
            kind = kind or _TYPES.get(type(part)) or type(part).__name__.lower()
            element = _add(holder, name, type=kind)
        if isinstance(part, Paragraph):
            self._own(element, part, "seg")
        self._lines(element, part, _heading_marks(part, self._categories))

    def _lines(self, element: etree._Element, part: Part, marks: Iterable[_Mark]) -> None:
        """The lines of a part: in running text a line end is a blank, elsewhere ``lb``."""
        ink = _Ink(element, marks)
        line_end = "\n" if isinstance(part, Paragraph | Note) else None
        previous: Piece | None = None
        for piece in pieces(part):
            self._piece(ink, previous, piece, line_end)
            previous = piece
        ink.close()

    def _piece(self, ink: _Ink, previous: Piece | None, piece: Piece, line_end: str | None) -> None:
        ink.close(piece.span.start)
        if isinstance(piece, Typed) and piece.same_line and isinstance(previous, Typed):
            ink.text(" ")  # what stood between the two was left out
        elif previous is not None and line_end is not None:
            ink.text(line_end)
        elif isinstance(previous, Typed) and isinstance(piece, Typed):
            _add(ink.at, "lb")
        if isinstance(piece, Typed):
            ink.line(piece)
        else:
            self._joint(ink.at, piece)

    def _joint(self, holder: etree._Element, joint: Joint) -> None:
        """What a page or section break left, as milestones and ``fw``."""
        if not joint.parts:
            _add(holder, "pb", cert="medium" if joint.inferred else "high")
        for part in joint.parts:
            self._furniture(holder, part, "fw")

    def _spans(self, body: etree._Element) -> None:
        """Passages over several blocks, or across another passage, by the ids of their ends."""
        ids = self._ids.ids
        for kind, found in groupby(self._passages.stand_off(), key=lambda item: item[0].kind):
            group = _add(body, "spanGrp", type=kind.value)
            for passage, start, end in found:
                span = _add(group, "span", target=None)
                span.set("from", f"#{ids[start]}")
                span.set("to", f"#{ids[end]}")
                if passage.target:
                    span.set("corresp", _urn(passage.target))


def _begins(part: Part) -> bool:
    """Whether a part ends the heading; a note may stand in it."""
    return isinstance(part, TEXT_PARTS) and not isinstance(part, Note)


def _opened(body: etree._Element) -> etree._Element:
    """The body, with an empty ``div`` where it has no block yet: P5 asks for one."""
    if not any(child.tag in _BLOCKS for child in body):
        _add(body, "div", type="empty")
    return body


_BLOCKS = frozenset(map(_tag, ("p", "ab", "div")))


def _gap(owned: Label | Portion, follow: int) -> str:
    """The blank after a label or mark; nothing where the next character stands close."""
    return "" if follow == owned.span.end else " "


class _Ids:
    """``xml:id`` of the blocks: ``p4`` for paragraph 4, ``p4.1`` for the block after it."""

    def __init__(self) -> None:
        self.ids: dict[int, str] = {}
        self._taken: set[str] = set()
        self._base, self._after = "p0", 0

    def block(self, part: Paragraph | Heading | Preformatted | Note) -> str:
        """A new id, in reading order, kept by the place where the block begins."""
        number = part.label.number if isinstance(part, Paragraph) and part.label else None
        own = f"p{number}"
        if number is not None and own not in self._taken:
            self._base, self._after = own, 0
            self._taken.add(own)
        else:
            self._after += 1
            own = f"{self._base}.{self._after}"
        self.ids[span_of(part).start] = own
        return own


class _Passages:
    """The passages of a cable, found by the block in which they stand."""

    def __init__(self, cable: Cable) -> None:
        blocks = [p for p in cable.parts if isinstance(p, TEXT_PARTS) and pieces(p)]
        blocks = [part for part in blocks if not isinstance(part, Signature)]
        self._spans = sorted(map(span_of, blocks))
        self._starts = [span.start for span in self._spans]
        self._inside: dict[int, list[_Mark]] = {}
        self._off: list[tuple[Passage, int, int]] = []
        joints = _joint_starts(cable)
        for passage in sorted(cable.passages, key=lambda p: (p.span.start, -p.span.end)):
            self._place(passage, joints)
        for start, marks in self._inside.items():
            self._inside[start] = _nested(marks)

    def _place(self, passage: Passage, joints: list[int]) -> None:
        span = passage.span
        first_ = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, span.end) - 1
        if self._spans and self._spans[first_].end <= span.start:
            first_ += 1
        if span.start >= span.end or first_ > last:
            return
        start = self._starts[first_]
        if first_ < last or self._crosses(start, span):
            self._off.append((passage, start, self._starts[last]))
            return
        broken = bisect_left(joints, span.start) < bisect_left(joints, span.end)
        self._inside.setdefault(start, []).append(_passage_mark(passage, broken))

    def _crosses(self, start: int, span: Span) -> bool:
        """Whether it crosses the passage before it in the same block."""
        before = self._inside.get(start)
        if not before:
            return False
        return before[-1].span.start < span.start < before[-1].span.end < span.end

    def marks(self, part: Part) -> list[_Mark]:
        """The passages that stand in one block."""
        return self._inside.get(span_of(part).start, []) if pieces(part) else []

    def stand_off(self) -> list[tuple[Passage, int, int]]:
        """The others, by kind, with the places where their first and last blocks begin."""
        return sorted(self._off, key=lambda item: item[0].kind.value)


def _joint_starts(cable: Cable) -> list[int]:
    found = (piece for part in cable.parts for piece in pieces(part) if isinstance(piece, Joint))
    return sorted(joint.span.start for joint in found)


def _passage_mark(passage: Passage, broken: bool) -> _Mark:
    """``gap`` holds plain characters only, so an excision over a joint is a ``seg``."""
    if passage.kind is PassageKind.REFTEL:
        target = _urn(passage.target) if passage.target else None
        return _mark(passage.span, "ref", type="reftel", target=target)
    if passage.kind is PassageKind.EXCISION and not broken:
        return _Mark(passage.span, (("gap", {"reason": "excised"}), ("desc", {})))
    return _mark(passage.span, "seg", type=passage.kind.value)


def _urn(canonical: str) -> str:
    return f"urn:cable:{quote(canonical, safe='')}"


# --- inside the heading parts ---------------------------------------------------------------------


def _heading_marks(part: Part, categories: _Categories) -> Iterator[_Mark]:
    """What the typed lines of a heading part name."""
    match part:
        case DateTimeGroup():
            yield _mark(part.typed.span, "date", when=_when(part.instant))
        case Origin():
            yield _mark(part.name.span, "orgName")
        case Addressees():
            for addressee in part.addressees:
                if span := _found(part.lines, addressee.name, addressee.span):
                    yield _mark(span, "orgName")
        case Banner():
            yield from _regular(part)
        case Captions():
            start = span_of(part)
            for caption in part.captions:
                if span := _found(part.lines, caption, start):
                    start = replace(start, start=span.end)
                    yield _mark(span, "term", ana=categories.pointer("hnd", caption))
        case ExecutiveOrder() if part.declassify and part.declassify_on:
            yield _mark(
                part.declassify.span, "date", type="declassifyOn",
                when=part.declassify_on.isoformat(),
            )  # fmt: skip
        case ExecutiveOrder() if part.declassify:
            yield _mark(part.declassify.span, "seg", type="declassifyOn")
        case Tags():
            yield from (_mark(tag.span, "term", type="TAGS") for tag in part.tags)
        case Subject():
            yield _mark(part.title.span, "title", ana=_own_ana(part.portion, categories))
        case References():
            for reference in part.references:
                target = _urn(reference.canonical) if reference.canonical else None
                yield _mark(reference.span, "ref", type="reftel", n=reference.label, target=target)
        case Authority(name=str(name)):
            if span := _found(part.lines, name, span_of(part)):
                yield _mark(span, "persName")


def _own_ana(portion: Portion | None, categories: _Categories) -> str | None:
    return categories.marking(portion.marking) if portion else None


def _regular(banner: Banner) -> Iterator[_Mark]:
    """Spaced letters of the class, ``S E C R E T``, beside their regular form."""
    if banner.marking is None:
        return
    title = banner.marking.classification.title
    letters = r"\s*".join(map(re.escape, "".join(title.split())))
    for line in banner.lines:
        if isinstance(line, Typed) and line.span.start <= banner.typed.span.start < line.span.end:
            found = re.compile(letters, re.IGNORECASE).match(
                line.text, banner.typed.span.start - line.span.start
            )
            if found and found[0] != title:
                span = Span(line.span.start + found.start(), line.span.start + found.end())
                yield _Mark(span, (("choice", {}), ("orig", {})), title)


def _found(lines: Sequence[Piece], text: str, within: Span) -> Span | None:
    """Where ``text`` first stands on one of the lines, inside a span."""
    if not text:
        return None
    place = bisect_right(lines, within.start, key=lambda piece: piece.span.end)
    for line in lines[place:]:
        if line.span.start >= within.end:
            return None
        if isinstance(line, Typed):
            offset = line.text.find(text, max(within.start - line.span.start, 0))
            start = line.span.start + offset
            if offset >= 0 and start + len(text) <= within.end:
                return Span(start, start + len(text))
    return None


def _when(instant: datetime | None) -> str | None:
    return f"{instant:%Y-%m-%dT%H:%M:%S}Z" if instant else None


# --- header ---------------------------------------------------------------------------------------


def _header(cable: Cable, categories: _Categories) -> etree._Element:
    """``teiHeader``: the cable in normal form; each fact in one place of its own."""
    header = etree.Element(_tag("teiHeader"))
    overall = _overall(cable, categories)
    _file_description(_add(header, "fileDesc"), cable, overall, categories)
    encoding = _add(header, "encodingDesc")
    _profile(_add(header, "profileDesc"), cable, overall, categories)
    _encoding(encoding, cable, categories)
    changes = _add(header, "revisionDesc")
    _add(changes, "change", "Converted from plain text by cable-convert.", type="conversion")
    etree.indent(header, " ")
    return header


def _overall(cable: Cable, categories: _Categories) -> str:
    """The pointers of the page banner; none where a banner cannot be read."""
    found = [banner.marking for banner in every(cable, Banner)]
    read = [marking for marking in found if marking is not None]
    if not read or len(read) < len(found):
        return ""
    top = categories.marking(max(read, key=lambda marking: marking.classification.rank))
    controls = [value for value in captions(cable) if value in RESTRICTING_CAPTIONS]
    return " ".join([top or "", *(categories.pointer("hnd", value) for value in controls)])


def _file_description(
    file: etree._Element, cable: Cable, overall: str, categories: _Categories
) -> None:
    reference, subject = canonical_id(cable), first(cable, Subject)
    titles = _add(file, "titleStmt")
    if subject:
        ana = _own_ana(subject.portion, categories)
        _add(titles, "title", subject.title.text, type="main", ana=ana)
    _add(titles, "title", f"Telegram {reference}" if reference else "Telegram", type="sub")
    if origin := first(cable, Origin):
        _add(_add(titles, "author"), "orgName", origin.name.text)
    published = _add(file, "publicationStmt")
    _add(published, "publisher", "The holder of this file")
    if reference:
        _add(published, "idno", reference, type="messageReferenceNumber")
    banner = banner_text(cable)
    status = "restricted" if banner not in {None, Level.U.title} else "unknown"
    availability = _add(published, "availability", status=status, ana=overall)
    if banner is None:
        _add(availability, "p", "The source has no classification line.")
    else:
        marked = _add(availability, "p", "This cable bears the marking ")
        _add(marked, "seg", banner, type="banner")
    _bibliography(_add(_add(file, "sourceDesc"), "bibl", type="telegram", id="src"), cable)


def _bibliography(bibl: etree._Element, cable: Cable) -> None:
    """The cable as a document: what it is called, who classified it, until when."""
    if reference := canonical_id(cable):
        _add(bibl, "idno", reference, type="messageReferenceNumber")
    station = first(cable, StationLine)
    if station and station.serial:
        _add(bibl, "idno", station.serial, type="stationSerial")
    sections = next((b.sections for b in every(cable, Banner) if b.sections), None)
    if sections:
        measure = _add(_add(bibl, "extent"), "measure", f"{sections} sections")
        measure.set("unit", "transmissionSection")
        measure.set("quantity", str(sections))
    if authority := first(cable, Authority):
        if authority.name or authority.title:
            statement = _add(bibl, "respStmt", id="classifier")
            _add(statement, "resp", "classified by")
            person = _add(statement, "persName")
            if authority.name:
                _add(person, "name", authority.name)
            if authority.title:
                _add(person, "roleName", authority.title)
        if authority.reasons:
            _add(bibl, "note", ", ".join(authority.reasons), type="classificationReason")
        if authority.derived_from:
            _add(bibl, "note", authority.derived_from, type="derivedFrom")
    if order := first(cable, ExecutiveOrder):
        if order.order:
            _add(bibl, "note", order.order, type="executiveOrder")
        if order.declassify:
            until = order.declassify_on.isoformat() if order.declassify_on else None
            name = "date" if until else "note"
            _add(bibl, name, order.declassify.text, type="declassifyOn", when=until)
    subject = first(cable, Subject)
    if subject and subject.portion:
        _add(bibl, "note", subject.portion.typed, type="subjectMarking")
    source = cable.source
    named = source.name or "a stream"
    _add(bibl, "note", f"{named}; {source.encoding}; SHA-256 {source.sha256}", type="file")


def _profile(profile: etree._Element, cable: Cable, overall: str, categories: _Categories) -> None:
    group = first(cable, DateTimeGroup)
    if group:
        when = _when(group.instant)
        _add(_add(profile, "creation"), "date", group.typed.text, when=when)
    _add(_add(profile, "langUsage"), "language", "English", ident="en")
    _correspondence(profile, cable, categories)
    found, tags = captions(cable), first(cable, Tags)
    if not (found or overall or (tags and tags.tags)):
        return
    classes = _add(profile, "textClass")
    if tags and tags.tags:
        keywords = _add(classes, "keywords", scheme="#tax.TAGS")
        for tag in tags.tags:
            _add(keywords, "term", tag.text, type="TAGS")
    if found:
        keywords = _add(classes, "keywords", scheme="#tax.marking")
        for caption in found:
            ana = categories.pointer("hnd", caption)
            _add(keywords, "term", caption, type="caption", ana=ana)
    if overall:
        _add(classes, "catRef", scheme="#tax.marking", target=overall)


def _correspondence(profile: etree._Element, cable: Cable, categories: _Categories) -> None:
    """``correspDesc``; left out of a cable that says nothing of it."""
    group, origin = first(cable, DateTimeGroup), first(cable, Origin)
    precedences = categories.precedence(group.precedences) if group else ""
    letter = etree.Element(_tag("correspDesc"), type="telegram", corresp="#src")
    if precedences:
        letter.set("ana", precedences)
    signers = [name for part in every(cable, Signature) for name in part.names]
    if origin or signers or (group and group.instant):
        sent = _add(letter, "correspAction", type="sent")
        if origin:
            _add(sent, "orgName", origin.name.text, type="post", key=origin.name.text)
        for name in signers:
            _add(sent, "persName", name, role="signer")
        if group and group.instant:
            _add(sent, "date", when=_when(group.instant))
    for kind, run in groupby(addressees(cable), key=lambda item: item[0]):
        received = _add(letter, "correspAction", type="received", subtype=kind.value.lower())
        for _, addressee in run:
            _addressee(received, addressee, categories)
    references = first(cable, References)
    if references and references.references:
        context = _add(letter, "correspContext")
        for reference in references.references:
            target = _urn(reference.canonical) if reference.canonical else None
            _add(
                context, "ref", reference.typed, type="reftel", n=reference.label, target=target,
                cert="medium" if reference.inferred and target else None,
                subtype=reference.kind.name.lower(),
            )  # fmt: skip
    for passing in dict.fromkeys(part.text.text for part in every(cable, Passing)):
        _add(letter, "note", passing, type="passing")
    if len(letter):
        profile.append(letter)
    elif precedences:
        _add(letter, "p", "The source names neither sender nor addressees.")
        profile.append(letter)


def _addressee(received: etree._Element, addressee: Addressee, categories: _Categories) -> None:
    """Its name, then what belongs to it, each in an element of its own."""
    known = Precedence.__members__.get(addressee.precedence or "")
    ana = categories.precedence([known]) if known else None
    _add(received, "orgName", addressee.name, type="addressee", key=addressee.name, ana=ana)
    if addressee.office:
        _add(received, "orgName", addressee.office, type="office")
    if addressee.routing:
        _add(received, "idno", addressee.routing, type="routingIndicator")
    if addressee.precedence:
        _add(received, "idno", addressee.precedence, type="precedence")
    if addressee.number:
        _add(received, "idno", addressee.number, type="number")


def _encoding(encoding: etree._Element, cable: Cable, categories: _Categories) -> None:
    """What the tool did, and the categories that ``@ana`` points to."""
    project = _add(encoding, "projectDesc")
    _add(project, "p", "Plain-text telegram converted through one intermediate representation.")
    editorial = _add(encoding, "editorialDecl")
    _add(_add(editorial, "normalization", method="markup"), "p", _NORMALIZATION)
    _add(_add(editorial, "hyphenation", eol="some"), "p", _LINE_ENDS)
    if cable.omissions:
        left = dict.fromkeys(omission.reason for omission in cable.omissions)
        counts = {r: sum(o.reason is r for o in cable.omissions) for r in left}
        listed = "; ".join(f"{reason.value}: {count}" for reason, count in counts.items())
        _add(_add(editorial, "correction"), "p", f"Left out of the transcription: {listed}.")
    marking = {group: categories.used[group] for group in _GROUPS if group in categories.used}
    tags = first(cable, Tags)
    precedences = categories.used.get("prec", {})
    if not (marking or precedences or (tags and tags.tags)):
        return
    classes = _add(encoding, "classDecl")
    if marking:
        taxonomy = _add(classes, "taxonomy", id="tax.marking")
        _add(taxonomy, "desc", "Security markings and captions")
        for group, values in marking.items():
            holder = _add(taxonomy, "category", id=group)
            _add(holder, "catDesc", _GROUPS[group])
            for id_, value in values.items():
                category = _add(holder, "category", id=id_, n=value)
                _add(category, "catDesc", _NAMES.get((group, value), value))
    if tags and tags.tags:
        taxonomy = _add(classes, "taxonomy", id="tax.TAGS")
        _add(taxonomy, "bibl", "Traffic Analysis by Geography and Subject, Department of State")
    if precedences:
        taxonomy = _add(classes, "taxonomy", id="tax.precedence")
        for id_, value in precedences.items():
            category = _add(taxonomy, "category", id=id_, n=value)
            _add(category, "catDesc", Precedence(value).name)


_NORMALIZATION = (
    "The text stands as typed. Spaced letters of a banner stand in orig, their regular form in "
    "reg; what a marking means is in ana. A character that XML does not allow stands as its code "
    "point in brackets."
)
_LINE_ENDS = (
    "In paragraphs a line end of the source is a line end of this file; elsewhere it is lb. A page "
    "or section break inside a paragraph is a milestone, and its lines are fw."
)
