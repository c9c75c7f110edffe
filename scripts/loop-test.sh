#!/usr/bin/env bash
# make test-loops: whole days of work in Chromium on bare Debians, with the real agent, the real server and a real mail server.
# PROGRAMS=FOLDER and LEPTOS_SITE_ROOT=FOLDER take what is built already. Arguments go to Playwright.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
site=${LEPTOS_SITE_ROOT:-}
# shellcheck source=scripts/build.sh
. scripts/build.sh
# shellcheck source=scripts/bare-root.sh
. scripts/bare-root.sh
# shellcheck source=scripts/patch-root.sh
. scripts/patch-root.sh
# shellcheck source=scripts/loop-root.sh
. scripts/loop-root.sh

skip() { warn "SKIPPED: the loops on real machines are not tested here: $1." && exit 0; }
if why=$(no_bare_root); then skip "$why"; fi
has nsenter && has ip || stop "nsenter or ip is missing." "On Debian they are in the packages util-linux and iproute2."
unshare --net true 2>/dev/null || skip "this machine does not allow networks of their own"

folder=$(mktemp -d)
root=$folder/root root_name=loop-test-$$
# The loop of the server first, so that it starts no other.
end() {
  local pid
  : >"$folder/over"
  for pid in "${started[@]}" "$(cat "$folder/server.pid" 2>/dev/null)"; do
    [ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null || true
  done
  wait 2>/dev/null || true
  rm -rf --one-file-system "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

programs=${PROGRAMS:-}
if [ -z "$programs" ]; then
  scripts/tools.sh build browser mail
  build_portico
  programs=$target_dir/debug
else
  scripts/tools.sh node browser mail
  export LEPTOS_SITE_ROOT=${site:-$LEPTOS_SITE_ROOT}
fi
newest=$(readelf -V "$programs/portico-agent" 2>/dev/null | grep -oE 'GLIBC_[0-9.]+' | cut -d_ -f2 | sort -uV | tail -n 1 || true)
[ -z "$newest" ] || at_least "$newest" 2.36 || skip "the agent that this machine builds needs libc $newest, and the bare Debian has 2.36"

mkdir "$root"
bare_root "$root" || skip "the bare Debian could not be made"
PORT=$(free_port)
export PORT DATABASE_URL=sqlite:$folder/portico.db PROGRAMS=$programs LOOP_FOLDER=$folder

step "Starting a mail server, five bare Debians and a portal on port $PORT (about 30 seconds)"
loop_packages
patch_root || { tail -n 15 "$folder/said" >&2 && stop "the root could not be made; what apt said is above."; }
"${PORTICO_AIOSMTPD_PYTHON:-$PORTICO_CACHE/mail/bin/python}" src/foundation/src/post/tests/relay.py plain >"$folder/mails" &
started+=("$!")
for _ in $(seq 1 100); do [ ! -s "$folder/mails" ] || break; sleep 0.1; done
mail_port=$(head -n 1 "$folder/mails" | grep -oE '"port": [0-9]+' | tr -dc 0-9)
node end2end/loops/bridge.mjs "$folder/wire" "$PORT" &
started+=("$!")
loop_server &
started+=("$!")
for name in till office oven mixer ward; do loop_machine "$name"; done
healthy "$PORT" $$ 60 || { tail -n 20 "$folder/server.log" >&2 && stop "the server did not start; the end of its log is above."; }

step "Playing the loops in Chromium (about 7 minutes)"
code=0
timeout --foreground --kill-after=10 "${LOOP_LIMIT:-900}" node_modules/.bin/playwright test --config end2end/playwright.config.ts --project=loops --project=kills --workers=2 "$@" || code=$?
if [ "$code" != 0 ]; then
  mkdir -p end2end/results
  cp "$folder/server.log" end2end/results/server.log
  for at in "$folder"/machines/*; do cp "$at/root/var/log/agent.log" "end2end/results/agent-${at##*/}.log" 2>/dev/null || true; done
  say "The logs of server and agents are in end2end/results; pictures of what failed are beside them."
fi
exit "$code"
