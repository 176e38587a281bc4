"""Where the pages of the source end, as far as its banners tell."""

from __future__ import annotations

from collections.abc import Sequence

from convert.model.cable import Banner, Joint, Part
from convert.model.walk import TEXT_PARTS, pieces


def page_feet(parts: Sequence[Part], begin: int, last: int) -> set[int]:
    """The banners at the foot of a page, by identity: behind the text, and where two meet.

    ``begin`` and ``last``: the number of the first part of the text, and of the last of its body.
    """
    feet: set[int] = set()
    run: list[Part] = []  # banners between two parts of the text
    for number, part in enumerate(parts):
        listed = pieces(part)
        for piece in listed if len(listed) > 1 else ():
            if type(piece) is Joint:
                _end_of_page([one for one in piece.parts if isinstance(one, Banner)], feet)
        if type(part) is Banner:
            run.append(part)
        elif type(part) in TEXT_PARTS:
            if number > begin:
                _end_of_page(run, feet)
                feet.update(id(one) for one in run[:1] if number > last >= 0)
            run = []
    feet.update(id(one) for one in run if last >= 0)
    return feet


def _end_of_page(run: Sequence[Part], feet: set[int]) -> None:
    """Of two banners that meet, the one ends a page, the other begins the next."""
    if len(run) > 1:
        feet.add(id(run[0]))
