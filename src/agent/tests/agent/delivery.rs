//! Reports on their way: signatures, clocks, refusals, and what is left out.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Moment,
    alerts::Asked,
    devices::{
        Report,
        report::{Hardware, Package, Updates},
    },
    enrolment::signature::{KEY_HEADER, REPORTS_PATH, SEQUENCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, message},
    ids::{AgentKeyId, DeviceId},
};
use portico_agent::{
    backoff::Cause,
    outside::Outside,
    reporter::Reporter,
    sections::{Known, sha256_hex},
    send::Trouble,
    state::{Lock, PrivateKey, State},
};
use serde_json::json;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::stage::{Answer, Folder, Request, Stage, accepted, refused};

const NOW: Moment = Moment(1_790_000_000_000);
const OUTSIDE: Outside = Outside { now: || NOW, chance: || 0.5 };

async fn stage(answers: Vec<Answer>) -> (Stage, Folder, Reporter) {
    let (stage, folder) = (Stage::play(answers).await, Folder::new());
    let reporter = open(&stage, &folder);
    (stage, folder, reporter)
}

fn open(stage: &Stage, folder: &Folder) -> Reporter {
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
    Reporter::open(folder.0.clone(), OUTSIDE).expect("reporter")
}

fn report(hostname: &str, minute: i64) -> Report {
    let mut report = Report {
        taken_at: NOW + minute * 60_000,
        hardware: Some(Hardware::default()),
        software: Some(vec![Package { name: "bash".into(), ..Package::default() }]),
        updates: Some(Updates::Unknown { reason: "no lists".into() }),
        ..Report::default()
    };
    report.identity.hostname = hostname.into();
    report
}

fn assert_signed(request: &Request, folder: &Folder) {
    let time = Moment(request.header(TIME_HEADER).parse().expect("time"));
    let sequence = request.header(SEQUENCE_HEADER).parse().expect("sequence");
    let signature = URL_SAFE_NO_PAD.decode(request.header(SIGNATURE_HEADER)).expect("base64");
    let signature = ed25519_dalek::Signature::from_slice(&signature).expect("64 bytes");
    let key = State::load(&folder.0).expect("state").private_key.signing().expect("key").verifying_key();
    let text = message("POST", REPORTS_PATH, &sha256_hex(&request.body), time, sequence);
    key.verify_strict(text.as_bytes(), &signature).expect("signed");
    assert_eq!((request.path.as_str(), request.header(KEY_HEADER)), ("/t/northwind/agent/reports", "agk_00000000000000000000000000000002"));
}

fn sections(request: &Request) -> [bool; 3] {
    let report = request.report();
    [report.hardware.is_some(), report.software.is_some(), report.updates.is_some()]
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_and_the_report_goes_through() {
    let (stage, folder, mut reporter) = stage(vec![refused(401, "clock", NOW + 7_200_000), accepted(60, false)]).await;
    reporter.keep(report("lab-1", 0));
    reporter.deliver().await.expect("accepted");
    let seen = stage.seen();
    assert_eq!(seen.iter().map(|request| request.header(TIME_HEADER).to_owned()).collect::<Vec<_>>(), ["1790000000000", "1790007200000"]);
    assert!(seen[0].header(SEQUENCE_HEADER) < seen[1].header(SEQUENCE_HEADER), "a number is used once");
    seen.iter().for_each(|request| assert_signed(request, &folder));
    assert_eq!(seen[1].report(), report("lab-1", 0));
    let state = State::load(&folder.0).expect("state");
    assert_eq!((state.offset_ms, state.every_s, reporter.waiting()), (7_200_000, 60, 0));
}

#[tokio::test]
async fn a_clock_that_stays_wrong_is_not_hammered() {
    let (stage, _folder, mut reporter) = stage(vec![refused(401, "clock", NOW)]).await;
    reporter.keep(report("lab-1", 0));
    let trouble = reporter.deliver().await.expect_err("refused");
    assert_eq!((trouble.cause(), stage.seen().len(), reporter.waiting()), (Cause::Refused, 2, 1));
}

#[tokio::test]
async fn a_busy_server_is_obeyed_and_the_oldest_goes_first() {
    let (stage, folder, mut reporter) = stage(vec![(503, "retry-after: 120", json!({})), accepted(300, false)]).await;
    reporter.keep(report("first", 0));
    let trouble = reporter.deliver().await.expect_err("busy");
    assert_eq!(trouble.cause(), Cause::Busy(Duration::from_secs(120)));
    reporter.keep(report("second", 5));
    reporter.deliver().await.expect("accepted");
    let seen = stage.seen();
    let names: Vec<_> = seen.iter().map(|request| request.report().identity.hostname).collect();
    assert_eq!(names, ["first", "first", "second"]);
    assert_eq!(seen.iter().map(sections).collect::<Vec<_>>(), [[true; 3], [true; 3], [false; 3]], "known once accepted, not before");
    seen.iter().for_each(|request| assert_signed(request, &folder));
}

#[tokio::test]
async fn all_sections_go_out_again_when_the_server_asks() {
    let (stage, folder, mut reporter) = stage(vec![accepted(300, false), accepted(300, true), accepted(300, false)]).await;
    for minute in 0..3 {
        reporter.keep(report("lab-1", minute));
        reporter.deliver().await.expect("accepted");
    }
    assert_eq!(stage.seen().iter().map(sections).collect::<Vec<_>>(), [[true; 3], [false; 3], [true; 3]]);
    drop(reporter);
    let mut reporter = Reporter::open(folder.0.clone(), OUTSIDE).expect("reporter");
    reporter.keep(report("lab-1", 3));
    reporter.deliver().await.expect("accepted");
    let seen = stage.seen();
    assert_eq!(sections(&seen[3]), [false; 3], "remembered over a restart");
    assert!(seen.windows(2).all(|two| two[0].header(SEQUENCE_HEADER) < two[1].header(SEQUENCE_HEADER)));
}

#[tokio::test]
async fn each_refusal_has_its_own_consequence() {
    let table = [
        (refused(422, "invalid", NOW), Cause::Refused, 0),
        (refused(400, "too_large", NOW), Cause::Refused, 0),
        ((413, "", json!("a proxy speaks")), Cause::Refused, 0),
        (refused(403, "revoked", NOW), Cause::Refused, 1),
        (refused(401, "credential", NOW), Cause::Refused, 1),
        (refused(403, "pending", NOW), Cause::Pending, 1),
        ((404, "", json!({})), Cause::Refused, 1),
        ((302, "location: https://example.com/", json!({})), Cause::Refused, 1),
        ((429, "retry-after: 7", json!({})), Cause::Busy(Duration::from_secs(7)), 1),
        ((503, "", json!({})), Cause::Unreachable, 1),
        ((500, "", json!({})), Cause::Unreachable, 1),
        ((200, "", json!("a hotel's sign-in page")), Cause::Unreachable, 1),
    ];
    for (answer, cause, waiting) in table {
        let case = format!("{answer:?}");
        let (stage, _folder, mut reporter) = stage(vec![answer]).await;
        reporter.keep(report("lab-1", 0));
        let trouble = reporter.deliver().await.expect_err(&case);
        assert_eq!((trouble.cause(), reporter.waiting(), stage.seen().len()), (cause, waiting, 1), "{case}");
    }
}

#[tokio::test]
async fn whoever_asks_for_a_report_hears_whether_it_was_delivered() {
    let table = [(accepted(300, false), true), (refused(422, "invalid", NOW), false), ((503, "", json!({})), false)];
    for (answer, well) in table {
        let case = format!("{answer:?}");
        let (_stage, _folder, mut reporter) = stage(vec![answer]).await;
        let (nudge, nudges) = mpsc::channel(1);
        let (reply, replied) = oneshot::channel();
        nudge.send(reply).await.expect("sent");
        let mut heard = None;
        reporter.run_until(async { heard = replied.await.ok() }, nudges).await;
        assert_eq!(heard, Some(well), "{case}");
    }
}

#[tokio::test]
async fn without_a_server_reports_wait() {
    let (mut stage, folder, reporter) = stage(vec![accepted(300, false)]).await;
    drop(reporter);
    stage.url = "http://127.0.0.1:9/t/northwind".into();
    let mut reporter = open(&stage, &folder);
    reporter.keep(report("lab-1", 0));
    assert!(matches!(reporter.deliver().await, Err(Trouble::Unreachable(_))));
    assert_eq!(reporter.waiting(), 1);
}
