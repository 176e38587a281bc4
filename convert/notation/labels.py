"""Labels of the text heading that are typed otherwise: another stop, a letter too many or too few.

The order of the heading is E.O., TAGS, SUBJECT and REF (5 FAH-2 H-320). In the files of 1973 to
1979 their labels are typed with every stop there is, and misspelt: ``SUBJECT; A TITLE``,
``SUJ: A TITLE``, ``TAGSC: PFOR``, ``T A G S: PFOR``, ``REFA: STATE 1234``. Such a line is a label
only in its place, between the addressees and the text.
"""

from __future__ import annotations

from convert.model import regex as re
from convert.notation.tokens import is_near, upper

SUBJECT, TAGS, REFERENCES = "SUBJECT", "TAGS", "REF"
_FORMS = {
    SUBJECT: ("SUBJECT", "SUBJ"),
    TAGS: ("TAGS", "TAG"),
    REFERENCES: ("REFTEL", "REFTELS", "RETEL", "RETELS", "REFERENCE", "REFERENCES", "REF", "REFS"),
}
_LABEL = re.compile(r"(?P<word>[A-Z\d](?: ?[A-Z\d]){2,11})(?P<stop> {0,3}(?:[:;,./]|-{1,2}) {0,3})")
_COLONS = (":", ";")
_BARE = re.compile(r"(?:SUBJECT|SUBJ) (?=[A-Z\d(\"])")  # no stop at all: only before capitals
_FIGURES = re.compile(r"(SUBJECT|SUBJ|TAGS)[48] (?=[A-Z(\"])")  # the colon in the wrong shift
_LISTED = re.compile(  # REFA: STATE 12, the label of the list's first item; REXAC A. STATE 12
    r"REF(?=A {0,3}[:.;])|RE[A-Z]{1,4} (?=(?:A[.)]|\(A\)) ?[A-Z]{4,12} ?(?:[A-Z]{2,8} )?\d{2,6}\b)"
)


def mended(text: str) -> tuple[str, int] | None:
    """(label, where its value begins) of a line that begins with a label typed otherwise.

    The label is SUBJECT, TAGS or REF. A misspelt one has one letter wrong, missing, too many or
    exchanged with the next, and a colon or semicolon behind it; None for any other line.
    """
    text = upper(text[:40])
    if found := _LISTED.match(text):
        return REFERENCES, found.end()
    if found := _BARE.match(text):
        return SUBJECT, found.end()
    if found := _FIGURES.match(text):
        return TAGS if found[1] == TAGS else SUBJECT, found.end()
    if not (found := _LABEL.match(text)):
        return None
    word = found["word"].replace(" ", "")
    stop = found["stop"].strip()
    label = next((label for label, forms in _FORMS.items() if word in forms), None)
    if label is None and stop in _COLONS:
        label = _nearest(word)
    if label is None or (label == REFERENCES and stop == "/"):
        return None  # REF/A/... is a set of a formatted message
    return label, found.end()


def is_reference(text: str) -> bool:
    """Whether a line begins with a label of references that has a stop, of whatever kind."""
    if _LISTED.match(text[:40]):
        return True
    found = _LABEL.match(upper(text[:40]))
    if found is None or found["stop"].strip() not in (".", *_COLONS):
        return False
    return found["word"].replace(" ", "") in _FORMS[REFERENCES]


def misspelt(text: str) -> tuple[str, str] | None:
    """(as typed, as read) of the label of a heading line that has one wrong letter; else None."""
    if found := _FIGURES.match(upper(text[:40])):
        return text[: found.end(1) + 1], found[1]
    if (found := _LISTED.match(upper(text[:40]))) and found[0].rstrip() not in _FORMS[REFERENCES]:
        return text[: found.end()].rstrip(), REFERENCES
    found = _LABEL.match(upper(text[:40]))
    if found is None or _LISTED.match(found[0]) or found["stop"].strip() not in _COLONS:
        return None
    word = found["word"].replace(" ", "")
    read = None if any(word in forms for forms in _FORMS.values()) else _nearest(word)
    return (text[: len(found["word"])], read) if read else None


def _nearest(word: str) -> str | None:
    near = (
        label
        for label, forms in _FORMS.items()
        if any(len(form) > 3 and is_near(word, form, 1) for form in forms)
    )
    return next(near, None)
