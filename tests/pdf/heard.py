"""What a screen reader is told, by poppler's reading of the structure, and what it should be."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from convert.model.cable import Cable
from convert.model.transcript import transcript
from convert.writer.pdf.layout import release_marks
from tests.conftest import tool

_CODED = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


def words_of(one: Cable, style: str = "house") -> list[str]:
    """All words of a cable in reading order, as any output has them."""
    told = transcript(one)
    facts = {fact.name: fact.value for fact in reversed(told.facts)}
    reference, sender = facts.get("Message reference", ""), facts.get("From", "")
    texts = list(release_marks(one)) if style == "declassified" else []
    texts += [" · ".join(filter(None, ("TELEGRAM", sender, reference)))]
    texts += [facts.get("Subject marking", ""), facts.get("Subject") or reference or "Telegram"]
    last = ""
    for fact in told.facts:
        texts += [fact.name if fact.name != last else "", fact.value]
        last = fact.name
    for entry in told.entries:
        texts += [entry.label, entry.mark, entry.words]
    texts += ["Transmission", *told.transmission] if any(told.transmission) else []
    return [word for text in texts for word in _as_meant(text).split()]


def heard(file: Path) -> list[str]:
    """The words of ``pdfinfo -struct-text``.

    An element's text stands in quotation marks, on a line for each page that it goes over.
    """
    run = subprocess.run(
        [tool("pdfinfo"), "-struct-text", str(file)], capture_output=True, check=True
    )
    quoted = re.findall(r'^(?: *".*"\n)+', run.stdout.decode(), re.MULTILINE)
    texts = ("".join(re.findall(r'^ *"(.*)"$', lines, re.MULTILINE)) for lines in quoted)
    return [word for text in texts for word in _as_meant(text).split()]


def _as_meant(text: str) -> str:
    """With the character itself for a code point in brackets, which stands where no face has it."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text)
