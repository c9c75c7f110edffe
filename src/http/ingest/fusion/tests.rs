//! What the inventories of real agents become.

use domain::devices::report::{Kind, Package, Report};

use super::*;

const LINUX: &[u8] = include_bytes!("../../../tests/corpus/inventory/fusion-linux.xml");
const WINDOWS: &[u8] = include_bytes!("../../../tests/corpus/inventory/fusion-windows.xml");
const PROLOG: &[u8] = include_bytes!("../../../tests/corpus/inventory/prolog.xml");

fn inventory(xml: &[u8]) -> (String, Report) {
    match parse(xml).expect("taken") {
        Message::Inventory { device_id, report } => (device_id, *report),
        other => panic!("not an inventory: {other:?}"),
    }
}

/// An inventory of `lab` with more in its hardware and its content.
fn with(hardware: &str, content: &str) -> String {
    format!("<REQUEST><CONTENT><HARDWARE><NAME>lab</NAME>{hardware}</HARDWARE>{content}</CONTENT><DEVICEID>lab-1</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>")
}

#[test]
fn a_prolog_names_its_device() {
    assert_eq!(parse(PROLOG), Ok(Message::Prolog { device_id: "lab-17-2026-01-05-10-21-16".into() }));
}

#[test]
fn a_linux_machine_is_read() {
    let (id, report) = inventory(LINUX);
    assert_eq!(id, "lab-17-2026-01-05-10-21-16");
    assert_eq!((report.agent.name.as_str(), report.agent.version.as_str()), ("FusionInventory-Agent", "2.6-3"));
    assert_eq!(report.taken_at.0, 1_772_439_304_000, "09:15:04 at +0100");
    let it = &report.identity;
    assert_eq!((it.hostname.as_str(), it.fqdn.as_deref()), ("lab-17", Some("lab-17.northwind.example")));
    assert_eq!((it.serial.as_deref(), it.maker.as_deref(), it.model.as_deref()), (Some("PF0TEST1"), Some("LENOVO"), Some("ThinkStation P348")));
    assert_eq!((it.machine_uuid.as_deref(), it.kind), (Some("4c4c4544-0034-3010-8048-b6c04f503799"), Kind::Workstation));
    assert_eq!((report.os.family.as_str(), report.os.name.as_str()), ("debian", "Debian GNU/Linux 12 (bookworm)"));
    assert_eq!((report.os.version.as_deref(), report.os.kernel.as_deref(), report.os.arch.as_deref()), (Some("12.11"), Some("6.1.0-31-amd64"), Some("x86_64")));
    assert_eq!((report.state.booted_at.map(|at| at.0), report.state.users_logged_in, report.state.reboot_required), (Some(1_772_211_761_000), Some(2), None));
    assert_eq!(report.updates, None, "this protocol does not tell");
}

#[test]
fn its_parts_and_packages_are_read() {
    let (_, report) = inventory(LINUX);
    let hardware = report.hardware.expect("sent");
    assert_eq!((hardware.memory_bytes, hardware.swap_bytes, hardware.firmware.as_deref()), (Some(31_845 << 20), Some(975 << 20), Some("M3AKT47A")));
    assert_eq!((hardware.cpus[0].cores, hardware.cpus[0].threads, hardware.cpus[0].mhz), (Some(8), Some(16), Some(2500.0)));
    let root = &hardware.volumes[0];
    assert_eq!((root.mount.as_str(), root.device.as_deref(), root.filesystem.as_deref()), ("/", Some("/dev/nvme0n1p2"), Some("ext4")));
    assert_eq!((root.total_bytes, root.free_bytes), (258_019 << 20, Some(76_657 << 20)));
    let nets: Vec<_> = hardware.interfaces.iter().map(|net| (net.name.as_str(), net.mac.as_deref(), net.addresses.join(" "))).collect();
    let expected = [
        ("lo", None, "127.0.0.1 ::1".to_owned()),
        ("docker0", None, "172.17.0.1".to_owned()),
        ("enp2s0", Some("00:00:5e:00:53:17"), "192.0.2.17 2001:db8::17 fe80::200:5eff:fe00:5317".to_owned()),
    ];
    assert_eq!(nets, expected);
    let software = report.software.expect("sent");
    assert_eq!(software.len(), 10);
    assert!(software.is_sorted_by_key(|package| (package.name.clone(), package.arch.clone())));
    let (first, text) = (&software[0], |word: &str| Some(word.to_owned()));
    let adduser = Package { name: "adduser".into(), version: "3.134".into(), arch: text("all"), publisher: text("Debian"), source: text("deb") };
    assert_eq!(*first, adduser);
}

#[test]
fn people_processes_and_environment_stay_outside() {
    let (_, report) = inventory(LINUX);
    assert_eq!((report.dropped.environment, report.dropped.processes, report.dropped.users), (3, 3, 5));
    for sample in [LINUX, WINDOWS] {
        assert!(String::from_utf8_lossy(sample).to_lowercase().contains("hush"), "the sample holds what must not pass");
        let stored = serde_json::to_string(&inventory(sample).1).expect("JSON");
        assert!(!stored.to_lowercase().contains("hush"), "{stored}");
    }
}

#[test]
fn a_windows_machine_is_read() {
    let (_, report) = inventory(WINDOWS);
    assert_eq!((report.identity.kind, report.os.family.as_str()), (Kind::Laptop, "windows"));
    assert_eq!((report.identity.serial, report.identity.machine_uuid, report.identity.fqdn), (None, None, None), "fillers say nothing");
    assert_eq!((report.taken_at.0, report.state.booted_at, report.state.users_logged_in), (0, None, None), "a local time without its offset says nothing");
    let hardware = report.hardware.expect("sent");
    assert_eq!(hardware.volumes.len(), 1, "an empty drive is no volume");
    assert_eq!((hardware.volumes[0].mount.as_str(), hardware.volumes[0].device.as_deref()), ("C:", None));
    assert_eq!((hardware.interfaces[0].mac.as_deref(), hardware.interfaces[0].addresses[1].as_str()), (Some("00:00:5e:00:53:2c"), "fe80::200:5eff:fe00:532c"));
    let names: Vec<_> = report.software.expect("sent").into_iter().map(|package| package.name).collect();
    assert_eq!(names, ["7-Zip 24.08 (x64)", "Büro & Söhne – Fakturierung"], "once each, and none without a name");
}

#[test]
fn a_section_that_was_not_sent_is_unknown() {
    let (_, report) = inventory(with("", "").as_bytes());
    assert_eq!((report.software, report.os.name.as_str(), report.os.family.as_str(), report.agent.version.as_str()), (None, "", "unknown", ""));
    assert_eq!(report.hardware, Some(domain::devices::report::Hardware::default()));
}

#[test]
fn forms_of_text_are_read_alike() {
    let latin = "<?xml version='1.0' encoding='ISO-8859-1'?>".to_owned() + &with("<WINOWNER/>", "<BIOS><SMODEL>B\u{fc}ro</SMODEL></BIOS>");
    let bytes: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    assert_eq!(inventory(&bytes).1.identity.model.as_deref(), Some("Büro"));
    for (model, read) in [("<![CDATA[A & <B>]]>", "A & <B>"), ("  A\n ", "A"), ("A<!-- no -->B", "AB"), ("&lt;&#65;&#x42;&gt;", "<AB>"), ("<X>deep</X>", "")] {
        let sent = with("", &format!("<BIOS><SMODEL>{model}</SMODEL><EXTRA><SMODEL>deep</SMODEL></EXTRA></BIOS><UNKNOWN>x</UNKNOWN>"));
        assert_eq!(inventory(sent.as_bytes()).1.identity.model.unwrap_or_default(), read, "{model}");
    }
}

#[test]
fn replies_are_what_the_agent_reads() {
    assert_eq!(prolog_reply(4), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<REPLY><RESPONSE>SEND</RESPONSE><PROLOG_FREQ>4</PROLOG_FREQ></REPLY>\n");
    assert_eq!(accepted_reply(), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<REPLY><RESPONSE>ACCEPTED</RESPONSE></REPLY>\n");
}
