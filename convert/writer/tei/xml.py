"""XML as text: elements, and values as TEI spells them. The writer has no need of a tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from convert.model.text import printable, unshowable

NAMESPACE = "http://www.tei-c.org/ns/1.0"
TOOL = "#cable-convert"
"""Who is responsible for what the source does not say itself: ``@resp``."""


def element(name: str, text: str | None = None, **attributes: str | None) -> str:
    """An element with text; attributes without a value are left out."""
    if text is None:
        return f"<{name}{stated(**attributes)}/>"
    return f"<{name}{stated(**attributes)}>{shown(text)}</{name}>"


def stated(**attributes: str | None) -> str:
    """Attributes, but those without a value; ``id``, ``from_`` and the like lose their disguise."""
    told = ""
    for name, value in attributes.items():
        if value:
            told += f' {_NAMES.get(name, name)}="{quoted(value)}"'
    return told


_NAMES = {"id": "xml:id", "lang": "xml:lang", "from_": "from"}


@lru_cache(maxsize=4096)
def quoted(value: str) -> str:
    """A value between double quotes, its blanks folded."""
    if value.isprintable() and not ("&" in value or "<" in value or '"' in value):
        return value
    return " ".join(shown(value).split()).replace('"', "&quot;")


def shown(text: str) -> str:
    """Text of the header, as every output shows it; blanks unknown to XML become common ones."""
    if text.isprintable() and not ("&" in text or "<" in text or ">" in text):
        return text
    return escaped(printable(text).replace("\x0b", " ").replace("\x0c", " "))


def escaped(text: str) -> str:
    """Text with the characters of markup as references; so is a carriage return."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


class Characters:
    """Characters that XML has not, or that no reader sees, and the ``g`` that stand for them."""

    def __init__(self) -> None:
        self.used: dict[str, None] = {}

    def typed(self, text: str) -> str:
        """Text of the transcription: such a character is a ``g`` that says which it is."""
        if text.isprintable():
            if "&" in text or "<" in text or ">" in text:
                return escaped(text)
            return text
        places = unshowable(text)
        if not places:
            return escaped(text)
        told: list[str] = []
        last = 0
        for place, character in places:
            told += [escaped(text[last:place]), self._glyph(character)]
            last = place + 1
        told.append(escaped(text[last:]))
        return "".join(told)

    def _glyph(self, character: str) -> str:
        code = f"{ord(character):04X}"
        self.used[code] = None
        return f'<g ref="#char.{code}">[U+{code}]</g>'


def when(instant: datetime | None) -> str | None:
    """``2006-12-03T06:10:00Z``."""
    return f"{instant.replace(tzinfo=None).isoformat(timespec='seconds')}Z" if instant else None


@lru_cache(maxsize=1024)
def urn(canonical: str | None) -> str | None:
    """``urn:cable:06BAGHDAD4186``: a cable by its canonical id."""
    return f"urn:cable:{quote(canonical, safe='')}" if canonical else None


class Indented:
    """Elements on lines of their own, indented by their depth; for the header alone."""

    def __init__(self, depth: int = 0) -> None:
        self.lines: list[str] = []
        self._open: list[tuple[str, int]] = []  # with the number of lines that stand before
        self._indent = " " * depth

    def open(self, name: str, **attributes: str | None) -> None:
        """Begin an element with children."""
        self._open.append((name, len(self.lines)))
        self.lines.append(f"{self._indent}<{name}{stated(**attributes)}>")
        self._indent += " "

    def close(self) -> None:
        """End it; one in which nothing stands is not there."""
        name, before = self._open.pop()
        self._indent = self._indent[1:]
        if len(self.lines) == before + 1:
            self.lines.pop()
        else:
            self.lines.append(f"{self._indent}</{name}>")

    def add(self, name: str, text: str | None = None, **attributes: str | None) -> None:
        """An element with text, or an empty one."""
        told = f"{self._indent}<{name}"
        for key, value in attributes.items():
            if value:
                told += f' {_NAMES.get(key, key)}="{quoted(value)}"'
        self.lines.append(f"{told}/>" if text is None else f"{told}>{shown(text)}</{name}>")

    def raw(self, markup: str) -> None:
        """Markup, on a line of its own."""
        self.lines.append(self._indent + markup)

    def extend(self, lines: Iterable[str]) -> None:
        """Lines that are markup already."""
        self.lines += [self._indent + line for line in lines]
