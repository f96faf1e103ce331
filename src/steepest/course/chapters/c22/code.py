"""The code of chapter 2.2, in cells."""

# %% vanishing
import jax
import jax.numpy as jnp
import numpy as np


def output(weights, x):
    for W in weights:  # g(z) = z and b = 0: every layer is one matrix product
        x = W @ x
    return x.sum()


for w in (0.5, 0.9, 1.0, 1.1, 1.5):
    for L in (10, 50):
        first = jnp.linalg.norm(jax.grad(output)([w * jnp.eye(2)] * L, jnp.ones(2))[0])
        law = 2 * w ** (L - 1)
        print(f"w = {w}  L = {L}   |dW[1]| = {first:9.3e}   2·w^(L−1) = {law:9.3e}")

# %% verdicts
surfaces = {
    "x² + 10y²   at (0, 0)": (lambda p: p[0] ** 2 + 10 * p[1] ** 2, (0.0, 0.0)),
    "x² − y²     at (0, 0)": (lambda p: p[0] ** 2 - p[1] ** 2, (0.0, 0.0)),
    "−x² − y²    at (0, 0)": (lambda p: -(p[0] ** 2) - p[1] ** 2, (0.0, 0.0)),
    "tanh(x)     at (6, 0)": (lambda p: jnp.tanh(p[0]) + 0 * p[1], (6.0, 0.0)),
}
for name, (f, point) in surfaces.items():
    point = jnp.array(point)
    slope = jnp.linalg.norm(jax.grad(f)(point))
    low, high = jnp.linalg.eigvalsh(jax.hessian(f)(point))
    print(f"{name}   |gradient| = {slope:.4f}   curvatures {low:z.2f} and {high:z.2f}")

# %% noise-helps
import steepest

# a start on the ridge, beside it, and on it with noise
for y, noise in ((0.0, 0.0), (0.001, 0.0), (0.0, 0.01)):
    for steps in (25, 50, 100):
        options = {"start": (-1.6, y), "steps": steps, "noise": noise}
        (descent,) = steepest.descend("x^2 - y^2 + y^4/2", "sgd", lr=0.1, **options)
        at = "({:5.2f}, {:5.2f})".format(*(descent.path[-1].round(2) + 0.0))
        print(f"y = {y:<5}  noise {noise:<4}  after {steps:3} steps at {at}")

# %% first-layer
rng = np.random.default_rng(0)
for n in (10, 100, 1000, 10_000):
    x = rng.normal(size=(n, 200))  # 200 samples of n standardised inputs
    z = rng.normal(size=n) @ x
    kept = z / n**0.5  # as w / √n would give it
    print(f"n = {n:6}   σ of z: with w ~ N(0, 1) {z.std():5.1f}, with w ~ N(0, 1/n) {kept.std():.2f}")

# %% batches
from steepest.engine.order import epoch_order

order = epoch_order(seed=0, epoch=0, samples=1000, batch_size=64)  # −1: no sample
print("steps in one epoch:", len(order))
print("samples in each:   ", [int((batch >= 0).sum()) for batch in order])
print("seen once each:    ", sorted(order[order >= 0]) == list(range(1000)))

# %% spread
from steepest.data.temperatures import temperatures

days = temperatures()
low, high = ((v - v.mean()) / v.std() for v in (days.low, days.high))
g = (0 * low - high) * low  # the gradient of ½(w·low − high)² at w = 0, day by day
for B in (1, 4, 16, 64, 256):
    means = [g[rng.integers(len(g), size=B)].mean() for _ in range(4000)]
    predicted = g.std() / B**0.5
    print(f"B = {B:3}   spread of the mean gradient {np.std(means):.3f}   σ/√B = {predicted:.3f}")


# %% batch-sizes timed
def to_target(batch_size, epochs, target=0.94):
    """(seconds, steps, epochs, rate) of the learning rate that gets there first."""
    rates = "0.01,0.03,0.1,0.3,1,3"
    sizes = {"batch_size": batch_size, "epochs": epochs}
    race = steepest.race("digits-mlp", "sgd", lr=rates, seeds=[0], **sizes)
    curves = race.curves(["validation_accuracy", "seconds"])  # a row for each run and step
    there = curves[curves.validation_accuracy >= target]
    first = there.loc[there.seconds.idxmin()]
    steps_per_epoch = -(-1078 // batch_size)
    return first.seconds, first.step, first.step / steps_per_epoch, first.learning_rate


for batch_size, epochs in ((1, 6), (8, 6), (64, 20), (512, 80), (1078, 200), (1077, 800)):
    seconds, steps, passes, rate = to_target(batch_size, epochs)
    spent = f"{seconds * 1000:5.1f} ms, {steps:4} steps, {passes:5.1f} epochs"
    print(f"batch {batch_size:4}: {spent}, at rate {rate:g}")

# %% ewma
Y = days.average  # °C, one value a day


def ewma(values, beta):
    S = [values[0]]  # S₁ = Y₁
    for y in values[1:]:
        S.append(beta * S[-1] + (1 - beta) * y)
    return np.array(S)


print("day:      ", *(f"{t:6}" for t in range(1, 8)))
print("measured: ", *(f"{y:6.2f}" for y in Y[:7]))
for beta in (0.5, 0.9, 0.98):
    S = ewma(Y, beta)
    assert np.allclose(S, steepest.ewma(Y, beta), rtol=0, atol=1e-12)
    jumps = np.abs(np.diff(S)).mean()
    print(f"β = {beta:<6}", *(f"{s:6.2f}" for s in S[:7]), f"  from day to day {jumps:.2f} °C")

# %% unrolled
for beta in (0.5, 0.9, 0.98):
    window = round(1 / (1 - beta))
    weights = (1 - beta) * beta ** np.arange(730)  # of today, yesterday, the day before, …
    print(
        f"β = {beta}: window {window} days, weight {weights[:window].sum():.3f} inside it,",
        f"a day {window} days old counts {weights[window] / weights[0]:.3f} of today",
    )
    climb = np.arange(2000.0)  # one degree more every day
    print(f"          lag behind a steady rise {climb[-1] - ewma(climb, beta)[-1]:.1f} days")

# %% correction
for beta in (0.9, 0.98):
    biased = steepest.ewma(Y, beta, start="zero")
    right = steepest.ewma(Y, beta, start="zero", bias_correction=True)
    print(f"β = {beta}")
    for t in (1, 2, 5, 30, 200):
        S, S_hat, whole = biased[t - 1], right[t - 1], 1 - beta**t
        print(f"  day {t:3}: S = {S:6.2f}   1 − β^t = {whole:.3f}   S/(1 − β^t) = {S_hat:6.2f}")

# %% valley
VALLEY = "(x^2 + 25*y^2)/2"  # curvatures 1 and 25


def left(optimizer, rate, steps=60):
    (descent,) = steepest.descend(VALLEY, optimizer, lr=rate, start=(-4, 1), steps=steps)
    distance = np.hypot(*descent.path[-1])
    return distance if distance < 1e6 else np.inf


for rate in (0.02, 0.04, 0.08, 0.1, 0.2, 0.4):
    plain, heavy = left("sgd", rate), left("momentum:beta=0.8", rate)
    print(f"α = {rate:<4} left after 60 steps: plain {plain:8.1e}   β = 0.8 {heavy:8.1e}")
plain, heavy = left("sgd", 2 / 26), left(f"momentum:beta={4 / 9}", 0.2)
print(f"each at its best:             plain {plain:8.1e}   β = 4/9 {heavy:8.1e}")


# %% factors
def factor(curvature, rate, beta):
    """What a step of momentum leaves of the distance: |r| of the larger root."""
    return max(abs(np.roots([1, (1 - beta) * rate * curvature - 1 - beta, beta])))


for rate in (0.02, 0.04, 0.1, 0.2, 0.4, 0.72, 0.73):
    along, across = factor(1, rate, 0.8), factor(25, rate, 0.8)
    print(f"α = {rate:<4}  a step leaves  along {along:.3f}   across {across:.3f}")
print(f"√0.8 = {0.8**0.5:.3f}, and its 60th power {0.8**30:.1e}")

# %% agree
rng = np.random.default_rng(1)
GRADIENTS = rng.normal(size=(200, 5))  # 200 gradients for five weights


def agree(path, optimizer):
    """Is a path [200, 5] that of a steepest optimizer through the same gradients?"""
    with jax.enable_x64(True):
        w = jnp.zeros(5)
        state = optimizer.init(w)
        ours = []
        for g in GRADIENTS:
            update, state = optimizer.update(jnp.asarray(g), state, w)
            w = w + update
            ours.append(w)
    off = np.abs(np.array(ours) - path).max()
    print("the same to 1e-6 at every step:", bool(off < 1e-6))


# %% rmsprop
def rmsprop(gradients, learning_rate=0.01, beta=0.9, epsilon=1e-8):
    w, s, path = np.zeros(5), np.zeros(5), []
    for g in gradients:
        s = beta * s + (1 - beta) * g**2
        w = w - learning_rate * g / np.sqrt(s + epsilon)  # ε inside the root
        path.append(w)
    return np.array(path)


agree(rmsprop(GRADIENTS), steepest.rmsprop(0.01, beta=0.9, epsilon=1e-8))
steady = np.tile([100.0, 1.0, 0.01, -0.01, -100.0], (40, 1))  # one gradient, forty times
steps = -np.diff(rmsprop(steady), axis=0, prepend=0) / 0.01
for t in (1, 2, 10, 40):
    print(f"step {t:2} in units of α:", *(f"{one:6.2f}" for one in steps[t - 1]))

# %% adam
adam = steepest.adam(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8)


def lengths(gradients):
    """The steps [t, weights] that Adam makes of them, in units of α."""

    def step(state, g):
        update, state = adam.update(g, state, jnp.zeros_like(g))
        return state, -update / 0.001

    gradients = jnp.asarray(gradients)
    return jax.lax.scan(step, adam.init(gradients[0]), gradients)[1]


first = lengths(steady[:, :3])[0]
print("steady gradients 100, 1, 0.01: first step", *(f"{one:.2f}" for one in first))
noise = rng.normal(size=(6000, 3)) * [100, 1, 0.01]
rms = jnp.sqrt((lengths(noise)[3000:] ** 2).mean(axis=0))  # root mean square
print("only noise, of the same three sizes: a step", *(f"{one:.2f}" for one in rms))

# %% uncorrected
print("step   √s too small   v too small    length of the uncorrected step   with β₁ in ŝ")
for t in (1, 5, 10, 100, 1000):
    v, s = 1 - 0.9**t, 1 - 0.999**t  # the sums of the weights in v and in s
    print(f"{t:4} {1 / s**0.5:11.1f} × {1 / v:12.1f} × {v / s**0.5:24.2f} × {(v / s) ** 0.5:19.2f} ×")


# %% relatives
def nesterov(gradients, learning_rate=0.1, beta=0.9):
    w, S, path = np.zeros(5), np.zeros(5), []
    for g in gradients:
        S = beta * S + (1 - beta) * g
        w = w - learning_rate * (beta * S + (1 - beta) * g)  # one step ahead
        path.append(w)
    return np.array(path)


def adagrad(gradients, learning_rate=0.01, epsilon=1e-8):
    w, s, path = np.zeros(5), np.zeros(5), []
    for g in gradients:
        s = s + g**2  # a sum: it forgets nothing
        w = w - learning_rate * g / np.sqrt(s + epsilon)
        path.append(w)
    return np.array(path)


def adadelta(gradients, learning_rate=1.0, beta=0.95, epsilon=1e-6):
    w, s, u, path = np.zeros(5), np.zeros(5), np.zeros(5), []
    for g in gradients:
        s = beta * s + (1 - beta) * g**2
        d = np.sqrt(u + epsilon) / np.sqrt(s + epsilon) * g
        u = beta * u + (1 - beta) * d**2
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


agree(nesterov(GRADIENTS), steepest.nesterov(0.1, beta=0.9))
agree(adagrad(GRADIENTS), steepest.adagrad(0.01, epsilon=1e-8))
agree(adadelta(GRADIENTS), steepest.adadelta(1.0, beta=0.95, epsilon=1e-6))


# %% decoupled
def after(optimizer, steps=3000):
    """Two weights from 3.0 under gradients that are nothing but noise: σ = 5 and σ = 0.01."""
    noise = np.random.default_rng(0).normal(size=(steps, 2)) * [5, 0.01]

    def step(carry, g):
        w, state = carry
        update, state = optimizer.update(g, state, w)
        return (w + update, state), None

    w = jnp.full(2, 3.0)
    (w, _), _ = jax.lax.scan(step, (w, optimizer.init(w)), jnp.asarray(noise))
    return w


for name, optimizer in (
    ("no decay", steepest.adam(0.001)),
    ("Adam, λw added to the gradient", steepest.adam(0.001, weight_decay=0.1, dialect="torch")),
    ("AdamW, the weights shrunk by themselves", steepest.adamw(0.001, weight_decay=0.1)),
):
    large, small = after(optimizer)
    print(f"{name:40} large gradients: {large:.2f}   small gradients: {small:.2f}")

# %% newer timed
names = ["adam", "adamw", "nadam", "radam", "lion", "muon", "schedule_free"]
race = steepest.race("digits-mlp", names, lr="1e-3..1:7", seeds=3, epochs=8)
for row in race.ranking:
    rate = row["hyperparameters"]["learning_rate"]
    print(f"{row['optimizer']:13} best rate {rate:6.2g}   test accuracy {row['mean']:.3f}", end="")
    print(f"   95 % interval {row['low']:.3f} … {row['high']:.3f}")

# %% decay
inverse = steepest.schedules.inverse_time(0.2, decay_rate=1.0)
exponential = steepest.schedules.exponential(0.2, rate=0.95)
for name, rate in (
    ("α₀/(1 + 1·epoch)", inverse),
    ("0.95^epoch·α₀   ", exponential),
    ("cosine, 120     ", steepest.schedules.cosine(0.2, epochs=120)),
    ("step, ÷10 at 40 ", steepest.schedules.step(0.2, factor=0.1, every=40)),
):
    print(name, *(f"{rate(epoch):.4f}" for epoch in (0, 1, 2, 10, 40, 80, 119)))
lower = next(epoch for epoch in range(1, 200) if exponential(epoch) < inverse(epoch))
print("0.95^epoch is the lower from epoch", lower)

# %% standardise
x, y = days.low, days.high  # the day's low predicts its high


def steps_needed(x, y):
    A = np.stack([x, np.ones_like(x)], axis=1)  # ŷ = w·x + b
    H, c = A.T @ A / len(x), A.T @ y / len(x)
    best = np.linalg.solve(H, c)
    low, high = np.linalg.eigvalsh(H)
    theta, steps = np.zeros(2), 0
    start = (theta - best) @ H @ (theta - best)
    while (theta - best) @ H @ (theta - best) > 1e-4 * start:  # a ten-thousandth left?
        theta = theta - 1 / high * (H @ theta - c)  # the largest rate without overshoot
        steps += 1
    return high / low, steps


scaled = (x - x.mean()) / x.std()
for name, inputs in (("°C", x), ("°F", 1.8 * x + 32), ("standardised", scaled)):
    condition, steps = steps_needed(inputs, y)
    print(f"{name:12} condition number {condition:9.1f}   steps {steps}")

# %% scaling
from steepest.data import load
from steepest.data.scaling import fit

cancer = load("cancer")
shift, scale = fit("standardise", cancer.train.x)  # μ and 1/σ, of the training set alone
for name in ("train", "validation", "test"):
    radius = getattr(cancer, name).x[:, 0]
    z = (radius - shift[0]) * scale[0]
    before = f"mean {radius.mean():.2f}, σ {radius.std():.2f}"
    print(f"{name:10}  radius: {before}   scaled: mean {z.mean():z5.2f}, σ {z.std():.2f}")

# %% closing
NAMES = ["sgd", "momentum", "rmsprop", "adam"]
for surface in ("rosenbrock", "x^2 + 10*(y - sin(x))^2"):
    print(surface)
    options = {"lr": "1e-4..10:16", "start": (-1.5, 1.5), "steps": 150}
    tried = steepest.descend(surface, NAMES, **options)
    for name in NAMES:
        mine = [one for one in tried if one.optimizer == name and not one.diverged]
        best = min(mine, key=lambda one: one.values[-1])
        rate = best.hyperparameters["learning_rate"]
        print(f"  {name:9} best rate {rate:8.3g}   ends at {best.values[-1]:9.2e}")

# %% moons timed
THREE = ["sgd", "momentum", "adam"]
race = steepest.race("moons-deep", THREE, seeds=10)  # α = 0.0007, 1000 epochs
for row in race.ranking:
    print(f"{row['optimizer']:9} test accuracy {row['mean']:.3f}", end="")
    print(f"   95 % interval {row['low']:.3f} … {row['high']:.3f}")

# %% moons-tuned timed
race = steepest.race("moons-deep", THREE, lr="1e-3..10:9", seeds=3, epochs=300)
for row in race.ranking:
    rate = row["hyperparameters"]["learning_rate"]
    print(f"{row['optimizer']:9} best rate {rate:6.3g}   test accuracy {row['mean']:.3f}")
print("validation accuracy at each rate, from 0.001 to 10 in factors of √10:")
for name in THREE:
    at = {}
    for run in (run for run in race.runs if run.optimizer == name):
        accuracy = run.metrics.get("validation_accuracy", np.nan)  # none if it diverged
        at.setdefault(run.hyperparameters["learning_rate"], []).append(accuracy)
    print(f"{name:9}", *(f"{np.mean(at[rate]):.2f}" for rate in sorted(at)))
