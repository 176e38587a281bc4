"""Banner and caption lines: ``S E C R E T NOFORN SECTION 01 OF 02 BAGHDAD 004430``."""

from __future__ import annotations

from functools import lru_cache

from convert.model import regex as re
from convert.model.data import Data, replace
from convert.model.marking import Level, Marking
from convert.notation import posts, tables
from convert.notation.categories import (
    Draft,
    categories,
    cui,
    non_ic_place,
    producers,
    shown,
)
from convert.notation.countries import owners_in_order
from convert.notation.tables import (
    ANY_TITLES,
    BANNER_WORDS,
    CAPTION_CONTROLS,
    CAPTION_NON_IC,
    CAPTIONS,
    CAPTIONS_IN_WORDS,
    LEGACY_TITLES,
    MISSPELT,
    NATO_TITLES,
    SENSITIVE_TITLES,
    TITLES,
)
from convert.notation.tokens import LONGEST, Phrases, Tokens, is_near

_PLAIN = frozenset(level.title for level in Level if level is not Level.U)
_HANDLING = "CONFIDENTIAL - MODIFIED HANDLING AUTHORIZED"
_WORDS = [*TITLES, *MISSPELT, *LEGACY_TITLES, *SENSITIVE_TITLES, _HANDLING]
_UNSPACED = {"".join(word.split()): word for word in _WORDS}
_MEANINGS = {
    **TITLES,
    **dict.fromkeys((*LEGACY_TITLES, *SENSITIVE_TITLES), Level.U),
    _HANDLING: Level.C,
}


def _spaced(word: str) -> str:
    """A pattern for a word typed plain, or with blanks between its letters."""
    return " {1,3}".join(" ?".join(part) for part in word.split())


# Longest first, so that UNCLASSIFIED is not read as UNCLAS; a class ends where a word ends. Only
# fixed words: no part repeats but a blank, up to three times.
_CLASS = re.compile(
    "(?:"
    + "|".join(_spaced(word) for word in sorted(_WORDS, key=len, reverse=True))
    + r")(?=$|[ /\-])"
)
# The blank behind the class lost: in copies of the 1990s read from pictures SECRETSTATE 150411, in
# telegrams of the 1970s S E C R E TSTATE 4471.
_JAMMED = re.compile(
    r"(?:S E C R E T|C O N F I D E N T I A L)(?=[A-Z]{3,12}(?: [A-Z]{2,12}){0,3} \d{1,6}$)"
    r"|(?:UNCLASSIFIED|UNCLAS(?!S)|CONFIDENTIAL(?!I|LY)|SECRET(?!AR[IY])|LIMITED OFFICIAL USE)"
    r"(?=(?:SECTION \d\d OF \d\d )?[A-Z]{2,12}(?: [A-Z]{2,12}){0,3} \d{6}$)"
)
# The same with the letter I as it was seen, and blanks in the class but none behind the post.
_SEEN = re.compile(
    "(?:"
    + "|".join(" ?".join(word).replace("I", "[Il1]") for word in ("CONFIDENTIAL", "UNCLASSIFIED"))
    + r"|S ?E ?C ?R ?E ?T) ?(?=[A-Z]{4,24}\d{6}$)"
)
_CLOSED = re.compile(r"([A-Z]{4,24})(\d{6})")
_CAPTION = Phrases(
    CAPTIONS_IN_WORDS
    | {form: word for word in (*CAPTIONS, "EFTO") for form in (word, " ".join(word))}
)
_NATO = Phrases({title: level.value for title, level in NATO_TITLES.items()})
_NATO_FORMER = Phrases({
    "COSMIC TOP SECRET ATOMAL": "CTSA", "NATO SECRET ATOMAL": "NSAT", "SECRET ATOMAL": "NSAT",
    "NATO CONFIDENTIAL ATOMAL": "NCA", "CONFIDENTIAL ATOMAL": "NCA",
    "COSMIC TOP SECRET BOHEMIA": "CTS-B", "COSMIC TOP SECRET-BOHEMIA": "CTS-B",
    "COSMIC TOP SECRET BALK": "CTS-BALK", "COSMIC TOP SECRET-BALK": "CTS-BALK",
})  # fmt: skip
_LEVELS = Phrases({title: level.value for title, level in ANY_TITLES.items()})
_POST = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ.'")


# Series of numbers of their own, beside the post's: to and from the Secretary on his travels.
_TRAVELS = ("TOSEC", "SECTO")
# Words that stand in no post's name, as OF and THE do: of sentences, and controls.
_NO_POST = frozenset({
    *tables.CONTROL_WORDS, "ORCON", "NOFORN", "SPECAT", "SECTION", "SECTIONS", "AND", "AT", "BY",
    "FOR", "FROM", "IN", "IS", "ON", "TO", "WAS", "WITH",
})  # fmt: skip


class BannerLine(Data):
    """A banner line that was read; ``end`` is where the marking as typed ends."""

    marking: Marking
    end: int
    captions: tuple[str, ...]
    section: int | None
    sections: int | None
    post: str | None
    serial: str | None
    forms: tuple[str, ...] = ()  # the tolerances that were taken: T2, T7
    supplied: tuple[str, ...] = ()  # USA, where a release list lacks it
    shown: str = ""  # the canonical form

    @property
    def is_bare(self) -> bool:
        """A class alone on its line: a banner only beside a page line, end mark or the like."""
        return self.section is None and self.serial is None


def parse(line: str) -> BannerLine | None:
    """The meaning of a whole line as a banner, or None if any of it is something else."""
    return _read(line) if len(line) <= LONGEST and _OPENS.match(line) else None


def read(line: str) -> BannerLine | None:
    """``parse`` for a line of any length, in linear time."""
    return _read.__wrapped__(line) if _OPENS.match(line) else None


@lru_cache(maxsize=64)  # the same banners stand on every sheet
def _read(line: str) -> BannerLine | None:
    line = line.translate(_BLANKS)
    if line.startswith(("//", "CUI", "CONTROLLED")):
        tokens = Tokens(line)
        draft = _head(tokens)
        if draft is None or not (cui if draft.cui else categories)(tokens, draft):
            return None
        if draft.cui and not tokens.done:
            return None
        return _finish(line, tokens, draft, tokens.read_to, "")
    opening = _opening(line)
    if opening is None:
        return None
    typed = opening[0]
    closed = "".join(typed.split()).replace("l", "I").replace("1", "I")
    word = typed if typed in _WORDS else _UNSPACED[closed]
    draft = Draft(_MEANINGS[MISSPELT.get(word, word)])
    if word != typed:
        draft.forms.append("T7")
    if word in MISSPELT:
        draft.forms.append("T9")
    legacy = "CMH" if word == _HANDLING else LEGACY_TITLES.get(word, "")
    tokens = Tokens(line, opening.end())
    if word in SENSITIVE_TITLES:
        has_controls = tokens.take("NOFORN")
        draft.non_ic.add("SBU-NF" if has_controls else "SBU")
        return _finish(line, tokens, draft, max(opening.end(), tokens.read_to), "")
    if legacy:
        return _finish(line, tokens, draft, opening.end(), legacy)
    if not categories(tokens, draft):
        return None
    return _finish(line, tokens, draft, max(opening.end(), tokens.read_to), legacy)


_BLANKS = str.maketrans("\t\u00a0", "  ")
# How a banner line begins, three letters of it: nearly all that is no banner is told by them.
_OPENS = re.compile(
    "|".join(["//", "CUI", *sorted({"[ \t\u00a0]?".join(word[:3]) for word in _WORDS})])
)


def _opening(line: str) -> re.Match[str] | None:
    """The class that a line begins with: plain, or its letters set apart but for a few of them."""
    found = _CLASS.match(line) or _JAMMED.match(line)
    if found and found[0] in _WORDS:
        return found
    blanks = found[0].count(" ") if found else 0
    if found and 2 * blanks >= len(found[0]) - blanks:
        return found
    seen = _SEEN.match(line) if line[-6:].isdigit() else None
    return seen if seen and posts.post(line[seen.end() : -6]) else None


def _head(tokens: Tokens) -> Draft | None:
    """What is not the United States' alone, and what is controlled unclassified."""
    words = ("CUI",), ("CONTROLLED", "UNCLASSIFIED", "INFORMATION"), ("CONTROLLED",)
    if any(tokens.take(*each) for each in words):
        return Draft(Level.U, cui=True)
    tokens.take("//")
    if former := tokens.take_any(_NATO_FORMER):
        level, control = tables.NATO_FORMER[former]
        return Draft(level, owners=("NATO",), non_us={control})
    if nato := tokens.take_any(_NATO):
        return Draft(Level(nato), owners=("NATO",))
    draft = Draft(Level.U)
    if tokens.take("JOINT"):
        found = tokens.take_any(_LEVELS)
        draft.joint = True
        draft.owners = producers(tokens, draft)
    else:
        draft.owners = producers(tokens, draft)
        found = tokens.take_any(_LEVELS) if draft.owners else None
    if found is None:
        return None
    draft.level = Level(found)
    return draft


def _finish(line: str, tokens: Tokens, draft: Draft, end: int, legacy: str) -> BannerLine | None:
    """The rest of a cable's banner line: captions, section, and the post's serial number."""
    captions: list[str] = []
    section = sections = post = serial = None
    # No sentence begins so, and the first telegrams of a year have short numbers.
    is_sure = bool(legacy) or looks_like_banner(line) or line.startswith("UNCLAS ")
    while not tokens.done:
        if caption := tokens.take_any(_CAPTION):
            captions.append(caption)
        elif tokens.take(*([","] if captions else ["POSS", "DUPE"])):
            continue  # UNCLAS SENSITIVE, SIPDIS; of a copy that may be a second one
        elif serial and (_ends_so(tokens) or (section and tokens.take("/", str(section)))):
            continue  # SECTION 2 OF 2 KESTREL CAPE 3356/2
        elif serial and tokens.peek() == "//":  # 003038//NOFORN
            if not categories(tokens, draft):
                return None
            draft.tolerate("T10")
        elif numbered := _section(tokens):
            section, sections = numbered
        elif post and tokens.peek() in _TRAVELS and _number(tokens.peek(1), 1, 8):
            tokens.place += 2
        elif post is None and (named := _reference(tokens, 1 if is_sure or section else 3)):
            post, serial = named
        elif post is None and section is None and is_sure and (parted := _parted(tokens)):
            post, (section, sections), serial = parted
        else:
            return None
    marking = draft.marking()
    legacies = tuple(filter(None, (legacy, "EFTO" if "EFTO" in captions else "")))
    marking = replace(marking, legacyMarkings=legacies) if legacies else marking
    captions_typed = tuple(captions)
    marking = with_captions(marking, captions_typed)
    return BannerLine(
        marking, end, captions_typed, section, sections, post,
        serial, tuple(dict.fromkeys(draft.forms)), draft.supplied, show(marking),
    )  # fmt: skip


def _ends_so(tokens: Tokens) -> bool:
    """``CORRECTED COPY`` behind the serial, or a rule of slants to the end of the line."""
    if tokens.take("CORRECTED", "COPY") or tokens.take("(", "CORRECTED", "COPY", ")"):
        return True
    length = 0
    while tokens.peek(length) in ("/", "//"):
        length += 1
    if length == 0 or tokens.peek(length):
        return False
    tokens.place += length
    return True


def _section(tokens: Tokens) -> tuple[int, int] | None:
    """``SECTION 01 OF 02``, ``SECTION ONE OF TWO``, ``FINAL SECTION OF 02``."""
    is_final = tokens.peek() == "FINAL"
    start = 1 if is_final else 0
    behind = start + 1 if is_final else start + 2  # the word OF
    if tokens.peek(start) != "SECTION" or tokens.peek(behind) != "OF":
        return None
    last = _counted(tokens.peek(behind + 1))
    number = last if is_final else _counted(tokens.peek(start + 1))
    if number is None or last is None:
        return None
    tokens.place += behind + 2
    if tokens.peek() == "SECTIONS":
        tokens.place += 1
    return number, last


_COUNTS = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")


def _counted(word: str) -> int | None:
    if word in _COUNTS:
        return _COUNTS.index(word) + 1
    return int(word) if _number(word, 1, 2) else None


def _reference(tokens: Tokens, least: int) -> tuple[str, str] | None:
    """``PORT AU PRINCE 000412``: a post of one to five words, and ``least`` to eight digits."""
    if (closed := _CLOSED.fullmatch(tokens.peek())) and posts.post(closed[1]):
        tokens.place += 1
        return closed[1], closed[2]
    words = _post(tokens)
    serial = tokens.peek(len(words))
    if not words or not words[0][0].isalpha() or not _number(serial, least, 8):
        return None
    if not _NO_POST.isdisjoint(words):
        return None
    tokens.place += len(words) + 1
    return " ".join(words), serial


def _post(tokens: Tokens) -> list[str]:
    """The next words, one to five, that may be a post's name."""
    words: list[str] = []
    while len(words) < 5 and tokens.peek(len(words)) and _POST.issuperset(tokens.peek(len(words))):
        words.append(tokens.peek(len(words)))
    return words


def _parted(tokens: Tokens) -> tuple[str, tuple[int, int], str] | None:
    """``KESTREL CAPE SECTION 1 OF 2 3038``: the section between the post and its serial."""
    words, place = _post(tokens), tokens.place
    if "SECTION" not in words[1:]:
        return None
    name = words[: words.index("SECTION")]
    tokens.place += len(name)
    section, serial = _section(tokens), tokens.peek()
    if section is None or not _number(serial, 1, 8) or not _NO_POST.isdisjoint(name):
        tokens.place = place
        return None
    tokens.place += 1
    return " ".join(name), section, serial


def _number(word: str, least: int, most: int) -> bool:
    return word.isascii() and word.isdigit() and least <= len(word) <= most


def may_open(line: str) -> bool:
    """Whether a line may be a banner; false of nearly all text."""
    return _OPENS.match(line) is not None


def is_plain(line: str) -> bool:
    """Whether a line is a class above UNCLASSIFIED and nothing else, its letters together."""
    return line in _PLAIN


def may_restrict(line: str) -> bool:
    """Whether a line may hold a caption that limits who may read; false of nearly all text."""
    return "DIS" in line or "NOFORN" in line


def looks_like_banner(line: str) -> bool:
    """Whether a line opens as only a banner does.

    A class in spaced letters, or one with ``//`` behind it: no sentence begins so.
    """
    opening = _opening(line)
    if opening is None:
        return False
    return opening[0] not in _WORDS or line.startswith("//", opening.end())


def opens_with_class(line: str) -> bool:
    """Whether a line begins with a class, however it is typed: ``S-E-C-R-E-T``, ``**SECRET**``.

    Only for banner position, where such a line can be nothing else.
    """
    letters = "".join(filter(str.isalpha, line[:80].upper()))
    return letters.startswith(_CLASS_LETTERS)


_CLASS_LETTERS = (
    "TOPSECR", "SECR", "CONFID", "UNCLAS", "LIMITEDOFF", "RESTRICTED", "NATO", "COSMIC",
    "CLASSIFICATION", "SENSITIVEBUT", "OFFICIALUSE", "SBU", "CUI", "CONTROLLED",
)  # fmt: skip


def parse_captions(line: str) -> tuple[str, ...] | None:
    """The captions of a line that holds nothing else, or None."""
    if len(line) > LONGEST or not _MAY_BE_CAPTION.match(line):
        return None
    tokens = Tokens(_COMMAS.sub(" ", line))
    found: list[str] = []
    while not tokens.done:
        caption = tokens.take_any(_CAPTION)
        if caption is None:
            return None
        found.append(caption)
    return tuple(found) if found and line == line.upper() else None


_COMMAS = re.compile("[,;/]")  # SENSITIVE, SIPDIS


def restricting_captions(line: str) -> tuple[str, ...]:
    """The captions of a line of capitals that holds others or other words too.

    ``NOFORN, SIPDIS``, ``NOFORN/ORCON``: only a line of at most eight words, one of which limits
    who may read the cable. Whatever else it says, that word is never lost.
    """
    if not (may_restrict(line) and _RESTRICTS.search(line, 0, 120)) or _CLASS.match(line):
        return ()  # none of them, or a classification line
    words = [word for word in re.split(r"[ ,;/.]+", line[:120]) if word]
    known = tuple(word for word in words if word in CAPTIONS)
    restricts = not _RESTRICTING.isdisjoint(known)
    return known if restricts and len(words) <= 8 and line == line.upper() else ()


def misspelt_caption(line: str) -> tuple[str, ...]:
    """``NOFORON``: a line that is NOFORN with one letter too many, missing, wrong or exchanged."""
    word = line.strip("*/ ") if len(line) <= 12 else ""
    is_near_it = word.startswith("NOF") and word.isupper() and is_near(word, "NOFORN", 1)
    return ("NOFORN",) if is_near_it else ()


_RESTRICTING = frozenset({"NODIS", "EXDIS", "STADIS", "LIMDIS", "NOFORN"})
_RESTRICTS = re.compile("|".join(sorted(_RESTRICTING)))
# How a caption line begins; far cheaper than to read each line of a text as one.
_MAY_BE_CAPTION = re.compile(
    r"[^A-Za-z0-9]*(?:{})".format(
        "|".join(
            sorted(
                re.escape(begin)
                for word in (*CAPTIONS, *CAPTIONS_IN_WORDS, "EFTO")
                for begin in {re.split(r"\W", word)[0], " ".join(word)[:3]}
            )
        )
    )
)
OPENS = re.compile(f"{_OPENS.pattern}|{_MAY_BE_CAPTION.pattern}")
"""How a banner or a line of captions begins."""


def with_captions(marking: Marking, captions: tuple[str, ...]) -> Marking:
    """The marking with what captions add to it (5 FAH-2 H-440).

    SENSITIVE is SBU under an unclassified banner alone (ISM-ID-00037).
    """
    dissemination = [CAPTION_CONTROLS[c] for c in captions if c in CAPTION_CONTROLS]
    non_ic = [CAPTION_NON_IC[c] for c in captions if c in CAPTION_NON_IC]
    if not (dissemination or non_ic):
        return marking
    controls = {*marking.disseminationControls, *dissemination}
    others = {*marking.nonICmarkings, *non_ic}
    return replace(
        marking,
        disseminationControls=tuple(v for v in tables.DISSEMINATION if v in controls),
        nonICmarkings=tuple(sorted(others, key=non_ic_place)),
    )


def show(marking: Marking) -> str:
    """The canonical banner (IC Markings Manual D.1): the level and the controls unabbreviated.

    What has no ISM value is shown as State wrote it: ``UNCLAS EFTO``, ``LIMITED OFFICIAL USE``.
    """
    legacy = marking.legacyMarkings
    title = marking.classification.title
    for name, word in {**LEGACY_TITLES, _HANDLING: "CMH"}.items():
        if word in legacy:
            return name
    groups = shown(marking, BANNER_WORDS, "SIGMA")
    if marking.cui:
        groups.insert(0, "/".join(marking.cuiCategories))
        return "//".join(filter(None, ["CUI", *groups]))
    if marking.joint:
        title = " ".join(["//JOINT", title, *owners_in_order(marking.ownerProducer)])
    elif marking.ownerProducer == ("NATO",):
        title = "//" + next(k for k, v in NATO_TITLES.items() if v is marking.classification)
    elif marking.ownerProducer != ("USA",):
        title = f"//{' '.join(marking.ownerProducer)} {title}"
    elif "EFTO" in legacy:
        title = "UNCLAS"
    return "//".join([title, *groups]) + (" EFTO" if "EFTO" in legacy else "")


def with_non_ic(marking: Marking, value: str) -> Marking:
    """The marking with one more of the markings that are not the intelligence community's."""
    values = {*marking.nonICmarkings, value}
    return replace(marking, nonICmarkings=tuple(sorted(values, key=non_ic_place)))
