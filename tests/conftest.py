"""A cache of the tests' own, and one CPU device per core before JAX is used, as a race has it."""

import os
from pathlib import Path

os.environ["LC_ALL"] = "C.UTF-8"  # messages are in English, wherever the tests run
os.environ.setdefault("STEEPEST_CACHE", str(Path(__file__).parents[1] / ".cache"))

from steepest.devices import prepare

prepare()
