"""Statistics of a race: intervals over seeds, tests of differences, rankings. Plain NumPy, no JAX."""
