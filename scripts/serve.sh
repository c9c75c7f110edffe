#!/usr/bin/env bash
# make serve: from a fresh clone to a running portal with demo data and this computer in it.
set -euo pipefail
begin=$SECONDS
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
# shellcheck source=scripts/build.sh
. scripts/build.sh

export PORT=${PORT:-3000} PORTICO_ALLOW_PATH_TENANTS=true
readonly data=.portico server_log=.portico/server.log agent_log=.portico/agent.log state=.portico/agent
server='' agent=''

check_port() {
  port_is_free "$PORT" || stop "port $PORT is taken by another program." "End that program, or choose another port: make serve PORT=$((PORT + 1))"
}

start_server() {
  step "Starting the server (the first time it makes the demo data: about 10 seconds)"
  NO_COLOR=1 "$target_dir/debug/portico" serve --demo >"$server_log" 2>&1 &
  server=$!
  healthy "$PORT" "$server" 120 && return
  tail -n 20 "$server_log" >&2
  stop "the server did not start; the end of $server_log is above."
}

# The key is for this one machine; the agent keeps its own key pair afterwards.
enrol() {
  local key
  key=$("$target_dir/debug/portico" enrolment-key --tenant northwind --client "This computer" --site "Here" --name "make serve" 2>>"$agent_log") ||
    { warn "no enrolment key could be made." && return 1; }
  PORTICO_ENROLMENT_KEY=$key "$target_dir/debug/portico-agent" enrol --again --server "http://localhost:$PORT/t/northwind" --state "$state" >>"$agent_log" 2>&1
}

# Enrolled once; again when the database does not know this machine any more. On another port it is still the same device.
start_agent() {
  mkdir -p "$state"
  if [ "$(cat "$state/.enrolled-at" 2>/dev/null)" != "$(database)" ]; then
    enrol || { warn "this computer could not be enrolled; the portal runs without it. See $agent_log." && return; }
    database >"$state/.enrolled-at"
  fi
  sed -i -E "s|http://localhost:[0-9]+/t/northwind|http://localhost:$PORT/t/northwind|" "$state/state.json"
  "$target_dir/debug/portico-agent" run --state "$state" >>"$agent_log" 2>&1 &
  agent=$!
}

# The database's identity: where it is, or for a file when it was made.
database() { echo "${DATABASE_URL:-$(stat -c '%i %W' "$data/portico.db")}"; }

show() {
  local at=":$PORT"
  cat <<TEXT

  Portico is running ($(minutes $((SECONDS - begin))) since you typed make serve). Ctrl-C ends it.

    http://localhost$at            the platform, for operators
    http://northwind.localhost$at  Northwind IT, a demo MSP; this computer is in its client "This computer"
    http://bluefin.localhost$at    Bluefin Managed, another demo MSP

  Sign in with the password  portico-demo  and one of

    owner@northwind.example    owner@bluefin.example     sees and may do everything
    tech@northwind.example     tech@bluefin.example      a technician
    scoped@northwind.example   scoped@bluefin.example    a technician of two clients only
    contact@<client>.example                             a contact of one client; Clients lists them
    operator@platform.example                            the operator, on the platform

  Data: $data/   Logs: $server_log  $agent_log   Start afresh: make clean-data

TEXT
}

end() {
  trap '' INT TERM HUP
  printf '\nStopping.\n'
  [ -z "$agent" ] || kill -TERM "$agent" 2>/dev/null || true
  [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
  wait || true
}

check_port
scripts/tools.sh build
build_portico
mkdir -p "$data"
check_port
trap 'end; exit 0' INT TERM HUP
trap 'code=$?; [ "$code" = 0 ] || end; exit "$code"' EXIT
start_server
start_agent
show
wait "$server" || true
server=''
tail -n 20 "$server_log" >&2
stop "the server ended by itself; the end of $server_log is above."
