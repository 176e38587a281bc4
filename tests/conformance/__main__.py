"""Generated cables judged by others: ``python -m tests.conformance --count 1000 --seed 0``.

Each file is verified as it is made, and veraPDF judges it as the flavours that it names. Of some
the words of the structure, as poppler reads them, must be the cable's. Prints figures and failures.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from convert.job import LostError, render
from convert.model.cable import Cable, Table
from convert.options import Options
from tests.conformance.cables import KINDS, generated
from tests.conformance.verapdf import judge, missing
from tests.pdf.heard import heard, words_of

_AT_ONCE = 100  # files for one run of Java
_HEARD = 3  # pages: poppler reads a page anew for each piece of text on it
_EACH = 4  # of so many cables one is heard
_OF_ARCHIVE = 3  # the first of KINDS: one of them for every cable, each other for a tenth of all

Asked = tuple[int, Cable, Options, tuple[str, ...]]


def main(count: int, seed: int, kept: Path | None) -> int:
    """The number of files that failed; those are kept where a folder is given."""
    figures: Counter[str] = Counter()
    start, batch = time.monotonic(), list[Asked]()
    failed = 0
    for one in _asked(count, seed):
        batch.append(one)
        if len(batch) == _AT_ONCE:
            failed += _judged(batch, figures, kept)
            batch = []
            print(f"{one[0] + 1} cables in {time.monotonic() - start:.0f} s, {failed} failed")
    failed += _judged(batch, figures, kept) if batch else 0
    print(", ".join(f"{name}: {number}" for name, number in sorted(figures.items())))
    return failed


def _asked(count: int, seed: int) -> Iterator[Asked]:
    owed = 0.0
    for number, cable in enumerate(generated(count, seed)):
        yield number, cable, *KINDS[number % _OF_ARCHIVE]
        owed += 0.1
        # What is no table of the reader's making is none in the attached TEI either.
        if owed > 0.99 and not any(isinstance(part, Table) for part in cable.parts):
            for options, flavours in KINDS[_OF_ARCHIVE:]:
                yield number, cable, options, flavours
            owed -= 1.0


def _judged(batch: list[Asked], figures: Counter[str], kept: Path | None) -> int:
    wrong: dict[Path, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        for number, cable, options, flavours in batch:
            file = Path(folder) / f"{number:04d}-{flavours[0]}.pdf"
            try:
                file.write_bytes(render(cable, "pdf", options).data)
            except LostError as error:
                wrong[file] = str(error)
                continue
            document = pypdfium2.PdfDocument(file)
            figures["pages"] += (pages := len(document))
            figures["files of 50 pages and more"] += pages >= 50
            figures["pages of the longest"] = max(pages, figures["pages of the longest"])
            document.close()
            if pages <= _HEARD and number % _EACH == 0:
                same = heard(file) == words_of(cable, options.style)
                figures["files heard"] += 1
                figures["files heard with the words of the cable"] += same
                if not same:
                    wrong[file] = "the words of the structure differ"
            pairs += [(flavour, file) for flavour in flavours]
        for verdict in judge(pairs):
            figures[verdict.flavour] += not verdict.failed
            if verdict.failed:
                wrong[verdict.file] = f"{verdict.flavour}: {verdict.failed}"
        for file, why in wrong.items():
            print(f"{file.name}: {why}")
            if kept and file.exists():
                kept.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, kept)
    return len(wrong)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="copy files that fail there")
    given = parser.parse_args()
    if what := missing():
        sys.exit(f"not here: {what}")
    sys.exit(min(main(given.count, given.seed, given.keep), 1))
