"""Roll-up: the vectors, the Manual's own examples, and the laws of the algebra."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from convert.model import order
from convert.model.data import replace
from convert.model.marking import Level, Marking
from convert.model.rollup import MEMBERS, NOTHING, banner, covers, join, of, roll_up
from tests.conftest import SHARED

_FILE = SHARED / "vectors" / "rollup.json"
_VECTORS = json.loads(_FILE.read_text())["vectors"] if _FILE.exists() else []
_LISTS = {name for name, kind in Marking.__annotations__.items() if kind.startswith("tuple")}


def _model(attributes: dict[str, str]) -> Marking:
    values: dict[str, Any] = {
        name: tuple(value.split()) if name in _LISTS else value
        for name, value in attributes.items()
    }
    return Marking(**{**values, "classification": Level(attributes["classification"])})


@pytest.mark.parametrize("vector", _VECTORS, ids=lambda vector: vector["id"])
def test_vector(vector: dict[str, Any]) -> None:
    portions = [_model(model) for model in vector["portion_models"]]
    expected = _model(vector["banner_model"])
    for arranged in permutations(portions):
        assert roll_up(arranged) == expected
    assert all(covers(expected, portion) for portion in portions)


def _m(level: str, controls: str = "", **more: Any) -> Marking:
    """A marking in short: ``_m("S", "REL", to="GBR", non_ic="LES")``."""
    names = {
        "to": "releasableTo",
        "show": "displayOnlyTo",
        "non_ic": "nonICmarkings",
        "owner": "ownerProducer",
        "sci": "SCIcontrols",
        "sar": "SARIdentifier",
        "aea": "atomicEnergyMarkings",
        "fgi": "FGIsourceOpen",
        "concealed": "FGIsourceProtected",
        "nato": "nonUSControls",
        "cui": "cuiCategories",
        "legacy": "legacyMarkings",
    }
    values: dict[str, Any] = {
        names.get(name, name): tuple(value.split()) if isinstance(value, str) else value
        for name, value in more.items()
    }
    return Marking(Level(level), disseminationControls=tuple(controls.split()), **values)


# Each from the text or a notional example of the Manual (2016); the comment names it.
_EXAMPLES = {
    "H.1 UNCLASSIFIED 2": (
        [_m("U", "FOUO REL", to="USA JPN"), _m("S", "REL", to="USA JPN")],
        _m("S", "REL", to="USA JPN"),
    ),
    "H.1 UNCLASSIFIED 3": (
        [_m("U", "FISA"), _m("S", "REL", to="USA GBR")],
        _m("S", "NF FISA"),
    ),
    "H.1 UNCLASSIFIED 5": (
        [_m("U"), _m("U", "REL", to="USA FVEY")],
        _m("U", "REL", to="USA FVEY"),
    ),
    "H.3, JOINT in a US document": (
        [
            _m("S", "REL", to="USA FVEY", owner="GBR USA", joint=True),
            _m("TS", "REL", to="USA GBR"),
        ],
        _m("TS", "REL", to="USA GBR", fgi="GBR"),
    ),
    "H.6 SIGMA": (
        [
            _m("S", "NF", aea="RD RD-SG-20"),
            _m("S", "NF", aea="FRD FRD-SG-14"),
            _m("S", "NF", aea="TFNI"),
        ],
        _m("S", "NF", aea="RD RD-SG-14 RD-SG-20"),
    ),
    "H.6 FRD": (
        [_m("S", "NF", aea="FRD"), _m("S", "NF", aea="TFNI")],
        _m("S", "NF", aea="FRD"),
    ),
    "H.6 UCNI, classified": (
        [_m("U", aea="UCNI"), _m("S", "REL", to="USA GBR")],
        _m("S", "NF"),
    ),
    "H.6 UCNI": ([_m("U", aea="UCNI"), _m("U", "FOUO")], _m("U", "FOUO", aea="UCNI")),
    "H.7 example 1": (
        [
            _m("TS", "REL", to="USA CAN DEU"),
            _m("TS", "REL", to="USA CAN DEU", fgi="DEU"),
            _m("S", "REL", to="USA CAN DEU", owner="CAN"),
        ],
        _m("TS", "REL", to="USA CAN DEU", fgi="CAN DEU"),
    ),
    "H.7 example 2": (
        [
            _m("TS", "RELIDO"),
            _m("S", "REL", to="USA CAN DEU", owner="CAN DEU"),
            _m("S", "REL", to="USA AUS", owner="AUS"),
            _m("TS", "REL", to="USA NATO", owner="NATO", nato="BOHEMIA"),
        ],
        _m("TS", "NF", fgi="AUS CAN DEU NATO", nato="BOHEMIA"),
    ),
    "H.7 example 3": (
        [
            _m("S", "RELIDO"),
            _m("S", "NF", owner="DEU"),
            _m("C", "REL", to="USA CAN DEU", owner="DEU"),
            _m("S", "NF", owner="FGI", concealed="FGI"),
        ],
        _m("S", "NF", concealed="FGI"),
    ),
    "H.8 FOUO with FD&R": ([_m("U", "FOUO"), _m("U", "NF")], _m("U", "FOUO NF")),
    "H.8 ORCON": (
        [_m("S", "OC-USGOV NF"), _m("S", "OC NF"), _m("C", "NF")],
        _m("S", "OC NF"),
    ),
    "H.8 REL TO 3: ISAF is opaque": (
        [_m("S", "REL", to="USA FVEY"), _m("C", "REL", to="USA ISAF")],
        _m("S", "NF"),
    ),
    "H.8 REL TO 5": (
        [_m("S", "REL", to="USA JPN NZL"), _m("S", "REL", to="USA NZL")],
        _m("S", "REL", to="USA NZL"),
    ),
    "H.8 RELIDO 2": (
        [_m("S", "RELIDO"), _m("S", "REL RELIDO", to="USA AUS CAN")],
        _m("S", "RELIDO"),
    ),
    "H.8 RELIDO 3": ([_m("S", "RELIDO"), _m("S", "REL", to="USA AUS")], _m("S", "NF")),
    "D.2 T3 rule 12": ([_m("S", "REL RELIDO", to="USA AUS"), _m("S")], _m("S", "NF")),
    "D.2 T3 rule 17": ([_m("S", "RELIDO"), _m("S")], _m("S", "NF")),
    "D.2 T3 rule 22": (
        [_m("S", "EYES", to="USA CAN GBR"), _m("S", "REL", to="USA GBR")],
        _m("S", "REL", to="USA GBR"),
    ),
    "H.8 EYES": (
        [_m("TS", "EYES", to="USA CAN GBR"), _m("U")],
        _m("TS", "EYES", to="USA CAN GBR"),
    ),
    "H.8 DISPLAY ONLY 4": (
        [_m("S", "REL", to="USA IRQ"), _m("S", "DISPLAYONLY", show="IRQ")],
        _m("S", "DISPLAYONLY", show="IRQ"),
    ),
    "H.8 DISPLAY ONLY 6": (
        [
            _m("S", "REL DISPLAYONLY", to="USA AFG", show="IRQ"),
            _m("S", "REL DISPLAYONLY", to="USA GBR", show="PAK"),
        ],
        _m("S", "NF"),
    ),
    "H.9 NODIS": (
        [_m("S", "NF", non_ic="XD"), _m("S", "NF", non_ic="ND")],
        _m("S", "NF", non_ic="ND"),
    ),
    "H.9 EXDIS over SBU": (
        [_m("U", "NF", non_ic="XD"), _m("U", non_ic="SBU-NF"), _m("U", "FOUO")],
        _m("U", "NF", non_ic="XD"),
    ),
    "H.9 LIMDIS 2": ([_m("U", non_ic="DS"), _m("S", "NF")], _m("S", "NF")),
    "H.9 SBU 1": (
        [_m("U", non_ic="SBU"), _m("U", non_ic="SBU SSI"), _m("U", "FOUO")],
        _m("U", non_ic="SBU SSI"),
    ),
    "H.9 SBU NOFORN 3": (
        [_m("U", non_ic="SBU-NF"), _m("U", "FOUO NF")],
        _m("U", "NF", non_ic="SBU"),
    ),
    "D.2 T3 rule 4": ([_m("U", non_ic="SBU-NF"), _m("C")], _m("C", "NF")),
    "H.9 LES 3": (
        [_m("S", "REL", to="USA FVEY"), _m("U", "REL", to="USA FVEY", non_ic="LES")],
        _m("S", "REL", to="USA FVEY", non_ic="LES"),
    ),
    "H.9 LES NOFORN 2": ([_m("U", non_ic="LES-NF"), _m("U", "FOUO")], _m("U", non_ic="LES-NF")),
    "H.9 LES NOFORN 3": (
        [_m("S", "REL", to="USA FVEY"), _m("U", non_ic="LES-NF")],
        _m("S", "NF", non_ic="LES"),
    ),
    # Not in the Manual.
    "REL without a list is the banner's": (
        [_m("S", "REL", relAbbreviated=True), _m("S", "REL", to="USA JPN NZL")],
        _m("S", "REL", to="USA JPN NZL"),
    ),
    "REL without a list shows nobody else": (
        [_m("S", "REL", relAbbreviated=True), _m("S", "DISPLAYONLY", show="AFG")],
        _m("S", "NF"),
    ),
    "RESTRICTED has no US level": (
        [_m("R", "REL", to="USA DEU", owner="DEU"), _m("U")],
        _m("C", "REL", to="USA DEU", fgi="DEU"),
    ),
    "SAR, SCI and CUI": (
        [
            _m("TS", "NF", sci="TK", sar="BP"),
            _m("TS", "NF", sci="SI SI-G SI-G-ABCD", sar="AB"),
            replace(_m("U", cui="PRVCY SP-CTI", legacy="LOU"), cui=True),
        ],
        replace(
            _m("TS", "NF", sci="SI SI-G SI-G-ABCD TK", sar="AB BP", cui="SP-CTI PRVCY"), cui=True
        ),
    ),
}


@pytest.mark.parametrize("name", _EXAMPLES)
def test_example(name: str) -> None:
    portions, expected = _EXAMPLES[name]
    assert roll_up(portions) == expected
    assert all(covers(expected, portion) for portion in portions)


def test_no_portions_make_no_banner() -> None:
    assert roll_up([]) is None
    assert banner(NOTHING) is None


@pytest.mark.parametrize(
    ("over", "under", "expected"),
    [
        (_m("S"), _m("C"), True),
        (_m("C"), _m("S"), False),
        (_m("S"), _m("S", "REL", to="USA GBR"), True),  # 06BAGHDAD4430: releases to fewer
        (_m("S", "REL", to="USA GBR"), _m("S"), False),
        (_m("S", "REL", to="USA GBR"), _m("U"), True),
        (_m("S", "REL", to="USA AUS GBR"), _m("S", "REL", to="USA FVEY"), True),
        (_m("S", "REL", to="USA FVEY"), _m("S", "REL", to="USA AUS GBR"), False),
        (_m("S", "REL", to="USA ACGU"), _m("S", "REL", to="USA AUS CAN GBR"), True),
        (_m("S", "DISPLAYONLY", show="IRQ"), _m("S", "REL", to="USA IRQ"), True),
        (_m("S", "REL", to="USA IRQ"), _m("S", "DISPLAYONLY", show="IRQ"), False),
        (_m("S"), _m("S", "NF"), False),
        (_m("S", "NF", non_ic="XD"), _m("S", non_ic="XD"), True),
        (_m("U"), _m("U", non_ic="SBU-NF"), False),
        (_m("S", "RELIDO"), _m("S", "REL", to="USA AUS"), False),
        (_m("S", "RELIDO"), _m("S", "REL RELIDO", to="USA AUS"), True),
        (_m("S", "REL", to="USA AUS"), _m("S", "REL", relAbbreviated=True), True),
        (_m("S", "REL", relAbbreviated=True), _m("S"), False),
        (
            _m("S", "REL DISPLAYONLY", to="USA AUS", show="IRQ"),
            _m("S", "REL", relAbbreviated=True),
            False,
        ),
    ],
)
def test_covers(over: Marking, under: Marking, expected: bool) -> None:
    assert covers(over, under) is expected


def test_order_is_the_vocabularys() -> None:
    assert order.sci(["TK", "SI-ECR", "SI-G-ABCD", "SI-G", "SI", "HCS"]) == (
        "HCS", "SI", "SI-G", "SI-G-ABCD", "SI-ECR", "TK",
    )  # fmt: skip
    assert order.atomic(["TFNI", "FRD", "RD-SG-20", "RD-SG-14", "RD-CNWDI", "RD", "X"]) == (
        "RD", "RD-CNWDI", "RD-SG-14", "RD-SG-20", "FRD", "TFNI", "X",
    )  # fmt: skip
    assert order.countries(["NATO", "GBR", "USA", "ACGU", "AUS"]) == (
        "USA", "AUS", "GBR", "ACGU", "NATO",
    )  # fmt: skip
    assert order.non_ic(["NNPI", "ACCM-B", "ACCM-A", "LES", "ZZ"]) == (
        "LES", "ACCM-A", "ACCM-B", "NNPI", "ZZ",
    )  # fmt: skip


# The laws. Markings are generated freely, contradictions included: what a parser lets through
# must still add up.


def _some(*values: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=3)


_PLACES = _some("USA", "AUS", "CAN", "GBR", "NZL", "AFG", "IRQ", "NATO", "TEYE", "ACGU", "FVEY")


@st.composite
def _markings(draw: st.DrawFn) -> Marking:
    owner = draw(st.sampled_from(["USA"] * 6 + ["GBR", "NATO", "FGI", "GBR USA"])).split()
    controls = draw(_some("RS", "FOUO", "OC", "OC-USGOV", "IMC", "PR", "DSEN", "FISA"))
    released = draw(
        st.sampled_from(
            ["", "", "NF", "REL", "REL", "REL RELIDO", "RELIDO", "EYES", "DISPLAYONLY",
             "REL DISPLAYONLY", "NF REL"]
        )
    ).split()  # fmt: skip
    rel = not {"REL", "EYES"}.isdisjoint(released)
    abbreviated = rel and draw(st.integers(0, 4)) == 0
    return Marking(
        classification=draw(st.sampled_from(Level)),
        ownerProducer=tuple(owner),
        SCIcontrols=order.sci(draw(_some("SI", "TK", "HCS"))),
        SARIdentifier=order.sar(draw(_some("BP", "CA"))),
        atomicEnergyMarkings=order.atomic(
            draw(_some("RD", "RD-SG-14", "RD-CNWDI", "FRD", "FRD-SG-18", "TFNI", "UCNI", "DCNI"))
        ),
        FGIsourceOpen=order.countries(draw(st.just(frozenset()) | _some("DEU", "CAN"))),
        FGIsourceProtected=draw(st.sampled_from([(), (), (), (), ("FGI",)])),
        disseminationControls=order.dissemination({*controls, *released}),
        releasableTo=order.countries(draw(_PLACES)) if rel and not abbreviated else (),
        displayOnlyTo=order.countries(draw(_PLACES)) if "DISPLAYONLY" in released else (),
        nonICmarkings=order.non_ic(
            draw(_some("DS", "XD", "ND", "SBU", "SBU-NF", "LES", "LES-NF", "SSI", "ACCM-X"))
            if draw(st.booleans())
            else ()
        ),
        nonUSControls=order.non_us(draw(_some("ATOMAL", "BALK"))),
        cui=draw(st.booleans()),
        legacyMarkings=tuple(sorted(draw(_some("LOU", "OUO", "EFTO")))),
        joint=len(owner) > 1,
        relAbbreviated=abbreviated,
    )


_PORTIONS = st.lists(_markings(), min_size=1, max_size=4)


def _people(codes: tuple[str, ...]) -> set[str]:
    """Written apart from the module: who a list reaches."""
    found = set(codes)
    for group, members in MEMBERS.items():
        if group in found:
            found = (found | members) - {group}
    return found - {"USA"}


def _banner(portions: list[Marking]) -> Marking:
    made = roll_up(portions)
    assert made is not None
    return made


@given(_markings(), _markings(), _markings())
def test_join_is_a_semilattice(a: Marking, b: Marking, c: Marking) -> None:
    one, two, three = of(a), of(b), of(c)
    assert join(one, two) == join(two, one)
    assert join(one, join(two, three)) == join(join(one, two), three)
    assert join(one, one) == one
    assert join(one, NOTHING) == one


@given(_PORTIONS, st.randoms(use_true_random=False))
def test_order_and_repeats_do_not_matter(portions: list[Marking], random: Any) -> None:
    mixed = portions + random.choices(portions, k=3)
    random.shuffle(mixed)
    assert roll_up(mixed) == roll_up(portions)


@given(_PORTIONS)
def test_a_banner_is_its_own_banner(portions: list[Marking]) -> None:
    made = _banner(portions)
    assert roll_up([made]) == made
    assert roll_up([*portions, made]) == made


@given(_PORTIONS, _PORTIONS)
def test_banners_of_sections_make_the_banner_of_the_whole(
    one: list[Marking], two: list[Marking]
) -> None:
    assume(not any(portion.relAbbreviated for portion in one + two))
    assert roll_up([_banner(one), _banner(two)]) == roll_up(one + two)


def test_what_a_banner_loses() -> None:
    """Why sums: a JOINT portion whose owners are the banner's leaves no trace on a US banner.

    And REL without a list has the list of its own section's banner; of the whole, none is known.
    """
    joint, released = Marking(Level.U, joint=True), _m("U", "REL", to="USA GBR")
    assert roll_up([joint, released]) == _m("U", "NF")
    assert roll_up([_banner([joint]), released]) == released
    listless, listed = replace(_m("U", "REL"), relAbbreviated=True), _m("U", "REL", to="USA AFG")
    shown = replace(_m("U", "DISPLAYONLY"), displayOnlyTo=("AFG",))
    assert roll_up([listless, listed, shown]) == _m("U", "NF")
    assert roll_up([_banner([listless, listed]), shown]) == shown


@given(_PORTIONS)
def test_a_banner_covers_each_portion(portions: list[Marking]) -> None:
    made = _banner(portions)
    assert all(covers(made, portion) for portion in portions)


@given(_PORTIONS)
def test_class_is_the_maximum(portions: list[Marking]) -> None:
    highest = max((portion.classification for portion in portions), key=lambda level: level.rank)
    assert _banner(portions).classification is (Level.C if highest is Level.R else highest)


@given(_PORTIONS)
def test_nothing_is_released_beyond_a_classified_portion(portions: list[Marking]) -> None:
    made = _banner(portions)
    for portion in portions:
        if portion.classification is Level.U or portion.relAbbreviated:
            continue
        forbidden = "NF" in portion.disseminationControls
        released = set() if forbidden else _people(portion.releasableTo)
        shown = set() if forbidden else released | _people(portion.displayOnlyTo)
        assert _people(made.releasableTo) <= released
        assert _people(made.displayOnlyTo) <= shown


@given(_PORTIONS, _markings())
def test_noforn_absorbs(portions: list[Marking], other: Marking) -> None:
    closed = replace(
        other,
        disseminationControls=("NF",),
        releasableTo=(),
        displayOnlyTo=(),
        relAbbreviated=False,
    )
    made = _banner([*portions, closed])
    assert {"NF", "REL", "EYES", "RELIDO", "DISPLAYONLY"} & set(made.disseminationControls) == {
        "NF"
    }
    assert made.releasableTo == made.displayOnlyTo == ()


@given(_PORTIONS)
def test_a_banner_keeps_the_rules_of_ism(portions: list[Marking]) -> None:
    """ISM-ID-00031, 00033, 00037, 00038, 00066, 00313, 00314, 00319: whatever the portions."""
    made = _banner(portions)
    controls, non_ic = set(made.disseminationControls), set(made.nonICmarkings)
    assert made.ownerProducer == ("USA",)
    assert len({"NF", "REL", "EYES"} & controls) <= 1
    if {"REL", "EYES"} & controls:
        assert made.relAbbreviated or (made.releasableTo[0] == "USA" and len(made.releasableTo) > 1)
    if made.classification is not Level.U:
        assert not {"SBU", "SBU-NF", "DS", "LES-NF"} & non_ic
        assert not {"FOUO"} & controls
    assert not {"XD", "ND"} <= non_ic
    if {"XD", "ND"} & non_ic:
        assert "NF" in controls
        assert not {"SBU", "SBU-NF"} & non_ic
    assert not {"OC", "OC-USGOV"} <= controls
    assert not (made.FGIsourceOpen and made.FGIsourceProtected)


@given(_PORTIONS)
def test_a_bare_unclassified_portion_changes_nothing(portions: list[Marking]) -> None:
    assert roll_up([*portions, Marking(Level.U)]) == roll_up(portions)
