"""Recognisers: the heading of a text in lines without sets, as the Coast Guard types it.

``SUBJ: A TITLE``, and right below it the references, each with its letter and no other label, down
to paragraph 1: so are the ALCOAST messages.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import Part, Reference, ReferenceKind, References, Subject
from convert.model.data import replace
from convert.model.span import Span
from convert.reader import formatted, sets, shapes
from convert.reader.lines import Line, value
from convert.reader.texthead import subject as titled

_SUBJECT = re.compile(r"SUBJ(?:ECT)? ?:", re.IGNORECASE)
_LETTERED = re.compile(r"\(?([A-Z]{1,2})[.)] +(?=\S)", re.IGNORECASE)
_SENT = re.compile(r"\b\d{6}Z? ?[A-Z]{3} ?\d\d\b")  # 171834Z DEC 08
_KINDS = (
    (re.compile(r"\bE-?MAIL\b", re.IGNORECASE), ReferenceKind.EMAIL),
    (re.compile(r"\b(?:LTR|LETTER)\b", re.IGNORECASE), ReferenceKind.LETTER),
    (re.compile(r"\b(?:TELCON|PHONCON)\b", re.IGNORECASE), ReferenceKind.TELECON),
)
_MOST = 120  # lines of a list
_TITLE = 8  # lines of a title


def subject(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``SUBJ: A TITLE`` above a list of references."""
    if not _SUBJECT.match(lines[place].text):
        return None
    for end in range(place + 1, min(place + _TITLE, len(lines))):
        if _listed(lines, end):
            found = titled(lines[:end], place)
            return found if found and found[1] == end and isinstance(found[0], Subject) else None
        if shapes.NUMBER.match(lines[end].text):
            return None
    return None


def references(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``A. COMDT COGARD WASHINGTON DC 171834Z DEC 08/ALCOAST 605/08`` and those below it."""
    if not (starts := _listed(lines, place)):
        return None
    end = starts.pop()
    items: list[Reference] = []
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        label = _LETTERED.match(lines[start].text)
        assert label
        rows = [lines[start].cut(label.end(), len(lines[start].text)), *lines[start + 1 : stop]]
        said = value(rows)
        items.append(_reference(label[1].upper(), said.text, said.span))
    return References(shapes.pieces(lines[place:end]), tuple(items)), end


def _reference(label: str, typed: str, span: Span) -> Reference:
    item = Reference(label, typed, ReferenceKind.CABLE, None, False, span)
    named = sets.identified(item)
    if named.canonical or _SENT.search(typed):
        return named
    kinds = (kind for words, kind in _KINDS if words.search(typed))
    return replace(item, kind=next(kinds, ReferenceKind.OTHER))


def _listed(lines: Sequence[Line], place: int) -> list[int]:
    """The places of A., B. and so on, and of the line behind the list; none if it is no list.

    Behind it stands paragraph 1: letters that go on to anything else are paragraphs themselves.
    """
    starts: list[int] = []
    for index in range(place, min(place + _MOST, len(lines))):
        text = lines[index].text
        if len(text) > shapes.LONGEST or (
            formatted.begins(lines, index) and not _LETTERED.match(text)
        ):
            number = shapes.NUMBER.match(text)
            return [*starts, index] if starts and number and number[1] == "1" else []
        if (found := _LETTERED.match(text)) and _place(found[1]) == len(starts) + 1:
            starts.append(index)
        elif not starts:
            return []
    return []


def _place(label: str) -> int:
    """3 for C, 27 for AA."""
    letters = label.upper()
    return 26 * (len(letters) - 1) + ord(letters[-1]) - ord("A") + 1
