"""What a file says of itself beside its text, held against the text: the text is what counts.

A mark, number or banner that the file's own record has otherwise is an error: somebody changed one
of the two. Words that were changed are what an editor does, and only told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from html import unescape
from itertools import zip_longest

from convert.diagnostics import Code, Report, Severity
from convert.model import regex as re
from convert.model.cable import Cable, Source
from convert.model.data import Data, field
from convert.model.facts import banner_text, header_facts
from convert.model.ism import NAMESPACE, ism_block
from convert.model.text import folded
from convert.model.transcript import Entry, entry, text_parts, transmission
from convert.model.walk import TEXT_PARTS, span_of
from convert.opc import Package
from convert.reader.forms.docx.numbers import whole
from convert.reader.forms.docx.own import Block, Carried, Own, digest
from convert.reader.forms.docx.story import Story

_BANNER = "banner"
_SKELETON = "{urn:cable-convert:skeleton}cable"


class Record(Data, frozen=False):
    """What a file says of itself."""

    blocks: dict[int, Carried] = field(default_factory=dict)
    markings: str = ""  # the block for programs
    properties: dict[str, str] = field(default_factory=dict)


def record(package: Package) -> Record:
    """The file's record; parts are found by what is in them, programs rename them."""
    found = Record()
    for name in sorted(package.names):
        if not (name.startswith("customXml/") and name.endswith(".xml")):
            continue
        root = package.xml(name)
        if root.tag == f"{{{NAMESPACE}}}markings":
            found.markings = package.raw(name).decode("utf-8", "replace").rpartition("?>")[2]
        elif root.tag == _SKELETON:
            for block in root:
                told = (block.get(name, "") for name in ("kind", "label", "mark", "words"))
                found.blocks[whole(block.get("n"))] = Carried(*told)
    for relation in package.relations():
        if relation.kind == "custom-properties" and relation.target in package.names:
            for each in package.xml(relation.target).iter("{*}property"):
                value = "".join(map(str, each.itertext())).strip()
                found.properties[each.get("name", "")] = value
    return found


def banners(story: Story) -> list[str]:
    """What stands above and below the pages as their banner, each once."""
    margins = (story.margins(kind) for kind in ("header", "footer"))
    shown = (p for pages in margins for page in pages.values() for p in page if p.style == _BANNER)
    return [*dict.fromkeys(folded(paragraph.text) for paragraph in shown)]


def compare(own: Own, kept: Record, story: Story, report: Report) -> None:
    """Tell where the file does not say the same everywhere."""
    before = len(report.findings)
    cable = Cable(Source(None, "docx", "", 0), (), own.parts)
    if own.above and own.above[0] in (shown := banners(story)):
        _differ(report, "the banner among the lines of the transmission", "", shown[0])
    _banners(cable, kept, story, report)
    _heading(cable, own, report)
    _blocks(own.blocks, kept, report)
    _transmission(cable, kept, report)
    _portions(cable, kept, report)
    if kept.markings and len(report.findings) == before:
        ours, theirs = ism_block(cable).split("\n"), kept.markings.strip().split("\n")
        for mine, other in zip_longest(ours, theirs, fillvalue=""):
            if mine != other:
                _differ(report, *_in_words(mine, other))
                return


_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def _in_words(mine: str, other: str) -> tuple[str, str, str]:
    """Where two lines of the block of markings differ, and what each of them says there."""
    ours, theirs = dict(_ATTRIBUTE.findall(mine)), dict(_ATTRIBUTE.findall(other))
    target = ours.get("target") or theirs.get("target")
    place = f", {f'block {target}' if target.isdigit() else target}" if target else ""
    names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    here, there = (
        ", ".join(_worded(name, told.get(name)) for name in names) for told in (ours, theirs)
    )
    return f"the block of markings{place}", here, there


def _worded(name: str, value: str | None) -> str:
    """``classification S``, ``no dissemination controls``."""
    plain = re.sub("(?<=[a-z])(?=[A-Z])", " ", name.rpartition(":")[2])
    plain = plain if plain.startswith("SCI") else plain.lower()
    return f"no {plain}" if value is None else f"{plain} {unescape(value)}"


def _banners(cable: Cable, kept: Record, story: Story, report: Report) -> None:
    banner = banner_text(cable) or ""
    for kind in ("header", "footer"):
        told: set[str] = set()  # once for each text, however many sections repeat it
        for page, paragraphs in story.margins(kind).items():
            shown = [folded(p.text) for p in paragraphs if p.style == _BANNER]
            found = " | ".join(filter(None, shown))
            if found != banner and found not in told:
                told.add(found)
                _differ(report, f"the {kind} of the {page}", banner, found)
    carried = kept.properties.get("BannerLine", banner)
    if carried != banner:
        _differ(report, "the property BannerLine", banner, carried)


def _heading(cable: Cable, own: Own, report: Report) -> None:
    """The heading in words above the text, against the lines of the transmission."""
    if not own.heading:
        return
    said = {(fact.name, folded(fact.value)) for fact in header_facts(cable)}
    shown = {(fact.name, folded(fact.value)) for fact in own.heading}
    lines = dict(sorted(said - shown))
    for name, value in sorted(shown - said):
        where = f"the heading's {name}"
        if name in lines:
            _differ(report, where, lines[name], value)
        else:  # an archive's form may have said it, which a Word file has not
            facts = {"where": where, "found": "", "carried": value}
            report.lowered(Severity.WARNING, Code.RECORD_DISAGREES, None, **facts)
    for name in sorted(set(lines) - {name for name, _ in shown - said}):
        _differ(report, f"the heading's {name}", lines[name], "")


def _blocks(blocks: list[Block], kept: Record, report: Report) -> None:
    """Each block of the text against the record of it."""
    if not kept.blocks:
        return
    seen = set()
    for block in blocks:
        assert isinstance(block.part, TEXT_PARTS)
        said = entry(block.part)  # type: ignore[arg-type]
        where = f"paragraph {said.label}" if said.label else f"a {said.kind}"
        carried = kept.blocks.get(block.number) if block.number is not None else None
        if carried is None:
            report(Code.TEXT_CHANGED, span_of(block.part), where=where, what="added")
        else:
            seen.add(block.number)
            _block(said, carried, where, partial(report, span=span_of(block.part)))
    for number in sorted(set(kept.blocks) - seen):
        carried = kept.blocks[number]
        name = " ".join(filter(None, (carried.label, carried.mark))) or f"block {number}"
        report(Code.TEXT_CHANGED, None, where=f"paragraph {name}", what="taken out")


def _block(said: Entry, carried: Carried, where: str, tell: Callable[..., None]) -> None:
    """One block against the record of it."""
    if said.kind != carried.kind:
        tell(Code.TEXT_CHANGED, where=where, what=f"restyled from a {carried.kind}")
        all_of_it = [said.label, said.mark, said.words]  # a heading's mark is one of its words
        if not (carried.label or carried.mark) and digest(" ".join(all_of_it)) == carried.words:
            return
    for what, shown, stated in (
        ("number", said.label, carried.label),
        ("mark", said.mark, carried.mark),
    ):
        if shown != stated:
            facts = {"where": f"the {what} of {where}", "found": shown, "carried": stated}
            tell(Code.RECORD_DISAGREES, **facts)
    if digest(said.words) != carried.words:
        tell(Code.TEXT_CHANGED, where=where, what="changed")


def _transmission(cable: Cable, kept: Record, report: Report) -> None:
    """All that is not the text, against the hash that the file keeps of it."""
    typed = " ".join(transmission(cable))
    if digest(typed) != kept.properties.get("cable.transmission", digest(typed)):
        what = "changed" if typed else "taken out"
        report(Code.TEXT_CHANGED, None, where="the transmission", what=what)


def _portions(cable: Cable, kept: Record, report: Report) -> None:
    """The marks in the property that programs look at, against the record, else the text."""
    carried = kept.properties.get("cable.portions")
    if carried is None:
        return
    entries: Iterable[Entry | Carried] = kept.blocks.values() or map(entry, text_parts(cable))
    shown = ";".join(
        f"{one.label.rstrip('.')}={one.mark.strip('()')}"
        for one in entries
        if one.label and one.mark
    )
    if shown != carried:
        ours, theirs = shown.split(";"), carried.split(";")
        first = next((p for p in zip(ours, theirs, strict=False) if p[0] != p[1]), (shown, carried))
        _differ(report, "the property cable.portions", *first)


def _differ(report: Report, where: str, found: str, carried: str) -> None:
    report(Code.RECORD_DISAGREES, None, where=where, found=found, carried=carried)
