//! What the firmware says about the machine, without the filler that makers leave in.

use domain::devices::report::Kind;

use super::line;

const FILLER: [&str; 22] = [
    "to be filled by o.e.m.",
    "to be filled by oem",
    "default string",
    "system manufacturer",
    "system product name",
    "system serial number",
    "system version",
    "chassis serial number",
    "base board serial number",
    "not specified",
    "not applicable",
    "not available",
    "not defined",
    "none",
    "null",
    "n/a",
    "unknown",
    "invalid",
    "empty",
    "o.e.m.",
    "oem",
    "0123456789",
];

/// UUIDs that many boards share because nobody set them.
const SHARED_UUID: [&str; 2] = ["03000200-0400-0500-0006-000700080009", "12345678-1234-5678-90ab-cddeefaabbcc"];

/// A field such as `sys_vendor`; some are readable by root only.
pub fn field(name: &str) -> Option<String> {
    line(format!("/sys/class/dmi/id/{name}")).filter(|value| is_real(value))
}

/// Whether `value` says something.
pub fn is_real(value: &str) -> bool {
    let value = value.trim().to_lowercase();
    let mut letters = value.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '_'));
    let first = letters.next();
    let varied = letters.any(|c| Some(c) != first) || (value.chars().count() == 1 && value != "0");
    varied && !FILLER.contains(&value.as_str()) && !value.starts_with("123456789")
}

/// `text` as a UUID in lower case with hyphens, unless many machines share it.
pub fn uuid(text: &str) -> Option<String> {
    let uuid = uuid::Uuid::try_parse(text.trim()).ok()?;
    let text = uuid.hyphenated().to_string();
    (!uuid.is_nil() && !uuid.is_max() && !SHARED_UUID.contains(&text.as_str())).then_some(text)
}

/// The kind of a machine, from its chassis type, its maker and the first processor's flags.
pub fn kind(chassis: Option<&str>, maker: Option<&str>, cpuinfo: &str) -> Kind {
    match chassis.and_then(|number| number.trim().parse().ok()).unwrap_or(0) {
        3..=7 | 13 | 15 | 16 | 35 | 36 => Kind::Workstation,
        8..=11 | 14 | 30..=32 => Kind::Laptop,
        17 | 23 | 25 | 28 | 29 => Kind::Server,
        _ if is_virtual(maker, cpuinfo) => Kind::Server,
        _ => Kind::Unknown,
    }
}

fn is_virtual(maker: Option<&str>, cpuinfo: &str) -> bool {
    let maker = maker.unwrap_or_default().to_lowercase();
    let known = ["qemu", "vmware", "xen", "amazon", "google", "innotek", "parallels", "bochs"].iter().any(|name| maker.contains(name));
    let flags = cpuinfo.lines().find(|line| line.starts_with("flags")).unwrap_or_default();
    known || flags.split_whitespace().any(|flag| flag == "hypervisor")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filler_is_not_a_fact() {
        for filler in ["To Be Filled By O.E.M.", "Default string", "None", "N/A", "0", "00000000", "xxxxxxx", "..", "", "0123456789", "123456789ABC", "OEM"] {
            assert!(!is_real(filler), "{filler}");
        }
        for real in ["Dell Inc.", "PF2ABCDE", "LENOVO", "20XW", "5", "Zoë"] {
            assert!(is_real(real), "{real}");
        }
    }

    #[test]
    fn a_machine_id_becomes_a_uuid() {
        let text = "3d1219c7-c4c5-404a-aa1f-6d2a48adfda4";
        assert_eq!(uuid("3d1219c7c4c5404aaa1f6d2a48adfda4\n").as_deref(), Some(text));
        assert_eq!(uuid("3D1219C7-C4C5-404A-AA1F-6D2A48ADFDA4").as_deref(), Some(text));
        for shared in
            ["", "uninitialized", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "03000200-0400-0500-0006-000700080009"]
        {
            assert_eq!(uuid(shared), None, "{shared}");
        }
    }

    #[test]
    fn the_kind_follows_the_chassis_then_the_hypervisor() {
        let virtual_flags = "processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm\n";
        let table = [
            (Some("3"), Some("Dell Inc."), "", Kind::Workstation),
            (Some("36"), None, "", Kind::Workstation),
            (Some("10"), Some("LENOVO"), "", Kind::Laptop),
            (Some("31"), None, virtual_flags, Kind::Laptop),
            (Some("23"), Some("Supermicro"), "", Kind::Server),
            (Some("1"), Some("QEMU"), "", Kind::Server),
            (Some("1"), Some("Microsoft Corporation"), virtual_flags, Kind::Server),
            (Some("1"), Some("VMware, Inc."), "", Kind::Server),
            (None, None, virtual_flags, Kind::Server),
            (None, None, "flags\t\t: fpu vme hypervisor_not\n", Kind::Unknown),
            (Some("2"), Some("Acme"), "", Kind::Unknown),
        ];
        for (chassis, maker, cpuinfo, kind_) in table {
            assert_eq!(kind(chassis, maker, cpuinfo), kind_, "{chassis:?} {maker:?}");
        }
    }
}
