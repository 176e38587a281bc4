"""Pass: the text, from the first paragraph to the signature and what stands after it.

Lines are grouped to blocks, all that interrupts them lifted out (``reader.joints``). What tells a
paragraph's end is the next label, or a blank line at the end of a sentence; a blank line in
mid-sentence is no end, and the join is reported as inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convert.diagnostics import Code, Report
from convert.model import regex as re
from convert.model.cable import (
    Heading,
    Joint,
    Label,
    Note,
    NoteKind,
    Paragraph,
    Part,
    Piece,
    Preformatted,
    Signature,
    Table,
    Typed,
)
from convert.model.data import replace
from convert.model.span import Span
from convert.reader.apart import kept
from convert.reader.blocks import (
    Text,
    block_end,
    mark_within,
    marked_label,
    placed,
)
from convert.reader.classwords import tell_lone
from convert.reader.endings import (
    LAST_WORD,
    RUNS_ON,
    bare_name,
    is_ended,
    is_name,
)
from convert.reader.items import follows, style_of, value_of
from convert.reader.joints import running
from convert.reader.lines import Line, value
from convert.reader.marks import Mark, of_table, portion_at, title_mark
from convert.reader.shapes import ITEM, LONGEST, NUMBER, may_label
from convert.reader.signing import OPERATOR, ends_text, is_signature, name_apart, without_signature
from convert.reader.tables import WIDE_GAPS, is_row, is_table, table
from convert.reader.unspaced import is_title, sentences

_RULED = re.compile(r"[-=_*]{3,} {0,3}[A-Za-z(](?:[^-=_*]|(?<=\w)-(?=\w)){0,80}[-=_*]{3,}")
_FULL, _MACHINE = 54, 80  # characters: such a line was ended by the machine, not by its writer


def read_body(
    lines: Sequence[Line],
    place: int,
    report: Report,
    *,
    may_be_signed: bool = True,
    arranged: Callable[[Sequence[Line]], list[Line]] = list,
) -> list[Part]:
    """The parts from line ``place`` to the end, which may be a name alone.

    ``arranged``: the text's own lines, with those marked that stand as typed.
    """
    found = running(lines, place)
    rows = kept(arranged(found.lines), found.breaks)
    if may_be_signed:
        rows = name_apart(rows, found.breaks)
    text = Text(rows, found.breaks, report)
    text.may_be_signed = may_be_signed
    tell_lone(text.lines, text.breaks, report)
    place = 0
    while place < len(text.lines):
        place = _read_block(text, place, block_end(text, place))
    _interrupt(text, place)
    for index, more in text.more.items():
        part = text.parts[index]
        if isinstance(part, Paragraph):
            text.parts[index] = replace(part, content=(*part.content, *more))
        else:
            assert isinstance(part, Preformatted)
            text.parts[index] = replace(part, lines=(*part.lines, *more))
    for index, rows in text.tables.items():
        _read_table(text, index, rows)
    return text.parts


def _read_table(text: Text, index: int, lines: Sequence[Line]) -> None:
    """Make text kept as typed a table, where its columns are certain and nothing interrupts it.

    One with a mark of its own stays as typed: the mark is in no column.
    """
    typed = text.parts[index]
    if not isinstance(typed, Preformatted):
        return
    if portion := of_table(lines):
        text.parts[index] = replace(typed, portion=portion)
    elif any(isinstance(one, Joint) for one in typed.lines):
        return
    elif found := table(lines):
        text.parts[index] = Table(typed.lines, *found, typed.portion)


def _interrupt(text: Text, place: int) -> None:
    """Put what stands before line ``place`` between two parts."""
    if place in text.breaks:
        text.parts += text.breaks[place].parts


def _goes_on(text: Text, place: int, end: int) -> None:
    """Put the lines behind the last part, over the joint before them."""
    before = _last_line(text)
    if place in text.breaks:
        joint = text.breaks[place].joint(inferred=_is_inferred(before, text.lines[place]))
    else:
        span = Span(text.lines[place - 1].span.end, text.lines[place].span.start)
        joint = Joint((), span, inferred=True)
        text.report(Code.INFERRED_JOIN, text.lines[place].span)
    more = text.more.setdefault(len(text.parts) - 1, [])
    more += (joint, *_pieces(text, place, end, indented=isinstance(text.parts[-1], Preformatted)))


def _is_inferred(before: str, line: Line) -> bool:
    """Whether nothing but the layout tells that a sentence's end is no paragraph's end."""
    return is_ended(before) and not line.text[:1].islower()


def _last_line(text: Text) -> str:
    """The last line typed in the part that may go on."""
    last = text.parts[-1]
    own = last.content if isinstance(last, Paragraph) else getattr(last, "lines", ())
    pieces = text.more.get(len(text.parts) - 1) or own
    if pieces and isinstance(pieces[-1], Typed):  # nearly always
        return pieces[-1].text
    return next((piece.text for piece in reversed(pieces) if isinstance(piece, Typed)), "")


def _read_block(text: Text, place: int, end: int) -> int:
    """Read one block; return the place after what was taken of it."""
    first = text.lines[place]
    is_operator = _is_operator(text, place)
    if text.signed or is_operator:
        is_operator = is_operator or first.text.startswith("NOTE: ")
        kind = NoteKind.OPERATOR if is_operator else NoteKind.AFTER
        _interrupt(text, place)
        text.parts.append(Note(_pieces(text, place, end), kind))
        return end
    is_item = _is_item(text, first) or placed(text, first)
    is_labelled = NUMBER.match(first.text) or is_item or marked_label(text, place)
    if is_labelled and not first.kept:  # of a letter that the text shows
        return _paragraph(text, place, _own_end(text, place, end))
    if rows := _table_end(text, place, end):
        if place in text.breaks and text.parts and isinstance(text.parts[-1], Preformatted):
            _goes_on(text, place, rows)
        else:
            _interrupt(text, place)
            portion = portion_at(text.lines[place], 0)
            text.parts.append(Preformatted(_pieces(text, place, rows, indented=True), portion))
        text.tables.setdefault(len(text.parts) - 1, []).extend(text.lines[place:rows])
        return rows
    if is_signature(text, place, end):
        _interrupt(text, place)
        names = tuple(bare_name(line.text) for line in text.lines[place:end])
        text.parts.append(Signature(_pieces(text, place, end), names))
        text.signed = True
        return end
    runs_on = _runs_on(text, place)
    if _is_heading(text, place, end) and not (runs_on and place in text.breaks):
        _interrupt(text, place)
        text.parts.append(_heading(text, place, end))
        return end
    end = _own_end(text, place, end)
    if runs_on or (_is_doubtful(text, place) and mark_within(text, place, 0) is None):
        _goes_on(text, place, end)
        return end
    return _paragraph(text, place, end)


def _is_operator(text: Text, place: int) -> bool:
    """Whether a note of the operator begins; ``NOTE BY HARBOR.`` may be words of a sentence."""
    found = OPERATOR.match(text.lines[place].text)
    if found is None or found[0][0] in "(*" or found[0].endswith(("OC", ":")):
        return found is not None
    goes_on = bool(text.parts) and isinstance(text.parts[-1], Paragraph)
    return not goes_on or is_ended(_last_line(text))


def _is_doubtful(text: Text, place: int) -> bool:
    """Whether a break stands before the line, and nothing tells if a paragraph ends there."""
    found = text.breaks.get(place)
    is_doubtful = found is not None and found.blank is None
    return is_doubtful and bool(text.parts) and isinstance(text.parts[-1], Paragraph)


def _own_end(text: Text, place: int, end: int) -> int:
    """``end``, or the place before a table or signature that stands right under the text."""
    for index in range(place + 1, end):
        if is_row(text.lines[index]) and _table_end(text, index, end):
            return index
    return without_signature(text, place, end)


def _is_item(text: Text, line: Line) -> bool:
    found = ITEM.match(line.text) if may_label(line.text) else None
    if found is None:
        return False
    label = found[0]
    if label == "A." and _answers(text):
        return False
    if label.endswith(".") and label[0].isupper():  # A., or the initial of a name
        last = value_of(text.items.get(style_of(label), ""))
        return line.indent > 0 or value_of(label) <= 3 or last < value_of(label) <= last + 3
    return portion_at(line, 0) is None or follows(text.items.get(style_of(label), ""), label)


def _answers(text: Text) -> bool:
    """Whether the last paragraph is the question of an interview: ``Q. WHO ...?``."""
    last = text.parts[-1] if text.parts else None
    first = last.content[0] if isinstance(last, Paragraph) and last.content else None
    return isinstance(first, Typed) and first.text.startswith("Q. ")


def _paragraph(text: Text, place: int, end: int) -> int:
    """A labelled or unlabelled paragraph of the lines ``place`` to ``end``."""
    _interrupt(text, place)
    line = text.lines[place]
    label: Label | None = None
    level = start = 0
    numbered = NUMBER.match(line.text)
    found = numbered or (ITEM.match(line.text) if _is_item(text, line) else placed(text, line))
    number = int(numbered[1]) if numbered and place not in text.listed else None
    mark: Mark | None = None
    pieces = line.pieces(0, found.end()) if found else None
    if found and pieces is not None:
        start = found.end()
        mark = mark_within(text, place, start, numbered=bool(numbered), end=end)
    if mark is None and (odd := marked_label(text, place, end)):
        start, mark, pieces = odd.end, odd.mark, ()
        number = odd.number if odd.number != text.last_number or numbered else None
        text.last_number = number or text.last_number
    if start:
        label = Label(line.text[:start], number, line.span_at(0, start), pieces or ())
        level = _level(text, label.typed, numbered=number is not None)
    else:
        text.styles = text.styles[:1]
        mark = mark_within(text, place, 0, end=end)
    if mark:
        place, start = mark.place, mark.end
    content = (*text.lines[place].typed(start), *_pieces(text, place + 1, end, after=True))
    text.parts.append(Paragraph(label, mark.portion if mark else None, content, level))
    return end


def _level(text: Text, label: str, *, numbered: bool) -> int:
    """0 for a paragraph number; for an item the place of its style among those above it."""
    if numbered:
        text.styles, text.items = ["1."], {}
        return 0
    style = f"{'in a list ' if NUMBER.match(label) else ''}{style_of(label)}"
    last = text.items.get(text.styles[-1], "") if text.styles else ""
    if style in text.styles:
        text.styles = text.styles[: text.styles.index(style) + 1]
    elif follows(last, label) and last.strip("().").isalpha() == label.strip("().").isalpha():
        text.styles[-1] = style  # the list goes on in another style: A., then (B)
    else:
        text.styles.append(style)
    text.items[style] = label
    return min(max(text.styles.index(style), 1), 3)


def _table_end(text: Text, place: int, end: int) -> int:
    """The place after the table that begins at ``place``; 0 where none does.

    A block by itself is one if its alignment counts; under text, the rows that stand together.
    """
    block = text.lines[place:end]
    if text.lines[place].gap and is_table(block) and not _is_introduced(block):
        is_signed = ends_text(text, end) and is_name(text.lines[end - 1].text)
        return end - 1 if is_signed and end - place > 1 else end
    stop = several = 0
    kept = False
    for index in range(place, end):
        line = text.lines[index]
        if not is_row(line):
            break
        kept = kept or line.kept
        stop = index + 1
        several += bool(WIDE_GAPS.search(line.text[:LONGEST]))
    return stop if kept or stop - place >= 3 or (stop - place == 2 and several == 2) else 0


def _is_introduced(block: Sequence[Line]) -> bool:
    """Whether a sentence that ends with a colon stands above the rows."""
    rows = next((n for n, line in enumerate(block) if is_row(line)), 0)
    return rows > 0 and block[rows - 1].text.endswith(":")


def _is_heading(text: Text, place: int, end: int) -> bool:
    """One short line that ends no sentence, ruled or before a paragraph with a label of its own.

    What was typed beside the words, ``--- SUMMARY ---``, is of the words.
    """
    if end - place > 6:
        return False
    if end - place == 1 and is_title(text.lines, place):
        return True
    block = text.lines[place:end]
    words = _written(block)
    if not words or len(words) > 2 or sum(len(line.text) for line in words) > 120:
        return False
    if len(words) < len(block) or _RULED.fullmatch(words[0].text):
        return True
    if len(words) > 1 or re.search(r"[.,;]$", words[0].text) or not words[0].text[:1].isupper():
        return False
    if sentences(words[0].text):
        return False
    following = text.lines[end] if end < len(text.lines) else None
    return following is not None and bool(NUMBER.match(following.text)) and words[0].gap


def _heading(text: Text, place: int, end: int) -> Heading:
    words = _written(text.lines[place:end])
    return Heading(_pieces(text, place, end), value(words), title_mark(words))


def _written(block: Sequence[Line]) -> list[Line]:
    """The lines that are words and no rule."""
    return [line for line in block if any(map(str.isalnum, line.text))]


def _runs_on(text: Text, place: int) -> bool:
    """Whether the line goes on with the sentence of the paragraph before it."""
    last = text.parts[-1] if text.parts else None
    line = text.lines[place]
    if not isinstance(last, Paragraph) or mark_within(text, place, 0) is not None:
        return False
    before = _last_line(text)
    if not before or is_ended(before) or _SALUTES.search(before[-_SALUTATION:]):
        return False
    if line.text[:1].islower() or RUNS_ON.search(before[-LAST_WORD:]):
        return True
    # A teleprinter's line that is full and ends no sentence, in a paragraph of several.
    is_full = _FULL <= len(before) <= _MACHINE and before == before.upper()
    return is_full and len(text.more.get(len(text.parts) - 1) or last.content) > 1


_SALUTES = re.compile(r"\bDEAR (?:[A-Z]{2,9}\. )?[A-Z]{3,20}(?: [A-Z]{3,20})?,$", re.IGNORECASE)
_SALUTATION = 60  # characters in which a letter's DEAR MR. ROE stands


def _pieces(
    text: Text, place: int, end: int, *, indented: bool = False, after: bool = False
) -> tuple[Piece, ...]:
    """The lines as typed, and the joints between them; ``after``: before the first one too."""
    pieces: list[Piece] = []
    for index in range(place, end):
        line = text.lines[index]
        if index in text.breaks and (after or index > place):
            before = text.lines[index - 1].text
            pieces.append(text.breaks[index].joint(inferred=_is_inferred(before, line)))
        pieces += line.as_typed_indented() if indented else line.typed()
    return tuple(pieces)
