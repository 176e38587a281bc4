"""What the TEI promises, held over generated cables: ``python tests/mutations.py --count 2000``.

Each cable is valid against its own schema, tei_all and the rules of TEI; its text comes back
character for character, and from it the same cable. As a document for a FRUS volume it is valid
against the schema of that edition.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lxml import etree

from convert.errors import UnreadableError
from convert.job import render
from convert.options import Options
from convert.reader.read import read
from convert.templates import folder
from tests import records
from tests.conftest import CORPUS, SAMPLES, shared, tool
from tests.mutations import mutated
from tests.schematron import Schematron

_HOSTILE = (
    "\x01", "\x12", "\x1c", "\x1f", "\x7f", "\x80", "\x85", "\x9f", "\xa0", "\xad", "\u1680",
    "\u200b", "\u200e", "\u2028", "\u2029", "\u202e", "\u2060", "\u3000", "\ufeff", "\ufdd0",
    "\uffff", "\U0001f600", "\U0010ffff", "\ud800", "\udfff", "\r", "\r\n", "\f", "\v", "\t",
    "]]>",
    "&", "&amp;", "&#0;", "&#xD;", "<", "<g/>", "<!--", "-->", "<?x ?>", '"', "'", "e\u0301",
)  # fmt: skip
_ENDS = ("\n", "\r\n", "\r")
_LOT = 400  # files that one validator takes at a time


def generated(seed: int, files: Sequence[bytes]) -> bytes:
    """A cable cut and spliced, a record of an archive, or either with hostile characters."""
    dice = random.Random(seed)
    data = records.make(seed).text.encode() if seed % 4 == 1 else mutated(seed, files)
    if seed % 4 < 2:
        return data
    text = data.decode("utf-8", "replace")
    if seed % 8 == 3:
        text = dice.choice(_ENDS).join(text.splitlines())
    for _ in range(dice.randint(1, 30)):
        place = dice.randrange(len(text) + 1)
        text = text[:place] + dice.choice(_HOSTILE) * dice.randint(1, 3) + text[place:]
    return text.encode("utf-8", "surrogatepass")


def prove(seeds: Iterable[int], frus: int, into: Path) -> tuple[dict[str, int], list[str]]:
    """How many held, and what failed; ``frus``: so many of them as documents of a volume too."""
    paths = [*SAMPLES, *CORPUS]
    texts = [path.read_bytes() for path in paths if path.suffix == ".txt"]
    found = {"cables": 0, "characters": 0, "unreadable": 0, "as documents of a volume": 0}
    failed: list[str] = []
    rules = Schematron(shared("schemas/tei_all.isosch"))
    named = [(path.name, path.read_bytes()) for path in paths]
    cables = [*named, *((f"seed {seed}", generated(seed, texts)) for seed in seeds)]
    for number, (name, data) in enumerate(cables):
        try:
            made = _proved(data, rules, is_text=number >= len(named) or name.endswith(".txt"))
            found["cables"] += 1
            found["characters"] += made[1]
            (into / f"{name}.tei.xml").write_bytes(_plain(made[0]))
            if number < len(named) + frus:
                cable = read(data).cable
                document = render(cable, "tei", Options(tei_profile="frus")).data
                (into / f"{name}.frus.xml").write_bytes(_plain(document))
                found["as documents of a volume"] += 1
        except UnreadableError:
            found["unreadable"] += 1
        except Exception as error:  # one that fails must not hide the others
            failed.append(f"{name}: {type(error).__name__}: {str(error)[:300]}")
    for suffix, schema in (
        ("tei", shared("schemas/tei_all.rng")),
        ("tei", folder() / "tei" / "cable.rng"),
        ("frus", shared("schemas/frus-from-odd.rng")),
    ):
        failed += _jing(schema, sorted(into.glob(f"*.{suffix}.xml")))
    return found, failed


def _proved(data: bytes, rules: Schematron, *, is_text: bool) -> tuple[bytes, int]:
    """The document, and how many characters it gave back; raises where one of the laws is broken.

    ``render`` reads back each fact, and validates against the grammar of the toolkit itself.
    """
    reading = read(data)
    made = render(reading.cable, "tei", Options()).data
    broken = rules.failures(made)
    assert not broken, f"tei_all.isosch: {broken[0]}"
    again = read(made)
    told = [finding.code.id for finding in again.findings if finding.code.id.startswith("T10")]
    assert not {"T103", "T104", "T105", "T106", "T108"}.intersection(told), f"edited: {told}"
    if is_text:
        assert again.text == reading.text, "the text that comes back is another"
        assert again.cable == reading.cable, "the cable that comes back is another"
        given = render(again.cable, "txt", Options()).data
        assert given == reading.text.encode("utf-8", "surrogatepass"), "-t txt gives another text"
    etree.fromstring(made)
    return made, len(reading.text)


def _plain(document: bytes) -> bytes:
    """References for all but ASCII: jing's parser loses a character where its buffer ends in it."""
    return document.decode().encode("ascii", "xmlcharrefreplace")


def _jing(schema: Path, files: Sequence[Path]) -> Iterator[str]:
    for first in range(0, len(files), _LOT):
        command = [tool("jing"), str(schema), *map(str, files[first : first + _LOT])]
        run = subprocess.run(command, capture_output=True, text=True)
        yield from (f"{schema.name}: {line}" for line in run.stdout.splitlines())
        if run.returncode and not run.stdout:
            yield f"{schema.name}: jing: {run.stderr[-300:]}"


def main(count: int, seed: int) -> int:
    """Prove so many; print figures and failures; the number of failures."""
    with tempfile.TemporaryDirectory() as into:
        found, failed = prove(range(seed, seed + count), min(300, count), Path(into))
    for line in failed:
        print(line)
    told = ", ".join(f"{number} {name}" for name, number in found.items())
    print(
        f"samples, real cables and seeds {seed} to {seed + count - 1}: {told}; {len(failed)} failed"
    )
    return len(failed)
