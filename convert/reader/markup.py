"""Markup as tokens with their places, and lines made of what stands between the tags.

One scanner for pages and XML documents: HTML is read as leniently as browsers do, XML only after a
real parser has found it well formed (``well_formed``). Each character is looked at once: a tag,
comment or script that never ends is text.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from convert.errors import UnreadableError
from convert.model import regex as re
from convert.model.cable import Omission, Reason
from convert.model.data import Data, field
from convert.model.span import Span
from convert.model.text import unescaped
from convert.reader.lines import Cell, Line, Marked

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]*(?=[\s/>])")  # <name@post.gov> is no tag
_STOP = re.compile(r">|=\s*[\"']")
_REFERENCE = re.compile(  # of a number, the semicolon may be missing (HTML sec. 13.2.5.80)
    r"&(?:#[0-9]{1,7}(?:;|(?![0-9]))|#[xX][0-9a-fA-F]{1,6}(?:;|(?![0-9a-fA-F]))"
    r"|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_ROW = re.compile(r"[^\r\n\f\v]+")
_END = re.compile(r"\r\n|[\r\n\f\v]")
_OTHERS = {
    False: (("<!--", "-->"), ("<!", ">"), ("<?", ">")),
    True: (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", "?>")),
}
_DEEP = 500  # elements inside each other; an edition's documents have about twenty
HIDDEN = frozenset({"script", "style"})  # what they hold is no markup and never shown


class Token(Data):
    """A stretch of a source: ``text``, ``open``, ``close``, or ``other`` (a comment and the like).

    ``characters``: a CDATA section of XML, whose text is no markup and has no references.
    ``name``: of a tag, in lower case in HTML. A tag such as ``<br/>`` is open and ``empty``.
    """

    kind: str
    span: Span
    name: str = ""
    empty: bool = False


def tokens(text: str, *, xml: bool = False) -> Iterator[Token]:
    """The whole of ``text``, token by token."""
    done = place = 0
    missing: set[str] = set()  # what was looked for and does not come any more
    while (start := text.find("<", place)) >= 0:
        found = _markup(text, start, xml, missing)
        place = found.span.end if found else start + 1
        if found is None:
            continue
        if start > done:
            yield Token("text", Span(done, start))
        yield found
        done = place
        if not xml and found.kind == "open" and found.name in HIDDEN and not found.empty:
            closing = re.compile_now(rf"</{found.name}\b", re.IGNORECASE)
            end = closing.search(text, done) if found.name not in missing else None
            if end is None:
                missing.add(found.name)
            elif end.start() > done:
                yield Token("other", Span(done, end.start()))
                done = place = end.start()
    if done < len(text):
        yield Token("text", Span(done, len(text)))


def _markup(text: str, start: int, xml: bool, missing: set[str]) -> Token | None:
    """The tag, comment or instruction that begins at ``start``; None if none does."""
    for begin, ending in _OTHERS[xml]:
        if not text.startswith(begin, start):
            continue
        end = text.find(ending, start + len(begin)) if ending not in missing else -1
        if end < 0:
            missing.add(ending)
            return None
        kind = "characters" if ending == "]]>" else "other"
        return Token(kind, Span(start, end + len(ending)))
    closes = text.startswith("/", start + 1)
    name = _NAME.match(text, start + 1 + closes)
    if name is None or "tag" in missing:
        return None
    place = name.end()
    while found := _STOP.search(text, place):
        place = found.end()
        if found[0] == ">":
            named = name[0] if xml else name[0].lower()
            empty = text[place - 2] == "/"
            return Token("close" if closes else "open", Span(start, place), named, empty)
        quote = text.find(found[0][-1], place)
        if quote < 0:
            break
        place = quote + 1
    missing.add("tag")  # the rest of the file is inside of one: no other can begin
    return None


def attribute(text: str, token: Token, name: str) -> Span | None:
    """Where the value of an attribute of a tag stands, without its quotation marks."""
    tag = token.span.of(text)
    found = re.search(rf"\s{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag[:4000])
    if found is None:
        return None
    start, end = found.span(1 if found[1] is not None else 2)
    return Span(token.span.start + start, token.span.start + end)


def well_formed(text: str) -> None:
    """Raise UnreadableError for XML that is not well formed, or that is made to harm a reader.

    A document type declaration is refused, and with it every entity of its own: nothing is fetched,
    nothing grows (OWASP, XML external entities; "billion laughs").
    """
    parser = expat.ParserCreate("utf-8")
    depth = 0

    def declared(*_: object) -> None:
        raise UnreadableError(
            "an XML file with a document type declaration",
            "Take out <!DOCTYPE ...>, and what its entities stand for put in: none are read.",
        )

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEP:
            raise UnreadableError(
                f"an XML file with more than {_DEEP} elements inside each other",
                "No edition has such a document; look at what made it.",
            )

    def closed(_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except expat.ExpatError as error:
        says = expat.ErrorString(error.code)
        raise UnreadableError(
            f"no well-formed XML: {says}: line {error.lineno}, column {error.offset + 1}",
            "Correct it there, or save its text as a plain text file.",
        ) from error


class _Draft(Data, frozen=False):
    """A line that is being made."""

    block: str
    note: int
    gap: bool
    text: list[str] = field(default_factory=list)
    length: int = 0
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    references: dict[int, int] = field(default_factory=dict)
    indent: int = 0
    blanks: int = 0  # blank lines before it
    blank: bool = False  # a blank comes before whatever is added next
    noted: list[int] = field(default_factory=list)  # where notes stand in it
    cell: Cell | None = None


class Maker:
    """Makes lines out of text as it comes, and omissions out of the rest."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[Marked] = []
        self._left: list[tuple[int, int, Reason]] = []
        self._drafts = [_Draft("", 0, gap=True)]

    @property
    def block(self) -> str:
        """What the line that is being made stands in."""
        return self._drafts[-1].block

    def flow(self, start: int, end: int, *, references: bool = True) -> None:
        """Running text: a line end is a blank."""
        place = start
        found = _REFERENCE.finditer(self.text, start, end) if references else ()
        for reference in (*found, None):
            stop = reference.start() if reference else end
            for row in _ROW.finditer(self.text, place, stop):
                if row.start() > place:
                    self._drafts[-1].blank = True
                self._row(row.start(), row.end())
                place = row.end()
            if stop > place:
                self._drafts[-1].blank = True
            if reference:
                self._reference(reference)
                place = reference.end()

    def preformatted(self, start: int, end: int) -> None:
        """Text whose line ends count, those that a reference stands for too."""
        place = start
        for reference in (*_REFERENCE.finditer(self.text, start, end), None):
            stop = reference.start() if reference else end
            while place < stop:
                if ending := _END.match(self.text, place, stop):
                    self.end_line(ending.group() in "\f\v")
                    place = ending.end()
                elif row := _ROW.match(self.text, place, stop):
                    self._row(row.start(), row.end())
                    place = row.end()
            if reference is None:
                return
            if unescaped(reference[0]) in ("\n", "\r", "\f", "\v"):
                self.omit(*reference.span(), Reason.MARKUP)
                self.end_line()
            else:
                self._reference(reference)
            place = reference.end()

    def end_line(self, gap: bool = False) -> None:
        """End the line of preformatted text; an empty one is a gap."""
        draft = self._drafts[-1]
        blanks = 0 if draft.parts or gap else draft.blanks + 1
        self.begin(draft.block, gap=gap or not draft.parts)
        self._drafts[-1].blanks = blanks

    def begin(self, block: str, *, gap: bool = True, cell: Cell | None = None) -> None:
        """End the line that is being made, if there is one; the next one stands in ``block``."""
        draft = self._drafts[-1]
        self._finish(draft)
        after = draft.gap if not draft.parts else False
        self._drafts[-1] = _Draft(block, draft.note, after or gap, cell=cell)

    def push(self, block: str, note: int, place: int) -> None:
        """Leave the line that is being made for one that stands in its midst, at ``place``."""
        self._drafts[-1].noted.append(place)
        self._drafts.append(_Draft(block, note, gap=True))

    def pop(self) -> None:
        """Go back to the line that was left."""
        self._finish(self._drafts.pop())

    def blank(self) -> None:
        """What parts the text before from the text after it."""
        self._drafts[-1].blank = True

    def omit(self, start: int, end: int, reason: Reason) -> None:
        """Leave out a stretch of the source; those of one reason that meet are one."""
        if start >= end or not self.text[start:end].strip():
            return
        if self._left:
            first, last, why = self._left[-1]
            if why is reason and last <= start and not self.text[last:start].strip():
                self._left[-1] = (first, end, reason)
                return
        self._left.append((start, end, reason))

    def result(self) -> tuple[list[Line], list[Omission]]:
        """The lines in source order, and what was left out of them."""
        while len(self._drafts) > 1:
            self.pop()
        self._finish(self._drafts[0])
        self._drafts[0] = _Draft("", 0, gap=True)
        left = sorted(self._left, key=lambda each: each[:2])
        omissions = [Omission(self.text[a:b], why, Span(a, b)) for a, b, why in left]
        return list(self.lines), omissions

    def _row(self, start: int, end: int) -> None:
        """Characters of one line of the source."""
        chunk = self.text[start:end]
        bare = chunk.strip()
        draft = self._drafts[-1]
        if not bare:
            draft.blank = True
            if not draft.parts:
                draft.indent = end - start
            return
        lead = len(chunk) - len(chunk.lstrip())
        if not draft.parts:
            draft.indent = len(chunk) - len(chunk.lstrip(" "))
        draft.blank = draft.blank or lead > 0
        self._add(bare, start + lead)
        self._drafts[-1].blank = len(bare) + lead < len(chunk)

    def _reference(self, found: re.Match[str]) -> None:
        """A character reference; one to a blank, or to nothing, is no character of the text."""
        character = unescaped(found[0])
        if len(character) > 1:  # no reference that HTML knows, or one to two characters: as typed
            self._row(*found.span())
        elif not character.strip():
            self.omit(*found.span(), Reason.MARKUP)
            self._drafts[-1].blank |= bool(character)
        else:
            self._add(character, found.start())
            self._drafts[-1].references[found.start()] = found.end() - found.start()

    def _add(self, chunk: str, source: int) -> None:
        draft = self._drafts[-1]
        if draft.blank and draft.parts:
            draft.text.append(" ")
            draft.length += 1
        draft.blank = False
        draft.parts.append((draft.length, source, len(chunk)))
        draft.text.append(chunk)
        draft.length += len(chunk)

    def _finish(self, draft: _Draft) -> None:
        if not draft.parts:
            return
        start = draft.parts[0][1]
        blanks = self.text[start - draft.indent : start]
        indent = draft.indent if blanks == " " * draft.indent else 0
        above = self.text[self.lines[-1].span.end : start] if self.lines else ""
        line = Marked(
            "".join(draft.text), tuple(draft.parts), draft.gap, indent, draft.blanks,
            references=draft.references, lead=above if above.isspace() else "",
            block=draft.block, cell=draft.cell, note=draft.note, noted=tuple(draft.noted),
        )  # fmt: skip
        self.lines.append(line)
