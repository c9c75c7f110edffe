#!/usr/bin/env bash
# make audit: asks the advisory database for known holes in the crates of Cargo.lock. Not part of CI: it needs that database.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
scripts/tools.sh deny
step "Fetching the advisory database and judging Cargo.lock (about half a minute)"
cargo deny check advisories || stop "there are advisories, or their database could not be fetched; the reason is above."
