"""Fictional messages of the services (GENADMIN, JANAP 128), as their senders set them, and answers.

``python -m tests.messages --count 2000 --seed S`` counts what the reader has not.
"""

from __future__ import annotations

import random
import re

from convert.model import cable as model
from convert.model.facts import addressees, banner_text, canonical_id, instant, subject
from convert.model.walk import every, first
from convert.reader.read import Reading
from tests.fiction import (
    POSTS,
    Made,
    main,
    told_entries,
    told_levels,
    told_losses,
    told_references,
)
from tests.message_text import COMMANDS, Writer

_SETS = {"preformatted": "set", "table": "set", "heading": "set"}


def make(seed: int) -> Made:
    """One message; the same for the same seed."""
    return _Maker(random.Random(seed)).made


def told(reading: Reading) -> dict[str, object]:
    """What the reader made of a message, under the names of the answers."""
    cable = reading.cable
    group, origin = first(cable, model.DateTimeGroup), first(cable, model.Origin)
    titled, numbered = subject(cable), re.compile(r"//N?(\d{4,5})//")
    banners = " ".join(
        p.text for b in every(cable, model.Banner) for p in b.lines if isinstance(p, model.Typed)
    )
    sets = list(every(cable, model.MessageSet))
    codes = [s.fields[0].text for s in sets if s.name in ("SSIC", "COMDTNOTE") and s.fields]
    references = told_references(reading)
    entries = [entry for entry in told_entries(reading, _SETS) if entry[0] != "note"]
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


class _Maker(Writer):
    def __init__(self, dice: random.Random) -> None:
        super().__init__(dice)
        self.write()

    def write(self) -> None:
        made = self.made
        made.style += [self.form, str(self.year), f"width {self.pen.width}"]
        made.answers |= {
            "date": self.sent, "class": self.classed, "lost": [],
            "origin": self.origin + (f"//{self.office}//" if self.office else ""),
            "number": f"{self.title} {self.number:03}/{self.year % 100:02}",
        }  # fmt: skip
        if self.form == "ship":
            made.answers["number"] = (
                f"{self.year % 100:02}{self.post.replace(' ', '')}{self.number}"
            )
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
        text_ = (
            "\n".join(line + trail if line or self.chance(0.5) else line for line in lines) + "\n"
        )
        if self._may_be_joined() and self.chance(0.2):  # as forums and feeds show a message
            made.style.append("one line")
            text_ = " ".join(text_.split()) + "\n"
        coding = self.dice.choice(("cp1252", "utf-8")) if self.is_curly else "ascii"
        if self.chance(0.25):
            text_ = text_.replace("\n", "\r\n")
        made.text = text_.encode(coding)

    def _may_be_joined(self) -> bool:
        """Whether nothing is lost with the line ends: no table, no list of addressees."""
        known = self.made.answers
        told, addressed = known["order"], known["addressees"]
        assert isinstance(told, list)
        assert isinstance(addressed, list)
        plain = "set" not in told and [label for (_, label, *_), _ in self.text].count("") == 0
        plain = plain and not {"website", "copied"} & set(self.made.style)
        plain = plain and self.labels[1] != "-"
        return self.form == "mail" and plain and len(addressed) < 3 and self.ssic is None

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
                top.insert(
                    0,
                    f"Date Signed: {sent.month}/{sent.day}/{sent.year} | MARADMINS Number: "
                    f"{self.number:03}/{sent:%y}",
                )
            return [*top, *lines[: -1 if self.chance(0.3) else None]]
        if self.form in ("coast", "bare"):
            return lines
        stamp = f"{sent:%j%H%M}"
        relay = f" ZUI RUENAAA{self.serial:04} {stamp}" if self.chance(0.5) else ""
        head = [
            f"{precedence[0]}{dice.choice(('TT', 'AA', 'TA'))}{letter}ZYUW "
            f"{self.route}{self.serial:04} {stamp}-{letter * 4}"
            f"--RUORRIN{dice.choice(('.', '', ' RHVELL.'))}",
            f"{'ZNR' if letter == 'U' else 'ZNY'} {letter * 5}{relay}",
        ]
        strip = [
            "TO   NAVADMIN",
            "     NAVADMIN @ AL NAVADMIN(UC)",
            "",
            f"INFO {self.origin}",
            "",
            "",
        ]
        if self.form == "ship" and self.chance(0.4):
            head.insert(0, f"VZCZC{self.route[2:5]}{self.serial % 1000:03}")
        return [*(strip if self.form == "janap" and self.chance(0.15) else []), *head, *lines]

    def _mail_head(self, precedence: str, group: str, addressed: list[str]) -> list[str]:
        lines = [
            self.dice.choice(("", "", "CLASSIFICATION: "))
            + f"UNCLASSIFIED{self.dice.choice(('//', '', '/'))}",
            *self.dice.choice(([], [], ["ATTENTION INVITED TO"], ["ADMINISTRATIVE MESSAGE"])),
            precedence, group, *addressed, "BT",
        ]  # fmt: skip
        if self.year > 2018 and self.chance(0.1):  # a page of the web stands above it
            self.made.style.append("website")
            site = ["An official website of the United States government", "Here's how you know"]
            lines = [*site, "", self.pen.title(4), "", *lines]
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
                name = f"{self.dice.choice(COMMANDS)} {self.dice.choice(POSTS)}"
                routing = (
                    self.dice.choice((None, None, "RUKCAPE", "ZEN"))
                    if self.form != "bare"
                    else None
                )
                info.append((routing, name, self.dice.choice((None, None, "N3"))))
        self.made.answers["addressees"] = [("TO", *one) for one in to] + [
            ("INFO", *one) for one in info
        ]

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
        whole = self._numbered(number)
        if whole:
            return whole
        if self.corrected:
            number += self.dice.choice((" CORRECTED COPY", "  CORRECTED COPY", " (CORRECTED COPY)"))
        blank = [""] if self.airy else []
        if self.form == "janap" and self.chance(0.1):
            blank = ["", "***THIS IS A 2 SECTION MESSAGE COLLATED BY DMDS***", ""]
        if self.form == "mail":
            self.ssic = None
            passing = passing[:2] if self.chance(0.5) else passing
            shape = self.dice.choice(
                ([], ["passing", "number"], ["number", "passing"], ["number", "passing"])
            )
            if not shape:
                return [*blank, number, *blank]
            return [
                line
                for part in shape
                for line in (*blank, *(passing if part == "passing" else [number]))
            ]
        if self.form == "janap" and self.chance(0.2):  # the whole once more, for a second system
            again = f"UNCLAS //N{self.ssic}//" if self.ssic else "UNCLAS"
            return [*passing, again, *blank, number, *blank]
        return [*blank, number, *blank]

    def _numbered(self, number: str) -> list[str]:
        """Shapes that only some years have: a copy of the subject for mail, a part of several."""
        year, office = self.year % 100, self.office or "N1"
        passing = f"FM {self.origin}//{office}// TO {self.title} INFO {self.origin}//{office}//"
        if self.form == "mail" and self.year < 2014 and self.chance(0.3):
            again = f"SUBJ: {self.pen.title(5)} UNCLASSIFIED/ {passing}".split(" ")
            code = [f"UNCLAS//N{self.ssic}//"] if self.ssic else []
            self.made.style.append("copied")
            return ["QQQQ", *self.pen.set(again), *code, "", number, ""]
        if self.form == "janap" and self.year < 2008 and self.chance(0.1):
            day = f"{self.sent:%d%H%M}Z {self.month} {year:02}"
            part = f"PART TWO OF THREE. PART ONE IDENT DTG {day}. PART THREE IDENT DTG {day}."
            return [number, *self.pen.set(part.split(" "))]
        if self.form == "janap" and self.corrected and self.chance(0.3):
            return [f"{number} CORRECTED COPY", f"REF DTG R 241618Z {self.month} {year:02}"]
        return []

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
                found += [
                    *blanks,
                    f"PAGE {place // every_ + 1:02} {self.route}{self.serial:04} {self._short()}",
                ]
            found.append(line)
        return found

    def _short(self) -> str:
        return {"SECRET": "S E C R E T", "CONFIDENTIAL": "C O N F I D E N T I A L"}.get(
            self.classed, "UNCLAS"
        )

    def _sections(self, head: list[str], class_line: str, text: list[str]) -> list[str]:
        """The message in two sections, each with the whole heading; cut at any line of the text."""
        self.made.style.append("sections")
        opens = next(i for i, line in enumerate(text) if line.startswith(("RMKS", "GENTEXT")))
        places = [i for i in range(opens + 2, len(text)) if text[i].strip() and text[i - 1].strip()]
        if not places:
            return [*head, class_line, *text, *self._tail()]
        cut = self.dice.choice(places)
        code = class_line.partition("//")
        short = code[0].rstrip()
        ends = ["BT", f"#{self.serial:04}", "NNNN", ""]
        again = head[next(i for i, line in enumerate(head) if "YUW " in line) :]
        second = self.dice.choice((f"{short} SECTION 02 OF 02", f"{short} FINAL SECTION OF 02"))
        one = [f"{short} SECTION 01 OF 02 {code[1]}{code[2]}".rstrip(), *text[:cut]]
        return [*head, *self._pages(one), *ends, *again, second, *text[cut:], *ends[:-1]]


if __name__ == "__main__":
    main(make, told)
