"""Bytes to a cable: the passes, in order, and what they found."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TextIO

from convert.diagnostics import Code, Diagnostic, Report
from convert.errors import UnreadableError
from convert.model.cable import (
    Addressees,
    Banner,
    Cable,
    ExecutiveOrder,
    Form,
    Note,
    NoteKind,
    Origin,
    Part,
    Passing,
    Prosign,
    References,
    Source,
    StationLine,
    Subject,
    Tags,
    Unread,
)
from convert.model.facts import instant
from convert.model.span import Span
from convert.model.walk import every
from convert.notation.banner import opens_with_class
from convert.reader.account import account
from convert.reader.body import read_body, starts_paragraph
from convert.reader.decode import Decoded, decode
from convert.reader.findings import remark
from convert.reader.heading import read_part
from convert.reader.lines import Line, split
from convert.reader.passages import passages
from convert.reader.texthead import dated, unreadable

_STRONG = (Origin, ExecutiveOrder, Tags, Subject)
_AHEAD = 40  # lines in which a heading may still begin behind lines that nobody knows


@dataclass(frozen=True, slots=True)
class Reading:
    """A cable, what was found on the way, and the decoded text that all spans refer to."""

    cable: Cable
    findings: tuple[Diagnostic, ...]
    text: str

    def position(self, span: Span) -> tuple[int, int]:
        """Line and column of the span's first character, both from 1."""
        before = self.text[: span.start].replace("\r\n", "\n").replace("\r", "\n")
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def read(source: Path | bytes | BinaryIO | TextIO, name: str | None = None) -> Reading:
    """Read one cable from a path, bytes or an open file.

    Raises UnreadableError where there is no text to read. Everything else is a finding.
    """
    data, name = _bytes(source, name)
    report = Report()
    decoded = decode(data)
    if decoded.foreign:
        report(Code.CP1252, None, count=decoded.foreign)
    lines, omissions = split(decoded.text)
    if not lines:
        raise UnreadableError("the file holds no text", "There is nothing to convert.")
    parts = _parts(lines, report)
    cable = Cable(
        source=_source(data, name, decoded),
        form=_form(parts, bool(omissions)),
        parts=parts,
        omissions=tuple(omissions),
    )
    cable = _dated(cable)
    cable = replace(cable, passages=passages(cable.parts))
    remark(cable, decoded.text, report)
    account(cable, decoded.text, report)
    found = sorted(report.findings, key=lambda each: each.span.start if each.span else -1)
    return Reading(cable, tuple(found), decoded.text)


def _bytes(source: Path | bytes | BinaryIO | TextIO, name: str | None) -> tuple[bytes, str | None]:
    if isinstance(source, bytes):
        return source, name
    if isinstance(source, Path):
        try:
            return source.read_bytes(), name or source.name
        except OSError as error:
            raise UnreadableError(
                f"cannot read {source.name}: {error.strerror}",
                "Check the name and its permissions.",
            ) from error
    data = source.read()
    return (data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data), name


def _source(data: bytes, name: str | None, decoded: Decoded) -> Source:
    characters = len("".join(decoded.text.split()))
    return Source(name, decoded.encoding, hashlib.sha256(data).hexdigest(), characters)


def _parts(lines: Sequence[Line], report: Report) -> tuple[Part, ...]:
    """The heading, then the text."""
    parts: list[Part] = []
    place = 0
    begun = known = False  # a banner or later line was read; a line of the text heading was
    while place < len(lines) and not starts_paragraph(lines[place]):
        found = read_part(lines, place)
        if found is not None and isinstance(found[0], Passing) and (known or not begun):
            found = None
        if found is None and _is_banner_place(parts) and opens_with_class(lines[place].text):
            found = unreadable(lines[place], place)
        if found is None:
            if not _heading_ahead(lines, place):
                break
            parts.append(Unread(lines[place].typed()))
            place += 1
            continue
        parts.append(found[0])
        begun = begun or isinstance(found[0], (*_STRONG, Banner))
        known = known or isinstance(found[0], _STRONG[1:])
        place = found[1]
    return (*parts, *read_body(lines, place, report))


def _is_banner_place(parts: Sequence[Part]) -> bool:
    """Whether the classification line comes next: behind the addressees or the break sign."""
    return bool(parts) and isinstance(parts[-1], Addressees | Origin | Prosign)


def _heading_ahead(lines: Sequence[Line], place: int) -> bool:
    """Whether a line that only a heading has still comes, before any paragraph."""
    for index in range(place, min(place + _AHEAD, len(lines))):
        if starts_paragraph(lines[index]):
            return False
        found = read_part(lines, index)
        if found and isinstance(found[0], _STRONG):
            return True
    return False


def _form(parts: Sequence[Part], debris: bool) -> Form:
    if debris:
        return Form.ARCHIVE_RESIDUE
    if any(isinstance(part, Note) and part.kind is NoteKind.EXTRACT for part in parts):
        return Form.EXTRACT
    sent = any(isinstance(part, Origin | StationLine) for part in parts)
    return Form.TRANSMISSION if sent else Form.EXTRACT


def _dated(cable: Cable) -> Cable:
    """References with their canonical ids, the year inferred from the cable's own."""
    sent = instant(cable)
    if not any(every(cable, References)):
        return cable
    year = sent.year if sent else None
    parts = tuple(
        replace(part, references=tuple(dated(reference, year) for reference in part.references))
        if isinstance(part, References)
        else part
        for part in cable.parts
    )
    return replace(cable, parts=parts)
