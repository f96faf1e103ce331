"""The code of chapter 1.1, what a neural network is."""

# %% look
from steepest.data import load

splits = load("digits")
x, y = splits.train.x / 16, splits.train.y  # ink from 0 to 1, [m, 8, 8], and what it says
print(f"{len(y)} pictures of {x.shape[1]}×{x.shape[2]} to learn from; the first says {y[0]}:")
for row in x[0]:
    print("".join(" .:-=+*#%@"[int(9 * ink)] for ink in row).rstrip())

# %% rule
import numpy as np

x_test, y_test = splits.test.x / 16, splits.test.y
hole = x_test[:, 3:5, 3:5].mean(axis=(1, 2)) < 0.2  # a rule by hand: zeros have a hole in the middle
zero = y_test == 0
found, mistaken = np.mean(hole[zero]), np.mean(hole[~zero])
print(f"the rule finds {found:.0%} of the zeros; {mistaken:.0%} of the others pass for zeros")

# %% templates
means = np.stack([x[y == k].mean(axis=0) for k in range(10)])
distances = ((x_test[:, None] - means) ** 2).sum(axis=(2, 3))
print(f"nearest average picture: {np.mean(distances.argmin(axis=1) == y_test):.3f}")

# %% network
import steepest

run = steepest.train("digits-mlp")
print(f"64-32-10 network: {run.metrics['test_accuracy']:.3f} of unseen digits right")

# %% parameters
parameters = run.race.model(run.id)
for name, values in parameters.items():
    print(name, values.shape)
print("numbers that it learned:", sum(values.size for values in parameters.values()))

# %% classical
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

for classical in (KNeighborsClassifier(3), SVC(C=10)):
    classical.fit(x.reshape(len(x), -1), y)
    print(f"{type(classical).__name__}: {classical.score(x_test.reshape(len(x_test), -1), y_test):.3f}")

# %% features
from sklearn.linear_model import LogisticRegression


def designed(x):
    """Five features that a person might think of: ink, where it lies, symmetry."""
    ink = x.sum(axis=(1, 2))
    place = np.arange(8)
    down, right = (x.sum(axis=2) @ place) / ink, (x.sum(axis=1) @ place) / ink
    mirrored, turned = (abs(x - x[:, :, ::-1]).mean(axis=(1, 2)), abs(x - x[:, ::-1]).mean(axis=(1, 2)))
    return np.stack([ink / 30, down / 8, right / 8, 4 * mirrored, 4 * turned], axis=1)


fitted = LogisticRegression(max_iter=2000, C=100).fit(designed(x), y)
print(f"five designed features: {fitted.score(designed(x_test), y_test):.3f}")

# %% more-data
for samples in (50, 200, 1078):
    epochs = 20 * 1078 / samples
    row = steepest.race("digits-mlp", "adam", lr=5e-3, samples=samples, epochs=epochs, seeds=3).ranking[0]
    print(f"{samples:4} examples, as many pictures read: test accuracy {row['mean']:.3f}")

# %% work timed
race = steepest.race("digits-mlp", "adam", lr=5e-3, seeds=3)
size, seen = 2410, 1078 * 20
operations = 6 * size * seen * len(race.runs)  # forward 2, backward 4 per weight and picture
seconds = race.wall_s - race.compile_s
print(f"{operations / 1e9:.1f} billion operations in {seconds:.2f} s")
