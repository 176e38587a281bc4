"""The words, paragraphs and lists of fictional records (``tests.records``), and what is in them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

_VOCABULARY = """
THE HARBOR MASTER OF PORT ORRIN SAID THAT HIS LAMPS AND BUOYS WERE COUNTED TWICE BY A SURVEY PARTY
FROM THE MINISTRY WHICH HAD NO ORDERS TO DO SO BUT ASKED FOR TEA FISH ROPE TAR SALT AND A SECRET
BALLOT ON THE CONFIDENTIAL TREATY INFO FM PAGE NOTE UNCLASSIFIED PAPERS TO BE READ IN COUNCIL 1978
25 (PROTECT) $US 412.5 MILLION EMBASSY BELIEVES FERRY-BOATS ARE LATE (GARBLE) XXXXXXXXXX REFTEL
"""
_WORDS = _VOCABULARY.split()
_CLASSES = ("SECRET", "CONFIDENTIAL", "UNCLASSIFIED")


@dataclass
class Block:
    """A paragraph, heading or table as it must come out."""

    kind: str
    label: str
    mark: str
    words: tuple[str, ...]


@dataclass
class Made:
    """A record and what is in it."""

    text: str = ""
    id: str = ""
    sent: datetime = datetime(1979, 1, 1, tzinfo=UTC)
    origin: str = ""
    to: list[str] = field(default_factory=list)
    info: list[str] = field(default_factory=list)
    classification: str = ""
    captions: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    subject: str = ""
    references: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    signature: str = ""
    stamp: str = ""
    fields: dict[str, str | None] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)  # the codes of what does not agree


class Writer:
    """Writes the text; ``made`` takes what is in it, block by block."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.made = dice, Made()
        self.noted = False
        self.is_rewrapped = self.chance(0.2)  # mail software left a class word alone on its line

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    # --- the words --------------------------------------------------------------------------------

    def _some(self, count: int) -> list[str]:
        """Words of which the first and the last begin and end no line of another kind."""
        found = [self.dice.choice(_WORDS) for _ in range(count)]
        found[0], found[-1] = self.dice.choice(("LAMPS", "HARBOR", "SURVEY")), "FERRIES"
        return found

    def _sentences(self, count: int) -> list[str]:
        found: list[str] = []
        for _ in range(count):
            found += self._some(self.dice.randint(4, 30))
            found[-1] += "."
        return found

    def _set(self, words: list[str], first: int = 0, *, is_title: bool = False) -> list[str]:
        """The words in lines of a teleprinter."""
        lines, line = [], " " * 0
        width = 69 - first
        for word in words:
            is_cut = word in _CLASSES[:2] and self.is_rewrapped and len(line) > 45
            is_cut = is_cut and not (is_title or line.endswith(_CLASSES))
            if line and (is_cut or len(line) + 1 + len(word) > width):
                lines.append(line)
                line, width = "", 1 if is_cut else self.dice.randint(58, 69)
            line = f"{line} {word}" if line else word
        return [*lines, line]

    def _block(self, label: str, mark: str, words: list[str], before: str = "") -> list[str]:
        self.made.blocks.append(Block("paragraph", label, mark, tuple(words)))
        return [f"{before}{line}" if i == 0 else line for i, line in enumerate(
            self._set([*filter(None, (label, mark)), *words])
        )]  # fmt: skip

    def _text(self) -> list[str]:
        """The text's lines; a blank line is empty, and each block has one before it."""
        lines: list[str] = []
        numbered = self.dice.random() < 0.8
        marked = (
            numbered and self.made.classification != "UNCLASSIFIED" and self.dice.random() < 0.5
        )
        letter = {"SECRET": "(S)", "CONFIDENTIAL": "(C)"}.get(self.made.classification, "(U)")
        for number in range(1, self.dice.randint(2, 7)):
            if numbered and self.dice.random() < 0.2:
                lines += self._title()
            label = f"{number}." if numbered else ""
            mark = self.dice.choice((letter, "(U)")) if marked else ""
            words = self._sentences(self.dice.randint(1, 6))
            if number == 1 and self.chance(0.3):
                words = ["SUMMARY:", *words, "END", "SUMMARY."]
            is_quoting = numbered and self.chance(0.1)
            if is_quoting:
                words += ["THE", "LAMPS", "SAY:"]
            lines += ["", *self._block(label, mark, words)]
            if is_quoting:
                lines += self._quoted()
            elif numbered and self.dice.random() < 0.4:
                lines += self._list()
            if numbered and self.dice.random() < 0.2:
                lines += self._table()
        lines.append(self.made.signature)
        if self.noted:
            note = "NOTE BY OC/T: PASSED ABOVE ADDRESSEE."
            self.made.blocks.append(Block("note", "", "", tuple(note.split())))
            lines += ["", note]
        return lines

    def _title(self) -> list[str]:
        """A heading: bare, with rules below or on both sides, or rules on its own line."""
        title = " ".join(self._some(3))
        rule = "-" * len(title)
        lines = self.dice.choice(
            ([title], [title], [title, rule], [rule, title, rule], [f"--- {title} ---"])
        )
        words = (title if len(lines) > 1 else lines[0]).split()
        self.made.blocks.append(Block("heading", "", "", tuple(words)))
        return ["", *lines]

    def _quoted(self) -> list[str]:
        """What another said, between QUOTE and UNQUOTE."""
        words = self._sentences(self.dice.randint(1, 4))
        if self.chance(0.5):
            return ["", *self._block("", "", ["QUOTE:", *words, "UNQUOTE."])]
        self.made.blocks.append(Block("paragraph", "", "", ("QUOTE", *words, "UNQUOTE")))
        return ["", "QUOTE", *self._set(words), "UNQUOTE"]

    def _list(self, styles: tuple[str, ...] = ("A.", "(A)", "(1)", "-", "--")) -> list[str]:
        style = self.dice.choice(styles)
        lines: list[str] = []
        for place in range(self.dice.randint(2, 6)):
            label = style.replace("A", "ABCDEF"[place]).replace("1", str(place + 1))
            words = self._sentences(self.dice.randint(1, 2))
            lines += ["", *self._block(label, "", words, self.dice.choice(("", "  ")))]
            if style in ("A.", "(A)") and len(styles) > 1 and self.chance(0.1):
                lines += self._list(("(1)",))
        return lines

    def _table(self) -> list[str]:
        rows = [["YEAR", "LAMPS", "BUOYS"]]
        rows += [
            [str(1970 + i), f"{self.dice.randint(1, 9999)}.{i}", str(self.dice.randint(10, 999))]
            for i in range(self.dice.randint(3, 9))
        ]
        self.made.blocks.append(
            Block("preformatted", "", "", tuple(word for row in rows for word in row))
        )
        return ["", *(f"{a:<10}{b:<14}{c}" for a, b, c in rows)]
