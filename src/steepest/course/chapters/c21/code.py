"""The code of chapter 2.1, in cells."""

# %% softmax
import numpy as np

z = np.array([5.0, 2.0, -1.0, 3.0])
e = np.exp(z)
print("exp(z) =", e.round(3), " sum", e.sum().round(3))
print("softmax =", (e / e.sum()).round(3))


# %% stable
def softmax(z):  # z [m, classes]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


big = np.array([[1e4, 0.0, -1e4], [999.0, 1000.0, 1001.0]])
with np.errstate(all="ignore"):
    naive = np.exp(big) / np.exp(big).sum(axis=1, keepdims=True)
print("straight from the formula:", *naive.round(3))
print("with the maximum taken off:", *softmax(big).round(3))

# %% one-hot
labels = np.array([2, 0, 3])
print(np.eye(4, dtype=int)[labels])  # row i of the identity is the one-hot vector of class i

# %% loss
import jax
import jax.numpy as jnp

from steepest import losses

z = np.array([[5.0, 2.0, -1.0, 3.0]] * 2)
labels = np.array([0, 2])  # once the most probable class, once the least probable
Y = np.eye(4)[labels]
print("by the formula:  ", -(Y * np.log(softmax(z))).sum(axis=1).round(4))
from_logits = losses.softmax_cross_entropy(jnp.asarray(z), labels)
print("from the logits: ", np.asarray(from_logits, float).round(4))
extreme = losses.softmax_cross_entropy(jnp.asarray(big), jnp.array([2, 2]))
print("at logits of ±1e4:", extreme[0])

gradient = jax.grad(lambda z: losses.softmax_cross_entropy(z, labels).sum())(jnp.asarray(z))
print("automatic derivative:", *np.asarray(gradient, float).round(3))
print("ŷ − y:               ", *(softmax(z) - Y).round(3))

# %% layers
from itertools import pairwise

from steepest.data import load

rng = np.random.default_rng(0)
sizes = (784, 128, 64, 10)
layers = [(rng.normal(size=(n, k)) * np.sqrt(2 / n), np.zeros(k)) for n, k in pairwise(sizes)]


def forward(X, layers):
    a = X
    for W, b in layers[:-1]:
        a = np.maximum(a @ W + b, 0)  # [m, n] · [n, k] -> [m, k]
    W, b = layers[-1]
    return a @ W + b  # logits: no activation at the end


digits = load("mnist").test
X, y = digits.x.reshape(-1, 784) / 255, digits.y
logits = forward(X, layers)
print("inputs", X.shape, " logits", logits.shape)
counts = [W.size + b.size for W, b in layers]
print("parameters:", " + ".join(map(str, counts)), "=", sum(counts))

# %% accuracy
guess = logits.argmax(axis=1)
right = guess == y  # sample by sample
print("first ten guesses:", guess[:10])
print("first ten labels: ", y[:10])
print(f"{right.sum()} of {len(y)} right: an untrained network guesses")

# %% train-softmax timed
import steepest

regression = steepest.train("mnist-softmax")
accuracy, seconds = regression.metrics["test_accuracy"], regression.race.wall_s
print(f"784 → 10: test accuracy {accuracy:.4f}, {seconds:.1f} s")

# %% train-mlp timed
network = steepest.train("mnist-mlp")
accuracy, seconds = network.metrics["test_accuracy"], network.race.wall_s
print(f"784 → 128 → 64 → 10: test accuracy {accuracy:.4f}, {seconds:.1f} s")

# %% predict timed
import tempfile
from pathlib import Path

from safetensors.numpy import load_file

file = network.save(Path(tempfile.mkdtemp()) / "digits.safetensors")
kept = load_file(file)
for name, value in sorted(kept.items()):
    print(f"{name:16} {value.shape}")
layers = [(kept[f"layers.{i}.weight"], kept[f"layers.{i}.bias"]) for i in range(3)]
by_hand = forward(X.astype(np.float32), layers)
ours = network.predict(digits.x)
print("forward() gives the library's logits:", np.allclose(by_hand, ours, atol=1e-3))
print(f"accuracy by hand: {(by_hand.argmax(axis=1) == y).mean():.4f}")

# %% confused timed
guess = ours.argmax(axis=1)
pairs, times = np.unique(np.stack([y, guess], axis=1)[guess != y], axis=0, return_counts=True)
for k in np.argsort(-times)[:4]:
    print(f"a {pairs[k][0]} is read as {pairs[k][1]}: {times[k]} times")
sure, right = softmax(ours).max(axis=1), guess == y
when_right, when_wrong = sure[right].mean(), sure[~right].mean()
print(f"mean confidence where it is right: {when_right:.3f}, where it is wrong: {when_wrong:.3f}")

# %% calibrated timed
near = (sure >= 0.7) & (sure < 0.8)
print(f"{near.sum()} digits with a confidence of 0.7 to 0.8: {sure[near].mean():.3f} on average")
print(f"right among them: {right[near].mean():.3f}")
print(f"mistakes among all {len(y)}: expected {np.sum(1 - sure):.0f}, made {np.sum(~right)}")

# %% histograms timed
for i in range(3):
    W = kept[f"layers.{i}.weight"]
    share = np.histogram(W / np.sqrt(2 / len(W)), bins=[-99, -3, -2, -1, 0, 1, 2, 3, 99])[0] / W.size
    print(f"layer {i + 1}: standard deviation {np.sqrt(2 / len(W)):.3f} at the start, {W.std():.3f} now")
    print("        ", *(f"{s:6.1%}" for s in share))

# %% names
gradients = np.random.default_rng(1).normal(size=(100, 4))


def by_hand(epsilon):  # as TensorFlow 1 has it
    m, v, w = np.zeros(4), np.zeros(4), np.zeros(4)
    for t, g in enumerate(gradients, start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        w = w - 0.001 * np.sqrt(1 - 0.999**t) / (1 - 0.9**t) * m / (np.sqrt(v) + epsilon)
    return w


def walk(optimizer):
    w, state = jnp.zeros(4), optimizer.init(jnp.zeros(4))
    for g in gradients:
        update, state = optimizer.update(jnp.asarray(g), state)
        w = w + update
    return np.asarray(w)


for epsilon in (1e-08, 0.1):
    with jax.enable_x64(True):
        tf1 = walk(steepest.adam(0.001, beta1=0.9, beta2=0.999, epsilon=epsilon, dialect="tf1"))
        textbook = walk(steepest.adam(0.001, beta1=0.9, beta2=0.999, epsilon=epsilon))
    print(f"ε = {epsilon:g}: as by hand: {np.abs(tf1 - by_hand(epsilon)).max() < 1e-12}")
    print(f"    tf1 {tf1.round(4)}  textbook {textbook.round(4)}")
