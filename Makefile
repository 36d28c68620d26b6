# One command for each thing that people do with the dossier. `make` lists them.
# Everything sets itself up in .venv: from requirements.lock what the site needs, and from requirements-dev.lock, on top
# of it and only for those who change the program, tests and tools. Only Python 3.11 or newer, make and git are needed.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools
AUDIT  := .audit
CFF    := .cff
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SERVER := tests/editor/node_modules/.package-lock.json
COMPILE = $(AUDIT)/bin/uv pip compile --universal --generate-hashes --upgrade --quiet --custom-compile-command "make lock"

export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL := help
.PHONY: help site properdocs zensical serve quick test lint check bench fuzz audit lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(READY) ## Build the site into site/, strictly, and check what came out
	$(BIN)/mkdocs build --strict
	$(BIN)/dossier verify site
	$(BIN)/dossier verify site --manifest

properdocs: $(TOOLS) ## Build site/ with ProperDocs, the fork of MkDocs, and check what came out
	$(BIN)/properdocs build --strict --config-file mkdocs.yml
	$(BIN)/dossier verify site
	$(BIN)/dossier verify site --manifest

zensical: $(TOOLS) ## Build build/site/ with Zensical from what `dossier pages` writes, and check what came out
	$(BIN)/dossier pages build
	cd build && $(abspath $(BIN))/zensical build --clean --strict
	$(BIN)/dossier finish build/site
	$(BIN)/dossier verify build/site
	$(BIN)/dossier verify build/site --manifest

serve: $(READY) ## Preview the site on http://127.0.0.1:8000, rebuilt on every change (PORT=8001)
	$(BIN)/mkdocs serve $(if $(PORT),--dev-addr 127.0.0.1:$(PORT))

check: $(READY) ## Check all content: quotations, references, dates, status
	$(BIN)/dossier check --pending $(CHECK)

quick: $(TOOLS) ## Run the tests that need no browser and no site, in a minute
	$(BIN)/python -m pytest --numprocesses auto -m "not browser and not site and not slow"

test: $(TOOLS) $(SERVER) $(CFF)/.ready lint ## Run all tests, the browser's too
	CHROMIUM="$$($(BIN)/python tests/support/find_browser.py)" $(BIN)/python -m pytest --numprocesses auto --dist worksteal

bench: $(TOOLS) ## Measure build time and memory beside plain MkDocs Material
	$(BIN)/python -m bench.run

fuzz: $(TOOLS) ## Spoil every kind of file at random, many times over (SEED=7 ROUNDS=2000 JOBS=2)
	PYTHONPATH=tests $(BIN)/python -m support.fuzz --seed $(or $(SEED),1) --rounds $(or $(ROUNDS),500) --jobs $(or $(JOBS),1)

lint: $(TOOLS) ## Check style and types of the program, and that schema/ is what its records give
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/dossier schema --check

audit: $(AUDIT)/.ready ## Look up known vulnerabilities of what the locks pin
	for lock in requirements*.lock; do $(AUDIT)/bin/pip-audit --strict --require-hashes --disable-pip -r $$lock || exit; done

lock: $(AUDIT)/.ready ## Renew all locks: the newest releases that pyproject.toml allows
	$(COMPILE) pyproject.toml --extra cards --group setup -o requirements.lock
	$(COMPILE) pyproject.toml --group dev --extra captures --extra cards --constraints requirements.lock -o requirements-dev.lock
	$(COMPILE) --group audit -o requirements-audit.lock
	$(COMPILE) --group cff -o requirements-cff.lock

clean: ## Remove everything that was made
	rm -rf $(VENV) $(AUDIT) $(CFF) tests/editor/node_modules site build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with PYTHON=python3.12 make …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is needed (on Debian: apt-get install python3-venv)"; exit 1; }
	@echo "Setting up $(VENV), once: what the site needs, about 25 MB to fetch, 190 MB on disk, 20 seconds …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS): $(READY) requirements-dev.lock
	@echo "Adding tests and tools to $(VENV), once: what changing the program needs, about 160 MB to fetch, 620 MB on disk, half a minute …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(AUDIT)/.ready: requirements-audit.lock
	@$(PYTHON) -m venv $(AUDIT)
	@echo "Setting up $(AUDIT), once: what looks after the locks, about 25 MB to fetch, 100 MB on disk, 20 seconds …"
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

# What validates CITATION.cff, in an environment of its own; where it cannot be had, its test is skipped.
$(CFF)/.ready: $(TOOLS) $(wildcard requirements-cff.lock)
	@$(BIN)/python tests/support/install_cffconvert.py

# The server that editors use for YAML, and programs that read what the site exports; where they cannot be had, tests are skipped.
$(SERVER): $(TOOLS) tests/editor/package-lock.json
	@$(BIN)/python tests/support/install_server.py
