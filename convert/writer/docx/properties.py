"""What a package says of its document: title and date are the cable's own, nobody is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from convert.model.cable import Cable, Table, TextPart
from convert.model.facts import instant
from convert.model.ism import NAMESPACE, ism_block
from convert.model.text import escaped, printable
from convert.model.transcript import Entry

EPOCH = datetime(1980, 1, 1)  # the first date that a zip archive can state
SKELETON = "urn:cable-convert:skeleton"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # user-defined: MS-OLEPS 2.25.3
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def core(cable: Cable, facts: Mapping[str, str]) -> str:
    """Title, language, reference and date (ECMA-376 part 2, clause 11)."""
    sent = f"{(instant(cable) or EPOCH).isoformat(timespec='seconds')[:19]}Z"
    reference = facts.get("Message reference", "")
    title = facts.get("Subject", reference)
    named = f"<dc:identifier>{escaped(reference)}</dc:identifier>" if reference else ""
    return (
        f'{_DECLARED}<cp:coreProperties xmlns:cp="{_PACKAGE}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title[:255])}</dc:title>{named}<dc:language>en-US</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{sent}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{sent}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def custom(
    cable: Cable,
    facts: Mapping[str, str],
    blocks: Sequence[tuple[TextPart, Entry]],
    typed: Sequence[str],
) -> str:
    """The properties that programs look at, each by itself; numbers below 2 are reserved.

    ``typed``: the lines of the transmission, of which a hash is kept.
    """
    banner = facts.get("Classification")
    values = {
        "Classification": banner.partition("//")[0] if banner else None,
        "BannerLine": banner,
        "cable.mrn": facts.get("Message reference"),
        "cable.portions": ";".join(_portions(blocks)),
        "cable.form": next((one.form for one in cable.forms if one.form != "docx"), None),
        "cable.transmission": _digest(" ".join(" ".join(typed).split())),
        "cable.source-sha256": cable.source.sha256,
    }
    stated = ((name, value) for name, value in values.items() if value)
    return "".join(
        f'<property xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
        f' fmtid="{_CUSTOM_FORMAT}" pid="{pid}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(stated, 2)
    )


def _portions(blocks: Sequence[tuple[TextPart, Entry]]) -> Iterator[str]:
    """``2=S//REL UK, AUS``: each labelled paragraph's mark, as typed."""
    for _, each in blocks:
        if each.label and each.mark:
            yield f"{each.label.rstrip('.')}={each.mark.strip('()')}"


def markings(cable: Cable) -> str:
    """The block of markings for programs; it holds marks, and none of the text."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ism_block(cable)}\n'


def skeleton(blocks: Sequence[tuple[TextPart, Entry]]) -> str:
    """What each block of the text is: kind, label, mark, and a hash of its words; no words."""
    told = "".join(_block(number, *each) for number, each in enumerate(blocks, 1))
    return f'{_DECLARED}<cable xmlns="{SKELETON}">{told}</cable>\n'


def _block(number: int, part: TextPart, each: Entry) -> str:
    label = f' label="{escaped(each.label)}"' if each.label else ""
    mark = f' mark="{escaped(each.mark)}"' if each.mark else ""
    words = each.words
    if isinstance(part, Table):  # what is drawn between the columns is in no cell
        cells = (printable(cell.text) for row in part.rows for cell in row.cells if cell)
        words = " ".join(" ".join(cells).split())
    return f'<block n="{number}" kind="{each.kind}"{label}{mark} words="{_digest(words)}"/>'


def _digest(words: str) -> str:
    """A hash of words, one blank between two of them."""
    return sha256(words.encode()).hexdigest()[:16]


def item(uri: str, number: int) -> str:
    """What names a custom XML part (22.5.2.1); the id is the same in every document."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        f'<ds:datastoreItem ds:itemID="{{7D1B5C32-6E0F-5F0A-9C1E-4CAB1E0C0DE{number}}}" '
        f'xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{uri}"/></ds:schemaRefs></ds:datastoreItem>'
    )


ITEMS = (NAMESPACE, SKELETON)
