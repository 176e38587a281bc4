"""What a careful reader would say of a cable's markings: one rule, one function, one code."""

from __future__ import annotations

from convert.diagnostics import Report
from convert.model.cable import Cable
from convert.rules.archive import archive
from convert.rules.astray import astray
from convert.rules.authority import authority
from convert.rules.classlines import class_lines
from convert.rules.elsewhere import elsewhere
from convert.rules.likeness import likeness
from convert.rules.marks import marks
from convert.rules.whole import whole


def check(cable: Cable, report: Report) -> None:
    """Add every finding about the markings of ``cable`` to ``report``."""
    marks(cable, report)
    elsewhere(cable, report)
    astray(cable, report)
    whole(cable, report)
    class_lines(cable, report)
    likeness(cable, report)
    authority(cable, report)
    archive(cable, report)
