"""Which codes a run is about: ``--select`` and ``--ignore``, codes or their beginnings."""

from __future__ import annotations

from collections.abc import Iterable

from convert.cli.explain import unknown
from convert.diagnostics import Code
from convert.model.data import Data


class Selection(Data):
    """Codes that are asked for (none: all) and codes that are left out."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def holds(self, code: Code) -> bool:
        """Whether a finding of this code counts: the longer beginning decides, then ``ignore``."""
        return _longest(code.id, self.select or ("",)) > _longest(code.id, self.ignore)


def codes(words: Iterable[str]) -> tuple[str, ...]:
    """Codes or their beginnings, in capitals; UsageError for one that no code begins with."""
    found = tuple(word.strip().upper() for word in words if word.strip())
    for word in found:
        if not any(code.id.startswith(word) for code in Code):
            raise unknown(word)
    return found


def _longest(id: str, beginnings: tuple[str, ...]) -> int:
    return max((len(one) for one in beginnings if id.startswith(one)), default=-1)
