"""What goes on over the break of a sheet, or of a page of the telegram on it.

The furniture of a copy has blank lines round it that are none of the text's. What stands right
above and below tells whether the text has one there.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from convert.model import regex as re
from convert.model.data import replace
from convert.notation import banner as notation
from convert.reader import printfields, shapes, texthead
from convert.reader.endings import is_ended, uncoded
from convert.reader.lines import Line


def titles(lines: Sequence[Line]) -> dict[str, int]:
    """Where each line with which a title begins first stands: sections repeat it."""
    found: dict[str, int] = {}
    for place, line in enumerate(lines):
        if line.text.startswith(("SUBJ", "Subj")):
            found.setdefault(line.text, place)
    return found


def regapped(
    lines: Sequence[Line], kept: Sequence[int], number: int, first_titles: Mapping[str, int]
) -> Line:
    """The line, without the gap that only the break of a sheet or of a telegram's page made.

    Where the text has a blank line at the end of a page, a print has one above the class there or
    below the page line, and else none.
    """
    line = lines[kept[number]]
    first = number - 1
    while first >= max(number - _NEAR, 0) and is_of_page(lines[kept[first]].text):
        first -= 1
    if first < max(number - _NEAR, 0) or is_of_page(line.text):
        return line  # nothing of the text is near
    if kept[number] - kept[first] > number - first:  # a sheet ends between the two
        above = [lines[i] for i in kept[max(first - _NEAR, 0) : first + 1]]
        goes_on = _is_listed(above, line) or _runs_on(above, line)
        goes_on = goes_on and not _is_title_repeated(lines, above, line, first_titles)
    elif first == number - 1:
        return line
    else:
        goes_on = not (line.blanks or lines[kept[first + 1]].blanks)
    blanks = 0 if goes_on else lines[kept[number - 1]].blanks + _APART
    return replace(line, gap=not goes_on, blanks=blanks)


_NEAR = 20  # lines above a break that tell what goes on behind it
_APART = 2  # blank lines at the end of a paragraph


def class_words(lines: Sequence[Line], inside: Container[int]) -> Iterator[int]:
    """The classes alone on their lines that are words of a sentence, where a sheet ends beside one.

    The telegram's class line says another class, and a line of text stands right above or below.
    """
    places = [i for i in range(len(lines)) if i not in inside and notation.is_plain(lines[i].text)]
    read = [notation.parse(one.text) for one in lines if one.text[-1:].isdigit()] if places else []
    own = {one.marking.classification.title for one in read if one and one.serial}
    for place in places:
        line = lines[place]
        if not own or line.text in own:
            continue
        above, below = place - 1, place + 1
        is_tight = place > 0 and not line.gap and _is_text(lines, above, inside)
        if is_tight and not is_ended(lines[above].text):
            yield place
        is_begun = below < len(lines) and not lines[below].gap and _is_text(lines, below, inside)
        if is_begun and above in inside:
            yield place


def _is_text(lines: Sequence[Line], place: int, inside: Container[int]) -> bool:
    """Whether a line is none of the copy's, nor of those that part two pages."""
    return not (place in inside or is_of_page(lines[place].text))


def is_of_page(text: str) -> bool:
    """Whether a line is one of those between two pages of a telegram."""
    if len(text) > shapes.LONGEST:
        return False
    return shapes.COPY_PAGE.fullmatch(text) is not None or printfields.stated(text) is not None


def _is_listed(above: Sequence[Line], line: Line) -> bool:
    """Whether a list of references or addressees goes on."""
    cited, more = _CITED.match(above[-1].text), _CITED.match(line.text)
    if cited and more:
        return ord(more[1]) == ord(cited[1]) + 1
    places = range(len(above) - 1, -1, -1)
    start = next((n for n in places if _LIST.match(above[n].text)), 0)
    text = next((n for n in places if shapes.NUMBER.match(above[n].text)), -1)
    named = any(shapes.FROM.fullmatch(one.text) for one in above[text + 1 : start])
    if not named or any(one.gap for one in above[start:]):
        return False  # TO begins a sentence too
    own = [*(one.text for one in above[start + 1 :]), line.text]
    return all(map(_ADDRESS.fullmatch, own)) and not texthead.banner([line], 0)


def _is_title_repeated(
    lines: Sequence[Line], above: Sequence[Line], line: Line, first_titles: Mapping[str, int]
) -> bool:
    """Whether the title of the message, as its first section has it, ends above the line."""
    for count, one in enumerate(reversed(above[-_TITLE:]), 1):
        place = first_titles.get(one.text)
        if place is None or lines[place] is one:
            continue
        near = [other.text for other in lines[place : place + count + _NEAR]]
        first = [text for text in near if not is_of_page(text)]
        own = [mine.text for mine in above[-count:] if not is_of_page(mine.text)]
        return first[: len(own)] == own and line.text not in first[len(own) :]
    return False


_LIST = re.compile(r"(?:TO|INFO|XMT) [A-Z]")
_CITED = re.compile(r"(?:REFS?(?:TELS?)?: {0,5})?\(?([A-Z])[.)] +\S")
_ADDRESS = re.compile(r"[A-Z][A-Z0-9 ,./'()&-]{2,80}")


def _runs_on(above: Sequence[Line], line: Line) -> bool:
    """Whether the last line above a break goes on behind it: it is full, and ends no sentence.

    In a text with numbers a full line that ends one goes on too, with no heading.
    """
    is_wide = [printfields.is_field(one) or _CITED.match(one.text) for one in above[:-1]]
    own = [one for one, wide in zip(above, [*is_wide, None], strict=True) if not wide]
    last, widest = uncoded(above[-1].text), max(len(uncoded(one.text)) for one in own)
    blanks = 2 - any(_SINGLE.search(one.text[: shapes.LONGEST]) for one in own)  # of a sentence
    has_room = len(last) + blanks + len(line.text.split(" ")[0]) <= widest
    if line.text[:1].islower() or not any(map(str.isalnum, line.text)):
        return True  # a rule below a heading
    if line.text[:4].upper() == "END " and is_ended(line.text):
        return True  # END SUMMARY.
    if _BULLET.match(line.text) and any(_HEADED.match(one.text) for one in above[-_TITLE:]):
        return False  # the text of a next section begins with an item of a list
    if _HEADED.match(last):
        return not has_room
    if not is_ended(last) or _ABBREVIATED.search(last[-8:]):
        return len(last) * 5 >= widest * 3
    is_text = len(line.text) * 5 >= widest * 3 or is_ended(line.text)
    return not has_room and is_text and any(shapes.NUMBER.match(one.text) for one in above)


_SINGLE = re.compile(r"[A-Za-z]{3}\. [A-Z]")
_TITLE = 4  # lines of a subject
_BULLET = re.compile(r"(?:--?|[*\u2022]) ")
_HEADED = re.compile(r"(?:SUBJ(?:ECT)?|TAGS) ?:|E\. ?O\.", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.){2,3}$", re.IGNORECASE)  # U.S., e.g.
