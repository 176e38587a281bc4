"""A Word file's text as paragraphs: what a reader of the page sees, run by run, and nothing else.

Insertions are taken and deletions left out, as if all changes were accepted; both are counted.
Python-docx's own text leaves out insertions, fields and content controls, so it is not asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from convert.model.data import Data, field
from convert.opc import RELATIONSHIPS, Package, Relation
from convert.reader.forms.docx.numbers import Numbering, whole
from convert.tree import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = f"{{{RELATIONSHIPS}}}"

_TAKEN = {f"{W}{tag}" for tag in ("ins", "moveTo")}
_DROPPED = {f"{W}{tag}" for tag in ("del", "moveFrom")}
_OPENED = {
    *_TAKEN,
    *(f"{W}{tag}" for tag in (
        "hyperlink", "smartTag", "customXml", "fldSimple", "sdt", "sdtContent", "bdo", "dir",
    )),
}  # fmt: skip
_BLANKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n",
           f"{W}noBreakHyphen": "-"}  # fmt: skip


class Paragraph(Data):
    """A paragraph: its style, what stands in it by the styles of its runs, its bookmarks.

    Styles are names without blanks, in small letters: converters keep names and make ids of them.
    """

    style: str
    runs: tuple[tuple[str, str], ...]  # style of the run, text
    anchors: tuple[str, ...] = ()
    number: str = ""  # what Word's own numbering shows before it

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(text for _, text in self.runs)


class Table(Data):
    """A table: rows of cells; the first ``header`` rows are headings."""

    rows: tuple[tuple[str, ...], ...]
    header: int
    anchors: tuple[str, ...] = ()


class Left(Data, frozen=False):
    """What was met on the way and is no plain text."""

    changes: int = 0
    hidden: int = 0  # runs that the page does not show
    things: set[str] = field(default_factory=set)  # "a comment", "an embedded object"


class Story:
    """The text of a package: its body, its notes, what stands above and below its pages."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.main()
        self.left = Left()
        relations = package.relations(self._main)
        self._targets = {r.id: r.target for r in relations if not r.external}
        by_kind = {r.kind: r.target for r in relations if r.target in package.names}
        styles, numbering = (
            package.xml(by_kind[kind]) if kind in by_kind else None
            for kind in ("styles", "numbering")
        )
        self._styles, self._hiding = _styles(styles)
        self._numbering = Numbering(numbering, styles)
        self._document = package.xml(self._main)
        self._notes = [by_kind[kind] for kind in ("footnotes", "endnotes") if kind in by_kind]
        for relation in (r for name in ("", *package.names) for r in package.relations(name)):
            if thing := _thing(relation, package.names):
                self.left.things.add(thing)

    def body(self) -> list[Paragraph | Table]:
        """The paragraphs and tables of the body, in order, then those of its notes."""
        found = self._document.find(f"{W}body")
        blocks = list(self._blocks(() if found is None else found))
        for name in self._notes:
            for note in self._package.xml(name):
                if note.get(f"{W}type", "normal") == "normal":
                    blocks += self._blocks(note)
        return blocks

    def margins(self, kind: str) -> dict[str, list[Paragraph]]:
        """``header`` or ``footer``: what stands on each kind of page of each section."""
        found: dict[str, list[Paragraph]] = {}
        read: dict[str, list[Paragraph]] = {}  # sections share what they do not change
        for number, section in enumerate(self._document.iter(f"{W}sectPr"), 1):
            for reference in section.iterfind(f"{W}{kind}Reference"):
                name = self._targets.get(reference.get(f"{_R}id", ""), "")
                if name in self._package.names:
                    page = f"{reference.get(f'{W}type', 'default')} page, section {number}"
                    if name not in read:
                        blocks = self._blocks(self._package.xml(name))
                        read[name] = [block for block in blocks if isinstance(block, Paragraph)]
                    found[page] = read[name]
        return found

    # --- blocks -----------------------------------------------------------------------------------

    def _blocks(self, elements: Iterable[etree._Element]) -> Iterator[Paragraph | Table]:
        """Blocks in order; bookmarks that begin between two belong to the one that follows."""
        waiting: list[str] = []
        for element in elements:
            if element.tag == f"{W}bookmarkStart":
                waiting.append(element.get(f"{W}name", ""))
            elif element.tag == f"{W}p":
                yield from self._paragraph(element, waiting)
                waiting = []
            elif element.tag == f"{W}tbl":
                yield self._table(element, waiting)
                waiting = []
            elif element.tag in _OPENED:
                self.left.changes += element.tag in _TAKEN
                yield from self._blocks(element)
            elif element.tag in _DROPPED:
                self.left.changes += 1
            elif element.tag == f"{W}altChunk":
                self.left.things.add("a document inside it")

    def _table(self, table: etree._Element, anchors: list[str]) -> Table:
        rows: list[tuple[str, ...]] = []
        header, found = 0, list(anchors)
        for row in _children(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.left.changes += 1
                continue
            cells = []
            for cell in _children(row, f"{W}tc"):
                inner = list(self._blocks(cell))
                found += [name for block in inner for name in block.anchors]
                cells.append(" ".join(filter(None, map(_plain, inner))))
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                wide = 1 if span is None else whole(span.get(f"{W}val"))
                cells += [""] * (min(wide, 64) - 1)
            heads = row.find(f"{W}trPr/{W}tblHeader") is not None
            header += heads and header == len(rows)
            rows.append(tuple(cells))
        columns = max(map(len, rows), default=0)
        return Table(
            tuple(row + ("",) * (columns - len(row)) for row in rows), header, tuple(found)
        )

    def _paragraph(
        self, element: etree._Element, waiting: list[str]
    ) -> Iterator[Paragraph | Table]:
        runs: list[tuple[str, str]] = []
        anchors = list(waiting)
        boxes: list[etree._Element] = []
        self._runs(element, runs, anchors, boxes)
        named = element.find(f"{W}pPr/{W}pStyle")
        style_id = "" if named is None else named.get(f"{W}val", "")
        number = self._numbering.next(element, style_id)
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self.left.changes += 1
        style = self._styles.get(style_id, plain(style_id))
        yield Paragraph(style, tuple(runs), tuple(anchors), number)
        for box in boxes:
            yield from self._blocks(box)

    def _runs(
        self,
        parent: etree._Element,
        runs: list[tuple[str, str]],
        anchors: list[str],
        boxes: list[etree._Element],
    ) -> None:
        for element in parent:
            if element.tag == f"{W}r":
                self._run(element, runs, boxes)
            elif element.tag == f"{W}bookmarkStart":
                anchors.append(element.get(f"{W}name", ""))
            elif element.tag in _OPENED:
                self.left.changes += element.tag in _TAKEN
                self._runs(element, runs, anchors, boxes)
            elif element.tag in _DROPPED:
                self.left.changes += 1

    def _run(
        self, run: etree._Element, runs: list[tuple[str, str]], boxes: list[etree._Element]
    ) -> None:
        about = run.find(f"{W}rPr")
        named = None if about is None else about.find(f"{W}rStyle")
        style_id = "" if named is None else named.get(f"{W}val", "")
        text = "".join(_texts(run, boxes, self.left))
        if style_id in self._hiding or _is_on(about, "vanish"):
            self.left.hidden += bool(text.strip())
            return
        if _is_on(about, "caps"):
            text = text.upper()
        if text:
            runs.append((self._styles.get(style_id, plain(style_id)), text))


def plain(name: str) -> str:
    """A style's name as it is compared."""
    return "".join(name.lower().split())


def _plain(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return " ".join(f"{block.number} {block.text}".split())
    return " ".join(cell for row in block.rows for cell in row if cell)


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a tag, those in content controls and insertions too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _OPENED:
            yield from _children(child, tag)


def _texts(parent: etree._Element, boxes: list[etree._Element], left: Left) -> Iterator[str]:
    for child in parent:
        tag = str(child.tag)
        if tag == f"{W}t":
            yield child.text or ""
        elif tag in _BLANKS:
            yield _BLANKS[tag]
        elif tag == f"{W}sym":
            yield _symbol(child.get(f"{W}char", ""))
        elif tag == f"{_MC}AlternateContent":
            for choice in list(child)[:1]:  # the others show the same
                yield from _texts(choice, boxes, left)
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            inside = list(_boxes(child))
            boxes += inside
            if not inside:
                left.things.add("an embedded object" if tag.endswith("object") else "a picture")


def _boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a drawing, not those inside them."""
    for child in parent:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from (box for choice in list(child)[:1] for box in _boxes(choice))
        else:
            yield from _boxes(child)


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _is_on(about: etree._Element | None, name: str) -> bool:
    found = None if about is None else about.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "true") not in ("0", "false", "off")


def _styles(styles: etree._Element | None) -> tuple[dict[str, str], set[str]]:
    """Style id -> its name as it is compared; and the ids of those that hide their text."""
    names: dict[str, str] = {}
    hiding: set[str] = set()
    for style in () if styles is None else styles.iterfind(f"{W}style"):
        id, name = style.get(f"{W}styleId", ""), style.find(f"{W}name")
        names[id] = plain(id if name is None else name.get(f"{W}val", id))
        if _is_on(style.find(f"{W}rPr"), "vanish"):
            hiding.add(id)
    return names, hiding


_THINGS = {
    "vbaProject": "macros",
    "oleObject": "an embedded object",
    "package": "an embedded object",
    "control": "an ActiveX control",
    "aFChunk": "a document inside it",
    "comments": "comments",
}


def _thing(relation: Relation, names: Collection[str]) -> str | None:
    """What a relationship brings that is not read; links that only a click follows are none."""
    if relation.external:
        return None if relation.kind == "hyperlink" else "something to fetch from elsewhere"
    if relation.target.startswith(".."):
        return "a link out of the package"
    if (
        relation.kind not in _THINGS
        and relation.target not in names
        and relation.kind != "hyperlink"
    ):
        return "a link to a missing part"
    return _THINGS.get(relation.kind)
