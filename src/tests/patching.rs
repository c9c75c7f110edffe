//! Patching: what waits where by reports, what is decided, and runs from the start to a fresh scan, with agents played by hand.

mod counts;
mod decided;
mod figures;
mod planned;
mod runs;

use domain::{
    commands::{Done, Order, Spec, Told},
    devices::{
        Report,
        report::{Package, Update, Updates},
    },
    patching::{
        install::Request,
        outcome::{Became, Failure, FailureClass, Outcome, PackageOutcome},
    },
};

use crate::{
    agents::{Signer, full_report, words},
    commands::forged::Hand,
    harness::{Answer, Browser, TestApp},
};

const CLIENT: &str = "Harbour Street Lab";
const PASSWORD: &str = "portico-demo";

/// A device that is played by hand, and what it reports.
struct Patched {
    hand: Hand,
    report: Report,
    sequence: u64,
}

fn package(name: &str, version: &str) -> Package {
    Package { name: name.into(), version: version.into(), arch: Some("amd64".into()), source: Some("deb".into()), ..Package::default() }
}

fn update(name: &str, from: &str, to: &str, security: Option<bool>) -> Update {
    Update { name: name.into(), arch: Some("amd64".into()), installed: from.into(), candidate: to.into(), security, ..Update::default() }
}

impl Patched {
    /// A device of `client` on which openssl (security) and vim wait, and whose agent makes changes.
    async fn enrol(app: &TestApp, client: &str, name: &str) -> Self {
        let hand = Hand(Signer::enrol(app, &app.key(client, &[]).await, name).await);
        let mut patched = Self { hand, report: full_report(app, name), sequence: 0 };
        patched.has(app, &[("openssl", "3.0.17"), ("vim", "9.0")], &[("openssl", "3.0.17", "3.0.18", Some(true)), ("vim", "9.0", "9.1", Some(false))]).await;
        patched.hand.poll(app, true, vec![], vec![]).await;
        patched
    }

    /// Reports these packages and these updates.
    async fn has(&mut self, app: &TestApp, packages: &[(&str, &str)], updates: &[(&str, &str, &str, Option<bool>)]) {
        let items = updates.iter().map(|(name, from, to, security)| update(name, from, to, *security)).collect();
        self.report.software = Some(packages.iter().map(|(name, version)| package(name, version)).collect());
        self.report.updates = Some(Updates::Listed { lists_at: Some(app.clock.now()), items });
        self.again(app).await;
    }

    /// Reports the same once more.
    async fn again(&mut self, app: &TestApp) {
        self.sequence += 1;
        self.report.taken_at = app.clock.now();
        self.hand.0.report(app, &self.report, self.sequence).await;
    }

    fn page(&self) -> String {
        format!("/devices/{}/updates", self.hand.0.device)
    }

    /// The one order that it gets, and what is asked of it.
    async fn ordered(&self, app: &TestApp) -> Option<(Order, Request)> {
        let order = self.hand.poll(app, true, vec![], vec![]).await.orders.into_iter().next()?;
        match serde_json::from_str(&order.spec).expect("a spec") {
            Spec::InstallUpdates { request } => Some((order, request)),
            other => panic!("{other:?}"),
        }
    }

    /// Says how the order ended; packages with these names failed.
    async fn ends(&self, app: &TestApp, order: &Order, request: &Request, failed: Option<(&str, FailureClass)>) {
        let became = |name: &str| match failed {
            Some((bad, class)) if bad == name => Became::Failed { failure: Failure { class, line: "dpkg: error processing package".into() } },
            _ => Became::Installed,
        };
        let packages = request.packages().iter().map(|wanted| PackageOutcome { wanted: wanted.clone(), became: became(&wanted.key().name) });
        let outcome = Outcome { run: request.run, attempt: request.attempt, packages: packages.collect(), reboot_required: Some(false) };
        let done = Done { well: failed.is_none(), code: Some(0), reason: None, outcome: Some(outcome) };
        let told = Told { id: order.id, number: 2, at: app.clock.now(), progress: None, output: Some("Unpacking".into()), cut: false, done: Some(done) };
        self.hand.poll(app, true, vec![], vec![told]).await;
    }
}

/// The id of the update of this name, from the list.
async fn update_id(browser: &mut Browser, name: &str) -> String {
    let page = browser.get(&format!("/patching/updates?q={name}")).await;
    assert_eq!(page.status, 200);
    let at = page.body.find("/patching/updates/upd_").unwrap_or_else(|| panic!("{}", words(&page.body)));
    page.body[at + "/patching/updates/".len()..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// Starts a run; its page.
async fn start(browser: &mut Browser, fields: &[(&str, &str)]) -> String {
    let mut all = vec![("password", PASSWORD)];
    all.extend(fields);
    let answer = browser.post("/patching/runs", &all).await;
    assert_eq!(answer.status, 303, "{}", words(&answer.body));
    answer.header("location").to_owned()
}

fn says(answer: &Answer, text: &str) -> bool {
    assert_eq!(answer.status, 200, "{}", words(&answer.body));
    words(&answer.body).contains(text)
}
