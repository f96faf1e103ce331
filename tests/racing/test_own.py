"""Optimisers and schedules of the user's own: swept like ours, and resumed from what the race keeps."""

import json
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np
import optax
import pytest

import steepest
from steepest.cli.main import main
from steepest.racing.runner import Runner

FILE = """
import optax

def signmix(learning_rate, beta=0.9, nesterov=False):
    return optax.chain(optax.trace(beta, nesterov), optax.scale_by_learning_rate(learning_rate))
"""

traced: list[Any] = []


def signmix(learning_rate: Any, beta: float = 0.9, nesterov: bool = False) -> Any:
    traced.append(beta)
    return optax.chain(optax.trace(beta, nesterov), optax.scale_by_learning_rate(learning_rate))


def falling(step: Any) -> Any:
    return 0.3 / (1 + 0.1 * step)


def _raced(optimizers: Any, **options: Any) -> steepest.Race:
    return steepest.race("cancer-neuron", optimizers, epochs=4, quick=True, **{"seeds": 1, **options})


def _interrupted(monkeypatch: pytest.MonkeyPatch, optimizers: Any, out: Path, **options: Any) -> None:
    """A race that is cut short before its first step."""

    def run(self: Runner) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Runner, "run", run)
        with pytest.raises(KeyboardInterrupt):
            _raced(optimizers, out=out, **options)


def _losses(race: steepest.Race) -> list[float]:
    return [run.metrics["validation_loss"] for run in race.runs]


def test_its_numbers_are_swept_in_one_program_and_told() -> None:
    traced.clear()
    race = _raced([("signmix", signmix, {"beta": [0.5, 0.8, 0.9], "nesterov": True})], lr=[0.1, 0.3])
    assert all(not isinstance(beta, float) for beta in traced)
    assert len(race.spec.layouts) == 1
    settings = [(run.hyperparameters["learning_rate"], run.hyperparameters["beta"]) for run in race.runs]
    assert settings == [(rate, beta) for rate in (0.1, 0.3) for beta in (0.5, 0.8, 0.9)]
    assert all(run.hyperparameters["nesterov"] is True for run in race.runs)
    assert list(race.frame()["beta"]) == [beta for _, beta in settings]
    assert {run.optimizer for run in race.runs} == {"signmix"}
    # Nesterov's momentum is ours too: the same runs, written by another hand
    ours = _raced("nesterov:beta=0.5,0.8,0.9,dialect=optax", lr=[0.1, 0.3])
    np.testing.assert_allclose(_losses(race), _losses(ours), rtol=1e-5)  # float32, two orders of the same operations


def test_what_was_a_label_is_an_axis() -> None:
    race = _raced(("signmix:beta=0.8,0.9", signmix))
    assert [run.hyperparameters["beta"] for run in race.runs] == [0.8, 0.9]
    assert {run.optimizer for run in race.runs} == {"signmix"}


def test_of_optax_and_from_a_file_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.py").write_text(FILE)
    monkeypatch.chdir(tmp_path)
    order = ["race", "cancer-neuron", "--quick", "--epochs", "1", "--seeds", "1", "--lr", "0.1,0.3", "--out", "r"]
    assert main([*order, "-o", "optax.adabelief:b1=0.9,0.95", "-o", "own.py:signmix:beta=0.8", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["runs"]
    assert [run["optimizer"] for run in told] == ["optax.adabelief"] * 4 + ["own.py:signmix"] * 2
    assert [run["hyperparameters"]["b1"] for run in told[:4]] == [0.9, 0.95] * 2
    assert {run["hyperparameters"]["beta"] for run in told[4:]} == {0.8}
    both = _raced(["own.py:signmix:beta=0.8", "own.py:signmix:beta=0.9"])
    assert [run.optimizer for run in both.runs] == ["own.py:signmix:beta=0.8", "own.py:signmix:beta=0.9"]
    plain = _raced(("b", optax.adabelief, {"b1": [0.9, 0.95]}), lr=[0.1, 0.3])
    again = _raced("optax.adabelief:b1=0.9,0.95", lr="0.1,0.3")
    assert _losses(plain) == _losses(again)
    for wrong, word in (
        ("optax.adabelif", "optax.adabelief"),
        ("own.py:sgnmix", "signmix"),
        ("own.py:signmix:bta=1", "beta"),
    ):
        assert main([*order, "-o", wrong]) == 2
        error = capsys.readouterr().err
        assert f"did you mean {word!r}" in error
        assert error.count("\n") == 1


def test_a_race_resumes_from_its_spec_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    (home / "own.py").write_text(FILE)
    monkeypatch.chdir(home)
    optimizers = ["own.py:signmix:beta=0.8,0.9", "optax.adabelief:b1=0.9", optax.lion, ("mine", optax.yogi)]
    whole = _raced(optimizers, lr=0.1)
    _interrupted(monkeypatch, optimizers, tmp_path / "r", lr=0.1)
    monkeypatch.chdir(elsewhere)
    assert _losses(steepest.resume(tmp_path / "r")) == _losses(whole)


def test_what_only_a_program_has_must_be_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    optimizers = [("signmix", signmix, {"beta": [0.8, 0.9]})]
    whole = _raced(optimizers, schedule=[falling, ("other", lambda step: 0.1)])
    _interrupted(monkeypatch, optimizers, tmp_path / "r", schedule=[falling, ("other", lambda step: 0.1)])
    with pytest.raises(steepest.UnknownName, match=r"'signmix', which only the program that began it has; pass it"):
        steepest.resume(tmp_path / "r")
    with pytest.raises(steepest.UnknownName, match=r"schedule 'falling', which only the program"):
        steepest.resume(tmp_path / "r", optimizers=[signmix])
    assert main(["resume", str(tmp_path / "r")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    schedules = [falling, ("other", lambda step: 0.1)]
    assert _losses(steepest.resume(tmp_path / "r", optimizers=[signmix], schedules=schedules)) == _losses(whole)
    plane = steepest.loss_plane(tmp_path / "r", [0], resolution=7, optimizers=[signmix], schedules=schedules)
    assert plane.deviation == 0


def test_a_schedule_of_one_s_own_is_the_rate(tmp_path: Path) -> None:
    """optax.linear_schedule(a, 0, n) over the run's n steps is our linear from a."""
    race = _raced("sgd:learning_rate=0.3", schedule="linear")
    steps = race.runs[0].steps
    own = _raced("sgd", schedule=["linear", optax.linear_schedule(0.3, 0.0, steps), falling], lr=0.3)
    assert [run.hyperparameters["schedule"] for run in own.runs] == ["linear", "polynomial_schedule", "falling"]
    assert ["learning_rate" in run.hyperparameters for run in own.runs] == [True, False, False]
    np.testing.assert_allclose(_losses(own)[1], _losses(race)[0], rtol=1e-5)  # float32 rates, computed in two ways
    assert _losses(own)[2] != _losses(own)[1]
    with pytest.raises(steepest.BadValue, match="follows 'falling', a schedule that is not one of ours"):
        own.recipe("torch", run=2)
    with pytest.raises(steepest.BadValue, match="leave out those of 'sgd'"):
        _raced("sgd", lr=0.1, schedule=falling)
    with pytest.raises(steepest.BadValue, match="'transformation' has no learning rate for schedule 'falling'"):
        _raced(optax.sgd(0.1), schedule=falling)
    assert "learning_rate" not in _raced(None, schedule=falling).runs[0].hyperparameters  # nor the recipe's


def test_one_name_for_two_things_is_refused() -> None:
    with pytest.raises(steepest.BadValue, match="two optimizers are called 'm'"):
        _raced([("m:beta=0.1", signmix), ("m:beta=0.2", lambda learning_rate, beta: optax.sgd(learning_rate))])
    with pytest.raises(steepest.BadValue, match="two schedules are called 'custom'"):
        _raced("sgd", schedule=[lambda step: 0.1, lambda step: 0.2])


def test_a_descent_follows_them_too() -> None:
    steps = 5
    given = [("signmix", signmix, {"beta": [0.5, 0.9]}), "optax.sgd"]
    swept = steepest.descend("tilted-bowl", given, steps=steps, schedule=lambda step: 0.1 * jnp.exp(-1.0 * step))
    ours = steepest.descend(
        "tilted-bowl",
        "momentum:beta=0.5,0.9,dialect=optax",
        lr=0.1,
        steps=steps,
        schedule="exponential:rate=0.36787944117144233",
    )
    for own, one in zip(swept, ours, strict=False):
        np.testing.assert_allclose(own.path, one.path, rtol=1e-12)  # float64


def test_the_recipe_of_one_says_its_numbers() -> None:
    race = _raced(("signmix", signmix, {"beta": 0.8}), lr=0.1)
    with pytest.raises(
        steepest.BadValue, match=r"'signmix', .* its own code is its recipe \(learning_rate 0.1, beta 0.8\);"
    ):
        race.recipe("torch")
