"""What saves the reader time, and nothing else: each shortcut says what the whole way says."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.model.span import Span
from convert.model.text import solid, unshowable
from convert.notation import posts
from convert.notation.tokens import Phrases, Tokens, upper
from convert.reader import heading, passages, shapes
from convert.reader.decode import decode
from convert.reader.lines import Line, split
from tests import records
from tests.conftest import CORPUS, MARKED, ROOT, SAMPLES
from tests.mutations import mutated

_MADE = (  # one line of each shape
    "VZCZCXRO4647", "ZCZC", "PP RUEHBC RUEHDE", "DE RUEHGB #4430/01 3370610", "ZNY SSSSS ZZH",
    "R 030610Z DEC 06", "030610Z DEC 06", "0 030610Z DEC 06", "\u0660\u0661 030610Z DEC 06",
    "BT", "NNNN", "#4430", "KESTREL CAPE 00004430  002 OF 002", "INFO OCT-01 ADS-00",
    "PAGE 02     PORT ORRIN 06049 01 OF 02 132315Z", "ACTION ARA-15", "DRAFTED BY ARA/CEN:JROE",
    "------------------039081 132328Z /61", "Message Text", "<< END OF DOCUMENT >>",
    "*** Current Classification ***", "NNNNVVPORT", "RELEASED IN FULL", "DECLASSIFIED",
    "Jane Roe Declassified/Released US Department of State", "NAVADMIN 276/13", "ALNAV 012/04",
    "UNCLAS //N01420//", "SECRET//N01420//HARBORS",
)  # fmt: skip


def _lines() -> list[Line]:
    """Every line of the samples, of files cut and spliced, of records, of the cases."""
    files = [path.read_bytes() for path in (*SAMPLES, *MARKED, *CORPUS)]
    texts = [*files, *(mutated(seed, files) for seed in range(60)), "\n".join(_MADE).encode()]
    texts += [path.read_bytes() for path in sorted((ROOT / "tests" / "cases").glob("*.md"))]
    texts += [records.make(seed).text.encode() for seed in range(10)]
    return [line for text in texts for line in split(decode(text).text)[0]]


def test_a_line_is_shown_to_every_recogniser_that_knows_it() -> None:
    lines = _lines()
    seen: set[str] = set()
    for place, line in enumerate(lines):
        if line.text in seen or len(line.text) > shapes.LONGEST or not heading.may_begin(line.text):
            continue
        seen.add(line.text)
        near = lines[max(place - 2, 0) : place + 60]
        here = min(place, 2)
        whole = next(filter(None, (one(near, here) for one in heading.RECOGNISERS)), None)
        assert heading.read_part(near, here) == whole, line.text
    assert len(seen) > 500


def test_a_line_is_held_against_every_shape_that_it_may_have() -> None:
    own = (
        *(pattern for pattern, _ in shapes._OWN),
        shapes.PAGE,
        shapes.RELEASE,
        shapes.CREST,
        shapes.APPROVED,
        shapes.CODED,
    )
    found = 0
    for text in {line.text[: shapes.LONGEST] for line in _lines()}:
        has_shape = any(pattern.fullmatch(text) for pattern in own)
        assert shapes._is_own(text) == has_shape, text
        assert shapes.may_label(text) or not (
            shapes.NUMBER.match(text) or shapes.ITEM.match(text) or text[0] in "(["
        )
        found += has_shape
    assert found > len(_MADE)


_WORDS = ("END SUMMARY", "Summary: ", "COMMENT. ", "QUOTE ", "UNQUOTE", "XXXXXXX", "reftel", "ß",
          "[3 lines not declassified]", "BEGIN TEXT", " and so ", ". ", "END OF COMMENT", "(", "\n",
          "TEXT", "x" * 90)  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=12).map("".join))
def test_markers_are_found_from_their_words_on(text: str) -> None:
    running = passages._Running.__new__(passages._Running)
    running.text, running.capitals = text, text.upper()
    found = [match.span() for match in passages._marked(running)]
    assert found == [match.span() for match in passages._MARKER.finditer(text)]


@given(st.text(st.characters() | st.sampled_from(" \t\n\x0b\x1c\x7fAz\u200b\u00a0")))
def test_characters_are_counted_alike(text: str) -> None:
    assert solid(text) == len("".join(text.split()))
    assert [place for place, _ in unshowable(text)] == [
        place for place, character in enumerate(text) if unshowable(f"\u2014{character}")
    ]
    assert upper(text) == "".join(c.upper() if c.isascii() else c for c in text)


@pytest.mark.parametrize("text", ["", "A\r\nB\rC\n\nD\fE\x0bF\n", "  A\n\n \f\n B", "A\u2028B\n"])
def test_lines_are_split_alike_whatever_ends_them(text: str) -> None:
    lines, _ = split(text)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    for line in lines:
        assert line.span.of(text) == line.text
        assert line.typed()[0].span == line.span == Span(line.at(0), line.at(0) + len(line.text))


def test_a_vocabulary_is_taken_apart_as_a_text_is() -> None:
    tables = [one for one in gc.get_objects() if isinstance(one, Phrases)]
    assert len(tables) > 3
    for table in tables:
        for phrase in table._table:
            first, *rest = Tokens(phrase)._words
            assert tuple(rest) in table.beginning(first)


def test_posts_are_known_by_their_letters_and_figures() -> None:
    assert all(word == posts._closed(post.name) for word, post in posts.POSTS.items())
