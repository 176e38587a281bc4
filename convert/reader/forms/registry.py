"""Finds forms by name, and the one that a text has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import cast

from convert.diagnostics import Report
from convert.errors import UnreadableError, UsageError
from convert.model.cable import Recognised
from convert.model.span import Span
from convert.reader.forms.protocol import Container, Form, Told
from convert.reader.lines import Line

# The same table as in pyproject.toml: asking importlib.metadata costs more than a small conversion.
# In the order of recognition: a frame before what it may hold, the widest last.
BUILT_IN = {
    "tei": "convert.reader.forms.tei:Tei",
    "nara": "convert.reader.forms.nara:Nara",
    "frus": "convert.reader.forms.frus:Frus",
    "printed": "convert.reader.forms.printed:Printed",
    "web": "convert.reader.forms.web:Web",
    "print": "convert.reader.forms.print:Print",
    "navy": "convert.reader.forms.navy:Navy",
    "transmission": "convert.reader.forms.transmission:Transmission",
    "labelled": "convert.reader.forms.labelled:Labelled",
    "text": "convert.reader.forms.text:Text",
    "docx": "convert.reader.forms.docx:Docx",
}
MARKUP = frozenset({"tei", "web", "frus"})
"""Forms whose text is markup: a TEI document gives back what was read of it, not the file."""
_MAGIC = {b"PK\x03\x04": "docx"}  # how files begin that are no text
TEXTS = tuple(name for name in BUILT_IN if name not in _MAGIC.values())
_GROUP = "convert.readers"


def container(data: bytes, form: str | None) -> Container | None:
    """The form that opens a file which is no text; None for a text.

    UnreadableError where the form asked for and the file are of different kinds.
    """
    found = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    asked = form if form in _MAGIC.values() else None
    if asked and found != asked:
        raise UnreadableError(f"this is no {asked} file", "Leave out --from, or name another form.")
    if found is None or form not in (None, found):
        return None
    return cast("Container", load(found))


def asked(form: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The one form to read as, or None; and the forms among which the lines tell.

    Of several, ``telex,auto``, the first that knows the text counts; ``auto`` is all built-in ones.
    """
    if form is None:
        return None, TEXTS
    names = [name.strip() for name in form.split(",") if name.strip()]
    if len(names) == 1 and names != ["auto"]:
        return names[0], ()
    return None, tuple(one for name in names for one in (TEXTS if name == "auto" else (name,)))


def load(name: str) -> Form:
    """The reader of a form; UsageError if there is none."""
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        factory = getattr(import_module(module), attribute)
    else:
        factory = _plugin(name)
    return cast("Callable[[], Form]", factory)()


def names() -> list[str]:
    """Every form that can be read, in the order of recognition; those of others last."""
    from importlib.metadata import entry_points

    return list(dict.fromkeys([*BUILT_IN, *sorted(entry_points(group=_GROUP).names)]))


def recognise(lines: Sequence[Line], among: Sequence[str] = TEXTS) -> Recognised:
    """The first form that knows its own lines; ``text`` knows all."""
    for name in among:
        if found := load(name).recognise(lines):
            return found
    whole = lines[0].span.to(lines[-1].span) if lines else Span(0, 0)
    return Recognised("text", "no line of any other form", whole)


def inside(lines: Sequence[Line], report: Report, among: Sequence[str]) -> Told:
    """What a frame holds: read by the first of the forms named that knows its own lines."""
    found = recognise(lines, among)
    told = load(found.form).read(lines, report)
    return Told(told.parts, (found, *told.inside))


def _plugin(name: str) -> object:
    from importlib.metadata import entry_points

    for point in entry_points(group=_GROUP, name=name):
        return point.load()
    known = ", ".join(names())
    raise UsageError(f"there is no form {name!r}", f"The forms are: {known}.")
