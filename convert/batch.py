"""Many conversions: from arguments to jobs, and from jobs to outcomes in order."""

from __future__ import annotations

import os
import signal
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from convert.errors import CableError, ExitCode, UnreadableError, UsageError
from convert.job import Failure, Job, Outcome, Settings, run
from convert.model.data import Data, replace
from convert.writer import registry

if TYPE_CHECKING:
    from convert.assembly import Extract
    from convert.diagnostics import Diagnostic

Gather: TypeAlias = Literal["split", "assemble"] | None

STDIN = "-"
STDOUT = "-"
SUFFIXES = (".txt", ".html", ".htm", ".xml", ".docx")
DEFAULT_FORMATS = ("tei", "docx", "pdf")


class Input(Data):
    """A source, and the folder under the output folder in which its documents go."""

    source: Path | None  # None: standard input
    folder: Path = Path()
    data: bytes | None = None  # of standard input, where it was read already
    number: str = ""  # "-01": which message of its source it is, where it was cut
    extracts: tuple[Extract, ...] = ()  # empty: the whole source
    findings: tuple[Diagnostic, ...] = ()

    @property
    def label(self) -> str:
        """How messages name it."""
        return "<stdin>" if self.source is None else str(self.source)

    @property
    def title(self) -> str:
        """How messages name what was made of it: its files, and the message's number."""
        labels = dict.fromkeys(each.label for each in self.extracts) or [self.label]
        return " + ".join(labels) + (f" ({self.number[1:]})" if self.number else "")

    @property
    def stem(self) -> str:
        """What its outputs are called, without the format's suffix."""
        if self.source is None:
            return f"stdin{self.number}"
        return f"{self.source.stem.removesuffix('.tei')}{self.number}"


def expand(arguments: Sequence[str]) -> list[Input]:
    """Every source that the arguments name, each once: files, folders, patterns, ``-``.

    A folder stands for every text, page, XML and Word document below it, by their suffixes, but for
    what this tool wrote itself: TEI by its name, a Word file until a word processor saves it. Its
    tree is kept. A file that does not exist is an input too: reading it
    fails, and the others are still converted.
    """
    inputs: list[Input] = []
    for argument in arguments:
        inputs += _expand(argument)
    return list(dict.fromkeys(inputs))


def _expand(argument: str) -> list[Input]:
    if argument == STDIN:
        return [Input(None)]
    path = Path(argument)
    if os.path.isdir(path):
        return _below(path)
    if any(sign in argument for sign in "*?[") and not os.path.lexists(path):
        import glob

        matches = sorted(map(Path, glob.glob(argument, recursive=True)))
        if not matches:
            raise UsageError(f"nothing matches {argument}", "Check the pattern and the folder.")
        return [
            one
            for match in matches
            for one in (_below(match) if match.is_dir() else [Input(match)])
        ]
    return [Input(path)]


def _below(folder: Path) -> list[Input]:
    found = sorted(path for path in folder.rglob("*") if _is_source(path))
    if not found:
        raise UsageError(
            f"the folder {folder} holds no {', '.join(SUFFIXES)} file",
            "Name the files themselves if they end otherwise.",
        )
    return [Input(path, path.parent.relative_to(folder)) for path in found]


def _is_source(path: Path) -> bool:
    name = path.name.lower()
    if not name.endswith(SUFFIXES) or name.endswith(".tei.xml") or not path.is_file():
        return False
    return not name.endswith(".docx") or not (name.startswith("~$") or _is_own(path))


def _is_own(file: Path) -> bool:
    """Whether a Word file is as this tool wrote it: any program that saves it puts its own name."""
    import zipfile

    try:
        with zipfile.ZipFile(file) as package, package.open("docProps/app.xml") as part:
            return b"<Application>cable-convert</Application>" in part.read(4096)
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False  # reading it says what is wrong


def _opened(inputs: Sequence[Input]) -> list[Input]:
    """The inputs, for a ``teiCorpus`` each of its cables."""
    found: list[Input] = []
    for one in inputs:
        if one.source is None:
            one = replace(one, data=read_stdin())
        extracts = _members(one)
        if len(extracts) < 2:
            found.append(one)
        width = len(str(len(extracts)))
        found += (
            replace(one, number=f"-{number:0{width}d}", extracts=(each,))
            for number, each in enumerate(extracts if len(extracts) > 1 else (), 1)
        )
    return found


def _members(one: Input) -> tuple[Extract, ...]:
    """The cables of a ``teiCorpus``; none of any other file."""
    try:
        if one.data is not None or one.source is None:
            opening = one.data or b""
        elif os.path.isfile(one.source):  # a pipe can be read but once
            with open(one.source, "rb") as file:
                opening = file.read(4096)
        else:
            return ()
    except OSError:
        return ()
    if b"teiCorpus" not in opening[:4096]:
        return ()
    from convert.assembly import members
    from convert.reader.tei.corpus import is_corpus

    return members(one.label, one.source or opening) if is_corpus(opening) else ()


def gathered(inputs: Sequence[Input], *, across: bool) -> list[Input]:
    """The inputs cut into messages; ``across``: sections put together from all of them."""
    from convert.assembly import gather

    cut = [one for one in inputs if one.extracts]
    held = [one for one in inputs if not one.extracts]
    found = gather([(one.label, one.source or one.data or b"") for one in held], across=across)
    most = Counter(one.file for one in found)
    return cut + [
        replace(
            held[one.file],
            number=f"-{one.number:0{len(str(most[one.file]))}d}" if one.number else "",
            extracts=one.extracts,
            findings=one.findings,
        )
        for one in found
    ]


def sources(arguments: Sequence[str], gather: Gather = None) -> list[Job]:
    """Every source that the arguments name, as jobs that write nothing."""
    inputs = _opened(expand(arguments))
    if gather:
        inputs = gathered(inputs, across=gather == "assemble")
    return [_job(one, ()) for one in inputs]


def plan(
    arguments: Sequence[str],
    formats: Sequence[str],
    output: str | None,
    gather: Gather = None,
) -> list[Job]:
    """The jobs of a run; UsageError before anything is read if they cannot all be done.

    ``gather``: cut the sources into messages first ("split"), or put their sections together too
    ("assemble"); then they are read here.
    """
    inputs = _opened(expand(arguments))
    if gather:
        return _planned(gathered(inputs, across=gather == "assemble"), formats, output, arguments)
    return _planned(inputs, formats, output, arguments)


def _planned(
    inputs: list[Input], formats: Sequence[str], output: str | None, arguments: Sequence[str]
) -> list[Job]:
    # A folder or pattern stays "many" even if one file is found: names must not hang on that.
    one = len(inputs) == 1 and (inputs[0].source is None or str(inputs[0].source) in arguments)
    to_stdout = output == STDOUT or (output is None and one and len(formats) == 1)
    if to_stdout:
        return [_streamed(inputs, formats, output)]
    named = registry.by_extension(output) if output else None
    if output and not _is_folder(output, named, one=one, formats=formats):
        return [_single(inputs, formats, output, named, one=one)]
    jobs = [_foldered(one, formats or DEFAULT_FORMATS, Path(output or "")) for one in inputs]
    _refuse_collisions(jobs)
    return jobs


def _is_folder(output: str, named: str | None, *, one: bool, formats: Sequence[str]) -> bool:
    if output.endswith(("/", os.sep)) or os.path.isdir(output):
        return True
    if named is not None:
        return False
    # A name without an extension is a folder, unless it is there and is none: /dev/null, a pipe.
    return not (one and len(formats) == 1 and (Path(output).suffix or os.path.exists(output)))


def _streamed(inputs: list[Input], formats: Sequence[str], output: str | None) -> Job:
    if len(inputs) != 1 or len(formats) != 1:
        raise UsageError(
            "standard output takes one document: one input and one format",
            "Name one format with -t, or a folder with -o.",
        )
    return _job(inputs[0], ((formats[0], None),))


def _single(
    inputs: list[Input], formats: Sequence[str], output: str, named: str | None, *, one: bool
) -> Job:
    if not one:
        raise UsageError(
            f"several inputs cannot all go into {output}", "Name a folder with -o: -o out/."
        )
    if len(formats) > 1:
        raise UsageError(
            f"several formats cannot all go into {output}", "Name a folder with -o: -o out/."
        )
    format = formats[0] if formats else named
    assert format is not None, "a name without a known extension is a file only with one format"
    if named not in (None, format):
        raise UsageError(
            f"{output} would be {format} in a file that says {named}",
            f"Leave out -t, or name a file that ends in {registry.suffix(format)}.",
        )
    job = _job(inputs[0], ((format, Path(output)),))
    _refuse_collisions([job])
    return job


def _foldered(one: Input, formats: Sequence[str], output: Path) -> Job:
    folder = output / one.folder
    targets = tuple(
        (format, folder / f"{one.stem}{registry.suffix(format)}")
        for format in dict.fromkeys(formats)
    )
    return _job(one, targets)


def _job(one: Input, targets: tuple[tuple[str, Path | None], ...]) -> Job:
    if one.extracts:
        return Job(one.title, one.extracts, targets, one.findings)
    source = one.source or (read_stdin() if one.data is None else one.data)
    return Job(one.label, source, targets, one.findings)


def read_stdin() -> bytes:
    """All of standard input."""
    import sys

    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UnreadableError(f"cannot read standard input: {error.strerror}") from error


def _refuse_collisions(jobs: list[Job]) -> None:
    """No two outputs may have one name, and none the name of a source."""
    # Folded, because some file systems do not tell a.pdf from A.pdf.
    sources = {os.path.realpath(source).casefold() for job in jobs for source in _files(job)}
    owners: dict[str, Job] = {}
    for job in jobs:
        for _, target in job.targets:
            if target is None:
                continue
            real = os.path.realpath(target).casefold()
            if real in sources:
                raise UsageError(
                    f"{target} is an input: it would be overwritten", "Choose another name with -o."
                )
            other = owners.setdefault(real, job)
            if other is not job:
                raise UsageError(
                    f"{other.label} and {job.label} would both be written to {target}",
                    "Convert them in two runs with different -o, or name the folder that holds "
                    "both: its tree is kept.",
                )


def _files(job: Job) -> Iterator[Path]:
    parts = job.source if isinstance(job.source, tuple) else (job.source,)
    for part in parts:
        source = part if isinstance(part, Path | bytes) else part.source
        if isinstance(source, Path):
            yield source


def outcomes(
    jobs: Sequence[Job],
    settings: Settings,
    processes: int = 1,
    work: Callable[[Job, Settings], Outcome] = run,
) -> Iterator[Outcome]:
    """Do the jobs; their outcomes come in the order of the jobs."""
    processes = min(processes, len(jobs))
    if processes < 2:
        yield from (work(job, settings) for job in jobs)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(processes, get_context("spawn"))
    try:
        with _uninterrupted():  # a process started now inherits this, and is quiet until its job
            waiting = [pool.submit(_interruptible, work, job, settings) for job in jobs]
        for future in waiting:
            yield future.result()
    except BrokenProcessPool as error:
        raise WorkerLostError(
            "a worker process was ended from outside, most likely for want of memory",
            "Run again with a lower --jobs. What was written so far is whole.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class WorkerLostError(CableError):
    """A worker process vanished."""


def _interruptible(
    work: Callable[[Job, Settings], Outcome], job: Job, settings: Settings
) -> Outcome:
    """In a worker: let Ctrl-C end a job, which tidies up after itself, but not the worker."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return work(job, settings)
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        return Outcome(job.label, failure=Failure(ExitCode.INTERRUPTED, "interrupted"))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    import threading  # a run of one cable needs none

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
