"""Pages to operators, and all objects into one file.

All text of a page is one text object, in reading order. What belongs to an element is marked with
its number; banner, foot and rules are artifacts (ISO 32000-1, 14.8.2.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from convert.writer.pdf import archive, tags
from convert.writer.pdf.archive import About, Attachment, Kind
from convert.writer.pdf.file import File, packed, shortened, text
from convert.writer.pdf.fonts import FILES, Fonts, Sheets
from convert.writer.pdf.layout import Banner, Layout, Page, Run
from convert.writer.pdf.style import Colour, Style, banner_colours
from convert.writer.pdf.tags import Element, Tree

_FOR_NUMBER = 100.0  # of the foot, for the page number
_STRUCK = 0.9  # thickness of the rule through a banner, and of the frame of a stamp
_RISE = 0.72  # of the size: height of a capital letter


def paint(
    layout: Layout,
    style: Style,
    fonts: Fonts,
    kind: Kind,
    facts: About,
    attachments: tuple[Attachment, ...] = (),
    *,
    plain: bool = False,
) -> bytes:
    """The finished file."""
    return _Painter(layout, style, fonts, plain=plain).file(kind, facts, attachments)


class _Painter:
    """Writes the pages of one document."""

    def __init__(self, layout: Layout, style: Style, fonts: Fonts, *, plain: bool) -> None:
        self._layout, self._style, self._fonts = layout, style, fonts
        self._tree = Tree(layout.document)
        self._sheets = Sheets()
        self._links: list[tuple[Element, int, tuple[float, float, float, float]]] = []
        self._plain = plain or layout.is_struck
        self._banners = self._both_banners()

    def file(self, kind: Kind, facts: About, attachments: tuple[Attachment, ...]) -> bytes:
        """All objects: contents, fonts, structure, bookmarks, metadata; the pages last."""
        layout, file = self._layout, File()
        total = len(layout.pages)
        contents = [
            file.add(packed(self._content(page, f"Page {number} of {total}")))
            for number, page in enumerate(layout.pages, start=1)
        ]
        resources = self._resources(file)
        links = self._live_links()
        root = file.next(total + 1 + len(links))
        pages_at = file.next(len(links))
        numbers = [pages_at + 1 + number for number in range(total)]
        elements = tags.numbered(self._tree, root, pdf2=kind.is_pdf2)
        annotations: dict[int, list[int]] = {}
        for element, page, box in links:
            one = file.add(self._annotation(element, box, numbers, kind, len(self._tree.links)))
            annotations.setdefault(page, []).append(one)
            self._tree.links.append((element, one, page))
        width, height = layout.size
        kids = " ".join(f"{number} 0 R" for number in numbers)
        file.add(f"<</Type/Pages/Count {total}/Kids[{kids}]>>".encode())
        for number, content in enumerate(contents):
            listed = " ".join(f"{one} 0 R" for one in annotations.get(number, ()))
            file.add(
                (
                    f"<</Type/Page/Parent {pages_at} 0 R/MediaBox[0 0 {width:g} {height:g}]"
                    f"/Resources {resources} 0 R/Contents {content} 0 R"
                    f"/StructParents {number}/Tabs/S{f'/Annots[{listed}]' if listed else ''}>>"
                ).encode()
            )
        top, made = tags.objects(self._tree, elements, root, numbers, pdf2=kind.is_pdf2)
        for one_of_them in (top, *made):
            file.add(one_of_them)
        outlines = self._outlines(file, numbers, kind)
        xmp, info = archive.metadata(file, kind, facts)
        catalog = file.add(
            (
                f"<</Type/Catalog/Pages {pages_at} 0 R/Lang({archive.LANGUAGE})"
                f"/MarkInfo<</Marked true>>/StructTreeRoot {root} 0 R/Metadata {xmp} 0 R"
                f"/ViewerPreferences<</DisplayDocTitle true>>/Outlines {outlines} 0 R"
                f"/PageMode/UseOutlines{archive.output_intent(file, kind)}"
                f"{archive.attach(file, attachments, facts.made)}>>"
            ).encode()
        )
        return file.write(catalog, info, kind.version)

    # --- one page ---------------------------------------------------------------------------------

    def _content(self, page: Page, number: str) -> bytes:
        """The operators of a page: drawn things, then all text in the order it is read."""
        self._tree.begin_page()
        above, below = self._banners
        drawn = [*above[0], *below[0], *self._drawn(page)]
        code = [f"/Artifact BMC\n{' '.join(drawn)}\nEMC"] if drawn else []
        code += ["BT", *above[1], *self._runs(page), *self._foot(number), *below[1], "ET"]
        code += above[2] + below[2]
        return "\n".join(code).encode("latin-1")

    def _drawn(self, page: Page) -> Iterator[str]:
        if page.rules:
            yield f"{_rgb(self._style.colours['hair'])} rg"
            for x, y, wide in page.rules:
                yield f"{x:.2f} {y:.2f} {wide:.2f} 0.5 re f"
        for x, y, wide, high in page.boxes:
            yield f"{_rgb(self._style.colours['stamp'])} RG 1.2 w"
            yield f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re S"

    def _runs(self, page: Page) -> Iterator[str]:
        """The text between the banners, each stretch of one element marked once."""
        yield f"{_rgb(self._style.colours['text'])} rg"
        now: Element | None = None
        is_open = False
        font = ("", 0.0)
        here = len(self._tree.pages) - 1
        for run in page.runs:
            element = run.element
            if element is not now or not is_open:
                if is_open:
                    yield "EMC"
                is_open, now = True, element
                if element is None or element.kind == tags.ARTIFACT:
                    yield "/Artifact BMC"
                else:
                    content = self._tree.mark(element)
                    yield f"/{element.kind}<</MCID {content}>>BDC"
                    if element.at is None:
                        element.at = here, run.x, run.y + run.size
            if element is not None and element.target is not None:
                self._linked(element, here, run)
            text_of, font = self._shown(run, font)
            yield text_of
        if is_open:
            yield "EMC"

    def _shown(self, run: Run, font: tuple[str, float]) -> tuple[str, tuple[str, float]]:
        """The operators of a run, and the font that is set behind it."""
        code = f"1 0 0 1 {run.x:.2f} {run.y:.2f} Tm"
        for name, codes in self._parts(run.face, run.text):
            if font != (name, run.size):
                code += f"/{name} {run.size:.4g} Tf"
                font = name, run.size
            code += f"({codes})Tj"
        return code, font

    def _parts(self, face: str, shown: str) -> list[tuple[str, str]]:
        """A text by fonts, its codes ready to stand between brackets."""
        if shown.isascii() and shown.isprintable():
            self._sheets.use(face)
            if "\\" in shown or "(" in shown or ")" in shown:
                shown = shown.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            return [(_font(face, 0), shown)]
        return [
            (_font(name, sheet), _escaped(codes))
            for name, stretch in self._fonts.stretches(face, shown)
            for sheet, codes in self._sheets.coded(name, stretch)
        ]

    def _foot(self, number: str) -> Iterator[str]:
        """The reference and the page number."""
        layout, how = self._layout, self._style.types["foot"]
        lengths = self._style.lengths
        bar = layout.banner.height if layout.banner else lengths["bar"]
        y, measure = lengths["edge"] + bar + lengths["foot"], self._fonts.measure
        runs = []
        if layout.reference:
            natural = measure(how.face, how.size, layout.reference)
            size = how.size * min(1.0, (lengths["column"] - _FOR_NUMBER) / natural)
            runs.append(Run(layout.left, y, how.face, size, f"{layout.reference} ", None))
        right = layout.left + lengths["column"] - measure(how.face, how.size, number)
        runs.append(Run(right, y, how.face, how.size, f"{number} ", None))
        grey = _rgb(self._style.colours["foot"])
        yield f"/Artifact<</Type/Pagination/Subtype/Footer>>BDC {grey} rg"
        font = ("", 0.0)
        for run in runs:
            code, font = self._shown(run, font)
            yield code
        yield "EMC"

    # --- banners ----------------------------------------------------------------------------------

    def _both_banners(self) -> tuple[tuple[list[str], list[str], list[str]], ...]:
        """Of the upper and the lower banner: what is drawn, the text, what is drawn over it."""
        banner, edge = self._layout.banner, self._style.lengths["edge"]
        if banner is None:
            return ([], [], []), ([], [], [])
        upper = self._layout.size[1] - edge - banner.height
        return self._banner(banner, upper, "Header"), self._banner(banner, edge, "Footer")

    def _banner(
        self, banner: Banner, y: float, where: str
    ) -> tuple[list[str], list[str], list[str]]:
        """A bar from edge to edge with the banner in its middle; framed in black where plain."""
        bar, ink = banner_colours(self._style, banner.text)
        if self._plain:
            bar, ink = self._style.banners["plain"]
        width, height = self._layout.size[0], banner.height
        drawn = [f"{_rgb(bar)} rg 0 {y:.2f} {width:.2f} {height:.2f} re f"]
        if self._plain:
            drawn = [f"0 0 0 RG {_STRUCK} w 0 {at:.2f} m {width:.2f} {at:.2f} l S"
                     for at in (y, y + height)]  # fmt: skip
        baseline = y + height - (self._style.lengths["bar"] + _RISE * banner.size) / 2
        kind = f"/Artifact<</Type/Pagination/Subtype/{where}>>BDC"
        text = [f"{kind} {_rgb(ink)} rg {banner.spaced:.3f} Tc"]
        over = []
        face, font = self._style.types["banner"].face, ("", 0.0)
        for x, line in banner.lines:
            code, font = self._shown(Run(x, baseline, face, banner.size, line, None), font)
            text.append(code)
            if self._layout.is_struck:
                middle = baseline + banner.size * _RISE / 2
                over.append(
                    f"/Artifact BMC 0 0 0 RG {_STRUCK} w {x - 6:.2f} {middle:.2f} m "
                    f"{width - x + 6:.2f} {middle:.2f} l S EMC"
                )
            baseline -= banner.leading
        return drawn, [*text, "0 Tc EMC"], over

    # --- what the pages point to ------------------------------------------------------------------

    def _linked(self, element: Element, page: int, run: Run) -> None:
        wide = self._fonts.measure(run.face, run.size, run.text.rstrip())
        box = run.x, run.y - 0.25 * run.size, run.x + wide, run.y + 0.85 * run.size
        self._links.append((element, page, box))

    def _live_links(self) -> list[tuple[Element, int, tuple[float, float, float, float]]]:
        """Links whose target stands on a page."""
        return [link for link in self._links if link[0].target and link[0].target.at]

    def _annotation(
        self,
        element: Element,
        box: tuple[float, float, float, float],
        pages: list[int],
        kind: Kind,
        place: int,
    ) -> bytes:
        """A link to the reference that is meant, with words for who cannot see where it leads."""
        assert element.target is not None
        rectangle = " ".join(f"{side:.2f}" for side in box)
        says = text("The reference in the heading")
        return (
            f"<</Type/Annot/Subtype/Link/Rect[{rectangle}]/Border[0 0 0]/F 4/Contents{says}"
            f"/StructParent {len(pages) + place}{self._action(element.target, pages, kind)}>>"
        ).encode()

    def _action(self, target: Element, pages: list[int], kind: Kind) -> str:
        """Where to go; by the structure too where the kind knows that (ISO 32000-2, 12.3.2.3)."""
        page, x, y = target.at or (0, 0.0, 0.0)
        point = f"/XYZ {x:.2f} {y:.2f} null"
        where = f"/D[{pages[page]} 0 R{point}]"
        if not kind.is_pdf2:
            return f"/A<</S/GoTo{where}>>"
        return f"/A<</S/GoTo{where}/SD[{target.number} 0 R{point}]>>"

    def _outlines(self, file: File, pages: list[int], kind: Kind) -> int:
        """Bookmarks: the title, the headings, what came over the wire."""
        marks = [(title, target) for title, target in self._layout.bookmarks if target.at]
        first = file.next(1)
        for_all = f"/First {first} 0 R/Last {first + len(marks) - 1} 0 R/Count {len(marks)}"
        root = file.add(f"<</Type/Outlines{for_all if marks else ''}>>".encode())
        for place, (title, target) in enumerate(marks):
            beside = f"/Prev {first + place - 1} 0 R" if place else ""
            if place + 1 < len(marks):
                beside += f"/Next {first + place + 1} 0 R"
            said, action = text(shortened(title, 200)), self._action(target, pages, kind)
            file.add(f"<</Title{said}/Parent {root} 0 R{beside}{action}>>".encode())
        return root

    def _resources(self, file: File) -> int:
        """The fonts, shared by all pages."""
        fonts = []
        for face, sheet, one in self._sheets:
            data = file.add(one.file)
            descriptor = file.add(one.descriptor % data)
            unicode = file.add(one.unicode)
            number = file.add(one.font % (descriptor, unicode))
            fonts.append(f"/{_font(face, sheet)} {number} 0 R")
        return file.add(f"<</Font<<{''.join(fonts)}>>>>".encode())


def _font(face: str, sheet: int) -> str:
    """What the pages call a sheet of a face."""
    known = _NAMES.get((face, sheet))
    if known is None:
        plain = face if face in FILES else hashlib.sha256(face.encode()).hexdigest()[:16]
        known = _NAMES[face, sheet] = f"{plain}.{sheet}"
    return known


_NAMES: dict[tuple[str, int], str] = {}


def _escaped(codes: bytes) -> str:
    plain = codes.decode("latin-1")
    for char in "\\()":
        plain = plain.replace(char, "\\" + char)
    return plain.replace("\r", "\\r")


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:.4g}" for part in colour)
