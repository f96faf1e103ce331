# Two commands do everything on a fresh machine: `make race` and `make test`.

PYTHON ?= $(shell sh tools/newest-python.sh)
PEERS_PYTHON ?= $(shell sh tools/newest-python.sh 3.11)
VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin

.PHONY: race test check format parity bench peers lock clean

race: $(VENV)/ready  ## race four optimisers over nine learning rates on MNIST
	$(BIN)/steepest race mnist-mlp -o sgd -o momentum -o rmsprop -o adam --lr 1e-4..1:9 --seeds 3 --epochs 2 \
		--out $$($(BIN)/python tools/free_folder.py runs/first)

test: check $(PEERS)/ready  ## the whole test suite
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/ready  ## formatting, lint, types, layers, translations
	$(BIN)/ruff format --check src tests benchmarks tools
	$(BIN)/ruff check --no-cache src tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/ready
	$(BIN)/ruff check --fix-only src tests benchmarks tools
	$(BIN)/ruff format src tests benchmarks tools

parity: $(PEERS)/ready  ## replay every optimiser and dialect against the live libraries
	$(PEERS)/bin/python -m benchmarks.parity

bench: $(VENV)/ready $(PEERS)/ready  ## measure us beside PyTorch, Keras, Optuna and Ray Tune, in turns
	$(BIN)/python -m benchmarks

peers: $(PEERS)/ready  ## PyTorch, TensorFlow and Keras, in an environment of their own

$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# PyTorch is pinned without a hash: its CPU build and its CUDA build share a version
$(PEERS)/ready: pyproject.toml constraints-peers.txt
	$(PEERS_PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r constraints-peers.txt
	$(PEERS)/bin/python -m pip install -q --disable-pip-version-check torch==2.13.0
	$(PEERS)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

lock: $(VENV)/ready  ## pin every dependency, with hashes, for every supported Python
	sh tools/lock.sh

clean:
	rm -rf $(VENV) $(PEERS) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
