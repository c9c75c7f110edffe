# shellcheck shell=bash
# What the scripts say, and how they stop. Sourced by every other script.

# A step that takes a while: what is being done and about how long.
step() { printf '\n== %s\n' "$*"; }
say() { printf '   %s\n' "$*"; }
warn() { printf '   ! %s\n' "$*" >&2; }

# The last sentence before a script gives up. One sentence on what is missing, one on what to do.
stop() {
  printf '\nStopped: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '         %s\n' "$line" >&2; done
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# minutes SECONDS: "1 min 05 s"
minutes() { printf '%d min %02d s' "$(($1 / 60))" "$(($1 % 60))"; }

# timed COMMAND..: runs it and says how long it took. Keeps the exit code.
timed() {
  local begin=$SECONDS code=0
  "$@" || code=$?
  say "took $(minutes $((SECONDS - begin)))"
  return "$code"
}
