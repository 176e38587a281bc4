"""A Word template looked through before it is used: what it lacks, and what must not stay in it.

Styles are found by their names; their ids become the names without blanks, as converters make them.
The text of a template, its macros, remote templates, properties and editing history go; the looks
of its pages stay: styles, theme, fonts, headers and footers with their pictures.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from convert.errors import UnreadableError, UsageError
from convert.model.data import Data
from convert.opc import Package, parsed
from convert.tree import etree
from convert.writer.docx import package
from convert.writer.docx.wml import W

_W = f"{{{W}}}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"

STYLES = {
    "paragraph": (
        "Banner", "Declassification Stamp", "Telegram Line", "Subject", "Cable Header",
        "Classification Line", "Cable Caption", "Reference", "Classification Authority",
        "Section Heading", "Cable Paragraph", "Cable Paragraph Continued", "Cable Item 1",
        "Cable Item 2", "Cable Item 3", "Cable Summary", "Cable Comment", "Preformatted Text",
        "Cable Table Text", "Cable Signature", "Cable Note", "Appendix Heading",
        "Transmission Line", "Transmission Line Continued", "Transmission Page Mark",
    ),
    "character": ("Portion Mark", "Paragraph Number", "Field Label", "Excision", "Page Joint"),
    "table": ("Cable Table",),
}  # fmt: skip

# What a document part may lean on; everything else belongs to the text that goes.
_KEPT = {
    "styles", "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer",
    "footnotes", "endnotes",
}  # fmt: skip
_KEPT_OF_PACKAGE = {
    "officeDocument", "core-properties", "extended-properties", "classificationlabels",
}  # fmt: skip
_NAMING = {f"{_W}{tag}" for tag in (
    "pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink",
)}  # fmt: skip
_SETTINGS_THAT_GO = (
    "attachedTemplate", "rsids", "mailMerge", "docVars", "updateFields", "documentType",
    "revisionView", "trackRevisions", "proofState", "saveThroughXslt", "attachedSchema",
)  # fmt: skip
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_OFFICE}/extended-properties">'
    "<Application>cable-convert</Application></Properties>"
)


class Prepared(Data):
    """A template without what must go, and its own properties with a slot behind them."""

    data: bytes
    properties: str


def prepared(data: bytes) -> Prepared:
    """The template cleaned. UsageError names every style that is missing."""
    try:
        opened = Package(data)
        main = opened.main()
        return _prepared(opened, main)
    except UnreadableError as error:
        raise UsageError(
            error.message.replace("this Word file is not read", "the template cannot be used"),
            "Name a .docx file; templates and files with macros must be saved as .docx.",
        ) from error


def _prepared(opened: Package, main: str) -> Prepared:
    about = {relation.kind: relation.target for relation in opened.relations(main)}
    styles = about.get("styles")
    if styles is None:
        raise UsageError("the template has no styles", "Start from the house's reference.docx.")
    ids = _style_ids(opened.xml(styles))
    kept = dict(_reached(opened, main))
    kept["[Content_Types].xml"] = _content_types(opened, set(kept))
    members: list[tuple[str, bytes]] = []
    for name, content in kept.items():
        if name == "docProps/app.xml":
            content = _APPLICATION.encode()
        elif name.startswith("word/") and name.endswith(".xml"):
            content = _cleaned(content, name, ids, settings=name == about.get("settings"))
        members.append((name, content))
    zipped = package.zipped((name, package.packed(content)) for name, content in members)
    stated = (r.target for r in opened.relations() if r.kind == "custom-properties")
    own = next((opened.raw(name) for name in stated if name in opened.names), None)
    return Prepared(zipped, _properties(own))


def _style_ids(styles: etree._Element) -> dict[str, str]:
    """Each id of a style that the writer names -> its name without blanks."""
    named = {
        (style.get(f"{_W}type", "paragraph"), (name.get(f"{_W}val") or "").lower()): style.get(
            f"{_W}styleId", ""
        )
        for style in styles.iterfind(f"{_W}style")
        if (name := style.find(f"{_W}name")) is not None
    }
    wanted = [(kind, name) for kind, names in STYLES.items() for name in names]
    missing = [name for kind, name in wanted if (kind, name.lower()) not in named]
    if missing:
        raise UsageError(
            f"the template lacks {len(missing)} styles: {', '.join(missing)}",
            "Add styles of these names; the house's reference.docx has all of them.",
        )
    return {named[kind, name.lower()]: name.replace(" ", "") for kind, name in wanted}


def _reached(opened: Package, main: str) -> Iterator[tuple[str, bytes]]:
    """The package's relationships and every member that may stay, each once."""
    yield "_rels/.rels", _relations(opened, "", _KEPT_OF_PACKAGE)
    waiting = [r.target for r in opened.relations() if r.kind in _KEPT_OF_PACKAGE]
    used = {
        value
        for reference in opened.xml(main).iter(f"{_W}headerReference", f"{_W}footerReference")
        for value in reference.attrib.values()
    }
    done: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in done or name not in opened.names:
            continue
        done.add(name)
        yield name, opened.raw(name)
        folder, base = posixpath.split(name)
        if name == main:
            members = [
                r for r in opened.relations(name)
                if r.kind in _KEPT and (r.kind not in ("header", "footer") or r.id in used)
            ]  # fmt: skip
            yield f"{folder}/_rels/{base}.rels", _relations(opened, name, {r.id for r in members})
        elif base.startswith(("header", "footer", "numbering", "theme")):
            members = [r for r in opened.relations(name) if not r.external and r.kind in _PICTURES]
            if members:
                only = _relations(opened, name, {r.id for r in members})
                yield f"{folder}/_rels/{base}.rels", only
        else:
            continue
        waiting += [relation.target for relation in members]


_PICTURES = {"image"}


def _relations(opened: Package, name: str, kept: set[str]) -> bytes:
    """The relationships of a part, only those whose id or kind stays."""
    folder, base = posixpath.split(name)
    root = opened.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
    for relation in list(root):
        kind = relation.get("Type", "").rpartition("/")[2]
        external = relation.get("TargetMode") == "External"
        if external or not ({relation.get("Id", ""), kind} & kept):
            root.remove(relation)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types(opened: Package, kept: set[str]) -> bytes:
    root = opened.xml("[Content_Types].xml")
    for override in root.findall("{*}Override"):
        name = override.get("PartName", "").lstrip("/")
        if name not in kept:
            root.remove(override)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cleaned(content: bytes, name: str, ids: dict[str, str], *, settings: bool) -> bytes:
    """A part with the ids of the house, without comments, blanks of layout and history."""
    root = parsed(content, name)
    if root.nsmap.get("w", W) != W:
        raise UsageError("the template is no ordinary .docx", "Save it in Word as .docx.")
    for element in root.iter("*"):
        for attribute in [key for key in element.attrib if str(key).startswith(f"{_W}rsid")]:
            del element.attrib[attribute]
        if element.tag in _NAMING:
            value = element.get(f"{_W}val", "")
            element.set(f"{_W}val", ids.get(value, value))
        elif element.tag == f"{_W}style":
            value = element.get(f"{_W}styleId", "")
            element.set(f"{_W}styleId", ids.get(value, value))
    etree.strip_tags(root, etree.Comment)
    if settings:
        _settle(root)
    bare = etree.fromstring(etree.tostring(root), etree.XMLParser(remove_blank_text=True))
    return etree.tostring(bare, xml_declaration=True, encoding="UTF-8", standalone=True)


def _settle(settings: etree._Element) -> None:
    """No history, nothing fetched or asked on opening; compatibility mode 15 (Word 2013 on)."""
    for tag in _SETTINGS_THAT_GO:
        for element in settings.findall(f"{_W}{tag}"):
            settings.remove(element)
    for setting in settings.iter(f"{_W}compatSetting"):
        if setting.get(f"{_W}name") == "compatibilityMode":
            setting.set(f"{_W}val", "15")


def _properties(content: bytes | None) -> str:
    """The template's own properties, its labels among them, with a slot for the document's."""
    properties = f"{_OFFICE}/custom-properties"
    kept = ""
    if content is not None:
        for number, each in enumerate(parsed(content, "docProps/custom.xml"), 20):
            each.set("pid", str(number))  # below stand the document's own
            kept += etree.tostring(each, encoding="unicode").strip()
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{properties}">{kept}{package.slot("properties")}</Properties>'
    )
