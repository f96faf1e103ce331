"""A race that never ran: four optimisers, nine learning rates, three seeds, all numbers from one seeded
generator.

Large rates diverge, each optimiser has its own best rate, and the two leaders are close enough to tie.
"""

import math

import numpy as np

RATES = [0.0001, 0.000316228, 0.001, 0.00316228, 0.01, 0.0316228, 0.1, 0.316228, 1.0]
# log10 of the best rate, width of the plateau in decades, best accuracy, log10 of the rate where it breaks
SHAPES = {
    "sgd": (-0.6, 1.1, 0.9705, 0.6),
    "momentum": (-1.5, 1.0, 0.9792, -0.7),
    "rmsprop": (-3.0, 0.8, 0.9771, -1.2),
    "adam": (-2.8, 0.9, 0.9795, -1.2),
}
STEPS = [43 * i for i in range(21)]


def _accuracy(shape, rate, noise):
    centre, width, best, _ = shape
    error = (1 - best) * math.exp(((math.log10(rate) - centre) / width) ** 2 * 0.9 + noise)
    return 1 - min(0.89, error)


def _run(rng, shape, rate, identity, configuration, seed, target):
    past = math.log10(rate) - shape[3]
    diverged = past > 0 or (past > -0.35 and seed == 2)
    noise = 0.045 * rng.standard_normal()
    accuracy = _accuracy(shape, rate, noise)
    speed = 3 + 4 * accuracy
    steps = 860 if not diverged else int(43 * rng.integers(2, 9))
    curve = {"train_loss": [], "validation_loss": [], "validation_accuracy": []}
    to_target = None
    for step in STEPS:
        if diverged and step > steps:
            curve["train_loss"].append([step, math.nan])
            break
        share = 1 - math.exp(-speed * step / 860)
        loss = 2.3 * (1 - share) + (1 - accuracy) * 3 * share + 0.004 * abs(rng.standard_normal())
        if diverged:
            loss = 2.3 + (step / 86) ** 2
        seen = 0.1 + (accuracy - 0.1) * share if not diverged else 0.1
        curve["train_loss"].append([step, loss * 0.92])
        curve["validation_loss"].append([step, loss])
        curve["validation_accuracy"].append([step, seen])
        if target and to_target is None and seen >= target:
            to_target = {"steps": step, "seconds": round(step * 0.00031, 4)}
    metrics = {
        "test_accuracy": math.nan if diverged else accuracy,
        "test_loss": math.nan if diverged else 3 * (1 - accuracy),
        "validation_accuracy": math.nan if diverged else accuracy - 0.001,
        "validation_loss": math.nan if diverged else 3.1 * (1 - accuracy),
        "train_loss": math.nan if diverged else 2.5 * (1 - accuracy),
    }
    run = {
        "id": identity,
        "configuration": configuration,
        "seed": seed,
        "status": "diverged" if diverged else "finished",
        "steps": steps,
        "metrics": metrics,
        "to_target": to_target,
    }
    return run, curve


def _row(configuration, runs, metric, choose_by):
    values = [r["metrics"][metric] for r in runs if r["status"] == "finished"]
    chosen = [r["metrics"][choose_by] for r in runs if r["status"] == "finished"]
    mean = sum(values) / len(values) if values else math.nan
    half = 4.303 * np.std(values, ddof=1) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return {
        "rank": 0,
        "tied": False,
        "optimizer": configuration["optimizer"],
        "configuration": configuration["id"],
        "hyperparameters": configuration["hyperparameters"],
        "metric": metric,
        "mean": mean,
        "low": mean - half,
        "high": min(1.0, mean + half),
        "n": len(values),
        "chosen_by": sum(chosen) / len(chosen) if chosen else math.nan,
    }


def _rank(rows, by_validation):
    def place(row):
        return -row["chosen_by"] if not math.isnan(row["chosen_by"]) else math.inf

    def score(row):
        return -row["mean"] if not math.isnan(row["mean"]) else math.inf

    best = {}
    for row in sorted(rows, key=place):
        best.setdefault(row["optimizer"], row)
    ranking = sorted(best.values(), key=score)
    lead = ranking[0]
    return [
        [{**row, "rank": i, "tied": i == 1 or bool(row["high"] >= lead["low"])} for i, row in enumerate(ranking, 1)],
        [{**row, "rank": i, "tied": None} for i, row in enumerate(sorted(by_validation, key=place), 1)],
    ]


def race(optimizers=None, rates=None, seeds=3, target=0.95):
    """A race dict; every number is a function of the arguments."""
    rng = np.random.default_rng(7)
    shapes = SHAPES if optimizers is None else optimizers
    configurations, runs = [], []
    curves = {"train_loss": {}, "validation_loss": {}, "validation_accuracy": {}}
    for name, shape in shapes.items():
        for rate in rates or RATES:
            c = len(configurations)
            varied = {"learning_rate": rate} if len(rates or RATES) > 1 else {}
            full = {
                "learning_rate": rate,
                "beta1": 0.9,
                "beta2": 0.999,
                "epsilon": 1e-8,
                "dialect": "textbook",
            }
            configurations.append(
                {"id": c, "optimizer": name, "label": name, "hyperparameters": full, "varied": varied}
            )
            for seed in range(seeds):
                run, curve = _run(rng, shape, rate, len(runs), c, seed, target)
                for metric, points in curve.items():
                    curves[metric][run["id"]] = points
                runs.append(run)
    rows, by_validation = (
        [_row(c, [r for r in runs if r["configuration"] == c["id"]], m, "validation_accuracy") for c in configurations]
        for m in ("test_accuracy", "validation_accuracy")
    )
    ranking, everything = _rank(rows, by_validation)
    return {
        "workload": {
            "id": "mnist-mlp",
            "title": {"en": "MNIST digits, multilayer perceptron", "zh": "MNIST 手写数字 · 多层感知机"},
            "target": {"metric": "validation_accuracy", "value": target} if target else None,
            "parameters": 109386,
        },
        "metric": "test_accuracy",
        "choose_by": "validation_accuracy",
        "loss": "train_loss",
        "command": "steepest race mnist-mlp -o sgd -o momentum -o rmsprop -o adam --lr 1e-4..1:9 --seeds 3",
        "versions": {
            "steepest": "0.1.0",
            "python": "3.13.0",
            "jax": "0.12.0",
            "jaxlib": "0.12.0",
            "optax": "0.2.8",
            "platform": "Linux 6.1 x86_64, Intel Xeon, 2 cores",
        },
        "wall_s": 61.2,
        "compile_s": 6.1,
        "started": "2026-11-22T10:00:00Z",
        "epochs": 2,
        "steps_per_epoch": 430,
        "configurations": configurations,
        "runs": runs,
        "curves": curves,
        "ranking": ranking,
        "all": everything,
    }
