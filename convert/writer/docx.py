"""Word: the cable in named styles, its banner at the top and bottom of every page.

The body is one XML string, parsed once; python-docx's own paragraphs would search the whole body
for each new one. Numbers and marks are literal text in runs of their own style: what any program
shows is what the source says, and ``verify.docx`` finds them again by the style's name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from convert import templates
from convert.diagnostics import Report
from convert.model.cable import (
    Cable,
    Heading,
    Note,
    Origin,
    Paragraph,
    PassageKind,
    Preformatted,
    Signature,
    Table,
    TextPart,
)
from convert.model.facts import Fact, banner_text, canonical_id, header_facts, instant
from convert.model.ism import NAMESPACE, ism_block
from convert.model.text import escaped, folded, printable
from convert.model.transcript import text_parts, transmission
from convert.model.walk import every, first, pieces, whole_lines, words
from convert.options import Options

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NBSP = "\u00a0"
_EPOCH = datetime(1980, 1, 1)  # the first date that a zip archive can state
_PAPER = {"letter": (12240, 15840), "a4": (11906, 16838)}  # twentieths of a point
_MARGIN = 1440
_MONO_SIZE = 18  # half-points, of the style Preformatted Text
_TEXT_NODE = 500_000  # characters; parsers refuse text nodes above 10 MB

_BARS = {  # banner's first words -> colour of the bar, colour of the words
    "TOP SECRET": ("FF8C00", "000000"),
    "SECRET": ("C8102E", "FFFFFF"),
    "CONFIDENTIAL": ("0033A0", "FFFFFF"),
    "UNCLASSIFIED": ("007A33", "FFFFFF"),
    "LIMITED OFFICIAL USE": ("007A33", "FFFFFF"),
}
_OTHER_BAR = ("404040", "FFFFFF")


class DocxWriter:
    """Writes Word documents."""

    name = "docx"
    suffix = ".docx"
    is_text = False

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The package; what XML cannot hold already stands as its code point."""
        document = deepcopy(_template())
        _fill_body(document, cable, options)
        _fill_banners(document, cable)
        _fill_properties(document, cable)
        return _packed(document)


@cache
def _template() -> Document:
    """The reference package, opened once per process."""
    root = templates.folder() / "docx"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                package.write(path, path.relative_to(root).as_posix())
    return docx.Document(stream)


# --- the body -------------------------------------------------------------------------------------


def _fill_body(document: Document, cable: Cable, options: Options) -> None:
    width, height = _PAPER[options.page]
    shown = _Shown(cable, (width - 2 * _MARGIN) / 20)
    xml = "".join(chain(_head(cable), shown.text(), _transmission(cable)))
    parsed: Any = parse_xml(f'<w:body xmlns:w="{_W}">{xml}</w:body>')
    body: Any = document.element.body
    page = body.sectPr.find(qn("w:pgSz"))
    page.set(qn("w:w"), str(width))
    page.set(qn("w:h"), str(height))
    body[:0] = list(parsed)


def _head(cable: Cable) -> Iterator[str]:
    origin = first(cable, Origin)
    line = ("TELEGRAM", printable(origin.name.text) if origin else None, canonical_id(cable))
    yield _paragraph("TelegramLine", _run(" · ".join(filter(None, line))))
    facts = header_facts(cable)
    if subject := _value(facts, "Subject"):
        yield _paragraph("Subject", _run(subject))
    above = None
    for fact in facts:
        if fact.name == "Subject":
            continue  # stands above as the title
        label = "" if fact.name == above else _run(fact.name, "FieldLabel")
        yield _paragraph("CableHeader", label + _TAB + _run(fact.value))
        above = fact.name


def _value(facts: tuple[Fact, ...], name: str) -> str:
    return next((fact.value for fact in facts if fact.name == name), "")


class _Shown:
    """The text of one cable as paragraphs of WordprocessingML."""

    def __init__(self, cable: Cable, width: float) -> None:
        self._parts = text_parts(cable)
        self._width = width  # of the type area, in points
        self._comments = [p.span for p in cable.passages if p.kind is PassageKind.COMMENT]

    def text(self) -> Iterator[str]:
        return map(self._block, self._parts)

    def _block(self, part: TextPart) -> str:
        match part:
            case Paragraph():
                return _paragraph(self._style(part), _marked(part))
            case Heading():
                return _paragraph("SectionHeading", _run(printable(part.title.text)))
            case Preformatted() | Table():
                return self._preformatted(part)
            case Signature():
                return _paragraph("CableSignature", _lines(part))
            case Note():
                return _paragraph("CableNote", _run(printable(words(part.lines))))

    def _style(self, part: Paragraph) -> str:
        if part.level:
            return f"CableItem{min(part.level, 3)}"
        if part.label is None:
            return "CableParagraphContinued"
        return "CableComment" if self._is_comment(part) else "CableParagraph"

    def _is_comment(self, part: Paragraph) -> bool:
        if not part.content:
            return False
        start, end = part.content[0].span.start, part.content[-1].span.end
        return any(span.start <= start and end <= span.end for span in self._comments)

    def _preformatted(self, part: Preformatted | Table) -> str:
        """Small enough that no line wraps: a monospaced character is 0.6 of its size wide."""
        longest = max(map(len, map(_unbroken, whole_lines(part.lines))), default=0)
        size = int(2 * self._width / (0.6 * max(longest, 1)))
        smaller = "" if size >= _MONO_SIZE else f'<w:sz w:val="{max(size, 6)}"/>'
        return _paragraph("PreformattedText", _lines(part, smaller))


def _marked(part: Paragraph) -> str:
    """Number, mark and words; a mark never parts from its first word at a line's end."""
    runs = []
    if part.label:
        runs += [_run(printable(part.label.typed), "ParagraphNumber"), _TAB]
    if part.portion:
        mark = printable(folded(part.portion.typed).replace(" ", _NBSP))
        runs += [_run(mark, "PortionMark"), _run(_NBSP)]
    runs.append(_run(printable(words(part.content))))
    return "".join(runs)


def _transmission(cable: Cable) -> Iterator[str]:
    lines = list(transmission(cable))
    if lines:
        yield _paragraph("AppendixHeading", _run("Transmission"))
    for line in lines:
        yield _paragraph("TransmissionLine", _run(_unbroken(line)))


def _lines(part: Preformatted | Table | Signature, properties: str = "") -> str:
    lines = map(printable, whole_lines(pieces(part)))
    runs = (_run(_unbroken(line), None, properties) for line in lines)
    return "<w:r><w:br/></w:r>".join(runs)


def _unbroken(line: str) -> str:
    """A typed line with its columns, without tabs and stray line ends."""
    return re.sub("[\n\v\f\r\x85\u2028\u2029]", " ", line.expandtabs(8))


# --- WordprocessingML -----------------------------------------------------------------------------

_TAB = "<w:r><w:tab/></w:r>"


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, style: str | None = None, properties: str = "") -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    about = f"<w:rPr>{named}{properties}</w:rPr>" if named or properties else ""
    return f"<w:r>{about}{_nodes(text)}</w:r>"


def _nodes(text: str) -> str:
    """The text in nodes that every parser takes."""
    starts = range(0, len(text), _TEXT_NODE)
    chunks = (escaped(text[start : start + _TEXT_NODE]) for start in starts)
    return "".join(f'<w:t xml:space="preserve">{chunk}</w:t>' for chunk in chunks)


# --- banners --------------------------------------------------------------------------------------


def _fill_banners(document: Document, cable: Cable) -> None:
    """The same banner in all six page definitions; without one the slots stay empty."""
    banner, reference = banner_text(cable), canonical_id(cable)
    for relation in document.part.rels.values():
        part = relation.target_part
        if isinstance(part, XmlPart) and relation.reltype in _MARGINS:
            for paragraph in part.element.iter(qn("w:p")):
                _fill_margin(paragraph, banner, reference)


_MARGINS = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)


def _fill_margin(paragraph: Any, banner: str | None, reference: str | None) -> None:
    style = paragraph.pPr.pStyle.val
    if style == "Banner" and banner:
        filled: Any = _fragment(_banner(banner))
        paragraph.getparent().replace(paragraph, filled)
    elif style == "footer" and reference:
        paragraph.insert(1, _fragment(_run(f"{reference}  ·  ")))


def _banner(banner: str) -> str:
    bar, ink = next((c for start, c in _BARS.items() if banner.startswith(start)), _OTHER_BAR)
    words_ = _run(banner, None, f'<w:color w:val="{ink}"/>')
    edge = f'w:val="single" w:sz="24" w:space="1" w:color="{bar}"'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Banner"/><w:pBdr><w:top {edge}/><w:bottom {edge}/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{bar}"/></w:pPr>'
        f"{words_}</w:p>"
    )


def _fragment(xml: str) -> Any:
    head, _, rest = xml.partition(">")
    return parse_xml(f'{head} xmlns:w="{_W}">{rest}')


# --- properties -----------------------------------------------------------------------------------


def _fill_properties(document: Document, cable: Cable) -> None:
    """Title and date are the cable's own; nobody and no machine is named."""
    core = document.core_properties
    core.title = _value(header_facts(cable), "Subject")[:255] or canonical_id(cable) or ""
    core.created = core.modified = instant(cable) or _EPOCH
    package = document.part.package
    assert package is not None
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, _custom(cable), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    block = Part(PackURI("/customXml/item1.xml"), "application/xml", _block(cable), package)
    about = Part(PackURI("/customXml/itemProps1.xml"), _ITEM_TYPE, _ITEM.encode(), package)
    document.part.relate_to(block, RELATIONSHIP_TYPE.CUSTOM_XML)
    block.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # user-defined: MS-OLEPS 2.25.3


_ITEM_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_ITEM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<ds:datastoreItem ds:itemID="{7D1B5C32-6E0F-5F0A-9C1E-4CAB1E0C0DE5}" '
    f'xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def _block(cable: Cable) -> bytes:
    """The block of markings for programs; it holds marks, and none of the text."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ism_block(cable)}\n'.encode()


def _custom(cable: Cable) -> bytes:
    banner = banner_text(cable)
    values = {
        "Classification": banner.partition("//")[0] if banner else None,
        "BannerLine": banner,
        "cable.mrn": canonical_id(cable),
        "cable.portions": ";".join(_portions(cable)),
        "cable.source-sha256": cable.source.sha256,
    }
    stated = [(name, value) for name, value in values.items() if value]
    properties = "".join(
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="{pid}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(stated, 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{properties}</Properties>"
    ).encode()


def _portions(cable: Cable) -> Iterator[str]:
    """``2=S//REL UK, AUS``: each labelled paragraph's mark, as typed."""
    for part in every(cable, Paragraph):
        if part.label and part.portion:
            mark = folded(part.portion.typed)
            yield printable(f"{part.label.typed.rstrip('.')}={mark.strip('()')}")


# --- the package ----------------------------------------------------------------------------------


def _packed(document: Document) -> bytes:
    """The package with no trace of when and where it was made."""
    saved, stream = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as made, zipfile.ZipFile(stream, "w") as package:
        for name in made.namelist():
            member = zipfile.ZipInfo(name, _EPOCH.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            package.writestr(member, made.read(name))
    return stream.getvalue()
