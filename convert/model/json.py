"""The cable as JSON and back, and the JSON Schema of both. Driven by the types of the model alone.

An object of a union carries ``"type"``, its class name; enums are their values, dates ISO 8601.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from convert.model import cable as _cable
from convert.model.cable import Cable
from convert.model.coverage import Coverage, coverage
from convert.model.data import Data, fields
from convert.model.marking import Level

SCHEMA_VERSION = "2"


_COUNT = {"type": "integer"}
_COVERAGE = {
    "type": "object",
    "description": "Characters of the source that are not blank, and what became of them.",
    "properties": {
        **dict.fromkeys(("characters", "carried", "unrecognised", "unaccounted"), _COUNT),
        "omitted": {"type": "object", "additionalProperties": _COUNT},
        "percent": {"type": "number"},
    },
    "required": ["characters", "carried", "omitted", "unrecognised", "unaccounted", "percent"],
}


def to_json(cable: Cable) -> str:
    """The whole representation as indented JSON, keys in the order of the model."""
    document = {
        "schema": SCHEMA_VERSION,
        **_encoded(cable, Cable),
        "coverage": _covered(coverage(cable)),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _covered(told: Coverage) -> dict[str, object]:
    return {
        "characters": told.characters,
        "carried": told.carried,
        "omitted": dict(told.omitted),
        "unrecognised": told.unrecognised,
        "unaccounted": told.unaccounted,
        "percent": round(told.percent, 2),
    }


def from_json(text: str) -> Cable:
    """The cable that ``to_json`` wrote. Raises ValueError for anything else."""
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("schema") != SCHEMA_VERSION:
        raise ValueError(f"no cable of schema version {SCHEMA_VERSION}")
    try:
        found: Cable = _decoded(document, Cable)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no cable of schema version {SCHEMA_VERSION}: {error}") from error
    return found


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of ``to_json``'s output."""
    definitions: dict[str, Any] = {}
    _described(Cable, definitions)
    definitions["Cable"]["properties"]["schema"] = {"const": SCHEMA_VERSION}
    definitions["Cable"]["properties"]["coverage"] = _COVERAGE
    definitions["Cable"]["required"] += ["schema", "coverage"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cable-convert representation",
        "$ref": "#/$defs/Cable",
        "$defs": definitions,
    }


@cache
def _fields(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, {**vars(_cable), "Level": Level})
    return {name: hints[name] for name in fields(kind)}


def _is_rare(name: str) -> bool:
    """Whether a field is left out where it is empty: of a label or mark that markup parts."""
    return name == "pieces"


@cache
def _choices(hint: Any) -> tuple[Any, ...]:
    """The members of a union; a type by itself otherwise."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _is_node(value: Any) -> bool:
    """Whether a value or type is a record of the model."""
    return isinstance(value, Data) or (isinstance(value, type) and issubclass(value, Data))


def _is_sum(hint: Any) -> bool:
    """Whether values of the hint need a ``type`` to be told apart."""
    return sum(1 for choice in _choices(hint) if _is_node(choice)) > 1


def _encoded(value: Any, hint: Any) -> Any:
    if isinstance(value, tuple):
        (item, _) = get_args(next(c for c in _choices(hint) if get_origin(c) is tuple))
        return [_encoded(each, item) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if _is_node(value):
        kind: Any = type(value)
        named = {"type": kind.__name__} if _is_sum(hint) else {}
        return named | {
            name: _encoded(told, of)
            for name, of in _fields(kind).items()
            if (told := getattr(value, name)) or not _is_rare(name)
        }
    return value


def _decoded(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    choices = [choice for choice in _choices(hint) if choice is not NoneType]
    kind = choices[0]
    if _is_sum(hint):
        kind = next(choice for choice in choices if choice.__name__ == value["type"])
    if get_origin(kind) is tuple:
        return tuple(_decoded(each, get_args(kind)[0]) for each in value)
    if _is_node(kind):
        told = {n: of for n, of in _fields(kind).items() if n in value or not _is_rare(n)}
        return kind(**{name: _decoded(value[name], of) for name, of in told.items()})
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, Enum) else value


def _described(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a hint; records go into ``definitions`` under their names."""
    choices = _choices(hint)
    if len(choices) > 1:
        tagged = _is_sum(hint)
        describe = _tagged if tagged else _described
        return {"anyOf": [describe(choice, definitions) for choice in choices]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _described(get_args(hint)[0], definitions)}
    if _is_node(hint):
        name = hint.__name__
        if name not in definitions:
            definitions[name] = {}
            of = _fields(hint)
            definitions[name] |= {
                "type": "object",
                "description": (hint.__doc__ or "").strip(),
                "properties": {field: _described(kind, definitions) for field, kind in of.items()},
                "required": [field for field in of if not _is_rare(field)],
            }
        return {"$ref": f"#/$defs/{name}"}
    if issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    plain = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}
    if hint in plain:
        return {"type": plain[hint]}
    return {"type": "string", "format": "date-time" if hint is datetime else "date"}


def _tagged(choice: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    described = _described(choice, definitions)
    if not _is_node(choice):
        return described
    name = {"const": choice.__name__}
    return {"allOf": [described, {"properties": {"type": name}, "required": ["type"]}]}
