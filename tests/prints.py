"""Fictional prints of State's archive and copies released on request, and what is in them.

Sheets with the copy's own furniture round either the Department's fields and a text of their own
time, or an old telegram. ``python -m tests.prints --count 2000 --seed S`` counts what fails.
"""

from __future__ import annotations

import random
from datetime import date

from convert.model import cable as model
from convert.model.facts import (
    addressees,
    banner_text,
    canonical_id,
    captions,
    instant,
    subject,
    tags,
)
from convert.model.walk import every, first
from convert.reader.read import Reading
from tests.fiction import (
    POSTS,
    Made,
    Pen,
    main,
    told_entries,
    told_levels,
    told_losses,
    told_references,
)
from tests.print_text import Writer

_WITHHELD = ("B1", "1.4(D)"), ("B1", "1.4(B)", "1.4(D)", "B6")


def make(seed: int) -> Made:
    """One copy; the same for the same seed."""
    return _Maker(random.Random(seed)).made


def told(reading: Reading) -> dict[str, object]:
    """What the reader made of a copy, under the names of the answers."""
    cable = reading.cable
    origin, titled, order = (
        first(cable, model.Origin),
        subject(cable),
        first(cable, model.ExecutiveOrder),
    )
    signed = first(cable, model.Signature)
    entries = told_entries(reading, {"preformatted": "set", "table": "set"})
    by = first(cable, model.Authority)
    marks = [
        mark for mark in every(cable, model.ReleaseMark) if mark.exemptions or mark.released_on
    ]
    fields: dict[model.RecordKind, dict[str, str | None]] = {}
    for record in every(cable, model.Record):
        said = {field.name: field.value.text if field.value else None for field in record.fields}
        fields.setdefault(record.kind, {}).update(said)
    return {
        "number": canonical_id(cable),
        "date": instant(cable),
        "origin": origin and origin.name.text,
        "addressees": [
            (kind.value, " ".join(filter(None, (one.name, one.precedence, one.number))))
            for kind, one in addressees(cable)
        ],
        "class": banner_text(cable),
        "captions": list(captions(cable)),
        "order": order and order.order,
        "tags": [tag.text for tag in tags(cable)],
        "subject": titled and titled.title.text,
        "references": [(label, typed) for label, typed, _ in told_references(reading)],
        "outer": fields.get(model.RecordKind.PRINT, {}),
        "tail": fields.get(model.RecordKind.TAIL, {}),
        "signature": list(signed.names) if signed else [],
        "released on": sorted({mark.released_on for mark in marks if mark.released_on}),
        "exemptions": [code for mark in marks for code in mark.exemptions],
        "authority": by and (str(by.name).lower(), list(by.reasons)),
        "text": [one for one in entries if one[0] == "paragraph"],
        "tables": [one for one in entries if one[0] == "set"],
        "headings": [one for one in entries if one[0] == "heading"],
        "sequence": [one[0] for one in entries if one[0] != "signature"],
        "levels": told_levels(reading),
        "lost": told_losses(reading),
    }


class _Maker(Writer):
    def __init__(self, dice: random.Random) -> None:
        super().__init__(dice)
        self.write()

    def write(self) -> None:
        made, sent = self.made, self.sent
        made.style += [self.form, self.classed, str(self.year), f"margin {len(self.margin)}"]
        controls = [one for one in self.captions if one in ("SENSITIVE", "NOFORN")]
        made.answers |= {
            "number": f"{sent:%y}{self.post.replace(' ', '')}{self.serial}",
            "date": sent,
            "origin": f"AMEMBASSY {self.post}",
            "class": "//".join([self.classed, *controls]),
            "captions": self.captions, "tags": self.tags, "subject": self.subject,
            "references": [
                (label if len(self.references) > 1 else None, typed)
                for label, typed in self.references
            ],
            "tail": {}, "lost": [],
        }  # fmt: skip
        self.is_archived = self.form == "archive" or (self.form == "native" and self.chance(0.5))
        lines = self._native() if self.form == "native" else self._telegram()
        top = self._released()
        if self.form == "native" and top and made.answers["class"] == "UNCLASSIFIED":
            made.answers["class"] = None  # the copy's own class, which tells nothing of the cable's
        if self.form == "archive":
            lines = [*self._outer(), "", *lines, *self._below()]
        made.answers |= {
            "text": [e for e, _ in self.entries if e[0] == "paragraph"],
            "tables": [e for e, _ in self.entries if e[0] == "set"],
            "headings": [e for e, _ in self.entries if e[0] == "heading"],
            "sequence": [e[0] for e, _ in self.entries],
            "levels": [level for _, level in self.entries if level is not None],
            "exemptions": [code for codes in self.codes for code in codes],
        }  # fmt: skip
        made.text = "\n".join(self._sheets(top, lines)).encode()

    # --- the copy: sheets, strips and stamps ------------------------------------------------------

    def _released(self) -> list[str]:
        """The stamp above the first sheet of a copy released on request."""
        if self.is_archived or self.chance(0.2):
            return []
        codes = self.dice.choice(((), ("B6",), *_WITHHELD[: 2 * (self.classed != "UNCLASSIFIED")]))
        if codes:
            self.codes.insert(0, codes)
        typed = ",".join(codes)
        stamp = f"RELEASE IN PART {typed}" if codes else "RELEASE IN FULL"
        indent = " " * self.dice.choice((0, 60))
        if codes and self.chance(0.3):
            return [f"{indent}RELEASE IN PART", f"{indent}{typed}", ""]
        return [f"{indent}{stamp}", ""]

    def _sheets(self, top: list[str], lines: list[str]) -> list[str]:
        """The lines on sheets, cut wherever one is full; each with the furniture of the copy."""
        dice = self.dice
        sheets: list[list[str]] = []
        place = 0
        while place < len(lines):
            end = min(len(lines), place + dice.randint(22, 48))
            while end < len(lines) and not any(line.strip() for line in lines[end:]):
                end += 1
            while not self.numbered and end < len(lines) and _is_doubtful(lines, end):
                end += 1
            while self.pen.is_cut and end < len(lines) and _is_beside_class(lines, end):
                end += 1
            sheets.append(lines[place:end])
            place = end
        day = date(dice.randint(2011, 2026), dice.randint(1, 12), dice.randint(1, 28))
        case = (
            "UNCLASSIFIED U.S. Department of State Case No. "
            f"F-{day.year}-{dice.randint(10000, 39999)} "
            f"Doc No. C0{dice.randint(5000000, 6999999)} Date: {day:%m/%d/%Y}"
        )
        document = f"C0{dice.randint(5000000, 6999999)}"
        case = dice.choice((case, case, f"{document}{case}", f"{document} {case}"))
        strip = (
            f"{' ' * 38}CSP-2025-000{dice.randint(10, 99)}    B-0000"
            f'{dice.randint(1000000, 9999999)}   "UNCLASSIFIED"   {day.month}/{day.day}/{day.year}'
        )
        stamped = [
            "Released in Full",
            "Jane Q. Roe, Acting-Director",
            "US Department of State",
            f"{day.month}/{day.day}/{day.year}",
        ]
        has_strip, stamps = self.chance(0.7), self.chance(0.7) and self.is_archived
        self.made.answers["released on"] = [day] if stamps else []
        own = self.classed if self.classed != "UNCLASSIFIED" else "UNCLASSIFIED"
        sensitive = ["SBU"] if own == "UNCLASSIFIED" and "SENSITIVE" in self.captions else []
        feed = dice.choice(("", "\f"))
        out: list[str] = []
        for number, sheet in enumerate(sheets, 1):
            body = [self.margin + line if line else line for line in sheet]
            figure = dice.choice((" 1", " 1", "l")) if number == 1 else f" {number}"
            page = f"Page{figure} of {len(sheets)}"
            if self.form == "request":
                out += [
                    feed * (number > 1) + case,
                    "",
                    *(top if number == 1 else []),
                    *body,
                    "",
                    case,
                ]
            elif self.is_archived:
                head = [
                    feed * (number > 1) + "UNCLASSIFIED",
                    *(["", strip] if has_strip else []),
                    "",
                    "",
                ]
                if number == 1:
                    head += [f"{' ' * 55}{own}", ""]
                foot = [
                    "",
                    *(f"{' ' * 43}{line}" for line in stamped if stamps and number < 3),
                    "",
                    f"UNCLASSIFIED{' ' * 80}{page}",
                ]
                last = ["", f"{' ' * 55}{own}", ""] if number == len(sheets) else [""]
                out += [*head, *body, *last, *foot]
            else:
                head = [feed * (number > 1) + own, *sensitive, ""]
                foot = ["", f"{' ' * 53}{own}", *(f"{' ' * 53}{one}" for one in sensitive), page]
                out += [*head, *(top if number == 1 else []), *body, *foot, ""]
        return out

    # --- the Department's fields ------------------------------------------------------------------

    def _fields(self, pairs: list[tuple[str, str]]) -> list[str]:
        """The fields in columns, the value going on below itself; or one blank behind the colon."""
        wide = self.column
        lines: list[str] = []
        for name, value in pairs:
            key = f"{name}:"
            words = value.split(" ")
            held = Pen(self.dice, upper=False, width=wide + 50)
            held.is_wide = held.is_reset = False
            lead = f"{key:<{wide - 1}} " if wide else f"{key} "
            lines += held.set(words, lead, " " * wide) if wide else [f"{lead}{value}"]
        return lines

    def _outer(self) -> list[str]:
        """The fields above an old telegram: the archive's words, not the telegram's."""
        self.column = self.dice.choice((0, 16, 28))
        sent = self.sent
        action = "WASHDC, SECSTATE ROUTINE"
        if self.chance(0.4):
            action += f"; {self.dice.choice(POSTS)}, AMCONSUL ROUTINE"
        pairs = [
            ("MRN", f"{sent:%y} {self.post} {self.serial}"),
            (
                "Date/DTG",
                f"{self.month.title()} {sent:%d}{self.dice.choice((' ', ''))}, {sent.year} / "
                f"{sent:%d}0000Z {self.month.title()} {sent:%y}",
            ),
            ("From", f"AMEMBASSY {self.post}"),
            ("Action", action),
            ("E.O.", "Unknown"),
            ("TAGS", ", ".join([*self.tags, "HARBOR LAMP", "(ROE, JANE)"])),
            *([("Captions", ", ".join(self.captions))] if self.captions else []),
            ("Reference", "n/a"),
            ("Subject", self.subject),
        ]  # fmt: skip
        self.made.answers["outer"] = {n: None if v == "n/a" else v for n, v in pairs}
        return self._fields(pairs)

    def _below(self) -> list[str]:
        name = self.dice.choice(("Dissemination Rule: ", "Dissemination Rule :      "))
        self.made.answers["tail"] = {"Dissemination Rule": "Archive Copy"}
        return ["", "", f"{name}Archive Copy"]

    def _native(self) -> list[str]:
        """A text of the Department's present system: its fields are the heading."""
        self.column = self.dice.choice((0, 16, 16, 28))
        sent, dice = self.sent, self.dice
        to = [("SECSTATE WASHDC", dice.choice(("ROUTINE", "PRIORITY", "IMMEDIATE")))]
        info = [
            (f"AMEMBASSY {post}", "ROUTINE") for post in dice.sample(POSTS, dice.choice((0, 1, 2)))
        ]
        labelled = " ".join(f"{label}) {typed}" for label, typed in self.references)
        if len(self.references) == 1:
            labelled = self.references[0][1]
        order = {"UNCLASSIFIED": "13526"}.get(
            self.classed, f"13526: DECL: {sent:%m/%d}/{sent.year + 10}"
        )
        pairs = [
            ("MRN", f"{sent:%y} {self.post} {self.serial}"),
            (
                "Date/DTG",
                f"{self.month.title()} {sent:%d}, {sent.year} / "
                f"{sent:%d%H%M}Z {self.month} {sent:%y}",
            ),
            ("From", f"AMEMBASSY {self.post}"),
            ("Action", f"WASHDC, SECSTATE {to[0][1]}"),
            ("E.O.", order),
            ("TAGS", ", ".join(self.tags)),
            *([("Captions", ", ".join(self.captions))] if self.captions else []),
            *([("Reference", labelled)] if self.references else []),
            ("Subject", self.subject),
        ]  # fmt: skip
        self.made.answers |= {
            "order": "13526",
            "addressees": [("TO", " ".join(one)) for one in to]
            + [("INFO", " ".join(one)) for one in info],
            "signature": [self.surname],
        }
        lines = [*self._fields(pairs), "", *self._text(), ""]
        bureau = f"{self.post}:{self.surname}, Jane"
        tail = [
            ("Drafted By", bureau),
            ("Cleared By", "POL:Ashdown, Ida; ECON:Pell, Karl"),
            ("Approved By", f"EXEC:{self.surname}"),
            ("Released By", bureau),
        ]
        tail = tail if self.chance(0.7) else [tail[0], *tail[2:]]
        last = [("Dissemination Rule", "Archive Copy")] if self.chance(0.8) else []
        self.made.answers["tail"] = dict([*tail, *last])
        listed = [("Info", "; ".join(" ".join(one) for one in info))] if info else []
        return [*lines, *self._fields([("Signature", self.surname), *tail, *listed, *last])]


def _is_doubtful(lines: list[str], end: int) -> bool:
    """Whether a sheet would end between two sentences: in a text without numbers nothing tells."""
    return bool(lines[end].strip()) and lines[end - 1].endswith((".", ":"))


def _is_beside_class(lines: list[str], end: int) -> bool:
    """Whether a sheet would end beside a class alone, which may be a word of a sentence."""
    return any(one.strip() in ("SECRET", "CONFIDENTIAL") for one in lines[end - 2 : end + 2])


if __name__ == "__main__":
    main(make, told)
