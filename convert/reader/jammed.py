"""Pass: a line that holds several parts of the heading is read as so many lines.

Copies lose line ends: ``E.O. 12958: N/A TAGS: PREL SUBJECT: A TITLE REF: LA PAZ 12``. Each part
begins with its own label, in the order of a heading, and only there is the line parted; the text
itself is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from convert.model import regex as re
from convert.notation import posts
from convert.notation.tokens import upper
from convert.reader.lines import Line

_ZONE = 250  # lines in which a heading stands
_LONGEST = 4000  # characters of a line in which labels are looked for
_WHOLE = 20_000  # characters of a line that is read as a heading line at all

_ORDER, _TAGS, _SUBJECT, _REFERENCES, _AUTHORITY, _PAGE, _TEXT = range(7)
_LABEL = re.compile(
    r"(?P<order>\bE\.? ?[O0]\.? ?\d{4,6}\b[:;. ]{1,3}(?=DECL|N/A|GDS|XGDS|OADR))"
    r"|(?P<tags>\bT?AGS?:)|(?P<subject>S?UBJ(?:ECT)? ?:)"
    r"|(?P<references>REF(?:ERENCE)?(?:\(S\)|S|TELS?)? ?:)"
    r"|(?P<authority>\bCLASSIFIED BY ?:)"
    r"|(?P<page>\b\d{8} {1,4}\d{3}(?:\.\d{1,3})? OF \d{3}\b)"
    r"|(?P<text>(?<=[\s])\u00b6?1\. ?\((?:U|C|S|TS|SBU)[)/]|(?<=[\s])\u00b61\. )"
)
_AT_START = re.compile(
    r"(?P<order>E\.? ?[O0]\.? ?\d{4,6}\b)|(?P<tags>TAGS?\b)"
    r"|(?P<subject>(?:[(\[][^()\[\]]{1,80}[)\]] ?)?SUBJ(?:ECT)?\b)"
    r"|(?P<references>(?:PROGRAM )?REF(?:ERENCE)?(?:\(S\)|S|TELS?)? ?[:(A-Z])"
    r"|(?P<authority>CLASS?IFIED BY)|(?P<text>\d{1,3}[.)])|(?P<declassify>DECL(?:ASSIFY)?:)"
)
_LISTED = re.compile(r" *(?:[(\[]?[A-Z][)\].:] ?|#?\d)")
# A sheet's own line inside a list: before its first entry, or before what goes on behind it.
_SHEET = re.compile(
    r"(?:(?:TO|INFO) )?(?P<page>PAGE \d\d {1,12}[A-Z][A-Z.' ]{1,30}? {1,8}\d{4,6}"
    r"(?: {1,8}\d\d OF \d\d)? {1,8}\d{6} ?Z(?: {1,8}POSS DUPE)?)(?: |$)"
)
# What may follow what on one line: the order in which a heading has its parts.
_AFTER = {
    "order": ("", "passing"),
    "tags": ("order", "declassify"),
    "subject": ("tags", "order"),
    "references": ("subject", "tags", "order", "authority", ""),
    "authority": ("subject", "references", "tags", "order"),
    "page": ("subject", "references", "authority"),
    "text": ("authority", "references", "page", "subject"),
}


def parted(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, those of the heading parted where one holds several parts."""
    split: list[Line] = []
    kind, own = "", ""
    for place, line in enumerate(lines[:_ZONE]):
        text = upper(line.text[:_LONGEST])
        if text.startswith("FM "):
            own = text[3:60].split(" ", 1)[-1]
        begins = _AT_START.match(text)
        if begins and begins["text"]:
            return [*split, *lines[place:]]
        if begins:
            kind = begins.lastgroup or ""
        elif line.gap:
            kind = ""
        cuts = list(_cuts(text, line.text, kind, own))
        kind = cuts[-1][1] if cuts else kind
        bounds = [0, *(cut for cut, _ in cuts), len(line.text)]
        if len(bounds) == 2:
            split.append(line)
            continue
        split += [line.cut(a, b) for a, b in pairwise(bounds)]
        if kind == "text":
            return [*split, *lines[place + 1 :]]
    return [*split, *lines[_ZONE:]]


def has_label(text: str) -> bool:
    """Whether a long line begins with the label of a heading line, and is none of the text."""
    found = _AT_START.match(upper(text[:40])) if len(text) <= _WHOLE else None
    return found is not None and found["text"] is None


def _cuts(text: str, typed: str, kind: str, own: str) -> Iterator[tuple[int, str]]:
    """(place, kind) of every part that begins inside a line of ``kind``."""
    last = 0
    if sheet := _SHEET.match(text):
        last = sheet.end("page")
        if sheet.start("page"):
            yield sheet.start("page"), kind
        if last < len(text):
            yield last, kind
    elif text.startswith("INFO XMT "):
        yield 5, ""
    if not _may_hold_label(text):
        return
    for found in _LABEL.finditer(text):
        name = found.lastgroup or ""
        start = found.start()
        if name == "page":
            start = _page_start(text, found.start(), own)
        if (start <= last and name != "order") or text[:start] == "(":
            continue
        if start == 0 or kind not in _AFTER[name] or not _is_label(text, typed, found, name):
            continue
        yield start, name
        kind, last = name, start
        if name == "page":
            last = found.end()
            kind = "references"
            if text[last:].strip():
                rest = len(text) - len(text[last:].lstrip())
                following = _LABEL.match(text, rest)
                if following is None:
                    yield rest, kind
                    last = rest
        if name == "text":
            return


def _may_hold_label(text: str) -> bool:
    """Whether a label may stand in a line: its colon, or what an order or page line has instead."""
    is_order = "DECL" in text or "N/A" in text or "GDS" in text or "OADR" in text
    return is_order or ":" in text or " OF " in text or "1." in text


def _is_label(text: str, typed: str, found: re.Match[str], name: str) -> bool:
    """Whether a word inside a line is a label: alone, or jammed to the word before in capitals."""
    start, end = found.start(), found.end()
    jammed = text[start - 1].isalnum()
    if name == "references":
        listed = _LISTED.match(text, end) or posts.split_post(text[end : end + 60].split()[:4])
        return (bool(listed) and (not jammed or typed[start:end].isupper())) or _dated(text, end)
    if name == "subject":
        return not jammed or typed[start:end].isupper()
    if name == "authority":
        return typed[start].isupper()
    return True


def _dated(text: str, end: int) -> bool:
    """``REF: SECDEF R162245Z OCT 08``, ``REF: LONDON DAILY 11/3/09``: it holds a number soon."""
    return any(character.isdigit() for character in text[end : end + 40])


def _page_start(text: str, number: int, own: str) -> int:
    """Where the post before the serial of a page line begins."""
    before = text[max(number - 60, 0) : number].rstrip()
    offset = max(number - 60, 0)
    if own and before.endswith(own):
        return offset + len(before) - len(own)
    words = [(m.start(), m[0]) for m in re.finditer(r"\S+", before)]
    for count in range(min(5, len(words)), 0, -1):
        tail = words[-count:]
        if posts.post(" ".join(word for _, word in tail)):
            return offset + tail[0][0]
    return offset + words[-1][0] if words else number
