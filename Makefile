# Waymark. The two commands that matter: make run, make test.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
PORT ?= 8000
LMS_DATA ?= instance
export PORT LMS_DATA
export NODE_USE_SYSTEM_CA := 1
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
TEST := $(VENV)/.test
DIST := lms/static/dist/manifest.json
FRONT := $(shell find lms/static -path lms/static/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help run test check drill bench shots setup chromium clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(TEST): requirements-test.lock $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	touch $@

# Node comes from PyPI where the machine has none that is new enough.
$(VENV)/.node: requirements-node.lock $(RUN)
	@if node --version 2>/dev/null | grep -Eq '^v(2[0-9]|[3-9][0-9])' && npm --version >/dev/null 2>&1; then \
	  true; \
	else \
	  echo "Installing Node from PyPI"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock; \
	fi
	touch $@

node_modules/.ready: package-lock.json package.json $(VENV)/.node
	PATH="$(abspath $(BIN)):$$PATH" npm ci --silent --no-progress
	touch $@

$(DIST): node_modules/.ready $(FRONT)
	PATH="$(abspath $(BIN)):$$PATH" npm run --silent build
	touch $@

setup: $(RUN) $(DIST) ## install what the program needs

run: setup ## the whole product with its demo on http://127.0.0.1:$PORT
	@exec $(BIN)/python -m lms.demo

chromium:
	@if command -v chromium chromium-browser google-chrome >/dev/null; then true; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	fi

test: $(TEST) $(DIST) chromium ## everything but the slow drills, on SQLite and PostgreSQL, in Chromium
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not drill"

check: $(TEST) $(DIST) ## style, types, architecture, templates, security, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/bandit -q -r lms -c pyproject.toml
	$(BIN)/python -m pytest tests/architecture

drill: $(TEST) $(DIST) chromium ## killing and load drills, under 30 minutes
	$(BIN)/python -m pytest -m drill tests/faults

bench: $(TEST) $(DIST) ## measure every page against the floor program; ONLY=prefix runs a part
	$(BIN)/python -m tests.bench $(ONLY)

shots: $(TEST) $(DIST) chromium ## pictures of every page into build/shots
	$(BIN)/python -m tests.browser.shots

clean: ## forget what was installed and built, but not the data folder
	rm -rf $(VENV) node_modules build lms/static/dist *.egg-info
