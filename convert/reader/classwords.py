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
    typed: Counter[str] | None = None  # how often a class stands alone beside pages

    def is_word(self, place: int, part: Part, before: Line | None, among: Sequence[Part]) -> bool:
        """Whether the class at ``place`` is a word of the sentence that ``before`` has not ended.

        It is above BT; where a page has its foot and its head beside it, ``among`` what parts the
        text there already; or where the heading says another class and no other line the same.
        """
        if not _is_plain(part) or before is None or is_ended(before.text):
            return False
        below = self.lines[place + 1] if place + 1 < len(self.lines) else None
        if before.parts is self.lines[place - 1].parts and not self.lines[place].gap:
            is_found = self._is_above_page(place)
            is_parted = False
        elif below is None or starts_paragraph(below):
            return False
        else:
            is_found = self._is_below_page(place, among)
            is_parted = is_edge(below.text)
        own = self._of_heading()
        if is_found or not own or (isinstance(part, Banner) and _levels([part]) & own):
            return is_found
        return not is_parted and self._count(self.lines[place].text) == 1

    def _is_above_page(self, place: int) -> bool:
        """Whether all that ends a page or a message stands below it.

        That is the foot of the page and the head of the next; a foot and the end of the message; a
        stamp of the National Archives where a sheet ends and no page; or BT (ACP 127: the class of
        a message stands above its text, and not below).
        """
        after = [line.text[:LONGEST] for line in self.lines[place + 1 : place + 5]]
        below = [text for text in after if _STAMP not in text][:2]
        if not below or below[0] == "BT":
            return bool(below)
        if below[0] != after[0] and not is_edge(below[0]):
            return True
        if len(below) < 2 or not self._is_own(below[0]):
            return False
        return self._is_own(below[1]) or PROSIGN.fullmatch(below[1]) is not None

    def _is_below_page(self, place: int, among: Sequence[Part]) -> bool:
        """Whether all that begins a page stands above it, or such a stamp alone."""
        own = self._of_heading()
        after = [line.text[:LONGEST] for line in self.lines[place + 1 : place + 5]]
        below = [text for text in after if _STAMP not in text][:2]
        is_last = len(below) > 1 and self._is_own(below[0]) and PROSIGN.fullmatch(below[1])
        if self.lines[place + 1].gap and not is_last:
            return False
        if among and all(isinstance(one, ReleaseMark) and _STAMP in one.text.text for one in among):
            return bool(own)
        heads = [part for part in among if isinstance(part, Banner) and _levels([part]) & own]
        return len(heads) > 1

    def _is_own(self, text: str) -> bool:
        """Whether a line is the heading's class, alone."""
        read = banner.parse(text)
        return (
            read is not None and read.is_bare and read.marking.classification in self._of_heading()
        )

    def _of_heading(self) -> frozenset[Level]:
        if self.own is None:
            texts = [line.text for line in self.lines[: self.begin]]
            read = [found for text in texts if (found := banner.parse(text))]
            named = [one for one in read if not one.is_bare]
            self.own = frozenset(one.marking.classification for one in named or read)
        return self.own

    def _count(self, text: str) -> int:
        """How often a class stands alone at an end of a page, or where one may have been."""
        if self.typed is None:
            places = (n for n, line in enumerate(self.lines) if banner.is_plain(line.text))
            self.typed = Counter(self.lines[n].text for n in places if not self._is_within(n))
        return self.typed[text]

    def _is_within(self, place: int) -> bool:
        """Whether lines of a text stand right above and below."""
        if place == 0 or place + 1 == len(self.lines):
            return False
        above, line, below = self.lines[place - 1 : place + 2]
        return not (line.gap or below.gap or is_edge(above.text) or is_edge(below.text))


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
