"""What a caller may ask of a conversion: one frozen record for all formats."""

from __future__ import annotations

from datetime import datetime

from convert.model.data import Data


class Options(Data):
    """How outputs are made. The same cable with the same options gives the same bytes."""

    page: str = "letter"  # "letter" or "a4": paper of the paged formats
    tei_profile: str = ""  # "frus", "ism"; else the toolkit's own TEI
    fragment: bool = False  # of the profile frus: a div alone
    tei_header: bytes | None = None  # a template; None: the house's own
    style: str = "house"  # "house", "facsimile" or "declassified": design of the PDF
    plain_banner: bool = False  # black on white, whatever the class
    attach: str = ""  # "tei" or "txt": what the PDF carries as its source: PDF/A-3a
    source: bytes | None = None  # what ``attach="txt"`` attaches
    pdf2: bool = False  # PDF/A-4f and PDF/UA-2 instead of PDF/A-2a and PDF/UA-1
    fonts: tuple[str, ...] = ()  # TrueType files for characters that the house's faces lack
    made: datetime | None = None  # the date that files say they were made; None: the cable's own
    template: bytes | None = None  # a Word file; None: the house's own
