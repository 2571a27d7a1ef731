# Everything in one place: `make run` serves the site, `make test` tests all of it.
# Any Python 3.8 will do to begin with; the set-up finds or fetches the ones that are used.
PYTHONS := python3 /usr/bin/python3 $(wildcard $(HOME)/.pyenv/versions/3.*/bin/python3)
PYTHON := $(shell for p in $(PYTHONS); do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && echo $$p && break; done)
# Two test files at once; what a file sets up once is set up once.
SPREAD := -n 2 --dist loadfile
# Hundreds of databases are made and thrown away: in memory, where there are two gigabytes for it.
export PYTEST_DEBUG_TEMPROOT := $(shell df -k /dev/shm 2>/dev/null | \
	awk 'NR == 2 && $$4 > 2000000 { print "/dev/shm" }')
export RASA_TELEMETRY_ENABLED := false
# What was compiled is kept: to compile all tests anew costs each of two processes several seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup train run test quick pictures lint check soak bench adapt lock clean
help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

setup:  ## Make both environments, the application's and the engine's
	@test -n "$(PYTHON)" || { echo "Python 3.8 or later is missing; install python3"; exit 1; }
	@$(PYTHON) -m scripts.setup

train: setup  ## Train the model when it is older than what it is made from
	@.venv/bin/candor train

run: setup  ## Serve the site on http://localhost:8080; Ctrl-C stops everything
	@exec .venv/bin/candor serve

test: setup  ## Test everything: style, types, the engine, the application, a real browser
	@$(PYTHON) -m scripts.browser && $(PYTHON) -m scripts.web_tools
	@$(MAKE) --no-print-directory lint train
	engine/.venv/bin/python -m pytest -q -c engine/pyproject.toml tests/engine
	.venv/bin/python -m pytest -q $(SPREAD)

quick: setup lint  ## Test what needs no model, no browser and no whole site, in a minute
	.venv/bin/python -m pytest -q $(SPREAD) -m "not slow" --ignore=tests/e2e

pictures: setup  ## Take the README's pictures anew
	@.venv/bin/python -m tests.e2e.pictures

lint:
	.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy
	@$(PYTHON) -m scripts.web_tools check

check: setup  ## Check documents, answers, quotations and settings
	@.venv/bin/candor check

# MINUTES=30 goes on with one seed after the other, SEED=7 says with which it begins.
soak: train  ## Let patients write on WhatsApp while everything is killed and fails
	.venv/bin/python -m tests.whatsapp.soak $(MINUTES:%=--minutes %) $(SEED:%=--seed %)

bench: setup  ## Compare this pipeline with the one that `rasa init` makes
	@.venv/bin/python -m bench

adapt: setup  ## Fit the encoder to the examples anew; half an hour, after many new ones
	@.venv/bin/python -m adapting

lock: setup  ## Renew the locks from what the pyproject files ask for
	@$(PYTHON) -m scripts.lock

clean:  ## Remove what can be made again; conversations (var/) stay
	rm -rf .venv engine/.venv bench/.venv adapting/.venv tests/node/node_modules .cache build models .mypy_cache .pytest_cache .ruff_cache
