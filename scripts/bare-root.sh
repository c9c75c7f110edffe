# shellcheck shell=bash
# A bare Debian 12 to install packages in: made once per machine, unpacked for each run, entered in namespaces of its own. Sourced.

readonly ROOT_SUITE=bookworm

# no_bare_root: says why there can be none here; false when there can.
no_bare_root() {
  if [ "$(id -u)" != 0 ]; then
    echo "it needs root"
  elif ! has apt-get; then
    echo "it needs debootstrap, which only Debian's family has"
  elif ! unshare --mount --uts --pid --fork true 2>/dev/null; then
    echo "this machine does not allow namespaces"
  else
    return 1
  fi
}

# Where apt on this machine gets Debian's own packages from.
debian_mirror() {
  # shellcheck disable=SC2016 # apt's placeholders, not the shell's
  apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(LABEL) $(COMPONENT) $(REPO_URI)' 2>/dev/null | awk '/^Packages Debian Debian main / {print $5; exit}'
}

# make_bare_root FILE: a tar of the root, with the packages that every Debian has and nothing else.
make_bare_root() {
  local file=$1 mirror folder http_proxy=${http_proxy:-}
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || { warn "apt on this machine knows no mirror of Debian." && return 1; }
  scripts/tools.sh root
  eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
  export http_proxy
  step "Making a bare Debian $ROOT_SUITE from $mirror, once per machine (about 1 minute)"
  mkdir -p "$(dirname "$file")"
  folder=$(mktemp -d "$(dirname "$file")/making.XXXXXXXX")
  if ! timed debootstrap --variant=minbase "$ROOT_SUITE" "$folder" "$mirror" >"$folder.log" 2>&1; then
    tail -n 5 "$folder.log" >&2
    rm -rf "$folder" "$folder.log"
    return 1
  fi
  rm -rf "$folder"/var/cache/apt/archives/*.deb
  tar --create --numeric-owner --file "$file.new" --directory "$folder" .
  mv "$file.new" "$file"
  rm -rf "$folder" "$folder.log"
}

# bare_root FOLDER: unpacks it there.
bare_root() {
  local file
  file=${PORTICO_CACHE:-$HOME/.cache/portico}/roots/$ROOT_SUITE-$(dpkg --print-architecture).tar
  [ -s "$file" ] || make_bare_root "$file" || return 1
  tar --extract --numeric-owner --file "$file" --directory "$1"
  # What an installer writes and debootstrap does not.
  printf '127.0.0.1\tlocalhost\n' >"$1/etc/hosts"
}

# The root's folder and host name, for whoever sources this to set.
: "${root:=}" "${root_name:=bare-debian}"

# inside COMMAND..: runs it in $root, under the host name $root_name, with its own processes; the network is this machine's.
# $ROOT_BEFORE is run first, by a shell in the same namespaces, before the root is entered.
inside() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --mount --uts --pid --fork --kill-child sh -euc '
    root=$1 name=$2
    shift 2
    hostname "$name"
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    eval "${ROOT_BEFORE:-}"
    exec chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C HOME=/root DEBIAN_FRONTEND=noninteractive "$@"
  ' inside "$root" "$root_name" "$@"
}
