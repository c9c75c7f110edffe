//! An agent made by hand: it signs whatever it is told to sign.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    Moment,
    devices::{
        Report,
        report::{Agent, Cpu, Hardware, Interface, Kind, Package, Update, Updates, Volume},
    },
    enrolment::signature::{ENROLMENT_PATH, Enrolled, Enrolment, KEY_HEADER, REPORTS_PATH, Refused, SEQUENCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, message},
    ids::{AgentKeyId, DeviceId},
};
use ed25519_dalek::{Signer as _, SigningKey};
use reqwest::Method;

use crate::harness::{Answer, NORTHWIND, TestApp};

/// A device's key pair, and what the server called it.
pub struct Signer {
    pub signing: SigningKey,
    pub key: AgentKeyId,
    pub device: DeviceId,
}

/// A request as somebody may have caught it on its way.
#[derive(Debug, Clone)]
pub struct Capture {
    pub path: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// A key pair that nobody knows yet.
pub fn fresh_key() -> SigningKey {
    SigningKey::from_bytes(&rand::random())
}

/// Sends `body` to where agents enrol at `host`.
pub async fn ask_to_enrol(app: &TestApp, host: &str, token: &str, body: Vec<u8>) -> Answer {
    let bearer = format!("Bearer {token}");
    app.anon(host).send(Method::POST, ENROLMENT_PATH, &[("authorization", &bearer), ("content-type", "application/json")], body).await
}

/// What an agent with `key` sends to enrol.
pub fn enrolment(key: &SigningKey, hostname: &str) -> Vec<u8> {
    let public_key = BASE64_URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    serde_json::to_vec(&Enrolment { public_key, hostname: hostname.into() }).expect("JSON")
}

/// Why a request of an agent was refused.
pub fn refusal(answer: &Answer) -> (u16, String) {
    let refused: Refused = serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {answer:?}"));
    assert!(!refused.message.is_empty() && refused.message.len() < 2_000, "a short sentence: {}", refused.message);
    (answer.status, refused.error)
}

impl Signer {
    /// Enrols at Northwind under `token`.
    pub async fn enrol(app: &TestApp, token: &str, hostname: &str) -> Self {
        let signing = fresh_key();
        let answer = ask_to_enrol(app, NORTHWIND, token, enrolment(&signing, hostname)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let enrolled: Enrolled = serde_json::from_str(&answer.body).expect("an enrolment");
        Self { signing, key: enrolled.key, device: enrolled.device }
    }

    /// Signs `body` as a report.
    pub fn sign(&self, body: &[u8], time: Moment, sequence: u64) -> Capture {
        self.sign_to(REPORTS_PATH, body, time, sequence)
    }

    /// Signs `body` for `path`.
    pub fn sign_to(&self, path: &'static str, body: &[u8], time: Moment, sequence: u64) -> Capture {
        let sha256 = foundation::secrets::hex(&foundation::secrets::hash(body));
        let signature = self.signing.sign(message("POST", path, &sha256, time, sequence).as_bytes());
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            (KEY_HEADER, self.key.to_string()),
            (TIME_HEADER, time.0.to_string()),
            (SEQUENCE_HEADER, sequence.to_string()),
            (SIGNATURE_HEADER, BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes())),
        ];
        Capture { path, headers, body: body.to_vec() }
    }

    /// Signs `report` as of now.
    pub fn sign_report(&self, app: &TestApp, report: &Report, sequence: u64) -> Capture {
        self.sign(&serde_json::to_vec(report).expect("JSON"), app.clock.now(), sequence)
    }

    /// Reports, and is believed.
    pub async fn report(&self, app: &TestApp, report: &Report, sequence: u64) {
        let answer = self.sign_report(app, report, sequence).send(app, NORTHWIND).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

impl Capture {
    /// Sends it to `host`, as often as one likes.
    pub async fn send(&self, app: &TestApp, host: &str) -> Answer {
        let headers: Vec<(&str, &str)> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.anon(host).send(Method::POST, self.path, &headers, self.body.clone()).await
    }

    /// The same, sent to another path.
    pub fn to(&self, path: &'static str) -> Self {
        Self { path, ..self.clone() }
    }

    /// The same with another header.
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut other = self.without(name);
        other.headers.push((name, value.to_owned()));
        other
    }

    /// The same without one header.
    pub fn without(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(known, _)| *known != name);
        other
    }
}

/// A report with something in every section.
pub fn full_report(app: &TestApp, hostname: &str) -> Report {
    let now = app.clock.now();
    let package = |name: &str, version: &str| Package { name: name.into(), version: version.into(), arch: Some("amd64".into()), ..Package::default() };
    let update = Update {
        name: "openssl".into(),
        arch: Some("amd64".into()),
        installed: "3.0.17".into(),
        candidate: "3.0.18".into(),
        security: Some(true),
        ..Update::default()
    };
    let volume = Volume { mount: "/".into(), total_bytes: 64 << 30, free_bytes: Some(16 << 30), ..Volume::default() };
    let interface = Interface { name: "eth0".into(), mac: Some("00:00:5e:00:53:01".into()), addresses: vec!["192.0.2.10".into()] };
    let cpu = Cpu { name: "Example 9000".into(), cores: Some(4), threads: Some(8), mhz: Some(2500.0) };
    let mut report = Report {
        taken_at: now,
        agent: Agent { name: "portico-agent".into(), version: "0.1.0".into() },
        hardware: Some(Hardware { cpus: vec![cpu], memory_bytes: Some(8 << 30), volumes: vec![volume], interfaces: vec![interface], ..Hardware::default() }),
        software: Some(vec![package("bash", "5.2.15-2"), package("openssl", "3.0.17"), package("zlib1g", "1.2.13")]),
        updates: Some(Updates::Listed { lists_at: Some(now), items: vec![update] }),
        ..Report::default()
    };
    report.identity.hostname = hostname.into();
    report.identity.serial = Some("PF0HAND1".into());
    report.identity.kind = Kind::Server;
    report.os.family = "debian".into();
    report.os.name = "Debian GNU/Linux 12 (bookworm)".into();
    report.os.kernel = Some("6.1.0-31-amd64".into());
    report.state.booted_at = Some(now - domain::time::DAY);
    report.state.reboot_required = Some(false);
    report
}
