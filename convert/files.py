"""Writes files whole or not at all: beside the target first, then in its place."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from convert.errors import UnwritableError

_HINTS = {
    errno.EACCES: "You may not write there: choose another place with -o.",
    errno.EPERM: "You may not write there: choose another place with -o.",
    errno.EROFS: "That file system is read-only: choose another place with -o.",
    errno.ENOSPC: "The disk is full: make room, or choose another place with -o.",
    errno.EDQUOT: "Your quota is used up: make room, or choose another place with -o.",
    errno.ENAMETOOLONG: "Choose a shorter name with -o.",
    errno.EISDIR: "There is a folder of that name: choose another name with -o.",
    errno.ENOTDIR: "A part of that path is a file: choose another place with -o.",
    errno.EEXIST: "A part of that path is a file: choose another place with -o.",
}


def publish(documents: Sequence[tuple[Path, bytes]]) -> None:
    """Write all documents, or none: each stands whole beside its target before one is moved.

    Raises UnwritableError. Whatever ends the call early, Ctrl-C too, no part of a file stays.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for given, data in documents:
            target = Path(os.path.realpath(given))  # a link stays, and what it leads to is written
            try:
                _stage(target, data, staged)
            except OSError as error:
                raise unwritable(given, error) from error
        for beside, target in staged:
            try:
                os.replace(beside, target)
            except OSError as error:
                raise unwritable(target, error) from error
    finally:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)


def unwritable(target: Path | str, error: OSError) -> UnwritableError:
    """The error in words, with what to do."""
    reason = error.strerror or type(error).__name__
    hint = _HINTS.get(error.errno or 0, "Choose another place with -o.")
    return UnwritableError(f"cannot write {target}: {reason.lower()}", hint)


def _stage(target: Path, data: bytes, staged: list[tuple[Path, Path]]) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():  # /dev/null, a named pipe: never to be replaced
        target.write_bytes(data)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # A short name of its own: the target's may be as long as the file system allows. open() gives
    # it the permissions that the umask gives any new file, as tempfile would not.
    beside = target.with_name(f".cable-convert-{os.urandom(6).hex()}")
    staged.append((beside, target))
    with beside.open("xb") as file:
        file.write(data)
