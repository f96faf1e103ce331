"""The homework of chapters 2.1 and 2.2: right answers pass, known slips are met with the hint that is theirs."""

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from steepest.course.chapters.c21.homework import HOMEWORK as SOFTMAX
from steepest.course.chapters.c22.homework import HOMEWORK as BETTER
from steepest.course.homework import NotYet, Work

TASKS = {one.name: one for one in (*SOFTMAX, *BETTER)}

ANSWERS = {
    "softmax": """
        def log_softmax(z):
            z = z - z.max(axis=1, keepdims=True)
            return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

        def cross_entropy(z, y, smoothing):
            smoothing = np.asarray(smoothing)[..., None]
            t = (1 - smoothing) * np.eye(z.shape[1])[y] + smoothing / z.shape[1]
            return -(t * log_softmax(z)).sum(axis=1).mean()

        def gradient(z, y, smoothing):
            smoothing = np.asarray(smoothing)[..., None]
            t = (1 - smoothing) * np.eye(z.shape[1])[y] + smoothing / z.shape[1]
            return (np.exp(log_softmax(z)) - t) / len(y)
        """,
    "minibatches": """
        def minibatches(x, y, batch_size, seed):
            order = np.random.default_rng(seed).permutation(len(y))
            x, y = x[order], y[order]
            return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(y), batch_size)]
        """,
    "momentum": """
        def start(parameters):
            return {k: np.zeros_like(w) for k, w in parameters.items()}

        def step(parameters, gradients, S, learning_rate, beta):
            S = {k: beta * S[k] + (1 - beta) * gradients[k] for k in S}
            return {k: parameters[k] - learning_rate * S[k] for k in S}, S
        """,
    "adam": """
        def start(parameters):
            zeros = {k: np.zeros_like(w) for k, w in parameters.items()}
            return zeros, {k: w.copy() for k, w in zeros.items()}

        def step(parameters, gradients, v, s, t, learning_rate, beta1, beta2, epsilon):
            v = {k: beta1 * v[k] + (1 - beta1) * gradients[k] for k in v}
            s = {k: beta2 * s[k] + (1 - beta2) * gradients[k] ** 2 for k in s}
            new = {}
            for k in v:
                v_hat = v[k] / (1 - beta1**t)
                s_hat = s[k] / (1 - beta2**t)
                new[k] = parameters[k] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)
            return new, v, s
        """,
    "decay": """
        import math

        def numbers_for(fraction, epoch):
            return (1 / fraction - 1) / epoch, fraction ** (1 / epoch)

        def step_decay(alpha0, factor, every, epoch):
            return alpha0 * factor ** (epoch // every)

        def warmup_cosine(alpha0, warmup, epochs, epoch):
            if epoch < warmup:
                return alpha0 * (epoch + 1) / warmup
            return alpha0 / 2 * (1 + math.cos(math.pi * (epoch - warmup) / (epochs - warmup)))

        def epoch_of(step, samples, batch_size):
            return step // -(-samples // batch_size)
        """,
    "experiment": """
        def plain_wins():
            return "x^2 + y^2"

        def adam_wins():
            return "x^2/2 + 500*y^2"
        """,
}

SLIPS = [
    ("softmax", "z = z - z.max(axis=1, keepdims=True)", "pass", "overflow"),
    ("softmax", "z - np.log(np.exp(z).sum(axis=1, keepdims=True))",
     "np.log(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))", "logarithm of a probability"),
    ("softmax", "np.exp(z).sum(axis=1, keepdims=True)", "np.exp(z).sum(axis=0)", "over the classes"),
    ("softmax", "z - np.log(", "np.exp(z) / (", "its logarithm is wanted"),
    ("softmax", ".sum(axis=1).mean()", ".sum()", "not the mean"),
    ("softmax", "(1 - smoothing) * np.eye(z.shape[1])[y] + smoothing / z.shape[1]", "np.eye(z.shape[1])[y]",
     "no smoothing"),
    ("softmax", "(1 - smoothing) * np.eye(z.shape[1])[y] + smoothing / z.shape[1]",
     "np.where(np.eye(z.shape[1])[y] == 1, 1 - smoothing, smoothing / (z.shape[1] - 1))", "the true one among them"),
    ("softmax", " / len(y)", "", "the cost is a mean"),
    ("softmax", "np.asarray(smoothing)[..., None]", "np.mean(smoothing)", "a smoothing of its own"),
    ("softmax", "np.exp(log_softmax(z)) - t",
     "t - np.exp(log_softmax(z))", "sign"),
    ("softmax", "np.exp(log_softmax(z)) - t", "np.exp(log_softmax(z))", "no influence"),
    ("minibatches", "range(0, len(y), batch_size)", "range(0, len(y) - batch_size + 1, batch_size)", "after the full"),
    ("minibatches", "range(0, len(y), batch_size)", "range(0, len(y) + 1, batch_size)", "empty batch"),
    ("minibatches", "permutation(len(y))", "integers(len(y), size=len(y))", "permute, do not draw"),
    ("minibatches", "x, y = x[order], y[order]", "x = x[order]", "another one's label"),
    ("minibatches", "default_rng(seed)", "default_rng(0)", "is the seed used"),
    ("minibatches", "default_rng(seed)", "default_rng()", "made from the seed"),
    ("minibatches", ".permutation(len(y))", ".permutation(len(y)) * 0 + np.arange(len(y))", "old order"),
    ("momentum", "(1 - beta) * gradients[k]", "gradients[k]", "share of the average"),
    ("momentum", "beta * S[k] + (1 - beta) * gr", "(1 - beta) * S[k] + beta * gr", "changed places"),
    ("momentum", "learning_rate * S[k]", "learning_rate * gradients[k]", "no influence"),
    ("momentum", "parameters[k] - learning", "parameters[k] + learning", "uphill"),
    ("momentum", "* S[k] for", "* (beta * S[k] + (1 - beta) * gradients[k]) for", "Nesterov"),
    ("momentum", "        def step", "        def stop", "no such function"),
    ("momentum", "zeros_like", "ones_like", "starts at zero"),
    ("adam", "s[k] / (1 - beta2**t)", "s[k] / (1 - beta1**t)", "other average's β"),
    ("adam", "np.sqrt(s_hat) + epsilon", "np.sqrt(s_hat + epsilon)", "inside the root"),
    ("adam", "(np.sqrt(s_hat) + epsilon)", "(s_hat + epsilon)", "root is missing"),
    ("adam", "v_hat = v[k] / (1 - beta1**t)", "v_hat = v[k]", "only one"),
    ("adam", "gradients[k] ** 2", "np.abs(gradients[k])", "its square"),
    ("adam", "v_hat = v[k] / (1 - beta1**t)", "v_hat = v[k] = v[k] / (1 - beta1**t)", "the corrected one kept"),
    ("adam", "beta1 * v[k] + (1 - beta1) * gr", "(1 - beta1) * v[k] + beta1 * gr", "changed places"),
    ("adam", "beta2 * s[k] + (1 - beta2) * gr", "(1 - beta2) * s[k] + beta2 * gr", "changed places"),
    ("adam", "(1 - beta1**t)", "(1 - beta1)", "of the first step"),
    ("adam", "(1 - beta2**t)", "(1 - beta2)", "of the first step"),
    ("adam", "v_hat = v[k] / (1 - beta1**t)", "t = 1; v_hat = v[k] / (1 - beta1**t)", "of the first step"),
    ("adam", "v_hat = v[k] / (1 - beta1**t)",
     "with np.errstate(all='ignore'): v_hat = v[k] / np.float64(1 - beta1 ** (t - 1))", "t counts from 1"),
    ("adam", "v_hat = v[k] / (1 - beta1**t)", "v_hat = 2 * v[k]", "v̂ must be the gradient itself"),
    ("adam", "v_hat = v[k] / (1 - beta1**t)", "v_hat = v[k] / (t * (1 - beta1))", "the first step was right"),
    ("decay", "(1 / fraction - 1) / epoch", "1 / fraction / epoch", "the whole divisor"),
    ("decay", "(1 / fraction - 1) / epoch", "(1 / fraction - 1)", "solve for r"),
    ("decay", "fraction ** (1 / epoch)", "fraction / epoch", "power"),
    ("decay", "fraction ** (1 / epoch)", "1 - fraction", "multiplied by itself"),
    ("decay", "(1 / fraction - 1) / epoch, fraction ** (1 / epoch)", "(1 / fraction - 1) / epoch", "2 things"),
    ("decay", "(epoch // every)", "(epoch / every)", "every epoch"),
    ("decay", "(epoch // every)", "((epoch + 1) // every)", "counts from one"),
    ("decay", "(epoch + 1) / warmup", "epoch / warmup", "a whole epoch for nothing"),
    ("decay", "(epoch + 1) / warmup", "1 / warmup", "what share"),
    ("decay", "(epoch - warmup) / (epochs - warmup)", "epoch / epochs", "clock"),
    ("decay", "(epoch - warmup) / (epochs - warmup)", "epoch / (epochs - warmup)", "clock"),
    ("decay", "(epoch - warmup) / (epochs - warmup)", "(epoch - warmup) / epochs", "how many epochs are left"),
    ("decay", "alpha0 / 2 * (1 +", "alpha0 * (1 +", "from alpha0 to 0"),
    ("decay", "alpha0 / 2 * (1 +", "alpha0 / 2 * (1 -", "cosine of the text"),
    ("decay", "-(-samples // batch_size)", "(samples // batch_size)", "short last batch"),
    ("experiment", "x^2 + y^2", "x^2/2 + 500*y^2", "right for every direction"),
    ("experiment", "x^2/2 + 500*y^2", "x^2 + y^2", "long axis"),
    ("experiment", "x^2/2 + 500*y^2", "1e6*(x^2 + y^2)", "plain descent: it diverges at all sixteen"),
    ("experiment", "x^2/2 + 500*y^2", "1e-6*(x^2 + y^2)", "plain descent: its best rate, 10, is at the edge"),
    ("experiment", "x^2 + y^2", "0.01*(x^2 + y^2)", "at the edge"),
    ("experiment", "x^2 + y^2", "1 + 0*x", "flat at the start"),
    ("experiment", "x^2 + y^2", "x^2 + y^2 - 1", "falls below 0"),
    ("experiment", "x^2 + y^2", "x^2 + ", "cannot be read"),
    ("experiment", '"x^2 + y^2"', "3", "as text, got int"),
]  # fmt: skip


def run(name: str, source: str) -> Callable[[], Work]:
    names: dict[str, Any] = {}
    exec("import numpy as np\n" + textwrap.dedent(source), names)
    work = Work(names)
    TASKS[name].check(work)
    return work


@pytest.mark.parametrize("name", TASKS)
def test_a_right_answer_passes(name: str) -> None:
    assert len(run(name, ANSWERS[name]).passed) >= (2 if name == "experiment" else 7)


@pytest.mark.parametrize("name", TASKS)
def test_the_starter_is_not_yet_an_answer_and_names_what_the_checker_calls(name: str) -> None:
    starter: dict[str, Any] = {}
    exec(TASKS[name].starter, starter)
    mine: dict[str, Any] = {}
    exec("import numpy as np\n" + textwrap.dedent(ANSWERS[name]), mine)
    for function, value in mine.items():
        if inspect.isfunction(value):
            assert inspect.signature(starter[function]) == inspect.signature(value)
            assert starter[function].__doc__
    with pytest.raises(NotYet):
        TASKS[name].check(Work(starter))


@pytest.mark.parametrize(("name", "right", "wrong", "hint"), SLIPS, ids=[f"{n}-{h}" for n, _, _, h in SLIPS])
def test_a_slip_is_met_with_its_hint(name: str, right: str, wrong: str, hint: str) -> None:
    assert right in ANSWERS[name]
    with pytest.raises(NotYet) as caught:
        run(name, ANSWERS[name].replace(right, wrong, 1))
    assert hint in caught.value.hint["en"], caught.value
    assert caught.value.hint["zh"]


def test_changing_what_was_given_is_told() -> None:
    changing = ANSWERS["momentum"].replace("S = {k: beta", 'S["b1"] += 1.5; S = {k: beta', 1)
    with pytest.raises(NotYet, match="changes an array"):
        run("momentum", changing)
