"""The live parity replay: every optimiser in every dialect, step by step against the library it names.

.venv-peers/bin/python -m benchmarks.parity            all settings, all problems, 200 steps in float64
.venv-peers/bin/python -m benchmarks.parity --quick    one setting and one problem each
"""
