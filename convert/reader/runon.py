"""Pass: numbered paragraphs that a copy ran together on one long line are read as so many lines.

A line longer than any of a telegram lost its line ends. It is parted before a number that counts up
by one and has a mark, or stands behind a sentence's end and before a capital; nowhere, where the
numbers do not tell for certain which of them are paragraphs'.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from convert.model import regex as re
from convert.notation import portion
from convert.reader.lines import Line
from convert.reader.shapes import LONGEST, NUMBER

_NUMBER = re.compile(r"(?<=\s)(\d{1,3})\. ?(?:(?P<mark>\([^()]{1,60}\))|(?<= )[A-Z\"\u201c])")
_SENTENCE_END = re.compile(r"[.!?][\"')\]\u201d\u2019]{0,3}$")
# A figure behind such a word belongs to it: SEE PARA. 2. THE ...
_COUNTED = re.compile(
    r"\b(?:NO|NOS|PARA|PARAS|REF|FIG|VOL|ART|SEC|CH|P|PP|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV"
    r"|DEC|[A-Z])\.$",
    re.IGNORECASE,
)


def unrun(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, each long one of numbered paragraphs as one line for each of them."""
    if all(len(line.text) <= LONGEST for line in lines):
        return lines
    following = _following(lines)
    found: list[Line] = []
    last = 0
    for line, after in zip(lines, following, strict=True):
        if number := NUMBER.match(line.text):
            last = int(number[1])
        places = _places(line.text, last, after) if last and len(line.text) > LONGEST else []
        found += line.cuts(places) if places else [line]
        last += len(places)
    return found


def _following(lines: Sequence[Line]) -> list[int]:
    """For each line the number with which the next numbered line begins; 0: there is none."""
    numbers: list[int] = []
    number = 0
    for line in reversed(lines):
        numbers.append(number)
        if found := NUMBER.match(line.text):
            number = int(found[1])
    return numbers[::-1]


def _places(text: str, last: int, after: int) -> list[int]:
    """Where the paragraphs behind number ``last`` begin, if that is certain.

    Either all the numbers count up from ``last``, or those that have a mark do: a list within a
    paragraph has numbers of its own, and seldom marks. A mark needs no sentence's end before it
    (a heading ends none), unless its number stands there twice.
    """
    numbered = [one for one in _NUMBER.finditer(text, 1) if _is_one(text, one)]
    marked = [one for one in numbered if one["mark"]]
    for several in (numbered, marked, [one for one in marked if _ends_sentence(text, one)]):
        numbers = [last, *(int(one[1]) for one in several)]
        counts_up = all(b == a + 1 for a, b in pairwise(numbers))
        if several and counts_up and (not after or after > numbers[-1]):
            return [one.start() for one in several]
    return []


def _is_one(text: str, number: re.Match[str]) -> bool:
    """Whether a number may be a paragraph's: before a mark, or behind a sentence's end."""
    if number["mark"]:
        return portion.parse(number["mark"]) is not None
    return _ends_sentence(text, number)


def _ends_sentence(text: str, number: re.Match[str]) -> bool:
    before = text[max(number.start() - 20, 0) : number.start()].rstrip()
    return bool(_SENTENCE_END.search(before)) and _COUNTED.search(before) is None
