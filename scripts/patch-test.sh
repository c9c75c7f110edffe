#!/usr/bin/env bash
# make test-patching: the agent installs updates in a bare Debian, from a repository of tiny packages of our own; it is ended in the middle 20 times.
# ARGS=NAME runs the tests whose name holds that.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh
# shellcheck source=scripts/bare-root.sh
. scripts/bare-root.sh
# shellcheck source=scripts/patch-root.sh
. scripts/patch-root.sh

if why=$(no_bare_root); then
  warn "SKIPPED: the installation of updates is not tested here: $why."
  exit 0
fi
has nsenter || stop "nsenter is missing." "On Debian it is in the package util-linux."

folder=$(mktemp -d)
root=$folder/root root_name=patch-test-$$
trap 'rm -rf --one-file-system "$folder"' EXIT
trap 'exit 130' INT TERM HUP

scripts/tools.sh compiler
step "Building the agent and its test (about 3 minutes the first time on 2 cores)"
timed cargo test --quiet --package portico-agent --test patching --no-run || stop "the agent did not build; its messages are above."

# The agent is built for this machine, so the root's libc has to be as new as this machine's.
newest=$(readelf -V "${CARGO_TARGET_DIR:-target}/debug/portico-agent" 2>/dev/null | grep -oE 'GLIBC_[0-9.]+' | cut -d_ -f2 | sort -uV | tail -n 1 || true)
if [ -n "$newest" ] && ! at_least "$newest" 2.36; then
  warn "SKIPPED: the installation of updates is not tested here: the agent that this machine builds needs libc $newest, and the bare Debian has 2.36."
  exit 0
fi

mkdir "$root"
bare_root "$root" || { warn "SKIPPED: the installation of updates is not tested here: the bare Debian could not be made." && exit 0; }
step "Filling the bare Debian with tiny packages, 1.0 of each installed"
timed patch_root || { tail -n 15 "$folder/said" >&2 && stop "the root could not be made; what apt said is above."; }

step "Installing updates in it, and ending agent and machine in the middle (about 4 minutes)"
PORTICO_PATCH_ROOT=$root timed cargo test --quiet --package portico-agent --test patching -- --test-threads=1 --nocapture ${ARGS:-}
