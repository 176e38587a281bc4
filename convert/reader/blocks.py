"""Where the blocks of a text begin and end: by labels, marks, blank lines, unended sentences."""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.model import regex as re
from convert.model.cable import Part, Piece
from convert.reader.endings import LAST_WORD, RUNS_ON, is_ended, may_end, uncoded
from convert.reader.items import follows, style_of, value_of
from convert.reader.joints import Break
from convert.reader.lines import Line
from convert.reader.marks import Mark, OddLabel, mark_at, odd_label
from convert.reader.numbers import listed
from convert.reader.shapes import ITEM, LONGEST, NUMBER, PLACED, may_label
from convert.reader.tables import is_row
from convert.reader.unspaced import SUMMED, is_own_end, is_title

_BULLETS = ("-", "--", "*", "\u2022")
# The group of downgrading, E.O. 10501; it stands above the signature.
_GROUP = re.compile(r"(?:GP|GROUP)[- ]?[1-4]\.?")
_POINTS = re.compile(  # 2.A. or (A) behind it is no label
    r"\b(?:PARA(?:GRAPH)?S?|SECTIONS?|REF(?:ERENCE)?S?)$", re.IGNORECASE
)
_NAMED = re.compile(  # B. behind it is an initial
    r"\b(?:ADM|[VR]ADM|RDML|CAPT|L?CDR|LT(?:JG|COL|GEN)?|ENS|(?:BRIG|B|MAJ)?GEN|COL|MAJ|AMB|DR"
    r"|MRS?|MS|ADMIRAL|CAPTAIN|COMMANDER|LIEUTENANT|GENERAL|COLONEL|MAJOR|AMBASSADOR|SECRETARY"
    r"|SENATOR)\.?(?P<initials>(?: [A-Z]\.){0,2})$",
    re.IGNORECASE,
)
_TWO = re.compile(r"[A-Z]\. [A-Z]\.(?: [A-Z]|$)")  # J. C. PELL
_ENTIRE = re.compile(r"ENTIRE (?:TEXT|MESSAGE)[.)]{0,2}$", re.IGNORECASE)
_QUOTED_TEXT = re.compile(r"BEGIN (?:[A-Z]{3,12} )?TEXT[:.]?")
_REMARK = 16  # characters in which it ends
_SHORT = 40  # characters of a line that no machine wrapped
_CELL = 45  # characters of a row with one cell
_HEADING = 72  # characters of an item that is a heading
_SKIPPED = 3  # items that a copy may have lost
_SPARE = 10  # characters left on a line that was not wrapped before a number


class Text:
    """The lines and what has been read of them so far."""

    def __init__(self, lines: Sequence[Line], breaks: dict[int, Break], report: Report) -> None:
        self.lines, self.breaks, self.report = lines, breaks, report
        self.parts: list[Part] = []
        self.more: dict[int, list[Piece]] = {}  # what goes on the part at that place
        self.tables: dict[int, list[Line]] = {}  # the lines of what is kept as typed there
        self.styles: list[str] = []  # the nesting of labels: a style's place is its level
        self.items: dict[str, str] = {}  # the last label of each style in this paragraph
        self.last_number = 0
        self.listed = listed(lines, report)  # those with a number of a list inside a paragraph
        self.counted = _counted(lines)  # lines with a number that a later one goes on from
        self.signed = False
        self.may_be_signed = True


def block_end(text: Text, place: int) -> int:
    """The place after the block that begins at ``place``."""
    found = NUMBER.match(text.lines[place].text)
    if found and place not in text.listed:
        text.last_number = int(found[1])
    elif found is None and (item := placed(text, text.lines[place])):
        text.last_number = int(item[1])
    end = place + 1
    if _GROUP.fullmatch(text.lines[place].text) or is_title(text.lines, place):
        return end
    if found and found.end() == len(text.lines[place].text) and end not in text.breaks:
        end += end < len(text.lines) and mark_within(text, end, 0) is not None  # a number by itself
    while end < len(text.lines) and not text.lines[end].gap:
        is_shown = text.lines[end].kept and text.lines[end - 1].kept and end not in text.breaks
        if is_shown and may_label(text.lines[end].text):
            end += 1  # of a letter that the text shows
            continue
        if _starts_block(text, place, end) or _ends_rows(text, end):
            break
        end += 1
    return end


def _ends_rows(text: Text, place: int) -> bool:
    """Whether rows end with their page, and a line of text begins the next."""
    line, above = text.lines[place], text.lines[place - 1]
    is_text = place in text.breaks and len(line.text) > _CELL and not is_row(line)
    return is_text and is_row(above) and uncoded(above.text) == above.text


def _starts_block(text: Text, start: int, place: int) -> bool:
    """Whether a line begins a block of its own, not the one that begins at ``start``."""
    line, before = text.lines[place], text.lines[place - 1].text
    if is_title(text.lines, place) or place in text.listed:
        return True
    if before.endswith(SUMMED) or (line.text.startswith("BEGIN ") and _quotes(before, line.text)):
        return True
    if not may_label(line.text):
        return False
    number, item = NUMBER.match(line.text), ITEM.match(line.text)
    if _is_next_portion(text, start, place):
        return True
    if label := number or item:
        if mark_within(text, place, label.end()):
            return True  # a mark behind a label: whatever stands before it
        if number:
            if number[1][0] == "0" and RUNS_ON.search(before[-LAST_WORD:]):
                return line.gap  # FY07, 06, AND / 05.
            ahead = int(number[1]) - text.last_number
            is_sure = place in text.counted or is_ended(before)
            is_sure = is_sure or is_own_end(text.lines, place, spare=_SPARE)
            if ahead == 0 and _ENTIRE.search(before[-_REMARK:]):
                return True  # the remark took the number that the first paragraph has
            if ahead == 0 and place in text.counted and is_ended(before):
                return True  # a number that stands twice
            is_first = text.last_number == 0 and is_ended(before)  # of a section that goes on
            return line.gap or ahead == 1 or ((ahead == 2 or is_first) and is_sure)
        if line.gap:
            return True
        first = text.lines[start].text[:3]
        if (label[0] == "Q." and first != "P. ") or (label[0] == "A." and first == "Q. "):
            return is_ended(before)  # of an interview
        if label[0].startswith("(") and _POINTS.search(before[-LAST_WORD - 4 :]):
            return False
        if _is_initial(text, start, place, label[0]):
            return False
        if _is_set_off(line, text.lines[place - 1]):
            return is_row(line) or _is_next(text, text.lines[start].text, before, label[0])
        if label[0].startswith(f"{text.last_number}."):  # 2.A. in paragraph 2
            last = before[-LAST_WORD - 4 :]
            return may_end(before) or not (RUNS_ON.search(last) or _POINTS.search(last))
        return _goes_with(text, start, place, label[0])
    if at := placed(text, line, text.lines[start]):
        own = PLACED.match(text.lines[start].text)
        is_letter = at[0][len(at[1])].isalpha()
        is_own = is_ended(before) or (is_letter and len(before) <= _SHORT)
        if line.gap or is_own or (own and follows(own[0], at[0])):
            return True
    if marked_label(text, place):
        return True
    return mark_within(text, place, 0) is not None and (line.gap or may_end(before))


def _quotes(before: str, text: str) -> bool:
    """Whether a line tells that a text begins which is quoted, right below a sentence's end."""
    return is_ended(before) and _QUOTED_TEXT.fullmatch(text) is not None


def placed(text: Text, line: Line, above: Line | None = None) -> re.Match[str] | None:
    """``1A.``, ``2.B``, ``3.1.`` in paragraphs 1, 2 and 3: the first of a list, or the next.

    ``6A.`` stands below paragraph 5 too, where 6 is its items alone.

    ``above``: the line that begins the block which is being gone through.
    """
    found = PLACED.match(line.text)
    if found is None:
        return None
    ahead = int(found[1]) - text.last_number
    if ahead != 0 and not (ahead == 1 and len(found[0]) - len(found[1]) == 2):
        return None
    last = text.items.get(style_of(found[0]), "")
    if above and (own := PLACED.match(above.text)) and style_of(own[0]) == style_of(found[0]):
        last = own[0]
    return found if value_of(found[0]) == 1 or follows(last, found[0]) else None


def mark_within(
    text: Text, place: int, start: int, *, numbered: bool = False, end: int | None = None
) -> Mark | None:
    """The mark at a place of a line; it may run on to the next line, but over no break.

    ``end``: the place after the block that it must stand in.
    """
    stop, last = place + 1, min(place + 5, len(text.lines) if end is None else end)
    while stop < last and stop not in text.breaks:
        stop += 1
    return mark_at(text.lines, place, start, stop, numbered=numbered)


def marked_label(text: Text, place: int, end: int | None = None) -> OddLabel | None:
    """A label at the beginning of a line that is one for the mark behind it alone."""
    last = len(text.lines) if end is None else end
    return odd_label(text.lines, place, last if not text.breaks else place + 1)


def _is_next_portion(text: Text, start: int, place: int) -> bool:
    """Whether a line begins a portion right below one that has a mark and no label.

    ``(C)`` is an item where ``(B)`` stands above it; and a sentence that cannot end runs on.
    """
    line = text.lines[place]
    if line.text[:1] not in ("(", "[") or RUNS_ON.search(text.lines[place - 1].text):
        return False
    first, found = mark_within(text, start, 0), mark_within(text, place, 0)
    if first is None or found is None or found.portion.marking is None:
        return False
    letter = found.portion.typed.strip("()[]")
    item = f"({chr(ord(letter) - 1)})" if len(letter) == 1 else ""
    above = text.lines[max(start, place - 12) : place]
    return not item or not any(item in line.text for line in above)


def _counted(lines: Sequence[Line]) -> set[int]:
    """The places of numbers, ``4.``, of which the next, ``5.``, begins a later line.

    Not if the one before does so first: then a line was wrapped before the number.
    """
    found: set[int] = set()
    ahead: dict[int, int] = {}
    far = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        if label := NUMBER.match(lines[place].text):
            number = int(label[1])
            if ahead.get(number + 1, far) < ahead.get(number - 1, far):
                found.add(place)
            ahead[number] = place
    return found


def _is_set_off(line: Line, above: Line) -> bool:
    """Whether a line stands deeper than the one above, or as deep as that with its own label."""
    same = line.indent == above.indent > 0 and ITEM.match(above.text) is not None
    return line.indent > above.indent or same


def _is_initial(text: Text, start: int, place: int, label: str) -> bool:
    """Whether ``C.`` at the beginning of a line is of a name whose rank ends the line above."""
    if not (label[:1].isupper() and label[1:2] == ".") or is_row(text.lines[place]):
        return False
    rank = _NAMED.search(text.lines[place - 1].text[-30:])
    if rank is None or rank["initials"] or _TWO.match(text.lines[place].text):
        return rank is not None
    return not follows(_last_item(text, text.lines[start].text, label), label)


def _is_next(text: Text, first: str, before: str, label: str) -> bool:
    """Whether a label that is set off is an item's: ``J. C. ROE`` may go on with a sentence."""
    if not (label[1:2] == "." and label[0].isupper()) or value_of(label) == 1 or is_ended(before):
        return True
    return 0 < value_of(label) - value_of(_last_item(text, first, label)) <= _SKIPPED


def _last_item(text: Text, first: str, label: str) -> str:
    """The item before one with a label: that of the block at hand, or of the last of its style."""
    own = ITEM.match(first)
    if own and style_of(own[0]) == style_of(label):
        return own[0]
    return text.items.get(style_of(label), own[0] if own else "")


def _goes_with(text: Text, start: int, place: int, label: str) -> bool:
    """Whether a label at the beginning of a line is the next item, and no word of a text."""
    first, before = text.lines[start].text, text.lines[place - 1].text
    if label in _BULLETS:
        return may_end(before) or first.startswith(f"{label} ")
    last = _last_item(text, first, label)
    if follows(last, label):
        if style_of(last) != style_of(label):
            return may_end(before)  # "reference" / "(b)" in item a. goes on with its sentence
        return before.endswith((",", "AND", "OR")) or not RUNS_ON.search(before[-LAST_WORD:])
    if value_of(label) != 1 or _runs_in(text.lines, place, label):
        return False
    is_headed = place == start + 1 and _is_heading(first, label)
    return is_ended(before) or (is_headed and is_own_end(text.lines, place, spare=_SPARE))


def _is_heading(first: str, label: str) -> bool:
    """Whether a line can head a list: ``1. TRAVEL`` one from A. on, ``A. LAMPS`` one from (1)."""
    if NUMBER.match(first):
        return True
    is_item = label == "(1)" and ITEM.match(first) is not None and not first.startswith("(")
    return is_item and len(first) <= _HEADING and not RUNS_ON.search(first[-LAST_WORD:])


def _runs_in(lines: Sequence[Line], place: int, label: str) -> bool:
    """Whether a list runs in its sentence: ``A) LAMPS, B) BUOYS AND`` though a line begins so."""
    if not label.endswith(")"):
        return False
    after = label.translate(_SECOND)
    for line in lines[place : place + _LISTED]:
        at = line.text.find(f" {after} ", 0, LONGEST)
        if at > 0:
            return line.text[at - 1] in ",;.:" or line.text.endswith((" AND", " OR"), 0, at)
        if line is not lines[place] and (line.gap or line.text.startswith((after, label))):
            return False
    return False


_SECOND = str.maketrans("Aa1", "Bb2")
_LISTED = 8  # lines of the first of a list's items
