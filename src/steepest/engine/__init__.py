"""The engine: many runs of one network as one compiled program.

It knows no optimizer, schedule or workload by name; it is handed the pure functions of one run (`rules.Rules`).
"""
