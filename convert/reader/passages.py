"""Pass: stretches of the text with a meaning of their own: summary, comment, quotation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from convert.model import regex as re
from convert.model.cable import (
    Cable,
    Classifier,
    Heading,
    MessageSet,
    Paragraph,
    Part,
    Passage,
    PassageKind,
    ReferenceKind,
    References,
    ReleaseMark,
    Typed,
)
from convert.model.span import Span
from convert.model.walk import TEXT_PARTS, every, first, words
from convert.notation import authority as notation
from convert.notation.released import released_by
from convert.reader.shapes import CODE, CODES

_KINDS = {
    "SUMMARY": PassageKind.SUMMARY,
    "COMMENT": PassageKind.COMMENT,
    "TEXT": PassageKind.QUOTATION,
    "QUOTE": PassageKind.QUOTATION,
}
_MARKER = re.compile(
    r"(?=[BCEQRSUX\[])(?:\b(?P<end>END)(?: OF)? (?P<ended>SUMMARY|COMMENT|TEXT|QUOTE)\b"
    r"(?: AND [A-Z]+(?: [A-Z]+(?=\.|$))?)?\.?"
    r"|(?:^|(?<=\()|(?<=[.!?] )|(?<=[.!?]  ))(?:BEGIN )?"
    r"(?P<begin>SUMMARY|COMMENT)(?:(?: AND [A-Z]+(?: [A-Z]+)?)?(?=[:.])|(?= ))"
    r"|\bBEGIN (?P<quoted>TEXT|QUOTE)\b"
    r"|(?-i:\b(?:END,? )?(?P<unquote>UNQUOTE|UNQTE)\b|\b(?P<quote>QUOTE|QTE)\b)"
    r"|(?P<excised>X{6,}|\[[^\[\]]{1,80} not declassified\])|(?P<reftel>\bREFTELS?\b))",
    re.IGNORECASE,
)
# One of them is in each marker: to look for them costs a hundredth of what the pattern does.
_BEFORE = 90  # characters of a marker that stand before its word, at most
_MARKING = ("SUMMARY", "COMMENT", "TEXT", "QUOTE", "QTE", "XXXXXX", "NOT DECLASSIFIED]", "REFTEL")


class _Running:
    """A paragraph's words as one string, with the way back to the source."""

    def __init__(self, part: Paragraph) -> None:
        self.pieces = [piece for piece in part.content if isinstance(piece, Typed)]
        texts = [text for piece in self.pieces for text in (_between(piece), piece.text)]
        self.text = "".join(texts[1:])  # nothing parts the first from what is before it
        self.capitals = self.text.upper()
        self._places: list[int] = []  # where the pieces begin in the text

    @property
    def start(self) -> int:
        return self.pieces[0].span.start

    @property
    def end(self) -> int:
        return self.pieces[-1].span.start + len(self.pieces[-1].text)

    def at(self, place: int) -> int:
        if not self._places:  # few paragraphs have a passage
            end = 0
            for piece in self.pieces:
                self._places.append(end + (len(_between(piece)) if end else 0))
                end = self._places[-1] + len(piece.text)
        part = max(bisect_right(self._places, place) - 1, 0)
        return self.pieces[part].span.start + place - self._places[part]


def _between(piece: Typed) -> str:
    """What parts a piece from the one before it in the running text."""
    return " " if piece.parted == "\n" else piece.parted


def passages(cable: Cable) -> tuple[Passage, ...]:
    """All passages, in the order of their beginnings.

    A summary begins with its word, or under its heading; in the first paragraph its end mark is
    enough. Under a heading it goes on to the next one. A passage without an end mark ends with its
    paragraph; another end mark without a beginning is none.
    """
    finder = _Finder(cable)
    in_part = any(map(_is_partial, every(cable, ReleaseMark)))
    formatted = first(cable, MessageSet) is not None
    for number, part in enumerate(cable.parts):
        if isinstance(part, Heading):
            finder.heading(part)
        if not isinstance(part, Paragraph):
            continue
        if in_part:
            finder.found += _excisions(part)
        running = _Running(part)
        if not running.pieces:
            continue
        finder.found += _authority(part, running)
        if formatted and _is_last(cable.parts[number + 1 : number + 3]):
            finder.found += _release(part, running)
        finder.paragraph(part, running)
    return finder.all()


class _Finder:
    """What was found, and what has begun and not ended."""

    def __init__(self, cable: Cable) -> None:
        self.found: list[Passage] = []
        self._target = _only_cable(cable.parts)
        self._quote: int | None = None  # where QUOTE stands; a quotation only if UNQUOTE follows
        self._opened: dict[PassageKind, tuple[int, int]] = {}  # kind: (start, its paragraph's end)
        self._headed: tuple[int, int] | None = None  # a summary under its heading, so far
        self._awaited = False  # a summary begins with the next paragraph

    def heading(self, part: Heading) -> None:
        """A heading ends the summary of the one before."""
        open_ = self._opened.get(PassageKind.SUMMARY, (-1, 0))
        if self._headed is not None and open_[0] == self._headed[0]:
            self._opened[PassageKind.SUMMARY] = self._headed
        self._awaited = bool(_SUMMARY.fullmatch(part.title.text.strip("-= ")))
        self._headed = None

    def paragraph(self, part: Paragraph, running: _Running) -> None:
        """What begins and ends in a paragraph."""
        end = running.end
        if self._awaited:
            self._opened[PassageKind.SUMMARY] = self._headed = (running.start, end)
        elif self._headed is not None:
            self._headed = self._headed[0], end
        self._awaited = False
        for kind, start, stop, is_end in _markers(running):
            if kind is None:
                self._quoted(start, stop, is_end=is_end)
            elif kind in (PassageKind.EXCISION, PassageKind.REFTEL):
                name = self._target if kind is PassageKind.REFTEL else None
                self.found.append(Passage(kind, Span(start, stop), name))
            elif is_end:
                if kind in self._opened:
                    self._add(kind, self._opened.pop(kind)[0], stop)
                elif kind is PassageKind.SUMMARY and part.label and part.label.number == 1:
                    self._add(kind, running.start, stop)
            elif kind not in self._opened or self._opened[kind][1] < start:
                if kind in self._opened:
                    self._add(kind, *self._opened.pop(kind))
                self._opened[kind] = (start, end)

    def all(self) -> tuple[Passage, ...]:
        """Those that have no end mark too."""
        for kind, ends in self._opened.items():
            self._add(kind, *ends)
        return tuple(sorted(self.found, key=lambda passage: passage.span))

    def _quoted(self, start: int, stop: int, *, is_end: bool) -> None:
        if not is_end:
            self._quote = start
        elif self._quote is not None:
            self._add(PassageKind.QUOTATION, self._quote, stop)
            self._quote = None

    def _add(self, kind: PassageKind, start: int, stop: int) -> None:
        self.found.append(Passage(kind, Span(start, stop)))


_SUMMARY = re.compile(r"(?:EXECUTIVE )?SUMMARY(?: AND [A-Z]+(?: [A-Z]+)?)?:?", re.IGNORECASE)

# State's cables of 1995 to 2000 say it in their first paragraph, or behind the mark of the text.
_CLASSIFIED = re.compile(
    r"(?:^\(?(?:THIS (?:CABLE|MESSAGE|TELEGRAM) IS )?|(?<=ENTIRE TEXT\. )|(?<=ENTIRE TEXT\.  ))"
    r"(?P<by>CLASSIFIED BY)\b",
    re.IGNORECASE,
)


def _authority(part: Paragraph, running: _Running) -> Iterator[Passage]:
    """The Classified By line, where it is typed as a paragraph."""
    if part.label is not None and (part.label.number or 0) > 2:
        return
    if "CLASSIFIED BY" not in running.capitals and running.text.isascii():
        return
    if not (begins := _CLASSIFIED.search(running.text, 0, 200)):
        return
    if (said := notation.authority(running.text[begins.start("by") :])) is None:
        return
    if said.name or said.title or said.reasons:
        span = Span(running.at(begins.start("by")), running.end)
        classifier = Classifier(said.name, said.title, said.reasons, said.derived, span)
        yield Passage(PassageKind.AUTHORITY, span, None, classifier)


def _is_last(following: Sequence[Part]) -> bool:
    """Whether nothing of the text follows but the leave to publish it (ALCOAST messages)."""
    if following and isinstance(following[0], Paragraph):
        if not _PUBLISHED.fullmatch(words(following[0].content)):
            return False
        following = following[1:]
    return not (following and isinstance(following[0], TEXT_PARTS))


_PUBLISHED = re.compile(r"INTERNET RELEASE (?:IS )?AUTHORI[SZ]ED\.?", re.IGNORECASE)


def _release(part: Paragraph, running: _Running) -> Iterator[Passage]:
    """Who released the message, where its last paragraph says nothing else."""
    name = released_by(running.text) if part.label and part.label.number is not None else None
    if name is not None:
        yield Passage(PassageKind.RELEASE, Span(running.start, running.end), signer=name)


def _markers(running: _Running) -> Iterator[tuple[PassageKind | None, int, int, bool]]:
    """What begins and ends a passage; no kind for the words QUOTE and UNQUOTE."""
    for match in _marked(running):
        start, end = running.at(match.start()), running.at(match.end() - 1) + 1
        if match["excised"]:
            if match[0].startswith("[") or match[0] == match[0].upper():
                yield PassageKind.EXCISION, start, end, False
        elif match["reftel"]:
            yield PassageKind.REFTEL, start, end, False
        elif match["unquote"] or match["quote"]:
            yield None, start, end, bool(match["unquote"])
        elif match["end"]:
            yield _KINDS[match["ended"].upper()], start, end, True
        else:
            word = (match["quoted"] or match["begin"]).upper()
            if match["begin"] and running.text[match.end() : match.end() + 1] == " ":
                continue  # "Summary of ..." names no passage
            yield _KINDS[word], start, end, False


def _marked(running: _Running) -> Iterator[re.Match[str]]:
    """Each match of a marker, looked for from just before a word that is in markers."""
    places = sorted(_places(running.capitals))
    if places and len(running.capitals) != len(running.text):  # places differ: SS for a sharp s
        yield from _MARKER.finditer(running.text)
        return
    place = 0
    for found in places:
        if found < place:
            continue
        match = _MARKER.search(running.text, max(place, found - _BEFORE))
        if match is None:
            return
        yield match
        place = match.end()


def _places(capitals: str) -> Iterator[int]:
    """Where the words of markers stand, in no order."""
    for word in _MARKING:
        place = capitals.find(word)
        while place >= 0:
            yield place
            place = capitals.find(word, place + len(word))


def _is_partial(mark: ReleaseMark) -> bool:
    """Whether a release mark says that something was cut out."""
    return bool(mark.exemptions) or bool(re.search(r"\bPART\b", mark.text.text, re.IGNORECASE))


def _excisions(part: Paragraph) -> Iterator[Passage]:
    """Codes of exemptions in the place of what was cut out of a copy released in part.

    Certain in brackets, alone on a line, and apart from the words in the margin.
    """
    for piece in part.content:
        if isinstance(piece, Typed):
            for code in _EXCISED.finditer(piece.text):
                start = piece.span.start
                yield Passage(
                    PassageKind.EXCISION, Span(start + code.start(1), start + code.end(1))
                )


_EXCISED = re.compile(
    rf"(?:(?<![\w)])(?=[(\[])|^(?={CODES}$)|(?<= {{3}})(?={CODES}(?: {{3}}|$)))"
    rf"(\(b\) ?\([1-9]\)(?:\([A-F]\))?|\[{CODE}\]|{CODES})"
)


def _only_cable(parts: Sequence[Part]) -> str | None:
    """The canonical id of the one reference that "reftel" can mean; None if there are several."""
    listed = [part for part in parts if isinstance(part, References)][:1]
    cables = [r for part in listed for r in part.references if r.kind is ReferenceKind.CABLE]
    return cables[0].canonical if len(cables) == 1 else None
