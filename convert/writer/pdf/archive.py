"""What makes a file an archive's: its kind, metadata, colours, dates and attachments.

PDF/A-2a and PDF/A-3a: ISO 19005-2 and -3; PDF/A-4: ISO 19005-4; PDF/UA: ISO 14289-1 and -2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from convert.model.cable import Cable
from convert.model.data import Data
from convert.model.document import effective
from convert.model.facts import Fact, instant
from convert.model.ism import ism_block
from convert.model.text import escaped
from convert.templates import folder
from convert.writer.pdf.file import File, name, packed, shortened, stream, text

LANGUAGE = "en-US"
_TOOL = "cable-convert"
_SPACE = "urn:cable-convert:xmp:1.0/"


class Kind(Data):
    """A kind of file, and how it names itself."""

    version: str
    identity: str  # XMP properties
    output: str  # what its output intent is called
    is_pdf2: bool = False


KINDS = {
    "2a": Kind(
        "1.7", "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
        "<pdfuaid:part>1</pdfuaid:part>", "GTS_PDFA1",
    ),
    "3a": Kind(
        "1.7", "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
        "<pdfuaid:part>1</pdfuaid:part>", "GTS_PDFA1",
    ),
    "4f": Kind(
        "2.0", "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>"
        "<pdfaid:conformance>F</pdfaid:conformance>"
        "<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>", "GTS_PDFA1", is_pdf2=True,
    ),
}  # fmt: skip


class About(Data):
    """What the file says of itself, in the Info dictionary and in XMP alike."""

    title: str
    subject: str  # the message reference
    made: datetime | None  # None: nobody knows, and no clock is asked
    markings: str  # the block for programs
    facts: tuple[tuple[str, str], ...]  # classification facts by property


class Attachment(Data):
    """A file inside the file."""

    filename: str
    mime: str
    says: str
    data: bytes


def about(
    cable: Cable, stated: Iterable[Fact], title: str, reference: str, made: datetime | None
) -> About:
    """The facts of a cable; dates are the cable's own where no other is given."""
    found: dict[str, list[str]] = {}
    for fact in stated:
        if fact.name in _FACTS:
            found.setdefault(_FACTS[fact.name], []).append(" ".join(fact.value.split()))
    if sent := instant(cable):
        found["dateTimeGroup"] = [sent.strftime("%Y-%m-%dT%H:%M:%SZ")]
    if marking := effective(cable):
        found["classification"] = [marking.classification.title]
        if marking.releasableTo:
            found["releasableTo"] = [" ".join(marking.releasableTo)]
    facts = tuple((key, ", ".join(found[key])) for key in PROPERTIES if found.get(key))
    return About(
        shortened(title), shortened(reference), made or instant(cable), ism_block(cable), facts
    )


_FACTS = {
    "Message reference": "messageReference",
    "Classification": "banner",
    "Captions": "captions",
    "Classified by": "classifiedBy",
    "Reasons": "classificationReason",
    "Derived from": "derivedFrom",
    "Declassify": "declassifyOn",
    "TAGS": "tags",
}

PROPERTIES = {
    "banner": "The classification line that stands on every page",
    "classification": "The level of the classification line",
    "releasableTo": "Codes of the countries that the classification line releases to",
    "captions": "Captions of the cable",
    "classifiedBy": "Who classified the cable",
    "classificationReason": "Reasons for the classification, by section of the Executive Order",
    "derivedFrom": "What a derivative classification rests on",
    "declassifyOn": "When the classification ends, as typed",
    "messageReference": "The message reference number in one word",
    "dateTimeGroup": "When the cable was sent",
    "tags": "Traffic analysis by geography and subject",
    "markings": "All markings as ISM attributes, in XML",
}
"""The properties of the extension schema, and what each says (ISO 19005-2, 6.6.2.3)."""


def metadata(file: File, kind: Kind, facts: About) -> tuple[int, int | None]:
    """Adds the XMP packet and, where the kind has one, the Info dictionary; their numbers.

    The packet is not packed, so that any program can read it (ISO 16684-1).
    """
    packet = _xmp(kind, facts).encode()
    xmp = file.add(stream(packet, b"/Type/Metadata/Subtype/XML"))
    if kind.is_pdf2:
        return xmp, None
    entries = f"/Title{text(facts.title)}/Creator{text(_TOOL)}/Producer{text(_TOOL)}"
    if facts.subject:
        entries += f"/Subject{text(facts.subject)}"
    if facts.made:
        stamp = date(facts.made)
        entries += f"/CreationDate{stamp}/ModDate{stamp}"
    return xmp, file.add(f"<<{entries}>>".encode())


def date(made: datetime) -> str:
    """A date string, UTC (ISO 32000-1, 7.9.4)."""
    return f"(D:{made.astimezone(UTC):%Y%m%d%H%M%S}Z)"


def output_intent(file: File, kind: Kind) -> str:
    """Adds sRGB as what colours mean; the entry of the catalog."""
    profile = file.add(_profile())
    condition = "(sRGB IEC61966-2.1)"
    return (
        f"/OutputIntents[<</Type/OutputIntent/S/{kind.output}/OutputConditionIdentifier{condition}"
        f"/Info{condition}/DestOutputProfile {profile} 0 R>>]"
    )


@cache
def _profile() -> bytes:
    return packed((folder() / "srgb.icc").read_bytes(), b"/N 3")


def attach(file: File, attachments: Iterable[Attachment], made: datetime | None) -> str:
    """Adds files as the source of the document; the entries of the catalog.

    ISO 19005-3, 6.8 and annex E: the relationship, a MIME type, a description, a name in the tree.
    """
    named = []
    for one in sorted(attachments, key=lambda each: each.filename):
        changed = f"/ModDate{date(made)}" if made else ""
        checksum = hashlib.md5(one.data, usedforsecurity=False).hexdigest().upper()
        parameters = f"/Params<</Size {len(one.data)}{changed}/CheckSum<{checksum}>>>"
        head = f"/Type/EmbeddedFile/Subtype{name(one.mime)}{parameters}"
        held = file.add(packed(one.data, head.encode()))
        title = text(one.filename)
        number = file.add(
            f"<</Type/Filespec/F{title}/UF{title}/AFRelationship/Source/Desc{text(one.says)}"
            f"/EF<</F {held} 0 R/UF {held} 0 R>>>>".encode()
        )
        named.append((title, number))
    if not named:
        return ""
    names = "".join(f"{title}{number} 0 R " for title, number in named)
    all_of_them = " ".join(f"{number} 0 R" for _, number in named)
    return f"/AF[{all_of_them}]/Names<</EmbeddedFiles<</Names[{names}]>>>>"


def _xmp(kind: Kind, facts: About) -> str:
    """The packet: title, dates, kind, the facts and the block of markings."""
    stamps = ""
    if facts.made:
        stamp = facts.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        stamps = (
            f"<xmp:CreateDate>{stamp}</xmp:CreateDate>\n<xmp:ModifyDate>{stamp}</xmp:ModifyDate>\n"
        )
    subject = ""
    if facts.subject:
        subject = f"<dc:description>{_alternative(facts.subject)}</dc:description>\n"
    own = "\n".join(f"<cable:{key}>{escaped(value)}</cable:{key}>" for key, value in facts.facts)
    return _PACKET.format(
        space=_SPACE,
        identity=kind.identity,
        title=_alternative(facts.title),
        subject=subject,
        language=LANGUAGE,
        stamps=stamps,
        tool=_TOOL,
        own=own,
        markings=escaped(facts.markings),
        # PDF/A-4 takes any property that is well formed and has no such declarations.
        extension="" if kind.is_pdf2 else _EXTENSION,
    )


def _alternative(value: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escaped(value)}</rdf:li></rdf:Alt>'


_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" xmlns:cable="{space}">
{identity}
<dc:format>application/pdf</dc:format>
<dc:title>{title}</dc:title>
{subject}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{stamps}<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<pdf:Producer>{tool}</pdf:Producer>
{own}
<cable:markings>{markings}</cable:markings>
{extension}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def _schema(title: str, space: str, prefix: str, properties: Iterable[tuple[str, str, str]]) -> str:
    listed = "\n".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{key}</pdfaProperty:name>'
        f"<pdfaProperty:valueType>{type_}</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{says}</pdfaProperty:description></rdf:li>"
        for key, type_, says in properties
    )
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{space}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>\n{listed}\n</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


_UA = _schema(
    "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid",
    [("part", "Integer", "Part of ISO 14289")],
)  # fmt: skip
_CABLE = _schema(
    "Classification of a cable", _SPACE, "cable",
    [(key, "Text", says) for key, says in PROPERTIES.items()],
)  # fmt: skip
_EXTENSION = (
    f"<pdfaExtension:schemas><rdf:Bag>\n{_UA}\n{_CABLE}\n</rdf:Bag></pdfaExtension:schemas>\n"
)
