"""One conversion: read, write, verify, publish. Nothing is published before all is verified."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from convert import files
from convert.diagnostics import Code, Diagnostic, Report, Severity, finding
from convert.errors import CableError, ExitCode, RefusedError, UnverifiedError, UnwritableError
from convert.model.coverage import coverage
from convert.model.data import Data, field, replace
from convert.model.transcript import Transcript, transcript
from convert.options import Options
from convert.places import Located, Origin, located
from convert.verify import registry as verifiers
from convert.writer import registry as writers

if TYPE_CHECKING:
    from convert.assembly import Extract
    from convert.model.cable import Cable
    from convert.reader.read import Reading
    from convert.verify.compare import Difference

Made: TypeAlias = "Callable[[], tuple[bytes, list[Difference]]]"
"""Makes a document, and says what is lost in it."""

Conflict: TypeAlias = Literal["error", "skip", "overwrite"]


class LostError(UnverifiedError):
    """An output that lost something, with a finding for each difference."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__(findings[0].message(), findings[0].hint())
        self.findings = findings


class Rendered(Data):
    """A verified document, and what its format could not show as the source has it."""

    format: str
    data: bytes
    findings: tuple[Diagnostic, ...]


class Settings(Data):
    """What holds for every job of a run."""

    options: Options = field(default_factory=Options)
    strict: bool = False
    conflict: Conflict = "overwrite"
    form: str | None = None  # as what sources are read; None: as what their lines tell
    coverage: float = 0.0  # the least share of a source, in percent, that must be recognised


class Job(Data):
    """One source, and the target of each format; None is the caller, who gets the bytes."""

    label: str  # how messages name the source
    source: Path | bytes | tuple[Extract, ...]  # extracts: put together in this order
    targets: tuple[tuple[str, Path | None], ...]
    findings: tuple[Diagnostic, ...] = ()  # what was found when it was cut or put together


class Failure(Data):
    """Why a job ended without its documents."""

    code: ExitCode
    message: str
    hint: str = ""
    traceback: str = ""  # of a defect


class Outcome(Data):
    """What became of a job."""

    label: str
    findings: tuple[Located, ...] = ()
    written: tuple[Path, ...] = ()
    skipped: tuple[Path, ...] = ()
    document: bytes | None = None
    failure: Failure | None = None


def render(cable: Cable, format: str, options: Options) -> Rendered:
    """The cable in one format, read back and compared. Raises LostError if they differ."""
    return _render(cable, format, options, transcript(cable))


def _render(cable: Cable, format: str, options: Options, expected: Transcript) -> Rendered:
    writer, check = writers.load(format), verifiers.load(format)
    report = Report()
    data = writer.write(cable, options, report)
    lost = tuple(difference(format, one) for one in check(data, expected))
    if lost:
        raise LostError(lost)
    return Rendered(format, data, tuple(report.findings))


def difference(format: str, one: Difference) -> Diagnostic:
    """A place where an output does not say what its cable says, as a finding."""
    expected, found = repr(one.expected), repr(one.found)
    return finding(one.code, format=format, where=one.where, expected=expected, found=found)


def run(job: Job, settings: Settings) -> Outcome:
    """Do a job. Every failure but an interruption comes back as part of the outcome."""
    return _guarded(_run, job, settings)


def check(job: Job, settings: Settings) -> Outcome:
    """Only read a job's source: what was found."""
    return _guarded(_check, job, settings)


def keep(job: Job, settings: Settings, cables: list[Cable]) -> Outcome:
    """Only read a job's source, and add its cable to ``cables``."""

    def work(job: Job, settings: Settings, findings: list[Located]) -> Outcome:
        reading, _ = _reading(job, settings, findings)
        if settings.strict:
            _refuse(one.finding for one in findings)
        cables.append(reading.cable)
        return Outcome(job.label, tuple(findings))

    return _guarded(work, job, settings)


def store(target: Path, format: str, made: Made, settings: Settings) -> Outcome:
    """Publish one document of many cables, if nothing is lost in it."""

    def work(job: Job, settings: Settings, findings: list[Located]) -> Outcome:
        targets, skipped = _wanted(job, settings.conflict)
        if not targets:
            return Outcome(job.label, skipped=skipped)
        data, differences = made()
        if lost := tuple(difference(format, one) for one in differences):
            raise LostError(lost)
        files.publish([(target, data)])
        return Outcome(job.label, written=(target,))

    return _guarded(work, Job(str(target), b"", ((format, target),)), settings)


def _guarded(
    work: Callable[[Job, Settings, list[Located]], Outcome], job: Job, settings: Settings
) -> Outcome:
    findings: list[Located] = []
    try:
        return work(job, settings, findings)
    except LostError as error:
        findings += map(Located, error.findings)
        lost = f"{len(error.findings)} differences between an output and the cable"
        return _failed(job, findings, Failure(error.exit_code, lost, error.hint))
    except CableError as error:
        failure = Failure(error.exit_code, error.message, error.hint)
        return _failed(job, findings, failure)
    except Exception as error:  # a defect in one input must not end the run over the others
        return _failed(job, findings, defect(error))


def defect(error: Exception) -> Failure:
    """An exception that nobody foresaw, as a failure."""
    import traceback

    return Failure(
        ExitCode.DEFECT,
        f"this is a defect of cable-convert: {type(error).__name__}: {error}",
        "Please report it with the file. --traceback shows where it happened.",
        "".join(traceback.format_exception(error)),
    )


def _failed(job: Job, findings: list[Located], failure: Failure) -> Outcome:
    return Outcome(job.label, tuple(findings), failure=failure)


def _check(job: Job, settings: Settings, findings: list[Located]) -> Outcome:
    _reading(job, settings, findings)
    return Outcome(job.label, tuple(findings))


def _run(job: Job, settings: Settings, findings: list[Located]) -> Outcome:
    targets, skipped = _wanted(job, settings.conflict)
    if not targets:
        return Outcome(job.label, skipped=skipped)
    reading, origins = _reading(job, settings, findings)
    options = settings.options
    if options.attach == "txt":
        options = replace(options, source=_bytes(job, reading))
    if settings.strict:
        _refuse(one.finding for one in findings)
    expected = transcript(reading.cable)
    # All of them before the first is published: a cable's formats stand together or not at all.
    rendered = [
        (_render(reading.cable, format, options, expected), target) for format, target in targets
    ]
    for one, _ in rendered:
        findings += located(reading.text, one.findings, origins)
    documents = [(target, one.data) for one, target in rendered if target is not None]
    files.publish(documents)
    return Outcome(
        job.label,
        tuple(findings),
        tuple(target for target, _ in documents),
        skipped,
        next((one.data for one, target in rendered if target is None), None),
    )


def _reading(
    job: Job, settings: Settings, findings: list[Located]
) -> tuple[Reading, tuple[Origin, ...]]:
    """The job's cable, all that was found added to ``findings``."""
    from convert.reader.read import read

    origins: tuple[Origin, ...] = ()
    if isinstance(job.source, tuple):
        from convert.assembly import read_extracts

        reading, origins = read_extracts(job.source, settings.form)
    else:
        reading = read(job.source, form=settings.form)
    known = {one.code for one in job.findings} & {Code.SECTION_MISSING}
    own = (one for one in reading.findings if one.code not in known)
    told = (*job.findings, *own, *_uncovered(reading.cable, settings))
    findings += located(reading.text, told, origins, reading.places)
    return reading, origins


def _bytes(job: Job, reading: Reading) -> bytes:
    """The source as it came; one that was put together, as it was read."""
    if isinstance(job.source, tuple):
        return reading.text.encode("utf-8", "surrogatepass")
    return job.source if isinstance(job.source, bytes) else job.source.read_bytes()


def _uncovered(cable: Cable, settings: Settings) -> tuple[Diagnostic, ...]:
    """A finding where less of the source was recognised than was asked for."""
    share = coverage(cable).percent
    if share >= settings.coverage:
        return ()
    return (finding(Code.COVERAGE, share=f"{share:.1f}", asked=f"{settings.coverage:g}"),)


def _wanted(job: Job, conflict: Conflict) -> tuple[list[tuple[str, Path | None]], tuple[Path, ...]]:
    """The targets to write, and those that exist and are skipped."""
    taken = tuple(target for _, target in job.targets if target and os.path.isfile(target))
    if conflict == "overwrite" or not taken:
        return list(job.targets), ()
    if conflict == "error":
        raise UnwritableError(
            f"{taken[0]} exists", "--on-conflict overwrite replaces it, skip leaves it alone."
        )
    return [(format, target) for format, target in job.targets if target not in taken], taken


def _refuse(findings: Iterable[Diagnostic]) -> None:
    """Raise RefusedError where the reader can be misled: an error, or a part that did not come."""
    wrong = [one for one in findings if one.severity is Severity.ERROR or one.code in _INCOMPLETE]
    if wrong:
        raise RefusedError(
            f"refused (--strict): {wrong[0].message()}",
            "Nothing was written. Correct the source, or convert it without --strict.",
        )


_INCOMPLETE = frozenset({Code.SECTION_MISSING, Code.SECTIONS_DISAGREE})
