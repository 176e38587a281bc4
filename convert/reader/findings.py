"""Pass: what a careful reader would remark on: characters, numbers, dates; then the markings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from convert.diagnostics import Code, Report
from convert.model import regex as re
from convert.model.cable import (
    Banner,
    Cable,
    Captions,
    DateTimeGroup,
    ExecutiveOrder,
    Omission,
    Origin,
    PageLine,
    Paragraph,
    Passing,
    Reason,
    ReferenceKind,
    References,
    StationLine,
    Subject,
    Tags,
    Typed,
    Unread,
)
from convert.model.facts import addressees, canonical_id
from convert.model.span import Span
from convert.model.text import coded, unescaped, unshowable
from convert.model.walk import all_parts, every, first, span_of, typed_lines
from convert.notation import labels, posts
from convert.notation.banner import misspelt_caption
from convert.notation.lines import is_order, undated
from convert.notation.tokens import is_near
from convert.reader import shapes
from convert.reader.unspaced import sentences
from convert.rules import check


def remark(cable: Cable, text: str, report: Report) -> None:
    """Add every finding about the cable to ``report``."""
    _characters(cable, text, report)
    if cable.forms[0].form not in _NOT_TEXT:
        _references_typed(text, report)
    _debris(cable, report)
    for unread in every(cable, Unread):
        for piece in unread.lines:
            report(Code.HEADER_UNREAD, piece.span, typed=piece.text[:60])  # type: ignore[union-attr]
    _labels(cable, report)
    _titles(cable, report)
    _misspelt(cable, text, report)
    _dates(cable, report)
    _orders(cable, report)
    _posts(cable, report)
    _messages(cable, text, report)
    _sequence(cable, report)
    _sections(cable, report)
    check(cable, report)


def _characters(cable: Cable, text: str, report: Report) -> None:
    for place, character in unshowable(text)[:100]:
        report(Code.CONTROL, Span(place, place + 1), typed=coded(character))
    if "&" not in text:
        return  # no character reference, which alone says another character than it is typed with
    referred = (leaf for leaf in typed_lines(cable.parts) if len(leaf.text) == 1)
    hidden = (leaf for leaf in referred if leaf.span.of(text) != leaf.text)
    for leaf in islice((leaf for leaf in hidden if unshowable(leaf.text)), 100):
        report(Code.CONTROL, leaf.span, typed=coded(leaf.text))


# Of a page, or of a file that is no text, none is left when it comes here.
_NOT_TEXT = {"tei", "web", "frus", "docx"}
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _references_typed(text: str, report: Report) -> None:
    """The character references that HTML knows, told of once."""
    found = [
        one for one in _REFERENCE.finditer(text) if unescaped(one[0]).strip() not in ("", one[0])
    ]
    if found:
        span = Span(*found[0].span())
        report(Code.REFERENCE_TYPED, span, count=len(found), typed=found[0][0])


def _debris(cable: Cable, report: Report) -> None:
    if debris := [o for o in cable.omissions if o.reason in (Reason.LINK, Reason.PILCROW)]:
        report(Code.LINK_DEBRIS, debris[0].span, count=len(debris))
    if blank := [o for o in cable.omissions if o.reason is Reason.BLANK]:
        report(Code.BLANK_TYPED, blank[0].span, count=len(blank), typed=blank[0].typed)
    if around := [o for o in cable.omissions if o.reason is Reason.NAVIGATION]:
        count = sum(len("".join(o.typed.split())) for o in around)
        report(Code.NAVIGATION, around[0].span, count=count)
        if cable.forms[0].form == "web":
            _outside(around, report)


def _outside(around: Iterable[Omission], report: Report) -> None:
    """R161: what reads like a cable's text, and was left out as the site's."""
    from convert.reader.page import telling  # only where there is a page

    for omission in around:
        for typed, span in telling(omission.typed):
            start = omission.span.start
            at = Span(start + span.start, start + span.end)
            report(Code.OUTSIDE, at, typed=typed[:60])


def _labels(cable: Cable, report: Report) -> None:
    for kind in (Tags, Subject, References):
        part = first(cable, kind)
        line = next(typed_lines((part,)), None) if part else None
        typed = line.text if line else ""
        if part and typed and (found := labels.misspelt(typed)):
            report(Code.LABEL_MENDED, span_of(part), typed=found[0], read=found[1])


def _misspelt(cable: Cable, text: str, report: Report) -> None:
    """R139, R148: a caption or precedence that was read for what it is nearest to."""
    for part in every(cable, Captions):
        line = next((piece for piece in part.lines if isinstance(piece, Typed)), None)
        read = part.captions[0]
        if line and read not in line.text and misspelt_caption(line.text):
            report(Code.CAPTION_MENDED, line.span, typed=line.text, read=read)
    for _, one in addressees(cable):
        words = one.span.of(text).upper().split()
        read = one.precedence or ""
        if read and read.split()[-1] not in words:
            for typed in [word for word in words if is_near(word, read, 1)][:1]:
                report(Code.PRECEDENCE_MENDED, one.span, typed=typed, read=read)


def _titles(cable: Cable, report: Report) -> None:
    """Subjects that are several lines of sentences."""
    if cable.forms[0].form in _NOT_TEXT:
        return
    for part in every(cable, Subject):
        count = sum(isinstance(piece, Typed) for piece in part.lines)
        if count >= _TITLE and sentences(part.title.text) > 1:
            words = " ".join(part.title.text.split()[-_TOLD:])
            report(Code.TITLE_LONG, span_of(part), count=count, typed=words)


_TITLE = 3  # lines of a subject that may be doubted
_TOLD = 6  # words of it that are told


def _dates(cable: Cable, report: Report) -> None:
    group, station = first(cable, DateTimeGroup), first(cable, StationLine)
    if group is not None and group.instant is None and not _LOCAL.match(group.typed.text):
        report(Code.DATE_IMPOSSIBLE, group.typed.span, typed=group.typed.text)
    if group is not None and group.instant is not None and _is_mended(group):
        read = group.instant.strftime("%d%H%MZ %b %y").upper()
        report(Code.DATE_MENDED, group.typed.span, typed=_whole(group), read=read)
    if group is None or group.instant is None or station is None or station.julian_day is None:
        return
    day = group.instant.timetuple().tm_yday
    apart = abs(day - station.julian_day)
    if apart > 1 and apart < 364:
        found = {"group": day, "station": station.julian_day}
        report(Code.DATE_DISAGREES, span_of(station), **found)


# A post's own date and hour: without a year, or without UTC, it is no instant.
_LOCAL = re.compile(
    r"[A-Z][a-z]{2,8}\.? {1,3}\d{1,2}(?:, \d{4})?"
    r"(?:$|(?:,? {1,3}|\u2014)(?:\d{1,2}\D|noon|midnight))",
    re.IGNORECASE,
)


# What stands before and in a group that needs no mending: P 030610Z DEC 06; the files of 1973 set
# a blank before the Z.
_REGULAR = re.compile(
    r"(?:DTG ?:? {0,3})?(?:[ZOPR] ){0,2}\d{6} ?Z? ([A-Z]{3})[A-Z]{0,6} \d{2,4}", re.IGNORECASE
)


def _is_mended(group: DateTimeGroup) -> bool:
    """Whether figures were read otherwise than typed; a date in words has no such figures."""
    in_figures = re.match(r"[\dO]{5}", group.typed.text) is not None
    regular = _REGULAR.fullmatch(_whole(group))
    return in_figures and (regular is None or regular[1].upper() not in shapes.MONTHS)


def _whole(group: DateTimeGroup) -> str:
    """The precedences and the group as typed."""
    line = next((piece.text for piece in group.lines if isinstance(piece, Typed)), "")
    before = line[: line.find(group.typed.text)]
    return group.typed.text if ":" in before else before + group.typed.text  # a field's name


def _orders(cable: Cable, report: Report) -> None:
    if (line := first(cable, ExecutiveOrder)) is None:
        return
    if line.order is not None and not is_order(line.order):
        report(Code.ORDER_UNKNOWN, span_of(line), typed=f"E.O. {line.order}")
    if line.declassify is not None and undated(line.declassify.text):
        report(Code.DECLASSIFY_IMPOSSIBLE, line.declassify.span, typed=line.declassify.text)


def _posts(cable: Cable, report: Report) -> None:
    """The names that ought to be posts' and are in no table, each once."""
    told: dict[str, str] = {}
    place: Span | None = None
    for word, name, span in _named(cable):
        if word not in posts.POSTS:
            place = place or span
            told.setdefault(word, name)
    if told:
        report(Code.POST_UNKNOWN, place, names=", ".join(told.values()))


def _named(cable: Cable) -> Iterator[tuple[str, str, Span]]:
    """(word, name, where) of the posts in FM, TO and INFO lines and in references."""
    origin = first(cable, Origin)
    lines = [(origin.name.text, origin.name.span)] if origin else []
    lines += [(each.name, each.span) for _, each in addressees(cable)]
    for typed, span in lines:
        if name := posts.named(typed.partition("//")[0]):
            yield posts.word(name), name, span
    for listed in every(cable, References):
        for each in listed.references:
            if each.kind is ReferenceKind.CABLE and (each.canonical or "")[:2].isdigit():
                assert each.canonical is not None
                word = each.canonical[2:].rstrip("0123456789")
                yield word, each.typed, each.span


def _sections(cable: Cable, report: Report) -> None:
    """R113: sections that the classification line counts and nothing in the text begins."""
    heads = [banner for banner in every(cable, Banner) if banner.section and banner.sections]
    if not heads or len({banner.serial for banner in heads}) > 1:
        return
    of = max(banner.sections or 0 for banner in heads)
    came = {banner.section for banner in heads}
    came |= {page.section for page in every(cable, PageLine) if page.sections > 1}
    if missing := [number for number in range(1, min(of, _SECTIONS) + 1) if number not in came]:
        facts = {"message": canonical_id(cable) or "this message", "of": of}
        told = ", ".join(map(str, missing))
        report(Code.SECTION_MISSING, span_of(heads[0]), missing=told, **facts)


_SECTIONS = 99  # at most: two figures


# How lines begin of which a text with two messages has one twice.
_TELLING = re.compile(
    r"(?m)^[ \t]*(FM |MSGID|S(?:UBJ|ubj)(?:ECT|ect)?[:/]|Message Text|MRN:|FROM ?:)"
)
_TITLES = re.compile(rf"(?m)^[ \t]*{shapes.EDITED}")
_KINDS = frozenset({"FM ", "MRN:", "Message Text", "FROM:"})  # what documents of one kind have
_DOCUMENT = re.compile(r"Doc No\S* ?\S+|CSP-\S+ +B-\S+")  # the number of a released document


def _messages(cable: Cable, text: str, report: Report) -> None:
    """Whether the text holds more than one message, by its class lines or by its headings."""
    heads = [head for head in _own_heads(cable) if head.serial and head.post]
    named = dict.fromkeys((head.post, int(head.serial or 0)) for head in heads)
    names = [f"{post} {serial}" for post, serial in named]
    if len(names) < 2:
        names = []
        signs = Counter(_TELLING.findall(text))
        kinds = len(signs.keys() & _KINDS) + len(_TITLES.findall(text))
        may_be_two = kinds > 1 or any(count > 1 for count in signs.values())
        if (
            (may_be_two or len(set(_DOCUMENT.findall(text))) > 1)
            and cable.forms[0].form not in _NOT_TEXT
            and not _is_in_sections(cable, heads)
        ):
            from convert.reader.sections import several

            names = several(text)
    if names:
        report(Code.TWO_MESSAGES, None, names=", ".join(names))


def _own_heads(cable: Cable) -> Iterator[Banner]:
    """The banners, but for that of a telegram sent on, below QUOTE or FOLLOWING REPEATS."""
    sent_on = False
    for part in all_parts(cable):
        if isinstance(part, Passing):
            sent_on = sent_on or part.text.text.startswith(("QUOTE", "FOLL"))
        elif isinstance(part, Banner):
            if not (sent_on and part.serial):
                yield part
            sent_on = sent_on and not part.serial


def _is_in_sections(cable: Cable, heads: Sequence[Banner]) -> bool:
    """Whether every heading is that of another section of one message."""
    sections = {head.section for head in heads if head.section}
    origins = sum(1 for _ in every(cable, Origin))
    return len(sections) == len(heads) >= max(origins, 1)


def _sequence(cable: Cable, report: Report) -> None:
    section = page = sheet = number = 0  # a sheet is a page of the print round the telegram
    for part in all_parts(cable):
        if isinstance(part, Banner) and part.section is not None:
            if part.section not in (section, section + 1):
                report(Code.SECTION_OUT_OF_ORDER, span_of(part), found=part.section, last=section)
            section, page = part.section, 1
        elif isinstance(part, PageLine) and part.pages is not None:
            if part.page not in (sheet, sheet + 1) and sheet:
                report(Code.PAGE_OUT_OF_ORDER, span_of(part), found=part.page, last=sheet)
            sheet = part.page
        elif isinstance(part, PageLine):
            here = part.section if part.sections > 1 else max(section, 1)
            if here not in (section, section + 1) and section:
                found = {"found": part.section, "last": section}
                report(Code.SECTION_OUT_OF_ORDER, span_of(part), **found)
            elif here == section and part.page not in (page, page + 1) and page:
                report(Code.PAGE_OUT_OF_ORDER, span_of(part), found=part.page, last=page)
            section, page = here, part.page
        elif isinstance(part, Paragraph) and part.label and part.label.number is not None:
            if number and part.label.number != number + 1:
                found = {"found": part.label.number, "last": number}
                report(Code.NUMBER_OUT_OF_ORDER, part.label.span, **found)
            number = part.label.number
