"""A marking as tokens: words, separators, and whether a blank stood before each.

The one scanner of the notation. It goes over a text once; the parsers go over the tokens once, and
step back only over what they have just read, so a hostile megabyte costs linear time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from convert.model import regex as re

# One alternative for each first character: no text can be cut in two ways.
_TOKEN = re.compile(r"//|[/\-?,()]|[^ \t\u00a0\r\n/\-?,()]+")
LONGEST = 4000  # characters; a marking that names every country of the CVE has 1,600
_CAPITALS = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}


def upper(text: str) -> str:
    """ASCII letters as capitals, all else as it is: the long s is no S, and offsets stay."""
    return text.upper() if text.isascii() else text.translate(_CAPITALS)


class Tokens:
    """The tokens of a text and a place among them."""

    def __init__(self, text: str, start: int = 0) -> None:
        found = [(m[0], m.start()) for m in _TOKEN.finditer(upper(text), start)]
        self._words = [word for word, _ in found]
        self._starts = [start for _, start in found]
        self.place = 0

    @property
    def done(self) -> bool:
        """Whether all was read."""
        return self.place >= len(self._words)

    @property
    def read_to(self) -> int:
        """The character behind the last token that was read."""
        return self._end(self.place - 1) if self.place else 0

    def _end(self, place: int) -> int:
        return self._starts[place] + len(self._words[place])

    def peek(self, ahead: int = 0) -> str:
        """The token here, or further on; empty behind the end."""
        place = self.place + ahead
        return self._words[place] if place < len(self._words) else ""

    def is_apart(self) -> bool:
        """Whether a blank stands before the token here or behind it."""
        here, starts = self.place, self._starts
        before = 0 < here < len(starts) and self._end(here - 1) < starts[here]
        return before or (here + 1 < len(starts) and self._end(here) < starts[here + 1])

    def take(self, *words: str) -> bool:
        """Step over these words if they stand here."""
        if any(self.peek(ahead) != word for ahead, word in enumerate(words)):
            return False
        self.place += len(words)
        return True

    def take_any(self, table: Phrases) -> str | None:
        """Step over the longest phrase of a table that stands here; its meaning."""
        found: str | None = None
        length = 0
        for rest, meaning in table.beginning(self.peek()).items():
            if len(rest) >= length and all(
                self.peek(ahead) == word for ahead, word in enumerate(rest, 1)
            ):
                found, length = meaning, len(rest) + 1
        self.place += length
        return found


class Phrases:
    """A vocabulary whose entries may be of several words; taken apart when it is first used."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table

    def beginning(self, word: str) -> Mapping[tuple[str, ...], str]:
        """The further words of each phrase that begins with a word, and what it means."""
        return self._by_first_word.get(word, {})

    @cached_property
    def _by_first_word(self) -> dict[str, dict[tuple[str, ...], str]]:
        found: dict[str, dict[tuple[str, ...], str]] = {}
        for phrase, meaning in self._table.items():
            words = phrase.split() if phrase.replace(" ", "").isalnum() else _TOKEN.findall(phrase)
            first, *rest = map(upper, words)
            found.setdefault(first, {})[tuple(rest)] = meaning
        return found


def is_near(one: str, other: str, most: int) -> bool:
    """Whether at most so many letters differ, two exchanged counting as one."""
    if abs(len(one) - len(other)) > most:
        return False
    above2: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, above2[j - 2] + 1)
            row.append(cost)
        if min(*row, *above) > most:
            return False
        above2, above = above, row
    return above[-1] <= most
