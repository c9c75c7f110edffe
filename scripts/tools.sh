#!/usr/bin/env bash
# Installs the build tools at the versions this repository is proven with; skips what is there.
# tools.sh [build] [compiler] [node] [browser] [postgres] [inventory] [deny] [musl] [root] [mail] [sheets]   (build is the default)
set -euo pipefail
# shellcheck source=scripts/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/toolchain.sh"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly CARGO_LEPTOS=0.3.11
readonly CARGO_DENY=0.20.2
readonly AIOSMTPD=1.4.6 TRUSTME=1.2.1 OPENPYXL=3.1.5
# Debian 12 has Node 18, on which neither Tailwind's binding nor Playwright runs.
readonly NODE_NEEDED=20
readonly NODE_FETCHED=22.23.3

# The version of a crate in Cargo.lock: the command and the crate must be the same to the patch.
locked() { sed -n "/^name = \"$1\"$/{n;s/^version = \"\(.*\)\"$/\1/p;q}" Cargo.lock; }

installed() { "$@" --version 2>/dev/null | awk '{print $NF}'; }

# install_tool CRATE OPT_LEVEL ARGUMENTS..: a release build without its slow parts; these programs only run at build time.
# The target folder outlives an interrupted run, and goes when the tool is in place.
install_tool() {
  local crate=$1 opt=$2 target="$PORTICO_CACHE/tools/$1"
  shift 2
  timed env -u CARGO_BUILD_TARGET_DIR CARGO_TARGET_DIR="$target" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL="$opt" CARGO_PROFILE_RELEASE_DEBUG=0 cargo install --force "$crate" "$@" ||
    stop "$crate did not build." "Its messages are above; without a network, copy the program from another machine into ~/.cargo/bin."
  rm -rf "$target"
}

c_compiler() {
  has cc && has make || { step "Installing a C compiler, for SQLite and the TLS library (about half a minute)" && apt_install "a C compiler" gcc libc6-dev make; }
}

cargo_leptos() {
  [ "$(installed cargo-leptos)" = "$CARGO_LEPTOS" ] && return
  step "Building cargo-leptos $CARGO_LEPTOS, once per machine (about 6 minutes on 2 cores)"
  install_tool cargo-leptos 0 --version "=$CARGO_LEPTOS" --locked --features no_downloads
}

wasm_bindgen() {
  local version
  version=$(locked wasm-bindgen)
  [ -n "$version" ] || stop "Cargo.lock names no wasm-bindgen." "Restore it: git checkout Cargo.lock"
  [ "$(installed wasm-bindgen)" = "$version" ] && return
  step "Building wasm-bindgen $version, the version in Cargo.lock (about 2 minutes on 2 cores)"
  install_tool wasm-bindgen-cli 1 --version "=$version" --no-default-features
}

node_major() { node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

# A Node of our own, from the npm registry, for machines whose own is too old. toolchain.sh puts it on PATH.
newer_node() {
  local arch
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) stop "Node $(node --version) is too old: $NODE_NEEDED is needed." ;;
  esac
  step "Fetching Node $NODE_FETCHED, since $(node --version) is too old for the tools (about 15 s)"
  mkdir -p "$PORTICO_CACHE/node"
  npm install --prefix "$PORTICO_CACHE/node" --no-save --no-audit --no-fund --loglevel=error "node-linux-$arch@$NODE_FETCHED" &&
    mkdir -p "$PORTICO_CACHE/bin" && ln -sf "../node/node_modules/node-linux-$arch/bin/node" "$PORTICO_CACHE/bin/node" && hash -r &&
    [ "$(node_major)" -ge "$NODE_NEEDED" ] || stop "Node $NODE_NEEDED or newer is needed." "Install it from your distribution or from nodejs.org, then start again."
}

node_packages() {
  local stamp=node_modules/.installed-from sum
  has node && has npm || { step "Installing Node and npm (about 1 minute)" && apt_install "Node" nodejs npm; }
  [ "$(node_major)" -ge "$NODE_NEEDED" ] || newer_node
  sum=$(sha256sum package-lock.json)
  [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ] && return
  step "Installing the npm packages of package-lock.json (about 15 s)"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || stop "npm ci did not work." "It needs the npm registry once."
  printf '%s\n' "$sum" >"$stamp"
}

chromium_browser() {
  [ -x /usr/bin/chromium ] && return
  step "Installing Chromium for the browser journeys (about 1 minute, 100 MB)"
  apt_install "Chromium" chromium
}

# Without the first file Debian's package would start a server of its own.
postgres_server() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && return
  step "Installing PostgreSQL for the tests (about half a minute); no server of its own is started"
  may_be_root || stop "PostgreSQL is missing, and installing it needs root." "Type this as root: apt-get install --no-install-recommends postgresql"
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    as_root mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  apt_install "PostgreSQL" postgresql
}

# The tests that need it say so loudly when it is not there; a laptop without root still gets all the others.
inventory_agent() {
  has fusioninventory-agent && return
  may_be_root && has apt-get || { warn "fusioninventory-agent is missing and cannot be installed here: its tests will be skipped." && return; }
  step "Installing FusionInventory's agent for the tests (about 1 minute); its service is not needed"
  apt_install "FusionInventory's agent" fusioninventory-agent
}

# The C parts of the agent, for a program that needs no library of the device.
musl_compiler() {
  c_compiler
  has musl-gcc || { step "Installing the C compiler for musl, for the agent's packages (about 10 s)" && apt_install "a C compiler for musl" musl-tools; }
}

# Makes the bare Debian in which the agent's package is tested.
bare_root() {
  has debootstrap || { step "Installing debootstrap for the package test (about 10 s)" && apt_install "debootstrap" debootstrap; }
}

cargo_deny() {
  [ "$(installed cargo-deny)" = "$CARGO_DENY" ] && return
  step "Building cargo-deny $CARGO_DENY, once per machine (about 2 minutes on 2 cores)"
  install_tool cargo-deny 0 --version "=$CARGO_DENY" --locked
}

# A mail server for the tests, and certificates for it, in a Python of its own. The folder is named in foundation's tests, too.
mail_server() {
  local venv="$PORTICO_CACHE/mail" wanted="aiosmtpd==$AIOSMTPD trustme==$TRUSTME"
  [ "$(cat "$venv/.holds" 2>/dev/null)" = "$wanted" ] && "$venv/bin/python" -c 'import aiosmtpd, trustme' 2>/dev/null && return
  python3 -c 'import ensurepip' 2>/dev/null || { step "Installing Python for the mail tests (about half a minute)" && apt_install "Python" python3 python3-venv; }
  step "Installing the mail server of the tests, aiosmtpd $AIOSMTPD (about 20 s)"
  rm -rf "$venv"
  # shellcheck disable=SC2086
  python3 -m venv "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check $wanted ||
    stop "aiosmtpd could not be installed." "It needs the Python package index once; or set PORTICO_AIOSMTPD_PYTHON to a Python that has aiosmtpd and trustme."
  printf '%s\n' "$wanted" >"$venv/.holds"
}

# A program of others that reads our spreadsheets, in a Python of its own. The folder is named in paper's tests, too.
sheet_reader() {
  local venv="$PORTICO_CACHE/sheets" wanted="openpyxl==$OPENPYXL"
  [ "$(cat "$venv/.holds" 2>/dev/null)" = "$wanted" ] && "$venv/bin/python" -c 'import openpyxl' 2>/dev/null && return
  python3 -c 'import ensurepip' 2>/dev/null || { step "Installing Python for the spreadsheet tests (about half a minute)" && apt_install "Python" python3 python3-venv; }
  step "Installing the spreadsheet reader of the tests, openpyxl $OPENPYXL (about 10 s)"
  rm -rf "$venv"
  python3 -m venv "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check "$wanted" ||
    stop "openpyxl could not be installed." "It needs the Python package index once; or set PORTICO_OPENPYXL_PYTHON to a Python that has openpyxl."
  printf '%s\n' "$wanted" >"$venv/.holds"
}

[ "$#" -gt 0 ] || set -- build
for part in "$@"; do
  case $part in
    build) c_compiler && cargo_leptos && wasm_bindgen && node_packages ;;
    compiler) c_compiler ;;
    node) node_packages ;;
    browser) chromium_browser ;;
    postgres) postgres_server ;;
    inventory) inventory_agent ;;
    deny) cargo_deny ;;
    musl) musl_compiler ;;
    root) bare_root ;;
    mail) mail_server ;;
    sheets) sheet_reader ;;
    *) stop "tools.sh knows no part '$part'." ;;
  esac
done
