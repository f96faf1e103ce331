"""Right answers to every homework, and wrong ones: each a right file with one piece of text put in another's place.

ANSWERS: (chapter, name) -> (the right file, [(text, what stands in its place), …]).
"""

FIRST_STEPS = """
import numpy as np

def confusion(predicted, labels, classes):
    table = np.zeros((classes, classes), int)
    np.add.at(table, (labels, predicted), 1)
    return table

def parameters(sizes, bias=True):
    return sum((n + bias) * k for n, k in zip(sizes[:-1], sizes[1:]))

def nearest(x, y, x_new, k):
    order = ((x_new[:, None] - x) ** 2).sum(axis=(2, 3)).argsort(axis=1)
    return np.array([np.bincount(y[row[:k]]).argmax() for row in order])
"""

NEURON = """
import numpy as np

def forward(w, b, X):
    return 1 / (1 + np.exp(-(w @ X + b)))

def cost(a, y, k):
    return np.mean(-y * np.log(a) - k * (1 - y) * np.log(1 - a))

def backward(a, X, y, k):
    dz = -y * (1 - a) + k * (1 - y) * a
    return X @ dz / len(y), dz.mean()

def train(w, b, X, y, k, learning_rate, steps):
    for _ in range(steps):
        dw, db = backward(forward(w, b, X), X, y, k)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b
"""

SHALLOW = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def silu(z):
    return z * sigmoid(z)

def slope(z):
    return sigmoid(z) * (1 + z * (1 - sigmoid(z)))

def forward(p, X):
    Z1 = X @ p[0] + p[1]
    return Z1, sigmoid(silu(Z1) @ p[2] + p[3])

def backward(p, Z1, a, X, y):
    m = len(y)
    dz2 = a - y
    dZ1 = np.outer(dz2, p[2]) * slope(Z1)
    return [X.T @ dZ1 / m, dZ1.mean(axis=0), silu(Z1).T @ dz2 / m, dz2.mean()]

def train(p, X, y, learning_rate, steps):
    for _ in range(steps):
        slopes = backward(p, *forward(p, X), X, y)
        p = [v - learning_rate * dv for v, dv in zip(p, slopes)]
    return p
"""

DEEP = """
import numpy as np

def initialise(sizes, random):
    p = []
    for n, k in zip(sizes[:-1], sizes[1:]):
        r = np.sqrt(6 / (n + k))
        p.append((random.uniform(-r, r, size=(n, k)), np.zeros(k)))
    return p

def forward(p, X):
    cache, A = [], X
    for i, (W, b) in enumerate(p):
        cache.append(A)
        A = A @ W + b
        if i + 1 < len(p):
            A = np.tanh(A)
    return cache, A

def backward(p, cache, A, Y):
    dZ, out = A - Y, []
    for i in reversed(range(len(p))):
        out.append((cache[i].T @ dZ / len(Y), dZ.mean(axis=0)))
        dZ = dZ @ p[i][0].T * (1 - cache[i] ** 2)
    return out[::-1]

def numerical(f, w, h=1e-4):
    out = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        e = np.zeros_like(w)
        e[i] = h
        out[i] = (f(w + e) - f(w - e)) / (2 * h)
    return out
"""

ANSWERS = {
    ("1.1", "first-steps"): (
        FIRST_STEPS,
        [
            ("(labels, predicted), 1", "(predicted, labels), 1"),
            ("np.add.at(table, (labels, predicted), 1)", "table[labels, predicted] += 1"),
            ("(n + bias) * k", "n * k"),
            ("(n + bias) * k", "(n + 1) * k"),
            ("(n + bias) * k", "(n + bias) * (k + bias)"),
            ("argsort(axis=1)", "argsort(axis=1)[:, ::-1]"),
            ("** 2", "** 1"),
            ("y[row[:k]]", "y[row[:1]]"),
            ("y[row[:k]]", "row[:k]"),
            ("np.bincount(y[row[:k]]).argmax()", "9 - np.bincount(y[row[:k]], minlength=10)[::-1].argmax()"),
        ],
    ),
    ("1.2", "neuron"): (
        NEURON,
        [
            ("w @ X + b", "w @ X"),
            ("X @ dz / len(y)", "X @ dz"),
            ("dz = ", "dz = y - a #"),
            ("dz = ", "dz = a - y #"),
            ("-y * (1 - a) + k * (1 - y) * a", "-k * y * (1 - a) + (1 - y) * a"),
            ("k * (1 - y) * np.log", "(1 - y) * np.log"),
            ("w - learning_rate * dw", "w + learning_rate * dw"),
            ("range(steps)", "range(1)"),
        ],
    ),
    ("1.3", "shallow"): (
        SHALLOW,
        [
            ("sigmoid(z) * (1 + z * (1 - sigmoid(z)))", "sigmoid(z)"),
            ("return Z1, sigmoid", "return silu(Z1), sigmoid"),
            (" * slope(Z1)", ""),
            ("X.T @ dZ1 / m", "X.T @ dZ1"),
            ("silu(Z1).T @ dz2", "Z1.T @ dz2"),
            ("dz2.mean()]", "dz2.sum()]"),
            ("range(steps)", "range(steps - 1)"),
        ],
    ),
    ("1.4", "deep"): (
        DEEP,
        [
            ("np.sqrt(6 / (n + k))", "np.sqrt(2 / (n + k))"),
            ("np.sqrt(6 / (n + k))", "np.sqrt(3 / n)"),
            ("random.uniform(-r, r, size=(n, k))", "r / 3**0.5 * random.normal(size=(n, k))"),
            ("if i + 1 < len(p)", "if True"),
            (" * (1 - cache[i] ** 2)", ""),
            ("A - Y, []", "2 * (A - Y), []"),
            ("dZ.mean(axis=0)", "dZ.sum(axis=0)"),
            ("f(w - e)", "f(w)"),
            ("(2 * h)", "h"),
            ("e[i] = h", "e[:] = h"),
        ],
    ),
}
