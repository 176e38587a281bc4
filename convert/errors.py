"""Exit codes, and the exceptions that carry one. The codes are part of the interface."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """How a run ended; with several inputs, the worst of theirs."""

    DONE = 0
    FINDINGS = 1  # findings at or above --fail-on; the outputs were written
    USAGE = 2
    UNREADABLE = 3  # an input cannot be read
    REFUSED = 4  # --strict: an error, or a section that did not come
    UNVERIFIED = 5  # an output's re-read differs from the cable; nothing was published
    UNWRITABLE = 6
    DEFECT = 70  # a fault of the toolkit itself
    INTERRUPTED = 130


class CableError(Exception):
    """A failure that a user can act on: what happened, and a hint what to do."""

    exit_code: ClassVar[ExitCode] = ExitCode.DEFECT

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CableError):
    """Wrong arguments or configuration."""

    exit_code = ExitCode.USAGE


class UnreadableError(CableError):
    """The input is no text that can be read: empty, binary, missing, not permitted."""

    exit_code = ExitCode.UNREADABLE


class RefusedError(CableError):
    """``--strict``: there are errors, or a section did not come, so nothing is written."""

    exit_code = ExitCode.REFUSED


class UnverifiedError(CableError):
    """An output does not read back as the cable it was made from."""

    exit_code = ExitCode.UNVERIFIED


class UnwritableError(CableError):
    """The target cannot be written: permission, space, a name that is taken."""

    exit_code = ExitCode.UNWRITABLE
