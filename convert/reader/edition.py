"""Pass: the lines of an edition's TEI document, each with the kind of block that it stood in."""

from __future__ import annotations

from convert.diagnostics import Report
from convert.errors import UnreadableError
from convert.model.cable import Omission, Reason
from convert.model.data import replace
from convert.reader.lines import Cell, Marked
from convert.reader.markup import Maker, Token, attribute, tokens, well_formed
from convert.reader.tei.readings import read_tokens

# fmt: off
_BLOCKS = frozenset((
    "p", "ab", "div", "body", "text", "front", "back", "group", "opener", "closer", "salute",
    "byline", "postscript", "argument", "trailer", "attachment", "lg", "l", "list", "table",
    "quote", "figure", "TEI", "head", "dateline", "signed", "row", "cell", "item",
))
# fmt: on
_LISTS = {"subject": "subject", "references": "references", "ref": "references"}


def edition(text: str, report: Report) -> tuple[list[Marked], list[Omission]]:
    """Every line in source order, and what was left out. Raises UnreadableError for bad XML.

    The kinds of blocks are ``head``, ``source``, ``dateline``, ``number``, ``subject``,
    ``references``, ``title``, ``p``, ``labelled``, ``item`` (without a label), ``cell``,
    ``signed``, ``note``; ``outside``: what stands round the document.
    """
    well_formed(text)
    found = list(tokens(text, xml=True))
    documents = [token for token in found if _is_document(text, token)]
    if len(documents) > 1:
        raise UnreadableError(
            f"the edition holds {len(documents)} documents",
            'Split it, one document a file: each <div type="document"> by itself can be read.',
        )
    builder = _Builder(text, whole=not documents)
    for token in read_tokens(text, found, report):
        builder.take(token)
    lines, omissions = builder.made.result()
    marked = [line for line in lines if isinstance(line, Marked)]
    return sorted(marked, key=lambda line: line.span.start), omissions


def _is_document(text: str, token: Token) -> bool:
    if token.kind != "open" or _local(token) != "div":
        return False
    value = attribute(text, token, "type")
    return value is not None and value.of(text) == "document"


def _local(token: Token) -> str:
    return token.name.rpartition(":")[2]


class _Builder:
    """Takes the tokens in order."""

    def __init__(self, text: str, *, whole: bool) -> None:
        self.made = Maker(text)
        self._text = text
        self._open: list[str] = []
        self._lists: list[str] = []  # the kind of block of each open list's items
        self._document = 0 if whole else None  # how many elements are open round it; None: not yet
        self._closed = False
        self._notes = 0
        self._label = False  # a label was read, and nothing yet of what it is the label of
        self._tables = 0
        self._at: list[Cell] = []  # of each open table, the cell that was last begun

    def take(self, token: Token) -> None:
        """One token: a line begins, or goes on, or something is left out."""
        start, end = token.span.start, token.span.end
        in_header = "teiHeader" in self._open or _local(token) == "teiHeader"
        if in_header:
            self.made.omit(start, end, Reason.NAVIGATION)
        elif token.kind == "text":
            self._label = self._label and not token.span.of(self._text).strip()
            self.made.flow(start, end)
        elif token.kind == "characters":
            self.made.omit(start, start + len("<![CDATA["), Reason.MARKUP)
            self.made.flow(start + len("<![CDATA["), end - len("]]>"), references=False)
            self.made.omit(end - len("]]>"), end, Reason.MARKUP)
        elif token.kind == "open" and _local(token) == "note" and not token.empty:
            self._note(token)
        else:
            self.made.omit(start, end, Reason.MARKUP)
            if token.kind == "open":
                self._begins(token, _local(token))
        if token.kind == "open" and not token.empty:
            self._open.append(_local(token))
        elif token.kind == "close":
            self._open.pop()
            if not in_header:
                self._ends(_local(token))

    def _begins(self, token: Token, name: str) -> None:
        if self._document is None and _is_document(self._text, token):
            self._document = len(self._open)
        parent = self._open[-1] if self._open else ""
        if name == "list":
            value = attribute(self._text, token, "type")
            kind = _LISTS.get(value.of(self._text), "item") if value else "item"
            if not token.empty:
                self._lists.append(kind)
            self._begin(kind)
        elif self._label and name in ("item", "p"):
            self.made.blank()
        elif name == "lb":
            if self.made.block == "signed":
                self.made.begin("signed")
            self.made.blank()
        elif name in ("label", "item"):
            kind = self._lists[-1] if self._lists else "item"
            self._begin("labelled" if (name, kind) == ("label", "item") else kind)
        elif name == "head":
            self._begin(self._head())
        elif name in ("dateline", "signed"):
            self._begin(name)
        elif name == "seg" and parent == "opener":
            self._begin("number")
        elif name == "table" and not token.empty:
            self._tables += 1
            self._at.append(Cell(self._tables, 0, 0, label=False, wide=False))
            self._begin("p")
        elif name == "row" and self._at:
            label = self._value(token, "role") == "label"
            self._at[-1] = replace(self._at[-1], row=self._at[-1].row + 1, column=0, label=label)
        elif name == "cell":
            self._cell(token)
        elif name == "p" and parent in ("item", "cell", "signed"):
            self.made.blank()
        elif name in _BLOCKS:
            rend = attribute(self._text, token, "rend")
            titled = name == "p" and rend is not None and "title" in rend.of(self._text)
            self._begin("title" if titled else "p")

    def _ends(self, name: str) -> None:
        if name == "note":
            self.made.pop()
        elif name == "list":
            self._lists.pop()
            self._begin("p")
        elif name == "table":
            self._at = self._at[:-1]
            self._begin("p")
        elif name == "label":
            self._label = True
        elif name in _BLOCKS or (name == "seg" and self.made.block == "number"):
            self._begin("p")
        if self._document and len(self._open) == self._document:
            self._document, self._closed = None, True

    def _begin(self, block: str, cell: Cell | None = None) -> None:
        """A new line; in a note it stays the note's, outside of the document it is not its own."""
        if "note" in self._open:
            block, cell = self.made.block, None
        elif self._document is None:
            block, cell = "outside", None
        self.made.begin(block, cell=cell)

    def _cell(self, token: Token) -> None:
        cell = None
        if self._at:
            wide = any(self._value(token, name) not in ("", "1") for name in ("rows", "cols"))
            cell = replace(self._at[-1], column=self._at[-1].column + 1, wide=wide)
            self._at[-1] = cell
        self._begin("cell", cell)

    def _value(self, token: Token, name: str) -> str:
        """What an attribute says; nothing where there is none."""
        value = attribute(self._text, token, name)
        return value.of(self._text) if value else ""

    def _head(self) -> str:
        if self._at:
            return "title"
        if not self._lists:
            return "head"
        return "title" if self._lists[-1] == "item" else self._lists[-1]

    def _note(self, token: Token) -> None:
        """A note stands in the midst of a line; its number, where it has one, comes first."""
        start, end = token.span.start, token.span.end
        kind = attribute(self._text, token, "type")
        if kind is not None and kind.of(self._text) == "source":
            self.made.omit(start, end, Reason.MARKUP)
            self.made.push("source", 0, start)
            return
        self._notes += 1
        self.made.push("note", self._notes, start)
        number = attribute(self._text, token, "n")
        if number is None:
            self.made.omit(start, end, Reason.MARKUP)
            return
        self.made.omit(start, number.start, Reason.MARKUP)
        self.made.flow(number.start, number.end)
        self.made.omit(number.end, end, Reason.MARKUP)
        self.made.blank()
