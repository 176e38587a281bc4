"""Pass: the heading, from the channel line to Classified By; every line may be missing.

Sections after the first repeat the heading in the middle of the text, so the text asks here too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convert.model import regex as re
from convert.model.cable import (
    Banner,
    ChannelLine,
    Handling,
    HeaderLine,
    PageLine,
    Part,
    Prosign,
    Record,
    ReleaseMark,
    RoutingLine,
    StationLine,
)
from convert.notation import banner
from convert.reader import (
    archive,
    formatted,
    jammed,
    references,
    shapes,
    texthead,
    transmission,
)
from convert.reader.lines import Line

# A recogniser takes the lines and a place, and gives the part that begins there, or None.
_Recogniser = Callable[[Sequence[Line], int], tuple[Part, int] | None]

# Those of what may interrupt a text stand before and behind those of the addressees.
_FURNITURE: tuple[_Recogniser, ...] = (
    transmission.channel,
    formatted.header,
    formatted.page,
    transmission.routing,
    transmission.station,
    transmission.security,
    transmission.group,
    archive.page,
    archive.number,
    archive.release,
    archive.record,
    archive.relay,
    archive.drafting,
    archive.distribution,  # before the addressees: both may begin with INFO
)
_MORE_FURNITURE: tuple[_Recogniser, ...] = (
    transmission.prosign,
    transmission.page,
    texthead.banner,
    texthead.captions,
)
RECOGNISERS: tuple[_Recogniser, ...] = (
    *_FURNITURE,
    transmission.origin,
    transmission.addressees,
    *_MORE_FURNITURE,
    texthead.note,
    texthead.order,
    texthead.tags,
    texthead.subject,
    references.references,
    texthead.authority,
    texthead.passing,  # last: its shape is the widest
)

# What a line may be that is longer than a teleprinter's, and begins with its own label.
_LABELLED: tuple[_Recogniser, ...] = (
    texthead.order, texthead.tags, texthead.subject, references.references, texthead.authority,
)  # fmt: skip

_INTERRUPTS = (
    PageLine, ChannelLine, RoutingLine, HeaderLine, StationLine, Prosign, ReleaseMark, Handling,
    Record,
)  # fmt: skip


def read_part(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The heading part that begins at line ``place``, and the place after it; None if none does."""
    text = lines[place].text
    long = len(text) > shapes.LONGEST
    if not (jammed.has_label(text) if long else may_begin(text)):
        return None
    for recognise in _LABELLED if long else RECOGNISERS:
        if found := recognise(lines, place):
            return found
    return None


def read_furniture(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``read_part`` in a text: None too where the part that begins there cannot interrupt one."""
    text = lines[place].text
    if len(text) > shapes.LONGEST or not may_begin(text):
        return None
    recognisers = _FURNITURE if transmission.is_addressed(text) else (*_FURNITURE, *_MORE_FURNITURE)
    for recognise in recognisers:
        if found := recognise(lines, place):
            return found
    return None


# How the lines begin that the recognisers know; what may stand before their own words is below.
_OPENS = re.compile(
    r"V?ZCZC|[ZOPRY][A-Z]{6}[A-Z0-9] +R|PAGE \d|[ZOPR] ?[ZOPR] R|DE R|ZN[YR] |[ZOPR0] |[\dO]{6}"
    r"|\d{2,3}(?:-|[A-Z]|$)|ADP\d|POSS DUPE|(?:ACTION|ORIGIN|INFO|TO|XMT)(?: |$)|DRAFTED BY|--"
    r"|Message |<< END|\*\*\* Cur|R(?i:elease)|DECLASSIFIED|FM |BT$|NNN|#"
    r"|[Cc](?i:LA| ?O ?R ?R)|[Dd](?i:ECL|ERIVED)|[Ee](?i:[.,]? ?[O0])|[Tt](?i:AG|HIS RECORD)"
    r"|[Aa](?i:GS:|[.)] REF)|[Pp](?i:ROGRAM REF)|[Rr](?i:EF)|[Ss\u017f](?i:UBJ)|[Uu](?i:BJ)"
)
_PASSING = 60  # characters in which PASS or FOR stands


def may_begin(text: str) -> bool:
    """Whether a line may begin a heading part; false of nearly all text, which saves the rest."""
    return bool(
        _OPENS.match(text)
        or banner.may_say(text)
        or text[-7:-3] == " OF "  # of a page line
        or "/Released " in text
        or " FOR " in text[:_PASSING]
        or " PASS " in text[:_PASSING]
    )


def is_furniture(part: Part) -> bool:
    """Whether a part may interrupt running text: a page line, or the heading of a next section."""
    if isinstance(part, Banner):
        return part.section is not None
    return isinstance(part, _INTERRUPTS)
