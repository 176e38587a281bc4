"""Findings as SARIF 2.1.0, in the shape and size that GitHub code scanning takes."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from convert import __version__
from convert.cli import terminal
from convert.cli.explain import blanks
from convert.cli.reports import relative
from convert.diagnostics import Code, Severity

if TYPE_CHECKING:
    from convert.job import Outcome
    from convert.places import Located

Json: TypeAlias = dict[str, Any]

# GitHub refuses a run of more than 25,000 results and shows the first 5,000.
MOST = 5_000
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"
_INDEX = {code: index for index, code in enumerate(Code)}


def log(outcomes: Iterable[Outcome]) -> str:
    """One run over all inputs; what is over GitHub's limit is left out by rule, and said so."""
    results: list[tuple[Code, Json]] = []
    counts: Counter[Code] = Counter()
    notes: list[Json] = []
    whole = True
    for outcome in outcomes:
        where = _artifact(outcome.label)
        same: Counter[str] = Counter()
        for one in outcome.findings:
            counts[one.finding.code] += 1
            if counts[one.finding.code] <= MOST:
                at = _artifact(one.label) if one.label else where
                results.append((one.finding.code, _result(one, at, same)))
        if outcome.failure:
            whole = False
            notes.append(_note("error", outcome.failure.message, where))
    cap = _cap(counts)
    left = {code: count - cap for code, count in counts.items() if count > cap}
    if left:
        notes.append(_note("warning", _left_out(left)))
    run = {
        "tool": {"driver": _driver()},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The folder in which the check was run."}}
        },
        "invocations": [{"executionSuccessful": whole, "toolExecutionNotifications": notes}],
        "results": _capped(results, cap),
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _driver() -> Json:
    return {
        "name": "cable-convert",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in Code],
    }


def _rule(code: Code) -> Json:
    hint = blanks(code.hint)
    return {
        "id": code.id,
        "name": "".join(word.title() for word in code.name.split("_")),
        "shortDescription": {"text": blanks(code.says)},
        "fullDescription": {"text": code.why},
        "help": {"text": hint, "markdown": f"{hint}\n\n{code.why}"},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
        "properties": {"tags": ["marking" if code.id.startswith("MK") else "reading"]},
    }


def _result(located: Located, where: Json, same: Counter[str]) -> Json:
    one, place = located.finding, located.place
    # GitHub wants a line even for what is about the file as a whole.
    region: Json = {"startLine": 1}
    if place:
        region = {
            "startLine": place.line,
            "startColumn": place.units[0],
            "endLine": place.end_line,
            "endColumn": place.units[1],
        }
    # The line's words, not its number: a finding stays the same one when lines come before it.
    words = " ".join(place.row.split()) if place else one.message()
    digest = sha256(f"{one.code.id} {words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    same[digest] += 1
    return {
        "ruleId": one.code.id,
        "ruleIndex": _INDEX[one.code],
        "level": _LEVELS[one.severity],
        "message": {"text": _message(f"{one.message()}. {one.hint()}")},
        "locations": [{"physicalLocation": {"artifactLocation": where, "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": f"{digest}:{same[digest]}"},
    }


def _message(text: str) -> str:
    """Plain text: no placeholder and no link in it (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    return terminal.plain(text).replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _note(level: str, text: str, where: Json | None = None) -> Json:
    note: Json = {"level": level, "message": {"text": _message(text)}}
    if where:
        note["locations"] = [{"physicalLocation": {"artifactLocation": where}}]
    return note


def _artifact(label: str) -> Json:
    name = relative(label)
    if os.path.isabs(name) or name.startswith("../"):
        return {"uri": Path(os.path.abspath(label)).as_uri()}
    return {"uri": quote(os.fsencode(name)), "uriBaseId": _ROOT}


def _cap(counts: Counter[Code]) -> int:
    """How many results each rule may have, so that all together are no more than MOST."""
    room, cap = MOST, MOST
    for done, count in enumerate(sorted(counts.values())):
        cap = room // (len(counts) - done)
        if count > cap:
            return cap
        room -= count
    return MOST


def _capped(results: list[tuple[Code, Json]], cap: int) -> list[Json]:
    kept: list[Json] = []
    counts: Counter[Code] = Counter()
    for code, result in results:
        counts[code] += 1
        if counts[code] <= cap:
            kept.append(result)
    return kept


def _left_out(left: dict[Code, int]) -> str:
    named = ", ".join(sorted(f"{code.id}: {count:,}" for code, count in left.items()))
    return f"{sum(left.values()):,} more findings are not in this file: {named}"
