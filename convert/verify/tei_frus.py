"""Re-reads a document in the encoding of Foreign Relations; compares what that encoding holds.

That is: the classification in the source note, and of each block number, mark and words, in order.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.diagnostics import Code
from convert.model.transcript import Entry, Transcript
from convert.tree import etree
from convert.verify.compare import Difference, first_difference, marks_differences

_TEI = "{http://www.tei-c.org/ns/1.0}"
_NS = {"t": "http://www.tei-c.org/ns/1.0", "f": "http://history.state.gov/frus/ns/1.0"}
_MARK = f"{{{_NS['f']}}}classification"
_BLOCKS = frozenset({"p", "item", "table", "closer"})


def is_frus(root: etree._Element) -> bool:
    """Whether a document has the edition's encoding."""
    return _NS["f"] in root.nsmap.values()


def check(root: etree._Element, expected: Transcript) -> list[Difference]:
    """Where the document does not say what the cable says, as far as it can."""
    document = root if root.tag == f"{_TEI}div" else root.find(".//t:div[@type='document']", _NS)
    if document is None:
        return [Difference("file", "a document of the edition", str(root.tag))]
    found = list(_banner(document, expected))
    seen = list(_blocks(document))
    wanted = list(map(_told, expected.entries))
    found += marks_differences(
        [f"{n} {m}" for n, m, _ in wanted if m], [f"{n} {m}" for n, m, _ in seen if m]
    )
    found += first_difference("text", list(map(" ".join, wanted)), list(map(" ".join, seen)))
    return found


def _banner(document: etree._Element, expected: Transcript) -> Iterator[Difference]:
    note = document.find("t:head/t:note[@type='source']/f:classification", _NS)
    stated = _words(note).casefold() if note is not None else ""
    wanted = "; ".join(filter(None, (expected.banner or "").split("//"))).casefold()
    if stated != " ".join(wanted.split()):
        yield Difference("source note", wanted, stated, Code.BANNER_LOST)


def _told(entry: Entry) -> tuple[str, str, str]:
    return entry.label, entry.mark, entry.words


def _blocks(holder: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Each block: its label, its mark, its words."""
    label = ""
    for child in holder:
        name = str(child.tag).removeprefix(_TEI)
        if name == "list" and child.get("type") in ("subject", "references"):
            continue
        if name == "label":
            label = "".join(map(str, child.itertext()))
        elif name == "list":
            yield from _blocks(child)
        elif name == "closer":
            signed = child.find("t:signed", _NS)
            if signed is not None:
                yield "", "", _words(signed)
            for note in child.findall("t:note", _NS):
                yield "", "", _words(note)
        elif name in _BLOCKS:
            mark = child.find("f:classification", _NS)
            yield label, _words(mark) if mark is not None else "", _words(child)
            label = ""
            for inner in child.findall("t:list", _NS):
                yield from _blocks(inner)


def _words(element: etree._Element) -> str:
    """Its words, without those of its mark and of lists in it; of cells and lines each its own."""
    said = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEI}lb":
            said.append(" ")
        elif child.tag not in (_MARK, f"{_TEI}list"):
            said.append(_words(child))
            if child.tag in (f"{_TEI}cell", f"{_TEI}row"):
                said.append(" ")
        said.append(child.tail or "")
    return " ".join("".join(said).split())
