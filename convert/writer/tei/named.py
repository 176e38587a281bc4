"""What the typed lines of a part name: names, dates, tags, references, countries, numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from convert.model import regex as re
from convert.model.cable import (
    Addressee,
    Addressees,
    Authority,
    Banner,
    Captions,
    ChannelLine,
    DateTimeGroup,
    ExecutiveOrder,
    HeaderLine,
    MessageSet,
    Origin,
    PageLine,
    Part,
    Piece,
    Portion,
    Precedence,
    Record,
    Reference,
    References,
    ReleaseMark,
    RoutingLine,
    SecurityLine,
    Signature,
    StationLine,
    Subject,
    Tags,
    Typed,
)
from convert.model.span import Span
from convert.model.walk import span_of
from convert.notation.countries import ALIASES
from convert.writer.tei.ink import Mark, mark, regularized
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.xml import TOOL, when

_ALIAS = re.compile(
    rf"(?<![A-Z.])(?:{'|'.join(map(re.escape, ALIASES))})(?![A-Z.])", re.IGNORECASE
)  # fmt: skip

_Sought: TypeAlias = tuple[str | None, str, Mapping[str, str | None]]
"""A value, and the element round it where it stands on the line."""


def named(part: Part, categories: Categories) -> Iterator[Mark]:
    """What the typed lines of a heading part or a signature name."""
    match part:
        case ChannelLine():
            yield from _line(part.lines, [_idno(part.channel, "channel")])
        case RoutingLine():
            yield from _line(part.lines, [_idno(v, "routingIndicator") for v in part.indicators])
        case HeaderLine():
            yield from _line(part.lines, _header(part))
        case StationLine():
            yield from _line(part.lines, _station(part))
        case SecurityLine():
            signals = [_seg(signal, "operatingSignal") for signal in part.signals]
            letters = _seg(part.letters, "classLetters")
            yield from _line(part.lines, [_seg(part.prosign, "prosign"), letters, *signals])
        case MessageSet():
            yield from (mark(one.span, "seg", type="field") for one in part.fields)
        case DateTimeGroup():
            yield mark(part.typed.span, "date", when=when(part.instant))
            yield from _after(part.lines, part.typed.span.end, part.signals, "operatingSignal")
        case Origin():
            yield mark(part.name.span, "orgName")
        case Addressees():
            for addressee in part.addressees:
                yield from _addressee(part.lines, addressee, categories)
        case Banner():
            yield from _banner(part)
        case Captions():
            yield from _line(
                part.lines, [(c, "term", {"ana": categories.caption(c)}) for c in part.captions]
            )
        case ExecutiveOrder():
            yield from _order(part)
        case Tags():
            yield from (mark(tag.span, "term", type="TAGS") for tag in part.tags)
        case Subject():
            yield mark(part.title.span, "title", ana=categories.resolved(part.portion))
        case References():
            yield from (_reference(one, categories) for one in part.references)
        case Authority():
            yield from _authority(part)
        case Signature():
            yield from _line(part.lines, [(name, "persName", {}) for name in part.names])
        case PageLine():
            yield from _line(
                part.lines, [(part.post, "name", {"type": "post"}), _idno(part.serial, "serial")]
            )
        case ReleaseMark():
            day = part.released_on.isoformat() if part.released_on else None
            yield mark(part.text.span, "date" if day else "seg", type="release", when=day)
            yield from _line(part.lines, [_seg(one, "exemption") for one in part.exemptions])
        case Record():
            for field in part.fields:
                if field.value:
                    yield mark(field.value.span, "seg", type="field", n=field.name)


def of_portion(portion: Portion | None, categories: Categories) -> Iterator[Mark]:
    """A mark that stands among the words of a line: of a subject, a heading, an entire text."""
    if portion:
        yield mark(portion.span, "seg", type="portionMark", ana=categories.typed(portion))
        yield from aliases(portion)


def aliases(portion: Portion) -> Iterator[Mark]:
    """Countries that a portion mark names otherwise than by their code, beside it: ``UK``."""
    releasable = portion.marking.releasableTo if portion.marking else ()
    for found in _ALIAS.finditer(portion.typed) if releasable else ():
        code = ALIASES[found[0].upper()]
        if code in releasable:
            start = portion.span.start
            yield regularized(Span(start + found.start(), start + found.end()), code)


def place_in_message(part: Banner | PageLine) -> str | None:
    """``section 2 of 2, page 3 of 4``: as far as the line tells."""
    told = []
    is_named = isinstance(part, Banner) or part.sections > 1
    if part.section is not None and is_named:
        of = f" of {part.sections}" if part.sections else ""
        told.append(f"section {part.section}{of}")
    if isinstance(part, PageLine):
        told.append(f"page {part.page}" + (f" of {part.pages}" if part.pages else ""))
    return ", ".join(told) or None


def _idno(value: str | None, kind: str) -> _Sought:
    return value, "idno", {"type": kind}


def _seg(value: str | None, kind: str) -> _Sought:
    return value, "seg", {"type": kind}


def _station(part: StationLine) -> list[_Sought]:
    section = f"/{part.section:02}" if part.section is not None else None
    if section and not any(section in line.text for line in part.lines if isinstance(line, Typed)):
        section = f"/{part.section}"
    day = f"{part.julian_day:03d}" if part.julian_day is not None else None
    return [
        _idno(part.indicator, "routingIndicator"),
        _idno(part.serial, "stationSerial"),
        (section and section[1:], "num", {"type": "section", "value": str(part.section)}),
        (day, "num", {"type": "julianDay", "value": str(part.julian_day)}),
        _time(part.time),
    ]


def _time(time: str | None) -> _Sought:
    return time, "time", {"when": f"{time[:2]}:{time[2:]}:00Z"} if time else {}


def _header(part: HeaderLine) -> list[_Sought]:
    day = f"{part.julian_day:03d}" if part.julian_day is not None else None
    precedence = part.precedence.value if part.precedence else None
    return [
        (precedence, "term", {"type": "precedence"}),
        _seg(part.medium, "medium"),
        _seg(part.classification, "classLetter"),
        _seg(part.content, "contentIndicator"),
        _idno(part.indicator, "routingIndicator"),
        _idno(part.serial, "stationSerial"),
        (day, "num", {"type": "julianDay", "value": str(part.julian_day)}),
        _time(part.time),
        _seg(part.letters, "classLetters"),
        _idno(part.destination, "destination"),
    ]


def _addressee(
    lines: Sequence[Piece], addressee: Addressee, categories: Categories
) -> Iterator[Mark]:
    known = Precedence.__members__.get(addressee.precedence or "")
    ana = categories.precedence([known]) if known else None
    sought: list[_Sought] = [
        _idno(addressee.routing, "routingIndicator"),
        (addressee.name, "orgName", {}),
        (addressee.office, "orgName", {"type": "office"}),
        (addressee.precedence, "term", {"type": "precedence", "ana": ana}),
        _idno(addressee.number, "number"),
    ]
    yield from _line(lines, sought, addressee.span)


def _banner(part: Banner) -> Iterator[Mark]:
    """What follows the class is found behind it: a caption may be its last word."""
    yield from _regular(part)
    start = part.typed.span.end
    rest = Span(start, max(start, span_of(part).end))
    sought = [(part.post, "name", {"type": "post"}), _idno(part.serial, "serial")]
    yield from _line(part.lines, sought, rest, whole=True)


def _order(part: ExecutiveOrder) -> Iterator[Mark]:
    if part.order:
        yield from _line(part.lines, [_idno(part.order, "executiveOrder")])
    if part.declassify:
        until = part.declassify_on.isoformat() if part.declassify_on else None
        name = "date" if until else "seg"
        span = part.declassify.span
        yield mark(span, name, type="declassifyOn", when=until, n=part.event)


def _reference(reference: Reference, categories: Categories) -> Mark:
    target = categories.target(reference.canonical)
    guessed = bool(reference.inferred and target)
    return mark(
        reference.span, "ref", type="reftel", subtype=reference.kind.name.lower(),
        n=reference.label, target=target,
        cert="medium" if guessed else None, resp=TOOL if guessed else None,
    )  # fmt: skip


def _authority(part: Authority) -> Iterator[Mark]:
    whole = span_of(part)
    for value, name in ((part.title, "roleName"), (part.name, "persName")):
        yield from _line(part.lines, [(value, name, {})], whole)
    yield from _line(part.lines, [_seg(part.derived_from, "derivedFrom")], whole)


def _regular(banner: Banner) -> Iterator[Mark]:
    """Spaced letters of the class, ``S E C R E T``, beside their regular form."""
    if banner.marking is None:
        return
    title = banner.marking.classification.title
    for line in banner.lines:
        if isinstance(line, Typed) and line.span.start <= banner.typed.span.start < line.span.end:
            found = _letters(title).match(line.text, banner.typed.span.start - line.span.start)
            if found and found[0] != title:
                start = line.span.start
                yield regularized(Span(start + found.start(), start + found.end()), title)


def _letters(title: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join("".join(title.split())), re.IGNORECASE)


def _after(lines: Sequence[Piece], start: int, values: Iterable[str], kind: str) -> Iterator[Mark]:
    if values and lines:
        yield from _line(lines, [_seg(v, kind) for v in values], Span(start, lines[-1].span.end))


def _line(
    lines: Sequence[Piece],
    sought: Iterable[_Sought],
    within: Span | None = None,
    *,
    whole: bool = False,
) -> Iterator[Mark]:
    """Marks where the values stand, each behind the one before; none where one does not stand."""
    if within is None:
        within = Span(lines[0].span.start, lines[-1].span.end) if lines else Span(0, 0)
    start = within.start
    for value, name, attributes in sought:
        if not value:
            continue
        if (found := _place(lines, value, Span(start, within.end), whole=whole)) is not None:
            yield mark(Span(found, found + len(value)), name, **attributes)
            start = found + len(value)


def _first(lines: Sequence[Piece], start: int) -> int:
    """The first line that does not end before a place."""
    return bisect_right(lines, start, key=lambda piece: piece.span.end)


def _place(lines: Sequence[Piece], text: str, within: Span, *, whole: bool) -> int | None:
    """Where ``text`` first stands on one of the lines, inside a span, and not amid other words.

    Unless it is to be a whole word, it may meet others on one side: ``RUKCAPE0417``, ``3370610``.
    """
    for line in lines[_first(lines, within.start) :] if len(lines) > 1 else lines:
        if line.span.start >= within.end:
            return None
        if not isinstance(line, Typed):
            continue
        offset = max(within.start - line.span.start, 0) - 1
        while (offset := line.text.find(text, offset + 1)) >= 0:
            start = line.span.start + offset
            if start + len(text) > within.end:
                break
            after = offset + len(text)
            begins = start == within.start or not line.text[offset - 1 : offset].isalnum()
            ends = not line.text[after : after + 1].isalnum()
            if (begins and ends) if whole else (begins or ends):
                return start
    return None
