"""What a house says of itself in every header: publisher, licence, wording, project.

The template is a ``teiHeader`` of TEI. Its elements go to their places; what the cable itself says
is put in by the writer, so a template may say nothing of that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from convert.errors import UsageError
from convert.model.data import Data
from convert.writer.tei.xml import NAMESPACE

if TYPE_CHECKING:
    from convert.tree import etree

_TEI = f"{{{NAMESPACE}}}"
_PLACES = {
    "publisher": (
        "fileDesc/publicationStmt",
        ("publisher", "distributor", "authority", "pubPlace", "date"),
    ),
    "responsible": (
        "fileDesc/titleStmt",
        ("editor", "sponsor", "funder", "principal", "respStmt"),
    ),
    "availability": ("fileDesc/publicationStmt/availability", ("licence", "p")),
    "project": ("encodingDesc", ("projectDesc",)),
}
_HINT = "See templates/house/tei/tei-header.xml of cable-convert for one that is complete."


class Template(Data):
    """Elements for their places in the header, as markup."""

    publisher: tuple[str, ...] = ("<publisher>The holder of this file</publisher>",)
    responsible: tuple[str, ...] = ()  # more respStmt, editor, funder
    availability: tuple[str, ...] = ()  # licence and p, behind what the cable itself says
    project: tuple[str, ...] = (
        "<projectDesc>",
        " <p>A telegram converted from its source by way of one representation.</p>",
        "</projectDesc>",
    )


@lru_cache(maxsize=8)
def read_template(data: bytes | None) -> Template:
    """The template of a house; UsageError, naming all that is wrong with it at once.

    It must name a publisher, and have nothing that has no place: what it says of markings, titles
    or dates would pass for what a cable says.
    """
    if data is None:
        return Template()
    root = _parsed(data)
    known: set[etree._Element] = {root}
    found: dict[str, list[etree._Element]] = {}
    for name, (path, elements) in _PLACES.items():
        found[name] = []
        at = root
        for step in path.split("/"):
            inner = at.find(f"{_TEI}{step}")
            if inner is None:
                break
            at = inner
            known.add(at)
        else:
            for each in elements:  # in the order that TEI asks for
                found[name] += at.findall(f"{_TEI}{each}")
    taken = {one for elements in found.values() for one in elements}
    wrong = [f"<{_name(one)}> has no place in it" for one in _strangers(root, known, taken)]
    if not any(_name(one) == "publisher" for one in found["publisher"]):
        wrong.insert(0, "it names no publisher")
    if wrong:
        raise UsageError(f"the TEI header template: {'; '.join(wrong)}", _HINT)
    return Template(
        _markup(found["publisher"]), _markup(found["responsible"]), _markup(found["availability"]),
        _markup(found["project"]) or Template().project,
    )  # fmt: skip


def _parsed(data: bytes) -> etree._Element:
    from convert.tree import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"the TEI header template is no XML: {error}", _HINT) from error
    if root.tag != f"{_TEI}teiHeader":
        raise UsageError(f"the TEI header template is a {_name(root)}, no teiHeader", _HINT)
    return root


def _strangers(
    root: etree._Element, known: set[etree._Element], taken: set[etree._Element]
) -> list[etree._Element]:
    """Elements that would be lost."""
    strange: list[etree._Element] = []
    for holder in known:
        strange += [one for one in holder if one not in known and one not in taken]
    order = {one: number for number, one in enumerate(root.iter())}
    return sorted(strange, key=lambda one: order[one])


def _markup(elements: list[etree._Element]) -> tuple[str, ...]:
    """The elements as text, one a line, in the namespace that stands around them."""
    from convert.tree import etree

    write: Callable[..., str] = etree.tostring
    told = []
    for one in elements:
        one.tail = None
        whole = write(one, encoding="unicode").replace(f' xmlns="{NAMESPACE}"', "")
        told.append(" ".join(whole.split()))
    return tuple(told)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
