"""A re-read output against the transcript of its cable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from convert.diagnostics import Code
from convert.model.data import Data, replace
from convert.model.facts import Fact
from convert.model.transcript import Entry, Transcript


class Difference(Data):
    """One place where an output does not say what its cable says."""

    where: str
    expected: str
    found: str
    code: Code = Code.LOST


class Seen(Data):
    """What a re-read output says. ``banners``: each place of a banner and the text found there."""

    banners: tuple[tuple[str, str | None], ...]
    facts: tuple[Fact, ...]
    entries: tuple[Entry, ...]
    transmission: tuple[str, ...]
    ism: str = ""


def differences(expected: Transcript, seen: Seen) -> Iterator[Difference]:
    """Every difference, in the order banner, heading, text, transmission; the first of each."""
    for where, banner in seen.banners:
        if banner != expected.banner:
            yield Difference(where, str(expected.banner), str(banner), Code.BANNER_LOST)
    same_text = expected.entries == seen.entries
    if not same_text:
        yield from marks_differences(_marks(expected.entries), _marks(seen.entries))
    yield from _first("heading", _facts(expected.facts), _facts(seen.facts))
    if not same_text:
        said = (tuple(map(_entry, entries)) for entries in (expected.entries, seen.entries))
        yield from _first("text", *said)
    yield from _first("transmission", expected.transmission, seen.transmission)
    yield from block_differences(expected.ism, seen.ism)


def marks_differences(expected: Sequence[str], found: Sequence[str]) -> Iterator[Difference]:
    """The first mark that is lost, changed, or stands at another paragraph."""
    for one in _first("mark", expected, found):
        yield replace(one, code=Code.MARK_LOST)


def _marks(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(" ".join(filter(None, (e.label, e.mark))) for e in entries if e.mark)


def block_differences(expected: str, found: str) -> Iterator[Difference]:
    """The first line in which two blocks of markings part; blanks at their ends do not count."""
    yield from _first("markings block", expected.strip().splitlines(), found.strip().splitlines())


def telegram_line(facts: Iterable[Fact]) -> str:
    """What the small line above the title of a paged document says."""
    stated = {fact.name: " ".join(fact.value.split()) for fact in reversed(tuple(facts))}
    named = (stated.get("From"), stated.get("Message reference"))
    return " · ".join(["TELEGRAM", *filter(None, named)])


def stamp_differences(stamps: Iterable[str], lines: Sequence[str]) -> Iterator[Difference]:
    """Every stamp that is no words of the source's: nothing is made up."""
    typed = " ".join(lines)
    for stamp in stamps:
        if stamp not in typed:
            yield Difference("stamp", "words of the source", stamp)


def parted(mark: str, first: str) -> Difference:
    """A mark, and the word that does not stand beside it."""
    return Difference("text", first, mark, Code.MARK_PARTED)


def _facts(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    return tuple(f"{fact.name}: {' '.join(fact.value.split())}" for fact in facts)


def _entry(entry: Entry) -> str:
    return " ".join(filter(None, (f"[{entry.kind}]", entry.label, entry.mark, entry.words)))


def first_difference(
    where: str, expected: Sequence[str], found: Sequence[str]
) -> Iterator[Difference]:
    """The first place where two sequences part."""
    yield from _first(where, expected, found)


def _first(where: str, expected: Sequence[str], found: Sequence[str]) -> Iterator[Difference]:
    """The first place where two sequences part; a missing or added end is one too."""
    if expected == found:
        return
    for number in range(max(len(expected), len(found))):
        want = expected[number] if number < len(expected) else "nothing more"
        have = found[number] if number < len(found) else "nothing"
        if want != have:
            yield Difference(f"{where} {number + 1}", *_around(want, have))
            return


def _around(expected: str, found: str) -> tuple[str, str]:
    """Both texts from shortly before the first character in which they differ."""
    same = 0
    for ours, theirs in zip(expected, found, strict=False):
        if ours != theirs:
            break
        same += 1
    start = max(0, same - 30)
    return tuple(  # type: ignore[return-value]
        f"{'…' if start else ''}{text[start : start + 90]}" for text in (expected, found)
    )
