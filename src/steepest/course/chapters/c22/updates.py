"""The checkers of the homework on momentum and Adam: the reader's steps beside the library's, in float64.

Averages are looked at before parameters, so that a hint names the first line that is off.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....view.chart import say
from ...blocks import Text
from ...homework import NotYet, Work

__all__ = ["ADAM", "MOMENTUM", "check_adam", "check_momentum"]

Array = NDArray[np.float64]
Parameters = dict[str, Array]

MOMENTUM = '''"""Momentum for a network whose parameters are a dict, e.g. {"W1": array, "b1": array, "W2": array}."""

import numpy as np


def start(parameters):
    """The averages S before the first step: a dict with the same names and shapes."""
    ...


def step(parameters, gradients, S, learning_rate, beta):
    """One step: (new parameters, new S). Make new arrays; the old ones stay as they are."""
    ...
'''

ADAM = '''"""Adam for a network whose parameters are a dict, e.g. {"W1": array, "b1": array, "W2": array}."""

import numpy as np


def start(parameters):
    """(v, s) before the first step: two dicts with the same names and shapes."""
    ...


def step(parameters, gradients, v, s, t, learning_rate, beta1, beta2, epsilon):
    """Step number t, from 1: (new parameters, new v, new s). Make new arrays; v and s are kept uncorrected."""
    ...
'''

ZERO = say("an average that has seen nothing starts at zero", "还没见过数据的平均值从零开始")
UPHILL = say("the step goes uphill; mind the sign", "方向反了，在上坡；注意符号")
SHARE = say(
    "the gradient is added whole; what is its share of the average?",
    "梯度是整个加进去的；它在平均中应占多少？",
)
SWAPPED = say("β and 1 − β have changed places", "β 和 1 − β 写反了")
SHARE_OR_CORRECTED = say(
    "at t = 1 it is what went in: is the share of the average forgotten, or is the corrected one kept?",
    "t = 1 时它等于输入本身：是忘了乘 1 − β，还是存成了修正后的值？",
)
ABSOLUTE = say(
    "it averages the size of the gradient; the formula averages its square", "它平均的是梯度的大小；公式平均的是平方"
)
WRONG_BETA = say("s is corrected with the other average's β", "修正 s 时用了另一个平均的 β")
INSIDE = say("ε stands inside the root; Adam has it outside", "ε 放进了根号里；Adam 的 ε 在根号外")
UNCORRECTED = say("the averages are not corrected for their start at zero", "两个平均值没有作从零起步的修正")
ONE_CORRECTED = say("only one of the two averages is corrected", "两个平均值只修正了一个")
FIXED = say(
    "the divisor of the first step is used again; how do the weights in an average add up after t steps?",
    "除数还是第一步的那个；走了 t 步之后，平均值里各权重之和是多少？",
)
FIRST = say(
    "at t = 1, v̂ must be the gradient itself and ŝ its square; print both",
    "t = 1 时，v̂ 应等于梯度本身，ŝ 应等于它的平方；把两者打印出来看看",
)
LATER = say(
    "the first step was right and this one is not: what in v̂ and ŝ should change with t, and what is handed on?",
    "第一步对，这一步却不对：v̂ 和 ŝ 里哪些量应随 t 变化？传给下一步的又是什么？",
)
NO_ROOT = say("the root is missing", "少了开方")
FROM_ONE = say(
    "it divides by 0: t counts from 1, so that 1 − βᵗ is never 0", "除以了 0：t 从 1 数起，这样 1 − βᵗ 就不会是 0"
)
HAT = say(
    "this is TensorFlow's Adam, with ε beside the uncorrected root", "这是 TensorFlow 的 Adam：ε 加在未修正的根上"
)


def _network() -> tuple[Parameters, list[Parameters]]:
    """Parameters of a small network, and the gradients of twelve steps."""
    random = np.random.default_rng(7)
    shapes = {"W1": (3, 4), "b1": (4,), "W2": (4, 1)}

    def drawn() -> Parameters:
        return {name: random.normal(size=shape) for name, shape in shapes.items()}

    return drawn(), [drawn() for _ in range(12)]


def _library(optimizer: Any, parameters: Parameters, gradients: list[Parameters]) -> list[Parameters]:
    """The parameters after each step, by a steepest optimizer in float64; `before` the first come the parameters."""
    import jax

    out = [parameters]
    with jax.enable_x64(True):
        state = optimizer.init({name: jax.numpy.asarray(value) for name, value in parameters.items()})
        for g in gradients:
            given = {name: jax.numpy.asarray(value) for name, value in g.items()}
            update, state = optimizer.update(given, state, out[-1])
            out.append({name: value + np.asarray(update[name]) for name, value in out[-1].items()})
    return out


def _zeros(work: Work, step: Text, got: Any, parameters: Parameters) -> None:
    (got,) = _dicts(step, (got,), parameters, "S")
    for name, value in parameters.items():
        work.expect(step, got[name], np.zeros_like(value), ZERO)


def _dicts(step: Text, got: Any, parameters: Parameters, what: str) -> tuple[dict[str, Any], ...]:
    """`got`, when it is as many dicts with the parameters' names as `what` says."""
    if not isinstance(got, tuple) or len(got) != what.count(",") + 1:
        raise NotYet(step, say(f"it must return {what}", f"应返回 {what}"))
    if not all(isinstance(part, dict) and set(part) == set(parameters) for part in got):
        names = ", ".join(parameters)
        raise NotYet(step, say(f"{what} must be dicts with the names {names}", f"{what} 应是字典，键为 {names}"))
    return got


def check_momentum(work: Work) -> None:
    """The average, then the parameters, at each of twelve steps."""
    from ....optimizers import OPTIMIZERS

    parameters, gradients = _network()
    rate, beta = 0.05, 0.9
    mine = work.call("start", parameters)
    _zeros(work, say("start()", "start()"), mine, parameters)
    wanted = _library(OPTIMIZERS.load("momentum")(rate, beta=beta), parameters, gradients)
    w, S = parameters, {name: np.zeros_like(value) for name, value in parameters.items()}
    for t, g in enumerate(gradients, 1):
        step = say(f"step {t}", f"第 {t} 步")
        got = work.call("step", w, g, mine, rate, beta)
        w, mine = _dicts(step, got, parameters, "(parameters, S)")
        for name in parameters:
            old, S[name] = S[name], beta * S[name] + (1 - beta) * g[name]
            unused = say(
                "the new S is the old one; return the average after this step", "返回的 S 没变；应返回这一步之后的平均"
            )
            hint = say(f"S of {name} is off; it averages the gradients", f"{name} 的 S 不对；它是梯度的平均")
            slips = [(beta * old + g[name], SHARE), ((1 - beta) * old + beta * g[name], SWAPPED), (old, unused)]
            work.expect(say(f"step {t}: S", f"第 {t} 步：S"), mine[name], S[name], hint, slips=slips)
            before, after = wanted[t - 1][name], wanted[t][name]
            slips = [
                (before - rate * g[name], say("S has no influence on the step", "S 没有影响到这一步")),
                (before - rate * (beta * S[name] + (1 - beta) * g[name]), say("this looks one step ahead: Nesterov's",
                                                                              "多看了一步，那是 Nesterov")),
                (before - rate * old, say("the step uses the S of the step before", "用的是上一步的 S")),
                (2 * before - after, UPHILL),
            ]  # fmt: skip
            hint = say(f"{name} is off, though its S is right", f"{name} 不对，不过它的 S 是对的")
            work.expect(step, w[name], after, hint, slips=slips)


def check_adam(work: Work) -> None:
    """Both averages, then the parameters, at each of twelve steps."""
    from ....optimizers import OPTIMIZERS

    parameters, gradients = _network()
    rate, beta1, beta2, epsilon = 0.05, 0.9, 0.99, 0.1  # an epsilon so large tells where it stands
    step = say("start()", "start()")
    v, s = _dicts(step, work.call("start", parameters), parameters, "(v, s)")
    _zeros(work, step, v, parameters)
    _zeros(work, step, s, parameters)
    numbers = {"beta1": beta1, "beta2": beta2, "epsilon": epsilon}
    wanted = _library(OPTIMIZERS.load("adam")(rate, **numbers), parameters, gradients)
    w, m, q = parameters, dict(v), dict(s)
    for t, g in enumerate(gradients, 1):
        step = say(f"step t = {t}", f"第 t = {t} 步")
        got = work.call("step", w, g, v, s, t, rate, beta1, beta2, epsilon)
        w, v, s = _dicts(step, got, parameters, "(parameters, v, s)")
        for name in parameters:
            _averages(work, t, name, (v[name], s[name]), (m, q), g[name], (beta1, beta2))
            if not np.isfinite(w[name]).all():
                raise NotYet(step, FROM_ONE)
            before, after = wanted[t - 1][name], wanted[t][name]
            directions = _slips(m[name], q[name], t, beta1, beta2, epsilon)
            slips = [(before - rate * direction, said) for direction, said in directions]
            hint = FIRST if t == 1 else LATER
            work.expect(step, w[name], after, hint, slips=[*slips, (2 * before - after, UPHILL)])


def _averages(
    work: Work, t: int, name: str, got: tuple[Any, Any], kept: tuple[Parameters, Parameters], g: Array, betas: Any
) -> None:
    """Move the averages `kept` on by one step, and hold the reader's against them."""
    for letter, mine, average, value, beta in zip("vs", got, kept, (g, g**2), betas, strict=True):
        old, average[name] = average[name], beta * average[name] + (1 - beta) * value
        slips = [(beta * old + value, SHARE_OR_CORRECTED if t == 1 else SHARE)]
        slips += [(average[name] / (1 - beta**t), SHARE_OR_CORRECTED), ((1 - beta) * old + beta * value, SWAPPED)]
        slips += [(beta * old + (1 - beta) * np.abs(g), ABSOLUTE)] if letter == "s" else []
        hint = say(f"{letter} of {name} is off", f"{name} 的 {letter} 不对")
        work.expect(say(f"step t = {t}: {letter}", f"第 t = {t} 步：{letter}"), mine, average[name], hint, slips=slips)


def _slips(v: Array, s: Array, t: int, beta1: float, beta2: float, epsilon: float) -> list[tuple[Array, Text]]:
    """Directions that known slips give."""
    v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
    hat = np.sqrt(1 - beta2**t) / (1 - beta1**t)
    fixed = [(a, b) for a in (v_hat, v / (1 - beta1)) for b in (s_hat, s / (1 - beta2))][1:] if t > 1 else []
    return [
        *((a / (np.sqrt(b) + epsilon), FIXED) for a, b in fixed),
        (v_hat / (np.sqrt(s / (1 - beta1**t)) + epsilon), WRONG_BETA),
        (v_hat / np.sqrt(s_hat + epsilon), INSIDE),
        (v / (np.sqrt(s) + epsilon), UNCORRECTED),
        (v / (np.sqrt(s_hat) + epsilon), ONE_CORRECTED),
        (v_hat / (np.sqrt(s) + epsilon), ONE_CORRECTED),
        (v_hat / (s_hat + epsilon), NO_ROOT),
        (hat * v / (np.sqrt(s) + epsilon), HAT),
    ]
