"""A web page: the archive's page of one telegram, or any other page with a telegram in it.

The archive's page has a table of five fields, then the telegram in one or two ``<pre>``, header and
body; menus and help stand round them. Of any other page the text is read, block by block.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Code, Report
from convert.errors import UnreadableError
from convert.model import regex as re
from convert.model.cable import (
    ArchiveField,
    Cable,
    Field,
    Omission,
    Part,
    Recognised,
    Record,
    RecordKind,
    Source,
)
from convert.model.document import effective
from convert.model.facts import canonical_id, instant
from convert.notation import banner
from convert.reader import shapes
from convert.reader.forms.protocol import Told
from convert.reader.forms.registry import inside
from convert.reader.lines import Line, Marked

_HOLDS = ("navy", "transmission", "labelled", "text")
_SEEN = 60  # lines in which a page says that it is one
_PAGE = re.compile(
    r"<(?:!doctype html|html|head|body|table|div|p|pre|code|span|article|section|h[1-6])[\s>]"
    r"|<table class=['\"]cable['\"]",
    re.IGNORECASE,
)
_LEFT = re.compile(r"<br ?/?>$", re.IGNORECASE)  # what is left of a page in its text
_LONGEST_TAG = 8
_FEW = 5  # lines with such a tag


class Web:
    """A page of a web archive, or any other page."""

    name = "web"
    title = "web page (Cablegate HTML, or any page)"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By the first tag that only a page has, at the beginning of a line."""
        for line in lines[:_SEEN]:
            if found := _PAGE.match(line.text):
                return Recognised(self.name, f"the tag {found[0].rstrip()}", line.span)
            if not line.text.startswith("<"):
                break
        left = [line for line in lines[:_SEEN] if _LEFT.search(line.text[-_LONGEST_TAG:])]
        if len(left) >= _FEW:
            return Recognised(self.name, "tags at the ends of lines", left[0].span)
        return None

    def lines(self, text: str, report: Report) -> tuple[list[Line], list[Omission]]:
        """The lines of the table and the telegram; of another page, those of its blocks."""
        from convert.reader.page import page  # brings the tables of HTML: only where it is one

        lines, omissions = page(text)
        if not lines:
            raise UnreadableError("the page holds no text", "There is nothing to convert.")
        return lines, omissions

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The archive's fields, and the telegram below them."""
        cells = [line for line in lines if isinstance(line, Marked) and line.block in _CELLS]
        rest = [line for line in lines if not (isinstance(line, Marked) and line.block in _CELLS)]
        told = inside(_unjoined(rest), report, _HOLDS)
        if not cells:
            return told
        record = _record(cells)
        _compare(record, told.parts, report)
        return Told((record, *told.parts), told.inside)


# --- the archive's page ---------------------------------------------------------------------------

_CELLS = ("name", "value", "record")


def _record(cells: Sequence[Marked]) -> Record:
    """The fields of the table: names from its head, each with the value below it."""
    names = [line for line in cells if line.block == "name"]
    values = [line for line in cells if line.block == "value"]
    fields = tuple(
        ArchiveField(name.text, value.field(0, len(value.text)), name.span.to(value.span))
        for name, value in zip(names, values, strict=False)
    )
    return Record(shapes.pieces(cells), RecordKind.WEB, fields)


def _compare(record: Record, parts: Sequence[Part], report: Report) -> None:
    """Tell where the archive says otherwise than the telegram."""
    cable = Cable(Source(None, "", "", 0), (), tuple(parts))
    sent, named = instant(cable), canonical_id(cable)
    for told in record.fields:
        if told.value is None:
            continue
        has, says = told.value.text, None
        match told.name:
            case "Reference ID" if named and named != has:
                says = named
            case "Created" if sent and re.match(r"\d{4}-\d\d-\d\d", has):
                says = None if has[:10] == f"{sent:%Y-%m-%d}" else f"{sent:%Y-%m-%d}"
            case "Classification":
                _class(told.value, cable, report)
        if says:
            report(
                Code.ARCHIVE_DIFFERS, told.value.span,
                field=told.name, found=has, text=says,
            )  # fmt: skip


def _class(field: Field, cable: Cable, report: Report) -> None:
    """R141 where the telegram's class is another; R143 where one of the two has NOFORN alone."""
    theirs, ours = banner.parse(field.text.upper()), effective(cable)
    if theirs is None or ours is None:
        return
    says = banner.show(ours)
    if theirs.marking.classification is not ours.classification:
        report(Code.ARCHIVE_CLASS, field.span, found=field.text, text=says)
    elif ("NF" in theirs.marking.disseminationControls) != ("NF" in ours.disseminationControls):
        facts = {"field": "Classification", "found": field.text, "text": says}
        report(Code.ARCHIVE_DIFFERS, field.span, **facts)


# --- what the archive put on one line -------------------------------------------------------------

# A heading whose lines the archive put on one: each begins with what only a heading line has.
_JOINED = re.compile(
    r"(?<= )(?:SIPDIS\b|NOFORN (?=SIPDIS)|E\.O\. \d{5}:|TAGS: ?|SUBJECT: |REFS?: |REF\(S\): "
    r"|DEPT FOR |(?:CLASSIFIED BY|Classified By): )"
)
_RULED = re.compile(r"[A-Z][^-]{2,119} (?=-{5,}(?: -+)*$)")  # a heading, and the rule below it
_LONGEST = 4000  # characters; a heading on one line has a thousand
_INLINE_PAGE = r"(?<= ){post} 0*{serial} +\d{{3}}(?:\.\d{{1,3}})? OF \d{{3}}(?= |$)"


def _unjoined(lines: Sequence[Line]) -> list[Line]:
    """The lines, with those apart that the archive put on one: a heading, a rule, a page line."""
    found: list[Line] = []
    named: re.Pattern[str] | None = None  # what this telegram's page lines look like
    in_heading = True
    for line in lines:
        in_heading = in_heading and not re.match(r"\d{1,3}\. ?[(A-Z]", line.text)
        places: list[int] = []
        if in_heading and len(line.text) <= _LONGEST:
            places = [joined.start() for joined in _JOINED.finditer(line.text)]
        elif named:
            places = [place for inline in named.finditer(line.text) for place in inline.span()]
        if not places and (ruled := _RULED.match(line.text[: shapes.LONGEST])):
            places = [ruled.end()]
        pieces = line.cuts(places) if places else [line]
        for piece in pieces if in_heading else ():
            named = _page_line(piece.text) or named
        found += pieces
    return found


def _page_line(text: str) -> re.Pattern[str] | None:
    """The page lines of the telegram whose classification line this is."""
    read = banner.parse(text) if len(text) <= shapes.LONGEST else None
    if read is None or not (read.post and read.serial and read.sections):
        return None
    post, serial = re.escape(read.post), read.serial.lstrip("0")
    return re.compile_now(_INLINE_PAGE.format(post=post, serial=serial))
