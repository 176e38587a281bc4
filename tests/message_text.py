"""The sets and paragraphs of a fictional message (``tests.messages``), and what is in them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from tests.fiction import MONTHS, NAMES, POSTS, Entry, Made, Pen

_PHRASES = (
    "as ref A", "per reference (a)", "refs A and B", "(OPNAV N1)", "PERS-4", "para 3 below", "IAW",
    "(HDIP)", "DSN 882", "E-6 and below", "NLT 1 MAY 05", "LAMPINST 1500.1A",
    "at j.roe(at)lamp.example",
    "VADM A. B. Roe", "Captain J. C. Pell, Jr.,",
    "lamp no. 5", "(see para 2.A.)", "Sec. 624", "12 (twelve)", "WWW.LAMP.EXAMPLE/BUOYS",
    "NAVADMIN 021/06", "Sailors", "10 U.S.C. 624",
)  # fmt: skip
COMMANDS = ("COMNAVBASE", "NAVSTA", "COMLAMPRON", "NAVHOSP")
_RANKS = {"CAPT": "Captain", "RADM": "Rear Admiral", "VADM": "Vice Admiral"}
_CURLY = ("the lamp\u2019s oil", "\u201cthe old lamp\u201d", "\u2013 and tar \u2013")


class Writer:
    """Throws what kind of message it is, and writes its sets and paragraphs."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.made = dice, Made()
        self.form = dice.choice(
            ("janap", "janap", "mail", "mail", "bare", "marine", "coast", "ship")
        )
        self.year = dice.randint(1998, 2024)
        if self.form == "mail":
            self.year = dice.randint(2007, 2024)
        self.mixed = self.year > 2012 and dice.random() < 0.8
        width = dice.choice((65, 69, 69, 72, 79, 79))
        self.is_curly = self.mixed and dice.random() < 0.3
        phrases = _PHRASES + (_CURLY if self.is_curly else ())
        self.pen = Pen(dice, upper=not self.mixed, width=width, phrases=phrases)
        self.is_wide = dice.random() < 0.07 and self.form != "janap"  # a line for each paragraph
        if self.is_wide:
            self.pen.width, self.pen.is_reset = 9999, False
        self.gap = dice.choice(("  ", "  ", " "))
        self.airy = self.chance(0.5)  # a blank line between sets and paragraphs
        self.post = dice.choice(POSTS)
        self.origin = f"{dice.choice(COMMANDS)} {self.post}"
        if self.form == "ship":
            self.origin = f"USS {self.post}"
        self.office = dice.choice((None, "N1", "N1NT", "N3/N5", "DNS"))
        self.title = {"marine": "MARADMIN", "coast": "ALCOAST"}.get(
            self.form, dice.choice(("NAVADMIN", "NAVADMIN", "ALNAV"))
        )
        self.number = dice.randint(1, 420)
        self.sent = datetime(
            self.year, dice.randint(1, 12), dice.randint(1, 28), dice.randint(0, 23), 15, tzinfo=UTC
        )
        self.month = MONTHS[self.sent.month - 1]
        self.route = f"RU{dice.choice(('LAMP', 'BUOY', 'ROPE'))}{dice.choice('ABC')}"
        self.serial = dice.randint(1, 9999)
        self.ssic = str(dice.randint(1000, 14000)) if self.chance(0.7) else None
        self.classed = (
            dice.choice(("SECRET", "CONFIDENTIAL", "UNCLASSIFIED"))
            if self.form == "ship"
            else "UNCLASSIFIED"
        )
        self.corrected = self.chance(0.08)
        self.text: list[tuple[Entry, int | None]] = []

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    # --- the sets ---------------------------------------------------------------------------------

    def _sets(self) -> list[list[str]]:
        """MSGID, SUBJ, REF, NARR, POC: each as its lines."""
        made, dice = self.made, self.dice
        subject_ = self.pen.title(dice.randint(1, 8))
        if self.corrected and self.chance(0.3):
            subject_ += " (CORRECTED COPY)"
        mark = "(U)" if self.form == "ship" and self.chance(0.5) else None
        made.answers |= {"subject": subject_, "subject mark": mark}
        if self.form == "coast":
            return self._coast_sets(subject_)
        colon = self.chance(0.06) and self.form != "mail"
        slash = "/" if self.chance(0.3) and not colon else ""
        words = subject_.split()
        head = f"SUBJ{': ' if colon else '/'}{mark or ''}{words[0]}"
        end = "" if colon else dice.choice(("//", "//", "//", "//", " //", "/", ""))
        subj = self.pen.set([head, *words[1:-1], words[-1] + end], rest=slash)
        office = self.office or "-"
        msgid = {
            "ship": f"MSGID/GENADMIN/{self.post}/{self.number:04}/{self.month}//",
            "marine": f"MSGID/GENADMIN/{self.origin} {office}//",
        }.get(self.form) or dice.choice((
            f"MSGID/GENADMIN/{self.origin}/{office}/{self.month}//",
            f"MSGID/GENADMIN/{self.origin}/-/{self.month}//",
            f"MSGID/{self.title}/{self.origin}/{office}/{self.month}//",
            f"MSGID/GENADMIN/{self.origin}/{self.month}/",
        ))  # fmt: skip
        order = [[msgid], subj] if self.chance(0.85) else [subj, [msgid]]
        return [*order, *self._references(), *self._contacts()]

    def _coast_sets(self, subject_: str) -> list[list[str]]:
        cited = []
        for place in range(self.dice.choice((0, 0, 1, 2, 4))):
            typed = self.dice.choice((
                f"{self.origin} 1715{place}5Z DEC 08/ALCOAST 605/08",
                f"Harbor Lamp Manual, COMDTINST M10{place}0.2A",
                self.pen.cased("The lamp rules of the Port Orrin pilots and boats") + f" 1{place}",
            ))  # fmt: skip
            cited.append(("ABCD"[place], typed))
        self.made.answers |= {
            "references": cited, "narratives": [None] * len(cited), "points of contact": []
        }  # fmt: skip
        space = self.dice.choice((" ", "  "))
        words = subject_.split()
        return [
            self.pen.set([f"SUBJ:{space}{words[0]}", *words[1:]]),
            *(self.pen.set(f"{label}. {typed}".split(" ")) for label, typed in cited),
        ]

    def _references(self) -> list[list[str]]:
        made, dice = self.made, self.dice
        count = dice.choice((0, 0, 1, 1, 2, 3, 6, 11))
        sets: list[list[str]] = []
        cited: list[tuple[str, str]] = []
        notes: list[str | None] = []
        open_ended = self.chance(0.06)  # no "//" behind a REF: a line for each
        for place in range(count):
            label = "ABCDEFGHIJK"[place]
            day = f"{dice.randint(1, 28):02}{dice.choice(MONTHS)}"
            typed = dice.choice((
                f"DOC/LAMPINST 15{place}0.1A/{day}{self.year - 3}",
                f"DOC/{self.origin}/{day}{(self.year - 3) % 100:02}",
                f"MSG/{self.origin}/{day[:2]}1520Z{day[2:]}{(self.year - 1) % 100:02}",
                f"MSG/{self.origin}/{day[:2]}1520Z {day[2:]} {(self.year - 1) % 100:02}",
                f"LTR/HARBOR BOARD/{day}{(self.year - 1) % 100:02}",
                f"MSGID:DOC/HARBOR BOARD/YMD:{self.year - 1}0623" if self.form == "marine"
                else f"{self.title}/{self.origin}/{day}{(self.year - 2) % 100:02}",
            ))  # fmt: skip
            cited.append((label, typed))
            sets.append(self.pen.set(f"REF/{label}/{typed}{'' if open_ended else '//'}".split(" ")))
        if not count or self.chance(0.1):
            notes = [None] * count
        elif self.chance(0.15):  # each with its own
            for place, (label, _) in enumerate(cited):
                note = self.pen.title(dice.randint(1, 4))
                notes.append(note)
                sets[place] = [
                    *sets[place],
                    *self.pen.set(f"AMPN/REF {label} IS {note}.//".split()),
                ]
        else:
            sets.append(self._narrative(cited, notes))
        made.answers |= {"references": cited, "narratives": notes}
        return sets

    def _narrative(self, cited: list[tuple[str, str]], notes: list[str | None]) -> list[str]:
        name = "AMPN" if len(cited) == 1 or self.chance(0.2) else "NARR"
        space, apart = self.dice.choice(("", "", " ")), self.chance(0.3)
        told: list[list[str]] = []
        for label, _ in cited:
            note = self.pen.title(self.dice.randint(1, 6))
            shape = self.dice.choice(
                ("REF {} is", "REF {} is", "REF ({}) is", "Ref {} is", "REF {}")
            )
            note = note if shape.endswith("is") else self.pen.cased("establishes ") + note
            notes.append(note)
            told.append(f"{self.pen.cased(shape.format(label))} {note}.".split())
        told[-1][-1] = told[-1][-1][: -1 if self.chance(0.2) else None]
        told[-1][-1] += "" if self.chance(0.06) else "//"
        first_ = f"{name}/{space}"
        if apart:
            return [
                line
                for i, words in enumerate(told)
                for line in self.pen.set(words, first_ if i == 0 else "")
            ]
        return self.pen.set((word for words in told for word in words), first_)

    def _contacts(self) -> list[list[str]]:
        names, sets = [], []
        for _ in range(self.dice.choice((0, 0, 1, 2))):
            name = f"J. {self.dice.choice(NAMES)}".upper()
            names.append(name)
            fields = [
                f"POC{self.dice.choice(('', '', ' (LAMPS)'))}/{name}/LT/{self.origin}",
                f"/LOC:{self.dice.choice(('', ' '))}PORT ORRIN",
                "/TEL:(555)555-0142",
                f"/EMAIL:{self.dice.choice(('', ' '))}J.ROE(AT)LAMP.EXAMPLE//",
            ]  # fmt: skip
            if self.chance(0.4):
                sets.append([fields[0] + fields[1], fields[2] + fields[3]])
            else:
                sets.append(self.pen.set("".join(fields).split(" ")))
        self.made.answers["points of contact"] = names
        return sets

    def _jammed(self, sets: list[list[str]]) -> list[str]:
        """The sets one below the other; or several in one run of lines, where mail put them."""
        if self.form in ("mail", "janap", "bare") and self.chance(0.15) and not self.is_wide:
            place = self.dice.randrange(len(sets))
            run = [word for lines in sets[place:] for word in " ".join(lines).split(" ")]
            closed = all(lines[-1].endswith("//") for lines in sets[place:])
            if closed and not any(word.startswith(("/", "(LAMPS)")) for word in run):
                self.made.style.append("jammed")
                sets = [*sets[:place], self.pen.set(filter(None, run))]
        blank = [""] if self.airy and self.form not in ("coast", "marine") else []
        return [line for lines in sets for line in (*lines, *blank)]

    # --- the text ---------------------------------------------------------------------------------

    def _body(self) -> list[str]:
        """The paragraphs; the last tells who released the message."""
        dice = self.dice
        marks = {"S": ("(S)", "(C)", "(U)"), "C": ("(C)", "(U)"), "U": ("(U)",)}
        self.marks: tuple[str, ...] = ()
        if self.form == "ship" and (self.classed != "UNCLASSIFIED" or self.chance(0.3)):
            self.marks = marks[self.classed[0]]
        self.labels = self._labels()
        self.are_apart = self.airy and self.chance(0.15)  # the items of lists too
        self.indent = dice.choice(("", "    ", "    ", "     ")) if self.form != "marine" else ""
        self.hang = dice.choice((0, 0, 0, 1, 2)) if self.indent else 0
        opener = dice.choice(
            ("RMKS/", "RMKS/", "GENTEXT/REMARKS/", "RMKS/ ", "RMKS ", "GENTEXT/RMKS/")
        )
        lines: list[str] = []
        if self.form == "coast" or self.chance(0.05):  # the set has a line of its own
            lines, opener = [] if self.form == "coast" else [opener.rstrip()], ""
        count = dice.choice((1, 2, 3, 4, 5, 7, 12))
        is_plain = self.airy and self.form == "mail" and self.chance(0.1)
        for number in range(1, count + 1):
            label = f"{number}." if number == 1 or not is_plain else ""  # one number for all
            lines += self._item(label, 0, opener if number == 1 else "", number)
            if self.airy:
                lines.append("")
        if self.chance(0.8):
            last = self._released(count + 1)
        else:
            self.made.answers["signer"] = None
            last = self._item(f"{count + 1}.", 0, "", 0)
        end = "" if self.form == "coast" else dice.choice(("//", "//", "//", "//", "/", ""))
        return [*lines, *last[:-1], last[-1] + end]

    def _labels(self) -> tuple[str, ...]:
        if self.form == "marine" and self.chance(0.6):
            return ("{n}.", "{n}.A.", "{n}.A.1.")
        lettered = ("{n}.", "a.", "(1)", "(a)") if self.mixed else ("{n}.", "A.", "(1)", "(A)")
        return lettered if self.chance(0.9) else ("{n}.", "-")

    def _item(self, label: str, level: int, opener: str, number: int) -> list[str]:
        """A paragraph and what stands below it: a list, a table, more of the same level."""
        below = self.dice.choices(("none", "list", "table"), (6, 3, 2))[0] if number else "none"
        if level and below == "table":
            below = "none"
        end = ":" if below != "none" else "."
        mark = self.dice.choice(self.marks) if self.marks else ""
        words = self.pen.sentences(self.dice.randint(1, 4 if level == 0 else 2), end)
        if not level and below == "none" and self.chance(0.06):  # the words of another paragraph
            words += [
                self.pen.cased(one) for one in ("Para", "3", "reads:", '"3.', "The", 'lamp."')
            ]
        lines = self._paragraph(label, mark, words, level, opener)
        if below == "list" and level + 1 < len(self.labels):
            lines += self._list(level + 1, number, label)
        if below == "table":
            lines += [*([""] if self.chance(0.5) else []), *self._table()]
            if self.airy and self.chance(0.15):
                lines += ["", *self._paragraph("", "", self.pen.sentences(2), 0)]
        return lines

    def _list(self, level: int, number: int, above: str) -> list[str]:
        lines: list[str] = []
        style = self.labels[level]
        for place in range(self.dice.choice((2, 3, 4, 11))):
            label = style.replace("A", "ABCDEFGHIJK"[place]).replace("a", "abcdefghijk"[place])
            label = label.replace("1", str(place + 1))
            if "{n}" in style:
                label = above + ("ABCDEFGHIJK"[place] if level == 1 else str(place + 1)) + "."
            lines += self._item(label, level, "", number if level < 3 and self.chance(0.3) else 0)
            if self.are_apart:
                lines.append("")
        return lines

    def _paragraph(
        self, label: str, mark: str, words: list[str], level: int, opener: str = ""
    ) -> list[str]:
        self.text.append((("paragraph", label, mark, tuple(words)), level))
        lead = self.indent * level
        gap = "" if not label else " " if label == "-" else self.gap
        width = len(label) + len(gap)
        rest = ("", lead, lead + " " * width)[self.hang] if level else ""
        return self.pen.set(words, f"{opener}{lead}{label}{gap}{mark}{' ' if mark else ''}", rest)

    def _released(self, number: int) -> list[str]:
        short, long = self.dice.choice(list(_RANKS.items()))
        who = f"{long if self.mixed else short} J. Q. {self.dice.choice(NAMES)}"
        self.made.answers["signer"] = self.pen.cased(who)
        return self._paragraph(
            f"{number}.", "", self.pen.cased(f"Released by {who}, N1.").split(), 0
        )

    # --- tables -----------------------------------------------------------------------------------

    def _table(self) -> list[str]:
        lines = self.dice.choice((self._names, self._codes, self._dates, self._address))()
        words = tuple(word for line in lines for word in line.split())
        self.text.append((("set", "", "", words), None))
        return lines

    def _names(self) -> list[str]:
        """Names in two columns, under titles set in the middle."""
        case, dice = str.upper if not self.mixed else str, self.dice
        people = [
            f"{case(f'{dice.choice(NAMES)} {given} {letter}'):<22}{dice.randint(1000, 7000)}"
            for given in ("Mark", "Annette", "Thomas", "Ida", "Karl")
            for letter in dice.choice(("AB", "CDE", "F"))
        ]
        blank = self.dice.choice(("", " "))
        rows = [f"{blank}{'         '.join(people[i : i + 2])}" for i in range(0, len(people), 2)]
        if self.chance(0.5):
            rows.insert(0, f"{blank}{'NAME':<22}DESIG        {'NAME':<22}DESIG")
        if self.chance(0.5):
            rows.insert(0, case("Captain Line and Staff").center(60).rstrip())
            rows.insert(len(rows) // 2 + 1, case("Commander Line and Staff").center(60).rstrip())
        return rows

    def _codes(self) -> list[str]:
        codes = ("HM", "ND", "CTI", "SB", "MN")[: self.dice.randint(2, 5)]
        rows = [
            f"{code:<12}{self.dice.randint(1000, 9999):<12}{number}.5     {number + 3}.0     0.0"
            for number, code in enumerate(codes)
        ]
        return ["RATING      NEC         ZONE A  ZONE B  ZONE C", *rows]

    def _dates(self) -> list[str]:
        shape = self.dice.choice((" - ", "  "))
        day = f"{self.month} {self.year % 100:02}{shape}"
        return [
            f"    {10 + i} {day}{self.pen.cased(f'Lamps and buoys of the {one} line')}"
            for i, one in enumerate(("first", "second", "third"))
        ]

    def _address(self) -> list[str]:
        return [self.pen.cased(f"    {line}") for line in (
            "Commander, Harbor Lamps (N4)",
            "5720 Pilot Stairs",
            f"{self.post} {self.dice.randint(10000, 99999)}-0000",
        )]  # fmt: skip
