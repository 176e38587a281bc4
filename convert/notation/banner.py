"""Banner and caption lines: ``S E C R E T NOFORN SECTION 01 OF 02 BAGHDAD 004430``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from convert.model.marking import Level, Marking
from convert.notation.portion import controls
from convert.notation.tables import (
    CAPTION_CONTROLS,
    CAPTION_NON_IC,
    CAPTIONS,
    MISSPELT,
    TITLES,
)

_WORDS = [*TITLES, *MISSPELT, "LIMITED OFFICIAL USE"]


def _spaced(word: str) -> str:
    """A pattern for a word typed plain, or with one blank between its letters."""
    letters = " {1,3}".join(" ".join(part) for part in word.split())
    return f"{word}|{letters}"


# Longest first, so that UNCLASSIFIED is not read as UNCLAS; a class ends where a word ends.
_CLASS = re.compile(
    "(?:"
    + "|".join(_spaced(word) for word in sorted(_WORDS, key=len, reverse=True))
    + r")(?=$| |//)"
)
_CAPTION = re.compile("(?:" + "|".join(CAPTIONS) + r"|EFTO|E F T O)(?=$| )")
_SECTION = re.compile(r"SECTION (\d{1,2}) OF (\d{1,2})(?=$| )")
_REFERENCE = re.compile(r"([A-Z][A-Z.']*(?: [A-Z.']+){0,4}) (\d{3,8})$")


@dataclass(frozen=True, slots=True)
class BannerLine:
    """A banner line that was read; ``end`` is where the marking as typed ends."""

    marking: Marking
    end: int
    captions: tuple[str, ...]
    section: int | None
    sections: int | None
    post: str | None
    serial: str | None

    @property
    def is_bare(self) -> bool:
        """A class alone on its line: a banner only beside a page line, end mark or the like."""
        return self.section is None and self.serial is None


def parse(line: str) -> BannerLine | None:
    """The meaning of a whole line as a banner, or None if any of it is something else."""
    line = re.sub(r"[\t\u00a0]", " ", line)
    opening = _CLASS.match(line)
    if opening is None:
        return None
    word = re.sub(r"(?<=\b\w) (?=\w\b)", "", opening[0]) if opening[0] not in _WORDS else opening[0]
    word = " ".join(word.split())
    marking = _meaning(MISSPELT.get(word, word))
    place = opening.end()
    if line.startswith("//", place):
        written = line[place + 2 :].split(" SECTION ")[0].rstrip()
        read = controls(written, marking)
        if read is None:
            return None
        marking, place = read.marking, place + 2 + len(written)
    end = place
    captions: list[str] = []
    section = sections = post = serial = None
    while place < len(line):
        if line[place] == " ":
            place += 1
        elif caption := _CAPTION.match(line, place):
            captions.append(caption[0])
            place = caption.end()
        elif numbered := _SECTION.match(line, place):
            section, sections = int(numbered[1]), int(numbered[2])
            place = numbered.end()
        elif reference := _REFERENCE.match(line, place):
            post, serial = reference.groups()
            place = reference.end()
        else:
            return None
    return BannerLine(
        _with_captions(marking, captions), end, tuple(captions), section, sections, post, serial
    )


def parse_captions(line: str) -> tuple[str, ...] | None:
    """The captions of a line that holds nothing else, or None."""
    found: list[str] = []
    place = 0
    while place < len(line):
        if line[place] in " \t":
            place += 1
        elif caption := _CAPTION.match(line, place):
            found.append(caption[0])
            place = caption.end()
        else:
            return None
    return tuple(found) or None


def _meaning(word: str) -> Marking:
    if word == "LIMITED OFFICIAL USE":
        return Marking(Level.U, legacyMarkings=("LOU",))
    return Marking(TITLES[word])


def _with_captions(marking: Marking, captions: list[str]) -> Marking:
    """The marking with what the captions on its own line mean."""
    dissemination = [CAPTION_CONTROLS[c] for c in captions if c in CAPTION_CONTROLS]
    non_ic = [CAPTION_NON_IC[c] for c in captions if c in CAPTION_NON_IC]
    legacy = ["EFTO"] if any(c.replace(" ", "") == "EFTO" for c in captions) else []
    return replace(
        marking,
        disseminationControls=_merged(marking.disseminationControls, dissemination),
        nonICmarkings=_merged(marking.nonICmarkings, non_ic),
        legacyMarkings=_merged(marking.legacyMarkings, legacy),
    )


def _merged(first: tuple[str, ...], more: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *more)))
