"""A Word file in the house styles, back to the cable that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.diagnostics import Report
from convert.model.cable import Banner, Cable, Recognised, Source
from convert.model.data import replace
from convert.model.facts import Fact, header_facts
from convert.model.text import folded
from convert.model.walk import TEXT_PARTS, flat, span_of
from convert.reader.forms.docx.own import LINES, Carried, Own, Reader
from convert.reader.forms.docx.story import Paragraph, Table
from convert.reader.forms.registry import MARKUP, TEXTS, load, recognise
from convert.reader.lines import Line, split


def is_own(blocks: Sequence[Paragraph | Table]) -> bool:
    """Whether a file is in the house styles."""
    styles = {block.style for block in blocks if isinstance(block, Paragraph)}
    return bool(styles & (LINES | {"cableparagraph", "telegramline"}))


def read_own(
    blocks: Sequence[Paragraph | Table],
    record: dict[int, Carried],
    form: str = "",
    banners: Sequence[str] = (),
) -> Own:
    """The cable of a file in the house styles; ``record`` is what it says of its own blocks.

    The lines of the transmission are read part by part to have the text, then as the form of that
    text reads them; of what they may mean that counts which the heading in words above the text
    says too. ``form`` is the form of the source where the file tells it; ``banners`` stand on its
    pages.
    """
    own = _framed(blocks, record, form, ())
    above = _above(own, banners)
    if not above:
        return own
    return replace(_framed(blocks, record, form, above), above=tuple(above))


def _framed(
    blocks: Sequence[Paragraph | Table],
    record: dict[int, Carried],
    form: str,
    above: Sequence[str],
) -> Own:
    own = Reader(blocks, record, {}, above).own()
    lines, _ = split(own.text)
    found = _form(lines, form) if lines else None
    if found is None:
        return own
    told = load(found.form).read(lines, Report())
    frame = {span_of(p).start: p for p in flat(told.parts) if not isinstance(p, TEXT_PARTS)}
    best = Reader(blocks, record, frame, above).own()
    if _apart(best):
        partly = Reader(blocks, record, frame, above, whole=False).own()
        best = min((best, partly, own), key=_apart)
    return replace(best, inside=(found, *told.inside))


def _apart(own: Own) -> int:
    """In how many facts the heading in words and the lines of the transmission differ."""
    cable = Cable(Source(None, "docx", "", 0), (), own.parts)
    said = {(fact.name, folded(fact.value)) for fact in header_facts(cable)}
    return len(said ^ {(fact.name, folded(fact.value)) for fact in own.heading})


def _form(lines: Sequence[Line], told: str) -> Recognised:
    """The form of the text: as the file tells it, else by the lines."""
    if told not in TEXTS or told in MARKUP:
        return recognise(lines)
    whole = lines[0].span.to(lines[-1].span)
    return load(told).recognise(lines) or Recognised(told, "the file's properties", whole)


def _above(own: Own, banners: Sequence[str]) -> list[str]:
    """What the pages show and no line of the transmission says, because somebody took it out.

    The banner; and where no line is left at all, the heading row by row.
    """
    has_lines = any(not isinstance(part, TEXT_PARTS) for part in flat(own.parts))
    if any(isinstance(part, Banner) for part in flat(own.parts)):
        return []
    shown = [fact.value for fact in own.heading if fact.name == "Classification"]
    told = [*dict.fromkeys(filter(None, (*banners, *shown)))]
    return told if has_lines else [*told, *_rows(own.heading)]


def _rows(heading: Sequence[Fact]) -> Iterator[str]:
    """The heading in words as lines that begin with their labels."""
    marks = [fact.value for fact in heading if fact.name == "Subject marking"]
    for fact in heading:
        if fact.name == "Captions":
            yield fact.value
        elif fact.name == "Subject":
            yield " ".join((f"{fact.name}:", *marks, fact.value))
        elif fact.name not in ("Classification", "Subject marking"):
            yield f"{fact.name}: {fact.value}"
