"""Roll-up: the banner that portions make, as an algebra of named rules.

On a banner one control has displaced another, and what it displaced is lost. So portions are first
turned into sums (``of``), which keep everything; sums are joined; and ``banner`` lets the rules
work on the sum of all. ``join`` is a semilattice: it is commutative, associative and idempotent,
and ``NOTHING`` is its unit. ``roll_up`` is the three in a row.

A cable is a US document, so the banner is a US marking: what other owners classified becomes FGI.
Portions without a mark are the caller's to inherit, or to leave out and report (RU-SEG, RU-NONE);
that a class above every portion needs a reason (RU-OVER) is a check, not a sum.

Manual: IC Markings System Register and Manual, effective 31 December 2016; T3 is its Table 3 (D.2).
Where ISM.XML Version 10 differs from it, the Manual is followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from convert.model import order
from convert.model.data import Data
from convert.model.marking import Level, Marking

Places = frozenset[str]
"""Countries and organisations other than the United States; tetragraphs beside their members."""

NOBODY: Places = frozenset()

# ISM_XML.sch. Only these may be expanded for roll-up (T3 rule 23); USA is a member of each.
MEMBERS: dict[str, Places] = {
    "TEYE": frozenset({"CAN", "GBR"}),
    "ACGU": frozenset({"AUS", "CAN", "GBR"}),
    "FVEY": frozenset({"AUS", "CAN", "GBR", "NZL"}),
}

_FORBIDDING = frozenset({"XD", "ND"})  # each requires NOFORN (Manual H.9; ISM-ID-00313, 00314)
_OWN_NOFORN = {"SBU-NF": "SBU", "LES-NF": "LES"}  # each says NOFORN within its own name
_RELEASE = frozenset({"NF", "REL", "RELIDO", "EYES", "DISPLAYONLY"})  # FD&R markings (Manual B.3)
_UNCLASSIFIED_AEA = frozenset({"UCNI", "DCNI"})
_NEVER_CLASSIFIED = frozenset({"LOU", "OUO", "EFTO"})


class Release(Data):
    """What foreign disclosure and release markings allow together; None stands for everyone.

    Joining can only take away: sets intersect, and RELIDO must be on all.
    """

    to: Places | None = None
    shown: Places | None = None  # to whom it may be shown; release implies display (T3 rule 26)
    relido: bool = True
    stated: bool = False  # some portion bears a marking of release, NOFORN among them
    rel: bool = False  # some portion says REL TO
    eyes: bool = False  # some portion says EYES ONLY
    beside: Places | None = None  # to whom those that say REL without a list also show it


class Sum(Data):
    """What portions weigh together, before any rule lets one control displace another."""

    level: Level | None = None  # None: of no portion
    SCIcontrols: frozenset[str] = frozenset()
    SARIdentifier: frozenset[str] = frozenset()
    atomicEnergyMarkings: frozenset[str] = frozenset()  # noqa: N815 - ISM's spelling
    sources: frozenset[str] = frozenset()  # owners other than the United States
    concealed: bool = False  # some source may not be named
    disseminationControls: frozenset[str] = frozenset()  # noqa: N815 - without those of release
    nonICmarkings: frozenset[str] = frozenset()  # noqa: N815
    nonUSControls: frozenset[str] = frozenset()  # noqa: N815
    cui: bool = False
    cuiCategories: frozenset[str] = frozenset()  # noqa: N815
    legacyMarkings: frozenset[str] = frozenset()  # noqa: N815
    release: Release = Release()

    @property
    def classified(self) -> bool:
        """Whether any portion is above UNCLASSIFIED."""
        return self.level not in (None, Level.U)


NOTHING = Sum()
"""The sum of no portions: joined to any other it changes nothing."""


def roll_up(portions: Iterable[Marking]) -> Marking | None:
    """The banner that these portions make; None if there are none.

    Neither their order nor a repeated portion matters.
    """
    different = {id(portion): portion for portion in portions}.values()
    return banner(reduce(join, map(of, different), NOTHING))


def of(portion: Marking) -> Sum:
    """One portion as a sum."""
    owners = set(portion.ownerProducer) | set(portion.FGIsourceOpen)
    return Sum(
        level=portion.classification,
        SCIcontrols=frozenset(portion.SCIcontrols),
        SARIdentifier=frozenset(portion.SARIdentifier),
        atomicEnergyMarkings=frozenset(portion.atomicEnergyMarkings),
        sources=frozenset(owners - {"USA", "FGI"}),
        concealed="FGI" in owners or bool(portion.FGIsourceProtected),
        disseminationControls=frozenset(portion.disseminationControls) - _RELEASE,
        nonICmarkings=frozenset(portion.nonICmarkings),
        nonUSControls=frozenset(portion.nonUSControls),
        cui=portion.cui,
        cuiCategories=frozenset(portion.cuiCategories),
        legacyMarkings=frozenset(portion.legacyMarkings),
        release=_release(portion),
    )


def join(one: Sum, other: Sum) -> Sum:
    """What both weigh together: the higher level, all controls, the common release."""
    levels = [level for level in (one.level, other.level) if level is not None]
    return Sum(
        level=max(levels, key=lambda level: level.rank, default=None),
        SCIcontrols=one.SCIcontrols | other.SCIcontrols,
        SARIdentifier=one.SARIdentifier | other.SARIdentifier,
        atomicEnergyMarkings=one.atomicEnergyMarkings | other.atomicEnergyMarkings,
        sources=one.sources | other.sources,
        concealed=one.concealed or other.concealed,
        disseminationControls=one.disseminationControls | other.disseminationControls,
        nonICmarkings=one.nonICmarkings | other.nonICmarkings,
        nonUSControls=one.nonUSControls | other.nonUSControls,
        cui=one.cui or other.cui,
        cuiCategories=one.cuiCategories | other.cuiCategories,
        legacyMarkings=one.legacyMarkings | other.legacyMarkings,
        release=Release(
            to=_common(one.release.to, other.release.to),
            shown=_common(one.release.shown, other.release.shown),
            relido=one.release.relido and other.release.relido,
            stated=one.release.stated or other.release.stated,
            rel=one.release.rel or other.release.rel,
            eyes=one.release.eyes or other.release.eyes,
            beside=_common(one.release.beside, other.release.beside),
        ),
    )


def banner(total: Sum) -> Marking | None:
    """The banner of a sum, by the rules below; None of ``NOTHING``."""
    if total.level is None:
        return None
    source_open, source_protected = foreign_sources(total)
    release = release_markings(total)
    non_ic = non_ic_markings(total)
    return Marking(
        classification=highest_level(total.level),
        SCIcontrols=order.sci(total.SCIcontrols),
        SARIdentifier=order.sar(total.SARIdentifier),
        atomicEnergyMarkings=order.atomic(atomic_energy(total)),
        FGIsourceOpen=source_open,
        FGIsourceProtected=source_protected,
        disseminationControls=order.dissemination(dissemination(total) | release),
        releasableTo=_listed(total.release.to) if release & {"REL", "EYES"} else (),
        displayOnlyTo=order.countries(_named(_shown_only(total.release)))
        if "DISPLAYONLY" in release
        else (),
        nonICmarkings=order.non_ic(non_ic),
        nonUSControls=order.non_us(total.nonUSControls),
        cui=total.cui,
        cuiCategories=order.cui(total.cuiCategories),
        legacyMarkings=tuple(sorted(legacy(total))),
        relAbbreviated=bool(release & {"REL", "EYES"}) and total.release.to is None,
    )


def covers(banner: Marking, portion: Marking) -> bool:
    """Whether a banner is no lower than a portion and releases no more than it does.

    Release to a country, display to one, and the leave that RELIDO gives count each for itself;
    what a portion forbids (NOFORN, EXDIS, NODIS, SBU-NF) the banner has to forbid too. A bare
    (U) limits nothing. A portion or banner that says REL without a list says the other's list.
    Controls that limit nobody abroad (ORCON, SCI) are not looked at: compare with ``roll_up``.
    """
    if banner.classification.rank < portion.classification.rank:
        return False
    if _forbids(portion) and not _forbids(banner):
        return False
    leave, limit = _release(banner), _release(portion)
    if not leave.stated:
        return True  # releases to nobody, by no word of its own
    return (
        _within(leave.to, limit.to)
        and _within(_shown_only(leave), limit.shown if limit.beside is None else limit.beside)
        and (limit.relido or not leave.relido)
    )


# The rules.


def highest_level(level: Level) -> Level:
    """RU-CLASS: the highest level of any portion (32 CFR 2001.21(b); Manual D.2, H.1).

    The US has no RESTRICTED (Manual H.3): CONFIDENTIAL is its lowest level that protects as much.
    """
    return Level.C if level is Level.R else level


def atomic_energy(total: Sum) -> frozenset[str]:
    """RU-RD: any portion's; RD beats FRD, both beat TFNI (Manual H.6).

    Beside RD, the SIGMA numbers of FRD stand under RD. UCNI is for unclassified banners only.
    """
    kept = set(total.atomicEnergyMarkings)
    if any(_family(marking) == "RD" for marking in kept):
        kept = {
            "RD" + _detail(marking) if _family(marking) == "FRD" else marking for marking in kept
        }
    if any(_family(marking) in ("RD", "FRD") for marking in kept):
        kept.discard("TFNI")
    return frozenset(kept - _UNCLASSIFIED_AEA if total.classified else kept)


def foreign_sources(total: Sum) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """RU-FGI: FGI and the sources; FGI alone if any is concealed (Manual D.2, H.7).

    NATO portions, and the partners of JOINT ones, are sources (Manual H.3, Appendix B).
    """
    if total.concealed:
        return (), ("FGI",)
    return order.countries(total.sources), ()


def dissemination(total: Sum) -> frozenset[str]:
    """RU-OC, RS, PR, IMC, FISA, DSEN: any portion's; ORCON beats ORCON-USGOV (Manual H.8)."""
    kept = total.disseminationControls - {"FOUO"}
    if "OC" in kept:
        kept -= {"OC-USGOV"}
    return kept | for_official_use_only(total)


def for_official_use_only(total: Sum) -> frozenset[str]:
    """RU-FOUO-U, RU-FOUO-C: only unclassified, beside no control but those of release (H.8)."""
    alone = total.disseminationControls <= {"FOUO"} and not total.nonICmarkings
    if total.classified or not alone:
        return frozenset()
    return total.disseminationControls


def release_markings(total: Sum) -> frozenset[str]:
    """T3 as a whole: what the banner says of release; nothing if no portion says anything.

    RU-T3-21 to 23: REL TO whoever all release to. RU-T3-24: RELIDO if it is on all.
    RU-T3-25 to 27: DISPLAY ONLY to whoever all show it to. RU-T3-1, 2, 9 to 12, 16, 18 to 20:
    NOFORN if that leaves nothing. T3 rule 17 (RELIDO beside a bare portion) lets the date decide;
    information from before 28 June 2010 is NOFORN (Manual B.3, Table 2), and so it is here.
    """
    release = total.release
    if not release.stated:
        return frozenset({"NF"}) if _noforn_by_name(total) else frozenset()
    found = set()
    if release.to is None or release.to:
        found.add("EYES" if release.eyes and not release.rel else "REL")
    if _shown_only(release):
        found.add("DISPLAYONLY")
    if release.relido:
        found.add("RELIDO")
    return frozenset(found or {"NF"})


def non_ic_markings(total: Sum) -> frozenset[str]:
    """The controls of other agencies (Manual H.9), each by its own rule below."""
    return no_or_exclusive_distribution(
        sensitive_but_unclassified(law_enforcement(limited_distribution(total), total), total)
    )


def limited_distribution(total: Sum) -> frozenset[str]:
    """RU-DS: NGA's LIMDIS stands on unclassified banners only (Manual H.9)."""
    return total.nonICmarkings - {"DS"} if total.classified else total.nonICmarkings


def law_enforcement(found: frozenset[str], total: Sum) -> frozenset[str]:
    """RU-LES: any portion's; LES-NF beats LES, and splits beside NOFORN or above U (H.9)."""
    return _split(found, "LES-NF", total)


def sensitive_but_unclassified(found: frozenset[str], total: Sum) -> frozenset[str]:
    """RU-SBU, RU-SBUNF: unclassified only; SBU-NF beats SBU, and splits beside FD&R (H.9)."""
    kept = _split(found, "SBU-NF", total)
    return kept - {"SBU"} if total.classified else kept


def no_or_exclusive_distribution(found: frozenset[str]) -> frozenset[str]:
    """RU-XD, RU-ND: any portion's; NODIS beats EXDIS, both beat SBU and SBU-NF (Manual H.9)."""
    if "ND" in found:
        found -= {"XD"}
    return found - {"SBU", "SBU-NF"} if found & _FORBIDDING else found


def legacy(total: Sum) -> frozenset[str]:
    """LOU, OUO and EFTO never mark classified information, as FOUO does not (cf. RU-FOUO-C)."""
    return total.legacyMarkings - _NEVER_CLASSIFIED if total.classified else total.legacyMarkings


def undecided(portion: Marking) -> bool:
    """RU-T3-12, 16, 19: no word on release where one counts: beside any, the banner is NOFORN.

    Such are classified portions and FGI (Manual B.3, Table 2), FISA (H.1 UNCLASSIFIED example 3),
    UCNI (H.6). RU-U-FDR: other unclassified portions take no part (H.1 UNCLASSIFIED example 5;
    B.3 i with Table 2 for those with controls).
    """
    return (
        portion.classification is not Level.U
        or portion.joint
        or any(owner != "USA" for owner in portion.ownerProducer)
        or bool(portion.FGIsourceOpen or portion.FGIsourceProtected)
        or "FISA" in portion.disseminationControls
        or not _UNCLASSIFIED_AEA.isdisjoint(portion.atomicEnergyMarkings)
    )


# What the rules share.


def _release(portion: Marking) -> Release:
    controls = set(portion.disseminationControls)
    listed = bool(portion.releasableTo or portion.displayOnlyTo)
    stated = not _RELEASE.isdisjoint(controls) or listed or portion.relAbbreviated
    if _forbids(portion):  # RU-T3-1, 2; RU-XD, ND; SBU-NF by itself states no FD&R marking
        stated = stated or not _FORBIDDING.isdisjoint(portion.nonICmarkings)
        return Release(NOBODY, NOBODY, relido=False, stated=stated)
    if not stated:
        return Release(NOBODY, NOBODY, relido=False) if undecided(portion) else Release()
    display = _places(portion.displayOnlyTo)
    to = None if portion.relAbbreviated else _places(portion.releasableTo)
    return Release(
        to=to,
        shown=None if to is None else to | display,
        relido="RELIDO" in controls,
        stated=True,
        rel="EYES" not in controls and to != NOBODY,
        eyes="EYES" in controls,
        beside=display if to is None else None,
    )


def _forbids(marking: Marking) -> bool:
    return "NF" in marking.disseminationControls or not (
        _FORBIDDING | _OWN_NOFORN.keys()
    ).isdisjoint(marking.nonICmarkings)


def _noforn_by_name(total: Sum) -> bool:
    """T3 rules 4, 7: SBU-NF or LES-NF in a classified document is NOFORN."""
    return total.classified and not _OWN_NOFORN.keys().isdisjoint(total.nonICmarkings)


def _split(found: frozenset[str], joined: str, total: Sum) -> frozenset[str]:
    """``SBU-NF`` in place of SBU; or SBU, where the banner has a NOFORN of its own (T3 3-8, 14)."""
    if joined not in found:
        return found
    plain = _OWN_NOFORN[joined]
    apart = total.classified or total.release.stated
    return found - {plain, joined} | {plain if apart else joined}


def _places(codes: Iterable[str]) -> Places:
    """These and the members of TEYE, ACGU and FVEY; the United States go without saying."""
    named = frozenset(codes)
    return named.union(*(MEMBERS.get(code, NOBODY) for code in named)) - {"USA"}


def _named(places: Places) -> Places:
    """The list as it is written: what a tetragraph in it stands for needs no naming."""
    return places.difference(*(MEMBERS[group] for group in places & MEMBERS.keys()))


def _people(place: str) -> Places:
    return MEMBERS.get(place, frozenset({place}))


def _listed(places: Places | None) -> tuple[str, ...]:
    return () if places is None else order.countries(_named(places) | {"USA"})


def _shown_only(release: Release) -> Places:
    """Who may see it and not keep it."""
    shown = _common(release.shown, release.beside) or NOBODY
    return frozenset(place for place in shown if not _people(place) <= (release.to or NOBODY))


def _common(one: Places | None, other: Places | None) -> Places | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _within(inner: Places | None, outer: Places | None) -> bool:
    """Whether each country of one is in the other, with tetragraphs read as their members."""
    if inner is None or outer is None:
        return outer != NOBODY
    return inner - MEMBERS.keys() <= outer - MEMBERS.keys()


def _family(marking: str) -> str:
    return marking.split("-")[0]


def _detail(marking: str) -> str:
    return marking.removeprefix("FRD")
