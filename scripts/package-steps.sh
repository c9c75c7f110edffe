# shellcheck shell=bash
# What the test of the agent's packages does, in this order. Sourced by package-test.sh.

test_file() {
  step "The packages as files"
  check "the unit is one that systemd can read" unit_is_fine
  check "the package is fine with dpkg" says portico-agent dpkg-deb --info "$deb"
  check "packing again gives the same bytes" packs_the_same
}

# systemd before 254 does not know the two lines of the growing wait, and the program is not installed here.
unit_is_fine() {
  has systemd-analyze || return 0
  ! systemd-analyze verify scripts/package/portico-agent.service 2>&1 | grep -vE 'Restart(Steps|MaxDelaySec)|is not executable' | grep portico-agent
}

packs_the_same() {
  local first
  first=$(sha256sum target/package/*)
  sleep 1
  (umask 077 && scripts/package.sh)
  same "$(sha256sum target/package/*)" "$first"
}

test_install() {
  step "Installing in a bare Debian"
  check "dpkg installs it" says "portico-agent enrol" inside dpkg -i /packages/agent.deb
  check "what is installed is what was packed" same "$(inside dpkg --verify portico-agent)" ""
  check "nothing secret was made" same "$(ls -A "$root$state")" ""
  check "it says its version" says "portico-agent $(dpkg-deb -f "$deb" Version)" agent --version
  check "it does not report before it is enrolled" says "not enrolled" agent once
  check "it enrols" enrol
  check "it reports" agent once
  check "its files are for root only" same "$(stat -c %a "$root$state" "$root$state/state.json" 2>&1 | xargs)" "700 600"
  device=$(devices)
  check "the device is on the portal, once" same "$(wc -w <<<"$device")" 1
  check "the portal shows as many packages as dpkg-query does" same "$(packages_shown "$device")" "$(packages_there)"
  check "it reports when confined as by the unit" confined portico-agent once
  check "it reads the same when confined" diff <(reads inside) <(reads confined)
}

test_upgrade() {
  local old
  step "Upgrading"
  old=$(identity)
  echo '# mine' >>"$root/etc/default/portico-agent"
  repack 99.1
  pretend_systemd
  check "dpkg upgrades it" inside dpkg -i /packages/newer.deb
  check "the service is restarted if it ran" systemd_was_asked 'try-restart.*portico-agent.service'
  check "the service is not switched on or off" not systemd_was_asked '^(enable|disable|start|stop)'
  check "the new version is there" same "$(inside dpkg-query -W -f='${Version}' portico-agent)" 99.1
  check "the identity is kept" same "$(identity)" "$old"
  check "changed settings are kept" grep -qx '# mine' "$root/etc/default/portico-agent"
  check "it reports" agent once
  check "it is the same device" same "$(devices)" "$device"
}

test_remove() {
  local old
  step "Removing"
  old=$(identity)
  forget
  check "dpkg removes it" inside dpkg -r portico-agent
  check "the service was ended" systemd_was_asked 'stop portico-agent.service'
  check "the service was switched off" systemd_was_asked 'disable portico-agent.service'
  check "the program is gone" not test -e "$root/usr/bin/portico-agent"
  check "the identity is kept" same "$(identity)" "$old"
  forget
  check "dpkg installs it again" inside dpkg -i /packages/agent.deb
  check "the service is switched on again" systemd_was_asked 'enable portico-agent.service'
  check "the service is started" systemd_was_asked 'start.*portico-agent.service'
  check "it reports as the same device" agent once
  check "the portal has one device still" same "$(devices)" "$device"
  no_systemd
  check "dpkg purges it, without systemd" inside dpkg --purge portico-agent
  check "nothing is left" same "$(diff <(echo "$before") <(listing))" ""
}

no_systemd() { rm -rf "$root/usr/bin/systemctl" "$root/run/systemd" "$root/run/systemctl.log"; }

test_tarball() {
  step "By hand, from the tarball"
  check "install.sh installs it" says "Installed: portico-agent" inside /packages/install.sh
  check "it enrols" enrol
  check "it reports" agent once
  check "install.sh again keeps the identity" same "$(identity && inside /packages/install.sh >/dev/null)" "$(identity)"
  check "uninstall.sh removes it" says "The identity stays" inside /packages/uninstall.sh
  check "the program is gone" not test -e "$root/usr/local/bin/portico-agent"
  check "the identity is kept" test -s "$root$state/state.json"
  check "with --purge the identity goes" inside /packages/uninstall.sh --purge
  check "nothing is left" same "$(diff <(echo "$before") <(listing))" ""
}

# The root has no certificates of any kind, so at first the agent has nothing but those built into it.
test_tls() {
  step "TLS"
  start_front
  inside dpkg -i /packages/agent.deb >/dev/null
  check "a certificate of an unknown authority is refused" says "UnknownIssuer" enrol_by_tls localhost
  check "on a machine without certificates it uses its own" says "using those built into the agent" enrol_by_tls localhost
  check "nothing was enrolled" not test -e "$root$state/state.json"
  cp "$folder/tls/ca.pem" "$root/packages/ca.pem"
  check "a certificate for another name is refused" says "certificate not valid for name" enrol_by_tls 127.0.0.1 SSL_CERT_FILE=/packages/ca.pem
  check "with the authority named it enrols" enrol_by_tls localhost SSL_CERT_FILE=/packages/ca.pem
  check "it reports by TLS" inside env SSL_CERT_FILE=/packages/ca.pem portico-agent once
  check "without the authority it does not" says "UnknownIssuer" agent once
  mkdir -p "$root/etc/ssl/certs"
  cp "$folder/tls/ca.pem" "$root/etc/ssl/certs/ca-certificates.crt"
  check "it reports by TLS when the machine trusts the authority" agent once
}

enrol_by_tls() { inside env PORTICO_ENROLMENT_KEY="$key" ${2:+"$2"} portico-agent enrol --server "https://$1:$front_port/t/northwind"; }
