SHELL := bash
# Every target says what it does: make help. The work is in scripts/.
.DEFAULT_GOAL := help
.PHONY: help serve test test-postgres check demo demo-reset bench e2e gallery package test-package test-patching test-loops audit format clean clean-data

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: ## build and run the portal with demo data and this computer in it, on http://localhost:3000 (PORT=3001 for another port)
	@PORT=$(or $(PORT),3000) scripts/serve.sh

test: ## every test: Rust on SQLite, then the journeys in Chromium
	@scripts/test.sh all
	@scripts/e2e.sh journeys

test-postgres: ## the product's tests on a private PostgreSQL, which is removed again
	@scripts/test.sh postgres

check: ## format, lints, licences and sources of crates, house rules
	@scripts/check.sh

demo: ## fill the database with demo data without serving it (DEVICES=100000 for more)
	@scripts/demo.sh $(DEVICES)

demo-reset: ## empty the demo database and fill it again; refuses when anything in it is not the demo's
	@RESET=yes scripts/demo.sh $(DEVICES)

bench: ## measure the device list and patching at 10,000 devices with 300 updates each, per CPU second (release build)
	@scripts/bench.sh

e2e: ## the journeys in Chromium
	@scripts/e2e.sh journeys $(ARGS)

gallery: ## screenshots of every page: two sizes, two themes, two brands, into end2end/gallery
	@scripts/e2e.sh gallery $(ARGS)

package: ## the agent as .deb and .tar.gz for this machine's architecture, into target/package
	@scripts/package.sh

test-package: ## install, upgrade and remove the agent's package in a bare Debian (needs root and debootstrap)
	@scripts/package-test.sh

test-patching: ## the agent installs updates in a bare Debian, and is ended in the middle (needs root and debootstrap; ARGS=NAME)
	@ARGS="$(ARGS)" scripts/patch-test.sh

test-loops: ## whole days of work in Chromium on bare Debians with real agents and a mail server (needs root and debootstrap)
	@scripts/loop-test.sh $(ARGS)

audit: ## known holes in the crates, where the advisory database can be reached
	@scripts/audit.sh

format: ## format the Rust code
	@. scripts/toolchain.sh && cargo fmt --all

clean-data: ## remove the demo database and this computer's enrolment
	@echo "Removing .portico" && rm -rf .portico

clean: clean-data ## remove all that was built, too
	@echo "Removing target, node_modules and test results" && rm -rf target node_modules end2end/results end2end/gallery
