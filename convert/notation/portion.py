"""Portion marks: ``(S//REL UK, AUS)``. Parse what was typed; show the canonical form.

The grammar is EBNF in the project's design; tolerances are named T1 to T10 there. A level is never
guessed: whatever the whole grammar does not accept is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from convert.diagnostics import Code
from convert.model.marking import Level, Marking
from convert.model.text import printable
from convert.notation.countries import ALIASES, COUNTRIES
from convert.notation.tables import (
    ADMINISTRATIVE,
    CONTROL_WORDS,
    DISSEMINATION,
    LEVELS,
    NON_IC,
    NON_IC_WORDS,
    OFFICES,
    TITLES,
)

_COUNTRY_ORDER = {code: place for place, code in enumerate(COUNTRIES)}
_ENTIRE = re.compile(r"(?P<level>[A-Z]+(?: SECRET)?)(?: ?- ?| )ENTIRE TEXT")
_HEAD = re.compile(r"(?P<level>TS|S|C|U)(?: ?(?P<separator>//|/|-|\?) ?(?P<rest>.+))?")
_LIST_SEPARATOR = re.compile(r" AND |[, ]+")
_OPENING = frozenset({*LEVELS, "SBU", "LOU"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A marking that was read: its meaning, what nobody typed, and which tolerances it took."""

    marking: Marking
    supplied: tuple[str, ...] = ()
    tolerances: tuple[tuple[Code, str], ...] = ()  # (code, what is missing)


@lru_cache(maxsize=1024)  # a cable has many marks and few different ones
def parse(typed: str) -> Parsed | None:
    """The meaning of a portion mark given with its brackets, or None if it cannot be read.

    One bracket may be missing or square (T1); blanks inside (T5) and lower case (T6) are read.
    """
    inner = " ".join(typed.replace("\u00a0", " ").strip("()[] \u00a0").split())
    body = inner.upper()
    tolerances = [] if _is_canonical(typed, inner) else [(Code.MARK_FORM, "")]
    if entire := _ENTIRE.fullmatch(body):
        level = LEVELS.get(entire["level"]) or TITLES.get(entire["level"])
        return Parsed(Marking(level, entireText=True)) if level else None
    if body in ADMINISTRATIVE:
        control, legacy = ADMINISTRATIVE[body]
        marking = Marking(
            Level.U,
            nonICmarkings=(control,) if control else (),
            legacyMarkings=(legacy,) if legacy else (),
        )
        return Parsed(marking, tolerances=tuple(tolerances))
    if body == "FOUO":
        return Parsed(Marking(Level.U, disseminationControls=("FOUO",)))
    head = _HEAD.fullmatch(body)
    if head is None:
        return None
    if head["separator"] not in (None, "//"):
        tolerances.append((Code.MARK_FORM, ""))
    read = controls(head["rest"] or "", Marking(LEVELS[head["level"]]))
    if read is None:
        return None
    return replace(read, tolerances=(*tolerances, *read.tolerances))


def looks_like_level(typed: str) -> bool:
    """Whether a bracket that does not parse still opens like a marking, and is no office.

    A level before a separator, a level spelled out, or known controls behind something else
    (``(SS/NF)``) or parted by blanks alone (``(S NF)``).
    """
    inner = "".join(shown for shown in typed if printable(shown) == shown).strip("()[] ")
    if inner in OFFICES:
        return False
    level, separator, _ = re.split(r"(//|/|-|$)", inner.replace(" ", ""), maxsplit=1)
    if level in _OPENING and (separator or level == inner):
        return True
    first, *rest = re.split(r"[/ -]+", inner)
    known = [word for word in rest if word in CONTROL_WORDS or word in NON_IC_WORDS]
    return inner in TITLES or (bool(rest) and known == rest and ("/" in inner or first in LEVELS))


def controls(rest: str, marking: Marking) -> Parsed | None:
    """``marking`` with the controls after its level: ``NF``, ``REL TO USA, AUS//XD``."""
    dissemination: set[str] = set()
    non_ic: set[str] = set()
    releasable: list[str] = []
    tolerances: list[tuple[Code, str]] = []
    in_list = abbreviated = False
    for token in filter(None, re.split(r" ?/{1,2} ?", rest)):
        codes = _countries(token) if in_list else None
        if token == "REL" or token.startswith("REL "):
            listed = _countries(token[3:].strip().removeprefix("TO ").strip())
            if listed is None:
                return None
            if token != "REL" and not token.startswith("REL TO "):
                tolerances.append((Code.REL_FORM, "TO"))
            abbreviated = token == "REL"
            dissemination.add("REL")
            releasable += listed
            tolerances += [
                (Code.REL_FORM, "trigraphs")
                for code in ALIASES
                if code in _LIST_SEPARATOR.split(token)
            ]
            in_list = True
        elif token in CONTROL_WORDS:
            dissemination.add(CONTROL_WORDS[token])
            in_list = False
        elif token in NON_IC_WORDS:
            non_ic.add(NON_IC_WORDS[token])
            in_list = False
        elif codes:
            releasable += codes
        else:
            return None
    supplied: tuple[str, ...] = ()
    if releasable and "USA" not in releasable:
        releasable.append("USA")
        supplied = ("USA",)
        tolerances.append((Code.REL_FORM, "USA"))
    read = replace(
        marking,
        disseminationControls=tuple(c for c in DISSEMINATION if c in dissemination),
        nonICmarkings=tuple(c for c in NON_IC if c in non_ic),
        releasableTo=tuple(sorted(set(releasable), key=_COUNTRY_ORDER.__getitem__)),
        relAbbreviated=abbreviated,
    )
    return Parsed(read, supplied, tuple(tolerances))


def show(marking: Marking) -> str:
    """The canonical portion mark (IC Markings Manual C.1): ``(S//REL TO USA, AUS, GBR)``."""
    level = marking.classification
    if marking.entireText:
        return f"({level.value} - ENTIRE TEXT)"
    if marking.legacyMarkings:
        return f"({marking.legacyMarkings[0]})"
    listed = ", ".join(marking.releasableTo)
    shown = {"REL": f"REL TO {listed}"} if listed else {}
    groups = ["/".join(shown.get(control, control) for control in marking.disseminationControls)]
    groups.append("/".join(marking.nonICmarkings))
    if level is Level.U and not groups[0] and marking.nonICmarkings in (("SBU",), ("SBU-NF",)):
        return f"({marking.nonICmarkings[0]})"
    return f"({'//'.join([level.value, *filter(None, groups)])})"


def _countries(text: str) -> list[str] | None:
    """The codes of a REL list; None if one of them is unknown."""
    names = [name for name in _LIST_SEPARATOR.split(text) if name]
    codes = [ALIASES.get(name, name) for name in names]
    return codes if all(code in COUNTRIES for code in codes) else None


def _is_canonical(typed: str, inner: str) -> bool:
    """Round brackets, no blanks inside them, capitals (T1, T5, T6)."""
    return typed == f"({inner})" and inner == inner.upper()
