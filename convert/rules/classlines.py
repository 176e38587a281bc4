"""Rules about the class lines of one cable: whether all of them say the same class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.diagnostics import Code, Report, Severity
from convert.model import regex as re
from convert.model.cable import (
    Banner,
    Cable,
    Heading,
    PageLine,
    Paragraph,
    Preformatted,
    ReleaseMark,
    Signature,
    Table,
)
from convert.model.data import Data, field
from convert.model.marking import Level, Marking
from convert.model.span import Span
from convert.model.walk import all_parts, every, span_of, words
from convert.notation import banner as notation

_LONGEST = 60  # characters of a line that a finding shows
_PAGE_CLASS = re.compile(r"PAGE \d{1,3} +R[A-Z]{6}\d{4} +(.{1,80})")


class _Line(Data):
    """A line that says a class: a banner, or a page line of a Navy message."""

    marking: Marking
    typed: str
    span: Span
    where: str
    part: Banner | PageLine

    @property
    def said(self) -> tuple[Level, bool]:
        """The class; LIMITED OFFICIAL USE is more than UNCLASSIFIED."""
        return self.marking.classification, "LOU" in self.marking.legacyMarkings

    @property
    def named(self) -> tuple[str, str] | None:
        """Post and serial of the message, on its classification line."""
        if isinstance(self.part, Banner) and self.part.post and self.part.serial:
            return self.part.post, self.part.serial.lstrip("0")
        return None


class _Message(Data, frozen=False):
    """The class lines of one message: those of its headings, and those that stand alone."""

    named: tuple[str, str] | None
    heads: list[_Line] = field(default_factory=list)
    alone: list[_Line] = field(default_factory=list)


def class_lines(cable: Cable, report: Report) -> None:
    """MK012 between the sections of a message, MK014 between any other two class lines of it."""
    messages = list(_messages(_lines(cable)))
    is_released = any(True for _ in every(cable, ReleaseMark))
    for number, message in enumerate(messages):
        _sections(message.heads, report)
        beside = messages[number + 1].heads if number + 1 < len(messages) else []
        known = message.heads or message.alone[:1]
        others = [line for line in message.alone if not (is_released and _is_unclassified(line))]
        _disagreeing(others, known, [line.said for line in beside], report)


def _lines(cable: Cable) -> Iterator[_Line]:
    """The class lines that can be read, in order, each with the place where it stands."""
    where = "at the top"
    for part in all_parts(cable):
        if isinstance(part, Banner) and (part.serial or part.section):
            where = "in the heading"
        elif isinstance(part, Paragraph):
            where = f"at paragraph {part.label.typed}" if part.label else "in the text"
        elif isinstance(part, (Heading, Preformatted, Table)):
            where = "in the text"
        elif isinstance(part, Signature):
            where = "below the text"
        if isinstance(part, (Banner, PageLine)) and (marking := _marking(part)):
            yield _Line(marking, words(part.lines)[:_LONGEST], span_of(part), where, part)


def _marking(part: Banner | PageLine) -> Marking | None:
    """What the line says; of a page line, what stands behind its number."""
    if isinstance(part, Banner):
        return part.marking
    found = _PAGE_CLASS.match(words(part.lines))
    read = notation.parse(found[1]) if found else None
    return read.marking if read else None


def _messages(lines: Iterator[_Line]) -> Iterator[_Message]:
    """The lines by message: a line with another post and serial begins another one."""
    message = _Message(None)
    for line in lines:
        if line.named and message.named and line.named != message.named:
            yield message
            message = _Message(None)
        message.named = message.named or line.named
        is_head = line.named or (isinstance(line.part, Banner) and line.part.section is not None)
        (message.heads if is_head else message.alone).append(line)
    yield message


def _sections(heads: Sequence[_Line], report: Report) -> None:
    """MK012: sections of one message whose class lines differ."""
    last: _Line | None = None
    for line in heads:
        assert isinstance(line.part, Banner)
        if last and last.marking.classification is not line.marking.classification:
            found, before = (one.marking.classification.title for one in (line, last))
            section = line.part.section or 1
            report(Code.SECTIONS_DIFFER, line.span, section=section, found=found, last=before)
        last = line


_EDGES = ("at the top", "below the text")


def _is_unclassified(line: _Line) -> bool:
    """Whether a line may be the marking of a released copy: every one is unclassified."""
    return line.said == (Level.U, False)


def _disagreeing(
    lines: Sequence[_Line],
    known: Sequence[_Line],
    beside: Sequence[tuple[Level, bool]],
    report: Report,
) -> None:
    """MK014: a line of a class that no class line of the heading has; once for each class."""
    told = {*beside, *(line.said for line in known)}
    for line in lines:
        if line.said not in told:
            told.add(line.said)
            facts = {"found": line.typed, "where": line.where}
            facts |= {"other": known[0].typed, "place": known[0].where}
            if _is_unclassified(line) and line.where in _EDGES:
                report.lowered(Severity.WARNING, Code.CLASS_LINES_DIFFER, line.span, **facts)
            else:
                report(Code.CLASS_LINES_DIFFER, line.span, **facts)
