"""Which characters an output can show, and what stands there for one that it cannot.

One rule for every format: such a character is written as its code point in brackets, ``[U+0012]``.
Nothing is lost, nothing is guessed, and the eye sees it.
"""

from __future__ import annotations

from convert.model import regex as re

# Controls, lone surrogates and noncharacters are no XML characters (XML 1.0 sec. 2.2). The bidi
# embeddings, overrides and isolates, and the zero-width characters, can make a marking look like
# another one (Unicode TR 36 sec. 2.5), so they are shown too.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_ASCII_UNSHOWABLE = bytes(code for code in range(128) if _UNSHOWABLE.match(chr(code)))
_ASCII_BLANKS = bytes(code for code in range(128) if chr(code).isspace())
_BLANKS = re.compile(r"[^\S\x1c-\x1f]+")  # Python counts four separators among the blanks


def printable(text: str) -> str:
    """``text`` as every output shows it: what cannot be shown stands as ``[U+XXXX]``."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSHOWABLE.sub(lambda match: coded(match[0]), text)


def folded(text: str) -> str:
    """``text`` with each run of blanks as one, none at its ends; controls are no blanks."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _BLANKS.sub(" ", text).strip(" ")


def solid(text: str) -> int:
    """How many characters are not blank; a common blank is the only one that is printable."""
    if text.isprintable():
        return len(text) - text.count(" ")
    if text.isascii():
        return len(text.encode().translate(None, _ASCII_BLANKS))
    return len("".join(text.split()))


def unshowable(text: str) -> list[tuple[int, str]]:
    """Where ``printable`` changes ``text``: (offset, character) of each."""
    if text.isascii() and len(text.encode().translate(None, _ASCII_UNSHOWABLE)) == len(text):
        return []
    return [(match.start(), match[0]) for match in _UNSHOWABLE.finditer(text)]


def escaped(text: str) -> str:
    """``text`` as XML content or an attribute in double quotes (XML 1.0 sec. 2.4).

    The standard library's own function brings urllib and ssl with it, 20 ms of every start.
    """
    if not ("&" in text or "<" in text or ">" in text or '"' in text):  # nearly all texts
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace('"', "&quot;")


def unescaped(text: str) -> str:
    """``text`` with its character references resolved (HTML 5, 13.5)."""
    if "&" not in text:
        return text
    from html import unescape  # brings the table of all 2,231 names

    return unescape(text)


def coded(character: str) -> str:
    """One character as its code point: ``[U+0012]``."""
    return f"[U+{ord(character):04X}]"
