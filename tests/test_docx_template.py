"""A user's Word file as template; compiled templates that are kept; the numbers of the style."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import tomllib
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest

from convert import templates
from convert.cache import FOLDER
from convert.cli.main import run
from convert.errors import UsageError
from convert.options import Options
from convert.reader.read import read
from convert.writer.docx import margins
from convert.writer.docx.compile import compile, compiled
from convert.writer.docx.template import STYLES
from tests.conftest import ROOT
from tests.docx_parts import MARGINS, SECRET, W, changed, made, parts, root

HOUSE = templates.reference()


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" + b"\x10\x60\x90" * 2 + b"\0" + b"\x10\x60\x90" * 2)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.fixture(scope="module")
def own() -> bytes:
    """A template as an office has it: a seal in its header, text, an author, a label."""
    document: Any = docx.Document(io.BytesIO(HOUSE))
    document.add_paragraph("Text of the template", style="Cable Paragraph")
    document.add_picture(io.BytesIO(_png()))
    section = document.sections[0]
    for page in ("first_page_header", "even_page_header"):
        getattr(section, page).is_linked_to_previous = True
    seal = section.header.add_paragraph("FICTIONAL DEPARTMENT ", style="header")
    seal.add_run().add_picture(io.BytesIO(_png()))
    document.core_properties.author = "Jane Roe"
    stream = io.BytesIO()
    document.save(stream)

    def office(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            custom = (
                b'<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxml'
                b'formats-officedocument.custom-properties+xml"/></Types>'
            )
            return content.replace(b"</Types>", custom)
        if name == "_rels/.rels":
            label = (
                b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/'
                b'2006/relationships/custom-properties" Target="docProps/custom.xml"/>'
                b"</Relationships>"
            )
            return content.replace(b"</Relationships>", label)
        if name.startswith(
            "word/"
        ):  # ids as another program makes them, a history as Word keeps it
            content = content.replace(b'"CableParagraph"', b'"CablePara1"')
            return content.replace(b"<w:p>", b'<w:p w:rsidR="00AB12CD">')
        return content

    data = changed(stream.getvalue(), office)
    label = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="MSIP_Label_0000_Enabled">
<vt:lpwstr>true</vt:lpwstr></property></Properties>"""
    added = io.BytesIO(data)

    with zipfile.ZipFile(added, "a") as package:
        package.writestr("docProps/custom.xml", label)
    return added.getvalue()


def test_reference_is_slim_and_the_same_each_time() -> None:
    assert len(HOUSE) < 10_000
    assert templates.zipped(templates.folder() / "docx") == HOUSE


def test_own_template(own: bytes) -> None:
    """Its artwork stays on every page, the banner comes to it; its text and its author go."""
    data = made(read(SECRET).cable, Options(template=own))
    found = parts(data)
    for name in MARGINS[:3]:
        text = found[name].decode()
        assert "FICTIONAL DEPARTMENT" in text
        assert "SECRET" in text
        assert "r:embed" in text
        relations = found[name.replace("word/", "word/_rels/") + ".rels"].decode()
        assert "media/" in relations
    whole = b"\n".join(found.values())
    for gone in (b"Text of the template", b"Jane Roe", b"rsid", b"CablePara1"):
        assert gone not in whole, gone
    assert len([name for name in found if name.startswith("word/media/")]) == 1


def test_d16_labels_of_a_template_stay(own: bytes) -> None:
    properties = root(made(read(SECRET).cable, Options(template=own)), "docProps/custom.xml")
    names = [each.get("name") for each in properties]
    numbers = [each.get("pid") for each in properties]
    assert "MSIP_Label_0000_Enabled" in names
    assert "BannerLine" in names
    assert len(set(numbers)) == len(numbers)


def test_all_missing_styles_in_one_message(tmp_path: Path) -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    with pytest.raises(UsageError) as raised:
        compile(stream.getvalue())
    for names in STYLES.values():
        for name in names:
            assert name in raised.value.message


def test_template_is_checked_before_writing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(changed(HOUSE, lambda n, c: c.replace(b'"Portion Mark"', b'"Mark"')))
    out = tmp_path / "out.docx"
    assert run([str(SECRET), "-o", str(out), "--template", str(bad)]) == 2
    assert "lacks 1 styles: Portion Mark" in capsys.readouterr().err
    assert run([str(SECRET), "-o", str(out), "--template", str(tmp_path / "none.docx")]) == 2
    assert not out.exists()


def test_template_in_the_settings(
    own: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "ours.docx").write_bytes(own)
    (tmp_path / "cable-convert.toml").write_text('template = "ours.docx"\n')
    monkeypatch.chdir(tmp_path / "below")
    assert run([str(SECRET), "-q", "-o", "x.docx", "--fail-on", "never"]) == 0
    assert b"FICTIONAL DEPARTMENT" in parts(Path("x.docx").read_bytes())[MARGINS[0]]


@pytest.mark.parametrize(
    "data", [b"no zip", b"PK\x03\x04 nor this", b"", b"\xd0\xcf\x11\xe0 encrypted"]
)
def test_no_template(data: bytes) -> None:
    with pytest.raises(UsageError):
        compile(data)


def test_macros_are_refused() -> None:
    def macros(name: str, content: bytes) -> bytes:
        return content.replace(b"wordprocessingml.document.main", b"ms-word.macroEnabled.main")

    with pytest.raises(UsageError, match="macros"):
        compile(changed(HOUSE, macros))


def test_remote_template_is_dropped() -> None:
    """A template that fetches another one from an address does not do so in a document."""
    remote = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/attachedTemplate" Target="http://example.invalid/x.dotm"'
        b' TargetMode="External"/></Relationships>'
    )
    stream = io.BytesIO(
        changed(HOUSE, lambda n, c: c.replace(
            b"<w:defaultTabStop", b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org'
            b'/officeDocument/2006/relationships" r:id="rId1"/><w:defaultTabStop')
            if n == "word/settings.xml" else c)
    )  # fmt: skip
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/_rels/settings.xml.rels", remote)
    data = made(read(SECRET).cable, Options(template=stream.getvalue()))
    whole = b"\n".join(parts(data).values())
    assert b"example.invalid" not in whole
    assert b"attachedTemplate" not in whole


def test_kept_template_is_used_and_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cable = read(SECRET).cable
    monkeypatch.setenv(FOLDER, str(tmp_path))
    compiled.cache_clear()
    first = made(cable)
    (kept,) = tmp_path.iterdir()
    sound = kept.read_bytes()
    for damage in (
        b"",
        b"PK\x03\x04",
        sound[:-30],
        sound.replace(b"word/styles.xml", b"word/stiles.xml", 1),
    ):
        kept.write_bytes(damage)
        compiled.cache_clear()
        assert made(cable) == first
        assert kept.read_bytes() == sound
    monkeypatch.setenv(FOLDER, "")
    compiled.cache_clear()
    assert made(cable) == first
    monkeypatch.setenv(FOLDER, "/dev/null/nowhere")
    compiled.cache_clear()
    assert made(cable) == first
    compiled.cache_clear()


def test_python_docx_is_not_imported_for_a_kept_template() -> None:
    compiled(None)
    code = (
        "import sys; from convert import convert, read; from pathlib import Path;"
        f"convert(read(Path({str(SECRET)!r})).cable, 'docx'); assert 'docx' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=dict(os.environ))


def _style(name: str) -> Any:
    (found,) = (
        style
        for style in root(HOUSE, "word/styles.xml").iter(f"{W}style")
        if style.get(f"{W}styleId") == name
    )
    return found


_FACES = {
    "serif": ("Times New Roman", 1.05),
    "serif-bold": ("Times New Roman", 1.0),
    "sans": ("Arial", 1.0),
    "sans-bold": ("Arial", 1.0),
    "mono": ("Courier New", 1.0),
}


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("Normal", "body"), ("Heading1", "title"), ("Heading2", "heading"), ("footer", "foot"),
        ("Banner", "banner"), ("TelegramLine", "opening"), ("CableHeader", "value"),
        ("FieldLabel", "name"), ("PortionMark", "mark"), ("CableNote", "note"),
        ("PreformattedText", "typed"), ("TransmissionLine", "transmission"),
        ("CableTableText", "cell"),
    ],
)  # fmt: skip
def test_sizes_are_those_of_the_house(style: str, kind: str) -> None:
    """Word's faces differ from the PDF's; its serif is set a twentieth larger."""
    table = tomllib.loads((templates.folder() / "style.toml").read_text())
    face, size, leading, *_ = table["type"][kind]
    name, larger = _FACES[face]
    default: Any = root(HOUSE, "word/styles.xml").find(f"{W}docDefaults")
    found = _style(style)
    stated = found.find(f"{W}rPr/{W}sz")
    stated = default.find(f".//{W}sz") if stated is None else stated
    assert abs(int(stated.get(f"{W}val")) - 2 * size * larger) <= 0.75
    fonts = found.find(f"{W}rPr/{W}rFonts")
    fonts = default.find(f".//{W}rFonts") if fonts is None else fonts
    assert fonts.get(f"{W}ascii") == name
    spacing = found.find(f"{W}pPr/{W}spacing")
    if spacing is not None and style != "Banner":
        assert abs(int(spacing.get(f"{W}line")) - 20 * leading) <= 1


def test_page_and_colours_are_those_of_the_house() -> None:
    table = tomllib.loads((templates.folder() / "style.toml").read_text())
    page, colours = table["page"], table["colour"]
    for name, size in margins.PAPERS.items():
        assert [round(20 * length) for length in page[name]] == list(size)
    assert 20 * page["column"] == margins.COLUMN
    assert 20 * page["edge"] == margins.EDGE
    for words, found in margins.BARS.items():
        key = words.lower().replace(" ", "-")
        assert tuple(colours.get(key, colours["unclassified"])) == found
    assert tuple(colours["other"]) == margins.OTHER_BAR
