"""What the typed lines of a part name: names, dates, tags, references, countries, numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, TypeAlias

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
from convert.writer.tei.xml import TOOL, stated, when

_ALIAS = re.compile(
    rf"(?<![A-Z.])(?:{'|'.join(map(re.escape, ALIASES))})(?![A-Z.])", re.IGNORECASE
)  # fmt: skip

_Sought: TypeAlias = tuple[str | None, str, str]
"""A value, the element round it where it stands on the line, and the attributes as they stand."""


def named(part: Part, categories: Categories) -> list[Mark]:
    """What the typed lines of a heading part or a signature name."""
    tell = _NAMED.get(type(part))
    return tell(part, categories) if tell else []


def of_portion(portion: Portion | None, categories: Categories) -> Iterator[Mark]:
    """A mark that stands among the words of a line: of a subject, a heading, an entire text."""
    if portion:
        yield mark(portion.span, "seg", type="portionMark", ana=categories.typed(portion))
        yield from aliases(portion)


def aliases(portion: Portion) -> Iterator[Mark]:
    """Countries that a portion mark names otherwise than by their code, beside it: ``UK``."""
    releasable = portion.marking.releasableTo if portion.marking else ()
    for place, end, code in _aliases(portion.typed) if releasable else ():
        if code in releasable:
            start = portion.span.start
            yield regularized(Span(start + place, start + end), code)


@lru_cache(maxsize=1024)
def _aliases(typed: str) -> tuple[tuple[int, int, str], ...]:
    """Each alias in a mark: where it stands, and the code of its country."""
    found = _ALIAS.finditer(typed)
    return tuple((*one.span(), ALIASES[one[0].upper()]) for one in found)


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


def _channel(part: ChannelLine, _: Categories) -> list[Mark]:
    return _line(part.lines, [_idno(part.channel, "channel")])


def _routing(part: RoutingLine, _: Categories) -> list[Mark]:
    return _line(part.lines, [_idno(value, "routingIndicator") for value in part.indicators])


def _header(part: HeaderLine, _: Categories) -> list[Mark]:
    precedence = part.precedence.value if part.precedence else None
    sought = [
        (precedence, "term", ' type="precedence"'),
        _seg(part.medium, "medium"),
        _seg(part.classification, "classLetter"),
        _seg(part.content, "contentIndicator"),
        _idno(part.indicator, "routingIndicator"),
        _idno(part.serial, "stationSerial"),
        _day(part.julian_day),
        _time(part.time),
        _seg(part.letters, "classLetters"),
        _idno(part.destination, "destination"),
    ]
    return _line(part.lines, sought)


def _station(part: StationLine, _: Categories) -> list[Mark]:
    section = f"/{part.section:02}" if part.section is not None else None
    if section and not any(section in line.text for line in part.lines if isinstance(line, Typed)):
        section = f"/{part.section}"
    sought = [
        _idno(part.indicator, "routingIndicator"),
        _idno(part.serial, "stationSerial"),
        (section and section[1:], "num", f' type="section" value="{part.section}"'),
        _day(part.julian_day),
        _time(part.time),
    ]
    return _line(part.lines, sought)


def _security(part: SecurityLine, _: Categories) -> list[Mark]:
    signals = [_seg(signal, "operatingSignal") for signal in part.signals]
    prosign, letters = _seg(part.prosign, "prosign"), _seg(part.letters, "classLetters")
    return _line(part.lines, [prosign, letters, *signals])


def _group(part: DateTimeGroup, _: Categories) -> list[Mark]:
    found = [mark(part.typed.span, "date", when=when(part.instant))]
    if part.signals:
        rest = Span(part.typed.span.end, part.lines[-1].span.end)
        signals = [_seg(signal, "operatingSignal") for signal in part.signals]
        found += _line(part.lines, signals, rest)
    return found


def _addressees(part: Addressees, categories: Categories) -> list[Mark]:
    found: list[Mark] = []
    for addressee in part.addressees:
        found += _addressee(part.lines, addressee, categories)
    return found


def _addressee(lines: Sequence[Piece], addressee: Addressee, categories: Categories) -> list[Mark]:
    known = Precedence.__members__.get(addressee.precedence or "")
    ana = categories.precedence([known]) if known else None
    sought: list[_Sought] = [
        _idno(addressee.routing, "routingIndicator"),
        (addressee.name, "orgName", ""),
        (addressee.office, "orgName", ' type="office"'),
        (addressee.precedence, "term", stated(type="precedence", ana=ana)),
        _idno(addressee.number, "number"),
    ]
    return _line(lines, sought, addressee.span)


def _banner(part: Banner, _: Categories) -> list[Mark]:
    """What follows the class is found behind it: a caption may be its last word."""
    start = part.typed.span.end
    rest = Span(start, max(start, span_of(part).end))
    sought = [_post(part.post), _idno(part.serial, "serial")]
    return [*_regular(part), *_line(part.lines, sought, rest, whole=True)]


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


@cache
def _letters(title: str) -> re.Pattern[str]:
    return re.compile_now(r"\s*".join("".join(title.split())), re.IGNORECASE)


def _captions(part: Captions, categories: Categories) -> list[Mark]:
    pointers = {caption: stated(ana=categories.caption(caption)) for caption in part.captions}
    return _line(part.lines, [(caption, "term", pointers[caption]) for caption in part.captions])


def _order(part: ExecutiveOrder, _: Categories) -> list[Mark]:
    found = _line(part.lines, [_idno(part.order, "executiveOrder")])
    if part.declassify:
        until = part.declassify_on.isoformat() if part.declassify_on else None
        name, span = "date" if until else "seg", part.declassify.span
        found.append(mark(span, name, type="declassifyOn", when=until, n=part.event))
    return found


def _references(part: References, categories: Categories) -> list[Mark]:
    return [_reference(one, categories) for one in part.references]


def _reference(reference: Reference, categories: Categories) -> Mark:
    target = categories.target(reference.canonical)
    guessed = bool(reference.inferred and target)
    return mark(
        reference.span, "ref", type="reftel", subtype=reference.kind.name.lower(),
        n=reference.label, target=target,
        cert="medium" if guessed else None, resp=TOOL if guessed else None,
    )  # fmt: skip


def _authority(part: Authority, _: Categories) -> list[Mark]:
    """Each is sought in all the lines: they stand in any order."""
    title: _Sought = part.title, "roleName", ""
    name: _Sought = part.name, "persName", ""
    whole, found = span_of(part), list[Mark]()
    for one in (title, name, _seg(part.derived_from, "derivedFrom")):
        found += _line(part.lines, [one], whole)
    return found


def _page(part: PageLine, _: Categories) -> list[Mark]:
    return _line(part.lines, [_post(part.post), _idno(part.serial, "serial")])


def _release(part: ReleaseMark, _: Categories) -> list[Mark]:
    day = part.released_on.isoformat() if part.released_on else None
    stamp = mark(part.text.span, "date" if day else "seg", type="release", when=day)
    return [stamp, *_line(part.lines, [_seg(one, "exemption") for one in part.exemptions])]


def _fields(part: Record, _: Categories) -> list[Mark]:
    values = ((field.name, field.value) for field in part.fields)
    return [mark(value.span, "seg", type="field", n=name) for name, value in values if value]


_NAMED: dict[type, Callable[[Any, Categories], list[Mark]]] = {
    ChannelLine: _channel,
    RoutingLine: _routing,
    HeaderLine: _header,
    StationLine: _station,
    SecurityLine: _security,
    MessageSet: lambda part, _: [mark(one.span, "seg", type="field") for one in part.fields],
    DateTimeGroup: _group,
    Origin: lambda part, _: [mark(part.name.span, "orgName")],
    Addressees: _addressees,
    Banner: _banner,
    Captions: _captions,
    ExecutiveOrder: _order,
    Tags: lambda part, _: [mark(tag.span, "term", type="TAGS") for tag in part.tags],
    Subject: lambda part, known: [mark(part.title.span, "title", ana=known.resolved(part.portion))],
    References: _references,
    Authority: _authority,
    Signature: lambda part, _: _line(part.lines, [(one, "persName", "") for one in part.names]),
    PageLine: _page,
    ReleaseMark: _release,
    Record: _fields,
}


def _idno(value: str | None, kind: str) -> _Sought:
    return value, "idno", f' type="{kind}"'


def _seg(value: str | None, kind: str) -> _Sought:
    return value, "seg", f' type="{kind}"'


def _post(value: str | None) -> _Sought:
    return value, "name", ' type="post"'


def _day(day: int | None) -> _Sought:
    number = f"{day:03d}" if day is not None else None
    return number, "num", f' type="julianDay" value="{day}"'


def _time(time: str | None) -> _Sought:
    return time, "time", stated(when=f"{time[:2]}:{time[2:]}:00Z" if time else None)


def _line(
    lines: Sequence[Piece],
    sought: Iterable[_Sought],
    within: Span | None = None,
    *,
    whole: bool = False,
) -> list[Mark]:
    """Marks where the values stand, each behind the one before; none where one does not stand."""
    found: list[Mark] = []
    if not lines:
        return found
    start = within.start if within else lines[0].span.start
    end = within.end if within else lines[-1].span.end
    at = _first(lines, start)
    for value, name, attributes in sought:
        if value and (place := _place(lines, at, value, start, end, whole)) is not None:
            start = place + len(value)
            found.append(Mark(place, start, f"<{name}{attributes}>", f"</{name}>"))
            while at < len(lines) and lines[at].span.end <= start:
                at += 1
    return found


def _first(lines: Sequence[Piece], start: int) -> int:
    """The first line that does not end before a place."""
    if lines[0].span.end > start:
        return 0
    return bisect_right(lines, start, key=lambda piece: piece.span.end)


def _place(
    lines: Sequence[Piece], at: int, text: str, begin: int, end: int, whole: bool
) -> int | None:
    """Where ``text`` first stands on one line from ``at`` on, and not amid other words.

    Unless it is to be a whole word, it may meet others on one side: ``RUKCAPE0417``, ``3370610``.
    """
    for number in range(at, len(lines)):
        line = lines[number]
        first = line.span.start
        if first >= end:
            return None
        if not isinstance(line, Typed):
            continue
        typed = line.text
        offset = max(begin - first, 0) - 1
        while (offset := typed.find(text, offset + 1)) >= 0:
            after = offset + len(text)
            if first + after > end:
                break
            begins = first + offset == begin or not typed[offset - 1 : offset].isalnum()
            ends = not typed[after : after + 1].isalnum()
            if (begins and ends) if whole else (begins or ends):
                return first + offset
    return None
