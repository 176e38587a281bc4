"""The labels of nested items: ``A.``, ``(1)``, ``2.B.``, and which follows which."""

from __future__ import annotations

from convert.model import regex as re


def style_of(label: str) -> str:
    """What labels of one list have in common: ``(A)`` for ``(F)``."""
    letter = "a" if label.strip("().").islower() else "A"
    return re.sub(r"[A-Za-z]+", letter, re.sub(r"\d+", "1", label))


def value_of(label: str) -> int:
    """The place of an item in its list: 3 for ``(C)``; 0 if its label tells none."""
    parts = re.findall(r"\d+|[A-Za-z]+", label)  # "B" of 2.B. and of 2B, "1" of 2.B.(1)
    core = parts[-1] if parts else ""
    if core.isdigit():
        return int(core)
    if len(core) > 1 and core.isupper() and core.isalpha() and len(set(core)) == 1:
        return 26 * (len(core) - 1) + ord(core[0]) - ord("A") + 1  # AA. behind Z.
    if len(core) > 1:
        return _ROMAN.index(core) + 1 if core in _ROMAN else 0
    return ord(core.upper()) - ord("A") + 1 if core else 0


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def follows(before: str, label: str) -> bool:
    """Whether ``(C)`` is the item after ``(B)``."""
    if before.strip("().") == "i" and label.strip("().") == "ii":
        return True
    return bool(before) and value_of(before) > 0 and value_of(label) == value_of(before) + 1
