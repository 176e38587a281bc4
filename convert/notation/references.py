"""How references are typed: labels, kinds, and the post and serial of a cable.

References are typed as post and serial, the year before them where it is not the citing cable's own
(5 FAH-1 H-620; 5 FAH-2 H-320): ``A. 05 LA PAZ 2974 B. STATE 1234``. Everything else that posts type
in their place is read by the shape of its parts, from left to right, each character a few times at
most; places are those of the text. Letters are capitals here: see ``tokens.upper``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from convert.model import regex as re
from convert.model.cable import ReferenceKind
from convert.model.data import Data, replace
from convert.notation import posts

_LABEL = re.compile(
    r"(?:^|(?<=[\s,;\u00b6\-])|(?<=\bREF)|(?<=\bREF:)|(?<=\bREFS:))(?:REF\s)?"
    r"(?:[(\[]([A-Z])[)\]]|([A-Z])\s?\)|([A-Z])[.:](?=\s|\(|[A-Z]{4})|([A-Z])\s-\s"
    r"|[(\[]([1-9])[)\]](?=\s)|([1-9])\)(?=\s)|\(([B-Z])[LI1](?=\s)"  # (BL LA PAZ 5083
    r"|([1-9])\.(?=\s{1,3}[A-Z])"
    r"|([A-Z])\s(?=(?:\d\d\s)?[A-Z]{3,12}(?:\s[A-Z]{2,8}){0,2}\s\d{2,7}\b))"  # A TEL AVIV 1809
)
_AGAIN = re.compile(r"\s{0,3}REF(?:S|TELS?|ERENCE)?(?:\s?:|\s)\s{0,3}")
_FIRST = ("A", "1")
_MARKED = frozenset("CSU")  # letters that are a level as well as a label


# --- labels ---------------------------------------------------------------------------------------


def listed(text: str, start: int = 0, own: str | None = None) -> Iterator[tuple[str | None, Item]]:
    """(label, reference) of each reference; ``own``: the post of a serial that names none."""
    before: Named | None = None
    for label, begin, end in _chunks(text, start):
        for item in _items(text, begin, end, before, own):
            before = item.cable or before
            yield label, item


def last_label(text: str, last: str) -> str:
    """The last label of a list that goes on with ``text``; ``last`` is the one before it."""
    for found in _LABEL.finditer(text):
        letter = _letter(found)
        if letter > last if last else letter in _FIRST:
            last = letter
    return last


def _chunks(text: str, start: int) -> Iterator[tuple[str | None, int, int]]:
    """(label, start, end) of what stands behind each label, and of what stands before the first."""
    if again := _AGAIN.match(text, start):
        start = again.end() if not _LABEL.match(text, start) else start
    found: list[tuple[str | None, int, int]] = [(None, start, start)]  # label, from, behind it
    last, doubled = "", False
    place = start
    in_columns = _in_columns(text, start)
    for match in _LABEL.finditer(text, start):
        letter = _letter(match)
        if match.start() < place:
            continue
        if not in_columns and not _follows(text, match, last, first=start):
            continue
        if last and match[1] in _MARKED and not text[place : match.start()].strip():
            continue  # right behind a label it is a mark
        end = match.end()
        twice = _twice(text, end, letter)
        if twice > end and (letter not in _MARKED or doubled):
            end, doubled = twice, True
        if again := _AGAIN.match(text, end):
            end = again.end()
            end = max(end, _twice(text, end, letter))
        found.append((letter, match.start(), end))
        last, place = letter, end
    for (label, _, behind), (_, stop, _) in pairwise([*found, (None, len(text), 0)]):
        yield label, behind, stop


def _in_columns(text: str, start: int) -> bool:
    """Whether a list runs down in columns: ``A) LIMA 16 C) LIMA 62``, below it ``B) QUITO 3``."""
    rows: list[str] = []
    line_end = -1
    for match in _LABEL.finditer(text, start):
        if match.start() > line_end:
            rows.append("")
            line_end = text.find("\n", match.start())
            line_end = len(text) if line_end < 0 else line_end
        rows[-1] += _letter(match)
        if len(rows[-1]) > _COLUMNS or len(rows) > len(_LETTERS) or rows[0] == "AB":
            return False
    told = "".join(sorted("".join(rows)))
    if len(rows) < 2 or len(rows[0]) < 2 or told != _LETTERS[: len(told)]:
        return False
    return all(row == told[number :: len(rows)] for number, row in enumerate(rows))


_COLUMNS = 4
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _letter(label: re.Match[str]) -> str:
    return next(letter for letter in label.groups() if letter)


def _follows(text: str, match: re.Match[str], last: str, *, first: int) -> bool:
    """Whether a label is the next of its list, and no initial of a name or mark of a portion."""
    letter = _letter(match)
    before = text[max(match.start() - 40, 0) : match.start()].rstrip(" -\u00b6")
    opens = match.start() == first or before.endswith("\n")
    if not last:
        if letter == "B" and (_LISTED.search(before) or (match[3] and opens and before[-1:])):
            return True  # STATE 93410, B. STATE 105386: the first has lost its label
        return letter in _FIRST or (match.start() == first and bool(match[1] or match[2]))
    if last.isdigit() and letter == "A":
        return True  # 1) STATE 47381: A) STATE 46969
    step = ord(letter) - ord(last)
    return step == 1 or (opens and 0 <= step <= 3)


_LISTED = re.compile(r"\d ?[,;]$")


def _twice(text: str, place: int, letter: str) -> int:
    """The place behind a label that is typed again: ``A. (A)``, ``A. A:``, ``A. REF A``."""
    pattern = (
        rf"\s{{0,3}}(?:[(\[]{letter}[)\]]|(?:REF\s)?{letter}[).:]|REF\s{letter}(?=\s))\s{{0,3}}"
    )
    found = re.compile_now(pattern).match(text, place)
    return found.end() if found else place


# --- what stands behind a label -------------------------------------------------------------------


class Named(Data):
    """A cable as a reference names it."""

    year: int | None
    word: str
    serial: str
    mended: bool  # a letter O for a zero, a post that is named above only


class Item(Data):
    """One reference: where it stands, what it is."""

    start: int
    end: int
    kind: ReferenceKind
    cable: Named | None = None


_PARTED = re.compile(r"[\s,;&:]|\bAND\b")
_SKIP = re.compile(r"(?:[\s,;&:\-#.\u00b6]|AND\b)+")
_TRAILING = " \n,;-:&\u00b6#"
_PAGE_REST = re.compile(r"(?<=\s)[A-Z][A-Z.' ]{2,30}? \d{8}(?=\s|$)")
_NONE = ("N/A", "NONE", "UNKNOWN")
_ASIDE = re.compile(
    r"\s{1,3}(?:SENSITIVE BUT UNCLASSIFIED|SIPDIS\b)|[\s;]\s{0,3}(?:DEPT|DEPARTMENT|STATE) PASS\b"
)


def _items(
    text: str, start: int, end: int, before: Named | None, own: str | None
) -> Iterator[Item]:
    """The references between two labels, each with its own stretch."""
    if rest := _PAGE_REST.search(text, start, end) or _ASIDE.search(text, start, end):
        end = rest.start()
    place, opens = start, True
    while place < end:
        skipped = _SKIP.match(text, place, end)
        place = skipped.end() if skipped else place
        if place >= end:
            return
        cables = _cables(text, place, end)
        if not cables and opens and not text[place:end].isspace():
            cables = _numbers(text, place, end, before.word if before else own, own)
        stop = _next(text, cables[-1].end if cables else place, end, bool(cables))
        if cables:
            yield from cables[:-1]
            tail = _trimmed(text, cables[-1].start, stop)
            yield replace(cables[-1], end=max(tail, cables[-1].end))
            before = cables[-1].cable
        else:
            last = _trimmed(text, place, stop)
            if any(map(str.isalnum, text[place:last])) and text[place:last] not in _NONE:
                yield Item(place, last, _kind(text[place:last]))
        place, opens = max(stop, place + 1), False


def _trimmed(text: str, start: int, stop: int) -> int:
    kept = text[start:stop].rstrip(_TRAILING)
    while kept.endswith(" AND"):
        kept = kept[:-4].rstrip(_TRAILING)
    return start + len(kept)


def _next(text: str, place: int, end: int, is_cable: bool) -> int:
    """Where the next reference begins: behind a semicolon, or at a cable behind any separator."""
    skipped = _SKIP.match(text, place, end) if is_cable else None
    if skipped and (
        _begins(text, skipped.end(), end)
        or ("\n" in skipped[0] and _SAID.match(text, skipped.end(), end))
    ):
        return skipped.end()
    for parted in _PARTED.finditer(text, place, end):
        if parted[0] == ";":
            return parted.end()
        if parted[0] == " ":
            continue
        after = _SKIP.match(text, parted.start(), end)
        if after and _begins(text, after.end(), end):
            return after.end()
        if after and is_cable and parted[0] == "," and _opens_another(text, after.end(), end):
            return after.end()
    return end


def _begins(text: str, place: int, end: int) -> bool:
    """Whether a cable of a post in the table stands at ``place``, or an airgram."""
    return bool(_AIRGRAM.match(text, place, end) or _cables(text, place, end, sure=True))


_AIRGRAM = re.compile(r"(?:[A-Z][A-Z.']{1,11}\s){0,3}C?A-\s?\d{1,5}\b")
_SAID = re.compile(r"[^\n]{0,60}\b(?:TELE?CONS?|LETTER|MEMCON|SEPTELS?|E-?MAIL)\b")


def _opens_another(text: str, place: int, end: int) -> bool:
    """Whether behind a cable and a comma stands what its own words say to be no cable."""
    stop = min(place + _WITH_ITS_WORDS, end)
    own = re.split(r"[,;]", text[place:stop], maxsplit=1)[0]
    return _kind(own) not in (ReferenceKind.OTHER, ReferenceKind.CABLE)


_WITH_ITS_WORDS = 60  # characters in which a reference says what it is


# --- a cable --------------------------------------------------------------------------------------

_MARK = re.compile(r"(?:UNCLAS(?:S|SIFIED)?\s|\((?:TS|S|C|U|SBU)(?:/{1,2}[A-Z]{2,8})?\)\s?){1,2}")
_YEAR = re.compile(r"['(]?((?:19|20)\d\d|\d\d)\)?[\s\-]{1,3}(?=[A-Z])")
_WORD = re.compile(r"[A-Z][A-Z.'\-]*(?:0[A-Z]+)?")
_BLANKS = re.compile(r"\s{1,3}")
_BETWEEN = re.compile(
    r"(?:,?\s{0,3}(?:CABLES?|TELS?|TELEGRAMS?|MSG|NO\.|NUMBER)\s{1,3}|,?\s{0,3})"
    r"(?:\((?P<year>(?:19|20)\d\d|\d\d)\)\s?|\((?:TS|S|C|U|SBU)(?:/[A-Z]{2,3})?\)\s?|#\s?)?"
)
_SERIAL = re.compile(r"([0-9O]{1,7})(?![0-9A-Z.]\w|[0-9A-Z%]|/\d{1,2}/\d\d)")
_SUFFIX = re.compile(
    r"-(?P<a>\d\d)(?!\d)|/(?P<b>\d\d)(?![\d/])|\s(?P<c>\d\d)(?=\s*(?:[,;]|$))"
    r"|\s{0,2}\((?:[A-Z]{3,9}\.?\s\d{1,2},?\s(?=\d{4}))?(?P<d>(?:19|20)\d\d|\d\d)\)"
    r"|\s{1,3}(?:(?:DTG|DTD|DATED|OF)\s)?\d{6}Z\s?[A-Z]{3}\s?(?P<e>\d{4}|\d\d)\b"
    r"|,?\s{1,3}(?:(?:OF|DTD|DATED)\s(?=[A-Z]{3,9}\b)|(?=(?:JAN|FEB|MAR|APR|MAY|JU[NL]|AUG|SEP|OCT"
    r"|NOV|DEC)))[A-Z]{3,9}\.?\s\d{1,2},?\s{1,3}(?P<f>(?:19|20)\d\d)\b"
    r"|,?\s{1,3}(?:OF|DTD|DATED)\s\d{1,2}/\d{1,2}/(?P<g>(?:19|20)\d\d|\d\d)\b"
    r"|,\s(?P<h>19[5-9]\d)(?=\s*(?:[;)]|$))"  # the year alone, behind the last of its list
)
_MORE = re.compile(r"\s{0,3}(?:,\s{0,3}(?:AND\s{1,3})?|AND\s{1,3}|&\s{0,3}|/\s{0,3})#?(?=[0-9O])")
_GROUP = 6  # figures of a date-time group
_MONTH = re.compile(
    r"\s(?:JAN|FEB|MAR|APR|MAY|JU[NL]|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}\s(?:19|20)?\d\d\b"
)
_DAY = re.compile(r"\d{1,2}/\d{1,2}\b")  # behind names that are no post: ROE-PELL 7/15 TELCON
_ENDS = re.compile(r"\s*(?:[,;:&(/\-#.\u00b6]|AND\b|\d{6}Z|OF\b|DTD\b|PARA|$)|[^\S\n]*\n")
_MINE = re.compile(r"(?:EMBTEL|CONTEL|MYTEL|MY TEL|OURTEL)\s{1,3}(?=\d)")
_REVERSED = re.compile(r"(\d{3,6})\s{1,3}")
_STATIONS = (
    "AMEMBASSY", "EMBASSY", "AMCONSUL", "CONGEN", "CONSULATE", "USMISSION", "US", "MISSION",
)  # fmt: skip
_TYPED_NO_POST = """
EMBTEL CONTEL MYTEL OURTEL EO PL CERP
EMAIL EMAILS E-MAIL E-MAILS MAIL REPORT REPORTS TELEGRAM TELEGRAMS CABLE CABLES MSG MESSAGE
LETTER LTR MEMO FAX NOTE IIR TD OSC UNSCR RESOLUTION POC MTCR PARA PARAS PAGE SECTION DTG DATED
DTD OF ON IN TO FROM FOR AND OR THE A AN NO NUMBER AS BY AT WITH DAILY POINTS LOG TELCON TELECON
SEPTEL REFTEL FAM FAH USC CFR ACT LAW ARTICLE SEC PART CASE LICENSE TITLE JAN FEB MAR APR MAY
JUN JUL AUG SEP OCT NOV DEC SEPT JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER
NOVEMBER DECEMBER
"""
_NO_POST = frozenset(_TYPED_NO_POST.split())


def _cables(text: str, place: int, end: int, *, sure: bool = False) -> list[Item]:
    """The cables that begin at ``place``: one, or several serials behind one post.

    ``sure``: the post is in the table; else words in front of a serial that ends there may be one.
    """
    start = place
    if mark := _MARK.match(text, place, end):
        place = mark.end()
    year: int | None = None
    if dated := _YEAR.match(text, place, end):
        year, place = int(dated[1]), dated.end()
    elif reverse := _REVERSED.match(text, place, end):
        return _number_first(text, start, reverse, end)
    named = _post(text, place, end, sure=sure)
    if named is None:
        return []
    word, mended, place, known = named
    between = _BETWEEN.match(text, place, end)
    if between is None or (not known and ("," in between[0] or not between[0][:1].isspace())):
        return []
    if between["year"]:
        year = int(between["year"])
    found: list[Item] = []
    place = between.end()
    while serial := _SERIAL.match(text, place, end):
        digits = serial[1].replace("O", "0")
        if not any(map(str.isdigit, serial[1])) or (not known and _DAY.match(text, serial.start())):
            break
        if len(digits) == _GROUP and _MONTH.match(text, serial.end(), end):
            break  # JCS MSG 221205 AUG 74: a date-time group without its Z
        own, after = year, serial.end()
        if suffix := _SUFFIX.match(text, after, end):
            typed = next(value for value in suffix.groups() if value)
            if (suffix["c"] is None or len(digits) > 3) and (
                suffix["b"] is None or len(digits) > 2
            ):
                own, after = int(typed), suffix.end()
        if not _ENDS.match(text, after, end) and not (known and text[after : after + 1].isspace()):
            break
        cable = Named(own, word, digits, mended or "O" in serial[1])
        found.append(Item(start, after, ReferenceKind.CABLE, cable))
        more = _MORE.match(text, after, end)
        if more is None or not _is_serial(text, more.end(), end, slashed="/" in more[0]):
            break
        start = place = more.end()
    return found


def _is_serial(text: str, place: int, end: int, *, slashed: bool) -> bool:
    """Whether a number behind a cable is another serial of its post, not a year or a date."""
    serial = _SERIAL.match(text, place, end)
    if serial is None:
        return False
    least = 2 if slashed else 3  # STATE 86618/1 has a number of its own behind it
    return len(serial[1]) >= least and (slashed or bool(_ENDS.match(text, serial.end(), end)))


def _post(text: str, place: int, end: int, *, sure: bool) -> tuple[str, bool, int, bool] | None:
    """(word, whether mended, the place behind it, whether known) of the post at ``place``."""
    words: list[str] = []
    ends: list[int] = []
    at = place
    while len(words) < 5 and (found := _WORD.match(text, at, end)):
        words.append(found[0].removesuffix("'S"))
        ends.append(found.end())
        blanks = _BLANKS.match(text, found.end(), end)
        if blanks is None:
            break
        at = blanks.end()
    while words and posts.split_post(words) is None and words[0] in _STATIONS:
        del words[0], ends[0]
    if not words:
        return None
    if known := posts.split_post(words):
        post, count = known
        return post.word, posts.is_mended(" ".join(words[:count])), ends[count - 1], True
    if sure or len(words) > 4 or any(map(_is_no_post, words)):
        return None
    if len(words) == 1 and len(words[0]) < 3:
        return None
    word = "".join(character for w in words for character in w if character.isalpha())
    return word, False, ends[-1], False


def _is_no_post(word: str) -> bool:
    return word.replace(".", "") in _NO_POST or not word.strip(".-")


def _number_first(text: str, start: int, number: re.Match[str], end: int) -> list[Item]:
    """``870 ULAANBAATAR``: the serial before its post."""
    named = _post(text, number.end(), end, sure=True)
    if named is None or not _ENDS.match(text, named[2], end):
        return []
    word, mended, place, _ = named
    return [Item(start, place, ReferenceKind.CABLE, Named(None, word, number[1], mended))]


def _numbers(text: str, place: int, end: int, word: str | None, own: str | None) -> list[Item]:
    """``2962``: a serial alone, of the post named above it or of the citing post itself."""
    start = place
    if mine := _MINE.match(text, place, end):
        word, place = own, mine.end()
    serial = _SERIAL.match(text, place, end)
    if serial is None or word is None or not serial[1].isdigit() or len(serial[1]) < 3:
        return []
    if not _ENDS.match(text, serial.end(), end) or serial.end() - place > 6:
        return []
    cable = Named(None, word, serial[1], True)
    return [Item(start, serial.end(), ReferenceKind.CABLE, cable)]


# --- everything else ------------------------------------------------------------------------------

_KINDS = (
    (ReferenceKind.EMAIL, re.compile(r"\bE-? ?MAILS?\b")),
    (ReferenceKind.SEPTEL, re.compile(r"\bSEPTELS?\b")),
    (
        ReferenceKind.TELECON,
        re.compile(r"\b(?:TELE?CONS?|PHONE|TELEPHONE|PHONCON|FONECON)\b|\bTELECOM\b(?=.{1,60}\d)"),
    ),
    (ReferenceKind.AIRGRAM, re.compile(r"(?:^|\s)(?:C?A-\s?|CA\s)\d|[A-Z] A\d{2,4}\b|\bAIRGRAM\b")),
    (ReferenceKind.LETTER, re.compile(r"\b(?:LETTERS?|LTR)\b")),
    (
        ReferenceKind.STATUTE,
        re.compile(
            r"\b\d{1,2} (?:FAM|FAH|USC|U\.S\.C|CFR|STAT)\b|\bE\.? ?O\.? ?\d{5}\b"
            r"|\bPUBLIC LAW\b|\bP\.?L\.? \d"
        ),
    ),
    (ReferenceKind.REPORT, re.compile(r"\bREPORTS?\b|\bTDX?-? ?\d{3}|\bIIR \d")),
    (
        ReferenceKind.CABLE,
        re.compile(r"(?:^|[\s(])[A-Z]?\d{6}Z? ?[A-Z]{3} ?\d\d|\bDTG\b|\b(?:MSG|MESSAGE) \d{6}Z\b"),
    ),
)


def _kind(text: str) -> ReferenceKind:
    """What a reference that names no cable points to, by its own words."""
    folded = " ".join(text.split())
    return next((kind for kind, said in _KINDS if said.search(folded)), ReferenceKind.OTHER)
