"""Re-reads a TEI document as any TEI reader would; shares nothing with the writer but the schema.

Each fact is read from the one element that states it; the text from ``front`` and ``body``. What a
pointer names must be there, a regular form must have the letters of the original, and the class of
a banner or mark must be the one that its words open with; and the document must be valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from convert.model.cable import Addressee
from convert.model.data import replace
from convert.model.facts import (
    Fact,
    addressee_in_words,
    date_in_words,
    reference_in_words,
)
from convert.model.span import Span
from convert.model.transcript import Entry, Transcript
from convert.tree import etree
from convert.verify import tei_frus
from convert.verify.compare import Difference, Seen, differences
from convert.verify.tei_rules import BETWEEN, TAXONOMY, all_of, faults, parsed, words_of

_TEI = "{http://www.tei-c.org/ns/1.0}"
_NS = {"t": "http://www.tei-c.org/ns/1.0"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NOWHERE = Span(0, 0)


def check(data: bytes, expected: Transcript) -> list[Difference]:
    """Where the document does not say what the cable says; empty if it does."""
    try:
        root = parsed(data)
        if tei_frus.is_frus(root):
            return tei_frus.check(root, expected)
        if root.tag != f"{_TEI}TEI":
            return [Difference("file", "a TEI document", str(root.tag))]
        seen = _seen(root, _names(root))
    except (etree.XMLSyntaxError, ValueError) as error:
        return [Difference("file", "a TEI document", str(error))]
    return [*differences(expected, replace(seen, ism=_block(data))), *faults(root)]


def check_corpus(data: bytes, expected: Sequence[Transcript]) -> list[Difference]:
    """Where a ``teiCorpus`` does not say what its cables say, in their order."""
    try:
        root = parsed(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        return [Difference("file", "a TEI corpus", str(error))]
    found = list(faults(root))
    members = root.findall("t:TEI", _NS)
    if len(members) != len(expected):
        found.append(Difference("corpus", f"{len(expected)} cables", str(len(members))))
    named = _names(root)
    blocks = data.split(b"<xenoData>")[1:]
    for number, (member, one, block) in enumerate(zip(members, expected, blocks, strict=False), 1):
        told = block.partition(b"</xenoData>")[0].decode("utf-8", "replace")
        seen = replace(_seen(member, named), ism=told)
        found += (
            replace(each, where=f"cable {number}: {each.where}") for each in differences(one, seen)
        )
    return found


def _block(data: bytes) -> str:
    """The block of markings, byte for byte."""
    _, _, rest = data.partition(b"<xenoData>")
    return rest.partition(b"</xenoData>")[0].decode("utf-8", "replace")


def _seen(root: etree._Element, named: dict[str, str]) -> Seen:
    text = _Text()
    for path in ("t:text/t:front", "t:text/t:body"):
        for holder in all_of(root, path):
            text.blocks(holder)
    banner = _one(root, "t:teiHeader//t:availability//t:seg[@type='banner']")
    return Seen(
        banners=(("availability", banner),),
        facts=tuple(Fact(name, value) for name, value in _facts(root, named) if value),
        entries=tuple(text.entries),
        transmission=tuple(text.transmission),
    )


# --- facts ----------------------------------------------------------------------------------------


def _facts(root: etree._Element, named: dict[str, str]) -> Iterator[tuple[str, str | None]]:
    file, profile = "t:teiHeader/t:fileDesc/", "t:teiHeader/t:profileDesc/"
    source, letter = f"{file}t:sourceDesc/t:bibl/", f"{profile}t:correspDesc"
    terms = f"{profile}t:textClass/t:keywords/t:term"
    yield (
        "Message reference",
        _one(root, f"{file}t:publicationStmt/t:idno[@type='messageReferenceNumber']"),
    )
    for sent in all_of(root, f"{profile}t:creation/t:date"):
        yield "Date", date_in_words(_instant(sent.get("when")), words_of(sent))
    yield "Precedence", ", ".join(_precedences(root, letter, named))
    yield "From", _one(root, f"{letter}/t:correspAction[@type='sent']/t:orgName")
    for action in all_of(root, f"{letter}/t:correspAction[@type='received']"):
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
    for reference in all_of(root, f"{letter}/t:correspContext/t:ref"):
        note = reference.getnext()
        typed = words_of(reference)
        if note is not None and note.get("type") == "reference":
            typed += f" ({words_of(note)})"
        yield "Reference", reference_in_words(reference.get("n"), typed)
    yield "Classified by", ", ".join(_each(root, f"{source}t:respStmt/t:persName/*"))
    yield "Reasons", _one(root, f"{source}t:note[@type='classificationReason']")
    yield "Derived from", _one(root, f"{source}t:note[@type='derivedFrom']")
    for note in all_of(root, f"{source}t:note[@type='archive']"):
        yield f"Archive {note.get('subtype')}", words_of(note)


def _instant(when: str | None) -> datetime | None:
    return datetime.fromisoformat(when).astimezone(UTC) if when else None


def _names(root: etree._Element) -> dict[str, str]:
    """The names of the precedences of a document or corpus."""
    path = f"{TAXONOMY}/t:category[starts-with(@xml:id, 'prec.')]"
    return {f"#{one.get(_ID)}": words_of(one) for one in all_of(root, path)}


def _precedences(root: etree._Element, letter: str, named: dict[str, str]) -> Iterator[str]:
    """The names of the categories that the letter points to."""
    for found in all_of(root, letter):
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
            found[-1][kind] = words_of(child)
    for told in found:
        yield Addressee(
            told["addressee"], told.get("routingIndicator"), told.get("office"),
            told.get("precedence"), told.get("number"), _NOWHERE,
        )  # fmt: skip


def _each(root: etree._Element, path: str) -> list[str]:
    return [words_of(found) for found in all_of(root, path)]


def _one(root: etree._Element, path: str) -> str | None:
    return next(iter(_each(root, path)), None)


# --- text -----------------------------------------------------------------------------------------

_FW = f"{_TEI}fw"
_BREAKS = frozenset({_FW, *(f"{_TEI}{name}" for name in ("lb", "pb", "milestone"))})
_UNSAID = frozenset(f"{_TEI}{name}" for name in ("label", "reg", "surplus"))
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
            elif kind == "table":
                self._entry("table", block)  # its rules are lines of the transmission
            elif block.get("type") in BETWEEN:
                continue
            elif kind == "ab" and block.get("type") in _KINDS:
                self._entry(_KINDS[str(block.get("type"))], block)
            elif kind in {"ab", "fw"}:
                self._lines(block)

    def _paragraph(self, block: etree._Element) -> None:
        label = mark = ""
        for owned in block.iterchildren(f"{_TEI}label"):
            if owned.get("type") == "portionMark":
                mark = words_of(owned)
            else:
                label = words_of(owned)
        self._entry("paragraph", block, label, mark)

    def _entry(self, kind: str, block: etree._Element, label: str = "", mark: str = "") -> None:
        """A block of the message: its words, without what a break left among them."""
        said: list[str] = []
        self._read(block, said.append, lambda: said.append(" "))
        self.entries.append(Entry(kind, label, mark, " ".join("".join(said).split())))

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
        is_paragraph = element.get("type") == "paragraph"
        for child in element:
            tag, kind = child.tag, child.get("type")
            is_left_out = kind in BETWEEN or child.get("subtype") == "inline"
            if "blank" in (kind, child.get("reason")):
                say(" ")
            elif is_left_out or tag in _UNSAID or (is_paragraph and kind in _OWN):
                pass
            elif tag in _BREAKS:
                end()
                if tag == _FW:
                    self._lines(child)
            else:
                self._read(child, say, end)
            say(child.tail or "")
