"""The cable's own marking, made of its banner lines and captions, and every mark in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from convert.model import order
from convert.model.cable import (
    Authority,
    Banner,
    Cable,
    Captions,
    Heading,
    Paragraph,
    Portion,
    Preformatted,
    Subject,
    Table,
)
from convert.model.data import replace
from convert.model.facts import agrees_on_release
from convert.model.marking import Level, Marking
from convert.model.walk import all_parts, every, kept

# What a caption says in ISM's terms. State's LIMDIS is not NGA's DS; SIPDIS, STADIS, TERREP and the
# channels have no ISM value (5 FAH-2 H-440).
_DISSEMINATION = {"NOFORN": "NF"}
_NON_IC = {"EXDIS": "XD", "NODIS": "ND"}


_MARKED = (Paragraph, Subject, Heading, Preformatted, Table, Authority)


@kept
def portions(cable: Cable) -> Sequence[Portion]:
    """Every mark in the cable, in order."""
    marked = (part.portion for part in all_parts(cable) if isinstance(part, _MARKED))
    return [portion for portion in marked if portion is not None]


@kept
def effective(cable: Cable) -> Marking | None:
    """The marking of the document: the readable banner lines, and the captions with them.

    The highest class; the controls of all lines, but a release only from a line of that class, and
    none where the lines disagree on it.

    State puts the class on the banner line and each control on a line of its own; both together are
    the banner. SENSITIVE means SBU under an unclassified banner only (ISM-ID-00037).
    """
    read = {id(one.marking): one.marking for one in every(cable, Banner) if one.marking}
    if not read:
        return None
    marking = _merged(tuple(read.values()))  # those that differ: most banners are one and the same
    captions = [caption for line in every(cable, Captions) for caption in line.captions]
    captions += [caption for banner in every(cable, Banner) for caption in banner.captions]
    dissemination = [_DISSEMINATION[c] for c in captions if c in _DISSEMINATION]
    non_ic = [_NON_IC[c] for c in captions if c in _NON_IC]
    if "SENSITIVE" in captions and marking.classification is Level.U:
        non_ic.append("SBU")
    if not (dissemination or non_ic):
        return marking
    return replace(
        marking,
        disseminationControls=_with(marking.disseminationControls, dissemination),
        nonICmarkings=_with(marking.nonICmarkings, non_ic),
    )


@lru_cache(maxsize=256)
def _merged(read: tuple[Marking, ...]) -> Marking:
    """One marking of those of the banner lines, as ``banner_text`` shows it."""
    top = max(read, key=lambda one: one.classification.rank)
    alike = [one for one in read if one.classification is top.classification]
    rest = [replace(one, disseminationControls=_kept(one)) for one in read if one not in alike]
    if not agrees_on_release(top, read):
        top = replace(top, releasableTo=(), displayOnlyTo=())
        alike = [replace(one, disseminationControls=_kept(one)) for one in alike]
    elif not top.releasableTo:
        lists = (one.releasableTo for one in alike if one.releasableTo)
        top = replace(top, releasableTo=next(lists, ()))
    merged: dict[str, Any] = {
        name: sort(value for one in (*alike, *rest) for value in getattr(one, name))
        for name, sort in _LISTS
    }
    return replace(top, **merged)


def _kept(marking: Marking) -> tuple[str, ...]:
    """The controls that keep the cable from readers."""
    controls = marking.disseminationControls
    return tuple(one for one in controls if one not in ("REL", "RELIDO", "EYES", "DISPLAYONLY"))


_LISTS: tuple[tuple[str, Callable[[Iterable[str]], tuple[str, ...]]], ...] = (
    ("SCIcontrols", order.sci),
    ("SARIdentifier", order.sar),
    ("atomicEnergyMarkings", order.atomic),
    ("disseminationControls", order.dissemination),
    ("nonICmarkings", order.non_ic),
    ("nonUSControls", order.non_us),
    ("FGIsourceOpen", order.countries),
    ("FGIsourceProtected", order.countries),
)


def _with(values: tuple[str, ...], more: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*values, *more)))
