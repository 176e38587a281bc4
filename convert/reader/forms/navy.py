"""A message of the US Navy: GENADMIN and its like (USMTF, MIL-STD-6040), JANAP 128 in front or not.

The heading is sets, ``SUBJ/...//``; ``RMKS/`` or ``GENTEXT/REMARKS/`` opens the text, ``//`` ends
it. Sets that were jammed on one line are parted first; what is above the message was put there by
the gateway or the mail that handed it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise

from convert.diagnostics import Report
from convert.model import regex as re
from convert.model.cable import (
    Addressees,
    Banner,
    Handling,
    HandlingKind,
    MessageSet,
    Origin,
    Part,
    Prosign,
    Recognised,
    References,
    Signature,
    Subject,
    Unread,
)
from convert.model.data import replace
from convert.model.walk import words
from convert.notation.released import released_by
from convert.reader import formatted, layout, lettered, sets, shapes, transmission
from convert.reader.body import read_body
from convert.reader.forms.protocol import Told
from convert.reader.heading import read_part
from convert.reader.joined import is_joined, is_wrapped_anew, items_parted, joined, numbered
from convert.reader.lines import Line

_SEEN = 80  # lines in which a heading begins; the list of INFO addressees may be long
_AHEAD = 60  # lines in which a heading goes on behind lines that nobody knows
_OTHER = re.compile(  # a telegram of State, or a product of a weather centre (WMO-No. 386)
    r"TAGS? ?:|E\.? ?O\.? ?\d{5}|DE R[A-Z]{3,7} #|[A-Z]{4}\d\d [A-Z]{4} \d{6}(?: [A-Z]{3})?$|NOTAM"
)
_TEXT_SETS = re.compile(
    r"(?:MSGID|MSID) ?/|SUBJ/|RMKS/|GENTEXT/|REF/[A-Z]/|NARR/|AMPN/|POC/", re.IGNORECASE
)

# Where lines of the heading were jammed together: before a set, a class, an address, a number.
_JAMMED = re.compile(
    r"(?<!/)/{2,}+ *+(?=(?:MSGID|SUBJ|REF/[A-Z]{1,2}|NARR|AMPN|POC(?: \([A-Z ]{1,30}\))?|GENTEXT)/"
    r"|RMKS?\b)"
    r"|(?<=[^ ]) ++(?=(?:REF/[A-Z]{1,2}|NARR|AMPN|RMKS|GENTEXT)/|BT UNCLAS)|(?<=\bBT) ++(?=UNCLAS)"
    rf"|(?<=//) ++(?=(?:{shapes.GENERAL_TITLES}) ?\d|1\. |PASS TO (?:ALL )?OFFICES? CODES)"
)
_NEAR = 8  # lines down to BT
_MOST_PARTS = 50  # of a line that was taken apart already; one with more is no heading
_ADDRESSES = re.compile(
    r"TO [^/]{1,40}?(?= INFO [A-Z]+/)"
    rf"|(?:UNCLAS|UNCLASSIFIED)(?= (?:{shapes.GENERAL_TITLES}) ?\d)"
)

_OFFICE, _OFFICE_END = re.compile(r"//[A-Z0-9/ -]{1,20}//$"), 24  # CNO WASHINGTON DC//N1//
_JAMMED_END = re.compile(r"(?:/ *|^)(BT(?: +#\d{1,8})?(?: +NNNN?)?)$")  # N1.// BT #0000 NNNN
_LONGEST_END = 60
_MARKS = re.compile(r"(?<= )[#N]")
_OPENINGS = 3  # GENTEXT/REMARKS// RMKS/
_TAIL = 12  # lines behind the text, at most


class Navy:
    """A formatted message, or one with a JANAP 128 heading."""

    name = "navy"
    title = "GENADMIN or other formatted message, with or without a JANAP 128 heading"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By format line 2, the set that opens the text, two other sets, or one below a heading.

        Weather products share the GENADMIN format: their own heading stands above it.
        """
        headed = False
        told: list[Recognised] = []
        for place, line in enumerate(lines[:_SEEN]):
            if formatted.is_header(line):
                return self._by("a JANAP 128 heading", line)
            if is_joined(line) or (place == 0 and is_wrapped_anew(lines)):
                return self._by("a message on one line", line)
            if _OTHER.match(line.text):
                break
            if _TEXT_SETS.match(line.text):
                told.append(self._by("a set", line))
                headed = headed or len(told) > 1 or _opens_text(line)
            elif len(line.text) <= shapes.LONGEST:
                if shapes.GENERAL.fullmatch(line.text):
                    told.append(self._by("the number of a general message", line))
                headed = headed or len(told) > 1 or _is_heading(lines, place)
            if told and headed:
                return told[0]
        return None

    def _by(self, what: str, line: Line) -> Recognised:
        return Recognised(self.name, f"{what}: {line.text[:40]}", line.span)

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """Heading, text and end of the message, or of each where several stand in a row."""
        lines = layout.closed_up(joined(lines))
        starts = [0, *_beginnings(lines), len(lines)]
        parts: list[Part] = []
        for start, end in pairwise(starts):
            parts += _message(lines[start:end], report)
        return Told(tuple(parts))


def _opens_text(line: Line) -> bool:
    return line.text[:8].upper().startswith(("RMKS/", "GENTEXT/"))


def _is_heading(lines: Sequence[Line], place: int) -> bool:
    return (
        shapes.FROM.fullmatch(lines[place].text) is not None
        or formatted.group(lines, place) is not None
        or formatted.classification(lines, place) is not None
    )


def _beginnings(lines: Sequence[Line]) -> Iterator[int]:
    """Where another message begins: format line 2 behind an end mark, and sets below it.

    A next section has the first and not the second.
    """
    for place in range(1, len(lines)):
        if not formatted.is_header(lines[place]):
            continue
        above, below = lines[max(place - 3, 0) : place], lines[place : place + _AHEAD]
        ended = any(line.text == "NNNN" for line in above)
        if ended and any(line.text.startswith("MSGID") for line in below):
            yield place


def _message(lines: Sequence[Line], report: Report) -> list[Part]:
    whole = list(_parted(_ends_parted(lines)))
    parts, place = _heading(whole)
    titles = (part.title.text for part in parts if isinstance(part, Subject))
    whole = numbered(layout.titles_closed(whole, place, next(titles, "")), place)
    whole = items_parted(whole, place)
    stop = _text_end(whole, place)
    for start, end in _texts(whole, place, stop):
        parts += _text(whole[start:end], report)
    while stop < len(whole):
        found = _first(whole, stop, (formatted.classification, sets.message_set, formatted.gateway))
        part, stop = found or read_part(whole, stop) or _unread(whole, stop)
        parts.append(part)
    return parts


# --- the heading ----------------------------------------------------------------------------------


def _parted(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those of the heading parted where several were jammed into one."""
    in_text = False
    for line in lines:
        if in_text or len(line.parts) > _MOST_PARTS:
            yield line
            continue
        places = [found.end() for found in _JAMMED.finditer(line.text)]
        if found := _ADDRESSES.match(line.text[: shapes.LONGEST]):
            places.append(found.end())
        for piece in line.cuts(places) if places else [line]:
            in_text = in_text or _opens(piece)
            yield piece


def _ends_parted(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, the last of the text parted from the end marks on it."""
    last = max(len(lines) - _TAIL, 0)
    yield from lines[:last]
    for line in lines[last:]:
        jammed = _JAMMED_END.search(line.text[-_LONGEST_END:])
        if jammed is None:
            yield line
            continue
        first = max(len(line.text) - _LONGEST_END, 0) + jammed.start(1)
        rest = line.text[first:]
        yield from line.cuts([first, *(first + found.start() for found in _MARKS.finditer(rest))])


def _opens(line: Line) -> bool:
    """Whether the text begins with a line."""
    number = shapes.NUMBER.match(line.text)
    return sets.OPENING.match(line.text) is not None or (number is not None and number[1] == "1")


_ADDRESSING = (Origin, Addressees)
_Recogniser = Callable[[Sequence[Line], int], tuple[Part, int] | None]

_RECOGNISERS: tuple[_Recogniser, ...] = (
    formatted.classification,
    sets.subject,
    sets.references,
    sets.message_set,
    lettered.subject,
    lettered.references,
    formatted.header,
    formatted.precedence,
    formatted.group,
    formatted.number,
    formatted.notice,
    formatted.corrected,
    formatted.behalf,
    formatted.gateway,
)


def _heading(lines: Sequence[Line]) -> tuple[list[Part], int]:
    """The parts above the text, and the place where that begins."""
    parts: list[Part] = []
    first = next((n for n, line in enumerate(lines[:_SEEN]) if formatted.is_header(line)), 0)
    titled = any(line.text[:5].upper() == "SUBJ/" for line in lines[:_SEEN])
    addressed = False
    place = formatted.webpage(lines)
    if place:
        parts.append(Handling(shapes.pieces(lines[:place]), HandlingKind.RELAY))
    while place < len(lines) and not _opens(lines[place]):
        found = formatted.handed_on(lines, place)
        if place < first:
            found = formatted.delivery(lines, place)
        if found is None and titled:
            found = formatted.envelope(lines, place)
        if len(lines[place].text) <= shapes.LONGEST:
            is_second = addressed and _closed(parts) and not _goes_on_to_break(lines, place, parts)
            found = found or formatted.passing(lines, place, addressed=is_second)
        found = found or _addressed_apart(lines, place, parts) or _told_late(lines, place, parts)
        if found is None and not titled and _names(parts[-1:]):
            found = sets.title(lines, place)
        found = found or _first(lines, place, _RECOGNISERS) or read_part(lines, place)
        if found is None and not _goes_on(lines, place):
            break
        part, place = found or _unread(lines, place)
        addressed = addressed or isinstance(part, Origin)
        parts.append(part)
    return _of_page(parts), place


def _names(parts: Sequence[Part]) -> bool:
    """Whether the set that names the message is the last of the parts."""
    return any(isinstance(part, MessageSet) and part.name == "MSGID" for part in parts)


def _of_page(parts: list[Part]) -> list[Part]:
    """The parts, the lines above the heading down to the title again as those of a page."""
    said = next((_letters(part.title.text) for part in parts if isinstance(part, Subject)), "")
    for place, part in enumerate(parts):
        if not isinstance(part, (Unread, Handling)):
            break
        if said and _letters(words(part.lines)) == said:
            lines = (one.lines for one in parts[: place + 1] if isinstance(one, (Unread, Handling)))
            return [Handling(tuple(chain(*lines)), HandlingKind.RELAY), *parts[place + 1 :]]
    return parts


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.upper()))


def _told_late(lines: Sequence[Line], place: int, parts: list[Part]) -> tuple[Part, int] | None:
    """A NARR set below POC: what it says is put to the references that stand above."""
    for index in range(len(parts) - 1, -1, -1):
        cited = parts[index]
        if isinstance(cited, References):
            if found := sets.narration(lines, place, cited):
                parts[index] = found[0]
                return found[1:]
        elif isinstance(cited, MessageSet) and cited.name == "POC":
            continue
        break
    return None


def _closed(parts: Sequence[Part]) -> bool:
    """Whether the addresses are done: a class, BT or a set stands behind them."""
    return bool(parts) and not isinstance(parts[-1], _ADDRESSING)


def _goes_on_to_break(lines: Sequence[Line], place: int, parts: Sequence[Part]) -> bool:
    """Whether INFO stands before BT, apart from the other addresses."""
    if any(isinstance(part, (Prosign, Banner)) for part in parts[_last_origin(parts) :]):
        return False
    ahead = lines[place + 1 : place + _NEAR]
    return lines[place].text.startswith("INFO ") and any(line.text == "BT" for line in ahead)


def _addressed_apart(
    lines: Sequence[Line], place: int, parts: Sequence[Part]
) -> tuple[Part, int] | None:
    """An addressee apart from those above it, where every line was parted from the next."""
    above, line = parts[-1] if parts else None, lines[place]
    if not isinstance(above, Addressees) or not line.gap or line.blanks != 1:
        return None
    if transmission.is_addressed(line.text) or line.text == "BT":
        return None
    for other in lines[place : place + _NEAR]:
        if other.text == "BT":
            value = line.field(0, len(line.text))
            item = transmission.addressee(value)
            return Addressees(shapes.pieces([line]), above.kind, (item,)), place + 1
        if not other.gap or not _PLAIN_ADDRESS.fullmatch(other.text):
            return None
    return None


_PLAIN_ADDRESS = re.compile(
    r"(?!BT\b|UNCLAS|PASS )(?:[A-Z]{3,8}/)?[A-Z]{2}[A-Z0-9 ,.&'-]{2,50}(?://.{0,40})?"
)


def _last_origin(parts: Sequence[Part]) -> int:
    return max((n for n, part in enumerate(parts) if isinstance(part, Origin)), default=0)


def _first(
    lines: Sequence[Line], place: int, recognisers: Sequence[_Recogniser]
) -> tuple[Part, int] | None:
    """What the first recogniser that knows the line makes of it."""
    is_long = len(lines[place].text) > shapes.LONGEST
    for recognise in recognisers:
        if is_long and recognise not in _ANY_LENGTH:
            continue
        if found := recognise(lines, place):
            return found
    return None


_ANY_LENGTH = (sets.subject, sets.references, sets.message_set)


def _unread(lines: Sequence[Line], place: int) -> tuple[Part, int]:
    return Unread(lines[place].typed()), place + 1


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Whether a line that only a heading has still comes."""
    return any(
        shapes.SET.match(lines[index].text)
        or lines[index].text.startswith(("SUBJ:", "SUBJECT:"))
        or shapes.FROM.fullmatch(lines[index].text)
        for index in range(place, min(place + _AHEAD, len(lines)))
        if len(lines[index].text) <= shapes.LONGEST
    )


# --- the text -------------------------------------------------------------------------------------


def _text_end(lines: Sequence[Line], place: int) -> int:
    """The place behind the last line of the text: after it come end marks, a class, late sets."""
    end = len(lines)
    for _ in range(_TAIL):
        if end <= place or len(lines[end - 1].text) > shapes.LONGEST:
            break
        text = lines[end - 1].text
        known = (
            shapes.PROSIGN.fullmatch(text)
            or formatted.classification(lines, end - 1)
            or formatted.gateway(lines, end - 1)
            or (shapes.SET.match(text) and not sets.OPENING.match(text) and text.endswith("/"))
        )
        if not known:
            break
        end -= 1
    return end


def _texts(lines: Sequence[Line], place: int, stop: int) -> Iterator[tuple[int, int]]:
    """From where to where each text goes: one, or one for each GENTEXT set and early end mark."""
    starts = [
        n
        for n in range(place + 1, stop)
        if lines[n].text[:8].upper().startswith("GENTEXT/")
        or (_ends(lines[n - 1]) and _begins(lines[n]))
    ]
    yield from pairwise([place, *starts, stop])


def _ends(line: Line) -> bool:
    """Whether a line ends with the end of a set, and not with an office code."""
    return line.text.endswith("//") and _OFFICE.search(line.text[-_OFFICE_END:]) is None


def _begins(line: Line) -> bool:
    return shapes.NUMBER.match(line.text) is not None or line.text.startswith("RMKS/")


def _text(lines: Sequence[Line], report: Report) -> list[Part]:
    """The set that opens a text, its paragraphs, who released it, and its end."""
    before: list[Part] = []
    rest = list(lines)
    while rest and len(before) < _OPENINGS and (opened := sets.opening(rest[0])):
        before.append(opened[0])
        rest[:1] = [opened[1]] if opened[1] else []
    after: list[Part] = []
    if rest and rest[-1].text.endswith("/"):
        end = len(rest[-1].text.rstrip("/ "))
        closing, text = rest[-1].cut(end, len(rest[-1].text)), rest[-1].cut(0, end)
        rest[-1:] = [text] if text.text else []
        after = [MessageSet(closing.typed(), "", ())]
    start = _release(rest)
    if start is not None and shapes.NUMBER.match(rest[start].text):
        rest[start] = replace(rest[start], gap=True)  # a paragraph of its own, whatever its number
    elif start is not None:
        name = released_by(" ".join(line.text for line in rest[start:]))
        after[:0] = [Signature(shapes.pieces(rest[start:]), (name,) if name else ())]
        rest = rest[:start]
    body = read_body(rest, 0, report, may_be_signed=not after, arranged=layout.kept)
    return [*before, *body, *after]


def _release(lines: Sequence[Line]) -> int | None:
    """The place of the line that names who released the message, if it is the text's last words."""
    for place in range(len(lines) - 1, max(len(lines) - 6, -1), -1):
        text = lines[place].text
        if len(text) > shapes.LONGEST or formatted.page(lines, place):
            return None
        if released_by(text):
            above = lines[place - 1].text if place else "."
            begins = lines[place].gap or text[0].isdigit() or above.endswith((".", "/"))
            return place if begins else None
        if shapes.NUMBER.match(text):
            return None
    return None
