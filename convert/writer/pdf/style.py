"""The design, as ``templates/house/style.toml`` has it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import NamedTuple

from convert.model.data import Data
from convert.templates import folder

Colour = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""


class Type(NamedTuple):
    """How one kind of text is set; in points."""

    face: str
    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0


class Style(Data):
    """Lengths by name, kinds of text by name, colours by name."""

    papers: dict[str, tuple[float, float]]
    lengths: dict[str, float]
    types: dict[str, Type]
    banners: dict[str, tuple[Colour, Colour]]  # of the bar, and of its letters
    colours: dict[str, Colour]


@cache
def style(name: str) -> Style:
    """``house`` and ``declassified`` share one set of types; ``facsimile`` has its own."""
    with (folder() / "style.toml").open("rb") as file:
        table = tomllib.load(file)
    page, colours = table["page"], table["colour"]
    return Style(
        papers={key: (size[0], size[1]) for key, size in page.items() if isinstance(size, list)},
        lengths={key: size for key, size in page.items() if isinstance(size, float)},
        types={key: Type(*how) for key, how in table[_TYPES.get(name, "type")].items()},
        banners={key: (_rgb(c[0]), _rgb(c[1])) for key, c in colours.items() if len(c) == 2},
        colours={key: _rgb(c) for key, c in colours.items() if isinstance(c, str)},
    )


_TYPES = {"facsimile": "facsimile"}


def banner_colours(how: Style, banner: str) -> tuple[Colour, Colour]:
    """The bar and its letters, by the class that the banner opens with."""
    level, *controls = (segment.strip() for segment in banner.split("//"))
    if level == "TOP SECRET" and any(map(_is_sci, controls)):
        return how.banners["top-secret-sci"]
    return how.banners.get(level.lower().replace(" ", "-"), how.banners["other"])


def _is_sci(control: str) -> bool:
    """Whether a control of a banner is a compartment: the systems in ISM's CVEnumISMSCIControls."""
    return control.split("/")[0].split("-")[0].split(" ")[0] in _SCI


_SCI = frozenset({"SI", "TK", "HCS", "KDK", "RSV", "BUR", "EL", "COMINT", "ENDSEAL", "KLONDIKE"})


def _rgb(value: str) -> Colour:
    red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue
