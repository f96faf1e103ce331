"""A formula in x and y as a function, of floats, of NumPy arrays, and of JAX's arrays and tracers.

Which of them it is given decides what computes, by the array-API standard; nothing here imports JAX. Where a formula
has no value (the logarithm of a negative number) the result is nan, as in both libraries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .parser import Code, parse

__all__ = ["Formula", "evaluate"]

_CALLED = {"min": "minimum", "max": "maximum", "atan": "arctan"}


class Formula:
    """A parsed formula; call it with x and y, broadcast against each other."""

    def __init__(self, text: str) -> None:
        self.text = text
        program = parse(text)
        self.code, self.numbers = program.code, program.numbers

    def __call__(self, x: Any, y: Any) -> Any:
        """The value at (x, y): a float of floats, else an array of the kind given, as wide as x and y together."""
        value = evaluate(self.code, self.numbers, x, y)
        return value.item() if isinstance(value, np.generic) else value

    def __repr__(self) -> str:
        return f"Formula({self.text!r})"


def evaluate(code: Code, numbers: Sequence[Any], x: Any, y: Any) -> Any:
    """Carry out `code` with these numbers, x and y; numbers may be traced like the variables."""
    library = _library(x, y)
    if library is np:
        x, y = _floats(x), _floats(y)
    with np.errstate(all="ignore"):
        return _run(code, numbers, x, y, library) + library.zeros_like(x) + library.zeros_like(y)


def _floats(value: Any) -> Any:
    array = np.asarray(value)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def _library(*values: Any) -> Any:
    """The array library of the first value that is not NumPy's or Python's."""
    for value in values:
        if hasattr(value, "__array_namespace__") and (library := value.__array_namespace__()) is not np:
            return library
    return np


def _run(code: Code, numbers: Sequence[Any], x: Any, y: Any, library: Any) -> Any:
    stack: list[Any] = []
    for name, argument in code:
        if name in ("x", "y"):
            stack.append(x if name == "x" else y)
        elif name == "number":
            stack.append(numbers[argument])
        elif name == "power":
            stack.append(stack.pop() ** argument)
        elif name == "neg":
            stack.append(-stack.pop())
        elif name in "+-*/^":
            right, left = stack.pop(), stack.pop()
            stack.append(_arithmetic(name, left, right, library))
        else:
            arguments = [stack.pop() for _ in range(argument)]
            function = getattr(library, _CALLED.get(name, name))
            stack.append(arguments[0] if argument > 1 else function(arguments[0]))
            for other in arguments[1:]:
                stack.append(function(stack.pop(), other))
    return stack.pop()


def _arithmetic(name: str, left: Any, right: Any, library: Any) -> Any:
    if name == "+":
        return left + right
    if name == "-":
        return left - right
    if name == "*":
        return left * right
    return left / right if name == "/" else library.power(left, right)
