"""A TEI document to a cable, and what its header says otherwise than its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from convert.diagnostics import Code, Report
from convert.errors import UnreadableError
from convert.model import regex as re
from convert.model.cable import Cable, PassageKind, Source
from convert.model.data import replace
from convert.model.facts import banner_text, header_facts
from convert.model.span import Span
from convert.model.text import solid
from convert.reader.account import account
from convert.reader.decode import Decoded
from convert.reader.findings import remark
from convert.reader.forms import registry
from convert.reader.passages import passages
from convert.reader.read import Reading, dated_cable, understand
from convert.reader.tei.blocks import overlaid
from convert.reader.tei.editor import tell
from convert.reader.tei.places import file_map
from convert.reader.tei.text import TEI, Recovered, recover
from convert.tree import etree

_NS = {"t": TEI.strip("{}")}
_FILE = "t:teiHeader/t:fileDesc/t:sourceDesc/t:bibl[@type='telegram']/t:note[@type='file']"
_OPENING = 4096  # bytes in which the root element begins
_NAMESPACE = b"http://www.tei-c.org/ns/1.0"
_OURS = b">cable-convert</name>"
_ROOT = re.compile(rb"<(?:\w+:)?(?:TEI|teiCorpus)[\s>]")


def is_tei(data: bytes, *, asked: bool) -> bool:
    """Whether a file is a TEI document; unless asked for, one that this toolkit wrote.

    Other TEI has the form of an edition, which reads what it has as far as it says something.
    """
    opening = data[:_OPENING].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not opening.startswith(b"<") or _NAMESPACE not in opening:
        return False
    return bool(_ROOT.search(opening)) and (asked or _OURS in data.partition(b"</teiHeader>")[0])


def read_document(data: bytes, name: str | None) -> Reading:
    """The cable of a TEI document; its spans are places in the text that the document gives back.

    Raises UnreadableError for what is no XML, and where there is no text.
    """
    root = _parsed(data)
    text = root.find("t:text", _NS)
    if text is None:
        raise UnreadableError("a TEI document without a text", "A cable is read from its text.")
    report = Report()
    recovered = recover(text, _line_end(root))
    source = _source(root, data, name, recovered)
    decoded = Decoded(recovered.text, source.encoding)
    reading = understand(decoded, source.name, source.sha256, _form(root))
    cable = replace(reading.cable, source=source)
    parts, followed = overlaid(cable.parts, recovered.blocks, recovered.text)
    if followed:
        lost = Report()
        cable = _rebuilt(cable, parts, recovered.text, lost)
        for span in followed:
            report(Code.TEI_STRUCTURE, span, typed=span.of(recovered.text)[:60])
        remark(cable, recovered.text, report)
        found = [*report.findings, *lost.findings]
    else:
        found = [*reading.findings, *report.findings]
    more = Report()
    for element, place in recovered.strange:
        more(Code.TEI_STRANGE, Span(place, place + 1), element=element)
    tell(recovered.added, more)
    if _form(root):
        _changed(source, recovered.text, more)
        _passages(text, cable, recovered, more)
    _disagreements(root, cable, more)
    found = sorted((*found, *more.findings), key=lambda one: one.span.start if one.span else -1)
    places = file_map(data, root, recovered) if any(one.span for one in found) else None
    return Reading(cable, tuple(found), recovered.text, places)


def _parsed(data: bytes) -> etree._Element:
    # huge_tree: a cable of a thousand pages is one text; entities are refused, not resolved.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_pis=True,
        load_dtd=False, remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"no XML: {error}", "Correct it in an XML editor.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("a document type declaration", "A TEI cable has none: remove it.")
    if root.tag == f"{TEI}teiCorpus":
        found = root.findall(f".//{TEI}TEI")
        if len(found) != 1:
            told = f"a TEI corpus of {len(found)} cables"
            raise UnreadableError(told, "Convert and check read each; here, take one out of it.")
        return found[0]
    if root.tag != f"{TEI}TEI":
        raise UnreadableError(f"no TEI document: its root is {root.tag}", "Look at what made it.")
    return root


def _line_end(root: etree._Element) -> str:
    found = root.findtext(f"{_FILE}/t:term[@type='lineEnds']", None, _NS)
    return {"CRLF": "\r\n", "CR": "\r"}.get(found or "", "\n")


def _form(root: etree._Element) -> str | None:
    """The form that the source had, where it is one of plain text that is still known.

    None for a page or an edition: the text that comes back is not their file.
    """
    note = root.find(f"{_FILE}/../t:note[@type='form']", _NS)
    found = note.get("n") if note is not None else None
    is_plain = found in registry.BUILT_IN and found not in registry.MARKUP
    return found if is_plain else None


def _source(root: etree._Element, data: bytes, name: str | None, recovered: Recovered) -> Source:
    """The file that the TEI was made from, as its header says; the TEI itself where it does not."""
    file = root.find(_FILE, _NS)
    characters = solid(recovered.text)
    if file is None:
        return Source(name, "utf-8", hashlib.sha256(data).hexdigest(), characters)
    encoding = file.findtext("t:term[@type='encoding']", "utf-8", _NS)
    sha256 = file.findtext("t:idno[@type='sha256']", "", _NS)
    return Source(file.findtext("t:name", None, _NS), encoding, sha256, characters)


def _rebuilt(cable: Cable, parts: tuple[object, ...], text: str, lost: Report) -> Cable:
    cable = dated_cable(replace(cable, parts=parts))  # type: ignore[arg-type]
    return replace(cable, passages=passages(cable), blanks=account(cable, text, lost))


def _changed(source: Source, text: str, report: Report) -> None:
    """Told where the text is no longer that of the source, as far as its hash can tell."""
    if source.encoding == "utf-8" and source.sha256:
        data = text.encode("utf-8", "surrogatepass")
        if source.sha256 not in (_hash(data), _hash(b"\xef\xbb\xbf" + data)):
            report(Code.TEI_EDITED, None, name=source.name or "a stream")


def _passages(text: etree._Element, cable: Cable, recovered: Recovered, report: Report) -> None:
    """Passages that elements and words do not agree on; one over several blocks is no element."""
    marked = recovered.passages
    apart = {one.get("type") for one in text.iter(f"{TEI}spanGrp")}
    made = {
        one.span: one.kind.value
        for one in cable.passages
        if one.kind in _MARKED and (one.span in marked or one.kind.value not in apart)
    }
    for span in sorted(marked.keys() | made.keys()):
        tei, words = (kinds.get(span, "no passage") for kinds in (marked, made))
        if tei != words:
            typed = " ".join(span.of(recovered.text).split())[:60]
            report(Code.TEI_PASSAGE, span, tei=tei, words=words, typed=typed)


_MARKED = (PassageKind.SUMMARY, PassageKind.COMMENT, PassageKind.QUOTATION)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _disagreements(root: etree._Element, cable: Cable, report: Report) -> None:
    """Values of the header that are no longer those of the text: the text is followed."""
    header = root.find("t:teiHeader", _NS)
    if header is None:
        return
    facts = header_facts(cable)
    for name, path in _STATED:
        stated = [_folded(element) for element in _all(header, path)]
        told = [" ".join(fact.value.split()) for fact in facts if fact.name == name]
        if name == "TAGS":
            stated = [", ".join(stated)] if stated else []
        if stated and stated != told:
            found = {"name": name, "header": "; ".join(stated), "text": "; ".join(told)}
            report(Code.TEI_DISAGREES, None, **found)
    banner = banner_text(cable)
    for element in _all(header, ".//t:availability//t:seg[@type='banner']"):
        if _folded(element) != banner:
            found = {"header": _folded(element), "text": banner or "lost"}
            report(Code.TEI_BANNER, None, **found)


_STATED = (
    ("Message reference", "t:fileDesc/t:publicationStmt/t:idno[@type='messageReferenceNumber']"),
    ("From", ".//t:correspAction[@type='sent']/t:orgName"),
    ("TAGS", ".//t:keywords/t:term[@type='TAGS']"),
    ("Subject", "t:fileDesc/t:titleStmt/t:title[@type='main']"),
    ("Executive order", ".//t:bibl/t:note[@type='executiveOrder']"),
    ("Declassify", ".//t:bibl/*[@type='declassifyOn']"),
)


def _all(root: etree._Element, path: str) -> Iterator[etree._Element]:
    return iter(root.findall(path, _NS))


def _folded(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
