"""From a race as plain data to what a reader sees: chart data and the report. No JAX, no store, no statistics
here.
"""
