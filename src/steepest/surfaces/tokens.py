"""A formula's text cut into tokens, plain ASCII only: numbers, names, operators, brackets, commas.

The limits on length and count are here, so that nothing that comes after them ever meets a huge text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..core.errors import BadValue, TooLarge

__all__ = ["END", "MOST_CHARACTERS", "MOST_TOKENS", "Token", "tokens"]

MOST_CHARACTERS, MOST_TOKENS = 1000, 400
END = ""  # the text of the token after the last one

_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<sign>\*\*|[-+*/^(),])",
    re.ASCII,
)
_SPACES = " \t\r\n"


@dataclass(frozen=True)
class Token:
    """A piece of the text and the column, from 1, where it stands."""

    kind: Literal["number", "name", "sign", "end"]
    text: str
    column: int

    def __str__(self) -> str:
        if not self.text:
            return "end"
        return f"{self.text if len(self.text) <= 30 else self.text[:30] + '…'!r} at column {self.column}"


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, an end token last. Raises `TooLarge` or, for a character no formula has, `BadValue`."""
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(f"formula: {len(text):,} characters; at most {MOST_CHARACTERS:,}")
    out: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] in _SPACES:
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadValue(
                f"formula: unexpected {text[at]!r} at column {at + 1}; write it like x^2 + 3*y^2, sin(x)*exp(-y)"
            )
        kind: Literal["number", "name", "sign"] = match.lastgroup  # type: ignore[assignment]
        out.append(Token(kind, match.group(), at + 1))
        at = match.end()
        if len(out) > MOST_TOKENS:
            raise TooLarge(f"formula: more than {MOST_TOKENS} numbers, names and signs; write a shorter one")
    return [*out, Token("end", END, len(text) + 1)]
