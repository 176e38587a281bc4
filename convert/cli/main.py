"""Where the program begins and how it ends: one exit code for every way to end.

Nothing heavy may be imported here: ``--version`` and ``explain`` must start as fast as Python.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NoReturn, TextIO

COMMANDS = ("convert", "check", "marking", "show", "verify", "explain", "formats", "schema")


def main() -> NoReturn:
    """Run the program with the arguments of the process, and end the process.

    Starting makes many objects and no garbage, and at the end there is none that matters: looking
    for it, as Python does by itself, takes an eighth of a short run, and taking all objects apart
    one by one a thirtieth. Only worker processes leave something to be put in order at the end.
    """
    gc.set_threshold(100_000)
    code = run(sys.argv[1:])
    gc.freeze()
    if "multiprocessing" in sys.modules:
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not _is_flushed(stream):
            code = code or UNWRITABLE
    os._exit(code)


def _is_flushed(stream: TextIO) -> bool:
    try:
        stream.flush()
    except (OSError, ValueError):  # its reader went away, or it is closed
        return stream.closed
    return True


UNWRITABLE = 6  # ExitCode.UNWRITABLE, without its module


def run(arguments: list[str]) -> int:
    """Run the program; the exit code."""
    if arguments[:1] in (["--version"], ["-V"]):
        from convert import __version__

        try:
            print(f"cable-convert {__version__}", flush=True)
        except OSError:
            return UNWRITABLE
        return 0
    from convert.cli import terminal
    from convert.errors import CableError, ExitCode

    try:
        return int(_dispatch(arguments))
    except CableError as error:
        terminal.failure(error.message, error.hint)
        return int(error.exit_code)
    except KeyboardInterrupt:
        terminal.failure("interrupted", "Every file that was written is whole.")
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # `| head`: the reader has seen enough
        terminal.abandon_stdout()
        return int(ExitCode.UNWRITABLE)
    except Exception as error:
        terminal.defect(error, traceback="--traceback" in arguments)
        return int(ExitCode.DEFECT)


def _dispatch(arguments: list[str]) -> int:
    command, rest = "convert", arguments
    if arguments and arguments[0] in COMMANDS:
        command, rest = arguments[0], arguments[1:]
    if command == "explain" and not any(word.startswith("-") for word in rest):
        from convert.cli.explain import explain

        return explain(rest)
    from convert.cli import commands
    from convert.cli.options import parse
    from convert.model import regex

    asked = parse(command, rest, bare=command == "convert" and rest is arguments)
    code = commands.RUN[command](asked)
    regex.keep()
    return code
