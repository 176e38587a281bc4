"""A Word file: one that this toolkit made, whatever the office has done to it, or any other."""

from __future__ import annotations

from collections.abc import Sequence

from convert.diagnostics import Code, Report
from convert.errors import UnreadableError
from convert.model.cable import Recognised
from convert.model.span import Span
from convert.opc import Package
from convert.reader.forms.docx.carried import banners, compare, record
from convert.reader.forms.docx.foreign import read_foreign
from convert.reader.forms.docx.house import is_own, read_own
from convert.reader.forms.docx.story import Left, Story
from convert.reader.forms.protocol import Opened


class Docx:
    """A Word file."""

    name = "docx"
    title = "Word file (.docx), made by this toolkit or not"

    def open(self, data: bytes, report: Report) -> Opened:
        """Its text, one paragraph a line, and the parts of it."""
        package = Package(data)
        story = Story(package)
        blocks = story.body()
        kept = record(package)
        if is_own(blocks):
            own = read_own(
                blocks, kept.blocks, kept.properties.get("cable.form", ""), banners(story)
            )
            reason = "the styles of its paragraphs"
            recognised = Recognised(self.name, reason, Span(0, len(own.text)))
            opened = Opened(own.text, own.parts, (recognised, *own.inside))
            compare(own, kept, story, report)
        else:
            opened = read_foreign(story, blocks, self.name, report)
        _left(story.left, report)
        if not opened.text.strip():
            raise UnreadableError("the file holds no text", "There is nothing to convert.")
        return opened


def _left(left: Left, report: Report) -> None:
    if left.changes:
        report(Code.TRACKED_CHANGES, None, count=left.changes)
    things: Sequence[str] = sorted(left.things)
    if left.hidden:
        things = [*things, f"{left.hidden} hidden runs of text"]
    if things:
        report(Code.LEFT_OUT, None, what=", ".join(things))
