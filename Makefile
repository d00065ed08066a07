# The front door: type `make help`.
.DEFAULT_GOAL := help
SHELL := /bin/sh
STEP := Scripts/step

# Settings of a run: make run PORT=8021 ARGS="--log-level debug"
PORT ?=
ARGS ?=
# A Python 3.12 for make compare and for the peers of make bench, where none is found.
PYTHON ?=
# Two minutes of make bench: make bench QUICK=1
QUICK ?=

# What the `workspace` executable is made of; the worker's sources are looked after by the executable itself.
emulator := CMongoC ContextValues CSpawn CYAML Documents FileWatching FunctionBuild Ingress InvocationProtocol MongoClient PrometheusMetrics RunningProcesses Values Workspace WorkspaceCommand
emulator_sources := Package.swift $(shell find $(addprefix Sources/,$(emulator)) -type f)

.PHONY: help setup build run test check compare docs format bench bench-check clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | awk -F'\t' '{ printf "  make %-11s %s\n", $$1, $$2 }'

setup: ## Check the Swift toolchain and install missing system packages
	@Scripts/check-toolchain
	@Scripts/install-packages requirements/apt.txt

build: setup .build/emulator.stamp ## Build the emulator (release)

.build/emulator.stamp: $(emulator_sources)
	@$(STEP) "Building the emulator (release)" swift build -c release --product workspace
	@touch $@

run: build ## Build, serve the functions on 127.0.0.1:8020, reload them on save
	@exec .build/release/workspace run $(if $(PORT),--port $(PORT)) $(ARGS)

test: setup ## Build and run all tests
	@Scripts/install-packages requirements/apt-test.txt
	@$(STEP) "Building the tests (debug)" Scripts/build-tests
	@$(STEP) "Running the tests" env SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=3 swift test --skip-build

check: setup ## Lint, build with warnings as errors, check imports and scripts
	@Scripts/install-packages requirements/apt-check.txt
	@$(STEP) "Linting" swift format lint --strict --recursive Package.swift Sources Tests functions Benchmarks
	@$(STEP) "Checking the scripts" shellcheck $(wildcard Scripts/* .ci/run)
	@$(STEP) "Building with warnings as errors" env WARNINGS_AS_ERRORS=1 Scripts/build-tests \
		--explicit-target-dependency-import-check error
	@$(STEP) "Making the documentation" env WARNINGS_AS_ERRORS=1 Scripts/docs

compare: build ## Compare with the Python package ixoncdkingress; ARGS="--only TEXT --by-rule"
	@PYTHON='$(PYTHON)' Scripts/compare $(ARGS)

docs: setup ## Make the documentation for function authors, .build/docs
	@$(STEP) "Making the documentation" Scripts/docs

format: ## Format all Swift files in place
	@swift format --in-place --recursive Package.swift Sources Tests functions Benchmarks

bench: build ## Measure all that counts, .workspace/bench/report.md; QUICK=1, ARGS="--only calls"
	@Scripts/install-packages requirements/apt-bench.txt
	@PYTHON='$(PYTHON)' Scripts/bench $(if $(QUICK),--quick) $(ARGS)

bench-check: build ## Fail when a ratio fell by more than 15 %; ARGS=--store stores the ratios
	@Scripts/install-packages requirements/apt-bench.txt
	@Scripts/bench --check $(ARGS)

clean: ## Delete everything that was built (documents that are kept stay)
	rm -rf .build
	@[ ! -d .workspace ] || find .workspace -mindepth 1 -maxdepth 1 ! -name kept -exec rm -rf {} +
