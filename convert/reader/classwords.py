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
from convert.model.cable import Banner, Part
from convert.model.data import Data
from convert.model.marking import Level
from convert.model.text import printable
from convert.notation import banner
from convert.reader import shapes
from convert.reader.endings import LAST_WORD, RUNS_ON, is_ended
from convert.reader.lines import Line
from convert.reader.marks import starts_paragraph

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

        It is where the heading says another class and no other line the same, or where ``among``,
        what else parts the text there, has the foot of the page and the head of the next.
        """
        level = _plain(part)
        if level is None or before is None or is_ended(before.text):
            return False
        if not self._goes_through(place, before):
            return False
        if level in self._of_heading():
            return self._is_third(place, level, among)
        return bool(self._of_heading()) and self._count(self.lines[place].text) == 1

    def _is_third(self, place: int, level: Level, among: Sequence[Part]) -> bool:
        """Whether a foot and a head are there beside a line that no blank parts from the text."""
        if not self.lines[place].gap:
            after = [line.text for line in self.lines[place + 1 : place + 3]]
            return after == [self.lines[place].text] * 2
        if self.lines[place + 1].gap:
            return False
        return sum(_plain(part) is level for part in among) > 1

    def _goes_through(self, place: int, before: Line) -> bool:
        """Whether no blank line parts it from the sentence, on one side at least, or on neither."""
        line = self.lines[place]
        if not line.gap:
            return before.parts is self.lines[place - 1].parts
        if place + 1 == len(self.lines):
            return False
        after = self.lines[place + 1]
        return not (starts_paragraph(after) or is_edge(after.text))

    def _of_heading(self) -> frozenset[Level]:
        if self.own is None:
            texts = [line.text for line in self.lines[: self.begin]]
            read = [banner.parse(text) for text in texts if banner.may_open(text)]
            self.own = frozenset(one.marking.classification for one in read if one)
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


_FULL = 45  # characters of a line that a sentence fills


def _plain(part: Part) -> Level | None:
    """The class of a line that says nothing else; none of one that says that there is none."""
    if not isinstance(part, Banner) or part.marking is None or part.serial or part.section:
        return None
    return part.marking.classification if banner.is_plain(part.typed.text) else None


def is_edge(text: str) -> bool:
    """Whether a line is one that stands at the end of a page or of a message."""
    if len(text) > shapes.LONGEST:
        return False
    read = banner.parse(text)
    return (
        (read is not None and read.is_bare)
        or bool(shapes.PROSIGN.fullmatch(text) or shapes.PAGE.fullmatch(text))
        or shapes.is_archive_line(text)
    )
