"""A formula parsed: numbers, x, y, pi, e, + - * / ^ (or **), brackets and a few functions; no eval anywhere.

    sum      product (("+" | "-") product)*
    product  sign (("*" | "/") sign)*
    sign     ("+" | "-") sign | power
    power    atom [("^" | "**") sign]            2^3^2 is 2^(3^2), -x^2 is -(x^2)
    atom     number | x | y | pi | e | function "(" sum ("," sum)* ")" | "(" sum ")"

The result is a program for a stack machine: instructions in the order in which they are carried out, and the numbers
that they use apart from them, so that formulas which differ in their numbers alone share compiled programs. Parts
without a variable are worked out here. Nesting and exponents have limits.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass

from ..core.errors import BadValue, TooLarge
from ..core.registry import unknown
from .tokens import END, Token, tokens

__all__ = ["FUNCTIONS", "MOST_DEPTH", "MOST_EXPONENT", "NAMES", "Code", "Program", "parse"]

MOST_DEPTH, MOST_EXPONENT = 50, 64

# Function -> how many arguments it takes, at least and at most.
FUNCTIONS = {
    **dict.fromkeys(("sin", "cos", "tan", "exp", "log", "sqrt", "abs", "sinh", "cosh", "tanh", "atan"), (1, 1)),
    **dict.fromkeys(("min", "max"), (2, 8)),
}
CONSTANTS = {"pi": math.pi, "e": math.e}
NAMES = ("x", "y", *CONSTANTS, *FUNCTIONS)

_ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow}
_WORKED_OUT: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in FUNCTIONS if hasattr(math, name)},
    **{"abs": abs, "min": min, "max": max, "neg": operator.neg},
    **_ARITHMETIC,
}

# x, y, number (the index of one), + - * / ^ neg, power (a whole exponent), or a function with its count of arguments
Instruction = tuple[str, int]
Code = tuple[Instruction, ...]


@dataclass(frozen=True)
class Program:
    """Instructions in order, and the numbers that `("number", i)` stands for."""

    code: Code
    numbers: tuple[float, ...]


@dataclass(frozen=True)
class _Part:
    """A parsed part: its instructions with their numbers in place, and its value when it has no variable."""

    code: tuple[tuple[str, float], ...]
    value: float | None = None


def parse(text: str) -> Program:
    """The program of the formula `text`. Raises `BadValue`, `TooLarge` or `UnknownName` in one line."""
    parser = _Parser(tokens(text))
    part = parser.sum(0)
    if parser.now.text != END:
        raise parser.unexpected()
    numbers = [argument for name, argument in part.code if name == "number"]
    index = iter(range(len(numbers)))
    code = tuple((name, next(index) if name == "number" else int(argument)) for name, argument in part.code)
    return Program(code, tuple(numbers))


class _Parser:
    """Recursive descent over the tokens, at most MOST_DEPTH levels of it."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def now(self) -> Token:
        return self._tokens[self._at]

    def take(self) -> Token:
        token = self.now
        self._at += 1
        return token

    def unexpected(self) -> BadValue:
        """The error for the token that is next."""
        token, before = self.now, self._tokens[self._at - 1] if self._at else None
        hint = "write it like x^2 + 3*y^2, sin(x)*exp(-y)"
        if token.kind == "end":
            hint = "something is missing there"
        elif before is not None and (token.kind in ("number", "name") or token.text == "("):
            hint = f"write the product as {before.text}*{token.text}"
        return BadValue(f"formula: unexpected {token}; {hint}")

    def sum(self, depth: int) -> _Part:
        """product (("+" | "-") product)*."""
        left = self.product(depth)
        while self.now.text in ("+", "-"):
            sign = self.take()
            left = _joined(sign, sign.text, left, self.product(depth))
        return left

    def product(self, depth: int) -> _Part:
        """sign (("*" | "/") sign)*."""
        left = self.sign(depth)
        while self.now.text in ("*", "/"):
            sign = self.take()
            left = _joined(sign, sign.text, left, self.sign(depth))
        return left

    def sign(self, depth: int) -> _Part:
        """("+" | "-") sign | power."""
        if depth >= MOST_DEPTH:
            raise TooLarge(f"formula: nested more than {MOST_DEPTH} deep at column {self.now.column}; write it flatter")
        if self.now.text not in ("+", "-"):
            return self.power(depth)
        sign = self.take()
        part = self.sign(depth + 1)
        return part if sign.text == "+" else _joined(sign, "neg", part)

    def power(self, depth: int) -> _Part:
        """atom [("^" | "**") sign]."""
        base = self.atom(depth)
        if self.now.text not in ("^", "**"):
            return base
        sign = self.take()
        exponent = self.sign(depth + 1)
        if exponent.value is None:
            return _joined(sign, "^", base, exponent)
        if abs(exponent.value) > MOST_EXPONENT:
            raise TooLarge(
                f"formula: the exponent after column {sign.column} is {exponent.value:.6g}; at most {MOST_EXPONENT}"
            )
        if base.value is None and exponent.value.is_integer():
            return _Part((*base.code, ("power", exponent.value)))
        return _joined(sign, "^", base, exponent)

    def atom(self, depth: int) -> _Part:
        """A number, a name, a call, or a sum in brackets."""
        token = self.now
        if token.text == "(":
            self.take()
            inner = self.sum(depth + 1)
            self.close()
            return inner
        if token.kind == "number":
            return _constant(self.take(), float(token.text))
        if token.kind != "name":
            raise self.unexpected()
        self.take()
        if token.text in ("x", "y"):
            return _Part(((token.text, 0),))
        if token.text in CONSTANTS:
            return _constant(token, CONSTANTS[token.text])
        if token.text in FUNCTIONS:
            return self.call(token, depth)
        raise unknown(f"name at column {token.column} of the formula:", token.text[:30], NAMES)

    def call(self, name: Token, depth: int) -> _Part:
        """The arguments of function `name`."""
        if self.now.text != "(":
            raise BadValue(f"formula: {name} needs its argument in brackets; write {name.text}(…)")
        self.take()
        arguments = [self.sum(depth + 1)]
        while self.now.text == ",":
            self.take()
            arguments.append(self.sum(depth + 1))
        self.close()
        least, most = FUNCTIONS[name.text]
        if not least <= len(arguments) <= most:
            takes = f"{least} argument" if least == most == 1 else f"{least} to {most} arguments"
            raise BadValue(f"formula: {name} takes {takes}; got {len(arguments)}")
        return _joined(name, name.text, *arguments)

    def close(self) -> None:
        """Take the closing bracket."""
        if self.now.text != ")":
            raise self.unexpected()
        self.take()


def _constant(token: Token, value: float) -> _Part:
    if not math.isfinite(value):
        raise BadValue(f"formula: {token} is not a finite number")
    return _Part((("number", value),), value)


def _joined(token: Token, name: str, *parts: _Part) -> _Part:
    """The operation `name` on `parts`, worked out when none of them has a variable."""
    values = [part.value for part in parts if part.value is not None]
    if len(values) < len(parts):
        return _Part((*(one for part in parts for one in part.code), (name, len(parts))))
    try:
        value = _WORKED_OUT[name](*values)
    except (ValueError, ZeroDivisionError, OverflowError):
        value = math.nan
    if isinstance(value, complex) or not math.isfinite(value):
        raise BadValue(f"formula: {token} has no finite result, of {', '.join(f'{v:.6g}' for v in values)}")
    return _constant(token, float(value))
