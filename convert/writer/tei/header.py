"""``teiHeader``: the cable in normal form; each fact in one place of its own."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from lxml import etree

from convert.model.cable import (
    Addressee,
    Authority,
    Banner,
    Cable,
    DateTimeGroup,
    ExecutiveOrder,
    Origin,
    Passing,
    Precedence,
    References,
    Signature,
    StationLine,
    Tags,
)
from convert.model.facts import (
    RESTRICTING_CAPTIONS,
    addressees,
    archive_facts,
    banner_text,
    canonical_id,
    captions,
    reference_text,
    subject,
)
from convert.model.marking import Level
from convert.model.walk import every, first
from convert.writer.tei.elements import add, urn, when
from convert.writer.tei.taxonomy import Categories

_PROJECT = "Plain-text telegram converted through one intermediate representation."
_NORMALIZATION = (
    "The text stands as typed. Spaced letters of a banner, and a country that a portion mark does "
    "not name by its code, stand in orig, their regular form in reg; what a marking means is in "
    "ana. A character that XML does not allow stands as its code point in brackets."
)
_LINE_ENDS = (
    "In paragraphs a line end of the source is a line end of this file; elsewhere it is lb. A page "
    "or section break inside a paragraph is a milestone, and its lines are fw."
)


def fill_header(header: etree._Element, cable: Cable, categories: Categories) -> None:
    """The four parts of the header; the taxonomies come last, when all categories are known."""
    overall = _overall(cable, categories)
    _file(add(header, "fileDesc"), cable, overall, categories)
    encoding = add(header, "encodingDesc")
    _profile(add(header, "profileDesc"), cable, overall, categories)
    _editorial(encoding, cable)
    tags = first(cable, Tags)
    categories.declare(encoding, has_tags=bool(tags and tags.tags))
    add(header, "xenoData")  # the block of markings, filled in when all is written
    changes = add(header, "revisionDesc")
    add(changes, "change", "Converted from plain text by cable-convert.", type="conversion")
    etree.indent(header, " ")


def _overall(cable: Cable, categories: Categories) -> str:
    """The pointers of the page banner; none where a banner cannot be read."""
    found = [banner.marking for banner in every(cable, Banner)]
    read = [marking for marking in found if marking is not None]
    if not read or len(read) < len(found):
        return ""
    top = categories.marking(max(read, key=lambda marking: marking.classification.rank))
    controls = [value for value in captions(cable) if value in RESTRICTING_CAPTIONS]
    return " ".join([top or "", *map(categories.caption, controls)])


def _file(file: etree._Element, cable: Cable, overall: str, categories: Categories) -> None:
    reference, titled = canonical_id(cable), subject(cable)
    titles = add(file, "titleStmt")
    if titled:
        ana = categories.resolved(titled.portion)
        add(titles, "title", titled.title.text, type="main", ana=ana)
    add(titles, "title", f"Telegram {reference}" if reference else "Telegram", type="sub")
    if origin := first(cable, Origin):
        add(add(titles, "author"), "orgName", origin.name.text)
    published = add(file, "publicationStmt")
    add(published, "publisher", "The holder of this file")
    if reference:
        add(published, "idno", reference, type="messageReferenceNumber")
    banner = banner_text(cable)
    status = "restricted" if banner not in {None, Level.U.title} else "unknown"
    availability = add(published, "availability", status=status, ana=overall)
    if banner is None:
        add(availability, "p", "The source has no classification line.")
    else:
        marked = add(availability, "p", "This cable bears the marking ")
        add(marked, "seg", banner, type="banner")
    _bibliography(add(add(file, "sourceDesc"), "bibl", type="telegram", id="src"), cable)


def _bibliography(bibl: etree._Element, cable: Cable) -> None:
    """The cable as a document: what it is called, who classified it, until when."""
    if reference := canonical_id(cable):
        add(bibl, "idno", reference, type="messageReferenceNumber")
    station = first(cable, StationLine)
    if station and station.serial:
        add(bibl, "idno", station.serial, type="stationSerial")
    if sections := next((b.sections for b in every(cable, Banner) if b.sections), None):
        add(
            add(bibl, "extent"), "measure", f"{sections} sections",
            unit="transmissionSection", quantity=str(sections),
        )  # fmt: skip
    if authority := first(cable, Authority):
        _authority(bibl, authority)
    if order := first(cable, ExecutiveOrder):
        if order.order:
            add(bibl, "note", order.order, type="executiveOrder")
        if order.declassify:
            until = order.declassify_on.isoformat() if order.declassify_on else None
            name = "date" if until else "note"
            add(bibl, name, order.declassify.text, type="declassifyOn", when=until)
    titled = subject(cable)
    if titled and titled.portion:
        add(bibl, "note", titled.portion.typed, type="subjectMarking")
    for name, said in archive_facts(cable):
        if said:
            add(bibl, "note", said, type="archive", subtype=name.split()[1])
    source = cable.source
    named = source.name or "a stream"
    add(bibl, "note", f"{named}; {source.encoding}; SHA-256 {source.sha256}", type="file")


def _authority(bibl: etree._Element, authority: Authority) -> None:
    """Who classified the cable, and why."""
    if authority.name or authority.title:
        statement = add(bibl, "respStmt", id="classifier")
        add(statement, "resp", "classified by")
        person = add(statement, "persName")
        if authority.name:
            add(person, "name", authority.name)
        if authority.title:
            add(person, "roleName", authority.title)
    if authority.reasons:
        add(bibl, "note", ", ".join(authority.reasons), type="classificationReason")
    if authority.derived_from:
        add(bibl, "note", authority.derived_from, type="derivedFrom")


def _profile(profile: etree._Element, cable: Cable, overall: str, categories: Categories) -> None:
    if group := first(cable, DateTimeGroup):
        add(add(profile, "creation"), "date", group.typed.text, when=when(group.instant))
    add(add(profile, "langUsage"), "language", "English", ident="en")
    _correspondence(profile, cable, categories)
    found, tags = captions(cable), first(cable, Tags)
    if not (found or overall or (tags and tags.tags)):
        return
    classes = add(profile, "textClass")
    if tags and tags.tags:
        keywords = add(classes, "keywords", scheme="#tax.TAGS")
        for tag in tags.tags:
            add(keywords, "term", tag.text, type="TAGS")
    if found:
        keywords = add(classes, "keywords", scheme="#tax.marking")
        for caption in found:
            add(keywords, "term", caption, type="caption", ana=categories.caption(caption))
    if overall:
        add(classes, "catRef", scheme="#tax.marking", target=overall)


def _correspondence(profile: etree._Element, cable: Cable, categories: Categories) -> None:
    """``correspDesc``; left out of a cable that says nothing of it."""
    group, origin = first(cable, DateTimeGroup), first(cable, Origin)
    precedences = categories.precedence(group.precedences) if group else None
    letter = add(profile, "correspDesc", type="telegram", corresp="#src", ana=precedences)
    signers = [name for part in every(cable, Signature) for name in part.names]
    if origin or signers or (group and group.instant):
        sent = add(letter, "correspAction", type="sent")
        if origin:
            add(sent, "orgName", origin.name.text, type="post", key=origin.name.text)
        for name in signers:
            add(sent, "persName", name, role="signer")
        if group and group.instant:
            add(sent, "date", when=when(group.instant))
    for kind, run in groupby(addressees(cable), key=lambda item: item[0]):
        received = add(letter, "correspAction", type="received", subtype=kind.value.lower())
        for _, addressee in run:
            _addressee(received, addressee, categories)
    references = first(cable, References)
    if references and references.references:
        context = add(letter, "correspContext")
        for reference in references.references:
            target = urn(reference.canonical)
            add(
                context, "ref", reference_text(reference), type="reftel", n=reference.label,
                target=target,
                cert="medium" if reference.inferred and target else None,
                subtype=reference.kind.name.lower(),
            )  # fmt: skip
    for passing in dict.fromkeys(part.text.text for part in every(cable, Passing)):
        add(letter, "note", passing, type="passing")
    if not len(letter):
        if precedences:
            add(letter, "p", "The source names neither sender nor addressees.")
        else:
            profile.remove(letter)


def _addressee(received: etree._Element, addressee: Addressee, categories: Categories) -> None:
    """Its name, then what belongs to it, each in an element of its own."""
    known = Precedence.__members__.get(addressee.precedence or "")
    ana = categories.precedence([known]) if known else None
    add(received, "orgName", addressee.name, type="addressee", key=addressee.name, ana=ana)
    if addressee.office:
        add(received, "orgName", addressee.office, type="office")
    if addressee.routing:
        add(received, "idno", addressee.routing, type="routingIndicator")
    if addressee.precedence:
        add(received, "idno", addressee.precedence, type="precedence")
    if addressee.number:
        add(received, "idno", addressee.number, type="number")


def _editorial(encoding: etree._Element, cable: Cable) -> None:
    """What the tool did with the text."""
    add(add(encoding, "projectDesc"), "p", _PROJECT)
    editorial = add(encoding, "editorialDecl")
    add(add(editorial, "normalization", method="markup"), "p", _NORMALIZATION)
    add(add(editorial, "hyphenation", eol="some"), "p", _LINE_ENDS)
    if cable.omissions:
        counts = Counter(omission.reason.value for omission in cable.omissions)
        listed = "; ".join(f"{reason}: {count}" for reason, count in counts.items())
        add(add(editorial, "correction"), "p", f"Left out of the transcription: {listed}.")
