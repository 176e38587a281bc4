"""Cable to a document of Foreign Relations of the United States, as its volumes encode a telegram.

An edition's text and no transcription: words without their line ends, classification in the source
note, numbered paragraphs as a list, each mark behind its paragraph. What that encoding has no place
for is left out: routing lines, TAGS, captions as such, banners and page lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from convert.model.cable import (
    AddresseeKind,
    Banner,
    Cable,
    DateTimeGroup,
    Field,
    Heading,
    Note,
    Paragraph,
    Portion,
    Preformatted,
    References,
    Signature,
    Table,
    TextPart,
)
from convert.model.facts import (
    addressees,
    banner_text,
    canonical_id,
    captions,
    date_in_words,
    instant,
    originator,
    subject,
)
from convert.model.marking import Level, Marking
from convert.model.text import folded
from convert.model.transcript import entry, text_parts
from convert.model.walk import every, first, pieces, whole_lines
from convert.writer.tei.xml import NAMESPACE, shown

_FRUS = "http://history.state.gov/frus/ns/1.0"
_POSTS = {"AMEMBASSY ": "Embassy in ", "AMCONSUL ": "Consulate in ", "USMISSION ": "Mission to "}
_DEPARTMENT = {"SECSTATE WASHDC": "the Department of State"}
_HEADER = """\
<teiHeader>
 <fileDesc>
  <titleStmt><title type="complete">{title}</title></titleStmt>
  <publicationStmt><p>Converted by cable-convert as a document for a volume.</p></publicationStmt>
  <sourceDesc><p>{source}</p></sourceDesc>
 </fileDesc>
</teiHeader>
"""


def frus(cable: Cable, *, is_fragment: bool) -> str:
    """The whole file, or the ``div`` alone. The volume gives the document its number; here 1."""
    spaces = f'xmlns="{NAMESPACE}" xmlns:frus="{_FRUS}"'
    head = _head(cable)
    if is_fragment:
        return f"{_div(cable, head, f' {spaces}')}\n"
    header = _HEADER.format(title=shown(head), source=shown(_file(cable)))
    text = f"<text>\n<body>\n{_div(cable, head, '')}\n</body>\n</text>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI {spaces}>\n{header}{text}\n</TEI>\n'


def _div(cable: Cable, head: str, spaces: str) -> str:
    sent = instant(cable)
    told = f' frus:doc-dateTime-min="{_minute(sent)}" frus:doc-dateTime-max="{_minute(sent, 59)}"'
    dated = told if sent else ""
    lines = [
        f'<div{spaces} type="document" subtype="historical-document" n="1" xml:id="d1"{dated}>',
        f'<head>1. {shown(head)}<note n="1" type="source" xml:id="d1fn1">{_note(cable)}</note>'
        "</head>",
        *_opener(cable),
        *_subject(cable),
        *_references(cable),
        *_Blocks(text_parts(cable)).lines,
        "</div>",
    ]
    return "\n".join(lines)


def _minute(sent: datetime | None, second: int = 0) -> str:
    return f"{sent.date().isoformat()}T{sent:%H:%M}:{second:02d}+00:00" if sent else ""


def _head(cable: Cable) -> str:
    """``Telegram From the Embassy in Port Orrin to the Department of State``."""
    told = "Telegram"
    if sender := originator(cable):
        told += f" From {_place(sender.text)}"
    action = [one.name for kind, one in addressees(cable) if kind is AddresseeKind.TO]
    if action:
        told += f" to {_place(action[0])}"
    return told


def _place(name: str) -> str:
    """A plain-language address in words, where its first word says what it is; else as typed."""
    if name in _DEPARTMENT:
        return _DEPARTMENT[name]
    for prefix, words in _POSTS.items():
        if name.startswith(prefix):
            return f"the {words}{name.removeprefix(prefix).title()}"
    return name


def _note(cable: Cable) -> str:
    """Where it comes from, how it was classified, how fast it went, who had a copy."""
    banner = banner_text(cable)
    marked = f"{_classified(_banner(banner), _overall(cable))}; " if banner else ""
    group = first(cable, DateTimeGroup)
    words = [one.name.title() for one in group.precedences] if group else []
    words += [caption.title() for caption in captions(cable) if caption not in (banner or "")]
    others = [one.name for kind, one in addressees(cable) if kind is AddresseeKind.INFO]
    copies = f" Repeated for information to {', '.join(map(_place, others))}." if others else ""
    rest = f"{marked}{shown('; '.join(words))}".removesuffix("; ")
    return f"Source: {shown(_file(cable))}. {rest}{'.' if rest else ''}{shown(copies)}".strip()


def _banner(banner: str) -> str:
    """``Secret; Noforn``: as a source note has it; lists of countries stay as they are."""
    segments = (one for one in banner.split("//") if one)
    return "; ".join(one if "," in one or "REL" in one else one.capitalize() for one in segments)


def _overall(cable: Cable) -> Marking | None:
    read = [one.marking for one in every(cable, Banner) if one.marking]
    return max(read, key=lambda one: one.classification.rank) if read else None


def _classified(words: str, marking: Marking | None) -> str:
    level = _level(marking)
    told = f' level="{level}"' if level else ""
    return f"<frus:classification{told}>{shown(words)}</frus:classification>"


def _level(marking: Marking | None) -> str | None:
    """The edition's word for the class; it has none for a foreign RESTRICTED."""
    if marking is None or marking.classification is Level.R:
        return None
    if "SBU" in marking.nonICmarkings:
        return "sbu"
    return str(marking.classification.value).lower()


def _file(cable: Cable) -> str:
    return canonical_id(cable) or cable.source.name or "a telegram"


def _opener(cable: Cable) -> list[str]:
    """The telegram's number, place and date."""
    told: list[str] = []
    serial = next((one.serial for one in every(cable, Banner) if one.serial), None)
    if serial:
        told.append(f'<seg rendition="#left">{shown(serial.lstrip("0") or "0")}.</seg>')
    banner = next((one.post for one in every(cable, Banner) if one.post), None)
    place = f"<placeName>{shown(banner.title())}</placeName>" if banner else ""
    if (group := first(cable, DateTimeGroup)) is not None:
        when = f' when="{_minute(group.instant)}"' if group.instant else ""
        words = shown(_date(group))
        date = f'<date calendar="gregorian"{when}>{words}</date>'
        joined = ", ".join(filter(None, (place, date)))
        told.append(f'<dateline rendition="#right">{joined}</dateline>')
    return [f"<opener>{''.join(told)}</opener>"] if told else []


def _date(group: DateTimeGroup) -> str:
    """``June 14, 2007, 1330Z``."""
    if group.instant is None:
        return group.typed.text
    day, month, rest = date_in_words(group.instant, "").removesuffix(" ()").split(" ", 2)
    return f"{month} {day}, {rest}"


def _subject(cable: Cable) -> list[str]:
    if (titled := subject(cable)) is None:
        return []
    mark = f" {_mark(titled.portion)}" if titled.portion else ""
    item = f"<item>{shown(titled.title.text)}{mark}</item>"
    return [f'<list type="subject"><head>Subject</head>{item}</list>']


def _references(cable: Cable) -> list[str]:
    listed = first(cable, References)
    if listed is None or not listed.references:
        return []
    words = (f"{one.label}. {one.typed}" if one.label else one.typed for one in listed.references)
    items = "".join(f"<item>{shown(one)}</item>" for one in words)
    return [f'<list type="references"><head>References</head>{items}</list>']


def _mark(portion: Portion) -> str:
    return _classified(folded(portion.typed), portion.marking)


class _Blocks:
    """The message, block by block; numbered paragraphs and items as lists, one inside the other."""

    def __init__(self, parts: Iterable[TextPart]) -> None:
        self.lines: list[str] = []
        self._lists = 0  # how many are open
        listed = list(parts)
        last = max((n for n, one in enumerate(listed) if not isinstance(one, Note)), default=-1)
        for number, part in enumerate(listed):
            if isinstance(part, Paragraph) and part.label:
                self._item(part)
                continue
            self._close(0)
            if isinstance(part, Signature) and number == last:
                self._signed(part)
                rest = listed[number + 1 :]
                self._after(rest)
                return
            self._block(part)
        self._close(0)

    def _item(self, part: Paragraph) -> None:
        depth = min(part.level + 1, self._lists + 1)
        self._close(depth, keep=True)
        if self._lists < depth:
            self.lines.append("<list>")
            self._lists += 1
        else:
            self.lines[-1] += "</item>"
        assert part.label is not None
        self.lines.append(f"<label>{shown(part.label.typed)}</label>")
        self.lines.append(f"<item>{_words(part)}{_behind(part.portion)}")

    def _close(self, depth: int, *, keep: bool = False) -> None:
        """Close lists until ``depth`` are open; ``keep``: the next item goes into the last."""
        while self._lists > depth:
            self.lines[-1] += "</item>\n</list>"
            self._lists -= 1
        if not keep and self._lists:
            self.lines[-1] += "</item>\n</list>"
            self._lists -= 1

    def _block(self, part: TextPart) -> None:
        match part:
            case Heading():
                title = shown(entry(part).words)
                self.lines.append(f'<p rend="sectiontitleital">{title}</p>')
            case Table() if part.rows:
                rows = "".join(f"<row>{''.join(map(_cell, row.cells))}</row>" for row in part.rows)
                mark = f"\n<p>{_mark(part.portion)}</p>" if part.portion else ""
                self.lines.append(f"<table>{rows}</table>{mark}")
            case Preformatted() | Signature() | Table():
                lines = "<lb/>".join(shown(folded(one)) for one in _lines(part))
                self.lines.append(f"<p>{lines}</p>")
            case Paragraph():
                self.lines.append(f"<p>{_words(part)}{_behind(part.portion)}</p>")
            case Note():
                self.lines.append(f"<p>{_words(part)}</p>")

    def _signed(self, part: Signature) -> None:
        names = "<lb/>".join(shown(folded(one)) for one in _lines(part))
        hand = f'<persName><hi rend="strong">{names}</hi></persName>'
        self.lines.append(f"<closer><signed>{hand}</signed></closer>")

    def _after(self, notes: Iterable[TextPart]) -> None:
        """What stands behind the signature goes into notes of the closer's end."""
        told = [
            f'<note n="{n}" xml:id="d1fn{n}">{_words(note)}</note>'
            for n, note in enumerate(notes, 2)
        ]
        if told:
            closer = self.lines[-1].removesuffix("</closer>")
            self.lines[-1] = f"{closer}{''.join(told)}</closer>"


def _words(part: TextPart) -> str:
    return shown(entry(part).words)


def _lines(part: TextPart) -> Iterable[str]:
    return whole_lines(pieces(part))


def _behind(portion: Portion | None) -> str:
    return f" {_mark(portion)}" if portion else ""


def _cell(cell: Field | None) -> str:
    return f"<cell>{shown(cell.text)}</cell>" if cell else "<cell/>"
