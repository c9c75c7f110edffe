#!/usr/bin/env bash
# The house rules a compiler cannot check. Each finding says what it found and why it matters.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/say.sh
. scripts/say.sh
# The last command of a pipe runs in this shell, so that report can count.
shopt -s lastpipe

findings=0
# report RULE WHY: standard input holds the places that break it, one a line; none is fine.
report() {
  local places
  places=$(cat)
  [ -n "$places" ] || return 0
  findings=$((findings + 1))
  printf '\n   %s\n   Why: %s\n' "$1" "$2"
  printf '%s\n' "$places" | head -n 20 | sed 's/^/     /'
}

# Files of the repository that exist, committed or not yet, whose names match the patterns.
files() { git ls-files -co --exclude-standard -- "$@" | while IFS= read -r name; do [ -f "$name" ] && printf '%s\n' "$name"; done | sort -u; }

# lines PATTERN FILE-PATTERN..: places in Rust and other text where the pattern stands outside a comment.
lines() {
  local pattern=$1
  shift
  files "$@" | xargs -r -d '\n' grep -nHE "$pattern" 2>/dev/null | grep -vE '^[^:]+:[0-9]+:[[:space:]]*(//|#[^\[!]|\*)' || true
}

# --- sizes

readonly LOOK_AGAIN=250 SPLIT=400 LONG=scripts/lists/long-files.txt

sizes() { files '*.rs' '*.ts' '*.mjs' '*.sh' '*.css' | grep -v '\.d\.ts$' | xargs -r -d '\n' wc -l | awk '$2 != "total" {print $2, $1}'; }

long_files() {
  awk -v look="$LOOK_AGAIN" -v split_at="$SPLIT" -v list="$LONG" '
    FNR == NR { if ($1 !~ /^#/ && NF == 2) listed[$2] = $1; next }
    { seen[$1] = 1 }
    $2 > split_at { print $1 ": " $2 " lines; over " split_at " it has to be split"; next }
    $2 > look && !($1 in listed) { print $1 ": " $2 " lines; over " look " it needs a line in " list; next }
    ($1 in listed) && $2 <= look { print $1 ": " $2 " lines now; take it off " list; next }
    ($1 in listed) && $2 > listed[$1] { print $1 ": grew from " listed[$1] " to " $2; next }
    ($1 in listed) && $2 < listed[$1] { print $1 ": shrank to " $2 "; write that into " list }
    END { for (name in listed) if (!(name in seen)) print name ": is gone; take it off " list }
  ' "$LONG" <(sizes)
}

long_files | report "Long files" "a file is about one noun; the list in $LONG may only shrink."

# --- names

files | grep -E '(^|/)(utils?|helpers?|common|managers?|misc)(\.[a-z]+)?(/|$)' |
  report "Names that say nothing" "utils, helpers, common and manager gather what nobody looks for; name the noun." || true

# --- pages

lines '(^|[[:space:]])<textarea' 'app/*.rs' | grep -v '^app/src/ui/' |
  report "<textarea> outside app/src/ui" "leptos 0.8 does not escape what is inside; the TextArea of the design system does." || true

lines '(^|[[:space:]])<(noscript|style|script)([[:space:]>]|$)' 'app/*.rs' | grep -v '^app/src/layout/' |
  report "<noscript>, <style> or <script> outside app/src/layout" "leptos does not escape what is inside them." || true

lines '(^|[^[:alnum:]_-])style(:[a-z-]+)?="?[^=> ]' 'app/*.rs' 'src/*.rs' | grep -vE '(^src/tests/|/tests\.rs:|^app/src/layout/proof\.rs:)' |
  report "style= attributes" "the content security policy forbids inline styles; use a class, a <meter> or an SVG attribute." || true

lines 'HydrationScripts|islands-router|islands_router' '*.rs' '*Cargo.toml' |
  report "leptos' own hydration or router script" "the first prints the nonce where CSS can read it, the second takes over every form." || true

lines 'SsrMode::Static' '*.rs' |
  report "Static pages" "leptos 0.8's static files lack the check against path traversal, and tenant pages are never static." || true

# A server function without a name gets one from a hash of its folder, and breaks open tabs at each deploy.
files 'app/*.rs' | xargs -r -d '\n' perl -0777 -ne 'while (/^[ \t]*#\[server\b(.*?)\]\s*\n/gms) { my $a = $1; next if $a =~ /endpoint\s*=/; my $l = 1 + (substr($_, 0, $-[0]) =~ tr/\n//); print "$ARGV:$l\n" }' |
  report "Server functions without endpoint" "without one the address is a hash of the folder: server and wasm disagree, and open tabs break after a deploy."

# --- tests and storage

lines '#\[ignore' '*.rs' | report "Tests that are switched off" "a test that does not run proves nothing; mend or remove it."
lines '\.(only|skip|fixme)\(' 'end2end/*.ts' | report "Journeys that are switched off" "a journey that does not run proves nothing; mend or remove it."

lines 'with-time|runtime-tokio-rustls|sqlx-tokio' '*Cargo.toml' |
  report "Features of sea-orm that bite" "time columns sort wrongly on SQLite, and the rustls feature brings a second TLS provider."

# --- crates

tree() { cargo tree --workspace -e normal --target x86_64-unknown-linux-gnu --prefix none --format '{p}' 2>/dev/null | awk '{print $1, $2}' | sort -u; }

crates=$(tree) || stop "cargo tree did not work." "Look at: cargo tree --workspace -e normal"
[ -n "$crates" ] || stop "cargo tree said nothing."

printf '%s\n' "$crates" | grep -E '^(ring|openssl-sys|openssl|native-tls) |^(sqlx-core|sqlx) v0\.8|^(axum|axum-core) v0\.[0-4]\.|^axum v0\.7' |
  report "Crates that must stay out" "one TLS provider, no OpenSSL, one driver: two of them fail at run time, not at build time." || true

for crate in axum leptos leptos_axum reqwest rustls sea-orm sqlx-core tower-sessions-core wasm-bindgen; do
  printf '%s\n' "$crates" | grep "^$crate " || true
done | awk '{n[$1]++; all[$1] = all[$1] " " $2} END {for (c in n) if (n[c] > 1) print c ":" all[c]}' |
  report "Two versions of a crate that must be one" "their types look alike and do not fit: see cargo tree -d."

# --- what is made by scripts

if [ -d node_modules/lucide-static ]; then
  { node scripts/icons.mjs --check 2>&1 || true; } | report "The icon sprite" "pages would show holes; it holds exactly the icons in use."
  { node scripts/fonts.mjs --check 2>&1 || true; } | report "The fonts" "they are copies of the npm packages, with their licences."
fi

grep -nE '"resolved":' package-lock.json | head -n 3 |
  report "Addresses in package-lock.json" "whoever builds this uses the registry that they have configured; set omit-lockfile-registry-resolved=true in npm." || true

[ "$findings" = 0 ] || stop "$findings house rules are broken; the places are above."
say "All house rules hold."
