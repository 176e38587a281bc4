"""A Word template made ready: checked, cleaned, its slots found. Done once for each template.

Only here is python-docx needed, and only for a template that was not compiled before: the result
lies in the user's cache, under a name made of the template, the version and this module.
"""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from typing import Any

from convert import __version__, cache, templates
from convert.writer.docx import package
from convert.writer.docx.package import Compiled


@once
def compiled(template: bytes | None) -> Compiled:
    """The template ready to fill; None is the house's own. UsageError if it cannot be used."""
    name = _named(templates.reference_parts() if template is None else [template])
    place = cache.place(f"{name}.docx")
    kept = cache.load(place)
    if kept is not None:
        with suppress(ValueError):  # damaged
            return package.load(kept)
    made = compile(templates.reference() if template is None else template)
    cache.keep(place, made)
    return package.load(made)


def _named(template: list[bytes]) -> str:
    told = (*template, __version__.encode(), *(Path(each).read_bytes() for each in _MADE_BY))
    return sha256(b"\0".join(sha256(each).digest() for each in told)).hexdigest()[:32]


_MADE_BY = (__file__, str(Path(__file__).with_name("template.py")))


def compile(template: bytes) -> bytes:
    """The template as a package with slots, by way of python-docx."""
    import docx
    from docx.opc.exceptions import OpcError

    from convert.errors import UsageError
    from convert.writer.docx.template import prepared

    ready = prepared(template)
    try:
        document: Any = docx.Document(io.BytesIO(ready.data))
        _open_body(document, house=template == templates.reference())
        _open_margins(document)
        _add_parts(document, ready.properties)
        saved = io.BytesIO()
        document.save(saved)
    except (OpcError, KeyError, ValueError, AttributeError) as error:
        raise UsageError(
            f"the template cannot be used: {error}",
            "Open it in a word processor and save it as .docx again.",
        ) from error
    return _repacked(saved.getvalue())


def _open_body(document: Any, *, house: bool) -> None:
    """The text goes, its last section stays; its first, even and other pages are told apart."""
    from docx.oxml.ns import qn

    from convert.tree import etree

    body = document.element.body
    section = body.get_or_add_sectPr()
    for child in list(body):
        if child is not section:
            body.remove(child)
    body.insert(0, etree.ProcessingInstruction("cable-body"))
    if house:
        size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
        section.replace(size, etree.ProcessingInstruction("cable-paper"))
        section.remove(margins)
    document.sections[0].different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True


def _open_margins(document: Any) -> None:
    """Six page definitions, each with one slot for the banner."""
    section = document.sections[0]
    for kind in ("header", "footer"):
        whole = getattr(section, kind)
        had_none = whole.is_linked_to_previous
        if had_none:
            whole.is_linked_to_previous = False
            for child in list(whole._element):
                whole._element.remove(child)
        _open_banner(whole._element, at_end=kind == "footer")
        for page in (f"first_page_{kind}", f"even_page_{kind}"):
            other = getattr(section, page)
            if other.is_linked_to_previous:
                other.is_linked_to_previous = False
                _copy(whole.part, other.part)
            else:
                _open_banner(other._element, at_end=kind == "footer")


def _copy(source: Any, target: Any) -> None:
    """One page definition as another: its elements, and the pictures that they name."""
    from copy import deepcopy

    for child in list(target._element):
        target._element.remove(child)
    for child in source._element:
        target._element.append(deepcopy(child))
    for relation in source.rels.values():
        to = relation.target_ref if relation.is_external else relation.target_part
        target.load_rel(relation.reltype, to, relation.rId, relation.is_external)


def _open_banner(margin: Any, *, at_end: bool) -> None:
    """The slot in the place of the paragraph in the style Banner, else at the paper's edge."""
    from docx.oxml.ns import qn

    from convert.tree import etree

    slot = etree.ProcessingInstruction("cable-banner")
    banners = [
        paragraph
        for paragraph in margin.iter(qn("w:p"))
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}[@{qn('w:val')}='Banner']") is not None
    ]
    if banners:
        banners[0].getparent().replace(banners[0], slot)
        for more in banners[1:]:
            more.getparent().remove(more)
    else:
        margin.insert(len(margin) if at_end else 0, slot)
    for text in list(margin.iter(qn("w:t"))):
        if text.text == "{reference}":
            run = text.getparent()
            run.getparent().replace(run, etree.ProcessingInstruction("cable-reference"))


def _add_parts(document: Any, properties: str) -> None:
    """The parts that each document has of its own, as slots."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    from convert.writer.docx.properties import ITEMS, item

    opened = document.part.package
    document.core_properties.title = ""

    def part(name: str, kind: str, text: str) -> Any:
        return Part(PackURI(name), kind, text.encode(), opened)

    opened.relate_to(
        part("/docProps/custom.xml", _CUSTOM, properties), RELATIONSHIP_TYPE.CUSTOM_PROPERTIES
    )
    for number, (uri, slot) in enumerate(zip(ITEMS, ("markings", "skeleton"), strict=True), 1):
        held = part(f"/customXml/item{number}.xml", "application/xml", package.slot(slot))
        about = part(f"/customXml/itemProps{number}.xml", _ITEM, item(uri, number))
        document.part.relate_to(held, RELATIONSHIP_TYPE.CUSTOM_XML)
        held.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


_OFFICE = "application/vnd.openxmlformats-officedocument"
_CUSTOM = f"{_OFFICE}.custom-properties+xml"
_ITEM = f"{_OFFICE}.customXmlProperties+xml"


def _repacked(saved: bytes) -> bytes:
    """The same members, the core properties a slot, nothing of when and where."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(saved)) as made:
        contents = [(name, made.read(name)) for name in made.namelist()]
    return package.zipped(
        (name, package.packed(package.slot("core").encode() if _is_core(name) else content))
        for name, content in contents
    )


def _is_core(name: str) -> bool:
    return name == "docProps/core.xml"
