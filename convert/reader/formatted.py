"""Recognisers: the lines of a Navy message that no telegram of State has.

JANAP 128 (format line 2, page lines), the gateway's lines above the message, the class with its
subject code, the number of a general message. Each takes the lines and a place, and gives the part
that begins there with the place after it, or None. NTP 3 chapters 5 to 7.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.model import regex as re
from convert.model.cable import (
    Banner,
    DateTimeGroup,
    Field,
    Handling,
    HandlingKind,
    HeaderLine,
    MessageSet,
    Note,
    NoteKind,
    PageLine,
    Part,
    Passing,
    Precedence,
    RoutingLine,
)
from convert.notation import banner as notation
from convert.reader import shapes, texthead
from convert.reader.lines import Line, value
from convert.reader.transmission import instant

_PAGE = re.compile(r"PAGE (\d{1,3}) +(R[A-Z]{6})(\d{4})\b.{0,80}")
_HEADER = re.compile(
    r"([ZOPRY])([A-Z]{2})([A-Z])([A-Z]{3}[A-Z0-9]) +(R[A-Z]{6})(\d{4})? +(\d{3})(\d{4})"
    r" ?-{1,2} ?(([A-Z])\10{3}) ?(?:-{1,3} ?(R[A-Z]{2,7}(?: R[A-Z]{2,7}){0,40}))? ?\.?"
)
_PRECEDENCE = re.compile(r"(?:(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE)(?:/| +|$)){1,2}")
_GROUP = re.compile(
    r"(?:(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE) +)?(?:DTG ?:? ?)?(?P<letters>(?:[ZOPR] {0,2}){0,2})"
    r"(?P<typed>(?P<figures>\d{6}) ?Z{0,2} ?(?P<month>[A-Z]{3,9}) ?(?P<year>\d{4}|\d{2}))"
    r"(?P<rest>(?: .*)?)",
    re.IGNORECASE,
)
_SIGNALS = re.compile(r"Z[A-Z]{2}(?: (?:Z[A-Z]{2}|MIN|PSN|\d{4,8}[A-Z]\d{2})){0,8}")  # ACP 131
_LONG_MONTHS = frozenset({"JUNE", "JULY", "SEPT"})
_STARS = re.compile(r"\*{0,100} {0,3}")
_LEAD = re.compile(r"CLAS(?:S(?:IFICATION)?)?(?: {0,3}[:/-] {0,3}| {1,3})", re.IGNORECASE)
_SUBJECT_CODE = re.compile(r" *//? ?(?:N?\d{5}/{0,2}|\d{4}//)(?= |$)")  # SSIC, SECNAV M-5210.2
_FOUO = re.compile(r" +(?:FOUO|FOR OFFICIAL USE ONLY)$")
_PERSONAL = re.compile(r"UNCLAS(?:SIFIED)?(?= +PERSONAL FOR\b)")
_PASS = re.compile(
    r"(?:PASS )?TO (?:ALL )?OFFICES? CODES *:?.{0,200}|PERSONAL FOR .{1,200}"
    r"|PASSING INSTRUCTIONS? *:?.{0,200}"
)
_ADDRESS = re.compile(r"(?:FM|TO|INFO|XMT) +\S")
_MAIL = re.compile(
    r"(?:From|Sent|To|Cc|Bcc|Subject|Subj|Date|Importance|Attachments?|Received|Reply-To): .{0,300}"
    r"|-{2,} ?Original Message ?-{2,}|-{2,} ?Forwarded message ?-{2,}"
)
_GATEWAY = re.compile(
    r"ADMINISTRATIVE MESSAGE|ATTENTION INVITED TO|REROUTE DETECTED|QQQQ"
    r"|\*{3}THIS IS A .{1,60} COLLATED BY .{1,60}\*{3}(?: QQQQ)?|RTD:\d{3}-\d{3}/COPIES:.{0,40}"
    r"|\*{3}MISSING CLASSIFICATION\*{3}(?: UNCLAS(?:SIFIED)?)?|Section \d{1,2}: PSN [A-Z0-9]{6,12}"
    r"|[ZOPRY][A-Z]{7} +DDDHHMM-([A-Z])\1{3}-{1,2}(?: ?R[A-Z]{6})?"  # format line 2, not filled in
)
_WEB = re.compile(  # what a service's page shows above its message
    r"(?:(?:MARADMIN|ALMAR|NAVADMIN|ALNAV)S?|Date [Ss]igned|.{0,60}MARADMIN Number) ?:.{0,120}"
    r"|(?:MARADMIN|ALMAR)S Number:.{0,40}"
    rf"|(?:{shapes.GENERAL_TITLES}) ?\d{{1,4}}/\d\d - .{{1,300}}|united states coast guard"
    r"|An official website of the United States government|Here.s how you know"
    r"|A \.mil website belongs to .{0,120}|A lock \(.{0,40}\) or https://.{0,160}",
)
_PAGE_TOP = 12  # lines
_TITLED = 4  # lines down to the first below a title
_BEHALF = re.compile(r"THIS .{0,20}MESSAGE (?:HAS BEEN|IS) TRANSMITTED BY\b.{0,300}")
_NOTICE = re.compile(  # NTP 3; COMDTINST M5210.5: the number under which a message is filed
    r"(SSIC|ACN|COMDTNOTE|COMDTINST|MCBUL|OPNAVNOTE|BUPERSNOTE|SECNAVNOTE) +(M?\d[\d./A-Z-]{0,20})"
)
_COUNT = r"(?:\d{1,2}|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)"
_PARTED = re.compile(  # a message that was too long for one
    rf"(?:THIS IS )?(?:PART|SECTION) {_COUNT} OF {_COUNT}\b.{{0,300}}"
)
_CORRECTED = re.compile(
    r"\(?CORRECTED COPY\)?.{0,80}|REF DTG (?:[ZOPR] ){0,2}\d{6}Z? [A-Z]{3} \d\d"
)


def is_header(line: Line) -> bool:
    """Whether a line is format line 2 of JANAP 128."""
    return len(line.text) <= shapes.LONGEST and _HEADER.fullmatch(line.text) is not None


def header(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``RTTUZYUW RHOIAAA0001 0581603-UUUU--RHSSSUU.``; JANAP 128 puts ten fields into the line."""
    if not (found := _HEADER.fullmatch(lines[place].text)):
        return None
    letter, medium, level, content, indicator, serial, day, time, letters, _, destination = (
        found.groups()
    )
    precedence = Precedence(letter) if letter != "Y" else None  # Y: emergency command precedence
    part = HeaderLine(
        lines[place].typed(), precedence, medium, level, content, indicator, serial or "",
        int(day), time, letters, destination,
    )  # fmt: skip
    return part, place + 1


def page(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``PAGE 02 RUEWMFU3647 UNCLAS``."""
    if not (found := _PAGE.fullmatch(lines[place].text)):
        return None
    number, indicator, serial = found.groups()
    return PageLine(lines[place].typed(), indicator, serial, 1, int(number), 1), place + 1


def precedence(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``ROUTINE``, alone on its line: how a gateway writes format line 2."""
    line = lines[place]
    if not _PRECEDENCE.fullmatch(line.text):
        return None
    named = tuple(Precedence[word] for word in dict.fromkeys(re.findall(r"[A-Z]+", line.text)))
    return RoutingLine(line.typed(), named, ()), place + 1


def group(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``R 161157Z JUL 20 MID510001435194U``, and how else operators type it: ``R 031926 JAN12``."""
    line = lines[place]
    if not (found := _GROUP.fullmatch(line.text)):
        return None
    month = found["month"].upper()
    known = len(month) == 3 or month in _LONG_MONTHS
    typed = f"{found['figures']}Z {month[:3]} {found['year']}"
    end = place + 1
    end += end < len(lines) and _SIGNALS.fullmatch(lines[end].text[: shapes.LONGEST]) is not None
    part = DateTimeGroup(
        shapes.pieces(lines[place:end]),
        tuple(Precedence(letter) for letter in dict.fromkeys(found["letters"].upper().split())),
        line.field(*found.span("typed")),
        instant(typed) if known else None,
        tuple(" ".join((found["rest"], *(one.text for one in lines[place + 1 : end]))).split()),
    )
    return part, end


def classification(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``UNCLAS //N01420//``, ``CLASSIFICATION/UNCLASSIFIED//``: the class without what frames it.

    NTP 3 sec. 706: the subject code behind the class says what the message is about, and is no part
    of the marking. Behind BT, and where the line names itself or has the code, a class in small
    letters is one, and what cannot be read is kept as typed.
    """
    line = lines[place]
    start = found.end() if (found := _STARS.match(line.text)) else 0
    lead = _LEAD.match(line.text, start)
    start = lead.end() if lead else start
    code = _SUBJECT_CODE.search(line.text, start)
    end = code.start() if code else len(line.text)
    typed = line.text[start:end].rstrip("*/ ")
    is_named = lead is not None and lead[0].rstrip()[-1] in ":/-"
    is_certain = bool(is_named or code or (place and lines[place - 1].text == "BT"))
    read = notation.parse(typed) or (notation.parse(typed.upper()) if is_certain else None)
    if read is None and (found := _FOUO.search(typed)):
        level, controls = typed[: found.start()], "FOUO"
        if level.endswith(" NOFORN"):
            level, controls = level.removesuffix(" NOFORN"), "FOUO/NOFORN"
        read = notation.parse(f"{level}//{controls}")
    if read is None and (found := _PERSONAL.match(typed)):
        typed = found[0]
        read = notation.parse(typed)
    if read is None and is_certain and notation.opens_with_class(line.text):
        return texthead.unreadable(line, place)
    if read is None:
        return None
    stop = len(typed) if read.section is None and not read.captions else min(read.end, len(typed))
    part = Banner(
        line.typed(), read.marking, line.field(start, start + stop), notation.show(read.marking),
        read.captions, read.section, read.sections, read.post, read.serial,
    )  # fmt: skip
    return part, place + 1


def number(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``NAVADMIN 276/13``: title and number of a general message, alone on its line (NTP 3)."""
    line = lines[place]
    if not (found := shapes.GENERAL.fullmatch(line.text)):
        return None
    fields: tuple[Field, ...] = (line.field(*found.span(2)),)
    if found[3].strip():
        fields = (*fields, line.field(*found.span(3)))
    return MessageSet(line.typed(), found[1], fields), place + 1


def corrected(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``CORRECTED COPY``, ``REF DTG R 241618Z JUN 05``."""
    if _CORRECTED.fullmatch(lines[place].text):
        return Note(lines[place].typed(), NoteKind.CORRECTION), place + 1
    return None


def passing(lines: Sequence[Line], place: int, *, addressed: bool) -> tuple[Part, int] | None:
    """``PASS TO OFFICE CODES:``, and the addresses with their codes below it.

    ``addressed``: the message has its FM line already, so that a second one is no originator.
    """
    end = place
    if _PASS.fullmatch(lines[place].text):
        end = place + 1
    elif addressed and _is_title(lines, place):
        end = place + 2
    elif not (addressed and _ADDRESS.match(lines[place].text)):
        return None
    while addressed and end < len(lines) and _is_address(lines, end, place):
        end += 1
    return Passing(shapes.pieces(lines[place:end]), value(lines[place:end])), end


def _is_title(lines: Sequence[Line], place: int) -> bool:
    """Whether ``NAVADMIN`` stands alone above ``PASS TO OFFICE CODES:``."""
    if place + 1 == len(lines) or not _PASS.fullmatch(lines[place + 1].text):
        return False
    return _BARE.fullmatch(lines[place].text) is not None


_BARE = re.compile(rf"(?:{shapes.GENERAL_TITLES})")


def _is_address(lines: Sequence[Line], place: int, first: int) -> bool:
    line = lines[place]
    if _ADDRESS.match(line.text):
        return True
    return place > first and not line.gap and "//" in line.text and not begins(lines, place)


def begins(lines: Sequence[Line], place: int) -> bool:
    """Whether a line of the heading begins something of its own."""
    text = lines[place].text
    if shapes.SET.match(text):
        return True
    return len(text) <= shapes.LONGEST and (
        is_header(lines[place])
        or shapes.begins_part(lines, place)
        or classification(lines, place) is not None
        or _PASS.fullmatch(text) is not None
    )


def gateway(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """Lines of the mail or of the gateway that handed the message on."""
    if _MAIL.fullmatch(lines[place].text) or _GATEWAY.fullmatch(lines[place].text):
        return Handling(lines[place].typed(), HandlingKind.RELAY), place + 1
    return None


def webpage(lines: Sequence[Line]) -> int:
    """How many of the first lines are of a page: all down to the last that only a page has.

    Its title is too, where nothing else stands above the first line of the message.
    """
    last = 0
    for place, line in enumerate(lines[:_PAGE_TOP]):
        if len(line.text) > shapes.LONGEST or group(lines, place) or _ADDRESS.match(line.text):
            break
        if _WEB.fullmatch(line.text):
            last = place + 1
    for place in range(last, min(last + _TITLED, len(lines)) if last else 0):
        if any(known(lines, place) for known in (classification, precedence, group, header)):
            return place
        if number(lines, place):
            break
    return last


def handed_on(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """The heading of the station that handed a message on, above that of the message itself.

    A date-time group and FM, right below them another group and another FM, and BT below that.
    """
    if not group(lines, place):
        return None
    own = [lines[n].text for n in range(place, min(place + 12, len(lines)))]
    own = own[: own.index("BT")] if "BT" in own else []
    groups = [n for n, text in enumerate(own) if text[:1] in "ZOPR" and group(lines, place + n)]
    if len(groups) < 2 or not own[1].startswith("FM "):
        return None
    end = groups[1]
    if end + 1 >= len(own) or not own[end + 1].startswith("FM "):
        return None
    return Handling(shapes.pieces(lines[place : place + end]), HandlingKind.RELAY), place + end


def behalf(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``THIS ALARACT MESSAGE HAS BEEN TRANSMITTED BY JSP ON BEHALF OF HQDA``; it may wrap.

    So may ``PART TWO OF THREE. PART ONE IDENT DTG 241819Z MAY 05.``
    """
    if not (_BEHALF.fullmatch(lines[place].text) or _PARTED.fullmatch(lines[place].text)):
        return None
    end = place + 1
    while end < len(lines) and end < place + 6 and not lines[end].gap:
        if begins(lines, end) and not _IDENT.search(lines[end - 1].text):
            break
        end += 1
    return Handling(shapes.pieces(lines[place:end]), HandlingKind.RELAY), end


_IDENT = re.compile(r" IDENT(?: DTG)?$")  # the date-time group of another part is below


def notice(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``SSIC 1650``, ``COMDTNOTE 7220``: the number under which the message is filed."""
    line = lines[place]
    if not (found := _NOTICE.fullmatch(line.text)):
        return None
    return MessageSet(line.typed(), found[1], (line.field(*found.span(2)),)), place + 1


def envelope(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``SUBJ: ...`` above the message: what a gateway took for its subject, often cut short."""
    if not lines[place].text.startswith(("SUBJ:", "SUBJECT:")):
        return None
    end = place + 1
    while end < len(lines) and end < place + 6 and not lines[end].gap:
        is_cut = shapes.CODED.fullmatch(lines[end].text) and not classification(lines, end)
        is_cut = is_cut or lines[end].text[:1].islower()  # "info copies" of the title
        if begins(lines, end) and not is_cut:
            break
        end += 1
    return Handling(shapes.pieces(lines[place:end]), HandlingKind.RELAY), end


def delivery(lines: Sequence[Line], place: int) -> tuple[Part, int] | None:
    """``TO   NAVADMIN`` above format line 2: to whom this copy was delivered."""
    end = place
    while end < len(lines) and not is_header(lines[end]):
        if not (_ADDRESS.match(lines[end].text) or (end > place and lines[end].indent)):
            break
        end += 1
    if end == place:
        return None
    return Handling(shapes.pieces(lines[place:end]), HandlingKind.DISTRIBUTION), end
