"""`python -m steepest` is `steepest`."""

import sys

from .cli.main import main

sys.exit(main())
