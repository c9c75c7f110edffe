#!/usr/bin/env bash
# make check: format, lints, licences and sources of crates, and the house rules. Runs all of them, then fails if one did.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
scripts/tools.sh compiler node deny

failed=()
check() {
  local name=$1
  shift
  step "$name"
  timed "$@" || failed+=("$name")
}

# Apart from the server's, or the two would rebuild each other's work.
front="${CARGO_TARGET_DIR:-target}/front"

check "Format" cargo fmt --all --check
check "Lints of the server, the agent and the tests (the first time about 4 minutes on 2 cores)" cargo clippy --workspace --exclude app-wasm --all-targets -- -D warnings
check "Lints of the wasm (the first time about 1 minute)" cargo clippy --package app-wasm --target wasm32-unknown-unknown --target-dir "$front" -- -D warnings
check "Crates: licences, sources, bans" cargo deny --log-level error check bans licenses sources
check "House rules" scripts/house.sh

[ "${#failed[@]}" = 0 ] || stop "${#failed[@]} of 5 checks failed: $(printf '%s; ' "${failed[@]}")"
step "All 5 checks passed"
