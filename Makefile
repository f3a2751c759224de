# Everything a developer types. `make help` lists it.
# demo:  PORT=8001 make demo     another port
#        SAMPLE=1 make demo      with an invented programme beside the facts
#        HOME_DIR=/srv/tongxin   where the data lies (or TONGXIN_HOME)

SHELL := /bin/sh
.DEFAULT_GOAL := help

PORT ?= 8000
HOME_DIR ?= $(TONGXIN_HOME)
VENV := .venv
BIN := $(VENV)/bin
# uv from the path; where there is none, one of our own in the environment (see $(BIN)/uv below).
UV := $(or $(shell command -v uv 2>/dev/null),$(BIN)/uv)
# --inexact leaves alone what the lock file does not name: uv itself, and tools for development.
SYNC := $(UV) sync --quiet --frozen --inexact
CHECKS := $(BIN)/python tools/checks.py

.PHONY: help demo install test lint unit unit-postgres browser screenshots bench sheets imports prove kills messages routes openapi fuzz

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile | awk -F': ' '{printf "  make %-15s %s\n", $$1, $$2}'

demo: $(VENV)/.ready ## Start with the data of the first city (PORT=, HOME_DIR=, SAMPLE=1)
	@$(if $(HOME_DIR),TONGXIN_HOME='$(HOME_DIR)' )$(BIN)/tongxin demo --port $(PORT)$(if $(SAMPLE), --sample)

install: $(VENV)/.ready-for-development ## Install everything development needs

test: install ## Run every check, as CI does
	@$(CHECKS)

lint: install ## Check style, layout, templates, types, staircase, migrations
	@$(CHECKS) lint

unit: install ## Run the tests on SQLite
	@$(CHECKS) unit

unit-postgres: install ## Run the same tests on PostgreSQL (TONGXIN_TEST_POSTGRES=)
	@$(CHECKS) postgres

browser: install ## Run the tests in a browser
	@$(CHECKS) browser

screenshots: install ## Make the pictures of the README
	@TONGXIN_TEST_SCREENSHOTS=1 $(BIN)/pytest -q -m browser tests/browser/test_screenshots.py

bench: install ## Measure pages, briefing and journal on both databases (BENCH="--pairs 20")
	@$(BIN)/python -m tests.bench $(BENCH)

sheets: install ## Measure workbooks, and read two thousand spoilt ones (SHEETS="--rows 10000")
	@$(BIN)/python -m tests.bench.sheets $(SHEETS)

kills: install ## Kill workers in the middle of an import (KILLS="--random 1000")
	@$(BIN)/python -m tests.kills $(KILLS)

imports: install ## Measure an import of 100,000 rows against the usual way (IMPORTS="--rows 10000")
	@$(BIN)/python -m tests.bench.importing $(IMPORTS)

prove: install ## Prove who sees what: cells, canaries, planted faults (PROVE="--requests 100000")
	@$(BIN)/python -m tests.proof $(PROVE)

messages: install ## Collect the words of the interface into the translation file
	@$(BIN)/python tools/messages.py

routes: install ## Write the register of routes
	@$(BIN)/python tools/routes.py

openapi: install ## Write the description of the API
	@$(BIN)/python tools/openapi.py

fuzz: install ## Send the API 20,000 requests made from its description (FUZZ="--calls 500")
	@$(BIN)/python -m tests.api.fuzzing $(FUZZ)

# A finished environment is marked by a file, so that the second start does not ask again.
$(VENV)/.ready: uv.lock pyproject.toml | $(UV)
	@$(SYNC) --no-dev
	@touch $@

$(VENV)/.ready-for-development: uv.lock pyproject.toml | $(UV)
	@$(SYNC)
	@touch $@ $(VENV)/.ready

$(BIN)/uv:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo 'Python 3.11 or later is needed: on Debian 12, apt-get install python3'; exit 1; }
	@python3 -c 'import ensurepip' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	    { apt-get -qq update; apt-get -qq install -y python3-venv; } >/dev/null && \
	    python3 -c 'import ensurepip' 2>/dev/null; } || \
	  { echo 'Python cannot make environments: on Debian, apt-get install python3-venv'; exit 1; }
	@python3 -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
