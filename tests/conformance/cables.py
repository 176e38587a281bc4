"""Cables made by chance, of one page to two hundred, with whatever a file may hold.

``python -m tests.conformance.cables 1000 FOLDER`` writes so many PDF files for veraPDF.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from convert.errors import UnreadableError
from convert.job import LostError, render
from convert.model.cable import Cable, Table
from convert.options import Options
from convert.reader.read import read
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

_LETTERS = (
    *"éüßŁЖя“”–…•€§¶©½²→≤≠√∞┌┐└┘│─█", "\u00a0", "\u2028", "\u00ad", "\u200b", "\u202e", "\ufeff",
    "\x00", "\x07", "\x1f", "\x7f", "\x85", "\ufffe", "中", "한", "ا", "ש", "😀", "𝔄", "ﬁ",
    "e\u0301", "\\", "(", ")", "<", ">", "&", "%", "/", "[", "]", "{", "}",
)  # fmt: skip


def generated(count: int, first: int = 0) -> Iterator[Cable]:
    """So many cables; the same numbers give the same cables."""
    files = [path.read_bytes() for path in (*SAMPLES, *CORPUS)]
    made = 0
    seed = first
    while made < count:
        dice = random.Random(seed)
        seed += 1
        if dice.random() < 0.03:
            yield long_cable(dice.randint(20, 1600))
        elif dice.random() < 0.05:
            yield with_table(_rows(dice), header=dice.randint(0, 2))
        else:
            data = mutated(seed, files)
            for _ in range(dice.randint(0, 12)):
                at = dice.randrange(len(data) + 1)
                letters = "".join(dice.choices(_LETTERS, k=dice.randint(1, 6)))
                data = data[:at] + letters.encode("utf-8", "surrogatepass") + data[at:]
            try:
                yield read(data).cable
            except UnreadableError:
                continue
        made += 1


def kinds(cable: Cable) -> Sequence[tuple[Options, tuple[str, str]]]:
    """What files a cable is asked for: made-up tables are none that TEI reads back as rows."""
    has_table = any(isinstance(part, Table) for part in cable.parts)
    return KINDS[:3] if has_table else KINDS


def _rows(dice: random.Random) -> list[list[str]]:
    columns = dice.randint(1, 12)
    words = ["Orrin", "7", "1,250", "", "a long entry of several words", "x" * 40, "é (b)"]
    return [
        [dice.choice(words) or "-" for _ in range(columns)] for _ in range(dice.randint(1, 120))
    ]


def main(count: int, folder: Path) -> None:
    """Write files, each verified, and beside them the list that says what each is."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for number, cable in enumerate(generated(count)):
        possible = kinds(cable)
        options, flavours = possible[number % len(possible)]
        file = folder / f"{number:04d}.pdf"
        try:
            file.write_bytes(render(cable, "pdf", options).data)
        except LostError as error:
            print(f"{file}: {error}")
            continue
        listed += [f"{flavour}\t{file}\n" for flavour in flavours]
    (folder / "asked.tsv").write_text("".join(listed))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
