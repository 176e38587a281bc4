"""Our PDF beside typst's: ``pip install typst``, then ``python tests/benchmarks/typst_beside.py``.

The same text in the same faces on the same page design, both as PDF/A-2a and PDF/UA-1. Each run is
a process of its own, so that neither profits from what it remembers; warm figures are of distinct
texts in one process. Prints ratios; asserts nothing.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
_TEXT = (
    "harbor authority asked again whether the charts of the strait could be read before the winter "
    "and the council of the river towns agreed that a gauge at each bridge would serve them both"
)

_PAGE = """
#set document(title: "A Fictional Cable")
#let bar = box(width: 612pt, height: 18pt, fill: rgb("#C8102E"), align(center + horizon,
  text(font: "IBM Plex Sans", weight: "bold", size: 10.5pt, fill: white, tracking: 0.6pt)[SECRET]))
#set page(width: 612pt, height: 792pt,
  margin: (left: 72pt, right: 72pt, top: 76pt, bottom: 82pt),
  header: place(top + left, dx: -72pt, dy: -48pt, bar),
  footer: context { text(font: "IBM Plex Sans", size: 8pt, fill: rgb("#5C5C5C"))[
    07KESTRELCAPE412 #h(1fr) Page #counter(page).display() of #counter(page).final().first()]
    place(bottom + left, dx: -72pt, dy: 28pt, bar) })
#set text(font: "IBM Plex Serif", size: 10.4pt, lang: "en", hyphenate: false)
#set par(justify: false, leading: 7pt, spacing: 12pt)
#show heading: set text(font: "IBM Plex Serif", size: 16pt)
"""


def paragraphs(count: int, seed: int) -> list[str]:
    """So many paragraphs of words by chance, no two texts alike."""
    dice = random.Random(seed)
    return [" ".join(dice.choices(_TEXT.split(), k=dice.randint(20, 110))) for _ in range(count)]


Timed = tuple[bytes, float]


def ours(count: int, seed: int) -> Timed:
    """By cable-convert, from the cable that was read; and the seconds that it took."""
    from convert.diagnostics import Report
    from convert.options import Options
    from convert.reader.read import read
    from convert.writer.pdf import PdfWriter

    body = "\n\n".join(f"{n}. (S//NF) {text}" for n, text in enumerate(paragraphs(count, seed), 1))
    head = "SECRET KESTREL CAPE 000412\n\nSUBJECT: A FICTIONAL CABLE\n\n"
    cable = read(f"{head}{body}\n".encode()).cable
    start = time.perf_counter()
    data = PdfWriter().write(cable, Options(), Report())
    return data, time.perf_counter() - start


def theirs(count: int, seed: int) -> Timed:
    """By typst, from its own notation; and the seconds that it took."""
    typst: Any = import_module("typst")

    body = "\n".join(
        f'+ #text(font: "IBM Plex Sans", weight: "bold", size: 9.36pt)[(S\\/\\/NF)] {text}'
        for text in paragraphs(count, seed)
    )
    source = f"{_PAGE}\n= A Fictional Cable\n{body}\n"
    start = time.perf_counter()
    data = typst.compile(
        source.encode(),
        font_paths=[str(ROOT / "templates" / "house" / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],
    )
    took = time.perf_counter() - start
    assert isinstance(data, bytes)
    return data, took


def once(who: str, count: int) -> None:
    """One document in this process; prints what it cost."""
    made = {"ours": ours, "theirs": theirs}[who]
    before = resource.getrusage(resource.RUSAGE_SELF)
    data, took = made(count, 1)
    after = resource.getrusage(resource.RUSAGE_SELF)
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    found = {
        "pages": len(document),
        "seconds": took,
        "cpu": after.ru_utime - before.ru_utime,
        "megabytes": after.ru_maxrss / 1024,
        "kilobytes": len(data) / 1024,
    }
    print(json.dumps(found))


def warm(who: str, count: int) -> None:
    """The least time for one of many distinct texts in one process."""
    made = {"ours": ours, "theirs": theirs}[who]
    times = []
    for seed in range(30):
        times.append(made(count, seed)[1])
    print(json.dumps({"best": min(times) * 1000, "median": sorted(times)[15] * 1000}))


def _run(*arguments: object) -> dict[str, float]:
    command = [sys.executable, __file__, *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, float] = json.loads(run.stdout)
    return found


def main() -> None:
    """Both, at two pages and at a thousand."""
    one, other = _run("warm", "ours", 14), _run("warm", "theirs", 14)
    print(f"two pages, warm: ours {one['best']:.1f} ms (median {one['median']:.1f}), ", end="")
    print(f"typst {other['best']:.1f} ms (median {other['median']:.1f}): ", end="")
    print(f"{one['best'] / other['best']:.2f} x")
    for count in (900, 9000):
        best = [
            min((_run("once", who, count) for _ in range(3)), key=lambda run: run["seconds"])
            for who in ("ours", "theirs")
        ]
        for who, run in zip(("ours", "typst"), best, strict=True):
            print(
                f"{who:6}{run['pages']:5.0f} pages: {run['seconds']:.2f} s ({run['cpu']:.2f} s of "
                f"user time), peak {run['megabytes']:.0f} MB, {run['kilobytes']:.0f} kB"
            )
        ratio = best[0]["seconds"] / best[1]["seconds"]
        print(f"ours: {ratio:.2f} x the time, ", end="")
        print(f"{best[0]['megabytes'] / best[1]['megabytes']:.2f} x the memory of typst")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        {"once": once, "warm": warm}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
    else:
        main()
