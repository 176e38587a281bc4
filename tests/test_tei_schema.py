"""The schema of the TEI: built from its sources, a subset of TEI, and as strict as it says."""

from __future__ import annotations

import copy
import random
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from convert.cli.main import run
from convert.diagnostics import Report
from convert.errors import UnreadableError
from convert.job import render
from convert.options import Options
from convert.reader.read import read
from convert.verify.tei_rules import faults, parsed, validity
from convert.writer.tei import TeiWriter
from tests import tei_schema
from tests.conftest import CORPUS, ROOT, SAMPLES, shared, tool
from tests.mutations import mutated
from tests.schematron import Schematron
from tests.tei_proof import prove

SAMPLE = ROOT / "samples" / "secret-rel.txt"
_FILES = [path.read_bytes() for path in (*SAMPLES, *CORPUS)]


def tei(source: Path | bytes) -> bytes:
    return TeiWriter().write(read(source).cable, Options(), Report())


@cache
def ours() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(tei_schema.FOLDER / "cable.rng"))


@cache
def our_rules() -> Schematron:
    return Schematron(tei_schema.FOLDER / "cable.rng")


def jing(files: list[Path]) -> str:
    command = [tool("jing"), str(shared("schemas/tei_all.rng")), *map(str, files)]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0 or found.stdout, found.stderr
    return found.stdout


def test_the_grammar_is_built_of_its_sources() -> None:
    built = tei_schema.built()
    assert (tei_schema.FOLDER / "cable.rng").read_bytes() == built, "python tests/tei_schema.py"


def test_the_odd_is_valid() -> None:
    assert jing([tei_schema.FOLDER / "cable.odd"]) == ""


def test_all_laws_over_generated_cables(tmp_path: Path) -> None:
    found, failed = prove(range(24), 8, tmp_path)
    assert failed == []
    assert found["cables"] >= len(_FILES) + 20
    assert found["as documents of a volume"] >= len(_FILES)


def test_what_is_valid_here_is_valid_tei(tmp_path: Path) -> None:
    """Cables, and TEI with its elements and values shuffled, as long as our own schema has them."""
    documents = [tei(source) for source in (*SAMPLES, *CORPUS)]
    for seed in range(60):
        try:
            documents.append(tei(mutated(seed, _FILES)))
        except UnreadableError:
            continue
    for document in documents:
        assert ours().validate(etree.fromstring(document)), ours().error_log
    dice = random.Random(5)
    bases = [etree.fromstring(document) for document in documents]
    survivors = [
        one for _ in range(900) if (one := _shuffled(dice.choice(bases), dice)) is not None
    ]
    assert len(survivors) > 40
    files = []
    rules = Schematron(shared("schemas/tei_all.isosch"))
    for number, document in enumerate([*documents, *survivors]):
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_bytes(document)
        assert rules.failures(document) == []
    assert jing(files) == ""


def _shuffled(base: etree._Element, dice: random.Random) -> bytes | None:
    """The document with up to four changes, if it is still valid by our schema."""
    root = copy.deepcopy(base)
    for _ in range(dice.randint(1, 4)):
        elements = [one for one in root.iter() if isinstance(one.tag, str) and "tei-c" in one.tag]
        if len(elements) < 2:
            return None
        one, other = dice.choice(elements[1:]), dice.choice(elements[1:])
        match dice.randrange(6):
            case 0 if (parent := one.getparent()) is not None:
                parent.remove(one)
            case 1 if (parent := one.getparent()) is not None:
                parent.insert(parent.index(one), copy.deepcopy(one))
            case 2 if (parent := one.getparent()) is not None and one not in other.iterancestors():
                parent.insert(parent.index(one), copy.deepcopy(other))
            case 3:
                one.tag = other.tag
            case 4 if one.attrib:
                del one.attrib[dice.choice(list(one.attrib))]
            case _:
                for name, value in other.attrib.items():
                    one.set(name, value)
    data = etree.tostring(root)
    try:
        return data if ours().validate(etree.fromstring(data)) else None
    except etree.XMLSyntaxError:  # two elements with one xml:id
        return None


_FOREIGN = [
    ("</markings>", "</markings>"),
    ("</markings>", "<x><y a='b'>words<z/></y></x></markings>"),
    ("</markings>", "<x><tei:p xmlns:tei='http://www.tei-c.org/ns/1.0'/></x></markings>"),
    ("</markings>", "<tei:xenoData xmlns:tei='http://www.tei-c.org/ns/1.0'/></markings>"),
    ("</markings>", "</markings><x xmlns='urn:x'/>"),
    ("</markings>", "</markings>words"),
    ("</markings>", "</markings><p/>"),
    ("</revisionDesc>", "</revisionDesc><xenoData><x xmlns='urn:x'><y/></x></xenoData>"),
]


@pytest.mark.parametrize(("there", "instead"), _FOREIGN)
def test_what_is_not_tei_is_judged_as_the_grammar_does(there: str, instead: str) -> None:
    document = tei(SAMPLE).decode()
    assert document.count(there) == 1
    root = parsed(document.replace(there, instead).encode())
    before = etree.tostring(root)
    found = [one for one in faults(root) if one.expected == "valid against cable.rng"]
    assert (found == []) == ours().validate(root)
    assert etree.tostring(root) == before


_LABEL = '<label type="paragraphNumber">1.</label>'
_MARK = '<label type="portionMark" ana="#cls.U">(U)</label>'

NOT_OF_THE_GRAMMAR = [  # an element of a name has one pattern in a content, by its type
    (_MARK, f'{_MARK}<pb cert="low"/>'),
    (_LABEL, f"{_LABEL}{_LABEL}"),
    (_MARK, f"{_MARK}{_LABEL}"),
    (_LABEL, f'{_LABEL}<pb cert="high"/>'),
    (_MARK, f'words <ref type="reftel">reftel</ref> {_MARK}'),
    (_LABEL, '<label type="paragraphNumber">1.<pb cert="high"/></label>'),
    (_LABEL, '<label type="paragraphNumber">1.<fw type="rule">--</fw></label>'),
    (_MARK, f'{_MARK}<seg type="field">words</seg>'),
    (_MARK, f'{_MARK}<seg type="blank"><lb/></seg>'),
    (_MARK, f'{_MARK}<seg type="summary"><persName>words</persName></seg>'),
    (_MARK, f'{_MARK}<lb type="tab"/>'),
    (_MARK, f"{_MARK}<lb>words</lb>"),
    ("</head>", "</head><pb/>"),
    ("</head>", "</head><lb/>"),
    ("</head>", "</head>words"),
    ("</head>", '</head><fw type="prosign" subtype="x">BT</fw>'),
    ("</head>", '</head><fw type="surplus">words</fw>'),
    ("</head>", '</head><ab type="signature"><seg type="comment">words</seg></ab>'),
    ("</head>", '</head><ab type="paragraph">words</ab>'),
    ('<ab type="from">FM ', '<ab type="from"><idno type="channel">FM</idno> '),
    ('<ab type="from">FM ', '<ab type="from"><choice><orig>F</orig><reg>F</reg></choice> '),
    ('<ab type="from">FM <orgName>', '<ab type="from">FM <orgName type="office">'),
    ('<seg type="prosign">', '<seg type="medium">'),
    ('<num type="section"', '<num type="page"'),
    ('<name type="post">', '<persName>words</persName><name type="post">'),
    ("<body>", '<body><div type="empty"/>'),
    ("<closer>", '<div type="empty"/><closer>'),
    ("</closer>", '</closer><p xml:id="p99">words</p>'),
    ("</closer>", '</closer><div type="section"><head xml:id="p99">words</head></div>'),
    ("</body>", '<fw type="prosign">NNNN</fw></body>'),
    ('<div type="section">', '<div type="messageHeading">'),
    ('place="top" ana="#cls.S"', 'place="top" ana="#cls.S SECRET"'),
    ('place="top" ana="#cls.S"', 'place="top" ana="#prec.P"'),
]


@pytest.mark.parametrize(("there", "instead"), NOT_OF_THE_GRAMMAR)
def test_what_is_not_of_the_grammar(there: str, instead: str) -> None:
    document = tei(SAMPLE).decode()
    assert there in document
    assert not ours().validate(etree.fromstring(document.replace(there, instead, 1).encode()))


OF_THE_GRAMMAR = [
    (_LABEL, f'<seg type="blank">\u2003</seg>{_LABEL}<surplus reason="link">[</surplus>'),
    (_LABEL, f'{_LABEL}<pb type="formFeed"/><lb type="verticalTab"/>'),
    (_MARK, f'{_MARK}<pb cert="high"/><pb type="formFeed"/><lb type="verticalTab"/><lb/>'),
    (_LABEL, '<label type="item">1.<pb type="formFeed"/><seg type="blank"/></label>'),
    ("</head>", '</head><ab type="signature"><persName>words</persName></ab>'),
    ("</head>", '</head><pb cert="high"/><lb type="verticalTab"/><fw type="blank"> </fw>'),
    ("</head>", '</head><fw type="surplus"><surplus reason="link">[</surplus></fw>'),
    ("<closer>", '<note type="after" xml:id="p99">words</note><closer>'),
]


@pytest.mark.parametrize(("there", "instead"), OF_THE_GRAMMAR)
def test_what_is_of_the_grammar(there: str, instead: str) -> None:
    document = tei(SAMPLE).decode()
    assert there in document
    changed = etree.fromstring(document.replace(there, instead, 1).encode())
    assert ours().validate(changed), ours().error_log


@pytest.mark.parametrize("profile", ["", "ism"])
@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ('<ab type="from">FM ', '<ab type="from"><idno type="channel">FM</idno> '),
        ('<fw type="classification"', '<fw type="classified"'),
        ('<seg type="summary"', '<seg type="sumary"'),
        ("<head ", '<head rend="bold" '),
    ],
)
def test_where_a_document_is_invalid(there: str, instead: str, profile: str) -> None:
    cable = read(SAMPLE).cable
    document = TeiWriter().write(cable, Options(tei_profile=profile), Report()).decode()
    line = document[: document.index(there)].count("\n") + 1
    found = validity(document.replace(there, instead, 1).encode())
    assert f"line {line}" in {one.where for one in found}


def test_a_message_without_text_has_no_text() -> None:
    bare = tei(b"UNCLAS KESTREL CAPE 000176\n\nSUBJECT: A FICTIONAL SUBJECT\n").decode()
    assert ours().validate(etree.fromstring(bare.encode())), ours().error_log
    there = '<div type="empty"/>'
    for more in ('<p xml:id="p1">words</p>', there, '<div type="section"><head xml:id="h"/></div>'):
        changed = bare.replace(there, there + more)
        assert changed != bare
        assert not ours().validate(etree.fromstring(changed.encode()))


def test_pointers_that_stand_beside_their_pattern_are_of_it() -> None:
    source = (tei_schema.FOLDER / "cable.rnc").read_text()
    rule = source.partition("\nmarking.pointer = ")[2].partition("\nmarkings =")[0]
    *named, pattern = re.findall(r'"(.*?)"', rule)
    assert len(named) > 5
    assert [one for one in named if not re.fullmatch(pattern, one)] == []


@pytest.mark.parametrize("forms", ["", "<reg>GBR</reg>", "<orig>UK</orig>" * 3])
def test_a_choice_without_two_forms_is_found(forms: str) -> None:
    document = tei(SAMPLE).decode()
    there = "<orig>UK</orig><reg>GBR</reg>"
    assert there in document
    assert "choice" in {one.where for one in validity(document.replace(there, forms).encode())}


PLANTED = [
    ("#rel.AUS #rel.GBR", "#rel.AUX #rel.GBR"),
    ('xml:id="p2" ana="#cls.S ', 'xml:id="p2" ana="#cls.S #cls.U '),
    ('<label type="portionMark" ana="#cls.U">', '<label type="portionMark" ana="#cls.S">'),
    ('<label type="portionMark" ana="#cls.U">(U)</label>', "(U)"),
    ("<reg>GBR</reg>", "<reg>AUS</reg>"),
    ("<reg>SECRET</reg>", "<reg>SECRTE</reg>"),
    ('<p n="3"', '<p n="13"'),
    ('<category xml:id="cls.U" n="U">', '<category xml:id="cls.R" n="R">'),
    ('who="#cable-convert"', 'who="#cable-converts"'),
]


@pytest.mark.parametrize(("there", "instead"), PLANTED)
def test_schematron_and_our_own_rules_find_the_same(there: str, instead: str) -> None:
    document = tei(SAMPLE).decode()
    assert there in document
    changed = document.replace(there, instead, 1).encode()
    assert our_rules().failures(document.encode()) == []
    assert validity(document.encode()) == []
    assert our_rules().failures(changed) != [] or not ours().validate(etree.fromstring(changed))
    assert validity(changed) != []


def test_a_portion_above_the_banner_is_a_warning() -> None:
    document = tei(SAMPLE.read_bytes().replace(b"8. (S//REL", b"8. (TS//REL"))
    assert our_rules().failures(document) == []
    assert len(our_rules().failures(document, warnings=True)) == 1


def test_verify_without_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.tei.xml"
    file.write_bytes(tei(SAMPLE))
    assert run(["verify", str(file)]) == 0
    assert "it is valid" in capsys.readouterr().err
    file.write_bytes(tei(SAMPLE).replace(b'type="summary"', b'type="sumary"'))
    assert run(["verify", str(file)]) == 5
    assert "cable.rng" in capsys.readouterr().err
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(b"")
    assert run(["verify", str(pdf)]) == 2


def test_schema_command(capsys: pytest.CaptureFixture[str]) -> None:
    for name, root in (("tei", "grammar"), ("tei-ism", "grammar"), ("tei-odd", "TEI")):
        assert run(["schema", name]) == 0
        assert etree.fromstring(capsys.readouterr().out.encode()).tag.endswith(root)


def test_what_was_left_out_between_two_sections() -> None:
    """A pilcrow by itself under the last paragraph of a section: outside both divisions."""
    text = "UNCLAS KESTREL CAPE 000176\n\nSUBJECT: A\n\nONE\n\n1. First fictional text.\n\n"
    text += "\u00b6\n\nTWO\n\n2. Second fictional text.\n"
    assert render(read(text.encode()).cable, "tei", Options()).data
