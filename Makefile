# One verb a task. `make run` and `make test` need nothing but Python 3.11, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE ?= sqlite:///run/baocao.db

.PHONY: run test setup lint eval evaluation calibration completion bench lock corpus

run: setup
	@mkdir -p run
	$(BIN)/baocao ingest corpus/reports --store $(STORE)

test: setup
	$(BIN)/pytest

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "baocao needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv $(VENV)
	@echo "Installing packages into $(VENV): once, for some minutes, without a word"
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q schemas extractors pipelines explorer
	@touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: setup
	$(BIN)/baocao evaluate corpus/gold
	$(BIN)/baocao evaluate corpus/opened/gold
	$(BIN)/baocao evaluate corpus/fresh/gold
	$(BIN)/baocao evaluate corpus/blind/gold --summary
	$(BIN)/python -m tests.bench.plants corpus/planted.yml corpus/reports
	$(BIN)/python -m tests.bench.plants corpus/plants/planted.yml corpus/plants/reports
	$(BIN)/python -m tests.bench.mutate
	$(BIN)/baocao evaluate corpus/gold --clusters corpus/clusters.yml

evaluation: setup
	$(BIN)/python -m tests.bench.report

calibration: setup
	$(BIN)/python -m tests.bench.calibrate

completion: setup
	$(BIN)/python -m tests.bench.completion

bench: setup
	$(BIN)/python -m tests.bench.speed
	$(BIN)/python -m tests.bench.again
	$(BIN)/python -m tests.bench.incremental
	$(BIN)/python -m tests.bench.pdf
	$(BIN)/python -m tests.bench.ocr --pages 1
	$(BIN)/python -m tests.bench.linkage 10000 100000

corpus: setup
	$(BIN)/python -m tests.corpus_tools.build

lock:
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --group dev pyproject.toml -o requirements.lock
