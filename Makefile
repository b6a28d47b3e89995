# What takes arguments is the smarketing command, in the same environment: .venv/bin/smarketing --help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# Python compiles its modules once, at install; with this variable set every process would do it again.
unexport PYTHONDONTWRITEBYTECODE
export GX_ANALYTICS_ENABLED := false
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DAGSTER_DISABLE_TELEMETRY := yes

.DEFAULT_GOAL := help
.PHONY: help run dev docs metrics bi spark texts check unit test test-all test-bi test-engines test-spark test-campaigns test-faults ratios format lock clean

help: ## Show the verbs
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/installed ## Ingest, build, check, publish: the demo company, or COMPANY=path/to/folder
	@$(BIN)/smarketing run $(if $(COMPANY),--company "$(COMPANY)")

dev: .venv/installed ## Open Dagster's UI on the same project (COMPANY=path/to/folder)
	@$(BIN)/smarketing dev $(if $(COMPANY),--company "$(COMPANY)")

docs: .venv/installed ## Write catalogue.html of the site: all tables, their columns and lineage (COMPANY=path/to/folder)
	@$(BIN)/smarketing docs $(if $(COMPANY),--company "$(COMPANY)")

metrics: .venv-mf/installed ## Set up .venv-mf with the command mf, which queries the metrics (docs/metrics.md)
	@.venv-mf/bin/mf --version

spark: .venv-spark/installed ## Set up .venv-spark: the second engine, with its Java (docs/scale.md)
	@echo "$$PWD/.venv-spark/bin/smarketing spark"

bi: .venv-superset/installed .venv-streamlit/installed ## Set up the environments of the BI examples (examples/bi/README.md)

texts: .venv/installed ## Collect the texts of code and templates into the catalogues of the languages
	@$(BIN)/python -m orchestration.lib.language.collecting

check: .venv/installed ## Lint and check types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfmt --check --quiet dbt_project systems examples
	$(BIN)/mypy

unit: .venv/installed ## Test the code alone, without a company: seconds
	$(BIN)/pytest -q -n 2 --no-loadscope-reorder tests/unit -m "not browser and not slow and not long"

test: check ## Lint, check types, test the code and the demo company
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not slow and not faults and not campaign and not bi and not spark"

test-all: check ## The same and the slow tests, with one demo company: other companies, spoilt files, killed builds
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not faults and not campaign and not bi and not spark"

test-bi: bi .venv-mf/installed ## The BI examples as they are used: Superset over PostgreSQL and Streamlit over Parquet, five minutes
	$(BIN)/pytest -q -m bi tests/bi

test-engines: .venv-spark/installed ## Build a company of few rows with both engines, and compare every table: minutes
	$(BIN)/pytest -q -m spark tests/spark -k few_rows

test-spark: .venv-spark/installed ## The same with the demo, a cluster, Spark Connect, and the dbt unit tests: most of an hour on two cores
	$(BIN)/pytest -q -m spark tests/spark

test-campaigns: .venv/installed ## The long forms of slow tests, an hour: their figures go into docs/reliability.md too
	$(BIN)/pytest -n 2 --dist loadfile -m campaign

test-faults: .venv/installed ## The campaign of faults, 40 minutes on two cores or MINUTES=20: its figures go into docs/reliability.md
	FAULT_MINUTES=$(or $(MINUTES),40) $(BIN)/pytest -n 2 --dist worksteal tests/faults -m faults

ratios: .venv/installed ## What a run costs, as ratios, on a company of 20,000 leads or LEADS=5000: into benchmarks/figures.md
	$(BIN)/python benchmarks/ratios.py $(LEADS)

format: .venv/installed ## Format Python and SQL, and correct what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfmt dbt_project systems examples

lock: .venv/installed ## Resolve pyproject.toml again into requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --extra dev pyproject.toml \
		--output-file requirements.lock --custom-compile-command "make lock" --upgrade
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --extra mf --constraint requirements.lock pyproject.toml \
		--output-file requirements-mf.lock --custom-compile-command "make lock" --upgrade
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --extra spark --constraint requirements.lock pyproject.toml \
		--output-file requirements-spark.lock --custom-compile-command "make lock" --upgrade
	for name in superset streamlit; do \
		$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group $$name \
			--output-file requirements-$$name.lock --custom-compile-command "make lock" --upgrade || exit 1; \
	done

clean: ## Remove the environment and everything built (exports, agreements and reference files stay)
	rm -rf .venv .venv-mf .venv-spark .venv-superset .venv-streamlit warehouse dbt_project/target dbt_project/logs *.egg-info

.venv/installed: requirements.lock pyproject.toml requirements-uv.lock
	@$(PYTHON) -c 'import sys; v = "%d.%d" % sys.version_info[:2]; sys.exit(sys.version_info < (3, 11) and f"Python 3.11 or newer is needed, {sys.executable} is {v}; run make PYTHON=/path/to/python3.11")'
	@echo "Setting up .venv (about a minute, once) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# MetricFlow and Spark have environments of their own: what runs every day does not depend on them.
.venv-mf/installed .venv-spark/installed: .venv-%/installed: requirements-%.lock | .venv/installed
	@echo "Setting up .venv-$* (about a minute, once) ..."
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-$*
	@$(BIN)/uv pip install --quiet --python .venv-$*/bin/python --require-hashes --compile-bytecode -r requirements-$*.lock
	@$(BIN)/uv pip install --quiet --python .venv-$*/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

# The BI examples share no package with the project, and Superset wants other versions of some.
.venv-superset/installed .venv-streamlit/installed: .venv-%/installed: requirements-%.lock | .venv/installed
	@echo "Setting up .venv-$* (about a minute, once) ..."
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-$*
	@$(BIN)/uv pip install --quiet --python .venv-$*/bin/python --require-hashes --compile-bytecode -r requirements-$*.lock
	@touch $@
