"""What a house says of itself in every header: publisher, licence, wording, project."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """Elements for their places in the header, a line each, as markup."""

    publisher: tuple[str, ...] = ("<publisher>The holder of this file</publisher>",)
    responsible: tuple[str, ...] = ()  # more respStmt, editor, funder
    availability: tuple[str, ...] = ()  # licence and p, behind what the cable itself says
    project: tuple[str, ...] = (
        "<projectDesc>",
        " <p>A telegram converted from its source by way of one representation.</p>",
        "</projectDesc>",
    )
