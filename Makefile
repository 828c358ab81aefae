# Every command that a person types. `make help` lists them.

.DEFAULT_GOAL := help
UV_VERSION := 0.13.9
READY := .venv/.ready
TESTED := .venv/.ready-to-test
BIN := .venv/bin
SHELL := /bin/sh

.PHONY: help lab hand-in test benchmark mutation release execute grade teach screenshots format clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

lab: $(READY) ## learn: open your own copy of the lessons in JupyterLab
	@$(BIN)/classroom lab

hand-in: $(READY) ## hand in: make one file of a lesson: make hand-in LESSON=01-loss-definition
	@$(BIN)/classroom hand-in $(LESSON)

# One process more than there are cores, since tests wait: for a browser, or for a limit of time.
AT_ONCE = $$(($$(getconf _NPROCESSORS_ONLN) + 1))
# Containers often say that bytecode is not to be kept; here, what one process has compiled, others read.
test: $(TESTED) ## run every check: style, units, lessons, grading, browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONDONTWRITEBYTECODE= \
	  $(BIN)/pytest --numprocesses=$(AT_ONCE) --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

benchmark: $(TESTED) ## measure start, lessons, release, quiz and grading beside the plain tools
	@for one in lesson_start quiz notebooks grading; do \
	  echo "benchmarks/$$one.py"; $(BIN)/python benchmarks/$$one.py || failed=1; done; [ -z "$$failed" ]

MUTMUT := 3.8.1
MUTATE = @PYTHONPATH=tests/support $(BIN)/uv run --no-sync --with mutmut==$(MUTMUT) python tests/mutation
mutation: $(TESTED) ## change solutions and modules a little, and see whether their tests notice
	$(if $(MODULE),,$(MUTATE)/exercises.py $(LESSON))
	$(if $(LESSON),,$(MUTATE)/modules.py $(MODULE))

teach: $(READY) ## teach: open JupyterLab on the whole course, with the Formgrader
	@$(BIN)/jupyter lab

release: $(READY) ## regenerate notebooks/ from solutions/
	$(BIN)/classroom release

execute: $(READY) ## run solutions/ and store the outputs that tests compare with
	$(BIN)/classroom execute

grade: $(READY) ## grade one lesson for the whole class: make grade LESSON=01-loss-definition
	$(BIN)/classroom grade "$(LESSON)" || [ $$? -eq 1 ]
	$(BIN)/classroom feedback "$(LESSON)"
	$(BIN)/classroom export

screenshots: $(TESTED) ## take the README's picture of a lesson anew
	$(BIN)/python docs/take_screenshot.py

format: $(TESTED) ## format code and notebooks
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove the environment and what tests left; your work stays
	rm -rf .venv test-artifacts dist .pytest_cache .ruff_cache .hypothesis

# The environment: exact versions from uv.lock, in .venv, nothing outside this folder but uv's cache.
# Compiled once here; else each start would compile anew where Python may not write (containers).
SYNC := $(BIN)/uv sync --locked --quiet --compile-bytecode --python $(BIN)/python

# What learners and teachers use. What a `make test` has added stays.
$(READY): uv.lock pyproject.toml
	@set -e; \
	for python in python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; \
	  then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11, 3.12 or 3.13 is needed and none was found; install one and run this again."; \
	  exit 1; \
	fi; \
	if [ ! -x $(BIN)/uv ]; then \
	  $$found -m venv .venv || { \
	    echo "$$found cannot make a virtual environment; install its venv module (on Debian and Ubuntu: apt install python3-venv) and run this again."; \
	    exit 1; }; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); \
	fi; \
	$(SYNC) --no-group test --inexact; \
	touch $(READY)

# And what the tests need.
$(TESTED): $(READY)
	@$(SYNC)
	@touch $(TESTED)
