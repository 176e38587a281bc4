"""Numbered paragraphs that a copy ran together on one line; all texts fictional."""

from __future__ import annotations

import pytest

from convert.model.cable import Paragraph, Typed
from convert.model.walk import every
from convert.reader.lines import split
from convert.reader.read import read
from convert.reader.runon import unrun

_FILL = "The harbor master of Port Orrin spoke at length of lamps and of fog. " * 6


def _begins(line: str, before: str = "", after: str = "") -> list[str]:
    """The first words of what the lines are parted to."""
    lines, _ = split(f"{before}{line}\n{after}")
    return [each.text[:8].rstrip() for each in unrun(lines)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param(
            "1. (C) A.{}2. (C) B. 3. (U) C.", ["1. (C) A", "2. (C) B", "3. (U) C"], id="marked"
        ),
        pytest.param(
            "1. One.{}2. Two. 3. Three.", ["1. One.T", "2. Two.", "3. Three"], id="capitals"
        ),
        pytest.param("1. One.{}3. Two.", ["1. One.T"], id="a number is missing"),
        pytest.param("1. One.{}in 2. Two.", ["1. One.T"], id="no sentence ends"),
        pytest.param("1. One.{}2. two.", ["1. One.T"], id="no capital"),
        pytest.param("1. One.{}See para. 2. The rest.", ["1. One.T"], id="a paragraph named"),
        pytest.param(
            "1. One.{}1. Fog. 2. Oil. 2. Two.", ["1. One.T"], id="a list within, no marks"
        ),
        pytest.param(
            "1. (U) A.{}1. Fog. 2. Oil. 2. (C) B.",
            ["1. (U) A", "2. (C) B"],
            id="a list within, marks",
        ),
        pytest.param("1. (U) A.{}Comment 2. (C) B.", ["1. (U) A", "2. (C) B"], id="a heading"),
        pytest.param("1. (U) A.{}2. (C) B. See 2. (C) too.", ["1. (U) A", "2. (C) B"], id="twice"),
        pytest.param("1. (U) A.{}2. (see B) C.", ["1. (U) A"], id="brackets that are no mark"),
        pytest.param("The text.{}2. (C) B.", ["The text"], id="no number before"),
    ],
)
def test_where_a_long_line_is_parted(line: str, found: list[str]) -> None:
    assert _begins(line.format(_FILL)) == found


def test_a_short_line_is_left_alone() -> None:
    assert _begins("1. (C) A. 2. (C) B.") == ["1. (C) A"]


def test_a_number_that_the_next_line_has_is_no_cut() -> None:
    assert _begins(f"1. One. {_FILL}2. Two.", after="2. Three.\n") == ["1. One.", "2. Three"]


def test_the_number_goes_on_from_the_line_above() -> None:
    found = _begins(f"{_FILL}2. (C) Two.", before="1. (C) One.\n")
    assert found == ["1. (C) O", "The harb", "2. (C) T"]


def test_each_part_stands_on_its_source_line() -> None:
    text = f"1. (C) One. {_FILL}2. (C) Two.\n"
    reading = read(text.encode())
    first, second = every(reading.cable, Paragraph)
    assert [part.label and part.label.number for part in (first, second)] == [1, 2]
    assert second.portion is not None
    [piece] = second.content
    assert isinstance(piece, Typed)
    assert piece.span.of(text) == "Two."
