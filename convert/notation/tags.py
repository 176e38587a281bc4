"""TAGS: which are known, and where one ends and the next begins.

Traffic Analysis by Geography and Subject (5 FAH-3): subject TAGS of four letters (5 FAH-3 H-110),
program TAGS of K and three letters, geo-political TAGS of two, names of organizations; persons
stand behind OVIP and the like with the surname first (5 FAH-3 H-011 and H-110). A TAG that is in no
table stays as it was typed: the tables only tell where blanks part two TAGS, and where they do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.model import regex as re
from convert.notation.tokens import upper

_TYPED_SUBJECTS = """
AADP ABLD ABUD ACOA ACKM ADCO ADPM AEMR AFIN AFSI AFSN AGAO AINF AINR AINT ALEO ALOW AMED AMGT
AMTC ANET AODE AOMS AORC APCS APER ASCH ASEC ASIG ASUP ATRN BBSR BEXP BMGT BTIO CASC CFED CJAN
CLOK CMGT CPAS CVIS EAGR EAID EAIR ECIN ECON ECPS EFIN EFIS EIND EINT EINV ELAB ELTN EMIN ENRG
ENVR EPET ETRA ETRD ETTC EWWT MARR MASS MCAP MILI MNUC MOPS ODIP OEXC OFDP OIIP OPDC OPRC OREP
OSCI OTRA OVIP PARM PBTS PBOR PDEM PDIP PFOR PGOV PHSA PHUM PINR PINS PINT PLOS PNAT PORG PPDC
PREF PREL PROP PSDC PTER SCUL SENV SMIG SNAR SOCI SOPN SREF SWEL TBIO TECH TGEN TINT TNGD TNUC
TPHY TPSL TRGY TRSE TSPA TSPC TSPL
"""
SUBJECTS = frozenset(_TYPED_SUBJECTS.split())
_TYPED_GEOGRAPHY = """
AA AC AE AF AG AJ AL AM AN AO AR AS AU AV AY BA BB BD BE BF BG BH BK BL BM BN BO BP BR BT BU BX
BY CA CB CD CE CF CG CH CI CJ CK CM CN CO CS CT CU CV CW CY DA DJ DO DR EC EG EI EK EN ER ES ET
EU EZ FI FJ FM FO FP FR GA GB GG GH GI GJ GL GM GR GT GV GY HA HK HO HR HU IC ID IN IR IS IT IV
IZ JA JM JO KE KG KN KO KR KS KU KV KZ LA LE LG LH LI LO LS LT LU LY MA MC MD MG MH MI MK ML MN
MO MP MR MT MU MV MX MY MZ NC NG NH NI NL NO NP NR NS NT NU NZ OD PA PE PK PL PM PO PP PS PU QA
RM RO RP RQ RS RW SA SC SE SF SG SI SL SM SN SO SP SR ST SU SW SY SZ TC TD TF TH TI TK TN TO TP
TS TT TU TV TW TX TZ UG UK UP US UV UY UZ VC VE VI VM VT WA WE WF WI WS WZ XA XB XC XD XE XF XG
XH XI XJ XK XL XM XN XO XR XS XT XV YE YI YM YO YU ZA ZB ZI ZK ZO ZR ZU
"""
GEOGRAPHY = frozenset(_TYPED_GEOGRAPHY.split())
_TYPED_ORGANIZATIONS = """
ACABQ ADB AFDB AFL-CIO AID AIT ANC ANZUS APEC APECO ARF ASEAN AU-1 CACM CARICOM CBW CDC CIA CIS
COE COPUOS CWC DEA DHS DIA DOD DOE EAC EBRD ECOSOC ECOWAS EFTA EU EUN FAA FAO FARC FBI FDA FSLN
G-8 G-77 GATT GCC IADB IAEA IBRD ICAO ICC ICCAT ICCROM ICJ ICRC ICTR ICTY IDA IDB IEA IFAD IFC
IGAD ILO IMF IMO INTELSAT INTERPOL IOM IPR ITU IWC-1 LAS LTTE MERCOSUR MFO MINURSO MINUSTAH
MONUC NATO NASA NPG NSC NSF OAS OAU OECD OIC OIE OPCW OPEC OPIC OSCE PAHO PFP PLO SAARC SADC
SFOR TRSY UN UNAIDS UNCTAD UNDC UNDP UNEP UNESCO UNFICYP UNFPA UNGA UNHCR UNHRC-1 UNICEF UNIDO
UNIFIL UNITA UNMIK UNODC UNRWA UNSC USAID USTR WCO WEU WFP WHO WIPO WMO WTO WTRO ZANU ZANU-PF
ZAPU
"""
ORGANIZATIONS = frozenset(_TYPED_ORGANIZATIONS.split())
# Terms of several words, met in TAGS lines since about 2000.
_TERMS = frozenset(
    """COUNTER TERRORISM|COUNTRY CLEARANCE|CONSULAR AFFAIRS|DOMESTIC POLITICS|ECONOMIC AFFAIRS
    |ECONOMY AND FINANCE|FOREIGN POLICY|GAZA DISENGAGEMENT|GLOBAL DEFENSE|GOI EXTERNAL
    |GOI INTERNAL|HUMAN RIGHTS|IRAQI FREEDOM|ISRAELI PALESTINIAN AFFAIRS|ISRAELI SOCIETY
    |ITALIAN POLITICS|ITALY NATIONAL ELECTIONS|LABOR AFFAIRS|MEDIA REACTION REPORT
    |MEETINGS WITH AMBASSADOR|MILITARY RELATIONS|NEW ZEALAND|POLITICAL AFFAIRS
    |PUBLIC AFFAIRS|REACTION|SECURITY AFFAIRS""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_TERM_WORDS = max(len(term.split()) for term in _TERMS)
_WORD = re.compile(r"\([^()]{1,80}\)|[^\s()]+")
_PROGRAM = re.compile(r"K[A-Z]{3}")
_VISIT = re.compile(r"\b(?:OVIP|OREP|PINR)\b", re.IGNORECASE)  # behind which persons are named
_CODE = re.compile(r"[A-Z]{2}|[ABCEMOPST][A-Z]{3}", re.IGNORECASE)
_LONGEST = 60  # characters of a word that may be jammed TAGS


def is_known(word: str) -> bool:
    """Whether a word is a TAG of some table, or a program TAG by its form."""
    word = upper(word)
    return (
        word in SUBJECTS
        or word in GEOGRAPHY
        or word in ORGANIZATIONS
        or bool(_PROGRAM.fullmatch(word))
    )


_PARTING = ",;:"
_NONE = ("N/A", "n/a", "NONE")


def tags(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """(start, end) of each TAG of a line, commas, semicolons, colons or blanks between them."""
    end = len(text) if end is None else end
    depth, place = 0, start
    blanks = not any(text.find(sign, start, end) >= 0 for sign in _PARTING)
    for at in range(start, end + 1):
        character = text[at] if at < end else ","
        depth += (character == "(") - (character == ")")
        if at == end or (character in _PARTING and depth <= 0):
            yield from _between(text, place, at, blanks=blanks)
            place, depth = at + 1, 0


def _between(text: str, start: int, end: int, *, blanks: bool) -> Iterator[tuple[int, int]]:
    """The TAGS between two separators; ``blanks``: the line has none, so blanks part its TAGS."""
    words = [
        (found.start(), found.end() - (found[0].find(".") == len(found[0]) - 1))
        for found in _WORD.finditer(text, start, end)
        if found[0] not in _NONE
    ]
    unknown: list[tuple[int, int]] = []
    named = _VISIT.search(text, 0, end) is not None
    index = 0
    while index < len(words):
        low, high = words[index]
        count = _term(text, words[index : index + _TERM_WORDS])
        if count:
            yield from _names(text, unknown, blanks, named=named)
            unknown = []
            yield low, words[index + count - 1][1]
            index += count
            continue
        index += 1
        if text[low] == "(":
            yield from _names(text, unknown, blanks, named=named)
            unknown = []
            yield from _persons(text, low + 1, high - 1)
        elif is_known(text[low:high]):
            yield from _names(text, unknown, blanks, named=named)
            unknown = []
            yield low, high
        elif pieces := _slashed(text[low:high]) or _jammed(upper(text[low:high])):
            yield from _names(text, unknown, blanks, named=named)
            unknown = []
            for piece in pieces:
                low += text[low] == "/"
                yield low, low + piece
                low += piece
        else:
            unknown.append((low, high))
    yield from _names(text, unknown, blanks, named=named)


def _persons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The persons named in brackets, semicolons between them: ``(ROE, JANE; DOE, JOHN)``."""
    while start < end:
        stop = text.find(";", start, end)
        stop = end if stop < 0 else stop
        if name := text[start:stop].strip():
            low = text.index(name, start)
            yield low, low + len(name)
        start = stop + 1


def _names(
    text: str, words: list[tuple[int, int]], blanks: bool, *, named: bool
) -> Iterator[tuple[int, int]]:
    """Words of no table: between commas one TAG; between blanks a surname and a given name.

    Codes of countries and of the nine fields of subjects that are in no table have gone out of use,
    unless a person may stand there (``named``).
    """
    if not words:
        return
    if not named and all(_CODE.fullmatch(text, low, high) for low, high in words):
        yield from words
        return
    if not blanks:
        yield words[0][0], words[-1][1]
        return
    if len(words) % 2:
        yield from words
        return
    for first, second in zip(words[::2], words[1::2], strict=True):
        yield first[0], second[1]


def _term(text: str, words: list[tuple[int, int]]) -> int:
    for count in range(len(words), 1, -1):
        if upper(" ".join(text[a:b] for a, b in words[:count])) in _TERMS:
            return count
    return 0


def _slashed(word: str) -> list[int]:
    """The lengths of the TAGS between slants; empty unless every piece is known."""
    pieces = word[:_LONGEST].split("/")
    return [len(piece) for piece in pieces] if "/" in word and all(map(is_known, pieces)) else []


def _jammed(word: str) -> list[int]:
    """The lengths of the TAGS that a word is jammed from; empty unless every piece is known.

    Subject and program TAGS have four letters and countries two; where both readings fit, the four
    letters win.
    """
    if not 6 <= len(word) <= _LONGEST or not word.isalpha():
        return []
    best: list[list[int] | None] = [[]] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for length, table in ((4, None), (2, GEOGRAPHY)):
            before = best[end - length] if end >= length else None
            piece = word[end - length : end]
            known = (
                piece in table if table else piece in SUBJECTS or bool(_PROGRAM.fullmatch(piece))
            )
            here = best[end]
            if before is not None and known and (here is None or len(before) + 1 < len(here)):
                best[end] = [*before, length]
    found = best[-1] or []
    return found if len(found) > 1 and 4 in found else []
