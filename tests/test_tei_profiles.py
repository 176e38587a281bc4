"""The profiles of the TEI, the header template, and what is made of many cables."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

from convert.cli.main import run
from convert.errors import UnreadableError, UsageError
from convert.job import LostError, render
from convert.options import Options
from convert.reader.read import read
from convert.templates import folder
from convert.verify.tei_rules import validity
from convert.writer.tei.template import read_template
from tests.conftest import CORPUS, ROOT, SAMPLES, shared, tool
from tests.mutations import mutated

SAMPLE = ROOT / "samples" / "secret-rel.txt"
HEADER = folder() / "tei" / "tei-header.xml"
_FILES = [path.read_bytes() for path in (*SAMPLES, *CORPUS)]


def documents(options: Options) -> list[bytes]:
    """All samples and real cables, and sixty cut and spliced ones, each verified."""
    found = []
    for data in (*_FILES, *(mutated(seed, _FILES) for seed in range(300, 360))):
        try:
            cable = read(data).cable
        except UnreadableError:
            continue
        found.append(render(cable, "tei", options).data)
    return found


def jing(schema: Path, made: list[bytes], into: Path) -> str:
    files = []
    for number, data in enumerate(made):
        files.append(into / f"{number}.xml")
        files[-1].write_bytes(data)
    command = [tool("jing"), str(schema), *map(str, files)]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 0 or found.stdout, found.stderr
    return found.stdout


def test_frus_is_valid(tmp_path: Path) -> None:
    made = documents(Options(tei_profile="frus"))
    assert jing(shared("schemas/frus-from-odd.rng"), made, tmp_path) == ""


def test_frus_says_what_the_edition_says() -> None:
    data = render(read(SAMPLE).cable, "tei", Options(tei_profile="frus", fragment=True)).data
    root = etree.fromstring(data)
    assert root.tag.endswith("}div")
    told = " ".join("".join(map(str, root.itertext())).split())
    assert "Telegram From the Embassy in Port Meridian to the Department of State" in told
    assert "Secret; Priority; Sipdis. Repeated for information to" in told
    assert "June 14, 2007, 1330Z" in told
    items = [e for e in root.iter() if str(e.tag).endswith("}item") and e.getprevious() is not None]
    marks = [e for one in items for e in one if str(e.tag).endswith("}classification")]
    assert [e.get("level") for e in marks] == ["u", "s", "s", "s", "s", "u", "s", "s"]
    assert marks[3].text == "(S//REL UK, AUS)"
    assert marks[3].getnext() is None
    assert not (marks[3].tail or "").strip()


def test_a_control_in_a_table_stays_in_a_document_of_a_volume() -> None:
    text = "1. (U) Fictional rates:\n\nYEAR   SHIPS\n2004  \x1f  12\n2005     14\n\n2. (U) X.\n"
    cable = read(text.encode()).cable
    for profile in ("frus", "ism", ""):
        made = render(cable, "tei", Options(tei_profile=profile)).data
        assert b"[U+001F]" in made
    assert render(cable, "docx", Options()).data


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (">(S//REL UK, AUS)<", ">(S)<"),
        ("<label>5.</label>", "<label>15.</label>"),
        (">Secret</frus", ">Confidential</frus"),
        ("a single word", "a word"),
    ],
)
def test_tampered_frus(monkeypatch: pytest.MonkeyPatch, there: str, instead: str) -> None:
    from convert.writer.tei import TeiWriter

    write = TeiWriter.write

    def tampered(self: TeiWriter, *arguments: object) -> bytes:
        data = write(self, *arguments).decode()  # type: ignore[arg-type]
        assert there in data
        return data.replace(there, instead, 1).encode()

    monkeypatch.setattr(TeiWriter, "write", tampered)
    with pytest.raises(LostError):
        render(read(SAMPLE).cable, "tei", Options(tei_profile="frus"))


def test_ism_is_valid_by_its_own_schema_only(tmp_path: Path) -> None:
    made = documents(Options(tei_profile="ism"))
    assert jing(folder() / "tei" / "cable-ism.rng", made, tmp_path) == ""
    assert all(validity(data) == [] for data in made[:12])
    plain = etree.RelaxNG(etree.parse(folder() / "tei" / "cable.rng"))
    assert not plain.validate(etree.fromstring(made[0]))
    wrong = made[0].replace(b'ism:classification="S"', b'ism:classification="SECRET"')
    assert wrong == made[0] or validity(wrong) != []


def test_ism_stands_on_each_paragraph_and_reads_back() -> None:
    cable = read(SAMPLE).cable
    data = render(cable, "tei", Options(tei_profile="ism")).data
    ism = "{urn:us:gov:ic:ism}"
    root = etree.fromstring(data)
    assert root.get(f"{ism}classification") == "S"
    four = next(one for one in root.iter() if one.get("n") == "4" and str(one.tag).endswith("}p"))
    assert four.get(f"{ism}releasableTo") == "USA AUS GBR"
    assert read(data).cable == cable


def test_header_template(tmp_path: Path) -> None:
    (tmp_path / "head.xml").write_bytes(HEADER.read_bytes())
    (tmp_path / "cable-convert.toml").write_text('tei-header = "head.xml"\n')
    out = tmp_path / "x.tei.xml"
    arguments = [
        str(SAMPLE),
        "-q",
        "-o",
        str(out),
        "--config",
        str(tmp_path / "cable-convert.toml"),
    ]
    assert run(arguments) == 0
    said = out.read_text()
    for words in (
        "The publisher of the collection",
        "proofread by",
        "<licence target=",
        "What the",
    ):
        assert words in said
    assert validity(out.read_bytes()) == []


@pytest.mark.parametrize(
    ("there", "instead", "says"),
    [
        ("<publisher>The publisher of the collection</publisher>", "", "names no publisher"),
        ("<pubPlace>", "<idno>1</idno><pubPlace>", "<idno> has no place"),
        ("</teiHeader>", "", "no XML"),
        ("teiHeader", "header", "no teiHeader"),
    ],
)
def test_a_template_that_will_not_do(there: str, instead: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_template(HEADER.read_text().replace(there, instead).encode())


ONE = """P 030610Z DEC 06\nFM AMEMBASSY KESTREL CAPE\nTO SECSTATE WASHDC\n
SECRET KESTREL CAPE 000412\n\nTAGS: PREL\n\n1. (S//NF) This is a fictional cable. \x12\n"""
TWO = """P 040610Z DEC 06\nFM AMEMBASSY PORT ORRIN\nTO SECSTATE WASHDC\n
CONFIDENTIAL PORT ORRIN 000777\n\nREF: A. KESTREL CAPE 412, B. KESTREL CAPE 999\n
1. (C) This is a fictional cable (reftel).\n\nXXXXXXXX\n"""


def _set(folder: Path) -> Path:
    (folder / "set").mkdir()
    (folder / "set" / "one.txt").write_text(ONE)
    (folder / "set" / "two.txt").write_text(TWO)
    (folder / "set" / "two-again.txt").write_text(TWO)
    return folder / "set"


def test_corpus(tmp_path: Path) -> None:
    out = tmp_path / "all.xml"
    assert run([str(_set(tmp_path)), "--corpus", str(out), "-q", "--fail-on", "never"]) == 0
    data = out.read_bytes()
    assert validity(data) == []
    assert jing(shared("schemas/tei_all.rng"), [data], tmp_path) == ""
    root = etree.fromstring(data)
    assert len(root.findall("{*}TEI")) == 3
    assert len(root.findall(".//{*}taxonomy")) == 3
    assert len(root.findall(".//{*}charDecl")) == 1
    targets = [one.get("target") for one in root.iterfind(".//{*}ab/{*}ref")]
    assert targets == ["#cable-06KESTRELCAPE412", "urn:cable:06KESTRELCAPE999"] * 2
    ids = [one.get("{http://www.w3.org/XML/1998/namespace}id") for one in root.findall("{*}TEI")]
    assert ids == ["cable-06KESTRELCAPE412", "cable-06PORTORRIN777", "cable-06PORTORRIN777-3"]


def test_corpus_of_all_that_there_is(tmp_path: Path) -> None:
    for number, data in enumerate(_FILES):
        (tmp_path / f"{number}.txt").write_bytes(data)
    out = tmp_path / "all.tei.xml"
    assert run([str(tmp_path), "--corpus", str(out), "-q", "--fail-on", "never"]) == 0
    assert jing(shared("schemas/tei_all.rng"), [out.read_bytes()], tmp_path) == ""


def test_tampered_corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from convert.writer.tei import corpus

    make = corpus.corpus
    monkeypatch.setattr(
        corpus,
        "corpus",
        lambda *all_, **named: make(*all_, **named).replace(b"(S//NF)", b"(S//ND)", 1),
    )
    out = tmp_path / "all.xml"
    assert run([str(_set(tmp_path)), "--corpus", str(out), "-q", "--fail-on", "never"]) == 5
    assert not out.exists()


def test_index_of_correspondence(tmp_path: Path) -> None:
    out = tmp_path / "index.cmif.xml"
    arguments = [str(_set(tmp_path)), "--corpus", str(out), "-t", "cmif", "-q"]
    assert run([*arguments, "--fail-on", "never"]) == 0
    assert jing(shared("schemas/tei_all.rng"), [out.read_bytes()], tmp_path) == ""
    letters = etree.parse(out).findall(".//{*}correspDesc")
    assert [one.get("key") for one in letters][:2] == ["06KESTRELCAPE412", "06PORTORRIN777"]
    assert [one.get("when") for one in letters[0].iter() if one.get("when")] == ["2006-12-03"]
    made = render(read(SAMPLE).cable, "cmif", Options()).data
    assert b"SECDEF WASHINGTON DC" in made


def test_corpus_of_another_format_is_no_corpus(tmp_path: Path) -> None:
    arguments = [str(_set(tmp_path)), "--corpus", str(tmp_path / "x.xml")]
    assert run([*arguments, "-t", "pdf"]) == 2
    assert run([*arguments, "-o", "x.xml"]) == 2
