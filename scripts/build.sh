# shellcheck shell=bash
# Builds what the pages need: server, agent, wasm and style sheet. Sourced after toolchain.sh.

target_dir=${CARGO_TARGET_DIR:-target}

# One cargo run for both programs, so that the crates they share are compiled once.
readonly both=(--bin-cargo-args=--package=portico-agent --bin-cargo-args=--bin=portico-agent)

build_portico() {
  step "Building the server, the agent, the wasm and the style sheet (about 8 minutes the first time on 2 cores, then seconds)"
  timed env RUST_BACKTRACE=0 cargo leptos build "${both[@]}" || stop "the build failed; its messages are above."
}

# What cargo-leptos would tell a server that it starts itself; the names are those in Cargo.toml.
export LEPTOS_OUTPUT_NAME=site LEPTOS_SITE_ROOT=target/site LEPTOS_SITE_PKG_DIR=pkg

# What portico --version says beside its number.
PORTICO_COMMIT=$(git rev-parse --short=12 HEAD 2>/dev/null || true)
export PORTICO_COMMIT

port_is_free() { ! (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  for _ in $(seq 1 50); do
    port=$((30000 + RANDOM % 2000))
    port_is_free "$port" && echo "$port" && return
  done
  stop "no free port was found between 30000 and 32000."
}

# healthy PORT PID SECONDS: waits until the server answers; false when it ended or took too long.
healthy() {
  local _
  for _ in $(seq 1 $(($3 * 10))); do
    kill -0 "$2" 2>/dev/null || return 1
    answers "$1" && return 0
    sleep 0.1
  done
  return 1
}

# One request with nothing but bash, since a bare machine has no curl.
answers() {
  local line
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET /healthz HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$1" >&3
  IFS= read -r -t 5 line <&3 || line=
  exec 3>&-
  [[ $line == HTTP/1.1\ 2* ]]
}
