"""Fictional records of the National Archives, in the layouts of 1974 and 1979, and their facts.

The text is first set line by line as a teleprinter did, then parted into pages of the telegram and
sheets of the copy wherever they happen to end: inside a sentence, a subject, a list or a table.
"""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime

from tests.record_text import Made, Writer

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_POSTS = ("KESTREL CAPE", "PORT ORRIN", "VELLMAR", "SAINT ILDE", "ORLEMONT")
_COMMANDS = (
    "AMCONSUL PORT ORRIN", "USMISSION USUN NEW YORK", "USINT VELLMAR", "SECDEF WASHDC", "CINCLANT",
    "COMIDEASTFOR", "USNMR SHAPE", "DIA WASHDC", "USDEL MBFR VIENNA",
)  # fmt: skip
_NAMES = ("ROE", "ASHDOWN", "MARLOWE", "PELL", "O'HARE")
_OFFICES = ("OCT", "ADS", "SSO", "NSCE", "PM", "SP", "SS", "L", "CIAE", "INR", "EB", "AID", "TRSE")
_TAGS = ("PGOV", "PINT", "EFIN", "MASS", "ECON", "SNAR", "KC", "PO", "BEXP")
_DRAFTED = [
    "DRAFTED BY ARA/CEN:JROE:AB", "APPROVED BY ARA:M. PELL", "", "EB/TRA - MS. ASHDOWN",
    "L/ARA - MR. MARLOWE (DRAFT)", "S/S - O. HARE",
]  # fmt: skip
_SPACED = {
    "SECRET": "S E C R E T",
    "CONFIDENTIAL": "C O N F I D E N T I A L",
    "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE",
    "UNCLASSIFIED": "UNCLAS",
}

_UNCUT = re.compile(r"-|SECRET$|CONFIDENTIAL$|.* {3}")  # before such a line no section ends


def make(seed: int) -> Made:
    """One record; the same for the same seed."""
    return _Maker(random.Random(seed)).made


class _Maker(Writer):
    def __init__(self, dice: random.Random) -> None:
        super().__init__(dice)
        made = self.made
        self.old, self.outgoing = dice.random() < 0.5, dice.random() < 0.2
        self.plain = dice.random() < 0.25  # the text itself, no print of it
        self.corrected = dice.random() < 0.1
        self.noted, self.attention = dice.random() < 0.15, dice.random() < 0.15
        self.year = 1974 if self.old else 1979
        self.post = "STATE" if self.outgoing else dice.choice(_POSTS)
        self.serial = dice.choice((dice.randint(1, 99), dice.randint(100, 99999)))
        made.sent = datetime(
            self.year, dice.randint(1, 12), dice.randint(1, 28), dice.randint(0, 23), 15, tzinfo=UTC
        )
        self.total = dice.choice(("/{} W", "/{} R", "/{} RR"))
        made.id = f"{self.year % 100}{self.post.replace(' ', '')}{self.serial}"
        made.classification = dice.choice(list(_SPACED))
        made.origin = "SECSTATE WASHDC" if self.outgoing else f"AMEMBASSY {self.post}"
        made.captions = dice.choice(([], [], ["EXDIS"], ["NODIS"], ["LIMDIS"]))
        made.tags = dice.sample(_TAGS, dice.randint(1, 4))
        made.signature = dice.choice(_NAMES)
        made.stamp = dice.choice((
            "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005",
            "Jane Roe Declassified/Released US Department of State EO Systematic Review 4 Jul 2014",
        ))  # fmt: skip
        others = [post for post in _POSTS if post != self.post]
        made.to = [f"SECSTATE WASHDC {dice.choice(('', 'PRIORITY ', 'IMMEDIATE '))}{self.serial}"]
        made.info = [f"AMEMBASSY {post}" for post in others[: dice.randint(0, 4)]]
        made.info += dice.sample(_COMMANDS, dice.choice((0, 0, 3, len(_COMMANDS))))
        made.references = [
            f"{dice.choice(('STATE', *_POSTS))} {dice.randint(1, 99999)}"
            for _ in range(dice.choice((0, 1, 1, 2, 3, 8)))
        ]
        made.subject = " ".join(self._some(dice.randint(3, 22)))
        heading, text = self._heading(), self._text()
        sections = self._sections(text, dice.choice((1, 1, 2, 3)))
        lines: list[str] = ["", ""]
        for number, own in enumerate(sections, 1):
            lines += self._section(heading if number == 1 else [], own, number, len(sections))
        made.text = self._sheets(lines) + "\f" + self._attributes()

    # --- the telegram -----------------------------------------------------------------------------

    def _heading(self) -> list[str]:
        """E.O., TAGS, subject and references: only the first section has them."""
        made = self.made
        subject = self._set(made.subject.split(), 9, is_title=True)
        order = "E.O. 11652: GDS" if self.old else "E.O. 12065: GDS 7/2/85 (ROE, JANE) OR-M"
        lines = [
            *(["", "C O R R E C T E D  C O P Y (TEXT PARA 2)", ""] if self.corrected else []),
            *([" ".join(made.captions)] if made.captions else []),
            *(["", "FOR ARA/CEN DIRECTOR ROE AND PELL"] if self.attention else []),
            "",
            "E.O. 11652: N/A" if made.classification[0] in "LU" else order,
            f"TAGS: {', '.join(made.tags)}",
            f"SUBJECT: {subject[0]}",
            *subject[1:],
        ]
        if not made.references:
            return lines
        if len(made.references) == 1:
            return [*lines, "", f"REF: {made.references[0]}"]
        listed = [f"({'ABCDEFGH'[i]}) {typed}" for i, typed in enumerate(made.references)]
        return [*lines, "", f"REF: {listed[0]}", *listed[1:]]

    def _sections(self, text: list[str], count: int) -> list[list[str]]:
        """The text in sections: parted before a labelled block or within a sentence."""
        places = [
            i
            for i in range(2, len(text) - 3)
            if text[i] and (
                (text[i - 1] and text[i - 1][-1].isalpha() and not _UNCUT.match(text[i]))
                or (not text[i - 1] and text[i][:2].rstrip(".").isdigit())
            )
        ]  # fmt: skip
        cuts = sorted(self.dice.sample(places, min(count - 1, len(places))))
        return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    def _section(self, heading: list[str], text: list[str], number: int, of: int) -> list[str]:
        made, sent = self.made, self.made.sent
        place = f" {number:02d} OF {of:02d}" if of > 1 else ""
        time = f"{sent:%d%H%M}Z"
        group = f"{sent:%d%H%M}Z {_MONTHS[sent.month - 1]} {sent:%y}"
        blanks = self.dice.choice((" ", "   "))
        here = f"{blanks}{self.post} {self.serial:05d}{place} {time}"
        if self.outgoing:
            here = (
                f"{blanks}STATE {self.serial:06d}{place}{self.dice.choice(('', ' TOSEC 110023'))}"
            )
        spaced = _SPACED[made.classification]
        if of > 1:
            spaced += f" SECTION {number} OF {of}"
        lines = [
            *(["73"] if self.old else []),
            *self._distribution(),
            *(_DRAFTED if self.outgoing else []),
            "           --------------------- 111390" if self.old
            else self.dice.choice((
                f"          ------------------039081 {time} /61",
                f"          ------------------{time} 039081 /61",
            )),
            self.dice.choice((f"R {group}", f"O  P  R {group}", f"P R {group} ZFF-4")),
            self.dice.choice((f"FM {made.origin}", f"FM  {made.origin}")),
            *self._addressees("TO", made.to),
            *self._addressees("INFO", made.info),
            "",
            f"{spaced} {self.post} {self.serial}",
            *heading,
            *([] if text and not text[0] else [""]),
            *text,
        ]  # fmt: skip
        return [*self._pages(lines, here), "", "", made.classification, "", "", "NNN", ""]

    def _addressees(self, kind: str, names: list[str]) -> list[str]:
        return [f"{kind} {name}" if i == 0 else name for i, name in enumerate(names)]

    def _distribution(self) -> list[str]:
        offices = [(name, self.dice.randint(0, 20)) for name in self.dice.sample(_OFFICES, 9)]
        action = self.dice.randint(1, 20)
        total = action + sum(copies for _, copies in offices)
        named = [f"{name}-{copies:02d}" for name, copies in offices]
        return [
            f"{'ORIGIN' if self.outgoing else 'ACTION'} ARA-{action:02d}",
            "",
            f"INFO {' '.join(named[:5])}",
            f"   {' '.join(named[5:])} {self.total.format(f'{total:03d}')}",
        ]

    def _pages(self, lines: list[str], here: str) -> list[str]:
        """The section in pages: a banner above and below each, and the page line."""
        banner = self.made.classification
        pages: list[str] = []
        place = number = 0
        while place < len(lines):
            number += 1
            end = min(place + self.dice.randint(18, 34), len(lines))
            while end < len(lines) - 1 and not any(lines[end:]):
                end += 1
            own = lines[place:end]
            while end < len(lines) and not lines[end - 1] and not lines[end]:
                end += 1
            while own and not own[-1]:
                own.pop()
                end -= 1
            pages += [f" {banner}", "", f"PAGE {number:02d}{here}"]
            if number > 1:
                pages.append("")
            pages += own
            pages.append(f"  {banner}")
            pages.append("")
            place = end
            if place < len(lines) and not any(lines[place:]):
                break
        return pages[:-2]

    def _sheets(self, lines: list[str]) -> str:
        """The copy in sheets: each blank line is two, and a stamp stands above and below."""
        if self.plain:
            return "\n".join(["Message Text", *lines, "", self.made.stamp, ""])
        margin = " " * self.dice.choice((10, 22))
        stamp = f"{margin}{self.made.stamp}"
        out = [stamp, "", "", f"{' ' * 50}Message Text"]
        rows = 0
        for line in lines:
            rows += 1
            words = line, out[-1]  # where a sheet ends beside one, nothing tells what it is
            is_word = any(one in ("SECRET", "CONFIDENTIAL") for one in words)
            if (
                rows > 58
                and not is_word
                and out[-1].strip()
                and not out[-1].strip().startswith(("NNN", "PAGE"))
            ):
                out += ["", "", "", "", f"{stamp}\n\f{margin[2:]}{self.made.stamp}", ""]
                rows = 0
                out += [""] if not line else [line]
                continue
            out += ["", ""] if not line else [line]
        return "\n".join([*out, "", "", stamp, ""])

    # --- the record -------------------------------------------------------------------------------

    def _attributes(self) -> str:
        made, dice = self.made, self.dice
        day = f"{made.sent:%d} {_MONTHS[made.sent.month - 1]} {self.year}"
        number = f"{self.year}{self.post.replace(' ', '')[:6]}{self.serial:05d}"
        if self.post == "KESTREL CAPE":
            number = f"{self.year}KESTRE{self.serial:05d}"
        restrictions = ", ".join(made.captions) or "n/a"
        classification = made.classification
        if dice.random() < 0.2:
            number, made.told = f"{self.year}{number[4:-5]}{self.serial % 99999 + 1:05d}", {"R140"}
        if dice.random() < 0.2:
            classification = "SECRET" if classification != "SECRET" else "CONFIDENTIAL"
            made.told |= {"R141"}
        if dice.random() < 0.2:
            day = f"{made.sent.day % 28 + 1:02d} {day[3:]}"
            made.told |= {"R142"}
        pairs: list[tuple[str, str]] = [
            ("Automatic Decaptioning", "X"),
            ("Capture Date", "01 JAN 1994" if self.old else "01-Jan-1994 12:00:00 am"),
            ("Current Classification", "UNCLASSIFIED"),
            ("Draft Date", day if self.old else day.lower()),
            ("Decaption Note", ""),
            ("Document Number", number),
            ("Executive Order", "N/A" if made.classification[0] in "LU" else "GS"),
            ("From", self.post if self.old else f"{self.post} OR-M"),
            ("Locator", "TEXT ON-LINE, ON MICROFILM"),
            ("Original Classification", classification),
            ("Original Handling Restrictions", restrictions),
            ("Page Count", "2"),
            ("Reference", ", ".join(made.references) or "n/a"),
            ("Review Markings", "\n".join(self._stamp_lines())),
            ("Subject", self._subject()),
            ("TAGS", ", ".join(made.tags)),
            ("To", "STATE"),
            ("Type", "TE"),
            ("Markings", made.stamp),
        ]
        rows = [f"{name}: {value}" if name != "Review Markings" else f"{name}:\n{value}"
                for name, value in pairs]  # fmt: skip
        rows.insert(
            dice.randint(1, len(rows) - 1), f"\n\n          {made.stamp}\n\f  {made.stamp}\n"
        )
        made.fields = {
            name: None if value in ("", "n/a", "N/A") else " ".join(value.split())
            for name, value in pairs
        }
        title = f"  {made.stamp}\n\n{' ' * 56}Message Attributes"
        return "\n".join([title, *rows, "", "", f"    {made.stamp}", ""])

    def _stamp_lines(self) -> list[str]:
        name, found, rest = self.made.stamp.partition("Declassified/Released")
        day = rest[-11:].strip()
        lines = [name.strip(), found, "US Department of State", "EO Systematic Review", day]
        return [line for line in lines if line]

    def _subject(self) -> str:
        """The subject, cut or wrapped as the archive does."""
        subject = self.made.subject
        if self.dice.random() < 0.3 and len(subject) > 60:
            return subject[:60].rsplit(" ", 1)[0]
        return subject[:70] + subject[70:].replace(" ", "\n", 1)
