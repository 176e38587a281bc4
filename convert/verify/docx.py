"""A Word document read back by its styles' names, with nothing but zipfile and lxml."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from convert.model.facts import Fact
from convert.model.ism import NAMESPACE
from convert.model.transcript import Entry, Transcript
from convert.verify.compare import Difference, Seen, differences

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOCUMENT = "word/document.xml"

_MEMBERS = 200
_PART_SIZE = 100_000_000
_SIZE = 300_000_000

_KINDS = {  # paragraph style -> kind of entry
    "cable paragraph": "paragraph",
    "cable paragraph continued": "paragraph",
    "cable comment": "paragraph",
    "cable item 1": "paragraph",
    "cable item 2": "paragraph",
    "cable item 3": "paragraph",
    "section heading": "heading",
    "preformatted text": "preformatted",
    "cable signature": "signature",
    "cable note": "note",
}


def check(data: bytes, expected: Transcript) -> list[Difference]:
    """Every difference between the document and its cable; empty if it says the same."""
    try:
        package = _Package(data)
        seen, line = _Reading(package).seen()
        seen = replace(seen, ism=package.block())
    except _UNREADABLE as problem:
        return [Difference("file", "a Word document", str(problem) or type(problem).__name__)]
    expected = replace(expected, facts=_title_first(expected.facts))
    found = list(differences(expected, seen))
    wanted = _telegram_line(expected.facts)
    return found if line == wanted else [*found, Difference("telegram line", wanted, line)]


def _title_first(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The document states the subject as its title, above the other facts."""
    return tuple(sorted(facts, key=lambda fact: fact.name != "Subject"))


def _telegram_line(facts: tuple[Fact, ...]) -> str:
    stated = {fact.name: " ".join(fact.value.split()) for fact in reversed(facts)}
    named = (stated.get("From"), stated.get("Message reference"))
    return " · ".join(["TELEGRAM", *filter(None, named)])


class _UnreadableError(Exception):
    """The file is no package that is safe to read."""


_UNREADABLE = (
    _UnreadableError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    EOFError,
    LookupError,  # a member that is missing
    NotImplementedError,  # a compression that zipfile does not know
    OSError,
    RuntimeError,  # an encrypted member
    StopIteration,  # no styles
    ValueError,
)


class _Package:
    """The members of a package, each parsed on demand and within limits."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        members = self._zip.infolist()
        if len(members) > _MEMBERS or sum(member.file_size for member in members) > _SIZE:
            raise _UnreadableError("more or larger members than a cable has")
        if len({member.filename.lower() for member in members}) < len(members):
            raise _UnreadableError("two members of one name")

    def part(self, name: str) -> etree._Element:
        """The root of a part."""
        with self._zip.open(name) as stream:
            data = stream.read(_PART_SIZE + 1)
        if len(data) > _PART_SIZE:
            raise _UnreadableError(f"{name} is too large")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise _UnreadableError(f"{name} has a DOCTYPE")
        return root

    def block(self) -> str:
        """The custom XML part that holds the block of markings; nothing where there is none."""
        names = [name for name in self._zip.namelist() if name.startswith("customXml/")]
        for name in names:
            if name.endswith(".xml") and self.part(name).tag == f"{{{NAMESPACE}}}markings":
                text = self._zip.read(name).decode("utf-8")
                return text.partition("?>")[2] if text.startswith("<?xml") else text
        return ""

    def targets(self, name: str) -> dict[str, str]:
        """Relationship id -> name of the member that it points to."""
        folder, base = posixpath.split(name)
        relations = self.part(f"{folder}/_rels/{base}.rels")
        return {
            relation.get("Id", ""): _member(folder, relation.get("Target", ""))
            for relation in relations.iter("{*}Relationship")
            if relation.get("TargetMode") != "External"
        }


def _member(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


@dataclass(slots=True)
class _Block:
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
        elif style == "field label" and leads:
            self.label += text
        else:
            self.words += text

    @property
    def all(self) -> str:
        """Everything in the paragraph, blanks folded."""
        return _folded(" ".join((self.number, self.mark, self.label, self.words)))


class _Reading:
    """One document, read into what it says."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._targets = package.targets(_DOCUMENT)
        self._document = package.part(_DOCUMENT)
        styles = next(t for t in self._targets.values() if posixpath.basename(t) == "styles.xml")
        self._styles = _style_names(package.part(styles))

    def seen(self) -> tuple[Seen, str]:
        """What the document says, and the small line above its title."""
        line, above = "", ""
        facts: list[Fact] = []
        entries: list[Entry] = []
        transmission: list[str] = []
        for block in self._blocks(self._document):
            if block.style == "telegram line":
                line = " ".join(filter(None, (line, block.all)))
            elif block.style == "subject":
                facts.append(Fact("Subject", block.all))
            elif block.style == "cable header":
                above = _folded(block.label) or above
                facts.append(Fact(above, _folded(block.words)))
            elif block.style == "transmission line":
                transmission.append(block.all)
            elif block.style in _KINDS:
                entries.append(_entry(block, _KINDS[block.style]))
            elif block.all and (block.style, block.all) != ("appendix heading", "Transmission"):
                entries.append(_entry(block, block.style))
        return Seen(self._banners(), tuple(facts), tuple(entries), tuple(transmission)), line

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
        if relation is None:
            return "no such page definition"
        blocks = self._blocks(self._package.part(self._targets[relation]))
        texts = [block.all for block in blocks if block.style == "banner"]
        return " | ".join(filter(None, texts)) or None

    def _blocks(self, root: etree._Element) -> Iterator[_Block]:
        for paragraph in root.iter(f"{_W}p"):
            block = _Block(self._style(paragraph, "pPr", "pStyle") or "normal")
            for run in paragraph.iter(f"{_W}r"):
                hidden = run.find(f"{_W}rPr/{_W}vanish") is not None
                if not hidden:
                    block.add(self._style(run, "rPr", "rStyle"), _text(run))
            yield block

    def _style(self, element: etree._Element, properties: str, style: str) -> str:
        named = element.find(f"{_W}{properties}/{_W}{style}")
        return "" if named is None else self._styles.get(named.get(f"{_W}val", ""), "")


def _style_names(styles: etree._Element) -> dict[str, str]:
    """Style id -> name: programs change ids, names they keep."""
    return {
        style.get(f"{_W}styleId", ""): name.get(f"{_W}val", "").lower()
        for style in styles.iterfind(f"{_W}style")
        if (name := style.find(f"{_W}name")) is not None
    }


def _entry(block: _Block, kind: str) -> Entry:
    return Entry(kind, _folded(block.number), _folded(block.mark), tuple(block.words.split()))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _text(run: etree._Element) -> str:
    """The characters that a run shows; deleted text and field codes are none."""
    return "".join(
        (child.text or "") if child.tag == f"{_W}t" else _BLANKS.get(str(child.tag), "")
        for child in run
    )


_BLANKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
