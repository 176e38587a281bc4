"""Several cables as one ``teiCorpus``: one set of taxonomies, and links from cable to cable."""

from __future__ import annotations

from collections.abc import Sequence

from convert.model.cable import Banner, Cable, Tags
from convert.model.facts import canonical_id
from convert.model.marking import Level
from convert.model.walk import every
from convert.writer.tei import prologue, transcribed, xml_id
from convert.writer.tei.header import CONVERTER, declare_characters
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.template import Template
from convert.writer.tei.xml import NAMESPACE, TOOL, Characters, Indented


def corpus(cables: Sequence[Cable], template: Template, *, is_ism: bool = False) -> bytes:
    """The corpus, its cables in the order given; ``is_ism``: with the attributes of ISM."""
    ids = _ids(cables)
    linked = {name: id_ for name, id_ in zip(map(canonical_id, cables), ids, strict=True) if name}
    for name in {name for name in linked if list(map(canonical_id, cables)).count(name) > 1}:
        del linked[name]  # which of several copies is meant, nobody can tell
    categories, characters = Categories(cables=linked), Characters()
    members = []
    for number, (cable, id_) in enumerate(zip(cables, ids, strict=True), 1):
        categories.next(f"c{number}.")
        one = transcribed(cable, template, categories, characters, is_ism=is_ism, id_=id_)
        members.append(one)
    header = Indented()
    _header(header, cables, template, categories, characters)
    begin = f'<teiCorpus xmlns="{NAMESPACE}">'
    whole = "\n".join([begin, *header.lines, *members, "</teiCorpus>\n"])
    return (prologue("cable-ism.rng" if is_ism else "cable.rng") + whole).encode()


def _ids(cables: Sequence[Cable]) -> list[str]:
    """An ``xml:id`` for each cable: its canonical id, or its number in the set."""
    ids: list[str] = []
    for number, cable in enumerate(cables, 1):
        own = xml_id(cable) or f"cable-{number}"
        ids.append(f"{own}-{number}" if own in ids else own)
    return ids


def _header(
    header: Indented,
    cables: Sequence[Cable],
    template: Template,
    categories: Categories,
    characters: Characters,
) -> None:
    read = [one.marking for cable in cables for one in every(cable, Banner) if one.marking]
    levels = {marking.classification for marking in read}
    top = max(levels, key=lambda level: level.rank, default=None)
    header.open("teiHeader")
    header.open("fileDesc")
    header.open("titleStmt")
    header.add("title", f"{len(cables)} telegrams" if len(cables) != 1 else "One telegram")
    header.extend(template.responsible)
    header.raw(CONVERTER)
    header.close()
    header.open("publicationStmt")
    header.extend(template.publisher)
    is_open = top in (None, Level.U)
    header.open(
        "availability", status="unknown" if is_open else "restricted",
        ana=f"#cls.{top.value}" if top else None,
    )  # fmt: skip
    words = f"The highest class on a banner here is {top.title}." if top else "No banner is known."
    header.add("p", f"Each telegram bears its own marking. {words}")
    header.extend(template.availability)
    header.close()
    header.close()
    header.raw("<sourceDesc><p>The sources are named with the telegrams.</p></sourceDesc>")
    header.close()
    header.open("encodingDesc")
    header.extend(template.project)
    categories.declare(header, any(tags.tags for cable in cables for tags in every(cable, Tags)))
    declare_characters(header, characters)
    header.close()
    header.open("revisionDesc")
    header.add("change", "Put together by cable-convert.", type="conversion", who=TOOL)
    header.close()
    header.close()
