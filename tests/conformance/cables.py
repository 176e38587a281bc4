"""Cables made by chance, of one page to two hundred, with whatever a file may hold."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from convert.errors import UnreadableError
from convert.model.cable import Cable, Table
from convert.options import Options
from convert.reader.read import read
from tests import records
from tests.conftest import CORPUS, SAMPLES
from tests.mutations import mutated
from tests.pdf.helpers import long_cable, with_table

KINDS = (
    (Options(), ("2a", "ua1")),
    (Options(style="facsimile", page="a4"), ("2a", "ua1")),
    (Options(style="declassified"), ("2a", "ua1")),
    (Options(attach="tei"), ("3a", "ua1")),
    (Options(pdf2=True), ("4f", "ua2")),
)
"""Options, and the flavours that their files are."""

_LONGEST = 400_000  # bytes that a file may grow by: about 150 pages
_LETTERS = (
    *"éüßŁЖя“”–…•€§¶©½²→≤≠√∞┌┐└┘│─█", "\u00a0", "\u2028", "\u00ad", "\u200b", "\u202e", "\ufeff",
    "\x00", "\x07", "\x1f", "\x7f", "\x85", "\ufffe", "中", "한", "ا", "ש", "😀", "𝔄", "ﬁ",
    "e\u0301", "\\", "(", ")", "<", ">", "&", "%", "/", "[", "]", "{", "}",
)  # fmt: skip


def generated(count: int, first: int = 0) -> Iterator[Cable]:
    """So many cables; the same numbers give the same cables."""
    files = [path.read_bytes() for path in (*SAMPLES, *CORPUS)]
    made, seed = 0, first
    while made < count:
        dice = random.Random(seed)
        seed += 1
        match dice.choices(("long", "table", "record", "file"), (3, 5, 32, 60))[0]:
            case "long":
                yield long_cable(dice.randint(20, 1600))
            case "table":
                yield with_table(_rows(dice), header=dice.randint(0, 2))
            case kind:
                sources = [records.make(seed).text.encode()] if kind == "record" else files
                try:
                    yield read(_spoilt(mutated(seed, sources), dice)).cable
                except UnreadableError:
                    continue
        made += 1


def _spoilt(data: bytes, dice: random.Random) -> bytes:
    """The file with letters from anywhere; some are made long by their own paragraphs."""
    for _ in range(dice.randint(0, 12)):
        at = dice.randrange(len(data) + 1)
        letters = "".join(dice.choices(_LETTERS, k=dice.randint(1, 6)))
        data = data[:at] + letters.encode("utf-8", "surrogatepass") + data[at:]
    if dice.random() < 0.05:
        at, end = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        data = (
            data[:end] + data[at:end] * dice.randint(1, _LONGEST // (end - at + 1) + 1) + data[end:]
        )
    return data


def kinds(cable: Cable) -> Sequence[tuple[Options, tuple[str, str]]]:
    """What files a cable is asked for: made-up tables are none that TEI reads back as rows."""
    has_table = any(isinstance(part, Table) for part in cable.parts)
    return KINDS[:3] if has_table else KINDS


def _rows(dice: random.Random) -> list[list[str]]:
    columns = dice.randint(1, 12)
    words = ["Orrin", "7", "1,250", "", "a long entry of several words", "x" * 40, "é (b)"]
    return [
        [dice.choice(words) or "none" for _ in range(columns)] for _ in range(dice.randint(1, 120))
    ]
