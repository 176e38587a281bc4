"""The categories behind a level: ``//SI-G ABCD/TK//FGI GBR//REL TO USA, GBR//XD``.

Recursive descent: each rule of the grammar is one function, which takes what it knows from the
tokens and says whether it did. What is read is put down in a draft, and becomes a marking whose
lists stand in ISM's order.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from convert.diagnostics import Code
from convert.model.data import Data, field
from convert.model.marking import Level, Marking
from convert.notation import tables
from convert.notation.countries import NAMES, in_order, owners_in_order
from convert.notation.tokens import Phrases, Tokens

_CODES = Phrases(NAMES)
_CONTROLS = Phrases(tables.CONTROL_WORDS)
_NON_IC = Phrases(tables.NON_IC_WORDS)
_SCI = Phrases(tables.SCI_WORDS)
_ATOMIC = Phrases(tables.ATOMIC_WORDS)
_CUI = Phrases(tables.CUI_WORDS)
_EXCEPTIONS = Phrases({value: value for value in tables.EXCEPTIONS})
_DISSEMINATION = (*tables.DISSEMINATION, *tables.CUI_LIMITED)
_FOLLOWS = frozenset({"//", "/", "", "?", ")"})
_ALPHANUMERIC = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Draft(Data, frozen=False):
    """A marking while it is read. ``forms`` names the tolerances T1 to T10 that it took."""

    level: Level
    owners: tuple[str, ...] = ("USA",)
    joint: bool = False
    sci: set[str] = field(default_factory=set)
    sar: set[str] = field(default_factory=set)
    atomic: set[str] = field(default_factory=set)
    fgi_open: set[str] = field(default_factory=set)
    fgi_protected: set[str] = field(default_factory=set)
    dissemination: set[str] = field(default_factory=set)
    releasable: list[str] = field(default_factory=list)
    display: list[str] = field(default_factory=list)
    non_ic: set[str] = field(default_factory=set)
    non_us: set[str] = field(default_factory=set)
    declass_date: str = ""
    declass_exception: str = ""
    cui: bool = False
    cui_categories: set[str] = field(default_factory=set)
    abbreviated: bool = False
    supplied: tuple[str, ...] = ()
    tolerances: list[tuple[Code, str]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)

    def tolerate(self, form: str, code: Code = Code.MARK_FORM, what: str = "") -> None:
        """Note a tolerance, once."""
        if (code, what) not in self.tolerances:
            self.tolerances.append((code, what))
        if form not in self.forms:
            self.forms.append(form)

    def marking(self) -> Marking:
        """What was read, each list in ISM's order; USA is put into a list that lacks it."""
        if self.releasable and "USA" not in self.releasable:
            self.releasable.append("USA")
            self.supplied = ("USA",)
            if "REL" in self.dissemination:
                self.tolerate("T3", Code.REL_FORM, "USA")
        return Marking(
            self.level,
            ownerProducer=self.owners,
            SCIcontrols=tuple(sorted(self.sci, key=sci_place)),
            SARIdentifier=tuple(sorted(self.sar, key=lambda value: value.split("-"))),
            atomicEnergyMarkings=tuple(sorted(self.atomic, key=atomic_place)),
            FGIsourceOpen=owners_in_order(self.fgi_open),
            FGIsourceProtected=tuple(sorted(self.fgi_protected)),
            disseminationControls=_ordered(_DISSEMINATION, self.dissemination),
            releasableTo=in_order(self.releasable),
            displayOnlyTo=in_order(self.display),
            nonICmarkings=tuple(sorted(self.non_ic, key=non_ic_place)),
            nonUSControls=_ordered(tables.NON_US, self.non_us),
            declassDate=self.declass_date,
            declassException=self.declass_exception,
            joint=self.joint,
            cui=self.cui,
            cuiCategories=tuple(
                sorted(self.cui_categories, key=lambda name: (not name.startswith("SP-"), name))
            ),
            relAbbreviated=self.abbreviated,
        )


def _ordered(order: tuple[str, ...], values: set[str]) -> tuple[str, ...]:
    return tuple(value for value in order if value in values)


def sci_place(value: str) -> tuple[int, int, list[str]]:
    """Where an SCI control stands: its system, then its compartment, as the CVE has them."""
    system, *parts = value.split("-")
    rows = [*tables.SCI_COMPARTMENTS, *tables.SCI_SUPPLEMENT]
    fits = (i for i, (name, kind, _) in enumerate(rows) if name == system and _fits(kind, parts[0]))
    return tables.SCI_SYSTEMS.index(system), next(fits) if parts else -1, parts


def atomic_place(value: str) -> tuple[int, int, int]:
    """RD, RD-CNWDI, RD-SG-14, FRD, ... (the CVE's order, its pattern's numbers rising)."""
    name, _, rest = value.partition("-")
    number = int(rest[3:]) if rest.startswith("SG-") else 0
    order = ("RD", "FRD", "DCNI", "UCNI", "TFNI")
    return order.index(name), 2 if number else 1 if rest else 0, number


def non_ic_place(value: str) -> tuple[int, str]:
    """The CVE's order; ACCM nicknames stand before NNPI there."""
    if value.startswith("ACCM-"):
        return tables.NON_IC.index("SSI"), value
    return tables.NON_IC.index(value), ""


def categories(tokens: Tokens, draft: Draft, *, strict_first: bool = False) -> bool:
    """Everything behind the level, up to the first token that begins no category.

    ``//`` stands between categories and ``/`` inside one; the other way round is T2, and a
    category out of its order T10. The first separator may also be ``-`` or ``?`` (T2).
    """
    previous = -1
    first = True
    while tokens.peek() in ("//", "/") or (first and tokens.peek() in ("-", "?")):
        if first and strict_first and tokens.peek() != "//":
            return True
        if tokens.is_apart():
            draft.tolerate("T5")
        separator = tokens.peek()
        tokens.place += 1
        place = next((i for i, rule in enumerate(_RULES) if rule(tokens, draft)), None)
        if place is None:
            return False
        if separator != ("/" if place == previous else "//"):
            draft.tolerate("T2")
        elif place < previous:
            draft.tolerate("T10", Code.ORDER)
        previous, first = place, False
    return True


def code(tokens: Tokens, draft: Draft, *, listed: bool = False) -> str | None:
    """A country or alliance: its code, an alias or its full name (T8)."""
    start = tokens.place
    found = tokens.take_any(_CODES)
    if found is None:
        return None
    if tokens.place - start > 1 or tokens.peek(-1) != found:
        if listed:
            draft.tolerate("T8", Code.REL_FORM, "trigraphs")
        else:
            draft.tolerate("T8")
    return found


def codes(tokens: Tokens, draft: Draft, separators: str, *, listed: bool = False) -> list[str]:
    """A list of them; stops before a separator that no country follows.

    AND is Andorra only where a comma or slash, or nothing, follows it too: the other reading,
    which releases to nobody that was not named, is taken in ``USA, AUS, AND GBR`` (T4).
    """
    found: list[str] = []
    while True:
        start = tokens.place
        separator = tokens.peek() if found and tokens.peek() in (",", "/") else ""
        if separator:
            tokens.place += 1
        # Behind blanks alone, as in FGI and JOINT, it is always Andorra.
        joins = bool(found) and tokens.peek() == "AND" and separators != " "
        joined = joins and bool(_CODES.beginning(tokens.peek(1)))
        if joined:
            tokens.place += 1
        one = code(tokens, draft, listed=listed)
        if one is None:
            tokens.place = start
            return found
        if found and (joined or (separator or " ") != separators):
            draft.tolerate("T4")
        found.append(one)


def fits_word(word: str) -> bool:
    """A name: letters and digits only."""
    return bool(word) and _ALPHANUMERIC.issuperset(word)


def _fits(kind: tables.Kind, word: str) -> bool:
    if kind is None or isinstance(kind, str):
        return kind == word
    alphabet, least, most = kind
    right = fits_word(word) if alphabet == "A9" else word.isascii() and word.isalpha()
    return right and least <= len(word) <= most


def _sci(tokens: Tokens, draft: Draft) -> bool:
    """``SI-G ABCD ACDE``: closed upward, SI and SI-G and each sub-compartment."""
    system = tokens.take_any(_SCI)
    if system is None:
        return False
    draft.sci.add(system)
    rows = [row for row in (*tables.SCI_COMPARTMENTS, *tables.SCI_SUPPLEMENT) if row[0] == system]
    before: tuple[str, tables.Kind] | None = None
    while tokens.peek() == "-":
        word = tables.SCI_PARTS.get(tokens.peek(1), tokens.peek(1))
        row = next((row for row in rows if _fits(row[1], word)), None)
        if row is None:
            # SI-G-ABCD, as ISM's own value is written
            if before is None or not _fits(before[1], word):
                return False
            draft.sci.add(f"{system}-{before[0]}-{word}")
            draft.tolerate("T2")
            tokens.place += 2
            continue
        tokens.place += 2
        draft.sci.add(f"{system}-{word}")
        before = word, row[2]
        while row[2] is not None and _fits(row[2], tokens.peek()):
            draft.sci.add(f"{system}-{word}-{tokens.peek()}")
            tokens.place += 1
    return True


def _sar(tokens: Tokens, draft: Draft) -> bool:
    """``SAR-BP-J12 J54-K15/CD-YYY``: programs, compartments and sub-compartments, or nicknames."""
    if not (tokens.take("SAR", "-") or tokens.take("SPECIAL", "ACCESS", "REQUIRED", "-")):
        return False
    if not _program(tokens, draft):
        return False
    while tokens.peek() == "/" and not _begins_control(tokens):
        start = tokens.place
        tokens.place += 1
        tokens.take("SAR", "-")
        if not _program(tokens, draft):
            tokens.place = start
            break
    return True


def _begins_control(tokens: Tokens) -> bool:
    """Whether what follows the slash is a control of another category."""
    start = tokens.place
    tokens.place += 1
    found = tokens.peek() in ("REL", "DISPLAY", "FGI", "EYES") or any(
        tokens.take_any(table) for table in (_CONTROLS, _NON_IC, _ATOMIC)
    )
    tokens.place = start
    return found


def _program(tokens: Tokens, draft: Draft) -> bool:
    name = tokens.peek()
    if not fits_word(name):
        return False
    tokens.place += 1
    while fits_word(tokens.peek()) and tokens.peek() != "SECTION" and len(name) < 100:
        name += "_" + tokens.peek()
        tokens.place += 1
    if len(name) > 100:  # CVEnumISMSAR's greatest length
        return False
    draft.sar.add(name)
    while tokens.peek() == "-" and fits_word(tokens.peek(1)):
        compartment = f"{name}-{tokens.peek(1)}"
        draft.sar.add(compartment)
        tokens.place += 2
        while fits_word(tokens.peek()) and tokens.peek() != "SECTION":
            draft.sar.add(f"{compartment}-{tokens.peek()}")
            tokens.place += 1
    return True


def _atomic(tokens: Tokens, draft: Draft) -> bool:
    """``RD-CNWDI``, ``FRD-SIGMA 14 20``, ``TFNI``."""
    value = tokens.take_any(_ATOMIC)
    if value is None:
        return False
    draft.atomic.add(value)
    if value == "RD" and tokens.take("-", "CNWDI"):
        draft.atomic.add("RD-CNWDI")
    if value in ("RD", "FRD") and (tokens.take("-", "SG") or tokens.take("-", "SIGMA")):
        if tokens.take("-"):
            draft.tolerate("T2")
        if tokens.peek() not in tables.SIGMAS:
            return False
        while tokens.peek() in tables.SIGMAS:
            draft.atomic.add(f"{value}-SG-{tokens.peek()}")
            tokens.place += 1
    return True


def _fgi(tokens: Tokens, draft: Draft) -> bool:
    """``FGI GBR``: the source is acknowledged; ``FGI`` alone: concealed."""
    if not tokens.take("FGI"):
        return False
    named = codes(tokens, draft, " ")
    if named:
        draft.fgi_open.update(named)
    else:
        draft.fgi_protected.add("FGI")
    return True


def _dissemination(tokens: Tokens, draft: Draft) -> bool:
    """A word of the register, a release list, a display list, or EYES ONLY."""
    start = tokens.place
    if value := tokens.take_any(_CONTROLS):
        # SBU NOFORN and the like begin with no control, so nothing longer is cut short here.
        draft.dissemination.add(value)
        return True
    if tokens.take("REL") or tokens.take("AUTHORIZED", "FOR", "RELEASE"):
        draft.dissemination.add("REL")
        return _release(tokens, draft)
    if tokens.take("DISPLAY", "ONLY"):
        draft.dissemination.add("DISPLAYONLY")
        tokens.take("TO")
        shown = codes(tokens, draft, ",")
        draft.display += shown
        return bool(shown)
    if tokens.take("EYES"):
        draft.dissemination.add("EYES")
        tokens.take("ONLY")
        return True
    if (named := codes(tokens, draft, "/")) and tokens.take("EYES", "ONLY"):
        draft.dissemination.add("EYES")
        draft.releasable += named
        return True
    tokens.place = start
    return False


def _release(tokens: Tokens, draft: Draft) -> bool:
    """``TO USA, AUS, GBR``; TO and USA may be missing (T3), or all of it."""
    if tokens.peek() in _FOLLOWS:
        draft.abbreviated = True
        return True
    if not tokens.take("TO"):
        draft.tolerate("T3", Code.REL_FORM, "TO")
    named = codes(tokens, draft, ",", listed=True)
    draft.releasable += named
    return bool(named)


def _non_ic(tokens: Tokens, draft: Draft) -> bool:
    if value := tokens.take_any(_NON_IC):
        draft.non_ic.add(value)
        return True
    if not tokens.take("ACCM", "-"):
        return False
    words: list[str] = []
    while fits_word(tokens.peek()) and tokens.peek() != "SECTION" and len(words) < 20:
        words.append(tokens.peek())
        tokens.place += 1
    name = "_".join(words)
    draft.non_ic.add(f"ACCM-{name}")
    return 0 < len(name) <= 61  # CVEnumISMNonIC's greatest length


def _non_us(tokens: Tokens, draft: Draft) -> bool:
    if "NATO" in draft.owners and tokens.peek() in tables.NON_US:
        draft.non_us.add(tokens.peek())
        tokens.place += 1
        return True
    return False


def _declass(tokens: Tokens, draft: Draft) -> bool:
    """``20311201``, ``MR``, ``X1``, ``25X1``: a banner category until February 2008."""
    if value := tokens.take_any(_EXCEPTIONS):
        draft.declass_exception = value
        return True
    word = tokens.peek()
    if len(word) != 8 or not (word.isascii() and word.isdigit()):
        return False
    try:
        draft.declass_date = date(int(word[:4]), int(word[4:6]), int(word[6:])).isoformat()
    except ValueError:
        return False
    tokens.place += 1
    return True


# In the register's order (Manual G).
_RULES: tuple[Callable[[Tokens, Draft], bool], ...] = (
    _non_us, _sci, _sar, _atomic, _fgi, _dissemination, _non_ic, _declass,
)  # fmt: skip


def cui(tokens: Tokens, draft: Draft) -> bool:
    """``//SP-CTI/PRVCY//NOFORN`` behind CUI: categories, then limited dissemination controls."""
    draft.cui, draft.owners = True, ()
    if tokens.peek() == "//" and not _limited_follows(tokens):
        tokens.place += 1
        while True:
            specified = tokens.take("SP", "-")
            name = tokens.peek()
            if not (len(name) >= 2 and name.isascii() and name.isalpha()):
                return False
            draft.cui_categories.add(f"SP-{name}" if specified else name)
            tokens.place += 1
            if not tokens.take("/"):
                break
    if tokens.peek() == "//":
        tokens.place += 1
        while True:
            if value := tokens.take_any(_CUI):
                draft.dissemination.add(value)
            elif tokens.peek() not in ("REL", "DISPLAY") or not _dissemination(tokens, draft):
                return False
            if not tokens.take("/"):
                break
    return True


def _limited_follows(tokens: Tokens) -> bool:
    start = tokens.place
    tokens.place += 1
    found = tokens.peek() in ("REL", "DISPLAY") or tokens.take_any(_CUI) is not None
    tokens.place = start
    return found


def producers(tokens: Tokens, draft: Draft) -> tuple[str, ...]:
    """``GBR``, ``DEU GBR``, ``FGI`` before a level; empty if none stands here."""
    if tokens.take("FGI"):
        draft.fgi_protected.add("FGI")  # which country it is is concealed
        return ("FGI",)
    return owners_in_order(codes(tokens, draft, " "))


def shown(marking: Marking, words: dict[str, str], sigma: str) -> list[str]:
    """The categories of a marking as written, in the register's order, the empty ones left out.

    ``words`` are the values that are written otherwise, ``sigma`` how SIGMA is.
    """

    def said(values: tuple[str, ...]) -> str:
        return "/".join(words.get(value, value) for value in values)

    listed = dict.fromkeys(marking.disseminationControls, "")
    to = marking.releasableTo
    listed |= {
        "REL": f"REL TO {', '.join(to)}" if to else "REL",
        "EYES": f"{'/'.join(to)} EYES ONLY" if to else "EYES",
        "DISPLAYONLY": f"DISPLAY ONLY {', '.join(marking.displayOnlyTo)}",
    }
    controls = "/".join(
        listed.get(value) or words.get(value, value.replace("_", " "))
        for value in marking.disseminationControls
    )
    fgi = " ".join(["FGI", *marking.FGIsourceOpen])
    sources = marking.FGIsourceOpen or marking.FGIsourceProtected
    programs = nested(marking.SARIdentifier, "_")
    groups = [
        said(marking.nonUSControls),
        nested(marking.SCIcontrols),
        f"SAR-{programs}" if programs else "",
        _atomic_shown(marking.atomicEnergyMarkings, words, sigma),
        "" if marking.ownerProducer == ("FGI",) else fgi if sources else "",
        controls,
        "/".join(words.get(v, v).replace("_", " ") for v in marking.nonICmarkings),
        marking.declassDate.replace("-", "") or marking.declassException,
    ]
    return [group for group in groups if group]


def nested(values: tuple[str, ...], blank: str = "") -> str:
    """``SI-G ABCD/TK`` of SI, SI-G, SI-G-ABCD, TK: closed values, in hierarchical order."""
    text = ""
    for value in values:
        name, *parts = value.split("-")
        if not parts:
            text += ("/" if text else "") + (name.replace(blank, " ") if blank else name)
        else:
            text += (" " if len(parts) > 1 else "-") + parts[-1]
    return text


def _atomic_shown(values: tuple[str, ...], words: dict[str, str], sigma: str) -> str:
    text = ""
    for value in values:
        _, _, rest = value.partition("-")
        if not rest:
            text += ("/" if text else "") + words.get(value, value)
            numbered = False
        elif rest.startswith("SG-"):
            text += f" {rest[3:]}" if numbered else f"-{sigma} {rest[3:]}"
            numbered = True
        else:
            text += f"-{rest}"
    return text
