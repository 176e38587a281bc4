"""What a caller may ask of a conversion: one frozen record for all formats."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Options:
    """How outputs are made. The same cable with the same options gives the same bytes."""

    page: str = "letter"  # "letter" or "a4": paper of the paged formats
    tei_profile: str = ""  # "frus", "ism"; else the toolkit's own TEI
    fragment: bool = False  # of the profile frus: a div alone
    tei_header: bytes | None = field(default=None, repr=False)  # a template; None: the house's own
    template: bytes | None = field(default=None, repr=False)  # a Word file; None: the house's own
