"""The wheel's part of the build: the Word template's readable parts, zipped to one document."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TemplateHook(BuildHookInterface[Any]):
    """Puts ``reference.docx`` beside the templates that the wheel ships."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Zip ``templates/house/docx``; the same parts give the same bytes."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from convert.templates import zipped

        made = Path(mkdtemp()) / "reference.docx"
        made.write_bytes(zipped(root / "templates" / "house" / "docx"))
        build_data["force_include"][str(made)] = "convert/_templates/house/reference.docx"
