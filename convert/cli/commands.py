"""What each command does with its arguments; each gives the exit code."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from convert.cli import terminal
from convert.cli.options import SCHEMAS
from convert.cli.reports import FORMATS, Tally, heavy
from convert.diagnostics import Severity
from convert.errors import ExitCode, UnreadableError, UnverifiedError, UsageError
from convert.model.data import replace

if TYPE_CHECKING:
    from convert.job import Job, Outcome
    from convert.model.cable import Cable
    from convert.options import Options
    from convert.places import Located
    from convert.reader.read import Reading
    from convert.verify.compare import Difference


def convert(asked: Namespace) -> int:
    """Convert every input; the worst exit code of theirs."""
    from convert.batch import outcomes, plan
    from convert.job import Settings
    from convert.writer.registry import load

    _need_inputs(asked)
    formats = tuple(dict.fromkeys(asked.to))
    for format in formats:
        load(format)
    if asked.form:
        from convert.reader.forms import registry

        alone, among = registry.asked(asked.form)
        for form in (alone,) if alone else among:
            registry.load(form)
    if asked.corpus:
        return _collect(asked)
    jobs = plan(asked.inputs, formats, asked.output, asked.gather)
    _spare_the_terminal(jobs)
    settings = Settings(
        _options(asked), asked.strict, asked.on_conflict, asked.form, asked.coverage
    )
    worst = ExitCode.DONE
    failed = 0
    progress = terminal.Progress(len(jobs), wanted=not asked.quiet)
    progress.begin()
    try:
        for outcome in outcomes(jobs, settings, asked.jobs):
            progress.clear()
            worst = max(worst, _tell(outcome, asked))
            failed += outcome.failure is not None
            progress.step()
            progress.begin()
    finally:
        progress.clear()
    if len(jobs) > 1 and not asked.quiet:
        ended = f"{len(jobs) - failed} of {len(jobs)} cables converted"
        print(f"{ended}, {failed} failed" if failed else ended, file=sys.stderr)
    return worst


def _options(asked: Namespace) -> Options:
    from convert.cli.config import made
    from convert.options import Options

    return Options(
        page=asked.page,
        style=asked.style,
        plain_banner=asked.plain_banner,
        attach=asked.attach_source,
        pdf2=asked.pdf2,
        fonts=tuple(asked.fonts),
        made=made(),
        tei_profile=asked.tei_profile or "",
        fragment=asked.fragment,
        tei_header=_tei_header(asked.tei_header),
        template=_template(asked.template, asked.to),
    )


def _collect(asked: Namespace) -> int:
    """All inputs in one file; the worst exit code of theirs."""
    from convert.batch import sources
    from convert.collection import collect
    from convert.job import Settings

    if asked.output or not set(asked.to) <= {"tei", "cmif"} or len(asked.to) > 1:
        raise UsageError(
            "--corpus makes one file, of TEI or, with -t cmif, an index",
            "Leave out -o, and name no other format.",
        )
    if asked.tei_profile == "frus" and "cmif" not in asked.to:
        raise UsageError(
            "a document of the profile frus goes into a volume, and a teiCorpus is none",
            "Convert with -t tei --tei-profile frus -o out/, or --corpus with the profile ism.",
        )
    jobs = sources(asked.inputs, asked.gather)
    settings = Settings(
        _options(asked), asked.strict, asked.on_conflict, asked.form, asked.coverage
    )
    worst = ExitCode.DONE
    for outcome in collect(jobs, settings, Path(asked.corpus), asked.to[0] if asked.to else "tei"):
        worst = max(worst, _tell(outcome, asked))
    return worst


def _template(name: str | None, formats: list[str]) -> bytes | None:
    """The user's Word template; UsageError, before anything is read, if it cannot be used."""
    if name is None or (formats and "docx" not in formats):
        return None
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read the template {name}: {(error.strerror or '').lower()}",
            "Check the name and its permissions.",
        ) from error
    from convert.writer.docx.compile import compiled

    compiled(data)
    return data


def _tei_header(name: str | None) -> bytes | None:
    """The template of a TEI header, looked through before anything is converted."""
    if name is None:
        return None
    from convert.writer.tei.template import read_template

    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read {name}: {(error.strerror or '').lower()}", "Check --tei-header."
        ) from error
    read_template(data)
    return data


def _tell(outcome: Outcome, asked: Namespace) -> ExitCode:
    """Print what became of a job."""
    findings = _selected(outcome, asked)
    for located in _shown(findings, asked):
        sys.stderr.write(terminal.finding(outcome.label, located, sys.stderr))
    if outcome.failure:
        _tell_failure(outcome, asked)
        return outcome.failure.code
    if outcome.document is not None:
        terminal.document(outcome.document)
    if not asked.quiet:
        for verb, paths in (("->", outcome.written), ("skipped:", outcome.skipped)):
            if paths:
                told = f"{outcome.label} {verb} {', '.join(map(str, paths))}"
                print(terminal.plain(told), file=sys.stderr)
    return _code(findings, asked.fail_on)


def _tell_failure(outcome: Outcome, asked: Namespace) -> None:
    failure = outcome.failure
    assert failure is not None, "the caller has looked"
    if failure.code is ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    terminal.failure(failure.message, failure.hint, outcome.label)
    if asked.traceback:
        sys.stderr.write(failure.traceback)


def _selected(outcome: Outcome, asked: Namespace) -> tuple[Located, ...]:
    """The findings that ``--select`` and ``--ignore`` leave; all of them where a job failed."""
    from convert.cli.selection import Selection

    if outcome.failure:  # what made it fail is never hidden
        return outcome.findings
    selection = Selection(tuple(asked.select), tuple(asked.ignore))
    return tuple(one for one in outcome.findings if selection.holds(one.finding.code))


def _shown(findings: tuple[Located, ...], asked: Namespace) -> tuple[Located, ...]:
    if not asked.quiet:
        return findings
    return tuple(one for one in findings if one.finding.severity is Severity.ERROR)


def check(asked: Namespace) -> int:
    """Print the findings of every input; they are this command's document."""
    from convert.batch import outcomes, sources
    from convert.job import Settings
    from convert.job import check as checked

    _need_inputs(asked)
    jobs = sources(asked.inputs, asked.gather)
    tally = Tally(len(jobs))
    settings = Settings(form=asked.form, coverage=asked.coverage)
    done = outcomes(jobs, settings, asked.jobs, checked)
    for chunk in FORMATS[asked.format](tally.through(_told(done, asked)), asked.fail_on):
        terminal.document(chunk.encode("utf-8", "backslashreplace"))
    if asked.format == "text" and len(jobs) > 1 and not asked.quiet:
        sys.stderr.write(tally.table())
    return tally.worst


def _told(outcomes: Iterable[Outcome], asked: Namespace) -> Iterator[tuple[Outcome, ExitCode]]:
    """Outcomes with the findings to be shown, and how each ends; failures are told on the way."""
    for outcome in outcomes:
        findings = _selected(outcome, asked)
        code = outcome.failure.code if outcome.failure else _code(findings, asked.fail_on)
        if outcome.failure:
            _tell_failure(outcome, asked)
        yield replace(outcome, findings=_shown(findings, asked)), code


def show(asked: Namespace) -> int:
    """Print how a cable was understood."""
    reading = _read(asked.input or _stdin(), asked.form)
    if asked.json:
        from convert.model.json import to_json

        terminal.text(to_json(reading.cable))
    else:
        from convert.cli.show import shown

        terminal.text(shown(reading, colour=terminal.coloured(sys.stdout)))
    return ExitCode.DONE


def verify(asked: Namespace) -> int:
    """Compare a document with its source."""
    from convert.job import difference
    from convert.places import Located
    from convert.verify.registry import load_validity
    from convert.writer.registry import by_extension

    format = asked.to or by_extension(asked.output)
    if format is None:
        raise UsageError(f"cannot tell the format of {asked.output}", "Name it with -t.")
    judged = load_validity(format) if asked.source is None else None
    try:
        data = Path(asked.output).read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"cannot read {asked.output}: {(error.strerror or '').lower()}",
            "Check the name and the permissions.",
        ) from error
    judged = judged or _against(asked, format, data)
    try:
        found = judged(data)
    except Exception as error:  # whatever a damaged file does to the library that opens it
        raise UnverifiedError(
            f"{asked.output} cannot be read as {format}: {error}",
            "It is damaged or of another format: convert the source again.",
        ) from error
    for one in found:
        lost = difference(format, one)
        sys.stderr.write(terminal.finding(asked.output, Located(lost), sys.stderr))
    if found:
        return ExitCode.UNVERIFIED
    if not asked.quiet:
        says = f"it says what {asked.source} says" if asked.source else "it is valid"
        told = f"{asked.output}: verified: {says}"
        print(terminal.plain(told), file=sys.stderr)
    return ExitCode.DONE


def _against(asked: Namespace, format: str, data: bytes) -> Callable[[bytes], list[Difference]]:
    """What compares a document with its source, or with those of all its cables."""
    from convert.model.transcript import transcript
    from convert.reader.tei.corpus import is_corpus
    from convert.verify.registry import load

    if format == "tei" and is_corpus(data):
        from convert.verify.tei import check_corpus

        several = [transcript(cable) for cable in _cables(asked.source, asked.form)]
        return lambda data: check_corpus(data, several)
    compare = load(format)
    expected = transcript(_read(asked.source, asked.form).cable)
    return lambda data: compare(data, expected)


def marking(asked: Namespace) -> int:
    """Print what markings mean."""
    from convert.cli.marking import marking as told

    return told(asked)


def explain(asked: Namespace) -> int:
    """Explain codes."""
    from convert.cli.explain import explain as explained

    return explained(asked.code)


def formats(_: Namespace) -> int:
    """List what can be read and written."""
    from convert.reader.forms import registry as forms
    from convert.writer.registry import names, suffix

    lines = ["reads (the form is told by the lines; --from names it):"]
    lines += [f"  {name:<14} {forms.load(name).title}" for name in forms.names()]
    lines.append("writes, and reads back:")
    lines += [f"  {name:<14} {suffix(name)}" for name in names()]
    terminal.text("\n".join(lines))
    return ExitCode.DONE


def schema(asked: Namespace) -> int:
    """Print a schema: the JSON Schema of the representation, or that of the TEI."""
    if asked.name == "json":
        import json

        from convert.model.json import schema as described

        terminal.text(json.dumps(described(), indent=2))
    else:
        from convert.templates import folder

        file = folder() / "tei" / SCHEMAS[asked.name]
        terminal.text(file.read_text(encoding="utf-8").rstrip("\n"))
    return ExitCode.DONE


RUN: dict[str, Callable[[Namespace], int]] = {
    "convert": convert,
    "check": check,
    "marking": marking,
    "show": show,
    "verify": verify,
    "explain": explain,
    "formats": formats,
    "schema": schema,
}


def _need_inputs(asked: Namespace) -> None:
    """Without an input named, standard input is the one, unless that is a terminal."""
    if not asked.inputs:
        asked.inputs = [_stdin()]


def _stdin() -> str:
    from convert.batch import STDIN

    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("no input", "Name a cable, a folder or -; see cable-convert --help.")
    return STDIN


def _read(argument: str, form: str | None) -> Reading:
    from convert.batch import STDIN, read_stdin
    from convert.reader.read import read

    return read(read_stdin() if argument == STDIN else Path(argument), form=form)


def _cables(argument: str, form: str | None) -> list[Cable]:
    """The cables of a source, in the order in which a corpus has them."""
    from convert.batch import sources
    from convert.job import Settings, keep

    found: list[Cable] = []
    for job in sources([argument]):
        outcome = keep(job, Settings(form=form), found)
        if outcome.failure:
            raise UnreadableError(f"{job.label}: {outcome.failure.message}", outcome.failure.hint)
    return found


def _code(findings: Iterable[Located], fail_on: str) -> ExitCode:
    if any(heavy(one.finding.severity, fail_on) for one in findings):
        return ExitCode.FINDINGS
    return ExitCode.DONE


def _spare_the_terminal(jobs: list[Job]) -> None:
    """A binary document must not be poured over a terminal."""
    from convert.writer.registry import load

    for job in jobs:
        for format, target in job.targets:
            if target is None and sys.stdout.isatty() and not load(format).is_text:
                raise UsageError(
                    f"{format} is binary and standard output is a terminal",
                    "Name a file with -o, or send it into a pipe or file.",
                )
