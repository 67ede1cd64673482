# The project's commands; docs/operations.md tells more. Everything installs what it needs itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run install test test-fast bench lint format messages

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install -q --disable-pip-version-check

help:
	@echo "make run        start everything at http://127.0.0.1:8000 (PORT, HOST)"
	@echo "make install    the run-time packages and a .env"
	@echo "make test       all tests: both databases, processes, browser, lint"
	@echo "make test-fast  lint and the tests that need neither server nor browser"
	@echo "make bench      the benchmark"
	@echo "make lint       ruff, djlint, import contracts, bandit"
	@echo "make format     format Python and templates"
	@echo "make messages   collect the texts to translate"

run: install
	@exec $(PY) scripts/run.py

install: $(VENV)/.runtime
	@$(PY) scripts/write_env.py

$(PY):
	@scripts/make_venv.sh $(VENV)

$(VENV)/.runtime: requirements.txt | $(PY)
	@echo "Installing the run-time packages (once) …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(PY)
	@echo "Installing the development packages (once) …"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

test: $(VENV)/.dev
	@$(PY) scripts/debian.py tests
	@$(PY) scripts/run_tests.py

test-fast: $(VENV)/.dev
	@$(PY) scripts/run_tests.py --fast

bench: install
	@$(PY) scripts/bench.py $(BENCH)

lint: $(VENV)/.dev
	@$(PY) scripts/lint.py

format: $(VENV)/.dev
	@$(VENV)/bin/ruff check -q --fix .
	@$(VENV)/bin/ruff format .

messages: $(VENV)/.dev
	@$(PY) scripts/debian.py messages
	@$(PY) manage.py makemessages -l zh_Hans --no-location --no-obsolete -i '.venv/*' -i 'var/*' -i 'tests/*' -i 'node_modules/*'
	@$(PY) scripts/compile_messages.py
