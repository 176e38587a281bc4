"""What is made once and kept between runs, in a folder of the user's that may go at any time."""

from __future__ import annotations

import os
from contextlib import suppress

FOLDER = "CABLE_CONVERT_CACHE"  # a folder; empty: keep nothing


def place(name: str) -> str | None:
    """The path of what is kept under a name, be it there or not; None: nothing is kept."""
    folder = os.environ.get(FOLDER)
    if folder == "":
        return None
    if folder is None:
        local = os.environ.get("LOCALAPPDATA") if os.name == "nt" else None
        base = local or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        folder = os.path.join(base, "cable-convert")
    return os.path.join(folder, name)


def load(place: str | None) -> bytes | None:
    """What is kept there; None if there is nothing."""
    if place is None:
        return None
    try:
        with open(place, "rb") as file:
            return file.read()
    except OSError:
        return None


def keep(place: str | None, data: bytes) -> None:
    """Whole or not at all; what cannot be kept is made again."""
    if place is None:
        return
    beside = f"{place}-{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
        with open(beside, "wb") as file:
            file.write(data)
        os.replace(beside, place)
    except OSError:
        with suppress(OSError):
            os.unlink(beside)
