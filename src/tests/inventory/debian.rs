//! Debian's own fusioninventory-agent, unchanged, against the running server.

use std::{path::Path, process::Stdio, time::Duration};

use domain::ids::DeviceId;
use tokio::process::Command;

use super::foreign::documents;
use crate::{
    agents::{Stored, words},
    harness::TestApp,
};

const CLIENT: &str = "Harbour Street Lab";
const AGENT: &str = "/usr/bin/fusioninventory-agent";
/// A variable, its value, and the argument of a process: none of them may be found again.
const MARKS: [&str; 3] = ["HUSH_VARIABLE", "hush-value-5f1c", "86399.731"];

/// The agent keeps its id in a folder of the system; a private mount gives each run an empty one.
const RUN: &str = "mount -t tmpfs none /var/lib/fusioninventory-agent && exec fusioninventory-agent --config=none --tasks=inventory --no-httpd --logger=stderr \
                   --server \"$SERVER\" --user x --password \"$KEY\"";

/// Whether the agent can run here; says loudly when it cannot.
async fn can_run() -> bool {
    let missing = if !Path::new(AGENT).exists() {
        "fusioninventory-agent is not installed (scripts/tools.sh inventory)"
    } else if !Command::new("unshare").args(["-m", "true"]).stderr(Stdio::null()).status().await.is_ok_and(|status| status.success()) {
        "a private mount needs root"
    } else {
        return true;
    };
    eprintln!("\n==== SKIPPED: the real FusionInventory agent was not tested: {missing} ====\n");
    false
}

/// Runs the agent once and returns what it logged. Its exit code is always 0: what counts is what the server has.
async fn run(app: &TestApp, key: &str) -> String {
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", RUN]).env("KEY", key).env("SERVER", format!("http://localhost:{}/t/northwind/inventory", app.address.port()));
    command.env(MARKS[0], MARKS[1]).env_remove("http_proxy").env_remove("HTTP_PROXY").stdin(Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(Duration::from_secs(180), command.output()).await.expect("the agent ends").expect("started");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Login names that a person or a service was given, beyond those every system has.
fn people() -> Vec<String> {
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let fields = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>());
    fields
        .filter(|fields| fields.get(2).and_then(|id| id.parse::<u32>().ok()).is_some_and(|id| (1_000..65_000).contains(&id)))
        .map(|fields| fields[0].to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn debians_agent_reports_this_machine_and_its_secrets_stay_here() {
    if !can_run().await {
        return;
    }
    let app = TestApp::start().await;
    let key = app.key(CLIENT, &[]).await;
    let mut sleeper = Command::new("sleep").arg(MARKS[2]).kill_on_drop(true).spawn().expect("sleep");
    let log = run(&app, &key).await;
    sleeper.kill().await.expect("ended");

    let stored = Stored::of(&app, CLIENT).await;
    assert_eq!(stored.devices.len(), 1, "{log}");
    let row = stored.device();
    let hostname = std::fs::read_to_string("/proc/sys/kernel/hostname").expect("the host name");
    assert_eq!(Some(row.hostname.as_str()), hostname.trim().split('.').next(), "{log}");
    assert!(stored.entries("hardware").is_some_and(|parts| parts > 0) && stored.entries("software").is_some_and(|packages| packages > 100), "{log}");
    assert!(row.agent_name.contains("FusionInventory") && row.os_name.contains("Debian"), "{row:?}");

    let everything = format!("{row:?}{:?}{}", stored.changes, documents(&app).await);
    let path = std::env::var("PATH").expect("PATH");
    let homes: Vec<_> = people().iter().flat_map(|name| [format!("/home/{name}"), format!("\"{name}\"")]).collect();
    for secret in MARKS.into_iter().chain(["PATH=", "\"PATH\"", "CARGO_", &path, "/etc/passwd", key.as_str()]).chain(homes.iter().map(String::as_str)) {
        assert!(!everything.contains(secret), "{secret} was stored");
    }
    assert!(row.dropped_environment > 0 && row.dropped_processes > 0 && row.dropped_users > 0, "{row:?}");

    let mut owner = app.owner().await;
    let page = words(&owner.get(&format!("/devices/{}", DeviceId(row.id))).await.body);
    let privacy = page.split_once("Environment variables").expect("the page says what was dropped").1;
    assert!(privacy.starts_with(char::is_numeric) && page.contains("kept nowhere"), "{privacy:.200}");
    assert!(owner.get(&format!("/devices?q={}", row.hostname)).await.body.contains(&DeviceId(row.id).to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn debians_agent_without_a_good_key_leaves_no_device() {
    if !can_run().await {
        return;
    }
    let app = TestApp::start().await;
    let key = app.key(CLIENT, &["--days", "1"]).await;
    app.clock.advance(2 * domain::time::DAY);
    for key in [key.as_str(), "ptk_wrong"] {
        let log = run(&app, key).await;
        assert!(Stored::of(&app, CLIENT).await.devices.is_empty(), "{log}");
    }
}
