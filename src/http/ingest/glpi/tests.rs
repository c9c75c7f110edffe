//! What the JSON of a real agent becomes.

use domain::devices::report::{Kind, Report};
use serde_json::Value;

use super::*;

const COMPUTER: &[u8] = include_bytes!("../../../tests/corpus/inventory/glpi-computer.json");
const PARTIAL: &[u8] = include_bytes!("../../../tests/corpus/inventory/glpi-partial.json");
const CONTACT: &[u8] = include_bytes!("../../../tests/corpus/inventory/glpi-contact.json");

fn inventory(json: &[u8]) -> Report {
    match parse(json).expect("taken") {
        Message::Inventory { device_id, report } if device_id.starts_with("lab-") => *report,
        other => panic!("not an inventory: {other:?}"),
    }
}

#[test]
fn a_contact_names_its_device() {
    assert_eq!(parse(CONTACT), Ok(Message::Contact { device_id: "lab-17-2026-01-05-10-21-16".into() }));
}

#[test]
fn a_computer_is_read_as_its_xml_would_be() {
    let report = inventory(COMPUTER);
    assert_eq!((report.agent.name.as_str(), report.agent.version.as_str()), ("GLPI-Agent", "1.11"));
    assert_eq!((report.identity.kind, report.os.family.as_str(), report.taken_at.0), (Kind::Workstation, "debian", 1_772_439_304_000));
    assert_eq!((report.state.booted_at.map(|at| at.0), report.state.users_logged_in), (Some(1_772_211_761_000), Some(1)));
    let hardware = report.hardware.expect("sent");
    assert_eq!((hardware.memory_bytes, hardware.swap_bytes), (Some(31_845 << 20), Some(975 << 20)), "a number, and a number as text");
    assert_eq!((hardware.cpus[0].cores, hardware.cpus[0].mhz, hardware.volumes[0].total_bytes), (Some(8), Some(2500.0), 258_019 << 20));
    let nets: Vec<_> = hardware.interfaces.iter().map(|net| (net.name.as_str(), net.mac.as_deref(), net.addresses.len())).collect();
    assert_eq!(nets, [("lo", None, 1), ("enp2s0", Some("00:00:5e:00:53:17"), 2)]);
    let names: Vec<_> = report.software.expect("sent").into_iter().map(|package| package.name).collect();
    assert_eq!(names, ["apt", "openssl"]);
}

#[test]
fn other_makers_forms_are_taken() {
    let network = r#"{"description":"eth0","macaddr":"00:00:5e:00:53:01","ipaddress":["192.0.2.1","192.0.2.2"],"ipaddress6":null}"#;
    let drive = r#"{"volumn":"C:","total":487755776,"free":"309229568"}"#;
    let sent = format!(r#"{{"deviceid":"lab-2","content":{{"hardware":{{"name":"lab"}},"networks":[{network}],"drives":[{drive}]}}}}"#);
    let hardware = inventory(sent.as_bytes()).hardware.expect("sent");
    assert_eq!((hardware.interfaces[0].mac.as_deref(), hardware.interfaces[0].addresses.join(" ")), (Some("00:00:5e:00:53:01"), "192.0.2.1 192.0.2.2".into()));
    assert_eq!((hardware.volumes[0].mount.as_str(), hardware.volumes[0].device.as_deref(), hardware.volumes[0].total_bytes), ("C:", None, 487_755_776 << 20));
}

#[test]
fn people_processes_and_environment_stay_outside() {
    let report = inventory(COMPUTER);
    assert_eq!((report.dropped.environment, report.dropped.processes, report.dropped.users), (2, 1, 3));
    assert!(String::from_utf8_lossy(COMPUTER).contains("hush"));
    assert!(!serde_json::to_string(&report).expect("JSON").contains("hush"));
}

#[test]
fn a_partial_inventory_leaves_the_rest_unchanged() {
    let report = inventory(PARTIAL);
    assert_eq!((report.hardware, report.software.map(|packages| packages.len()), report.os.name.as_str()), (None, Some(1), ""));
}

#[test]
fn replies_are_json() {
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    assert_eq!(read(&contact_reply(24)), json!({ "status": "ok", "expiration": 24 }));
    let refused = read(&error_reply(&Reject::TooLarge));
    assert_eq!(refused, json!({ "status": "error", "message": "The message is larger than this server takes." }));
}
