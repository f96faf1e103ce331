"""What is said of best settings on the edge of what was raced: a better one may lie beyond, and how to go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .numbers import short
from .words import LANGUAGES, Html, each, told, words

__all__ = ["edge_notes", "edges"]


def edges(race: Mapping[str, Any]) -> list[dict[str, str]]:
    """A sentence for each edge, once a language."""
    return [
        told(
            f"edge.{edge['side']}",
            names={at: words(at)["comma"].join(edge["optimizers"]) for at in LANGUAGES},
            name=edge["name"],
            value=short(edge["value"], 4),
            next=edge["next"],
        )
        for edge in race.get("edges", ())
    ]


def edge_notes(race: Mapping[str, Any]) -> Html:
    """The sentences as markup."""
    return Html("".join(f'<p class="note">{each(said)}</p>' for said in edges(race)))
