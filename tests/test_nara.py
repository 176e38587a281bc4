"""Records of the National Archives: what is in them comes out of them, wherever a page ends."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.model import cable as model
from convert.model.facts import addressees, canonical_id, captions, instant, subject
from convert.model.transcript import transcript
from convert.model.walk import every, first
from convert.reader.read import Reading, read
from tests import records

_ARCHIVE = {"R140", "R141", "R142", "R143", "R144", "R145", "R146"}


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10**9))
def test_what_is_in_a_record_comes_out(seed: int) -> None:
    made = records.make(seed)
    check(made, read(made.text.encode()))


def check(made: records.Made, reading: Reading) -> None:
    cable = reading.cable
    codes = [finding.code.id for finding in reading.findings]
    assert "R100" not in codes
    assert "R130" not in codes
    assert not list(every(cable, model.Unread))
    assert canonical_id(cable) == made.id
    assert instant(cable) == made.sent
    origin, tags, titled = first(cable, model.Origin), first(cable, model.Tags), subject(cable)
    assert origin is not None
    assert origin.name.text == made.origin
    assert tags is not None
    assert [tag.text for tag in tags.tags] == made.tags
    assert titled is not None
    assert titled.title.text == made.subject
    banners = {banner.marking for banner in every(cable, model.Banner)}
    assert len(banners) == 1
    assert list(captions(cable)) == made.captions
    for kind, names in (("TO", made.to), ("INFO", made.info)):
        found = [a for k, a in addressees(cable) if k.value == kind]
        said = [" ".join(filter(None, (a.name, a.precedence, a.number))) for a in found]
        assert said == names
    cited = [r.typed for part in every(cable, model.References) for r in part.references]
    assert cited == made.references
    entries = [(e.kind, e.label, e.mark, e.words) for e in transcript(cable).entries]
    expected = [(b.kind, b.label, b.mark, b.words) for b in made.blocks]
    expected.insert(
        len(expected) - (expected[-1][0] == "note"), ("signature", "", "", (made.signature,))
    )
    assert entries == expected
    for mark in every(cable, model.ReleaseMark):
        assert mark.text.text == made.stamp
        assert mark.released_on is not None
    kept = first(cable, model.Record)
    assert kept is not None
    assert {f.name: f.value.text if f.value else None for f in kept.fields} == made.fields
    assert {code for code in codes if code in _ARCHIVE} == made.told
