"""A PDF as pdfium sees it, the library behind the viewer of Chrome.

The library comes with pypdfium2. Its bindings declare 400 functions, and to load them takes longer
than to convert a cable: the few that are asked are declared here.
"""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_float, c_int, c_size_t, c_ulong, c_void_p
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

_FILES = ("libpdfium.so", "libpdfium.dylib", "pdfium.dll")
# Function: what it returns and what it takes (fpdfview.h, fpdf_text.h).
_FUNCTIONS = {
    "FPDF_InitLibrary": (None,),
    "FPDF_LoadMemDocument64": (c_void_p, c_char_p, c_size_t, c_char_p),
    "FPDF_GetLastError": (c_ulong,),
    "FPDF_GetPageCount": (c_int, c_void_p),
    "FPDF_LoadPage": (c_void_p, c_void_p, c_int),
    "FPDF_GetPageWidthF": (c_float, c_void_p),
    "FPDF_GetPageHeightF": (c_float, c_void_p),
    "FPDFText_LoadPage": (c_void_p, c_void_p),
    "FPDFText_CountChars": (c_int, c_void_p),
    "FPDFText_GetText": (c_int, c_void_p, c_int, c_int, c_char_p),
    "FPDFText_ClosePage": (None, c_void_p),
    "FPDF_ClosePage": (None, c_void_p),
    "FPDF_CloseDocument": (None, c_void_p),
}


class Opened:
    """A document: ``with Opened(data) as pages``. ValueError where pdfium cannot open it."""

    def __init__(self, data: bytes) -> None:
        self._pdfium = _library()
        self._data = data  # is read as long as the document is open
        self._document = self._pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._document:
            raise ValueError(f"pdfium opens no such file ({self._pdfium.FPDF_GetLastError()})")

    def __enter__(self) -> Opened:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._pdfium.FPDF_CloseDocument(self._document)

    def __len__(self) -> int:
        return int(self._pdfium.FPDF_GetPageCount(self._document))

    def page(self, number: int) -> tuple[tuple[float, float], str]:
        """Width and height of a page, counted from 0, and its text, parted as pdfium parts it."""
        page = self._pdfium.FPDF_LoadPage(self._document, number)
        letters = self._pdfium.FPDFText_LoadPage(page)
        try:
            if not letters:
                raise ValueError(f"pdfium cannot read page {number + 1}")
            count = self._pdfium.FPDFText_CountChars(letters)
            # UTF-16, of which a character may take two units; one more ends the text.
            units = ctypes.create_string_buffer(4 * (count + 1))
            written = self._pdfium.FPDFText_GetText(letters, 0, count, units)
            size = self._pdfium.FPDF_GetPageWidthF(page), self._pdfium.FPDF_GetPageHeightF(page)
            return size, units.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        finally:
            self._pdfium.FPDFText_ClosePage(letters)
            self._pdfium.FPDF_ClosePage(page)


@cache
def _library() -> ctypes.CDLL:
    """pdfium, ready for use: beside the bindings, or where the bindings find it."""
    package = find_spec("pypdfium2_raw")
    folders = package.submodule_search_locations if package else None
    files = (Path(folder) / name for folder in folders or () for name in _FILES)
    file = next(filter(Path.exists, files), None)
    if file:
        library = ctypes.CDLL(str(file))
    else:
        library = import_module("pypdfium2_raw.bindings")._libs["pdfium"]
    for name, (returned, *taken) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = returned, taken
    library.FPDF_InitLibrary()
    return library
