#!/bin/sh
# Installs the agent from this folder, or a newer one over it. As root. What Debian's package does, for systems without it.
set -eu
cd "$(dirname "$0")"

unit=/etc/systemd/system/portico-agent.service
state=/var/lib/portico-agent

[ "$(id -u)" = 0 ] || { echo "install.sh has to be run as root." >&2 && exit 1; }
if command -v dpkg-query >/dev/null && dpkg-query -W -f='${db:Status-Status}' portico-agent 2>/dev/null | grep -qx installed; then
  echo "The Debian package portico-agent is installed; upgrade or remove that instead." >&2
  exit 1
fi

mkdir -p /usr/local/bin /etc/default
# Replaced in one step: a running agent keeps its program until it is restarted.
cp portico-agent /usr/local/bin/.portico-agent.new
chmod 0755 /usr/local/bin/.portico-agent.new
mv /usr/local/bin/.portico-agent.new /usr/local/bin/portico-agent
[ -e /etc/default/portico-agent ] || cp portico-agent.default /etc/default/portico-agent
[ -d "$state" ] || mkdir -m 0700 "$state"

# dnf writes to its cache and log even when it is only asked.
protect=strict
command -v dpkg-query >/dev/null || protect=full
if command -v systemctl >/dev/null; then
  sed -e 's|^ExecStart=/usr/bin/|ExecStart=/usr/local/bin/|' -e "s|^ProtectSystem=.*|ProtectSystem=$protect|" portico-agent.service >"$unit"
  chmod 0644 "$unit"
  [ ! -d /run/systemd/system ] || systemctl daemon-reload
fi

if [ ! -e "$state/state.json" ]; then
  echo "Next, enrol this machine: portico-agent enrol --server URL --key KEY"
  echo "Then start it: systemctl enable --now portico-agent"
elif [ -e "$state/.removed" ]; then
  rm -f "$state/.removed"
  command -v systemctl >/dev/null && systemctl enable portico-agent.service
  [ ! -d /run/systemd/system ] || systemctl start portico-agent.service
else
  [ ! -d /run/systemd/system ] || systemctl try-restart portico-agent.service
fi
echo "Installed: $(/usr/local/bin/portico-agent --version)"
