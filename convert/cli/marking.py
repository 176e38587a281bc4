"""``marking``: what each marking means, its canonical forms, and the banner that all make."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from convert.cli import terminal
from convert.diagnostics import Severity
from convert.errors import ExitCode, UsageError
from convert.model.marking import Level, Marking
from convert.model.rollup import roll_up
from convert.notation import Interpretation, interpret
from convert.notation.banner import show
from convert.notation.meaning import ism as attributes

# IC Markings System Register and Manual, parts H.3 to H.9; State: 5 FAH-2 H-440.
_WORDS = {
    "RS": "risk sensitive",
    "FOUO": "for official use only",
    "OC": "originator controlled",
    "OC-USGOV": "originator controlled outside the US government",
    "IMC": "controlled imagery",
    "NF": "not releasable to foreign nationals",
    "PR": "proprietary information involved",
    "RELIDO": "releasable by information disclosure official",
    "DSEN": "DEA sensitive",
    "FISA": "Foreign Intelligence Surveillance Act",
    "DS": "limited distribution",
    "XD": "exclusive distribution",
    "ND": "no distribution",
    "SBU": "sensitive but unclassified",
    "SBU-NF": "sensitive but unclassified, not releasable to foreign nationals",
    "LES": "law enforcement sensitive",
    "LES-NF": "law enforcement sensitive, not releasable to foreign nationals",
    "SSI": "sensitive security information",
    "RD": "restricted data",
    "FRD": "formerly restricted data",
    "TFNI": "transclassified foreign nuclear information",
    "UCNI": "DOE unclassified controlled nuclear information",
    "DCNI": "DoD unclassified controlled nuclear information",
    "LOU": "limited official use",
    "OUO": "official use only",
    "EFTO": "encrypt for transmission only",
    "REL": "",  # these three are said with their countries
    "EYES": "",
    "DISPLAYONLY": "",
}
_SAID = {
    "SCIcontrols": "compartments ",
    "SARIdentifier": "special access programs ",
    "atomicEnergyMarkings": "",
    "FGIsourceOpen": "foreign government information of ",
    "FGIsourceProtected": "foreign government information, source concealed",
    "disseminationControls": "",
    "releasableTo": "releasable to ",
    "displayOnlyTo": "may be shown to ",
    "nonICmarkings": "",
    "nonUSControls": "",
    "legacyMarkings": "marked ",
}
_PLACES = ("FGIsourceOpen", "releasableTo", "displayOnlyTo", "ownerProducer")
_ON_PORTIONS = ("portion", "paragraph-start", "subject-line", "reference-line")
_TOLERANCES = {
    "T1": "a bracket is missing or square",
    "T2": "/, - or ? stands for //",
    "T3": "REL without TO or USA",
    "T4": "countries are parted otherwise than by a comma",
    "T5": "blanks inside the brackets",
    "T6": "small letters",
    "T7": "spaced letters",
    "T8": "a country by another name",
    "T9": "a known misspelling",
    "T10": "another order than the register's",
}


def marking(asked: Namespace) -> int:
    """Print what each marking means; the exit code is 1 where that is an error, as in check."""
    worst = ExitCode.DONE
    portions: list[Marking] = []
    left_out = 0
    for typed in asked.markings or _lines():
        found = interpret(typed, asked.kind)
        terminal.text(json.dumps(found.as_json()) if asked.json else _told(typed, found))
        if any(one.severity is Severity.ERROR for one in found.findings):
            worst = ExitCode.FINDINGS
        if found.marking is not None and found.kind in _ON_PORTIONS:
            portions.append(found.marking)
        else:
            left_out += 1
    if asked.rollup:
        terminal.text(_rolled(portions, as_json=asked.json))
        if left_out:
            # RU-NONE: what has no known level is left out, and the reader is told.
            told = f"{left_out} of {left_out + len(portions)} left out of the roll-up"
            terminal.failure(told, "Only portions that can be read make a banner.")
            worst = ExitCode.FINDINGS
    return worst


def _lines() -> Iterator[str]:
    if sys.stdin.isatty():
        raise UsageError("no marking", "Name one in quotation marks, or send lines to stdin.")
    from convert.batch import read_stdin
    from convert.reader.decode import decode

    data = read_stdin()
    if data.strip():  # decode refuses a text without any
        lines = decode(data).text.replace("\r\n", "\n").split("\n")
        yield from (line for line in lines if line.strip())


def _told(typed: str, found: Interpretation) -> str:
    lines = [terminal.paint(terminal.plain(typed), "bold", sys.stdout)]
    meant = "; ".join(words(found.ism, found.extra))
    if found.recognised:
        lines.append(f"    {found.kind}: {terminal.plain(meant or 'no classification')}")
    else:
        lines.append("    not recognised: nothing is read from it, and no level is guessed")
    for form in ("portion", "banner"):
        if text := found.canonical.get(form):
            lines.append(f"    {form + ' form:':<13} {terminal.plain(text)}")
    for form in dict.fromkeys(found.tolerances):
        lines.append(f"    tolerated:    {_TOLERANCES.get(form, form)}")
    for one in found.findings:
        kind = f"{one.code.id} {one.severity.value}:"
        painted = terminal.paint(kind, one.severity.value, sys.stdout)
        lines.append(f"    {painted} {terminal.plain(one.message())}")
    return "\n".join(lines)


def words(ism: Mapping[str, Any], extras: Mapping[str, Any]) -> Iterator[str]:
    """What a marking says: level, owner, controls, readers, and what ISM has no name for."""
    if level := ism.get("classification"):
        yield Level(level).title
    owners = _list(ism.get("ownerProducer"))
    if owners not in ([], ["USA"]):
        yield f"{'joint, of' if extras.get('joint') else 'of'} {_places(owners)}"
    rest = {name: value for name, value in {**ism, **extras}.items() if value}
    for name, value in rest.items():
        if name in ("classification", "ownerProducer", "joint"):
            continue
        if name == "FGIsourceProtected":
            yield _SAID[name]
        elif name in _PLACES:
            readers = "eyes only of " if "EYES" in ism.get("disseminationControls", ()) else ""
            yield f"{readers if name == 'releasableTo' and readers else _SAID[name]}" + _places(
                _list(value)
            )
        elif name in _SAID:
            named = [_WORDS.get(one, one) for one in _list(value)]
            if any(named):
                yield _SAID[name] + ", ".join(filter(None, named))
        else:
            yield _titled(name) if value is True else f"{_titled(name)} {_plainly(value)}"


def _titled(name: str) -> str:
    """``classificationReason`` as people write it."""
    return {
        "relAbbreviated": "releasable as the banner says",
        "entireText": "one mark for the whole text",
        "cui": "controlled unclassified information",
        "mrn": "message",
    }.get(name) or "".join(f" {one.lower()}" if one.isupper() else one for one in name)


def _plainly(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_plainly, value))
    return str(value)


def _places(codes: list[str]) -> str:
    from convert.notation.countries import COUNTRIES

    return ", ".join(f"{code} ({COUNTRIES[code]})" if code in COUNTRIES else code for code in codes)


def _list(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [str(value)] if value else []


def _rolled(portions: list[Marking], *, as_json: bool) -> str:
    """The banner that the portions make; it is derived, and says so."""
    made = roll_up(portions)
    if made is None:
        if as_json:
            return json.dumps({"banner": None, "ism": {}})
        return "no portion that can be read, so no banner"
    ism = attributes(made)
    if as_json:
        return json.dumps({"banner": show(made), "ism": ism})
    meant = "; ".join(words(ism, {}))
    counted = "1 portion" if len(portions) == 1 else f"{len(portions)} portions"
    return f"banner derived from {counted}: {show(made)}\n    {meant}"
