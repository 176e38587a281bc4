"""Each sample against what a person, who had not seen the reader, read out of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from convert.model import cable as model
from convert.model.facts import addressees, canonical_id, instant
from convert.model.transcript import transcript
from convert.model.walk import every, first
from convert.reader.read import read
from tests.conftest import MARKED, ROOT, SAMPLES, shared


@pytest.mark.parametrize("sample", [*SAMPLES, *MARKED], ids=lambda path: path.stem)
def test_facts(sample: Path) -> None:
    facts = tomllib.loads((ROOT / "tests" / "facts" / f"{sample.stem}.toml").read_text())
    cable = read(sample).cable
    assert canonical_id(cable) == facts.get("id")
    sent = instant(cable)
    assert (sent.strftime("%Y-%m-%dT%H:%M:%SZ") if sent else None) == facts.get("dtg")
    assert _sections(cable) == facts.get("sections", [])
    origin = first(cable, model.Origin)
    assert (origin.name.text if origin else None) == facts.get("from")
    for kind in ("to", "info", "xmt"):
        found = [_addressee(a) for k, a in addressees(cable) if k.value.lower() == kind]
        assert found == [dict(a) for a in facts.get(kind, [])]
    assert [c for line in every(cable, model.Captions) for c in line.captions][
        : len(facts.get("captions", []))
    ] == facts.get("captions", [])
    order = first(cable, model.ExecutiveOrder)
    assert (order.order if order else None) == facts.get("eo")
    tags = first(cable, model.Tags)
    assert [tag.text for tag in tags.tags] if tags else facts.get("tags", []) == []
    subject = first(cable, model.Subject)
    assert (subject.title.text if subject else None) == facts.get("subject")
    mark = subject.portion.typed if subject and subject.portion else None
    assert mark == facts.get("subject_mark")
    listed = first(cable, model.References)
    expected = [(r.get("label"), r["typed"], r.get("id")) for r in facts.get("references", [])]
    read_out = [(r.label, r.typed, r.canonical) for r in listed.references] if listed else []
    assert read_out == expected
    authority = first(cable, model.Authority)
    assert list(authority.reasons if authority else ()) == facts.get("reasons", [])
    if authority:
        assert authority.name == facts["classified_by"]
        assert authority.title == facts.get("classified_title")
    headings = [heading.title.text for heading in every(cable, model.Heading)]
    assert headings == facts.get("headings", [])
    names = [name for part in every(cable, model.Signature) for name in part.names]
    names += [one.signer for one in cable.passages if one.signer]
    assert (names[0] if names else None) == facts.get("signature")
    entries = [entry for entry in transcript(cable).entries if entry.kind == "paragraph"]
    told = [
        (p.get("label", ""), p.get("mark", ""), p["begins"], p["ends"]) for p in facts["paragraphs"]
    ]
    assert [
        (e.label, e.mark, " ".join(e.words.split()[:3]), " ".join(e.words.split()[-3:]))
        for e in entries
    ] == told


def _addressee(addressee: model.Addressee) -> dict[str, Any]:
    named = ("routing", "name", "office", "precedence", "number")
    return {key: getattr(addressee, key) for key in named if getattr(addressee, key)}


def _sections(cable: model.Cable) -> list[list[int]]:
    """Each section that a banner or page line names, once: [n, of]."""
    named = [
        [b.section, b.sections] for b in every(cable, model.Banner) if b.section and b.sections
    ]
    named += [[line.section, line.sections] for line in every(cable, model.PageLine)]
    return sorted({(int(n), int(of)): [int(n), int(of)] for n, of in named if n and of}.values())


def test_reference_cable() -> None:
    """Every fact of the reference cable that the design names."""
    reading = read(shared("corpus/reference/06BAGHDAD4430.txt"))
    cable = reading.cable
    assert canonical_id(cable) == "06BAGHDAD4430"
    assert instant(cable) is not None
    station = first(cable, model.StationLine)
    assert station is not None
    assert (station.julian_day, station.time, station.section) == (337, "0610", 1)
    assert transcript(cable).banner == "SECRET"
    assert _sections(cable) == [[1, 2], [2, 2]]
    assert [_addressee(a) for k, a in addressees(cable) if k is model.AddresseeKind.TO] == [
        {"routing": "RUEHC", "name": "SECSTATE WASHDC", "precedence": "PRIORITY", "number": "8306"}
    ]
    assert sum(1 for k, _ in addressees(cable) if k is model.AddresseeKind.INFO) == 3
    paragraphs = [e for e in transcript(cable).entries if e.kind == "paragraph"]
    assert [e.label for e in paragraphs] == [f"{n}." for n in range(1, 8)]
    assert [e.mark for e in paragraphs] == ["(U)"] + ["(S//REL UK, AUS)"] * 6
    assert paragraphs[6].words.endswith(" End comment.")
    signature = first(cable, model.Signature)
    assert signature is not None
    assert signature.names == ("Khalilzad",)
    kinds = [passage.kind.value for passage in cable.passages]
    assert kinds == ["summary", "reftel", "comment", "comment", "comment"]
    assert cable.passages[1].target == "06BAGHDAD4186"
    assert cable.source.characters == 4639
    codes = {finding.code.id for finding in reading.findings}
    assert {"MK005", "MK021", "R120", "R121"} <= codes
    assert "R100" not in codes
