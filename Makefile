# `make` alone lists the targets. Every target installs what it needs.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run dev stop manage test check e2e faults bench shots mutants format \
	lint types arch messages docs db shell lock format-check messages-check migrations-check \
	deploy-check

PYTHON ?= python3
BIN := .venv/bin
DEMO := $(BIN)/python -m desabinaan.devtools.environment
TEMPLATES := find templates desabinaan villages fgd reports -name '*.html'
BROWSER := $${CHROMIUM:-/usr/bin/chromium}
NO_BROWSER := No browser at $(BROWSER); install Debian's package chromium \
	(apt-get install chromium) or name one in CHROMIUM.

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) \
		| awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

# --- Set up ------------------------------------------------------------------

setup: .venv/.dev ## Install everything into .venv/

RECENT := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null

.venv/.python:
	@! $(BIN)/python $(RECENT) || { touch $@; exit 0; }; \
	for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11; do \
		$$python $(RECENT) || continue; \
		rm -rf .venv; $$python -m venv .venv >/dev/null 2>&1 && touch $@ && exit 0; \
		rm -rf .venv; \
		echo "Python could not make .venv/; check free disk space, and on Debian install the package python3-venv." >&2; exit 1; \
	done; \
	echo "The portal needs Python 3.11 or newer; install it, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1

INSTALL = @echo "Installing packages ..."; \
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes $(1) && touch $@ \
	|| { echo "The packages could not be installed; check the network and free disk space, then try again." >&2; exit 1; }

.venv/.run: .venv/.python requirements/run.txt requirements/local.txt
	$(call INSTALL,-r requirements/run.txt -r requirements/local.txt)

.venv/.dev: .venv/.run requirements/dev.txt
	$(call INSTALL,-r requirements/run.txt -r requirements/local.txt -r requirements/dev.txt)

lock: .venv/.dev ## Recompile the lock files
	@for list in run local dev; do \
		$(BIN)/uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
			--no-header requirements/$$list.in -o requirements/$$list.txt || exit 1; \
	done

# --- Run ---------------------------------------------------------------------

run: .venv/.run ## Serve the demonstration on 127.0.0.1:8000 (PORT= changes it)
	@exec $(BIN)/python -m desabinaan.devtools.run run

dev: .venv/.dev ## Serve it for development: reload, DEBUG pages, N+1 detection
	@exec $(BIN)/python -m desabinaan.devtools.run dev

stop: ## Stop the portal (make run, make dev) and PostgreSQL
	@test ! -e .venv/.run || $(BIN)/python -m desabinaan.devtools.run stop

manage: .venv/.run ## Run a manage.py command on the demonstration: ARGS="showmigrations"
	@$(DEMO) manage.py $(ARGS)

db: .venv/.run ## Open the demonstration's database in psql
	@$(DEMO) sh -c 'exec psql "$$DATABASE_URL"'

shell: .venv/.run ## Open Django's shell on the demonstration
	@$(DEMO) manage.py shell

# --- Test --------------------------------------------------------------------

test: .venv/.dev ## Run the tests without browser and fault tests; some: ARGS="tests/plan -k name"
	@$(BIN)/pytest --quiet $(or $(ARGS),--numprocesses 2 --dist worksteal)

e2e: .venv/.dev ## Run the browser tests
	@test -x "$(BROWSER)" || { echo "$(NO_BROWSER)" >&2; exit 1; }
	@$(BIN)/pytest --quiet -m e2e

faults: .venv/.dev ## Run the fault tests: killed servers, full disks, lost connections
	@$(BIN)/pytest --quiet -m faults

bench: .venv/.dev ## Measure the speed against raw PostgreSQL
	@$(BIN)/python -m tests.bench

shots: .venv/.dev ## Screenshot every page for every role into var/shots/
	@test -x "$(BROWSER)" || { echo "$(NO_BROWSER)" >&2; exit 1; }
	@$(BIN)/python -m tests.shots

mutants: .venv/.dev ## Mutation-test the permission checks
	@$(BIN)/python -m tests.mutants

# --- Check -------------------------------------------------------------------

check: format-check lint types arch migrations-check messages-check deploy-check test e2e ## Run everything that CI runs

format: .venv/.dev ## Format code and templates
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .
	@$(TEMPLATES) | xargs -r $(BIN)/djade --target-version 5.2
	@$(TEMPLATES) | xargs -r $(BIN)/djhtml --tabwidth 4

format-check: .venv/.dev
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted; run make format." >&2; exit 1; }
	@$(TEMPLATES) | xargs -r $(BIN)/djade --target-version 5.2 --check
	@$(TEMPLATES) | xargs -r $(BIN)/djhtml --tabwidth 4 --check

lint: .venv/.dev ## Lint code and spelling
	@$(BIN)/ruff check .
	@$(BIN)/codespell

types: .venv/.dev ## Check the types
	@$(BIN)/mypy

arch: .venv/.dev ## Check that imports run downwards
	@$(BIN)/lint-imports --no-logo

migrations-check: .venv/.dev
	@$(DEMO) manage.py makemigrations --check --dry-run

messages: .venv/.dev ## Update message catalogues
	@$(BIN)/python -m tests.tools.messages update

messages-check: .venv/.dev
	@$(BIN)/python -m tests.tools.messages check

docs: .venv/.dev ## Regenerate tables in docs/
	@$(DEMO) manage.py shell --verbosity 0 --command "from tests.tools.printed_docs import write; write()"

deploy-check: .venv/.dev
	@env -u DEMO SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(48))')" \
		ALLOWED_HOSTS=portal.example DATABASE_URL=postgresql:///portal \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
