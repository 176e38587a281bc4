"""Rules about an archive's record: whether it and the telegram say the same.

The record never changes what the text says: both are kept, and where they disagree it is told. What
the National Archives fill in by rule is not held against the text: pages counted by another
measure (``Page Count``), TAGS added or renewed, and a post's name cut to six letters.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.diagnostics import Code, Report
from convert.model import regex as re
from convert.model.cable import (
    ArchiveField,
    Banner,
    Cable,
    ExecutiveOrder,
    Handling,
    HandlingKind,
    Note,
    NoteKind,
    Origin,
    Record,
    RecordKind,
    ReferenceKind,
    References,
    Tags,
)
from convert.model.document import effective
from convert.model.facts import (
    RESTRICTING_CAPTIONS,
    canonical_id,
    captions,
    instant,
    subject,
    tags,
)
from convert.model.span import Span
from convert.model.walk import every, first, span_of, words
from convert.notation.dates import archive_day

_NUMBER = re.compile(r"(\d{4})([A-Z]+?)(\d{4,6})")
_ID = re.compile(r"(\d\d)([A-Z'.]+?)(\d+)")
_TAG = re.compile(r"\b[A-Z]{2,5}\b")
_CITED = re.compile(r"(?:^|[ ,;])(?:\d\d )?([A-Z][A-Z.']*(?: [A-Z][A-Z.']*){0,2}) 0*(\d{1,6})\b")
_COPIES = re.compile(r"[A-Z/]{1,8}-(\d\d)\b")
_TOTAL = re.compile(r"/(\d{3}) ?[A-Z]{1,2}$")
_POST = 6  # letters of a post's name in a document number
_LONG = 12  # letters of a subject that tell it


def archive(cable: Cable, report: Report) -> None:
    """Add what the record and the text disagree in."""
    _copies(cable, report)
    for note in every(cable, Note):
        if note.kind is NoteKind.WITHDRAWAL:
            report(Code.WITHDRAWN, span_of(note))
    kept = (record for record in every(cable, Record) if record.kind is RecordKind.ATTRIBUTES)
    if (record := next(kept, None)) is None:
        return
    fields = {field.name: field for field in record.fields}
    _text(fields, report)
    _number(cable, fields, report)
    _class(cable, fields, report)
    for check in (_date, _origin, _restrictions):
        for field, found, text in check(cable, fields):
            _tell(Code.ARCHIVE_DISAGREES, field, found, text, report)
    for check in (_subject, _tags, _order, _references):
        for field, found, text in check(cable, fields):
            _tell(Code.ARCHIVE_DIFFERS, field, found, text, report)


_Fields = dict[str, ArchiveField]
_Found = Iterator[tuple[ArchiveField, str, str]]


def _tell(code: Code, field: ArchiveField, found: str, text: str, report: Report) -> None:
    report(code, field.span, field=field.name, found=found or "none", text=text or "none")


def _said(fields: _Fields, name: str) -> str:
    """What the record says under ``name``; nothing where it says nothing."""
    field = fields.get(name)
    return field.value.text if field and field.value else ""


def _text(fields: _Fields, report: Report) -> None:
    """R144: the record says that its text is not on line."""
    where = _said(fields, "Locator")
    if where and not re.search(r"ON-?LINE", where.upper().replace("NOT ON", "")):
        report(Code.NO_TEXT, fields["Locator"].span, found=where)


def _number(cable: Cable, fields: _Fields, report: Report) -> None:
    """R140: year, post and serial; the archive cuts a post's name to six letters."""
    said = _said(fields, "Document Number")
    theirs, ours = _NUMBER.fullmatch(said), _ID.fullmatch(canonical_id(cable) or "")
    if theirs is None or ours is None:
        return
    year, post, serial = theirs.groups()
    if (
        int(year) % 100 != int(ours[1])
        or int(serial) != int(ours[3])
        or not _alike(post, re.sub("[^A-Z]", "", ours[2]))
    ):
        report(Code.ARCHIVE_NUMBER, fields["Document Number"].span, found=said, text=ours[0])


def _alike(one: str, other: str) -> bool:
    """Whether two posts are one: either may be cut, and US before it left out."""
    shorter, longer = sorted((one.removeprefix("US"), other.removeprefix("US")), key=len)
    return bool(shorter) and longer.startswith(shorter[: _POST - 1])


def _class(cable: Cable, fields: _Fields, report: Report) -> None:
    """R141: the original classification; the current one is of the release, not of the cable."""
    said = _said(fields, "Original Classification").upper()
    if not said or (first(cable, Banner) is None and first(cable, Note) is not None):
        return
    marking = effective(cable)
    ours = ""
    if marking is not None:
        old = marking.legacyMarkings and "LOU" in marking.legacyMarkings
        ours = "LIMITED OFFICIAL USE" if old else marking.classification.title
    if said != ours:
        text = ours or "none"
        report(Code.ARCHIVE_CLASS, fields["Original Classification"].span, found=said, text=text)


def _date(cable: Cable, fields: _Fields) -> _Found:
    """The day of the date-time group."""
    sent = instant(cable)
    for name in ("Draft Date", "Sent Date"):
        theirs = archive_day(_said(fields, name))
        if sent and theirs and theirs != sent.date():
            yield fields[name], theirs.isoformat(), sent.date().isoformat()


def _origin(cable: Cable, fields: _Fields) -> _Found:
    """The post of the FM line; STATE is the Department."""
    said, origin = _said(fields, "From"), first(cable, Origin)
    if not said or origin is None:
        return
    post = re.sub(r" OR-[A-Z]$", "", said.upper())
    theirs, ours = (re.sub("[^A-Z]", "", text.upper()) for text in (post, origin.name.text))
    if theirs[: _POST - 1] not in ours and not ours.endswith(theirs):
        yield fields["From"], said, origin.name.text


def _restrictions(cable: Cable, fields: _Fields) -> _Found:
    """NODIS, EXDIS and the like: original handling restrictions."""
    if "Original Handling Restrictions" not in fields:
        return
    words_ = re.findall("[A-Z]+", _said(fields, "Original Handling Restrictions").upper())
    theirs = {word for word in words_ if word in RESTRICTING_CAPTIONS}
    marking = effective(cable)
    ours = {caption for caption in captions(cable) if caption in RESTRICTING_CAPTIONS}
    if marking and "NF" in marking.disseminationControls:
        ours.add("NOFORN")
    if theirs != ours:
        field = fields["Original Handling Restrictions"]
        yield field, ", ".join(sorted(theirs)), ", ".join(sorted(ours))


def _subject(cable: Cable, fields: _Fields) -> _Found:
    """The subject, its signs left out; the archive cuts it, or lets text run into it."""
    said, ours = _said(fields, "Subject"), subject(cable)
    if not said or ours is None:
        return
    mark = ours.portion.typed if ours.portion else ""
    theirs = _letters(said)
    for typed in (ours.title.text, mark + ours.title.text):
        shorter, longer = sorted((theirs, _letters(typed)), key=len)
        if shorter == longer or (len(shorter) >= _LONG and longer.startswith(shorter)):
            return
    yield fields["Subject"], said, ours.title.text


def _letters(text: str) -> str:
    return re.sub("[^A-Z0-9]", "", text.upper())


def _tags(cable: Cable, fields: _Fields) -> _Found:
    """TAGS that only the one or only the other has; the names of persons are left out."""
    if "TAGS" not in fields or first(cable, Tags) is None:
        return
    typed = (tag.text.upper() for tag in tags(cable))
    here = _codes(" ".join(tag for tag in typed if not re.search("[ ,]", tag)))
    there = _codes(_said(fields, "TAGS").upper())
    if here != there:
        yield (
            fields["TAGS"],
            f"only there: {', '.join(sorted(there - here)) or 'none'}",
            f"only here: {', '.join(sorted(here - there)) or 'none'}",
        )


def _codes(said: str) -> set[str]:
    return set(_TAG.findall(re.sub(r"\([^()]*\)?", " ", said)))


def _order(cable: Cable, fields: _Fields) -> _Found:
    """The schedule of declassification: GDS (``GS`` there) or none, and its date."""
    order = first(cable, ExecutiveOrder)
    if "Executive Order" not in fields or order is None or order.declassify is None:
        return
    said, typed = _said(fields, "Executive Order").upper(), order.declassify.text
    is_general = typed.upper().startswith("GDS")
    day = re.search(r"\b(\d{4})(\d\d)(\d\d)\b", said)
    theirs = "-".join(day.groups()) if day else ""
    ours = order.declassify_on.isoformat() if order.declassify_on else ""
    is_other = said.startswith("GS") != is_general and (not said or said.startswith("GS"))
    if is_other and (is_general or not typed.upper().startswith("X")):
        yield fields["Executive Order"], said, typed
    elif theirs and ours and theirs != ours:
        yield fields["Executive Order"], theirs, ours


def _references(cable: Cable, fields: _Fields) -> _Found:
    """Telegrams that the archive names and the text does not; it may well name fewer."""
    listed, said = first(cable, References), _said(fields, "Reference").upper()
    if not said:
        return
    typed = " , ".join(words(part.lines).upper() for part in every(cable, References))
    here = {number for _, number in _CITED.findall(typed)} if listed else set()
    if (
        listed
        and any(one.kind is not ReferenceKind.CABLE for one in listed.references)
        and not here
    ):
        return
    lacking = [f"{post} {number}" for post, number in _CITED.findall(said) if number not in here]
    if lacking:
        yield fields["Reference"], ", ".join(lacking), ", ".join(sorted(here))


def _copies(cable: Cable, report: Report) -> None:
    """R145: the copies of the offices and their sum, at the end of each section's distribution."""
    made, start = 0, None
    for part in every(cable, Handling):
        if part.kind is not HandlingKind.DISTRIBUTION:
            continue
        typed = words(part.lines)
        if typed.startswith(("ACTION", "ORIGIN")):
            made, start = 0, None
        start = start or span_of(part)
        made += sum(map(int, _COPIES.findall(typed)))
        if total := _TOTAL.search(typed):
            if int(total[1]) != made:
                _tell_copies(start.to(span_of(part)), made, int(total[1]), report)
            made, start = 0, None


def _tell_copies(span: Span, made: int, total: int, report: Report) -> None:
    report(Code.COPIES, span, made=made, total=total)
