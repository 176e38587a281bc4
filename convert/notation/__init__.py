"""How markings are typed, and what they mean; whatever does not parse is never guessed at.

``interpret`` reads any marking string; ``portion``, ``banner`` and ``lines`` are the rooms behind
it, where parse and show stand side by side.
"""

from convert.notation.meaning import KINDS, Interpretation, interpret

__all__ = ["KINDS", "Interpretation", "interpret"]
