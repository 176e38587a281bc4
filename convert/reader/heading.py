"""Pass: the heading, from the channel line to Classified By; every line may be missing.

Sections after the first repeat the heading in the middle of the text, so the text asks here too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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

_RECOGNISERS: tuple[_Recogniser, ...] = (
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
    transmission.origin,
    transmission.addressees,
    transmission.prosign,
    transmission.page,
    texthead.banner,
    texthead.captions,
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

_FURNITURE = (
    PageLine, ChannelLine, RoutingLine, HeaderLine, StationLine, Prosign, ReleaseMark, Handling,
    Record,
)  # fmt: skip


def read_part(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The heading part that begins at line ``place``, and the place after it; None if none does."""
    long = len(lines[place].text) > shapes.LONGEST
    if long and not jammed.has_label(lines[place].text):
        return None
    for recognise in _LABELLED if long else _RECOGNISERS:
        if found := recognise(lines, place):
            return found
    return None


def is_furniture(part: Part) -> bool:
    """Whether a part may interrupt running text: a page line, or the heading of a next section."""
    if isinstance(part, Banner):
        return part.section is not None
    return isinstance(part, _FURNITURE)
