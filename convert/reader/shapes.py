"""The shapes of heading lines, and which lines belong together.

Every line that stands for itself has one shape here; a wrapped line goes on until a line of its own
shape, or a blank one, comes. No two neighbouring parts of a pattern that repeats match the same
character, and lines longer than any heading line has are not looked at: hostile input costs linear
time.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import ne

from convert.model import regex as re
from convert.model.cable import Typed
from convert.notation import banner, labels
from convert.reader.lines import Line

LONGEST = 400  # characters; a teleprinter line has 69, a re-joined one of an archive three of them

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def month_of(typed: str) -> str | None:
    """The month of three letters, or the only one that has but one letter otherwise."""
    if typed in MONTHS:
        return typed
    near = [month for month in MONTHS if sum(map(ne, month, typed)) == 1]
    return near[0] if len(near) == 1 and len(typed) == 3 else None


CHANNEL = re.compile(r"V?ZCZC([A-Z0-9]*)")
ROUTING = re.compile(r"(?:[ZOPR]{2}|[ZOPR] [ZOPR]) R[A-Z]{3,7}(?: R[A-Z]{3,7})*")
STATION = re.compile(
    r"(?:DE|[BO0]E(?= R[A-Z]{3,7} #\d)) (R[A-Z]{3,7})"
    r"(?: #(\d{1,8})(?:/(\d{1,3}))?)?(?: (\d{3})(\d{4}))?"
)
GROUP = re.compile(
    r"((?:[ZOPR0] {1,3}){0,3})([\dO]{6}[Z2]? {1,3}(?:[A-Z]{3}|SEPT|MARCH|APRIL|JUNE|JULY|AUGUST"
    r"|(?:JANU|FEBRU)ARY|(?:SEPT|NOV|DEC)EMBER|OCTOBER) {1,3}\d{2}(?:\d\d)?)\b(?!,)(.*)"
)
# A group whose letters and figures are set apart or jammed; the letter of a precedence before it.
LOOSE_GROUP = re.compile(
    r"((?:[ZOPR0] {0,3}){1,3})(\d ?\d ?\d ?\d ?\d ?\d {0,3}Z {0,3}(?:"
    + "|".join(" ?".join(month) for month in MONTHS)
    + r") {0,3}\d ?\d)(?= |$)(.*)"
)
SECURITY = re.compile(
    r"(ZN[YR]) +([A-Z])\2{4}((?: {1,2}(?:Z[A-Z0-9]{2,4}|STATE|R[A-Z]{6}\d{4}|\d{7}))*)"
    r"(?: {1,2}\(CCY [A-Z0-9 -]{4,40}\))?"  # of a corrected copy
)
GENERAL_TITLES = (
    "NAVADMIN|ALNAV|ALCOM|NAVOP|ALMAR|MARADMIN|ALARACT|ALCOAST|ALCGPSC|ALCGENL|ALCGOFF|ALCGRSV"
    "|ALMILACT|ALNAVRESFOR"
)
GENERAL = re.compile(  # the number of a general message
    rf"({GENERAL_TITLES}) {{0,3}}(?://? ?)?(\d{{1,4}} ?[/-] ?\d\d(?:\d\d)?)(?!\d)"
    r"( *(?:\(.{1,60}\)|(?:CORRECTED|CORRECTION|CANCEL|PART|FINAL)\b.{0,60})?) *(?://?)?"
)
EDITED = (  # how the title of a document in an edition (FRUS) begins
    r"\d{1,4}\. {1,4}(?:Circular )?(?:Telegram|Airgram)(?: \S{1,20})? From "
)
SET = re.compile(  # MIL-STD-6040
    r"(?:(?i:MSGID|SUBJ|REF ?/ ?[A-Z]{1,2}|NARR?|AMPN|POC(?: \([A-Z ]{1,30}\))?|RMKS|GENTEXTS?)"
    r"|MSID|RMK|REMARKS|GENTEX|DECL|CANX|EXER|OPER|KEYWORDS?|AKNLDG|DOWNGRADE) ?/"
)
PRODUCT = re.compile(r"[ABFSUW][A-Z]{3}\d\d [A-Z]{4} \d{6}")  # of a weather centre, WMO-No. 386
CODED = re.compile(r"[A-Z][A-Z /]{1,60}// ?N\d{4,5}//?.{0,60}")  # the class, and a subject code
FROM = re.compile(r"FM {1,4}\S.{0,80}")
PROSIGN = re.compile(r"BT|NNN?N?|#\d{1,8}(?:/\d{1,3})?")
PAGE = re.compile(r"([A-Z][A-Z.' ]*?) +(\d{8}) +(?:(\d{3})(?:\.(\d{1,3}))?) OF (\d{3})")
COPY_PAGE = re.compile(
    r"P(?:AGE|GE|AE|AG) (\d\d)(?: OF \d\d)? {1,12}"
    r"([A-Z][A-Z.'-]*(?: [A-Z.'-]+){0,3}) {1,8}(\d{4,6})"
    r"(?: {1,8}(\d\d) OF (\d\d))?(?: {1,8}\d{6} ?[Z2])?((?: {1,8}(?:POSS DUPE|TOSEC \d{4,6}|"
    r"SECTO \d{4,6}|CORRECTED COPY|[A-Z]\d\d/\d\d|\d{6}|[A-Z]{2,4}\d{4}))*)"
)
COPY_NUMBER = re.compile(r"\d{2,3}(?:[-/ ]\d{2,3}|[- ]?[A-Z])?|ADP\d{3}|POSS DUPE")
COPY_FILM = re.compile(r"\d{5}")  # below the distribution of a telegram that was sent on
DISTRIBUTION = re.compile(r"(?:ACTION|ORIGIN|INFO):? {1,4}(?:[A-Z/]{1,8}|10)-\d\d(?: .*)?")
OFFICES = re.compile(
    r"(?:[A-Z/01]{1,8}-\d\d +)*(?:[A-Z/01]{1,8}-\d\d|/\d{3} ?[A-Z]{1,2}"
    r"|\( {0,3}(?:[A-Z]{2,4} ?)?\) ?(?:/\d{3} ?)?[A-Z])"
)
DRAFTED = re.compile(
    r"(?:DRAFTED ?BY[: ]|DRAFTED: ?|APPROVED BY[: ] ?[A-Z]{1,4}(?:/[A-Z]{1,5})*:).*"
)
RELAY = re.compile(
    r"-{2,} {0,8}(?:(?=[A-Z]{0,6}\d)[0-9A-Z]{5,7}(?: {1,4}\d{6}Z)?(?: {0,4}/\d\d){0,2}"
    r"|\d{6}Z? {1,4}\d{5,6} ?(?:/\d\d){0,2})"
    r"|[0-9A-F]{6} {1,4}\d{6}Z /\d\d"  # the dashes lost
)
ARCHIVE = re.compile(
    r"Message Text|<< END OF DOCUMENT >>|NNNN[A-Z]{4,12}"
    r"|\*\*\* Current (?:Classification|Handling Restrictions)\b.*"
    r"|Date Printed: \d{1,2}/\d{1,2}/\d{4}|DOC[_.]NUMBER: \d{2}[A-Z]{2,20}\d{2,6}"
    r"|CHANNEL: {1,4}n/a|Page - \d{1,4}"
)
CORRECTED = re.compile(r"C ?O ?R ?R ?E ?C ?T ?E ?D {1,3}C ?O ?P ?Y\b.*", re.IGNORECASE)
CREST = re.compile(  # CIA Records Search Tool: on each sheet of what that agency released
    r"(?:Declassified (?:in Part|and) ?-? ?)?(?:Sanitized Copy )?Approved For Release"
    r" \d{4}/\d{1,2}/\d{1,2} ?: ?CIA-[A-Z]{2,4}[A-Z0-9-]{8,40}",
    re.IGNORECASE,
)
APPROVED = re.compile(r"Approved for Release: \d{4}/\d{1,2}/\d{1,2} C\d{7,8}")  # as it writes now
EDITION_PAGE = re.compile(r"\[Page (\d{1,4})\]")  # where a page of a printed edition begins
RECEIVED = re.compile(r"TOR ?: ?\d{6}Z (?:" + "|".join(MONTHS) + r") \d{2}(?:\d\d)?")
ATTRIBUTES = "Message Attributes"
# Exemptions: 5 U.S.C. 552(b)(1) to (9); E.O. 12958 sec. 1.5 and 13526 sec. 1.4, (a) to (h).
CODE = r"(?:B[1-9](?:\([A-F]\))?|\([bB]\) ?\([1-9]\)(?: ?\([A-F]\))?|1\.[45] ?\([a-hA-H]\))"
CODES = rf"{CODE}(?:[ ,;]{{1,3}}{CODE}){{0,9}}"
RELEASE = re.compile(
    r"(?:[A-Z][A-Za-z. ]{2,60} )?Declassified/Released US Department of State\b.*"
    r"|(?:RELEASED? IN (?:FULL|PART)|Released? in (?:Full|Part))"
    rf"(?:[ ,;|]{{1,3}}{CODES})?[ .,;|)]{{0,3}}"
    r"|DECLASSIFIED(?:(?: BY|:? (?:UNDER )?AUTHORITY)\b.{0,100}"
    r"|[:,]?(?: (?:AND RELEASED )?IN (?:FULL|PART)[,;]?)?(?: (?:ON|PER|UNDER|PURSUANT TO))?"
    r"(?: (?:E\. ?O\.|EO|EXECUTIVE ORDER) ?\d{5}\b| \d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b"
    r"| \d{1,2} [A-Z]{3,9} \d{4}\b).{0,100}"
    r"|(?: AND RELEASED)? IN (?:FULL|PART))?"
)
NUMBER = re.compile(r"(\d{1,3}) ?[.)](?=\s|\(|$|[A-Z][A-Za-z']+[ ,])")  # of a paragraph: 1. 2.THE
NUMBERED = re.compile(r"(\d{1,4})(?:[.)]{1,2}|:)(?: .*)?")  # a label that has the number: 2.) 3. A.
ITEM = re.compile(  # the label of a nested item
    r"(?:\d{1,2}\.)?(?:[A-Z]|[a-z])[.)](?=\s)|([A-Z])\1{1,2}\.(?=\s)"
    r"|\d{1,2}\.[A-Za-z](?:\.\d{1,2}\.|\.?\([A-Za-z\d]{1,2}\)\.?)(?:[A-Za-z\d]\.|\([A-Za-z\d]{1,2}\)\.?){0,4}(?=\s)"
    r"|\( ?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})\)(?=\s)|--?(?=\s)|[*\u2022](?=\s)"
    r"|--(?!BEGIN|END|.{0,70}-$)(?=[A-Z][A-Z'-]*[ ,])"
)
PLACED = re.compile(  # the label of an item that begins with the number of its paragraph
    r"(\d{1,3})(?:\.[A-Za-z](?:\.\d{1,2}){0,2}|[A-Za-z](?:\d{1,2})?\.|(?:\.\d{1,2}){1,3}\.)(?=\s)"
)
_LABELS = re.compile(
    r"\d|[A-Za-z]{1,3}[.):]|[IVXivx]{1,5}[.)]|o "
    r"|[(\[{<\-*+>\"'\u2013\u2014\u2018\u201c\u00b7\u2022\u25aa\u25cf\u25e6\uff08\uff3b]"
)


def may_label(text: str) -> bool:
    """Whether a line may begin with a label or a mark; false of nearly all text."""
    return _LABELS.match(text) is not None


FOR_OFFICE = r"FOR ?: {0,3}[A-Z]{1,5}/[A-Z]{1,6}(?:[ ,/;]{1,3}[A-Z]{1,6}){0,9}"  # FOR: EUR/CE
# A cable that a label without a stop cites: no words of a sentence stand behind it.
CITED = (
    r"(?:\d\d )?[A-Z]{4,12}(?: [A-Z]{2,8}){0,2} \d{2,7}\b"
    r"(?= {0,2}(?:$|[,;&]|\.(?!\d)|\((?:NOTAL|\d{4}\b|[A-Z]\))|AND\b|[A-Z][.)]))"
)
_STARTS = re.compile(
    r"E\.{0,2} ?[O0]\.? ?\d{4,6}\b|E\.[A-Z\d]\. ?1[0-3]\d{3}:|TAGS?\b *[:;]"
    r"|(?:[(\[][^()\[\]]{1,80}[)\]] ?|\()?SUBJ(?:ECT)? {0,3}"
    r"(?:[:;]|[(\[](?:TS|S|C|U|SBU|LOU)[)/\]])"
    r"|(?:REF(?:ERENCE)?(?:\(S\)|S|TELS?)?|RETELS?) {0,3}[:;]|REF(?:S|TELS?)? [\[(]?[A-Z][)\].] "
    rf"|(?-i:REF(?:[Ss]|TELS?)? {CITED})"
    r"|CLASSIFIED BY|DERIVED FROM|REASONS? ?:|[(\[][^()\[\]]{1,24}ENTIRE TEXT"
    r"|(?:BEGIN )?SUMMARY(?: AND [A-Z ]{1,30})?(?: ?[:.]|$)|BEGIN TEXT ?[:.]"
    rf"|\d{{1,3}} ?\. {{0,2}}[(A-Z\"]|1\.$|-{{5,}}"
    rf"|(?-i:{SET.pattern}|RMKS(?: 1\. |$)|{FOR_OFFICE}$)",
    re.IGNORECASE,
)

_ADDRESSED = re.compile(
    r"(?:FM|TO|INFO|XMT) \S|(?-i:(?:TO|INFO|XMT) ?: {1,4}(?!QUOTE)[^a-z]+$)", re.IGNORECASE
)


def pieces(lines: Sequence[Line]) -> tuple[Typed, ...]:
    """The lines as typed."""
    return tuple(piece for line in lines for piece in line.typed())


def wrapped(lines: Sequence[Line], place: int, *, in_text: bool = False) -> int:
    """The place after the lines that go on from ``place``: no blank line, no part of their own.

    ``in_text``: below the addressees, where TO and INFO are words.
    """
    end = place + 1
    while end < len(lines) and end < place + 250 and not lines[end].gap:
        if begins_part(lines, end, in_text=in_text):
            break
        end += 1
    return end


# What a whole line may be, and with what ASCII character it then begins.
_OWN = (
    (CHANNEL, "VZ"), (ROUTING, "OPRZ"), (STATION, "D0BO"), (SECURITY, "Z"),
    (GROUP, "OPRZ0123456789"), (PROSIGN, "#BN"), (COPY_PAGE, "P"), (DISTRIBUTION, "AIO"),
    (DRAFTED, "AD"), (RELAY, "-0123456789ABCDEF"), (RECEIVED, "T"), (ARCHIVE, "*<CDMNP"),
    (GENERAL, "AMN"), (PRODUCT, "ABFSUW"),
)  # fmt: skip
_BY_FIRST = {
    first: tuple(pattern for pattern, begins in _OWN if first in begins)
    for first in map(chr, range(128))
}
_ALL = tuple(pattern for pattern, _ in _OWN)


def _is_own(text: str) -> bool:
    """Whether a line has a shape of its own, other than a banner's or a label's."""
    if any(pattern.fullmatch(text) for pattern in _BY_FIRST.get(text[:1], _ALL)):
        return True
    if is_page(text) or is_release(text):
        return True
    return "N" in text and "//" in text and CODED.fullmatch(text) is not None


def is_page(text: str) -> bool:
    """Whether a line is the page line of a transmission."""
    return may_be_page(text) and PAGE.fullmatch(text) is not None


def may_be_page(text: str) -> bool:
    """Whether a line may be such a page line; false of nearly all text."""
    return text[-7:-3] == " OF "


def _is_banner(text: str, *, in_text: bool) -> bool:
    """Whether a line that may go on from another is a banner: SECRET BALLOT 1948 may be either.

    Below addressees (``in_text`` false) it can only be a banner.
    """
    read = banner.parse(text.rstrip("/ ") if text.endswith("/") else text)
    if read is None:
        return banner.looks_like_banner(text)
    return not in_text or read.serial is None or read.section is not None or " " in text[:2]


def is_release(text: str) -> bool:
    """Whether a line is a release or declassification stamp, alone on its line."""
    may_be = text.startswith(("R", "DECL", "Decl")) or "Declassified/" in text
    if may_be and RELEASE.fullmatch(text) is not None:
        return True
    if text.startswith("Approved for Rel"):
        return APPROVED.fullmatch(text) is not None
    return ": CIA-" in text and CREST.fullmatch(text) is not None


def is_archive_line(text: str) -> bool:
    """Whether a line is one that an archive's copy has beside a running banner."""
    is_record = bool(COPY_PAGE.fullmatch(text) or ARCHIVE.fullmatch(text))
    return is_record or is_release(text)


def begins_part(lines: Sequence[Line], place: int, *, in_text: bool = False) -> bool:
    """Whether a line has a shape of its own, or begins a paragraph or a ruled heading."""
    text = lines[place].text
    if len(text) > LONGEST:
        return NUMBER.match(text) is not None
    if in_text and banner.is_plain(text) and _is_wrapped(lines, place):
        return False
    return (
        bool(_STARTS.match(text))
        or labels.is_reference(text)
        or (not in_text and bool(_ADDRESSED.match(text) or CORRECTED.fullmatch(text)))
        or _is_banner(text, in_text=in_text)
        or (banner.parse_captions(text) is not None)
        or _is_own(text)
    )


def _is_wrapped(lines: Sequence[Line], place: int) -> bool:
    """Whether a class alone stands between lines of a value, with no blank line on either side.

    Or right below one where the page has its foot, and the next its head, below it.
    """
    if not 0 < place < len(lines) - 1 or lines[place].gap:
        return False
    below = [banner.parse(line.text[:LONGEST]) for line in lines[place + 1 : place + 3]]
    if len(below) == 2 and all(read is not None and read.is_bare for read in below):
        return True
    if lines[place + 1].gap or banner.is_plain(lines[place + 1].text):
        return False
    return not begins_part(lines, place + 1, in_text=True)
