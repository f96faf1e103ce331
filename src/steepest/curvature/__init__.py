"""The shape of a loss around a point of parameter space: directions to look along. NumPy alone, no networks."""
