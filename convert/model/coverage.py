"""How much of a source was recognised, in characters that are not blank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from convert.model.cable import Cable, Label, Portion, Typed, Unread
from convert.model.data import Data
from convert.model.text import solid
from convert.model.walk import every, leaves


class Coverage(Data):
    """Characters of the source that are not blank, and what became of them."""

    characters: int
    carried: int  # into parts of the cable, those that nobody recognised included
    omitted: tuple[tuple[str, int], ...]  # by reason, by name
    unrecognised: int  # carried as typed, in lines that no pass knows

    @property
    def unaccounted(self) -> int:
        """Neither carried nor left out: a defect, and always reported."""
        return self.characters - self.carried - sum(count for _, count in self.omitted)

    @property
    def percent(self) -> float:
        """The share that was recognised or left out for a reason; 100 for an empty source."""
        if not self.characters:
            return 100.0
        known = self.characters - self.unrecognised - self.unaccounted
        return 100.0 * known / self.characters


def coverage(cable: Cable) -> Coverage:
    """The coverage of one cable."""
    omitted: Counter[str] = Counter()
    for omission in cable.omissions:
        omitted[omission.reason.value] += solid(omission.typed)
    return Coverage(
        characters=cable.source.characters,
        carried=_sum(leaves(cable.parts)),
        omitted=tuple(sorted(omitted.items())),
        unrecognised=_sum(leaves(every(cable, Unread))),
    )


def _sum(carried: Iterable[Typed | Label | Portion]) -> int:
    return sum(map(_carried, carried))


def _carried(leaf: Typed | Label | Portion) -> int:
    """The leaf's characters that are not blank; all of those of a character reference."""
    text = leaf.text if isinstance(leaf, Typed) else leaf.typed
    return leaf.span.end - leaf.span.start - len(text) + solid(text)
