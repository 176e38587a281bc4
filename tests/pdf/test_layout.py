"""Pages: banners on all of them, no line alone, marks with their words, long and wide things."""

from __future__ import annotations

from collections import defaultdict

import pypdfium2
import pytest

from convert.job import render
from convert.options import Options
from convert.reader.read import read
from convert.writer.pdf.layout import Layout
from convert.writer.pdf.style import banner_colours, style
from convert.writer.pdf.tags import ARTIFACT, Element
from tests.conftest import SAMPLES
from tests.pdf.helpers import HEAD, cable, laid_out, long_cable, with_table, written

STYLES = ["house", "facsimile", "declassified"]
PAPERS = ["letter", "a4"]


def _lines(layout: Layout) -> dict[Element, dict[int, list[float]]]:
    """By element, by page: the heights of its lines, from the top."""
    found: dict[Element, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number, page in enumerate(layout.pages):
        for run in page.runs:
            if run.element is not None and run.y not in found[run.element][number]:
                found[run.element][number].append(run.y)
    return found


@pytest.mark.parametrize("paragraphs", [1, 12, 80, 900])
def test_banner_at_top_and_bottom_of_every_page(paragraphs: int) -> None:
    """Also of the pages that begin inside a paragraph."""
    one = long_cable(paragraphs)
    document = pypdfium2.PdfDocument(render(one, "pdf", Options()).data)
    layout = laid_out(one)
    assert len(document) == len(layout.pages)
    begins_inside = 0
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        text = page.get_textpage()
        assert text.get_text_bounded(0, height - 46, width, height) == "SECRET"
        assert text.get_text_bounded(0, 0, width, 46) == "SECRET"
        if number:
            first, last = layout.pages[number].runs[0], layout.pages[number - 1].runs[-1]
            begins_inside += first.element is last.element
        text.close()
        page.close()
    document.close()
    assert begins_inside or paragraphs < 80


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", STYLES)
def test_no_line_of_a_paragraph_stands_alone(name: str, paper: str) -> None:
    layout = laid_out(long_cable(200), paper, name)
    split = 0
    for element, pages in _lines(layout).items():
        if element.kind == "P" and len(pages) > 1:
            split += 1
            assert all(len(lines) >= 2 for lines in pages.values())
    assert split > 3


def test_heading_stands_with_what_it_heads() -> None:
    body = "\n\n".join(
        f"HEADING NUMBER {n}\n-----------------\n\n{n}. (S) "
        + "Text of a paragraph. " * (5 + n % 9)
        for n in range(1, 120)
    )
    layout = laid_out(cable(HEAD + body + "\n"))
    assert len(layout.pages) > 8
    kinds = [[run.element.kind for run in page.runs if run.element] for page in layout.pages]
    assert all(page[-1] != "H2" for page in kinds)
    assert sum(page.count("H2") for page in kinds) > 100


def test_no_signature_and_no_end_of_the_wire_stands_alone() -> None:
    for count in range(1, 30):
        text = f"{HEAD}" + "".join(
            f"{n}. (S) Text of a paragraph.\n\n" for n in range(1, count + 1)
        )
        layout = laid_out(cable(f"{text}ROE\n\nNNNN\n" + "#0412\n" * 70))
        for page in layout.pages:
            assert page.runs[0].text.strip() != "ROE"
            assert len({run.y for run in page.runs}) >= 6


@pytest.mark.parametrize("name", STYLES)
def test_mark_stands_on_the_line_of_its_first_word(name: str) -> None:
    text = "".join(
        f"{number}. (S//REL TO USA, AUS, GBR) {'long' * (number // 2)}word goes on.\n\n"
        for number in range(1, 60)
    )
    layout = laid_out(cable(HEAD + text), name=name)
    marks = 0
    for page in layout.pages:
        for run, follower in zip(page.runs, page.runs[1:], strict=False):
            if run.element and run.element.kind == "Span":
                marks += 1
                assert run.y == follower.y
    assert marks > 40


def test_words_longer_than_a_line_keep_every_letter() -> None:
    word = "".join(chr(33 + n % 94) for n in range(5000))
    one = cable(f"{HEAD}1. (S) {word} end\n\n{word}\n")
    assert render(one, "pdf", Options()).data
    width = laid_out(one).size[0]
    for page in laid_out(one).pages:
        assert all(run.x < width - 60 for run in page.runs)


def test_long_banner_wraps_and_is_not_set_smaller() -> None:
    banner = "TOP SECRET//HCS/SI-G ABCD/TK//FGI CAN DEU GBR//RSEN/ORCON/IMCON/NOFORN/PROPIN//" + (
        "LIMDIS/EXDIS/SBU NOFORN/LES NOFORN"
    )
    one = cable(f"{banner}\n\nSUBJECT: A\n\n1. (TS//SI-G ABCD) Text.\n")
    layout, short = laid_out(one), laid_out(cable(f"{HEAD}1. (S) Text.\n"))
    assert layout.banner
    assert short.banner
    assert len(layout.banner.lines) == 2
    assert layout.banner.size == short.banner.size
    assert layout.banner.height > short.banner.height
    assert layout.pages[0].runs[0].y < short.pages[0].runs[0].y
    assert all(x >= 24 for x, _ in layout.banner.lines)
    assert render(one, "pdf", Options()).data


def test_endless_banner_leaves_room_for_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a reader may take for a banner, it is whole and the text has its room."""
    said = "SECRET//" + "REL TO USA, GBR, AUS, " * 2000
    monkeypatch.setattr("convert.writer.pdf.layout.banner_text", lambda _: said)
    layout = laid_out(cable(f"{HEAD}1. (S) Text.\n"))
    assert layout.banner
    assert "".join(line for _, line in layout.banner.lines).split() == said.split()
    assert layout.banner.height < 120


def test_two_hundred_addressees() -> None:
    listed = "\n".join(f"RUEH{n:03d}/AMEMBASSY PORT {n} PRIORITY {n:04d}" for n in range(200))
    text = (
        "P 141330Z JUN 07\nFM AMEMBASSY KESTREL CAPE\nTO RUEHC/SECSTATE WASHDC PRIORITY 0001\n"
        f"INFO {listed}\nBT\nS E C R E T KESTREL CAPE 000412\n\nSUBJECT: A\n\n1. (S) Text.\n"
    )
    one = cable(text)
    layout = laid_out(one)
    rows = {run.element.parent for p in layout.pages for run in p.runs if run.element}
    cells = [e for e in rows if e is not None and e.kind == "TD" and len(e.kids) == 200]
    assert len(cells) == 1
    assert render(one, "pdf", Options()).data


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("columns", [2, 9, 40])
def test_tables_of_any_width(columns: int, name: str) -> None:
    rows = [[f"COLUMN{n}" for n in range(columns)]]
    rows += [[f"{row}{n:03d}" for n in range(columns)] for row in range(1, 5)]
    one = with_table(rows)
    assert render(one, "pdf", Options(style=name)).data
    right = max(run.x for page in laid_out(one, name=name).pages for run in page.runs)
    assert right < 612 - 72


def test_headings_of_a_table_stand_on_each_of_its_pages() -> None:
    rows = [["PORT", "SHIPS"], *([f"Port {n}", str(n)] for n in range(150))]
    one = with_table(rows)
    layout = laid_out(one)
    repeated = [
        [run.text.strip() for run in page.runs if run.element and run.element.kind == ARTIFACT]
        for page in layout.pages
    ]
    assert repeated[0] == []
    assert all(page == ["PORT", "SHIPS"] for page in repeated[1:-1])
    headings = [
        run
        for page in layout.pages
        for run in page.runs
        if run.element and run.element.kind == "TH" and run.text.strip() in ("PORT", "SHIPS")
    ]
    assert len(headings) == 2
    assert render(one, "pdf", Options()).data


def test_numbers_of_a_column_stand_under_each_other() -> None:
    layout = laid_out(with_table([["PORT", "SHIPS"], ["Orrin", "7"], ["Cape", "1,250"]]))
    runs = [run for run in layout.pages[0].runs if run.element and run.element.kind == "TD"]
    seven, more = (next(r for r in runs if r.text.strip() == said) for said in ("7", "1,250"))
    assert seven.x > more.x


def test_cell_of_several_lines_is_read_to_its_end() -> None:
    long = "a long entry that does not fit its column " * 4
    layout = laid_out(
        with_table([["PORT", "WHAT", "WHY"], ["Orrin", long, long], ["Cape", "", "x"]])
    )
    kinds = [run.element for run in layout.pages[0].runs if run.element]
    seen: list[Element] = []
    for element in kinds:
        if element.kind == "TD" and (not seen or seen[-1] is not element):
            assert element not in seen
            seen.append(element)
    assert render(with_table([["PORT", "WHAT"], ["Orrin", long]]), "pdf", Options()).data


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_in_every_style(sample: object, name: str, paper: str) -> None:
    one = read(sample).cable  # type: ignore[arg-type]
    assert render(one, "pdf", Options(style=name, page=paper)).data
    layout = laid_out(one, paper, name)
    for page in layout.pages:
        assert all(run.y > 70 for run in page.runs)
        if name == "facsimile":
            assert {run.face for run in page.runs} <= {"mono", "mono-bold"}


def test_declassified_only_where_the_source_says_so() -> None:
    """The banner is struck and the stamp shown, word for word; else the design is the usual one."""
    body = "\n\nSUBJECT: A\n\n1. (S) Fictional text.\n"
    line = "DECLASSIFIED AUTHORITY NND 12345"
    marked = cable(f"{line}\n\nSECRET KESTREL CAPE 000412{body}\n")
    layout = laid_out(marked, name="declassified")
    assert layout.is_struck
    assert layout.pages[0].runs[0].text.strip() == line
    assert layout.pages[0].boxes
    assert not laid_out(marked).is_struck
    unclassified = cable(f"UNCLAS KESTREL CAPE 000412{body}\nRELEASED IN FULL\n")
    assert not laid_out(unclassified, name="declassified").is_struck
    assert render(marked, "pdf", Options(style="declassified")).data
    live = cable(f"SECRET KESTREL CAPE 000412{body}")
    rendered = render(live, "pdf", Options(style="declassified"))
    assert [one.code.id for one in rendered.findings] == ["PDF11"]
    assert rendered.data == written(live)


@pytest.mark.parametrize(
    ("banner", "name"),
    [
        ("TOP SECRET//SI/TK//NOFORN", "top-secret-sci"),
        ("TOP SECRET//SI-G ABCD//ORCON", "top-secret-sci"),
        ("TOP SECRET//EXDIS", "top-secret"),
        ("SECRET", "secret"),
        ("CONFIDENTIAL//NOFORN", "confidential"),
        ("UNCLASSIFIED//SENSITIVE", "unclassified"),
        ("CUI//SP-PRVCY", "cui"),
        ("LIMITED OFFICIAL USE", "other"),
        ("//GBR SECRET", "other"),
    ],
)
def test_colour_of_a_banner(banner: str, name: str) -> None:
    how = style("house")
    assert banner_colours(how, banner) == how.banners[name]


@pytest.mark.parametrize("name", style("house").banners)
def test_letters_of_a_banner_stand_out(name: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5:1; the words are the marking, the colour is never alone."""
    bar, ink = map(_luminance, style("house").banners[name])
    assert (max(bar, ink) + 0.05) / (min(bar, ink) + 0.05) >= 4.5
    foot = _luminance(style("house").colours["foot"])
    assert 1.05 / (foot + 0.05) >= 4.5


def _luminance(colour: tuple[float, float, float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_rules_of_a_table_that_stays_as_typed_are_drawn() -> None:
    """They are no words: as text they would be said twice, here and with what was sent."""
    wide = ["x" * 90, "y" * 90]
    one = with_table([wide, ["---", "---"], wide, ["===", "==="]])
    assert render(one, "pdf", Options()).data
    (page,) = laid_out(one).pages
    shown = [run.text for run in page.runs if run.element and set(run.text) <= set("-= ")]
    assert len(shown) == 2
    first, second = (run.y for run in page.runs if run.text.startswith("x"))
    drawn = [y for x, y, _ in page.rules if x > laid_out(one).left]
    assert len(drawn) == 2
    assert first > drawn[0] > second > drawn[1]
