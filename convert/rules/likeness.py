"""Rules about lines that a person takes for a class line, and that stand in the text as typed."""

from __future__ import annotations

from collections.abc import Iterator

from convert.diagnostics import Code, Report, Severity
from convert.model import regex as re
from convert.model.cable import (
    Addressees,
    Authority,
    Banner,
    Cable,
    ExecutiveOrder,
    Handling,
    HandlingKind,
    Heading,
    Joint,
    MessageSet,
    Note,
    NoteKind,
    PageLine,
    Paragraph,
    Part,
    Passing,
    Preformatted,
    Prosign,
    Record,
    RecordKind,
    References,
    Signature,
    Subject,
    Table,
    Tags,
    Unread,
)
from convert.model.document import effective
from convert.model.marking import Level
from convert.model.span import Span
from convert.model.text import printable
from convert.model.walk import all_parts, pieces, whole_rows
from convert.notation.likeness import LONGEST, level_of

_WRAPS = 16  # characters, at least, of a line that wraps
_PLAIN = re.compile(r"[\"'(\[]?[A-Za-z ]+[\])\"'.,;:!?]{0,4}")  # words of a sentence may look so
_ENDED = re.compile(r"[.!?:][\"')]?$")


def likeness(cable: Cable, report: Report) -> None:
    """MK016: a line of the text that says a class above the banner's, however it is typed.

    A warning where the line may be a word of the sentence that it stands in.
    """
    banner = effective(cable)
    least = banner.classification if banner else Level.U
    for line, span, alone in _lines(cable):
        level = level_of(line)
        if level is None or level.rank <= least.rank:
            continue
        facts = {"typed": printable(line), "level": level.title}
        facts["banner"] = least.title if banner else "none"
        if alone or not _PLAIN.fullmatch(line):
            report(Code.CLASS_AS_TEXT, span, **facts)
        else:
            report.lowered(Severity.WARNING, Code.CLASS_AS_TEXT, span, **facts)


def _lines(cable: Cable) -> Iterator[tuple[str, Span, bool]]:
    """The short lines, each with whether it is no part of a sentence.

    The last line of a paragraph may well be its last word, if it stands right below the others and
    beside nothing that a class line stands beside.
    """
    parts = list(all_parts(cable))
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        is_wrapped, is_loose = isinstance(part, _WRAPPED), _is_loose(part)
        if not (isinstance(part, Paragraph) or is_wrapped or is_loose):
            continue
        own = list(pieces(part))
        rows = list(whole_rows(own))
        apart = isinstance(own[-2:][0] if own else None, Joint) or isinstance(following, _EDGES)
        above = "a" if isinstance(part, Paragraph) and _leads(part) else ""
        for number, (line, span) in enumerate(rows):
            alone = number > 0 if is_wrapped else is_loose or _is_over(above)
            within = number > 0 and not is_wrapped
            if within and not alone and number == len(rows) - 1 and not apart:
                within = not _PLAIN.fullmatch(line) or len(above) < _WRAPS
            if len(line) <= LONGEST and (alone or within):
                yield line, span, alone
            above = line


_EDGES = (Banner, PageLine, Prosign)  # beside which a class line stands
# Parts of the heading into whose lines one below them may have run.
_WRAPPED = (Addressees, Authority, ExecutiveOrder, MessageSet, Passing, References, Subject, Tags)


def _leads(paragraph: Paragraph) -> bool:
    """Whether a number, letter or mark stands before the first line."""
    label = paragraph.label.typed if paragraph.label else ""
    return bool(paragraph.portion) or any(map(str.isalnum, label))


def _is_over(line: str) -> bool:
    """Whether a sentence ends with a line, or the line is no words."""
    if _ENDED.search(line[-2:]):
        return True
    return not line[:1].isalpha() and not any(map(str.isalnum, line.strip("- 0123456789")))


def _is_loose(part: Part) -> bool:
    if isinstance(part, Note):
        return part.kind in (NoteKind.AFTER, NoteKind.OPERATOR)
    if isinstance(part, Handling):
        return part.kind is HandlingKind.ARCHIVE
    if isinstance(part, Record):
        return part.kind not in (RecordKind.WEB, RecordKind.EDITION)
    return isinstance(part, Heading | Preformatted | Table | Signature | Unread)
