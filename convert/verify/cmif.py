"""Re-reads an index of correspondence: sender, day and addressees of each cable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.model.transcript import Transcript
from convert.tree import etree
from convert.verify.compare import Difference, first_difference
from convert.verify.tei_rules import all_of, parsed, words_of

_LETTER = "t:teiHeader/t:profileDesc/t:correspDesc"


def check(data: bytes, expected: Transcript) -> list[Difference]:
    """Where the index of one cable does not say what the cable says."""
    return check_all(data, [expected])


def check_all(data: bytes, expected: Sequence[Transcript]) -> list[Difference]:
    """The same of several cables, in their order."""
    try:
        root = parsed(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        return [Difference("file", "a TEI document", str(error))]
    found = [" | ".join(_seen(letter)) for letter in all_of(root, _LETTER)]
    wanted = [" | ".join(_told(one)) for one in expected]
    return list(first_difference("cable", wanted, found))


def _told(expected: Transcript) -> Iterator[str]:
    facts = [(fact.name, fact.value) for fact in expected.facts]
    yield next((value for name, value in facts if name == "Message reference"), "")
    yield next((value for name, value in facts if name == "From"), "[unknown]")
    yield from (name for name, _ in facts if name in ("To", "Info", "Xmt"))


def _seen(letter: etree._Element) -> Iterator[str]:
    yield letter.get("key") or ""
    for action in letter:
        for name in all_of(action, "t:orgName"):
            is_sent = action.get("type") == "sent"
            yield words_of(name) if is_sent else (action.get("subtype") or "").capitalize()
