#!/bin/sh
# Removes what install.sh installed. As root. The identity and the settings stay; with --purge they go, too.
set -eu

state=/var/lib/portico-agent

[ "$(id -u)" = 0 ] || { echo "uninstall.sh has to be run as root." >&2 && exit 1; }
case "${1:-}" in
  '' | --purge) ;;
  *) echo "usage: uninstall.sh [--purge]" >&2 && exit 1 ;;
esac

if [ -e /etc/systemd/system/portico-agent.service ] && command -v systemctl >/dev/null; then
  [ ! -d /run/systemd/system ] || systemctl stop portico-agent.service || true
  systemctl disable portico-agent.service 2>/dev/null || true
fi
rm -f /etc/systemd/system/portico-agent.service /usr/local/bin/portico-agent
[ ! -d /run/systemd/system ] || systemctl daemon-reload

if [ "${1:-}" = --purge ]; then
  rm -rf "$state"
  rm -f /etc/default/portico-agent
  echo "Removed, with the identity of this machine."
elif [ -e "$state/state.json" ]; then
  : >"$state/.removed"
  echo "Removed. The identity stays in $state; uninstall.sh --purge removes it."
else
  rmdir "$state" 2>/dev/null || true
  echo "Removed."
fi
