"""Where a print and the telegram in it disagree: both are kept, and it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from convert.diagnostics import Code, Report
from convert.model import regex as re
from convert.model.cable import (
    AddresseeKind,
    Addressees,
    Banner,
    Captions,
    DateTimeGroup,
    ExecutiveOrder,
    Origin,
    Part,
    ReleaseMark,
    Subject,
    Tags,
)
from convert.model.facts import cable_id, mrn
from convert.model.text import folded
from convert.model.walk import flat
from convert.reader import printnative
from convert.reader.lines import Line
from convert.reader.printfields import NOTHING, PrintField, captioned, stated
from convert.reader.transmission import instant

_MIDNIGHT = "0000"
_REVIEWED = re.compile(r"Classified by DAS, |~ ?Class: ")


def compare(
    fields: Sequence[PrintField], frame: Sequence[Line], parts: Sequence[Part], report: Report
) -> None:
    """Report each field that says other things than the telegram's line of the same name.

    ``frame``: the print's own lines before its fields and after them. A field that says nothing
    (``n/a``, ``Unknown``) disagrees with nothing.
    """
    inner = list(flat(parts))
    for field in fields:
        if field.value.text.strip() in NOTHING:
            continue
        for printed, own in _differences(field, inner):
            report(Code.PRINT_DISAGREES, field.span, field=field.name, print=printed, telegram=own)
    _stated(frame, inner, report)


def reviewed(parts: Iterable[Part], report: Report) -> None:
    """Report that a reviewer classified what the copy leaves out; told once."""
    for part in flat(parts):
        if isinstance(part, ReleaseMark) and _REVIEWED.match(part.text.text):
            report(Code.REVIEWER_CLASSIFIED, part.text.span, typed=part.text.text[:80])
            return


def _differences(field: PrintField, inner: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """What the print has and what the telegram has, where the two are not the same."""
    value = field.value
    match field.name:
        case "MRN":
            own = _reference(inner)
            if own and (named := mrn(value.text)) and named != own:
                yield folded(value.text), own
        case "Date/DTG":
            yield from _dates(field, inner)
        case "From":
            if (origin := _first(inner, Origin)) and _other(value.text, origin.name.text):
                yield folded(value.text), origin.name.text
        case "Action" | "Info":
            kind = AddresseeKind.TO if field.name == "Action" else AddresseeKind.INFO
            names = {post.name.upper(): None for post in printnative.posts(value)}
            telegram = {
                post.name.upper(): None
                for part in inner
                if isinstance(part, Addressees) and part.kind is kind
                for post in part.addressees
            }
            if names.keys() != telegram.keys():
                yield ", ".join(names), ", ".join(telegram) or "none"
        case "TAGS":
            yield from _tags(field, inner)
        case "Captions":
            known = _captions(inner)
            if more := [word for word in printnative.captions(value) if word not in known]:
                yield ", ".join(more), ", ".join(known) or "none"
        case "E.O.":
            order = _first(inner, ExecutiveOrder)
            found = re.search(r"\d{5}", value.text)
            if order and order.order and found and found[0] != order.order:
                yield found[0], order.order
        case "Subject":
            title = next((p.title.text for p in inner if isinstance(p, Subject)), None)
            if title and _other(value.text, title):
                yield folded(value.text), title
        case _:
            return


def _reference(inner: Sequence[Part]) -> str | None:
    """The telegram's own reference, by its classification line and date."""
    line = next((part for part in inner if isinstance(part, Banner) and part.serial), None)
    sent = next((part.instant for part in inner if isinstance(part, DateTimeGroup)), None)
    if line is None or sent is None or line.post is None or line.serial is None:
        return None
    return cable_id(sent.year, line.post, line.serial)


def _dates(field: PrintField, inner: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """The day, and the hour too where the print has one: archives put 0000Z for a day alone."""
    group = _first(inner, DateTimeGroup)
    typed = printnative.group(field.value)
    if group is None or group.instant is None or typed is None:
        return
    sent = instant(typed.text.upper())
    if sent is None:
        return
    same_day = sent.date() == group.instant.date()
    if not same_day or (typed.text[2:6] != _MIDNIGHT and sent != group.instant):
        yield typed.text, group.typed.text


def _tags(field: PrintField, inner: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Tags that only one of the two has."""
    line = _first(inner, Tags)
    if line is None:
        return
    printed = {tag.text.upper(): None for tag in printnative.tags(field.value)}
    own = {tag.text.upper(): None for tag in line.tags}
    only = [tag for tag in printed if tag not in own]
    missing = [tag for tag in own if tag not in printed]
    if only or missing:
        yield ", ".join(only) or "none of these", ", ".join(missing) or "none of these"


def _captions(inner: Sequence[Part]) -> dict[str, None]:
    lines = (part for part in inner if isinstance(part, Banner | Captions))
    return dict.fromkeys(caption for line in lines for caption in line.captions)


def _stated(frame: Sequence[Line], inner: Sequence[Part], report: Report) -> None:
    """The class and captions above and below the fields against those of the telegram; once."""
    own = [part.marking for part in inner if isinstance(part, Banner) and part.marking]
    if not own:
        return
    top = max(own, key=lambda marking: marking.classification.rank).classification
    known = _captions(inner)
    for line in frame:
        said, more = stated(line.text), captioned(line.text)
        if (said is None or said.classification is top) and known.keys() >= set(more):
            continue
        printed = said.classification.title if said else ", ".join(more)
        telegram = top.title if said else ", ".join(known) or "none"
        name = "Classification" if said else "Captions"
        report(Code.PRINT_DISAGREES, line.span, field=name, print=printed, telegram=telegram)
        return


def _other(one: str, other: str) -> bool:
    return folded(one).upper() != folded(other).upper()


_T = TypeVar("_T", bound=Part)


def _first(inner: Sequence[Part], kind: type[_T]) -> _T | None:
    return next((part for part in inner if isinstance(part, kind)), None)
