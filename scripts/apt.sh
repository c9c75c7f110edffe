# shellcheck shell=bash
# Debian packages: installs what is missing, says which line it runs, waits for another apt. Sourced.

# as_root COMMAND..: runs it as root, through sudo when that is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif sudo -n true 2>/dev/null || [ -t 0 ]; then
    sudo "$@"
  else
    return 77
  fi
}

may_be_root() { [ "$(id -u)" = 0 ] || { has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; }; }

apt_missing() {
  local name
  for name in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || printf '%s\n' "$name"
  done
}

# apt_install REASON PACKAGE..: installs those that are missing; stops with the line to type when it may not.
apt_install() {
  local reason=$1 line missing
  shift
  has apt-get || stop "$reason is missing." "Install what these Debian packages hold with your own package manager: $*"
  mapfile -t missing < <(apt_missing "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  line="apt-get install --no-install-recommends ${missing[*]}"
  may_be_root || stop "$reason is missing, and installing it needs root." "Type this as root, then start again: $line"
  say "$reason: $line"
  apt_patiently install -y --no-install-recommends "${missing[@]}"
}

# apt_patiently ARGUMENTS..: apt-get that refreshes an empty list once and waits for other apt runs.
apt_patiently() {
  local log try
  log=$(mktemp)
  for try in $(seq 1 20); do
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1; then
      rm -f "$log"
      return 0
    fi
    if grep -qiE 'could not get lock|is held by process|cannot access archive' "$log"; then
      say "another apt is running: waiting 10 s (try $try of 20)"
      sleep 10
    elif [ "$1" = install ] && [ -z "${PORTICO_APT_FRESH:-}" ]; then
      PORTICO_APT_FRESH=1
      say "refreshing the package lists (about 20 s)"
      apt_patiently update
    else
      break
    fi
  done
  tail -n 15 "$log" >&2
  rm -f "$log"
  stop "apt-get $1 did not work; its last lines are above." "Without a network, install the packages by hand and start again."
}
