# The main commands of the repository; `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
STEP := Scripts/step

# The settings of a run: make run PORT=8021 ARGS="--log-level debug"
PORT ?=
ARGS ?=
# A Python 3.12 for make compare and for the peers of make bench, if none is found.
PYTHON ?=
# A short measurement, of two minutes: make bench QUICK=1
QUICK ?=

.PHONY: help setup build run test test-slow coverage mutate check compare docs format bench bench-check clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | awk -F'\t' '{ printf "  make %-11s %s\n", $$1, $$2 }'

setup: ## Check the Swift toolchain and install missing system packages
	@Scripts/setup

build: setup ## Build the optimised emulator (release)
	@Scripts/build optimised

run: setup ## Build, serve the functions on 127.0.0.1:8020, reload them on save
	@exec Scripts/run $(if $(PORT),--port $(PORT)) $(ARGS)

test: setup ## Build and run the tests; ARGS="--filter WorkerPoolState" runs a few
	@Scripts/build testing --meanwhile Scripts/install-test-tools
	@$(STEP) "Preparing the tests" .build/debug/workspace prepare
	@$(STEP) "Running the tests" Scripts/run-tests $(ARGS)

test-slow: setup ## Run the tests that take long: packages of one's own, soaks
	@SLOW_TESTS=1 $(MAKE) test ARGS='$(ARGS)'

coverage: setup ## Run the tests and report which lines they reach, .build/coverage
	@Scripts/coverage $(ARGS)

mutate: setup ## Make mistakes in the source, one at a time, and list those that no test notices
	@Scripts/mutate $(ARGS)

check: setup ## Lint, build with warnings as errors, check imports, structure and scripts
	@Scripts/install-packages requirements/apt-check.txt
	@$(STEP) "Linting" swift format lint --strict --recursive Package.swift Sources Tests functions Benchmarks
	@$(STEP) "Checking the scripts" Scripts/check-scripts
	@$(STEP) "Checking the structure" Scripts/check-structure
	@WARNINGS_AS_ERRORS=1 Scripts/build testing --explicit-target-dependency-import-check error
	@$(STEP) "Checking that nothing is built twice" Scripts/check-build
	@$(STEP) "Making the documentation" Scripts/docs

compare: build ## Compare with the Python package ixoncdkingress; ARGS="--only TEXT --by-rule"
	@PYTHON='$(PYTHON)' Scripts/compare $(ARGS)

docs: setup ## Make the documentation for function authors, .build/docs
	@Scripts/build worker
	@$(STEP) "Making the documentation" Scripts/docs

format: ## Format all Swift files in place
	@swift format --in-place --recursive Package.swift Sources Tests functions Benchmarks

bench: setup ## Measure all that counts, .workspace/bench/report.md; QUICK=1, ARGS="--only calls"
	@Scripts/install-packages requirements/apt-bench.txt
	@PYTHON='$(PYTHON)' Scripts/bench $(if $(QUICK),--quick) $(ARGS)

bench-check: setup ## Fail when a ratio fell by more than 15 %; ARGS=--store stores the ratios
	@Scripts/install-packages requirements/apt-bench.txt
	@Scripts/bench --check $(ARGS)

clean: ## Delete everything that was built (documents that are kept stay)
	rm -rf .build
	@[ ! -d .workspace ] || find .workspace -mindepth 1 -maxdepth 1 ! -name kept -exec rm -rf {} +
