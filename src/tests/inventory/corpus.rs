//! Every message of the corpus, over HTTP: good ones are kept without what is private, hostile ones are refused and leave no trace.

use std::{
    fs,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use flate2::{Compression, write::ZlibEncoder};

use super::{
    Foreign, Message,
    foreign::{LINUX, ask, documents},
};
use crate::{
    agents::{Stored, bomb, gzip, words},
    harness::{BLUEFIN, NORTHWIND, TestApp},
};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/corpus/inventory");

fn read(name: &str) -> Message {
    Message::of(fs::read(Path::new(CORPUS).join(name)).expect("readable"), name.ends_with(".json"))
}

fn zlib(body: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).expect("written");
    encoder.finish().expect("finished")
}

#[tokio::test(flavor = "multi_thread")]
async fn good_inventories_become_devices() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    for (file, hostname, reply) in
        [("fusion-linux.xml", "lab-17", "<REPLY>"), ("fusion-windows.xml", "DESK-9", "<REPLY>"), ("glpi-computer.json", "lab-17", "\"status\":\"ok\"")]
    {
        let client = format!("Client of {file}");
        let agent = Foreign::of(&app, &client, &[]).await;
        let answer = agent.send(&read(file)).await;
        assert!(answer.status == 200 && answer.body.contains(reply), "{file}: {answer:?}");
        let stored = Stored::of(&app, &client).await;
        let row = stored.device();
        assert_eq!((row.hostname.as_str(), stored.check_ins, row.updates_pending), (hostname, 1, -1), "{file}");
        assert!(stored.entries("hardware").is_some_and(|entries| entries > 0) && stored.entries("software").is_some_and(|entries| entries > 0), "{file}");
        let id = domain::ids::DeviceId(row.id);
        for tab in ["", "/hardware", "/software", "/updates", "/history"] {
            let page = owner.get(&format!("/devices/{id}{tab}")).await;
            assert!(page.status == 200 && page.body.contains(hostname) && !page.body.to_lowercase().contains("hush"), "{file} {tab}");
        }
        let everything = format!("{row:?}{:?}{}", stored.changes, documents(&app).await).to_lowercase();
        for word in ["hush", "api_token", "/home/", "licenseinfos"] {
            assert!(!everything.contains(word), "{file}: {word} was stored");
        }
    }
    let linux = Stored::of(&app, "Client of fusion-linux.xml").await;
    let row = linux.device();
    assert_eq!((row.dropped_environment, row.dropped_processes > 0, row.dropped_users > 0), (3, true, true));
    let page = words(&owner.get(&format!("/devices/{}", domain::ids::DeviceId(row.id))).await.body);
    for (label, n) in [("Environment variables", 3), ("Processes", row.dropped_processes), ("Local users", row.dropped_users)] {
        assert!(page.contains(&format!("{label}{n}")), "{n} {label}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn greetings_are_answered_and_store_nothing() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, "Greeters", &[]).await;
    for (file, reply) in [("prolog.xml", "<RESPONSE>SEND</RESPONSE><PROLOG_FREQ>1</PROLOG_FREQ>"), ("glpi-contact.json", "\"expiration\":1")] {
        for path in ["/inventory", "/"] {
            let answer = agent.send_to(NORTHWIND, path, &read(file)).await;
            assert!(answer.status == 200 && answer.body.contains(reply), "{file} at {path}: {answer:?}");
        }
    }
    assert!(Stored::of(&app, "Greeters").await.devices.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partial_inventory_takes_nothing_away() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, "Partial", &[]).await;
    assert_eq!(agent.send(&read("glpi-computer.json")).await.status, 200);
    let before = Stored::of(&app, "Partial").await;
    assert_eq!(agent.send(&read("glpi-partial.json")).await.status, 200);
    let after = Stored::of(&app, "Partial").await;
    let (old, new) = (before.device(), after.device());
    assert_eq!((&new.os_name, &new.os_family, &new.kernel, new.booted_at), (&old.os_name, &old.os_family, &old.kernel, old.booted_at));
    assert_eq!((after.entries("hardware"), after.entries("software")), (before.entries("hardware"), Some(1)));
    assert_eq!(after.changes.iter().map(|row| row.subject.as_str()).collect::<Vec<_>>(), ["apt"], "the other package is gone, and nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_compression_is_read() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, "Packers", &[]).await;
    let packed = |body: Vec<u8>, kind: &str| Message::of(body, false).typed(kind);
    for (n, message) in [
        packed(zlib(LINUX.as_bytes()), "application/x-compress-zlib"),
        packed(gzip(LINUX.as_bytes()), "application/x-compress-gzip"),
        packed(zlib(LINUX.as_bytes()), "application/x-compress"),
        packed(LINUX.into(), "application/xml; charset=utf-8"),
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(agent.send(message).await.status, 200, "{:?}", message.headers);
        assert_eq!(Stored::of(&app, "Packers").await.check_ins, i64::try_from(n).expect("small") + 1);
    }
    let stored = Stored::of(&app, "Packers").await;
    assert_eq!((stored.devices.len(), stored.changes.len()), (1, 0), "the same machine each time");
}

async fn refused(agent: &Foreign<'_>, what: &str, message: &Message, status: u16) {
    let started = Instant::now();
    let answer = agent.send(message).await;
    assert_eq!(answer.status, status, "{what}: {}", answer.body);
    assert!(started.elapsed() < Duration::from_secs(5), "{what} took {:?}", started.elapsed());
    assert!(!answer.body.is_empty() && answer.body.len() < 4_000, "{what} is answered in a sentence");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hostile_corpus_is_refused_and_leaves_no_trace() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, "Targets", &[]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    let before = Stored::of(&app, "Targets").await;
    let mut files = 0;
    for entry in fs::read_dir(Path::new(CORPUS).join("hostile")).expect("the corpus") {
        let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
        refused(&agent, &name, &read(&format!("hostile/{name}")), name[..3].parse().expect("a status")).await;
        files += 1;
    }
    assert!(files >= 60, "only {files} files");
    let xml = |hardware: &str, more: &str| {
        format!("<REQUEST><CONTENT><HARDWARE><NAME>{hardware}</NAME></HARDWARE>{more}</CONTENT><DEVICEID>lab-1</DEVICEID><QUERY>INVENTORY</QUERY></REQUEST>")
    };
    for (what, body, status) in [
        ("1 MB name", xml(&"x".repeat(1 << 20), ""), 422),
        ("100,000 packages", xml("lab", &"<SOFTWARES><NAME>p</NAME></SOFTWARES>".repeat(100_000)), 422),
        ("deep XML", xml("lab", &"<A>".repeat(100_000)), 400),
        ("a document type", format!("<!DOCTYPE x>{}", xml("lab", "")), 400),
    ] {
        refused(&agent, what, &Message::of(body, false), status).await;
    }
    refused(&agent, "a zip bomb", &Message::of(bomb(), false).typed("application/x-compress-gzip"), 413).await;
    refused(&agent, "a picture", &Message::of(LINUX, false).typed("image/png"), 415).await;
    assert_eq!(Stored::of(&app, "Targets").await, before);
    assert_eq!(agent.xml(LINUX).await, 200, "and the door still works");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_there_is_a_challenge() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, "Strangers", &[]).await;
    let message = read("fusion-linux.xml");
    for authorization in [None, Some(""), Some("Basic"), Some("Basic !!!"), Some("Basic eA=="), Some("Basic eDp3cm9uZw=="), Some("Bearer x")] {
        for path in ["/inventory", "/"] {
            let answer = ask(&app, NORTHWIND, path, &message, authorization).await;
            assert_eq!((answer.status, answer.header("www-authenticate")), (401, "Basic realm=\"inventory\""), "{authorization:?} at {path}");
        }
    }
    let bearer = format!("Bearer {}", agent.key);
    assert_eq!(ask(&app, NORTHWIND, "/inventory", &message, Some(&bearer)).await.status, 401, "it is a password here");
    let elsewhere = agent.send_to(BLUEFIN, "/inventory", &message).await;
    assert_eq!((elsewhere.status, elsewhere.header("www-authenticate")), (401, "Basic realm=\"inventory\""), "another MSP's key");
    assert_eq!(agent.send_to("localhost", "/t/bluefin/inventory", &message).await.status, 401);
    assert!(Stored::of(&app, "Strangers").await.devices.is_empty());
    assert_eq!(agent.send_to("localhost", "/t/northwind/inventory", &message).await.status, 200, "by its own path");
}
