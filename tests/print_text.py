"""The telegrams and texts inside fictional prints (``tests.prints``), and what is in them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from tests.fiction import MONTHS, NAMES, POSTS, Entry, Made, Pen

_SPACED = {"SECRET": "S E C R E T", "CONFIDENTIAL": "C O N F I D E N T I A L"}
_TAGS = ("PGOV", "PREL", "EWWT", "ECON", "SENV", "KV", "OS", "ASEC")
_PHRASES = (
    "(protect)",
    "(reftel)",
    "the Secret Service",
    "on release",
    "B-52s",
    "page 1 of 2",
    "at 1.4",
)


class Writer:
    """Throws what kind of copy it is, and writes the telegram or text inside."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.made = dice, Made()
        self.form = dice.choice(("native", "native", "archive", "archive", "request"))
        self.year = dice.randint(2009, 2024) if self.form == "native" else dice.randint(1985, 2009)
        self.post, self.serial = dice.choice(POSTS), dice.randint(1, 9999)
        self.sent = datetime(
            self.year, dice.randint(1, 12), dice.randint(1, 28), dice.randint(0, 23), 15, tzinfo=UTC
        )
        self.month = MONTHS[self.sent.month - 1]
        self.classed = dice.choice(("SECRET", "CONFIDENTIAL", "UNCLASSIFIED", "UNCLASSIFIED"))
        mixed = self.form == "native" or (self.year > 2000 and dice.random() < 0.5)
        self.width = dice.choice((65, 72, 90)) if self.form == "native" else dice.choice((62, 66))
        self.pen = Pen(dice, upper=not mixed, width=self.width, phrases=_PHRASES)
        self.pen.is_reset = False
        self.pen.is_cut = self.chance(0.2) and self.classed != "UNCLASSIFIED"
        self.margin = " " * dice.choice((0, 0, 15)) if self.form != "request" else ""
        self.captions = dice.choice(
            ([], ["SENSITIVE"], ["SIPDIS"], ["SENSITIVE", "SIPDIS"], ["NOFORN", "SIPDIS"])
        )
        if self.classed == "UNCLASSIFIED" and "NOFORN" in self.captions:
            self.captions = ["SENSITIVE"]
        self.tags = dice.sample(_TAGS, dice.randint(1, 4))
        self.subject = self.pen.title(dice.randint(1, 6))
        year = f"{self.year % 100:02} " if self.form == "native" else ""
        self.references = [
            (label, f"{year}{dice.choice(POSTS)} {dice.randint(1, 9999)}")
            for label in "ABC"[: dice.choice((0, 0, 1, 2, 3))]
        ]  # fmt: skip
        self.entries: list[tuple[Entry, int | None]] = []
        self.codes: list[tuple[str, ...]] = []
        self.surname = dice.choice(NAMES)

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    # --- an old telegram --------------------------------------------------------------------------

    def _telegram(self) -> list[str]:
        sent, dice = self.sent, self.dice
        group = f"{dice.choice('RPO')} {sent:%d%H%M}Z {self.month} {sent:%y}"
        info = [f"AMEMBASSY {post}" for post in dice.sample(POSTS, dice.choice((0, 1, 3)))]
        self.paged = self.form == "archive" or self.chance(0.6)
        self.here = f"{self.post[:6]} {self.serial:05}"
        to = (
            f"SECSTATE WASHDC {dice.choice(('', 'PRIORITY ', 'IMMEDIATE '))}{dice.randint(1, 9999)}"
        )
        self.made.answers["addressees"] = [("TO", to), *(("INFO", one) for one in info)]
        self.made.answers["signature"] = [self.surname.upper()]
        copies = [
            "ACTION EUR-01", "", "INFO LOG-00 AID-01 AMAD-01 EB-01 INR-00 ADS-00 NSAE-00 OES-09",
            "   SSO-00 SNIS-00 /013W",
            f"{' ' * 13}{dice.choice(('--2FB310', '------------------039081'))} {sent:%d%H%M}Z/38",
        ]  # fmt: skip
        banner = _SPACED.get(self.classed, "UNCLAS")
        named = f"{self.post} {self.serial:06}"
        addressed = [
            group, f"FM AMEMBASSY {self.post}", f"TO {to}",
            *(f"{'INFO ' if i == 0 else ''}{one}" for i, one in enumerate(info)),
        ]  # fmt: skip
        heading = self._heading_lines()
        cited = ["", *self._references()] if self.references else []
        text = ["", *self._authority(), *self._text(), "", self.surname.upper(), ""]
        caps = [line for one in self.captions for line in (one, "")]
        end = dice.choice((["NNNN"], [])) if self.form == "request" else ["NNNN"]
        if not self.paged:
            route = self._routing() if self.chance(0.4) else []
            tail = ["BT", f"#{self.serial % 10000:04}", "NNNN"] if route else end
            body = [f"{banner} {named}", "", *caps, *heading, *cited, *text]
            return [*route, *addressed, *(["BT"] if route else [""]), *body, *tail]
        if self.form == "archive" and self.chance(0.2):
            return self._in_sections(copies, addressed, [*caps, *heading], [*cited, *text])
        lines = [*copies, *addressed, "", f"{banner} {named}", "", *caps, *heading, *cited, *text]
        return [*self._pages(lines, f"{self.here} {sent:%d%H%M}Z"), *end]

    def _in_sections(
        self, copies: list[str], addressed: list[str], heading: list[str], text: list[str]
    ) -> list[str]:
        """Two sections, each with the heading and pages of its own; cut at a paragraph's end."""
        self.made.style.append("sections")
        places = [i for i, line in enumerate(text) if not line and i > len(text) // 3]
        cut = self.dice.choice(places[:-2] or places[:1])
        lines: list[str] = []
        for number, own in enumerate((text[:cut], text[cut:]), 1):
            section = f"{_SPACED.get(self.classed, 'UNCLAS')} SECTION {number:02} OF 02"
            named = f"{section} {self.post} {self.serial:06}"
            here = f"{self.here} {number:02} OF 02 {self.sent:%d%H%M}Z"
            whole = [*copies, *addressed, "", named, "", *heading, *own, ""]
            lines += [*self._pages(whole, here), "", "NNNN", ""]
        return lines

    def _routing(self) -> list[str]:
        letter = self.classed[0]
        return [
            "VZCZCXRO4647", "PP RUEHC", f"DE RUEHKC #{self.serial % 10000:04} {self.sent:%j%H%M}",
            f"{'ZNR' if letter == 'U' else 'ZNY'} {letter * 5} ZZH",
        ]  # fmt: skip

    def _heading_lines(self) -> list[str]:
        number = "12356" if self.year < 1995 else "12958"
        is_cut, self.pen.is_cut = self.pen.is_cut, False
        title = self.pen.set(self.subject.split(), f"SUBJECT: {self._mark()}")
        self.pen.is_cut = is_cut
        self.made.answers["order"] = number
        until = "DECL:OADR" if number == "12356" else f"DECL: {self.sent:%m/%d}/{self.year + 10}"
        if self.classed == "UNCLASSIFIED":
            until = "N/A"
        tags = self.dice.choice((", ", ", ", " ")).join(self.tags)
        return [f"E.O. {number}: {until}", f"TAGS: {tags}", *title]

    def _mark(self) -> str:
        return self.dice.choice(("(U) ", "", "")) if self.classed != "UNCLASSIFIED" else ""

    def _references(self) -> list[str]:
        """The reference or references, in one of the ways in which they are listed."""
        if len(self.references) == 1:
            return [f"REF: {self.references[0][1]}"]
        shapes = (("{}. {}", " "), ("{}. {}", ", "), ("{}) {}", " "), ("({}) {}", "; "))
        shape, between = self.dice.choice((*shapes, ("{}. {}", "\n")))
        listed = between.join(shape.format(*one) for one in self.references)
        return f"REF: {listed}".replace("\n", "\n     ").split("\n")

    def _authority(self) -> list[str]:
        """Who classified it, in a line or two of their own."""
        self.made.answers["authority"] = None
        if self.classed == "UNCLASSIFIED" or self.year < 1995 or self.chance(0.3):
            return []
        self.made.answers["authority"] = ("jane roe", ["1.4(b)", "1.4(d)"])
        shapes = (
            ["Classified By: Ambassador Jane Roe, Reasons 1.4 (b) and (d)."],
            ["CLASSIFIED BY: Jane Roe, Ambassador, U.S. Embassy.", "REASON: 1.4 (b), (d)"],
            ["CLASSIFIED BY AMBASSADOR JANE ROE, REASONS 1.4 (B) AND (D)."],
        )
        return [*self.dice.choice(shapes), ""]

    def _pages(self, lines: list[str], here: str) -> list[str]:
        banner = " " * self.dice.choice((0, 12, 24)) + self.classed
        pages: list[str] = []
        place = number = 0
        while place < len(lines):
            number += 1
            end = min(place + self.dice.randint(16, 34), len(lines))
            while end < len(lines) and not any(lines[end:]):
                end += 1
            pages += ["", banner, "", f"PAGE {number:02}    {here}", *lines[place:end], banner, ""]
            place = end
        return pages

    # --- the text ---------------------------------------------------------------------------------

    def _text(self) -> list[str]:
        dice = self.dice
        letters = {
            "SECRET": ("(S)", "(C)", "(U)", "(S/NF)"),
            "CONFIDENTIAL": ("(C)", "(U)", "(C/NF)"),
        }
        marks = letters.get(self.classed, ("(U)", "(SBU)"))
        if "NOFORN" not in self.captions:
            marks = marks[:3] if self.classed == "SECRET" else marks[:2]
        marked = self.classed != "UNCLASSIFIED" or "SENSITIVE" in self.captions
        numbered = self.numbered = self.form != "native" or self.chance(0.85)
        lines: list[str] = []
        for number in range(1, dice.randint(3, 9)):
            if self.chance(0.25) and number > 1:
                lines += [*self._heading(), ""]
            label = f"{number}." if numbered else ""
            mark = (marks[0] if number == 1 else dice.choice(marks)) if marked and numbered else ""
            below = self.chance(0.25)
            words = self.pen.sentences(dice.randint(1, 5), ":" if below else ".")
            if number == 1 and self.chance(0.4):
                words = [self.pen.cased(w) for w in ("Summary:", *words, "End", "summary.")]
            block = self._paragraph(label, mark, words, 0)
            if self.form == "request" and self.chance(0.12):
                block += ["", *self._excised()]
            lines += [*block, ""]
            if below:
                lines += self._bullets() if self.chance(0.75) else [*self._table(), ""]
        return lines[:-1]

    def _heading(self) -> list[str]:
        title = self.pen.cased(
            self.dice.choice(("The Lamp and the Log", "Comment", "A Very Good Light", "Next Steps"))
        )
        self.entries.append((("heading", "", "", tuple(title.split())), None))
        return [title, "-" * len(title)] if self.chance(0.2) else [title]

    def _paragraph(
        self, label: str, mark: str, words: list[str], level: int, lead: str = ""
    ) -> list[str]:
        head = " ".join(filter(None, (label, mark)))
        lines = self.pen.set(words, f"{lead}{head} " if head else lead)
        if self.form == "request" and level == 0 and self.chance(0.08):  # a code in the margin
            place = self.dice.randrange(len(lines))
            lines[place] = f"{lines[place]:<69}B6"
            words = " ".join(lines).removeprefix(head).split()
        self.entries.append((("paragraph", label, mark, tuple(words)), level))
        return lines

    def _table(self) -> list[str]:
        rows = [
            f"{1990 + i:<10}{self.dice.randint(1, 9999)}.{i:<10}{self.dice.randint(10, 999)}"
            for i in range(self.dice.randint(3, 7))
        ]
        lines = [self.pen.cased("Year      Lamps        Buoys"), *rows]
        words = tuple(word for line in lines for word in line.split())
        self.entries.append((("set", "", "", words), None))
        return lines

    def _bullets(self) -> list[str]:
        sign = self.dice.choice(("--", "-", "\u2022" if self.form == "native" else "--", "A."))
        lead = self.dice.choice(("", "  "))
        lines: list[str] = []
        for place in range(self.dice.randint(2, 4)):
            label = sign.replace("A", "ABCD"[place])
            lines += [*self._paragraph(label, "", self.pen.sentences(1), 1, lead), ""]
        return lines

    def _excised(self) -> list[str]:
        """What was cut out: its codes in the margin, or in the middle of the blank."""
        codes = self.dice.choice(
            (
                ("B6",),
                ("B5",),
                *([("B1",), ("1.4(D)", "B1")] if self.classed != "UNCLASSIFIED" else []),
            )
        )
        self.codes.append(codes)
        return [" " * self.dice.choice((0, 40, 60)) + code for code in codes]
