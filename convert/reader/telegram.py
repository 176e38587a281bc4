"""Shared pass: a telegram, the heading first, then its text; whatever form it came in."""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.model import regex as re
from convert.model.cable import (
    Addressees,
    Banner,
    DateTimeGroup,
    ExecutiveOrder,
    Origin,
    Part,
    Passing,
    Prosign,
    Record,
    RecordKind,
    References,
    Subject,
    Tags,
    Unread,
)
from convert.notation.banner import opens_with_class
from convert.reader import onward, references, shapes, texthead
from convert.reader.body import read_body
from convert.reader.heading import read_part
from convert.reader.jammed import parted
from convert.reader.joints import read_mended_whole, read_whole
from convert.reader.lines import Line, value
from convert.reader.marks import portion_at, starts_paragraph
from convert.reader.runon import unrun
from convert.reader.texthead import unreadable

_STRONG = (Origin, ExecutiveOrder, Tags, Subject, References)
_AHEAD = 40  # lines in which a heading may still begin behind lines that nobody knows
_ATTENTION = re.compile(
    r"(?:(?:DEPT\.?|DEPARTMENT|STATE) (?:ALSO )?)?(?:FOR|ATTN|ATTENTION|PASS)\b[: ].*"
)


def read_telegram(lines: Sequence[Line], report: Report) -> tuple[Part, ...]:
    """The parts of a telegram: the heading, then the text."""
    lines = unrun(parted(lines))
    parts, place = _read_heading(lines, ())
    return (*parts, *read_body(lines, place, report))


def read_heading(lines: Sequence[Line], before: Sequence[Part] = ()) -> tuple[Part, ...]:
    """The parts of lines that all belong to a heading: what nobody knows is Unread.

    ``before``: the parts of the same heading that stand before them.
    """
    return tuple(_read_heading(lines, before, whole=True)[0])


def _read_heading(
    lines: Sequence[Line], before: Sequence[Part], *, whole: bool = False
) -> tuple[list[Part], int]:
    """The parts of a heading, and the place after it; ``whole``: it has no other end."""
    parts: list[Part] = []
    place = 0
    # Whether a banner or later line was read; whether a line of the text heading was; whether one
    # was below the cable's own FM: any other FM is quoted.
    begun = any(isinstance(part, (*_STRONG, Banner)) for part in before)
    known = any(isinstance(part, _STRONG[1:]) for part in before)
    sealed = known and any(isinstance(part, Origin) for part in before)
    while place < len(lines) and (whole or not _begins_text(lines, place, parts)):
        found = read_whole(lines, place)
        if found is not None and not _is_heading(found[0], begun and not known, sealed):
            found = None
        if found is None and _are_references(lines, place, parts):
            found = references.without_label(lines, place)
        if found is None and known and onward.is_for_reader(lines[place].text):
            found = texthead.passing(lines, place)
        if found is None and _is_banner_place(parts) and opens_with_class(lines[place].text):
            found = unreadable(lines[place], place)
        if found is None and begun:
            found = _mended(lines, place, parts)
        if found is None:
            after = place if parts else place + starts_paragraph(lines[place])  # a mark above all
            if not (whole or _heading_ahead(lines, after, _STRONG[1:] if known else _STRONG)):
                break
            found = _attention(lines, place) if begun and not known else None
            found = found or (Unread(lines[place].typed()), place + 1)
        parts.append(found[0])
        begun = begun or isinstance(found[0], (*_STRONG, Banner))
        if isinstance(found[0], _STRONG[1:]):
            sealed = sealed or (not known and any(isinstance(part, Origin) for part in parts))
            known = True
        place = found[1]
    return parts, place


def _begins_text(lines: Sequence[Line], place: int, parts: Sequence[Part]) -> bool:
    """Whether the text begins with a line; a mark alone above the whole heading is none of it."""
    if not starts_paragraph(lines[place]) or _are_references(lines, place, parts):
        return False
    found = portion_at(lines[place], 0) if not parts else None
    if found is None or found.typed != lines[place].text:
        return True
    return not _heading_ahead(lines, place + 1, (*_STRONG, Banner))


def _are_references(lines: Sequence[Line], place: int, parts: Sequence[Part]) -> bool:
    """Whether a list of references without REF stands below the subject."""
    is_below = isinstance(parts[-1] if parts else None, Subject)
    return is_below and references.without_label(lines, place) is not None


def _is_heading(part: Part, may_pass: bool, sealed: bool) -> bool:
    """Whether a part can stand where it does."""
    if isinstance(part, Passing):
        text = part.text.text
        return may_pass or text.startswith(("FOR:", "FROM ")) or onward.is_for_reader(text)
    return not (sealed and isinstance(part, (Addressees, DateTimeGroup, Origin)))


def _mended(lines: Sequence[Line], place: int, parts: Sequence[Part]) -> tuple[Part, int] | None:
    """A part whose label is typed otherwise, unless the heading has such a part already."""
    found = read_mended_whole(lines, place)
    again = found and any(type(part) is type(found[0]) for part in parts)
    return None if again else found


def _attention(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``FOR SY/PRS DIRECTOR ROE`` and the names below it, between the class line and the E.O."""
    if not _ATTENTION.fullmatch(lines[place].text[: shapes.LONGEST]):
        return None
    end = shapes.wrapped(lines, place)
    end = next((at for at in range(place + 1, end) if texthead.passing(lines, at)), end)
    return Passing(shapes.pieces(lines[place:end]), value(lines[place:end])), end


def _is_banner_place(parts: Sequence[Part]) -> bool:
    """Whether the classification line comes next: behind the addressees or the break sign."""
    return bool(parts) and isinstance(parts[-1], (Addressees, Origin, Prosign))


def _heading_ahead(lines: Sequence[Line], place: int, strong: tuple[type, ...]) -> bool:
    """Whether a line that only a heading has still comes, before any paragraph."""
    for index in range(place, min(place + _AHEAD, len(lines))):
        if starts_paragraph(lines[index]) or _SUMMARY.match(lines[index].text):
            return False
        found = read_part(lines, index)
        if found and (_ends_telegram(found[0]) or _is_next_section(found[0])):
            return False
        if found and isinstance(found[0], strong):
            return True
    return False


_SUMMARY = re.compile(r"(?:BEGIN )?SUMMARY ?:", re.IGNORECASE)


def starts_text(line: Line) -> bool:
    """Whether a line is one with which the text of a telegram begins, whatever stands before."""
    return len(line.text) <= shapes.LONGEST and (
        starts_paragraph(line) or line.text.startswith(("MSGID/", "RMKS", "GENTEXT/"))
    )


def _is_next_section(part: Part) -> bool:
    return isinstance(part, Banner) and (part.section or 1) > 1


def _ends_telegram(part: Part) -> bool:
    if isinstance(part, Record):
        return part.kind is not RecordKind.WEB  # a web archive's table stands above a telegram
    return isinstance(part, Prosign) and part.sign[:3] == "NNN"
