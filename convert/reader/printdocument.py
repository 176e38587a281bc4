"""Pass: a print, the fields above the text, the text, the fields below it.

Whose marking is which is told in ``forms.print``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import takewhile

from convert.diagnostics import Report
from convert.model.cable import (
    Banner,
    Captions,
    Field,
    Handling,
    HandlingKind,
    Heading,
    Paragraph,
    Part,
    Preformatted,
    RecordKind,
    Signature,
    Typed,
    Unread,
)
from convert.model.data import replace
from convert.model.walk import flat
from convert.notation import banner
from convert.reader import printcheck, printfields, printnative, prints, shapes, texthead
from convert.reader.forms.protocol import Told
from convert.reader.forms.registry import inside
from convert.reader.heading import read_part
from convert.reader.lines import Line
from convert.reader.marks import starts_paragraph
from convert.reader.weave import weave

_SEEN = 60  # lines of the text in which an old telegram's heading begins
_TELEGRAM = (
    shapes.COPY_PAGE, shapes.GROUP, shapes.STATION, shapes.SECURITY, shapes.CHANNEL,
)  # fmt: skip
_SURE = "Dissemination Rule"  # the field that only a print has below its text
_TITLE = 80  # characters that a heading has at most
_CLASSES = ("TOPSECRET", "SECRET", "CONFIDENTIAL", "UNCLASSIFIED", "LIMITEDOFFICIALUSE")


def read(lines: Sequence[Line], report: Report) -> Told:
    """The parts of a print, what stands on its sheets round the document in its places."""
    sheets = prints.peel(lines)
    margin = min((line.indent for line in sheets.lines), default=0)
    lines = [replace(line, indent=line.indent - margin) for line in sheets.lines]
    is_named = any(isinstance(part, Banner) for part in sheets.frame)
    told = _document(lines, report, is_named=is_named)
    parts = weave(told.parts, sheets.frame)
    printcheck.reviewed(parts, report)
    return Told(parts, told.inside)


def _document(lines: Sequence[Line], report: Report, *, is_named: bool) -> Told:
    """The fields, the text and the fields below it.

    ``is_named``: the document's class stands at the head of a sheet.
    """
    start, head, place = printfields.above(lines) or (0, [], 0)
    last = printfields.below(lines, place)
    if last is None or (not head and len(last[1]) < 2 and last[1][0].name != _SURE):
        last = len(lines), [], len(lines)
    text, foot = lines[place : last[0]], last[1]
    if not head and not foot:
        return inside(lines, report, ("transmission", "labelled", "text")) if lines else Told(())
    is_old = _is_telegram(text)
    told = _text(text, report, "transmission" if is_old else "text")
    if is_old:
        frame = [*lines[:start], *lines[last[2] :]]
        printcheck.compare(head + foot, frame, told.parts, report)
        named = is_named or any(isinstance(part, Banner) for part in flat(told.parts))
        parts = [
            *_stated(lines[:start], is_banner=not named),
            *([printfields.record(head, RecordKind.PRINT)] if head else []),
            *told.parts,
            *([printfields.record(foot, RecordKind.TAIL)] if foot else []),
            *_stated(lines[last[2] :], is_banner=not named),
        ]
    else:
        signed = any(isinstance(part, Signature) for part in told.parts)
        parts = [
            *_stated(lines[:start], is_banner=True),
            *printnative.parts(head, RecordKind.PRINT),
            *_headings(told.parts),
            *printnative.parts(foot, RecordKind.TAIL, signed=signed),
            *_stated(lines[last[2] :], is_banner=True),
        ]
    return Told(tuple(parts), told.inside)


def _is_telegram(lines: Sequence[Line]) -> bool:
    """Whether a telegram's heading, or its classification line, stands above the paragraphs."""
    heading = takewhile(lambda line: not starts_paragraph(line), lines[:_SEEN])
    return any(_is_of_telegram(line.text) for line in heading)


def _is_of_telegram(text: str) -> bool:
    if len(text) > shapes.LONGEST:
        return False
    read = banner.parse(text)
    return (read is not None and read.serial is not None) or any(
        shape.fullmatch(text) for shape in _TELEGRAM
    )


def _text(lines: Sequence[Line], report: Report, form: str) -> Told:
    return inside(lines, report, (form,)) if lines else Told(())


def _stated(lines: Sequence[Line], *, is_banner: bool) -> Iterator[Part]:
    """The lines before the fields and after the last: a class, end marks, or nothing known."""
    place = 0
    while place < len(lines):
        line = lines[place]
        part: Part
        if said := printfields.captioned(line.text):
            part, place = Captions(line.typed(), said), place + 1
        elif _is_like_class(line.text) and not banner.parse(line.text):
            part, place = texthead.unreadable(line, place)
        else:
            part, place = read_part(lines, place) or (Unread(line.typed()), place + 1)
        if isinstance(part, Banner | Captions) and not is_banner:
            part = Handling(part.lines, HandlingKind.ARCHIVE)
        yield part


def _is_like_class(text: str) -> bool:
    """Whether a line alone is a class with a letter or two misread: ``COMFIDEMTIAL``."""
    letters = "".join(filter(str.isalpha, text.upper())) if len(text) <= _TITLE else ""
    return bool(letters) and bool(get_close_matches(letters, _CLASSES, 1, 0.8))


def _headings(parts: Sequence[Part]) -> Iterator[Part]:
    """A short line alone between blank lines, that ends no sentence and stands over a paragraph.

    Cables written in SMART number few of their paragraphs, and so head them.
    """
    for number, part in enumerate(parts):
        after = parts[number + 1] if number + 1 < len(parts) else None
        is_over = isinstance(after, Paragraph | Preformatted)
        yield _as_heading(part) if is_over else part


def _as_heading(part: Part) -> Part:
    if not isinstance(part, Paragraph) or part.label or len(part.content) != 1:
        return part
    line = part.content[0]
    if not isinstance(line, Typed) or part.portion or len(line.text) > _TITLE:
        return part
    if line.text[-1] in ".,;:?!)" or not line.text[:1].isupper() or banner.parse(line.text):
        return part
    return Heading((line,), Field(" ".join(line.text.split()), line.span))
