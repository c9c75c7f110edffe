#!/usr/bin/env bash
# make test-package: installs the agent's packages in a bare Debian, enrols at a demo server, upgrades, removes, purges.
# PORTICO_SERVER=PATH takes a server that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
# shellcheck source=scripts/build.sh
. scripts/build.sh
# shellcheck source=scripts/bare-root.sh
. scripts/bare-root.sh

if why=$(no_bare_root); then
  warn "SKIPPED: the agent's packages are not tested here: $why."
  exit 0
fi

folder=$(mktemp -d)
root=$folder/root root_name=bare-debian-$$ server='' front='' failures=0 checks=0
readonly host=northwind.localhost state=/var/lib/portico-agent
end() {
  [ -z "$front" ] || kill -TERM "$front" 2>/dev/null || true
  [ -z "$server" ] || { kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf --one-file-system "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

# check WHAT COMMAND..: one line of the result; what the command said is shown when it failed.
check() {
  local what=$1
  shift
  checks=$((checks + 1))
  if "$@" >"$folder/said" 2>&1; then
    printf '   ok      %s\n' "$what"
  else
    printf '   FAILED  %s\n' "$what"
    tail -n 15 "$folder/said" | sed 's/^/           /'
    failures=$((failures + 1))
  fi
}

says() { local text=$1 output && shift && output=$("$@" 2>&1 || true) && printf '%s\n' "$output" && [[ $output == *"$text"* ]]; }
not() { ! "$@"; }
same() { [ "$1" = "$2" ] || { echo "\"$1\" is not \"$2\"" && return 1; }; }

# --- the server's side

start_server() {
  local program=${PORTICO_SERVER:-}
  if [ -z "$program" ]; then
    scripts/tools.sh build
    build_portico
    program=$target_dir/debug/portico
  fi
  PORT=$(free_port)
  export PORT DATABASE_URL=sqlite:$folder/portico.db
  step "Starting a demo server on port $PORT"
  PORTICO_ALLOW_PATH_TENANTS=true "$program" serve --demo --demo-devices 20 >"$folder/server.log" 2>&1 &
  server=$!
  healthy "$PORT" "$server" 120 || { tail -n 20 "$folder/server.log" >&2 && stop "the server did not start; the end of its log is above."; }
  key=$("$program" enrolment-key --tenant northwind --client "Bare metal" --site "Here" --name "package test" 2>>"$folder/server.log")
  cookie=$(node scripts/sign-in.mjs "$PORT" "$host" owner@northwind.example)
}

# A certificate authority of our own, a certificate of it for localhost, and a proxy with that in front of the server.
start_front() {
  local at=$folder/tls
  mkdir "$at"
  {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Nobody knows us" -keyout "$at/ca.key" -out "$at/ca.pem"
    openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout "$at/key.pem" -out "$at/request.pem"
    openssl x509 -req -in "$at/request.pem" -CA "$at/ca.pem" -CAkey "$at/ca.key" -CAcreateserial -days 2 -out "$at/cert.pem" \
      -extfile <(printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n')
  } >"$at/log" 2>&1 || { tail -n 5 "$at/log" >&2 && stop "openssl made no certificate."; }
  node scripts/tls-front.mjs "$PORT" "$at/cert.pem" "$at/key.pem" >"$at/port" &
  front=$!
  for _ in $(seq 1 50); do [ ! -s "$at/port" ] || break; sleep 0.1; done
  front_port=$(cat "$at/port")
}

page() { node scripts/page.mjs "$PORT" "$host" "$cookie" "$1"; }

# The ids of the devices whose name is that of the root.
devices() { page "/devices?q=$root_name" | grep -oE 'href="/devices/dev_[0-9a-zA-Z-]+' | sed 's|.*/||' | sort -u || true; }

packages_shown() { page "/devices/$1/software" | grep -oE '[0-9,]+ packages' | head -n 1 | tr -dc '0-9' || true; }
# shellcheck disable=SC2016 # dpkg's placeholder
packages_there() { inside dpkg-query -W -f='${db:Status-Abbrev}\n' | grep -c '^ii'; }

# --- the machine's side

agent() { inside env PORTICO_ENROLMENT_KEY="$key" portico-agent "$@"; }
enrol() { agent enrol --server "http://localhost:$PORT/t/northwind" "$@"; }
identity() { grep -E '"(device|key|private_key)"' "$root$state/state.json" | sha256sum || true; }

# All files, without what every use of dpkg leaves behind.
listing() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./packages \) -prune -o -print) | grep -vE '^\./var/(lib/dpkg/[a-z]+-old|log/.*|cache/.*)$' | sort; }

# As the unit runs it: the root can only be read, but for the state and a /tmp of its own, and of root's powers one is left.
confined() {
  # shellcheck disable=SC2016 # $root is that of the inner shell
  ROOT_BEFORE='mount --bind "$root'$state'" "$root'$state'"; mount -o remount,bind,ro "$root"; mount -t tmpfs tmpfs "$root/tmp"' \
    inside setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+dac_read_search "$@"
}

# What the agent reads, without what changes from one moment to the next.
reads() { "$@" portico-agent show 2>&1 | grep -vE '"(taken_at|free_bytes|cpu_percent|memory_percent)"'; }

# repack VERSION: the same package under a higher version.
repack() {
  rm -rf "$folder/repack"
  dpkg-deb -R "$deb" "$folder/repack"
  sed -i "s/^Version: .*/Version: $1/" "$folder/repack/DEBIAN/control"
  dpkg-deb --root-owner-group -Zgzip -b "$folder/repack" "$root/packages/newer.deb" >/dev/null
}

# A systemctl that only writes down what it is asked, and a folder that says that systemd runs.
pretend_systemd() {
  mkdir -p "$root/run/systemd/system"
  # shellcheck disable=SC2016 # expanded in the root
  printf '#!/bin/sh\necho "$*" >>/run/systemctl.log\ncase "$*" in *is-enabled*) echo enabled ;; esac\n' >"$root/usr/bin/systemctl"
  chmod 0755 "$root/usr/bin/systemctl"
}
systemd_was_asked() { grep -q -- "$1" "$root/run/systemctl.log" || { cat "$root/run/systemctl.log" && return 1; }; }
forget() { : >"$root/run/systemctl.log"; }

# shellcheck source=scripts/package-steps.sh
. scripts/package-steps.sh

has openssl || apt_install "openssl, for certificates of our own" openssl
scripts/package.sh
deb=$(ls target/package/*.deb) tarball=$(ls target/package/*.tar.gz)
mkdir "$root"
bare_root "$root" || { warn "SKIPPED: the agent's packages are not tested here: the bare Debian could not be made." && exit 0; }
start_server
mkdir "$root/packages"
cp "$deb" "$root/packages/agent.deb"
tar -xzf "$tarball" -C "$root/packages" --strip-components=1

before=$(listing)
test_file
test_install
test_upgrade
test_remove
test_tarball
test_tls

# In the words of Playwright, which .ci/run adds up.
printf '\n'
[ "$failures" = 0 ] || printf '  %s failed\n' "$failures"
printf '  %s passed (%s)\n' "$((checks - failures))" "$(minutes $SECONDS)"
[ "$failures" = 0 ]
