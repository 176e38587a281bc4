"""``explain``: what a code means, why it is, and what to do. Imports the codes alone."""

from __future__ import annotations

from collections.abc import Iterator

from convert.cli import terminal
from convert.diagnostics import Code
from convert.errors import ExitCode, UsageError


def explain(ids: list[str]) -> int:
    """Print each code's explanation; without any, the list of all."""
    codes = {code.id: code for code in Code}
    if ids:
        terminal.text("\n\n".join("\n".join(_lines(_find(codes, id))) for id in ids))
    else:
        rows = (f"{code.id:<6} {code.severity.value:<8} {blanks(code.says)}" for code in Code)
        terminal.text("\n".join(rows))
    return int(ExitCode.DONE)


def _find(codes: dict[str, Code], id: str) -> Code:
    if found := codes.get(id.upper()):
        return found
    raise unknown(id)


def unknown(id: str) -> UsageError:
    """The error for a code that there is not, with those near it."""
    from difflib import get_close_matches

    ids, sought = [code.id for code in Code], id.upper()
    begin = [one for one in ids if sought and one.startswith(sought)]
    near = (begin or get_close_matches(sought, ids, n=4, cutoff=0.4))[:4]
    hint = f"Near it: {', '.join(near)}. " if near else ""
    return UsageError(
        f"there is no code {id!r}", f"{hint}`cable-convert explain` lists all of them."
    )


def _lines(code: Code) -> Iterator[str]:
    from textwrap import fill

    yield f"{code.id} ({code.severity.value})"
    for title, text in (("Says", code.says), ("Why", code.why), ("To do", code.hint)):
        yield fill(f"{title + ':':<8}{blanks(text)}", 100, subsequent_indent=" " * 8)


def blanks(text: str) -> str:
    """A message without facts: ``page {found}`` as ``page ...``."""
    from convert.model import regex as re

    return re.sub(r"\{\w+\}", "…", text)
