"""The structure: what a screen reader hears is what the model says, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convert.job import render
from convert.model.cable import Cable
from convert.notation import portion
from convert.notation.spoken import spoken
from convert.options import Options
from convert.reader.read import read
from convert.verify.pdffile import Document, Node
from tests.conftest import CORPUS, SAMPLES
from tests.pdf.heard import heard, words_of
from tests.pdf.helpers import HEAD, cable, long_cable, with_table, written


@pytest.mark.parametrize("name", ["house", "facsimile", "declassified"])
@pytest.mark.parametrize("source", [*SAMPLES, *CORPUS], ids=lambda path: path.stem)
def test_structure_says_what_the_model_says(source: Path, name: str, tmp_path: Path) -> None:
    one = read(source).cable
    file = tmp_path / "x.pdf"
    file.write_bytes(render(one, "pdf", Options(style=name)).data)
    assert heard(file) == words_of(one, name)


def test_words_of_a_table_and_of_broken_words(tmp_path: Path) -> None:
    one = with_table([["PORT", "SHIPS"], *([f"Port {n}", str(n)] for n in range(90))])
    file = tmp_path / "x.pdf"
    file.write_bytes(render(one, "pdf", Options()).data)
    assert heard(file) == words_of(one)
    long = cable(f"{HEAD}1. (S) {'x' * 700} ends.\n")
    file.write_bytes(render(long, "pdf", Options()).data)
    assert heard(file) == words_of(long)


def _tree(one: Cable) -> Node:
    return Document(written(one)).structure()


def _shape(node: Node) -> str:
    """``L(LI(Lbl LBody(P)))``."""
    inside = " ".join(map(_shape, node.nodes()))
    return f"{node.kind}({inside})" if inside else node.kind


def test_the_whole_tree() -> None:
    text = (
        f"{HEAD}A HEADING\n---------\n\n1. (S) One:\n\n  A. (U) First.\n\n  B. (U) Second.\n\n"
        "2. (U) Two.\n\nUnnumbered.\n\nANOTHER HEADING\n---------------\n\n3. (U) Three.\n\nROE\n"
    )
    tree = _tree(cable(text))
    kinds = [kid.kind for kid in tree.nodes()]
    assert tree.kind == "Document"
    assert kinds[:4] == ["P", "H1", "Table", "H2"]
    assert kinds.count("H1") == 1
    lists = [_shape(kid) for kid in tree.nodes() if kid.kind == "L"]
    item = "LI(Lbl LBody(P(Span)))"
    assert lists[0] == f"L(LI(Lbl LBody(P(Span) L({item} {item}))) {item})"
    assert kinds[-1] == "Sect"
    table = tree.nodes()[2]
    assert {_shape(row) for row in table.nodes()} == {"TR(TH TD)"}
    assert all(b"/Scope/Row" in row.nodes()[0].about[b"A"] for row in table.nodes())


def test_lists_say_how_they_are_numbered() -> None:
    tree = _tree(cable(f"{HEAD}1. (S) One:\n\n  A. (U) First.\n\n2. (U) Two.\n\n-- (U) A dash.\n"))
    found: list[bytes] = []

    def walk(node: Node) -> None:
        if node.kind == "L":
            found.append(node.about[b"A"])
        for kid in node.nodes():
            walk(kid)

    walk(tree)
    assert found[0] == b"<</O/List/ListNumbering/Decimal>>"
    assert b"<</O/List/ListNumbering/UpperAlpha>>" in found
    assert b"<</O/List/ListNumbering/Disc>>" in found


def test_table_has_heading_cells_and_empty_ones() -> None:
    tree = _tree(with_table([["PORT", "SHIPS"], ["Orrin", ""], ["Cape", "7"]]))
    table = [kid for kid in tree.nodes() if kid.kind == "Table"][-1]
    assert _shape(table) == "Table(TR(TH TH) TR(TD TD) TR(TD TD))"
    assert all(b"/Scope/Column" in cell.about[b"A"] for cell in table.nodes()[0].nodes())
    assert table.nodes()[1].nodes()[1].text() == ""


def test_paragraph_over_pages_is_one_element() -> None:
    document = Document(written(long_cable(60)))
    paragraphs = [n for n in _all(document.structure()) if n.kind == "P" and n.text()]
    over = [one for one in paragraphs if len({run.page for run in one.runs()}) == 2]
    assert over
    assert len(paragraphs) >= 60


def _all(node: Node) -> list[Node]:
    return [node, *(below for kid in node.nodes() for below in _all(kid))]


def test_marks_are_said_in_words() -> None:
    tree = _tree(cable(f"{HEAD}1. (S//REL UK, AUS) One.\n\n2. (S//QQQQZ) Unreadable.\n"))
    spans = [node for node in _all(tree) if node.kind == "Span"]
    assert [span.text().strip() for span in spans[:2]] == ["(S)", "(S//REL UK, AUS)"]
    said = [bytes.fromhex(span.about[b"E"].strip(b"<>").decode())[2:] for span in spans[:2]]
    assert said[0].decode("utf-16-be") == "Secret"
    assert said[1].decode("utf-16-be") == "Secret, releasable to Australia and the United Kingdom"
    assert all(b"E" not in span.about for span in spans[2:])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("(U)", "Unclassified"),
        ("(C/NF)", "Confidential, not releasable to foreign nationals"),
        ("(SBU)", "Sensitive but unclassified"),
        ("(LOU)", "Limited official use"),
        ("(TS//SI//OC)", "Top secret, SI, originator controlled"),
        ("(C//FGI DEU)", "Confidential, foreign government information of Germany"),
    ],
)
def test_spoken(typed: str, words: str) -> None:
    read_out = portion.parse(typed)
    assert read_out
    assert spoken(read_out.marking) == words


def test_reftel_is_a_link_to_the_reference() -> None:
    text = (
        "P 141330Z JUN 07\nFM AMEMBASSY KESTREL CAPE\nTO RUEHC/SECSTATE WASHDC\nBT\n"
        "S E C R E T KESTREL CAPE 000412\n\nSUBJECT: A\n\nREF: PORT ORRIN 398\n\n"
        "1. (S) The note (reftel) was read again.\n"
    )
    one = cable(text)
    data = render(one, "pdf", Options()).data
    tree = Document(data).structure()
    (link,) = (node for node in _all(tree) if node.kind == "Link")
    assert link.text().strip() == "(reftel)"
    assert b"/OBJR" in link.about[b"K"]
    assert data.count(b"/Subtype/Link") == 1
    assert b"/Contents<FEFF" in data
    second = render(one, "pdf", Options(pdf2=True)).data
    targets = re.findall(rb"/SD\[(\d+) 0 R", second)
    assert len(targets) == 3  # two bookmarks, and the link
    for number in targets:
        assert re.search(rb"\n%s 0 obj\n<</Type/StructElem/" % number, second)


def test_classification_is_heard_once_and_banners_never() -> None:
    tree = _tree(long_cable(60))
    heard = tree.text().split()
    assert heard.count("SECRET") == 2  # in the heading, and in the line that came over the wire
    assert "Page" not in heard
