"""The Classified By line: who classified, in what office, and why (32 CFR 2001.21).

What such a line holds in no fixed order (a name, an office, the letters of a reason) is told by its
words, never by a pattern that could go back and forth. What is typed wrong stays as typed; a word
close to AMBASSADOR or REASONS only tells where the name begins and ends.
"""

from __future__ import annotations

from functools import lru_cache

from convert.model import regex as re
from convert.model.data import Data
from convert.notation.tokens import LONGEST, is_near, upper


class Classified(Data):
    """Who classified, why, or what it was derived from."""

    name: str | None
    title: str | None
    reasons: tuple[str, ...]  # 1.4(b)
    derived: str | None = None


# Misspellings met beside the right form; no other near match is taken.
_AUTHORITY = re.compile(
    r"(?:CLASSIFIED BY|CLASSFIED BY|CLASSIFED BY|CLASSFIED BY|CLASSIFED BT|CLASSIFIED BT"
    r"|CLASSIFEID BY|CLASIFIED BY|DERIVED FROM|CLASSIFIED)(?: ?:| (?=[A-Z])) *",
    re.IGNORECASE,
)
_PREFACED = re.compile(r"(?:\((?:U|C|S)\)|\d\.|THIS MESSAGE(?: IS)?(?= CLASS)) *", re.IGNORECASE)
_SECTION = re.compile(r"1[.,] ?([2-6])(?!\d)\.?")
_LETTERS = re.compile(r"[A-Za-z]+|\d+|[^A-Za-z\d\s]")
_STOP = re.compile(r"\b1[.,] ?[2-6](?!\d)|\bE\.? ?O\.? ?1\d{4}|\b1\d{4}\b(?= 1[.,])", re.IGNORECASE)
_PARTED = re.compile(r"[A-Za-z0-9]+")
_TYPED_CONNECTORS = """
FOR FR F0R OR UNDER PER BY BASED ON 0N UPON DUE TO THE FOLLOWING SECTION SEC PARA PARAGRAPH OF
AUTHORITY BASIS AND DOS CLASSIFICATION GUIDE
"""
_CONNECTORS = frozenset(_TYPED_CONNECTORS.split())
_TITLES = frozenset({
    "AMBASSADOR", "AMB", "AMB.", "DCM", "A/DCM", "ADCM", "CHARGE", "CHARGÉ", "CHARGE'", "CDA",
    "D'AFFAIRES", "D’AFFAIRES", "D,AFFAIRES", "AFFAIRES", "A.I.", "AI", "AI.", "AD", "INTERIM",
    "ACTING", "ACT", "DEPUTY", "CHIEF", "OF", "MISSION", "CONSUL", "GENERAL", "CONGEN", "CG",
    "POLITICAL", "POLITICAL-ECONOMIC", "ECONOMIC", "ECONOMICAL", "POLITICAL-MILITARY", "POLMIL",
    "POL-MIL", "POLCOUNS", "ECONCOUNS", "POLCOUNSELOR", "ECONCOUNSELOR", "POLOFF", "ECONOFF",
    "POL/ECONOFF", "POLCHIEF", "ECONCHIEF", "CONOFF", "EMBOFF", "MGMT", "COUNSELOR", "COUNSELLOR",
    "COUNSELOR'S", "COUNCELOR", "COUNCILOR", "OFFICER", "OFF", "MINISTER", "MINISTER-COUNSELOR",
    "MINISTER-COUNSELLOR", "MCOUNSELOR", "SECRETARY", "FIRST", "SECOND", "THIRD", "SECTION", "HEAD",
    "DIRECTOR", "DIR", "DIR.", "ASSISTANT", "ASST", "ASST.", "UNDER", "PRINCIPAL", "PUBLIC",
    "AFFAIRS", "PAO", "MANAGEMENT", "REGIONAL", "SECURITY", "RSO", "ARSO", "TDY", "DAO", "DATT",
    "ATTACHE", "ATTACHÉ", "DEFENSE", "LEGAL", "LABOR", "CULTURAL", "INFORMATION", "VICE", "TEAM",
    "LEADER", "PRT", "AND", "FOR", "THE", "TO", "A/S", "DAS", "PDAS", "U/S", "POL", "ECON", "MIN",
    "COUN", "COUNS", "COUNS.", "POL/ECON", "POL/MIL", "EXTERNAL", "COMMERCIAL", "CONSULAR", "UNIT",
    "EMBASSY", "US", "U.S.", "REP", "REPRESENTATIVE", "PERMANENT", "PERMREP", "MR", "MR.", "MS",
    "MS.", "MRS", "MRS.", "DR", "DR.", "SPECIAL", "ENVOY", "ADVISOR", "ADVISER", "COORDINATOR",
    "SENIOR", "STAFF", "EXECUTIVE", "OFFICE", "ENVIRONMENT", "SCIENCE", "TECHNOLOGY", "HEALTH",
    "ESTH", "EST", "EST&H", "POLICY", "BUREAU", "DESK", "COUNTRY", "INTERNATIONAL", "MILITARY",
    "MULTIPLE", "SOURCES", "SOURCE", "TRADE", "FINANCIAL", "FINANCE", "TREASURY", "AGRICULTURAL",
    "REFUGEE", "ENERGY", "NARCOTICS", "LAW", "ENFORCEMENT", "GEN.", "GEN", "COL.", "COL", "LTC",
    "LTC.", "MAJ.", "MAJ", "CAPT.", "CAPT", "ADM.", "ADM", "BG", "MG", "LTG", "USUN", "USNATO",
    "USEU", "UNVIE", "USOSCE", "USDEL", "AIT", "P/E", "P/M", "E/P", "M/C", "MC", "M-C", "POL/C",
    "COUNSEL", "LEGATT", "A/LEGATT", "ACCOUNTABLE", "AREA", "BRANCH", "PROVINCIAL",
    "RECONSTRUCTION", "GOVERNANCE", "INSTITUTIONAL", "CHAIRMAN", "MEMBER", "DELEGATE", "ARMS",
    "CONTROL", "ECMIN", "EMIN", "A/EMIN", "E/MIN", "ECONMINCOUNS", "POLMINCONS", "POLMINCOUNS",
    "ECOPOL", "ECPO", "IPO", "DPO", "COM", "IO", "AMBASSADOR-AT-LARGE", "SUB-NATIONAL",
    "INTERAGENCY", "DIPLOMATIC", "LARGE", "AT", "A/", "STATE", "DEPARTMENT", "DE", "D'", "D’",
    "GUIDE", "BY", "DOS", "CLASSIFICATION", "CIEF",
})  # fmt: skip
# Long words of titles: one with two letters wrong still is no name.
_LONG = (
    "AMBASSADOR", "COUNSELOR", "COUNSELLOR", "COUNSELOUR", "MINISTER-COUNSELOR", "DIRECTOR",
    "PRINCIPAL", "REPRESENTATIVE", "POLITICAL", "ECONOMIC", "D'AFFAIRES", "DE'AFFAIRES", "AFFAIRES",
    "AFFAIRS", "MINISTER", "SECRETARY", "ASSISTANT", "CHARGE", "ACTING", "DEPUTY", "CHIEF",
    "MINISTER-COUNSELOUR",
)  # fmt: skip
_SUFFIXES = frozenset({"JR", "JR.", "SR", "SR.", "II", "III", "IV"})
_SHORT = frozenset({"AMB.", "MR.", "MS.", "MRS.", "DR.", "JR.", "SR.", "GEN.", "COL.", "LTC.",
                    "MAJ.", "CAPT.", "ADM.", "ASST.", "A.I.", "AI.", "U.S.", "ST.", "DIR.",
                    "COUNS.", "POL/ECONOFF."})  # fmt: skip
_PARTICLES = frozenset({"DE", "VAN", "VON", "DER", "LA", "LE", "DA", "DI", "DEL", "BIN", "AL"})
_LONGEST_NAME = 5  # words


def authority_start(text: str) -> tuple[str, int] | None:
    """(keyword, end) where a line begins as Classified By or Derived From does."""
    found = _AUTHORITY.match(text)
    return (upper(found[0]), found.end()) if found else None


def authority(text: str) -> Classified | None:
    """``Classified By: DCM Jane Roe for reasons 1.4 (b)``, on one line or many; None if not."""
    text = " ".join(text[:LONGEST].split())
    found = authority_start(text)
    if found is None:
        return None
    keyword, end = found
    body = text[end:]
    if keyword.startswith("DERIVED"):
        return Classified(None, None, (), body.rstrip("."))
    for _ in range(3):  # "Classified By: (U) Classified by"
        body = body[mark.end() :] if (mark := _PREFACED.match(body)) else body
        body = body[again[1] :] if (again := authority_start(body)) else body
    name, title = person(_sentence(_before_reasons(body)))
    return Classified(name, title, reasons(body))


def reasons(text: str) -> tuple[str, ...]:
    """``1.4 (b) and (d)``, ``1.5 (B,D)``, ``1.4 B/D`` as 1.4(b), 1.4(d), in the order written."""
    found: list[str] = []
    place = 0
    while section := _SECTION.search(text, place):
        place = section.end()
        for item in _LETTERS.finditer(text, place):
            word = item[0].lower()
            if len(word) == 1 and word in "abcdefgh":
                found.append(f"1.{section[1]}({word})")
            elif word not in {"and", "or", "(", ")", ",", "/", "&", ";", "[", "]", "+", ".", "a"}:
                break
            place = item.end()
    return tuple(dict.fromkeys(found))


def _before_reasons(body: str) -> str:
    """What stands before the reason: before its word, its section or its order, whichever comes."""
    end = len(body)
    if stop := _STOP.search(body):
        end = stop.start()
    for word in _PARTED.finditer(body, 0, end):
        if _is_reason(upper(word[0])):
            end = word.start()
            break
    words = body[:end].rstrip(" ,;:-").split(" ")
    while words and upper(words[-1]).strip(",;:.-") in _CONNECTORS:
        words.pop()
    return " ".join(words).rstrip(" ,;:-")


def _is_reason(word: str) -> bool:
    """REASON, REASONS, and what is one or two letters from it: REAONS, RESONS, REAS0N, RASONS."""
    plain = word.replace("0", "O")
    if not plain.startswith("R"):
        return False
    return plain in ("REAS", "REQ") or is_near(plain, "REASON", 1) or is_near(plain, "REASONS", 1)


def _sentence(text: str) -> str:
    """The text up to the end of its first sentence; initials and short titles end none."""
    words = text.split(" ")
    for index, word in enumerate(words):
        if word.endswith(".") and len(word) > 2 and "." not in word[:-1]:
            if upper(word) not in _SHORT:
                return " ".join([*words[:index], word[:-1]])
        elif word.endswith(";"):
            return " ".join([*words[:index], word[:-1]])
    return text


def person(who: str) -> tuple[str | None, str | None]:
    """(name, title) of ``DCM Jane Roe`` or ``Jane Roe, DCM``; a name is never an office alone.

    What is no title, office or acronym is the name; what stands before it and behind it the title.
    """
    who = _unbracketed(who).replace(" - ", ", ").replace(" ? ", ", ").replace("a. i.", "a.i.")
    who = " ".join(map(_unslashed, who.strip(" ,;:-").split()))
    parts = [part.strip() for part in re.split(r"[,:](?!Affaires)", who) if part.strip()]
    named: str | None = None
    titles: list[str] = []
    for index, part in enumerate(parts):
        if named is not None:
            if upper(part) in _SUFFIXES and titles == titles[:index]:
                named = f"{named}, {part}"
            else:
                titles.append(part)
            continue
        if index == 0 and len(parts) > 1 and _is_surname_first(part, parts[1]):
            return f"{part}, {parts[1]}", ", ".join(parts[2:]) or None
        named, title = _named(part)
        titles += [title] if title else []
    if named and len(named.rpartition(" ")[2]) > 3 and upper(named[-3:]) not in _SUFFIXES:
        named = named.rstrip(".")
    return named, ", ".join(titles) or None


def _unslashed(word: str) -> str:
    """``DCM/Ted``: an office and a given name, jammed."""
    office, slash, given = word.partition("/")
    return f"{office} {given}" if slash and given.istitle() and office in _TITLES else word


def _unbracketed(text: str) -> str:
    kept, depth = [], 0
    for character in text:
        depth += (character == "(") - (character == ")" and depth > 0)
        if depth == 0 and character != ")":
            kept.append(character)
    return " ".join("".join(kept).split())


def _is_surname_first(first: str, second: str) -> bool:
    """Whether these are the parts of ``HARGROVE, MILES T.`` (E.O. 12065's form)."""
    given = second.split()
    return (
        " " not in first
        and not _is_title(first)
        and not _is_acronym(first)
        and len(given) == 2
        and len(given[1].rstrip(".")) == 1
        and not _is_title(given[0])
    )


def _named(part: str) -> tuple[str | None, str | None]:
    """(name, title) of what stands between two commas."""
    words = part.split()
    known = [_is_title(word) for word in words]
    if not any(known):
        whole = 2 <= len(words) <= 5 and all(_is_name_word(word) for word in words)
        start = next((i for i, w in enumerate(words) if not _is_acronym(w)), len(words))
        if whole and start < len(words) - 1:
            return " ".join(words[start:]), " ".join(words[:start]) or None
        if len(words) == 1 and not _is_acronym(part) and _is_name_word(part):
            return part, None
        return (None, part) if not whole else (part, None)
    last = len(known) - 1 - known[::-1].index(True)
    behind, before = words[last + 1 :], words[: known.index(True)]
    for name, rest in ((behind, words[: last + 1]), (before, words[len(before) :])):
        start = next((i for i, w in enumerate(name) if not _is_acronym(w)), len(name))
        if name is behind and upper(words[last]) in ("FOR", "TO", "OF", "AND", "THE"):
            start = max(start, _last_name(name))
        chosen = name[start:]
        while len(chosen) > 2 and chosen[-1][:1].islower():
            chosen = chosen[:-1]  # "a.y.": no word of a name
        if chosen and all(_is_name_word(word) for word in chosen) and len(chosen) <= _LONGEST_NAME:
            title = [*name[:start], *rest] if name is before else [*rest, *name[:start]]
            return " ".join(chosen), " ".join(title) or None
    return None, part


def _last_name(words: list[str]) -> int:
    """Where a name at the end begins: behind ``FOR CENTRAL ASIA`` it is the last two words."""
    count = 2
    if len(words) > 2 and (len(words[-2].strip(".")) == 1 or upper(words[-2]) in _PARTICLES):
        count = 3
    return max(len(words) - count, 0)


@lru_cache(maxsize=1024)  # the words of one post's titles stand in each of its cables
def _is_title(word: str) -> bool:
    plain = upper(word).strip(",;:").replace("0", "O")
    if plain in _TITLES or plain.removesuffix(".") in _TITLES or "/" in plain:
        return True
    return len(plain) > 5 and any(
        plain[0] == title[0] and is_near(plain, title, 2 if len(title) > 8 else 1)
        for title in _LONG
    )


def _is_acronym(word: str) -> bool:
    """Short and without a vowel, as EUR or NEA are not: those are in the list."""
    plain = word.strip(".,;:")
    return plain in _ACRONYMS or (
        2 <= len(plain) <= 5
        and plain.isupper()
        and not set("AEIOUY") & set(plain)
        and word == plain
    )


_ACRONYMS = frozenset({
    "EUR", "NEA", "EAP", "WHA", "SCA", "SA", "AF", "IO", "INR", "PM", "ISN", "EB", "EEB", "OES",
    "DRL", "PRM", "INL", "CA", "DS", "VCI",
})  # fmt: skip


def _is_name_word(word: str) -> bool:
    first = word[:1]
    return (
        (first.isalpha() and first.isupper())
        or upper(word) in _PARTICLES
        or (word.lower().startswith(("al-", "el-")))
        or word in ("0.", "della", "von", "van", "de")
    )
