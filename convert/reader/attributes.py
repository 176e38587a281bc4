"""Pass: the fields under ``Message Attributes`` in a record of the National Archives.

A field is a line ``Key: value``; its value may go on at the line's beginning, so a line is a new
field only where its key is one of the archive's. Release stamps that a sheet's end puts between two
fields are no part of a value; those that are a value, as ``Markings``, stay in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from convert.model import regex as re
from convert.model.cable import ArchiveField, Field, Joint, Piece, Record, RecordKind, ReleaseMark
from convert.notation.dates import archive_day
from convert.reader import shapes
from convert.reader.lines import Line

# The fields of the Central Foreign Policy Files, 1973 to 1979, as the archive's records have them.
KEYS = frozenset("""
Automatic Decaptioning|Author|Capture Date|Channel Indicators|Concepts|Control Number|Copy
Current Classification|Current Handling Restrictions|Decaption Date|Decaption Note
Disposition Action|Disposition Approved on Date|Disposition Authority|Disposition Case Number
Disposition Comment|Disposition Date|Disposition Event|Disposition History|Disposition Reason
Disposition Remarks|Document Number|Document Source|Document Unique ID|Draft Date|Drafter|Enclosure
Errors|Executive Order|Expiration|Film Number|Format|From|Handling Restrictions|Image Path|ISecure
Legacy Key|Line Count|Litigation Code IDs|Litigation Codes|Litigation History|Locator|Markings
Message ID|Office|Original Classification|Original Handling Restrictions
Original Previous Classification|Original Previous Handling Restrictions|Page Count
Previous Channel Indicators|Previous Classification|Previous Handling Restrictions|Reference
Retention|Review Action|Review Authority|Review Comment|Review Content Flags|Review Date
Review Event|Review Exemptions|Review History|Review Markings|Review Media Identifier
Review Referrals|Review Release Date|Review Release Event|Review Transfer Date
Review Withdrawn Fields|SAS ID|Secure|Sent Date|Status|Subject|TAGS|To|Type|vdkvgwkey
""".replace("\n", "|").strip("|").split("|"))  # fmt: skip

_KEY = re.compile(r"([A-Za-z][A-Za-z ]{1,50}):(?: |$)")
# A key that the table lacks is of the same letters, and stands below a value that has none of them.
_UNKNOWN = re.compile(r"[A-Z][a-z]{2,}(?: (?:[A-Z][a-z]+|[A-Z]{2,3}|on)){1,4}")
_FREE = re.compile(r".*(?:Comment|Note|Remarks|Reason|History|Markings|Concepts)")
_NONE = frozenset({"", "n/a", "na", "none"})


def record(lines: Sequence[Line]) -> Record:
    """The record that ``lines`` are, the line ``Message Attributes`` first."""
    pieces: list[Piece] = list(lines[0].typed())
    starts: list[tuple[int, Line, int]] = []  # place of the field's line, the line, end of its key
    values: dict[int, list[Line]] = {}
    for place, line in enumerate(lines[1:], 1):
        text = line.text
        above = starts[-1][1].text[: starts[-1][2]] if starts else ""
        if (found := _key(text, above)) is not None:
            starts.append((place, line, found))
            values[place] = []
        elif _is_stamp(line, starts, values):
            mark = ReleaseMark(line.typed(), line.field(0, len(text)), (), _stamped(text))
            pieces.append(Joint((mark,), line.span))
            continue
        elif starts:
            values[starts[-1][0]].append(line)
        pieces += line.typed()
    fields = tuple(_field(line, end, values[place]) for place, line, end in starts)
    return Record(tuple(pieces), RecordKind.ATTRIBUTES, fields)


def _key(text: str, above: str) -> int | None:
    """Where the key at the beginning of a line ends, its colon not counted; None: there is none.

    ``above`` is the key of the field that the line may go on with.
    """
    found = _KEY.match(text)
    if found is None:
        return None
    is_key = found[1] in KEYS or (_UNKNOWN.fullmatch(found[1]) and not _FREE.fullmatch(above))
    return found.end(1) if is_key else None


def _is_stamp(
    line: Line, starts: Sequence[tuple[int, Line, int]], values: dict[int, list[Line]]
) -> bool:
    """Whether a line is a sheet's release stamp, and no line of the field ``Markings``."""
    if not shapes.is_release(line.text[: shapes.LONGEST]):
        return False
    if line.indent or not starts:
        return True
    place, above, end = starts[-1]
    is_empty = not values[place] and end + 1 >= len(above.text)
    return not (is_empty and above.text.endswith("Markings:"))


def _stamped(text: str) -> date | None:
    return archive_day(" ".join(text.split()[-3:]))


def _field(line: Line, end: int, more: Sequence[Line]) -> ArchiveField:
    """One field: its key, and its value over all lines of it, joined by blanks."""
    values = [line.field(end + 1, len(line.text))] if line.text[end + 1 :].strip() else []
    values += [each.field(0, len(each.text)) for each in more]
    text = " ".join(value.text for value in values)
    value = Field(text, values[0].span.to(values[-1].span)) if values else None
    if text.lower() in _NONE:
        value = None
    return ArchiveField(line.text[:end], value, line.span.to(more[-1].span) if more else line.span)
