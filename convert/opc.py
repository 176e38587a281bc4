"""A package (ECMA-376 part 2: a zip of XML parts) opened with care: nothing of it is believed.

What a file may cost is bounded before it is paid: members and sizes are counted before anything is
inflated and again while it is, tags before anything is parsed. No entity is resolved, no address
is fetched, nothing is run.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from convert.errors import UnreadableError
from convert.model.data import Data

if TYPE_CHECKING:
    from convert.tree import etree

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/"
_MACROS = ("macroEnabled", "vbaProject")
_TYPES = "[Content_Types].xml"


class Limits(Data):
    """What a package may hold at most."""

    members: int = 2000
    part: int = 64_000_000  # bytes of one part
    whole: int = 256_000_000  # bytes of all of them
    ratio: int | None = 300  # times that a part above a megabyte may be packed; None: any
    tags: int = 6_000_000  # of one part; a tree takes about 60 bytes for each


class Relation(Data):
    """One relationship of a part: ``target`` is a member's name, or outside it any address."""

    id: str
    kind: str  # the last word of its type: "header", "image"
    target: str
    external: bool


class Package:
    """The members of a package, each parsed on demand. Raises UnreadableError."""

    def __init__(self, data: bytes, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise _refused(f"its zip directory cannot be read ({error})") from error
        members = self._zip.infolist()
        self.names = frozenset(member.filename for member in members)
        self._guard(members)

    def _guard(self, members: list[zipfile.ZipInfo]) -> None:
        most = self._limits
        if len(members) > most.members:
            raise _refused(f"it has {len(members)} members, more than {most.members}")
        if len({member.filename.lower() for member in members}) < len(members):
            raise _refused("two of its members have one name")
        for member in members:
            name, size = member.filename, member.file_size
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
                raise _refused(f"its member {name[:80]!r} points outside the package")
            if member.flag_bits & 1:
                raise _refused(f"its member {name[:80]} is encrypted")
            packed = max(member.compress_size, 1)
            if size > most.part or (most.ratio and size > 1_000_000 and size / packed > most.ratio):
                raise _refused(f"its member {name[:80]} unpacks to {size} bytes")
        if sum(member.file_size for member in members) > most.whole:
            raise _refused("its members unpack to more than a document holds")

    def raw(self, name: str) -> bytes:
        """The bytes of a member, counted while they are inflated."""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(self._limits.part + 1)
        except KeyError as error:
            raise _refused(f"its member {name[:80]} is missing") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as bad:
            raise _refused(f"its member {name[:80]} is damaged ({bad})") from bad
        if len(data) > self._limits.part:
            raise _refused(f"its member {name[:80]} is too large")
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of a part, to be changed and written."""
        return parsed(self.raw(name), name, self._limits)

    def plain(self, name: str) -> ElementTree.Element:
        """The root of a part, to be read alone."""
        return plain(self.raw(name), name, self._limits)

    def relations(self, name: str = "") -> tuple[Relation, ...]:
        """The relationships of a part; of the package itself without a name."""
        folder, base = posixpath.split(name)
        member = posixpath.join(folder, "_rels", f"{base}.rels")
        if member not in self.names:
            return ()
        return tuple(_relations(self.plain(member), folder))

    def main(self) -> str:
        """The name of the document part of a Word file."""
        if _TYPES not in self.names:
            raise _refused("it is a zip file, and no Word document")
        if any(word.encode() in self.raw(_TYPES) for word in _MACROS):
            raise _refused("it has macros: save it as .docx")
        found = next((r.target for r in self.relations() if r.kind == "officeDocument"), None)
        if found is None or found not in self.names:
            raise _refused("it names no document part")
        if _STRICT in self.raw(found)[:4000]:
            raise _refused("it is Strict Open XML: save it as an ordinary .docx")
        if not found.startswith("word/"):
            raise _refused("it is an Office file of another kind")
        return found


def parsed(data: bytes, name: str, limits: Limits | None = None) -> etree._Element:
    """The root of a part's bytes, with no DOCTYPE and no entity in them."""
    from convert.tree import etree

    _count_tags(data, name, limits)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise _refused(f"its member {name[:80]} is no XML ({error})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(f"its member {name[:80]} has a DOCTYPE")
    return root


def plain(data: bytes, name: str, limits: Limits | None = None) -> ElementTree.Element:
    """As ``parsed``, by the standard library: lxml takes longer to load than a part to be read.

    Comments and processing instructions are left out.
    """
    _count_tags(data, name, limits)
    if b"<!DOCTYPE" in data.replace(b"\0", b""):  # in UTF-16 too
        raise _refused(f"its member {name[:80]} has a DOCTYPE")
    try:
        return ElementTree.fromstring(data)  # noqa: S314
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise _refused(f"its member {name[:80]} is no XML ({error})") from error


def _count_tags(data: bytes, name: str, limits: Limits | None) -> None:
    if data.count(b"<") > (limits or Limits()).tags:
        raise _refused(f"its member {name[:80]} has more tags than a document holds")


def _relations(root: ElementTree.Element, folder: str) -> Iterator[Relation]:
    for relation in root.iterfind(".//{*}Relationship"):
        external = relation.get("TargetMode") == "External"
        target = relation.get("Target", "")
        if not external:
            target = _member(folder, target)
        kind = relation.get("Type", "").rpartition("/")[2]
        yield Relation(relation.get("Id", ""), kind, target, external)


@lru_cache(maxsize=128)
def _member(folder: str, target: str) -> str:
    """The name of what a part in a folder refers to; most packages have the same names."""
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def _refused(why: str) -> UnreadableError:
    return UnreadableError(
        f"this Word file is not read: {why}",
        "Open it in a word processor that you trust, and save it as .docx or as plain text.",
    )
