"""The benchmarks are scripts of the repository, not a part of the package: its root must be importable.

This folder must not be a package: it would be called `benchmarks` too.
"""

import sys
from pathlib import Path

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.append(ROOT)
