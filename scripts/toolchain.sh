# shellcheck shell=bash
# Picks one Rust toolchain that can build for wasm32, and makes it the one of everything below. Sourced.
#
# 1. the active toolchain has it; 2. rustup adds it; 3. Debian's packages, with a wasm std built once.
# PORTICO_TOOLCHAIN=debian goes straight to 3.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/say.sh
. "$here/say.sh"
# shellcheck source=scripts/apt.sh
. "$here/apt.sh"

# cargo-leptos needs this to be built from its lock file; Portico itself needs 1.95.
readonly RUST_NEEDED=1.96
readonly RUST_PACKAGES=(rustc-web cargo-web rust-web-src rust-web-llvm lld-22 rust-web-clippy rustfmt-web)

export PORTICO_CACHE=${PORTICO_CACHE:-$HOME/.cache/portico}
export PATH="$PORTICO_CACHE/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
mkdir -p "$PORTICO_CACHE"

# at_least WANTED HAVE: true when version HAVE is WANTED or newer.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

rust_version() { rustc --version 2>/dev/null | cut -d' ' -f2; }

has_wasm_std() { ls "$(rustc --print sysroot 2>/dev/null)"/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib >/dev/null 2>&1; }

new_enough() { local version; version=$(rust_version) && [ -n "$version" ] && at_least "$RUST_NEEDED" "$version"; }

# Route 2. Nothing is printed but what it says itself; a refusal only means "try the next route".
rustup_adds_wasm() {
  has rustup || return 1
  step "Adding the wasm32 target with rustup (about half a minute)"
  timeout 300 rustup target add wasm32-unknown-unknown && has_wasm_std
}

# Route 3: a complete Rust under /usr, next to whatever else is installed.
use_debian() {
  [ -n "$(apt_missing "${RUST_PACKAGES[@]}" 2>/dev/null || echo all)" ] && step "Installing Debian's Rust packages (about 2 minutes, 200 MB)"
  apt_install "Rust with the means to build for wasm32" "${RUST_PACKAGES[@]}"
  if has rustup; then
    rustup toolchain list | grep -q '^debian' || rustup toolchain link debian /usr
    export RUSTUP_TOOLCHAIN=debian
  else
    export PATH="$PORTICO_CACHE/bin:/usr/bin:$PATH"
  fi
  new_enough || stop "Debian's Rust is $(rust_version), and $RUST_NEEDED is needed." "Refresh the packages: apt-get update && apt-get install ${RUST_PACKAGES[*]}"
  wasm_std_fits || build_wasm_std
  echo debian >"$PORTICO_CACHE/toolchain"
}

# The std in place belongs to this very compiler: the stamp says so, or a one-line crate builds with it.
wasm_std_fits() {
  local stamp out
  stamp=$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib/.made-by
  has_wasm_std || return 1
  [ "$(cat "$stamp" 2>/dev/null)" = "$(rustc --version)" ] && return 0
  out=$(mktemp -d)
  if ! echo 'pub fn nothing() {}' | rustc --target wasm32-unknown-unknown --crate-type lib -o "$out/nothing.rlib" - 2>/dev/null; then
    rm -rf "$out"
    return 1
  fi
  rm -rf "$out"
  stamp_wasm_std "$stamp"
}

# Without root the stamp is only missing: the one-line crate answers next time.
stamp_wasm_std() { rustc --version | as_root tee "$1" >/dev/null 2>&1 || true; }

# Debian ships the source of std for wasm32, not the library.
build_wasm_std() {
  local crate lib
  may_be_root || stop "the wasm32 standard library has to be put under /usr/lib/rustlib, which needs root." "Start this once as root, or with sudo."
  step "Building the standard library for wasm32 (about 1 minute)"
  crate=$(mktemp -d)
  mkdir "$crate/src"
  printf '[package]\nname = "empty"\nedition = "2024"\n' >"$crate/Cargo.toml"
  : >"$crate/src/lib.rs"
  (cd "$crate" && timed env -u CARGO_TARGET_DIR -u CARGO_BUILD_TARGET_DIR RUSTC_BOOTSTRAP=1 cargo build -q -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown --release) ||
    stop "the wasm32 standard library did not build." "It needs the network once, for a dozen small crates."
  rm -f "$crate"/target/wasm32-unknown-unknown/release/deps/libempty-*.rlib
  lib=$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib
  as_root mkdir -p "$lib"
  as_root find "$lib" -name '*.rlib' -delete
  as_root cp "$crate"/target/wasm32-unknown-unknown/release/deps/*.rlib "$lib/"
  rm -rf "$crate"
  stamp_wasm_std "$lib/.made-by"
}

pick_toolchain() {
  if [ "${PORTICO_TOOLCHAIN:-}" = debian ] || [ "$(cat "$PORTICO_CACHE/toolchain" 2>/dev/null)" = debian ]; then
    use_debian
  elif new_enough && { has_wasm_std || rustup_adds_wasm; }; then
    :
  elif has apt-get; then
    has rustc && say "Rust $(rust_version) here cannot build all of Portico (needs $RUST_NEEDED with wasm32): using Debian's beside it."
    use_debian
  else
    stop "Rust $RUST_NEEDED with the wasm32 target is missing." "With rustup: rustup update stable && rustup target add wasm32-unknown-unknown"
  fi
}

pick_toolchain
