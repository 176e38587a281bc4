"""Rules about marks that stand elsewhere than before a paragraph: told, whatever they mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.diagnostics import Code, Report, Severity
from convert.model import regex as re
from convert.model.cable import (
    Cable,
    MessageSet,
    Note,
    NoteKind,
    Part,
    Preformatted,
    References,
    Table,
    Typed,
    Unread,
)
from convert.model.document import effective
from convert.model.marking import Level, Marking
from convert.model.span import Span
from convert.model.walk import all_parts, pieces, whole_lines
from convert.notation import portion as notation

# A mark in text that is read as no paragraph: behind a blank, a slant, or nothing.
_STANDS = re.compile(r"(?<![^\s/;,.:])\((?:TS|S|C|U|SBU|LOU|CUI|//)[^()a-z]{0,80}\)")
_LABEL = re.compile(r"\(([A-Z])\)")  # (C) behind (B) is the label of an item


def elsewhere(cable: Cable, report: Report) -> None:
    """MK001, MK015: a mark that marks no paragraph: of a reference, a set, a row of a table."""
    banner = effective(cable)
    for part in all_parts(cable):
        if (where := _where(part)) is None:
            continue
        own = getattr(part, "portion", None)
        lines = [piece for piece in pieces(part) if isinstance(piece, Typed)]
        if not any("(" in line.text for line in lines):
            continue
        labels = _LABEL.findall(" ".join(line.text for line in lines))
        for typed, span in _standing(lines):
            read = notation.parse(typed)
            is_own = own is not None and own.span.start == span.start
            if read is None or is_own or (len(typed) == 3 and chr(ord(typed[1]) - 1) in labels):
                continue
            _tell(read.marking, typed, span, where, banner, report)


def _where(part: Part) -> str | None:
    """The place in words of a part whose marks no paragraph has; None for every other part."""
    match part:
        case References():
            return "among the references"
        case Table() | Preformatted():
            return "in a table"
        case MessageSet():
            return f"in the set {part.name}" if part.name else "in a set"
        case Note(kind=NoteKind.AFTER | NoteKind.OPERATOR):
            return "below the text"
        case Unread():
            return "in a line of the heading that was not recognised"
        case _:
            return None


def _standing(lines: Sequence[Typed]) -> Iterator[tuple[str, Span]]:
    """The marks in typed lines, each with its place; with that of all where markup parts them."""
    if all(len(line.text) == line.span.end - line.span.start for line in lines):
        for line in lines:
            for found in _STANDS.finditer(line.text):
                start = line.span.start + found.start()
                yield found[0], Span(start, start + len(found[0]))
        return
    whole = lines[0].span.to(lines[-1].span)
    for row in whole_lines(lines):
        yield from ((found[0], whole) for found in _STANDS.finditer(row))


def _tell(
    marking: Marking, typed: str, span: Span, where: str, banner: Marking | None, report: Report
) -> None:
    if banner and marking.classification.rank > banner.classification.rank:
        title = banner.classification.title
        report(Code.PORTION_ABOVE_BANNER, span, typed=f"{typed} {where}", banner=title)
    elif marking.classification is Level.U:
        report.lowered(Severity.INFO, Code.MARK_ELSEWHERE, span, typed=typed, where=where)
    else:
        report(Code.MARK_ELSEWHERE, span, typed=typed, where=where)
