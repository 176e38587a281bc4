"""Re-reads a text: it has each character of the cable, and what the cable says in its order.

The text has more than that, what was left out of the cable: so each line of the transmission and
each block of the message is looked for behind the one before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from convert.model.text import printable
from convert.model.transcript import Entry, Transcript
from convert.verify.compare import Difference


def check(data: bytes, expected: Transcript) -> list[Difference]:
    """Where the text does not say what the cable says; empty if it does."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        return [Difference("file", "text in UTF-8", str(error))]
    written = "".join(printable(text).split())
    entries = [(f"text {n}", _words(one)) for n, one in enumerate(expected.entries, 1)]
    lines = [(f"transmission {n}", line) for n, line in enumerate(expected.transmission, 1)]
    said = Counter("".join(words for _, words in (*entries, *lines)))
    lacking = said - Counter(written)
    lacking.pop(" ", None)
    lost = [Difference("characters", repr(one), "fewer of them") for one in sorted(lacking)]
    return [*lost[:1], *_missing(written, entries), *_missing(written, lines)]


def _words(entry: Entry) -> str:
    return " ".join((entry.label, entry.mark, entry.words))


def _missing(written: str, sought: Iterable[tuple[str, str]]) -> list[Difference]:
    """The first that does not stand behind the one before, its characters in order."""
    place = 0
    for where, words in sought:
        wanted = "".join(words.split())
        is_whole = written.startswith(wanted, place)
        end = place + len(wanted) if is_whole else _spread(written, wanted, place)
        if end < 0:
            return [Difference(where, words[:90], written[place : place + 90])]
        place = end
    return []


def _spread(written: str, wanted: str, place: int) -> int:
    """Where the last of its characters stands, other characters between them; -1 if one lacks."""
    for character in wanted:
        place = written.find(character, place) + 1
        if place == 0:
            return -1
    return place
