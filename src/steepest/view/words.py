"""The report's words, in Chinese and English under the same keys, and the markup that carries both at once.

A page holds each sentence twice, `<span lang="zh">` beside `<span lang="en">`; a style sheet shows one of
them, and both when there is no JavaScript to choose. Everything put into a sentence is escaped, unless it is
`Html` already.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = [
    "LANGUAGES",
    "Html",
    "Text",
    "both",
    "each",
    "escape",
    "in_a_row",
    "metric_name",
    "say",
    "sentences",
    "told",
    "words",
]

LANGUAGES = ("en", "zh")
Text = Mapping[str, str]  # language -> the same thing said in it
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Html(str):
    """Text that is markup already and is not escaped again."""


@cache
def words(language: str) -> dict[str, str]:
    """Every string of one language, by key."""
    return json.loads((files(__package__) / "static" / f"words.{language}.json").read_text("utf-8"))


def escape(value: Any) -> Html:
    """`value` as text that is safe in markup and in quoted attributes; control characters become U+FFFD."""
    if isinstance(value, Html):
        return value
    return Html(html.escape(_CONTROL.sub("\ufffd", str(value)), quote=True))


def metric_name(language: str, metric: str) -> str:
    """What a metric is called in one language; its own name when it is not one of ours."""
    return words(language).get(f"metric.{metric}", metric.replace("_", " "))


def say(language: str, key: str, **values: Any) -> Html:
    """One sentence in one language, its {names} filled in.

    A value given as a dict of languages is looked up; `metric` and `choose_by` are names of metrics.
    """
    filled = {}
    for name, value in values.items():
        if isinstance(value, dict):
            value = value[language]
        elif name in ("metric", "choose_by"):
            value = metric_name(language, value)
        filled[name] = escape(value)
    return Html(escape(words(language)[key]).format(**filled))


def each(text: dict[str, str]) -> Html:
    """Text given once a language, as spans of which the page shows one."""
    return Html("".join(f'<span lang="{at}">{escape(text[at])}</span>' for at in LANGUAGES))


def both(key: str, **values: Any) -> Html:
    """One sentence in every language."""
    return each(told(key, **values))


def told(key: str, **values: Any) -> dict[str, str]:
    """One sentence, once a language."""
    return {at: say(at, key, **values) for at in LANGUAGES}


def in_a_row(said: Iterable[dict[str, str]]) -> dict[str, str]:
    """Sentences as one text, once a language; Chinese puts no space between them."""
    kept = list(said)
    between = {"en": " ", "zh": ""}
    return {at: Html(between[at].join(escape(one[at]) for one in kept)) for at in LANGUAGES}


def sentences(said: Iterable[dict[str, str]]) -> Html:
    """Sentences in a row, in every language."""
    return each(in_a_row(said))
