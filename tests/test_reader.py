"""The reader on partial, differently encoded and oddly ended copies of the samples."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from convert.errors import UnreadableError
from convert.job import render
from convert.model.cable import Paragraph
from convert.model.transcript import Entry, transcript
from convert.model.walk import every
from convert.options import Options
from convert.reader.read import Reading, read
from tests.conftest import ROOT, SAMPLES


def _text(reading: Reading) -> list[Entry]:
    assert not [f for f in reading.findings if f.code.id == "R100"]
    return [entry for entry in transcript(reading.cable).entries if entry.kind != "note"]


@pytest.mark.parametrize("sample", SAMPLES[:-1], ids=lambda path: path.stem)
def test_any_heading_line_may_be_missing(sample: Path) -> None:
    """One line less, or all lines up to it: the text reads the same."""
    whole = _text(read(sample))
    lines = sample.read_bytes().splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if _begins_text(line))
    for number in range(start):
        indent = len(lines[number]) - len(lines[number].lstrip(b" "))
        if indent not in (0, 15) or lines[number][:3] == b"1.4" or not lines[number].strip():
            continue  # goes on from the line above; a print has its lines at column 15
        without = _text(read(b"".join(lines[:number] + lines[number + 1 :])))
        assert without[-len(whole) :] == whole, lines[number]
        tail = _text(read(b"".join(lines[number + 1 :])))
        assert tail[-len(whole) :] == whole, lines[number]


def _begins_text(line: bytes) -> bool:
    stripped = line.lstrip(b" ").removeprefix(b"[1](#)")
    return stripped.startswith((b"1. ", b"3. ", b"GENTEXT/"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_line_ends_and_byte_order_mark(sample: Path) -> None:
    unix = sample.read_bytes().replace(b"\r\n", b"\n")
    whole = transcript(read(unix).cable)
    for data in (
        unix.replace(b"\n", b"\r\n"),
        unix.replace(b"\n", b"\r"),
        b"\xef\xbb\xbf" + unix,
        unix.decode().encode("utf-16"),
        unix.replace(b"\n\n", b"\n\f\n"),
    ):
        assert transcript(read(data).cable) == whole


def test_windows_bytes_among_utf8() -> None:
    reading = read(
        b"UNCLAS PORT MERIDIAN 000412\n\n1. The ship\x92s log, \xe2\x80\x9cread\xe2\x80\x9d.\n"
    )
    (entry,) = _text(reading)
    assert entry.words == "The ship\u2019s log, \u201cread\u201d."
    assert reading.cable.source.encoding == "utf-8 with cp1252"
    assert [finding.code.id for finding in reading.findings] == ["R101"]


def test_several_lists_of_addressees() -> None:
    text = (ROOT / "samples" / "unclassified.txt").read_text()
    twice = text.replace("INFO ", "TO RUEHXX/AMEMBASSY ORLEMONT 12\nINFO ", 1)
    facts = [f.value for f in transcript(read(twice.encode()).cable).facts if f.name == "To"]
    assert facts == ["SECSTATE WASHDC (RUEHC) 1147", "AMEMBASSY ORLEMONT (RUEHXX) 12"]


def test_labels_and_levels() -> None:
    cable = read(ROOT / "samples" / "confidential-noforn.txt").cable
    levels = [(p.label.typed, p.level) for p in every(cable, Paragraph) if p.label]
    assert levels[2:9] == [
        ("3.", 0), ("A.", 1), ("(1)", 2), ("(2)", 2), ("B.", 1), ("4.", 0), ("5.", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "SECRET X 1234\n\n3. (C/NF[1](#)) A mark with debris inside.\n",
        "SECRET X 1234\n\nUNNUMBERED.\n\n0. (S) A number like no other.\n\nMORE.\n",
        "SECRET X 1234\nSUBJECT:\n\n1. (S) No subject.\n\nSUBJECT: ONE AFTER ALL\n",
        "SECRET X 1234\n\n6. (C\x1f) A control in a mark.\n",
        "SECRET X 1234\nTO UNCLAS //N05800//\nFM A\n\n1. A blank before the office.\n",
        "SECRET X 1234\n\nA Heading\n---\n\n1. A short rule.\n",
        "SECRET X 1234\n\nA Heading\n-----[1](#)-----\n\n1. A rule with debris.\n",
        "SECRET X 1234\n\n1. THE PRO-\nNOUNCEMENTS OF THE HAR-\nBOR MASTER "
        + "WHO WAS NOT A-\nMUSED " * 30,
        "SECRET X 1234\n\n1. (S) The [Sheik](#)'s tent, the [tribe](#) and the [jobs](#).\n",
    ],
)
def test_mended(text: str) -> None:
    """Texts that once went wrong: each is accounted for, and each output reads back."""
    reading = read(text.encode())
    assert not [finding for finding in reading.findings if finding.code.id == "R100"]
    for format in ("tei", "docx", "pdf"):
        assert render(reading.cable, format, Options()).data


def test_marks_that_are_none() -> None:
    """What stands in mark position and cannot be taken as a mark is an error finding."""
    for mark in ("(C/NF[1](#))", "(S//XYZZY)", "(SS/NF)", "(S NF)", "(SECRET)", "(S\x08)"):
        reading = read(f"SECRET X 1234\n\n1. {mark} Text.\n".encode())
        assert "MK010" in [finding.code.id for finding in reading.findings], mark


def test_words_that_links_cut() -> None:
    (entry,) = _text(read(b"UNCLAS X 1234\n\n1. The [Sheik](#)'s tent and [jobs](#).\n"))
    assert entry.words == "The Sheik's tent and jobs."


def test_year_of_four_figures_that_is_none() -> None:
    reading = read(b"R 081502Z APR 0405\nFM A\nTO B\n\nUNCLAS KESTREL CAPE 000176\n\n1. Text.\n")
    assert "R132" in [finding.code.id for finding in reading.findings]
    assert render(reading.cable, "tei", Options()).data


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_reading_makes_no_cycles(sample: Path) -> None:
    data = sample.read_bytes()
    read(data)  # what a process loads once
    gc.collect()
    gc.disable()
    try:
        read(data)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_collector_is_left_as_it_was() -> None:
    states = []
    for switch in (gc.enable, gc.disable):
        switch()
        for data in (b"1. (U) FICTIONAL TEXT.", b""):
            try:
                read(data)
            except UnreadableError:
                states.append("unreadable")
            states.append("on" if gc.isenabled() else "off")
    gc.enable()
    assert states == ["on", "unreadable", "on", "off", "unreadable", "off"]
