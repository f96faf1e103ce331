"""The public names are a contract; importing the light layers loads no JAX."""

import builtins
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import steepest

PUBLIC = """BadFile BadValue LossPlane Metric Race Run Split Splits SteepestError Surface Target TooLarge Unavailable
UnknownName UserError Workload adadelta adagrad adam adamax adamw batched compare descend ewma lamb lion loss_plane
losses metrics mlp momentum muon nadam nesterov race radam rank resume rmsprop schedule_free schedules
sgd split surface train workload""".split()


def test_public_names() -> None:
    assert steepest.__all__ == PUBLIC
    assert all(getattr(steepest, name) is not None for name in PUBLIC)
    assert all(callable(getattr(steepest, name)) for name in PUBLIC if name not in ("losses", "metrics", "schedules"))


def test_importing_all_names_hides_none_of_python_s_own() -> None:
    names: dict[str, object] = {}
    exec("from steepest import *", names)
    assert not names.keys() & set(dir(builtins))
    assert steepest.open.__name__ == "open_race"
    assert {"open", "__version__"} <= set(dir(steepest))


@pytest.mark.parametrize(
    "code",
    [
        "import steepest",
        "import steepest.core.spec, steepest.core.axes, steepest.store, steepest.view.report, steepest.data",
        "import steepest.stats.ranking, steepest.racing.results, steepest.racing.report_data",
        "import steepest; assert steepest.surface('x^2 + y').value(2, 1) == 5",
        "from steepest.cli.main import main; assert main(['--help']) == 0",
        "from steepest.cli.main import main; assert main(['race', '--help']) == 0",
    ],
)
def test_light_imports_load_no_jax(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", f"{code}\nimport sys; assert 'jax' not in sys.modules"])
    assert done.returncode == 0


def test_no_committed_file_names_a_package_registry() -> None:
    root = Path(__file__).parents[1]
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com"]
    files = subprocess.run(
        ["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    found = [f for f in files for host in hosts if (root / f).is_file() and host.encode() in (root / f).read_bytes()]
    assert found == []


def test_ewma_is_the_chapters_formula() -> None:
    y = [1.0, 3.0, 2.0]
    assert np.allclose(steepest.ewma(y, 0.9), [1, 1.2, 1.28], rtol=1e-15)
    assert np.allclose(steepest.ewma(y, 0.9, start="zero"), [0.1, 0.39, 0.551], rtol=1e-15)
    corrected = steepest.ewma(y, 0.9, start="zero", bias_correction=True)
    assert np.allclose(corrected, [1, 0.39 / 0.19, 0.551 / 0.271], rtol=1e-14)
    assert len(steepest.ewma([], 0.5)) == 0


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (([1, 2], 1.0), {}),
        (([1, 2], -0.1), {}),
        (([1, np.nan], 0.5), {}),
        (([[1.0]], 0.5), {}),
        (([1.0], 0.5), {"start": "last"}),
        (([1.0], 0.5), {"bias_correction": True}),
    ],
)
def test_ewma_refuses(arguments: tuple, options: dict) -> None:
    with pytest.raises(steepest.BadValue):
        steepest.ewma(*arguments, **options)
