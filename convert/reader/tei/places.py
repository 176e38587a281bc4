"""Where in the file of a TEI document the characters of its text stand."""

from __future__ import annotations

from collections.abc import Iterator

from convert.model import regex as re
from convert.model.span import Map
from convert.reader.markup import tokens
from convert.reader.tei.text import Recovered
from convert.tree import etree

_SAID = re.compile(r"[^ \t\r\n]+")
# Blanks that are references stand between words too.
_WRITTEN = re.compile(r"(?:(?!&#(?:9|1[03]|32|[xX]0*(?:9|[aA]|[dD]|20));)[^ \t\r\n])+")
_REFERENCE = re.compile(r"&[^;\s]{1,40};")
_END = re.compile(r"\r\n|\r|\n")


def file_map(data: bytes, root: etree._Element, recovered: Recovered) -> Map | None:
    """Which place of the text stands where in the file; None where its encoding is not known."""
    try:
        text = data.decode(str(root.getroottree().docinfo.encoding or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return None
    text = text.removeprefix("\ufeff")
    lines = [0, *(found.end() for found in _END.finditer(text))]
    held = _held(text)
    numbers = {element: number for number, element in enumerate(root.getroottree().iter())}
    known: list[tuple[int, int]] = []
    for start, said, element, is_tail in recovered.runs:
        words = _words(text, held.get((numbers.get(element, -1), is_tail), []))
        for word, at in zip(_SAID.finditer(said), words, strict=False):
            place = recovered.at(start + word.start())
            if not known or place - known[-1][0] != at - known[-1][1]:
                known.append((place, at))
            if "&" in text[at : at + len(word[0])]:
                known += _behind(text, at, place, word[0])
    return Map(known, lines)


def _held(text: str) -> dict[tuple[int, bool], list[tuple[int, int]]]:
    """The stretches of text behind the start tag of each element, and behind its end tag."""
    found: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    open_: list[int] = []
    key = (-1, False)
    number = -1
    for token in tokens(text, xml=True):
        start, end = token.span.start, token.span.end
        if token.kind == "text":
            found.setdefault(key, []).append((start, end))
        elif token.kind == "characters":
            found.setdefault(key, []).append((start + len("<![CDATA["), end - len("]]>")))
        elif token.kind == "open":
            number += 1
            key = (number, token.empty)
            if not token.empty:
                open_.append(number)
        elif token.kind == "close" and open_:
            key = (open_.pop(), True)
    return found


def _words(text: str, stretches: list[tuple[int, int]]) -> Iterator[int]:
    """Where each word begins; a comment in the midst of one does not part it."""
    is_open = False
    for start, end in stretches:
        for word in _WRITTEN.finditer(text, start, end):
            if not (is_open and word.start() == start):
                yield word.start()
            is_open = word.end() == end
        is_open = is_open and end > start


def _behind(text: str, at: int, place: int, word: str) -> Iterator[tuple[int, int]]:
    """The places behind the references of a word."""
    written = place
    for number, found in enumerate(_REFERENCE.finditer(text, at, at + 8 * len(word))):
        after = found.start() - at - (written - place) + place + 1
        if after - place >= len(word) or number > len(word):
            return
        yield after, found.end()
        written += found.end() - found.start() - 1
