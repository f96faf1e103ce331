"""The table of contents: every chapter of the course by part, written or to come, with its title in both languages.

    [{"title": {"en": "Part 1 · …", "zh": "…"}, "chapters": {"1.1": {"en": "…", "zh": "…"}}}]

The heading of a chapter's text is its title here; what a chapter holds is `chapter.py`'s to know.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..core.errors import UnknownName
from ..core.registry import unknown
from .blocks import Text

__all__ = ["CHAPTERS", "Part", "absent", "contents"]

CHAPTERS: tuple[str, ...] = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2")  # those that are written


@dataclass(frozen=True)
class Part:
    """A part of the course: its title, and the titles of its chapters by id, in order."""

    title: Text
    chapters: Mapping[str, Text]


@cache
def contents() -> tuple[Part, ...]:
    """The parts of the course, in order."""
    found = json.loads((files(__package__) / "contents.json").read_text("utf-8"))
    return tuple(Part(one["title"], one["chapters"]) for one in found)


def absent(id: str, lang: str = "en") -> UnknownName:
    """The error for a chapter that nobody can read: one that is to come is called by its title."""
    titles = {key: title for part in contents() for key, title in part.chapters.items()}
    if id not in titles:
        return unknown("chapter", id, CHAPTERS)
    title, written = titles[id][lang], CHAPTERS
    said = {
        "en": f"chapter {id}, {title}, is still to come; written are {', '.join(written)}",
        "zh": f"第 {id} 章“{title}”尚未写成；已有的章节：{'、'.join(written)}",
    }
    return UnknownName(said[lang])
