"""The blocks of a recipe that are the same in every library, in NumPy: constants, draw, rate, batches, data, main."""

from __future__ import annotations

from .pieces import MainLines
from .rendering import Words, comment, indented, literal
from .schedules import plateau, rate_function
from .subject import Network, Subject, equation

__all__ = ["constants", "data", "draw", "header", "main", "outputs_of", "rate"]

DRAWS = {
    "zeros": ("zeros", "np.zeros((n, m))"),
    "normal": ("a normal draw", "{scale} * rng.normal(size=(n, m))"),
    "xavier": ("Xavier's draw", "{scale} * math.sqrt(1 / n) * rng.normal(size=(n, m))"),
    "he": ("He's draw", "{scale} * math.sqrt(2 / n) * rng.normal(size=(n, m))"),
    "orthogonal": ("an orthogonal draw", "{scale} * orthogonal(rng, n, m)"),
}

ORTHOGONAL = '''
def orthogonal(rng, n, m):
    """A matrix with orthonormal columns (or rows, whichever are fewer)."""
    q, r = np.linalg.qr(rng.normal(size=(max(n, m), min(n, m))))
    q = q * np.sign(np.diagonal(r))
    return q if n >= m else q.T
'''

DRAW = '''
def initial_parameters(seed=SEED):
    """{told} as in the race (from another generator); weights [in, out] and biases [out] by name."""
    rng = np.random.default_rng(seed)
    arrays = {{}}
    for i, (n, m) in enumerate(zip(SIZES[:-1], SIZES[1:])):
        arrays[f"layers.{{i}}.weight"] = ({draw}).astype(np.float32)
        arrays[f"layers.{{i}}.bias"] = np.zeros(m, np.float32)
    return arrays
'''

BATCHES = '''
def batches(samples, seed=SEED):
    """The samples of each step, in the race's own order."""
    for step in range(STEPS):
        epoch, within = divmod(step, STEPS_PER_EPOCH)
        if within == 0:
            order = np.random.Generator(np.random.Philox([seed, epoch, 0x5EED])).permutation(samples)
        yield order[within * BATCH_SIZE : (within + 1) * BATCH_SIZE]
'''

DATA = '''
def data():
    """(x, y) of the training, validation and test split: x [n, inputs], scaled as in the race."""
    from steepest.data import load, scaling

    splits = load({name})
    train = splits.train{first}
    shift, scale = scaling.fit({scaling}, train.x)
    return [
        (((split.x.astype(np.float32) - shift) * scale).reshape(len(split.x), -1), split.y)
        for split in (train, splits.validation, splits.test)
    ]
'''

OWN_DATA = '''
# ===== your data =====================================================================================
#
# The race was on arrays of your own. Return them here, their samples in the same order, x not scaled:
#
{shapes}


def splits():
    """[(x, y), (x, y), (x, y)]: training, validation and test split."""
    raise SystemExit("the race was on data of your own: return your arrays in splits() of this file")


def data():
    """The splits with x [n, inputs]{scaled}."""
    given = [(np.asarray(x, np.float32), np.asarray(y)) for x, y in splits()]
{fitted}
    return [(((x - shift) * scale).reshape(len(x), -1), y) for x, y in given]
'''

FITTED = {
    "none": "shift, scale = np.float32(0), np.float32(1)",
    "pixels": "shift, scale = np.float32(0), np.float32(1 / 255)",
    "standardise": """x = given[0][0].astype(np.float64)
spread = x.std(axis=0)
shift, scale = np.float32(x.mean(axis=0)), np.float32(1 / np.where(spread > 0, spread, 1))""",
    "unit": """x = given[0][0].astype(np.float64)
low, high = x.min(axis={axis}), x.max(axis={axis})
shift, scale = np.float32(low), np.float32(1 / np.where(high > low, high - low, 1))""",
}

VALIDATION_LOSS = {
    "softmax_cross_entropy": """    shifted = outputs - outputs.max(1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(y)), y])""",
    "sigmoid_cross_entropy": """    z = outputs.reshape(y.shape)
    return np.mean(np.logaddexp(0, z) - y * z)""",
    "squared_error": "    return np.mean((outputs.reshape(y.shape) - y) ** 2)",
}

OUTPUTS = {
    "softmax_cross_entropy": ("logits of classes", "accuracy", "np.mean(outputs.argmax(1) == y)"),
    "sigmoid_cross_entropy": ("one logit", "accuracy", "np.mean((outputs.reshape(y.shape) > 0) == (y > 0.5))"),
    "squared_error": ("numbers", "squared error", "np.mean((outputs.reshape(y.shape) - y) ** 2)"),
}


def outputs_of(subject: Subject) -> str:
    """What the network's outputs are."""
    return OUTPUTS[subject.loss or ""][0]


def header(subject: Subject, title: str, checked: str) -> str:
    """The comment at the top: what it is, how good, where from, by which rule."""
    dialect = subject.hyperparameters.get("dialect", "textbook")
    lines = [f"# The {subject.optimizer} of a steepest race, in {title}.", "#"]
    lines += [comment(text, f"# {name:<12}") for name, text in subject.facts]
    lines += [
        "#",
        f"# {subject.optimizer}, dialect {dialect}; g gradient, w parameters (weights [in, out]), t = 1, 2, ...:",
        "#",
    ]
    lines += [f"#     {line}" for line in equation(subject)]
    lines += ["#"]
    if subject.drops:
        lines.append("# Dropout draws its noise from the library's own generator: like the race's, not equal to it.")
    if subject.listens:
        lines.append("# The plateau is fed the validation loss at the end of every epoch.")
    lines.append(comment(f"Takes the same steps as the race, up to rounding; checked with {checked}."))
    return "\n".join(lines)


def constants(subject: Subject, gain: str) -> str:
    """The numbers of the run, in capitals."""
    rate = repr(subject["learning_rate"])
    told = "  # the textbook's average is 1 - beta times the library's sum" if gain else ""
    lines = [f"LEARNING_RATE = {rate} * {gain}{told}" if gain else f"LEARNING_RATE = {rate}"]
    whole = subject.whole
    if whole and subject.network:
        lines.insert(0, f"SIZES = {tuple(subject.network.sizes)!r}")
        lines += [f"BATCH_SIZE = {subject.batch_size}", f"SEED = {subject.seed}"]
    if whole or not subject.constant:
        per_epoch = subject.steps_per_epoch
        note = "" if whole else "  # as in the race; your data may differ"
        lines.append(f"STEPS_PER_EPOCH = {per_epoch}{note}")
    if whole:
        steps = max(1, round(subject.epochs * subject.steps_per_epoch))
        lines.append(f"STEPS = {steps}  # {subject.epochs:g} epochs")
    return "\n".join(lines)


def draw(network: Network) -> list[str]:
    """`initial_parameters`."""
    told, text = DRAWS[network.init]
    text = text.format(scale=repr(network.init_scale)).removeprefix("1.0 * ")
    made = DRAW.format(told=told[0].upper() + told[1:], draw=text)
    return [*([ORTHOGONAL] if network.init == "orthogonal" else []), made, BATCHES]


def rate(subject: Subject, words: Words) -> list[str]:
    """`rate(step)` and what listens to the validation loss."""
    if subject.constant:
        return []
    made = [rate_function(subject.hyperparameters, subject.epochs, words)]
    return [*made, plateau(subject.hyperparameters)] if subject.listens else made


def data(subject: Subject) -> str:
    """`data()`."""
    if subject.data is None:
        x = subject.shapes[0][1]
        scaling = "pixels" if subject.scaling == "unit" and x.endswith("uint8") else subject.scaling
        fitted = FITTED[scaling].format(axis="None" if x.count(",") > 1 else "0")
        return OWN_DATA.format(
            shapes="\n".join(f"#     {name:<10} x {x}, y {y}" for name, x, y in subject.shapes),
            scaled="" if scaling == "none" else f", scaled as in the race ({subject.scaling})",
            fitted=indented(fitted, 1),
        )
    first = "" if subject.first is None else f".first({subject.first})"
    return DATA.format(name=literal(subject.data), first=first, scaling=literal(subject.scaling))


def main(subject: Subject, lines: MainLines) -> list[str]:
    """`main()`, which trains as the run did."""
    _, metric, formula = OUTPUTS[subject.loss or ""]
    blocks = [f"def {metric.replace(' ', '_')}(outputs, y):\n    return {formula}"]
    if subject.listens:
        told = '    """The mean loss, without penalties."""\n'
        blocks.append(f"def validation_loss(outputs, y):\n{told}{VALIDATION_LOSS[subject.loss or '']}")
    measure = metric.replace(" ", "_")
    scale = " * plateau.factor" if subject.listens else ""
    body = [
        '"""Train as the run did, from `arrays` or a new draw; the parameters it ends with."""',
        "(x, y), validation, test = data()",
        *lines.begin,
        *(["plateau = Plateau()"] if subject.listens else []),
        "for at, chosen in enumerate(batches(len(x))):",
        *([f"    {lines.set_rate.format(f'rate(at){scale}')}"] if lines.set_rate and not subject.constant else []),
        f"    {lines.step.replace('RATE', f'rate(at){scale}')}",
    ]
    if subject.listens:
        body += [
            "    if (at + 1) % STEPS_PER_EPOCH == 0:",
            "        plateau.observe(validation_loss(predict(model, validation[0]), validation[1]))",
        ]
    body += [
        "    if (at + 1) % max(1, STEPS // 10) == 0:",
        '        print(f"step {at + 1} of {STEPS}: loss {loss:.4f}")',
        *([lines.settle] if subject.averages else []),
        'for name, (inputs, targets) in (("validation", validation), ("test", test)):',
        f'    print(f"{{name}} {metric} {{{measure}(predict(model, inputs), targets):.4f}}")',
        "return read_parameters(model)",
    ]
    blocks.append("def main(arrays=None):\n" + indented("\n".join(body), 1))
    blocks.append('if __name__ == "__main__":\n    main()')
    return blocks
