//! What the words of an inventory say about a machine: its kind, the family of its system, and which words say nothing.

use domain::devices::report::Kind;

/// What makers leave in the firmware when they write nothing there.
const FILLERS: [&str; 19] = [
    "none",
    "default string",
    "not specified",
    "not available",
    "not applicable",
    "not present",
    "not settable",
    "n/a",
    "na",
    "unknown",
    "invalid",
    "o.e.m.",
    "empty",
    "to be filled by o.e.m.",
    "to be filled by oem",
    "system serial number",
    "system product name",
    "system manufacturer",
    "chassis serial number",
];
const FILLER_NUMBERS: [&str; 6] =
    ["123456789", "0123456789", "1234567890", "12345678", "03000200-0400-0500-0006-000700080009", "12345678-1234-5678-90ab-cddeefaabbcc"];

/// Each needle with its family; the first that is found counts, so derivatives stand before what they derive from.
const FAMILIES: [(&str, &str); 26] = [
    ("windows", "windows"),
    ("mac os", "macos"),
    ("macos", "macos"),
    ("os x", "macos"),
    ("darwin", "macos"),
    ("mint", "mint"),
    ("raspbian", "raspbian"),
    ("ubuntu", "ubuntu"),
    ("debian", "debian"),
    ("fedora", "fedora"),
    ("red hat", "rhel"),
    ("rhel", "rhel"),
    ("centos", "centos"),
    ("rocky", "rocky"),
    ("almalinux", "almalinux"),
    ("oracle", "oracle"),
    ("amazon", "amazon"),
    ("opensuse", "opensuse"),
    ("suse", "suse"),
    ("alpine", "alpine"),
    ("gentoo", "gentoo"),
    ("arch linux", "arch"),
    ("nixos", "nixos"),
    ("freebsd", "freebsd"),
    ("openbsd", "openbsd"),
    ("netbsd", "netbsd"),
];

const LAPTOPS: [&str; 7] = ["notebook", "laptop", "portable", "convertible", "detachable", "tablet", "hand held"];
const SERVERS: [&str; 4] = ["server", "rack", "blade", "multi-system"];
const WORKSTATIONS: [&str; 8] = ["desktop", "tower", "mini", "all in one", "space-saving", "lunch box", "pizza box", "stick pc"];

/// `text`, unless it is what a maker leaves there when there is nothing to say.
pub fn unless_filler(text: &str) -> Option<&str> {
    let low = text.to_lowercase();
    let mut rest = low.chars().filter(|c| *c != '-');
    let first = rest.next()?;
    let repeated = matches!(first, '0' | 'f' | 'x' | '.' | '_' | '*') && rest.all(|c| c == first);
    let said = !repeated && !FILLERS.contains(&low.as_str()) && !FILLER_NUMBERS.contains(&low.as_str());
    said.then_some(text)
}

/// The family of the system that calls itself `name` and runs `kernel`; `unknown` when neither tells.
pub fn family(name: &str, kernel: &str) -> String {
    let (name, kernel) = (name.to_lowercase(), kernel.to_lowercase());
    let found = FAMILIES.iter().find(|(needle, _)| name.contains(needle)).or_else(|| FAMILIES.iter().find(|(needle, _)| kernel.contains(needle)));
    match found {
        Some((_, family)) => (*family).to_owned(),
        None if kernel.contains("linux") || name.contains("linux") => "linux".to_owned(),
        None if kernel.contains("mswin") => "windows".to_owned(),
        None => "unknown".to_owned(),
    }
}

/// The kind of a machine. A server edition and a virtual Linux machine say more than the chassis, which a hypervisor makes up.
pub fn kind(chassis: &str, vm: &str, family: &str, os_name: &str) -> Kind {
    let chassis = chassis.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| chassis.contains(word));
    let linux = !["windows", "macos", "freebsd", "openbsd", "netbsd", "unknown"].contains(&family);
    let virtual_linux = linux && !vm.is_empty() && !vm.eq_ignore_ascii_case("physical");
    let server_edition = family == "windows" && os_name.to_lowercase().contains("server");
    match () {
        () if virtual_linux || server_edition => Kind::Server,
        () if is(&LAPTOPS) => Kind::Laptop,
        () if is(&SERVERS) => Kind::Server,
        () if is(&WORKSTATIONS) => Kind::Workstation,
        () => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_say_nothing() {
        for filler in ["To Be Filled By O.E.M.", "None", "Default string", "0", "Not Specified", "00000000", "........", "XXXXXXX", "System Serial Number"] {
            assert_eq!(unless_filler(filler), None, "{filler}");
        }
        for filler in ["", "00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "03000200-0400-0500-0006-000700080009"] {
            assert_eq!(unless_filler(filler), None, "{filler}");
        }
        for serial in ["640HP72", "VMware-42 1a", "Xenon", "000001"] {
            assert_eq!(unless_filler(serial), Some(serial));
        }
    }

    #[test]
    fn families_are_one_lower_case_word() {
        for (name, kernel, family_name) in [
            ("Debian GNU/Linux 12 (bookworm)", "linux", "debian"),
            ("Ubuntu 24.04.1 LTS", "linux", "ubuntu"),
            ("Linux Mint 22", "linux", "mint"),
            ("Fedora Linux 41 (Server Edition)", "linux", "fedora"),
            ("Red Hat Enterprise Linux 9.4", "linux", "rhel"),
            ("openSUSE Leap 15.6", "linux", "opensuse"),
            ("Microsoft Windows 11 Pro", "MSWin32", "windows"),
            ("", "MSWin32", "windows"),
            ("macOS 14.5", "darwin", "macos"),
            ("", "darwin", "macos"),
            ("Homegrown 3", "linux", "linux"),
            ("", "", "unknown"),
        ] {
            assert_eq!(family(name, kernel), family_name, "{name} {kernel}");
        }
    }

    #[test]
    fn the_kind_follows_edition_then_machine_then_chassis() {
        for (chassis, vm, family, name, expected) in [
            ("Notebook", "Physical", "debian", "", Kind::Laptop),
            ("Laptop", "", "windows", "Windows 11 Pro", Kind::Laptop),
            ("Mini Tower", "Physical", "ubuntu", "", Kind::Workstation),
            ("Low Profile Desktop", "Physical", "windows", "Windows 10", Kind::Workstation),
            ("Rack Mount Chassis", "Physical", "debian", "", Kind::Server),
            ("Main Server Chassis", "", "freebsd", "", Kind::Server),
            ("Desktop", "Hyper-V", "debian", "", Kind::Server),
            ("Other", "VMware", "windows", "Windows 11", Kind::Unknown),
            ("Tower", "Physical", "windows", "Microsoft Windows Server 2022", Kind::Server),
            ("Other", "Physical", "debian", "", Kind::Unknown),
            ("", "", "unknown", "", Kind::Unknown),
        ] {
            assert_eq!(kind(chassis, vm, family, name), expected, "{chassis} {vm} {family} {name}");
        }
    }
}
