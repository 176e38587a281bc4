"""Pass: lines of a text that stand each for itself: rows parted by tabs, names below one another.

They are typed in no columns of blanks, so their alignment does not tell them; what does is that
each of several is short, and was ended by its writer, where the next word would have had room.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from convert.model import regex as re
from convert.model.data import replace
from convert.reader.endings import LAST_WORD, RUNS_ON, is_ended
from convert.reader.lines import Line
from convert.reader.shapes import ITEM, LONGEST, NUMBER, PLACED
from convert.reader.tables import is_wide
from convert.reader.unspaced import is_own_end, is_title

_TABS = re.compile(r" *\t[\t ]*")
_SHORT = 45  # characters of a line that is one name, or one thing
_SPARE = 15  # characters left on it, at least
_FEW = 2  # such lines, at least
_SURE = 3  # such lines, below a line that has no room left: one that may go on with it
_NEAR = 12  # lines in which another item would stand
_INITIAL = re.compile(r"[A-Z]\. [A-Z][A-Z]")
_ROWS = 3  # rows of two cells each, at least; of rows of more, two
_SPEAKS = re.compile(
    r"\b(?:UNQUOTE|QUOTE|QTE|UNQTE|SUMMARY|COMMENT|TEXT|PARA(?:GRAPH)?)\b", re.IGNORECASE
)
_GOES_ON = re.compile(r"(?:AND|OR|OF|TO|IN|FROM|BY|WITH|FOR|THE|A) ", re.IGNORECASE)


def kept(lines: Sequence[Line], breaks: Container[int]) -> list[Line]:
    """The lines, those marked that stand each for itself; before a break no run of them goes on."""
    found = list(lines)
    place = 0
    while place < len(lines):
        if len(lines[place].text) > _SHORT and "\t" not in lines[place].text:
            place += 1
            continue
        for several in (_rows, _names):
            end, is_kept = several(lines, place, breaks)
            if is_kept:
                found[place:end] = [replace(line, kept=True) for line in lines[place:end]]
            if end > place:
                break
        place = max(end, place + 1)
    return found


def cells(line: Line) -> int:
    """How many cells tabs part a line into."""
    return len(_TABS.findall(line.text[:LONGEST])) + 1


def _rows(lines: Sequence[Line], place: int, breaks: Container[int]) -> tuple[int, bool]:
    """The place after the rows that begin at a line, and whether they tell a table."""
    if "\t" not in lines[place].text or _is_labelled(lines[place]):
        return place, False
    end, count = place + 1, cells(lines[place])
    while end < len(lines) and not (lines[end].gap or end in breaks or _is_labelled(lines[end])):
        if cells(lines[end]) != count:
            break
        end += 1
    return end, end - place >= (_ROWS if count == 2 else _FEW)


def _names(lines: Sequence[Line], place: int, breaks: Container[int]) -> tuple[int, bool]:
    """The place after the short lines that begin at a line, and whether they end its block.

    Those at the end of the text may be its signature.
    """
    if not _is_short(lines, place):
        return place, False
    least = _FEW
    if place and not lines[place].gap and not is_own_end(lines, place, spare=_SPARE):
        above = lines[place - 1].text
        least = _FEW if above.endswith(":") else _SURE
        if RUNS_ON.search(above[-LAST_WORD:]):
            return place, False
    end = place + 1
    while end < len(lines) and not (lines[end].gap or end in breaks):
        if _is_labelled(lines[end]) and not _is_initial(lines, end):
            break
        if not (_is_short(lines, end) and is_own_end(lines, end, spare=_SPARE)):
            return end, False
        end += 1
    is_last = end >= len(lines) or end in breaks
    return end, end - place >= least and not is_last


def _is_short(lines: Sequence[Line], place: int) -> bool:
    """Whether a line may be a name or a thing of a list, and no end of a sentence."""
    text = lines[place].text
    if len(text) > _SHORT or not (text[:1].isupper() or text[:1].isdigit()):
        return False
    if is_ended(text) or _SPEAKS.search(text):
        return False
    if _is_labelled(lines[place]) and not _is_initial(lines, place):
        return False
    if is_wide(lines[place]) or _GOES_ON.match(text) or RUNS_ON.search(text[-LAST_WORD:]):
        return False
    return not is_title(lines, place)


def _is_initial(lines: Sequence[Line], place: int) -> bool:
    """Whether ``A. ROE`` begins with an initial: below a name, and with no item B beside it."""
    text = lines[place].text
    if not _INITIAL.match(text) or not place or lines[place].gap:
        return False
    beside = {chr(ord(text[0]) - 1), chr(ord(text[0]) + 1)}
    for step in (-1, 1):
        near = place
        while 0 <= (near := near + step) < len(lines) and abs(near - place) < _NEAR:
            if lines[max(near, near - step)].gap:
                break
            if lines[near].text[:1] in beside and ITEM.match(lines[near].text):
                return False
    return True


def _is_labelled(line: Line) -> bool:
    return bool(NUMBER.match(line.text) or ITEM.match(line.text) or PLACED.match(line.text))
