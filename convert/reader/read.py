"""Bytes to a cable: the passes, in order, and what they found."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from convert.diagnostics import Code, Diagnostic, Report
from convert.errors import UnreadableError
from convert.model.cable import Banner, Cable, PageLine, Recognised, References, Source
from convert.model.data import Data, replace
from convert.model.facts import station, year
from convert.model.span import Map, Span
from convert.model.text import solid
from convert.model.walk import every, span_of
from convert.notation import posts
from convert.reader.account import account
from convert.reader.archive import pages_joined
from convert.reader.decode import Decoded, decode
from convert.reader.findings import remark
from convert.reader.forms import registry
from convert.reader.forms.protocol import Markup, Opened
from convert.reader.lines import Line, split
from convert.reader.passages import passages
from convert.reader.references import dated


class Reading(Data):
    """A cable, what was found on the way, and the decoded text that all spans refer to."""

    cable: Cable
    findings: tuple[Diagnostic, ...]
    text: str
    places: Map | None = None  # where the text stands in the file, where that is more than it

    def position(self, span: Span) -> tuple[int, int]:
        """Line and column of the span's first character, both from 1."""
        if self.places is not None:
            return self.places.at(span.start)
        before = self.text[: span.start].replace("\r\n", "\n").replace("\r", "\n")
        return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def read(
    source: Path | bytes | BinaryIO | TextIO, name: str | None = None, form: str | None = None
) -> Reading:
    """Read one cable from a path, bytes or an open file; ``form``: as what, if not by its lines.

    ``telex,auto``: as the first of these forms that knows the text, ``auto`` for the built-in ones.

    Raises UnreadableError where there is no text to read, and UsageError where there is no such
    form. Everything else is a finding.

    Reading makes many objects and no cycles of them: Python's collector, which would walk over them
    all again and again (a quarter of the time for 10 MB), is off meanwhile.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return _read(*_bytes(source, name), form)
    finally:
        if collects:
            gc.enable()


def _read(data: bytes, name: str | None, form: str | None) -> Reading:
    alone, _ = registry.asked(form)
    sha256 = hashlib.sha256(data).hexdigest()
    if opener := registry.container(data, alone):
        report = Report()
        return _reading(opener.open(data, report), name, opener.name, sha256, report)
    if alone in (None, "tei") and data[:8].lstrip(b"\xef\xbb\xbf\r\n").startswith(b"<"):
        from convert.reader.tei.document import is_tei, read_document

        if is_tei(data, asked=alone == "tei"):
            return read_document(data, name)
    return understand(decode(data), name, sha256, form)


def understand(decoded: Decoded, name: str | None, sha256: str, form: str | None = None) -> Reading:
    """The reading of a decoded text. Raises as ``read`` does."""
    report = Report()
    if decoded.foreign:
        report(Code.CP1252, None, count=decoded.foreign)
    lines, omissions = split(decoded.text)
    if not lines:
        raise UnreadableError("the file holds no text", "There is nothing to convert.")
    if "\nPAGE " in decoded.text:
        lines = pages_joined(lines)
    alone, among = registry.asked(form)
    recognised = _asked(alone, lines) if alone else registry.recognise(lines, among)
    if alone is None and recognised.form in ("text", "transmission"):
        _refuse_markup(lines[0].text)
    reader = registry.load(recognised.form)
    if hasattr(reader, "lines"):
        lines, omissions = cast("Markup", reader).lines(decoded.text, report)
        lines = pages_joined(lines)
    told = reader.read(lines, report)
    forms = (recognised, *told.inside)
    opened = Opened(decoded.text, told.parts, forms, tuple(omissions))
    return _reading(opened, name, decoded.encoding, sha256, report)


def _reading(
    opened: Opened, name: str | None, encoding: str, sha256: str, report: Report
) -> Reading:
    """The passes that every form has in common: years, passages, findings, the account."""
    text = opened.text
    cable = Cable(
        source=Source(name, encoding, sha256, solid(text)),
        forms=opened.forms,
        parts=opened.parts,
        omissions=opened.omissions,
    )
    cable = dated_cable(_named(cable, report))
    lost = Report()
    blanks = account(cable, text, lost)
    cable = replace(cable, passages=passages(cable), blanks=blanks)
    remark(cable, text, report)
    report.findings += lost.findings
    found = sorted(report.findings, key=lambda each: each.span.start if each.span else -1)
    return Reading(cable, tuple(found), text)


def _refuse_markup(first: str) -> None:
    """Raise UnreadableError for an XML file that no form of XML knows."""
    if first.startswith(("<?xml", "<!DOCTYPE", "<TEI")):
        raise UnreadableError(
            "an XML file of no form that is known",
            "The text of TEI documents and web pages is read; save that of others as plain text.",
        )


def _asked(form: str, lines: Sequence[Line]) -> Recognised:
    """The form that the caller asks for."""
    if form not in registry.TEXTS and form in registry.BUILT_IN:
        raise UnreadableError(f"this is no {form} file", "Leave out --from, or name another form.")
    found = registry.load(form).recognise(lines)
    whole = lines[0].span.to(lines[-1].span)
    return found or Recognised(form, "asked for", whole)


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


def _named(cable: Cable, report: Report) -> Cable:
    """The cable with the post of its class line by the name that references have for it.

    Of a post that no table has it is that of the page lines.
    """
    banner = next((p for p in cable.parts if isinstance(p, Banner) and p.serial and p.post), None)
    if banner is None:
        return cable
    if known := posts.post(banner.post or ""):
        if posts.is_mended(banner.post or "") or posts.is_word(banner.post or "", known):
            return cable
        return _renamed(cable, banner, known.name)
    serial = (banner.serial or "").lstrip("0")
    pages = [line for line in every(cable, PageLine) if (line.serial or "").lstrip("0") == serial]
    named = {line.post for line in pages if line.post and posts.post(line.post)}
    if len(named) != 1:
        return cable
    read = named.pop()
    report(Code.POST_MENDED, span_of(banner), typed=banner.post, read=read)
    return _renamed(cable, banner, read)


def _renamed(cable: Cable, banner: Banner, post: str) -> Cable:
    parts = (replace(one, post=post) if one is banner else one for one in cable.parts)
    return replace(cable, parts=tuple(parts))


def dated_cable(cable: Cable) -> Cable:
    """References with their canonical ids, the year or post inferred from the cable's own."""
    if not any(every(cable, References)):
        return cable
    sent, own = year(cable), station(cable)
    parts = tuple(
        dated(part, sent, own) if isinstance(part, References) else part for part in cable.parts
    )
    return replace(cable, parts=parts)
