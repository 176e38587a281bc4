"""Portion marks: ``(S//REL UK, AUS)``. Parse what was typed; show the canonical form.

The grammar is EBNF in the project's design; tolerances are named T1 to T10 there. A level is never
guessed: whatever the whole grammar does not accept is None.
"""

from __future__ import annotations

from functools import lru_cache

from convert.diagnostics import Code, Diagnostic, finding
from convert.model import regex as re
from convert.model.data import Data
from convert.model.marking import Level, Marking
from convert.model.span import Span
from convert.model.text import printable
from convert.notation import tables
from convert.notation.categories import Draft, categories, cui, producers, shown
from convert.notation.countries import ALIASES, owners_in_order
from convert.notation.tables import ADMINISTRATIVE, ANY_LEVELS, LEVELS, TITLES
from convert.notation.tokens import LONGEST, Phrases, Tokens, upper

_OPENING = frozenset({*LEVELS, "SBU", "LOU"})
_WHOLE = {**LEVELS, **TITLES}
_TITLES = Phrases({**{name: name for name in _WHOLE}, **tables.LEGACY_TITLES, "LOU": "LOU",
                   "OUO": "OUO", "SBU": "SBU", "SENSITIVE BUT UNCLASSIFIED": "SBU"})  # fmt: skip
_FORMER = Phrases({name: name for name in tables.NATO_FORMER})


class Parsed(Data):
    """A marking that was read: its meaning, what nobody typed, and which tolerances it took."""

    marking: Marking
    supplied: tuple[str, ...] = ()
    tolerances: tuple[tuple[Code, str], ...] = ()  # (code, what is missing)
    forms: tuple[str, ...] = ()  # the tolerances by name: T1, T5


def parse(typed: str) -> Parsed | None:
    """The meaning of a portion mark given with its brackets, or None if it cannot be read.

    One bracket may be missing, doubled or square, or have a quotation mark before it (T1); blanks
    inside (T5) and lower case (T6) are read.
    """
    if len(typed) > LONGEST:
        return None
    return _parse(typed) if len(typed) <= _CACHED else read(typed)


_CACHED = 200  # characters; longer ones are not worth their memory


@lru_cache(maxsize=1024)  # a cable has many marks and few different ones
def _parse(typed: str) -> Parsed | None:
    return read(typed)


def read(typed: str) -> Parsed | None:
    """``parse`` for a text of any length, in linear time."""
    outer = typed.replace("\u00a0", " ").strip()
    quoted = outer[:1] in _QUOTES and outer[1:2] in ("(", "[")
    outer = outer[1:] if quoted else outer
    opened, closed = outer[:1] in ("(", "["), outer[-1:] in (")", "]")
    if not (opened or closed):
        return None
    doubled = outer.startswith("((") and outer[-1:] == ")"
    if doubled:
        outer = outer[1:]
    inner = outer[1 if opened else 0 : -1 if closed else None]
    body = " ".join(upper(inner).split())
    forms: list[str] = []
    if doubled or quoted or not (outer.startswith("(") and outer.endswith(")")):
        forms.append("T1")
    wrapped = _WRAP.sub(" ", inner)
    if wrapped != " ".join(inner.split()) or (outer != typed and not doubled and not quoted):
        forms.append("T5")
    if upper(inner) != inner:
        forms.append("T6")
    draft = _body(body)
    if draft is None or printable(typed) != typed:
        return None
    marking = _with(draft[0].marking(), entire=draft[1], legacy=draft[2])
    if _reordered(body, show(marking)):
        draft[0].tolerate("T10", Code.ORDER)
    tolerances = [*([(Code.MARK_FORM, "")] if forms else []), *draft[0].tolerances]
    return Parsed(
        marking,
        draft[0].supplied,
        tuple(dict.fromkeys(tolerances)),
        tuple(dict.fromkeys([*forms, *draft[0].forms])),
    )


def _reordered(body: str, canonical: str) -> bool:
    """Whether the words are those of the canonical form in another order (T10)."""
    typed, wanted = _WORD.findall(body), _WORD.findall(canonical)
    return typed != wanted and sorted(typed) == sorted(wanted)


_WORD = re.compile(r"[A-Z0-9]+")
_WRAP = re.compile(r"[\r\n][ \t\r\n]*")  # a mark may run on to the next line
_QUOTES = ('"', "'", "\u201c", "\u2018")

# What a REL list lacks, in words.
_LACKS = {
    "TO": "without TO",
    "USA": "without USA",
    "trigraphs": "with a country by another name",
}


def remarks(typed: str, parsed: Parsed, span: Span | None = None) -> tuple[Diagnostic, ...]:
    """A finding for each rule of form that a mark breaks: MK020, MK021, MK022."""
    if not parsed.tolerances:
        return ()
    facts = {"typed": typed, "canonical": show(parsed.marking)}
    lacking = {what for code, what in parsed.tolerances if code is Code.REL_FORM}
    missing = ", ".join(words for what, words in _LACKS.items() if what in lacking)
    return tuple(
        finding(code, span, **facts, **({"missing": missing} if code is Code.REL_FORM else {}))
        for code in dict.fromkeys(code for code, _ in parsed.tolerances)
    )


_Read = tuple[Draft, bool, str]


def _body(body: str) -> _Read | None:
    """What stands between the brackets: the draft, whether it is for the entire text, LOU."""
    if body in ADMINISTRATIVE:
        control, legacy = ADMINISTRATIVE[body]
        return Draft(Level.U, non_ic={control} if control else set()), False, legacy
    if body == "FOUO":
        return Draft(Level.U, dissemination={"FOUO"}), False, ""
    if (whole := body.rstrip(". ")).endswith("ENTIRE TEXT"):
        return _entire(Tokens(whole))
    tokens = Tokens(body)
    draft = _head(tokens)
    if draft is None:
        return None
    complete = cui(tokens, draft) if draft.cui else categories(tokens, draft)
    return (draft, False, "") if complete and tokens.done else None


def _head(tokens: Tokens) -> Draft | None:
    """The level and who gave it."""
    if tokens.take("//"):
        return _non_us(tokens)
    if tokens.take("CUI"):
        return Draft(Level.U, cui=True)
    if tokens.peek(1) == "-" and tokens.peek(2) in ANY_LEVELS and tokens.peek(3) in ("", "//"):
        owner = ALIASES.get(tokens.peek(), tokens.peek())
        if owner in ("FGI", "NATO") or tokens.peek() in ALIASES:
            draft = Draft(ANY_LEVELS[tokens.peek(2)], owners=(owner,))
            tokens.place += 3
            return draft
    level = LEVELS.get(tokens.peek())
    if level is None:
        return None
    tokens.place += 1
    return Draft(level)


def _non_us(tokens: Tokens) -> Draft | None:
    draft = Draft(Level.U)
    level: Level | None
    if former := tokens.take_any(_FORMER):
        level, control = tables.NATO_FORMER[former]
        return Draft(level, owners=("NATO",), non_us={control})
    if tokens.peek() in tables.NATO_LEVELS:
        draft.level, draft.owners = tables.NATO_LEVELS[tokens.peek()], ("NATO",)
        tokens.place += 1
        return draft
    if tokens.take("JOINT"):
        level = ANY_LEVELS.get(tokens.peek())
        tokens.place += 1
        draft.joint = True
        draft.owners = producers(tokens, draft)
    else:
        draft.owners = producers(tokens, draft)
        level = ANY_LEVELS.get(tokens.peek()) if draft.owners else None
        tokens.place += 1
    if level is None:
        return None
    draft.level = level
    return draft


def _entire(tokens: Tokens) -> _Read | None:
    """``C - ENTIRE TEXT``, ``CONFIDENTIAL - ENTIRE TEXT``; the hyphen is often lost."""
    word = tokens.take_any(_TITLES)
    tokens.take("-")
    if word is None or not tokens.take("ENTIRE", "TEXT") or not tokens.done:
        return None
    if word in _WHOLE:
        return Draft(_WHOLE[word]), True, ""
    if word == "SBU":
        return Draft(Level.U, non_ic={"SBU"}), True, ""
    return Draft(Level.U), True, word


def _with(marking: Marking, *, entire: bool, legacy: str) -> Marking:
    if not (entire or legacy):
        return marking
    return Marking(
        marking.classification,
        nonICmarkings=marking.nonICmarkings,
        legacyMarkings=(legacy,) if legacy else (),
        entireText=entire,
    )


def looks_like_level(typed: str) -> bool:
    """Whether a bracket that does not parse still opens like a marking, and is no office.

    A level before a sign that is no letter, digit, point or apostrophe; a level spelled out, also
    in small letters; or known controls alone or behind something else: ``(SS/NF)``, ``(S NF)``.
    Names of things are none: ``(U-2)``, ``(C-130)``, ``(U.S.)``.
    """
    inner = "".join(shown for shown in typed if printable(shown) == shown).strip("()[]{} ")
    if inner in tables.OFFICES:
        return False
    closed = inner.replace(" ", "")
    if closed in _OPENING or upper(inner) in TITLES:
        return True
    if _LEVEL_AND_SIGN.match(inner) and not _NUMBERED_NAME.match(inner):
        return True
    first, *rest = _SIGNS.split(inner)
    known = [w for w in rest if w in tables.CONTROL_WORDS or w in tables.NON_IC_WORDS]
    if not rest:
        return inner in ("NF", "NOFORN", "ORCON", "NODIS", "EXDIS")
    return known == rest and ("/" in inner or first in LEVELS)


_SIGNS = re.compile(r"[/ ,\\-]+")
_LEVEL_AND_SIGN = re.compile(
    r"(?:TS|S|C|U|SBU|LOU|TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS)"
    r" ?(?![A-Za-z0-9.'\u2019 ]|$)"
)
_NUMBERED_NAME = re.compile(r"[A-Z]{1,2}-\d")


def show(marking: Marking) -> str:
    """The canonical portion mark (IC Markings Manual C.1): ``(S//REL TO USA, AUS, GBR)``."""
    legacy = next((word for word in marking.legacyMarkings if word in ("LOU", "OUO")), "")
    level = legacy or marking.classification.value
    if marking.entireText:
        return f"({'SBU' if 'SBU' in marking.nonICmarkings else level} - ENTIRE TEXT)"
    if legacy:
        return f"({legacy})"
    groups = shown(marking, {}, "SG")
    bare = marking.classification is Level.U and marking.ownerProducer == ("USA",)
    if bare and groups in (["SBU"], ["SBU-NF"]):
        return f"({groups[0]})"
    if marking.cui:
        groups.insert(0, "/".join(marking.cuiCategories))
        return f"({'//'.join(filter(None, ['CUI', *groups]))})"
    return f"({'//'.join([_owned(marking), *groups])})"


def _owned(marking: Marking) -> str:
    """The level, with its producers where they are not the United States alone."""
    level = marking.classification
    if marking.joint:
        return " ".join(["//JOINT", level.value, *owners_in_order(marking.ownerProducer)])
    if marking.ownerProducer == ("NATO",):
        return "//" + next(k for k, value in tables.NATO_LEVELS.items() if value is level)
    if marking.ownerProducer == ("USA",):
        return level.value
    return f"//{' '.join(marking.ownerProducer)} {level.value}"
