"""Rules about what stands where a mark stands and was not read as one: none goes unsaid."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from convert.diagnostics import Code, Report, Severity
from convert.model import regex as re
from convert.model.cable import (
    Authority,
    Cable,
    Heading,
    Paragraph,
    Part,
    Passing,
    Portion,
    Subject,
    Typed,
)
from convert.model.document import effective
from convert.model.marking import Marking
from convert.model.span import Span
from convert.model.walk import all_parts, pieces, span_of, words
from convert.notation import portion as notation
from convert.notation.tables import OFFICES

_NAMES: dict[type[Part], str] = {
    Paragraph: "a paragraph", Heading: "a heading", Subject: "the subject",
    Passing: "a passing instruction", Authority: "the classification authority",
}  # fmt: skip

# Behind a label that is none of ours: 25 (TS), A. (S) in an item with a dash.
_HIDDEN = re.compile(
    r"[^A-Za-z0-9()]{0,3}(?:(?:PARA|Para)(?:graph|GRAPH)?\.? {1,2})?"
    r"[A-Za-z0-9]{1,3}[^A-Za-z()]{0,3}(\([A-Z][^()]{0,80}\))"
)
# A mark that has lost its brackets, and a class between signs in a sentence: text. *** SECRET ***
_BARE = re.compile(r"(?:TS|S|C|U)/{1,2}(?:NF|NOFORN|REL(?: [A-Z, ]{2,40})?|FOUO)\b(?=[ .:]|$)")
_BETWEEN_SIGNS = re.compile(
    r"(?<!\S)(?:\*{2,6}|={2,6}|-{2,6}) ?(TOP SECRET|SECRET|CONFIDENTIAL) ?(?:\*{2,6}|={2,6}|-{2,6})"
    r"(?!\S)"
)
_SPELLED = ("TOP SECRET", "SECRET", "CONFIDENTIAL")
_LEVEL = "(?:TS|S|C|U|SBU|LOU)"
_ENDLESS = re.compile(rf"[(\[]{_LEVEL}(?:[ ,]|-(?!\d)|/)|(?:TS|S|C|U)//|[(\[]//")
_OFFICE = re.compile(r"[(\[]([SCU]/[A-Z]+)\b")
_OPENING = re.compile(r"[(\[][^()\[\]]{1,300}[)\]]")
_LETTERED = re.compile(rf"[(\[]{_LEVEL} [^()\[\]]{{1,300}}[)\]]")

_BRACKET = re.compile(
    r"[(\[]\s{0,3}(?:(?:TS|S|C|U|SBU|LOU|OUO|CUI|NF|TOP SECRET|SECRET|CONFIDENTIAL|UNCLAS[A-Z]*)"
    r"(?![A-Za-z0-9.'\u2019])|//)[^()\[\]]{0,120}[)\]]"
)
_SMALL = re.compile(r"[(\[](?:s|c|u|ts|sbu)(?:/[a-z/, -]{1,60})?[)\]]")
_SMALL_ITEM = re.compile(rf"[A-Za-z0-9]{{1,2}}[.)] ?({_SMALL.pattern})")
_LONE = re.compile(r"\([E-RV-Z]\)(?= )")  # (L), where the others have (U)
_SEVERAL = 2  # marked paragraphs that tell that a letter in brackets behind a number is a mark
_SENTENCE_END = re.compile(r"[.!?:][\"')\]\u201d\u2019]{0,3}\s{1,4}$")
_NUMBER = re.compile(r"(?:^|\s)\d{1,4}[.)]{1,2}\s{0,2}$")
_LABEL = re.compile(r"(?:(?:REF|SUBJ)[A-Z]{0,8}(?:\(S\))?|PASS(?: TO)?|FOR)\s{0,3}[:/]?\s{0,3}$")
_FIGURE = re.compile(r"(?:\d|\b[A-Z])\s{0,2}$")
_SIGN = re.compile(r"[(\[]\s{0,3}(?:[TSCULONscuts/]|$)")
_BEFORE = 24  # characters in which it is told what stands before a bracket


def astray(cable: Cable, report: Report) -> None:
    """MK010, MK017: every bracket in mark position that no part has as its mark."""
    tell = _Teller(effective(cable), report, _marked(cable))
    last: dict[str, str] = {}
    before = ""
    for part in all_parts(cable):
        if type(part) not in _NAMES:
            continue
        told = _inside(part, tell)
        if isinstance(part, Paragraph):
            if not told:
                _missed(part, tell)
            said = words(part.content)
            for found in _BETWEEN_SIGNS.finditer(said):
                tell.astray(found[0], span_of(part), part, f"({_LETTERS[found[1]]})")
            _lettered(part, last, before, tell)
            before = said


_LETTERS = {"TOP SECRET": "TS", "SECRET": "S", "CONFIDENTIAL": "C"}


def _marked(cable: Cable) -> int:
    """How many numbered paragraphs have a mark behind their number."""
    numbered = (part for part in all_parts(cable) if isinstance(part, Paragraph) and part.label)
    return sum(part.portion is not None for part in numbered)


class _Teller:
    def __init__(self, banner: Marking | None, report: Report, marked: int) -> None:
        self.report, self.marked = report, marked
        self._rank = banner.classification.rank if banner else None

    def unread(self, typed: str, part: Part) -> None:
        """MK010."""
        self.report(Code.MARK_UNREADABLE, span_of(part), typed=typed)

    def strange(self, typed: str, part: Part) -> None:
        """MK010 as a warning: what stands where others have a mark, and may be an item's letter."""
        self.report.lowered(Severity.WARNING, Code.MARK_UNREADABLE, span_of(part), typed=typed)

    def astray(self, typed: str, at: Span, part: Part, meant: str = "") -> None:
        """MK017: an error where the mark is above the banner; ``meant``: as a mark is written."""
        read = notation.parse(meant or " ".join(typed.split()))
        facts = {"typed": typed, "where": _NAMES[type(part)]}
        if read and self._rank is not None and read.marking.classification.rank > self._rank:
            self.report(Code.MARK_ASTRAY, at, **facts)
        else:
            self.report.lowered(Severity.WARNING, Code.MARK_ASTRAY, at, **facts)


def _missed(paragraph: Paragraph, tell: _Teller) -> None:
    """A bracket at the start that was not taken as a mark.

    Debris may stand inside it, it may be a second mark behind the first, or have no end.
    """
    opening = words(paragraph.content[:4])[:400]
    if hidden := _HIDDEN.match(opening):
        read = notation.parse(hidden[1]) if hidden[1] == hidden[1].upper() else None
        if read is not None:
            tell.unread(hidden[0], paragraph)
            return
    if paragraph.portion is None and (bare := _BARE.match(opening)):
        tell.unread(bare[0], paragraph)
        return
    closed = _OPENING.match(opening)
    if closed is None and paragraph.portion is None and (small := _SMALL_ITEM.match(opening)):
        tell.astray(small[1], span_of(paragraph), paragraph)
    elif closed is None:
        endless = _ENDLESS.match(opening) if paragraph.portion is None else None
        office = _OFFICE.match(opening)
        if (
            endless
            and (paragraph.label or "/" in endless[0])
            and not (office and office[1] in OFFICES)
        ):
            tell.unread(f"{opening[:40]}…", paragraph)
    if paragraph.label is None or closed is None:
        return
    in_place = paragraph.portion is None and paragraph.label.number is not None
    if in_place and tell.marked >= _SEVERAL and _LONE.match(opening):
        tell.strange(opening[:3], paragraph)
        return
    is_capital = closed[0] == closed[0].upper()
    if is_capital and (notation.parse(closed[0]) or notation.looks_like_level(closed[0])):
        first = paragraph.portion.typed if paragraph.portion else ""
        tell.unread(f"{first}{closed[0]}", paragraph)
    elif paragraph.portion is None and (_LETTERED.match(opening) or _SMALL.match(opening)):
        tell.astray(closed[0], span_of(paragraph), paragraph)


def _lettered(paragraph: Paragraph, last: dict[str, str], said: str, tell: _Teller) -> None:
    """``(s)`` as the label of an item that is not the one after ``(r)``.

    ``last``: the letter of the last item of each style; ``said``: the paragraph before.
    """
    label = paragraph.label.typed if paragraph.label else ""
    letter = label[1:-1]
    if not label.startswith("(") or len(letter) != 1 or not letter.isalpha():
        return
    style = "a" if letter.islower() else "A"
    if letter in "scu" and paragraph.portion is None:
        before = chr(ord(letter) - 1)
        if last.get(style) != before and not _is_listed(letter, said):
            tell.astray(label, span_of(paragraph), paragraph)
    last[style] = letter


def _is_listed(letter: str, before: str) -> bool:
    """Whether the item before this one stands in a text."""
    return letter in _BEFORE_IT and _BEFORE_IT[letter].search(before) is not None


_BEFORE_IT = {
    letter: re.compile(rf"(?<![A-Za-z]){chr(ord(letter) - 1)}[.)]") for letter in "CSUTcsut"
}


def _inside(part: Part, tell: _Teller) -> bool:
    """A mark that begins a line or sentence of a text, or ends it; each typing once.

    Whether one of them stands at the beginning.
    """
    own = [piece for piece in pieces(part) if isinstance(piece, Typed)]
    if not any(_may_be_sign(piece.text) for piece in own):
        return False
    portion: Portion | None = getattr(part, "portion", None)
    at_start = False
    told: set[str] = set()
    text, starts = _joined(own)
    for start, end in _brackets(text, part):
        typed = text[start:end]
        piece = bisect_right(starts, start) - 1
        place = own[piece].span.start + start - starts[piece]
        is_own = portion is not None and portion.span.start == place
        if typed in told or is_own:
            continue
        told.add(typed)
        last = bisect_right(starts, end - 1) - 1
        span = Span(place, own[last].span.start + end - starts[last])
        tell.astray(typed, span, part)
        at_start = at_start or not any(map(str.isalnum, text[max(start - _BEFORE, 0) : start]))
    return at_start and isinstance(part, Paragraph) and part.label is None


def _may_be_sign(text: str) -> bool:
    return ("(" in text or "[" in text) and _SIGN.search(text) is not None


def _joined(own: list[Typed]) -> tuple[str, list[int]]:
    """The pieces as one text, and where each begins in it."""
    parted = [piece.parted if number else "" for number, piece in enumerate(own)]
    text = "".join(f"{sign}{piece.text}" for sign, piece in zip(parted, own, strict=True))
    ends = accumulate(len(sign) + len(p.text) for sign, p in zip(parted, own, strict=True))
    return text, [end - len(piece.text) for end, piece in zip(ends, own, strict=True)]


def _brackets(text: str, part: Part) -> Iterator[tuple[int, int]]:
    """From where to where the brackets go that say a mark and stand like one."""
    labelled = isinstance(part, Paragraph) and part.label is not None
    titled = isinstance(part, Subject | Heading)
    stop = len(text.rstrip(" \n\t.*-=_\"'"))
    first = len(text) - len(text.lstrip())
    listed: set[str] = set()
    for found in _BRACKET.finditer(text):
        start, end = found.span()
        typed = " ".join(found[0].split())
        if typed in listed or (labelled and start == first):
            continue
        is_level = typed[1:-1] in _SPELLED or ("/" in typed and notation.looks_like_level(typed))
        if notation.parse(typed) is None and not is_level:
            continue
        before = text[max(start - _BEFORE, 0) : start]
        is_last = end >= stop
        letter = typed[1:-1].strip()
        if _NUMBER.search(before) or _LABEL.search(before):
            yield start, end
        elif letter == "S" and before[-1:].isalpha():
            continue  # of RECIPIENT(S)
        elif (
            _begins(before)
            or _ends_short(text, start, end)
            or (is_last and not (len(letter) == 1 and not titled and _FIGURE.search(before)))
        ):
            if len(letter) == 1 and _is_listed(letter, text[max(start - 3000, 0) : start]):
                listed.add(typed)
            else:
                yield start, end
    if titled:
        for found in _SMALL.finditer(text):
            before = text[max(found.start() - _BEFORE, 0) : found.start()]
            if _LABEL.search(before.upper()) or not before.strip():
                yield found.span()


def _ends_short(text: str, start: int, end: int) -> bool:
    """Whether a bracket ends a line as short as a heading."""
    before = text[max(start - _SHORT, 0) : start]
    return text.startswith("\n", end) and (len(before) < _SHORT or "\n" in before)


_SHORT = 40  # characters


def _begins(before: str) -> bool:
    """Whether a line or a sentence begins behind ``before``."""
    line = before.rpartition("\n")[2]
    return not any(map(str.isalnum, line)) or _SENTENCE_END.search(before) is not None
