"""The cable as data: frozen values, no behaviour, nothing imported but the model.

A cable is the sequence of its parts, in the order in which they stand in the source. Every part
keeps the characters it was read from (``lines``, ``content``: what was typed) beside what they
mean (the other fields). Parts and omissions together cover each non-blank character of the source
exactly once: ``reader.account`` checks it on every run. What the source does not say is None or
empty, never a guess.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TypeAlias, final

from convert.model.data import Data
from convert.model.marking import Marking
from convert.model.span import Span


@final
class Typed(Data):
    """Characters as they stand in the source, on one line: ``text == source[span]``.

    In a page or an XML document, ``source[span]`` may be one character reference (``&amp;``,
    ``&#xB6;``): then ``text`` is the character that it names.

    ``parted``: what parts it from the piece before: a line end, or on the same line, where an
    omission stood between the two, a blank or nothing.
    """

    text: str
    span: Span
    parted: str = "\n"


class Field(Data):
    """A value read out of typed lines, its words joined by single blanks."""

    text: str
    span: Span


@final
class Joint(Data):
    """What a page, section or blank line break left inside a running text.

    ``parts`` are the lines that stood there; empty for a bare blank line. ``inferred`` says that
    no page line proves the break: the sentence itself does.
    """

    parts: tuple[Part, ...]
    span: Span
    inferred: bool = False


Piece: TypeAlias = Typed | Joint
"""A text is a run of lines as typed, with the joints that interrupt it."""


class Portion(Data):
    """A paragraph's own marking: what it means, and how it was typed."""

    marking: Marking | None  # None: stands in mark position and cannot be read
    typed: str  # with its brackets: "(S//REL UK, AUS)"
    span: Span
    supplied: tuple[str, ...] = ()  # values of ``marking`` that nobody typed: USA in a REL list
    pieces: tuple[Typed, ...] = ()  # of a page: where its markup parts the mark


class Label(Data):
    """A paragraph's own label: ``1.``, ``A.``, ``(1)``, ``--``."""

    typed: str
    number: int | None  # the value of a paragraph number; None for every other label
    span: Span
    pieces: tuple[Typed, ...] = ()  # of a page: where its markup parts the label


class Precedence(Enum):
    """How fast a message travels (ACP 121; 5 FAH-2 H-320): the letter of the prosign."""

    FLASH = "Z"
    IMMEDIATE = "O"
    PRIORITY = "P"
    ROUTINE = "R"


# --- the transmission heading: ACP 126, 5 FAH-2 H-320 ---------------------------------------------


class ChannelLine(Data):
    """Format line 1: ``VZCZCXRO4647``; start of transmission and channel number."""

    lines: tuple[Piece, ...]
    channel: str


class RoutingLine(Data):
    """Format line 2: ``PP RUEHBC RUEHDE``; precedence and routing indicators."""

    lines: tuple[Piece, ...]
    precedences: tuple[Precedence, ...]
    indicators: tuple[str, ...]


class HeaderLine(Data):
    """Format line 2 of JANAP 128: ``RTTUZYUW RHOIAAA0001 0581603-UUUU--RHSSSUU.``."""

    lines: tuple[Piece, ...]
    precedence: Precedence | None
    medium: str  # two letters, language and media: "TT", "TA", "AA"
    classification: str  # its letter: "U"
    content: str  # content indicator code: "ZYUW"
    indicator: str  # the originator's routing indicator: "RHOIAAA"
    serial: str  # station serial number: "0001"; empty where a copy lost it
    julian_day: int | None  # 1 to 366
    time: str | None  # "1603", UTC
    letters: str  # the class letter four times: "UUUU"
    destination: str | None  # "RHSSSUU"


class MessageSet(Data):
    """A set of a formatted message: ``MSGID/GENADMIN/CNO WASHINGTON DC/-/OCT//`` (MIL-STD-6040).

    The set that opens the text has its name alone here (``RMKS/``, ``GENTEXT/REMARKS/``), and what
    ends it (``//``) has no name; the text between is paragraphs.
    """

    lines: tuple[Piece, ...]
    name: str  # "MSGID"; "" for an end of set by itself
    fields: tuple[Field, ...]


class StationLine(Data):
    """Format line 3: ``DE RUEHGB #4430/01 3370610``; who sent it, serial, day of year and time."""

    lines: tuple[Piece, ...]
    indicator: str
    serial: str | None
    section: int | None
    julian_day: int | None  # 1 to 366
    time: str | None  # "0610", UTC


class SecurityLine(Data):
    """Format line 4: ``ZNY SSSSS ZZH``; encrypted (ZNY) or in clear (ZNR), the class letters."""

    lines: tuple[Piece, ...]
    prosign: str
    letters: str
    encrypted: bool
    signals: tuple[str, ...]


class DateTimeGroup(Data):
    """Format line 5: ``P 030610Z DEC 06``; precedences, date-time group, operating signals."""

    lines: tuple[Piece, ...]
    precedences: tuple[Precedence, ...]
    typed: Field
    instant: datetime | None  # UTC; None where the group is no possible date
    signals: tuple[str, ...]


class Origin(Data):
    """Format line 6: ``FM AMEMBASSY BAGHDAD``."""

    lines: tuple[Piece, ...]
    name: Field
    post: str | None = None  # its word in message reference numbers: "BAGHDAD"; None if unknown
    country: str | None = None  # ISO 3166-1 alpha-2: "IQ"


class AddresseeKind(Enum):
    """Format lines 7 to 9: action, information, exempted."""

    TO = "TO"
    INFO = "INFO"
    XMT = "XMT"


class Addressee(Data):
    """``RUEHC/SECSTATE WASHDC PRIORITY 8306``."""

    name: str
    routing: str | None
    office: str | None
    precedence: str | None
    number: str | None
    span: Span
    post: str | None = None  # its word in message reference numbers: "STATE"; None if unknown
    country: str | None = None  # ISO 3166-1 alpha-2: "US"


class Addressees(Data):
    """The lines of one TO, INFO or XMT list."""

    lines: tuple[Piece, ...]
    kind: AddresseeKind
    addressees: tuple[Addressee, ...]


class Prosign(Data):
    """A line of procedure: ``BT`` (break), ``#4430`` (end serial), ``NNNN`` (end of message)."""

    lines: tuple[Piece, ...]
    sign: str


# --- the text heading -----------------------------------------------------------------------------


class Banner(Data):
    """The classification line: ``S E C R E T SECTION 01 OF 02 BAGHDAD 004430``."""

    lines: tuple[Piece, ...]
    marking: Marking | None  # None: stands in banner position and cannot be read
    typed: Field  # the marking alone, as typed: "S E C R E T NOFORN"
    shown: str  # its normal form, "SECRET//NOFORN"; as typed where it cannot be read
    captions: tuple[str, ...]  # captions typed on this line
    section: int | None
    sections: int | None
    post: str | None  # "BAGHDAD"
    serial: str | None  # "004430", as typed


class Captions(Data):
    """A caption line: ``SIPDIS``, ``NODIS``, ``SENSITIVE``."""

    lines: tuple[Piece, ...]
    captions: tuple[str, ...]


class Passing(Data):
    """A passing or attention instruction: ``STATE PASS TO USTR``."""

    lines: tuple[Piece, ...]
    text: Field


class ExecutiveOrder(Data):
    """``E.O. 12958: DECL: 12/02/2016``."""

    lines: tuple[Piece, ...]
    order: str | None  # "12958"
    declassify: Field | None  # all after the order, as typed: "DECL: 12/02/2016"
    declassify_on: date | None
    event: str | None  # an event or exemption instead of a date: OADR, X1, 25X1-human, GDS, N/A


class Tags(Data):
    """``TAGS: PREL, PGOV, IZ``."""

    lines: tuple[Piece, ...]
    tags: tuple[Field, ...]


class Subject(Data):
    """``SUBJECT: (C) MEETING WITH ...``."""

    lines: tuple[Piece, ...]
    title: Field
    portion: Portion | None


class ReferenceKind(Enum):
    """What a reference points to."""

    CABLE = "cable"
    SEPTEL = "septel"
    EMAIL = "e-mail"
    TELECON = "telecon"
    LETTER = "letter"
    REPORT = "report"
    STATUTE = "statute"
    AIRGRAM = "airgram"
    OTHER = "other"


class Reference(Data):
    """One item of the REF line, with the canonical id of a cable where it can be told."""

    label: str | None  # "A"
    typed: str
    kind: ReferenceKind
    canonical: str | None  # "06BAGHDAD4186"
    inferred: bool  # ``canonical`` has a year or post that is not typed, or an O read as zero
    span: Span
    note: str | None = None  # what NARR or AMPN says of it in a formatted message


class References(Data):
    """The REF line or lines."""

    lines: tuple[Piece, ...]
    references: tuple[Reference, ...]


class Authority(Data):
    """``Classified By: DCM Jane Roe for reasons 1.4 (b) and (d).`` (32 CFR 2001.21)."""

    lines: tuple[Piece, ...]
    name: str | None
    title: str | None
    reasons: tuple[str, ...]  # "1.4(b)", "1.4(d)"
    derived_from: str | None
    portion: Portion | None = None


# --- the text -------------------------------------------------------------------------------------


@final
class Paragraph(Data):
    """A numbered paragraph, a nested item, or an unnumbered paragraph (label None)."""

    label: Label | None
    portion: Portion | None  # None: the source marks no portion here
    content: tuple[Piece, ...]
    level: int = 0  # 0: paragraph; 1, 2, ...: nested item


class Heading(Data):
    """A heading between paragraphs; rules of dashes above or below it are among its lines."""

    lines: tuple[Piece, ...]
    title: Field
    portion: Portion | None = None


class Preformatted(Data):
    """A table or other text whose alignment counts: lines kept as typed, blanks and all."""

    lines: tuple[Piece, ...]
    portion: Portion | None = None


class Row(Data):
    """A row of a table: one cell for each column; None is an empty cell."""

    cells: tuple[Field | None, ...]


class Table(Data):
    """A table whose rows and columns are certain; its lines are kept as typed too.

    The words of the cells, row by row, are the words of the lines in their order; rules are drawn
    and belong to no cell.
    """

    lines: tuple[Piece, ...]
    rows: tuple[Row, ...]  # all of one length
    header: int  # so many rows at the top are headings of columns; 0: none
    portion: Portion | None = None


class Signature(Data):
    """The name or names at the end of the text."""

    lines: tuple[Piece, ...]
    names: tuple[str, ...]


class NoteKind(Enum):
    """Who speaks in a note, and where it stands."""

    EXTRACT = "extract"  # "This record is a partial extract of the original cable."
    CORRECTION = "correction"  # "C O R R E C T E D  C O P Y (ADDING REF B)"
    OPERATOR = "operator"  # "NOTE BY OC/T: ..."
    WITHDRAWAL = "withdrawal"  # the card that an archive put in the place of a withheld text
    AFTER = "after"  # any other text after the signature
    EDITORIAL = "editorial"  # a footnote of a printed edition; stands behind what it is put to


class Note(Data):
    """A text on the cable that is not the cable's own.

    An edition's footnote stands in the middle of a paragraph in the source; here it follows the
    paragraph, its number first, and its span says where it stood.
    """

    lines: tuple[Piece, ...]
    kind: NoteKind


class PageLine(Data):
    """A page line: ``BAGHDAD 00004430  002 OF 002``, section and how many there are.

    ``001.2 OF 004`` names the page in the section too; a section's first page has no number. An
    archive's copy has ``PAGE 02  LA PAZ 06049 01 OF 02 132315Z``, a Navy message ``PAGE 02
    RUEWMFU3647 UNCLAS``, a print ``Page 2 of 3``.
    """

    lines: tuple[Piece, ...]
    post: str | None  # "BAGHDAD"; the originator's routing indicator in a Navy message
    serial: str | None
    section: int  # 1 where the line names none
    page: int
    sections: int  # 1 where the line names none
    pages: int | None = None  # how many pages the print has, where the line says so


class ReleaseMark(Data):
    """A line that a reviewer put on the copy later: it is no part of the cable's own marking."""

    lines: tuple[Piece, ...]
    text: Field
    exemptions: tuple[str, ...] = ()  # "B6", "1.4(D)": 5 U.S.C. 552(b), E.O. 13526 sec. 1.4
    released_on: date | None = None


class HandlingKind(Enum):
    """Whose lines they are."""

    DISTRIBUTION = "distribution"  # "ACTION ARA-15", "INFO OCT-01 ADS-00 ... /071 W"
    RELAY = "relay"  # "------------------039081 132328Z /61"
    DRAFTING = "drafting"  # "DRAFTED BY ARA/CEN:JROE", "APPROVED BY ...", and who cleared it
    ARCHIVE = "archive"  # "Message Text", "<< END OF DOCUMENT >>", the strip of a case number


class Handling(Data):
    """Lines that the Department or the archive put round the telegram."""

    lines: tuple[Piece, ...]
    kind: HandlingKind


class RecordKind(Enum):
    """Who keeps the fields, and where they stand."""

    ATTRIBUTES = "attributes"  # NARA: what stands under "Message Attributes"
    PRINT = "print"  # State's archive print: above the telegram
    TAIL = "tail"  # State's archive print: below the telegram, "Drafted By:"
    WEB = "web"  # a web archive: the table above the telegram
    EDITION = "edition"  # a printed edition: its heading and source note


class ArchiveField(Data):
    """One thing that an archive says of the telegram: ``Document Number: 1979LAPAZ06049``."""

    name: str  # as typed, without its colon; an edition types none, its reader names them
    value: Field | None  # None: nothing stands there, or "n/a"
    span: Span


class Record(Data):
    """What an archive says of the telegram, field by field; never mixed with its own lines."""

    lines: tuple[Piece, ...]
    kind: RecordKind
    fields: tuple[ArchiveField, ...]


class Unread(Data):
    """Lines that no pass recognised: kept as typed, and reported."""

    lines: tuple[Piece, ...]


Part: TypeAlias = (
    ChannelLine
    | RoutingLine
    | HeaderLine
    | MessageSet
    | StationLine
    | SecurityLine
    | DateTimeGroup
    | Origin
    | Addressees
    | Prosign
    | Banner
    | Captions
    | Passing
    | ExecutiveOrder
    | Tags
    | Subject
    | References
    | Authority
    | Paragraph
    | Heading
    | Preformatted
    | Table
    | Signature
    | Note
    | PageLine
    | ReleaseMark
    | Handling
    | Record
    | Unread
)

TextPart: TypeAlias = Paragraph | Heading | Preformatted | Table | Signature | Note
"""What a reader reads as the message; every other part is its transmission and heading."""


class PassageKind(Enum):
    """What a passage is in the message's own words."""

    SUMMARY = "summary"
    COMMENT = "comment"
    QUOTATION = "quotation"
    EXCISION = "excision"
    REFTEL = "reftel"
    AUTHORITY = "authority"  # "1. (U) CLASSIFIED BY ...": the line typed as a paragraph
    RELEASE = "release"  # "7. RELEASED BY VADM J. DOE, N1.": a Navy message's last paragraph


class Classifier(Data):
    """Who classified and why, as a paragraph says it."""

    name: str | None
    title: str | None
    reasons: tuple[str, ...]
    derived_from: str | None
    span: Span


class Passage(Data):
    """A stretch of the text with a meaning of its own; it may run over several paragraphs."""

    kind: PassageKind
    span: Span
    target: str | None = None  # REFTEL: the canonical id of the one reference that it can mean
    classifier: Classifier | None = None  # AUTHORITY
    signer: str | None = None  # RELEASE: who released the message, "VADM J. DOE"


class Reason(Enum):
    """Why characters of the source are left out."""

    LINK = "link debris"
    PILCROW = "pilcrow"
    LINE_END = "line-end backslash"
    BLANK = "reference to a blank"  # "&nbsp;", left of a page in a text file
    MARKUP = "markup"  # the tags of a page or an edition, and what they hide
    NAVIGATION = "navigation"  # what a web page has round the telegram


class Omission(Data):
    """Characters of the source that no output carries, and why."""

    typed: str
    reason: Reason
    span: Span


class Recognised(Data):
    """A form that was recognised, and by what."""

    form: str  # the name of its reader: "nara", "transmission"
    reason: str  # "the line 'Message Text'"
    span: Span  # what told it


class Source(Data):
    """The file that was read."""

    name: str | None  # without its folder; None for a stream
    encoding: str  # "utf-8", "utf-8 with cp1252", "utf-16"
    sha256: str  # of the bytes as they came; of an assembled text, of its UTF-8
    characters: int  # non-blank characters of the decoded text


class Cable(Data):
    """One cable: its parts in source order, and what was left out of them."""

    source: Source
    forms: tuple[Recognised, ...]  # outermost first: an archive's print, the transmission in it
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...] = ()
    omissions: tuple[Omission, ...] = ()
    blanks: str = ""  # all blanks and line ends between the pieces, one after the other
