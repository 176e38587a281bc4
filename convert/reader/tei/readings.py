"""Pass: of what an editor put into an edition's document, what is read and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.diagnostics import Report
from convert.model.data import Data, field
from convert.model.span import Span
from convert.reader.markup import Token, attribute
from convert.reader.tei.editor import ASIDE, READINGS, UNSEEN, Added, tell, typed


class _Element(Data, frozen=False):
    """An element by the numbers of its tags."""

    name: str
    start: int
    end: int
    inside: list[_Element] = field(default_factory=list)


def read_tokens(text: str, found: Sequence[Token], report: Report) -> Iterator[Token]:
    """The tokens; an element that is left out is one token of kind ``other``, and told of.

    Names and italics are the edition's own, on every page of it, and are passed over in silence.
    """
    added: list[Added] = []
    left: dict[int, int] = {}
    for element, around in _elements(found):
        if around == "teiHeader":
            continue
        if element.name in READINGS:
            readings = [one for one in element.inside if one.name not in ASIDE | {"note"}]
            names = [one.name for one in readings]
            read = typed(names)
            for number, one in enumerate(readings):
                if number != read:
                    left[one.start] = one.end
                    about = _span(found, readings[read])
                    added.append(Added(one.name, about, _words(text, found, one), is_left=True))
        elif element.name in ASIDE or _is_gap(text, found[element.start], element.name):
            left[element.start] = element.end
            here = _span(found, element)
            added.append(Added(element.name, here, _words(text, found, element), is_left=True))
        elif element.name in UNSEEN and around not in READINGS:
            added.append(Added(element.name, _span(found, element), _words(text, found, element)))
    number = 0
    while number < len(found):
        token = found[number]
        if number in left:
            whole = Span(token.span.start, found[left[number]].span.end)
            yield Token("other", whole)
            number = left[number] + 1
        else:
            yield token
            number += 1
    tell(added, report)


def _elements(found: Sequence[Token]) -> Iterator[tuple[_Element, str]]:
    """Every element, its children first, and the name of what it stands in."""
    open_: list[_Element] = []
    header = 0
    for number, token in enumerate(found):
        name = token.name.rpartition(":")[2]
        if token.kind == "open":
            element = _Element(name, number, number)
            if open_ and (open_[-1].name in READINGS):
                open_[-1].inside.append(element)
            header += name == "teiHeader" and not token.empty
            if token.empty:
                yield element, "teiHeader" if header else open_[-1].name if open_ else ""
            else:
                open_.append(element)
        elif token.kind == "close":
            element = open_.pop()
            element.end = number
            yield element, "teiHeader" if header else open_[-1].name if open_ else ""
            header -= name == "teiHeader"


def _is_gap(text: str, token: Token, name: str) -> bool:
    """Whether it is a gap whose description nobody typed."""
    if name != "gap":
        return False
    reason, unit = attribute(text, token, "reason"), attribute(text, token, "unit")
    told = [one.of(text) if one else "" for one in (reason, unit)]
    return told != ["excised", "chars"]


def _span(found: Sequence[Token], element: _Element) -> Span:
    return Span(found[element.start].span.start, found[element.end].span.end)


def _words(text: str, found: Sequence[Token], element: _Element) -> str:
    """The words of an element; where it has none, its tag."""
    inside = found[element.start : element.end + 1]
    said = "".join(one.span.of(text) for one in inside if one.kind == "text")
    return " ".join(said.split()) or found[element.start].span.of(text).strip("</> ")
