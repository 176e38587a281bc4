"""Pass: a formatted message whose line ends were lost, cut where its lines and paragraphs began.

Forums and feeds show a message as one line. Its heading has words that nothing else has (NTP 3);
its paragraphs are told by numbers and letters that count up, each behind the end of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.model import regex as re
from convert.model.data import replace
from convert.reader.lines import Line, merged
from convert.reader.shapes import GENERAL_TITLES, LONGEST

_GROUP = r"(?:[ZOPR] ){1,2}\d{6}Z? [A-Z]{3} \d\d\b"
_NUMBER = rf"(?:{GENERAL_TITLES}) ?\d{{1,4}}/\d\d(?:\d\d)?\b"
_ROUTING = r"(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE)"
_BEGINS = re.compile(  # how such a line begins, and what must come soon
    rf"(?:(?:CLASSIFICATION: ?)?UNCLAS|FLASH|IMMEDIATE|PRIORITY|ROUTINE|MSGID/|{_GROUP}|{_NUMBER})"
)
_TELLS = re.compile(r" (?:MSGID/[A-Z]|SUBJ/)")
_OPENING = re.compile(r"(?<= )(?:GENTEXT/[A-Z ]{2,30}/ ?|RMKS[/ ] ?)(?=1\. )")
_BARE = re.compile(r"(?<=// )(?=1\. [A-Z])")  # the text that no set opens
_TOP = 8000  # characters in which the text opens
_TOKEN = re.compile(
    rf"(?<= )(?:(?P<routing>{_ROUTING}(?= (?:{_GROUP}|{_NUMBER})))"
    rf"|(?P<gateway>(?:ADMINISTRATIVE MESSAGE|ATTENTION INVITED TO)(?= {_ROUTING} ))"
    rf"|(?P<group>{_GROUP})|(?P<address>(?:FM|TO|INFO)(?= [A-Z]))|(?P<number>{_NUMBER})"
    r"|(?P<passing>PASS TO (?:ALL )?OFFICES? CODES ?:)|(?P<break>BT(?= UNCLAS))"
    r"|(?P<set>(?:MSGID|SUBJ|REF/[A-Z]{1,2}|NARR|AMPN|POC(?: \([A-Z ]{1,30}\))?|RMKS|GENTEXT)/"
    r"|RMKS(?= $))"
    r"|(?P<more>(?<=WASHINGTON DC )(?!(?:BT|FM|TO|INFO|UNCLAS|PASS)\b)(?=[A-Z]{2})))"
)
_PARAGRAPH = re.compile(r"(?<= )(\d{1,3})\. +(?=\S)")
_ITEM = re.compile(r"(?<= )(?:\((\d{1,2}|[A-Za-z])\)|([A-Za-z])\.) +(?=\S)")
_SENTENCE_END = re.compile(r"(?:[.!?:;]|[,;] (?:AND|OR|and|or))[\"')\]]{0,2} +$")
_END = re.compile(r"(?<= )(?:BT(?= #\d| NNNN|$)|#\d{4}(?= NNNN)|NNNN(?: |$))")
_LAST = 80  # characters of the end marks


def joined(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, each that is a whole message as one line for each of its own."""
    lines = _wrapped_anew(lines)
    if all(len(line.text) <= LONGEST for line in lines):
        return lines
    found: list[Line] = []
    for line in lines:
        found += line.cuts(list(_places(line.text))) if is_joined(line) else [line]
    return found


_RAN_ON = re.compile(
    rf"(?:(?:CLASSIFICATION: ?)?UNCLAS\S* )?(?:(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE) )?{_GROUP}"
    r"[^/]{0,60} FM [A-Z].{1,80}? TO [A-Z]"
)
_OWN = re.compile(r"(?:FM|TO|INFO|BT|MSGID/)(?: |$)")
_FIRST = 4  # lines in which a heading that ran on is told
_LONGEST_HEADING = 200  # lines


def is_wrapped_anew(lines: Sequence[Line]) -> bool:
    """Whether a heading ran on over lines that are not its own."""
    first = lines[:_FIRST]
    if len(first) < 2 or sum(_OWN.match(line.text) is not None for line in first) > 1:
        return False
    text = " ".join(line.text[:LONGEST] for line in first)
    return _RAN_ON.match(text) is not None


def _wrapped_anew(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, a heading that was wrapped anew as one of them, and the text that ran on too."""
    if not is_wrapped_anew(lines):
        return lines
    heading = lines[:_LONGEST_HEADING]
    opens = (n for n, line in enumerate(heading) if _opening(f" {line.text} "))
    if (end := next(opens, None)) is None:
        return lines
    rest = lines[end + 1 :]
    numbers = {line.text[:3] for line in rest if line.gap or line.text[:1] == "3"}
    if not numbers & {"2. ", "3. "}:  # the text ran on too
        end, rest = len(lines) - 1, ()
    whole = merged(lines[: end + 1])
    return [*whole.cuts(list(_places(whole.text))), *rest]


def is_joined(line: Line) -> bool:
    """Whether a line is a whole message: its heading, its text and its sets."""
    if len(line.text) <= LONGEST or not _BEGINS.match(line.text):
        return False
    return bool(_TELLS.search(line.text, 0, _TOP) and _opening(line.text))


def _opening(text: str) -> re.Match[str] | None:
    return _OPENING.search(text, 0, _TOP) or _BARE.search(text, 0, _TOP)


def _places(text: str) -> Iterator[int]:
    opening = _opening(text)
    assert opening
    yield from _heading(text[: opening.end()])
    if not opening[0]:
        yield opening.end()
    last = max(len(text) - _LAST, opening.end())
    ends = [found.start() for found in _END.finditer(text, last)]
    end = ends[0] if ends else len(text)
    yield from _paragraphs(text, opening.end(), end)
    yield from ends
    if ends and (after := text.find("NNNN ", ends[0])) >= 0:
        yield after + len("NNNN ")  # the class below the message


def _heading(text: str) -> Iterator[int]:
    """Where the lines of the heading begin: addresses stand above BT and below PASS TO."""
    addressed, titled = True, False
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "set":
            titled = True
            yield found.start()
        elif titled:
            continue
        elif kind == "break":
            addressed = False
            yield found.start()
            yield found.end()
        elif kind not in ("address", "more") or addressed:
            addressed = addressed or kind == "passing"
            yield found.start()


def _paragraphs(text: str, start: int, end: int) -> Iterator[int]:
    """Where paragraph 2 and those behind it begin, and the items of each."""
    last = 1
    for found in _PARAGRAPH.finditer(text, start + 1, end):
        if int(found[1]) == last + 1 and _ends_sentence(text, found.start()):
            last += 1
            yield from _items(text, start, found.start())
            start = found.start()
            yield start
    yield from _items(text, start, end)


def _items(text: str, start: int, end: int) -> Iterator[int]:
    """Where the items of a paragraph begin: a list has two or more, from A. or (1) on."""
    lists: dict[str, list[int]] = {}
    open_lists: list[str] = []
    places: list[int] = []
    for found in _ITEM.finditer(text, start + 1, end):
        label = found[1] or found[2]
        style = f"{bool(found[1])}{'1' if label.isdigit() else label.isupper()}"
        value = int(label) if label.isdigit() else ord(label.upper()) - ord("A") + 1
        if not _ends_sentence(text, found.start()) or (found[2] and _is_initial(text, found)):
            continue
        own = lists.get(style, [])
        if style in open_lists and value == len(own) + 1:
            own.append(found.start())
            del open_lists[open_lists.index(style) + 1 :]
        elif value == 1:
            _close(own, places)
            lists[style] = [found.start()]
            open_lists.append(style)
    for own in lists.values():
        _close(own, places)
    yield from sorted(places)


def _is_initial(text: str, label: re.Match[str]) -> bool:
    """Whether a letter stands behind another one: VADM A. B. ROE."""
    return _INITIAL.search(text, max(label.start() - 12, 0), label.start()) is not None


_INITIAL = re.compile(r" [A-Z]\. +$")


def _close(own: Sequence[int], places: list[int]) -> None:
    if len(own) > 1:
        places += own


def _ends_sentence(text: str, place: int) -> bool:
    return _SENTENCE_END.search(text[max(place - 12, 0) : place]) is not None


def numbered(lines: Sequence[Line], place: int) -> list[Line]:
    """The lines, those of a text parted where the next paragraph's number stands inside of one.

    Certain where the lines' own numbers skip just what stands so between them, or where who
    released the message ends it.
    """
    places: list[tuple[int, int]] = []  # line and column
    last = 0
    waiting: list[tuple[int, int]] = []
    for index in range(place, len(lines)):
        text = lines[index].text
        if (begins := _NUMBERED.match(text)) and begins[1][0] != "0":
            if int(begins[1]) == last + len(waiting) + 1:
                places += waiting
            last, waiting = int(begins[1]), []
        for found in _INSIDE.finditer(text):
            if not last or int(found[1]) != last + len(waiting) + 1:
                continue
            is_last = text.startswith("RELEASED BY ", found.end())
            if (
                is_last
                or _ends_sentence(text, found.start())
                or _ENDS_ITEM.search(text[: found.start()])
            ):
                waiting.append((index, found.start()))
            if is_last:
                places += waiting
                last, waiting = int(found[1]), []
    return _cut(lines, places)


def _cut(lines: Sequence[Line], places: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines, each cut at the columns that are told for it."""
    columns: dict[int, list[int]] = {}
    for index, column in places:
        columns.setdefault(index, []).append(column)
    parted: list[Line] = []
    for index, line in enumerate(lines):
        first, *others = line.cuts(columns[index]) if index in columns else [line]
        parted += [first, *(replace(one, gap=True) for one in others)]
    return parted


def items_parted(lines: Sequence[Line], place: int) -> list[Line]:
    """The lines, those of a text parted where the next item's letter stands inside of one.

    Certain where the lines' own letters skip just what stands so between them; of the last items
    of a list where a sentence ends before each, and the letter is set off or a heading follows.
    """
    places: list[tuple[int, int]] = []  # line and column
    waiting: list[tuple[int, int]] = []
    last, is_upper, is_sure = 0, True, False
    for index in range(place, len(lines)):
        text = lines[index].text
        begins = _LETTERED.match(text)
        if begins or lines[index].gap or _NUMBERED.match(text):
            value = ord(begins[1].upper()) - ord("A") + 1 if begins else 0
            is_next = begins is not None and value == last + len(waiting) + 1
            if is_next or (is_sure and last + len(waiting) > 1):
                places += waiting
            if begins is None and lines[index].gap and not _NUMBERED.match(text):
                value = last + len(waiting) * (is_next or is_sure)
            last, waiting, is_sure = value, [], True
            is_upper = begins[1].isupper() if begins else is_upper
        if ". " not in text or len(text) > LONGEST:
            continue
        for found in _LETTER_INSIDE.finditer(text):
            is_first = not last and not waiting
            if ord(found[1].upper()) - ord("A") != last + len(waiting):
                continue
            if not is_first and found[1].isupper() is not is_upper:
                continue
            ended = _ENDS_ITEM.search(text[: found.start()]) is not None
            is_set_off = len(found[2]) >= _SET_OFF
            if not (ended or is_set_off):
                continue
            is_upper = found[1].isupper()
            headed = ended and _HEADED.match(text, found.end()) is not None
            is_heading = is_first and not is_upper  # 4.  EXAMS a.  THOSE
            is_sure = is_sure and (headed or (is_set_off and (ended or is_heading)))
            waiting.append((index, found.start()))
    if is_sure and last + len(waiting) > 1:
        places += waiting
    return _cut(lines, places)


_NUMBERED = re.compile(r"(?:(?:RMKS?|GENTEXT ?/[A-Z ]{2,30}) ?/{0,2} {0,3})?(\d{1,3})[.)](?=\s)")
_LETTERED = re.compile(r"([A-Za-z])\.(?=\s)")
_LETTER_INSIDE = re.compile(r"(?<= )([A-Za-z])\.( {1,4})(?=[A-Z])")
_ENDS_ITEM = re.compile(r"(?:\w\w[.!?:;]|\))[\"')\]]? +$")  # and no initial
_HEADED = re.compile(r"[A-Z][A-Za-z ]{2,40}: ")
_SET_OFF = 2  # blanks behind a letter
_INSIDE = re.compile(r"(?<= )(\d{1,2})\. {2,4}(?=[A-Z])")
