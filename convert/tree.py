"""lxml's ``etree``, without what it looks for and we never use.

Where rnc2rng is installed, lxml loads it to read RELAX NG in the compact syntax, and with it an
HTTP client and a parser generator: half the time of a short run. Our schemas are in XML.
"""

from __future__ import annotations

import sys

_COMPACT = "rnc2rng"

if "lxml.etree" in sys.modules or _COMPACT in sys.modules:
    from lxml import etree as etree
else:
    sys.modules[_COMPACT] = None  # type: ignore[assignment]  # imports: there is none
    try:
        from lxml import etree as etree
    finally:
        del sys.modules[_COMPACT]
