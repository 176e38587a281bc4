"""A ``teiCorpus`` cut into its telegrams, each a TEI document of its own."""

from __future__ import annotations

from convert.model import regex as re
from convert.model.span import Span
from convert.reader.markup import tokens, well_formed

_OPENING = 4096  # bytes in which the root element begins
_NAMESPACE = b"http://www.tei-c.org/ns/1.0"
_ROOT = re.compile(rb"<(?:\w+:)?teiCorpus[\s>]")


def is_corpus(opening: bytes) -> bool:
    """Whether a file that begins so is a ``teiCorpus``."""
    opening = opening[:_OPENING]
    return bool(_NAMESPACE in opening and _ROOT.search(opening))


def members(text: str) -> tuple[str, list[Span]]:
    """The start tag of the corpus, and where each ``TEI`` in it stands.

    Raises UnreadableError for XML that is not well formed.
    """
    well_formed(text)
    root, depth, start = "", 0, 0
    found: list[Span] = []
    for token in tokens(text, xml=True):
        if token.kind == "open" and not root:
            root = " ".join(token.span.of(text).split())
        elif token.name.rpartition(":")[2] != "TEI" or token.empty:
            continue
        elif token.kind == "open":
            start = start if depth else token.span.start
            depth += 1
        elif token.kind == "close":
            depth -= 1
            if not depth:
                found.append(Span(start, token.span.end))
    return root, found


def document(root: str, member: str) -> bytes:
    """A corpus of one, with the namespaces of the corpus that it comes from."""
    name = root[1:].split()[0].rstrip(">")
    return f"{root}{member}</{name}>".encode("utf-8", "surrogatepass")
