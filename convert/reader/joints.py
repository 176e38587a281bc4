"""Pass: what interrupts a text: page lines, banners and stamps, the headings of later sections.

The interruptions are lifted out, so that the text can be read as it ran on the machine; each goes
back as a joint, or stands between two parts. Where a page's end falls on a paragraph's end, an
archive's copy has a blank line more behind the page line than before it, and more than one behind a
release stamp: that is what ``blank`` says.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import (
    Addressees,
    Authority,
    Banner,
    Captions,
    ChannelLine,
    DateTimeGroup,
    ExecutiveOrder,
    Handling,
    HandlingKind,
    HeaderLine,
    Joint,
    Origin,
    PageLine,
    Part,
    Passing,
    Piece,
    Prosign,
    References,
    ReleaseMark,
    RoutingLine,
    StationLine,
    Subject,
    Tags,
    Typed,
)
from convert.model.data import Data, field, replace
from convert.model.walk import span_of
from convert.notation import banner
from convert.reader import shapes
from convert.reader.classwords import ClassWords, is_edge
from convert.reader.heading import (
    Recogniser,
    is_furniture,
    may_begin,
    read_furniture,
    read_mended,
    read_part,
)
from convert.reader.lines import Line
from convert.reader.marks import starts_paragraph

_QUOTE = re.compile(r"(?<!END )\b(?:QUOTE|QTE|BEGIN TEXT)\b[:.\"]*$")
_QUOTED = 4  # lines behind QUOTE in which the heading of a quoted message begins
_QUOTED_END = 20
_WRAPS = (Addressees, Subject, Tags, References, ExecutiveOrder, Authority, Handling)
_TRANSMISSION = (Addressees, DateTimeGroup, Origin, Passing)
_PARTING = (PageLine, ReleaseMark)  # what parts two pages
_BEGINS = (ChannelLine, HeaderLine, StationLine)  # with which another transmission begins
_FILED = (DateTimeGroup, Origin)  # with which a heading begins that has lost what stood above
_REASON = re.compile(r"REASONS? ?:", re.IGNORECASE)  # below who classified, whatever parts them
_TITLE = 3  # lines that a subject has behind the break of a page
_FULL = 45  # characters that a line of a subject has at least, if several go on with it
_BREAKS = 8  # page breaks inside one part of a heading
_NEAR = 8  # parts of a page break that tell what a class below them is


class Break(Data):
    """What stood before a line of the text."""

    parts: tuple[Part, ...]
    blank: bool | None  # whether the text has a blank line there; None: nothing tells

    def joint(self, *, inferred: bool) -> Joint:
        """The break as a joint inside a text."""
        span = span_of(self.parts[0]).to(span_of(self.parts[-1]))
        return Joint(self.parts, span, inferred=inferred)


class Running(Data, frozen=False):
    """The text's own lines, and the breaks before them; the one at the end closes the text."""

    lines: list[Line] = field(default_factory=list)
    breaks: dict[int, Break] = field(default_factory=dict)


def running(lines: Sequence[Line], place: int) -> Running:
    """The text from line ``place`` on, all that interrupts it lifted out."""
    text = Running()
    words = ClassWords(lines, place)
    quoted = -_QUOTED  # where the text last began to quote
    while place < len(lines):
        line = lines[place]
        between = None
        if _may_interrupt(line):
            near = len(text.lines) - quoted < _QUOTED
            between = _furniture(lines, place, words, text, quoted=near)
        if between is None:
            tail = line.text[-_QUOTED_END:]
            if ("QUOTE" in tail or "QTE" in tail or "TEXT" in tail) and _QUOTE.search(tail):
                quoted = len(text.lines)
            if len(text.lines) in text.breaks:
                blank = text.breaks[len(text.lines)].blank
                line = line if blank in (None, line.gap) else replace(line, gap=blank)
            text.lines.append(line)
            place += 1
            continue
        parts, end = between
        before = text.breaks.get(len(text.lines))
        parts = (*(before.parts if before else ()), *parts)
        text.breaks[len(text.lines)] = Break(parts, _blank(lines, end, parts))
        place = end
    return text


def read_whole(
    lines: Sequence[Line], place: int, *, in_text: bool = False
) -> tuple[Part, int] | None:
    """The heading part at ``place``, on over the page breaks inside it; ``in_text``: furniture."""
    found = (read_furniture if in_text else read_part)(lines, place)
    return _whole(lines, place, found, read_part)


def read_mended_whole(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``read_whole`` of a part whose label is typed otherwise."""
    return _whole(lines, place, read_mended(lines, place), read_mended)


def _whole(
    lines: Sequence[Line], place: int, found: tuple[Part, int] | None, read: Recogniser
) -> tuple[Part, int] | None:
    if found is None or not isinstance(found[0], _WRAPS):
        return found
    part, end = found
    own = list(lines[place:end])
    joints: list[Joint] = []
    for _ in range(_BREAKS):
        between = page_break(lines, end)
        if between is None or not _goes_on(lines, between, part):
            break
        parts, stop, _ = between
        more = [replace(lines[stop], gap=False), *lines[stop + 1 : stop + 250]]
        again = read([*own, *more], 0)
        if again is None or type(again[0]) is not type(part) or again[1] <= len(own):
            break
        joints.append(Break(parts, None).joint(inferred=False))
        end = stop + again[1] - len(own)
        own, part = [*own, *more][: again[1]], again[0]
    return (_jointed(part, joints) if joints else part), end


def page_break(
    lines: Sequence[Line], place: int
) -> tuple[tuple[Part, ...], int, bool | None] | None:
    """The page line, stamps and bare banners at ``place``, the place after them, and ``blank``."""
    parts: list[Part] = []
    kept, end = 0, place
    while place < len(lines) and _may_part(lines[place].text):
        found = read_furniture(lines, place)
        if found is None or not (isinstance(found[0], _PARTING) or _bare(found[0])):
            break
        parts.append(found[0])
        place = found[1]
        if isinstance(found[0], _PARTING):
            kept, end = len(parts), place
    if not kept or end >= len(lines):
        return None
    return tuple(parts[:kept]), end, _blank(lines, end, parts[:kept])


def _may_part(text: str) -> bool:
    """Whether a line may be of a page break; false of nearly all text."""
    return (
        text.startswith(("PAGE ", "[Page "))
        or shapes.may_be_page(text)
        or banner.may_open(text)
        or shapes.is_release(text[: shapes.LONGEST])
    )


def _bare(part: Part) -> bool:
    return isinstance(part, Banner) and part.serial is None and part.section is None


def _goes_on(
    lines: Sequence[Line], between: tuple[tuple[Part, ...], int, bool | None], part: Part
) -> bool:
    """Whether the part's own lines go on behind the break."""
    _, stop, blank = between
    if isinstance(part, Authority) and _REASON.match(lines[stop].text):
        return True
    in_text = not isinstance(part, (Addressees, Handling))
    if blank or shapes.begins_part(lines, stop, in_text=in_text):
        return False
    if starts_paragraph(lines[stop]):  # (C) is a mark, or the third reference
        return blank is False and isinstance(part, References)
    if not isinstance(part, Subject):
        return True
    item = shapes.ITEM.match(lines[stop].text)
    if item and (blank is None or item[0] in ("-", "--")):
        return False  # the text of a next section begins with an item of a list
    end = shapes.wrapped(lines, stop)
    if blank is False:
        last = part.lines[-1]
        is_full = not isinstance(last, Typed) or len(last.text) >= _FULL
        return end - stop <= (_TITLE if is_full else 1)
    # Nothing tells: a subject goes on only if the heading itself does so behind it.
    return end - stop <= _TITLE and end < len(lines) and shapes.begins_part(lines, end)


def _jointed(part: Part, joints: Sequence[Joint]) -> Part:
    """The part with the joints among its lines, by their places in the source."""
    assert isinstance(part, _WRAPS)
    pieces: list[Piece] = []
    left = list(joints)
    for piece in part.lines:
        while left and isinstance(piece, Typed) and left[0].span.end <= piece.span.start:
            pieces.append(left.pop(0))
        pieces.append(piece)
    return replace(part, lines=(*pieces, *left))


def _blank(lines: Sequence[Line], end: int, parts: Sequence[Part]) -> bool | None:
    """Whether the text has a blank line at the break that ends before line ``end``."""
    if end >= len(lines):
        return True
    if any(isinstance(part, Banner) and part.section is not None for part in parts):
        return None  # a section's heading has a blank line of its own
    last, following = lines[end - 1], lines[end]
    if isinstance(parts[-1], ReleaseMark):
        return following.blanks > 1
    if isinstance(parts[-1], PageLine) and shapes.COPY_PAGE.fullmatch(last.text):
        return following.blanks > last.blanks
    return None


def _may_interrupt(line: Line) -> bool:
    first = line.text[:1]
    if not (line.gap or first.isupper() or first in "#<*"):
        return False
    return len(line.text) <= shapes.LONGEST and may_begin(line.text)


def _furniture(
    lines: Sequence[Line], place: int, words: ClassWords, text: Running, *, quoted: bool
) -> tuple[tuple[Part, ...], int] | None:
    """The lines that interrupt the text at ``place``, as parts, and the place after them.

    The heading of a message that the text quotes is text. ``text``: what stands above them.
    """
    last = text.lines[-1] if text.lines else None
    above = text.breaks[len(text.lines)].parts if len(text.lines) in text.breaks else ()
    parts: list[Part] = []
    in_heading = in_text_heading = False
    while place < len(lines):
        if in_text_heading and starts_paragraph(lines[place]):
            break
        found = read_whole(lines, place, in_text=not in_heading)
        if found is None:
            break
        part, end = found
        # Behind the end of a message, and below the first page line of a section, only another
        # heading can stand; a text may quote one.
        in_heading = in_heading or (_is_ended(parts) and not quoted and isinstance(part, _FILED))
        if not (in_heading or is_furniture(part) or _is_running_banner(lines, place, part)):
            break
        if not in_heading and words.is_word(
            place, part, last, [*above[-_BREAKS:], *parts[-_BREAKS:]]
        ):
            break
        if isinstance(part, ReleaseMark) and not parts and _is_quoted(lines, place, end):
            break
        if in_text_heading and isinstance(part, _TRANSMISSION):
            break  # TO and FM may begin a sentence
        if in_text_heading and isinstance(part, Banner) and part.serial and not part.section:
            break  # and so may a class
        if quoted and isinstance(part, (*_BEGINS, RoutingLine)):
            break
        if isinstance(part, Prosign) or (isinstance(part, PageLine) and part.page == 1):
            in_text_heading = False
        elif isinstance(part, Banner):
            in_text_heading = in_heading or part.section is not None
        in_heading = (
            in_heading
            or isinstance(part, _BEGINS)
            or (isinstance(part, Handling) and part.kind is HandlingKind.DISTRIBUTION)
            or (isinstance(part, Banner) and part.section is not None)
        )
        parts.append(part)
        place = end
    return (tuple(parts), place) if parts else None


def _is_ended(parts: Sequence[Part]) -> bool:
    """Whether the last part is the sign of a message's end, or the page line of a first page."""
    last = parts[-1] if parts else None
    if isinstance(last, PageLine):
        return last.page == 1
    return isinstance(last, Prosign) and last.sign.startswith("NNN")


def _is_running_banner(lines: Sequence[Line], place: int, part: Part) -> bool:
    """Whether a class or caption in the text is the cable's own, and no word of a sentence.

    A class in spaced letters or with ``//`` behind it always is; any other, and a caption, where it
    is alone between blank lines, or beside a page line, an end mark or its like.
    """
    if not isinstance(part, (Banner, Captions)):
        return False
    alone = lines[place].gap and (place + 1 == len(lines) or lines[place + 1].gap)
    if alone or isinstance(part, Captions):
        return alone
    if banner.looks_like_banner(lines[place].text):
        return True
    if part.serial is not None:
        return False
    beside = [lines[i].text for i in (place - 1, place + 1) if 0 <= i < len(lines)]
    return len(beside) < 2 or any(map(is_edge, beside))


def _is_quoted(lines: Sequence[Line], place: int, end: int) -> bool:
    """Whether a stamp is a line of the text: ``RELEASED IN FULL`` where no sheet ends."""
    if not (0 < place < end < len(lines) and _SAYS_RELEASED.fullmatch(lines[place].text)):
        return False
    edges = lines[place].sheet or lines[end].sheet
    return not edges and not any(is_edge(lines[i].text) for i in (place - 1, end))


_SAYS_RELEASED = re.compile(r"RELEASED? IN (?:FULL|PART)\W{0,3}", re.IGNORECASE)
