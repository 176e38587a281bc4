"""TEI elements, and values as TEI spells them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from lxml import etree

from convert.model.text import printable

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_GLOBAL = {"id": f"{{{_XML}}}id", "lang": f"{{{_XML}}}lang", "space": f"{{{_XML}}}space"}


def document() -> etree._Element:
    """An empty ``TEI``."""
    root = etree.Element(tag("TEI"), nsmap={None: _TEI})  # type: ignore[dict-item]
    root.set(_GLOBAL["lang"], "en")
    return root


def add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str | None
) -> etree._Element:
    """A new last child; attributes without a value are left out."""
    child = etree.SubElement(parent, tag(name))
    if text is not None:
        child.text = shown(text)
    for key, value in attributes.items():
        if value:
            child.set(_GLOBAL.get(key, key), " ".join(shown(value).split()))
    return child


def tag(name: str) -> str:
    """The name in the namespace of TEI."""
    return f"{{{_TEI}}}{name}"


def shown(text: str) -> str:
    """As every output shows it; the two blanks that XML does not know become common ones."""
    return printable(text).replace("\x0b", " ").replace("\x0c", " ")


def when(instant: datetime | None) -> str | None:
    """``2006-12-03T06:10:00Z``."""
    return f"{instant:%Y-%m-%dT%H:%M:%S}Z" if instant else None


def urn(canonical: str | None) -> str | None:
    """``urn:cable:06BAGHDAD4186``: a cable by its canonical id."""
    return f"urn:cable:{quote(canonical, safe='')}" if canonical else None
