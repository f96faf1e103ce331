"""The figures, one a file: `FIGURE`, its controls and the function that computes its chart."""
