"""A compiled template: parts that are the same in every document, and those with slots to fill.

What never changes is inflated by no one: its bytes go packed from the template into the document.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, reduce

from convert.model.data import Data

SLOTS = ("body", "paper", "banner", "reference", "core", "properties", "markings", "skeleton")

_LEVEL = 3  # half the time of zlib's own 6, for documents one fiftieth longer
_STAMP = (1 << 5) | 1  # 1 January 1980: the first day that a zip archive can state
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHI")
_PLACE = struct.Struct("<I")
_END = struct.Struct("<IHHHHIIH")
_UTF8 = 1 << 11


def slot(name: str) -> str:
    """What stands in a part for something that each document has of its own."""
    return f"<?cable-{name}?>"


class Packed(Data):
    """A member's bytes as they lie in the archive."""

    crc: int
    size: int
    data: bytes


class Compiled(Data):
    """The members in order: packed ones, and texts between slots ``(text, slot, text, ...)``."""

    members: tuple[tuple[str, Packed | tuple[str, ...]], ...]
    has_paper: bool  # the template leaves the paper to the writer: it is the house's own

    def document(self, filled: Mapping[str, str]) -> bytes:
        """The package with its slots filled."""
        return zipped(self._members(filled))

    def _members(self, filled: Mapping[str, str]) -> Iterator[tuple[str, Packed]]:
        same: dict[tuple[str, ...], Packed] = {}  # the headers of all three pages are one text
        for name, member in self.members:
            if isinstance(member, Packed):
                yield name, member
                continue
            if member not in same:
                texts = tuple(filled[t] if at % 2 else t for at, t in enumerate(member))
                same[member] = (_again if member[1::2] == ("banner",) else _packed)(texts)
            yield name, same[member]


def _packed(texts: tuple[str, ...]) -> Packed:
    return packed(*map(str.encode, texts), level=_LEVEL)


_again = lru_cache(maxsize=64)(_packed)  # many cables have few banners


def load(data: bytes) -> Compiled:
    """A compiled template from its archive; ValueError for anything else."""
    members: list[tuple[str, Packed | tuple[str, ...]]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                content = archive.read(info)
                if b"<?cable-" in content:
                    members.append((info.filename, _parted(content.decode())))
                else:
                    members.append(
                        (info.filename, Packed(info.CRC, len(content), _raw(data, info)))
                    )
    except (zipfile.BadZipFile, UnicodeDecodeError, zlib.error, EOFError, KeyError) as error:
        raise ValueError(f"no compiled template: {error}") from error
    used = {text for _, m in members if not isinstance(m, Packed) for text in m[1::2]}
    if not {"body", "banner", "core", "properties", "markings", "skeleton"} <= used:
        raise ValueError("no compiled template: slots are missing")
    return Compiled(tuple(members), "paper" in used)


def _raw(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """A member's bytes as they lie in the archive, behind its local header."""
    name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    return data[start : start + info.compress_size]


def _parted(text: str) -> tuple[str, ...]:
    """A text as ``(text, name of a slot, text, ...)``."""
    first, *rest = text.split("<?cable-")
    parts = [first]
    for piece in rest:
        name, _, after = piece.partition("?>")
        name = name.strip()
        if name not in SLOTS:
            raise ValueError(f"no such slot: {name}")
        parts += [name, after]
    return tuple(parts)


def packed(*pieces: bytes, level: int = 9) -> Packed:
    """Bytes as an archive holds them (RFC 1951); a short text asks for no wide window."""
    size = sum(map(len, pieces))
    window, memory = (-12, 5) if size <= 4096 else (-15, 8)
    deflater = zlib.compressobj(level, zlib.DEFLATED, window, memory)
    data = b"".join((*map(deflater.compress, pieces), deflater.flush()))
    return Packed(reduce(lambda crc, piece: zlib.crc32(piece, crc), pieces, 0), size, data)


def zipped(members: Iterable[tuple[str, Packed]]) -> bytes:
    """An archive with no trace of when and where it was made (PKWARE APPNOTE 4.3)."""
    body: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for name, one in members:
        local, about = _headers(name, one.crc, len(one.data), one.size)
        directory += (about, _PLACE.pack(place), name.encode())
        body += (local, one.data)
        place += len(local) + len(one.data)
    central = b"".join(directory)
    count = len(body) // 2
    end = _END.pack(0x06054B50, 0, 0, count, count, len(central), place, 0)
    return b"".join((*body, central, end))


@lru_cache(maxsize=256)
def _headers(name: str, crc: int, packed: int, size: int) -> tuple[bytes, bytes]:
    """The header before a member's bytes, and its entry in the directory up to its place."""
    raw = name.encode()
    common = (20, 0 if name.isascii() else _UTF8, 8, 0, _STAMP, crc, packed)
    local = _LOCAL.pack(0x04034B50, *common, size, len(raw), 0) + raw
    return local, _CENTRAL.pack(0x02014B50, 20, *common, size, len(raw), 0, 0, 0, 0, 0)
