"""Where the text begins, and a heading stands, in copies that have lost their blank lines.

A line end is the writer's own, and no wrap, where the first word of the next line would have had
room on the line. That, and the ends of sentences, tell what a blank line would have told; where
they do not tell it, a part of the heading keeps its lines, and the reader reports it.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.notation import banner
from convert.reader.endings import LAST_WORD, RUNS_ON, is_name
from convert.reader.lines import Line
from convert.reader.shapes import ARCHIVE, LONGEST, NUMBER, PROSIGN

HEADING = re.compile(
    r"(?:(?:EXECUTIVE |BEGIN )?SUMMARY(?: AND (?:COMMENT|ACTION REQUEST(?:ED)?))?"
    r"|(?:EMBASSY |POST |CONSULATE )?COMMENT|BACKGROUND|INTRODUCTION|DISCUSSION|ANALYSIS"
    r"|GENERAL|CONCLUSIONS?|RECOMMENDATIONS?|(?:ACTION|GUIDANCE) REQUEST(?:ED)?|NEXT STEPS"
    r"|BIO(?:GRAPHIC(?:AL)?)? (?:NOTES?|DATA)):?",
    re.IGNORECASE,
)
"""A line that heads a section of a cable, by its words (5 FAH-1 H-612 names the first of them)."""

SUMMED = tuple(f"{words}{stop}" for words in ("END SUMMARY", "End summary") for stop in (".", ""))
"""What ends a summary; an unnumbered paragraph may stand right below it, or a heading."""

_NEAR = 12  # lines that tell how wide a text is
_REJOINED = 100  # characters; a longer line was wrapped by no machine
_TITLE, _KNOWN = 60, 40  # characters of a heading, and of one that is told by its words
_LEAST, _WORDS = 40, 5  # characters, and blanks, that a line of sentences has
_TRAILING = 4  # lines behind a text that has no blank line before its name and end marks
_STOP = re.compile(r"(?:[A-Z]{3}|[a-z]{3}|\d|\))[.?!][\"')]?(?= {1,2}[A-Z\"(]|$)")
_OPEN = (":", ";", "/")  # with what a title goes on
_SPARE = 10  # characters left on the last line of a title, where its end is less sure
_RULE = re.compile(r"[-=_*]{3,}")
_BULLET = re.compile(r"-{1,2}|[*\u2022]")


def is_own_end(lines: Sequence[Line], place: int, *, spare: int = 0) -> bool:
    """Whether the line end before ``place`` is no wrap: the next word would have had room.

    ``spare``: so many characters at least, where the next word is short.
    """
    above = len(lines[place - 1].text) + lines[place - 1].indent
    if above > _REJOINED:
        return True
    word = lines[place].text[:LONGEST].split(" ", 1)[0]
    room = above + 1 + max(len(word), spare)
    near = lines[max(place - _NEAR, 0) : place + _NEAR]
    return any(len(line.text) + line.indent >= room for line in near)


def text_below(lines: Sequence[Line], place: int, end: int) -> int:
    """The place in the block from ``place`` to ``end`` where a text begins; ``end`` if none does.

    The block begins with a part of the heading, its lines wrapped; a text right below it is told by
    its sentences, or its list, where the text cannot begin behind the block.
    """
    if end - place < 2:
        return end
    is_all = _holds_text(lines, end)
    least = 1 if is_all else 2
    if not _is_wide(lines[place + 1 : end]):
        least = len(lines) * LONGEST  # no line of sentences: none is enough
    left = sum(sentences(line.text[:LONGEST]) for line in lines[place + 1 : end])
    for first in range(place + 1, end):
        text = lines[first].text
        if HEADING.fullmatch(text[:LONGEST]) and is_own_end(lines, first):
            return first
        if is_all and _is_list(lines, first, end):
            return first
        if left >= least and _may_begin(lines, first, 0 if is_all else _SPARE):
            return first if _is_wide(lines[first:end]) else end
        left -= sentences(text[:LONGEST])
    return end


def is_last(lines: Sequence[Line], place: int) -> bool:
    """Whether the line above is, by its words and its width, the last of a title."""
    return _may_begin(lines, place, 0)


def _may_begin(lines: Sequence[Line], place: int, spare: int) -> bool:
    """Whether the line above may be the last of a title."""
    above = lines[place - 1].text
    if above.endswith(_OPEN) or RUNS_ON.search(above[-LAST_WORD:]):
        return False
    return is_own_end(lines, place, spare=spare)


def sentences(text: str) -> int:
    """How many sentences seem to end in a text: a title has one at most."""
    return sum(1 for _ in _STOP.finditer(text))


def _is_wide(lines: Sequence[Line]) -> bool:
    """Whether a line is wide enough for sentences."""
    own = (line.text[:LONGEST] for line in lines)
    return any(len(text) >= _LEAST and text.count(" ") >= _WORDS for text in own)


def _is_list(lines: Sequence[Line], first: int, end: int) -> bool:
    """Whether several items of a list begin at a line."""
    found = _label(lines[first])
    return found != "" and any(_label(line) == found for line in lines[first + 1 : end])


def _label(line: Line) -> str:
    label = line.text.partition(" ")[0]
    return label if _BULLET.fullmatch(label[:3]) else ""


def _holds_text(lines: Sequence[Line], end: int) -> bool:
    """Whether the text cannot begin at ``end``: its end stands there, or a later paragraph."""
    for place in range(end, min(end + _TRAILING, len(lines))):
        text = lines[place].text[:LONGEST]
        if found := NUMBER.match(text):
            return place == end and int(found[1]) > 1 and not lines[place].gap
        if PROSIGN.fullmatch(text) or ARCHIVE.fullmatch(text):
            return True
        read = banner.parse(text)
        if not (is_name(text) or (read is not None and read.is_bare)):
            return False
    return end + _TRAILING >= len(lines)


def is_title(lines: Sequence[Line], place: int) -> bool:
    """Whether a line heads what is below it, though no blank line may part the two.

    It is one by its words, or stands between a sentence's end and the next paragraph's number.
    """
    text = lines[place].text
    if len(text) > _TITLE or place + 1 >= len(lines):
        return False
    below = lines[place + 1]
    is_over = below.text[:1].isdigit() and NUMBER.match(below.text) is not None
    is_known = len(text) <= _KNOWN and HEADING.fullmatch(text) is not None
    if not (is_known or is_over):
        return False
    if _is_rule(below.text) or (place and _is_rule(lines[place - 1].text)):
        return False  # the words of a ruled heading
    ended = _STOP.search(lines[place - 1].text[-6:]) is not None if place else False
    is_apart = lines[place].gap or place == 0 or is_own_end(lines, place)
    if is_known:
        return (is_apart or ended) and (is_over or below.gap or is_own_end(lines, place + 1))
    is_worded = " " in text or (place > 0 and lines[place - 1].text.endswith(SUMMED))
    is_worded = is_worded and text[:1].isupper() and text[-1:].isalnum()
    is_worded = is_worded and not RUNS_ON.search(text[-LAST_WORD:])
    return is_worded and not text.startswith("END ") and ended and is_apart and not below.gap


def _is_rule(text: str) -> bool:
    return _RULE.fullmatch(text, 0, LONGEST) is not None
