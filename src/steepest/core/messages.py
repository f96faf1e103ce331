"""Messages in the reader's language: errors are raised in English and translated where they are shown.

`messages.zh.json` has each English template, as `{0} must be below 1, got {1}`, with its Chinese. A message is looked
up by the pieces of text between the fields, found from left to right; of the templates that fit, that with most text
of its own counts. What a field says is looked up in the same way. What is not known stays English.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from .language import reader

__all__ = ["catalogue", "translated"]

_FIELD = re.compile(r"\{\d+\}")
_HAN = re.compile("[\u4e00-\u9fff]")
DEEPEST = 4  # messages within messages


class _Entry(NamedTuple):
    pieces: tuple[str, ...]
    translation: str

    def fields(self, message: str) -> list[str] | None:
        """What stands between the pieces; None when they do not fit."""
        first, *rest = self.pieces
        if not rest:
            return [] if message == first else None
        if not message.startswith(first):
            return None
        found, at = [], len(first)
        for piece in rest[:-1]:
            end = message.find(piece, at)
            if end < 0:
                return None
            found.append(message[at:end])
            at = end + len(piece)
        end = len(message) - len(rest[-1])
        return [*found, message[at:end]] if end >= at and message.endswith(rest[-1]) else None


@cache
def catalogue() -> dict[str, str]:
    """English template -> Chinese: of our own messages, and of what others (click, the system) say in ours."""
    groups = json.loads((files(__package__) / "messages.zh.json").read_text("utf-8"))
    return {**groups["steepest"], **groups["others"]}


@cache
def _entries() -> list[_Entry]:
    made = []
    for template, translation in catalogue().items():
        pieces = tuple(piece.replace("{{", "{").replace("}}", "}") for piece in _FIELD.split(template))
        made.append(_Entry(pieces, translation))
    return sorted(made, key=lambda entry: -sum(map(len, entry.pieces)))


def translated(message: str, lang: str | None = None) -> str:
    """`message` in one line and in the language `lang` (None: the reader's)."""
    message = " ".join(message.split())
    return _chinese(message, DEEPEST) if (lang or reader()) == "zh" else message


def _chinese(message: str, deep: int) -> str:
    for entry in _entries():
        fields = entry.fields(message)
        if fields is not None:
            return _filled(
                entry.translation, [(field, _chinese(field, deep - 1) if deep else field) for field in fields]
            )
    return message


def _filled(translation: str, fields: list[tuple[str, str]]) -> str:
    """Fields stand apart by a space, as Latin does among Chinese; a field that became Chinese needs none."""
    for i, (field, said) in enumerate(fields):
        if said != field and _HAN.match(said[-1]):
            translation = re.sub(rf"(\{{{i}\}}) (?={_HAN.pattern})", r"\1", translation)
        if said != field and _HAN.match(said[0]):
            translation = re.sub(rf"(?<={_HAN.pattern}) (\{{{i}\}})", r"\1", translation)
    return translation.format(*(said for _, said in fields))
