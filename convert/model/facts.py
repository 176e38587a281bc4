"""What the parts of a cable say together: its reference, its banner, its heading in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from convert.model import regex as re
from convert.model.cable import (
    Addressee,
    AddresseeKind,
    Addressees,
    Authority,
    Banner,
    Cable,
    Captions,
    Classifier,
    DateTimeGroup,
    ExecutiveOrder,
    Field,
    HeaderLine,
    MessageSet,
    Note,
    NoteKind,
    Origin,
    PageLine,
    Paragraph,
    Part,
    Passing,
    Record,
    RecordKind,
    Reference,
    References,
    ReleaseMark,
    Signature,
    StationLine,
    Subject,
    Tags,
)
from convert.model.data import Data
from convert.model.marking import Marking
from convert.model.text import folded, printable
from convert.model.walk import TEXT_PARTS, all_parts, every, first, kept, pieces, words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

RESTRICTING_CAPTIONS = frozenset({"NODIS", "EXDIS", "STADIS", "LIMDIS", "NOFORN", "SENSITIVE"})
"""Captions that limit who may see the cable, and so belong to the banner (5 FAH-2 H-440).

State puts the class on the banner line and each control on a caption line of its own; the banner
that a reader must see on every page is both together. SIPDIS and the like say where a cable may be
filed, not who may read it.
"""


class Fact(Data):
    """One line of the heading as every output states it."""

    name: str
    value: str


@kept
def canonical_id(cable: Cable) -> str | None:
    """The message reference number in one word, ``06BAGHDAD4430``: year, post, serial.

    A general message of the Navy has its title and number instead, ``NAVADMIN 276/13``. None unless
    the source gives both the post and serial (banner or page line) and the year (DTG), or all three
    in the field MRN of an archive's print. A page line may cut the post short, so it comes last.
    """
    if number := _message_number(cable):
        return number
    sent, named = year(cable), _numbered(cable)
    unnamed = not isinstance(named, Banner) or sent is None
    if unnamed and (printed := _printed(cable)):
        return printed
    number = None if named else _heading_field(cable, "NO") or _edition_number(cable)
    if number and sent is not None:
        origin = first(cable, Origin)
        return cable_id(sent, origin.post or origin.name.text, number) if origin else None
    if sent is None or named is None or named.post is None or named.serial is None:
        return None
    return cable_id(sent, named.post, named.serial)


def station(cable: Cable) -> str | None:
    """The word of the cable's own post, ``LAPAZ``; None where nothing names it."""
    named = _numbered(cable)
    if named is not None and named.post is not None:
        return "".join(named.post.split())
    origin = first(cable, Origin)
    return origin.post if origin else None


def _numbered(cable: Cable) -> Banner | PageLine | None:
    """The line that bears the message reference number."""
    banner = next((banner for banner in every(cable, Banner) if banner.serial), None)
    if banner is None and any(isinstance(part, (HeaderLine, MessageSet)) for part in cable.parts):
        return None  # page lines of a Navy message name a station, no post
    return banner or next((line for line in every(cable, PageLine) if line.serial), None)


_MRN = re.compile(r"(\d{2}|\d{4}) ([A-Z][A-Z.' -]{1,40}) (\d{1,8})")


def mrn(typed: str) -> str | None:
    """``94DUSHANBE259`` from ``94 DUSHANBE 259``; None where that is no reference."""
    named = mrn_of(typed)
    return cable_id(*named) if named else None


def mrn_of(typed: str) -> tuple[int, str, str] | None:
    """Year, post and serial of ``94 DUSHANBE 259``; two digits from 38 on are of the 1900s."""
    found = _MRN.fullmatch(folded(typed))
    if found is None:
        return None
    year = int(found[1])
    century = 0 if year > 99 else 1900 if year >= 38 else 2000
    return year + century, found[2], found[3]


def _heading_field(cable: Cable, name: str) -> str | None:
    """What a labelled heading has behind ``NO:`` or ``Rec'd:``."""
    for record in every(cable, Record):
        if record.kind is RecordKind.PRINT:
            for field in record.fields:
                if field.name.replace("\u2019", "'").capitalize() == name.capitalize():
                    return field.value.text if field.value else None
    return None


def _edition_number(cable: Cable) -> str | None:
    """The telegram's number as an edition prints it, where its sender's post is known.

    Before 1966 the Department numbered its telegrams for each post anew: none of these is told.
    """
    origin = first(cable, Origin)
    if origin is None or origin.post is None:
        return None
    for record in every(cable, Record):
        for field in record.fields if record.kind is RecordKind.EDITION else ():
            if field.name == "telegram number" and field.value:
                number = field.value.text
                return number if origin.post != "STATE" or len(number) >= _RUNNING else None
    return None


_RUNNING = 5  # figures of a number that the Department gave to no other telegram of the year


def _printed(cable: Cable) -> str | None:
    """The reference that a print has in its field MRN."""
    for record in every(cable, Record):
        if record.kind is RecordKind.PRINT:
            values = (
                field.value.text for field in record.fields if field.name == "MRN" and field.value
            )
            return next(filter(None, map(mrn, values)), None)
    return None


def _message_number(cable: Cable) -> str | None:
    """The number of a general message; else originator and serial number out of the MSGID set."""
    for line in every(cable, MessageSet):
        if line.fields and is_general(line.name or "", line.fields[0].text):
            return general_id(line.name, line.fields[0].text)
    sent = instant(cable)
    told = next((line for line in every(cable, MessageSet) if line.name == "MSGID"), None)
    if sent is None or told is None or len(told.fields) < 3 or not told.fields[2].text.isdecimal():
        return None
    return cable_id(sent.year, told.fields[1].text, told.fields[2].text)


_GENERAL = re.compile(r"\d{1,4} ?[/-] ?\d\d(?:\d\d)?")


def is_general(title: str, number: str) -> bool:
    """Whether a set is the number of a general message, ``NAVADMIN 417/11``."""
    return title != "MSGID" and _GENERAL.fullmatch(number) is not None


def general_id(title: str, number: str) -> str:
    """``NAVADMIN 044/17`` from ``NAVADMIN`` and ``44/17``."""
    serial, year = re.split(r" ?[/-] ?", number)
    return f"{title} {serial:0>3}/{year[-2:]}"


def cable_id(year: int, post: str, serial: str) -> str:
    """``06BAGHDAD4186`` from 2006, ``BAGHDAD`` and ``004186``; ``PORT-AU-PRINCE`` is one word."""
    name = post.upper().removeprefix("AMEMBASSY ").removeprefix("AMCONSUL ")
    word = "".join(character for character in name if character.isalnum())
    return f"{year % 100:02d}{word}{serial.lstrip('0') or '0'}"


def instant(cable: Cable) -> datetime | None:
    """When the cable was sent (UTC), from its first readable date-time group."""
    return next((group.instant for group in every(cable, DateTimeGroup) if group.instant), None)


def year(cable: Cable) -> int | None:
    """The year the cable was sent: of its instant, or as typed in a group whose hour is none.

    Without such a group that of the archive's own reference, where it has the cable's number.
    """
    if sent := instant(cable):
        return sent.year
    typed = (_IN_YEAR.search(group.typed.text) for group in every(cable, DateTimeGroup))
    if found := next(filter(None, typed), None):
        return int(found[1]) + (1900 if int(found[1]) >= 38 else 2000)
    return _labelled_year(cable) or _recorded_year(cable)


def _recorded_year(cable: Cable) -> int | None:
    """The year of ``02ROME3280`` in an archive's record of a cable with the number ROME 003280."""
    named = _numbered(cable)
    if not isinstance(named, Banner) or named.post is None or named.serial is None:
        return None
    post = "".join(filter(str.isalpha, named.post.upper()))
    for record in every(cable, Record):
        for field in record.fields:
            if field.name not in ("Reference ID", "Document Number") or field.value is None:
                continue
            found = _RECORDED.fullmatch(field.value.text)
            if found and post.startswith(found[2]) and found[3] == named.serial.lstrip("0"):
                own = int(found[1])
                return own + (0 if own > 99 else 1900 if own >= 38 else 2000)
    return None


_RECORDED = re.compile(r"(\d\d(?:\d\d)?)([A-Z]{3,24})0*(\d{1,7})")


def _labelled_year(cable: Cable) -> int | None:
    """The year of a date in words, ``March 3, 1963``; else that in which it was received."""
    group = first(cable, DateTimeGroup)
    if group is None:
        return None
    if found := _WORDED.match(group.typed.text):
        return int(found[1])
    received = _heading_field(cable, "Rec'd") or _heading_field(cable, "Received") or ""
    found = _WORDED.search(received)
    if found is None:
        return None
    is_next = received[:3].upper() == "JAN" and group.typed.text[:3].upper() == "DEC"
    return int(found[1]) - is_next


_WORDED = re.compile(r"[A-Za-z]{3,9}\.? \d{1,2}, (\d{4})\b")


_IN_YEAR = re.compile(r"\d{6}Z? ?[A-Z]{3} ?(\d\d)(?!\d)")  # of a month misread too: JUM 76


def originator(cable: Cable) -> Field | None:
    """Who sent it: of the FM line; without one, as the set MSGID says (MIL-STD-6040)."""
    if origin := first(cable, Origin):
        return origin.name
    told = next((line for line in every(cable, MessageSet) if line.name == "MSGID"), None)
    if told is None or not told.fields:
        return None
    # MSGID/CMC WASHINGTON DC//: the name of the format, one word, was left out
    by = told.fields[1:2] or [field for field in told.fields if " " in field.text]
    return by[0] if by and re.search("[A-Z]{2}", by[0].text) else None


def is_extract(cable: Cable) -> bool:
    """Whether the source has no transmission heading, or says itself that it is an extract."""
    if any(note.kind is NoteKind.EXTRACT for note in every(cable, Note)):
        return True
    return not any(isinstance(part, (Origin, StationLine, HeaderLine)) for part in cable.parts)


@kept
def banner_text(cable: Cable) -> str | None:
    """The banner that stands on every page: class and controls of the source, never rolled up.

    The highest class among the banner lines, then the controls and restricting captions typed on
    any of them, each once: ``SECRET``, ``CONFIDENTIAL//NOFORN``, ``TOP SECRET//EXDIS``. A release
    counts on a line of that class alone, and not where the lines disagree on it. A line that cannot
    be read stands behind them as typed. None where the source has no banner at all.
    """
    banners = list(every(cable, Banner))
    if not banners:
        return None
    read = [banner for banner in banners if banner.marking]
    unread = [banner.shown for banner in banners if not banner.marking]
    top = max(read, key=_rank) if read else None
    base, *controls = _segments(top.shown if top else unread.pop(0))
    for banner in read:
        alike = top is not None and _rank(banner) == _rank(top)
        told = _segments(banner.shown)[1:]
        controls += told if alike else [one for one in told if not _releases(one)]
    if top is not None and not agrees_on_release(top.marking, [one.marking for one in read]):
        controls = [one for one in controls if not _releases(one)]
    said = {word for control in controls for word in control.split("/")}
    controls += [one for one in captions(cable) if one in RESTRICTING_CAPTIONS and one not in said]
    return printable("//".join([base, *dict.fromkeys((*controls, *unread))]))


def agrees_on_release(top: Marking | None, markings: Iterable[Marking | None]) -> bool:
    """Whether no other banner line takes back what the first of the highest class releases."""
    known = [marking for marking in markings if marking and top]
    lists = {marking.releasableTo for marking in known if marking.releasableTo}
    forbidden = any("NF" in marking.disseminationControls for marking in known)
    return len(lists) < 2 and (not forbidden or "NF" in (top.disseminationControls if top else ()))


def _releases(control: str) -> bool:
    """Whether a control lets others see the cable."""
    return control.startswith(("REL", "DISPLAY ONLY", "EYES"))


def _rank(banner: Banner) -> int:
    return banner.marking.classification.rank if banner.marking else -1


def _segments(shown: str) -> list[str]:
    """Class and controls; the owner of a foreign banner stays with its level (``//GBR SECRET``)."""
    if shown.startswith("//"):
        first, *rest = shown[2:].split("//")
        return [f"//{first}", *rest]
    return shown.split("//")


def header_facts(cable: Cable) -> tuple[Fact, ...]:
    """The heading in plain words, in the order in which an output states it."""
    return tuple(Fact(name, printable(value)) for name, value in _facts(cable) if value)


def _facts(cable: Cable) -> Iterator[tuple[str, str | None]]:
    yield "Message reference", canonical_id(cable)
    if group := first(cable, DateTimeGroup):
        yield "Date", date_in_words(group.instant, group.typed.text)
        yield "Precedence", ", ".join(precedence.name for precedence in group.precedences)
    if sender := originator(cable):
        yield "From", sender.text
    for kind, addressee in addressees(cable):
        yield kind.value.capitalize(), addressee_in_words(addressee)
    yield "Classification", banner_text(cable)
    yield "Captions", ", ".join(captions(cable))
    for passing in dict.fromkeys(passing.text.text for passing in every(cable, Passing)):
        yield "Passing", passing
    if order := first(cable, ExecutiveOrder):
        yield "Executive order", order.order
        yield "Declassify", order.declassify.text if order.declassify else None
    yield "TAGS", ", ".join(tag.text for tag in tags(cable))
    if titled := subject(cable):
        yield "Subject", titled.title.text
        yield "Subject marking", folded(titled.portion.typed) if titled.portion else None
    if listed := first(cable, References):
        for reference in listed.references:
            yield "Reference", reference_in_words(reference.label, reference_text(reference))
    if said := classifier(cable):
        yield "Classified by", ", ".join(filter(None, (said.name, said.title)))
        yield "Reasons", ", ".join(said.reasons)
        yield "Derived from", said.derived_from
    yield from archive_facts(cable)


# What an archive says where the text says nothing; it is named as the archive's.
_ARCHIVE = (
    ("Draft Date", "Archive date", DateTimeGroup),
    ("dateline", "Archive date", DateTimeGroup),
    ("From", "Archive from", Origin),
    ("Original Classification", "Archive classification", Banner),
    ("Classification", "Archive classification", Banner),
    ("classification as printed", "Archive classification", Banner),
    ("TAGS", "Archive TAGS", Tags),
    ("Subject", "Archive subject", Subject),
)


def archive_facts(cable: Cable) -> Iterator[tuple[str, str | None]]:
    """The number of the archive's record, and what only the record says of the telegram."""
    kinds = (RecordKind.ATTRIBUTES, RecordKind.WEB, RecordKind.EDITION)
    kept = [record for record in every(cable, Record) if record.kind in kinds]
    said = {field.name: field.value.text for one in kept for field in one.fields if field.value}
    yield "Archive record", said.get("Document Number") or said.get("Reference ID")
    for name, fact, kind in _ARCHIVE:
        if first(cable, kind) is None:
            yield fact, said.get(name)


def classifier(cable: Cable) -> Authority | Classifier | None:
    """Who classified, and why: by the line of the heading, or by the paragraph that says it."""
    said = (passage.classifier for passage in cable.passages if passage.classifier)
    return first(cable, Authority) or next(said, None)


def tags(cable: Cable) -> tuple[Field, ...]:
    """The TAGS of the heading; N/A only where no line right below it has others."""
    found: list[Field] = []
    for part in all_parts(cable):
        if isinstance(part, Tags):
            found += part.tags
        elif found:
            break
    return tuple(tag for tag in found if tag.text.upper() not in _NONE) or tuple(found)


_NONE = ("N/A", "NA", "NONE")


def subject(cable: Cable) -> Subject | None:
    """The first subject line that has words."""
    return next((line for line in every(cable, Subject) if line.title.text), None)


def addressees(cable: Cable) -> Iterator[tuple[AddresseeKind, Addressee]]:
    """Each addressee of the first transmission heading, in order; later sections repeat it.

    A list that the heading lacks may stand below the text: a print has ``Info:`` there.
    """
    named: set[AddresseeKind] = set()
    is_over = False
    for part in cable.parts:
        if type(part) is Addressees and not (is_over and part.kind in named):
            named.add(part.kind)
            for addressee in part.addressees:
                yield part.kind, addressee
        elif type(part) is Paragraph or (type(part) is Banner and part.serial):
            is_over = True


@kept
def captions(cable: Cable) -> tuple[str, ...]:
    """Every caption of the cable once, in the order of their first appearance."""
    lines: Iterator[Banner | Captions] = (
        part for part in all_parts(cable) if isinstance(part, (Banner, Captions))
    )
    return tuple(dict.fromkeys(caption for line in lines for caption in line.captions))


def stamps(cable: Cable) -> tuple[str, ...]:
    """What reviewers put on the copy, as typed, each once; nothing where they put nothing.

    On an archive's copy they may stand anywhere; elsewhere a stamp between the heading and the end
    is one that the text quotes, as is one at the end that its last words announce.
    """
    if first(cable, ReleaseMark) is None:
        return ()
    parts: Iterable[Part] = cable.parts
    if any(one.form in ("nara", "print") for one in cable.forms):
        parts = every(cable, ReleaseMark)
    else:
        places = [place for place, part in enumerate(cable.parts) if _is_text(part)]
        if places:
            last = places[-1]
            below = cable.parts[last + 1 :] if _is_over(cable.parts[last]) else ()
            parts = (*cable.parts[: places[0]], *below)
    typed = (mark.text.text for mark in parts if isinstance(mark, ReleaseMark))
    return tuple(dict.fromkeys(printable(folded(one)) for one in typed))


def _is_text(part: Part) -> bool:
    """Whether a part is the message's own text, or its signature."""
    return isinstance(part, TEXT_PARTS) and not isinstance(part, Note)


def _is_over(part: Part) -> bool:
    """Whether nothing more of the text is to be expected behind a part of it."""
    return isinstance(part, Signature) or words(pieces(part)).endswith((".", ".)", "!", "?", '."'))


def is_declassified(cable: Cable) -> bool:
    """Whether a stamp says so; a release in part or in full does not say it."""
    return any(map(_DECLASSIFIED.match, stamps(cable)))


def is_released(cable: Cable) -> bool:
    """Whether a stamp says declassified or released, be it in part."""
    return any(_DECLASSIFIED.match(one) or _RELEASED.match(one) for one in stamps(cable))


_DECLASSIFIED = re.compile(r"(?:[A-Z][A-Za-z. ]{2,60} )?DECLASSIFIED\b", re.IGNORECASE)
_RELEASED = re.compile(
    r"RELEASED? IN (?:FULL|PART)\b|(?:SANITIZED COPY )?APPROVED FOR RELEASE\b", re.IGNORECASE
)


def date_in_words(sent: datetime | None, typed: str) -> str:
    """``3 December 2006, 0610Z (030610Z DEC 06)``; only what was typed if it is no date."""
    if sent is None:
        return typed
    return f"{sent.day} {_MONTHS[sent.month - 1]} {sent.year}, {sent:%H%M}Z ({typed})"


def addressee_in_words(addressee: Addressee) -> str:
    """``SECSTATE WASHDC (RUEHC) PRIORITY 8306``."""
    name = f"{addressee.name}//{addressee.office}//" if addressee.office else addressee.name
    routing = f"({addressee.routing})" if addressee.routing else None
    return " ".join(filter(None, (name, routing, addressee.precedence, addressee.number)))


def reference_text(reference: Reference) -> str:
    """``BAGHDAD 4186``; ``DOC/BUPERS/2NOV07 (BUPERSINST 1430.16G)`` where NARR tells it."""
    return f"{reference.typed} ({reference.note})" if reference.note else reference.typed


def reference_in_words(label: str | None, typed: str) -> str:
    """``A. BAGHDAD 4186``."""
    return f"{label}. {typed}" if label else typed
