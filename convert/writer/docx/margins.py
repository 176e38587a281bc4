"""What the writer puts round the text: the paper, and the banner of every page.

The numbers and colours are those of ``templates/house/style.toml`` (a test holds the two together);
asking tomllib for them would cost every run more than the whole document does.
"""

from __future__ import annotations

from convert.writer.docx.wml import W, run

PAPERS = {"letter": (12240, 15840), "a4": (11906, 16838)}  # twentieths of a point
COLUMN, TOP, BOTTOM, EDGE = 9360, 1520, 1640, 560
BARS = {  # banner's first words -> colour of the bar, colour of the words
    "TOP SECRET SCI": ("FCE83A", "000000"),
    "TOP SECRET": ("FF8C00", "000000"),
    "SECRET": ("C8102E", "FFFFFF"),
    "CONFIDENTIAL": ("0033A0", "FFFFFF"),
    "CUI": ("502B85", "FFFFFF"),
    "UNCLASSIFIED": ("007A33", "FFFFFF"),
}
OTHER_BAR = ("3A3A3A", "FFFFFF")


def paper(name: str) -> str:
    """Size and margins of a page in the house style (17.6.13, 17.6.11)."""
    width, height = PAPERS[name]
    side = _side(name)
    return (
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{side}" w:bottom="{BOTTOM}" w:left="{side}"'
        f' w:header="{EDGE}" w:footer="{EDGE}" w:gutter="0"/>'
    )


def banner(
    text: str | None, page: str | None, *, is_sci: bool = False, struck: bool = False
) -> str:
    """The banner's paragraph, a bar as wide as the paper; empty where the source has no banner.

    ``page`` is None in a user's own template, whose style alone says how its banner looks.
    """
    side = "" if page is None else f'<w:ind w:left="-{_side(page)}" w:right="-{_side(page)}"/>'
    if text is None:
        return _paragraph("", "")
    named = "TOP SECRET SCI" if is_sci else text
    bar, ink = next((c for start, c in BARS.items() if named.startswith(start)), OTHER_BAR)
    edge = f'w:val="single" w:sz="16" w:space="1" w:color="{bar}"'
    shade = (
        f"<w:pBdr><w:top {edge}/><w:bottom {edge}/></w:pBdr>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{bar}"/>'
    )
    line = "<w:strike/>" if struck else ""
    return _paragraph(shade + side, run(text, None, f'{line}<w:color w:val="{ink}"/>'))


def _paragraph(properties: str, runs: str) -> str:
    return f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="Banner"/>{properties}</w:pPr>{runs}</w:p>'


def _side(page: str) -> int:
    """The column stands in the middle of any paper."""
    return (PAPERS[page][0] - COLUMN) // 2
