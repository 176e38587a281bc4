"""WordprocessingML as text (ECMA-376 part 1, clause 17): paragraphs, runs, bookmarks, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from convert.model import regex as re
from convert.model.text import escaped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TAB = "<w:r><w:tab/></w:r>"
BREAK = "<w:r><w:br/></w:r>"
NBSP = "\u00a0"

_GUTTER = 260  # twips between two columns of a table; the style Cable Table has 216 of them
_LETTER, _CAPITAL = 105, 135  # of a table's text in bold, on the average
_NUMBER = re.compile(r"[-+(]?[$]?\d[\d,.]{0,30}[)%]?")
_RIGHT = '<w:jc w:val="right"/>'
KEEP_NEXT = "<w:keepNext/>"
KEEP_LINES = "<w:keepLines/>"
SHORT = 15  # lines or rows that a page's end does not part
_TEXT_NODE = 500_000  # characters; parsers refuse text nodes above 10 MB
_LINE_ENDS = re.compile("[\n\v\f\r\x85\u2028\u2029]")


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """A paragraph in a named style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def run(text: str, style: str | None = None, properties: str = "") -> str:
    """A run of text; whatever it says, it is text and no field."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    about = f"<w:rPr>{named}{properties}</w:rPr>" if named or properties else ""
    if len(text) <= _TEXT_NODE:
        return f'<w:r>{about}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
    chunks = (text[start : start + _TEXT_NODE] for start in range(0, len(text), _TEXT_NODE))
    nodes = (f'<w:t xml:space="preserve">{escaped(chunk)}</w:t>' for chunk in chunks)
    return f"<w:r>{about}{''.join(nodes)}</w:r>"


def lines(texts: Iterable[str], properties: str = "") -> str:
    """Typed lines in one paragraph, each with its columns."""
    return BREAK.join(run(unbroken(text), None, properties) for text in texts)


def unbroken(line: str) -> str:
    """A typed line with its columns, without tabs and stray line ends."""
    if line.isprintable():  # nearly every line
        return line
    return _LINE_ENDS.sub(" ", line.expandtabs(8))


class Anchors:
    """Bookmarks, numbered in the order in which they are set."""

    def __init__(self) -> None:
        self._last = 0

    def round(self, name: str, content: str) -> str:
        """A bookmark round content. Word takes names up to 40 characters."""
        self._last += 1
        return (
            f'<w:bookmarkStart w:id="{self._last}" w:name="{name}"/>{content}'
            f'<w:bookmarkEnd w:id="{self._last}"/>'
        )


def table(rows: Sequence[Sequence[str]], header: int, about: str, width: int) -> str:
    """A table with its columns as wide as their words ask for; ``width`` in twips.

    The first ``header`` rows repeat on every page (17.4.49); ``about`` is the alternative text.
    """
    columns = list(zip(*rows, strict=True))
    widths = _widths(columns, width)
    right = [_is_numeric(column[header:]) for column in columns]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    look = (
        f'<w:tblLook w:val="{"0020" if header else "0000"}" w:firstRow="{int(bool(header))}"'
        ' w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    last = len(rows) - 1 if len(rows) <= SHORT else header  # the row that needs none below it
    body = "".join(
        _row(row, widths, right, heads=number < header, kept=KEEP_NEXT if number < last else "")
        for number, row in enumerate(rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="CableTable"/><w:tblW w:w="{sum(widths)}"'
        f' w:type="dxa"/>{look}<w:tblCaption w:val="Table"/>'
        f'<w:tblDescription w:val="{escaped(about)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _widths(columns: Sequence[Sequence[str]], most: int) -> list[int]:
    """As wide as the columns ask for; where that is too much, none narrower than its words."""
    wanted = [_GUTTER + max(map(_wide, column)) for column in columns]
    if sum(wanted) <= most:
        return wanted
    least = [
        _GUTTER + max((_wide(word) for cell in column for word in cell.split()), default=400)
        for column in columns
    ]
    spare = most - sum(least)
    if spare < 0:
        return [max(_GUTTER, most * each // sum(least)) for each in least]
    more = [want - each for want, each in zip(wanted, least, strict=True)]
    return [each + spare * much // sum(more) for each, much in zip(least, more, strict=True)]


def _wide(text: str) -> int:
    """How wide a text is, in twips; rather too wide."""
    capitals = sum(map(str.isupper, text))
    return max(400, _LETTER * (len(text) - capitals) + _CAPITAL * capitals)


def _is_numeric(cells: Sequence[str]) -> bool:
    return any(cells) and all(not cell or _NUMBER.fullmatch(cell) for cell in cells)


def _row(
    cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], *, heads: bool, kept: str
) -> str:
    properties = "<w:cantSplit/><w:tblHeader/>" if heads else "<w:cantSplit/>"
    about = (kept, kept + _RIGHT)
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph('CableTableText', run(cell) if cell else '', about[to_right])}"
        "</w:tc>"
        for cell, width, to_right in zip(cells, widths, right, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{filled}</w:tr>"
