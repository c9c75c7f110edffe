#!/usr/bin/env bash
# Runs the Rust tests. test.sh all: every crate, on SQLite; test.sh postgres: the product's tests on PostgreSQL.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh

# app-wasm is left out: in one build with the server, the pages would be compiled for both sides at once.
case ${1:-all} in
  all)
    scripts/tools.sh compiler inventory mail sheets
    step "Testing every crate, the product on SQLite (the first time about 6 minutes on 2 cores)"
    timed cargo test --workspace --exclude app-wasm
    ;;
  postgres)
    scripts/tools.sh compiler inventory postgres
    cargo build --package portico-agent
    step "Testing the product on a private PostgreSQL (the first time about 6 minutes on 2 cores)"
    timed scripts/postgres.sh run cargo test --package portico --test product
    ;;
  *) stop "test.sh knows 'all' and 'postgres'." ;;
esac
