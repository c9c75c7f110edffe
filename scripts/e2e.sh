#!/usr/bin/env bash
# Journeys and screenshots: a fresh small demo server on a free port, Playwright against it, and nothing left afterwards.
# e2e.sh journeys | gallery  [arguments for Playwright]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
# shellcheck source=scripts/build.sh
. scripts/build.sh

project=${1:-journeys}
[ "$#" = 0 ] || shift
scripts/tools.sh build browser
build_portico

PORT=$(free_port)
export PORT
folder=$(mktemp -d)
server=''
end() {
  [ -z "$server" ] || { kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

step "Starting a demo server with 300 devices on port $PORT"
export DATABASE_URL="sqlite:$folder/portico.db" PROGRAMS=$target_dir/debug
"$target_dir/debug/portico" serve --demo --demo-devices 300 >"$folder/server.log" 2>&1 &
server=$!
if ! healthy "$PORT" "$server" 120; then
  tail -n 20 "$folder/server.log" >&2
  stop "the server did not start; the end of its log is above."
fi

step "Running the $project in Chromium"
code=0
node_modules/.bin/playwright test --config end2end/playwright.config.ts --project="$project" "$@" || code=$?
if [ "$code" != 0 ]; then
  mkdir -p end2end/results
  cp "$folder/server.log" end2end/results/server.log
  say "The server's log is end2end/results/server.log; pictures of what failed are beside it."
fi
exit "$code"
