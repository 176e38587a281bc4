"""A print of State's archive, or a copy released under the Freedom of Information Act.

Two kinds have fields above the text (``MRN:``, ``Date/DTG:``). Round an old telegram they are what
the archive says of it: they are kept apart, and compared with its own lines. A cable written in
SMART has no other heading: there they are its heading, part by part. A released memorandum has
neither, only the strips and stamps of its release.

Whose marking is which (the copy's edges: ``reader.prints``):

* the telegram's own classification line is the cable's banner, and no line of the print is;
* the class alone above ``MRN:`` and below the last field is the archive's statement of it. It is
  the cable's banner where nothing else is: in a cable written in SMART, and round a telegram that
  lost its classification line. Round any other telegram it is a line of the archive, and reported
  where the two differ;
* a class at the edge of a sheet that is not the release's own is a banner too: with the
  telegram's, the higher counts.

So the banner of every output is the document's original one. The current one is a release mark.
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Report
from convert.model.cable import Recognised
from convert.reader.forms.protocol import Told
from convert.reader.lines import Line

_SEEN = 60  # lines at either end in which a print shows what it is
_LONGEST = 400  # characters of a line in which a sign is looked for
_FIELDS = ("MRN", "Date/DTG")
_SIGNS = ("Case No.", "CSP-", "STATE DEPT.", "RELEASE", "Release", "REVIEW AUTHORITY", "by DAS",
          "eclassified", "DECLASSIFIED")  # fmt: skip
"""What no strip or stamp is without."""


class Print:
    """A print round a telegram, a cable written in SMART, or a released memorandum."""

    name = "print"
    title = "print of State's archive (SMART), or FOIA release"

    def recognise(self, lines: Sequence[Line]) -> Recognised | None:
        """By the fields that only a print has, or by the strip or stamp of a release."""
        near = [*range(min(_SEEN, len(lines))), *range(max(len(lines) - _SEEN, _SEEN), len(lines))]
        text = "\n".join([lines[place].text[:_LONGEST] for place in near])
        if not any(sign in text for sign in (*_FIELDS, *_SIGNS)):
            return None
        for sign in (_field, _release):
            for place in near:
                if what := sign(lines, place):
                    said = " ".join(lines[place].text[:60].split())
                    return Recognised(self.name, f"{what}: {said}", lines[place].span)
        return None

    def read(self, lines: Sequence[Line], report: Report) -> Told:
        """The document, with what stands on its sheets round it put back into its places."""
        from convert.reader.printdocument import read

        return read(lines, report)


def _field(lines: Sequence[Line], place: int) -> str | None:
    """The field ``MRN:`` or ``Date/DTG:``, if others stand beside it."""
    if not lines[place].text.startswith(_FIELDS):
        return None
    from convert.reader import printfields

    return "a field" if printfields.above(lines) else None


def _release(lines: Sequence[Line], place: int) -> str | None:
    """A strip or stamp; its recognisers are loaded only where one may be."""
    text = lines[place].text[:_LONGEST]
    if not any(sign in text for sign in _SIGNS):
        return None
    from convert.reader import prints

    return prints.release_at(lines, place)
