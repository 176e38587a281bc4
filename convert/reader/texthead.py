"""Recognisers: the text heading, from the banner line to Classified By.

Each takes the lines and a place, and gives the part that begins there with the place after it, or
None (5 FAH-2 H-320, format line 12; 32 CFR 2001.21).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from convert.model import regex as re
from convert.model.cable import (
    Authority,
    Banner,
    Captions,
    ExecutiveOrder,
    Field,
    Note,
    NoteKind,
    Part,
    Passing,
    Subject,
    Tags,
)
from convert.notation import authority as authority_notation
from convert.notation import banner as notation
from convert.notation import labels
from convert.notation import lines as cable_lines
from convert.notation import tags as tag_notation
from convert.reader import onward, shapes
from convert.reader.lines import Line, titled, value
from convert.reader.marks import Mark, mark_at, mark_behind
from convert.reader.unspaced import is_last, text_below

_TAGS = re.compile(r"(?:TAGS?\b|AGS(?=:))[:;./\- ]*", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?i:\(?S?UBJ(?:ECT)? {0,3}[:;] *)|SUBJECT (?!(?:OF|TO|IS|WAS|AND)\b)(?=[A-Z\d(\"][^a-z]*$)"
    r"|(?i:SUBJ(?:ECT)?) ?(?=[(\[](?:TS|S|C|U|SBU|LOU|//)[^()\[\]]{0,80}[)\]])"
)
_EXTRACT = re.compile(r"This record is a partial extract of the original cable\b.*", re.IGNORECASE)


def banner(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``S E C R E T SECTION 01 OF 02 BAGHDAD 004430``."""
    line = lines[place]
    text = line.text
    begins = onward.quoted(text)
    own = text[begins:] if begins else text
    read = notation.parse(_SUBJECT_CODE.sub("", own) if own.endswith("//") else own)
    if begins and (read is None or read.serial is None):
        return None
    if read is None:
        return unreadable(line, place) if notation.looks_like_banner(line.text) else None
    typed = line.field(begins, begins + read.end)
    part = Banner(
        line.typed(), read.marking, typed, read.shown, read.captions,
        read.section, read.sections, read.post, read.serial,
    )  # fmt: skip
    return part, place + 1


# A Navy message's subject code behind the class: UNCLAS //N01420// (SECNAV M-5210.2)
_SUBJECT_CODE = re.compile(r" *//N\d{5}//$")


def unreadable(line: Line, place: int) -> tuple[Part, int]:
    """A classification line that cannot be read: kept whole, as typed."""
    whole = line.field(0, len(line.text))
    shown = " ".join(whole.text.split())
    return Banner(line.typed(), None, whole, shown, (), None, None, None, None), place + 1


def captions(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``SIPDIS``; nothing else on the line."""
    text = lines[place].text
    found = notation.parse_captions(text) or notation.restricting_captions(text)
    found = found or notation.misspelt_caption(text)
    return (Captions(lines[place].typed(), found), place + 1) if found else None


def note(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """A corrected copy, or the notice of a partial extract."""
    for pattern, kind in ((shapes.CORRECTED, NoteKind.CORRECTION), (_EXTRACT, NoteKind.EXTRACT)):
        if pattern.fullmatch(lines[place].text):
            end = shapes.wrapped(lines, place) if kind is NoteKind.EXTRACT else place + 1
            return Note(shapes.pieces(lines[place:end]), kind), end
    return None


def passing(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``STATE PASS TO USTR``; ``FOLLOWING REPEATS LA PAZ 12 ACTION STATE`` up to the word QUOTE."""
    line = lines[place]
    if onward.SENT_ON.match(line.text):
        sent = range(place, min(place + _SENT, len(lines)))
        end = next((at for at in sent if _QUOTES.search(lines[at].text[: onward.PASSES])), place)
        end += end == place or not lines[end].text.startswith("QUOTE")
        return Passing(shapes.pieces(lines[place:end]), value(lines[place:end])), end
    if not (onward.is_passing(line.text) or _is_sender(lines, place)):
        return None
    end, most = place + 1, min(place + _PASSED, len(lines))
    while end < most and _passes_on(lines, end):
        end += 1
    return Passing(shapes.pieces(lines[place:end]), value(lines[place:end])), end


def _is_sender(lines: Sequence[Line], place: int) -> bool:
    """``FROM US REP MBFR``: a line of the heading only right above another of it, or below."""
    if not _SENDER.fullmatch(lines[place].text) or place + 1 >= len(lines):
        return False
    if place and not lines[place].gap and onward.is_for_posts(lines[place - 1].text):
        return True
    below = place + 1
    if lines[below].text.startswith(("BEGIN SUMMARY", "SUMMARY", "1. ")):
        return True
    return bool(
        order(lines, below) or captions(lines, below) or onward.is_passing(lines[below].text)
    )


_SENDER = re.compile(r"FROM [A-Z][A-Z./' -]{2,50}")


def _passes_on(lines: Sequence[Line], place: int) -> bool:
    """Whether a line goes on with the passing instruction above it: ``DEPT PASS``, ``TO STR``."""
    before, text = lines[place - 1].text, lines[place].text
    if lines[place].gap or not text.isupper():
        return False
    if before.endswith(" PASS") and text.startswith("TO "):
        return True
    if _is_known(lines, place):
        return False
    if _is_last_above(lines, place + 1):
        return not shapes.begins_part(lines, place)
    is_open = before.endswith((",", "/", " AND", " FOR", " PASS", " TO")) or text.startswith(
        ("(", "AND ")
    )
    return (is_open or len(before) >= _FULL) and not shapes.begins_part(lines, place)


def _is_last_above(lines: Sequence[Line], place: int) -> bool:
    """Whether a line of the heading is at ``place``, or below one that goes on from above."""
    if place < len(lines) and not _is_known(lines, place):
        place += 1 if lines[place].text.isupper() and not lines[place].gap else len(lines)
    return place < len(lines) and _is_known(lines, place)


def _is_known(lines: Sequence[Line], place: int) -> bool:
    return bool(
        order(lines, place)
        or captions(lines, place)
        or _TAGS.match(lines[place].text)
        or _SUBJECT.match(lines[place].text)
        or onward.SENT_ON.match(lines[place].text)
        or onward.is_passing(lines[place].text)
        or _is_sender(lines, place)
    )


_PASSED = 4  # lines of a passing instruction
_FULL = 58  # characters of a line that had no room for the next word


_QUOTES = re.compile(r"^QUOTE|: QUOTE|\bQTE:?$")
_SENT = 6  # lines that say of whom and to whom a message was that is sent on


def order(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``E.O. 12958: DECL: 12/02/2016``; what is left of it where its beginning is lost."""
    line = lines[place]
    if (found := cable_lines.order_line(line.text)) is None:
        return None
    number, end = found
    rest = line.field(end, len(line.text)) if end < len(line.text) else None
    after = place + 1
    if rest is None and after < len(lines) and not lines[after].gap:
        below = lines[after].text
        if _SCHEDULE.fullmatch(below):
            rest, after = lines[after].field(0, len(below)), after + 1
    on, event = cable_lines.declassify(rest.text if rest else "")
    return ExecutiveOrder(shapes.pieces(lines[place:after]), number, rest, on, event), after


# What stands below an order that has nothing behind its number, in copies that lost their blanks.
_SCHEDULE = re.compile(r"(?:X?GDS|ADS|RDS|XDS)(?:[- ,(\d][^a-z]{0,50})?|N/?A")


def tags(lines: Sequence[Line], place: int, begins: int | None = None) -> tuple[Part, int] | None:
    """``TAGS: PREL, PGOV``, ``TAGS: PREL PGOV``; a person's name is one of them.

    ``begins``: the column behind a label that is typed otherwise.
    """
    if begins is None:
        if not (found := _TAGS.match(lines[place].text)):
            return None
        begins = found.end()
    end, most = place + 1, shapes.wrapped(lines, place)
    while end < most and _lists_tags(lines[end - 1].text, lines[end].text):
        if (below := labels.mended(lines[end].text)) and below[0] != labels.TAGS:
            break
        end += 1
    fields: list[Field] = []
    for index in range(place, end):
        line = lines[index]
        start = begins if index == place else 0
        fields += [line.field(low, high) for low, high in tag_notation.tags(line.text, start)]
    return Tags(shapes.pieces(lines[place:end]), tuple(fields)), end


def _lists_tags(before: str, text: str) -> bool:
    """Whether a line goes on with the TAGS of the line above it."""
    if before.endswith((",", ";", "(")) or before.count("(") > before.count(")"):
        return True
    words = re.split(r"[\s,;]+", _IN_BRACKETS.sub("", text).strip(" ,;"))
    return text.isupper() and 2 * sum(map(tag_notation.is_known, words)) >= len(words)


_IN_BRACKETS = re.compile(r"\([^()]*\)?")  # a person's name


def subject(
    lines: Sequence[Line], place: int, begins: int | None = None
) -> tuple[Part, int] | None:
    """``SUBJECT: (C) A TITLE``, which may wrap, even over a page line.

    The mark may stand before the word too, behind it, and behind the title. A title may end as a
    set ends, ``//`` (MIL-STD-6040), which is no part of what it says.
    ``begins``: the column behind a label that is typed otherwise.
    """
    line = lines[place]
    before: Mark | None = None
    if begins is None:
        before = mark_at((line,), 0, 0, 1)
        start = before.end + (line.text[before.end : before.end + 1] == " ") if before else 0
        if not (found := _SUBJECT.match(line.text, start)):
            return None
        begins = found.end()
    end = shapes.wrapped(lines, place, in_text=True)
    end = _without_reader(lines, place, end)
    end = _over_blank(lines, _titled(lines, place, end))
    start = begins
    mark = before or mark_at(lines, place, start, end)
    portion = mark.portion if mark else None
    first, start = (mark.place, mark.end) if mark and mark is not before else (place, start)
    start += line.text.startswith(":", start) if first == place else 0
    if mark and (dash := _DASH.match(lines[first].text, start)):
        start = dash.end()  # (LOU) - A TITLE
    own = lines[first:end]
    stops = [len(each.text) for each in own]
    low = start if len(own) == 1 else 0
    if portion is None and (portion := mark_behind(own[-1], low, stops[-1])):
        stops[-1] = own[-1].text.rindex(portion.typed)
    starts = [start, *[0] * (len(own) - 1)]
    if own[-1].text.count("//") == 1 and own[-1].text.endswith("//"):  # the end of a set
        stops[-1] = min(stops[-1], len(own[-1].text) - 2)
    if before is None and line.text.startswith("(") and own[-1].text.endswith(")"):
        stops[-1] -= own[-1].text.count(")") > own[-1].text[low:].count("(")
    rows = zip(own, starts, stops, strict=True)
    values = [each.field(low, high) for each, low, high in rows if each.text[low:high].strip()]
    title = titled(values) if values else Field("", line.span)
    return Subject(shapes.pieces(lines[place:end]), title, portion), end


def _over_blank(lines: Sequence[Line], end: int) -> int:
    """``end``, or the place after what goes on with a full line of a title below a blank one.

    Only in capitals, and right above another line of the heading.
    """
    at, most = end, min(end + _TITLE_LINES, len(lines))
    while at < most and _goes_on(lines, at):
        at += 1
    return at if at < len(lines) and _NEXT.match(lines[at].text) else end


def _goes_on(lines: Sequence[Line], place: int) -> bool:
    """Whether a line may be of the title that fills the line above it."""
    text, above = lines[place].text, lines[place - 1].text
    if len(above) < _FULL_TITLE or above.endswith(".") or not above.isupper():
        return False
    if not text.isupper() or len(text) > _WIDEST or shapes.begins_part(lines, place, in_text=True):
        return False
    return passing(lines, place) is None


_TITLE_LINES, _FULL_TITLE, _WIDEST = 3, 55, 75
_NEXT = re.compile(r"(?:REF|TAGS)[A-Z()]{0,4} ?[:;]|E\.O\.", re.IGNORECASE)
_DASH = re.compile(r" ?--? (?=\S)")


def _without_reader(lines: Sequence[Line], place: int, end: int) -> int:
    """``end``, or the place of the lines right below a title that say for whom the message is.

    One post with FOR may be of the title, ``GENEVA FOR TALKS``, unless the line above had room.
    """
    own = range(place + 1, end)
    sure = next((at for at in own if onward.is_for_sure(lines[at].text[: shapes.LONGEST])), end)
    last = sure
    while last > place + 1 and onward.is_for_one(lines[last - 1].text):
        last -= 1
    is_apart = sure - last > 1 or (last < sure and is_last(lines, last))
    return last if is_apart else sure


def _titled(lines: Sequence[Line], place: int, end: int) -> int:
    """``end``, or the place where the text begins right below the title.

    In small letters, under a subject in capitals, a line that ends a sentence tells it.
    """
    if not lines[place].text.isupper():
        return text_below(lines, place, end)
    small = next((index for index in range(place + 1, end) if _is_small(lines[index].text)), end)
    if any(line.text.endswith(".") for line in lines[small:end]):
        return small
    return text_below(lines, place, end)


def _is_small(text: str) -> bool:
    return sum(map(str.islower, text)) * 2 > sum(map(str.isalpha, text))


def authority(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``Classified By: DCM Jane Roe for reasons 1.4 (b)``, or what it is derived from."""
    if authority_notation.authority_start(lines[place].text) is None:
        return None
    end = shapes.wrapped(lines, place)
    if end < len(lines) and _REASON.match(lines[end].text):
        end = shapes.wrapped(lines, end)
    end = text_below(lines, place, end)
    found = authority_notation.authority(unbroken(lines[place:end]))
    if found is None:
        return None
    part = Authority(
        shapes.pieces(lines[place:end]), found.name, found.title, found.reasons, found.derived
    )
    return part, end


_REASON = re.compile(r"REASONS? ?: {0,3}(?:E\.?O\.? ?\d{5},? {1,3})?1\.[45]\b", re.IGNORECASE)
_CUT = 71  # characters at which a field of the old message systems was cut, in a word or not


def unbroken(lines: Sequence[Line]) -> str:
    """The lines as one text; words that were cut at the 71st character are whole again."""
    text = lines[0].text
    for above, line in pairwise(lines):
        cut = len(above.text) == _CUT and not line.indent
        text += line.text if cut else f" {line.text}"
    return text
