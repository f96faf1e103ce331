"""Optax on plain JAX functions: its own optimizers, or a GradientTransformation where none is the same rule."""

from __future__ import annotations

from ..builtins.optax import builtin
from ..formulas import COPY, SCALAR
from ..pieces import MainLines, number_names, own_formula, prose, state_names
from ..rendering import Words, call, indented, listed, render
from ..subject import Network, Subject

TITLE = "Optax"
CHECKED = "optax 0.2.8"
WORDS = Words(
    {
        "sqrt": "jnp.sqrt",
        "sign": "jnp.sign",
        "maximum": "jnp.maximum",
        "where": "jnp.where",
        "choose": "jnp.where",
        "larger": "jnp.maximum",
        "total": "jnp.sum",
        "transpose": "{}.T",
        "rows": "{}.shape[0]",
        "columns": "{}.shape[1]",
        "cos": "jnp.cos",
        "floor": "jnp.floor",
        "pi": "jnp.pi",
        "clip": "jnp.clip",
        "number": "jnp.asarray({}, float)",
    },
    traced=True,
)
RATE_WORDS = WORDS
ACTIVATIONS = {
    "sigmoid": "jax.nn.sigmoid({})",
    "tanh": "jnp.tanh({})",
    "relu": "jax.nn.relu({})",
    "leaky_relu": "jax.nn.leaky_relu({})",
    "identity": "{}",
}
LOSSES = {
    "softmax_cross_entropy": "optax.softmax_cross_entropy_with_integer_labels(outputs, y).mean()",
    "sigmoid_cross_entropy": "optax.sigmoid_binary_cross_entropy(outputs.reshape(y.shape), y).mean()",
    "squared_error": "jnp.mean((outputs.reshape(y.shape) - y) ** 2)",
}


def imports(subject: Subject) -> list[str]:
    """What the file imports beside NumPy and the standard library."""
    return ["import jax", "import jax.numpy as jnp", "import optax"]


# an optimizer of its own -------------------------------------------------------------------------------------

OWN = """
def {name}({arguments}):
{about}

    def init(parameters):
{slots}
        return {{"t": jnp.zeros((), jnp.int32), "slots": slots}}

    def update(gradients, state, parameters):
        rate = learning_rate(state["t"]) if callable(learning_rate) else learning_rate
        steps = state["t"] + 1

        def rule(g, w{names}):
{body}

        moved = jax.tree.map(rule, gradients, parameters, *state["slots"])
        update, *slots = jax.tree.transpose(
            jax.tree.structure(gradients), jax.tree.structure({ones}), moved
        )
        return update, {{"t": steps, "slots": tuple(slots)}}

    return optax.GradientTransformation(init, update)
"""

SETTLE = '''
def evaluation_parameters(state, model):
    """The average x of the y that is trained: what to measure and keep."""
    return jax.tree.map(lambda w, z: (w - (1 - {beta1!r}) * z) / {beta1!r}, model, state["slots"][{z}])
'''

NATIVE_SETTLE = '''
def evaluation_parameters(state, model):
    """The average x of the y that is trained: what to measure and keep."""
    return optax.contrib.schedule_free_eval_params(state, model)
'''


def _start(start: object) -> str:
    if start == COPY:
        return "jax.tree.map(jnp.copy, parameters)"
    if start == 0:
        return "jax.tree.map(jnp.zeros_like, parameters)"
    if isinstance(start, tuple) and start[0] == SCALAR:
        return f"jax.tree.map(lambda w: jnp.full((), {start[1]!r}, w.dtype), parameters)"
    return f"jax.tree.map(lambda w: jnp.full_like(w, {start!r}), parameters)"


def _own(subject: Subject, reason: str) -> str:
    formula, rule = own_formula(subject), subject.rule.averaged
    slots, counts = state_names(formula)
    before, update = [], "-step"
    if rule.decay == "l2":
        before = ["g = g + weight_decay * w"]
    elif rule.decay == "decoupled":
        before, update = ["shrinkage = rate * weight_decay * w", "w = w - shrinkage"], "-(shrinkage + step)"
    before += ["t = steps.astype(g.dtype)"] if counts else []
    body = [*before, render(formula.text, WORDS), f"return {', '.join((update, *slots))}{'' if slots else ','}"]
    started = ["slots = ("] + [f"    {_start(formula.slots[s])},  # {s}" for s in slots] + [")"]
    return OWN.format(
        name=rule.name,
        arguments=listed(["learning_rate", *number_names(formula, rule)], 0),
        about=prose(subject, reason),
        slots=indented("\n".join(started), 2),
        names="".join(f", {s}" for s in slots),
        body=indented("\n".join(body), 3),
        ones=f"({', '.join('0' * (1 + len(slots)))}{'' if slots else ','})",
    )


MAKE = '''
def make_optimizer(learning_rate={rate}):
    """{told}"""
    return {made}
'''


def optimizer(subject: Subject) -> list[str]:
    """The optimizer: its functions where Optax has none, and `make_optimizer`."""
    made, rule, blocks = builtin(subject.rule), subject.rule.averaged, []
    told = "The run's optimizer; Optax's own is the same rule."
    settle = NATIVE_SETTLE
    if isinstance(made, str):
        formula = own_formula(subject)
        blocks.append(_own(subject, made))
        numbers = {n: formula.numbers.get(n, rule[n]) for n in number_names(formula, rule)}
        made = call(rule.name, "learning_rate", **numbers)
        told = "The run's optimizer."
        settle = SETTLE.format(beta1=rule["beta1"], z=list(formula.slots).index("z")) if subject.averages else ""
    start = "LEARNING_RATE" if subject.constant else "rate(0)" if subject.listens else "rate"
    blocks.append(MAKE.format(rate=start, told=told, made=indented(str(made), 1).strip()))
    return [*blocks, settle] if subject.averages else blocks


# network and training ----------------------------------------------------------------------------------------

NETWORK = '''
def load_parameters(arrays):
    """The model: its parameters by name, e.g. `layers.0.weight` [in, out] and `layers.0.bias` [out]."""
    return {{name: jnp.asarray(array) for name, array in arrays.items()}}


def read_parameters(model):
    """The inverse of `load_parameters`."""
    return {{name: np.asarray(array) for name, array in model.items()}}


def forward(model, x{key}):
    """The network on inputs [n, ...]; its outputs are {outputs}."""
{layers}
'''

TRAINING = '''
def objective(model, x, y{key}):
    """The mean loss of a mini-batch{penalised}."""
    outputs = forward(model, x{key})
    {result}


@jax.jit
def step(model, state, x, y{extra}):
    """One step on a mini-batch; the model and the optimizer's state after it, and the loss."""
    loss, gradient = jax.value_and_grad(objective)(model, x, y{key})
    update, state = make_optimizer({rate}).update(gradient, state, model)
    return optax.apply_updates(model, update), state, loss


@jax.jit
def predict(model, x):
    """Outputs [n, ...] of inputs [n, ...]."""
    return forward(model, x)
'''

DROPOUT = """if key is not None:
    key, drawn = jax.random.split(key)
    x = jnp.where(jax.random.uniform(drawn, x.shape) < {keep}, x / {keep}, 0)"""


def network(network: Network, subject: Subject, outputs: str) -> str:
    """`load_parameters`, `read_parameters`, `forward`."""
    lines = []
    depths = len(network.sizes) - 1
    if depths > 1:
        z = 'x @ model[f"layers.{i}.weight"] + model[f"layers.{i}.bias"]'
        lines = [f"for i in range({depths - 1}):", f"    x = {ACTIVATIONS[network.activation].format(z)}"]
        lines += [indented(DROPOUT.format(keep=subject["keep_prob"]), 1)] if subject.drops else []
    lines.append(f'return x @ model["layers.{depths - 1}.weight"] + model["layers.{depths - 1}.bias"]')
    key = ", key=None" if subject.drops else ""
    return NETWORK.format(outputs=outputs, layers=indented("\n".join(lines), 1), key=key)


def training(subject: Subject) -> str:
    """`step` and `predict`."""
    loss, result, penalised = LOSSES[subject.loss or ""], "", ""
    if subject["l2"] or subject["l1"]:
        penalty = [f"{subject['l2']!r} / 2 * jnp.sum(w * w)"] if subject["l2"] else []
        penalty += [f"{subject['l1']!r} * jnp.sum(jnp.abs(w))"] if subject["l1"] else []
        weights = "weights = [w for w in model.values() if w.ndim == 2]"
        result = f"{weights}\n    penalty = sum({' + '.join(penalty)} for w in weights)\n    "
        penalised = " and the penalty of the weights"
    return TRAINING.format(
        penalised=penalised,
        result=f"{result}return {loss}" + (" + penalty" if result else ""),
        rate="learning_rate" if subject.listens else "",
        key=", key" if subject.drops else "",
        extra=(", learning_rate" if subject.listens else "") + (", key" if subject.drops else ""),
    )


def main_lines(subject: Subject) -> MainLines:
    """What `main` does in this library."""
    extra = (", RATE" if subject.listens else "") + (
        ", jax.random.fold_in(jax.random.key(SEED), at)" if subject.drops else ""
    )
    return MainLines(
        begin=[
            "model = load_parameters(arrays or initial_parameters())",
            "state = make_optimizer().init(model)",
        ],
        step=f"model, state, loss = step(model, state, x[chosen], y[chosen]{extra})",
        settle="model = evaluation_parameters(state, model)",
    )


def yours(subject: Subject) -> list[str]:
    """How to use the optimizer with a network of the reader's."""
    return [
        "state = make_optimizer().init(parameters)",
        "update, state = make_optimizer().update(gradient, state, parameters)",
        "parameters = optax.apply_updates(parameters, update)",
    ]
