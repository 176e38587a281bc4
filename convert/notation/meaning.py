"""What a marking string means, as data: for programs, and for ``cable-convert marking``."""

from __future__ import annotations

from collections.abc import Callable

from convert.diagnostics import Code, Diagnostic, finding
from convert.model.data import Data, field, fields, replace
from convert.model.marking import Level, Marking
from convert.notation import authority, banner, lines, portion
from convert.notation.tables import CUI_LIMITED, SENSITIVE_TITLES
from convert.notation.tokens import LONGEST, upper

Value = str | list[str]
Extra = str | int | bool | list[str] | list[int]

# Fields of the marking record that are no ISM attribute: they stand beside ``ism``.
_BESIDE = ("joint", "cui", "legacyMarkings", "relAbbreviated", "entireText")
# No attribute of V10 holds these; the canonical form shows them.
_NO_ISM = ("cuiCategories",)


class Interpretation(Data):
    """A string, read as one kind of line. ``recognised`` False: no level may be taken from it."""

    input: str
    kind: str
    recognised: bool = False
    ism: dict[str, Value] = field(default_factory=dict)
    extra: dict[str, Extra] = field(default_factory=dict)
    canonical: dict[str, str] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    tolerances: tuple[str, ...] = ()  # T1 to T10
    marking: Marking | None = None

    def as_json(self) -> dict[str, object]:
        """The object that ``cable-convert marking --json`` prints."""
        return {
            "input": self.input,
            "kind": self.kind,
            "recognised": self.recognised,
            "ism": self.ism,
            **self.extra,
            "canonical": self.canonical,
            "findings": [
                {"code": f.code.id, "severity": f.severity.value, "message": f.message()}
                for f in self.findings
            ],
        }


def interpret(text: str, kind: str = "auto") -> Interpretation:
    """The meaning of a string, read as ``kind``: one of KINDS, or ``auto`` for whichever fits."""
    whole = text.replace("\r\n", "\n").replace("\r", "").strip("\n")
    if kind in ("auto", "line"):
        return replace(_any(whole, only_lines=kind == "line"), input=text)
    kind = "caption-line" if kind == "caption" else kind
    if kind not in _READERS:
        raise ValueError(f"no such kind of marking: {kind}")
    found = _READERS[kind](whole)
    return replace(found or _unrecognised(whole, kind), input=text)


def _any(text: str, *, only_lines: bool) -> Interpretation:
    """The first kind that fits. Each needs its own opening, so no two take the same string."""
    order = ["heading"] if "\n" in text.strip() else []
    order += ["eo-line", "classified-by", "subject-line", "paragraph-start"]
    order += ["reference-line"] if upper(text.lstrip()[:3]) == "REF" else []
    order += ["caption-line"] if only_lines else ["portion", "banner", "caption-line", "heading"]
    for kind in dict.fromkeys(order):
        if found := _READERS[kind](text):
            return found
    kind = "portion" if text.lstrip()[:1] in ("(", "[") else "banner"
    return _unrecognised(text, "line" if only_lines else kind)


def _unrecognised(text: str, kind: str) -> Interpretation:
    findings: tuple[Diagnostic, ...] = ()
    if kind == "portion" and portion.looks_like_level(text[:400]):
        findings = (finding(Code.MARK_UNREADABLE, typed=text[:400]),)
    return Interpretation(text, kind, findings=findings)


def ism(marking: Marking) -> dict[str, Value]:
    """The ISM attributes of a marking, the empty ones left out."""
    found: dict[str, Value] = {}
    for name in fields(marking):
        value = getattr(marking, name)
        if name in _BESIDE or name in _NO_ISM:
            continue
        if isinstance(value, Level):
            found[name] = value.value
        elif isinstance(value, str):
            found[name] = value
        else:
            found[name] = [each for each in value if each not in CUI_LIMITED]
    return {name: value for name, value in found.items() if value}


def _beside(marking: Marking) -> dict[str, Extra]:
    found: dict[str, Extra] = {}
    for name in _BESIDE:
        if value := getattr(marking, name):
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _of(
    text: str,
    kind: str,
    marking: Marking,
    extra: dict[str, Extra] | None = None,
    findings: tuple[Diagnostic, ...] = (),
    tolerances: tuple[str, ...] = (),
) -> Interpretation:
    return Interpretation(
        text, kind, True, ism(marking), {**_beside(marking), **(extra or {})},
        {"portion": portion.show(marking), "banner": banner.show(marking)},
        findings, tolerances, marking,
    )  # fmt: skip


def _portion(text: str) -> Interpretation | None:
    read = portion.parse(text) or portion.parse(f"({text})" if _is_entire(text) else "")
    if read is None:
        return None
    return _of(text, "portion", read.marking, {}, portion.remarks(text.strip(), read), read.forms)


def _is_entire(text: str) -> bool:
    """``CONFIDENTIAL - ENTIRE TEXT`` stands without brackets, too."""
    return len(text) < 100 and text.rstrip(". ").endswith("ENTIRE TEXT") and "(" not in text


def _banner(text: str) -> Interpretation | None:
    line = " ".join(text.split("\n")).strip() if "\n" not in text else ""
    read = banner.parse(line)
    tolerances: tuple[str, ...] = ()
    if read is None and len(line) < 400 and upper(line) != line:
        read = banner.parse(upper(line))
        if read is not None and not read.is_bare:
            read = None  # a sentence with a number in it is no banner
        tolerances = ("T6",)
    if read is None:
        read = _sensitive(line)
    if read is None:
        return None
    captions = _kept(read, line)
    tolerances = (*tolerances, *read.forms)
    marking = _derived(read.marking, read.captions)
    findings = (
        (finding(Code.MARK_FORM, typed=line[:400], canonical=banner.show(marking)),)
        if tolerances
        else ()
    )
    extra = {**_placing(read), **({"captions": list(captions)} if captions else {})}
    return _of(text, "banner", marking, extra, findings, tolerances)


def _sensitive(line: str) -> banner.BannerLine | None:
    """SENSITIVE BUT UNCLASSIFIED, whatever follows it on the line (State's administrative form)."""
    found = (title for title in SENSITIVE_TITLES if line.startswith(f"{title} "))
    return banner.parse(title) if (title := next(found, "")) else None


def _kept(read: banner.BannerLine, line: str) -> tuple[str, ...]:
    """The captions; NOFORN that directly follows the level, and EFTO, are part of the banner."""
    captions = list(dict.fromkeys(read.captions))
    behind = "".join(line[read.end :].split())
    for word in ("EFTO", "NOFORN"):
        if word in captions and (word == "EFTO" or behind.startswith((word, f"EFTO{word}"))):
            captions.remove(word)
    return tuple(captions)


def _derived(marking: Marking, captions: tuple[str, ...]) -> Marking:
    """The marking with what its captions mean, SENSITIVE under an unclassified banner too."""
    found = banner.with_captions(marking, captions)
    if (
        "SENSITIVE" in captions
        and found.classification is Level.U
        and found.ownerProducer == ("USA",)
        and not {"SBU", "SBU-NF"} & set(found.nonICmarkings)
    ):
        found = banner.with_non_ic(found, "SBU")
    return found


def _placing(read: banner.BannerLine) -> dict[str, Extra]:
    extra: dict[str, Extra] = {}
    if read.section is not None and read.sections is not None:
        extra["section"] = [read.section, read.sections]
    if read.serial is not None:
        extra["mrn"] = f"{read.post} {read.serial}"
    return extra


def _heading(text: str) -> Interpretation | None:
    """A banner line, and caption lines under it; other lines of a heading say nothing here."""
    rows = [row.strip() for row in text.split("\n") if row.strip()]
    place = next((i for i, row in enumerate(rows) if banner.parse(row)), None)
    if place is None or any(banner.parse_captions(row) is None for row in rows[:place]):
        return None
    read = banner.parse(rows[place])
    assert read is not None
    captions = list(_kept(read, rows[place]))
    for row in (*rows[:place], *rows[place + 1 :]):
        captions += banner.parse_captions(row) or ()
    marking = _derived(read.marking, (*read.captions, *captions))
    if "EFTO" in captions and "EFTO" not in marking.legacyMarkings:
        marking = replace(marking, legacyMarkings=(*marking.legacyMarkings, "EFTO"))
    kept = [c for c in dict.fromkeys(captions) if c != "EFTO"]
    extra = {**_placing(read), **({"captions": kept} if kept else {})}
    findings = (
        (finding(Code.MARK_FORM, typed=rows[place][:400], canonical=banner.show(marking)),)
        if read.forms
        else ()
    )
    return _of(text, "heading", marking, extra, findings, read.forms)


def _captions(text: str) -> Interpretation | None:
    found = banner.parse_captions(text)
    if found is None:
        return None
    added = banner.with_captions(Marking(Level.U, ownerProducer=()), found)
    attributes = ism(added)
    del attributes["classification"]  # a caption says nothing of a level
    extra: dict[str, Extra] = {"captions": list(dict.fromkeys(found))}
    return Interpretation(text, "caption-line", True, attributes, extra)


def _placed(kind: str, read: Callable[[str], lines.Placed | None]) -> _Reader:
    def reader(text: str) -> Interpretation | None:
        found = read(text)
        if found is None:
            return None
        extra: dict[str, Extra] = {}
        if found.paragraph is not None:
            extra["paragraph"] = found.paragraph
        remarks = portion.remarks(found.typed, found.read)
        return _of(text, kind, found.read.marking, extra, remarks, found.read.forms)

    return reader


def _order(text: str) -> Interpretation | None:
    found = lines.instruction(text)
    if found is None:
        return None
    named = {
        "declassDate": found.date,
        "declassEvent": found.event,
        "declassException": found.exception,
    }
    beside = {"order": found.order, "declassScheme": found.scheme, "person": found.person}
    attributes: dict[str, Value] = {name: value for name, value in named.items() if value}
    extra: dict[str, Extra] = {name: value for name, value in beside.items() if value}
    return Interpretation(text, "eo-line", True, attributes, extra)


def _classified(text: str) -> Interpretation | None:
    """A Classified By line, behind its paragraph number and mark if it has them."""
    rest = " ".join(text[:LONGEST].split())
    extra: dict[str, Extra] = {}
    if authority.authority_start(rest) is None and (numbered := lines.paragraph_number(rest)):
        extra["paragraph"], rest = numbered[0], rest[numbered[1] :].lstrip()
    mark = lines.mark_at(rest, 0, numbered=bool(extra))
    if mark is not None:
        rest = rest[len(mark.typed) :].lstrip()
    found = authority.authority(rest)
    if found is None or not (found.reasons or found.derived or found.name):
        return None
    if found.name is not None:
        extra["person"] = found.name
    base = _of(text, "classified-by", mark.read.marking, extra) if mark else None
    attributes = dict(base.ism) if base else {}
    if found.reasons:
        attributes["classificationReason"] = list(found.reasons)
    if found.derived:
        attributes["derivedFrom"] = found.derived
    if base:
        return replace(base, ism=attributes)
    return Interpretation(text, "classified-by", True, attributes, extra)


_Reader = Callable[[str], Interpretation | None]
_READERS: dict[str, _Reader] = {
    "portion": _portion,
    "banner": _banner,
    "heading": _heading,
    "caption-line": _captions,
    "paragraph-start": _placed("paragraph-start", lines.paragraph_start),
    "subject-line": _placed("subject-line", lines.subject),
    "reference-line": _placed("reference-line", lines.reference),
    "eo-line": _order,
    "classified-by": _classified,
}
KINDS = (*_READERS, "caption", "line", "auto")
