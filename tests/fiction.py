"""What the makers of fictional messages share: words, lines as senders set them, and the count.

A maker writes a text from a seed and says what is in it, answer by answer, each under its name
(``"subject"``); beside it stands what the reader makes of the text, under the same names.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from convert.model import cable as model
from convert.model.transcript import text_parts, transcript
from convert.model.walk import every
from convert.reader.read import Reading, read

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
NAMES = ("Roe", "Ashdown", "Marlowe", "Pell", "O'Hare", "Lloyd-Orme", "Dreyer", "Halloran")
POSTS = ("KESTREL CAPE", "PORT ORRIN", "VELLMAR", "SAINT ILDE", "ORLEMONT")

_PHRASES = (
    "the harbor master", "of Port Orrin", "said that", "his lamps and buoys", "were counted",
    "by a survey party", "from the ministry", "which had no orders", "to do so", "but asked for",
    "tea, rope and tar", "a secret ballot", "the confidential treaty", "on 1 October", "at 0900",
    "ferry-boats", "(the lamp)", "in line with", "note that", "info copies", "page 12",
    "to be read",
    "in fiscal year 2009", "$412.5 million", "(901) 555-0142", "e.g. salt", "U.S. pilots", "and",
    "the subject of", "until released", "for action", "from the board", "the council's log",
)  # fmt: skip


@dataclass
class Made:
    """A text and what is in it."""

    text: bytes = b""
    answers: dict[str, object] = field(default_factory=dict)
    style: list[str] = field(default_factory=list)  # what was thrown, for people


class Pen:
    """Writes words, and sets them in lines."""

    def __init__(
        self, dice: random.Random, *, upper: bool, width: int, phrases: tuple[str, ...] = ()
    ):
        self.dice, self.upper, self.width = dice, upper, width
        self.phrases = (*_PHRASES, *phrases)
        self.is_wide = dice.random() < 0.5  # two blanks behind a full stop
        self.is_reset = dice.random() < 0.08  # mail software cut the lines again, and shorter
        self.is_cut = False  # and left a class word alone on its line

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def cased(self, text: str) -> str:
        return text.upper() if self.upper else text

    def title(self, count: int) -> str:
        """Words that begin and end as no line of another kind does."""
        inner = " ".join(self.dice.choice(_PHRASES) for _ in range(count))
        return self.cased(f"{self.dice.choice(('Lamps', 'Harbor', 'Survey'))} {inner} ferries")

    def sentences(self, count: int, end: str = ".") -> list[str]:
        """The words of so many sentences."""
        found: list[str] = []
        for number in range(count):
            inner = " ".join(self.dice.choice(self.phrases) for _ in range(self.dice.randint(1, 7)))
            last = end if number == count - 1 else "."
            found += f"{self.dice.choice(('The', 'Each', 'Our'))} lamp {inner} pilots{last}".split()
        return [self.cased(word) for word in found]

    def set(self, words: Iterable[str], first: str = "", rest: str = "") -> list[str]:
        """The words in lines: ``first`` begins the first, ``rest`` each other."""
        lines, line, is_new = [], first, True
        for word in words:
            is_over = self.is_wide and line.lower().endswith(("pilots.", "ferries."))
            gap = "" if is_new else "  " if is_over else " "
            is_class = word in ("SECRET", "CONFIDENTIAL") and len(line) > 45
            is_alone = not is_new and line in (f"{rest}SECRET", f"{rest}CONFIDENTIAL")
            is_full = len(line) + len(gap) + len(word) > self.width
            if not is_new and (is_full or (self.is_cut and (is_class or is_alone))):
                lines.append(line)
                line, gap = rest, ""
            line, is_new = f"{line}{gap}{word}", False
        return list(self._cut([*lines, line]))

    def _cut(self, lines: list[str]) -> Iterator[str]:
        for line in lines:
            place = line.rfind(" ", 20, self.width - 6)
            if self.is_reset and len(line) > self.width - 6 and place > 0:
                yield line[:place]
                yield line[: len(line) - len(line.lstrip())] + line[place + 1 :]
            else:
                yield line


Entry = tuple[str, str, str, tuple[str, ...]]  # kind, label, mark, words


def told_entries(reading: Reading, kinds: Mapping[str, str]) -> list[Entry]:
    """The text as it was read; neighbours of a kind that ``kinds`` renames alike are one."""
    found: list[Entry] = []
    for one in transcript(reading.cable).entries:
        kind, words = kinds.get(one.kind, one.kind), tuple(one.words.split())
        if kind != one.kind and found and found[-1][0] == kind:
            found[-1] = (kind, "", "", (*found[-1][3], *words))
        else:
            found.append((kind, one.label, one.mark, words))
    return found


def told_levels(reading: Reading) -> list[int]:
    return [p.level for p in text_parts(reading.cable) if isinstance(p, model.Paragraph)]


def told_references(reading: Reading) -> list[tuple[str | None, str, str | None]]:
    listed = every(reading.cable, model.References)
    return [(one.label, one.typed, one.note) for part in listed for one in part.references]


def told_losses(reading: Reading) -> list[str]:
    """Lines that nobody read, and what the account found missing: none."""
    lost = [code for code in ("R100", "R130") if code in {f.code.id for f in reading.findings}]
    unread = every(reading.cable, model.Unread)
    return lost + [p.text for part in unread for p in part.lines if isinstance(p, model.Typed)]


Told = Callable[[Reading], dict[str, object]]


def wrong(made: Made, told: Told) -> dict[str, tuple[object, object]]:
    """The answers that the reader has not: what is in the text, what was read."""
    answers = told(read(made.text))
    return {
        name: (known, answers[name])
        for name, known in made.answers.items()
        if answers[name] != known
    }


def main(make: Callable[[int], Made], told: Told) -> None:
    """Count what fails in many texts, answer by answer; ``--show N`` prints one text."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--name", help="tell each failure of this answer")
    parser.add_argument("--show", type=int, help="print the text of a seed, and what fails in it")
    asked = parser.parse_args()
    if asked.show is not None:
        made = make(asked.show)
        print(made.text.decode("cp1252", "replace"), made.style)
        for name, (known, found) in wrong(made, told).items():
            print(f"{name}\n  known {_differing(known, found)}\n  read  {_differing(found, known)}")
        return
    failed: Counter[str] = Counter()
    seeds: dict[str, list[int]] = {}
    for seed in range(asked.seed, asked.seed + asked.count):
        made = make(seed)
        found = wrong(made, told)
        failed["all"] += bool(found)
        for name, (known, said) in found.items():
            failed[name] += 1
            seeds.setdefault(name, []).append(seed)
            if name == asked.name:
                print(
                    seed, made.style, _differing(known, said), _differing(said, known), sep="\n  "
                )
    for name, count in failed.most_common():
        print(f"{name:14}{count:6} of {asked.count}  {seeds.get(name, [])[:12]}")


def _differing(one: object, other: object) -> object:
    """Of two lists, what is in the first alone."""
    if isinstance(one, list) and isinstance(other, list):
        return [item for item in one if item not in other] or one
    return one
