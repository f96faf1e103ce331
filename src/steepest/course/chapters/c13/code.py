"""The code of chapter 1.3, one hidden layer."""

# %% data
import numpy as np

from steepest.data import load
from steepest.data.scaling import fit

splits = load("flower")
shift, scale = fit("standardise", splits.train.x)
X = ((splits.train.x - shift) * scale).T  # [2, m]: one point per column
y = splits.train.y  # [m]: which class of petals
X_test, y_test = ((splits.test.x - shift) * scale).T, splits.test.y
m = X.shape[1]
print(f"m={m} points, {np.mean(y == 1):.0%} of class 1")

# %% one-neuron
import steepest

neuron = steepest.workload("flower-shallow", network=lambda key: steepest.mlp(key, (2, 1)))
run = steepest.train(neuron)
print(f"one neuron: cost {run.metrics['train_loss']:.3f}, test accuracy {run.metrics['test_accuracy']:.3f}")

# %% lines
turns, offsets = np.linspace(0, 2 * np.pi, 360, endpoint=False), np.linspace(-2, 2, 81)
right = [np.mean((np.cos(t) * X[0] + np.sin(t) * X[1] > c) == y) for t in turns for c in offsets]
print(f"the best of {len(right)} lines gets {max(right):.1%} of the points right")


# %% activations
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


g = {
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(0, z), lambda z: (z > 0).astype(float)),
    "leaky": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1, 0.01)),
}
z = np.array([-3.0, -0.5, 0.5, 3.0])
for name, (value, slope) in g.items():
    print(f"{name:8}", value(z).round(3), "  slope", slope(z).round(3))

# %% collapse
random = np.random.default_rng(0)
W1, b1 = random.normal(size=(4, 2)), random.normal(size=(4, 1))
W2, b2 = random.normal(size=(1, 4)), random.normal(size=(1, 1))
two_layers = W2 @ (W1 @ X + b1) + b2  # no activation between them
one_layer = (W2 @ W1) @ X + (W2 @ b1 + b2)
print("two linear layers are one:", np.allclose(two_layers, one_layer))


# %% shallow
def forward(p, X):
    W1, b1, W2, b2 = p
    A1 = np.tanh(W1 @ X + b1)  # [4, m]
    A2 = sigmoid(W2 @ A1 + b2)  # [1, m]
    return A1, A2


def backward(p, A1, A2, X, y):
    m = X.shape[1]
    dZ2 = A2 - y  # [1, m]
    dW2 = dZ2 @ A1.T / m  # [1, 4]
    db2 = dZ2.mean(axis=1, keepdims=True)  # [1, 1]
    dZ1 = p[2].T @ dZ2 * (1 - A1**2)  # [4, m]
    dW1 = dZ1 @ X.T / m  # [4, 2]
    db1 = dZ1.mean(axis=1, keepdims=True)  # [4, 1]
    return dW1, db1, dW2, db2


def cost(A2, y):
    return np.mean(-y * np.log(A2) - (1 - y) * np.log(1 - A2))


# %% shapes
p = [0.01 * random.normal(size=(4, 2)), np.zeros((4, 1)), 0.01 * random.normal(size=(1, 4)), np.zeros((1, 1))]
A1, A2 = forward(p, X)
for name, number, slope in zip(("W1", "b1", "W2", "b2"), p, backward(p, A1, A2, X, y), strict=True):
    print(name, number.shape, " d" + name, slope.shape)

# %% checked
import jax
import jax.numpy as jnp


def J(p):
    W1, b1, W2, b2 = p
    A2 = jax.nn.sigmoid(W2 @ jnp.tanh(W1 @ X + b1) + b2)
    return jnp.mean(-y * jnp.log(A2) - (1 - y) * jnp.log(1 - A2))


by_hand = backward(p, A1, A2, X, y)
auto = jax.grad(J)([jnp.asarray(v) for v in p])
print("agrees with autodiff:", all(np.allclose(h, g, atol=1e-6) for h, g in zip(by_hand, auto, strict=True)))

# %% train
for epoch in range(1001):
    A1, A2 = forward(p, X)
    if epoch % 250 == 0:
        print(f"epoch {epoch:4}  cost {cost(A2, y):.3f}  accuracy {np.mean((A2[0] > 0.5) == y):.3f}")
    p = [v - 1.2 * dv for v, dv in zip(p, backward(p, A1, A2, X, y), strict=True)]

print(f"test accuracy {np.mean((forward(p, X_test)[1][0] > 0.5) == y_test):.3f}")

# %% race
race = steepest.race("flower-shallow", "sgd", lr=1.2, seeds=5)
row = race.ranking[0]
print(f"five seeds: mean {row['mean']:.3f}, 95 % interval {row['low']:.3f} to {row['high']:.3f}")

# %% widths
for hidden in (1, 2, 3, 4, 50):

    def network(key, sizes=(2, hidden, 1)):
        return steepest.mlp(key, sizes, activation="tanh", init="normal")

    flower = steepest.workload("flower-shallow", network=network)
    row = steepest.race(flower, "sgd", lr=1.2, seeds=5).ranking[0]
    print(f"{hidden:2} hidden units: test accuracy {row['mean']:.3f} ({row['low']:.3f} to {row['high']:.3f})")
