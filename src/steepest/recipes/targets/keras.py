"""Keras 3: keras.Sequential and keras.optimizers, or a keras.optimizers.Optimizer where none is the same rule."""

from __future__ import annotations

import re

from ..builtins.keras import builtin
from ..formulas import COPY, SCALAR
from ..pieces import MainLines, class_name, number_names, own_formula, prose, state_names
from ..rendering import Words, assigned, call, indented, listed, render
from ..schedules import PYTHON
from ..subject import Network, Subject

TITLE = "Keras"
CHECKED = "Keras 3.15 and KERAS_BACKEND=jax (in float64 its TensorFlow backend rounds some numbers to float32)"
RATE_WORDS = PYTHON
WORDS = Words(
    {
        "sqrt": "ops.sqrt",
        "sign": "ops.sign",
        "maximum": "ops.maximum",
        "where": "ops.where",
        "choose": "ops.where",
        "larger": "ops.maximum",
        "total": "ops.sum",
        "transpose": "ops.transpose",
        "rows": "{}.shape[0]",
        "columns": "{}.shape[1]",
    },
    traced=True,
)
LOSSES = {
    "softmax_cross_entropy": "keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
    "sigmoid_cross_entropy": "keras.losses.BinaryCrossentropy(from_logits=True)",
    "squared_error": "keras.losses.MeanSquaredError()",
}


def imports(subject: Subject) -> list[str]:
    """What the file imports beside NumPy and the standard library."""
    return ["import keras", *(["from keras import ops"] if isinstance(builtin(subject.rule), str) else [])]


# an optimizer of its own -------------------------------------------------------------------------------------

OWN = """
@keras.saving.register_keras_serializable("steepest")
class {name}(keras.optimizers.Optimizer):
{about}

    def __init__({arguments}):
        super().__init__(learning_rate, **options)
{kept}
    def build(self, variables):
        if not self.built:
            super().build(variables)
{slots}

    def update_step(self, gradient, w, learning_rate):
{body}
"""

CONFIG = """
    def get_config(self):
        return {{{numbers}}}
"""

SETTLE = '''
    def settle(self, variables):
        """At the end, put the average x in place of the y that was trained; x is what to measure and keep."""
        for w, z in zip(variables, self.slots["z"]):
            w.assign((w - (1 - self.beta1) * z) / self.beta1)
'''


def _slot(name: str, start: object) -> list[str]:
    if start == COPY:
        return [
            f'self.slots["{name}"] = self.add_optimizer_variables(variables, "{name}")',
            f'for {name}, w in zip(self.slots["{name}"], variables):',
            f"    self.assign({name}, ops.copy(w))",
        ]
    if isinstance(start, tuple) and start[0] == SCALAR:
        constant = "zeros" if start[1] == 0 else "ones"
        made = f'self.add_variable((), "{constant}", dtype=w.dtype, name="{name}")'
        return [f'self.slots["{name}"] = [', f"    {made} for w in variables", "]"]
    initial = "" if start == 0 else f", keras.initializers.Constant({start!r})"
    return [f'self.slots["{name}"] = self.add_optimizer_variables(variables, "{name}"{initial})']


def _config(names: list[str]) -> str:
    if not names:
        return ""
    numbers = [f'"{n}": self.{n}' for n in names]
    return CONFIG.format(numbers=listed(["**super().get_config()", *numbers], 2))


def _arguments(subject: Subject) -> dict[str, object]:
    """Its numbers. Keras itself shrinks the weights by a `weight_decay`, so what is not decoupled is `decay`."""
    formula, rule = own_formula(subject), subject.rule.averaged
    values = {n: formula.numbers.get(n, rule[n]) for n in number_names(formula, rule)}
    return {"decay" if n == "weight_decay" and rule.decay != "decoupled" else n: v for n, v in values.items()}


def _own(subject: Subject, reason: str) -> str:
    formula, rule = own_formula(subject), subject.rule.averaged
    names = [n for n in _arguments(subject) if n != "weight_decay"]
    slots, counts = state_names(formula)
    lines = ["rate, g = ops.cast(learning_rate, w.dtype), ops.cast(gradient, w.dtype)"]
    lines += assigned(names, [f"self.{n}" for n in names])
    lines += ["t = ops.cast(self.iterations + 1, w.dtype)"] if counts else []
    if slots:
        kept = [f"{s}_slot" for s in slots]
        left = ", ".join(kept) + ("," if len(kept) == 1 else "")
        lines.append("i = self._get_variable_index(w)")
        lines.append(f"{left} = (slot[i] for slot in self.slots.values())")
        lines += assigned(slots, [f"{k}.value" for k in kept])
    lines += ["g = g + decay * w"] if rule.decay == "l2" else []
    lines += [re.sub(r"\bweight_decay\b", "decay", render(formula.text, WORDS)), "self.assign_sub(w, step)"]
    lines += [f"self.assign({s}_slot, {s})" for s in slots]
    started = ["self.slots = {}", *(line for s in slots for line in _slot(s, formula.slots[s]))]
    return (
        OWN.format(
            name=class_name(rule.name),
            about=prose(subject, reason),
            arguments=listed(["self", "learning_rate", *names, "**options"], 1),
            kept=indented("\n".join([*assigned([f"self.{n}" for n in names], names), ""]), 2),
            slots=indented("\n".join(started), 3),
            body=indented("\n".join(lines), 2),
        )
        + _config(names)
        + (SETTLE if subject.averages else "")
    )


MAKE = '''
def make_optimizer(learning_rate={rate}):
    """{told}"""
    return {made}
'''


def optimizer(subject: Subject) -> list[str]:
    """The optimizer: its class where keras.optimizers has none, and `make_optimizer`."""
    made, blocks = builtin(subject.rule), []
    told = "The run's optimizer; keras.optimizers's own is the same rule."
    if isinstance(made, str):
        blocks.append(_own(subject, made))
        made = call(class_name(subject.rule.name), "learning_rate", **_arguments(subject))
        told = "The run's optimizer."
    start = "LEARNING_RATE" if subject.constant else "rate(0)"
    return [*blocks, MAKE.format(rate=start, told=told, made=indented(str(made), 1).strip())]


# network and training ----------------------------------------------------------------------------------------

NETWORK = '''
def make_model():
    """The network, compiled with the run's optimizer; its outputs are {outputs}."""
    model = keras.Sequential([
        keras.Input(({inputs},)),
{layers}
    ])
    model.compile(make_optimizer(), {loss})
    return model


def dense(model):
    return [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]


def load_parameters(model, arrays):
    """Put arrays, e.g. `layers.0.weight` [in, out] and `layers.0.bias` [out], into the model."""
    for i, layer in enumerate(dense(model)):
        layer.set_weights([arrays[f"layers.{{i}}.weight"], arrays[f"layers.{{i}}.bias"]])


def read_parameters(model):
    """The inverse of `load_parameters`."""
    arrays = {{}}
    for i, layer in enumerate(dense(model)):
        arrays[f"layers.{{i}}.weight"], arrays[f"layers.{{i}}.bias"] = layer.get_weights()
    return arrays
'''

TRAINING = '''
def step(model, x, y):
    """One step on a mini-batch of NumPy arrays; its loss, with the penalty if there is one."""
    model.reset_metrics()
    return float(model.train_on_batch(x, {targets}))


def predict(model, x):
    """Outputs [n, ...] of inputs [n, ...], as NumPy arrays."""
    return model.predict(x, batch_size=500, verbose=0)
'''


def network(network: Network, subject: Subject, outputs: str) -> str:
    """`make_model`, `load_parameters`, `read_parameters`."""
    layers, last = [], len(network.sizes) - 2
    penalty = call(
        "keras.regularizers.L1L2",
        l1=subject["l1"],
        l2=f"{subject['l2']!r} / 2" if subject["l2"] else 0.0,
    )
    kernel = f", kernel_regularizer={penalty}" if subject["l1"] or subject["l2"] else ""
    slope = "keras.layers.LeakyReLU(negative_slope=0.01)"
    for depth, m in enumerate(network.sizes[1:]):
        leaky = network.activation == "leaky_relu"
        named = {"identity": "", "leaky_relu": ""}.get(network.activation, f', activation="{network.activation}"')
        layers.append(f"keras.layers.Dense({m}{named if depth < last else ''}{kernel}),")
        layers += [f"{slope},"] if depth < last and leaky else []
        layers += [f"keras.layers.Dropout({1 - subject['keep_prob']:.12g}),"] if depth < last and subject.drops else []
    return NETWORK.format(
        inputs=network.sizes[0],
        layers=indented("\n".join(layers), 2),
        outputs=outputs,
        loss=LOSSES[subject.loss or ""],
    )


def training(subject: Subject) -> str:
    """`step` and `predict`."""
    return TRAINING.format(targets="y" if subject.loss == "softmax_cross_entropy" else "y.reshape(len(y), -1)")


def main_lines(subject: Subject) -> MainLines:
    """What `main` does in this library."""
    return MainLines(
        begin=["model = make_model()", "load_parameters(model, arrays or initial_parameters())"],
        set_rate="model.optimizer.learning_rate = {}",
        step="loss = step(model, x[chosen], y[chosen])",
        settle="model.optimizer.settle(model.trainable_variables)",
    )


def yours(subject: Subject) -> list[str]:
    """How to use the optimizer with a network of the reader's."""
    rates = ["model.optimizer.learning_rate = rate(at)"] if not subject.constant else []
    return ["model.compile(make_optimizer(), loss)", *rates, "model.train_on_batch(x, y)"]
