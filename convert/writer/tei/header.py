"""``teiHeader``: the cable in normal form; each fact in one place of its own."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from convert.model.cable import (
    Addressee,
    AddresseeKind,
    Authority,
    Banner,
    Cable,
    Classifier,
    DateTimeGroup,
    ExecutiveOrder,
    HeaderLine,
    Origin,
    Passing,
    Precedence,
    Record,
    Reference,
    References,
    ReleaseMark,
    Signature,
    StationLine,
)
from convert.model.facts import (
    RESTRICTING_CAPTIONS,
    addressees,
    archive_facts,
    banner_text,
    canonical_id,
    captions,
    classifier,
    originator,
    stamps,
    subject,
    tags,
)
from convert.model.ism import ism_block
from convert.model.layout import line_end
from convert.model.marking import Level
from convert.model.text import folded
from convert.model.walk import every, first
from convert.writer.tei.taxonomy import Categories
from convert.writer.tei.template import Template
from convert.writer.tei.xml import TOOL, Characters, Indented, element, when

_ID = ' xml:id="cable-convert"'
CONVERTER = (
    f"<respStmt{_ID}><resp>converted from the source by</resp>"
    '<name type="software">cable-convert</name></respStmt>'
)
_NORMALIZATION = (
    "The text stands as typed. Spaced letters of a banner, and a country that a portion mark does "
    "not name by its code, stand in orig, their regular form in reg; what a marking means is in "
    "ana: of a mark what is typed, of its paragraph what that comes to. A character that XML does "
    "not allow, or that no eye sees, is a g that points to its description."
)
_LINE_ENDS = (
    "All blanks and line ends of the text are those of the source (xml:space); where a line end "
    "counts there is lb too. A page or section break inside a paragraph is a milestone, and its "
    "lines are fw. The characters of the text, without those in reg, are the source."
)
_INFERRED = (
    "What the source does not say itself has cert and resp: the year of a cited cable that names "
    "none, a paragraph joined over a bare blank line."
)
_SURPLUS = "Characters that are not the cable's own stand in surplus; reason says what they are: "


def fill_header(
    header: Indented,
    cable: Cable,
    categories: Categories,
    characters: Characters,
    template: Template,
    *,
    is_member: bool = False,
) -> None:
    """The parts of the header; the taxonomies come when all categories are known.

    ``is_member``: of a corpus, whose header has the taxonomies.
    """
    overall = _overall(cable, categories)
    header.open("teiHeader")
    _file(header, cable, overall, categories, template, is_member)
    profile = Indented(1)
    _profile(profile, cable, overall, categories)
    header.open("encodingDesc")
    _editorial(header, cable, template)
    if not is_member:
        categories.declare(header, has_tags=bool(tags(cable)))
        declare_characters(header, characters)
    header.close()
    header.lines += profile.lines
    header.lines += [" <xenoData>", ism_block(cable), "</xenoData>"]
    header.open("revisionDesc")
    header.add("change", "Converted by cable-convert.", type="conversion", who=TOOL)
    header.close()
    header.close()


def _overall(cable: Cable, categories: Categories) -> str:
    """The pointers of the page banner; none where a banner cannot be read."""
    found = [banner.marking for banner in every(cable, Banner)]
    read = [marking for marking in found if marking is not None]
    if not read or len(read) < len(found):
        return ""
    top = categories.marking(max(read, key=lambda marking: marking.classification.rank))
    controls = [value for value in captions(cable) if value in RESTRICTING_CAPTIONS]
    return " ".join([top or "", *map(categories.caption, controls)])


def _file(
    header: Indented,
    cable: Cable,
    overall: str,
    categories: Categories,
    template: Template,
    is_member: bool,
) -> None:
    reference, titled = canonical_id(cable), subject(cable)
    header.open("fileDesc")
    header.open("titleStmt")
    if titled:
        ana = categories.resolved(titled.portion)
        header.add("title", titled.title.text, type="main", ana=ana)
    header.add("title", _described(cable), type="sub")
    if sender := originator(cable):
        header.raw(f"<author>{element('orgName', sender.text)}</author>")
    header.extend(template.responsible)
    header.raw(CONVERTER.replace(_ID, "", 1) if is_member else CONVERTER)
    header.close()
    header.open("publicationStmt")
    header.extend(template.publisher)
    if reference:
        header.add("idno", reference, type="messageReferenceNumber")
    banner = banner_text(cable)
    status = "restricted" if banner not in {None, Level.U.title} else "unknown"
    header.open("availability", status=status, ana=overall)
    if banner is None:
        header.raw("<p>The source has no classification line.</p>")
    else:
        header.raw(f"<p>This cable bears the marking {element('seg', banner, type='banner')}.</p>")
    for stamp in stamps(cable):
        header.add("p", f"A later stamp on the copy says: {stamp}")
    header.extend(template.availability)
    header.close()
    header.close()
    header.open("sourceDesc")
    header.open("bibl", type="telegram", id=f"{categories.prefix}src")
    _bibliography(header, cable, categories.prefix)
    header.close()
    _records(header, cable)
    header.close()
    header.close()


def _described(cable: Cable) -> str:
    """``Telegram from AMEMBASSY PORT ORRIN to SECSTATE WASHDC, 07PORTORRIN412``."""
    told = "Telegram"
    if sender := originator(cable):
        told += f" from {sender.text}"
    if to := next((one.name for kind, one in addressees(cable) if kind is AddresseeKind.TO), None):
        told += f" to {to}"
    reference = canonical_id(cable)
    return f"{told}, {reference}" if reference else told


def _bibliography(header: Indented, cable: Cable, prefix: str) -> None:
    """The cable as a document: what it is called, who classified it, until when."""
    if reference := canonical_id(cable):
        header.add("idno", reference, type="messageReferenceNumber")
    station = first(cable, StationLine) or first(cable, HeaderLine)
    if station and station.serial:
        header.add("idno", station.serial, type="stationSerial")
    sections = next((b.sections for b in every(cable, Banner) if b.sections), None)
    if sections:
        told = {"unit": "transmissionSection", "quantity": str(sections)}
        header.raw(f"<extent>{element('measure', f'{sections} sections', **told)}</extent>")
    if authority := classifier(cable):
        _authority(header, authority, prefix)
    if order := first(cable, ExecutiveOrder):
        if order.order:
            header.add("note", order.order, type="executiveOrder")
        if order.declassify:
            until = order.declassify_on.isoformat() if order.declassify_on else None
            name = "date" if until else "note"
            header.add(name, order.declassify.text, type="declassifyOn", when=until, n=order.event)
    titled = subject(cable)
    if titled and titled.portion:
        header.add("note", folded(titled.portion.typed), type="subjectMarking")
    for name, said in archive_facts(cable):
        if said:
            header.add("note", said, type="archive", subtype=name.split()[1])
    _release(header, cable)
    source = cable.source
    header.open("note", type="file")
    if source.name:
        header.add("name", source.name, type="file")
    header.add("term", source.encoding, type="encoding")
    header.add("idno", source.sha256, type="sha256")
    characters = str(source.characters)
    header.add("measure", f"{characters} characters", unit="character", quantity=characters)
    if ends := _line_ends(cable):
        header.add("term", ends, type="lineEnds")
    header.close()
    for form in cable.forms:
        header.add("note", form.reason, type="form", n=form.form)


def _line_ends(cable: Cable) -> str | None:
    """``CRLF`` or ``CR``, where all lines of the source end so."""
    return {"\r\n": "CRLF", "\r": "CR"}.get(line_end(cable))


def _authority(header: Indented, authority: Authority | Classifier, prefix: str) -> None:
    """Who classified the cable, and why."""
    if authority.name or authority.title:
        header.open("respStmt", id=f"{prefix}classifier")
        header.add("resp", "classified by")
        header.open("persName")
        if authority.name:
            header.add("name", authority.name)
        if authority.title:
            header.add("roleName", authority.title)
        header.close()
        header.close()
    if authority.reasons:
        header.add("note", ", ".join(authority.reasons), type="classificationReason")
    if authority.derived_from:
        header.add("note", authority.derived_from, type="derivedFrom")


def _release(header: Indented, cable: Cable) -> None:
    """What reviewers put on the copy: each wording once, its exemptions, the day."""
    told: dict[str, None] = {}
    for part in every(cable, ReleaseMark):
        if (words := part.text.text) in told:
            continue
        told[words] = None
        day = part.released_on.isoformat() if part.released_on else None
        if day:
            header.add("date", words, type="release", when=day)
        else:
            header.add("note", words, type="release", n=" ".join(part.exemptions))


def _records(header: Indented, cable: Cable) -> None:
    """What archives say of the telegram, field by field."""
    for record in every(cable, Record):
        if any(field.value for field in record.fields):
            header.open("bibl", type="record", subtype=record.kind.value)
            for field in record.fields:
                if field.value:
                    header.add("note", field.value.text, type="field", n=field.name)
            header.close()


def _profile(header: Indented, cable: Cable, overall: str, categories: Categories) -> None:
    header.open("profileDesc")
    if group := first(cable, DateTimeGroup):
        date = element("date", group.typed.text, when=when(group.instant))
        header.raw(f"<creation>{date}</creation>")
    header.raw('<langUsage><language ident="en">English</language></langUsage>')
    _correspondence(header, cable, categories)
    found, listed = captions(cable), tags(cable)
    header.open("textClass")
    if listed:
        header.open("keywords", scheme="#tax.TAGS")
        for tag in listed:
            header.add("term", tag.text, type="TAGS")
        header.close()
    if found:
        header.open("keywords", scheme="#tax.marking")
        for caption in found:
            header.add("term", caption, type="caption", ana=categories.caption(caption))
        header.close()
    if overall:
        header.add("catRef", scheme="#tax.marking", target=overall)
    header.close()
    header.close()


def _correspondence(header: Indented, cable: Cable, categories: Categories) -> None:
    """``correspDesc``; left out of a cable that says nothing of it."""
    group, origin = first(cable, DateTimeGroup), first(cable, Origin)
    precedences = categories.precedence(group.precedences) if group else None
    before = len(header.lines)
    source = f"#{categories.prefix}src"
    header.open("correspDesc", type="telegram", corresp=source, ana=precedences)
    signers = [name for part in every(cable, Signature) for name in part.names]
    signers += [passage.signer for passage in cable.passages if passage.signer]
    sender = originator(cable)
    if sender or signers or (group and group.instant):
        header.open("correspAction", type="sent")
        if sender:
            post, country = (origin.post, origin.country) if origin else (None, None)
            header.add("orgName", sender.text, type="post", key=sender.text, n=post)
            _country(header, country)
        for signer in signers:
            header.add("persName", signer, role="signer")
        if group and group.instant:
            header.add("date", when=when(group.instant))
        header.close()
    for kind, run in groupby(addressees(cable), key=lambda item: item[0]):
        header.open("correspAction", type="received", subtype=kind.value.lower())
        for _, addressee in run:
            _addressee(header, addressee, categories)
        header.close()
    references = first(cable, References)
    if references and references.references:
        header.open("correspContext")
        for reference in references.references:
            _reference(header, reference, categories)
        header.close()
    for passing in dict.fromkeys(part.text.text for part in every(cable, Passing)):
        header.add("note", passing, type="passing")
    if len(header.lines) == before + 1 and precedences:
        header.add("p", "The source names neither sender nor addressees.")
    header.close()


def _reference(header: Indented, reference: Reference, categories: Categories) -> None:
    target = categories.target(reference.canonical)
    guessed = reference.inferred and target
    header.add(
        "ref", reference.typed, type="reftel", subtype=reference.kind.name.lower(),
        n=reference.label, target=target,
        cert="medium" if guessed else None, resp=TOOL if guessed else None,
    )  # fmt: skip
    if reference.note:
        header.add("note", reference.note, type="reference", n=reference.label)


def _addressee(header: Indented, addressee: Addressee, categories: Categories) -> None:
    """Its name, then what belongs to it, each in an element of its own."""
    known = Precedence.__members__.get(addressee.precedence or "")
    ana = categories.precedence([known]) if known else None
    name = addressee.name
    header.add("orgName", name, type="addressee", key=name, n=addressee.post, ana=ana)
    _country(header, addressee.country)
    if addressee.office:
        header.add("orgName", addressee.office, type="office")
    if addressee.routing:
        header.add("idno", addressee.routing, type="routingIndicator")
    if addressee.precedence:
        header.add("idno", addressee.precedence, type="precedence")
    if addressee.number:
        header.add("idno", addressee.number, type="number")


def _country(header: Indented, code: str | None) -> None:
    """Where a post is, by the code of ISO 3166-1."""
    if code:
        header.add("country", key=code)


def _editorial(header: Indented, cable: Cable, template: Template) -> None:
    """What the tool did with the text."""
    header.extend(template.project)
    header.open("editorialDecl")
    header.lines += _DECLARED
    if cable.omissions:
        counts = Counter(omission.reason.value for omission in cable.omissions)
        listed = "; ".join(f"{reason}: {count}" for reason, count in counts.items())
        _declared(header, "correction", f"{_SURPLUS}{listed}.")
    header.close()


def _declaration(name: str, words: str, **attributes: str) -> list[str]:
    """What holds of every cable, as the header has it."""
    told = Indented(3)
    _declared(told, name, words, **attributes)
    return told.lines


def _declared(header: Indented, name: str, words: str, **attributes: str) -> None:
    header.open(name, **attributes)
    header.add("p", words)
    header.close()


def declare_characters(header: Indented, characters: Characters) -> None:
    """A description for each character that a ``g`` stands for."""
    if characters.used:
        header.open("charDecl")
        for code in sorted(characters.used):
            header.open("char", id=f"char.{code}")
            header.add("mapping", f"U+{code}", type="codepoint")
            header.close()
        header.close()


_DECLARED = [
    *_declaration("normalization", _NORMALIZATION, method="markup"),
    *_declaration("hyphenation", _LINE_ENDS, eol="some"),
    *_declaration("interpretation", _INFERRED),
]
