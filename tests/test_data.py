"""Records: what a class of Data is, beside what the standard library makes of the same fields."""

from __future__ import annotations

import copy
import pickle
import re
from pathlib import Path
from typing import Any

import pytest

from convert.model.cable import Cable, Heading, Preformatted, Source, Typed
from convert.model.data import Data, field, fields, replace
from convert.model.marking import Level, Marking
from convert.model.span import Span
from tests.conftest import ROOT


class Scan(Data, frozen=False):
    """A record that may be changed."""

    at: int
    lines: list[str] = field(default_factory=list)


class Longer(Span, Data):
    """A record with a field more than another's."""

    by: int = 0


_TYPED = Typed("PORT ORRIN", Span(3, 13))


def test_a_record_is_its_fields() -> None:
    assert fields(Typed) == ("text", "span", "parted")
    assert Typed(text="PORT ORRIN", span=Span(3, 13), parted="\n") == _TYPED
    assert repr(_TYPED) == r"Typed(text='PORT ORRIN', span=Span(start=3, end=13), parted='\n')"
    match _TYPED:
        case Typed(text, Span(start, _)):
            assert (text, start) == ("PORT ORRIN", 3)


def test_a_record_under_another_names_data_too() -> None:
    with pytest.raises(TypeError, match="name Data"):

        class Lost(Span):
            """Its field would be none."""

            by: int = 0

    assert isinstance(Longer(1, 2), Data)
    assert issubclass(Longer, Data)
    assert not isinstance("A", Data)


def test_equal_fields_have_one_hash() -> None:
    same = Typed("PORT ORRIN", Span(3, 13))
    assert {_TYPED: 1}[same] == 1
    assert replace(same, parted=" ") != _TYPED


def test_two_classes_are_never_equal() -> None:
    lines = (_TYPED,)
    assert Preformatted(lines) != Heading(lines, None)  # type: ignore[arg-type]
    assert Longer(1, 2) != Span(1, 2)
    assert Span(1, 2) != (1, 2)


@pytest.mark.parametrize("wrong", [(), ("A",), ("A", Span(0, 1), "", 1)])
def test_fields_are_asked_for_from_the_first_object_on(wrong: tuple[Any, ...]) -> None:
    class Fresh(Data):
        """Not yet made."""

        text: str
        span: Span
        parted: str = "\n"

    for kind in (Fresh, Typed):
        with pytest.raises(TypeError, match="argument"):
            kind(*wrong)
    with pytest.raises(TypeError, match="colour"):
        Fresh("A", Span(0, 1), colour=1)  # type: ignore[call-arg]


@pytest.mark.parametrize("record", [Span(0, 1), Longer(0, 1, 2), Marking(Level.C)])
def test_frozen(record: Any) -> None:
    before = repr(record)
    for name in (fields(record)[0], "unheard"):
        with pytest.raises(AttributeError, match="frozen"):
            setattr(record, name, 1)
        with pytest.raises(AttributeError, match="frozen"):
            delattr(record, name)
    assert repr(record) == before
    assert not hasattr(record, "__dict__")


def test_a_record_that_is_not_frozen() -> None:
    one, other = Scan(1), Scan(1)
    one.lines.append("A")
    one.at += 1
    assert (one, other) == (Scan(2, ["A"]), Scan(1))
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_a_record_with_fields_of_another() -> None:
    assert fields(Longer) == ("start", "end", "by")
    assert Longer(1, 2).by == 0
    assert Longer(1, 9, 4).of("PORT ORRIN") == "ORT ORRI"
    assert replace(Longer(1, 9, 4), end=5) == Longer(1, 5, 4)


def test_spans_stand_in_order() -> None:
    spans = [Span(2, 3), Span(0, 9), Span(0, 1)]
    assert sorted(spans) == [Span(0, 1), Span(0, 9), Span(2, 3)]


def test_records_are_copied_and_pickled() -> None:
    cable = Cable(Source(None, "utf-8", "", 10), (), (Preformatted((_TYPED,)),))
    for made in (copy.copy(cable), copy.deepcopy(cable), pickle.loads(pickle.dumps(cable))):
        assert made == cable
    assert copy.deepcopy(cable).parts[0] is not cable.parts[0]


def test_every_field_of_a_record_can_be_seen_as_a_class_is_made() -> None:
    """Annotations are read as strings: a module with records says so."""
    for module in Path(ROOT / "convert").rglob("*.py"):
        text = module.read_text()
        if re.search(r"^class \w+\((Data|Line)\b", text, re.MULTILINE):
            assert "from __future__ import annotations" in text, module
