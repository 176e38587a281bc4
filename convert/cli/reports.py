"""Findings as ``check`` prints them, one function a format: outcomes in, text out as they come."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from convert.cli import terminal
from convert.diagnostics import Code, Severity
from convert.errors import ExitCode

if TYPE_CHECKING:
    from convert.job import Outcome
    from convert.places import Located

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class Tally:
    """Counts what goes by: how a run ends, and the table at its end."""

    def __init__(self, total: int) -> None:
        self.worst = ExitCode.DONE
        self._total, self._clean, self._failed = total, 0, 0
        self._counts: Counter[tuple[Code, Severity]] = Counter()
        self._files: Counter[tuple[Code, Severity]] = Counter()

    def through(self, outcomes: Iterable[tuple[Outcome, ExitCode]]) -> Iterator[Outcome]:
        """The outcomes, counted on the way."""
        for outcome, code in outcomes:
            self.worst = max(self.worst, code)
            found = [(one.finding.code, one.finding.severity) for one in outcome.findings]
            self._counts.update(found)
            self._files.update(set(found))
            self._failed += outcome.failure is not None
            self._clean += not found and outcome.failure is None
            yield outcome

    def table(self) -> str:
        """Code, severity, findings and files of each kind of finding, the heaviest first."""
        rows = [("code", "severity", "findings", "files")] if self._counts else []
        for kind in sorted(self._counts, key=lambda kind: (-kind[1].rank, kind[0].id)):
            code, severity = kind
            counts = f"{self._counts[kind]:,}", f"{self._files[kind]:,}"
            rows.append((code.id, severity.value, *counts))
        lines = [f"{code:<6} {what:<8} {count:>9} {files:>7}" for code, what, count, files in rows]
        ended = f"{self._total:,} cables checked, {self._clean:,} without a finding"
        lines.append(f"{ended}, {self._failed:,} failed" if self._failed else ended)
        return "\n".join(["", *lines, ""])


def text(outcomes: Iterable[Outcome], fail_on: str) -> Iterator[str]:
    """For people: each finding with its line of the source, underlined."""
    for outcome in outcomes:
        if outcome.findings:
            yield "".join(
                terminal.finding(outcome.label, one, sys.stdout, source=True)
                for one in outcome.findings
            )


def jsonl(outcomes: Iterable[Outcome], fail_on: str) -> Iterator[str]:
    """One JSON object a line."""
    for outcome in outcomes:
        if outcome.findings:
            yield "".join(f"{_json(outcome.label, one)}\n" for one in outcome.findings)


def json(outcomes: Iterable[Outcome], fail_on: str) -> Iterator[str]:
    """One JSON array."""
    before = "[\n"
    for outcome in outcomes:
        if outcome.findings:
            yield before + ",\n".join(_json(outcome.label, one) for one in outcome.findings)
            before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def _json(label: str, located: Located) -> str:
    from json import dumps

    one, place = located.finding, located.place
    return dumps(
        {
            "file": located.label or label,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "endLine": place.end_line if place else None,
            "endColumn": place.end_column if place else None,
            "code": one.code.id,
            "severity": one.severity.value,
            "message": one.message(),
            "hint": one.hint(),
            "facts": dict(one.facts),
        }
    )


def sarif(outcomes: Iterable[Outcome], fail_on: str) -> Iterator[str]:
    """SARIF 2.1.0."""
    from convert.cli.sarif import log

    yield log(outcomes)


def github(outcomes: Iterable[Outcome], fail_on: str) -> Iterator[str]:
    """Workflow commands that GitHub shows as annotations."""
    for outcome in outcomes:
        file = relative(outcome.label)
        lines = [
            _annotation(relative(one.label) if one.label else file, one) for one in outcome.findings
        ]
        if outcome.failure:
            message = terminal.plain(outcome.failure.message)
            lines.append(_command("error", {"file": file}, message))
        if lines:
            yield "".join(lines)


def _annotation(file: str, located: Located) -> str:
    one, place = located.finding, located.place
    properties: dict[str, object] = {"file": file}
    if place:
        properties["line"] = place.line
        if place.end_line == place.line:  # GitHub takes columns within one line only
            properties |= {"col": place.column, "endColumn": place.end_column}
        else:
            properties["endLine"] = place.end_line
    properties["title"] = one.code.id
    message = f"{terminal.plain(one.message())}\n{terminal.plain(one.hint())}"
    return _command(_GITHUB[one.severity], properties, message)


def _command(name: str, properties: dict[str, object], message: str) -> str:
    named = ",".join(
        f"{key}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    return f"::{name} {named}::{_escaped(message)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def junit(outcomes: Iterable[Outcome], fail_on: str) -> Iterator[str]:
    """A test suite a file; a finding at or above ``--fail-on`` is a failed test in it."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cable-convert">\n'
    for outcome in outcomes:
        yield _suite(outcome, fail_on)
    yield "</testsuites>\n"


def _suite(outcome: Outcome, fail_on: str) -> str:
    label = terminal.plain(outcome.label)
    cases = [_case(label, one, fail_on) for one in outcome.findings]
    errors = 0
    if outcome.failure:
        errors = 1
        message = terminal.plain(outcome.failure.message)
        hint = terminal.plain(outcome.failure.hint)
        told = f"<error{_attributes(message=message)}>{_xml(hint)}</error>"
        cases.append(f"<testcase{_attributes(classname=label, name='read')}>{told}</testcase>")
    if not cases:
        cases = [f"<testcase{_attributes(classname=label, name='no findings')}/>"]
    failures = sum("<failure " in case for case in cases)
    counts = _attributes(name=label, tests=len(cases), failures=failures, errors=errors)
    inside = "".join(f"    {case}\n" for case in cases)
    return f"  <testsuite{counts}>\n{inside}  </testsuite>\n"


def _case(label: str, located: Located, fail_on: str) -> str:
    one, place = located.finding, located.place
    name = f"{one.code.id} {place.line}:{place.column}" if place else one.code.id
    message, hint = terminal.plain(one.message()), terminal.plain(one.hint())
    if heavy(one.severity, fail_on):
        told = f"<failure{_attributes(type=one.code.id, message=message)}>{_xml(hint)}</failure>"
    else:
        told = f"<system-out>{_xml(f'{one.severity.value}: {message} {hint}')}</system-out>"
    return f"<testcase{_attributes(classname=label, name=name)}>{told}</testcase>"


def _attributes(**named: object) -> str:
    return "".join(
        f' {key}="{_xml(str(value)).replace(chr(34), "&quot;")}"' for key, value in named.items()
    )


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def heavy(severity: Severity, fail_on: str) -> bool:
    """Whether a finding makes the exit code 1."""
    return fail_on != "never" and severity.rank >= Severity(fail_on).rank


def relative(label: str) -> str:
    """A file's name from the current folder, with slashes, if it lies in that folder."""
    path, here = os.path.abspath(label), os.path.join(os.getcwd(), "")
    return (path.removeprefix(here) if path.startswith(here) else label).replace(os.sep, "/")


FORMATS: dict[str, Callable[[Iterable[Outcome], str], Iterator[str]]] = {
    "text": text,
    "json": json,
    "jsonl": jsonl,
    "sarif": sarif,
    "github": github,
    "junit": junit,
}
