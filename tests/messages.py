"""Fictional messages of the services (GENADMIN, JANAP 128), as their senders set them, and answers.

``python -m tests.messages --count 2000 --seed S`` counts what the reader has not.
"""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime

from convert.model import cable as model
from convert.model.facts import addressees, banner_text, canonical_id, instant, subject
from convert.model.walk import every, first
from convert.reader.read import Reading
from tests.fiction import (
    MONTHS,
    NAMES,
    POSTS,
    Entry,
    Made,
    Pen,
    main,
    told_entries,
    told_levels,
    told_losses,
    told_references,
)

_PHRASES = (
    "as ref A", "per reference (a)", "refs A and B", "(OPNAV N1)", "PERS-4", "para 3 below", "IAW",
    "(HDIP)", "DSN 882", "E-6 and below", "NLT 1 MAY 05", "LAMPINST 1500.1A", "at j.roe(at)lamp.example",
    "12 (twelve)", "WWW.LAMP.EXAMPLE/BUOYS", "NAVADMIN 021/06", "Sailors", "10 U.S.C. 624",
)  # fmt: skip
_COMMANDS = ("COMNAVBASE", "NAVSTA", "COMLAMPRON", "NAVHOSP")
_RANKS = {"CAPT": "Captain", "RADM": "Rear Admiral", "VADM": "Vice Admiral"}
_CURLY = ("the lamp\u2019s oil", "\u201cthe old lamp\u201d", "\u2013 and tar \u2013")
_SETS = {"preformatted": "set", "table": "set", "heading": "set"}


def make(seed: int) -> Made:
    """One message; the same for the same seed."""
    return _Maker(random.Random(seed)).made


def told(reading: Reading) -> dict[str, object]:
    """What the reader made of a message, under the names of the answers."""
    cable = reading.cable
    group, origin = first(cable, model.DateTimeGroup), first(cable, model.Origin)
    titled, numbered = subject(cable), re.compile(r"//N?(\d{4,5})//")
    banners = " ".join(p.text for b in every(cable, model.Banner) for p in b.lines if isinstance(p, model.Typed))
    sets = list(every(cable, model.MessageSet))
    codes = [s.fields[0].text for s in sets if s.name in ("SSIC", "COMDTNOTE") and s.fields]
    references = told_references(reading)
    entries = told_entries(reading, _SETS)
    return {
        "date": instant(cable),
        "precedence": [one.name for one in group.precedences] if group else [],
        "origin": origin and re.sub(r" ?\(UC\)$", "", origin.name.text, flags=re.I),
        "addressees": [
            (k.value, a.routing, re.sub(r" ?\(UC\)$", "", a.name, flags=re.I), a.office)
            for k, a in addressees(cable)
        ],
        "class": banner_text(cable),
        "ssic": ([*numbered.findall(banners), *codes] or [None])[0],
        "number": canonical_id(cable),
        "subject": titled and titled.title.text,
        "subject mark": titled and titled.portion and titled.portion.typed,
        "references": [(label, typed) for label, typed, _ in references],
        "narratives": [note for _, _, note in references],
        "points of contact": [s.fields[0].text for s in sets if s.name == "POC" and s.fields],
        "text": [entry for entry in entries if entry[0] == "paragraph"],
        "tables": [entry for entry in entries if entry[0] == "set"],
        "order": [entry[0] for entry in entries],
        "levels": told_levels(reading),
        "signer": next((p.signer for p in cable.passages if p.signer), None),
        "lost": told_losses(reading),
    }


class _Maker:
    def __init__(self, dice: random.Random) -> None:
        self.dice, self.made = dice, Made()
        self.form = dice.choice(("janap", "janap", "mail", "mail", "bare", "marine", "coast", "ship"))
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
        self.origin = f"{dice.choice(_COMMANDS)} {self.post}"
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
        self.classed = dice.choice(("SECRET", "CONFIDENTIAL", "UNCLASSIFIED")) if self.form == "ship" else "UNCLASSIFIED"
        self.corrected = self.chance(0.08)
        self.text: list[tuple[Entry, int | None]] = []
        self.write()

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def write(self) -> None:
        made = self.made
        made.style += [self.form, str(self.year), f"width {self.pen.width}"]
        made.answers |= {
            "date": self.sent, "class": self.classed, "lost": [],
            "origin": self.origin + (f"//{self.office}//" if self.office else ""),
            "number": f"{self.title} {self.number:03}/{self.year % 100:02}",
        }  # fmt: skip
        if self.form == "ship":
            made.answers["number"] = f"{self.year % 100:02}{self.post.replace(' ', '')}{self.number}"
        sets, body = self._sets(), self._body()
        text = [*self._jammed(sets), *body]
        head, before, class_line = self._head(), self._numbers(), self._class_line()
        if self.form in ("janap", "ship") and self.chance(0.2):
            lines = self._sections(head, class_line, [*before, *text])
        else:
            paged = self.form in ("janap", "ship") and self.chance(0.6)
            rest = [class_line, *before, *text]
            lines = [*head, *(self._pages(rest) if paged else rest), *self._tail()]
        made.answers |= {
            "text": [e for e, _ in self.text if e[0] == "paragraph"],
            "tables": [e for e, _ in self.text if e[0] == "set"],
            "order": [e[0] for e, _ in self.text],
            "levels": [level for _, level in self.text if level is not None],
            "ssic": self.ssic,
        }  # fmt: skip
        trail = self.dice.choice(("", "", "", " ")) if not self.is_wide else ""
        text_ = "\n".join(line + trail if line or self.chance(0.5) else line for line in lines) + "\n"
        coding = self.dice.choice(("cp1252", "utf-8")) if self.is_curly else "ascii"
        if self.chance(0.25):
            text_ = text_.replace("\n", "\r\n")
        made.text = text_.encode(coding)

    # --- the head ---------------------------------------------------------------------------------

    def _head(self) -> list[str]:
        """All down to BT, or to where it would stand."""
        dice, sent = self.dice, self.sent
        precedence = dice.choice(("R", "R", "R", "P", "O", "P R"))
        said = {"R": "ROUTINE", "P": "PRIORITY", "O": "IMMEDIATE"}
        self.made.answers["precedence"] = [said[one] for one in precedence.split()]
        signals = dice.choice(("", "", " ZYB", " ZYB MIN ZYW", " PSN 204417K25"))
        if self.form == "mail":
            signals = dice.choice(("", f" MID{dice.randint(10**11, 10**12)}U", " PSN 599392K37"))
        zulu = "" if self.form in ("mail", "coast") and self.chance(0.05) else "Z"
        group = f"{precedence} {sent:%d%H%M}{zulu} {self.month} {sent:%y}{signals}"
        addressed = self._addressed()
        if self.form == "mail":
            return self._mail_head(said[precedence[0]], group, addressed)
        letter = self.classed[0]
        lines = [group, *addressed, *(["BT"] if self.form != "bare" else [])]
        if self.form == "marine":
            top = [f"MARADMINS : {self.number:03}/{sent:%y}"]
            if self.chance(0.3):
                top.insert(0, f"Date Signed: {sent.month}/{sent.day}/{sent.year} | MARADMINS Number: {self.number:03}/{sent:%y}")
            return [*top, *lines[: -1 if self.chance(0.3) else None]]
        if self.form in ("coast", "bare"):
            return lines
        stamp = f"{sent:%j%H%M}"
        relay = f" ZUI RUENAAA{self.serial:04} {stamp}" if self.chance(0.5) else ""
        head = [
            f"{precedence[0]}{dice.choice(('TT', 'AA', 'TA'))}{letter}ZYUW {self.route}{self.serial:04} {stamp}-{letter * 4}--RUORRIN{dice.choice(('.', '', ' RHVELL.'))}",
            f"{'ZNR' if letter == 'U' else 'ZNY'} {letter * 5}{relay}",
        ]
        strip = ["TO   NAVADMIN", "     NAVADMIN @ AL NAVADMIN(UC)", "", f"INFO {self.origin}", "", ""]
        if self.form == "ship" and self.chance(0.4):
            head.insert(0, f"VZCZC{self.route[2:5]}{self.serial % 1000:03}")
        return [*(strip if self.form == "janap" and self.chance(0.15) else []), *head, *lines]

    def _mail_head(self, precedence: str, group: str, addressed: list[str]) -> list[str]:
        lines = [
            self.dice.choice(("UNCLASSIFIED//", "UNCLASSIFIED", "UNCLASSIFIED/", "CLASSIFICATION: UNCLASSIFIED//")),
            *self.dice.choice(([], [], ["ATTENTION INVITED TO"], ["ADMINISTRATIVE MESSAGE"])),
            precedence, group, *addressed, "BT",
        ]  # fmt: skip
        if not self.airy:
            return lines
        is_web = self.chance(0.1)  # else a list of addressees stays together
        heads = (precedence, group, "FM ", "TO ", "INFO ", "BT", "ATTENTION", "ADMIN")
        apart = [["", line] if is_web or line.startswith(heads) else [line] for line in lines]
        return [line for one in apart for line in one][1 if is_web else 0 :]

    def _addressed(self) -> list[str]:
        """FM, TO and INFO; the answers know each with its routing and office."""
        office = f"//{self.office}//" if self.office else ""
        uc = self.dice.choice(("", "(UC)", "(uc)")) if self.form == "marine" else ""
        to: list[tuple[str | None, str, str | None]] = [(None, self.title, None)]
        if self.form == "janap" and self.chance(0.2):
            to.append(("ZEN", "NAVADMIN @ AL NAVADMIN", None))
        if self.form == "marine":
            to = [(None, f"{self.dice.choice(('AL ', ''))}MARADMIN", None)]
        if self.form == "ship":
            to = [(None, "COMLAMPGRU TEN", None), *to[:0]]
            if self.chance(0.4):
                to.append((self.dice.choice((None, "RUVELMA")), "USS SAINT ILDE", None))
        info: list[tuple[str | None, str, str | None]] = []
        if self.form not in ("marine", "coast"):
            for _ in range(self.dice.choice((0, 0, 1, 1, 2, 4))):
                name = f"{self.dice.choice(_COMMANDS)} {self.dice.choice(POSTS)}"
                routing = self.dice.choice((None, None, "RUKCAPE", "ZEN")) if self.form != "bare" else None
                info.append((routing, name, self.dice.choice((None, None, "N3"))))
        self.made.answers["addressees"] = [("TO", *one) for one in to] + [("INFO", *one) for one in info]

        def listed(kind: str, names: list[tuple[str | None, str, str | None]]) -> list[str]:
            typed = [
                f"{f'{routing}/' if routing else ''}{name}{f'//{its}//' if its else ''}{uc}"
                for routing, name, its in names
            ]
            return [f"{kind} {one}" if i == 0 else one for i, one in enumerate(typed)]

        return [f"FM {self.origin}{office}{uc}", *listed("TO", to), *listed("INFO", info)]

    def _class_line(self) -> str:
        spaced = {"SECRET": "S E C R E T", "CONFIDENTIAL": "C O N F I D E N T I A L"}
        line = spaced.get(self.classed, "UNCLAS")
        if self.form == "marine":
            self.ssic = None
            return self.dice.choice(("UNCLASSIFIED", "UNCLASSIFIED//", "UNCLASSIFIED/"))
        if self.ssic and self.form != "mail":
            return f"{line}{self.dice.choice((' ', ' ', ' ', '', '  '))}//N{self.ssic:0>5}//"
        return line

    def _numbers(self) -> list[str]:
        """What stands between the class line and the sets."""
        if self.ssic and self.form != "coast":
            self.ssic = f"{self.ssic:0>5}"
        year = self.year % 100
        number = f"{self.title} {self.number:03}/{year:02}"
        office = self.office or "N1"
        passing = ["PASS TO OFFICE CODES:", f"FM {self.origin}//{office}//", f"TO {self.title}"]
        if self.form == "ship":
            return []
        if self.form == "coast":
            note = ["COMDTNOTE " + self.ssic] if self.ssic and self.chance(0.5) else []
            if self.ssic:
                self.ssic = f"{self.ssic:0>5}"
            return [number, *note]
        if self.corrected:
            number += self.dice.choice((" CORRECTED COPY", "  CORRECTED COPY", " (CORRECTED COPY)"))
        blank = [""] if self.airy else []
        if self.form == "janap" and self.chance(0.1):
            blank = ["", "***THIS IS A 2 SECTION MESSAGE COLLATED BY DMDS***", ""]
        if self.form == "mail":
            self.ssic = None
            passing = passing[:2] if self.chance(0.5) else passing
            shape = self.dice.choice(([], ["passing", "number"], ["number", "passing"], ["number", "passing"]))
            if not shape:
                return [*blank, number, *blank]
            return [line for part in shape for line in (*blank, *(passing if part == "passing" else [number]))]
        if self.form == "janap" and self.chance(0.2):  # the whole once more, for a second system
            again = f"UNCLAS //N{self.ssic}//" if self.ssic else "UNCLAS"
            return [*passing, again, *blank, number, *blank]
        return [*blank, number, *blank]

    # --- the sets ---------------------------------------------------------------------------------

    def _sets(self) -> list[list[str]]:
        """MSGID, SUBJ, REF, NARR, POC: each as its lines, or its words where they will be jammed."""
        made, dice = self.made, self.dice
        subject_ = self.pen.title(dice.randint(1, 8))
        if self.corrected and self.chance(0.3):
            subject_ += " (CORRECTED COPY)"
        mark = "(U)" if self.form == "ship" and self.chance(0.5) else None
        made.answers |= {"subject": subject_, "subject mark": mark}
        if self.form == "coast":
            return self._coast_sets(subject_)
        colon = self.chance(0.06)
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
                self.pen.cased("The lamp regulations of the Port Orrin pilots and their boats") + f" 1{place}",
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
        count = dice.choice((0, 0, 1, 1, 2, 3, 6))
        sets: list[list[str]] = []
        cited, notes = [], []
        open_ended = self.chance(0.06)  # no "//" behind a REF: a line for each
        for place in range(count):
            label = "ABCDEF"[place]
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
                sets[place] = [*sets[place], *self.pen.set(f"AMPN/REF {label} IS {note}.//".split())]
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
            notes.append(note)
            shape = self.dice.choice(("REF {} is", "REF {} is", "REF ({}) is", "Ref {} is"))
            told.append(f"{self.pen.cased(shape.format(label))} {note}.".split())
        told[-1][-1] = told[-1][-1][: -1 if self.chance(0.2) else None]
        told[-1][-1] += "" if self.chance(0.06) else "//"
        first_ = f"{name}/{space}"
        if apart:
            return [line for i, words in enumerate(told) for line in self.pen.set(words, first_ if i == 0 else "")]
        return self.pen.set((word for words in told for word in words), first_)

    def _contacts(self) -> list[list[str]]:
        names, sets = [], []
        for _ in range(self.dice.choice((0, 0, 1, 2))):
            name = f"J. {self.dice.choice(NAMES)}".upper()
            names.append(name)
            fields = [
                f"POC/{name}/LT/{self.origin}", f"/LOC:{self.dice.choice(('', ' '))}PORT ORRIN",
                "/TEL:(555)555-0142", f"/EMAIL:{self.dice.choice(('', ' '))}J.ROE(AT)LAMP.EXAMPLE//",
            ]  # fmt: skip
            if self.chance(0.4):
                sets.append([fields[0] + fields[1], fields[2] + fields[3]])
            else:
                sets.append(self.pen.set("".join(fields).split(" ")))
        self.made.answers["points of contact"] = names
        return sets

    def _jammed(self, sets: list[list[str]]) -> list[str]:
        """The sets one below the other; or several in one run of lines, where mail put them."""
        if self.form in ("mail", "janap", "bare") and self.chance(0.1) and not self.is_wide:
            place = self.dice.randrange(len(sets))
            run = [word for lines in sets[place:] for word in " ".join(lines).split(" ")]
            if all(lines[-1].endswith("//") for lines in sets[place:]) and "/" not in {w[0] for w in run if w}:
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
        self.indent = dice.choice(("", "    ", "    ", "     ")) if self.form != "marine" else ""
        self.hang = dice.choice((0, 0, 0, 1, 2)) if self.indent else 0
        opener = dice.choice(("RMKS/", "RMKS/", "GENTEXT/REMARKS/", "RMKS/ ", "RMKS ", "GENTEXT/RMKS/"))
        lines: list[str] = []
        if self.form == "coast" or self.chance(0.05):  # the set has a line of its own
            lines, opener = [] if self.form == "coast" else [opener.rstrip()], ""
        count = dice.randint(1, 7)
        for number in range(1, count + 1):
            lines += self._item(f"{number}.", 0, opener if number == 1 else "", number)
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
        for place in range(self.dice.randint(2, 4)):
            label = style.replace("A", "ABCD"[place]).replace("a", "abcd"[place])
            label = label.replace("1", str(place + 1))
            if "{n}" in style:
                label = above + ("ABCD"[place] if level == 1 else str(place + 1)) + "."
            lines += self._item(label, level, "", number if level < 3 and self.chance(0.3) else 0)
        return lines

    def _paragraph(self, label: str, mark: str, words: list[str], level: int, opener: str = "") -> list[str]:
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
        return self._paragraph(f"{number}.", "", self.pen.cased(f"Released by {who}, N1.").split(), 0)

    # --- tables -----------------------------------------------------------------------------------

    def _table(self) -> list[str]:
        lines = self.dice.choice((self._names, self._codes, self._dates, self._address))()
        words = tuple(word for line in lines for word in line.split())
        self.text.append((("set", "", "", words), None))
        return lines

    def _names(self) -> list[str]:
        """Names in two columns, under titles set in the middle."""
        case = str.upper if not self.mixed else str
        people = [
            f"{case(f'{self.dice.choice(NAMES)} {given} {letter}'):<22}{self.dice.randint(1000, 7000)}"
            for given in ("Mark", "Annette", "Thomas", "Ida", "Karl")
            for letter in self.dice.choice(("AB", "CDE", "F"))
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
        rows = [
            f"{code:<12}{self.dice.randint(1000, 9999):<12}{self.dice.randint(0, 9)}.5     {self.dice.randint(0, 9)}.0     {number}.0"
            for number, code in enumerate(("HM", "ND", "CTI", "SB", "MN")[: self.dice.randint(2, 5)])
        ]
        return ["RATING      NEC         ZONE A  ZONE B  ZONE C", *rows]

    def _dates(self) -> list[str]:
        shape = self.dice.choice((" - ", "  "))
        return [
            f"    {10 + i} {self.month} {self.year % 100:02}{shape}{self.pen.cased(f'Lamps and buoys of the {one} line')}"
            for i, one in enumerate(("first", "second", "third"))
        ]

    def _address(self) -> list[str]:
        return [self.pen.cased(f"    {line}") for line in (
            "Commander, Harbor Lamps (N4)", "5720 Pilot Stairs", f"{self.post} {self.dice.randint(10000, 99999)}-0000",
        )]  # fmt: skip

    # --- the end, pages and sections --------------------------------------------------------------

    def _tail(self) -> list[str]:
        blank = [""] if self.airy else []
        if self.form == "mail" and self.chance(0.05):
            return [f"BT #{self.serial:04} NNNN"]
        tail = [*blank, "BT", f"#{self.serial:04}", *[""] * self.dice.choice((0, 0, 2, 7)), "NNNN"]
        shape = self.dice.choice(("full", "full", "full", "no serial", "BT", "none"))
        if self.form == "bare" or shape == "none":
            return []
        if shape == "no serial":
            tail.remove(f"#{self.serial:04}")
        if shape == "BT":
            return [*blank, "BT"]
        return [*tail, *(["UNCLASSIFIED//"] if self.form == "mail" and self.chance(0.6) else [])]

    def _pages(self, lines: list[str]) -> list[str]:
        """The text with a page line wherever twenty lines are full."""
        found: list[str] = []
        every_ = self.dice.randint(12, 20)
        blanks = [""] * self.dice.choice((0, 1, 3))
        for place, line in enumerate(lines):
            if place and place % every_ == 0:
                found += [*blanks, f"PAGE {place // every_ + 1:02} {self.route}{self.serial:04} {self._short()}"]
            found.append(line)
        return found

    def _short(self) -> str:
        return {"SECRET": "S E C R E T", "CONFIDENTIAL": "C O N F I D E N T I A L"}.get(self.classed, "UNCLAS")

    def _sections(self, head: list[str], class_line: str, text: list[str]) -> list[str]:
        """The message in two sections, each with the whole heading; cut at any line of the text."""
        self.made.style.append("sections")
        opens = next(i for i, line in enumerate(text) if line.startswith(("RMKS", "GENTEXT")))
        places = [i for i in range(opens + 1, len(text)) if text[i].strip() and text[i - 1].strip()]
        if not places:
            return [*head, class_line, *text, *self._tail()]
        cut = self.dice.choice(places)
        code = class_line.partition("//")
        short = code[0].rstrip()
        ends = ["BT", f"#{self.serial:04}", "NNNN", ""]
        second = self.dice.choice((f"{short} SECTION 02 OF 02", f"{short} FINAL SECTION OF 02"))
        one = [f"{short} SECTION 01 OF 02 {code[1]}{code[2]}".rstrip(), *text[:cut]]
        return [*head, *self._pages(one), *ends, *head, second, *text[cut:], *ends[:-1]]


if __name__ == "__main__":
    main(make, told)
