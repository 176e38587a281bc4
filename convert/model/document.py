"""The cable's own marking, made of its banner lines and captions, and every mark in it."""

from __future__ import annotations

from dataclasses import replace

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
from convert.model.marking import Level, Marking
from convert.model.walk import all_parts, every

# What a caption says in ISM's terms. State's LIMDIS is not NGA's DS; SIPDIS, STADIS, TERREP and the
# channels have no ISM value (5 FAH-2 H-440).
_DISSEMINATION = {"NOFORN": "NF"}
_NON_IC = {"EXDIS": "XD", "NODIS": "ND"}


def portions(cable: Cable) -> list[Portion]:
    """Every mark in the cable, in order."""
    marked = (
        part.portion
        for part in all_parts(cable)
        if isinstance(part, Paragraph | Subject | Heading | Preformatted | Table | Authority)
    )
    return [portion for portion in marked if portion is not None]


def effective(cable: Cable) -> Marking | None:
    """The marking of the document: highest readable banner line, and the captions with it.

    State puts the class on the banner line and each control on a line of its own; both together are
    the banner. SENSITIVE means SBU under an unclassified banner only (ISM-ID-00037).
    """
    read = [banner.marking for banner in every(cable, Banner) if banner.marking]
    if not read:
        return None
    marking = max(read, key=lambda one: one.classification.rank)
    captions = [caption for line in every(cable, Captions) for caption in line.captions]
    captions += [caption for banner in every(cable, Banner) for caption in banner.captions]
    dissemination = [_DISSEMINATION[c] for c in captions if c in _DISSEMINATION]
    non_ic = [_NON_IC[c] for c in captions if c in _NON_IC]
    if "SENSITIVE" in captions and marking.classification is Level.U:
        non_ic.append("SBU")
    return replace(
        marking,
        disseminationControls=_with(marking.disseminationControls, dissemination),
        nonICmarkings=_with(marking.nonICmarkings, non_ic),
    )


def _with(values: tuple[str, ...], more: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*values, *more)))
