//! A foreign agent, as far as the server can tell.

use base64::{Engine, prelude::BASE64_STANDARD};
use foundation::devices::rows::document;
use reqwest::Method;

use crate::harness::{Answer, NORTHWIND, TestApp};

/// The inventory of a Linux machine in FusionInventory's XML.
pub const LINUX: &str = include_str!("../corpus/inventory/fusion-linux.xml");
/// Its DEVICEID.
const LINUX_ID: &str = "lab-17-2026-01-05-10-21-16";
/// Its hardware UUID.
const LINUX_UUID: &str = "4C4C4544-0034-3010-8048-B6C04F503799";

/// A body with the headers that its agent sends.
#[derive(Debug, Clone)]
pub struct Message {
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Message {
    /// As FusionInventory sends XML and GLPI Agent JSON, before they compress it.
    pub fn of(body: impl Into<Vec<u8>>, json: bool) -> Self {
        let kind = if json { "application/json" } else { "application/xml" };
        let mut headers = vec![("content-type", kind.to_owned())];
        headers.extend(json.then(|| ("glpi-agent-id", "3c2a8a3c-6b1e-4d58-9a0c-4b6a0c1d2e3f".to_owned())));
        Self { headers, body: body.into() }
    }

    /// As another type.
    pub fn typed(mut self, kind: &str) -> Self {
        self.headers[0].1 = kind.to_owned();
        self
    }
}

/// An agent with an enrolment key.
pub struct Foreign<'a> {
    pub app: &'a TestApp,
    pub key: String,
}

impl<'a> Foreign<'a> {
    /// An agent with a fresh key of Northwind's client `client`.
    pub async fn of(app: &'a TestApp, client: &str, flags: &[&str]) -> Self {
        Self { app, key: app.key(client, flags).await }
    }

    /// Sends `message` to Northwind.
    pub async fn send(&self, message: &Message) -> Answer {
        self.send_to(NORTHWIND, "/inventory", message).await
    }

    pub async fn send_to(&self, host: &str, path: &str, message: &Message) -> Answer {
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("x:{}", self.key)));
        ask(self.app, host, path, message, Some(&basic)).await
    }

    /// Sends XML and says with which status it was answered.
    pub async fn xml(&self, body: impl Into<Vec<u8>>) -> u16 {
        self.send(&Message::of(body, false)).await.status
    }
}

/// Sends `message` with the credential `authorization`, or with none.
pub async fn ask(app: &TestApp, host: &str, path: &str, message: &Message, authorization: Option<&str>) -> Answer {
    let mut headers: Vec<_> = message.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    headers.extend(authorization.map(|value| ("authorization", value)));
    app.anon(host).send(Method::POST, path, &headers, message.body.clone()).await
}

/// The Linux machine with other texts in it.
pub fn rebuilt(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(LINUX.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} is there");
        text.replace(old, new)
    })
}

/// Another machine of the same make: its own id, UUID, serial number and hardware addresses.
pub fn another(name: &str, uuid: &str) -> String {
    rebuilt(&[
        (LINUX_ID, &format!("{name}-2026-02-02-02-02-02")),
        (LINUX_UUID, uuid),
        ("PF0TEST1", name),
        ("00:00:5E:00:53:17", "00:00:5E:00:53:99"),
        ("lab-17", name),
    ])
}

/// The same id on another machine.
pub fn swapped_uuid() -> String {
    rebuilt(&[(LINUX_UUID, "99999999-0034-3010-8048-B6C04F503799"), ("openssl", "openssl-of-another")])
}

/// The inventory without what tells which machine it is.
pub fn faceless() -> String {
    rebuilt(&[(&format!("<UUID>{LINUX_UUID}</UUID>"), ""), ("<SSN>PF0TEST1</SSN>", "")])
}

/// Every document of Northwind, as stored.
pub async fn documents(app: &TestApp) -> String {
    let rows = app.inside(app.northwind).await.find::<document::Entity>().all().await.expect("documents");
    rows.into_iter().map(|row| row.body).collect::<Vec<_>>().join("\n")
}
