"""The budgets, measured: ``python tests/benchmarks/run.py``. Prints ratios; asserts nothing.

Whole processes are set beside a bare Python start and, where it is installed, pandoc, by the
processor's time; steps inside one warm process beside zlib on the same machine in the same minute.
Minima of several runs.
"""

from __future__ import annotations

import compileall
import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pypdfium2

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from convert.diagnostics import Report
from convert.model.transcript import transcript
from convert.notation import portion
from convert.options import Options
from convert.reader.read import read
from convert.verify.registry import load as checker
from convert.writer.registry import load as writer
from tests import records

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples" / "secret-rel.txt"
FORMATS = ("tei", "docx", "pdf")


def best(run: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in milliseconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append((time.perf_counter() - start) * 1000)
    return min(found)


def process(command: Sequence[str], times: int = 10) -> float:
    """A whole process, in milliseconds."""
    return best(lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT), times)


def cpu(commands: Mapping[str, Sequence[str]], folder: str, times: int = 15) -> dict[str, float]:
    """The processor's time of whole processes in milliseconds, the least of several runs each.

    They take turns, so that a slow minute is slow for all of them.
    """
    clean = {name: has for name, has in os.environ.items() if not name.startswith("PYTHON")}
    found: dict[str, float] = {}
    for _ in range(times):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=True, capture_output=True, cwd=folder, env=clean)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            found[name] = min(found.get(name, took * 1000), took * 1000)
    return found


def whole() -> None:
    """Whole processes of a compiled copy, beside a bare Python start and pandoc."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("convert", "templates"):
            shutil.copytree(ROOT / part, Path(folder) / part)
        compileall.compile_dir(Path(folder) / "convert", quiet=1)
        ours = [sys.executable, "-m", "convert"]
        pandoc = ["pandoc", "-f", "markdown", str(SAMPLE), "-o"]
        commands = {
            "bare Python": [sys.executable, "-c", ""],
            "--version": [*ours, "--version"],
            "check": [*ours, "check", str(SAMPLE), "-q"],
            "to TEI": [*ours, str(SAMPLE), "-q", "-o", "x.tei.xml"],
            "to Word": [*ours, str(SAMPLE), "-q", "-o", "x.docx"],
            "to all three": [*ours, str(SAMPLE), "-q", "-o", "all/"],
        }
        if shutil.which("pandoc"):
            commands["pandoc to TEI"] = [*pandoc, "p.xml", "-t", "tei"]
            commands["pandoc to Word"] = [*pandoc, "p.docx"]
            if engine := next(filter(shutil.which, ("typst", "weasyprint")), None):
                commands["pandoc to PDF"] = [*pandoc, "p.pdf", f"--pdf-engine={engine}"]
            print(subprocess.check_output(["pandoc", "--version"], text=True).splitlines()[0])
        found = cpu(commands, folder)
    for name, took in found.items():
        print(f"{name:15}{took:6.1f} ms  {took / found['bare Python']:6.2f} x bare Python")
    for format in ("TEI", "Word"):
        if theirs := found.get(f"pandoc to {format}"):
            print(f"to {format}: {found[f'to {format}'] / theirs:.2f} x pandoc")
    if theirs := sum(took for name, took in found.items() if name.startswith("pandoc")):
        print(f"all three: {found['to all three'] / theirs:.2f} x pandoc to all that it can here")


def warm() -> None:
    """Steps in one process, scaled to a machine where zlib compresses 100 MB/s."""
    data = SAMPLE.read_bytes()
    scale = _zlib() / 100
    cable = read(data).cable
    told = transcript(cable)
    print(f"zlib {scale * 100:.0f} MB/s here; figures in brackets are scaled to 100 MB/s")
    steps: dict[str, Callable[[], object]] = {"read": lambda: read(data)}
    for format in FORMATS:
        one = writer(format)
        steps[format] = lambda one=one: one.write(cable, Options(), Report())  # type: ignore[misc]
        made, check = one.write(cable, Options(), Report()), checker(format)
        steps[f"verify {format}"] = lambda made=made, check=check: check(made, told)  # type: ignore[misc]
    for name, step in steps.items():
        found = best(step, 30)
        print(f"{name:12} {found:6.2f} ms ({found * scale:.2f})")


def _zlib() -> float:
    """How many MB/s zlib compresses of the samples' texts; of text that repeats it is more."""
    texts = b"".join(path.read_bytes() for path in _texts())
    return len(texts) / 1000 / best(lambda: zlib.compress(texts), 20)


def _texts() -> list[Path]:
    found = sorted((ROOT / "samples").iterdir())
    return [path for path in found if path.suffix in (".txt", ".html", ".xml")]


def word() -> None:
    """All samples as Word files beside the mere deflating of the parts that they do not share."""
    cables = [read(path.read_bytes()).cable for path in sorted((ROOT / "samples").iterdir())]
    one, own = writer("docx"), list[bytes]()
    for cable in cables:
        with zipfile.ZipFile(io.BytesIO(one.write(cable, Options(), Report()))) as package:
            own += [package.read(name) for name in package.namelist() if _is_own(name)]

    def deflate() -> None:
        for part in own:
            zlib.compress(part)

    def write() -> None:
        for cable in cables:
            one.write(cable, Options(), Report())

    floor, took = best(deflate, 30), best(write, 30)
    print(
        f"Word: {len(cables)} samples {took:.2f} ms, deflating their {len(own)} own parts "
        f"{floor:.2f}: {took / floor:.2f} x"
    )


def _is_own(name: str) -> bool:
    return name.startswith(("word/document", "word/header", "word/footer", "customXml/item", "doc"))


def length() -> None:
    """Time against length: it should grow as the text does."""
    lines = "\n\n".join(
        f"{n}. (S//NF) THE HARBOR AUTHORITY ASKED AGAIN. " * 8 for n in range(1, 201)
    )
    head = "SECRET PORT MERIDIAN 000412\n\nSUBJECT: LENGTH\n\n"
    for times in (1, 10):
        data = (head + (lines + "\n\n") * times).encode()
        cable = read(data).cable
        told = transcript(cable)
        row = [f"read {best(lambda data=data: read(data), 1):.0f}"]  # type: ignore[misc]
        for format in FORMATS:
            start = time.perf_counter()
            made = writer(format).write(cable, Options(), Report())
            middle = time.perf_counter()
            assert checker(format)(made, told) == []
            end = time.perf_counter()
            row.append(f"{format} {(middle - start) * 1000:.0f}+{(end - middle) * 1000:.0f}")
        print(f"{len(data) / 1000:8.0f} kB: {', '.join(row)} ms (write+verify)")


def reading() -> None:
    """Reading, in ms for 10 kB: every sample, then a record of pages as a print has them."""
    scale = _zlib() / 100
    made = (records.make(seed).text for seed in range(1000))
    plain = (text for text in made if "\n1. " in text and text.count("\nNNN") == 1)
    record = next(text for text in plain if len(text) > 7000)
    start, end = record.index("\n1."), record.index("\nNNN")
    head, pages, tail = record[:start], record[start:end], record[end:]
    texts = {path.name: path.read_bytes() for path in _texts()}
    for size in (5 * 10**4, 10**6, 10**7):
        data = "".join((head, pages * max(size // len(pages), 1), tail)).encode()
        texts[f"record of {data.count(b'PAGE ')} pages"] = data
    for name, data in texts.items():
        each = best(partial(read, data), 20 if len(data) < 10**6 else 1) / len(data) * 1e4
        told = f"{each:.2f} ms for 10 kB ({each * scale:.2f})"
        print(f"read {name}, {len(data) / 1000:.0f} kB: {told}")


def memory() -> None:
    """A cable of about 1,000 pages to all formats, in a process of its own."""
    paragraphs = (f"{n}. (S//NF) THE HARBOR AUTHORITY ASKED AGAIN. " * 8 for n in range(1, 9501))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "long.txt"
        source.write_text(
            "SECRET PORT MERIDIAN 000412\n\nSUBJECT: LENGTH\n\n" + "\n\n".join(paragraphs)
        )
        command = [sys.executable, "-m", "convert", str(source), "-q", "-o", f"{folder}/out/"]
        command += ["--fail-on", "never"]
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        took = time.perf_counter() - start
        document = pypdfium2.PdfDocument(f"{folder}/out/long.pdf")
        pages = len(document)
        document.close()
        size = source.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{pages} pages, {size / 1e6:.1f} MB of text: {took:.1f} s, all formats, peak {peak:.0f} MB"
    )


def marks() -> None:
    """Marks read in a second, and cables checked in a second, in one process."""
    strings = [
        "(S//REL UK, AUS)",
        "(C/NF)",
        "(TS//SI-G ABCD/TK//OC/NF)",
        "(U.S.)",
        "(SBU/NF)",
    ] * 400
    took = best(lambda: [portion.read(string) for string in strings], 3)
    print(f"marks: {len(strings) / took * 1000:.0f} a second, none remembered")
    with tempfile.TemporaryDirectory() as folder:
        samples = sorted((ROOT / "samples").glob("*.txt"))
        for number in range(1000):
            one = samples[number % len(samples)]
            (Path(folder) / f"{number:04d}.txt").write_bytes(one.read_bytes())
        took = process(
            [sys.executable, "-m", "convert", "check", folder, "-q", "--fail-on", "never"], 1
        )
    print(f"check of a folder: {1000 / took * 1000:.0f} cables a second, whole process")


def hostile() -> None:
    """Reading 1 and 10 MB of one line, and of short lines: the time should grow tenfold."""
    for name, piece in (("one line", b"THE CAT "), ("short lines", b"1. (S) TEXT.\n\n")):
        texts = (piece * (size // len(piece)) for size in (10**6, 10**7))
        one, ten = (best(partial(read, text), 1) for text in texts)
        print(f"read {name}: 1 MB {one:.0f} ms, 10 MB {ten / one:.1f} x that")


if __name__ == "__main__":
    memory()  # first: a child's peak counts what its parent had when it began
    whole()
    warm()
    word()
    length()
    marks()
    hostile()
    reading()
