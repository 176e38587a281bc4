"""Tables: which lines are one, and which of them have certain columns."""

from __future__ import annotations

import pytest

from convert.job import render
from convert.model.cable import Joint, Preformatted, Table
from convert.model.walk import every, first
from convert.options import Options
from convert.reader.lines import split
from convert.reader.read import Reading, read
from convert.reader.tables import table

FIGURES = """\
YEAR      SHIPS     CARGO
1970      1,743     524.3
1971      815       593.8
1972      96        6.1
"""
RULED = """\
HARBOUR         FIELD SHEETS   BULLETIN
                  (THOUSANDS)
---------------------------------------
ALDERVALE              212.4      243.0
CORRIE MARSH            96.1      108.5
---------------------------------------
BOTH                   308.5      351.5
"""
NAMES = """\
    ADAMS JOHN Q        BAKER JANE R
    CARTER JIM          DOE JOHN
    EVANS MARY          FORD HENRY
"""


def _read(text: str) -> tuple[list[list[str]], int] | None:
    lines = split(text)[0]
    found = table(lines)
    if found is None:
        return None
    rows = [[cell.text if cell else "" for cell in row.cells] for row in found[0]]
    typed = [line.text for line in lines if any(map(str.isalnum, line.text))]
    assert " ".join(" ".join(row) for row in rows).split() == " ".join(typed).split()
    for row in found[0]:
        for cell in filter(None, row.cells):
            assert " ".join(cell.span.of(text).split()) == cell.text
    return rows, found[1]


def test_a_heading_of_words_above_figures() -> None:
    assert _read(FIGURES) == (
        [
            ["YEAR", "SHIPS", "CARGO"],
            ["1970", "1,743", "524.3"],
            ["1971", "815", "593.8"],
            ["1972", "96", "6.1"],
        ],
        1,
    )


def test_what_stands_above_the_rule_is_the_heading() -> None:
    found = _read(RULED)
    assert found is not None
    rows, header = found
    assert header == 2
    assert rows[1] == ["", "(THOUSANDS)", ""]
    assert rows[-1] == ["BOTH", "308.5", "351.5"]


def test_a_list_in_two_columns_has_no_heading() -> None:
    found = _read(NAMES)
    assert found is not None
    assert found[1] == 0
    assert found[0][1] == ["CARTER JIM", "DOE JOHN"]


def test_one_tab_between_two_cells_of_every_row_parts_columns() -> None:
    rows = _read("YEAR\tSHIPS\tOF PORT ORRIN\n1970\t743\t1.9\n1971\t815\t NONE\n")
    assert rows == (
        [["YEAR", "SHIPS", "OF PORT ORRIN"], ["1970", "743", "1.9"], ["1971", "815", "NONE"]],
        1,
    )


@pytest.mark.parametrize(
    "text",
    [
        # the columns cross each other
        "YEAR DEBT           PAID      LEFT\n1970 743.9       524.3      28.9\n"
        "1973 1024.8           707.8       53.4\n",
        "YEAR DEBT        PAID\n1970 743.9       524.3\n1973 1024.8      707.8\n",
        # a cell that goes on below: no row of its own
        "HARBOUR       STATE\nPORT ORRIN    OPEN, BUT\n              NOT AT NIGHT\n",
        # two rows are no table
        "ADAMS JOHN Q        BAKER JANE R\nCARTER JIM          DOE JOHN\n",
        # labels are no first column
        "A.    THE FIRST\nB.    THE SECOND\nC.    THE THIRD\n",
        "1970\t\t743.9\n1971\t815.5\n1972\t962.8\n",  # how wide a tab was is not known
        "1970\t743.9\n1971\t815.5  3\n1972\t962.8\n",
        FIGURES.replace("743     ", "743  \x1f  "),  # what no document can show
        FIGURES.replace("743     ", "743  \u00a0  "),
        "PLAIN SENTENCES\nOF A FICTIONAL\nTEXT\n",
    ],
)
def test_what_is_not_certain_is_no_table(text: str) -> None:
    assert _read(text) is None


def test_hostile_lines_cost_linear_time() -> None:
    wide = "A   " * 200_000
    assert table(split(f"{wide}\n{wide}\n{wide}\n")[0]) is None
    many = split("A   B\n" * 20_000)[0]
    found = table(many)
    assert found is not None
    assert len(found[0]) == 20_000


CABLE = """\
S E C R E T KESTREL CAPE 000176

SUBJECT: A FICTIONAL TABLE

1. (S) THE FICTIONAL HARBOURS HAVE:

YEAR      SHIPS     CARGO
-------------------------
1970      1,743     524.3
1971      815       593.8
{break_}1972      96        6.1

2. (S) MORE.
"""
PAGE = "\n\nKESTREL CAPE 00000176  002 OF 003\n\n\n"


def test_every_output_has_the_table() -> None:
    reading = read(CABLE.replace("{break_}", "").encode())
    found = first(reading.cable, Table)
    assert found is not None
    assert [len(row.cells) for row in found.rows] == [3] * 4
    assert found.header == 1
    for format in ("tei", "docx", "pdf", "txt"):
        assert render(reading.cable, format, Options()).data
    assert b"<cell" in render(reading.cable, "tei", Options()).data


def test_a_table_over_a_page_stays_as_typed_in_one_piece() -> None:
    reading = read(CABLE.replace("{break_}", PAGE).encode())
    found = first(reading.cable, Preformatted)
    assert found is not None
    assert any(isinstance(piece, Joint) for piece in found.lines)
    for format in ("tei", "docx", "pdf", "txt"):
        assert render(reading.cable, format, Options()).data


def test_what_crosses_the_columns_stays_as_typed() -> None:
    text = CABLE.replace("{break_}", "").replace("815       593.8", "815   593.8")
    reading = read(text.encode())
    assert first(reading.cable, Table) is None
    assert first(reading.cable, Preformatted) is not None


@pytest.mark.parametrize(
    "row", ['"         "         "', "...  ...  ...", "-   -   -", "____  ____", "*"]
)
def test_rows_of_signs_make_no_table_and_every_output(row: str) -> None:
    text = CABLE.replace("{break_}", f"{row}\n")
    reading = read(text.encode())
    assert first(reading.cable, Table) is None
    for format in ("tei", "docx", "pdf"):
        assert render(reading.cable, format, Options()).data


def test_lines_that_something_was_left_out_of_make_no_table() -> None:
    lines = FIGURES.replace("\n", "\\\n")
    assert table(split(lines)[0]) is None
    for format in ("tei", "docx", "pdf"):
        reading = read(f"UNCLAS KESTREL CAPE 000176\n\nSUBJECT: A\n\n1. A:\n\n{lines}".encode())
        assert render(reading.cable, format, Options()).data


def _edition(body: str) -> Reading:
    return read(
        f"<div type='document'><head>45. Telegram From the Embassy in Orlemont to the Department "
        f"of State</head><p>1. Fictional tables:</p>{body}<p>2. The end.</p></div>".encode()
    )


def _rows(*rows: str) -> str:
    cells = ("".join(f"<cell>{cell}</cell>" for cell in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<row>{row}</row>' for row in cells)}</table>"


@pytest.mark.parametrize("format", ["tei", "docx", "pdf", "txt"])
def test_a_table_of_an_edition_keeps_its_cells(format: str) -> None:
    head = "<row role='label'><cell>Season</cell><cell>Foot</cell><cell>Cart</cell></row>"
    winter = "<cell>Winter <note n='2'>Or not.</note> mild</cell><cell>3 &amp; 4</cell>"
    reading = _edition(
        f"<table>{head}<row><cell>Summer</cell><cell/><cell>7</cell></row><row>{winter}</row>"
        f"</table>{_rows('-|-', '-|x')}<p rend='sectiontitle'>Bell &amp; Book</p>"
    )
    tables = list(every(reading.cable, Table))
    assert [[c and c.text for c in row.cells] for each in tables for row in each.rows] == [
        ["Season", "Foot", "Cart"],
        ["Summer", None, "7"],
        ["Winter mild", "3 & 4", None],
        ["-", "-"],
        ["-", "x"],
    ]
    assert [each.header for each in tables] == [1, 0]
    assert render(reading.cable, format, Options()).data  # read back, or it raises


@pytest.mark.parametrize(
    "body",
    [
        _rows("a|1", "b|2").replace("<cell>", "<cell cols='2'>", 1),
        _rows("a|1"),
        _rows("a", "b"),
    ],
)
def test_what_is_no_grid_of_cells_stays_as_typed(body: str) -> None:
    cable = _edition(body).cable
    assert first(cable, Table) is None
    assert first(cable, Preformatted) is not None


def test_two_tables_of_an_edition_are_two() -> None:
    tables = every(_edition(_rows("a|1", "b|2") + _rows("c|3", "d|4")).cable, Table)
    assert [len(each.rows) for each in tables] == [2, 2]
