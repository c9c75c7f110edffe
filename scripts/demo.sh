#!/usr/bin/env bash
# make demo: writes the demo tenants into the database. demo.sh [DEVICES]; RESET=yes empties it first (make demo-reset)
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
what="Writing the demo tenants" flags=()
[ -z "${RESET:-}" ] || what="Emptying the demo database and writing its tenants" flags=(--reset)
step "$what${1:+ with $1 devices}"
timed "$target_dir/debug/portico" demo "${flags[@]}" ${1:+--devices "$1"}
# This computer's enrolment went with the database; the next make serve makes a new one.
[ -z "${RESET:-}" ] || rm -f .portico/agent/.enrolled-at
