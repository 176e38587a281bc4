"""Sources cut into messages, and sections that came apart put together.

Nothing is merged that is not said: a second copy of a section is a source of its own, and reported.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from convert.diagnostics import Code, Diagnostic, finding
from convert.errors import CableError, UnreadableError
from convert.model import regex as re
from convert.model.data import Data, field, replace
from convert.model.span import Span
from convert.places import Origin
from convert.reader.decode import Decoded, decode
from convert.reader.read import Reading, read, understand
from convert.reader.sections import Known, Transmission, transmissions
from convert.reader.tei import corpus

_LINE_END = re.compile(r"\r\n|\r|\n")


class Extract(Data):
    """A stretch of a source: half-open, in characters of its decoded text."""

    label: str  # how messages name the source
    source: Path | bytes
    span: Span
    line: int = 1  # with which it begins
    corpus: str = ""  # the start tag of the teiCorpus of which it is a TEI


class Gathered(Data):
    """One message: its stretches in the order of its sections, and what there is to say of them."""

    file: int  # which of the sources it begins in
    number: int  # which message of that source it is, from 1; 0 where it is the only one
    extracts: tuple[Extract, ...]  # empty: the source as it is
    findings: tuple[Diagnostic, ...] = ()


class _Piece(Data, frozen=False):
    """A transmission and where it stands."""

    file: int
    place: int  # its number among those of its file
    line: int  # of its file, with which it begins
    sent: Transmission
    folded: str  # its words, to tell copies


class _Message(Data, frozen=False):
    """Transmissions of one message."""

    first: _Piece | None  # of another copy of the same message
    pieces: list[_Piece] = field(default_factory=list)
    sections: set[int | None] = field(default_factory=set)

    def order(self) -> None:
        """As they stand where they stand together, else by section."""
        begin = self.pieces[0]
        together = ((begin.file, begin.place + n) for n in range(len(self.pieces)))
        if [(one.file, one.place) for one in self.pieces] != list(together):
            self.pieces.sort(key=lambda one: one.sent.section or 0)


def gather(sources: Sequence[tuple[str, Path | bytes]], *, across: bool) -> list[Gathered]:
    """Every message of the sources, in the order in which they begin.

    ``across``: sections of one message are put together from all sources and set in order;
    otherwise each source is cut only, and what stands together stays together. A source that cannot
    be read is given back whole: reading it will say why.
    """
    pieces: list[_Piece] = []
    unread: list[int] = []
    lengths: dict[int, int] = {}
    for number, (_, source) in enumerate(sources):
        try:
            text = _decoded(source).text
        except CableError:
            unread.append(number)
            continue
        lengths[number] = len(text)
        line = 1
        for place, sent in enumerate(transmissions(text)):
            own = sent.span.of(text)
            pieces.append(_Piece(number, place, line, sent, _folded(own)))
            line += len(_LINE_END.findall(own))
    messages = _messages(pieces, across=across)
    found = [Gathered(number, 0, ()) for number in unread]
    begun: Counter[int] = Counter()
    for one in messages:
        one.order()
        begun[one.pieces[0].file] += 1
    numbers: Counter[int] = Counter()
    for one in messages:
        file = one.pieces[0].file
        numbers[file] += 1
        number = numbers[file] if begun[file] > 1 else 0
        extracts = _extracts(one, sources)
        if len(extracts) == 1 and extracts[0].span == Span(0, lengths[file]):
            extracts = ()
        found.append(Gathered(file, number, extracts, tuple(_findings(one, sources))))
    return sorted(found, key=lambda one: (one.file, one.number))


def read_extracts(
    extracts: Sequence[Extract], form: str | None = None
) -> tuple[Reading, tuple[Origin, ...]]:
    """The reading of an assembled text, and where its stretches come from.

    Raises UnreadableError where a source cannot be read any more.
    """
    if extracts[0].corpus:
        return _member(extracts[0])
    texts: list[str] = []
    origins: list[Origin] = []
    encodings: dict[str, None] = {}
    place = foreign = 0
    for extract in extracts:
        decoded = _decoded(extract.source)
        text = extract.span.of(decoded.text)
        origins.append(Origin(place, extract.label, extract.line))
        texts.append(text if text.endswith(("\n", "\r")) else f"{text}\n")
        place += len(texts[-1])
        foreign += decoded.foreign
        encodings[decoded.encoding] = None
    whole = "".join(texts)
    sha256 = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    names = dict.fromkeys(Path(extract.label).name for extract in extracts)
    decoded = Decoded(whole, " + ".join(encodings), foreign)
    reading = understand(decoded, " + ".join(names), sha256, form)
    return reading, tuple(origins)


def members(label: str, source: Path | bytes) -> tuple[Extract, ...]:
    """Each TEI of a ``teiCorpus``; none where it is no XML: reading it will say so."""
    try:
        text = _decoded(source).text
        root, spans = corpus.members(text)
    except CableError:
        return ()
    found: list[Extract] = []
    line, place = 1, 0
    for span in spans:
        line += len(_LINE_END.findall(text, place, span.start))
        place = span.start
        found.append(Extract(label, source, span, line, root))
    return tuple(found)


def _member(extract: Extract) -> tuple[Reading, tuple[Origin, ...]]:
    """The reading of one TEI of a corpus."""
    text = extract.span.of(_decoded(extract.source).text)
    data = corpus.document(extract.corpus, text)
    return read(data, Path(extract.label).name, "tei"), (Origin(0, extract.label, extract.line),)


def _decoded(source: Path | bytes) -> Decoded:
    if isinstance(source, bytes):
        return _bytes(source)
    try:
        about = source.stat()
        return _file(source, about.st_mtime_ns, about.st_size)
    except OSError as error:
        raise UnreadableError(
            f"cannot read {source.name}: {error.strerror}", "Check the name and its permissions."
        ) from error


@lru_cache(maxsize=1)  # the messages of one dump are read one after the other
def _file(source: Path, _changed: int, _size: int) -> Decoded:
    return decode(source.read_bytes())


_bytes = lru_cache(maxsize=1)(decode)


def _folded(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _messages(pieces: Iterable[_Piece], *, across: bool) -> list[_Message]:
    """Transmissions that are sections of one message together, each section once."""
    messages: list[_Message] = []
    known = Known()
    firsts: dict[int, _Piece] = {}  # of each message
    copies: dict[int, list[_Message]] = {}  # of each message that has sections
    came: Counter[tuple[int, int]] = Counter()  # in how many of its copies a section has come
    last = -1, _Message(None)  # what the last piece went into
    for piece in pieces:
        number, section = known.message(piece.sent), piece.sent.section
        message = None
        if section is not None and across:
            alike, place = copies.setdefault(number, []), came[number, section]
            came[number, section] += 1
            message = alike[place] if place < len(alike) else None
        elif section is not None and last[0] == number and _follows(last[1], piece):
            message = last[1]
        if message is None:
            message = _Message(firsts.get(number))
            firsts.setdefault(number, piece)
            messages.append(message)
            if section is not None:
                copies.setdefault(number, []).append(message)
        message.pieces.append(piece)
        message.sections.add(section)
        last = number, message
    return messages


def _follows(message: _Message, piece: _Piece) -> bool:
    """Whether a section that a message has not yet stands right behind it."""
    last = message.pieces[-1]
    is_new = not {None, piece.sent.section} & message.sections
    return is_new and (last.file, last.place + 1) == (piece.file, piece.place)


def _extracts(
    message: _Message, sources: Sequence[tuple[str, Path | bytes]]
) -> tuple[Extract, ...]:
    """The stretches of a message, those that follow each other in one."""
    extracts: list[Extract] = []
    for one in message.pieces:
        extract = Extract(*sources[one.file], one.sent.span, one.line)
        if extracts and _goes_on(extracts[-1], extract):
            before = extracts.pop()
            extract = replace(before, span=before.span.to(extract.span))
        extracts.append(extract)
    return tuple(extracts)


def _goes_on(before: Extract, after: Extract) -> bool:
    return before.source == after.source and before.span.end == after.span.start


def _findings(
    message: _Message, sources: Sequence[tuple[str, Path | bytes]]
) -> Iterable[Diagnostic]:
    sent = [piece.sent for piece in message.pieces]
    name = sent[0].message
    totals = {one.sections for one in sent if one.sections is not None}
    if len(totals) > 1:
        yield finding(
            Code.SECTIONS_DISAGREE, message=name, told=", ".join(map(str, sorted(totals)))
        )
    came = {one.section for one in sent if one.section is not None}
    came |= {section for one in sent for section in one.paged}
    missing = [n for n in range(1, max(totals, default=0) + 1) if n not in came]
    if missing:
        told = ", ".join(map(str, missing))
        yield finding(Code.SECTION_MISSING, message=name, missing=told, of=max(totals))
    if message.first is not None:
        other, own = message.first, message.pieces[0]
        how = "word for word the same" if other.folded == own.folded else "with other words"
        if own.sent.corrected or other.sent.corrected:
            how += ", and one of them a corrected copy"
        yield finding(Code.COPY, message=name, where=sources[other.file][0], how=how)
