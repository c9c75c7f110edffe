//! Inheritance: which level's word holds, value by value.

use super::*;

fn key(text: &str) -> Key {
    text.parse().expect(text)
}

fn document(parts: &[(&str, Part)]) -> Document {
    let mut document = Document::default();
    for (text, part) in parts {
        document.set(key(text), *part).expect(text);
    }
    document
}

fn on(on: bool) -> Part {
    Part { on: Some(on), ..Part::default() }
}

fn below(raise: u8) -> Part {
    Part { limits: Some(Limits { raise, clear: raise + 2 }), ..Part::default() }
}

#[test]
fn without_documents_the_platform_speaks() {
    let rules = Effective::new([]).rules();
    assert_eq!(rules.len(), 8, "each kind that needs no name");
    assert!(rules.iter().all(|rule| rule.on == Sourced { value: true, level: Level::Platform, named: false }));
    assert_eq!(rules[0].sentence(), "Not seen for 10 min");
    assert!(!Effective::new([]).rule(&key("process:sshd")).on.value, "nobody named it");
}

#[test]
fn each_value_comes_from_the_nearest_level_that_says_it() {
    let tenant = document(&[("cpu", Part { severity: Some(Severity::High), for_s: Some(600), ..Part::default() })]);
    let client = document(&[("cpu", Part { for_s: Some(60), ..Part::default() })]);
    let device = document(&[("cpu", on(false))]);
    let rule = Effective::new([(Level::Device, &device), (Level::Tenant, &tenant), (Level::Client, &client)]).rule(&key("cpu"));
    assert_eq!((rule.severity.value, rule.severity.level), (Severity::High, Level::Tenant));
    assert_eq!((rule.for_s.value, rule.for_s.level), (60, Level::Client));
    assert_eq!((rule.on.value, rule.on.level), (false, Level::Device));
    assert_eq!(rule.limits.map(|limits| limits.level), Some(Level::Platform));
    let back = Effective::new([(Level::Tenant, &tenant), (Level::Client, &client)]).rule(&key("cpu"));
    assert_eq!((back.on.value, back.on.level), (true, Level::Platform), "what is removed is inherited again");
}

#[test]
fn near_beats_named_and_named_beats_general() {
    let tenant = document(&[("disk", below(15)), ("disk:/var", below(5))]);
    let client = document(&[("disk", below(30))]);
    let site = document(&[("disk", on(false))]);
    let limit = |effective: &Effective<'_>, text: &str| effective.rule(&key(text)).limits.map(|limits| (limits.value.raise, limits.level, limits.named));
    let tenant_only = Effective::new([(Level::Tenant, &tenant)]);
    assert_eq!(limit(&tenant_only, "disk:/var"), Some((5, Level::Tenant, true)));
    assert_eq!(limit(&tenant_only, "disk:/"), Some((15, Level::Tenant, false)));
    let all = Effective::new([(Level::Tenant, &tenant), (Level::Client, &client), (Level::Site, &site)]);
    assert_eq!(limit(&all, "disk:/var"), Some((30, Level::Client, false)));
    assert!(!all.rule(&key("disk:/var")).on.value, "off at a nearer level wins");
    assert!(all.rule(&key("disk-warning:/var")).on.value, "the other step stays");
}

#[test]
fn an_agent_is_asked_for_what_is_named_and_on() {
    let tenant = document(&[("process:sshd", on(true)), ("process:cron", on(true)), ("service:ssh.service", below_nothing()), ("script:backup", on(true))]);
    let device = document(&[("process:cron", on(false)), ("disk:/var", below(5))]);
    let asked = Effective::new([(Level::Tenant, &tenant), (Level::Device, &device)]).asked();
    assert_eq!((asked.units, asked.processes, asked.scripts), (vec!["ssh.service".into()], vec!["sshd".into()], vec!["backup".into()]));
}

fn below_nothing() -> Part {
    Part { severity: Some(Severity::Critical), ..Part::default() }
}

#[test]
fn a_document_is_bounded_and_reads_back() {
    let mut full = Document::default();
    for at in 0..CONDITIONS {
        full.set(key(&format!("process:p{at}")), on(true)).expect("room");
    }
    assert_eq!(full.set(key("cpu"), on(false)).expect_err("full").field, "kind");
    assert!(full.set(key("process:p1"), on(false)).is_ok());
    let text = serde_json::to_string(&document(&[("disk:/var", below(5))])).expect("json");
    assert_eq!(text, r#"{"disk:/var":{"limits":{"raise":5,"clear":7}}}"#);
    assert_eq!(serde_json::from_str::<Document>(&text).expect("a document"), document(&[("disk:/var", below(5))]));
    assert!(serde_json::from_str::<Document>(r#"{"fan":{}}"#).is_err());
    let mut one = document(&[("cpu", on(false))]);
    assert!(one.set(key("cpu"), below(5)).is_err() && one.set(key("process"), on(true)).is_err());
    one.set(key("cpu"), Part::default()).expect("taken back");
    assert!(one.is_empty());
}
