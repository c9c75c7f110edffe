//! What is measured travels with each report, and the server's questions are answered by the next.

use std::fs;

use domain::{
    alerts::{
        Asked, Sample, clean,
        sample::{Services, UnitState},
    },
    enrolment::signature::Accepted,
    ids::{AgentKeyId, DeviceId},
};
use portico_agent::{
    outside::{self, Outside},
    reporter::Reporter,
    sections::Known,
    state::{Lock, PrivateKey, State},
};
use serde_json::json;
use uuid::Uuid;

use crate::stage::{Answer, Folder, Request, Stage, accepted};

const OUTSIDE: Outside = Outside { now: outside::now, chance: || 0.5 };

async fn stage(answers: Vec<Answer>) -> (Stage, Folder, Reporter) {
    let (stage, folder) = (Stage::play(answers).await, Folder::new());
    let state = State {
        server: stage.url.clone(),
        insecure_http: false,
        device: DeviceId(Uuid::from_u128(1)),
        key: AgentKeyId(Uuid::from_u128(2)),
        private_key: PrivateKey::generate().expect("key"),
        every_s: 300,
        offset_ms: 0,
        known: Known::default(),
        asked: Asked::default(),
    };
    drop(Lock::take(&folder.0).expect("lock"));
    state.save(&folder.0).expect("saved");
    let reporter = Reporter::open(folder.0.clone(), OUTSIDE).expect("reporter");
    (stage, folder, reporter)
}

fn asking(units: &[&str], processes: &[&str]) -> Answer {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    let asked = Asked { units: names(units), processes: names(processes), scripts: Vec::new() };
    (200, "", serde_json::to_value(Accepted { every_s: 300, send_all: false, asked }).expect("json"))
}

async fn reported(reporter: &mut Reporter) {
    assert!(reporter.take().await);
    reporter.deliver().await.expect("accepted");
}

fn sample(request: &Request) -> Sample {
    request.report().sample.expect("a sample")
}

fn found(sample: &Sample) -> Vec<(&str, Option<bool>)> {
    sample.processes.iter().map(|process| (process.name.as_str(), process.found)).collect()
}

#[tokio::test]
async fn a_report_says_how_this_machine_is_doing() {
    let (stage, _folder, mut reporter) = stage(vec![accepted(300, false)]).await;
    reported(&mut reporter).await;
    reported(&mut reporter).await;
    for request in stage.seen() {
        let sample = sample(&request);
        let (checked, faults) = clean(sample.clone(), outside::now());
        assert_eq!((checked.sample(), faults.as_slice()), (&sample, [].as_slice()), "nothing of it is dropped by the server");
        for percent in [sample.cpu_percent, sample.memory_percent] {
            assert!(percent.is_some_and(|percent| (0.0..=100.0).contains(&percent)), "{sample:?}");
        }
        let volumes = sample.volumes.expect("volumes");
        let root = volumes.iter().find(|space| space.mount == "/").expect("the root");
        assert!(root.total_bytes > 0 && root.free_bytes <= root.total_bytes);
        assert!(sample.services.is_some() && sample.security.is_some() && sample.processes.is_empty() && sample.scripts.is_empty());
    }
}

#[tokio::test]
async fn what_is_asked_by_name_is_looked_at_in_the_next_report_and_after_a_restart() {
    let own = fs::read_to_string("/proc/self/comm").expect("comm").trim().to_owned();
    let question = asking(&["no-such-unit.service", "--version"], &[&own, "no-such-process", "a\u{202e}b"]);
    let (stage, folder, mut reporter) = stage(vec![question.clone(), question, accepted(300, false)]).await;
    reported(&mut reporter).await;
    reported(&mut reporter).await;
    drop(reporter);
    let mut reporter = Reporter::open(folder.0.clone(), OUTSIDE).expect("reporter");
    reported(&mut reporter).await;
    reported(&mut reporter).await;

    let seen: Vec<_> = stage.seen().iter().map(sample).collect();
    let expected = vec![(own.as_str(), Some(true)), ("no-such-process", Some(false))];
    let answered: Vec<_> = seen.iter().map(found).collect();
    assert_eq!(answered, [vec![], expected.clone(), expected, vec![]], "asked, asked after a restart, asked no more");
    if let Some(Services::Listed { units }) = &seen[1].services {
        let named: Vec<_> = units.iter().filter(|unit| unit.state != UnitState::Failed).map(|unit| (unit.name.as_str(), unit.state)).collect();
        assert_eq!(named, [("no-such-unit.service", UnitState::Unknown)]);
    }
}

#[tokio::test]
async fn a_report_that_waits_keeps_what_was_measured_with_it() {
    let (stage, _folder, mut reporter) = stage(vec![(503, "", json!({})), accepted(300, false)]).await;
    assert!(reporter.take().await);
    reporter.deliver().await.expect_err("busy");
    assert!(reporter.take().await);
    reporter.deliver().await.expect("accepted");
    let seen = stage.seen();
    assert_eq!(seen.len(), 3);
    assert_eq!((seen[0].report().taken_at, sample(&seen[0])), (seen[1].report().taken_at, sample(&seen[1])));
    assert!(seen[2].report().taken_at > seen[1].report().taken_at);
}

#[tokio::test]
async fn a_state_from_before_there_were_questions_still_loads() {
    let (_stage, folder, reporter) = stage(vec![accepted(300, false)]).await;
    drop(reporter);
    let path = folder.0.join("state.json");
    let mut state: serde_json::Value = serde_json::from_slice(&fs::read(&path).expect("read")).expect("json");
    assert!(state.as_object_mut().expect("object").remove("asked").is_some());
    fs::write(&path, state.to_string()).expect("written");
    assert_eq!(State::load(&folder.0).expect("state").asked, Asked::default());
    fs::write(folder.0.join("first-seen.json"), "damaged").expect("written");
    let mut reporter = Reporter::open(folder.0.clone(), OUTSIDE).expect("reporter");
    assert!(reporter.take().await);
}
