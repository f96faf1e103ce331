"""TensorFlow with the optimizers of tf.compat.v1.train, run eagerly on plain variables, or a class of their kind."""

from __future__ import annotations

from ..builtins.tf1 import builtin
from ..formulas import COPY, SCALAR
from ..pieces import MainLines, class_name, number_names, own_formula, prose, state_names
from ..rendering import Words, assigned, call, indented, listed, render
from ..schedules import PYTHON
from ..subject import Network, Subject

TITLE = "TensorFlow (tf.compat.v1.train)"
CHECKED = "TensorFlow 2.21"
RATE_WORDS = PYTHON
WORDS = Words(
    {
        "sqrt": "tf.sqrt",
        "sign": "tf.sign",
        "maximum": "tf.maximum",
        "where": "tf.where",
        "larger": "tf.maximum",
        "total": "tf.reduce_sum",
        "transpose": "tf.transpose",
        "rows": "{}.shape[0]",
        "columns": "{}.shape[1]",
    }
)
ACTIVATIONS = {
    "sigmoid": "tf.sigmoid({})",
    "tanh": "tf.tanh({})",
    "relu": "tf.nn.relu({})",
    "leaky_relu": "tf.nn.leaky_relu({}, 0.01)",
    "identity": "{}",
}
LOSSES = {
    "softmax_cross_entropy": "tf.nn.sparse_softmax_cross_entropy_with_logits(y, outputs)",
    "sigmoid_cross_entropy": "tf.nn.sigmoid_cross_entropy_with_logits(tf.cast(y, z.dtype), z)",
    "squared_error": "(z - tf.cast(y, z.dtype)) ** 2",
}


def imports(subject: Subject) -> list[str]:
    """What the file imports beside NumPy and the standard library."""
    return ["import tensorflow as tf"]


# an optimizer of its own -------------------------------------------------------------------------------------

OWN = """
class {name}:
{about}

    def __init__({arguments}):
        self.learning_rate, self.slots, self.t = learning_rate, {{}}, 0
{kept}
    def apply_gradients(self, gradients_and_variables):
        self.t += 1
        for g, w in gradients_and_variables:
{body}
"""

SETTLE = '''
    def settle(self, variables):
        """At the end, put the average x in place of the y that was trained; x is what to measure and keep."""
        for w in variables:
            w.assign((w - (1 - self.beta1) * self.slots[w.ref()]["z"]) / self.beta1)
'''


def _start(start: object) -> str:
    if start == 0:
        return "tf.zeros_like(w)"
    if start == COPY:
        return "tf.identity(w)"
    if isinstance(start, tuple) and start[0] == SCALAR:
        return f"tf.constant({start[1]!r}, w.dtype)"
    return f"{start!r} * tf.ones_like(w)"


def _own(subject: Subject, reason: str) -> str:
    formula, rule = own_formula(subject), subject.rule.averaged
    names = number_names(formula, rule)
    slots, counts = state_names(formula)
    bound = ["t", *names] if counts else names
    lines = ["rate = tf.cast(self.learning_rate, w.dtype)"]
    lines += assigned(bound, [f"self.{n}" for n in bound])
    if slots:
        started = listed([f'"{s}": {_start(formula.slots[s])}' for s in slots], 1, 60)
        lines += [
            "if w.ref() not in self.slots:",
            f"    self.slots[w.ref()] = {{{started}}}",
            "slots = self.slots[w.ref()]",
            *assigned(slots, [f'slots["{s}"]' for s in slots]),
        ]
    decay = {"l2": ["g = g + weight_decay * w"], "decoupled": ["w.assign(w * (1 - rate * weight_decay))"]}
    lines += [*decay.get(rule.decay, []), render(formula.text, WORDS), "w.assign_sub(step)"]
    lines += [f"slots.update({', '.join(f'{s}={s}' for s in slots)})"] if slots else []
    return OWN.format(
        name=class_name(rule.name),
        about=prose(subject, reason),
        arguments=listed(["self", "learning_rate", *names], 1),
        kept=indented("\n".join([*assigned([f"self.{n}" for n in names], names), ""]), 2),
        body=indented("\n".join(lines), 3),
    ) + (SETTLE if subject.averages else "")


MAKE = '''
def make_optimizer(learning_rate={rate}):
    """{told}"""
    return {made}
'''


def optimizer(subject: Subject) -> list[str]:
    """The optimizer: its class where tf.compat.v1.train has none, and `make_optimizer`."""
    made, rule, blocks = builtin(subject.rule), subject.rule.averaged, []
    told = "The run's optimizer; the library's own is the same rule. np.float64 is exact for any variable."
    if isinstance(made, str):
        formula = own_formula(subject)
        blocks.append(_own(subject, made))
        numbers = {n: formula.numbers.get(n, rule[n]) for n in number_names(formula, rule)}
        made = call(class_name(rule.name), "learning_rate", **numbers)
        told = "The run's optimizer."
    start = "np.float64(LEARNING_RATE)"
    if not subject.constant:
        blocks.append("learning_rate = tf.Variable(rate(0), dtype=tf.float64)  # assigned before each step")
        start = "learning_rate"
    return [*blocks, MAKE.format(rate=start, told=told, made=indented(str(made), 1).strip())]


# network and training ----------------------------------------------------------------------------------------

NETWORK = '''
def load_parameters(arrays):
    """The model: variables by name, e.g. `layers.0.weight` [in, out] and `layers.0.bias` [out]."""
    return {{name: tf.Variable(array) for name, array in arrays.items()}}


def read_parameters(model):
    """The inverse of `load_parameters`."""
    return {{name: variable.numpy() for name, variable in model.items()}}


def forward(model, x{training}):
    """The network on inputs [n, ...]; its outputs are {outputs}."""
{layers}
'''

TRAINING = '''
def objective(model, x, y):
    """The mean loss of a mini-batch{penalised}."""
    outputs = forward(model, x{training})
    {result}


def step(model, optimizer, x, y):
    """One step on a mini-batch of NumPy arrays; its loss."""
    variables = list(model.values())
    with tf.GradientTape() as tape:
        loss = objective(model, x, y)
    optimizer.apply_gradients(list(zip(tape.gradient(loss, variables), variables)))
    return float(loss)


def predict(model, x):
    """Outputs [n, ...] of inputs [n, ...], as NumPy arrays."""
    return forward(model, x).numpy()
'''


def network(network: Network, subject: Subject, outputs: str) -> str:
    """`load_parameters`, `read_parameters`, `forward`."""
    depths = len(network.sizes) - 1
    lines = ['x = tf.cast(x, model["layers.0.weight"].dtype)']
    if depths > 1:
        z = 'x @ model[f"layers.{i}.weight"] + model[f"layers.{i}.bias"]'
        lines += [f"for i in range({depths - 1}):", f"    x = {ACTIVATIONS[network.activation].format(z)}"]
        rate = f"{1 - subject['keep_prob']:.12g}"
        lines += [f"    x = tf.nn.dropout(x, {rate}) if training else x"] if subject.drops else []
    lines.append(f'return x @ model["layers.{depths - 1}.weight"] + model["layers.{depths - 1}.bias"]')
    return NETWORK.format(
        outputs=outputs,
        layers=indented("\n".join(lines), 1),
        training=", training=False" if subject.drops else "",
    )


def training(subject: Subject) -> str:
    """`step` and `predict`."""
    loss, lines, penalised = LOSSES[subject.loss or ""], [], ""
    if subject.loss != "softmax_cross_entropy":
        lines.append("z = tf.reshape(outputs, y.shape)")
    result = f"tf.reduce_mean({loss})"
    if subject["l2"] or subject["l1"]:
        penalty = [f"{subject['l2']!r} / 2 * tf.reduce_sum(w * w)"] if subject["l2"] else []
        penalty += [f"{subject['l1']!r} * tf.reduce_sum(tf.abs(w))"] if subject["l1"] else []
        lines.append("weights = [w for w in model.values() if len(w.shape) == 2]")
        lines.append(f"penalty = sum({' + '.join(penalty)} for w in weights)")
        penalised, result = " and the penalty of the weights", f"{result} + penalty"
    return TRAINING.format(
        penalised=penalised,
        training=", training=True" if subject.drops else "",
        result="\n    ".join([*lines, f"return {result}"]),
    )


def main_lines(subject: Subject) -> MainLines:
    """What `main` does in this library."""
    return MainLines(
        begin=["model = load_parameters(arrays or initial_parameters())", "optimizer = make_optimizer()"],
        set_rate="learning_rate.assign({})",
        step="loss = step(model, optimizer, x[chosen], y[chosen])",
        settle="optimizer.settle(model.values())",
    )


def yours(subject: Subject) -> list[str]:
    """How to use the optimizer with a network of the reader's."""
    rates = ["learning_rate.assign(rate(at))"] if not subject.constant else []
    return ["optimizer = make_optimizer()", *rates, "optimizer.apply_gradients(zip(gradients, variables))"]
