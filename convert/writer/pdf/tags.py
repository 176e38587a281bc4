"""The structure of a document: elements, and which text of which page belongs to which.

ISO 32000-1, 14.7. An element that goes on over pages stays one element with content on each.
"""

from __future__ import annotations

from collections.abc import Sequence

_PDF2 = "(http://iso.org/pdf2/ssn)"  # ISO 32000-2, 14.8.6.2

ARTIFACT = "Artifact"
"""The kind of what is painted apart from all structure, as one (ISO 32000-1, 14.8.2.2)."""


class Element:
    """One structure element. Its content is added as it is painted.

    ``inline``: takes its place among its parent's content only when it is painted.
    """

    __slots__ = ("at", "attributes", "kids", "kind", "number", "parent", "target", "waits")

    def __init__(
        self,
        kind: str,
        parent: Element | None = None,
        attributes: str = "",
        *,
        inline: bool = False,
        target: Element | None = None,
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.attributes = attributes  # as they stand in the dictionary: "/E(Secret)"
        self.kids: list[Element | tuple[int, int]] = []  # elements, and (page, content)
        self.target = target  # of a link
        self.at: tuple[int, float, float] | None = None  # where its first text starts
        self.number = 0  # of its object
        self.waits = inline
        if parent is not None and not inline:
            parent.kids.append(self)


class Tree:
    """The elements of a document, and the content of its pages by number."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.pages: list[list[Element]] = []  # by page: the element of each piece of content
        self.links: list[tuple[Element, int, int]] = []  # the annotation's number, and its page

    def begin_page(self) -> None:
        """What is marked from here on is on the next page."""
        self.pages.append([])

    def mark(self, element: Element) -> int:
        """The number of a piece of content of the element on this page."""
        if element.waits and element.parent is not None:
            element.waits = False
            element.parent.kids.append(element)
        contents = self.pages[-1]
        contents.append(element)
        element.kids.append((len(self.pages) - 1, len(contents) - 1))
        return len(contents) - 1

    def elements(self) -> list[Element]:
        """All elements in reading order."""
        found, left = [], [self.root]
        while left:
            element = left.pop()
            found.append(element)
            left += [kid for kid in reversed(element.kids) if isinstance(kid, Element)]
        return found


def numbered(tree: Tree, first: int, *, pdf2: bool) -> list[Element]:
    """All elements, each told which object it will be, where the tree's root is ``first``."""
    elements = tree.elements()
    for number, element in enumerate(elements, start=first + 1 + pdf2):
        element.number = number
    return elements


def objects(
    tree: Tree, elements: list[Element], first: int, pages: Sequence[int], *, pdf2: bool
) -> tuple[bytes, list[bytes]]:
    """The structure tree root, and the objects that follow it, numbered from ``first``.

    ``pages``: the numbers of the page objects. ISO 32000-1, tables 322 to 326.
    """
    space = first + 1 if pdf2 else 0
    annotated: dict[int, list[str]] = {}
    for element, annotation, page in tree.links:
        reference = f"<</Type/OBJR/Pg {pages[page]} 0 R/Obj {annotation} 0 R>>"
        annotated.setdefault(element.number, []).append(reference)
    made = [f"<</Type/Namespace/NS{_PDF2}>>".encode()] if space else []
    in_space = f"/NS {space} 0 R" if space else ""
    made += [_element(one, first, pages, in_space, annotated) for one in elements]
    owners = [
        f"{page} [{' '.join([f'{one.number} 0 R' for one in contents])}]"
        for page, contents in enumerate(tree.pages)
    ]
    owners += [
        f"{len(tree.pages) + place} {element.number} 0 R"
        for place, (element, *_) in enumerate(tree.links)
    ]
    root = (
        f"<</Type/StructTreeRoot/K[{tree.root.number} 0 R]"
        f"/ParentTree<</Nums[{' '.join(owners)}]>>/ParentTreeNextKey {len(owners)}"
        + (f"/Namespaces[{space} 0 R]>>" if space else ">>")
    )
    return root.encode(), made


def _element(
    element: Element,
    root: int,
    pages: Sequence[int],
    in_space: str,
    annotated: dict[int, list[str]],
) -> bytes:
    own: int | None = None  # the page of its first content
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(f"{kid.number} 0 R")
        elif own is None or kid[0] == own:
            own = kid[0]
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    kids += annotated.get(element.number, ())
    parent = element.parent.number if element.parent else root
    page = "" if own is None else f"/Pg {pages[own]} 0 R"
    return (
        f"<</Type/StructElem/S/{element.kind}/P {parent} 0 R{in_space}{page}"
        f"{element.attributes}/K[{' '.join(kids)}]>>"
    ).encode()
