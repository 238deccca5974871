# The same commands for a person and for CI. `make help` reads the comments behind the targets.
.DEFAULT_GOAL := help
.PHONY: run quick test bench fresh audit sbom mutants lock help

PORT ?= 8000
PYTHON := .venv/bin/python
FLASK := .venv/bin/flask --app wsgi

run: ## Install what is missing, prepare instance/, load the demo if empty, serve on PORT (8000)
	@.ci/system run
	@.ci/venv
	@RAMBU_PUBLIC_URL=$${RAMBU_PUBLIC_URL:-http://127.0.0.1:$(PORT)} PORT=$(PORT) $(FLASK) serve

quick: ## Before each commit: lint, floors, types, content, and the rules and operations on SQLite
	@.ci/system test
	@.ci/venv
	@.ci/check quick

test: ## Install what is missing, then check everything, on both databases, with coverage
	@.ci/system test
	@.ci/venv
	@.ci/check

bench: ## Measure; `make bench NAME=lesson-page` runs one. Prints a table and a JSON line a figure
	@.ci/system test
	@.ci/venv
	@$(PYTHON) -m tests.benchmarks $(NAME)

fresh: ## Prove run and test on bare machines of Debian 12 and 13 (root, debootstrap); SUITES=trixie for one
	@.ci/fresh $(SUITES)

audit: ## Hold every pin against known weaknesses; ADVISORIES=FOLDER asks a copy of pypa/advisory-database
	@.ci/venv
	@.ci/supply
	@$(PYTHON) .ci/supply.py audit $(ADVISORIES)

sbom: ## Write what runs, with versions and licences, as CycloneDX into build/
	@.ci/venv
	@.ci/supply
	@$(PYTHON) .ci/supply.py sbom

mutants: ## Change pure rules in every small way, and count how much of it their tests notice
	@.ci/system test
	@.ci/venv
	@.ci/mutants
	@$(PYTHON) .ci/mutants.py

lock: ## Resolve pyproject.toml anew into requirements.lock, supply.lock and mutants.lock, with hashes
	@.ci/venv
	@.ci/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url \
		--universal --python-version 3.11 --upgrade --quiet --output-file requirements.lock
	@.ci/uv pip compile --group supply --generate-hashes --no-emit-index-url \
		--universal --python-version 3.11 --upgrade --quiet --output-file supply.lock
	@.ci/uv pip compile --group mutants --constraint requirements.lock --generate-hashes \
		--no-emit-index-url --universal --python-version 3.11 --upgrade --quiet \
		--output-file mutants.lock
	@.ci/venv

help: ## List these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-6s %s\n", $$1, $$2}'
