#!/usr/bin/env bash
# make package: the agent as a .deb and as a .tar.gz for this machine's architecture, in target/package.
# The same commit gives the same bytes. PORTICO_AGENT_LINK=glibc leaves out the search for a static toolchain.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh

# The release can be run on Debian of this libc or newer when it cannot be static: that of Debian 12.
readonly GLIBC_MOST=2.36
# The agent's own need, from Cargo.toml; the server's tools need more.
readonly AGENT_RUST=1.95

machine=$(uname -m)
case $machine in
  x86_64) arch=amd64 ;;
  aarch64) arch=arm64 ;;
  *) stop "no package is made for $machine." "The agent itself builds there: cargo build --release --package portico-agent" ;;
esac
version=$(sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
built=${PORTICO_PACKAGE_TARGET:-${CARGO_TARGET_DIR:-target}/agent}
out=target/package
name=portico-agent_${version}_$arch

# --- the program

has_std() { ls "$(rustc --print sysroot)/lib/rustlib/$1"/lib/libstd-*.rlib >/dev/null 2>&1; }

recent() { local have; have=$(rust_version) && [ -n "$have" ] && at_least "$AGENT_RUST" "$have"; }

# Debian ships no std for musl; rustup's toolchains can add theirs. glibc cannot be linked in whole: it would still load the machine's
# NSS modules to look up names, and those want the libc they were built with.
static_rust() {
  local musl=$machine-unknown-linux-musl toolchain
  [ "${PORTICO_AGENT_LINK:-static}" = static ] || return 1
  if recent && has_std "$musl"; then return 0; fi
  has rustup || return 1
  for toolchain in $(rustup toolchain list | awk '{print $1}' | grep -vE '^(debian|nightly|beta)' | sort -rV); do
    export RUSTUP_TOOLCHAIN=$toolchain
    recent || continue
    has_std "$musl" && return 0
    step "Adding the target $musl to the toolchain $toolchain (a few seconds)"
    timeout 300 rustup target add "$musl" && has_std "$musl" && return 0
  done
  return 1
}

choose_target() {
  local before=${RUSTUP_TOOLCHAIN:-}
  if static_rust && scripts/tools.sh musl; then
    target=$machine-unknown-linux-musl
    export "CC_${target//-/_}=musl-gcc"
    return
  fi
  if [ -n "$before" ]; then export RUSTUP_TOOLCHAIN=$before; else unset RUSTUP_TOOLCHAIN; fi
  target=$machine-unknown-linux-gnu
  scripts/tools.sh compiler
  warn "there is no Rust with a std for musl, or no compiler for it, so the program will need a libc of at most version $GLIBC_MOST on the device."
}

build() {
  local cargo=${CARGO_HOME:-$HOME/.cargo} here=$PWD flags
  mkdir -p "$built"
  built=$(cd "$built" && pwd)
  flags="-ffile-prefix-map=$cargo=/cargo -ffile-prefix-map=$built=/build"
  step "Building the agent for $target in release (the first time about 2 minutes on 2 cores)"
  timed env -u CARGO_BUILD_TARGET_DIR "CFLAGS_${target//-/_}=$flags" CARGO_TARGET_DIR="$built" CARGO_PROFILE_RELEASE_STRIP=symbols CARGO_INCREMENTAL=0 \
    RUSTFLAGS="--remap-path-prefix=$cargo=/cargo --remap-path-prefix=$built=/build --remap-path-prefix=$here=/portico" \
    cargo build --locked --release --package portico-agent --bin portico-agent --target "$target" || stop "the agent did not build; its messages are above."
  program=$built/$target/release/portico-agent
}

# The newest version of libc that the program asks for; nothing when it asks for none.
libc_needed() { readelf -V "$program" | grep -oE 'GLIBC_[0-9.]+' | cut -d_ -f2 | sort -uV | tail -n 1; }

check_linking() {
  libc=$(libc_needed || true)
  depends=''
  if readelf -d "$program" | grep -q '(NEEDED)'; then
    at_least "${libc:-9}" "$GLIBC_MOST" || stop "the program needs libc $libc; Debian 12 has $GLIBC_MOST." "Build on Debian 12, or install rustup with a stable toolchain."
    depends="libc6 (>= $libc), libgcc-s1"
  fi
  say "${depends:-It is static: it needs no library of the device.}"
}

# --- the packages

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every crate in the program with its licence: most of these licences want to be passed on.
crates() {
  cargo tree --locked --package portico-agent --edges normal --target "$target" --prefix none --format '{p} {l}' | sed 's/ (.*)//; s/ (\*)$//' |
    awk '$1 !~ /^(portico-agent|domain)$/' | LC_ALL=C sort -u
}

copyright() {
  printf 'portico-agent is part of Portico. Licence: Apache-2.0, whose text follows.\n\n'
  cat LICENSE
  printf '\n\nThe program contains these crates, each under its own licence; their sources are on crates.io:\n\n'
  cat "$work/crates"
  [ "$target" != "${target%-musl}" ] && printf '\nand musl, the C library: MIT, Copyright 2005-2020 Rich Felker and others\n'
  true
}

# Times are those of the commit, owners are root, modes do not depend on the umask.
settle() {
  find "$1" -type d -exec chmod 0755 {} +
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}

make_deb() {
  local root=$work/deb size
  install -D -m 0755 "$program" "$root/usr/bin/portico-agent"
  install -D -m 0644 scripts/package/portico-agent.service "$root/lib/systemd/system/portico-agent.service"
  install -D -m 0644 scripts/package/portico-agent.default "$root/etc/default/portico-agent"
  install -D -m 0644 "$work/copyright" "$root/usr/share/doc/portico-agent/copyright"
  install -D -m 0644 scripts/package/allow-changes.conf "$root/usr/share/portico-agent/allow-changes.conf"
  install -d -m 0755 "$root/DEBIAN"
  size=$(find "$root" -type f -printf '%s\n' | awk '{kib += int(($1 + 1023) / 1024)} END {print kib}')
  sed -e "s/@VERSION@/$version/; s/@ARCH@/$arch/; s/@SIZE@/$size/; s/@DEPENDS@/$depends/; /^Depends: $/d" scripts/package/control >"$root/DEBIAN/control"
  echo /etc/default/portico-agent >"$root/DEBIAN/conffiles"
  (cd "$root" && find usr lib -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
  chmod 0644 "$root"/DEBIAN/*
  for script in postinst prerm postrm; do install -m 0755 "scripts/package/$script" "$root/DEBIAN/$script"; done
  settle "$root"
  dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$root" "$out/$name.deb" >/dev/null
}

make_tarball() {
  local root=$work/tar/$name
  install -D -m 0755 "$program" "$root/portico-agent"
  install -m 0755 scripts/package/install.sh scripts/package/uninstall.sh "$root/"
  install -m 0644 scripts/package/portico-agent.service scripts/package/portico-agent.default scripts/package/allow-changes.conf "$root/"
  install -m 0644 docs/AGENTS.md "$root/README.md"
  install -m 0644 "$work/copyright" "$root/COPYRIGHT"
  settle "$root"
  tar --create --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --directory "$work/tar" "$name" | gzip -n -9 >"$out/$name.tar.gz"
}

has dpkg-deb || stop "dpkg-deb is missing." "On Debian it is always there; elsewhere install the package dpkg."
has readelf || apt_install "readelf, which tells what the program needs" binutils
choose_target
build
check_linking
mkdir -p "$out"
rm -f "$out"/portico-agent_*
crates >"$work/crates"
copyright >"$work/copyright"
step "Packing"
make_deb
make_tarball
(cd "$out" && sha256sum "$name.deb" "$name.tar.gz" | sed 's/^/   /')
say "They are in $out/."
