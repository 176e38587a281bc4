"""Pass: the lines of a web page, and what of it is the site's or markup.

Of the page of an archive, the table and the telegram are taken; of any other, its blocks of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from convert.errors import UnreadableError
from convert.model import regex as re
from convert.model.cable import Omission, Reason
from convert.model.data import replace
from convert.model.span import Span
from convert.model.text import unescaped
from convert.notation import banner
from convert.notation.likeness import level_of
from convert.reader.lines import Line
from convert.reader.marks import portion_at
from convert.reader.markup import HIDDEN, Maker, Token, attribute, tokens
from convert.reader.shapes import NUMBER

_BLOCKS = {
    ("table", "open"): "record", ("th", "open"): "name", ("td", "open"): "value",
    ("th", "close"): "record", ("td", "close"): "record", ("table", "close"): "",
    ("pre", "open"): "telegram", ("pre", "close"): "",
}  # fmt: skip
# fmt: off
_PARTED = frozenset((  # elements with a blank line before and after them
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "dl", "table", "hr",
    "section", "article", "main", "body",
))
_LINES = frozenset((
    "div", "li", "dt", "dd", "tr", "center", "address", "figure", "figcaption", "option",
))
_AWAY = frozenset(("nav", "footer", "aside", "select", "button", "iframe"))  # the site's own
_UNSEEN = HIDDEN | {"head", "template", "noscript", "svg", "object"}
_SITES = _UNSEEN | {"title", "a", "nav", "select", "button"}
_INLINE = frozenset(("b", "i", "em", "strong", "span", "u", "font", "code", "tt", "sup", "sub", ""))
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
))
# fmt: on


def page(text: str) -> tuple[list[Line], list[Omission]]:
    """Every line in source order, and what was left out.

    Of the archive's page each line says what it stood in: ``name`` and ``value`` of its table,
    ``record`` for stray words there, ``telegram``. Raises UnreadableError for a text without tags.
    """
    found = list(tokens(text))
    if all(token.kind == "text" for token in found):
        raise UnreadableError(
            "this is no web page: it has no tag",
            "Leave out --from: its own form is told by its lines.",
        )
    regions = _regions(text, found)
    made = _archive(text, found, regions) if regions else _blocks(text, found)
    return _unescaped(*made.result())


def _regions(text: str, found: Sequence[Token]) -> list[tuple[int, int]]:
    """The tokens of the table of the archive, and of each ``<pre>`` after it; none elsewhere."""
    regions: list[tuple[int, int]] = []
    begun: int | None = None
    for number, token in enumerate(found):
        name = token.name
        if begun is None and token.kind == "open":
            if name == "table" and not regions:
                value = attribute(text, token, "class")
                begun = number if value and "cable" in value.of(text).split() else None
            elif name == "pre" and regions:
                begun = number
        elif begun is not None and token.kind == "close" and name == found[begun].name:
            regions.append((begun, number + 1))
            begun = None
    if begun is not None:
        regions.append((begun, len(found)))
    return regions if len(regions) > 1 else []


def _archive(text: str, found: Sequence[Token], regions: Sequence[tuple[int, int]]) -> Maker:
    """The table's cells and the lines of the telegram; what is round them is the site's."""
    made = Maker(text)
    done = 0
    for start, end in (*regions, (len(found), len(found))):
        around = found[done:start]
        words = any(token.kind == "text" and token.span.of(text).strip() for token in around)
        if around:
            reason = Reason.NAVIGATION if words else Reason.MARKUP
            made.omit(around[0].span.start, around[-1].span.end, reason)
        before = ""
        for token in found[start:end]:
            if token.kind != "text":
                made.omit(token.span.start, token.span.end, Reason.MARKUP)
                if token.name in ("table", "th", "td", "pre"):
                    made.begin(_BLOCKS[token.name, token.kind])
                elif token.name == "br":
                    made.end_line()
            elif made.block == "telegram":
                _telegram(made, token, is_behind_break=before == "br")
            else:
                made.flow(token.span.start, token.span.end)
            before = token.name
        done = end
    return made


def _telegram(made: Maker, token: Token, *, is_behind_break: bool) -> None:
    """Text of the telegram; a pilcrow by itself is the link to a paragraph.

    A line end behind ``<br/>`` is the same one, typed twice.
    """
    said = token.span.of(made.text)
    if len(said) < 10 and unescaped(said).strip() == "¶":
        made.omit(token.span.start, token.span.end, Reason.PILCROW)
    else:
        ends = re.match(r"\r?\n", said) if is_behind_break else None
        made.preformatted(token.span.start + (ends.end() if ends else 0), token.span.end)


def _blocks(text: str, found: Sequence[Token]) -> Maker:
    """The text of a page's blocks; what it hides, and what is the site's, is left out."""
    made = Maker(text)
    away: list[tuple[str, Reason]] = []  # the elements that are left out, and that are open
    typed = 0  # how many <pre> are open
    closing = Counter(token.name for token in found if token.kind == "close")
    for token in found:
        span, name = token.span, token.name
        if token.kind == "close":
            closing[name] -= 1
        if away:
            made.omit(span.start, span.end, away[0][1])
            if token.kind == "close" and name == away[-1][0]:
                away.pop()
            elif token.kind == "open" and name == away[-1][0] and not token.empty:
                away.append((name, away[0][1]))
        elif token.kind == "text":
            if len(span.of(text)) < 10 and unescaped(span.of(text)).strip() == "¶":
                made.omit(span.start, span.end, Reason.PILCROW)
            else:
                (made.preformatted if typed else made.flow)(span.start, span.end)
        else:
            made.omit(span.start, span.end, Reason.MARKUP)
            opens = token.kind == "open" and not token.empty and name not in _VOID
            if opens and name in _UNSEEN | _AWAY and closing[name]:  # else it has no end
                away.append((name, Reason.MARKUP if name in _UNSEEN else Reason.NAVIGATION))
            if name == "pre":
                typed = max(typed + (1 if opens else -1), 0)
            if name == "br":
                made.end_line()
            elif name in _PARTED or name in _LINES:
                made.begin(name, gap=name in _PARTED)
            elif name in ("td", "th"):
                made.blank()
    return made


def telling(text: str) -> list[tuple[str, Span]]:
    """Lines of a stretch of markup that read like a cable's: (as typed, where in ``text``).

    A class line, or a paragraph with a number and a mark; links and menus are the site's.
    """
    made = Maker(text)
    found = list(tokens(text))
    closing = Counter(token.name for token in found if token.kind == "close")
    away = 0  # how many elements are open whose words are the site's, or not seen
    for token in found:
        if token.kind == "close":
            closing[token.name] -= 1
        if token.name in _SITES:
            opens = token.kind == "open" and not token.empty and closing[token.name] > 0
            away = max(away + (1 if opens else -1 if token.kind == "close" else 0), 0)
        elif token.kind == "text" and not away:
            made.flow(token.span.start, token.span.end)
        elif token.kind != "text" and token.name not in _INLINE:
            made.begin("")
    return [(line.text, line.span) for line in made.result()[0] if _reads_like_a_cable(line)]


def _reads_like_a_cable(line: Line) -> bool:
    number = NUMBER.match(line.text)
    if number:
        return portion_at(line, number.end(), numbered=True) is not None
    return banner.parse(line.text) is not None or level_of(line.text) is not None


def _unescaped(
    lines: Sequence[Line], omissions: list[Omission]
) -> tuple[list[Line], list[Omission]]:
    """The lines without the backslash at their ends; a line of nothing else is a blank one."""
    kept: list[Line] = []
    more: list[Omission] = []
    blanks = 0
    for line in lines:
        found = line
        if line.text.endswith("\\"):
            place = line.at(len(line.text) - 1)
            more.append(Omission("\\", Reason.LINE_END, Span(place, place + 1)))
            rest = line.cuts([len(line.text) - 1])[:-1]
            if not rest:
                blanks += 1
                continue
            found = rest[0]
        kept.append(replace(found, gap=True, blanks=found.blanks + blanks) if blanks else found)
        blanks = 0
    return kept, sorted([*omissions, *more], key=lambda each: each.span)
