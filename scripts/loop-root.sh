# shellcheck shell=bash
# Machines to play whole loops on: bare Debians in namespaces of their own, also of the network. Sourced after patch-root.sh.

# What was started, by process id.
started=()

# What the loops install besides the tiny packages: one that fails until somebody mends the machine.
loop_packages() {
  tiny portico-picky 1.0 stable
  POSTINST='[ -e /etc/portico-picky ] || { echo "portico-picky: /etc/portico-picky is missing" >&2; exit 1; }' tiny portico-picky 1.1 stable
}

# loop_disk FILE: a small disk in that file, as a loop device; says which. The agent passes over what is called so, so the machine names it otherwise.
loop_disk() {
  truncate -s 16M "$1"
  mkfs.ext4 -q -F -m 0 "$1" && losetup --find --show "$1"
}

# loop_machine NAME: a machine that runs until it is ended; its first process is written to $folder/machines/NAME/pid.
loop_machine() {
  local name=$1 at=$folder/machines/$1 outer first disk
  mkdir -p "$at"
  cp -a "$root" "$at/root"
  cp "$programs/portico-agent" "$at/root/usr/bin/portico-agent"
  printf '127.0.0.1\tlocalhost fjord.localhost\n' >"$at/root/etc/hosts"
  mkdir -p "$at/root/srv/data"
  disk=$(loop_disk "$at/disk") || stop "this machine gives no loop device."
  # A name of its own, so that it is the process that a policy names.
  cp "$root/bin/sleep" "$at/root/usr/bin/tilld"
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --mount --uts --pid --net --fork --kill-child sh -euc '
    root=$1
    hostname "$2"
    ip link set lo up
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mknod "$root/dev/shm/data" b 7 "$3"
    chroot "$root" mount /dev/shm/data /srv/data
    exec chroot "$root" /bin/sh -c "echo ready; while :; do sleep 1; done"
  ' begin "$at/root" "$name" "${disk#/dev/loop}" >"$at/ready" 2>"$at/said" &
  outer=$!
  started+=("$outer")
  for _ in $(seq 1 100); do [ ! -s "$at/ready" ] || break; sleep 0.1; done
  # It goes with the machine that has it mounted.
  losetup --detach "$disk"
  [ -s "$at/ready" ] || { cat "$at/said" >&2 && stop "the machine $name did not start."; }
  first=$(cat "/proc/$outer/task/$outer/children")
  printf '%s\n' "${first// /}" >"$at/pid"
  nsenter --target "${first// /}" --net node end2end/loops/bridge.mjs "$PORT" "$folder/wire" &
  started+=("$!")
}

# The portal, started again at once whenever it ends, as a supervisor does; its process is in $folder/server.pid.
loop_server() {
  while [ ! -e "$folder/over" ]; do
    "$programs/portico" serve --mail-url "smtp://127.0.0.1:$mail_port" --mail-from notices@portal.example >>"$folder/server.log" 2>&1 &
    echo $! >"$folder/server.pid"
    wait $! || true
  done
}
