"""What the command line prints, and where: documents on standard output, all else on the other."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from convert.model.text import printable

if TYPE_CHECKING:
    from convert.places import Located, Place

_COLOURS = {"error": "31", "warning": "33", "info": "36", "dim": "2", "bold": "1"}


def coloured(stream: TextIO) -> bool:
    """Whether colours may be used there: a terminal that can, and nobody said NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, colour: str, stream: TextIO) -> str:
    """``text`` in a colour where the stream shows colours."""
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if coloured(stream) else text


def plain(text: str) -> str:
    """One line that cannot steer the terminal, whatever a source or a file name holds."""
    return printable(" ".join(text.split()))


def finding(label: str, located: Located, stream: TextIO, *, source: bool = False) -> str:
    """``file:line:col: CODE severity: message``, and the hint below it.

    ``source``: between the two the line of the source, with the finding underlined.
    """
    one, place = located.finding, located.place
    severity = one.severity.value
    where = f":{place.line}:{place.column}" if place else ""
    kind = paint(f"{one.code.id} {severity}:", severity, stream)
    lines = [f"{plain(located.label or label)}{where}: {kind} {plain(one.message())}"]
    if place and source:
        lines += _underlined(place, severity, stream)
    return "\n".join([*lines, paint(f"    {plain(one.hint())}", "dim", stream), ""])


def _underlined(place: Place, colour: str, stream: TextIO) -> list[str]:
    row, mark = place.row, place.mark
    before, marked, after = (
        "".join(" " if one.isspace() else one for one in printable(part))
        for part in (row[: mark.start], row[mark.start : mark.end], row[mark.end :])
    )
    number = str(place.line)
    # The bar keeps a source line from being taken for an order to a CI runner: `::add-mask::`.
    bar, blank = f"  {number} | ", f"  {' ' * len(number)} | "
    under = "^" * max(1, _width(marked))
    return [
        paint(bar, "dim", stream) + f"{before}{marked}{after}".rstrip(),
        paint(blank, "dim", stream) + " " * _width(before) + paint(under, colour, stream),
    ]


def _width(text: str) -> int:
    """The columns that a terminal gives to it."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(one) else 1 + (east_asian_width(one) in "WF") for one in text)


def failure(message: str, hint: str = "", label: str = "cable-convert") -> None:
    """An error and what to do about it, on standard error."""
    kind = paint("error:", "error", sys.stderr)
    print(f"{plain(label)}: {kind} {plain(message)}", file=sys.stderr)
    if hint:
        print(f"    {plain(hint)}", file=sys.stderr)


def defect(error: Exception, *, traceback: bool) -> None:
    """A fault of the toolkit: short, unless the traceback is asked for."""
    from convert.job import defect as described

    told = described(error)
    failure(told.message, told.hint)
    if traceback:
        sys.stderr.write(told.traceback)


def document(data: bytes) -> None:
    """A document on standard output."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from convert.files import unwritable

        abandon_stdout()
        raise unwritable("standard output", error) from error


def text(lines: str) -> None:
    """Text on standard output, in UTF-8 whatever the locale says."""
    document((lines if lines.endswith("\n") else f"{lines}\n").encode("utf-8", "backslashreplace"))


def abandon_stdout() -> None:
    """Let Python's own last flush go nowhere."""
    with suppress(OSError):
        sys.stdout.close()
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - stays to the end


class Progress:
    """A line on a terminal that says how far a run over several inputs is."""

    def __init__(self, total: int, *, wanted: bool) -> None:
        self._total, self._done = total, 0
        self._shown = wanted and total > 1 and sys.stderr.isatty()

    def begin(self) -> None:
        """Show the line."""
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{self._done} of {self._total} converted")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
