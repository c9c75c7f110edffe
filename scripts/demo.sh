#!/usr/bin/env bash
# make demo: writes the demo tenants into the database. demo.sh [DEVICES]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
# shellcheck source=scripts/build.sh
. scripts/build.sh

scripts/tools.sh compiler
step "Building the server (the first time about 6 minutes on 2 cores)"
timed cargo build --bin portico
mkdir -p .portico
step "Writing the demo tenants${1:+ with $1 devices}"
timed "$target_dir/debug/portico" demo ${1:+--devices "$1"}
