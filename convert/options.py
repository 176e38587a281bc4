"""What a caller may ask of a conversion: one frozen record for all formats."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How outputs are made. The same cable with the same options gives the same bytes."""

    page: str = "letter"  # "letter" or "a4": paper of the paged formats
