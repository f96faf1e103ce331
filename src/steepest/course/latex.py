"""Formulas for a terminal: the LaTeX of the chapters as one line of Unicode per row, `\\frac{1}{m}dZ` as `(1/m)dZ`.

A small part of LaTeX, and strict: a command that is not in the tables raises `BadValue`, so that no chapter can hold a
formula that one of its faces cannot show. What has no small letter in Unicode is written `^(…)` or `_(…)`; the layer
in brackets, `A^{[l]}`, stays as it is: `A[l]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from ..core.errors import BadValue
from .symbols import (
    ACCENTS,
    AS_IS,
    BINARY,
    FUNCTIONS,
    LETTERS,
    LITERAL,
    LOWERED,
    NOTHING,
    PLAIN,
    RAISED,
    RELATIONS,
    SPACES,
    SYMBOLS,
)

__all__ = ["inline", "unicode"]

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_&]|\s+|.", re.DOTALL)
_CODE = re.compile(r"(`+)(?:.+?)\1", re.DOTALL)
_DOLLARS = re.compile(r"(?<!\\)\$(?=\S)([^$]+?)(?<=\S)\$")
_MARKS = "[\u0300-\u036f\u2070-\u209f\u1d2c-\u1d6a\u1dbb²³¹′]*"
_FACTOR = re.compile(
    rf"[\d.]+|[d∂]?[^\W\d_]{_MARKS}(?:\[[^]]*\])?{_MARKS}|√\([^()]*\)|√[^\W\d_]{_MARKS}"
)  # under a bar
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


Piece = tuple[str, str]  # text, and what it is: ord, bin, rel, fn, open, close, frac, space


def unicode(latex: str) -> str:
    """`latex` as lines of Unicode text. Raises `BadValue` for an unknown command or a brace without its pair."""
    tokens = _Tokens(_TOKEN.findall(latex))
    out = _joined(list(_pieces(tokens, None)))
    return normalize("NFC", "\n".join(line.strip() for line in out.splitlines()))


def inline(markdown: str) -> str:
    """`markdown` with each formula between dollars as Unicode text; code is left alone."""
    out, end = [], 0
    for code in [*_CODE.finditer(markdown), None]:
        prose = markdown[end : code.start() if code else len(markdown)]
        out.append(_DOLLARS.sub(lambda m: _SPECIAL.sub(r"\\\1", unicode(m[1])), prose))
        if code:
            out.append(code[0])
            end = code.end()
    return "".join(out)


class _Tokens:
    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens[::-1]

    def next(self) -> str:
        if not self.left:
            raise BadValue("the formula ends too early")
        return self.left.pop()

    def argument(self) -> str:
        """The next group or token, as text."""
        self.skip()
        token = self.next()
        if token == "{":
            return _joined(list(_pieces(self, "}")))
        return _joined(list(_piece(token, self)))

    def raw(self) -> str:
        """The next group, as it stands."""
        self.skip()
        if self.next() != "{":
            raise BadValue("a group in braces is missing")
        depth, out = 1, ""
        while True:
            token = self.next()
            depth += (token == "{") - (token == "}")
            if not depth:
                return out
            out += token

    def skip(self) -> None:
        while self.left and self.left[-1].isspace():
            self.left.pop()


def _pieces(tokens: _Tokens, until: str | None) -> Iterator[Piece]:
    while tokens.left:
        token = tokens.next()
        if token == until:
            return
        if token == "}":
            raise BadValue("the formula closes a brace that it did not open")
        yield from _piece(token, tokens)
    if until is not None:
        raise BadValue(f"the formula lacks its {until}")


def _piece(token: str, tokens: _Tokens) -> Iterator[Piece]:
    if token.isspace():
        return
    if token in "^_":
        yield _script(token, tokens.argument()), "script"
    elif token == "'":
        yield "′", "script"
    elif token == "{":
        yield _joined(list(_pieces(tokens, "}"))), "ord"
    elif token == "&":
        yield " ", "space"
    elif token.startswith("\\"):
        yield from _command(token[1:], tokens)
    elif token in "+-*/":
        yield token.replace("-", "−"), "bin" if token != "/" else "ord"
    elif token in "=<>:":
        yield token, "rel"
    elif token in "([":
        yield token, "open"
    else:
        yield token, "comma" if token == "," else "close" if token in ")]" else "ord"


def _command(name: str, tokens: _Tokens) -> Iterator[Piece]:
    if name in SYMBOLS:
        yield SYMBOLS[name], "ord"
    elif name in BINARY:
        yield BINARY[name], "bin"
    elif name in RELATIONS:
        yield RELATIONS[name], "rel"
    elif name in FUNCTIONS:
        yield name, "fn"
    elif name in ("frac", "tfrac", "dfrac"):
        above, below = tokens.argument(), tokens.argument()
        yield f"{_grouped(above)}/{below if _FACTOR.fullmatch(below) else f'({below})'}", "frac"
    elif name == "sqrt":
        yield f"√{_grouped(tokens.argument())}", "ord"
    elif name in ACCENTS:
        under = tokens.argument()
        yield under + ACCENTS[name] if len(under) == 1 else f"{name}({under})", "ord"
    elif name in LETTERS:
        letter = tokens.raw()
        yield LETTERS[name].get(letter, letter), "ord"
    elif name in AS_IS:
        yield tokens.raw(), "ord"
    elif name in PLAIN:
        yield tokens.argument(), "ord"
    elif name in SPACES:
        yield SPACES[name], "space"
    elif name in LITERAL:
        yield LITERAL[name], "ord"
    elif name == "\\":
        yield "\n", "space"
    elif name == "begin":
        yield _environment(tokens.raw(), tokens), "ord"
    elif name not in NOTHING:
        raise BadValue(f"formula: \\{name} is not among the commands that a terminal can show")


def _environment(name: str, tokens: _Tokens) -> str:
    inner = []
    while (token := tokens.next()) != "\\end":
        inner.append(token)
    if tokens.raw() != name:
        raise BadValue(f"formula: \\begin{{{name}}} has no end")
    rows = "".join(inner).split("\\\\")
    if name in ("aligned", "align", "gathered"):
        return "\n".join(unicode(row) for row in rows)
    if name == "cases":
        return "{ " + "; ".join(", ".join(unicode(cell) for cell in row.split("&")) for row in rows if row.strip())
    if name.endswith("matrix"):
        return "[" + "; ".join(" ".join(unicode(cell) for cell in row.split("&")) for row in rows) + "]"
    raise BadValue(f"formula: the environment {name} is not known")


def _grouped(text: str) -> str:
    """`text` in parentheses, unless it is one factor."""
    return text if re.fullmatch(r"[^\s+−·×/√]+", text) else f"({text})"


def _script(mark: str, text: str) -> str:
    small = RAISED if mark == "^" else LOWERED
    text = text.replace(" ", "").replace("−", "-")
    layer, rest = re.fullmatch(r"(\[.*?\])?(.*)", text, re.DOTALL).groups("")  # type: ignore[union-attr]
    if not rest:
        return layer.replace("-", "−")
    if all(c in small for c in rest):
        return layer.replace("-", "−") + "".join(small[c] for c in rest)
    rest = rest.replace("-", "−")
    return f"{layer}{mark}{rest}" if len(rest) == 1 else f"{layer}{mark}({rest})"


def _joined(pieces: list[Piece]) -> str:
    """The pieces with the spaces that typesetting would leave."""
    out = ""
    before = "rel"
    for i, (text, kind) in enumerate(pieces):
        after = pieces[i + 1][1] if i + 1 < len(pieces) else ""
        if kind == "rel":
            text = f" {text} "
        elif kind == "bin":
            sign = text in "−+" and before in ("rel", "bin", "open", "comma", "fn")
            text = text if sign else f" {text} "
        elif kind == "comma":
            text = ", " if after != "space" else ","
        elif kind == "fn":
            text = (" " if before in ("ord", "close", "script") else "") + text
            text += " " if after in ("ord", "frac", "fn") else ""
        elif kind == "frac" and next((k for _, k in pieces[i + 1 :] if k != "space"), "") in ("ord", "open", "fn"):
            text = f"({text})"
        elif kind == "script" and before == "fn" and after in ("ord", "frac", "fn"):
            text += " "
        out += text
        before = kind if kind != "space" else before
    return re.sub(r" +(?=\n)|(?<=\n) +", "", re.sub(r"(?<=\S) {2,3}(?=\S)", " ", out)).strip(" ")
