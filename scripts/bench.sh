#!/usr/bin/env bash
# make bench: the device list and patching of 10,000 devices with 300 updates each, measured per CPU second of the server, since wall time
# moves with the neighbours. DEVICES=100000 UPDATES=0 make bench for another size; BUILD=no for the release that is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
# shellcheck source=scripts/build.sh
. scripts/build.sh

readonly devices=${DEVICES:-10000} updates=${UPDATES:-300} seconds=${SECONDS_EACH:-10}

scripts/tools.sh build
has hey || { step "Installing hey, which asks many times and counts" && apt_install "hey" hey; }
if [ "${BUILD:-yes}" = yes ]; then
  step "Building the release (about 12 minutes the first time on 2 cores)"
  timed env RUST_BACKTRACE=0 cargo leptos build --release || stop "the build failed; its messages are above."
fi

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

# Filled by a process of its own, so that the server's memory is what serving takes.
step "Filling a database with $devices devices and $updates updates on each"
export DATABASE_URL="sqlite:$folder/portico.db"
"$target_dir/release/portico" demo --devices "$devices" --updates "$updates" >"$folder/demo.log" 2>&1 || { tail -n 20 "$folder/demo.log" >&2 && stop "the demo could not be made; the end of its log is above."; }

# start ARGUMENTS..: a server that only this script asks.
start() {
  step "Starting the server on port $PORT"
  "$target_dir/release/portico" serve "$@" >"$folder/server.log" 2>&1 &
  server=$!
  healthy "$PORT" "$server" 600 || { tail -n 20 "$folder/server.log" >&2 && stop "the server did not start; the end of its log is above."; }
}
start

# Seconds of processor that the server has used; memory it holds, in MB.
cpu() { awk -v hz="$(getconf CLK_TCK)" '{print ($14 + $15) / hz}' "/proc/$server/stat"; }
memory() { awk '/^VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$server/status"; }

readonly host="northwind.localhost:$PORT"
idle=$(memory)
cookie=$(node scripts/sign-in.mjs "$PORT" "$host" owner@northwind.example)
client=$(node scripts/first-client.mjs "$PORT" "$host" "$cookie")

# ask PATH RATE: hey's report on four connections, at full speed or at RATE requests a second in all.
ask() {
  local limit=()
  [ "$2" = 0 ] || limit=(-q "$(($2 / 4 > 0 ? $2 / 4 : 1))")
  hey -z "${seconds}s" -c 4 "${limit[@]}" -host "$host" -H "Cookie: $cookie" "http://127.0.0.1:$PORT$1"
}

# The first update of the list, and the first client, as their pages name them.
update=$(curl -sf -H "Host: $host" -H "Cookie: $cookie" "http://127.0.0.1:$PORT/patching/updates" | grep -o '/patching/updates/upd_[a-z0-9]*' | sed -n 1p)

printf '\n%-28s %12s %10s %9s %9s %9s %8s\n' page 'per cpu-s' 'ms cpu' 'full/s' 'p50 half' 'p95 half' 'MB'
measure() {
  local before after count rate half report
  ask "$2" 0 >/dev/null
  before=$(cpu)
  report=$(ask "$2" 0)
  after=$(cpu)
  count=$(awk '/^ *\[200\]/ {print $2}' <<<"$report")
  rate=$(awk '/Requests\/sec/ {printf "%d", $2}' <<<"$report")
  [ -n "$count" ] || stop "$2 did not answer 200:" "$report"
  half=$(ask "$2" $((rate / 2)))
  awk -v name="$1" -v n="$count" -v used="$(awk "BEGIN {print $after - $before}")" -v rate="$rate" -v mb="$(memory)" -v half="$half" 'BEGIN {
    match(half, /50% in [0-9.]+/); p50 = substr(half, RSTART + 7, RLENGTH - 7) * 1000
    match(half, /95% in [0-9.]+/); p95 = substr(half, RSTART + 7, RLENGTH - 7) * 1000
    printf "%-28s %12.0f %10.2f %9d %6.1f ms %6.1f ms %8d\n", name, n / used, used * 1000 / n, rate, p50, p95, mb }'
}
measure "device list, 100 rows" "/devices"
measure "one client's devices" "/devices?client=$client"
measure "home" "/"
measure "compliance" "/patching"
measure "updates, 100 rows" "/patching/updates"
measure "one update's devices" "$update"
measure "what is past due, 100 rows" "/patching/devices?counts=missing"
measure "runs" "/patching/runs"
printf '\nMemory when idle after the start: %s MB\n' "$idle"

step "What a browser loads for the device list, in bytes as sent"
node scripts/page-weight.mjs "$PORT" "$host" "$cookie" /devices
node scripts/page-weight.mjs "$PORT" "$host" "$cookie" /

# Pages share counts for some seconds. Without that, each request counts anew.
kill -TERM "$server" && wait "$server" || true
start --counts-seconds 0
printf '\n%-28s %12s %10s %9s %9s %9s %8s\n' 'counted for each request' 'per cpu-s' 'ms cpu' 'full/s' 'p50 half' 'p95 half' 'MB'
measure "compliance" "/patching"
measure "updates, 100 rows" "/patching/updates"
