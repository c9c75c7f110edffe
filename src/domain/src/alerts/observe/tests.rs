//! What each section of a sample says, and what its absence does not say.

use super::*;
use crate::alerts::{
    Document, Level, Part,
    clean::clean,
    sample::{Process, Reboot, Script, Space, Unit},
};

const NOW: Moment = Moment(1_800_000_000_000);

fn watched(keys: &[&str]) -> Document {
    let mut document = Document::default();
    for key in keys {
        document.set(key.parse().expect("a key"), Part { on: Some(true), ..Part::default() }).expect("set");
    }
    document
}

/// `breach failed`, `clear 12.0 %`, `unknown`, or `absent`, for each of `keys`.
fn found(sample: Sample, policy: &Document, tracked: &[&str], keys: &[&str]) -> Vec<String> {
    let (checked, faults) = clean(sample, NOW);
    assert!(faults.is_empty(), "{faults:?}");
    let tracked: Vec<Key> = tracked.iter().map(|key| key.parse().expect("a key")).collect();
    let all = observe(&checked, &Effective::new([(Level::Tenant, policy)]), &tracked);
    let word = |key: &&str| match all.iter().find(|(rule, _)| rule.key.to_string() == **key).map(|(_, found)| found) {
        Some(Observation::Breach { value, .. }) => format!("breach {value}"),
        Some(Observation::Clear { value }) => format!("clear {value}"),
        Some(Observation::Unknown { .. }) => "unknown".to_owned(),
        None => "absent".to_owned(),
    };
    keys.iter().map(word).collect()
}

#[test]
fn an_empty_sample_says_nothing() {
    let policy = watched(&["process:sshd", "service:ssh.service", "script:backup", "disk:/var"]);
    let keys = ["cpu", "memory", "reboot", "security-updates", "process:sshd", "service:ssh.service", "script:backup", "disk:/var", "disk:/old", "not-seen"];
    let words = found(Sample::default(), &policy, &["disk:/old", "not-seen"], &keys);
    assert_eq!(words, ["unknown", "unknown", "unknown", "unknown", "unknown", "unknown", "unknown", "unknown", "unknown", "absent"]);
}

#[test]
fn percentages_are_compared_with_their_limits() {
    let space = |mount: &str, free_bytes| Space { mount: mount.into(), total_bytes: 1_000, free_bytes };
    let volumes = Some(vec![space("/", 99), space("/var", 150), space("/home", 500)]);
    let sample = Sample { cpu_percent: Some(95.04), memory_percent: Some(90.0), volumes, ..Sample::default() };
    let keys = ["cpu", "memory", "disk:/", "disk-warning:/", "disk:/var", "disk-warning:/var", "disk-warning:/home", "disk:/gone"];
    let words = found(sample, &Document::default(), &["disk:/gone"], &keys);
    let expected = [
        "breach 95.0 %",
        "clear 90.0 %",
        "breach 9.9 %",
        "breach 9.9 %",
        "clear 15.0 %",
        "breach 15.0 %",
        "clear 50.0 %",
        "clear nothing is mounted there any more",
    ];
    assert_eq!(words, expected);
}

#[test]
fn a_unit_that_is_silent_is_not_a_unit_that_failed() {
    let unit = |name: &str, state| Unit { name: name.into(), state };
    let units = vec![unit("a", UnitState::Failed), unit("b", UnitState::Stopped), unit("c", UnitState::Stopped), unit("d", UnitState::Unknown)];
    let sample = Sample { services: Some(Services::Listed { units }), ..Sample::default() };
    let keys = ["service:a", "service:b", "service:c", "service:d", "service:named", "service:was-failed", "service:never"];
    let policy = watched(&["service:b", "service:named"]);
    let words = found(sample, &policy, &["service:was-failed"], &keys);
    assert_eq!(words, ["breach failed", "breach stopped", "clear stopped", "unknown", "unknown", "clear not among the failed units", "absent"]);
    let silent = Sample { services: Some(Services::Unknown { reason: "systemctl did not answer.".into() }), ..Sample::default() };
    assert_eq!(found(silent, &policy, &["service:was-failed"], &keys[4..6]), ["unknown", "unknown"]);
}

#[test]
fn processes_scripts_restarts_and_updates_speak_for_themselves() {
    let process = |name: &str, found| Process { name: name.into(), found };
    let script = |id: &str, outcome, line: &str| Script { id: id.into(), outcome, line: line.into() };
    let sample = Sample {
        processes: vec![process("sshd", Some(false)), process("cron", Some(true)), process("odd", None)],
        scripts: vec![script("age", Outcome::Ok, ""), script("age", Outcome::Failed, "3 days old"), script("slow", Outcome::Unknown, "")],
        reboot: Some(Reboot { required: true, since: Some(NOW - 5) }),
        security: Some(Security::Listed { waiting: 12, oldest: None }),
        ..Sample::default()
    };
    let keys = ["process:sshd", "process:cron", "process:odd", "script:age", "script:slow", "reboot", "security-updates"];
    let words = found(sample, &watched(&keys[..5]), &[], &keys);
    let expected = ["breach not running", "clear running", "unknown", "breach failed: 3 days old", "unknown", "breach restart pending"];
    assert_eq!((&words[..6], words[6].as_str()), (&expected.map(str::to_owned)[..], "breach 12 security updates wait"));
}

#[test]
fn no_device_has_conditions_without_end() {
    let units = (0..500).map(|at| Unit { name: format!("u{at}.service"), state: UnitState::Failed }).collect();
    let volumes = (0..500).map(|at| Space { mount: format!("/m{at}"), total_bytes: 100, free_bytes: 1 }).collect();
    let sample = Sample { services: Some(Services::Listed { units }), volumes: Some(volumes), ..Sample::default() };
    let (checked, _) = clean(sample, NOW);
    let tracked: Vec<Key> = (0..LOOKS).map(|at| format!("service:old{at}").parse().expect("a key")).collect();
    assert_eq!(observe(&checked, &Effective::new([]), &[]).len(), LOOKS);
    assert_eq!(observe(&checked, &Effective::new([]), &tracked).len(), LOOKS + 4, "what is known is looked at, and nothing new");
}

#[test]
fn what_no_policy_names_any_more_is_looked_at_once_more_and_off() {
    let (checked, _) = clean(Sample::default(), NOW);
    let all = observe(&checked, &Effective::new([]), &["process:sshd".parse().expect("a key")]);
    let (rule, _) = all.iter().find(|(rule, _)| rule.key.kind() == Kind::Process).expect("looked at");
    assert!(!rule.on.value);
}
