"""The end of a text: the name of its sender, and what may stand behind it.

A telegram ends in a name, on a line of its own or behind the last words; nothing marks it but its
place.
"""

from __future__ import annotations

from convert.model import regex as re
from convert.model.cable import Paragraph
from convert.reader.blocks import Text
from convert.reader.endings import is_ended, is_name, signed_at, trails
from convert.reader.joints import Break
from convert.reader.lines import Line
from convert.reader.unspaced import is_own_end

OPERATOR = re.compile(r"[(*]{0,3} ?NOTE BY (?:OC|[A-Z/]{1,8} ?[:.-])")
"""How a note of the communications center begins."""
_SPARE = 25  # characters left on a line whose sentence a name below it does not go on with
_NARROWEST = 50  # characters to which a machine wraps at least


def name_apart(lines: list[Line], breaks: dict[int, Break]) -> list[Line]:
    """The lines, the name at the end of the last one's words as a line of its own."""
    count = len(lines)
    begins = signed_at(lines[-1].text) if lines else None
    if begins is None or type(lines[-1]) is not Line:
        return lines
    if count in breaks:
        breaks[count + 1] = breaks.pop(count)
    return [*lines[:-1], *lines[-1].cuts([begins])]


def is_signature(text: Text, place: int, end: int) -> bool:
    """A name alone, at the end of the text."""
    if end - place > 3:
        return False
    names = [line.text for line in text.lines[place:end]]
    if not all(map(is_name, names)) or any(name.endswith(".") for name in names[:-1]):
        return False
    return ends_text(text, end) and any(isinstance(part, Paragraph) for part in text.parts)


def ends_text(text: Text, place: int) -> bool:
    """Whether nothing of the text follows but notes."""
    if not text.may_be_signed:
        return False
    for line in text.lines[place : place + _TRAILING]:
        if not trails(line.text):
            break
        place += 1
    if place >= len(text.lines):
        return True
    following = text.lines[place].text
    return bool(OPERATOR.match(following)) or following.startswith("NOTE: ")


_TRAILING = 3  # lines behind a signature that say nothing more


def without_signature(text: Text, place: int, end: int) -> int:
    """``end``, or the place before a signature that stands right under the last sentence."""
    if end - place < 2 or not is_name(text.lines[end - 1].text) or not ends_text(text, end):
        return end
    above = text.lines[end - 2].text
    is_short = len(above) + 1 + len(text.lines[end - 1].text) <= _NARROWEST
    has_room = is_short or is_own_end(text.lines, end - 1)
    is_over = is_ended(above) or above == "-"
    if text.lines[end - 1].text.endswith(".") and not (has_room and is_over):
        return end  # the last word of a sentence
    if is_over:
        return end - 1
    if is_name(above):
        return end
    is_short = is_short and (above[-1:].isdigit() or above.endswith(('"', ")")))  # no prose
    return end - 1 if is_short or is_own_end(text.lines, end - 1, spare=_SPARE) else end
