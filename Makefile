# Needs Python 3.11 or newer and make; everything else is installed into .venv from the locks in requirements/.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
OUT    ?= demo-out
UV     := uv==0.13.8

# One lock holds for every supported Python and platform; hashes make an altered package fail to install.
COMPILE = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
    --no-annotate --custom-compile-command "make lock" $(LOCK_ARGS)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo test bench docs check format format-check lint types imports house dockerfile wheel lock upgrade clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## install everything into .venv (the other targets do it by themselves)

demo: $(READY) ## run the sandbox and a simulated week; pages go to demo-out/ (or OUT=...)
	@$(BIN)/hjemmedag demo --out $(OUT)

test: $(READY) ## run the tests (ARGS="-k name" picks some)
	@$(BIN)/pytest $(ARGS)

bench: $(VENV)/.bench ## measure what docs/performance.md tells, and write it there (ARGS="reading start": only these; some 25 minutes in all)
	@$(BIN)/python -m benchmarks --write $(ARGS)

docs: $(READY) ## write docs/rules.md from the rules, the profiles and the case files
	@$(BIN)/python -m docs.make_rules

check: format-check lint types imports dockerfile house ## formatting, lint, types, import rules, Dockerfile, house rules

format: $(READY) ## format the code and mend what lint can mend
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

format-check: $(READY)
	@$(BIN)/ruff format --check .

lint: $(READY)
	@$(BIN)/ruff check .

types: $(READY)
	@$(BIN)/mypy

imports: $(READY)
	@$(BIN)/lint-imports

house: $(READY)
	@$(BIN)/pytest -q tests/house

dockerfile: $(READY)
	@$(BIN)/hadolint Dockerfile && echo "Dockerfile: hadolint found nothing"

# A build/ left over from an earlier build would carry files since removed into the wheel.
wheel: $(READY) ## build the wheel into dist/
	@rm -rf build dist
	@$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

lock: $(VENV)/pyvenv.cfg ## renew the locks after a change of dependencies, keeping the other versions
	@$(BIN)/python -m pip install --quiet $(UV)
	@$(COMPILE) pyproject.toml --extra cluster --extra postgresql --group dev --output-file requirements/dev.txt
	@$(COMPILE) pyproject.toml --extra cluster --extra postgresql --group bench --constraint requirements/dev.txt --output-file requirements/bench.txt
	@$(COMPILE) pyproject.toml --extra cluster --extra postgresql --constraint requirements/dev.txt --output-file requirements/runtime.txt
	@$(COMPILE) --group build --constraint requirements/dev.txt --output-file requirements/build.txt

upgrade: ## renew the locks with the newest versions
	@$(MAKE) --no-print-directory lock LOCK_ARGS=--upgrade

clean: ## remove .venv and everything built
	@rm -rf $(VENV) build dist demo-out *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	    echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# Other libraries to measure against.
$(VENV)/.bench: $(READY) requirements/bench.txt
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/bench.txt
	@touch $@

$(READY): $(VENV)/pyvenv.cfg requirements/dev.txt pyproject.toml
	@echo "Installing into $(VENV) (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
