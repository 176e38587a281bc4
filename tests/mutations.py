"""Cables cut, spliced and shuffled, the same from the same seed; and what must hold of each.

``python tests/mutations.py --minutes 60`` goes on with new seeds, and names those that fail;
``--count 2000`` proves the TEI of so many cables instead (``tei_proof``).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from convert.errors import UnreadableError
from convert.job import render
from convert.model.json import from_json, to_json
from convert.options import Options
from convert.reader.read import read

FORMATS = ("tei", "docx", "pdf")
_PIECES = (
    b"\n", b"\n\n", b" ", b"(", b")", b"\f", b"\\", b"[1](#)", b"[a](#)b", b"\xc2\xb6", b"\x92",
    b"\x1f", b"\xe2\x80\xae", b"SECRET\n", b"BT\n", b"--", b"   ", b"\t", b"&<>", b"]]>", b"-\n",
    b"\xe4\xb8\xad\xe6\x96\x87", b"\xf0\x9f\x98\x80", b"\xc2\xad", b"\xef\xac\x81",
    b"//", b"PAGE 02 LA PAZ 00012 101010Z\n", b"Message Attributes\n", b"MRN: 94 X 1\n", b"<p>",
    b"\nRMKS/1. ", b"\nREF/A/DOC/X//\n", b"&#x000A;", b"  A.  ", b"\n----------\n", b"A   1   2\n",
)  # fmt: skip
_SLOW = 4.5  # twice the text may take this many times as long, measured once


def mutated(seed: int, files: Sequence[bytes]) -> bytes:
    """One of the files, changed in up to eight places."""
    dice = random.Random(seed)
    data = dice.choice(files)
    for _ in range(dice.randint(1, 8)):
        data = _changed(data, dice, files)
    return data


def _changed(data: bytes, dice: random.Random, files: Sequence[bytes]) -> bytes:
    place = dice.randrange(len(data) + 1)
    match dice.randrange(4):
        case 0:
            return data[:place] + data[place + dice.randint(1, 200) :]
        case 1:
            return data[:place] + dice.choice(_PIECES) + data[place:]
        case 2:
            lines = data.split(b"\n")
            one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
            return b"\n".join(lines)
        case _:
            donor = dice.choice(files)
            start = dice.randrange(len(donor))
            return data[:place] + donor[start : start + dice.randint(1, 400)] + data[place:]


def hold(data: bytes, formats: Sequence[str] = FORMATS) -> None:
    """No crash, nothing unaccounted for, JSON out and back, every output says what the cable says.

    ``render`` verifies: it raises where an output does not.
    """
    try:
        reading = read(data)
    except UnreadableError:
        return
    lost = [finding.message() for finding in reading.findings if finding.code.id == "R100"]
    assert not lost, lost[0]
    assert from_json(to_json(reading.cable)) == reading.cable
    for format in formats:
        assert render(reading.cable, format, Options()).data


def grows(data: bytes, dice: random.Random) -> float:
    """How much longer it takes to read twice as much of some lines of the file."""
    lines = data.split(b"\n")
    start = dice.randrange(len(lines))
    piece = b"\n".join(lines[start : start + dice.randint(1, 6)]) + b"\n"
    if len(piece.strip()) < 2:
        return 1.0
    times = []
    for size in (60_000, 120_000):
        text = b"S E C R E T KESTREL CAPE 000176\n\nSUBJECT: X\n\n" + piece * (size // len(piece))
        found = []
        for _ in range(2):
            begin = time.perf_counter()
            read(text)
            found.append(time.perf_counter() - begin)
        times.append(min(found))
    return times[1] / max(times[0], 1e-4)


def main() -> int:
    """Go on for some minutes; the number of seeds that failed."""
    from tests.conftest import CORPUS, SAMPLES

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1000, help="the first")
    parser.add_argument("--count", type=int, help="the TEI of so many cables, by every schema")
    asked = parser.parse_args()
    if asked.count:
        from tests.tei_proof import main as proved

        return proved(asked.count, asked.seed)
    files = [path.read_bytes() for path in (*SAMPLES, *CORPUS)]
    end = time.monotonic() + asked.minutes * 60
    seed, failed = asked.seed, 0
    while time.monotonic() < end:
        data = mutated(seed, files)
        try:
            hold(data, FORMATS if seed % 4 == 0 else ())
            if seed % 50 == 0 and (ratio := grows(data, random.Random(seed))) > _SLOW:
                print(f"seed {seed}: twice the text took {ratio:.1f} times as long")
        except UnreadableError:
            pass
        except Exception:
            failed += 1
            print(f"seed {seed}: {traceback.format_exc().strip().splitlines()[-1]}", flush=True)
        seed += 1
    print(f"seeds {asked.seed} to {seed - 1}: {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(min(main(), 1))
