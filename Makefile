# Two commands: `make demo` tries the bot in a browser, `make test` checks everything. Both set up .venv first.
PYTHON ?= python3
BIN := .venv/bin
CODE := alliance storage handlers bot workspace tests benchmarks

.PHONY: demo test lint types contracts unit conformance crash newsletter bench screenshots messages lock format clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 20

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; make demo PYTHON=python3.12 names another one."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: .venv/ready ## the bot in a local workspace, in the browser
	$(BIN)/alliance-bot demo $(ARGS)

test: lint types contracts unit ## everything that has to hold

lint: .venv/ready ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready ## mypy --strict
	$(BIN)/mypy

contracts: .venv/ready ## which floor may import which
	$(BIN)/lint-imports

unit: .venv/ready ## the tests, on SQLite and PostgreSQL, with a browser where there is one
	$(BIN)/pytest --numprocesses 3 --dist loadgroup $(ARGS)

conformance: .venv/ready ## the local workspace with Slack's JavaScript framework (needs Node 20)
	cd tests/workspace/javascript && npm install --no-audit --no-fund --silent
	$(BIN)/pytest tests/workspace/test_javascript_app.py

crash: .venv/ready ## kill the bot 100 times while it posts; ARGS='--processes 3' for several on one PostgreSQL
	$(BIN)/python -m tests.scenarios.crash $(ARGS)

newsletter: .venv/ready ## send a newsletter to 2,000 members while the bot is killed three times
	$(BIN)/python -m tests.scenarios.newsletterrun $(ARGS)

bench: .venv/ready ## speed, as ratios within one run
	$(BIN)/python -m benchmarks $(ARGS)

screenshots: .venv/ready ## the pictures of the README, from the local workspace
	$(BIN)/python docs/screenshots.py $(ARGS)

messages: .venv/ready ## bring new sentences into the catalogues
	$(BIN)/pybabel --quiet extract --no-location --sort-output --project alliance-bot --version 1 --msgid-bugs-address "the secretariat" -k _ -k n:1,2 -o .messages.pot handlers
	for language in fr es; do $(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120 -i .messages.pot -o handlers/locales/$$language.po -l $$language; done
	@rm -f .messages.pot

format: .venv/ready ## tidy the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/ready ## choose new versions of all dependencies
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --extra dev --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options -o requirements.txt pyproject.toml

clean: ## forget what was installed
	rm -rf .venv
