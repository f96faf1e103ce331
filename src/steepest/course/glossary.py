"""The glossary: one word for one thing in each language, and a line that says what it is.

    {"gradient": {"en": "gradient", "zh": "梯度", "about": {"en": "…", "zh": "…"}, "avoid": {"zh": ["斜度"]}}}

A chapter lists the terms that it introduces, and both of its texts use them; what is to avoid, no text uses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from .blocks import Text

__all__ = ["Term", "glossary"]


@dataclass(frozen=True)
class Term:
    """A term: its word in each language, a line about it, and words that mean it and are not used."""

    key: str
    words: Text
    about: Text
    avoid: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def glossary() -> dict[str, Term]:
    """Every term, by key, in the order of the file."""
    found = json.loads((files(__package__) / "glossary.json").read_text("utf-8"))
    return {
        key: Term(
            key,
            {"en": one["en"], "zh": one["zh"]},
            one["about"],
            {language: tuple(words) for language, words in one.get("avoid", {}).items()},
        )
        for key, one in found.items()
    }
