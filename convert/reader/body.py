"""Pass: the text, from the first paragraph to the signature and what stands after it.

Lines are grouped to blocks; page lines and the headings of later sections may stand between two
lines of one sentence. What tells a paragraph's end is the next label, or a blank line at the end of
a sentence; a blank line in mid-sentence is no end, and the join is reported as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from convert.diagnostics import Code, Report
from convert.model.cable import (
    Banner,
    Captions,
    ChannelLine,
    Field,
    Handling,
    HandlingKind,
    Heading,
    Joint,
    Label,
    Note,
    NoteKind,
    Paragraph,
    Part,
    Passing,
    Piece,
    Preformatted,
    Prosign,
    Signature,
    StationLine,
    Typed,
)
from convert.model.span import Span
from convert.model.transcript import is_rule
from convert.model.walk import span_of
from convert.notation import banner
from convert.reader import shapes
from convert.reader.heading import is_furniture, read_part
from convert.reader.lines import Line
from convert.reader.marks import portion_at
from convert.reader.shapes import ITEM, NUMBER
from convert.reader.tables import is_rule_line, is_tabular, runs

_TERMINAL = re.compile(r"[.!?:;][\"')\]\u201d\u2019]*$")
_NAME_LINE = re.compile(
    r"[A-Z][A-Za-z.'\u2019-]*(?:,? [A-Z][A-Za-z.'\u2019-]*){0,3}(?: \([A-Z ]+\))?"
)
_OPERATOR = re.compile(r"NOTE BY OC|NOTE: |NOTE BY ")
_RUNS_ON = re.compile(
    r"(?:,|-|\b(?:THE|A|AN|OF|AND|OR|TO|IN|FOR|WITH|THAT|BY|ON|AT|FROM|AS|IS|ARE|WAS|WERE|HAS|HAVE"
    r"|NOT|WHICH|WHO|BUT|ITS|THEIR|HIS|WILL|WOULD))$"
)


class _Text:
    """The lines and what has been read of them so far."""

    def __init__(self, lines: Sequence[Line], report: Report) -> None:
        self.lines, self.report = lines, report
        self.parts: list[Part] = []
        self.tables = runs(lines)
        self.more: dict[int, list[Piece]] = {}  # what goes on the paragraph at that place
        self.styles: list[str] = []  # the nesting of labels: a style's place is its level
        self.last_item = ""
        self.last_number = 0
        self.signed = False


def read_body(lines: Sequence[Line], place: int, report: Report) -> list[Part]:
    """The parts from line ``place`` to the end."""
    text = _Text(lines, report)
    while place < len(lines):
        if between := _furniture(lines, place):
            place = _after_furniture(text, *between)
            continue
        end = _block_end(text, place)
        place = _read_block(text, place, end)
    for index, more in text.more.items():
        paragraph = text.parts[index]
        assert isinstance(paragraph, Paragraph)
        text.parts[index] = replace(paragraph, content=(*paragraph.content, *more))
    return text.parts


def starts_paragraph(line: Line) -> bool:
    """Whether a line begins a labelled or marked paragraph, whatever stands before it."""
    return bool(NUMBER.match(line.text)) or portion_at(line, 0) is not None


def _furniture(lines: Sequence[Line], place: int) -> tuple[list[Part], int] | None:
    """The lines that interrupt the text at ``place``, as parts, and the place after them."""
    parts: list[Part] = []
    in_heading = in_text_heading = False
    while place < len(lines):
        if in_text_heading and starts_paragraph(lines[place]):
            break
        found = read_part(lines, place)
        if found is None:
            break
        part, end = found
        if not (in_heading or is_furniture(part) or _is_running_banner(lines, place, part)):
            break
        if in_text_heading and isinstance(part, Passing):
            break
        in_heading = (
            in_heading
            or isinstance(part, ChannelLine | StationLine)
            or (isinstance(part, Handling) and part.kind is HandlingKind.DISTRIBUTION)
            or (isinstance(part, Banner) and part.section is not None)
        )
        in_text_heading = in_text_heading or isinstance(part, Banner)
        parts.append(part)
        place = end
    return (parts, place) if parts else None


def _is_running_banner(lines: Sequence[Line], place: int, part: Part) -> bool:
    """Whether a class or caption in the text is the cable's own, and no word of a sentence.

    A class in spaced letters or with ``//`` behind it always is; any other, and a caption, where it
    is alone between blank lines, or beside a page line, an end mark or its like.
    """
    if not isinstance(part, Banner | Captions):
        return False
    alone = lines[place].gap and (place + 1 == len(lines) or lines[place + 1].gap)
    if alone or isinstance(part, Captions):
        return alone
    if banner.looks_like_banner(lines[place].text):
        return True
    if part.serial is not None:
        return False
    beside = [lines[i].text for i in (place - 1, place + 1) if 0 <= i < len(lines)]
    return len(beside) < 2 or any(map(_is_edge, beside))


def _is_edge(text: str) -> bool:
    if len(text) > shapes.LONGEST:
        return False
    read = banner.parse(text)
    return (
        (read is not None and read.is_bare)
        or bool(shapes.PROSIGN.fullmatch(text) or shapes.PAGE.fullmatch(text))
        or shapes.is_archive_line(text)
    )


def _after_furniture(text: _Text, between: list[Part], end: int) -> int:
    """Put the interruption into the paragraph that it interrupts, or beside it."""
    last = text.parts[-1] if text.parts else None
    is_end = end >= len(text.lines) or all(isinstance(part, Prosign) for part in between)
    if not isinstance(last, Paragraph) or is_end or _starts_block(text, end):
        text.parts += between
        return end
    stop = _block_end(text, end)
    before = _last_line(text, last)
    certain = not _TERMINAL.search(before) or text.lines[end].text[:1].islower()
    if _is_signature(text, end, stop) or (not certain and _is_heading(text, end, stop)):
        text.parts += between
        return end
    stop = _without_signature(text, end, stop)
    span = span_of(between[0]).to(span_of(between[-1]))
    joint = Joint(tuple(between), span, inferred=not certain)
    _goes_on(text, joint, _pieces(text.lines[end:stop]))
    return stop


def _goes_on(text: _Text, joint: Joint, more: tuple[Typed, ...]) -> None:
    """Put ``more`` behind the last paragraph, over a joint."""
    text.more.setdefault(len(text.parts) - 1, []).extend((joint, *more))


def _last_line(text: _Text, paragraph: Paragraph) -> str:
    pieces = text.more.get(len(text.parts) - 1) or paragraph.content
    return next((piece.text for piece in reversed(pieces) if isinstance(piece, Typed)), "")


def _starts_block(text: _Text, place: int) -> bool:
    """Whether a line begins a block of its own, even without a blank line before it."""
    line = text.lines[place]
    label = NUMBER.match(line.text) or ITEM.match(line.text)
    if label and portion_at(line, label.end()):
        return True  # a mark behind a label: whatever stands before it
    if found := NUMBER.match(line.text):
        return line.gap or int(found[1]) == text.last_number + 1
    if ITEM.match(line.text) or portion_at(line, 0):
        before = text.lines[place - 1].text if place else ""
        return line.gap or bool(_TERMINAL.search(before) or before.endswith((",", "AND", "OR")))
    return False


def _block_end(text: _Text, place: int) -> int:
    """The place after the block that begins at ``place``."""
    if found := NUMBER.match(text.lines[place].text):
        text.last_number = int(found[1])
    if place in text.tables:
        return text.tables[place]
    end = place + 1
    while end < len(text.lines) and not text.lines[end].gap:
        if end in text.tables or _starts_block(text, end) or _interrupts(text.lines, end):
            break
        end += 1
    return end


def _interrupts(lines: Sequence[Line], place: int) -> bool:
    first = lines[place].text[:1]
    return (first.isupper() or first == "#") and _furniture(lines, place) is not None


def _read_block(text: _Text, place: int, end: int) -> int:
    """Read one block; return the place after what was taken of it."""
    block = text.lines[place:end]
    first = block[0]
    if text.signed or _OPERATOR.match(first.text):
        kind = NoteKind.OPERATOR if _OPERATOR.match(first.text) else NoteKind.AFTER
        text.parts.append(Note(_pieces(block), kind))
        return end
    if NUMBER.match(first.text) or _is_item(text, first):
        return _paragraph(text, place, _without_signature(text, place, end))
    if _is_table(block):
        text.parts.append(_as_typed(block))
        return end
    if _is_signature(text, place, end):
        text.parts.append(Signature(_pieces(block), tuple(line.text for line in block)))
        text.signed = True
        return end
    if _is_heading(text, place, end):
        text.parts.append(_heading(block))
        return end
    if _runs_on(text, block):
        span = Span(text.lines[place - 1].span.end, first.span.start)
        text.report(Code.INFERRED_JOIN, first.span)
        end = _without_signature(text, place, end)
        joint = Joint((), span, inferred=True)
        _goes_on(text, joint, _pieces(text.lines[place:end]))
        return end
    return _paragraph(text, place, _without_signature(text, place, end))


def _is_item(text: _Text, line: Line) -> bool:
    found = ITEM.match(line.text)
    if found is None:
        return False
    return portion_at(line, 0) is None or _follows(text.last_item, found[0])


def _follows(before: str, label: str) -> bool:
    """Whether ``(C)`` is the item after ``(B)``, and so no portion mark."""
    ours, theirs = before.strip("()."), label.strip("().")
    return len(ours) == len(theirs) == 1 and ord(theirs) == ord(ours) + 1


def _paragraph(text: _Text, place: int, end: int) -> int:
    """A labelled or unlabelled paragraph of the lines ``place`` to ``end``."""
    line = text.lines[place]
    label: Label | None = None
    level = start = 0
    numbered = NUMBER.match(line.text)
    found = numbered or (ITEM.match(line.text) if _is_item(text, line) else None)
    if found and line.is_whole(0, found.end()):
        start = found.end()
        span = Span(line.at(0), line.at(start - 1) + 1)
        label = Label(found[0], int(numbered[1]) if numbered else None, span)
        level = _level(text, found[0], numbered=bool(numbered))
    else:
        text.styles = text.styles[:1]
    portion = portion_at(line, start, numbered=bool(numbered))
    if portion:
        start = line.text.index(portion.typed, start) + len(portion.typed)
    content = (*line.typed(start), *_pieces(text.lines[place + 1 : end]))
    text.parts.append(Paragraph(label, portion, content, level))
    return end


def _level(text: _Text, label: str, *, numbered: bool) -> int:
    """0 for a paragraph number; for an item the place of its style among those above it."""
    if numbered:
        text.styles, text.last_item = ["1."], ""
        return 0
    style = re.sub(
        r"[A-Za-z]+", "a" if label.strip("().").islower() else "A", re.sub(r"\d+", "1", label)
    )
    if style in text.styles:
        text.styles = text.styles[: text.styles.index(style) + 1]
    else:
        text.styles.append(style)
    text.last_item = label
    return min(max(text.styles.index(style), 1), 3)


def _is_table(block: Sequence[Line]) -> bool:
    """Whether the block's alignment counts: rules between its lines, or columns in most of them."""
    ruled = sum(1 for line in block if is_rule_line(line))
    wide = sum(map(is_tabular, block)) - ruled
    if len(block) == 1:
        return ruled + wide == 1
    return wide >= 2 and wide * 2 >= len(block) - ruled


def _as_typed(block: Sequence[Line]) -> Preformatted:
    return Preformatted(tuple(piece for line in block for piece in line.as_typed_indented()))


def _is_heading(text: _Text, place: int, end: int) -> bool:
    """One short line that ends no sentence, ruled or before a paragraph with a label of its own."""
    block = text.lines[place:end]
    words = _written(block)
    if not words or len(words) > 2 or sum(len(line.text) for line in words) > 120:
        return False
    if any(is_rule(piece) for line in words for piece in line.typed()):
        return False  # drawn and written on one line
    if len(words) < len(block):
        return True
    if len(words) > 1 or re.search(r"[.,;]$", words[0].text) or not words[0].text[:1].isupper():
        return False
    following = text.lines[end] if end < len(text.lines) else None
    return following is not None and bool(NUMBER.match(following.text)) and words[0].gap


def _heading(block: Sequence[Line]) -> Heading:
    words = _written(block)
    fields = [line.field(0, len(line.text)) for line in words]
    title = Field(" ".join(field.text for field in fields), fields[0].span.to(fields[-1].span))
    return Heading(_pieces(block), title, portion_at(words[0], 0))


def _written(block: Sequence[Line]) -> list[Line]:
    """The lines that are words and no rule."""
    return [line for line in block if any(map(str.isalnum, line.text))]


def _is_signature(text: _Text, place: int, end: int) -> bool:
    """A name alone, at the end of the text."""
    if not any(isinstance(part, Paragraph) for part in text.parts):
        return False
    block = text.lines[place:end]
    return len(block) <= 3 and all(_is_name(line.text) for line in block) and _ends_text(text, end)


def _is_name(line: str) -> bool:
    return len(line) <= 45 and bool(_NAME_LINE.fullmatch(line)) and "COMMENT" not in line.upper()


def _ends_text(text: _Text, place: int) -> bool:
    """Whether nothing of the text follows: only end marks, banners and notes."""
    while place < len(text.lines):
        if _OPERATOR.match(text.lines[place].text):
            return True
        found = read_part(text.lines, place)
        if found is None or not isinstance(found[0], Prosign | Banner):
            return False
        place = found[1]
    return True


def _without_signature(text: _Text, place: int, end: int) -> int:
    """``end``, or the place before a signature that stands right under the last sentence."""
    if end - place < 2 or not _is_name(text.lines[end - 1].text) or not _ends_text(text, end):
        return end
    return end - 1 if _TERMINAL.search(text.lines[end - 2].text) else end


def _runs_on(text: _Text, block: Sequence[Line]) -> bool:
    """Whether the block goes on with the sentence of the paragraph before it."""
    last = text.parts[-1] if text.parts else None
    if not isinstance(last, Paragraph) or portion_at(block[0], 0) is not None:
        return False
    before = _last_line(text, last)
    if not before or _TERMINAL.search(before):
        return False
    return block[0].text[:1].islower() or bool(_RUNS_ON.search(before))


def _pieces(lines: Sequence[Line]) -> tuple[Typed, ...]:
    return tuple(piece for line in lines for piece in line.typed())
