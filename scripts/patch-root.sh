# shellcheck shell=bash
# A bare Debian with an apt repository of tiny packages of our own: what updates are installed from in tests. Sourced after bare-root.sh.

# tiny NAME VERSION SUITE [FIELD..]: a package into the repository's SUITE. A script for after unpacking is taken from $POSTINST.
tiny() {
  local name=$1 version=$2 suite=$3 at=$folder/tiny/$1
  shift 3
  rm -rf "$at"
  install -d -m 0755 "$at/DEBIAN" "$at/usr/share/$name"
  echo "$version" >"$at/usr/share/$name/version"
  {
    printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: Nobody <nobody@localhost>\n' "$name" "$version"
    [ $# = 0 ] || printf '%s\n' "$@"
    printf 'Description: a package to test with\n'
  } >"$at/DEBIAN/control"
  if [ -n "${POSTINST:-}" ]; then
    printf '#!/bin/sh\nset -e\n%s\n' "$POSTINST" >"$at/DEBIAN/postinst"
    chmod 0755 "$at/DEBIAN/postinst"
  fi
  mkdir -p "$root/repository/pool/$suite"
  dpkg-deb --root-owner-group -Znone --build "$at" "$root/repository/pool/$suite/${name}_${version}_all.deb" >/dev/null
}

# index SUITE LABEL: the lists of a suite, as apt reads them.
index() {
  local suite=$1 label=$2 arch file lists
  arch=$(dpkg --print-architecture)
  lists=$root/repository/dists/$suite/main/binary-$arch
  mkdir -p "$lists"
  for file in "$root/repository/pool/$suite"/*.deb; do
    dpkg-deb --field "$file"
    printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' "${file#"$root/repository/"}" "$(stat -c %s "$file")" "$(sha256sum "$file" | cut -d' ' -f1)"
  done >"$lists/Packages"
  printf 'Origin: Tiny\nLabel: %s\nSuite: %s\nCodename: %s\nDate: %s\nArchitectures: %s\nComponents: main\nSHA256:\n %s %s main/binary-%s/Packages\n' \
    "$label" "$suite" "$suite" "$(LC_ALL=C date -Ru)" "$arch" "$(sha256sum "$lists/Packages" | cut -d' ' -f1)" "$(stat -c %s "$lists/Packages")" "$arch" \
    >"$root/repository/dists/$suite/Release"
}

# The packages: what their names say about 1.1. Slow ones take their time, so that a test can end the agent in the middle.
tiny_packages() {
  local name
  for name in good bad restart held slow-1 slow-2 grows needs changes; do tiny "portico-$name" 1.0 stable; done
  tiny portico-safe 1.0 stable
  tiny portico-safe 1.1 stable-security
  tiny portico-good 1.1 stable
  tiny portico-held 1.1 stable
  POSTINST='[ "$2" != 1.0 ] || { echo "this package does not like it here"; exit 1; }' tiny portico-bad 1.1 stable
  POSTINST='touch /run/reboot-required; echo portico-restart >>/run/reboot-required.pkgs' tiny portico-restart 1.1 stable
  POSTINST='sleep 1.2' tiny portico-slow-1 1.1 stable
  POSTINST='sleep 1.2' tiny portico-slow-2 1.1 stable
  # It brings something new; it cannot have what it needs; it would push another one away; it would change one that nobody asked for.
  tiny portico-new 1.1 stable
  tiny portico-grows 1.1 stable 'Depends: portico-new'
  tiny portico-needs 1.1 stable 'Depends: portico-nowhere'
  tiny portico-pushes 1.0 stable
  tiny portico-pushes 1.1 stable 'Conflicts: portico-weak'
  tiny portico-weak 1.0 stable
  tiny portico-changes 1.1 stable 'Depends: portico-unasked (>= 1.1)'
  tiny portico-unasked 1.0 stable
  tiny portico-unasked 1.1 stable
  tiny portico-absent 1.1 stable
}

# patch_root: fills $root, which has a bare Debian, with the repository, and installs 1.0 of every tiny package.
patch_root() {
  local old
  tiny_packages
  index stable Tiny
  index stable-security Tiny-Security
  rm -rf "$root"/var/lib/apt/lists/*
  printf 'deb [trusted=yes] file:/repository stable main\ndeb [trusted=yes] file:/repository stable-security main\n' >"$root/etc/apt/sources.list"
  inside apt-get update >"$folder/said" 2>&1 || return 1
  old=$(cd "$root" && ls repository/pool/stable/*_1.0_all.deb | sed 's|^|/|')
  # shellcheck disable=SC2086 # one word each
  inside dpkg --install $old >"$folder/said" 2>&1 || return 1
  inside apt-mark hold portico-held >"$folder/said" 2>&1
}
