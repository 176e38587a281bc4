"""A print of State's archive, or a copy released under the Freedom of Information Act.

Two kinds have fields above the text (``MRN:``, ``Date/DTG:``). Round an old telegram they are what
the archive says of it: they are kept apart, and compared with its own lines. A cable written in
SMART has no other heading: there they are its heading, part by part. A released memorandum has
neither, only the strips and stamps of its release.

Whose marking is which (the copy's edges: ``reader.prints``):

* the telegram's own classification line is the cable's banner, and no line of the print is;
* the class alone above ``MRN:`` and below the last field is the archive's statement of it. It is
  the cable's banner where nothing else is: in a cable written in SMART, and round a telegram that
  lost its classification line. Round any other telegram it is a line of the archive, and reported
  where the two differ;
* a class at the edge of a sheet that is not the release's own is a banner too: with the
  telegram's, the higher counts.

So the banner of every output is the document's original one. The current one is a release mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from convert.diagnostics import Report
from convert.model.cable import (
    Banner,
    Captions,
    Field,
    Handling,
    HandlingKind,
    Heading,
    Omission,
    Paragraph,
    Part,
    Preformatted,
    Recognised,
    RecordKind,
    Signature,
    Typed,
    Unread,
)
from convert.model.walk import flat
from convert.notation import banner
from convert.reader import printcheck, printfields, printnative, prints, shapes
from convert.reader.forms.protocol import Told
from convert.reader.forms.registry import inside
from convert.reader.heading import read_part
from convert.reader.lines import Line, split
from convert.reader.weave import weave

_SEEN = 60  # lines at either end in which a print shows what it is
_TELEGRAM = (
    shapes.COPY_PAGE, shapes.GROUP, shapes.STATION, shapes.SECURITY, shapes.CHANNEL,
)  # fmt: skip
_TITLE = 80  # characters that a heading has at most


class Print:
    """A print round a telegram, a cable written in SMART, or a released memorandum."""

    name = "print"
    title = "print of State's archive (SMART), or FOIA release"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By the field ``MRN:`` with others below it, or by the strip or stamp of a release."""
        found = printfields.above(lines)
        if found and len(found[1]) > 1:
            line = lines[found[0]]
            said = " ".join(line.text[:60].split())
            return Recognised(self.name, f"the field {said!r}", line.span)
        near = [*range(min(_SEEN, len(lines))), *range(max(len(lines) - _SEEN, _SEEN), len(lines))]
        for place in near:
            if what := prints.release_at(lines, place):
                line = lines[place]
                said = " ".join(line.text[:60].split())
                return Recognised(self.name, f"{what}: {said}", line.span)
        return None

    def lines(self, text: str) -> tuple[list[Line], list[Omission]]:
        """The lines as they stand."""
        return split(text)

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The document, with what stands on its sheets round it put back into its places."""
        sheets = prints.peel(lines)
        margin = min((line.indent for line in sheets.lines), default=0)
        lines = [replace(line, indent=line.indent - margin) for line in sheets.lines]
        told = _document(lines, report)
        parts = weave(told.parts, sheets.frame)
        printcheck.reviewed(parts, report)
        return Told(parts, told.inside)


def _document(lines: Sequence[Line], report: Report) -> Told:
    """The fields, the text and the fields below it."""
    found = printfields.above(lines)
    if found is None:
        return inside(lines, report, ("transmission", "text")) if lines else Told(())
    start, head, place = found
    last = printfields.below(lines, place) or (len(lines), [], len(lines))
    text, foot = lines[place : last[0]], last[1]
    is_old = any(map(_is_telegram, text[:_SEEN]))
    told = _text(text, report, "transmission" if is_old else "text")
    if is_old:
        frame = [*lines[:start], *lines[last[2] :]]
        printcheck.compare(head + foot, frame, told.parts, report)
        named = any(isinstance(part, Banner) for part in flat(told.parts))
        parts = [
            *_stated(lines[:start], is_banner=not named),
            printfields.record(head, RecordKind.PRINT),
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


def _is_telegram(line: Line) -> bool:
    """Whether a line is one that only a telegram has above its text."""
    text = line.text
    return len(text) <= shapes.LONGEST and any(shape.fullmatch(text) for shape in _TELEGRAM)


def _text(lines: Sequence[Line], report: Report, form: str) -> Told:
    return inside(lines, report, (form,)) if lines else Told(())


def _stated(lines: Sequence[Line], *, is_banner: bool) -> Iterator[Part]:
    """The lines before the fields and after the last: a class, end marks, or nothing known."""
    place = 0
    while place < len(lines):
        line = lines[place]
        if printfields.stated(line.text) or _is_like_class(line.text):
            whole = line.field(0, len(line.text))
            own = printnative.classed([line], whole)
            yield own if is_banner else Handling(own.lines, HandlingKind.ARCHIVE)
            place += 1
        elif said := printfields.captioned(line.text):
            yield Captions(line.typed(), said)
            place += 1
        else:
            part, place = read_part(lines, place) or (Unread(line.typed()), place + 1)
            yield part


def _is_like_class(text: str) -> bool:
    """Whether a line alone is a class with a letter or two misread: ``COMFIDEMTIAL``."""
    letters = "".join(filter(str.isalpha, text.upper())) if len(text) <= _TITLE else ""
    return bool(letters) and bool(get_close_matches(letters, _CLASSES, 1, 0.8))


_CLASSES = ("TOPSECRET", "SECRET", "CONFIDENTIAL", "UNCLASSIFIED", "LIMITEDOFFICIALUSE")


def _headings(parts: Sequence[Part]) -> Iterator[Part]:
    """A short line alone between blank lines, that ends no sentence and stands over a paragraph.

    Cables written in SMART number few of their paragraphs, and so head them.
    """
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        yield _as_heading(part) if isinstance(after, Paragraph | Preformatted) else part


def _as_heading(part: Part) -> Part:
    if not isinstance(part, Paragraph) or part.label or len(part.content) != 1:
        return part
    line = part.content[0]
    if not isinstance(line, Typed) or part.portion or len(line.text) > _TITLE:
        return part
    if line.text[-1] in ".,;:?!)" or not line.text[:1].isupper() or banner.parse(line.text):
        return part
    return Heading((line,), Field(" ".join(line.text.split()), line.span))
