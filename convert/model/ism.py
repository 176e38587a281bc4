"""The markings of a cable as one block of XML, the same bytes in every output.

ISM attributes (``urn:us:gov:ic:ism``, Version 10) on one element for the document and one for each
mark. What ISM has no attribute for stands in the project's own namespace, since ISM-ID-00125
refuses foreign names in ISM's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from convert.model.cable import (
    Authority,
    Cable,
    ExecutiveOrder,
    Heading,
    Paragraph,
    Portion,
    Preformatted,
    Subject,
    Table,
)
from convert.model.data import fields
from convert.model.document import effective
from convert.model.facts import banner_text, canonical_id, captions, instant
from convert.model.marking import Level, Marking
from convert.model.text import escaped, folded, printable
from convert.model.walk import TEXT_PARTS, every, first, kept

NAMESPACE = "urn:cable-convert:markings"
ISM = "urn:us:gov:ic:ism"
_NOTE = (
    "Markings carried from the source, often historical; the toolkit gives no marking of its own."
)
_OURS = frozenset(
    {"joint", "cui", "cuiCategories", "legacyMarkings", "relAbbreviated", "entireText"}
)


@kept
def ism_block(cable: Cable) -> str:
    """The block, without an XML declaration, on lines of its own.

    ``target`` counts the blocks of the text from 1; a mark on a heading line names that line.
    ``raw`` is the mark as typed. A mark that cannot be read has no ISM attribute.
    """
    lines = [
        f'<markings xmlns="{NAMESPACE}" xmlns:m="{NAMESPACE}" xmlns:ism="{ISM}"'
        f"{''.join(_document(cable))}>",
        f"<note>{_NOTE}</note>",
        *(_portion(target, portion) for target, portion in _portions(cable)),
        "</markings>",
    ]
    return "\n".join(lines)


def _document(cable: Cable) -> Iterator[str]:
    yield ' ism:DESVersion="10" ism:resourceElement="true"'
    if sent := instant(cable):
        yield f' ism:createDate="{sent.date().isoformat()}"'
    if marking := effective(cable):
        yield from _attributes(marking)
    if authority := first(cable, Authority):
        yield from _stated("ism:classifiedBy", authority.name)
        yield from _stated("ism:classificationReason", " ".join(authority.reasons))
        yield from _stated("ism:derivedFrom", authority.derived_from)
    if order := first(cable, ExecutiveOrder):
        until = order.declassify_on
        yield from _stated("ism:declassDate", until.isoformat() if until else None)
        yield from _stated("m:declassify", order.event)
        yield from _stated("m:order", order.order)
    yield from _stated(
        "m:captions", " ".join(caption.replace(" ", "_") for caption in captions(cable))
    )
    yield from _stated("m:messageReference", canonical_id(cable))
    yield from _stated("m:banner", banner_text(cable))


def _portions(cable: Cable) -> Iterator[tuple[str, Portion]]:
    subject = next((line for line in every(cable, Subject) if line.portion), None)
    if subject and subject.portion:
        yield "subject", subject.portion
    blocks = (part for part in cable.parts if isinstance(part, TEXT_PARTS))
    for number, part in enumerate(blocks, start=1):
        if isinstance(part, Paragraph | Heading | Preformatted | Table) and part.portion:
            yield str(number), part.portion


def _portion(target: str, portion: Portion) -> str:
    attributes = "".join(_attributes(portion.marking)) if portion.marking else ""
    raw = printable(folded(portion.typed))
    return f'<portion target="{target}" raw="{escaped(raw)}"{attributes}/>'


def ism_attributes(marking: Marking | None) -> str:
    """What ISM itself says of a marking, as attributes; the toolkit's own are left out."""
    if marking is None:
        return ""
    return "".join(one for one in _attributes(marking) if one.startswith(" ism:"))


def document_attributes(cable: Cable) -> str:
    """What ISM says of the document as a whole, as attributes of its root."""
    wanted = (" ism:DESVersion", " ism:createDate", " ism:classification=", " ism:ownerProducer")
    lists = (" ism:diss", " ism:rel", " ism:disp", " ism:nonIC", " ism:nonUS", " ism:SCI")
    more = (" ism:SAR", " ism:atomic", " ism:FGI")
    return "".join(one for one in _document(cable) if one.startswith((*wanted, *lists, *more)))


@lru_cache(maxsize=1024)
def _attributes(marking: Marking) -> tuple[str, ...]:
    """One attribute for each field that says something."""
    return tuple(_said(marking))


def _said(marking: Marking) -> Iterator[str]:
    for name in fields(marking):
        value = getattr(marking, name)
        prefix = "m" if name in _OURS else "ism"
        if isinstance(value, Level):
            value = value.value
        elif isinstance(value, bool):
            value = "true" if value else ""
        elif isinstance(value, tuple):
            value = " ".join(value)
        yield from _stated(f"{prefix}:{name}", value)


def _stated(name: str, value: str | None) -> Iterator[str]:
    if value:
        yield f' {name}="{escaped(printable(folded(value)))}"'
