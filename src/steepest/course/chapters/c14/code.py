"""The code of chapter 1.4, deep networks."""

# %% tent
import numpy as np


def tent(x):
    """One layer of two ReLU units, added up: 0 up to 1 and down to 0 again."""
    return 2 * np.maximum(0, x) - 4 * np.maximum(0, x - 0.5)


y = x = np.linspace(0, 1, 2**12 + 1)
for layer in range(1, 11):
    y = tent(y)
    if layer in (1, 2, 3, 10):
        pieces = 1 + np.count_nonzero(np.diff(np.sign(np.diff(y))))
        one = pieces - 1  # units that a single layer needs
        print(f"{layer:2} layers, {2 * layer:2} units: {pieces:4} pieces; one layer needs {one:4} units")


# %% initialise
import itertools


SIGMA = {
    "zeros": lambda n: 0.0,
    "small": lambda n: 0.01,
    "large": lambda n: 1.0,
    "xavier": lambda n: np.sqrt(1 / n),
    "he": lambda n: np.sqrt(2 / n),
}


def initialise(sizes, scheme, random):
    """(W [out, in], b [out, 1]) of every layer; sizes are inputs, hidden …, outputs."""
    layers = []
    for n, k in itertools.pairwise(sizes):
        layers.append((SIGMA[scheme](n) * random.normal(size=(k, n)), np.zeros((k, 1))))
    return layers


p = initialise((64, 32, 10), "he", np.random.default_rng(0))
print("parameters:", " + ".join(f"{W.size + b.size}" for W, b in p), "=", sum(W.size + b.size for W, b in p))


# %% forward
def relu(Z):
    return np.maximum(0, Z)


def softmax(Z):
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def forward(p, X):
    """Every layer's (A_prev, Z), and the answers: ReLU inside, softmax at the end."""
    kept, A = [], X
    for layer, (W, b) in enumerate(p):
        Z = W @ A + b
        kept.append((A, Z))
        A = relu(Z) if layer + 1 < len(p) else softmax(Z)
    return kept, A


# %% backward
def backward(p, kept, A, Y):
    """(dW, db) of every layer, from the last to the first."""
    m = Y.shape[1]
    dZ = A - Y  # softmax with cross-entropy, as the sigmoid before
    slopes = []
    for layer in reversed(range(len(p))):
        A_prev, _ = kept[layer]
        slopes.append((dZ @ A_prev.T / m, dZ.mean(axis=1, keepdims=True)))
        if layer > 0:
            dA_prev = p[layer][0].T @ dZ
            dZ = dA_prev * (kept[layer - 1][1] > 0)  # g′ of ReLU
    return slopes[::-1]


# %% checked
import jax
import jax.numpy as jnp

from steepest.data import load

splits = load("digits")
X = splits.train.x.reshape(-1, 64).T / 16  # [64, m]
Y = np.eye(10)[splits.train.y].T  # [10, m], one-hot


def J(p):
    A = X
    for W, b in p[:-1]:
        A = jax.nn.relu(W @ A + b)
    W, b = p[-1]
    return -jnp.mean(jnp.sum(Y * jax.nn.log_softmax(W @ A + b, axis=0), axis=0))


deep = initialise((64, 32, 32, 32, 10), "he", np.random.default_rng(1))
auto = jax.grad(J)([(jnp.asarray(W), jnp.asarray(b)) for W, b in deep])
by_hand = backward(deep, *forward(deep, X), Y)
pairs = zip(jax.tree.leaves(by_hand), jax.tree.leaves(auto), strict=True)
print("agrees with autodiff:", all(np.allclose(h, a, atol=1e-5) for h, a in pairs))

# %% train
p = initialise((64, 32, 10), "he", np.random.default_rng(0))
for epoch in range(501):
    kept, A = forward(p, X)
    if epoch % 100 == 0:
        print(f"epoch {epoch:3}  cost {-np.mean(np.log((A * Y).sum(axis=0))):.3f}")
    p = [(W - 0.5 * dW, b - 0.5 * db) for (W, b), (dW, db) in zip(p, backward(p, kept, A, Y), strict=True)]

A = forward(p, splits.test.x.reshape(-1, 64).T / 16)[1]
print(f"test accuracy {np.mean(A.argmax(axis=0) == splits.test.y):.3f}")

# %% engine
import steepest

run = steepest.train("digits-mlp")
print(f"digits-mlp, adam, 20 epochs: test accuracy {run.metrics['test_accuracy']:.3f}")


# %% symmetry
for start in (0.0, 0.1):
    p = [(np.full((8, 64), start), np.zeros((8, 1))), (np.full((10, 8), start), np.zeros((10, 1)))]
    for _ in range(100):
        slopes = backward(p, *forward(p, X), Y)
        p = [(W - 0.5 * dW, b - 0.5 * db) for (W, b), (dW, db) in zip(p, slopes, strict=True)]
    W1 = p[0][0]
    moved, different = abs(W1 - start).max(), len(np.unique(W1.round(12), axis=0))
    print(f"all {start}: W1 moved by up to {moved:.3f} in 100 steps; distinct units: {different} of 8")

# %% scales
random = np.random.default_rng(0)
for scheme in SIGMA:
    kept, _ = forward(initialise([64] * 21, scheme, random), X)
    first, last = (np.sqrt(np.mean(relu(Z) ** 2)) for _, Z in (kept[0], kept[-1]))
    print(f"{scheme:7} root mean square in layer 1 {first:8.2e}, in layer 20 {last:8.2e}")

# %% ten-layers
few = X[:, :300]
for scheme in ("zeros", "small", "xavier", "he"):
    p = initialise((64, *[32] * 10, 10), scheme, np.random.default_rng(0))
    for _ in range(400):
        kept, A = forward(p, few)
        slopes = backward(p, kept, A, Y[:, :300])
        p = [(W - 0.05 * dW, b - 0.05 * db) for (W, b), (dW, db) in zip(p, slopes, strict=True)]
    print(f"{scheme:7} after 400 steps: cost {-np.mean(np.log((A * Y[:, :300]).sum(axis=0))):.3f}")

# %% alike
sizes, alike = [], []
for seed in range(11):
    kept, _ = forward(initialise([64] + [32] * 20, "he", np.random.default_rng(seed)), X[:, :200])
    A = [relu(kept[layer - 1][1]) for layer in (1, 10, 20)]
    sizes.append([np.sqrt(np.mean(a**2)) for a in A])
    A = [a / np.maximum(np.linalg.norm(a, axis=0), 1e-12) for a in A]
    alike.append([np.median(a.T @ a) for a in A])  # cosines between the columns, two digits each
for layer, size, cosine in zip((1, 10, 20), np.transpose(sizes), np.median(alike, axis=0), strict=True):
    print(f"layer {layer:2}: root mean square {size.min():.2f} to {size.max():.2f}, cosine {cosine:.2f}")
