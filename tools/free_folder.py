"""Print the first of runs/first, runs/first-2, … that does not exist yet."""

import sys
from itertools import count
from pathlib import Path

wanted = Path(sys.argv[1])
names = (wanted if n == 1 else wanted.with_name(f"{wanted.name}-{n}") for n in count(1))
print(next(name for name in names if not name.exists()))
