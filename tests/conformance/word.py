"""Word files of cables made by chance: what the validators find, and what comes back.

``python -m tests.conformance.word 2000`` writes so many, each verified, has openxml-audit and
ooxml-integrity look at them, and reads each back. ``--first`` is the first seed, ``--keep`` a
folder in which files with findings stay.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from convert.job import LostError
from convert.model.cable import Cable
from convert.model.data import replace
from convert.reader.forms.registry import MARKUP
from convert.reader.read import read
from tests.conformance.cables import generated
from tests.docx_parts import made, retold

_BATCH = 100


def main() -> int:
    """Write, audit and read back; the number of files of which something is to be told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--keep", type=Path, help="a folder for files with findings")
    asked = parser.parse_args()
    cables = enumerate(islice(generated(asked.count, asked.first), asked.count))
    found: Counter[str] = Counter()
    while batch := list(islice(cables, _BATCH)):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            told = [*_written(batch, folder), *audited(sorted(folder.iterdir()))]
            for file, kind, what in told:
                found[kind] += 1
                print(f"{file.name}: {kind}: {what}", flush=True)
                if asked.keep and file.exists():
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    shutil.copy(file, asked.keep)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.items()))
    print(f"{asked.count} cables from seed {asked.first} on: {kinds or 'no finding'}")
    return sum(found.values())


def _written(batch: Sequence[tuple[int, Cable]], folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Each cable's file, and where one does not say or give back what its cable says."""
    for number, cable in batch:
        file = folder / f"{number:05d}.docx"
        try:
            data = made(cable)
        except LostError as error:
            yield file, "lost", str(error)
            continue
        file.write_bytes(data)
        back = read(data)
        ours, theirs = retold(back.cable), retold(cable)
        if cable.forms[0].form in MARKUP:  # its heading is said by markup, and by no line
            ours, theirs = (replace(one, facts=(), ism="") for one in (ours, theirs))
        codes = {f.code.id for f in back.findings if f.code.id.startswith(("DOCX", "R100"))}
        if ours != theirs:
            kind = "otherwise read back" if codes else "otherwise read back and not told"
            yield file, kind, " ".join(sorted(codes))


def audited(files: Sequence[Path]) -> Iterator[tuple[Path, str, str]]:
    """Every finding of the two validators."""
    beside = Path(sys.executable).parent
    if not files:
        return
    command = [str(beside / "openxml-audit"), "-r", "-o", "json", "-m", "0", str(files[0].parent)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    verdicts = json.loads(run.stdout)
    assert len(verdicts) == len(files), run.stderr
    for each in verdicts:
        for one in each["errors"]:
            yield Path(each["file"]), "openxml-audit", json.dumps(one)
    command = [str(beside / "ooxml-integrity"), "check", "--json", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    checked = json.loads(run.stdout)["files"]
    assert len(checked) == len(files), run.stderr
    for each in checked:
        for one in each["findings"]:
            yield Path(each["path"]), "ooxml-integrity", json.dumps(one)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
