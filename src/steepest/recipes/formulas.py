"""Every optimizer's formula, stated once, as a small Python text that `rendering` turns into each library's code.

A formula reads `g` the gradient, `w` the parameters, `t` = 1, 2, ..., `rate` and the numbers by name; it moves its
slots on and leaves `step`, which is taken from `w`. Its words: sqrt, sign, maximum, where (of tensors), choose (of
scalars), larger (of scalars), total (the sum over a tensor), transpose, rows and columns (of a weight [in, out]).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .rule import Rule

__all__ = ["ORTHOGONALISED", "Formula", "formula", "supported"]

COPY, SCALAR = "copy", "scalar"

M = "m = beta1 * m + (1 - beta1) * g"
S = "s = beta2 * s + (1 - beta2) * g * g"
M_HAT = "m_hat = m / (1 - beta1**t)"
S_HAT = "s_hat = s / (1 - beta2**t)"
AHEAD = "m_hat = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)"

ORTHOGONALISED = '''
def orthogonalised(x, steps, epsilon):
    """The matrix with its singular values moved to about one, by Newton-Schulz iterations."""
    if x.shape[0] > x.shape[1]:
        return transpose(orthogonalised(transpose(x), steps, epsilon))
    x = x / (sqrt(total(x * x)) + epsilon)
    for _ in range(steps):
        A = x @ transpose(x)
        x = 3.4445 * x + (-4.7750 * A + 2.0315 * A @ A) @ x
    return x
'''


@dataclass(frozen=True)
class Formula:
    """`text` as above; `slots` name -> what each starts as: a number to fill with, COPY of the parameters, or
    (SCALAR, number) for one number; `numbers` the values the text reads by name."""

    text: str
    slots: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)


def formula(rule: Rule) -> Formula:
    """The formula of `rule`, without weight decay that is the same in all (L2, decoupled)."""
    lines, slots = _FORMULAS[rule.name](rule)
    text = "\n".join(lines)
    numbers = {k: v for k, v in rule.h.items() if not isinstance(v, (bool, str, type(None))) and _reads(text, k)}
    return Formula(text, slots, numbers)


def supported() -> tuple[str, ...]:
    """The optimizers that have a formula here."""
    return ("adamw", *_FORMULAS)


def _reads(text: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", text) is not None


Parts = tuple[list[str], dict[str, Any]]


def _sgd(rule: Rule) -> Parts:
    return ["step = rate * g"], {}


_SUMS = {
    "average": "S = beta * S + (1 - beta) * g",
    "sum": "S = beta * S + g",
    "dampened": "S = beta * S + choose(t == 1, g, (1 - dampening) * g)",
    "velocity": "S = beta * S + rate * g",
}


def _momentum(rule: Rule) -> Parts:
    return [_SUMS[rule.form], "step = S" if rule.form == "velocity" else "step = rate * S"], {"S": 0.0}


def _nesterov(rule: Rule) -> Parts:
    ahead = _SUMS[rule.form].removeprefix("S = ")
    step = f"step = {ahead}" if rule.form == "velocity" else f"step = rate * ({ahead})"
    return [_SUMS[rule.form], step], {"S": 0.0}


def _root(s: str, rule: Rule) -> str:
    if not rule["epsilon"]:
        return f"sqrt({s})"
    return f"sqrt({s} + epsilon)" if rule.form == "inside" else f"(sqrt({s}) + epsilon)"


def _adagrad(rule: Rule) -> Parts:
    rate = "rate / (1 + (t - 1) * lr_decay)" if rule["lr_decay"] else "rate"
    return ["s = s + g * g", f"step = {rate} * g / {_root('s', rule)}"], {"s": rule["initial_accumulator"]}


def _adadelta(rule: Rule) -> Parts:
    return [
        "s = beta * s + (1 - beta) * g * g",
        "d = sqrt(u + epsilon) / sqrt(s + epsilon) * g",
        "u = beta * u + (1 - beta) * d * d",
        "step = rate * d",
    ], {"s": 0.0, "u": 0.0}


def _rmsprop(rule: Rule) -> Parts:
    lines, slots = ["s = beta * s + (1 - beta) * g * g"], {"s": rule["initial_scale"]}
    corrected = " / (1 - beta**t)" if rule["bias_correction"] else ""
    variance = f"s{corrected}"
    if rule["centered"]:
        lines += ["a = beta * a + (1 - beta) * g", f"variance = {variance} - (a{corrected}) ** 2"]
        slots["a"], variance = 0.0, "variance"
    lines.append(f"d = g / {_root(variance, rule)}")
    if not rule["momentum"]:
        return [*lines, "step = rate * d"], slots
    slots["B"] = 0.0
    if rule["rate_inside"] is False:
        return [*lines, "B = momentum * B + d", "step = rate * B"], slots
    step = "step = momentum * B + rate * d" if rule["nesterov"] else "step = B"
    return [*lines, "B = momentum * B + rate * d", step], slots


def _adam(rule: Rule) -> Parts:
    lines, slots, squares = [M, S], {"m": 0.0, "s": 0.0}, "s"
    if rule["amsgrad"] == "corrected":
        lines += [S_HAT, "greatest = maximum(greatest, s_hat)", "s_hat = greatest"]
        slots["greatest"] = 0.0
    elif rule["amsgrad"]:
        lines += ["greatest = maximum(greatest, s)"]
        slots["greatest"], squares = 0.0, "greatest"
    if rule.form == "hat":
        rate = "rate * (1 - beta2**t) ** 0.5 / (1 - beta1**t)"
        return [*lines, f"step = {rate} * m / (sqrt({squares}) + epsilon)"], slots
    if rule["amsgrad"] != "corrected":
        lines.append(f"s_hat = {squares} / (1 - beta2**t)")
    return [*lines, M_HAT, f"step = rate * m_hat / {_of_adam(rule)}"], slots


def _of_adam(rule: Rule) -> str:
    root = "sqrt(s_hat + eps_root)" if rule["eps_root"] else "sqrt(s_hat)"
    return f"({root} + epsilon)"


def _nadam(rule: Rule) -> Parts:
    slots: dict[str, Any] = {"m": 0.0, "s": 0.0}
    end = [S_HAT, f"step = rate * m_hat / {_of_adam(rule)}"]
    if rule.form == "dozat":
        return [M, S, AHEAD, *end], slots
    return [
        M,
        S,
        "mu = beta1 * (1 - 0.5 * 0.96 ** (t * momentum_decay))",
        "mu_next = beta1 * (1 - 0.5 * 0.96 ** ((t + 1) * momentum_decay))",
        "P = P * mu",
        "m_hat = mu_next * m / (1 - P * mu_next) + (1 - mu) * g / (1 - P)",
        *end,
    ], {**slots, "P": (SCALAR, 1.0)}


def _radam(rule: Rule) -> Parts:
    trusted = "rho >= threshold" if "threshold" in rule.h and "nesterov" in rule.h else "rho > threshold"
    # epsilon hat: it stands beside the uncorrected root
    root = "((sqrt(s) + epsilon) / (1 - beta2**t) ** 0.5)" if rule.form == "hat" else _of_adam(rule)
    return [
        M,
        S,
        AHEAD if rule["nesterov"] else M_HAT,
        *([] if rule.form == "hat" else [S_HAT]),
        "rho_inf = 2 / (1 - beta2) - 1",
        "rho = rho_inf - 2 * t * beta2**t / (1 - beta2**t)",
        f"trusted = {trusted}",
        "r = choose(trusted, (rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho), 0.0) ** 0.5",
        f"step = rate * choose(trusted, r * m_hat / {root}, m_hat)",
    ], {"m": 0.0, "s": 0.0}


def _adamax(rule: Rule) -> Parts:
    u, below = ("abs(g)", "(u + epsilon)") if rule.form == "after" else ("abs(g) + epsilon", "u")
    return [M, f"u = maximum(beta2 * u, {u})", f"step = rate / (1 - beta1**t) * m / {below}"], {"m": 0.0, "u": 0.0}


def _lion(rule: Rule) -> Parts:
    return [
        "step = rate * sign(beta1 * m + (1 - beta1) * g)",
        "m = beta2 * m + (1 - beta2) * g",
    ], {"m": 0.0}


def _lamb(rule: Rule) -> Parts:
    decay = " + weight_decay * w" if rule.decay == "inside" else ""
    return [
        M,
        S,
        M_HAT,
        S_HAT,
        f"u = m_hat / {_of_adam(rule)}{decay}",
        "size = sqrt(total(w * w))",
        "length = sqrt(total(u * u))",
        "ratio = where((size > 0) & (length > 0), size / length, 1.0)",
        "step = rate * ratio * u",
    ], {"m": 0.0, "s": 0.0}


_MUON_SCALES = {
    "textbook": "max(1, columns(w) / rows(w)) ** 0.5",
    "keras": "rms_rate * max(rows(w), columns(w)) ** 0.5",
    "optax": "max(1, columns(w) / rows(w)) ** 0.5",
}


def _muon(rule: Rule) -> Parts:
    optax = rule.form == "optax"
    mean = "{} = beta * m + g" if rule.form == "keras" else "{} = beta * m + (1 - beta) * g"
    n = mean.format("n") if rule["nesterov"] else "n = m"
    if optax:
        n = AHEAD.replace("m_hat", "n") if rule["nesterov"] else M_HAT.replace("m_hat", "n")
        n = n.replace("beta1", "beta")
    of_matrix = [
        mean.format("m"),
        n,
        f"step = rate * {_MUON_SCALES[rule.form]} * orthogonalised(n, ns_steps, {'epsilon' if optax else '1e-7'})",
    ]
    inner = Rule("adam", "hat" if rule.form == "keras" else "paper", {**rule.h, "eps_root": rule["adam_eps_root"]})
    of_rest = [line.replace("eps_root", "adam_eps_root") for line in _adam(inner)[0]]
    if optax and rule["nesterov"]:
        of_rest = [AHEAD if line == M_HAT else line for line in of_rest]
    of_rest[-1] = of_rest[-1].replace("rate *", "rate * adam_lr_ratio *", 1)
    if rule["weight_decay"]:
        of_matrix.append("step = step + rate * weight_decay * w")
    if rule["adam_weight_decay"]:
        ratio = "" if rule.form == "keras" else "adam_lr_ratio * "
        of_rest.append(f"step = step + rate * {ratio}adam_weight_decay * w")
    lines = ["if len(w.shape) == 2:", *_in(of_matrix), "else:", *_in(of_rest)]
    return lines, {"m": 0.0, "s": 0.0}


def _in(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


def _schedule_free(rule: Rule) -> Parts:
    lines: list[str] = []
    slots: dict[str, Any] = {"z": COPY}
    u = "g"
    if rule["base"] == "adamw":
        lines, slots["s"], u = [S, S_HAT], 0.0, "g / (sqrt(s_hat) + epsilon)"
    lines.append(f"u = {u}{' + weight_decay * w' if rule.decay == 'inside' else ''}")
    if rule.form == "keras":
        lines.append("share = 1 / t")
    else:
        lines += [
            "greatest = larger(greatest, rate)",
            "total_weight = total_weight + greatest**weight_lr_power",
            "share = choose(total_weight > 0, greatest**weight_lr_power / total_weight, 0.0)",
        ]
        slots |= {"greatest": (SCALAR, 0.0), "total_weight": (SCALAR, 0.0)}
    return [
        *lines,
        "step = rate * (1 - beta1 * (1 - share)) * u - share * (z - w)",
        "z = z - rate * u",
    ], slots


_FORMULAS: dict[str, Callable[[Rule], Parts]] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "adagrad": _adagrad,
    "adadelta": _adadelta,
    "rmsprop": _rmsprop,
    "adam": _adam,
    "nadam": _nadam,
    "radam": _radam,
    "adamax": _adamax,
    "lion": _lion,
    "lamb": _lamb,
    "muon": _muon,
    "schedule_free": _schedule_free,
}
