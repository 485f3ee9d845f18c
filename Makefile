# One environment in .venv, made from the locked set; every target makes it when it is missing or the lock has changed.
# It is made with the first Python here that fits; PYTHON=... names another (after `make clean`, where there is one already).
PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Says how the imports between floors and rooms stand; what breaks a contract is told whole.
CONTRACTS = $(BIN)/lint-imports --no-cache > $(VENV)/contracts.txt && echo "contracts kept, 0 circles" || { cat $(VENV)/contracts.txt; exit 1; }

QUICK = -m "not slow and not terminal and not sshd"

.DEFAULT_GOAL := help
.PHONY: help setup demo test check quick pythons coverage format bench pictures keys words clean gone

help: ## show the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# What is cut off while it is made, or was made by a Python that is gone since, is made anew.
ifneq ($(wildcard $(STAMP)),)
ifneq ($(shell $(BIN)/python -c 'import pip; print("runs")' 2>/dev/null),runs)
$(STAMP): gone
endif
endif

$(STAMP): requirements.lock pyproject.toml
	@$(BIN)/python -c 'import pip' 2>/dev/null || { \
		python=$$(PYTHON='$(PYTHON)' .ci/find-python) || exit 1; \
		echo "Setting up $(VENV) with $$python ..." >&2; \
		"$$python" -m venv --clear $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q exin_tui screens models config $(VENV)/lib
	@touch $(STAMP)

setup: $(STAMP) ## make the environment

demo: $(STAMP) ## open the board on a throw-away vault with fictitious people
	@$(BIN)/exin demo

check: $(STAMP) ## the fast inner loop: format, lint, types, contracts, quick tests
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(CONTRACTS)
	@$(BIN)/python -m pytest -rs -n 4 $(QUICK)

test: $(STAMP) ## everything: format, lint, types, contracts and every test
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(CONTRACTS)
	@$(BIN)/python -m pytest -rs -n 4

quick: $(STAMP) ## the quick tests alone
	@$(BIN)/python -m pytest -rs -n 4 $(QUICK)

pythons: ## the quick tests on every Python from 3.11 to 3.14 that is here
	@MAKE='$(MAKE)' .ci/each-python

coverage: $(STAMP) ## which lines and branches the quick tests run, and the programs they start
	@rm -f $(VENV)/coverage $(VENV)/coverage.*
	@COVERAGE_FILE=$(abspath $(VENV))/coverage $(BIN)/python -m coverage run -m pytest -n 4 $(QUICK)
	@cd $(VENV) && bin/python -m coverage combine --quiet --rcfile=$(CURDIR)/pyproject.toml --data-file=coverage
	@$(BIN)/python -m coverage report --data-file=$(VENV)/coverage --skip-covered --sort=cover

format: $(STAMP) ## put the code in order
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .

bench: $(STAMP) ## the table of ratios
	@$(BIN)/python -m compileall -q exin_tui screens models config
	@$(BIN)/python -m bench

pictures: $(STAMP) ## draw the README's pictures from the demo caseload
	@$(BIN)/python -m exin_tui.demo.pictures

keys: $(STAMP) ## write every key into docs/keys.md
	@$(BIN)/python -m config.keymap en > $(VENV)/keys.md
	@cp $(VENV)/keys.md docs/keys.md

words: $(STAMP) ## collect the words and compile the catalogs
	@$(BIN)/python -m config.locale.compile

clean: ## remove the environment and what was built
	@rm -rf $(VENV) .venvs build dist .mypy_cache .ruff_cache .hypothesis
