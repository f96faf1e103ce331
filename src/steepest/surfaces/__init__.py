"""Surfaces: functions of two variables to descend, each with its formula, its minima and a verdict on any point.

They know nothing of optimisers, races or pictures. `surfaces.loading.surface` reads a name or a typed formula.
"""
