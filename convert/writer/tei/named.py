"""What the typed lines of a part name: names, dates, tags, references, countries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convert.model.cable import (
    Addressees,
    Authority,
    Banner,
    Captions,
    DateTimeGroup,
    ExecutiveOrder,
    Origin,
    Part,
    Piece,
    Portion,
    References,
    Signature,
    Subject,
    Tags,
    Typed,
)
from convert.model.span import Span
from convert.model.walk import span_of
from convert.notation.countries import ALIASES
from convert.writer.tei.elements import urn, when
from convert.writer.tei.ink import Mark, mark, regularized
from convert.writer.tei.taxonomy import Categories

_ALIAS = re.compile(
    rf"(?<![A-Z.])(?:{'|'.join(map(re.escape, ALIASES))})(?![A-Z.])", re.IGNORECASE
)  # fmt: skip


def named(part: Part, categories: Categories) -> Iterator[Mark]:
    """What the typed lines of a heading part or a signature name."""
    match part:
        case DateTimeGroup():
            yield mark(part.typed.span, "date", when=when(part.instant))
        case Origin():
            yield mark(part.name.span, "orgName")
        case Addressees():
            for addressee in part.addressees:
                yield from _found(part.lines, addressee.name, addressee.span, "orgName")
        case Banner():
            yield from _regular(part)
        case Captions():
            rest = span_of(part)
            for caption in part.captions:
                ana = categories.caption(caption)
                for found in _found(part.lines, caption, rest, "term", ana=ana):
                    rest = replace(rest, start=found.span.end)
                    yield found
        case ExecutiveOrder(declassify=declassify, declassify_on=until) if declassify:
            name, day = ("date", until.isoformat()) if until else ("seg", None)
            yield mark(declassify.span, name, type="declassifyOn", when=day)
        case Tags():
            yield from (mark(tag.span, "term", type="TAGS") for tag in part.tags)
        case Subject():
            yield mark(part.title.span, "title", ana=categories.resolved(part.portion))
        case References():
            for reference in part.references:
                target = urn(reference.canonical)
                yield mark(reference.span, "ref", type="reftel", n=reference.label, target=target)
        case Authority(name=str(name)):
            yield from _found(part.lines, name, span_of(part), "persName")
        case Signature():
            for name in part.names:
                yield from _found(part.lines, name, span_of(part), "persName")


def aliases(portion: Portion) -> Iterator[Mark]:
    """Countries that a portion mark names otherwise than by their code, beside it: ``UK``."""
    releasable = portion.marking.releasableTo if portion.marking else ()
    for found in _ALIAS.finditer(portion.typed):
        code = ALIASES[found[0].upper()]
        if code in releasable:
            start = portion.span.start
            yield regularized(Span(start + found.start(), start + found.end()), code)


def _regular(banner: Banner) -> Iterator[Mark]:
    """Spaced letters of the class, ``S E C R E T``, beside their regular form."""
    if banner.marking is None:
        return
    title = banner.marking.classification.title
    letters = re.compile(r"\s*".join("".join(title.split())), re.IGNORECASE)
    for line in banner.lines:
        if isinstance(line, Typed) and line.span.start <= banner.typed.span.start < line.span.end:
            found = letters.match(line.text, banner.typed.span.start - line.span.start)
            if found and found[0] != title:
                start = line.span.start
                yield regularized(Span(start + found.start(), start + found.end()), title)


def _found(
    lines: Sequence[Piece], text: str, within: Span, name: str, **attributes: str | None
) -> Iterator[Mark]:
    """A mark where ``text`` first stands on one of the lines, inside a span; none elsewhere."""
    place = bisect_right(lines, within.start, key=lambda piece: piece.span.end)
    for line in lines[place:] if text else ():
        if line.span.start >= within.end:
            return
        if isinstance(line, Typed):
            offset = line.text.find(text, max(within.start - line.span.start, 0))
            start = line.span.start + offset
            if offset >= 0 and start + len(text) <= within.end:
                yield mark(Span(start, start + len(text)), name, **attributes)
                return
