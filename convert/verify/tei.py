"""Re-reads a TEI document as any TEI reader would; shares nothing with the writer but the schema.

Each fact is read from the one element that states it; the text from ``front`` and ``body``. What a
pointer names must be there, a regular form must have the letters of the original, and the class of
a banner or mark must be the one that its words open with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from lxml import etree

from convert.model.cable import Addressee
from convert.model.facts import (
    Fact,
    addressee_in_words,
    date_in_words,
    reference_in_words,
)
from convert.model.span import Span
from convert.model.transcript import Entry, Transcript
from convert.verify.compare import Difference, Seen, differences

_TEI = "{http://www.tei-c.org/ns/1.0}"
_NS = {"t": "http://www.tei-c.org/ns/1.0"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NOWHERE = Span(0, 0)
_POINTERS = ("ana", "scheme", "corresp", "from", "to", "target")


def check(data: bytes, expected: Transcript) -> list[Difference]:
    """Where the document does not say what the cable says; empty if it does."""
    # huge_tree lifts limits that protect from hostile files: the bytes are our own output, and
    # neither entities nor the network can be reached.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
        if root.tag != f"{_TEI}TEI":
            return [Difference("file", "a TEI document", str(root.tag))]
        seen = _seen(root)
    except (etree.XMLSyntaxError, ValueError) as error:
        return [Difference("file", "a TEI document", str(error))]
    return [
        *differences(expected, replace(seen, ism=_block(data))),
        *_dangling(root), *_irregular(root), *_unresolved(root),
        *_misclassified(root),
    ]  # fmt: skip


def _block(data: bytes) -> str:
    """The block of markings, byte for byte."""
    _, _, rest = data.partition(b"<xenoData>")
    return rest.partition(b"</xenoData>")[0].decode("utf-8", "replace")


def _seen(root: etree._Element) -> Seen:
    text = _Text()
    for path in ("t:text/t:front", "t:text/t:body"):
        for holder in _all(root, path):
            text.blocks(holder)
    banner = _one(root, "t:teiHeader//t:availability//t:seg[@type='banner']")
    return Seen(
        banners=(("availability", banner),),
        facts=tuple(Fact(name, value) for name, value in _facts(root) if value),
        entries=tuple(text.entries),
        transmission=tuple(text.transmission),
    )


# --- facts ----------------------------------------------------------------------------------------


def _facts(root: etree._Element) -> Iterator[tuple[str, str | None]]:
    file, profile = "t:teiHeader/t:fileDesc/", "t:teiHeader/t:profileDesc/"
    source, letter = f"{file}t:sourceDesc/t:bibl/", f"{profile}t:correspDesc"
    terms = f"{profile}t:textClass/t:keywords/t:term"
    yield (
        "Message reference",
        _one(root, f"{file}t:publicationStmt/t:idno[@type='messageReferenceNumber']"),
    )
    for sent in _all(root, f"{profile}t:creation/t:date"):
        yield "Date", date_in_words(_instant(sent.get("when")), _words(sent))
    yield "Precedence", ", ".join(_precedences(root, letter))
    yield "From", _one(root, f"{letter}/t:correspAction[@type='sent']/t:orgName")
    for action in _all(root, f"{letter}/t:correspAction[@type='received']"):
        for addressee in _addressees(action):
            yield (action.get("subtype") or "").capitalize(), addressee_in_words(addressee)
    yield "Classification", _one(root, f"{file}t:publicationStmt/t:availability//t:seg")
    yield "Captions", ", ".join(_each(root, f"{terms}[@type='caption']"))
    for passing in _each(root, f"{letter}/t:note[@type='passing']"):
        yield "Passing", passing
    yield "Executive order", _one(root, f"{source}t:note[@type='executiveOrder']")
    yield "Declassify", _one(root, f"{source}*[@type='declassifyOn']")
    yield "TAGS", ", ".join(_each(root, f"{terms}[@type='TAGS']"))
    yield "Subject", _one(root, f"{file}t:titleStmt/t:title[@type='main']")
    yield "Subject marking", _one(root, f"{source}t:note[@type='subjectMarking']")
    for reference in _all(root, f"{letter}/t:correspContext/t:ref"):
        yield "Reference", reference_in_words(reference.get("n"), _words(reference))
    yield "Classified by", ", ".join(_each(root, f"{source}t:respStmt/t:persName/*"))
    yield "Reasons", _one(root, f"{source}t:note[@type='classificationReason']")
    yield "Derived from", _one(root, f"{source}t:note[@type='derivedFrom']")
    for note in _all(root, f"{source}t:note[@type='archive']"):
        yield f"Archive {note.get('subtype')}", _words(note)


def _instant(when: str | None) -> datetime | None:
    return datetime.fromisoformat(when).astimezone(UTC) if when else None


def _precedences(root: etree._Element, letter: str) -> Iterator[str]:
    """The names of the categories that the letter points to."""
    named = {
        f"#{category.get(_ID)}": _words(category)
        for category in _all(root, "t:teiHeader//t:taxonomy/t:category")
    }
    for found in _all(root, letter):
        for pointer in (found.get("ana") or "").split():
            yield named.get(pointer, pointer)


def _addressees(action: etree._Element) -> Iterator[Addressee]:
    """Each begins with its name; what follows belongs to it."""
    found: list[dict[str, str]] = []
    for child in action:
        kind = child.get("type") or ""
        if kind == "addressee":
            found.append({})
        if found:
            found[-1][kind] = _words(child)
    for told in found:
        yield Addressee(
            told["addressee"], told.get("routingIndicator"), told.get("office"),
            told.get("precedence"), told.get("number"), _NOWHERE,
        )  # fmt: skip


def _all(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path, namespaces=_NS)
    return [item for item in found if isinstance(item, etree._Element)] if found else []  # type: ignore[union-attr]


def _each(root: etree._Element, path: str) -> list[str]:
    return [_words(found) for found in _all(root, path)]


def _one(root: etree._Element, path: str) -> str | None:
    return next(iter(_each(root, path)), None)


def _words(element: etree._Element) -> str:
    return " ".join(_said(element).split())


def _said(element: etree._Element) -> str:
    """The text as typed: a regular form inside says nothing."""
    said = [element.text or ""]
    for child in element:
        if child.tag != f"{_TEI}reg":
            said.append(_said(child))
        said.append(child.tail or "")
    return "".join(said)


# --- text -----------------------------------------------------------------------------------------

_BREAKS = frozenset(f"{_TEI}{name}" for name in ("lb", "pb", "fw", "milestone"))
_OWN = frozenset({"paragraphNumber", "portionMark", "item"})
_KINDS = {"preformatted": "preformatted", "signature": "signature"}


class _Text:
    """Reads ``front`` and ``body`` in document order."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.transmission: list[str] = []

    def blocks(self, holder: etree._Element) -> None:
        """The blocks of a division."""
        for block in holder:
            kind = str(block.tag).removeprefix(_TEI)
            if kind == "div":
                self.blocks(block)
            elif kind == "p":
                self._paragraph(block)
            elif kind == "head":
                self._entry("heading", block)
            elif kind == "note":
                self._entry("note", block)
            elif kind == "closer":
                self._entry("signature", block)
            elif kind == "ab" and block.get("type") in _KINDS:
                self._entry(_KINDS[str(block.get("type"))], block)
            elif kind in {"ab", "fw"}:
                self._lines(block)

    def _paragraph(self, block: etree._Element) -> None:
        label = mark = ""
        for owned in block.iterchildren(f"{_TEI}label"):
            if owned.get("type") == "portionMark":
                mark = _words(owned)
            else:
                label = _said(owned)
        self._entry("paragraph", block, label, mark)

    def _entry(self, kind: str, block: etree._Element, label: str = "", mark: str = "") -> None:
        """A block of the message: its words, without what a break left among them."""
        said: list[str] = []
        self._read(block, said.append, lambda: said.append(" "))
        self.entries.append(Entry(kind, label, mark, tuple("".join(said).split())))

    def _lines(self, block: etree._Element) -> None:
        """A block of the transmission: each of its lines."""
        line: list[str] = []

        def end() -> None:
            if folded := " ".join("".join(line).split()):
                self.transmission.append(folded)
            line.clear()

        self._read(block, line.append, end)
        end()

    def _read(
        self, element: etree._Element, say: Callable[[str], None], end: Callable[[], None]
    ) -> None:
        """Text goes to ``say``, a break calls ``end``; a regular form says nothing."""
        say(element.text or "")
        for child in element:
            name = str(child.tag).removeprefix(_TEI)
            own = name in {"label", "reg"} or child.get("type") in _OWN
            if child.tag in _BREAKS and child.get("subtype") != "inline":
                end()
                if name == "fw":
                    self._lines(child)
            elif child.get("subtype") != "inline" and not own:
                self._read(child, say, end)
            say(child.tail or "")


# --- the document against itself ------------------------------------------------------------------


def _dangling(root: etree._Element) -> Iterator[Difference]:
    """Pointers to nothing in the document."""
    ids = {element.get(_ID) for element in root.iter() if element.get(_ID)}
    for element in root.iter():
        for name in _POINTERS:
            for pointer in (element.get(name) or "").split():
                if pointer.startswith("#") and pointer[1:] not in ids:
                    yield Difference(f"@{name}", "an xml:id of the document", pointer)


def _irregular(root: etree._Element) -> Iterator[Difference]:
    """Regular forms that are neither the letters of the original nor the code of its country."""
    for choice in root.iter(f"{_TEI}choice"):
        typed, regular = ("".join(_words(child).upper().split()) for child in choice)
        if regular not in {typed, _COUNTRIES.get(typed)}:
            yield Difference("choice", typed, regular)


_COUNTRIES = {"UK": "GBR", "U.K.": "GBR", "US": "USA", "U.S.": "USA"}


def _unresolved(root: etree._Element) -> Iterator[Difference]:
    """Portion marks whose typed values are missing from the marking of their paragraph."""
    for label in root.iter(f"{_TEI}label"):
        paragraph = label.getparent()
        if label.get("type") == "portionMark" and paragraph is not None:
            typed, resolved = label.get("ana") or "", paragraph.get("ana") or ""
            if not set(typed.split()) <= set(resolved.split()):
                yield Difference(f"@ana of {paragraph.get(_ID)}", typed, resolved)


def _misclassified(root: etree._Element) -> Iterator[Difference]:
    """Banners, marks and paragraphs whose class is not the one that the typed words open with."""
    levels = {
        f"#{category.get(_ID)}": str(category.get("n"))
        for category in _all(root, "t:teiHeader//t:category[@xml:id='cls']/t:category")
        if _words(category) == _TITLES.get(str(category.get("n")))
    }
    for banner in _all(root, "t:text//t:fw[@type='classification']"):
        words = "".join(_words(banner).upper().split())
        is_sure = words in _BANNERS or banner.find(f".//{_TEI}reg") is not None
        yield from _class_of(banner, _level_of_banner(words), is_sure, levels)
    for mark in _all(root, "t:text//*[@type='portionMark']"):
        words = _words(mark).upper().strip("()[] ")
        marked = [mark, mark.getparent()] if mark.tag == f"{_TEI}label" else [mark]
        for element in marked:
            if element is not None:
                yield from _class_of(element, _level_of_mark(words), words in _TITLES, levels)
    for paragraph in _all(root, "t:text//t:p[@ana][not(t:label[@type='portionMark'])]"):
        yield Difference("@ana of a paragraph without a mark", "", paragraph.get("ana") or "")


_TITLES = {
    "U": "UNCLASSIFIED", "R": "RESTRICTED", "C": "CONFIDENTIAL", "S": "SECRET", "TS": "TOP SECRET",
}  # fmt: skip
_BANNERS = {
    "UNCLAS": "U", "LIMITEDOFFICIALUSE": "U", "OFFICIALUSEONLY": "U", "SENSITIVEBUTUNCLASS": "U",
    "CUI": "U", "CONTROLLED": "U", "CONFIDENTIAL": "C", "SECRET": "S", "TOPSECRET": "TS",
}  # fmt: skip
_FOREIGN = {  # in this order: the one word holds the other
    "TOPSECRET": "TS", "SECRET": "S", "CONFIDENTIAL": "C", "RESTRICTED": "R", "UNCLASSIFIED": "U",
}  # fmt: skip
_MARKS = {
    "U": "U", "UNCLAS": "U", "UNCLASSIFIED": "U", "SBU": "U", "LOU": "U", "OUO": "U", "FOUO": "U",
    "CUI": "U", "C": "C", "CONFIDENTIAL": "C", "S": "S", "SECRET": "S", "TS": "TS", "TOP": "TS",
    "R": "R",
}  # fmt: skip
_NATO = {"CTS": "TS", "NS": "S", "NC": "C", "NR": "R", "NU": "U"}


def _level_of_banner(words: str) -> str | None:
    """The level that a banner's letters name, blanks left out, and stars and words before it."""
    words = words.lstrip("*").removeprefix("CLASSIFICATION:")
    if words.startswith("//"):
        owner_and_level = words[2:].partition("//")[0]
        return next((value for word, value in _FOREIGN.items() if word in owner_and_level), None)
    return next((value for word, value in _BANNERS.items() if words.startswith(word)), None)


def _level_of_mark(words: str) -> str | None:
    """The level that a mark's first words name; behind ``//`` the owner stands first."""
    if not words.startswith("//"):
        first, *_ = re.split(r"[^A-Z.]+", words, maxsplit=2)
        iso = re.fullmatch(r"[A-Z.]+-(TS|S|C|R|U)", words.partition("//")[0].strip())
        return iso[1] if iso and first not in _MARKS else _MARKS.get(first)
    named = re.findall(r"[A-Z]+", words[2:].partition("//")[0])
    if named and (nato := next((v for k, v in _NATO.items() if named[0].startswith(k)), None)):
        return nato
    return next((word for word in named if word in _TITLES), None)


def _class_of(
    element: etree._Element, level: str | None, is_sure: bool, levels: dict[str, str]
) -> Iterator[Difference]:
    """The one class that ``@ana`` names against ``level``; unless sure, it may name nothing."""
    pointers = (element.get("ana") or "").split()
    named = [levels.get(pointer, pointer) for pointer in pointers if pointer.startswith("#cls.")]
    if (pointers or is_sure) and (level is None or named != [level]):
        yield Difference(f"class of {_words(element)[:40]}", str(level), " ".join(named))
