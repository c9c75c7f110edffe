//! Exactly what was asked for, and what keeps the rest from being installed.

use domain::{
    Moment,
    commands::Spec,
    devices::report::Updates,
    patching::outcome::{
        Became,
        FailureClass::{Gone, Held, Script, Unmet, Unverified},
    },
};

use crate::{changes, ends, install, machine::Machine, outcome, portal::Portal, request};

#[tokio::test]
async fn exactly_what_was_asked_for_is_installed() {
    let portal = Portal::open().await;
    let mut machine = Machine::fresh(&portal.url);
    let before = machine.packages();
    machine.start_agent("--allow-changes");
    let names = ["good", "safe", "bad", "restart", "held", "slow-1", "grows", "needs", "pushes", "changes", "absent", "weak"];
    let request = request(&names, 1, None);
    let id = portal.ask(&install(&request));
    let done = portal.done(id).await;
    let outcome = outcome(&request, &done);
    let expected = [
        ("good", Ok("installed")),
        ("safe", Ok("installed")),
        ("bad", Err(Script)),
        ("restart", Ok("installed")),
        ("held", Err(Held)),
        ("slow-1", Ok("installed")),
        ("grows", Ok("installed")),
        ("needs", Err(Unmet)),
        ("pushes", Err(Unmet)),
        ("changes", Err(Unmet)),
        ("absent", Err(Unverified)),
        ("weak", Err(Gone)),
    ];
    assert_eq!(ends(&outcome), expected, "{outcome:#?}");
    assert_eq!(outcome.reboot_required, Some(true));
    let line = |name: &str| {
        let package = outcome.packages.iter().find(|package| package.wanted.key().name.ends_with(name)).expect("a package");
        package.failure().expect("a failure").line.clone()
    };
    assert!(line("-bad").contains("post-installation script"), "{}", line("-bad"));
    assert!(line("-needs").contains("portico-nowhere"), "{}", line("-needs"));
    assert_eq!(line("-pushes"), "portico-weak would be removed, which was not asked for.");
    assert_eq!(line("-changes"), "portico-unasked would change from 1.0 to 1.1, which was not asked for.");

    let after = machine.packages();
    let changed: Vec<_> = after.iter().filter(|(name, state)| before.get(*name) != Some(state)).map(|(name, state)| (name.as_str(), state.as_str())).collect();
    let expected = [
        ("portico-bad", "iF 1.1"),
        ("portico-good", "ii 1.1"),
        ("portico-grows", "ii 1.1"),
        ("portico-new", "ii 1.1"),
        ("portico-restart", "ii 1.1"),
        ("portico-safe", "ii 1.1"),
        ("portico-slow-1", "ii 1.1"),
    ];
    assert_eq!(changed, expected);
    assert!(before.keys().all(|name| after.contains_key(name)), "nothing was removed");

    let told = portal.told(id);
    let progress: Vec<_> = told.iter().filter_map(|told| told.progress.as_deref()).collect();
    assert!(progress.iter().any(|line| line.contains("of 10: portico-grows 1.1")), "{progress:?}");
    let output = told.last().expect("something").output.clone().expect("output");
    assert!(output.contains("portico-new 1.1 is new here"), "{output}");
    let files = machine.state_files();
    assert!(!files.iter().any(|name| name.starts_with("cmd_")), "nothing of it stays: {files:?}");

    // The report that was taken afterwards says the same.
    let report = portal.report();
    let software = report.software.expect("packages");
    assert!(software.iter().any(|package| package.name == "portico-good" && package.version == "1.1"));
    let Some(Updates::Listed { items, .. }) = report.updates else { panic!("no updates: {:?}", report.updates) };
    let waiting: Vec<_> = items.iter().map(|item| item.name.as_str()).collect();
    assert!(!waiting.contains(&"portico-good") && waiting.contains(&"portico-changes"), "{waiting:?}");
}

#[tokio::test]
async fn a_security_update_is_seen_and_what_is_there_is_left_alone() {
    let portal = Portal::open().await;
    let mut machine = Machine::fresh(&portal.url);
    machine.start_agent("--allow-changes");
    let four = request(&["good", "safe", "slow-1", "slow-2"], 1, None);
    let first = portal.ask(&install(&four));
    assert!(portal.done(first).await.well && changes(&machine, first) == 1);
    let progress: Vec<_> = portal.told(first).into_iter().filter_map(|told| told.progress).collect();
    assert!(progress.iter().any(|line| line.starts_with("4 updates: installing, ") && line.contains(" %, now portico-slow")), "{progress:?}");
    let both = request(&["good", "safe"], 1, None);
    let first_report = |name: &str| portal.report().software.is_some_and(|software| software.iter().any(|package| package.name == name));
    assert!(first_report("portico-safe"));
    let again = portal.ask(&install(&both));
    let done = portal.done(again).await;
    assert_eq!(ends(&outcome(&both, &done)), [("good", Ok("there")), ("safe", Ok("there"))]);
    assert_eq!(changes(&machine, again), 0, "apt was not called");
    let pair = request(&["changes", "unasked"], 1, None);
    let done = portal.done(portal.ask(&install(&pair))).await;
    assert!(done.well, "what changes with another may, when both were asked for: {done:?}");
}

#[tokio::test]
async fn what_may_not_be_begun_is_not() {
    let portal = Portal::open().await;
    let mut machine = Machine::fresh(&portal.url);
    let before = machine.packages();
    machine.start_agent("");
    let done = portal.done(portal.ask(&install(&request(&["good"], 1, None)))).await;
    assert!(!done.well && done.reason.as_deref().is_some_and(|reason| reason.contains("without --allow-changes")), "{done:?}");
    machine.kill_agent();
    machine.start_agent("--allow-changes");
    let window = Some(Moment(portico_agent::outside::now().0 - 1_000));
    for spec in [install(&request(&["good"], 1, window)), Spec::Reboot { not_after: window }] {
        let done = portal.done(portal.ask(&spec)).await;
        assert!(!done.well && done.reason.as_deref().is_some_and(|reason| reason.contains("window was over")), "{done:?}");
    }
    assert_eq!(machine.packages(), before);
}

#[tokio::test]
async fn what_dpkg_left_half_done_is_ended_first() {
    let portal = Portal::open().await;
    let mut machine = Machine::fresh(&portal.url);
    let status = machine.file("var/lib/dpkg/status");
    let stanza = status.split("\n\n").find(|stanza| stanza.starts_with("Package: portico-good\n")).expect("the package");
    machine.write("var/lib/dpkg/updates/0001", &format!("{}\n", stanza.replace("install ok installed", "install ok unpacked")));
    machine.start_agent("--allow-changes");
    let safe = request(&["safe"], 1, None);
    let id = portal.ask(&install(&safe));
    let done = portal.done(id).await;
    assert!(matches!(outcome(&safe, &done).packages[0].became, Became::Installed), "{done:?}");
    let output = portal.told(id).last().and_then(|told| told.output.clone()).unwrap_or_default();
    assert!(output.contains("dpkg was interrupted earlier") && output.contains("Setting up portico-good (1.0)"), "{output}");
    assert_eq!(machine.packages().get("portico-good").map(String::as_str), Some("ii 1.0"));
}

#[tokio::test]
async fn another_program_that_installs_is_waited_for() {
    let portal = Portal::open().await;
    let mut machine = Machine::fresh(&portal.url);
    machine.begins(&["/bin/sh", "-c", "DEBIAN_FRONTEND=noninteractive apt-get -y install portico-slow-1=1.1 portico-slow-2=1.1 2>&1"]);
    machine.start_agent("--allow-changes");
    let asked = request(&["good", "slow-1"], 1, None);
    let id = portal.ask(&install(&asked));
    let done = portal.done(id).await;
    assert!(done.well, "{done:?}");
    let packages = machine.packages();
    assert_eq!(["good", "slow-1", "slow-2"].map(|name| packages[&format!("portico-{name}")].as_str()), ["ii 1.1"; 3]);
}
