//! The program itself: enrolling, reporting once, reporting until it is asked to end.

use std::{fs, os::unix::fs::PermissionsExt, process::Output, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    devices::limits,
    enrolment::signature::{Enrolled, Enrolment, REPORTS_PATH},
    ids::{AgentKeyId, DeviceId},
};
use portico_agent::{outside, state::State};
use tokio::process::Command;
use uuid::Uuid;

use crate::stage::{Answer, Folder, Stage, accepted, refused};

fn agent(folder: &Folder, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portico-agent"));
    command.args(args).env("PORTICO_AGENT_STATE", &folder.0).env("PORTICO_ENROLMENT_KEY", "enr_secret").kill_on_drop(true);
    command
}

async fn output(folder: &Folder, args: &[&str]) -> (bool, String) {
    let Output { status, stdout, stderr } = agent(folder, args).output().await.expect("started");
    (status.success(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}

fn enrolled() -> Answer {
    let (device, key) = (DeviceId(Uuid::from_u128(1)), AgentKeyId(Uuid::from_u128(2)));
    (200, "", serde_json::to_value(Enrolled { device, key, every_s: 300, now: outside::now() }).expect("json"))
}

#[tokio::test]
async fn a_machine_enrols_once_and_reports() {
    let (stage, folder) = (Stage::play(vec![enrolled(), accepted(300, false)]).await, Folder::new());
    let (enrolled, text) = output(&folder, &["enrol", "--server", &stage.url]).await;
    assert!(enrolled, "{text}");
    let (again, text) = output(&folder, &["enrol", "--server", &stage.url]).await;
    assert!(!again && text.contains("--again"), "{text}");
    let (reported, text) = output(&folder, &["once"]).await;
    assert!(reported, "{text}");

    let seen = stage.seen();
    assert_eq!((seen.len(), seen[0].path.as_str(), seen[0].header("authorization")), (2, "/t/northwind/agent/enrolment", "Bearer enr_secret"));
    let enrolment: Enrolment = serde_json::from_slice(&seen[0].body).expect("an enrolment");
    let state = State::load(&folder.0).expect("state");
    let public = state.private_key.signing().expect("key").verifying_key();
    assert_eq!(enrolment.public_key, URL_SAFE_NO_PAD.encode(public.as_bytes()));
    let report = seen[1].report();
    assert_eq!((report.identity.hostname.as_str(), limits::check(&report)), (enrolment.hostname.as_str(), Ok(())));
    let files = ["state.json", "sequence", "lock"].map(|name| fs::metadata(folder.0.join(name)).expect(name).permissions().mode() & 0o777);
    assert_eq!(files, [0o600; 3]);
}

#[tokio::test]
async fn a_new_enrolment_forgets_the_commands_of_the_old_one() {
    let (stage, folder) = (Stage::play(vec![enrolled()]).await, Folder::new());
    assert!(output(&folder, &["enrol", "--server", &stage.url]).await.0);
    let names = ["commands.json", "cmd_00000000000000000000000000000001.sh"];
    names.iter().for_each(|name| fs::write(folder.0.join(name), "{}").expect("written"));
    let (again, text) = output(&folder, &["enrol", "--again", "--server", &stage.url]).await;
    assert!(again, "{text}");
    assert_eq!(names.map(|name| folder.0.join(name).exists()), [false; 2]);
}

#[tokio::test]
async fn a_refused_enrolment_leaves_nothing_behind() {
    let (stage, folder) = (Stage::play(vec![refused(403, "expired", outside::now())]).await, Folder::new());
    let (enrolled, text) = output(&folder, &["enrol", "--server", &stage.url]).await;
    assert!(!enrolled && text.contains("refused as expired") && !text.contains("enr_secret"), "{text}");
    let (reported, text) = output(&folder, &["once"]).await;
    assert!(!reported && text.contains("not enrolled"), "{text}");
}

#[tokio::test]
async fn a_running_agent_ends_when_it_is_asked_to() {
    let (stage, folder) = (Stage::play(vec![enrolled(), accepted(1, false)]).await, Folder::new());
    assert!(output(&folder, &["enrol", "--server", &stage.url]).await.0);
    let running = agent(&folder, &["run", "--allow-changes"]).stderr(std::process::Stdio::piped()).spawn().expect("started");
    let started = std::time::Instant::now();
    while stage.seen().iter().filter(|request| request.path.ends_with(REPORTS_PATH)).count() < 2 {
        assert!(started.elapsed() < Duration::from_secs(60), "no two reports within a minute");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (second, text) = output(&folder, &["once"]).await;
    assert!(!second && text.contains("another portico-agent"), "{text}");
    let id = running.id().expect("running").to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.expect("kill").success());
    let end = running.wait_with_output().await.expect("ended");
    let text = String::from_utf8_lossy(&end.stderr);
    assert!(end.status.success() && text.contains("asked to end") && text.contains("commands from the portal are carried out"), "{text}");
}

#[tokio::test]
async fn a_report_that_is_under_way_is_ended_before_the_agent_is() {
    let (stage, folder) = (Stage::play(vec![enrolled()]).await, Folder::new());
    assert!(output(&folder, &["enrol", "--server", &stage.url]).await.0);
    let slow = Stage::play_slowly(vec![accepted(300, false)], Duration::from_millis(1_500)).await;
    let mut state = State::load(&folder.0).expect("state");
    state.server.clone_from(&slow.url);
    state.save(&folder.0).expect("saved");
    let running = agent(&folder, &["run"]).stderr(std::process::Stdio::piped()).spawn().expect("started");
    slow.asked().await;
    let id = running.id().expect("running").to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.expect("kill").success());
    let end = running.wait_with_output().await.expect("ended");
    let text = String::from_utf8_lossy(&end.stderr);
    assert!(end.status.success() && text.contains("asked to end") && text.contains("the server accepted the report"), "{text}");
    assert!(text.contains("waiting=0"), "{text}");
}

#[tokio::test]
async fn show_prints_a_report_and_sends_nothing() {
    let folder = Folder::new();
    let Output { status, stdout, .. } = agent(&folder, &["show"]).output().await.expect("started");
    let report: domain::devices::Report = serde_json::from_slice(&stdout).expect("a report");
    assert!(status.success() && report.hardware.is_some() && report.updates.is_some());
    assert!(report.sample.is_some_and(|sample| sample.cpu_percent.is_some() && sample.volumes.is_some()));
    assert!(!folder.0.exists(), "showing needs no state");
}
