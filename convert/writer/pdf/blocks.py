"""The parts of a cable as blocks of broken lines, each with its place in the structure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, zip_longest
from operator import attrgetter

from convert.model.cable import (
    Cable,
    Heading,
    Joint,
    Paragraph,
    Passage,
    PassageKind,
    Preformatted,
    References,
    Signature,
    Table,
    TextPart,
    Typed,
)
from convert.model.data import replace
from convert.model.facts import Fact, reference_in_words, subject
from convert.model.text import printable
from convert.model.transcript import entry, rules, text_parts, transmission
from convert.model.walk import first, whole_lines
from convert.notation.spoken import spoken
from convert.writer.pdf.lines import Fit, Line, Piece, Place, evened, flow, flow_words
from convert.writer.pdf.setting import Block, Setting
from convert.writer.pdf.style import Type
from convert.writer.pdf.tables import rows
from convert.writer.pdf.tags import Element

DEEPEST = 8  # levels that are indented; deeper ones stand below each other

_MOST_WHOLE = 24  # lines of a typed table that are kept on one page
_MOST_APPENDIX = 48  # lines of what came over the wire that are kept on one page
_LEAST_APPENDIX = 6  # of longer ones, so many stand on a page at least
_LEAST_MONO = 6.0  # no typed line is set smaller than this: it is wrapped instead
_WRAPPED_MONO = 8.0
_GAP = 2.0  # between a label that is wider than its place and what it labels
_BESIDE = 10.0  # between the longest name of the heading and the values
_GOES_ON = 14.0  # how far what a line has no room for is moved in, so that it is no line of its own
_PAD = 10.0  # inside the box of a stamp


def blocks(
    cable: Cable, facts: tuple[Fact, ...], stamp: tuple[str, ...], use: Setting
) -> Iterator[Block]:
    """Every block of the document in reading order."""
    if stamp:
        yield _stamp(stamp, use)
    yield from _opening(cable, facts, use)
    yield from _heading_table(cable, facts, use)
    before = 20.0
    parts = list(text_parts(cable))
    for part, follower in zip_longest(parts, parts[1:]):
        for block in _text(part, cable.passages, use):
            block.before = max(block.before, before)
            before = 0.0
            block.clings = isinstance(follower, Signature) or _introduces(block)
            yield block
    yield from _transmission(cable, use)


def reference_of(facts: tuple[Fact, ...]) -> str:
    """The message reference, or nothing."""
    return _value(facts, "Message reference")


def title_of(facts: tuple[Fact, ...]) -> str:
    """The subject, else the reference, else what it is."""
    return _value(facts, "Subject") or _value(facts, "Message reference") or "Telegram"


def _value(facts: tuple[Fact, ...], name: str) -> str:
    found = next((fact.value for fact in facts if fact.name == name), "")
    return " ".join(found.split())


def _stamp(lines: tuple[str, ...], use: Setting) -> Block:
    """What a reviewer put on the copy, as typed, in a box of its own; read before all else."""
    how, box = use.types["stamp"], Element("Sect", use.document)
    made: list[Line] = []
    for text in lines:
        place = Place(_PAD, use.column - 2 * _PAD, Element("P", box))
        made += flow(text, how, place, use.fit)
    return Block(made, how.leading, _PAD, how.after + _PAD, whole=True, boxed=True)


def _opening(cable: Cable, facts: tuple[Fact, ...], use: Setting) -> Iterator[Block]:
    """``TELEGRAM · post · reference``, and the title with its own mark."""
    named = ("TELEGRAM", _value(facts, "From"), _value(facts, "Message reference"))
    text = " · ".join(filter(None, named))
    block = use.block(text, "opening", Element("P", use.document), 0.0)
    block.keep = True
    yield block
    how, heading = use.types["title"], Element("H1", use.document)
    title = title_of(facts)
    use.bookmarks.append((title, heading))
    typed, titled = _value(facts, "Subject marking"), subject(cable)
    marking = titled.portion if titled else None
    mark = None
    if typed:
        words = spoken(marking.marking, marking.supplied) if marking and marking.marking else ""
        mark = use.fit.show(how.face, typed), how, use.span(heading, words)
    words_ = use.fit.show(how.face, title).split()
    least = max((use.fit.measure(how.face, how.size, word) for word in words_), default=0.0)
    if mark:
        least += use.fit.measure(how.face, how.size, f"{mark[0]} ")

    def lines_of(width: float) -> list[Line]:
        return flow_words(words_, how, Place(0.0, width, heading), use.fit, mark=mark)

    lines = evened(lines_of, max(least, use.column / 2), use.column)
    yield Block(lines, how.leading, how.before, how.after, keep=True)


def _heading_table(cable: Cable, facts: tuple[Fact, ...], use: Setting) -> Iterator[Block]:
    """The heading in two columns: a row for each name, a paragraph for each of its values."""
    if not facts:
        return
    name, value, fit = use.types["name"], use.types["value"], use.fit
    names = {fact.name: fit.show(name.face, fact.name) for fact in facts}
    widest = max(fit.measure(name.face, name.size, shown) for shown in names.values())
    x = max(use.values, widest + _BESIDE)
    cited = iter(_cited(cable))
    table = Element("Table", use.document)
    for title, stated in groupby(facts, key=attrgetter("name")):
        values = [fact.value for fact in stated]
        row = Element("TR", table)
        heading = Element("TH", row, "/A<</O/Table/Scope/Row>>")
        cell, is_list = Element("TD", row), len(values) > 1
        called = Piece(0.0, name.face, name.size, f"{names[title]} ", heading)
        again = Line([called._replace(element=None)], rule=0.0)
        for number, text in enumerate(values):
            holder = Element("P", cell) if is_list else cell
            indent = _GOES_ON if is_list else 0.0
            lines = flow(text, value, Place(x, use.column - x, holder, indent), fit)
            if title == "Reference" and (canonical := next(cited, None)):
                use.targets.setdefault(canonical, holder)
            if number:
                # On a further page the name stands beside the first value again.
                over = Block([again], value.leading, before=-value.leading)
                yield Block(lines, value.leading, again=[over])
            else:
                lines = lines or [Line([])]
                lines[0].pieces.insert(0, called)
                lines[0].rule = 0.0
                yield Block(lines, value.leading, value.before)
    yield Block([Line([], rule=0.0)], 2.0, before=1.8)


def _cited(cable: Cable) -> list[str | None]:
    """The canonical id of each reference that the heading lists, in its order."""
    listed = first(cable, References)
    told = listed.references if listed else ()
    return [one.canonical for one in told if reference_in_words(one.label, one.typed)]


def _text(part: TextPart, passages: tuple[Passage, ...], use: Setting) -> Iterator[Block]:
    """One part of the message."""
    if isinstance(part, Paragraph):
        yield _paragraph(part, passages, use)
        return
    use.lists.end()
    if isinstance(part, Heading):
        heading = Element("H2", use.document)
        said = entry(part).words
        use.bookmarks.append((said, heading))
        block = use.block(said, "heading", heading)
        block.keep = True
        yield block
    elif isinstance(part, Table) and (made := rows(part, use)):
        yield from made
    elif isinstance(part, Preformatted | Table):
        yield _as_typed(part, use)
    elif isinstance(part, Signature):
        how = use.types["signature"]
        place = Place(use.hang, use.measure, Element("P", use.document))
        typed = map(printable, whole_lines(part.lines))
        lines = [line for text in typed for line in flow(text, how, place, use.fit)]
        yield Block(lines, how.leading, how.before, how.after)
    else:
        yield use.block(entry(part).words, "note", Element("P", use.document))


def _introduces(block: Block) -> bool:
    """Whether what is set ends as what is said before a list, a table or a quotation does."""
    pieces = block.lines[-1].pieces
    return bool(pieces) and pieces[-1].text.endswith((":", ": "))


def _paragraph(part: Paragraph, passages: tuple[Passage, ...], use: Setting) -> Block:
    """The label hanging, the mark bold and one with the first word, then the text."""
    said, how, fit = entry(part), use.types["body"], use.fit
    indent = use.step * min(part.level, DEEPEST)
    label = " ".join(fit.show(how.face, said.label).split())
    if label:
        sign, body = use.lists.item(part.level, label)
    else:
        use.lists.end()
        sign, body = None, Element("P", use.document)
    place = Place(use.hang + indent, use.measure - indent, body)
    start, above = None, list[Line]()
    if label:
        wide = fit.measure(how.face, how.size, f"{label} ")
        if wide <= place.width / 2:
            taken = wide + _GAP - use.hang
            start = Piece(indent, how.face, how.size, f"{label} ", sign), max(0.0, taken)
        else:  # none that a reader would know as a label: it has lines of its own
            above = flow(label, how, place._replace(element=sign), fit)
    mark = None
    if said.mark:
        bold, portion = use.types["mark"], part.portion
        meant = portion.marking if portion else None
        words = spoken(meant, portion.supplied) if portion and meant else ""
        mark = fit.show(bold.face, said.mark), bold, use.span(body, words)
    shown = fit.show(how.face, said.words).split()
    links = _links(part, passages, len(said.words.split()), body, use)
    lines = flow_words(shown, how, place, fit, start=start, mark=mark, links=links)
    return Block(above + lines, how.leading, how.before, how.after)


def _links(
    part: Paragraph, passages: tuple[Passage, ...], count: int, body: Element, use: Setting
) -> dict[int, Element]:
    """The words of the paragraph that name the one reference that they can mean."""
    if not use.targets or not passages:
        return {}
    found: dict[int, Element] = {}
    pieces = [piece for piece in part.content if isinstance(piece, Typed)]
    sizes = [len(piece.text.split()) for piece in pieces]
    if sum(sizes) != count:
        return {}  # an omission stood inside a word
    for passage in passages:
        if passage.kind is not PassageKind.REFTEL or passage.target not in use.targets:
            continue
        before = 0
        for piece, size in zip(pieces, sizes, strict=True):
            if piece.span.start <= passage.span.start < piece.span.end:
                ahead = piece.text[: passage.span.start - piece.span.start]
                inside = bool(ahead) and not ahead[-1].isspace()
                at = before + len(ahead.split()) - inside
                target = use.targets[passage.target]
                found[at] = Element("Link", body, inline=True, target=target)
            before += size
    return found


def _as_typed(part: Preformatted | Table, use: Setting) -> Block:
    """Typed lines in mono, as small as their longest needs, within reason.

    What a table's author drew between its rows is drawn.
    """
    how, fit, group = use.types["typed"], use.fit, Element("Div", use.document)
    pieces = _without_rules(part) if isinstance(part, Table) else part.lines
    typed = [_columns(line, how, fit) for line in whole_lines(pieces)]
    longest = max(map(len, typed), default=0)
    em = fit.measure(how.face, 1.0, "M")
    size = min(how.size, use.measure / max(1.0, longest * em))
    if size < _LEAST_MONO:
        size = _WRAPPED_MONO
    count = int(use.measure / (size * em) + 1e-6)
    rest = int((use.measure - _GOES_ON) / (size * em))
    lines: list[Line] = []
    is_ruled = False
    for text in typed:
        if not text:
            is_ruled = isinstance(part, Table)
            continue
        element, begun = Element("P", group), len(lines)
        for number, row in enumerate(_cut(text, count, rest)):
            x = use.hang + (_GOES_ON if number else 0.0)
            lines.append(Line([Piece(x, how.face, size, row, element)]))
        lines[begun].rule = use.hang if is_ruled else None
        is_ruled = False
    if is_ruled:
        lines.append(Line([], rule=use.hang))
    leading = size * how.leading / how.size
    return Block(lines, leading, how.before, how.after, whole=len(lines) <= _MOST_WHOLE)


def _cut(text: str, first: int, others: int) -> Iterator[str]:
    """A typed line in rows of so many characters, parted at a blank where there is one."""
    start, most = 0, first
    while len(text) - start > most:
        blank = text.rfind(" ", start + most // 2, start + most + 1)
        end = blank + 1 if blank > 0 else start + most
        yield text[start:end]
        start, most = end, others
    yield f"{text[start:]} "


def _without_rules(part: Table) -> list[Typed | Joint]:
    """Its lines, empty where a rule was typed."""
    drawn = rules(part)
    return [
        replace(one, text="") if isinstance(one, Typed) and one.span.start in drawn else one
        for one in part.lines
    ]


def _columns(text: str, how: Type, fit: Fit) -> str:
    """A typed line with its blanks, tabs drawn out."""
    even = "".join(" " if char.isspace() and char != "\t" else char for char in printable(text))
    return fit.show(how.face, even.expandtabs(8).rstrip())


def _transmission(cable: Cable, use: Setting) -> Iterator[Block]:
    """Every line that is not the message, as it came over the wire; on one page if it fits one."""
    texts = list(transmission(cable))
    if not texts:
        return
    how, section = use.types["transmission"], Element("Sect", use.document)
    heading = Element("H2", section)
    use.bookmarks.append(("Transmission", heading))
    block = use.block("Transmission", "appendix", heading)
    block.lines[0].rule, block.keep = 0.0, True
    yield block
    lines: list[Line] = []
    for text in texts:
        place = Place(use.hang, use.measure, Element("P", section), _GOES_ON)
        lines += flow(text, how, place, use.fit)
    whole = len(lines) <= _MOST_APPENDIX
    yield Block(lines, how.leading, whole=whole, least=_LEAST_APPENDIX)
