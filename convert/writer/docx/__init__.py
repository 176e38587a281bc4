"""Word: the cable in named styles, its banner at the top and bottom of every page.

A template is compiled once; for each cable only what is its own is written, as text, into the slots
of the compiled package (``package``, ``compile``). ``verify.docx`` reads it back by style names.
"""

from __future__ import annotations

from convert.diagnostics import Report
from convert.model.cable import Cable
from convert.model.document import effective
from convert.model.facts import header_facts, is_declassified
from convert.model.transcript import entry, text_parts
from convert.options import Options
from convert.writer.docx import properties
from convert.writer.docx.body import body
from convert.writer.docx.compile import compiled
from convert.writer.docx.margins import banner, paper
from convert.writer.docx.wml import W, run


class DocxWriter:
    """Writes Word documents."""

    name = "docx"
    suffix = ".docx"
    is_text = False

    def write(self, cable: Cable, options: Options, report: Report) -> bytes:
        """The package; what XML cannot hold already stands as its code point."""
        return compiled(options.template).document(filled(cable, options))


def filled(cable: Cable, options: Options) -> dict[str, str]:
    """What each slot of a template takes."""
    is_house = options.template is None
    stated = header_facts(cable)
    facts = {fact.name: fact.value for fact in reversed(stated)}  # the first of each name
    blocks = [(part, entry(part)) for part in text_parts(cable)]
    text, typed = body(cable, stated, blocks)
    reference = facts.get("Message reference")
    return {
        "body": text,
        "paper": paper(options.page) if is_house else "",
        "banner": banner(
            facts.get("Classification"),
            options.page if is_house else None,
            is_sci=_is_sci(cable, facts.get("Classification")),
            struck=is_declassified(cable),
        ),
        "reference": run(reference).replace("<w:r>", f'<w:r xmlns:w="{W}">') if reference else "",
        "core": properties.core(cable, facts),
        "properties": properties.custom(cable, facts, blocks, typed),
        "markings": properties.markings(cable),
        "skeleton": properties.skeleton(blocks),
    }


def _is_sci(cable: Cable, banner: str | None) -> bool:
    """Whether a TOP SECRET banner has controls of intelligence."""
    marking = effective(cable) if banner and banner.startswith("TOP SECRET") else None
    return bool(marking and marking.SCIcontrols)
