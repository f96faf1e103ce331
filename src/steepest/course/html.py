"""The prose of a chapter for a page: Markdown as HTML, formulas as MathML. No tag of a text passes as a tag.

html("where $a=\\\\sigma(z)$")     <p>where <math>…</math></p>
mathml("J=3(a+bc)", block=True)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ..core.errors import BadValue

__all__ = ["html", "mathml"]

# A browser sets `ln a` as "lna": a named function wants a little space before its argument, unless that is in brackets.
_NAMED = re.compile(
    r"(?<!<msub>)(?<!<msup>)(?<!<msubsup>)(?<!<munder>)(<mi>(?:ln|log|exp|sin|cos|tan|tanh)</mi>)(?!<mo[ >])(?=<m)"
)
_FORMULA = re.compile(r"\$(?=\S)([^$]+?)(?<=\S)\$")


def mathml(latex: str, block: bool = False) -> str:
    """`latex` as a MathML element. Raises `BadValue` when it is not a formula."""
    try:
        known = latex.replace("{aligned}", "{align*}")  # the converter's name for the same table
        return _NAMED.sub(r'\1<mspace width="0.17em"/>', convert(known, display="block" if block else "inline"))
    except Exception as error:  # the converter's errors have no common root
        raise BadValue(f"formula {latex!r}: {type(error).__name__}") from error


def _rule(state: StateInline, silent: bool) -> bool:
    found = _FORMULA.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("formula", "math", 0).content = found[1]
    state.pos = found.end()
    return True


def _emphasis(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """Latin words say so: they are set in italics among Chinese, whose own emphasis is dots."""
    return '<em lang="en">' if tokens[at + 1].content.isascii() and tokens[at + 2].type == "em_close" else "<em>"


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("escape", "formula", _rule)
    parser.add_render_rule("formula", lambda self, tokens, at, options, env: mathml(tokens[at].content))
    parser.add_render_rule("em_open", _emphasis)
    return parser


def html(markdown: str, inline: bool = False) -> str:
    """`markdown` as HTML; `inline`: of one paragraph, without its tag."""
    return str(_parser().renderInline(markdown) if inline else _parser().render(markdown))
