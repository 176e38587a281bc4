"""The text of a page: what its operators show, where, and by which marks (ISO 32000-1, 9.4, 14.6).

A page of ours is text, with bars and thin lines below it. Any other operator is refused: it could
move, hide or cover a text, or show one that is not read here.
"""

from __future__ import annotations

from codecs import charmap_decode
from functools import lru_cache

from convert.model import regex as re
from convert.model.data import Data, field

CODES = rb"[^()\\]*+(?:\\.[^()\\]*+)*+"
"""The codes of a string, between its brackets (7.3.4.2)."""

_NUMBER = rb"-?[\d.]++\s++"
_LINES = (  # and colours
    rb"\s++|(?:%b){3}(?:rg|RG)\b|[01](?:\.\d++)?+ w\b|(?:%b){2}m\s++(?:%b){2}l\s++S\b"
    % ((_NUMBER,) * 3)
)
# What is drawn on a page: all of it before the text, that it may cover none.
_DRAWN = re.compile(
    rb"\s*+(?:/Artifact\s++BMC\b(?:%b|(?:%b){2}(?:[\d.]++\s++){2}re\s++[fS]\b)*+EMC\b\s*+)*+"
    % (_LINES, _NUMBER)
)
# What a page does to its text, as many steps at once as stand in this order: marked content begins,
# a place is taken, a font, a string is shown, marked content ends.
_STEPS = re.compile(
    rb"(?=/|1 0 0 1 |\(|EMC)"
    rb"(?:/(?:(Artifact)\s*+(?:<<([^<>]*+)>>\s*+BDC\b|BMC\b)"
    rb"|[A-Za-z0-9]++\s*+<<[^<>]*?/MCID (\d++)[^<>]*+>>\s*+BDC\b)\s*+)?+"
    rb"(?:1 0 0 1 -?[\d.]++ (-?[\d.]++) Tm\b\s*+)?+"
    rb"(?:/([^\s/<>\[\]()]++) [1-9][\d.]*+ Tf\b\s*+)?+"
    rb"(?:(\(" + CODES + rb")(\)\s*+Tj\b\s*+)?+)?+"
    rb"(?:(EMC)\b)?+",
    re.DOTALL,
)
_GROUPS = 8
# What may stand between them. All else could move, hide or cover a text, or show another one.
_BETWEEN = re.compile(rb"(?:" + _LINES + rb"|\d?+(?:\.\d++)?+ Tc\b|BT\b|ET\b)*+")
_FILL = re.compile(
    rb"(?<![\d.])(-?[\d.]++)\s++(-?[\d.]++)\s++(-?[\d.]++)\s++"
    rb"(?:rg\b|(-?[\d.]++)\s++re\s++f\b)"
)
_THIN = 2.0  # points: a line that no text can stand on
_FAINT = 0.1  # of the range of a colour: what is less can hardly be told from its ground
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

Size = tuple[float, float]
Colour = tuple[float, float, float]
Bar = tuple[float, float, Colour]  # bottom, top
_BLACK, _WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
Font = dict[int, str] | str  # the character of each code


class Run(Data, frozen=False):
    """Text as one operator shows it."""

    text: str
    page: int
    y: float


class Page(Data, frozen=False):
    """The text of a page in the order of its stream."""

    size: Size  # width and height
    runs: list[Run] = field(default_factory=list)
    marked: dict[int, list[Run]] = field(default_factory=dict)
    artifacts: list[tuple[bytes, list[Run]]] = field(default_factory=list)  # with their attributes


def shown(content: bytes, fonts: dict[bytes, Font], page: int, size: Size) -> Page:
    """The text of a content stream, by the marks that it stands in."""
    found = Page(size)
    drawn = _DRAWN.match(content)
    text_at = drawn.end() if drawn else 0
    ink, bars = _fills(content[:text_at], size[0])
    inks = [(ink, list[float]())]  # each ink, and how high the text is that is shown in it
    parts = _STEPS.split(content[text_at:])
    for between in set(parts[:: _GROUPS + 1]):
        if not _BETWEEN.fullmatch(between):
            raise ValueError(f"page {page + 1} has more than text and lines: {between[:40]!r}")
    font: Font = ""
    y = 0.0
    inside: list[Run] | None = None
    # Between one step and the next, then the step's groups; the last has no step behind it.
    for between, artifact, about, number, up, named, string, is_shown, ends in zip(
        *[iter(parts)] * (_GROUPS + 1), strict=False
    ):
        if b"rg" in between:
            inks.append((_fills(between, size[0])[0], []))
        if number:
            inside = found.marked.setdefault(int(number), [])
        elif artifact:
            inside = []
            found.artifacts.append((about or b"", inside))
        if up:
            y = float(up)
        if named:
            font = fonts[named]
        if string:
            if inside is None or not is_shown:
                raise ValueError("text that is not shown, or neither marked nor an artifact")
            run = Run(charmap_decode(unescaped(string[1:]), "strict", font)[0], page, y)
            found.runs.append(run)
            inside.append(run)
            inks[-1][1].append(y)
        if ends:
            inside = None
    if any(_is_faint(heights, ink, bars) for ink, heights in inks):
        raise ValueError(f"page {page + 1} has text in the colour of its ground")
    return found


@lru_cache(maxsize=64)
def _fills(operators: bytes, width: float) -> tuple[Colour, tuple[Bar, ...]]:
    """The colour to fill with behind operators; the bars that they have drawn, the last first."""
    ink, bars = _BLACK, list[Bar]()
    for *three, high in _FILL.findall(operators):
        one, two, last = map(float, three)
        if not high:
            ink = one, two, last
        elif float(high) > _THIN:
            if one > 0 or one + last < width - _THIN:
                raise ValueError("a bar over a part of the page's width")
            bars.insert(0, (two, two + float(high), ink))
    return ink, tuple(bars)


def _is_faint(heights: list[float], ink: Colour, bars: tuple[Bar, ...]) -> bool:
    """Whether a text can hardly be told from the bar, or the white, that it stands on."""
    grounds = _likenesses(ink, bars)
    return any(
        next(alike for low, high, alike in grounds if low <= y <= high) for y in heights if grounds
    )


@lru_cache(maxsize=64)
def _likenesses(ink: Colour, bars: tuple[Bar, ...]) -> tuple[tuple[float, float, bool], ...]:
    """Bottom and top of each ground, and whether it is like the ink; nothing where none is."""
    grounds = (*bars, (float("-inf"), float("inf"), _WHITE))
    alike = [
        max(abs(a - b) for a, b in zip(ink, ground, strict=True)) < _FAINT for *_, ground in grounds
    ]
    found = [(low, high, is_like) for (low, high, _), is_like in zip(grounds, alike, strict=True)]
    return tuple(found) if any(alike) else ()


def unescaped(typed: bytes) -> bytes:
    """What a string in brackets says (7.3.4.2)."""
    if b"\\" not in typed:
        return typed
    if b"\\\\" not in typed:  # each backslash begins an escape, and brackets are most of them
        typed = typed.replace(b"\\(", b"(").replace(b"\\)", b")")
    return _ESCAPE.sub(_character, typed) if b"\\" in typed else typed


def _character(match: re.Match[bytes]) -> bytes:
    said = match[1]
    return bytes([int(said, 8) & 255]) if said[:1].isdigit() else _ESCAPED.get(said, said)
