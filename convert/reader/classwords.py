"""Whether a class alone on its line, inside a text, is the cable's own or a word of a sentence.

``THE LIST IS NOT / SECRET / AND WILL BE PRINTED``: mail software wraps a sentence so, and a page
may end there. The class of a page is that of the heading (5 FAH-2 H-320), and stands once at the
foot of a page and once at the head of the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from convert.diagnostics import Code, Report
from convert.model.cable import Banner, Part, ReleaseMark
from convert.model.data import Data
from convert.model.marking import Level
from convert.model.text import printable
from convert.notation import banner
from convert.reader.endings import LAST_WORD, RUNS_ON, is_ended
from convert.reader.lines import Line
from convert.reader.marks import starts_paragraph
from convert.reader.shapes import LONGEST, PAGE, PROSIGN, is_archive_line

if TYPE_CHECKING:
    from convert.reader.joints import Break


class ClassWords(Data, frozen=False):
    """The lines of a telegram; ``begin``: the place where its text begins."""

    lines: Sequence[Line]
    begin: int
    own: frozenset[Level] | None = None  # the classes that the heading says
    typed: Counter[str] | None = None  # how often each line stands there

    def is_word(self, place: int, part: Part, before: Line | None, among: Sequence[Part]) -> bool:
        """Whether the class at ``place`` is a word of the sentence that ``before`` has not ended.

        It is above BT; where a page has its foot and its head beside it, ``among`` what parts the
        text there already; or where the heading says another class and no other line the same.
        """
        if not _is_plain(part) or before is None or is_ended(before.text):
            return False
        if not self._goes_through(place, before):
            return False
        if self._is_above_break(place):
            return True
        own = self._of_heading()
        if not own:
            return False
        if self._is_beside_stamp(place, among) or self._is_beside_page(place, among):
            return True
        if isinstance(part, Banner) and _levels([part]) & own:
            return False
        line = self.lines[place]
        is_parted = line.gap and is_edge(self.lines[place + 1].text)
        return not is_parted and self._count(line.text) == 1

    def _goes_through(self, place: int, before: Line) -> bool:
        """Whether no blank line parts it from the sentence, or the sentence may go on below it."""
        if not self.lines[place].gap:
            return before.parts is self.lines[place - 1].parts
        return place + 1 < len(self.lines) and not starts_paragraph(self.lines[place + 1])

    def _is_above_break(self, place: int) -> bool:
        """Whether the text ends with it: its class stands above it, none below (ACP 127)."""
        after = self.lines[place + 1 : place + 2]
        return not self.lines[place].gap and bool(after) and after[0].text == "BT"

    def _is_beside_page(self, place: int, among: Sequence[Part]) -> bool:
        """Whether the foot of a page and the head of the next stand below it or above it.

        At the end of a message there is a foot alone.
        """
        after = [line.text[:LONGEST] for line in self.lines[place + 1 : place + 5]]
        below = [text for text in after if _STAMP not in text][:2]
        own = self._of_heading()
        is_foot = bool(below) and is_bare(below[0]) and bool(_said(below[0]) & own)
        is_last = is_foot and len(below) > 1 and PROSIGN.fullmatch(below[1]) is not None
        if not self.lines[place].gap:
            is_head = is_foot and len(below) > 1 and is_bare(below[1]) and _said(below[1]) & own
            return is_last or bool(is_head)
        heads = [part for part in among if isinstance(part, Banner) and _levels([part]) & own]
        return len(heads) > 1 and (is_last or not self.lines[place + 1].gap)

    def _is_beside_stamp(self, place: int, among: Sequence[Part]) -> bool:
        """Whether a sheet of the National Archives ends there, and no page of the telegram."""
        if not self.lines[place].gap:
            after = [line.text[:LONGEST] for line in self.lines[place + 1 : place + 4]]
            text = next((text for text in after if _STAMP not in text), None)
            return text is not None and text != after[0] and not is_edge(text)
        if not among or self.lines[place + 1].gap:
            return False
        return all(isinstance(one, ReleaseMark) and _STAMP in one.text.text for one in among)

    def _of_heading(self) -> frozenset[Level]:
        if self.own is None:
            texts = [line.text for line in self.lines[: self.begin]]
            read = [found for text in texts if (found := banner.parse(text))]
            named = [one for one in read if not one.is_bare]
            self.own = frozenset(one.marking.classification for one in named or read)
        return self.own

    def _count(self, text: str) -> int:
        if self.typed is None:
            self.typed = Counter(line.text for line in self.lines)
        return self.typed[text]


def tell_lone(lines: Sequence[Line], breaks: Mapping[int, Break], report: Report) -> None:
    """R124: a class that was taken out of a sentence though nothing else of a page is there."""
    for place, found in breaks.items():
        if len(found.parts) > 1 or not 0 < place < len(lines) or lines[place].sheet:
            continue
        part, above = found.parts[0], lines[place - 1].text
        if not isinstance(part, Banner) or part.serial or part.section:
            continue
        is_through = len(above) >= _FULL or RUNS_ON.search(above[-LAST_WORD:])
        if is_through and not is_ended(above) and not starts_paragraph(lines[place]):
            report(Code.LONE_CLASS, part.typed.span, typed=printable(part.typed.text))


_STAMP = "/Released "
_FULL = 45  # characters of a line that a sentence fills


def _said(text: str) -> set[Level]:
    read = banner.parse(text)
    return {read.marking.classification} if read else set()


def _levels(parts: Sequence[Banner]) -> set[Level]:
    return {part.marking.classification for part in parts if part.marking}


def _is_plain(part: Part) -> bool:
    """Whether a part is a class line that says nothing else, and not that there is none."""
    if not isinstance(part, Banner) or part.serial or part.section:
        return False
    return banner.is_plain(part.typed.text)


def is_bare(text: str) -> bool:
    """Whether a line is a class and no class line of a message."""
    read = banner.parse(text)
    return read is not None and read.is_bare


def is_edge(text: str) -> bool:
    """Whether a line is one that stands at the end of a page or of a message."""
    if len(text) > LONGEST:
        return False
    return (
        is_bare(text)
        or bool(PROSIGN.fullmatch(text) or PAGE.fullmatch(text))
        or is_archive_line(text)
    )
