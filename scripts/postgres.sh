#!/usr/bin/env bash
# A private PostgreSQL for the tests: a temporary folder, a free port, two roles, and nothing left afterwards.
# postgres.sh run COMMAND..   start, run the command with the two addresses in its environment, remove
# postgres.sh start | stop    the same by hand: start prints the addresses, stop removes what start made
set -euo pipefail
# shellcheck source=scripts/say.sh
. "$(dirname "${BASH_SOURCE[0]}")/say.sh"

remembered=${PORTICO_CACHE:-$HOME/.cache/portico}/postgres
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
[ -x "$bin/initdb" ] || stop "PostgreSQL's server programs are missing." "On Debian: scripts/tools.sh postgres"

secret() { od -An -tx1 -N16 /dev/urandom | tr -d ' \n'; }

# PostgreSQL refuses to run as root, so its folder and processes belong to Debian's postgres user then.
as_server() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups env -u CDPATH HOME="$dir" "$@"
  else
    "$@"
  fi
}

free_port() {
  local port
  for _ in $(seq 1 50); do
    port=$((20000 + RANDOM % 10000))
    (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
  done
  stop "no free port was found between 20000 and 30000."
}

make_cluster() {
  dir=$(mktemp -d "${TMPDIR:-/tmp}/portico-postgres.XXXXXXXX")
  echo "$$" >"$dir/owner"
  chmod 0700 "$dir"
  [ "$(id -u)" != 0 ] || chown -R postgres: "$dir"
  (cd "$dir" && as_server "$bin/initdb" -D "$dir/data" -U admin -E UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 --no-sync >"$dir/initdb.log" 2>&1) ||
    { tail -n 5 "$dir/initdb.log" >&2 && stop "initdb did not work."; }
}

# Everything that makes a disk safe and slow is off: this data lives for one run.
start_cluster() {
  local options
  for _ in 1 2 3; do
    port=$(free_port)
    options="-c port=$port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir -c unix_socket_permissions=0700"
    options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
    (cd "$dir" && as_server "$bin/pg_ctl" start -w -t 30 -s -D "$dir/data" -l "$dir/server.log" -o "$options" >/dev/null) && return
  done
  tail -n 10 "$dir/server.log" >&2
  stop "PostgreSQL did not start; its last lines are above."
}

# The owner makes databases and tables; the app may neither own nor see past row-level security.
make_roles() {
  local owner app
  owner=$(secret)
  app=$(secret)
  (cd "$dir" && as_server "$bin/psql" -q -v ON_ERROR_STOP=1 -h "$dir" -p "$port" -U admin -d postgres) >/dev/null <<SQL
create role portico_owner login createdb nosuperuser nobypassrls nocreaterole password '$owner';
create role portico_app login nocreatedb nosuperuser nobypassrls nocreaterole password '$app';
SQL
  export PORTICO_TEST_PG_OWNER_URL="postgres://portico_owner:$owner@127.0.0.1:$port/postgres"
  export PORTICO_TEST_PG_APP_URL="postgres://portico_app:$app@127.0.0.1:$port/postgres"
}

remove() {
  [ -n "${dir:-}" ] && [ -d "$dir" ] || return 0
  (cd "$dir" && as_server "$bin/pg_ctl" stop -m immediate -s -D "$dir/data" >/dev/null 2>&1) || true
  rm -rf "$dir"
}

# A run that was killed outright leaves its folder: the next one removes it.
sweep() {
  local left
  for left in "${TMPDIR:-/tmp}"/portico-postgres.*; do
    [ -O "$left" ] || [ "$(id -u)" = 0 ] || continue
    [ -r "$left/owner" ] && ! kill -0 "$(cat "$left/owner")" 2>/dev/null && [ "$left" != "$(cat "$remembered" 2>/dev/null)" ] || continue
    dir=$left remove
  done
}

up() {
  sweep
  make_cluster
  start_cluster
  make_roles
}

run() {
  local code=0 child=
  [ "$#" -gt 0 ] || stop "postgres.sh run needs a command."
  trap remove EXIT
  trap '[ -z "$child" ] || kill -TERM -- "-$child" 2>/dev/null || true; exit 130' INT TERM HUP
  up
  say "PostgreSQL $("$bin/postgres" --version | awk '{print $3}') on port $port, in $dir, until the command ends"
  set -m
  "$@" &
  child=$!
  set +m
  wait "$child" || code=$?
  return "$code"
}

case ${1:-} in
  run)
    shift
    run "$@"
    ;;
  start)
    trap remove EXIT
    up
    mkdir -p "$(dirname "$remembered")"
    echo "$dir" >"$remembered"
    trap - EXIT
    printf 'export PORTICO_TEST_PG_OWNER_URL=%s\nexport PORTICO_TEST_PG_APP_URL=%s\n' "$PORTICO_TEST_PG_OWNER_URL" "$PORTICO_TEST_PG_APP_URL"
    ;;
  stop)
    dir=$(cat "$remembered" 2>/dev/null) || stop "no PostgreSQL was started with postgres.sh start."
    remove
    rm -f "$remembered"
    ;;
  *) stop "usage: scripts/postgres.sh run COMMAND.. | start | stop" ;;
esac
