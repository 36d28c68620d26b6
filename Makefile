# One command for each thing that people do with the dossier. `make` lists them.
# Everything sets itself up in .venv from requirements.lock; only Python 3.11 or newer, make and git are needed.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
SERVER := tests/editor/node_modules/.package-lock.json

export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL := help
.PHONY: help site serve test lint check bench fuzz lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(READY) ## Build the site into site/, strictly, and check what came out
	$(BIN)/mkdocs build --strict
	$(BIN)/dossier verify site

serve: $(READY) ## Preview the site on http://127.0.0.1:8000, rebuilt on every change
	$(BIN)/mkdocs serve

check: $(READY) ## Check all content: quotations, references, dates, status
	$(BIN)/dossier check $(CHECK)

test: $(READY) $(SERVER) lint ## Run all tests, the browser's too
	CHROMIUM="$$($(BIN)/python tests/support/find_browser.py)" $(BIN)/python -m pytest --numprocesses auto --dist worksteal

bench: $(READY) ## Measure build time and memory beside plain MkDocs Material
	$(BIN)/python -m bench.run

fuzz: $(READY) ## Spoil every kind of file at random, many times over (SEED=7 ROUNDS=2000)
	PYTHONPATH=tests $(BIN)/python -m support.fuzz --seed $(or $(SEED),1) --rounds $(or $(ROUNDS),500)

lint: $(READY) ## Check style and types of the program, and that schema/ is what its records give
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/dossier schema --check

lock: $(READY) ## Renew requirements.lock (needs uv)
	uv pip compile --universal --generate-hashes --group dev pyproject.toml -o requirements.lock --custom-compile-command "make lock" --upgrade -q

clean: ## Remove everything that was made
	rm -rf $(VENV) tests/editor/node_modules site .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with PYTHON=python3.12 make …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is needed (on Debian: apt-get install python3-venv)"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The server that editors use for YAML, for the tests that speak to it; where it cannot be had, they are skipped.
$(SERVER): $(READY) tests/editor/package-lock.json
	@$(BIN)/python tests/support/install_server.py
