"""Who released a message: ``RELEASED BY VADM J. DOE, N1.``, the last words of a Navy message.

``RADM J. Doe, Commander (CG-1), sends.`` in one of the Coast Guard.
"""

from __future__ import annotations

from convert.model import regex as re

_RELEASED = re.compile(
    r"(?:\d{1,3}\. *)?(?:RELEASED?(?: IS)?(?: AUTHORI[SZ]ED)? BY:? +(?P<by>[A-Z].*)"
    r"|(?P<sends>[A-Z][A-Z.' -]{2,50}(?:, .{1,200}?)?),? SENDS\.?)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:JR|SR)\.?(?: [A-Z]{3,5})?|I{1,3}|IV|SES|USN|USNR", re.IGNORECASE)
_LONGEST = 400  # characters; a name, a title and an office


def released_by(text: str) -> str | None:
    """``VADM G. L. HOEWING`` out of ``7. RELEASED BY VADM G. L. HOEWING, N1.``; else None."""
    if len(text) > _LONGEST or not (found := _RELEASED.fullmatch(text)):
        return None
    name, *more = re.split(r", *| *\(|/{2,}", found["by"] or found["sends"])
    if more and _SUFFIX.fullmatch(more[0].strip()):
        return f"{name}, {more[0].strip()}"
    return name.strip() or None
