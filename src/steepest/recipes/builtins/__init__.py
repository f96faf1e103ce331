"""The optimizers that each library has: which of them is the same rule as a run's."""
