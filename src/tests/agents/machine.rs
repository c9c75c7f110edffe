//! The real agent on this machine: it enrols, reports, and what it found is what the pages show.

use std::{fs, path::PathBuf, process::Command};

use app::ui::thousands;
use domain::{
    Moment,
    devices::{Report, report::Updates},
};
use foundation::fresh_id;
use portico_agent::{
    cli, collect,
    enrol::{NotEnrolled, enrol},
    outside::{self, Outside},
    reporter::Reporter,
    state::State,
    tidy::tidy,
};

use super::{Stored, words};
use crate::harness::TestApp;

const CLIENT: &str = "Harbour Street Lab";

/// A state folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("portico-machine-{}", fresh_id::<domain::ids::DeviceId>())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn order(app: &TestApp, folder: &Folder, key: &str) -> cli::Enrol {
    let server = format!("http://localhost:{}/t/northwind", app.address.port());
    cli::Enrol { server, key: key.into(), place: cli::Place { dir: Some(folder.0.clone()) }, again: false, insecure_http: false }
}

/// What the agent shows without sending it.
async fn shown() -> Report {
    tidy(collect::report(outside::now()).await).expect("within the limits").0
}

fn true_hostname() -> String {
    let name = fs::read_to_string("/proc/sys/kernel/hostname").expect("the host name");
    name.trim().split('.').next().expect("a name").to_owned()
}

/// Packages that dpkg calls installed; `None` where there is no dpkg.
fn installed() -> Option<u64> {
    let listed = Command::new("dpkg-query").args(["-f", "${db:Status-Abbrev}\n", "-W"]).output().ok()?;
    let count = String::from_utf8_lossy(&listed.stdout).lines().filter(|line| line.starts_with("ii")).count();
    Some(count as u64)
}

async fn reported(app: &TestApp, folder: &Folder) -> Reporter {
    let mut reporter = Reporter::open(folder.0.clone(), Outside::real()).expect("enrolled");
    assert!(reporter.take().await, "a report was taken");
    reporter.deliver().await.expect("accepted");
    assert_eq!((reporter.waiting(), Stored::of(app, CLIENT).await.check_ins), (0, 1));
    reporter
}

#[tokio::test(flavor = "multi_thread")]
async fn this_machine_is_a_device_with_what_it_really_has() {
    let (app, folder) = (TestApp::start().await, Folder::new());
    let key = app.key(CLIENT, &[]).await;
    let state = enrol(order(&app, &folder, &key)).await.expect("enrolled");
    drop(reported(&app, &folder).await);

    let (mut owner, hostname) = (app.owner().await, true_hostname());
    let list = owner.get(&format!("/devices?q={hostname}")).await;
    let path = format!("/devices/{}", state.device);
    assert!(list.status == 200 && list.body.contains(&format!("{path}\"")) && list.body.contains(&hostname), "{hostname} is listed");
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").expect("a kernel");
    let summary = owner.get(&path).await.body;
    assert!(summary.contains(&format!("<h1>{hostname}</h1>")) && summary.contains(kernel.trim()), "its true name and kernel");

    if let Some(packages) = installed() {
        let software = words(&owner.get(&format!("{path}/software")).await.body);
        assert!(software.contains(&format!("{} packages, inventory", thousands(packages))), "{packages} packages");
    }
    let updates = owner.get(&format!("{path}/updates")).await.body;
    match shown().await.updates.expect("looked for") {
        Updates::Listed { items, .. } => {
            assert_eq!(usize::try_from(Stored::of(&app, CLIENT).await.device().updates_pending).expect("known"), items.len());
            assert!(updates.contains(&format!("<strong>{}</strong>", thousands(items.len() as u64))), "{} updates", items.len());
        }
        Updates::Unknown { reason } => assert!(updates.contains("It is unknown which updates wait"), "{reason}"),
    }
    let hardware = Stored::of(&app, CLIENT).await.entries("hardware").expect("hardware");
    assert!(hardware > 0 && owner.get(&format!("{path}/hardware")).await.status == 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_report_says_less_and_loses_nothing() {
    let (app, folder) = (TestApp::start().await, Folder::new());
    let key = app.key(CLIENT, &[]).await;
    enrol(order(&app, &folder, &key)).await.expect("enrolled");
    let mut reporter = reported(&app, &folder).await;
    let before = Stored::of(&app, CLIENT).await;

    // The server's clock is suddenly an hour ahead: the agent learns it from the refusal, and reports at once.
    app.clock.advance(domain::time::HOUR);
    assert!(reporter.take().await);
    reporter.deliver().await.expect("accepted");
    let after = Stored::of(&app, CLIENT).await;
    let software = |stored: &Stored| stored.sections.iter().find(|row| row.section == "software").cloned();
    assert_eq!((after.check_ins, software(&after)), (2, software(&before)));
    assert_eq!(Moment(after.device().last_seen_at).hour(), app.clock.now().hour());
    let offset = State::load(&folder.0).expect("state").offset_ms;
    assert!((offset - domain::time::HOUR).abs() < 60_000, "{offset} ms");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_machine_keeps_no_state() {
    let (app, folder) = (TestApp::start().await, Folder::new());
    let refused = enrol(order(&app, &folder, "ptk_that_nobody_made")).await;
    assert!(matches!(&refused, Err(NotEnrolled::Refused(_))), "{refused:?}");
    assert!(State::load(&folder.0).is_err());
}
