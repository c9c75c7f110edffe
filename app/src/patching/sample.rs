//! Invented updates, for render tests and previews.

use domain::{
    ids::{ClientId, CommandId, DeviceId, RuleId, RunId, UpdateId, Uuid, WindowId},
    patching::{
        Bucket, Class, Kind, Sentence, Source, Tally, Targets, Verdict,
        groups::Devices,
        outcome::FailureClass,
        query::{PairsQuery, UpdatesQuery},
        rule::TypedRule,
        run::{RunState, TurnState},
        typed::TypedDecision,
    },
    time::DAY,
};

use super::*;
use crate::layout::sample::NOW;

fn client() -> (ClientId, String) {
    (ClientId(Uuid::from_u128(1)), "Castell Legal".into())
}

fn tally() -> Tally {
    Tally { installed: 912, missing: 38, early: 40, not_due: 77, deferred: 12, excluded: 4, unknown: 9, needs_reboot: 0, failed: 3 }
}

impl CompliancePage {
    /// One client.
    pub fn sample() -> Self {
        let devices = Devices { all: 24, unknown: 2, oldest: None };
        Self {
            total: (tally(), devices),
            clients: vec![(client(), tally(), devices)],
            classes: vec![(Class::Security, tally()), (Class::Other, Tally::default()), (Class::Unknown, Tally::default())],
            targets: Targets::default(),
            trend: vec![(NOW - 2 * DAY, 900, 960), (NOW - DAY, 912, 950)],
            counted_at: NOW,
        }
    }

    /// Nothing was reported.
    pub fn sample_empty() -> Self {
        Self { total: Default::default(), clients: Vec::new(), classes: Vec::new(), trend: Vec::new(), ..Self::sample() }
    }
}

impl UpdateLine {
    /// A security update.
    pub fn sample() -> Self {
        Self {
            id: UpdateId(Uuid::from_u128(5)),
            name: "openssl".into(),
            version: "3.0.18-1~deb12u2".into(),
            arch: "amd64".into(),
            source: Source::Deb,
            origin: Some("Debian-Security:12/stable-security".into()),
            class: Class::Security,
            first_seen: NOW - 3 * DAY,
            need: 14,
            have: 3,
            failed: 1,
            verdict: Some(Verdict::Approve),
            shown: String::new(),
        }
    }
}

impl UpdatesPage {
    /// Two updates.
    pub fn sample() -> Self {
        let later = UpdateLine { name: "vim".into(), class: Class::Other, verdict: Some(Verdict::Defer(NOW + DAY)), ..UpdateLine::sample() };
        let rows = vec![UpdateLine::sample(), later];
        Self {
            query: UpdatesQuery::default(),
            rows,
            total: 2,
            newer: None,
            older: None,
            counted_at: NOW,
            done: Some(2),
            error: None,
            typed: TypedDecision::default(),
        }
    }

    /// None.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), total: 0, done: None, ..Self::sample() }
    }
}

impl PairLine {
    /// One that is due.
    pub fn sample() -> Self {
        Self {
            device: (DeviceId(Uuid::from_u128(2)), "CAS-SRV-1".into()),
            client: client(),
            update: UpdateId(Uuid::from_u128(5)),
            name: ("openssl".into(), "3.0.18-1~deb12u2".into()),
            class: Class::Security,
            kind: Kind::Due,
            bucket: Some(Bucket::Missing),
            why: Sentence::new("It was due at ").at(NOW - DAY).text("."),
            due: NOW - DAY,
        }
    }
}

impl PairsPage {
    /// One row.
    pub fn sample() -> Self {
        Self { query: PairsQuery::default(), rows: vec![PairLine::sample()], newer: None, older: None, clients: vec![client()] }
    }

    /// No row.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), ..Self::sample() }
    }
}

impl UpdatePage {
    /// An update with a decision.
    pub fn sample() -> Self {
        let (who, note) = ("Ada Lindqvist".to_owned(), Some("Breaks the scanner".to_owned()));
        let decided = Decided { place: "tenant".into(), name: "All clients".into(), verdict: Verdict::Decline, who, at: NOW - DAY, note, expires: None };
        Self {
            line: UpdateLine::sample(),
            reason: Sentence::new("Approved for all clients by the rule \u{201c}security updates at once\u{201d}."),
            decided: vec![decided],
            devices: PairsPage::sample(),
            place: ("tenant".into(), "All clients".into()),
            places: vec![("tenant".into(), "All clients".into())],
            typed: TypedDecision { verdict: "approve".into(), ..TypedDecision::default() },
            faults: Vec::new(),
            stands: true,
            may_decide: true,
        }
    }
}

impl RulesPage {
    /// One rule of the tenant's own.
    pub fn sample() -> Self {
        let line = RuleLine { id: Some(RuleId(Uuid::from_u128(8))), place: "All clients".into(), words: "security updates at once".into() };
        let typed = (TypedRule::default(), "tenant".into());
        Self {
            rules: vec![line],
            own: true,
            clients: vec![client()],
            typed,
            targets: Targets::default().typed(),
            faults: Vec::new(),
            revision: 1,
            may_change: true,
        }
    }
}

impl RunLine {
    /// One that goes on.
    pub fn sample() -> Self {
        let progress = [TurnState::Done, TurnState::Failed(FailureClass::Script)].into_iter().collect();
        Self {
            id: RunId(Uuid::from_u128(9)),
            title: "Updates on 2 devices".into(),
            state: RunState::Running,
            by: "Ada Lindqvist".into(),
            at: NOW - DAY,
            starts: NOW - DAY,
            ends: None,
            ended: None,
            progress,
        }
    }
}

impl RunsPage {
    /// One run.
    pub fn sample() -> Self {
        Self { rows: vec![RunLine::sample()], first: true, older: None }
    }

    /// None.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), ..Self::sample() }
    }
}

impl RunPage {
    /// A run with a failure.
    pub fn sample() -> Self {
        let want = WantLine {
            update: UpdateId(Uuid::from_u128(5)),
            name: ("openssl".into(), "3.0.18-1~deb12u2".into()),
            became: Some((false, "Failed: a script of the package failed".into())),
        };
        let turn = TurnLine {
            device: (DeviceId(Uuid::from_u128(2)), "CAS-SRV-1".into()),
            client: client(),
            state: TurnState::Failed(FailureClass::Script),
            since: NOW - DAY,
            again: None,
            attempt: 1,
            line: Some("post-installation script returned error exit status 1".into()),
            command: Some(CommandId(Uuid::from_u128(10))),
            restart: None,
            wants: vec![want],
        };
        Self {
            line: RunLine::sample(),
            turns: vec![turn],
            more: None,
            may_stop: true,
            may_retry: true,
            schedule: None,
            approval: None,
            restarts: false,
            asks_password: true,
            faults: Vec::new(),
        }
    }
}

impl PlanPage {
    /// One device that gets something, and one that does not.
    pub fn sample() -> Self {
        let line = PlanLine {
            device: (DeviceId(Uuid::from_u128(2)), "CAS-SRV-1".into()),
            client: client(),
            gets: vec![("openssl".into(), "3.0.18-1~deb12u2".into())],
            left: vec![(Kind::Awaiting, 2)],
        };
        let left = PlanLine { gets: Vec::new(), left: vec![(Kind::ReportOnly, 4)], ..line.clone() };
        Self {
            choose: Choose::default(),
            clients: vec![client()],
            windows: vec![(WindowId(Uuid::from_u128(2)), "Patch night: Saturday 14 November 22:00 to 02:00, Europe/Berlin".into())],
            named: (None, None),
            targets: vec![line],
            left_out: vec![left],
            more: false,
            asks_password: true,
            faults: Vec::new(),
        }
    }
}
