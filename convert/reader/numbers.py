"""Which numbers at the beginnings of lines are those of a list inside a paragraph.

    2. THE POINTS ARE:
    1. LAMPS ARE TO BE COUNTED.
    2. SO ARE BUOYS.

    3. THE DELEGATION LEFT.

Such a list begins at 1 below the words that announce it, while the paragraphs have got further. It
goes on as long as its numbers count up and look like its first; what looks like the paragraphs'
own, and is the next of them, ends it.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Code, Report
from convert.model import regex as re
from convert.model.data import Data
from convert.reader.endings import is_ended
from convert.reader.lines import Line
from convert.reader.marks import portion_at
from convert.reader.shapes import NUMBER

_ANNOUNCES = re.compile(r"(?:[^:]:|-|\bFOLLOW(?:S|ING)?\.?)$", re.IGNORECASE)
_LETTER = re.compile(
    r"\b(?:TEXT|QUOTE|QTE|LETTER|NOTE|MESSAGE|TELEGRAM|CABLE|MEMO(?:RANDUM)?)\b", re.IGNORECASE
)
_QUOTES = re.compile(r"\b(?:QUOTE|QTE)$")
_SHORT = 60  # characters of a line that may be a heading


class _Number(Data):
    """A number, and what tells its kind: how it looks, and what stands before and behind it."""

    place: int
    value: int
    look: tuple[object, ...]


def listed(lines: Sequence[Line], report: Report) -> frozenset[int]:
    """The places of the lines whose numbers are of a list inside a paragraph.

    One that may be of the list or the next paragraph's is the paragraph's, and reported.
    """
    labels = [
        (place, label)
        for place, line in enumerate(lines)
        if line.text[:1].isdigit() and (label := NUMBER.match(line.text))
    ]
    if all(int(label[1]) != 1 for _, label in labels[1:]):
        return frozenset()
    numbers = [_Number(place, int(label[1]), _look(lines[place], label)) for place, label in labels]
    found: set[int] = set()
    later = {number.value: number.place for number in numbers}  # where each stands last
    outer: _Number | None = None
    first = last = None  # of the list that is being gone through
    for at, number in enumerate(numbers):
        is_more: bool | None = False
        if first and last and outer:
            is_more = _goes_on(number, first, last, outer, later)
        if is_more:
            last = number
        elif outer and _begins(lines, numbers, at, outer, later):
            first = last = number
        else:
            if is_more is None and outer:
                span = lines[number.place].span
                report(Code.NUMBER_EITHER, span, number=number.value, of=outer.value)
            first = last = None
            if outer is None or number.value == outer.value + 1 or lines[number.place].gap:
                outer = number
            continue
        found.add(number.place)
    return frozenset(found)


def _look(line: Line, found: re.Match[str]) -> tuple[object, ...]:
    """A gap before it, its sign, its indent, a mark behind it."""
    is_marked = portion_at(line, found.end(), numbered=True) is not None
    return line.gap, found[0][-1], line.indent, is_marked


def _begins(
    lines: Sequence[Line],
    numbers: Sequence[_Number],
    at: int,
    outer: _Number,
    later: dict[int, int],
) -> bool:
    """Whether a list begins: at 1, announced; or so close set that the paragraphs go on after it.

    One that has a mark is a paragraph, and so is what follows a heading or begins a letter.
    """
    number = numbers[at]
    if number.value != 1 or number.look[-1] or at + 1 == len(numbers) or numbers[at + 1].value != 2:
        return False
    above = lines[number.place - 1]
    if number.place - 1 != outer.place and above.gap and len(above.text) <= _SHORT:
        return False
    if _ANNOUNCES.search(above.text[-12:]) and not _LETTER.search(above.text[-_SHORT:]):
        return True
    is_after = is_ended(above.text) or _QUOTES.search(above.text[-12:])
    if number.look[0] or not (outer.look[0] and is_after):
        return False
    end = at + 1
    while end < len(numbers) and numbers[end].value == numbers[end - 1].value + 1:
        if numbers[end].look != number.look:
            break
        end += 1
    return later.get(outer.value + 1, -1) > numbers[end - 1].place


def _goes_on(
    number: _Number, first: _Number, last: _Number, outer: _Number, later: dict[int, int]
) -> bool | None:
    """Whether a number is the next of a list, and not the paragraphs'; None if nothing tells."""
    if number.value != last.value + 1:
        return False
    if number.value != outer.value + 1:
        return True
    if (number.look == first.look) != (number.look == outer.look):
        return number.look == first.look
    return True if later[number.value] > number.place else None
