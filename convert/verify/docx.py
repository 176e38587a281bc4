"""A Word document read back by its styles' names, with nothing but the package."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from convert.errors import UnreadableError
from convert.model.data import Data, replace
from convert.model.facts import Fact
from convert.model.ism import NAMESPACE
from convert.model.transcript import Entry, Transcript
from convert.opc import RELATIONSHIPS, Limits, Package, plain
from convert.verify.compare import (
    Difference,
    Seen,
    differences,
    parted,
    stamp_differences,
    telegram_line,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = f"{{{RELATIONSHIPS}}}"
_PARAGRAPH, _RUN, _TEXT = f"{_W}p", f"{_W}r", f"{_W}t"
_PARAGRAPH_PROPERTIES, _PARAGRAPH_STYLE = f"{_W}pPr", f"{_W}pStyle"
_RUN_PROPERTIES, _RUN_STYLE, _HIDDEN = f"{_W}rPr", f"{_W}rStyle", f"{_W}vanish"
_VALUE = f"{_W}val"
_BLANKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_DOCUMENT = "word/document.xml"
_LIMITS = Limits(part=400_000_000, whole=1_000_000_000, ratio=None, tags=200_000_000)

_KINDS = {  # paragraph style -> kind of entry
    "cable paragraph": "paragraph",
    "cable paragraph continued": "paragraph",
    "cable summary": "paragraph",
    "cable comment": "paragraph",
    "cable item 1": "paragraph",
    "cable item 2": "paragraph",
    "cable item 3": "paragraph",
    "section heading": "heading",
    "preformatted text": "preformatted",
    "cable signature": "signature",
    "cable note": "note",
}
_ROWS = {
    "cable header", "classification line", "cable caption", "reference", "classification authority",
}  # fmt: skip
_TRANSMISSION = {
    "transmission line", "transmission line continued", "transmission page mark",
}  # fmt: skip
_TITLE = ("Subject", "Subject marking")
_JOINT = "\u2016"
_BREAKABLE = frozenset(" \t\n")


def check(data: bytes, expected: Transcript) -> list[Difference]:
    """Every difference between the document and its cable; empty if it says the same."""
    try:
        package = Package(data, _LIMITS)
        read = _Reading(package)
        seen = replace(read.seen(), ism=_block(package))
        carried = _custom(package)
    except UnreadableError as problem:
        return [Difference("file", "a Word document", problem.message)]
    expected = replace(
        expected,
        facts=_title_first(expected.facts),
    )
    found = list(differences(expected, seen))
    found += _stated("telegram line", telegram_line(expected.facts), read.line)
    found += stamp_differences(read.stamps, expected.transmission)
    found += read.parted[:1]
    found += _stated("property BannerLine", expected.banner or "", carried.get("BannerLine", ""))
    return found


def _stated(where: str, wanted: str, line: str) -> list[Difference]:
    return [] if line == wanted else [Difference(where, wanted, line)]


def _title_first(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The document states the subject as its title, above the other facts."""
    return tuple(sorted(facts, key=lambda fact: fact.name not in _TITLE))


def _block(package: Package) -> str:
    """The custom XML part that holds the block of markings; nothing where there is none."""
    for name in sorted(package.names):
        if name.startswith("customXml/item"):
            data = package.raw(name)
            if plain(data, name, _LIMITS).tag == f"{{{NAMESPACE}}}markings":
                text = data.decode("utf-8")
                return text.partition("?>")[2] if text.startswith("<?xml") else text
    return ""


def _custom(package: Package) -> dict[str, str]:
    """The custom properties of the package."""
    part = next((r.target for r in package.relations() if r.kind == "custom-properties"), None)
    if part is None:
        return {}
    return {
        each.get("name", ""): "".join(map(str, each.itertext())).strip()
        for each in package.plain(part).iterfind(".//{*}property")
    }


class _Paragraph(Data, frozen=False):
    """A paragraph as read: its style, and its characters by the style of their runs."""

    style: str
    number: str = ""
    mark: str = ""
    label: str = ""
    words: str = ""

    def add(self, style: str, text: str) -> None:
        """A run; a number, mark or label behind the first word is a word itself."""
        leads = not self.words.strip()
        if style == "paragraph number" and leads and not self.mark:
            self.number += text
        elif style == "portion mark" and leads:
            self.mark += text
            self.words = ""  # blanks in front of it
        elif style == "field label" and leads:
            self.label += text
        elif style != "page joint" or text.strip() != _JOINT:
            self.words += text

    @property
    def may_part(self) -> bool:
        """Whether a line can end inside the mark, or between it and the first word."""
        between = self.mark + self.words[:1]
        return bool(self.mark and self.words.strip()) and not _BREAKABLE.isdisjoint(between)

    @property
    def all(self) -> str:
        """Everything in the paragraph, blanks folded."""
        return _folded(" ".join((self.number, self.mark, self.label, self.words)))


class _Reading:
    """One document, read into what it says."""

    def __init__(self, package: Package) -> None:
        self._package = package
        relations = package.relations(_DOCUMENT)
        self._targets = {relation.id: relation.target for relation in relations}
        self._document = package.plain(_DOCUMENT)
        styles = [r.target for r in relations if posixpath.basename(r.target) == "styles.xml"]
        named = styles[0] if styles else "word/styles.xml"
        self._styles = _style_names(package.raw(named), named)
        self._margins: dict[bytes, str | None] = {}  # the banner of each header and footer
        self.line = ""  # the small line above the title
        self.stamps: list[str] = []
        self.parted: list[Difference] = []  # marks that may end a line, their text on the next

    def seen(self) -> Seen:
        """What the document says."""
        facts: list[Fact] = []
        entries: list[Entry] = []
        transmission: list[str] = []
        for block in self._body():
            if isinstance(block, _Paragraph) and block.may_part:
                self.parted.append(parted(_folded(block.mark), block.words.split()[0]))
            if isinstance(block, Entry):
                entries.append(block)
            elif block.style == "telegram line":
                self.line = " ".join(filter(None, (self.line, block.all)))
            elif block.style == "declassification stamp":
                self.stamps += [_folded(line) for line in block.words.split("\n")]
            elif block.style == "subject":
                facts.append(Fact("Subject", _folded(block.words)))
                if block.mark:
                    facts.append(Fact("Subject marking", _folded(block.mark)))
            elif block.style in _ROWS:
                facts += [Fact(_folded(block.label), line) for line in block.words.split("\n")]
            elif block.style in _TRANSMISSION:
                transmission.append(block.all)
            elif block.style in _KINDS:
                entries.append(_entry(block, _KINDS[block.style]))
            elif block.all and (block.style, block.all) != ("appendix heading", "Transmission"):
                entries.append(_entry(block, block.style))
        return Seen(self._banners(), tuple(facts), tuple(entries), tuple(transmission))

    def _banners(self) -> tuple[tuple[str, str | None], ...]:
        """The banner of each page definition; a later section inherits what it does not define."""
        found: dict[str, str | None] = {}
        sections = list(self._document.iter(f"{_W}sectPr"))
        for number, section in enumerate(sections, 1):
            for kind in ("header", "footer"):
                references = {
                    reference.get(f"{_W}type", "default"): reference.get(f"{_R}id", "")
                    for reference in section.iterfind(f"{_W}{kind}Reference")
                }
                for page in ("default", "first", "even"):
                    if page in references or number == 1:
                        place = f"{kind}, {page} page" + (f", section {number}" * (number > 1))
                        found[place] = self._banner(references.get(page))
        return tuple(found.items()) or (("sections", None),)

    def _banner(self, relation: str | None) -> str | None:
        if relation is None or relation not in self._targets:
            return "no such page definition"
        name = self._targets[relation]
        margin = self._package.raw(name)
        if margin not in self._margins:
            paragraphs = map(self._paragraph, plain(margin, name, _LIMITS).iter(_PARAGRAPH))
            texts = [block.all for block in paragraphs if block.style == "banner"]
            self._margins[margin] = " | ".join(filter(None, texts)) or None
        return self._margins[margin]

    def _body(self) -> Iterator[_Paragraph | Entry]:
        """The paragraphs in order, each table as the entry that it makes."""
        body = self._document.find(f"{_W}body")
        for element in () if body is None else body:
            if element.tag == f"{_W}tbl":
                cells = (self._paragraph(p).all for p in element.iter(_PARAGRAPH))
                yield Entry("table", "", "", _folded(" ".join(cells)))
            else:
                inside = element.iter(_PARAGRAPH)
                yield from map(self._paragraph, inside)

    def _paragraph(self, paragraph: Element) -> _Paragraph:
        properties = paragraph.find(_PARAGRAPH_PROPERTIES)
        block = _Paragraph(self._style(properties, _PARAGRAPH_STYLE) or "normal")
        for run in paragraph.iter(_RUN):
            style, text, hidden = "", "", False
            for child in run:
                if child.tag == _TEXT:
                    text += child.text or ""
                elif child.tag == _RUN_PROPERTIES:
                    style = style or self._style(child, _RUN_STYLE)
                    hidden = hidden or child.find(_HIDDEN) is not None
                else:  # deleted text and field codes are none that a run shows
                    text += _BLANKS.get(child.tag, "")
            if not hidden:
                block.add(style, text)
        return block

    def _style(self, properties: Element | None, name: str) -> str:
        named = None if properties is None else properties.find(name)
        return "" if named is None else self._styles.get(named.get(_VALUE, ""), "")


@lru_cache(maxsize=4)
def _style_names(styles: bytes, part: str) -> dict[str, str]:
    """Style id -> name, of a part that is the same in most files: ids change, names are kept."""
    return {
        style.get(f"{_W}styleId", ""): name.get(_VALUE, "").lower()
        for style in plain(styles, part, _LIMITS).iterfind(f"{_W}style")
        if (name := style.find(f"{_W}name")) is not None
    }


def _entry(block: _Paragraph, kind: str) -> Entry:
    return Entry(kind, _folded(block.number), _folded(block.mark), _folded(block.words))


def _folded(text: str) -> str:
    return " ".join(text.split())
