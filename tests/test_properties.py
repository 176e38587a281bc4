"""Laws: JSON out and back, nothing lost, every output reads back as its cable."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convert.errors import UnreadableError
from convert.job import render
from convert.model.json import from_json, schema, to_json
from convert.notation import portion
from convert.options import Options
from convert.reader.read import Reading, read
from tests.conftest import CORPUS, SAMPLES
from tests.mutations import hold, mutated

_LINES = st.sampled_from(
    [
        "VZCZCXRO4647",
        "PP RUEHBC RUEHDE",
        "DE RUEHGB #4430/01 3370610",
        "ZNY SSSSS ZZH",
        "P 030610Z DEC 06",
        "FM AMEMBASSY PORT MERIDIAN",
        "TO RUEHC/SECSTATE WASHDC PRIORITY 8306",
        "INFO RHEHAAA/WHITE HOUSE WASHINGTON DC//NSC//",
        "BT",
        "S E C R E T SECTION 01 OF 02 PORT MERIDIAN 004430",
        "UNCLAS PORT MERIDIAN 004430",
        "SECRET",
        "SIPDIS",
        "E.O. 12958: DECL: 12/02/2016",
        "TAGS: [PREL](#) PGOV",
        "SUBJECT: (C/NF) A HARBOR",
        "REF: A. PORT MERIDIAN 398, B. 05 STATE 1",
        "Classified By: DCM Jane Roe for reasons 1.4 (b) and (d).",
        "1. (U) Summary: One. End summary.",
        "[1](#)2. (S//REL UK, AUS) Two (reftel)",
        "\u00b63. (C) Comment: three, and the",
        "A. (SBU) An item",
        "-- a dash",
        "PORT MERIDIAN 00004430  002 OF 002",
        "orders will be followed. End comment.",
        "A HEADING",
        "----------",
        "YEAR    SHIPS    TONS",
        "2004       12    4,10",
        "(S//XYZZY) what",
        "XXXXXXXXXXXX was here",
        "Roe",
        "#4430",
        "NNNN",
        "",
        "",
        "\f",
    ]
)
_CABLES = st.lists(_LINES, min_size=1, max_size=40).map("\n".join)
_ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)


def _read(text: str) -> Reading | None:
    try:
        return read(text.encode())
    except UnreadableError:
        return None


@given(st.one_of(_CABLES, _ANY))
@settings(max_examples=200, deadline=None)
def test_json_and_accounting(text: str) -> None:
    reading = _read(text)
    if reading is None:
        return
    assert from_json(to_json(reading.cable)) == reading.cable
    assert not [finding for finding in reading.findings if finding.code.id == "R100"]


@given(_CABLES)
@settings(max_examples=25, deadline=None)
def test_schema(text: str) -> None:
    reading = _read(text)
    if reading is not None:
        jsonschema.validate(json.loads(to_json(reading.cable)), schema())


@given(st.one_of(_CABLES, _ANY))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_outputs_read_back(text: str) -> None:
    """``render`` verifies: it raises where an output does not say what the cable says."""
    reading = _read(text)
    if reading is not None:
        for format in ("tei", "docx", "pdf"):
            assert render(reading.cable, format, Options()).data


@given(st.text("TSCU/REL ()NF,-?ABKOUSGINTRX"))
@settings(max_examples=300, deadline=None)
def test_shown_marks_parse_to_the_same(text: str) -> None:
    read_out = portion.parse(text)
    if read_out is not None:
        again = portion.parse(portion.show(read_out.marking))
        assert again is not None
        assert again.marking == read_out.marking


@pytest.mark.parametrize("seed", range(40))
def test_mutated_cables(seed: int) -> None:
    """Cables cut, shuffled and spliced: no crash, nothing unaccounted, every output verified."""
    hold(mutated(seed, [path.read_bytes() for path in (*SAMPLES, *CORPUS)]))
