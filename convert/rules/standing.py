"""What each paragraph of a cable stands under."""

from __future__ import annotations

from collections.abc import Iterator

from convert.model.cable import Cable, Paragraph
from convert.model.data import Data
from convert.model.marking import Marking
from convert.model.walk import every, words
from convert.notation import portion as notation


class Standing(Data):
    """A paragraph and the marking it stands under; None where nothing tells."""

    paragraph: Paragraph
    marking: Marking | None


def standing(cable: Cable) -> Iterator[Standing]:
    """Each paragraph with the marking it stands under.

    An item without a mark of its own stands under the paragraph above it (32 CFR 2001.21(c)(3)); a
    mark for the entire text marks every paragraph that has none. Nothing else gives a level.
    """
    entire = _entire_text(cable)
    above: list[Marking | None] = []  # by level of nesting
    for paragraph in every(cable, Paragraph):
        del above[paragraph.level :]
        inherited = above[-1] if above and paragraph.label else None
        own = paragraph.portion.marking if paragraph.portion else inherited or entire
        above += [own] * (paragraph.level + 1 - len(above))
        yield Standing(paragraph, own)


def _entire_text(cable: Cable) -> Marking | None:
    """The mark for the entire text, if there is one that can be read."""
    return next((marking for _, marking in entire_texts(cable) if marking), None)


def entire_texts(cable: Cable) -> Iterator[tuple[Paragraph, Marking | None]]:
    """Each paragraph that marks the entire text, and what it means; None if it cannot be read.

    ``(C - ENTIRE TEXT)``, ``(C) ENTIRE TEXT.``, or without brackets the whole of a paragraph.
    """
    for paragraph in every(cable, Paragraph):
        own = paragraph.portion.marking if paragraph.portion else None
        if own and own.entireText:
            yield paragraph, own
        elif paragraph.label and len(paragraph.content) == 1:
            said = words(paragraph.content[:1])[:60].rstrip(".")
            if own and said == "ENTIRE TEXT":
                yield paragraph, own
            elif not paragraph.portion and said.endswith(" ENTIRE TEXT"):
                read = notation.parse(f"({said})")
                yield paragraph, read.marking if read else None
