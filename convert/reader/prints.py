"""What a released copy has on its sheets beside the document: strips, stamps, page lines.

Three markings may stand on one copy (FORMS: three things that are never mixed):

* the original one, of the telegram itself: its classification line, or in a print without an old
  telegram inside the line above ``MRN:``;
* the current one, of the copy: ``UNCLASSIFIED`` at the very top and bottom of each sheet, put there
  when it was released. It is a release mark, never the cable's banner;
* release markings: stamps, strips with the numbers of a case, codes of exemptions.

A class at the edge of a sheet is the copy's only if the copy says elsewhere that it was released
and the class is ``UNCLASSIFIED``, which every released copy is. Any other class there, and every
class on a copy without a release, is the document's own and stays a banner: what restricts is never
taken for furniture.

The shapes are those of State's archive print of 94 DUSHANBE 259, released in 2026, and of the FOIA
releases of 2015 to 2017 (cases F-2014-20439, F-2015-04841, F-2016-07895), as the public collections
of them quote their lines. ``REVIEW AUTHORITY:`` is known from releases of the same years.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from convert.model import regex as re
from convert.model.cable import (
    Captions,
    Handling,
    HandlingKind,
    PageLine,
    Part,
    ReleaseMark,
)
from convert.model.data import Data
from convert.notation import banner as notation
from convert.reader import printfields, shapes, sheetbreaks, texthead
from convert.reader.lines import Line, value

_CODE = re.compile(shapes.CODE)
_CODES = re.compile(rf"{shapes.CODES}[ .,;|)]{{0,3}}")
_DATE = r"\d{1,2} ?/ ?\d{1,2} ?/ ?\d{2}(?: ?\d{1,2})?"
_RULES = r"[_\u2014 ]{0,8}"

# Each is a strip by itself.
_STRIP = re.compile(
    rf'CSP-\d{{4}}-\d{{5}} {{1,30}}B-\d{{8,12}} {{1,30}}"[A-Z /]{{4,40}}" {{1,30}}{_DATE}'
    rf"|{_RULES}(?:\(?[C0]\d{{7,8}} {{0,3}}[-\u2014]? {{0,3}})?"
    r"UNCLASSIFIED {1,9}U\.S\. Department of S[tl]ate Case No[.,] .{1,90}"
    r"|UNCLASSIFIED {1,60}STATE DEPT\. - PRODUCED TO .{1,60}"
    r"|Case No\. [A-Z]-\d{4}-\d{4,6}"
    r"|Doc No\. C\d{7,8}(?: .{0,80})?"
)
# These are part of a strip only beside one of those.
_BESIDE = re.compile(
    r"U\.S\. Department of State(?: {1,60}SUBJECT TO AGREEMENT ON .{1,80})?"
    rf"|Date: {_DATE}(?:\W.{{0,120}})?"
    r"|SUBJECT TO AGREEMENT ON SENSITIVE INFORMATION & REDACTIONS.{0,60}"
    r"|STATE DEPT\. - PRODUCED TO .{1,60}"
    r"|STATE-[A-Z]{2,4}\d{6,8}"
)
_STAMP = re.compile(
    r"\W{0,2}(?:RELEASED? IN|Released? in)"
    r"(?: (?P<how>FULL|PART|Full|Part)(?P<rest>\W.{0,60})?)?[ |!,})]{0,3}"
)
_DECLASSIFIED = re.compile(r"(?:DECLASSIFIED|Declassified)(?: in (?:Full|Part)| IN (?:FULL|PART))?")
_HOW = re.compile(r"(?:FULL|PART)(?P<rest>\W.{0,60})?")
_REVIEW = re.compile(
    r"REVIEW AUTHORITY: .{1,80}|DATE/CASE ID: \d{1,2} [A-Z]{3} \d{4}(?: {1,3}\d{6,12})?"
    r"|Classified by DAS, .{1,40} on \d\d/\d\d/\d{4}\b.{0,120}"
    r"|~ ?Class: [A-Z ]{5,20}|~ Reason: .{1,80}|~ Declassify on: .{1,20}"
)
_OFFICE = re.compile(r"U\.?S\.? Department of State")
_REVIEWER = "UNITED STATES DEPARTMENT OF STATE"  # above REVIEW AUTHORITY, 2005 to 2010
_DATED = re.compile(rf"{_DATE}")
_SURE_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_PAGE = re.compile(r"Page ?(?P<page>\d{1,4}|[lI]) ?of ?(?P<pages>\d{1,4})")
_PAGE_END = re.compile(r" {2,}(?=Page ?(?:\d{1,4}|[lI]) ?of ?\d{1,4}$)")
_MARGIN = re.compile(
    r" {4,}(?=(?:RELEASED? IN(?: (?:FULL|PART)[ ,()A-Z0-9.]{0,40})?|Released? in (?:Full|Part)"
    r"|Classified by DAS, .{1,160})$)"
)
_CURRENT = "UNCLASSIFIED"
_MISREAD = str.maketrans("l1|0", "IIIO", " ")  # what a reader of pictures makes of its letters
_LATER = 6  # lines that a stamp takes at most


class Sheets(Data):
    """The lines of the document itself, and what stood round them, as parts in source order."""

    lines: list[Line]
    frame: list[Part]


def peel(lines: Sequence[Line]) -> Sheets:
    """The document's lines without strips, stamps, page lines and the class at a sheet's edges.

    A line that goes on with a sentence after them has no gap before it, whatever blank lines the
    break of the sheet left.
    """
    cut = [piece for line in lines for piece in _pieces(line)]
    taken: dict[int, tuple[Part, int]] = {}
    place = 0
    while place < len(cut):
        found = _furniture(cut, place)
        if found:
            taken[place] = found
        place = found[1] if found else place + 1
    released = any(_tells_release(part) for part, _ in taken.values())
    if not released:
        taken = {at: found for at, found in taken.items() if isinstance(found[0], PageLine)}
    inside = {i for start, (_, end) in taken.items() for i in range(start, end)}
    words = set(sheetbreaks.class_words(cut, inside))
    for index in sorted(_edges(cut, taken) - inside - words):
        if edge := _class_at_edge(cut, index, released):
            taken[index] = edge
            inside.add(index)
    taken |= {index: (part, index + 1) for index, part in _running(cut, inside | words)}
    kept = [i for i in range(len(cut)) if i not in inside and i not in taken]
    titles = sheetbreaks.titles(cut)
    whole = [sheetbreaks.regapped(cut, kept, n, titles) for n in range(len(kept))]
    return Sheets(whole, [taken[start][0] for start in sorted(taken)])


def _tells_release(part: Part) -> bool:
    """Whether a strip or stamp says that the copy was released; a code alone may be text."""
    if isinstance(part, ReleaseMark):
        return not _CODES.fullmatch(part.text.text)
    return isinstance(part, Handling)


def release_at(lines: Sequence[Line], place: int) -> str | None:
    """What at a line says that the copy was released: a strip or a stamp; None if nothing does."""
    if len(lines[place].text) > shapes.LONGEST:
        return None
    if _STRIP.fullmatch(lines[place].text):
        return "a strip"
    found = _stamp(lines, place)
    return "a stamp" if found and not is_quoted(lines, place, found[1]) else None


def is_quoted(lines: Sequence[Line], place: int, end: int) -> bool:
    """Whether a stamp from ``place`` to ``end`` is a line of the text that speaks of one.

    It then stands between two paragraphs of one sheet, and nothing that a sheet has beside it.
    """
    if not 0 < place < end < len(lines) or lines[place].sheet or lines[end].sheet:
        return False
    if any(_is_of_sheet(lines[i]) for i in (place - 1, end)):
        return False
    if any(_CODE.search(line.text) for line in lines[place:end]):
        return False
    near = range(max(0, place - _PARAGRAPH), min(len(lines), end + _PARAGRAPH))
    begins = [i for i in near if shapes.NUMBER.match(lines[i].text[:8])]
    return any(i < place for i in begins) and any(i >= end for i in begins)


_PARAGRAPH = 60  # lines in which another paragraph begins


def _is_of_sheet(line: Line) -> bool:
    """Whether a line is one that stands at the edge of a sheet."""
    text = line.text[: shapes.LONGEST]
    read = notation.parse(text)
    return bool(
        (read and read.is_bare)
        or is_current(text)
        or shapes.is_archive_line(text)
        or any(pattern.fullmatch(text) for pattern in (_STRIP, _BESIDE, _PAGE, _CODES, _STAMP))
    )


def exemptions(text: str) -> tuple[str, ...]:
    """The codes in a text, each once: ``B6``, ``1.4(D)``."""
    return tuple(dict.fromkeys("".join(found[0].split()) for found in _CODE.finditer(text)))


def _pieces(line: Line) -> Iterator[Line]:
    """A line, or its halves: ``UNCLASSIFIED     Page 2 of 3``, a stamp in the margin."""
    if len(line.text) <= shapes.LONGEST:
        for pattern in (_PAGE_END, _MARGIN):
            if found := pattern.search(line.text):
                yield line.cut(0, found.start())
                yield line.cut(found.end(), len(line.text))
                return
    yield line


def _furniture(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The strip, stamp, page line or lone code that begins at a line."""
    if len(lines[place].text) > shapes.LONGEST:
        return None
    return (
        _page(lines, place) or _strip(lines, place) or _stamp(lines, place) or _code(lines, place)
    )


def _page(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``Page 2 of 3``; a lone ``l`` for the number is the figure 1, misread."""
    if not (found := _PAGE.fullmatch(lines[place].text)):
        return None
    page = 1 if found["page"] in "lI" else int(found["page"])
    part = PageLine(lines[place].typed(), None, None, 1, page, 1, int(found["pages"]))
    return part, place + 1


def _strip(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The lines of a strip, one after another; blank lines between them count for nothing."""
    end, sure = place, False
    while end < len(lines) and end < place + 8 and len(lines[end].text) <= shapes.LONGEST:
        if end > place and lines[end].sheet:
            break
        if _STRIP.fullmatch(lines[end].text):
            sure = True
        elif not _BESIDE.fullmatch(lines[end].text):
            break
        end += 1
    if not sure:
        return None
    return Handling(shapes.pieces(lines[place:end]), HandlingKind.ARCHIVE), end


def _stamp(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``RELEASE IN PART B6``, ``Released in Full`` with a name, the Department and a date."""
    if _REVIEW.fullmatch(lines[place].text):
        return _mark(lines[place : place + 1]), place + 1
    if reviewed := _after_review(lines, place):
        return _mark(lines[place:reviewed]), reviewed
    end = _after_opening(lines, place)
    if end is None:
        return None
    end = _after_name(lines, end)
    while end < len(lines) and end < place + _LATER and _goes_on(lines[end]):
        end += 1
    return _mark(lines[place:end]), end


def _after_review(lines: Sequence[Line], place: int) -> int | None:
    """The place after the Department's stamp of three lines, and the class at the sheets' edges.

    The copy's own class stands at the foot of this sheet and at the head of the next. Between the
    two is what a reader of pictures took last of the first page: columns of its distribution, and
    the number of the copy.
    """
    end = place + 1
    if lines[place].text != _REVIEWER:
        return None
    while end < min(place + 3, len(lines)) and _REVIEW.fullmatch(lines[end].text):
        end += 1
    if end == place + 1:
        return None
    for at in range(end, min(end + _EDGES, len(lines))):
        text = lines[at].text[: shapes.LONGEST]
        if is_current(text):
            end = at + 1
        elif not (_COLUMN.fullmatch(text) or shapes.OFFICES.fullmatch(text)):
            break
    return end


_EDGES = 24  # lines between two sheets, at most
_COLUMN = re.compile(r"10-\d\d|[A-Z]{1,2}\d{1,3}")  # IO-16 misread; the number of the copy: Z31


def _after_opening(lines: Sequence[Line], place: int) -> int | None:
    """The place after the words that open a stamp, which may stand on two lines."""
    end = place + 1
    if _DECLASSIFIED.fullmatch(lines[place].text):
        after = _after_name(lines, end)
        return end if after < len(lines) and _OFFICE.fullmatch(lines[after].text) else None
    found = _STAMP.fullmatch(lines[place].text)
    if found is None or not _is_codes(found["rest"]):
        return None
    if found["how"]:
        return end
    how = _HOW.fullmatch(lines[end].text) if end < len(lines) else None
    return end + 1 if how and _is_codes(how["rest"]) else None


def _is_codes(rest: str | None) -> bool:
    """Whether nothing but codes, and what a reader of pictures makes of a frame, is left."""
    return not rest or not re.search(r"[A-Za-z0-9]", _CODE.sub("", rest))


def _goes_on(line: Line) -> bool:
    """Whether a line below a stamp is one more line of it."""
    text = line.text
    return len(text) <= 160 and any(
        pattern.fullmatch(text) for pattern in (_CODES, _OFFICE, _DATED, _REVIEW)
    )


def _after_name(lines: Sequence[Line], place: int) -> int:
    """The place after one or two lines of a name and title, if the Department comes next."""
    for end in range(place, min(place + 3, len(lines))):
        if _OFFICE.fullmatch(lines[end].text):
            return end
        if lines[end].gap or len(lines[end].text) > 80:
            break
    return place


def _mark(lines: Sequence[Line]) -> ReleaseMark:
    text = value(lines)
    days = [day for line in lines if (day := _day(line.text))]
    return ReleaseMark(
        shapes.pieces(lines), text, exemptions(text.text), days[-1] if days else None
    )


def _day(text: str) -> date | None:
    """The day of a line that is a date and nothing else, if no figure of it is in doubt."""
    if not (found := _SURE_DATE.fullmatch(text)):
        return None
    month, day, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _code(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """Codes alone between blank lines or at an end of a telegram's page; others are of the text."""
    end = place
    while end < min(len(lines), place + _LATER) and _CODES.fullmatch(lines[end].text):
        if end > place and lines[end].gap:
            break
        end += 1
    above = lines[place].gap or (place > 0 and sheetbreaks.is_of_page(lines[place - 1].text))
    below = end == len(lines) or lines[end].gap or sheetbreaks.is_of_page(lines[end].text)
    return (_mark(lines[place:end]), end) if end > place and above and below else None


def _edges(lines: Sequence[Line], taken: dict[int, tuple[Part, int]]) -> set[int]:
    """The lines at the top and bottom of each sheet; strips and page lines tell where it ends."""
    last = len(lines) - 1
    edges = {i for i in range(len(lines)) if lines[i].sheet or i == last or lines[i + 1].sheet}
    for start, (part, end) in taken.items():
        if isinstance(part, PageLine):
            edges |= {start - 1, end}
        elif isinstance(part, Handling):
            edges.add(start - 1)
    return edges & set(range(len(lines)))


def _class_at_edge(lines: Sequence[Line], index: int, released: bool) -> tuple[Part, int] | None:
    """The copy's own marking as a release mark, the document's as a banner; None if no class."""
    text = lines[index].text
    if len(text) > shapes.LONGEST:
        return None
    if released and is_current(text):
        return ReleaseMark(lines[index].typed(), lines[index].field(0, len(text))), index + 1
    read = notation.parse(text)
    return texthead.banner(lines, index) if read and read.is_bare else None


def _running(lines: Sequence[Line], inside: set[int]) -> Iterator[tuple[int, Part]]:
    """The document's own class, and captions with it, where a sheet breaks its text.

    Above the first field and below the last line of the text it is no running head.
    """
    kept = [i for i in range(len(lines)) if i not in inside and not _is_marking(lines[i])]
    head = printfields.above([lines[i] for i in kept])
    first = kept[head[0]] if head else -1
    last = kept[-1] if kept else -1
    own = [i for i in range(first + 1, last) if i not in inside and _is_marking(lines[i])]
    beside = {i for i in own if i - 1 in inside or i + 1 in inside}
    beside |= {i for i in own if i - 1 in beside} | {i for i in own if i + 1 in beside}
    for index in own:
        if index in beside:
            said = printfields.captioned(lines[index].text)
            found = None if said else texthead.banner(lines, index)
            yield index, found[0] if found else Captions(lines[index].typed(), said)


def _is_marking(line: Line) -> bool:
    """Whether a line is a bare class, or captions alone."""
    return bool(printfields.stated(line.text) or printfields.captioned(line.text))


def is_current(text: str) -> bool:
    """Whether a line is ``UNCLASSIFIED``, misread perhaps (``IUNCLASSI Fl ED``), and no more."""
    letters = text[:40].translate(_MISREAD)
    return len(text) <= 40 and _CURRENT in letters and len(letters) <= len(_CURRENT) + 1
