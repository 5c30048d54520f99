# Two commands for a fresh machine: `make serve` and `make test`. The rest: `make help`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := .build/lock/bin
COMPILE := $(LOCK)/python -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate --custom-compile-command "make lock"
TURTLE := ontology data shapes tests
# The checks that are no tests: those of a second go first, the others beside the tests, where
# these wait. Each has its own lines.
SOON := .ruff .format .layers .turtle
BESIDE := .mypy .graph
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
APT := openjdk-17-jre-headless chromium chromium-driver nginx-light apache2-bin openssl virtuoso-opensource-7-bin systemd

.PHONY: help serve test test-all test-long pictures bench fuzz check format lock clean system $(SOON) $(BESIDE) .tests

# What was compiled is kept: the tests start some hundred processes.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(VENV)/.run ## load and check the graph, serve it (PORT=8000)
	@exec $(BIN)/wijk serve $(if $(PORT),--port $(PORT))

check: $(VENV)/.run ## check the graph
	@$(BIN)/wijk check

test: $(VENV)/.test ## the pure-Python suite: format, types, layers, tests, the graph
	@$(MAKE) --no-print-directory --jobs 2 $(SYNC) $(SOON)
	@$(MAKE) --no-print-directory --jobs 3 $(SYNC) .tests $(BESIDE)

# With the plus its lines are shown as they come; a make that a test starts is one of its own.
.tests:
	+MAKEFLAGS= $(BIN)/python -m pytest -q -n 2 --dist loadfile

.ruff:
	$(BIN)/ruff check .

.format:
	$(BIN)/ruff format --check .

.mypy:
	nice $(BIN)/mypy

.layers:
	$(BIN)/lint-imports --no-cache

.turtle:
	$(BIN)/turtlefmt --check $(TURTLE)

.graph:
	nice $(BIN)/wijk check --referee

test-all: test system $(VENV)/.all .build/comunica/.made .build/harvest/.made ## all of that, and what needs Java, a browser, Node and root
	$(BIN)/python -m pytest -q -n 2 --dist loadfile \
		-m "reasoner or browser or wheel or engine or harvest or system or fuzz or referee or process or whole"

test-long: system $(VENV)/.all ## every page in every width and theme, in a browser
	nice $(BIN)/python -m pytest -q -m long tests/site

pictures: system $(VENV)/.all ## pictures of every template, in docs/pictures
	nice $(BIN)/python tests/site/pictures.py

bench: $(VENV)/.all ## measure beside other servers (BENCH="--sizes 29 --seconds 1" for a quick look)
	@$(BIN)/python tests/bench/run.py $(BENCH)

# FUZZ_FIRST is where the search begins: another place each time, unless it is given.
fuzz: $(VENV)/.all ## ten minutes of requests that try to be the end of the server (FUZZ_SECONDS=36 a law)
	FUZZ_SECONDS=$${FUZZ_SECONDS:-36} FUZZ_FIRST=$${FUZZ_FIRST:-$$(date +%s)} \
		nice $(BIN)/python -m pytest -q -m fuzz tests/fuzz

format: $(VENV)/.test ## put Python and Turtle in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/turtlefmt $(TURTLE)

lock: $(LOCK)/uv ## make the lock files again (LOCK_FLAGS=--upgrade for newer versions)
	$(COMPILE) $(LOCK_FLAGS) pyproject.toml --group build -o requirements.txt
	$(COMPILE) $(LOCK_FLAGS) pyproject.toml --group build --group test \
		-c requirements.txt -o requirements-test.txt
	$(COMPILE) $(LOCK_FLAGS) pyproject.toml --group build --group test --group all \
		-c requirements-test.txt -o requirements-all.txt

clean: ## remove the environment and everything that was built
	rm -rf $(VENV) .build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Stamps: what is older than its list is installed again, and nothing else.

$(VENV)/.made:
	@command -v $(firstword $(PYTHON)) > /dev/null || \
		{ echo "$(firstword $(PYTHON)) is not there; name a Python that is, such as: make $(or $(MAKECMDGOALS),serve) PYTHON=python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "wijk needs Python 3.11 or newer; name one with: make $(or $(MAKECMDGOALS),serve) PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "$(PYTHON) cannot make an environment; on Debian and Ubuntu the package python3-venv is missing" >&2; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.txt pyproject.toml
	@echo "Installing what wijk needs; this happens once." >&2
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.txt
	@$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

$(VENV)/.all: $(VENV)/.test requirements-all.txt
	@$(PIP) install --require-hashes -r requirements-all.txt
	@touch $@

.build/comunica/.made: tests/engines/comunica/package-lock.json
.build/harvest/.made: tests/harvest/node/package-lock.json

.build/comunica/.made .build/harvest/.made:
	@command -v npm > /dev/null || { echo "npm is not there; install Node 20 or newer with it" >&2; exit 1; }
	@mkdir -p $(@D) && cp $(<D)/package*.json $(@D)
	@npm ci --prefix $(@D) --silent --no-audit --no-fund --ignore-scripts
	@touch $@

$(LOCK)/uv:
	@$(PYTHON) -m venv .build/lock
	@.build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv

# Debian packages that are not there yet, npm if no other one is; needs root.
system:
	@missing=; for package in $(APT); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q '^install ok' || missing="$$missing $$package"; done; \
	command -v npm > /dev/null || missing="$$missing npm"; \
	if [ -n "$$missing" ]; then \
		echo "Installing Debian packages:$$missing" >&2; \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing > /dev/null; fi
