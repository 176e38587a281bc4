"""What every record of ours is made from: ``class Span(Data)``, its fields written as annotations.

A class of Data is what the standard library's ``dataclass(frozen=True, slots=True)`` makes, and
type checkers know it as one (``dataclass_transform``, PEP 681). Two things differ. A class costs
next to nothing until its first object is made: most of a program's classes are not used in most of
its runs, and ``dataclasses`` compiles several methods for each of them and imports ``inspect``.
And an object is made in half the time.

Equality, hash and repr go by the fields, in their order; ``match`` takes them by position, copying
and pickling make the object anew. ``class Scan(Data, frozen=False)`` may be changed, and has no
hash. The modules of such classes need ``from __future__ import annotations``.

A record with fields more than another's names both: ``class Marked(Line, Data)``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

_T = TypeVar("_T")


class _Made:
    """A default that is made anew for each object."""

    def __init__(self, factory: Callable[[], object]) -> None:
        self.factory = factory


def field(*, default_factory: Callable[[], _T]) -> _T:
    """The default of a field of which each object has its own: ``field(default_factory=list)``."""
    return _Made(default_factory)  # type: ignore[return-value]


class _Maker(type):
    """Turns the annotations of a class into its slots; what it makes are plain classes.

    ``isinstance`` takes several times as long of a class whose own class is not ``type``.
    """

    def __new__(
        cls, name: str, bases: tuple[type, ...], space: dict[str, Any], *, frozen: bool = True
    ) -> Any:
        bases = tuple(base for base in bases if type(base) is type) or (_Record,)
        own = tuple(space.get("__annotations__", ()))
        base: Any = bases[0]
        names = (*base.__match_args__, *own)
        defaults = {name: space.pop(name) for name in own if name in space}
        space.pop("__orig_bases__", None)
        space |= {
            "__slots__": own,
            "__match_args__": names,
            "_defaults": base._defaults | defaults,
            "_key": attrgetter("__class__", *names),
            "__new__": _first,
        }
        if frozen:
            space["__setattr__"] = space["__delattr__"] = _refuse
        else:
            space["__hash__"] = None
        return type.__new__(type, name, bases, space)


def _first(cls: Any, *values: object, **named: object) -> Any:
    """The first object of a class: only now its constructor is compiled."""
    cls.__new__ = _constructor(cls)
    return cls(*values, **named)


class _Record:
    """What all records can do."""

    __slots__ = ()
    if TYPE_CHECKING:
        __match_args__: ClassVar[tuple[str, ...]]
        _key: ClassVar[Any]
    else:
        __match_args__ = ()
        _defaults = {}

        def __init_subclass__(cls):
            if "_key" not in cls.__dict__:
                raise TypeError(f"{cls.__name__} has no fields: name Data among its bases")

    def __eq__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        key = self._key
        return bool(key(self) == key(other))

    def __hash__(self) -> int:
        return hash(self._key(self))

    def __repr__(self) -> str:
        told = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{self.__class__.__qualname__}({', '.join(told)})"

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        kind, *values = self._key(self)
        return kind, tuple(values)


if TYPE_CHECKING:

    @dataclass_transform(frozen_default=True, field_specifiers=(field,))
    class Data(_Record):
        """The base of all records."""

        def __init_subclass__(cls, *, frozen: bool = True) -> None: ...

else:

    class _Base:
        """Stands for the base of all records where one is made, as NamedTuple does."""

        def __mro_entries__(self, bases):
            return (_begun,)

        def __instancecheck__(self, value):
            return isinstance(value, _Record)

        def __subclasscheck__(self, kind):
            return issubclass(kind, _Record)

    _begun = type.__new__(_Maker, "Data", (), {})
    Data = _Base()


if TYPE_CHECKING:
    from dataclasses import replace as replace  # type checkers know its keywords
else:

    def replace(value, /, **changes):
        """A copy of a record, some fields changed."""
        for name in value.__match_args__:
            if name not in changes:
                changes[name] = getattr(value, name)
        return value.__class__(**changes)


def fields(record: Data | type[Data]) -> tuple[str, ...]:
    """The names of a record's fields, or of a class's, in their order."""
    return record.__match_args__


def _refuse(self: Data, name: str, *_: object) -> None:
    raise AttributeError(f"{self.__class__.__name__} is frozen: {name!r} cannot be changed")


def _constructor(kind: Any) -> Any:
    """``__new__`` of a class, with its fields as parameters.

    An object is made as one of a twin of its class, without the guard against changes, and joins
    its class when its fields are set: to set each one past the guard would take twice the time.
    """
    names, defaults = kind.__match_args__, kind._defaults
    made = tuple(isinstance(defaults.get(name), _Made) for name in names)
    space = {f"default{at}": defaults[name] for at, name in enumerate(names) if made[at]}
    named = {f"field{at}": name for at, name in enumerate(names)}
    code = _template(made)
    code = code.replace(
        co_names=tuple(named.get(word, word) for word in code.co_names),
        co_varnames=tuple(named.get(word, word) for word in code.co_varnames),
    )
    return FunctionType(
        code, {"twin": _twin(kind), **space}, "__new__", tuple(defaults.values()) or None
    )


@cache
def _template(made: tuple[bool, ...]) -> CodeType:
    """The code of ``__new__`` for so many fields: compiled once for all classes of this shape."""
    names = [f"field{at}" for at in range(len(made))]
    lines = [f"def __new__(cls, {', '.join(names)}):", "self = twin()"]
    for at, name in enumerate(names):
        anew = f"default{at}.factory() if {name} is default{at} else {name}"
        lines.append(f"self.{name} = {anew if made[at] else name}")
    space: dict[str, Any] = {}
    exec("\n ".join([*lines, "self.__class__ = cls", "return self"]), space)  # noqa: S102
    code: CodeType = space["__new__"].__code__
    return code


def _twin(kind: Any) -> Any:
    """A class of the same layout, made and changed as ``object`` is."""
    plain = {name: getattr(object, name) for name in ("__new__", "__setattr__", "__delattr__")}
    space = {"__slots__": kind.__slots__, "_key": kind._key, **plain}
    return type.__new__(type, kind.__name__, kind.__bases__, space)
