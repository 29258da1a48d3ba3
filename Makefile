# Each target makes .venv first where it is missing or behind pyproject.toml.
# PYTHON=/path/to/python3.12 names the Python to make it with; TORCH=system uses the torch
# of that Python, and TORCH=download (the default) installs one in .venv.

# The first Python that runs at all; the script looks for the one to use, or says what to do.
setup = @for python in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 5))' 2>/dev/null || continue; \
	exec "$$python" .ci/environment.py $(1); \
	done; \
	echo 'tutorch needs Python 3.11 or newer, and none was found here: install one.' >&2; exit 1

.PHONY: help play test lint lessons bench docs site recording environment

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

play: ## Open the lessons
	$(call setup,play)
	@.venv/bin/tutorch

# Hundreds of tests start a Python, which would compile all of ours each time. They drive real
# processes and terminals beside each other: what fails is run once more by itself, and has to pass.
test: ## Run the tests
	$(call setup,test)
	PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n 3 || \
		.venv/bin/python -m pytest --last-failed --last-failed-no-failures none \
			--snapshot-warn-unused

lint: ## Check style, formatting and types
	$(call setup,test)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

lessons: ## Play every lesson in full beside its golden figures; takes some minutes
	$(call setup,environment)
	.venv/bin/python tests/lessons

bench: ## Measure the player against bare code; takes some minutes
	$(call setup,environment)
	.venv/bin/python -m bench

docs: ## Remake the tables in README.md and docs/, and the picture
	$(call setup,environment)
	.venv/bin/python docs/documents.py

site: ## Build the pages in docs/ into site/; fails at a link that leads nowhere
	$(call setup,site)
	.venv/bin/zensical build --clean --strict

recording: ## Record a training that is gone back into, for asciinema
	$(call setup,environment)
	.venv/bin/python docs/recording.py

environment: ## Make .venv with tutorch in it, and open nothing
	$(call setup,environment)
