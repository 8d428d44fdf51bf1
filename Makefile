# Thin names for the commands of dev.py, which does the work: make run ARGS="..."
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint format types lock openapi bench clean

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

run:  ## Start Atrium with all it needs: database, mailbox, demo practice
	@$(PYTHON) dev.py run $(ARGS)

test:  ## Run all checks and all tests (ARGS="tests/unit -x": only these)
	@$(PYTHON) dev.py test $(ARGS)

lint:  ## Check style, types and import contracts
	@$(PYTHON) dev.py lint

format:  ## Format the code and mend what can be mended
	@$(PYTHON) dev.py format

types:  ## Check types
	@$(PYTHON) dev.py types

lock:  ## Resolve the dependencies into requirements/ (ARGS=--upgrade: newer versions)
	@$(PYTHON) dev.py lock $(ARGS)

openapi:  ## Write openapi/openapi.json
	@$(PYTHON) dev.py openapi $(ARGS)

bench:  ## Measure Atrium against its floor
	@$(PYTHON) dev.py bench $(ARGS)

clean:  ## Remove .venv and all caches; the data in var/ stays
	@$(PYTHON) dev.py clean
