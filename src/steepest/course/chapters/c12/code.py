"""The code of chapter 1.2, one neuron."""


# %% graph
def J(a, b, c):
    u = b * c
    v = a + u
    return 3 * v


print(J(5, 3, 2))

# %% chain
a, b, c = 5.0, 3.0, 2.0
u = b * c  # forward: left to right
v = a + u
J_value = 3 * v

dv = 3.0  # backward: right to left, one factor per edge
da, du = dv * 1, dv * 1
db, dc = du * c, du * b
print(f"by hand   da={da:g} db={db:g} dc={dc:g}")

import jax

da, db, dc = jax.grad(J, (0, 1, 2))(a, b, c)
print(f"autodiff  da={da:g} db={db:g} dc={dc:g}")

# %% nudge
h = 1e-3
print(f"J moves by {(J(a + h, b, c) - J(a, b, c)) / h:.3f} per unit of a")

# %% sigmoid
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


print(sigmoid(np.array([-4.0, 0.0, 4.0])).round(3))


# %% loss
def loss(a, y):
    return -y * np.log(a) - (1 - y) * np.log(1 - a)


for a_hat in (0.99, 0.5, 0.01):
    print(f"label 1, prediction {a_hat:4.2f}: loss {loss(a_hat, 1):.3f}")

# %% data
from steepest.data import load
from steepest.data.scaling import fit

splits = load("cancer")
shift, scale = fit("standardise", splits.train.x)  # from the training set alone
X = ((splits.train.x - shift) * scale).T  # [n, m]: one tumour per column
y = splits.train.y  # [m]: 1 benign, 0 malignant
n, m = X.shape
print(f"m={m} tumours, n={n} measurements, {y.mean():.0%} benign")

# %% one-step
w, b = np.zeros(n), 0.0
a = sigmoid(w @ X + b)  # forward, all m at once
J0 = loss(a, y).mean()
dz = a - y  # backward
dw, db = X @ dz / m, dz.mean()
print(f"cost {J0:.4f} (ln 2 = {np.log(2):.4f}), db={db:+.4f}, largest |dw|={abs(dw).max():.4f}")

# %% checked
import jax.numpy as jnp

from steepest import losses


def cost(w, b):
    return losses.sigmoid_cross_entropy(w @ X + b, y).mean()


auto = jax.grad(cost, (0, 1))(jnp.zeros(n), 0.0)
print("agrees with autodiff:", np.allclose(dw, auto[0], atol=1e-6), np.allclose(db, auto[1], atol=1e-6))

# %% train
w, b = np.zeros(n), 0.0
for _ in range(200):
    a = sigmoid(w @ X + b)
    dz = a - y
    w = w - 0.1 * X @ dz / m
    b = b - 0.1 * dz.mean()

X_test = ((splits.test.x - shift) * scale).T
right = (sigmoid(w @ X_test + b) > 0.5) == splits.test.y
print(f"cost {loss(a, y).mean():.3f}, {right.sum()} of {len(right)} unseen tumours right")

# %% steepest
import steepest

run = steepest.train("cancer-neuron")  # the same network, data and rule, compiled
print(f"test accuracy {run.metrics['test_accuracy']:.3f} after {run.steps} steps")

# %% vectorised timed
import time

one, other = np.random.default_rng(0).normal(size=(2, 100_000))

started = time.perf_counter()
total = 0.0
for i in range(len(one)):
    total += one[i] * other[i]
loop_s = time.perf_counter() - started

started = time.perf_counter()
for _ in range(100):
    product = one @ other
product_s = (time.perf_counter() - started) / 100

assert np.isclose(total, product)
print(f"loop {loop_s * 1e3:.2f} ms, product {product_s * 1e3:.4f} ms: {loop_s / product_s:.0f} times")
