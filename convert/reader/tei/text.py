"""A TEI text as the characters of its source, and the blocks that stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from convert.errors import UnreadableError
from convert.model import regex as re
from convert.model.data import Data, field, replace
from convert.model.span import Span
from convert.notation.countries import ALIASES
from convert.reader.tei.editor import ASIDE, READINGS, Added, typed
from convert.tree import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HOLDERS = frozenset({"text", "front", "body", "back", "div", "closer", "opener", "group", "list"})
_BLOCKS = frozenset({"p", "ab", "head", "note", "fw", "table", "signed", "item", "dateline"})
_UNTYPED = frozenset({"spanGrp", "teiHeader"})
_BREAKS = frozenset({"milestone", "pb", "lb", "cb", "gb"})
_PARTED = frozenset(
    {"p", "ab", "item", "list", "l", "lg", "head", "quote", "div", "figure", "signed"}
)
"""Elements whose words are not those of the text before and after them."""
_OURS = {
    "channel": "idno", "routing": "idno", "header": "term idno num time", "from": "orgName",
    "station": "idno num time", "dateTimeGroup": "date", "to": "idno orgName term",
    "info": "idno orgName term", "xmt": "idno orgName term", "caption": "term",
    "executiveOrder": "idno date", "tags": "term", "subject": "title", "signature": "persName",
    "classifiedBy": "persName roleName", "authority": "persName roleName", "release": "date",
    "classification": "name idno", "sectionHeader": "name idno",
}  # fmt: skip
"""What names values on a line of each type; it is made anew from the line."""
_EVERYWHERE = frozenset({"seg", "label", "desc", "fw", "row", "cell"})
_PASSAGES = frozenset({"summary", "comment", "quotation"})
_IN_TEXT = _PASSAGES | {
    "authority",
    "release",
    "excision",
    "paragraphNumber",
    "item",
    "portionMark",
}
"""The types of ``seg`` in a text: a passage, or what stands before a paragraph's words."""
_REASONS = frozenset({"link", "pilcrow", "line_end", "blank", "markup", "navigation"})
_DEEP = 100  # elements inside each other; a cable has about ten
_BLANKS = re.compile(r"[ \t\r\n]+")


class Block(Data, frozen=False):
    """An element of the text; ``start`` and ``end``: its first and last character that counts."""

    element: etree._Element
    kind: str  # the element's name
    start: int = -1
    end: int = -1
    inner: list[Block] = field(default_factory=list)  # what interrupts it; rows and cells

    @property
    def type(self) -> str:
        """Its ``@type``."""
        return self.element.get("type") or ""


Run: TypeAlias = tuple[int, str, etree._Element, bool]
"""Characters: their place, themselves, behind which element's start tag, or (True) its end tag."""


class Recovered(Data, frozen=False):
    """The characters, and the blocks in order."""

    text: str
    blocks: list[Block]
    strange: list[tuple[str, int]]  # elements that say nothing here, and where they stand
    added: list[Added]  # what an editor put in
    passages: dict[Span, str]  # what a ``seg`` holds, and its type
    runs: list[Run]
    shifts: list[int] = field(default_factory=list)  # how far each place of the runs was moved

    def at(self, place: int) -> int:
        """Where a place of the runs is in the text."""
        return place + self.shifts[min(place, len(self.shifts) - 1)] if self.shifts else place

    def moved(self, span: Span) -> Span:
        """A stretch of the runs, in the text."""
        return Span(self.at(span.start), self.at(span.end))


def recover(text: etree._Element, line_end: str) -> Recovered:
    """The text of the source. Blanks count where ``xml:space`` says so; else lines are made.

    Raises UnreadableError where elements stand inside each other without end.
    """
    walk = _Walk(exact=text.get(SPACE) == "preserve")
    walk.holder(text)
    told = "".join(walk.said)
    if not walk.exact:
        told += "\n"
    found = Recovered(told, walk.blocks, walk.strange, walk.added, walk.passages, walk.runs)
    return _with_ends(found, line_end) if line_end != "\n" else found


def said(element: etree._Element) -> str:
    """The characters that are read of an element."""
    walk = _Walk(exact=True)
    walk.inline(element)
    return "".join(walk.said)


class _Walk:
    def __init__(self, *, exact: bool) -> None:
        self.exact = exact
        self.said: list[str] = []
        self.blocks: list[Block] = []
        self.strange: list[tuple[str, int]] = []
        self.added: list[Added] = []
        self.passages: dict[Span, str] = {}
        self.runs: list[Run] = []
        self._length = self._depth = 0
        self._open: list[Block] = []
        self._notes: list[etree._Element] = []
        self._label: etree._Element | None = None  # of the next item of a list
        self._parting = ""  # what parts the next words from those before

    def holder(self, element: etree._Element) -> None:
        """A division: blocks, and blanks between them."""
        self._say(element.text, element)
        for child in element:
            self._held(child, _name(child))
            self._say(child.tail, child, is_tail=True)

    def _held(self, child: etree._Element, name: str) -> None:
        if name in _BLOCKS:
            self._outermost(child, name)
        elif name == "label" and not self.exact:
            self._label = child
        elif name in _HOLDERS or name == "listBibl":
            self._deeper(child, self.holder)
        elif name == "figure":
            self._deeper(child, self.holder)
            self.added.append(Added(name, Span(self._length, self._length + 1)))
        elif name == "pb" and child.get("type") == "formFeed":
            self._say("\f")
        elif name == "lb" and child.get("type") == "verticalTab":
            self._say("\v")
        elif name in ASIDE:
            self._leave(child, name)
        elif name not in _BREAKS and name not in _UNTYPED:
            self.strange.append((name, self._length))
            self._outermost(child, "p")

    def _deeper(self, element: etree._Element, read: Callable[[etree._Element], None]) -> None:
        if self._depth > _DEEP:
            raise UnreadableError(
                f"TEI with more than {_DEEP} elements inside each other", "Look at what made it."
            )
        self._depth += 1
        read(element)
        self._depth -= 1

    def _outermost(self, element: etree._Element, name: str) -> None:
        """A block, and behind it the notes that an editor put into it."""
        if self.exact and name in ("p", "head"):
            self._parting = "\n"
        self._block(element, name)
        while self._notes:
            note = self._notes.pop(0)
            if self.exact:
                self._add("\n\n")
            self._block(note, "note")

    def _block(self, element: etree._Element, name: str) -> None:
        block = Block(element, name)
        if not self._open:
            self.blocks.append(block)
            if not self.exact and self._length:
                self._add("\n" if name in ("fw", "ab") and self.blocks[-2:-1] else "\n\n")
        else:
            self._open[-1].inner.append(block)
            if not self.exact and name in ("fw", "row"):
                self._add("\n")
        self._open.append(block)
        if name == "note" and element.get("n"):
            self._say(f"{element.get('n')} ", element)
        if name == "item" and self._label is not None:
            label, self._label = self._label, None
            self.inline(label)
            self._say(" ")
        self.inline(element)
        self._open.pop()
        if self._open and not self.exact and name == "fw":
            self._add("\n")

    def inline(self, element: etree._Element) -> None:
        """Running text with what stands in it."""
        self._deeper(element, self._readings if _name(element) in READINGS else self._run)

    def _run(self, element: etree._Element) -> None:
        self._say(element.text, element)
        for child in element:
            self._inside(child, _name(child))
            self._say(child.tail, child, is_tail=True)

    def _inside(self, child: etree._Element, name: str) -> None:
        if name == "note" and self._open:
            self._notes.append(child)
        elif name in ("fw", "row", "cell"):
            self._parting = self._parting or {"row": "\n", "cell": " "}.get(name, "")
            self._block(child, name)
        elif name == "g":
            self._glyph(child)
        elif name in ("lb", "pb"):
            self._break(child, name)
        elif name in _BREAKS or name in _UNTYPED:
            pass
        elif child.get("type") == "blank" or _is_left_out(child, name):
            self._aside(child)
        elif name in READINGS:
            self.inline(child)
        elif name in ASIDE or (name == "gap" and not _is_excised(child)):
            self._leave(child, name)
        else:
            self._words(child, name)

    def _words(self, child: etree._Element, name: str) -> None:
        """An element whose words are those of the text."""
        parting = "\n" if name in _PARTED else ""
        if parting and not self.exact:
            self._add(parting)
        self._parting = self._parting or parting
        start, place = self._length, len(self.said)
        self.inline(child)
        self._parting = self._parting or parting
        if not self._is_ours(child, name):
            words = _folded("".join(self.said[place:]))
            self.added.append(Added(name, Span(start, max(self._length, start + 1)), words))
        elif name == "seg" and (type_ := child.get("type")) in _PASSAGES:
            words = "".join(self.said[place:])
            start += len(words) - len(words.lstrip())
            self.passages[Span(start, start + len(words.strip()))] = type_

    def _is_ours(self, child: etree._Element, name: str) -> bool:
        """Whether the writer puts such an element there by itself."""
        type_ = child.get("type")
        block = self._open[-1] if self._open else None
        if name == "seg" and block and block.kind in ("p", "head"):
            return type_ in _IN_TEXT
        if name in _EVERYWHERE:
            return name == "desc" or type_ is not None
        if name == "ref":
            return type_ == "reftel"
        if name == "gap":
            return True
        kind = (block.type or ("signature" if block.kind == "signed" else "")) if block else ""
        around = child.getparent()
        if around is not None and around.get("type") == "authority":
            kind = "authority"
        return name in _OURS.get(kind, "").split()

    def _readings(self, element: etree._Element) -> None:
        """One of several readings of a place; the others are told of."""
        readings = []
        for child in element:
            name = _name(child)
            if name == "note":
                self._notes.append(child)
            elif name not in _UNTYPED:
                readings.append((name, child))
        names = [name for name, _ in readings]
        read = typed([name if name not in ASIDE else "" for name in names])
        start = self._length
        for _, child in readings[read : read + 1]:
            self.inline(child)
        span = Span(start, max(self._length, start + 1))
        for number, (name, child) in enumerate(readings):
            if number != read and not (name == "reg" and _is_regular(element, child)):
                self.added.append(Added(name, span, _words_of(child), is_left=True))

    def _leave(self, child: etree._Element, name: str) -> None:
        here = Span(self._length, self._length + 1)
        self.added.append(Added(name, here, _words_of(child), is_left=True))

    def _break(self, element: etree._Element, name: str) -> None:
        kind = element.get("type")
        if kind in ("formFeed", "verticalTab"):
            self._say("\f" if kind == "formFeed" else "\v")
        elif name == "pb" and self._open:
            self._open[-1].inner.append(Block(element, name))
        elif not self.exact:
            self._add("\n")

    def _glyph(self, element: etree._Element) -> None:
        code = (element.get("ref") or "").rpartition("char.")[2]
        try:
            self._say(chr(int(code, 16)))
        except (ValueError, OverflowError):
            self.inline(element)

    def _aside(self, element: etree._Element) -> None:
        """Characters that belong to no block: what the cable leaves out."""
        opened, self._open = self._open, []
        self.inline(element)
        self._open = opened

    def _say(
        self, text: str | None, element: etree._Element | None = None, *, is_tail: bool = False
    ) -> None:
        if not text:
            return
        if not self.exact:
            text = _BLANKS.sub(" ", text)
            if text == " " and not self._open:
                return
            if not self.said or self.said[-1].endswith(("\n", " ")):
                text = text.removeprefix(" ")
        if not text:
            return
        if self._parting:
            self._part(text)
        bare = text.strip()
        if bare:
            start = self._length + len(text) - len(text.lstrip())
            for block in self._open:
                if block.start < 0:
                    block.start = start
                block.end = start + len(bare)
            if element is not None:
                self.runs.append((self._length, text, element, is_tail))
        self._add(text)

    def _part(self, text: str) -> None:
        """Words of two blocks that nothing parts; where blanks count, two signs may well meet."""
        last = self.said[-1][-1] if self.said else " "
        apart = (last + text[0]).isalnum() if self.exact else not (last + text[0]).isspace()
        if apart and not last.isspace() and not text[0].isspace():
            self._add(self._parting)
        self._parting = ""

    def _add(self, text: str) -> None:
        self.said.append(text)
        self._length += len(text)


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "spanGrp"  # a comment says nothing


def _words_of(element: etree._Element) -> str:
    """The words of an element; where it has none, what its attributes say."""
    words = _folded("".join(map(str, element.itertext())))
    return words or " ".join(map(str, element.attrib.values()))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _is_left_out(child: etree._Element, name: str) -> bool:
    """Whether it holds what the cable itself leaves out."""
    return name == "surplus" and child.get("reason") in _REASONS


def _is_excised(gap: etree._Element) -> bool:
    """Whether what stands in a gap is typed in the source."""
    return gap.get("reason") == "excised" and gap.get("unit") == "chars"


def _is_regular(choice: etree._Element, regular: etree._Element) -> bool:
    """Whether it is the form that the writer puts beside a banner's class or a mark's country."""
    holder, original = choice.getparent(), choice.find(f"{TEI}orig")
    if holder is None or original is None:
        return False
    letters = "".join(said(original).upper().split())
    form = "".join(_words_of(regular).upper().split())
    return holder.get("type") in ("classification", "portionMark") and (
        form in (letters, ALIASES.get(letters))
    )


def _with_ends(found: Recovered, line_end: str) -> Recovered:
    """Line feeds as the line ends that the source had; places move with them."""
    if len(line_end) > 1:
        found.shifts = _shifts(found.text)
        for block in _all(found.blocks):
            if block.start >= 0:
                block.start, block.end = found.at(block.start), found.at(block.end)
        found.strange = [(name, found.at(place)) for name, place in found.strange]
        found.added = [replace(one, span=found.moved(one.span)) for one in found.added]
        found.passages = {found.moved(span): kind for span, kind in found.passages.items()}
    found.text = found.text.replace("\n", line_end)
    return found


def _shifts(text: str) -> list[int]:
    shifts, shift = [], 0
    for character in text:
        shifts.append(shift)
        shift += character == "\n"
    return [*shifts, shift]


def _all(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _all(block.inner)
