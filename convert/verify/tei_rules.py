"""A TEI cable by itself: valid against ``cable.rng``, and by the rules that no grammar can say.

``cable.sch`` says the same rules in Schematron.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

from convert.model import regex as re
from convert.model.data import replace
from convert.templates import folder
from convert.tree import etree
from convert.verify.compare import Difference

_TEI = "{http://www.tei-c.org/ns/1.0}"
_NS = {"t": "http://www.tei-c.org/ns/1.0"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ISM = "{urn:us:gov:ic:ism}"
TAXONOMY = "t:teiHeader/t:encodingDesc/t:classDecl/t:taxonomy"
_POINTERS = frozenset(("ana", "scheme", "corresp", "from", "to", "target", "ref", "who", "resp"))


def validity(data: bytes) -> list[Difference]:
    """Where a document is no valid TEI cable, whatever it was made from; empty if it is one."""
    try:
        root = parsed(data)
    except (etree.XMLSyntaxError, ValueError) as error:
        return [Difference("file", "a TEI document", str(error))]
    return list(faults(root))


def parsed(data: bytes) -> etree._Element:
    """The document. Raises XMLSyntaxError or ValueError for what is no XML."""
    # huge_tree lifts limits that protect from hostile files: a cable of a thousand pages is one
    # text, and neither entities nor the network can be reached.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    return etree.fromstring(data, parser)


def faults(root: etree._Element) -> Iterator[Difference]:
    """All that is wrong with a document."""
    yield from _invalid(root)
    yield from _astray(root)
    levels = _levels(root)
    members = root.findall("t:TEI", _NS)
    for number, member in enumerate(members, 1):
        for one in _untrue(member, levels):
            yield replace(one, where=f"cable {number}: {one.where}")
    if not members:
        yield from _untrue(root, levels)


def _untrue(root: etree._Element, levels: dict[str, str]) -> Iterator[Difference]:
    """What one cable says and is not so; ``levels``: of the categories of its file."""
    yield from _irregular(root)
    yield from _mislabelled(root)
    yield from _misclassified(root, levels)
    yield from _uneven(root)
    yield from _miscoded(root)


def _invalid(root: etree._Element) -> list[Difference]:
    """What the grammar finds, the last of it.

    All that it says of the inside of ``xenoData`` (its pattern ``foreign``) is that nothing there
    is TEI. libxml2 takes time by the square of the elements to see it, and there is one for each
    mark of a cable; so that is looked up here, and the grammar sees the outermost element alone.
    """
    name = "cable-ism.rng" if _is_ism(root) else "cable.rng"
    inside = [
        (element, list(element))
        for data in root.iter(f"{_TEI}xenoData")
        for element in data
        if all(isinstance(one.tag, str) for one in element.iter())  # no entity among them
    ]
    found = [
        Difference(f"line {one.sourceline}", "valid against cable.rng", f"{one.tag} in xenoData")
        for _, children in inside
        for child in children
        for one in child.iter(f"{_TEI}*")
    ]
    for element, _ in inside:
        del element[:]
    if not _grammar(name).validate(root):
        found += _told(root, name)
    for element, children in inside:
        element.extend(children)
    return found[-3:]


@cache
def _grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(folder() / "tei" / name))


def _told(root: etree._Element, name: str) -> list[Difference]:
    """What makes a document invalid.

    Of a text libxml2 only says that it does not fit; so each block is held against the grammar by
    itself. Where all of them fit, it is their order, or the header.
    """
    whole = list(_grammar(name).error_log)
    place = str(folder() / "tei" / "blocks.rng")
    grammar = etree.RelaxNG(etree.fromstring(_BLOCKS.format(name=name), base_url=place))
    blocks = (one for text in root.iter(f"{_TEI}text") for one in text.iter(*_NAMES))
    apart = [
        error
        for block in blocks
        if not grammar.validate(block)
        for error in list(grammar.error_log)[-3:-1]  # the last: that it is no other block
        if error.line
    ]
    told = [(f"line {error.line}", error.message) for error in apart or whole]
    return [
        Difference(where, "valid against cable.rng", says)
        for where, says in told or [("file", "it is not")]
    ]


_NAMES = tuple(f"{_TEI}{name}" for name in ("p", "head", "ab", "fw", "note", "table"))
_BLOCKS = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0">
 <include href="{name}">
  <start>
   <choice>
    <ref name="p"/><ref name="head"/><ref name="ab"/><ref name="text.ab"/><ref name="fw"/>
    <ref name="note"/><ref name="table"/>
   </choice>
  </start>
 </include>
</grammar>
"""


def _is_ism(root: etree._Element) -> bool:
    return any(f"{_ISM}DESVersion" in one.attrib for one in (root, *root.findall("t:TEI", _NS)))


def _astray(root: etree._Element) -> Iterator[Difference]:
    """Pointers to nothing in the document, and categories of markings that nothing points to."""
    ids: set[str] = set()
    pointing: dict[tuple[str, str], None] = {}
    elements: Iterator[Any] = root.iter()
    for element in elements:
        for name, value in element.items():
            if name == _ID:
                ids.add(value)
            elif name in _POINTERS:
                pointing[name, value] = None
    used: set[str] = set()
    for name, value in pointing:
        pointers = value.split()
        if name in ("ana", "target"):
            used.update(pointers)
        for pointer in pointers:
            if pointer.startswith("#") and pointer[1:] not in ids:
                yield Difference(f"@{name}", "an xml:id of the document", pointer)
    for category in root.iter(f"{_TEI}category"):
        if category.get("n") is not None and f"#{category.get(_ID)}" not in used:
            yield Difference("category", "a pointer to it", str(category.get(_ID)))


def _mislabelled(root: etree._Element) -> Iterator[Difference]:
    """Paragraphs with another number than is typed, or without a value that their mark has."""
    for label in root.iter(f"{_TEI}label"):
        kind, paragraph = label.get("type"), label.getparent()
        if paragraph is None:
            continue
        if kind == "paragraphNumber" and paragraph.tag == f"{_TEI}p":
            typed = _REST.sub("", words_of(label))  # 3. A. (1): the first of them
            number = paragraph.get("n") or ""
            if not number.isdecimal() or int(number) != int(typed or -1):
                yield Difference("number of a paragraph", typed, number)
        elif kind == "portionMark":
            typed, resolved = label.get("ana") or "", paragraph.get("ana") or ""
            if typed != resolved and not set(typed.split()) <= set(resolved.split()):
                yield Difference(f"@ana of {paragraph.get(_ID)}", typed, resolved)


_REST = re.compile(r"\D.*")


def _uneven(root: etree._Element) -> Iterator[Difference]:
    """Tables that have not the rows and cells that they say."""
    for table in root.iter(f"{_TEI}table"):
        rows = table.findall("t:row", _NS)
        shape = {len(row.findall("t:cell", _NS)) for row in rows}
        if [str(len(rows))] != [table.get("rows")] or {str(n) for n in shape} != {
            table.get("cols")
        }:
            yield Difference("table", f"{table.get('rows')} by {table.get('cols')}", str(shape))


def _miscoded(root: etree._Element) -> Iterator[Difference]:
    """Characters that show another code point than they point to."""
    for glyph in root.iter(f"{_TEI}g"):
        code = (glyph.get("ref") or "").removeprefix("#char.")
        if glyph.text != f"[U+{code}]":
            yield Difference("g", f"[U+{code}]", str(glyph.text))


def _irregular(root: etree._Element) -> Iterator[Difference]:
    """Regular forms that are neither the letters of the original nor the code of its country."""
    for choice in root.iter(f"{_TEI}choice"):
        forms = ["".join(words_of(child).upper().split()) for child in choice]
        typed, regular = forms if len(forms) == 2 else ("two forms", str(len(forms)))
        if regular not in {typed, _COUNTRIES.get(typed)}:
            yield Difference("choice", typed, regular)


_COUNTRIES = {"UK": "GBR", "U.K.": "GBR", "US": "USA", "U.S.": "USA"}


def _levels(root: etree._Element) -> dict[str, str]:
    """The categories of classes that are what they are called."""
    return {
        f"#{category.get(_ID)}": str(category.get("n"))
        for category in all_of(root, f"{TAXONOMY}/t:category[@xml:id='cls']/t:category")
        if words_of(category) == _TITLES.get(str(category.get("n")))
    }


def _misclassified(root: etree._Element, levels: dict[str, str]) -> Iterator[Difference]:
    """Banners, marks and paragraphs whose class is not the one that the typed words open with."""
    for banner in root.iter(f"{_TEI}fw"):
        if banner.get("type") != "classification":
            continue
        apart = words_of(banner).upper().split()
        words = "".join(apart)
        is_whole = (
            len(apart) == 1 or " ".join(apart) in _APART or max(map(len, apart), default=0) == 1
        )
        is_sure = (is_whole and words in _BANNERS) or banner.find(f".//{_TEI}reg") is not None
        yield from _class_of(banner, _level_of_banner(words), is_sure, levels)
    for mark in root.iter(f"{_TEI}label", f"{_TEI}seg"):
        if mark.get("type") != "portionMark":
            continue
        typed = words_of(mark).upper().lstrip("\"'\u201c\u2018")
        words = typed.strip("()[] ")
        is_sure = words in _TITLES and typed in (f"({words})", f"[{words}]")
        level = _level_of_mark(words)
        yield from _class_of(mark, level, is_sure, levels)
        paragraph = mark.getparent() if mark.tag == f"{_TEI}label" else None
        if paragraph is not None:
            yield from _class_of(paragraph, level, is_sure, levels)
    for paragraph in all_of(root, "t:text//t:p[@ana][not(t:label[@type='portionMark'])]"):
        yield Difference("@ana of a paragraph without a mark", "", paragraph.get("ana") or "")


_TITLES = {
    "U": "UNCLASSIFIED", "R": "RESTRICTED", "C": "CONFIDENTIAL", "S": "SECRET", "TS": "TOP SECRET",
}  # fmt: skip
_BANNERS = {
    "UNCLAS": "U", "LIMITEDOFFICIALUSE": "U", "OFFICIALUSEONLY": "U", "SENSITIVEBUTUNCLASS": "U",
    "CUI": "U", "CONTROLLED": "U", "CONFIDENTIAL": "C", "SECRET": "S", "TOPSECRET": "TS",
}  # fmt: skip
_APART = {"TOP SECRET", "LIMITED OFFICIAL USE", "OFFICIAL USE ONLY"}
_FOREIGN = {  # in this order: the one word holds the other
    "TOPSECRET": "TS", "SECRET": "S", "CONFIDENTIAL": "C", "RESTRICTED": "R", "UNCLASSIFIED": "U",
}  # fmt: skip
_MARKS = {
    "U": "U", "UNCLAS": "U", "UNCLASSIFIED": "U", "SBU": "U", "LOU": "U", "OUO": "U", "FOUO": "U",
    "CUI": "U", "C": "C", "CONFIDENTIAL": "C", "S": "S", "SECRET": "S", "TS": "TS", "TOP": "TS",
    "R": "R",
}  # fmt: skip
_NATO = {"CTS": "TS", "NS": "S", "NC": "C", "NR": "R", "NU": "U"}


def _level_of_banner(words: str) -> str | None:
    """The level that a banner's letters name, blanks left out, and stars and words before it."""
    words = re.sub("^(?:CLAS(?:S(?:IFICATION)?)?[:/-]?|QUOTE:?)", "", words.lstrip("*"))
    if words.startswith("//"):
        owner_and_level = words[2:].partition("//")[0]
        return next((value for word, value in _FOREIGN.items() if word in owner_and_level), None)
    seen = _alike(words)  # CON Fl DENTIAL, as a picture's letters were read
    return next((value for word, value in _BANNERS.items() if seen.startswith(_alike(word))), None)


def _alike(words: str) -> str:
    """The words with one letter for those that a picture does not tell apart."""
    return re.sub("[Ll1]", "I", words)


@lru_cache(maxsize=1024)
def _level_of_mark(words: str) -> str | None:
    """The level that a mark's first words name; behind ``//`` the owner stands first."""
    if not words.startswith("//"):
        first, *_ = re.split(r"[^A-Z.]+", words, maxsplit=2)
        iso = re.fullmatch(r"[A-Z.]+-(TS|S|C|R|U)", words.partition("//")[0].strip())
        return iso[1] if iso and first not in _MARKS else _MARKS.get(first)
    named = re.findall(r"[A-Z]+", words[2:].partition("//")[0])
    if named and (nato := next((v for k, v in _NATO.items() if named[0].startswith(k)), None)):
        return nato
    return next((word for word in named if word in _TITLES), None)


def _class_of(
    element: etree._Element, level: str | None, is_sure: bool, levels: dict[str, str]
) -> Iterator[Difference]:
    """The one class that ``@ana`` names against ``level``; unless sure, it may name nothing."""
    pointers = (element.get("ana") or "").split()
    named = [levels.get(pointer, pointer) for pointer in pointers if pointer.startswith("#cls.")]
    if (pointers or is_sure) and (level is None or named != [level]):
        yield Difference(f"class of {words_of(element)[:40]}", str(level), " ".join(named))


def all_of(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path."""
    found: list[etree._Element] = _at(path)(root)
    return found


@cache
def _at(path: str) -> Callable[[etree._Element], Any]:
    return etree.XPath(path, namespaces=_NS)


def words_of(element: etree._Element) -> str:
    """The text as typed, its blanks folded."""
    said = said_of(element) if len(element) else element.text or ""
    return " ".join(said.split())


def said_of(element: etree._Element) -> str:
    """The text as typed: a regular form inside says nothing, nor what is left out."""
    said = [element.text or ""]
    for child in element:
        if "blank" in (child.get("type"), child.get("reason")):
            said.append(" ")
        elif child.tag not in _UNSAID and child.get("type") not in BETWEEN:
            said.append(said_of(child))
        said.append(child.tail or "")
    return "".join(said)


_UNSAID = frozenset({f"{_TEI}reg", f"{_TEI}surplus"})
BETWEEN = frozenset({"surplus", "blank"})
