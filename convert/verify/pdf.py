"""A PDF read back as its readers read it, by eye and by structure, held against the cable.

By structure: heading, numbers, marks and words, as a screen reader takes them. By eye: pdfium must
see the same letters on each page, the banner first and last, above and below all else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from convert.diagnostics import Code
from convert.model import regex as re
from convert.model.data import replace
from convert.model.facts import Fact
from convert.model.transcript import Entry, Transcript
from convert.tree import etree
from convert.verify.compare import (
    Difference,
    Seen,
    differences,
    parted,
    stamp_differences,
    telegram_line,
)
from convert.verify.pdffile import Document, Node
from convert.verify.pdfium import Opened
from convert.verify.pdfpage import Page, Run, unescaped

_SURE_TO_FIT = 50  # characters of a mark and its first word that any line has room for
_POINTS = 0.01  # by which the sides of a page may differ: pdfium has them in single precision
_KINDS = {"heading": "heading", "preformatted": "lines", "table": "lines"}
_CODED = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_HYPHEN = re.compile("[\x02\ufffe]")  # what pdfium makes of a hyphen at the end of a line
_LIGATURES = str.maketrans({
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
})  # fmt: skip
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_OURS = "{urn:cable-convert:xmp:1.0/}"
_READ = (_OURS, _DC, _XMP)
# Property of the metadata: the heading's name of the same thing.
_STATED = {
    "messageReference": "Message reference",
    "captions": "Captions",
    "classifiedBy": "Classified by",
    "classificationReason": "Reasons",
    "derivedFrom": "Derived from",
    "declassifyOn": "Declassify",
    "tags": "TAGS",
    "banner": "Classification",
}


def check(data: bytes, expected: Transcript) -> list[Difference]:
    """Every banner and foot that differs, and the first difference of all else."""
    try:
        document = Document(data)
        elements, stated = document.elements, _properties(document)
        found = [
            *_banners(document.pages, expected),
            *_text(elements[0], expected, stated.get(f"{_OURS}markings", "")),
            *_parted(elements),
            *_unheard(document),
            *_disguised(elements),
            *_stated(document, stated, expected),
            *_seen_by_eye(data, document.pages),
            *_attached(document, expected),
        ]
    except (
        etree.LxmlError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
    ) as error:
        return [Difference("file", "a readable PDF", f"{type(error).__name__}: {error}")]
    return found


# --- banners and feet -----------------------------------------------------------------------------


def _banners(pages: list[Page], expected: Transcript) -> Iterator[Difference]:
    """Banner above and below all text of each page, the foot between text and lower banner."""
    banner = _folded(expected.banner or "")
    reference = next((f.value for f in expected.facts if f.name == "Message reference"), "")
    for number, page in enumerate(pages, start=1):
        heights = [run.y for content in page.marked.values() for run in content]
        top, bottom = max(heights, default=0.0), min(heights, default=page.size[1])
        upper = _strip(page, b"/Header")
        feet = _strip(page, b"/Footer")
        for kind, runs in page.artifacts:
            at = [run.y for run in runs] or [0.0]
            inside = max(at) >= bottom if b"/Footer" in kind else min(at) <= top
            if b"/Pagination" in kind and inside and runs:
                yield Difference(f"page {number}", "banners round the text", _said(runs))
        foot, lower = feet[:1], feet[1:]
        for place, strips in (("top", upper), ("bottom", lower)):
            said = _folded("".join(strips))
            if said != banner:
                where = f"page {number}, banner at the {place}"
                yield Difference(where, banner or "nothing", said or "nothing", Code.BANNER_LOST)
        wanted = _folded(f"{reference} Page {number} of {len(pages)}")
        if (said := _folded("".join(foot))) != wanted:
            yield Difference(f"page {number}, foot", wanted, said or "nothing")


def _strip(page: Page, kind: bytes) -> list[str]:
    """The text of the artifacts of a kind, in the order of the page."""
    return [_said(runs) for about, runs in page.artifacts if kind in about and runs]


def _said(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


# --- structure ------------------------------------------------------------------------------------


def _text(root: Node, expected: Transcript, block: str) -> Iterator[Difference]:
    """Opening line, title, heading, text and transmission, each by its elements."""
    kids = root.nodes()
    if kids and kids[0].kind == "Sect" and len(kids) > 1:
        stamps = [_folded(line.text()) for line in kids.pop(0).nodes()]
        yield from stamp_differences(stamps, list(map(_folded, expected.transmission)))
    reference, marking, subject = (
        next((fact.value for fact in expected.facts if fact.name == name), "")
        for name in ("Message reference", "Subject marking", "Subject")
    )
    opening = telegram_line(expected.facts)
    title = subject or reference or "Telegram"
    for kind, words in (("P", opening), ("H1", f"{marking} {title}")):
        found = kids.pop(0) if kids and kids[0].kind == kind else Node(kind)
        if _folded(found.text()) != _folded(words):
            yield Difference(
                {"P": "opening line", "H1": "title"}[kind], _folded(words), _folded(found.text())
            )
    facts = tuple(_facts(kids.pop(0))) if expected.facts and kids else ()
    entries, transmission = list[Entry](), list[str]()
    for kid in kids:
        if kid.kind == "Sect":
            heading, *lines = kid.nodes()
            if _folded(heading.text()) != "Transmission":
                yield Difference("transmission", "Transmission", heading.text())
            transmission += [_folded(line.text()) for line in lines]
        else:
            entries += _entries(kid)
    wanted = replace(
        expected,
        banner=None,
        facts=tuple(Fact(fact.name, _folded(fact.value)) for fact in expected.facts),
        entries=tuple(map(_alike, expected.entries)),
        transmission=tuple(map(_folded, expected.transmission)),
    )
    yield from differences(wanted, Seen((), facts, tuple(entries), tuple(transmission), block))


def _facts(table: Node) -> Iterator[Fact]:
    for row in table.nodes():
        heading, cell = row.nodes()
        name = _folded(heading.text())
        values = cell.nodes() or [cell]
        for value in values:
            yield Fact(name, _folded(value.text()))


def _entries(node: Node) -> Iterator[Entry]:
    """The blocks of the text that an element is or holds, in order."""
    if node.kind == "L":
        for item in node.nodes():
            label, body = item.nodes()
            first, *nested = body.nodes()
            yield _entry(first, "text", _folded(label.text()))
            for one in nested:
                yield from _entries(one)
    else:
        kind = {"H2": "heading", "Div": "lines", "Table": "lines"}.get(node.kind, "text")
        yield _entry(node, kind, "")


def _entry(node: Node, kind: str, label: str) -> Entry:
    mark = ""
    kids = node.kids
    if kids and isinstance(kids[0], Node) and kids[0].kind == "Span":
        mark, kids = _folded(kids[0].text()), kids[1:]
    text = "".join(kid.text if isinstance(kid, Run) else kid.text() for kid in kids)
    return Entry(kind, label, mark, _folded(text))


def _alike(entry: Entry) -> Entry:
    kind, words = _KINDS.get(entry.kind, "text"), entry.words
    if "[U+" in words:
        words = _folded(words)
    return Entry(kind, _folded(entry.label), _folded(entry.mark), words)


def _parted(elements: list[Node]) -> Iterator[Difference]:
    """The first mark whose text begins on another line."""
    for one in elements:
        if one.kids and isinstance(one.kids[0], Node) and one.kids[0].kind == "Span":
            mark = list(one.kids[0].runs())
            runs = one.runs() if one.kind in ("P", "H1") else iter(())
            behind = list(islice(runs, len(mark), len(mark) + 1))
            first = behind[0].text.split(" ")[0] if behind else ""
            said = "".join(run.text for run in mark)
            ends = {(run.page, run.y) for run in (*mark, *behind)}
            if len(said) + len(first) <= _SURE_TO_FIT and len(ends) > 1:
                yield parted(_folded(said), first)
                return


def _unheard(document: Document) -> Iterator[Difference]:
    """Words that the eye sees, and a screen reader never says."""
    for runs in document.unheard.values():
        if said := _folded(_said(runs)):
            yield Difference(f"page {runs[0].page + 1}, structure", "nothing", said)


def _disguised(elements: list[Node]) -> Iterator[Difference]:
    """Words that a screen reader would say instead of those that stand on the page."""
    typed = b"".join([one.typed for one in elements])
    for entry in (b"ActualText", b"Alt"):
        for one in elements if b"/" + entry in typed else ():
            if entry in one.about:
                yield Difference("structure", _folded(one.text()), _string(one.about[entry]))


# --- what the file says of itself -----------------------------------------------------------------


def _properties(document: Document) -> dict[str, str]:
    """The XMP packet: what each property says, by its full name."""
    packet = document.stream(document.catalog[b"Metadata"])
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(packet, parser)
    found: dict[str, str] = {}
    for about in root.iter(f"{_RDF}Description"):
        found.update({str(name): str(value) for name, value in about.attrib.items()})
        for one in about:
            if isinstance(one.tag, str) and one.tag.startswith(_READ):
                found[one.tag] = "".join(map(str, one.itertext()))
    return found


def _stated(
    document: Document, stated: dict[str, str], expected: Transcript
) -> Iterator[Difference]:
    """Title, dates and facts of the metadata: one with another, and with what the pages say."""
    for name, heading in _STATED.items():
        wanted = ", ".join(_folded(f.value) for f in expected.facts if f.name == heading)
        said = _folded(stated.get(_OURS + name, ""))
        if said != wanted:
            yield Difference(f"metadata, {name}", wanted or "nothing", said or "nothing")
    if b"Info" not in document.trailer:
        return
    info = document.dictionary(document.trailer[b"Info"])
    for entry, name in ((b"Title", f"{_DC}title"), (b"Subject", f"{_DC}description")):
        said, wanted = stated.get(name, "").strip(), _string(info.get(entry, b"<>"))
        if _folded(said) != _folded(wanted):
            yield Difference(f"metadata, {name}", wanted or "nothing", said or "nothing")
    for entry, name in ((b"CreationDate", "CreateDate"), (b"ModDate", "ModifyDate")):
        said = _instant(stated.get(f"{_XMP}{name}", ""))
        wanted = _instant(_string(info.get(entry, b"<>")))
        if said != wanted:
            yield Difference(f"metadata, {name}", wanted or "nothing", said or "nothing")


def _instant(said: str) -> str:
    """Year to second, of a date in either notation."""
    return "".join(filter(str.isdigit, said))[:14]


def _string(typed: bytes) -> str:
    """A text string, in hexadecimal or in brackets (ISO 32000-1, 7.9.2.2)."""
    if typed.startswith(b"("):
        units = unescaped(typed[1:-1])
    else:
        units = bytes.fromhex(typed.strip(b"<>").decode())
    if units.startswith(b"\xfe\xff"):
        return units[2:].decode("utf-16-be", "replace")
    return units.decode("latin-1")


def _attached(document: Document, expected: Transcript) -> Iterator[Difference]:
    """An attached TEI document must say what the cable says, too."""
    for number in re.findall(rb"\d+ \d+ R", document.catalog.get(b"AF", b"")):
        about = document.dictionary(number)
        stream = document.dictionary(about[b"EF"])[b"F"]
        if _string(about[b"UF"]).endswith(".xml"):
            from convert.verify.tei import check as check_tei

            for one in check_tei(document.stream(stream), expected):
                yield replace(one, where=f"attachment, {one.where}")


# --- by eye ---------------------------------------------------------------------------------------


def _seen_by_eye(data: bytes, pages: list[Page]) -> Iterator[Difference]:
    """The first page whose letters pdfium sees otherwise than the structure has them."""
    with Opened(data) as opened:
        if len(opened) != len(pages):
            yield Difference("file", f"{len(pages)} pages", f"{len(opened)} pages")
            return
        structured: str | None = None
        for number, page in enumerate(pages, start=1):
            size, text = opened.page(number - 1)
            if any(abs(a - b) > _POINTS for a, b in zip(size, page.size, strict=True)):
                yield Difference(f"page {number}, size", str(page.size), str(size))
                return
            seen = "".join(text.split())
            wanted = "".join("".join([run.text for run in page.runs]).split())
            if seen != wanted and (seen := _letters(seen)) != (wanted := _letters(wanted)):
                at = next(
                    (n for n, (a, b) in enumerate(zip(wanted, seen, strict=False)) if a != b),
                    min(len(wanted), len(seen)),
                )
                start = max(0, at - 20)
                told = wanted[start : at + 40], seen[start : at + 40]
                yield Difference(f"page {number}, as seen", *told)
                return
            for about, runs in page.artifacts:
                if b"/Pagination" in about or not runs:
                    continue
                structured = structured or _structured(pages)
                if (said := _folded(_said(runs))) not in structured:
                    yield Difference(f"page {number}", "nothing", said)
                    return


def _structured(pages: list[Page]) -> str:
    """All text with structure: what a table repeats on a page must stand there already."""
    return " ".join(_folded(_said(runs)) for page in pages for runs in page.marked.values())


def _letters(text: str) -> str:
    """Letters without what a reader of pages adds to them."""
    return _HYPHEN.sub("-", text).translate(_LIGATURES)


def _folded(text: str) -> str:
    """One blank between words; a code point in brackets is its character, on both sides."""
    text = " ".join(text.split())
    return text if "[U+" not in text else " ".join(_CODED.sub(_character, text).split())


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code <= 0x10FFFF else match[0]
