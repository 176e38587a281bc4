"""Pass: lines of a message whose place on the line counts, though columns do not part them.

Addresses and lists below a colon, set off by their indent; the headings and short rows between the
rows of a list of names.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.data import replace
from convert.reader.lines import Line
from convert.reader.shapes import ITEM, LONGEST, NUMBER
from convert.reader.tables import WIDE, is_rule_line
from convert.reader.unspaced import is_own_end

_SET_OFF = 4  # blanks before the lines of an address
_CENTRED = 3  # blanks before a heading in a table
_DEEP = 12  # blanks before a line that was centred: no text is set off so far
_SHORT = 60  # characters of a row with one cell; a longer one is text that was wrapped
_BETWEEN = 2  # such rows between two others, at most
_WIDTH = 72  # characters of a line of a teleprinter
_LEAST = 62  # characters of a line with as many blanks behind a heading as before it


def kept(lines: Sequence[Line]) -> list[Line]:
    """The lines, those marked that stand as typed, a title above rows parted from both sides."""
    rows = [_is_row(line) for line in lines]
    lists = [False] * len(lines)
    _addresses(lines, lists)
    _pairs(lines, rows, lists)
    _centred(lines, rows, lists)
    _coded(lines, lists)
    _alike(lines, lists)
    _letter(lines, lists)
    marked = [
        row or listed or _is_named(lines, rows, place)
        for place, (row, listed) in enumerate(zip(rows, lists, strict=True))
    ]
    _between_rows(lines, rows, marked)
    _headers(lines, marked, lists)
    _fields(lines, lists)
    whole = [
        replace(line, kept=True) if listed or (keep and not row) else line
        for line, row, listed, keep in zip(lines, rows, lists, marked, strict=True)
    ]
    for place in range(1, len(lines) - 1):
        if marked[place]:
            continue
        if lines[place].text.startswith("NOTE: ") and is_own_end(lines, place, spare=_NOTE):
            whole[place] = replace(whole[place], gap=True)
        if marked[place + 1] and _is_title(lines, place):
            first = place - (place > 1 and rows[place - 2])  # TIER TWO: between two tables
            whole[first : place + 2] = [replace(one, gap=True) for one in whole[first : place + 2]]
    return whole


def closed_up(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a copy with a blank line between any two: there a blank line parts nothing.

    So it is where the sentences run over them; two blank lines were one.
    """
    gaps = sum(line.blanks == 1 for line in lines)
    if len(lines) < _FEW or gaps * 10 < len(lines) * 7:
        return lines
    if sum(line.gap for line in lines) * 20 < len(lines) * 19:
        return lines
    run_on = sum(line.text[-1] not in ".:;/,)" and len(line.text) <= _MOST for line in lines)
    if run_on * 3 < len(lines):
        return lines
    return [replace(line, gap=False) if line.blanks == 1 else line for line in lines]


_NOTE = 10  # characters left on a line above a note
_FEW = 15  # lines of a copy
_MOST = 90  # characters of a line that was wrapped, or with a heading in its middle


def _is_row(line: Line) -> bool:
    """Whether a line is drawn, or has a gap as between columns; an item's label makes none.

    Nor does its heading: ``A.  BASIC ALLOWANCE FOR HOUSING (BAH):   BAH FOR MEMBERS``.
    """
    label = NUMBER.match(line.text) or ITEM.match(line.text)
    start = label.end() if label else 0
    if label and (headed := _HEADED.match(line.text, start, LONGEST)):
        start = headed.end()
    return is_rule_line(line) or bool(WIDE.search(line.text, start, LONGEST))


_HEADED = re.compile(r"[^:]{1,80}: {1,5}")


def _is_named(lines: Sequence[Line], rows: Sequence[bool], place: int) -> bool:
    """Whether a name that fills its column, and its number, stand below a heading or a row."""
    if not place or lines[place].gap or lines[place].indent >= _DEEP:
        return False
    if not (rows[place - 1] or lines[place - 1].indent >= _DEEP):
        return False
    return _NAMED.fullmatch(lines[place].text[:LONGEST]) is not None


_NAMED = re.compile(r"[A-Z][A-Za-z'.-]+ [A-Z][A-Za-z' .-]{1,30} \d{4}")


def _addresses(lines: Sequence[Line], marked: list[bool]) -> None:
    """Two indented lines or more below a line that ends with a colon."""
    place = 1
    while place < len(lines):
        end = place
        if lines[place - 1].text.endswith(":"):
            while (
                end < len(lines)
                and _is_set_off(lines[end])
                and not (end > place and lines[end].gap)
            ):
                end += 1
        if end - place >= 2:
            marked[place:end] = [True] * (end - place)
        place = max(end, place + 1)


def _pairs(lines: Sequence[Line], rows: Sequence[bool], marked: list[bool]) -> None:
    """Two rows by themselves, all their cells below one another."""
    for place in range(len(lines) - 1):
        if not (rows[place] or rows[place + 1]) or lines[place + 1].gap:
            continue
        if place and rows[place - 1] and not lines[place].gap:
            continue
        if place + 2 < len(lines) and rows[place + 2] and not lines[place + 2].gap:
            continue
        first, second = _cells(lines[place]), _cells(lines[place + 1])
        if len(first) > 1 and first == second:
            marked[place : place + 2] = [True, True]


def _cells(line: Line) -> list[int]:
    """Where the cells of a row begin; nowhere in a line with a label, or a tab."""
    if _is_labelled(line) or "\t" in line.text.strip():
        return []
    gaps = _GAP.finditer(line.text[:LONGEST])
    return [line.indent, *(line.indent + found.end() for found in gaps)]


_GAP = re.compile(r"(?<![.:;,!?]) {2,}")


def _centred(lines: Sequence[Line], rows: Sequence[bool], marked: list[bool]) -> None:
    """Short lines that were centred, between lines that begin in the margin."""
    for place in range(1, len(lines) - 1):
        line, above = lines[place], lines[place - 1]
        if line.indent < _DEEP or rows[place]:
            continue
        if max(above.indent, lines[place + 1].indent) >= _CENTRED:
            continue
        is_apart = above.text.endswith((".", ":")) and not line.text.endswith((".", ":", ","))
        is_centred = _LEAST <= 2 * line.indent + len(line.text) <= _MOST
        if is_apart and is_centred and line.text.isupper() and not _is_labelled(line):
            marked[place] = True


def _coded(lines: Sequence[Line], marked: list[bool]) -> None:
    """Lines below a colon, most of which begin with a code and a dash: ``HSC - PILOT``."""
    place = 1
    while place < len(lines):
        end, coded = place, 0
        if lines[place - 1].text.endswith(":") and _CODED.match(lines[place].text):
            while end < len(lines) and not (
                _is_labelled(lines[end]) or (end > place and lines[end].gap)
            ):
                coded += _CODED.match(lines[end].text) is not None
                end += 1
        if coded >= _CODES and coded * 3 >= (end - place) * 2:
            marked[place:end] = [True] * (end - place)
        place = max(end, place + 1)


_CODED = re.compile(r"[A-Z][A-Z0-9/()]{1,12} - \S")
_CODES = 3


def _alike(lines: Sequence[Line], marked: list[bool]) -> None:
    """Rows parted by single blanks, told by their shape: ``2-14 06 JAN 14 27 FEB 14``.

    Below a colon two with a number at their ends are enough: ``4TH DIVISION - 35``.
    """
    place = 1
    while place < len(lines):
        end = place
        if shape := _shape(lines[place]):
            while end < len(lines) and _shape(lines[end]) == shape:
                end += 1
        elif lines[place - 1].text.endswith(":"):
            while end < len(lines) and _COUNTED.fullmatch(lines[end].text[:LONGEST]):
                end += 1
        if end - place >= (_SHAPED if shape else 2):
            marked[place:end] = [True] * (end - place)
        place = max(end, place + 1)


def _shape(line: Line) -> str:
    """A short line with each figure as 9 and each word as A; nothing where it has few figures."""
    if not (line.text[-1:].isdigit() and len(line.text) <= _SHORT):
        return ""
    shape = _WORD.sub("A", _FIGURES.sub("9", line.text))
    return shape if shape.count("9") >= _FIGURED and not _is_labelled(line) else ""


_COUNTED = re.compile(r"[A-Z0-9][A-Z0-9 &/().,'-]{2,50} - \d{1,4}")
_FIGURES, _WORD = re.compile(r"\d+"), re.compile(r"[A-Za-z]+")
_FIGURED = 4  # figures in a row
_SHAPED = 3  # rows


def _letter(lines: Sequence[Line], marked: list[bool]) -> None:
    """The letter that a paragraph shows, FROM:, TO: and SUBJ: above it, its own from 1. on.

    It ends with the number of the paragraph that comes next.
    """
    number = 0
    for place, line in enumerate(lines):
        if (found := NUMBER.match(line.text)) and not marked[place]:
            number = int(found[1])
        if not line.text.startswith("FROM: "):
            continue
        end = place
        names: list[str] = []
        while end < min(place + _HEADING, len(lines)) and not _LABELLED.match(lines[end].text):
            if name := _NAME.match(lines[end].text):
                names.append(name[0])
            end += 1
        if names[1:2] != ["TO:"] or "SUBJ:" not in names:
            continue
        if end < len(lines) and number > 1 and lines[end].text.startswith("1."):
            following = f"{number + 1}."
            while end < len(lines) and not lines[end].text.startswith(following):
                end += 1
        marked[place:end] = [True] * (end - place)


_NAME = re.compile(r"(?:FROM|TO|VIA|SUBJ|REF|ENCL):(?= )")
_LABELLED = re.compile(r"(?:\d{1,3}|[A-Za-z])[.)]\s")  # and no (2) below ENCL:
_HEADING = 25  # lines


def _is_title(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is the title of the rows below it: the text above it is done."""
    line, above, below = lines[place], lines[place - 1], lines[place + 1]
    if line.gap or below.gap or len(line.text) > _TITLE or line.text.endswith((".", ":", ",")):
        return False
    if _is_labelled(line) or line.text.count(" ") > _WORDS or not line.text[:1].isalnum():
        return False
    return above.text.endswith((".", ":")) and not (line.text[:1].islower() or _is_row(above))


_TITLE = 45  # characters of a title
_WORDS = 5  # blanks in it


def _fields(lines: Sequence[Line], marked: list[bool]) -> None:
    """Two indented lines or more, each with its name, ``DATE:  13 JUN 11``, down to an item's end.

    Where one was wrapped nothing is certain.
    """
    place = 1
    while place < len(lines):
        end = place
        while end < len(lines) and _is_field(lines[end]) and not (end > place and lines[end].gap):
            end += 1
        if end - place >= 2 and (end == len(lines) or lines[end].gap or _is_labelled(lines[end])):
            marked[place:end] = [True] * (end - place)
        place = max(end, place + 1)


def _is_field(line: Line) -> bool:
    return _is_set_off(line) and _FIELD.match(line.text) is not None


_FIELD = re.compile(r"[A-Z0-9][A-Za-z0-9 ]{0,30}: {1,4}\S|[A-Z]{2,12}(?: \d{1,2})? - \S")


def _is_set_off(line: Line) -> bool:
    return (
        line.indent >= _SET_OFF
        and len(line.text) <= _WIDTH
        and not line.text[:1].islower()
        and not _is_labelled(line)
    )


def _is_labelled(line: Line) -> bool:
    return bool(NUMBER.match(line.text) or ITEM.match(line.text))


def _between_rows(lines: Sequence[Line], rows: Sequence[bool], marked: list[bool]) -> None:
    """Headings set off beside rows of a table; short lines between two rows, one below the last."""
    for place in range(1, len(lines)):
        if marked[place - 1] and not marked[place] and not lines[place].gap:
            marked[place] = _is_heading(lines[place])
    for place in range(len(lines) - 2, -1, -1):
        line = lines[place]
        if marked[place + 1] and not marked[place] and not lines[place + 1].gap:
            apart = place == 0 or line.gap or lines[place - 1].indent != line.indent
            marked[place] = _is_heading(line) and (apart or line.indent >= _DEEP)
    for place in range(1, len(lines)):
        if rows[place - 1] and not marked[place]:
            end = place
            while (
                end < min(len(lines), place + _BETWEEN) and not marked[end] and _is_cell(lines[end])
            ):
                end += 1
            last = end == len(lines) or lines[end].gap or _is_labelled(lines[end])
            if end > place and ((last and end == place + 1) or (not last and rows[end])):
                marked[place:end] = [True] * (end - place)


def _headers(lines: Sequence[Line], marked: list[bool], lists: list[bool]) -> None:
    """What stands above the columns, between a line that ends with a colon and the rows."""
    for place in range(1, len(lines) - 1):
        line, below = lines[place], lines[place + 1]
        if line.gap or below.gap or not lines[place - 1].text.endswith(":"):
            continue
        least = 2 if marked[place + 1] else 3
        if line.text.isupper() and len(_cells(line)) >= least:
            marked[place] = lists[place] = True


def _is_cell(line: Line) -> bool:
    """Whether a line right below a row can be a row with one cell."""
    ends = line.text.endswith((".", ":"))
    return not (line.gap or ends or _is_labelled(line)) and len(line.text) <= _SHORT


def _is_heading(line: Line) -> bool:
    return line.indent >= _CENTRED and len(line.text) <= _WIDTH and not _is_labelled(line)


def titles_closed(lines: Sequence[Line], place: int, title: str) -> list[Line]:
    """The lines, the text parted from each title above it that repeats that of the message.

    A next section may cut it short; it ends with the line where its words are no more the title's.
    """
    whole = list(lines)
    title = f"{title} "[:LONGEST].upper()
    for begins in range(place + 1, len(whole)):
        if not whole[begins].text.startswith(_REPEATED) or not _is_section(whole[begins - 1].text):
            continue
        said = whole[begins].text.partition(":")[2]
        end = begins + 1
        while title.startswith(f"{said.rstrip('/ ').strip().upper()} ") and end < len(whole):
            said = f"{said} {whole[end].text[:LONGEST]}"
            end += 1
        if end > begins + 1:  # the last line that was looked at is the text's
            whole[end - 1] = replace(whole[end - 1], gap=True)
    return whole


_REPEATED = ("SUBJ: ", "SUBJECT: ")


def _is_section(text: str) -> bool:
    """Whether a line is the class line of a next section."""
    return len(text) <= LONGEST and text.startswith("UNCLAS") and "SECTION" in text
