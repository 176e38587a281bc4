"""What an editor adds to a transcription, and how it is read.

Of two readings of one place the one that was typed is read, the other is told of and left out. All
other words are read; of what an editor says of them (supplied, struck out, a name) they bear no
sign in the outputs, so it is told of too (TEI P5 Guidelines 3.5, 11.3, 12.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from convert.diagnostics import Code, Report
from convert.model.data import Data
from convert.model.span import Span

READINGS = frozenset({"choice", "subst", "app", "rdgGrp"})
"""Elements whose children are readings of one place; blanks between these are nobody's."""
ASIDE = frozenset({"figDesc", "graphic", "media", "index", "interp", "interpGrp", "witDetail"})
"""What describes, and is no text."""
_TYPED = ("sic", "orig", "abbr", "del", "lem")
UNSEEN = frozenset(
    {"supplied", "unclear", "damage", "add", "del", "corr", "reg", "expan", "ex", "rdg"}
)
"""What tells words from typed ones, so that it matters if they pass for these."""
_WORDS = 60


class Added(Data):
    """An editor's element, and the stretch of the text that is read of it or stands about it."""

    element: str
    span: Span
    words: str = ""
    is_left: bool = False  # its words are not read


def typed(readings: Sequence[str]) -> int:
    """Which of several readings is read, by their elements: the typed one, else the first."""
    return next((readings.index(name) for name in _TYPED if name in readings), 0)


def tell(added: Iterable[Added], report: Report) -> None:
    """A finding for each; for those that leave the words as they are, one for each element."""
    named: dict[str, list[Added]] = {}
    for one in added:
        words = one.words if len(one.words) <= _WORDS else f"{one.words[:_WORDS]}…"
        if one.is_left:
            report(Code.TEI_LEFT, one.span, element=one.element, words=words or "no words")
        elif one.element in UNSEEN:
            report(Code.TEI_UNSEEN, one.span, element=one.element, words=words)
        else:
            named.setdefault(one.element, []).append(one)
    for element, several in named.items():
        report(Code.TEI_NAMED, several[0].span, element=element, count=len(several))
