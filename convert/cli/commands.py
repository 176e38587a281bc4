"""What each command does with its arguments; each gives the exit code."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from convert.cli import terminal
from convert.diagnostics import Severity
from convert.errors import CableError, ExitCode, UnreadableError, UnverifiedError, UsageError

if TYPE_CHECKING:
    from convert.job import Job, Located, Outcome
    from convert.reader.read import Reading


def convert(asked: Namespace) -> int:
    """Convert every input; the worst exit code of theirs."""
    from convert.batch import outcomes, plan
    from convert.job import Settings
    from convert.options import Options
    from convert.writer.registry import load

    _need_inputs(asked)
    formats = tuple(dict.fromkeys(asked.to))
    for format in formats:
        load(format)
    jobs = plan(asked.inputs, formats, asked.output)
    _spare_the_terminal(jobs)
    settings = Settings(Options(page=asked.page), asked.strict, asked.on_conflict)
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


def _tell(outcome: Outcome, asked: Namespace) -> ExitCode:
    """Print what became of a job."""
    for located in outcome.findings:
        if not asked.quiet or located.finding.severity is Severity.ERROR:
            terminal.finding(outcome.label, located, sys.stderr)
    if outcome.failure:
        if outcome.failure.code is ExitCode.INTERRUPTED:
            raise KeyboardInterrupt
        terminal.failure(outcome.failure.message, outcome.failure.hint, outcome.label)
        if asked.traceback:
            sys.stderr.write(outcome.failure.traceback)
        return outcome.failure.code
    if outcome.document is not None:
        terminal.document(outcome.document)
    if not asked.quiet:
        for verb, paths in (("->", outcome.written), ("skipped:", outcome.skipped)):
            if paths:
                told = f"{outcome.label} {verb} {', '.join(map(str, paths))}"
                print(terminal.plain(told), file=sys.stderr)
    return _code(outcome.findings, asked.fail_on)


def check(asked: Namespace) -> int:
    """Print the findings of every input; they are this command's document."""
    from convert.batch import expand
    from convert.job import located

    _need_inputs(asked)
    worst = ExitCode.DONE
    for one in expand(asked.inputs):
        try:
            reading = _read("-" if one.source is None else str(one.source))
        except CableError as error:
            terminal.failure(error.message, error.hint, one.label)
            worst = max(worst, error.exit_code)
            continue
        found = list(located(reading, reading.findings))
        for finding in found:
            if asked.quiet and finding.finding.severity is not Severity.ERROR:
                continue
            if asked.json:
                terminal.text(_json(one.label, finding))
            else:
                terminal.finding(one.label, finding, sys.stdout)
        worst = max(worst, _code(found, asked.fail_on))
    sys.stdout.flush()
    return worst


def _json(label: str, located: Located) -> str:
    import json

    one = located.finding
    return json.dumps(
        {
            "file": label,
            "line": located.line,
            "column": located.column,
            "code": one.code.id,
            "severity": one.severity.value,
            "message": one.message(),
            "hint": one.hint(),
            "facts": dict(one.facts),
        }
    )


def show(asked: Namespace) -> int:
    """Print how a cable was understood."""
    reading = _read(asked.input)
    if asked.json:
        from convert.model.json import to_json

        terminal.text(to_json(reading.cable))
    else:
        from convert.cli.show import shown

        terminal.text(shown(reading, colour=terminal.coloured(sys.stdout)))
    return ExitCode.DONE


def verify(asked: Namespace) -> int:
    """Compare a document with its source."""
    from convert.job import Located, difference
    from convert.model.transcript import transcript
    from convert.verify.registry import load
    from convert.writer.registry import by_extension

    format = asked.to or by_extension(asked.output)
    if format is None:
        raise UsageError(f"cannot tell the format of {asked.output}", "Name it with -t.")
    compare = load(format)
    try:
        data = Path(asked.output).read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"cannot read {asked.output}: {(error.strerror or '').lower()}",
            "Check the name and the permissions.",
        ) from error
    expected = transcript(_read(asked.source).cable)
    try:
        found = compare(data, expected)
    except Exception as error:  # whatever a damaged file does to the library that opens it
        raise UnverifiedError(
            f"{asked.output} cannot be read as {format}: {error}",
            "It is damaged or of another format: convert the source again.",
        ) from error
    for one in found:
        lost = difference(format, one)
        terminal.finding(asked.output, Located(lost), sys.stderr)
    if found:
        return ExitCode.UNVERIFIED
    if not asked.quiet:
        told = f"{asked.output}: verified: it says what {asked.source} says"
        print(terminal.plain(told), file=sys.stderr)
    return ExitCode.DONE


def explain(asked: Namespace) -> int:
    """Explain codes."""
    from convert.cli.explain import explain as explained

    return explained(asked.code)


def formats(_: Namespace) -> int:
    """List what can be read and written."""
    from importlib.metadata import entry_points

    from convert.writer.registry import names, suffix

    readers = dict.fromkeys(["cable", *sorted(entry_points(group="convert.readers").names)])
    print("reads:")
    for reader in readers:
        print(f"  {reader:<8} {'.txt' if reader == 'cable' else ''}".rstrip())
    print("writes, and reads back:")
    for name in names():
        print(f"  {name:<8} {suffix(name)}")
    return ExitCode.DONE


def schema(_: Namespace) -> int:
    """Print the JSON Schema of the representation."""
    import json

    from convert.model.json import schema as described

    terminal.text(json.dumps(described(), indent=2))
    return ExitCode.DONE


RUN: dict[str, Callable[[Namespace], int]] = {
    "convert": convert,
    "check": check,
    "show": show,
    "verify": verify,
    "explain": explain,
    "formats": formats,
    "schema": schema,
}


def _need_inputs(asked: Namespace) -> None:
    if not asked.inputs:
        raise UsageError("no input", "Name a cable, a folder or -; see cable-convert --help.")


def _read(argument: str) -> Reading:
    from convert.batch import STDIN, read_stdin
    from convert.reader.read import read

    return read(read_stdin() if argument == STDIN else Path(argument))


def _code(findings: Iterable[Located], fail_on: str) -> ExitCode:
    if fail_on == "never":
        return ExitCode.DONE
    least = Severity(fail_on).rank
    heavy = any(one.finding.severity.rank >= least for one in findings)
    return ExitCode.FINDINGS if heavy else ExitCode.DONE


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
