"""Where the messages of one file begin, in every form that a dump comes in."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import pytest

from convert.assembly import gather
from convert.cli.main import run
from convert.reader.read import read
from convert.reader.sections import several, transmissions
from tests import test_navy as navy
from tests import test_print as prints
from tests.records import make


def telegram(serial: int, before: str = "", day: int = 1) -> str:
    """A telegram of which a copy lost the lines of its transmission."""
    return f"""\
{before}P {day:02}1015Z JUN 05
FM AMEMBASSY KESTREL CAPE
TO SECSTATE WASHDC PRIORITY 2044
INFO AMEMBASSY PORT ORRIN

C O N F I D E N T I A L KESTREL CAPE 000{serial}

SIPDIS

E.O. 12958: DECL: 06/01/2015
TAGS: PREL
SUBJECT: A FICTIONAL TELEGRAM

1. (C) The harbour stays open.

ROE

"""


def message(number: int, head: int = 0, end: int = 0) -> str:
    """A Navy message with one of the headings and ends that real ones have."""
    sets = navy.SETS[number % len(navy.SETS)]
    text = f"{navy.HEADS[head]}NAVADMIN 041/11\n{sets}RMKS/{navy.TEXT}{navy.ENDS[end]}\n"
    text = text.replace("041/11", f"{number:03}/11").replace("0417", f"0{number}")
    return text.replace("R 0315", f"R {number % 28 + 1:02}15")


def assert_parted(*texts: str) -> None:
    """Each text is one message, and where they stand in a row they are cut again."""
    whole = "".join(texts)
    found = transmissions(whole)
    assert [one.span.of(whole) for one in found] == list(texts)
    assert len(several(whole)) == len(texts)
    assert not [text for text in texts if several(text)]


_HEADS, _ENDS = range(len(navy.HEADS)), range(len(navy.ENDS))


@pytest.mark.parametrize("end", _ENDS)
def test_navy_messages(end: int) -> None:
    for first, second in product(_HEADS, _HEADS):
        assert_parted(message(100, first, end), message(101, second, (end + first) % len(_ENDS)))


@pytest.mark.parametrize(
    "lost",
    ["", "P 011015Z JUN 05\n", "P 011015Z JUN 05\nFM AMEMBASSY KESTREL CAPE\n"
     "TO SECSTATE WASHDC PRIORITY 2044\nINFO AMEMBASSY PORT ORRIN\n\n"],
    ids=["nothing", "the date", "all above the class"],
)  # fmt: skip
def test_telegrams_without_transmission_lines(lost: str) -> None:
    texts = [telegram(serial).replace(lost, "") for serial in (731, 732, 733)]
    assert_parted(*texts)
    names = ["KESTRELCAPE731", "KESTRELCAPE732", "KESTRELCAPE733"]
    assert [one.message.removeprefix("05") for one in transmissions("".join(texts))] == names


def test_extracts_of_a_web_archive() -> None:
    notice = "This record is a partial extract of the original cable. The full text is not there.\n"
    texts = [telegram(serial, before=f"{notice}\n") for serial in (731, 732)]
    assert_parted(*texts)


def test_sections_without_transmission_lines() -> None:
    """They are cut, and put together again: each says which section it is."""
    first = telegram(731).replace("KESTREL CAPE 000731", "SECTION 01 OF 02 KESTREL CAPE 000731")
    second = first.replace("01 OF 02", "02 OF 02")
    whole = first + second
    assert len(transmissions(whole)) == 2
    assert several(whole) == []
    (one,) = gather([("dump", whole.encode())], across=False)
    assert one.extracts == ()


@pytest.mark.parametrize("between", ["", "\f"], ids=["in a row", "by sheets"])
def test_records(between: str) -> None:
    texts = [made.text for made in map(make, range(40))]
    stamped = [text for text in texts if "Declassified" in text.lstrip().splitlines()[0]]
    for first, second in pairwise(stamped):
        whole = f"{first}{between}{second}"
        found = gather([("dump", whole.encode())], across=False)
        assert [one.extracts[0].span.start for one in found] == [0, len(first) + len(between)]
        assert several(first) == []
        assert several(whole)


@pytest.mark.parametrize("between", ["", "\f"], ids=["in a row", "by sheets"])
@pytest.mark.parametrize("document", [prints.NATIVE, prints.IN_PART, prints.MEMO])
def test_prints(document: str, between: str) -> None:
    other = document.replace("C05712345", "C05712346").replace("C05739999", "C05740000")
    other = other.replace("B-00003300123", "B-00003300124")
    other = other.replace("1187", "1188").replace("1544", "1545")
    whole = f"{document}{between}{other}"
    assert [one.span.start for one in transmissions(whole)] == [0, len(document) + len(between)]


@pytest.mark.parametrize("ends", ["", "unquote", "End text."])
@pytest.mark.parametrize(
    "begins",
    ['"', "quote\n", "Begin text:\n\n", "Embassy had the following message\n\n", "It:\n\n"],
)
def test_a_quoted_telegram_is_no_beginning(begins: str, ends: str) -> None:
    quoted = telegram(899, day=2).replace("ROE\n\n", "")
    end = '"' if begins == '"' else ends
    host = telegram(731).replace(
        "stays open.\n", f"stays open.\n{begins}{quoted}{end}\n\n2. (C) So.\n"
    )
    assert several(host) == []
    assert len(transmissions(host)) == 1


def test_addresses_repeated_for_offices_are_no_beginning() -> None:
    head = navy.HEADS[3].replace(navy.PASSED, f"UNCLASSIFIED/\n{navy.ADDRESSED}")
    assert several(f"{head}NAVADMIN 041/11\n{navy.SETS[0]}RMKS/{navy.TEXT}{navy.ENDS[0]}") == []


def test_two_messages_are_reported() -> None:
    def told(text: str) -> list[str]:
        findings = read(text.encode()).findings
        return [found.message() for found in findings if found.code.id == "R112"]

    one, two = message(100), message(101)
    assert told(one) == []
    assert told(one + two) == [
        "this file holds more than one message: NAVADMIN 100/11, NAVADMIN 101/11"
    ]
    assert told(one + one) == ["this file holds more than one message: NAVADMIN 100/11 (2 times)"]


def test_split_navy_messages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What names a message is its number, not the station that relays it."""
    one, two = message(100), message(101).replace("0101", "0100")
    (tmp_path / "dump.txt").write_text(one + two)
    out = tmp_path / "out"
    assert run([str(tmp_path / "dump.txt"), "--split", "-t", "tei", "-o", f"{out}/"]) == 0
    told = capsys.readouterr().err
    assert "R114" not in told
    assert "R112" not in told
    assert b"NAVADMIN 101/11" in (out / "dump-2.tei.xml").read_bytes()


def test_sections_of_a_navy_message() -> None:
    """The second repeats no number: originator and date-time group tell whose it is."""
    first = message(100).replace("UNCLAS //", "UNCLAS SECTION 01 OF 02 //")
    second = navy.HEADS[0].replace("UNCLAS //N10126//", "UNCLAS FINAL SECTION OF 02")
    second = second.replace("R 0315", "R 1715") + "4.  IT GOES ON.//\nBT\n#0418\nNNNN\n"
    sources = [("b", second.encode()), ("a", first.encode())]
    (one,) = gather(sources, across=True)
    assert [extract.label for extract in one.extracts] == ["a", "b"]
    assert not one.findings
    assert several(first + second) == []


def test_many_copies_of_one_message() -> None:
    """Each is a message of its own, and says that another copy stands before it."""
    one = telegram(731)
    found = gather([("dump", (one * 3000).encode())], across=True)
    assert [len(each.findings) for each in found] == [0] + [1] * 2999
    sections = [one.replace("KESTREL CAPE 0", f"SECTION 0{n} OF 02 KESTREL CAPE 0") for n in (1, 2)]
    found = gather([("dump", (sections[0] * 900 + sections[1] * 900).encode())], across=True)
    assert [len(each.extracts) for each in found] == [2] * 900


@pytest.mark.parametrize(
    "unit",
    ["1. A.\n\nFM X\nTO Y\n\n", "MSGID/A//\n1. X\n", "Doc No. C05771875\nDoc No. C05771876\n",
     "MSGID/A/B//\n1. FOLLOWING:\n\nFM X\nTO Y\nSUBJ: Z\n", "1. A\nTO X\nTO X\n"],
)  # fmt: skip
def test_hostile(unit: str) -> None:
    """Every cut is at a line, and nothing is lost."""
    text = unit * 1500
    assert "".join(one.span.of(text) for one in transmissions(text)) == text


RELEASED = """\
UNCLASSIFIED U.S. Department of State Case No. F-2014-00001 Doc No. C00000001 Date: 12/31/2015
RELEASE IN PART B6
CONFIDENTIAL
P 031343Z JUN 09
FM AMEMBASSY PORT ORRIN
TO SECSTATE WASHDC PRIORITY 9937

C O N F I D E N T I A L PORT ORRIN 004619

SUBJECT: FICTIONAL LAMPS

1. (C) THE FICTIONAL HARBOR MASTER SPOKE OF LAMPS.
ROE
"""
LABELLED = """\
INCOMING TELEGRAM     Department of State
SECRET
Rec'd: March 3, 1963
FROM: Amembassy PORT ORRIN
TO: SecState WASHINGTON
NO: 1234, March 3, 6 p.m.

The fictional harbor master spoke of lamps and of the buoys at the mouth.
"""
EDITED = """\
45. Telegram From the Embassy in Kestrel Cape to the Department of State

Port Orrin, March 3, 1963, 6 p.m.

1. The fictional harbor master spoke of lamps.

Roe
"""


@pytest.mark.parametrize("first", [RELEASED, LABELLED, EDITED])
@pytest.mark.parametrize("second", [RELEASED, LABELLED, EDITED])
def test_prints_of_different_kinds_in_one_file(first: str, second: str) -> None:
    """They are cut apart, and told, though no form feed parts them."""
    if first == second:
        second = second.replace("1234", "1235").replace("4619", "4620").replace("45.", "46.")
        second = second.replace("C00000001", "C00000002")
    whole = f"{first}\n{second}"
    cut = [one.span.of(whole).strip() for one in transmissions(whole)]
    assert cut == [first.strip(), second.strip()]
    assert [one.code.id for one in read(whole.encode()).findings].count("R112") == 1


def test_one_document() -> None:
    """A strip that is read from a picture with a 0 for the C is of the same document."""
    strip = RELEASED.partition("\n")[0]
    seen = strip.replace("C0", "00")
    assert len(transmissions(f"{RELEASED}{seen}\n{strip}\nTHE BUOYS TOO.\n{seen}\n")) == 1
    assert len(transmissions(RELEASED + RELEASED.replace("C00000001", "000000002"))) == 2
