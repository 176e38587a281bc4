"""A PDF read back as its readers read it: text by its place on the page, held against the cable.

The strips at the top and bottom edge hold the banner, the one above the lower banner the foot, and
all between is the text. A line that ends at a word boundary ends with a blank; where a line ends
without one, a word that is longer than a line goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

import pypdfium2

from convert.diagnostics import Code
from convert.model.facts import Fact
from convert.model.transcript import Transcript
from convert.verify.compare import Difference, block_differences

_STRIP = 52.0  # from either edge: the banner
_FOOT = 74.0  # from the lower edge: the foot, between the banner and this
_SURE_TO_FIT = 50  # characters of a mark and its first word that any line has room for
_AROUND = 5  # words on either side of a difference

_CODED = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
# What pdfium makes of a hyphen at the end of a line; it swallows the blank and the line's end too.
_HYPHEN = re.compile("[\x02\ufffe]")
_LINE_END = "\x02"  # stands behind a hyphen after which the line, and perhaps the word, ended
_LIGATURES = str.maketrans({"\ufb01": "fi", "\ufb02": "fl"})  # pdfium takes them apart


def check(data: bytes, expected: Transcript) -> list[Difference]:
    """Every banner and foot that differs, and the first difference of the text."""
    try:
        seen = _read(data)
    except (pypdfium2.PdfiumError, ValueError, TypeError) as error:
        return [Difference("file", "a readable PDF", str(error))]
    if not seen.pages:
        return [Difference("file", "a page", "none")]
    wanted = _wanted(expected)
    seen = _settled(seen, wanted)
    return [
        *_banners(seen, expected), *_feet(seen, expected), *_body(seen, wanted),
        *block_differences(expected.ism, _block(data)),
    ]  # fmt: skip


def _block(data: bytes) -> str:
    """The block of markings in the XMP packet, which stands unpacked in the file."""
    _, _, packet = data.rpartition(b"<?xpacket begin")
    _, _, rest = packet.partition(b"<m:markings>")
    return unescape(rest.partition(b"</m:markings>")[0].decode("utf-8", "replace"))


# --- what the file says ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    top: str
    bottom: str
    foot: str


@dataclass(slots=True)
class _Seen:
    """Strips by page; the words of all pages, and which of them stand first on a line."""

    pages: list[_Page] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    first: set[int] = field(default_factory=set)


def _read(data: bytes) -> _Seen:
    seen, lines = _Seen(), list[str]()
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            text = page.get_textpage()
            inside = text.get_text_bounded
            top = inside(0, height - _STRIP, width, height)
            body = inside(0, _FOOT, width, height - _STRIP)
            foot = inside(0, _STRIP, width, _FOOT)
            bottom = inside(0, 0, width, _STRIP)
            seen.pages.append(_Page(*(_folded(strip) for strip in (top, bottom, foot))))
            lines += _HYPHEN.sub(f"-{_LINE_END} \n", body).splitlines()
            text.close()
            page.close()
    finally:
        document.close()
    seen.words = _decoded("".join(lines).split())
    seen.first = set(_first_words(lines))
    return seen


def _first_words(lines: Iterable[str]) -> Iterator[int]:
    """The number of each word that begins a line."""
    count, inside_word = 0, False
    for line in lines:
        words = len(line.split())
        if not words:
            inside_word = inside_word and not line
            continue
        goes_on = inside_word and not line[0].isspace()
        if not goes_on:
            yield count
        count += words - goes_on
        inside_word = not line[-1].isspace()


# --- what it must say -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Wanted:
    """The words in order; where each stretch of them starts, and what it is called.

    ``marks``: the place of each mark's first word, and of the word behind it.
    """

    words: list[str] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add(self, name: str, *texts: str) -> None:
        """A stretch that begins on a line of its own."""
        words = [word for text in texts for word in text.split()]
        if words:
            self.starts.append(len(self.words))
            self.names.append(name)
            self.words += words


def _wanted(expected: Transcript) -> _Wanted:
    """Opening line, title, heading with each repeated name said once, text, transmission."""
    wanted = _Wanted()
    reference, sender = (_of(expected.facts, name) for name in ("Message reference", "From"))
    wanted.add("opening line", " · ".join(filter(None, ("TELEGRAM", sender, reference))))
    subject = _of(expected.facts, "Subject") or reference or "Telegram"
    wanted.add("title", _of(expected.facts, "Subject marking"), subject)
    last = None
    for number, fact in enumerate(expected.facts, start=1):
        wanted.add(f"heading {number}", "" if fact.name == last else fact.name, fact.value)
        last = fact.name
    for number, entry in enumerate(expected.entries, start=1):
        start = len(wanted.words) + len(entry.label.split())
        wanted.add(f"text {number}", entry.label, entry.mark, *entry.words)
        if entry.mark:
            length = len(entry.mark.split()) + bool(entry.words)
            wanted.marks.append((start, start + length - 1))
    if any(line.strip() for line in expected.transmission):
        wanted.add("transmission", "Transmission")
    for number, line in enumerate(expected.transmission, start=1):
        wanted.add(f"transmission {number}", line)
    wanted.words = _decoded(wanted.words)
    return wanted


def _of(facts: Iterable[Fact], name: str) -> str:
    return next((fact.value for fact in facts if fact.name == name), "")


# --- one against the other ------------------------------------------------------------------------


def _settled(seen: _Seen, wanted: _Wanted) -> _Seen:
    """``seen`` with each hyphen at a line's end inside a word or behind one, as in the cable."""
    if not any(word.endswith(_LINE_END) for word in seen.words):
        return seen
    words: list[str] = []
    first: set[int] = set()
    goes_on = False
    for number, word in enumerate(seen.words):
        ended = word.endswith(_LINE_END)
        plain = word.removesuffix(_LINE_END)
        if goes_on:
            words[-1] += plain
        else:
            if number in seen.first:
                first.add(len(words))
            words.append(plain)
        place = len(words) - 1
        goes_on = ended and place < len(wanted.words) and wanted.words[place] != words[-1]
    return _Seen(seen.pages, words, first)


def _banners(seen: _Seen, expected: Transcript) -> Iterator[Difference]:
    banner = _folded(expected.banner or "")
    for number, page in enumerate(seen.pages, start=1):
        for place, found in (("top", page.top), ("bottom", page.bottom)):
            if found != banner:
                where = f"page {number}, banner at the {place}"
                yield Difference(where, banner or "nothing", found or "nothing", Code.BANNER_LOST)


def _feet(seen: _Seen, expected: Transcript) -> Iterator[Difference]:
    reference = _of(expected.facts, "Message reference")
    for number, page in enumerate(seen.pages, start=1):
        foot = _folded(f"{reference} Page {number} of {len(seen.pages)}")
        if page.foot != foot:
            yield Difference(f"page {number}, foot", foot, page.foot or "nothing")


def _body(seen: _Seen, wanted: _Wanted) -> Iterator[Difference]:
    """The first word that differs, else the first stretch that does not begin a line."""
    if seen.words != wanted.words:
        place = _parting(wanted.words, seen.words)
        in_mark = any(start <= place <= last for start, last in wanted.marks)
        yield Difference(
            _name(wanted, place),
            _excerpt(wanted.words, place),
            _excerpt(seen.words, place),
            Code.MARK_LOST if in_mark else Code.LOST,
        )
        return
    for start, last in wanted.marks:
        *mark, word = wanted.words[start : last + 1]
        is_short = len(" ".join((*mark, word))) <= _SURE_TO_FIT
        if is_short and not seen.first.isdisjoint(range(start + 1, last + 1)):
            yield Difference(_name(wanted, start), word, " ".join(mark), Code.MARK_PARTED)
            return
    for start in wanted.starts:
        if start not in seen.first:
            found = "in the middle of a line: " + _excerpt(seen.words, start)
            yield Difference(_name(wanted, start), "at the start of a line", found)
            return


def _parting(ours: list[str], theirs: list[str]) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    same = (place for place, (our, their) in pairs if our != their)
    return next(same, min(len(ours), len(theirs)))


def _name(wanted: _Wanted, place: int) -> str:
    if place >= len(wanted.words):
        return "end"
    return wanted.names[bisect_right(wanted.starts, place) - 1]


def _excerpt(words: list[str], place: int) -> str:
    around = words[max(0, place - _AROUND) : place + _AROUND + 1]
    return " ".join(word if len(word) <= 60 else f"{word[:60]}…" for word in around) or "nothing"


def _folded(text: str) -> str:
    return " ".join(_decoded(_HYPHEN.sub("-", text).split()))


def _decoded(words: list[str]) -> list[str]:
    """Both sides alike: a code point in brackets is its character, a ligature its letters."""
    return [word if word.isascii() and "[U+" not in word else _plain(word) for word in words]


def _plain(word: str) -> str:
    return _CODED.sub(_character, word).translate(_LIGATURES)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code <= 0x10FFFF else match[0]
