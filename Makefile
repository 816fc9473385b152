# `make help` lists the commands; the README says what each promises.
.DEFAULT_GOAL := help
SHELL := /bin/bash

VENV := .venv
PYTHON := $(VENV)/bin/python
PORT ?= 8000
export PYTHONPATH := site:.

.PHONY: help run test bench lint lock messages clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/installed: requirements.txt
	@test -x $(PYTHON) || python3 -m venv $(VENV) || { echo "Python cannot make a virtual environment. On Debian or Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/installed ## install, load the content once, and serve on http://127.0.0.1:$(PORT)/
	@$(PYTHON) -m portal.catalogues compile
	@PORT=$(PORT) $(PYTHON) manage.py run_local

test: $(VENV)/installed-dev ## run all tests on a real PostgreSQL, then the storage tests on SQLite
	@$(PYTHON) -m portal.catalogues compile
	@$(PYTHON) -m tests.tools
	@rm -rf var/coverage && mkdir -p var/coverage
	$(PYTHON) -m pytest -n 2 --cov --cov-report= --cov-fail-under=0 $(PYTEST)
	DATABASE_URL=sqlite:///var/tests.sqlite3 $(PYTHON) -m pytest -m storage --cov --cov-append --cov-report= --cov-fail-under=0 $(PYTEST)
	$(PYTHON) -m coverage combine --quiet --append || true
	$(PYTHON) -m coverage report

bench: $(VENV)/installed-dev ## measure, as ratios against a reference in the same run; writes bench/results/
	@$(PYTHON) -m portal.catalogues compile
	$(PYTHON) -m bench

lint: $(VENV)/installed-dev ## format, lint, types, import rules, templates, catalogues, missing migrations
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --lint --quiet templates
	$(PYTHON) -m portal.catalogues check
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PYTHON) manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=portal.settings.test $(PYTHON) manage.py check --fail-level WARNING

messages: $(VENV)/installed ## write new interface texts into locale/
	$(PYTHON) -m portal.catalogues update

lock: ## lock the dependencies of pyproject.toml, with hashes and without addresses
	$(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements.txt
	$(VENV)/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements-dev.txt

clean: ## remove the virtual environment; the data in var/ stays
	rm -rf $(VENV)
