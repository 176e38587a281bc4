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
from convert.notation import banner, labels
from convert.reader import (
    archive,
    formatted,
    jammed,
    onward,
    references,
    shapes,
    texthead,
    transmission,
)
from convert.reader.lines import Line

Recogniser = Callable[[Sequence[Line], int], tuple[Part, int] | None]
"""Takes the lines and a place, and gives the part that begins there, or None."""

# With what the lines begin that each recogniser knows: only they are asked of a line. What begins
# with no ASCII character is shown to all.
_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_ANY = "".join(map(chr, range(128)))
_Known = tuple[tuple[Recogniser, str], ...]

# Those of what may interrupt a text stand before and behind those of the addressees.
_FURNITURE: _Known = (
    (transmission.channel, "VZ"),
    (formatted.header, "OPRYZ"),
    (formatted.page, "P"),
    (transmission.routing, "OPRZ"),
    (transmission.station, "D0BO"),
    (transmission.security, "Z"),
    (transmission.group, f"OPRZ{_DIGITS}"),
    (archive.page, "P["),
    (archive.number, f"AP{_DIGITS}"),
    (archive.page_number, _DIGITS),
    (archive.release, _LETTERS),
    (archive.record, "*<CDMNP"),
    (archive.relay, "-0123456789ABCDEF"),
    (archive.received, "PT"),
    (archive.web_table, f"DIMRSV{_DIGITS}"),
    (archive.drafting, "AD"),
    (archive.distribution, "AIO"),  # before the addressees: both may begin with INFO
)
_MORE_FURNITURE: _Known = (
    (transmission.prosign, "#BN"),
    (transmission.page, _LETTERS),
    (texthead.banner, f"{_LETTERS}/"),
    (texthead.captions, _ANY),
)
_ADDRESSING: _Known = ((transmission.origin, "F"), (transmission.addressees, "ITX"))
_TEXT_HEADING: _Known = (
    (texthead.note, "CTct"),
    (texthead.order, "DEde3"),
    (texthead.tags, "ATat"),
    (texthead.subject, "SUsu(["),
    (references.references, "APRapr"),
    (texthead.authority, "CDcd"),
    (texthead.passing, _LETTERS),  # last: its shape is the widest
)
_KNOWN: _Known = (*_FURNITURE, *_ADDRESSING, *_MORE_FURNITURE, *_TEXT_HEADING)
RECOGNISERS: tuple[Recogniser, ...] = tuple(recognise for recognise, _ in _KNOWN)


def _by_first(known: _Known) -> dict[str, tuple[Recogniser, ...]]:
    """The recognisers of each first character, in their order; under "" all of them."""
    every = {"": tuple(recognise for recognise, _ in known)}
    return every | {
        first: tuple(recognise for recognise, begins in known if first in begins) for first in _ANY
    }


_OF_HEADING = _by_first(_KNOWN)
_OF_TEXT = _by_first((*_FURNITURE, *_MORE_FURNITURE))
_OF_ADDRESSED = _by_first(_FURNITURE)

# What a line may be that is longer than a teleprinter's, and begins with its own label.
_LABELLED: tuple[Recogniser, ...] = (
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
    known = _LABELLED if long else _OF_HEADING.get(text[:1], RECOGNISERS)
    for recognise in known:
        if found := recognise(lines, place):
            return found
    return None


def read_mended(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The part whose label is typed otherwise: only where the heading is certain to go on."""
    match labels.mended(lines[place].text) if len(lines[place].text) <= shapes.LONGEST else None:
        case (labels.SUBJECT, begins):
            return texthead.subject(lines, place, begins)
        case (labels.TAGS, begins):
            return texthead.tags(lines, place, begins)
        case (labels.REFERENCES, _):
            return references.behind_label(lines, place)
    return None


def read_furniture(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``read_part`` in a text: None too where the part that begins there cannot interrupt one."""
    text = lines[place].text
    if len(text) > shapes.LONGEST or not may_begin(text):
        return None
    known = _OF_ADDRESSED if transmission.is_addressed(text) else _OF_TEXT
    for recognise in known.get(text[:1], known[""]):
        if found := recognise(lines, place):
            return found
    return None


# How the lines begin that the recognisers know; what may stand before their own words is below.
_OPENS = re.compile(
    r"V?ZCZC|[ZOPRY][A-Z]{6}[A-Z0-9] +R|P(?:AGE|GE|AE|AG) \d|[ZOPR] ?[ZOPR] R|DE R|[BO0]E R|ZN[YR] "
    r"|[ZOPR0] |[ZOPR]\d"
    r"|[\dO]{6}|[\dA-F]{6} +\d|\d$|\d{2,3}(?:[-/]| (?:\d\d|[A-Z])$|[A-Z]|$)|\d{5}$|ADP\d|POSS DUPE"
    r"|(?:ACTION|ORIGIN|INFO|TO|XMT)(?:[ :]|$)"
    r"|DRAFTED|APPROVED|--|Message |<< END|\*\*\* Cur|Date Pr|DOC[_.]|CHANNEL:|Page -"
    r"|R(?i:elease)|DECLASSIFIED|TOR ?:|Reference ID|Viewing cable |(?:Dai|Month)ly Archives: "
    r"|Show Headers$"
    r"|Identifier: |\d\d[A-Z]{3,24}\d{1,7}, |\[Page \d|NOF|FM |BT$|NN|#"
    r"|[Cc](?i:LA| ?O ?R ?R)|[Dd](?i:ECL|ERIVED)|[Tt](?i:AG|HIS RECORD)"
    r"|[Ee](?i:[.,]{0,2} ?[O0]|\.[A-Z\d]\. ?1)|3\.[O0]\. ?1"
    r"|[Aa](?i:GS:|[.)] REF)|[Pp](?i:ROGRAM REF)|[Rr](?i:EF|ETEL)|[Ss\u017f](?i:UBJ)|[Uu](?i:BJ)"
    r"|(?:[(\[][^()\[\]]{1,80}[)\]] ?|\()S(?i:UBJ)"
    r"|QUOTE:? [CLSTU]"
    f"|{banner.OPENS.pattern}"
)


def may_begin(text: str) -> bool:
    """Whether a line may begin a heading part; false of nearly all text, which saves the rest."""
    return bool(
        _OPENS.match(text)
        or banner.may_restrict(text)
        or shapes.may_be_page(text)
        or "/Released " in text
        or ": CIA-" in text
        or text.startswith("Approved for Rel")
        or onward.passes(text)
    )


def is_furniture(part: Part) -> bool:
    """Whether a part may interrupt running text: a page line, or the heading of a next section."""
    if isinstance(part, Banner):
        return part.section is not None
    return isinstance(part, _INTERRUPTS)
