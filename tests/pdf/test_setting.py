"""What a reader of pages minds: lines that go on, words left alone, what belongs together."""

from __future__ import annotations

from itertools import pairwise

import pytest

from convert.job import render
from convert.model.cable import Cable, Table
from convert.model.data import replace
from convert.notation.countries import COUNTRIES
from convert.options import Options
from convert.writer.pdf.layout import Layout, Run
from tests.pdf.helpers import HEAD, cable, laid_out, with_table

_ADDRESSED = "P 141330Z JUN 07\nFM AMEMBASSY KESTREL CAPE\nTO RUEHC/SECSTATE WASHDC\n"


def _to_many(count: int) -> Cable:
    info = "\n".join(f"RUEH{chr(65 + n % 26)}X/AMEMBASSY FICTION {n}" for n in range(count))
    return cable(
        f"{_ADDRESSED}INFO {info}\nBT\nS E C R E T KESTREL CAPE 000412\n\nSUBJECT: A\n\nX.\n"
    )


def _runs(layout: Layout, kind: str) -> list[list[Run]]:
    """By page: the text of the elements of a kind."""
    return [
        [run for run in page.runs if run.element and run.element.kind == kind]
        for page in layout.pages
    ]


@pytest.mark.parametrize("name", ["house", "facsimile"])
def test_names_of_the_heading_leave_the_values_alone(name: str) -> None:
    text = f"{HEAD}1. (S) Fictional.\n\nMessage Attributes\nOriginal Classification: SECRET\n"
    layout = laid_out(cable(text), name=name)
    ((names, *_), (values, *_)) = _runs(layout, "TH"), _runs(layout, "TD")
    wide = 0.62 if name == "facsimile" else 0.56  # of the size: more than an average letter
    longest = max(run.x + len(run.text.strip()) * wide * run.size for run in names)
    assert longest <= min(run.x for run in values) + 1


def test_name_of_a_long_row_stands_on_each_of_its_pages() -> None:
    one = _to_many(200)
    layout = laid_out(one)
    over = [page.runs[:2] for page in layout.pages[1:] if page.runs[0].text == "Info "]
    assert len(over) == 4
    for again, value in over:
        assert again.element is None
        assert "FICTION" in value.text
        assert again.y == value.y
        assert again.x < value.x
    assert render(one, "pdf", Options()).data


def test_headings_of_several_lines_are_repeated_cell_by_cell() -> None:
    heads = ["PORT OF CALL", "SHIPS OF THE FIRST QUARTER", "REMARKS OF THE HARBOR MASTER"]
    said = "Silted up since the flood of last year, and not yet dredged " * 3
    one = with_table([heads, *([f"Port {n}", f"{n} ships and more " * 3, said] for n in range(60))])
    assert len(laid_out(one).pages) > 3
    assert render(one, "pdf", Options()).data


def test_what_goes_on_is_moved_in() -> None:
    """A line of the transmission, or one value of several, that is longer than its place."""
    stamp = "Jane Roe Declassified/Released US Department of State EO Systematic Review " + "x" * 40
    refs = f"REF: A. {'LETTER OF THE HARBOR MASTER ' * 5}\n     B. STATE 12\n"
    one = cable(
        f"{stamp}\n\nSECRET KESTREL CAPE 000412\n\nSUBJECT: A\n{refs}\n1. (S) B.\n\n{stamp}\n"
    )
    layout = laid_out(one)
    mono = [run for page in layout.pages for run in page.runs if run.face == "mono"]
    (first, *_), (rest, *_) = ([r for r in mono if r.text[:4] == said] for said in ("Jane", "xxxx"))
    assert rest.x > first.x + 5
    assert mono[0].x == first.x


def test_typed_lines_are_parted_at_a_blank() -> None:
    line = "A   " + "seven words of a typed line   " * 9
    one = cable(f"{HEAD}1. (S) Before:\n\n{line}\n{line}\nB   1   2\n\n2. (U) Behind.\n")
    (page, *_) = laid_out(one).pages
    typed = [r for r in page.runs if r.face == "mono" and "seven" in r.text]
    assert len(typed) > 2
    assert all(run.text.endswith(" ") for run in typed)
    assert len({run.x for run in typed}) == 2


def test_what_introduces_stands_with_what_it_introduces() -> None:
    rows = [["PORT", "SHIPS"], *([f"Port {n}", str(n)] for n in range(6))]
    (table,) = (part for part in with_table(rows).parts if isinstance(part, Table))
    moved = 0
    for count in range(18, 30):
        body = "\n\n".join(f"{n}. (S) Text." for n in range(1, count))
        one = cable(f"{HEAD}{body}\n\n99. (S) As follows:\n")
        layout = laid_out(replace(one, parts=(*one.parts, table)))
        pages = [" ".join(run.text for run in page.runs) for page in layout.pages]
        assert [("As follows" in page) for page in pages] == [("PORT" in page) for page in pages]
        moved += "As follows" not in pages[0]
    assert 0 < moved < 12


def test_a_signature_stands_with_the_last_lines_of_the_text() -> None:
    """Two lines of a long paragraph go over with it, all of a short one; no page is left empty."""
    parted = 0
    for count in range(18, 30):
        for long in (1, 3, 6):
            body = "\n\n".join(f"{n}. (S) Text." for n in range(1, count))
            said = "The harbor authority asked again about its lamps and buoys. " * long
            layout = laid_out(cable(f"{HEAD}{body}\n\n99. (S) {said}\n\nROE\n"))
            pages = [[run for run in page.runs if run.face == "serif"] for page in layout.pages]
            signed = next(page for page in pages if any(run.text == "ROE " for run in page))
            at = next(place for place, run in enumerate(signed) if run.text == "ROE ")
            last = signed[at - 1].element
            here, lines = (
                {run.y for page in some for run in page if run.element is last}
                for some in ([signed], pages)
            )
            assert len(here) == len(lines) or 2 <= len(here) <= len(lines) - 2
            parted += len(here) < len(lines)
    assert parted


def test_lines_of_a_title_are_about_as_long() -> None:
    title = "LANTHE STRAIT: NAVY HYDROGRAPHER OFFERS THE OLD MINEFIELD SHEETS TO BOTH"
    layout = laid_out(cable(f"SECRET KESTREL CAPE 000412\n\nSUBJECT: {title}\n\n1. (S) A.\n"))
    (lines, *_) = _runs(layout, "H1")
    assert len(lines) == 2
    assert abs(len(lines[0].text) - len(lines[1].text)) < 12


def test_no_short_word_stands_alone_on_a_last_line() -> None:
    body = "\n\n".join(f"{n}. (S) {'Text of a line ' * n} it." for n in range(1, 60))
    layout = laid_out(cable(HEAD + body + "\n"))
    runs = [run for page in _runs(layout, "P") for run in page if run.face == "serif"]
    over = [two for one, two in pairwise(runs) if one.element is two.element]
    assert over
    assert not [run for run in over if run.text == "it. "]
    assert [run for run in over if run.text.endswith(" it. ") and len(run.text.split()) == 2]


def test_banner_of_many_countries_is_set_as_large_as_any() -> None:
    every = sorted({code for code in COUNTRIES if len(code) == 3} - {"USA"})
    layout = laid_out(
        cable(f"SECRET//REL TO USA, {', '.join(every[:70])}\n\nSUBJECT: A\n\n1. (S) B.\n")
    )
    assert layout.banner
    assert layout.banner.size == 10.5
    assert len(layout.banner.lines) == 4
