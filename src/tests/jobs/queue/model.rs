//! What must be true of the queue, kept beside the database, and workers that die at every step.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Moment, Refusal,
    ids::TenantId,
    jobs::{LEASE, Priority},
};
use foundation::{
    Database, Failure,
    audit::{Act, rows::entry},
    jobs::{Actor, Claim, Work},
};
use proptest::prelude::*;
use sea_orm::ColumnTrait;

use crate::harness::{JOB, TestApp};

/// Where a worker dies while it does a job.
#[derive(Debug, Clone, Copy)]
pub enum Death {
    Never,
    BeforeTheWork,
    BeforeTheEnd,
    BeforeTheCommit,
}

#[derive(Debug, Clone, Copy)]
pub enum Step {
    Ask { tenant: usize, subject: u8, priority: Priority, later: i64, dies: bool },
    Take { worker: usize, fair: bool },
    Do { worker: usize, death: Death },
    Fail { worker: usize },
    Wait { ms: i64 },
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let death = prop_oneof![3 => Just(Death::Never), 1 => Just(Death::BeforeTheWork), 1 => Just(Death::BeforeTheEnd), 1 => Just(Death::BeforeTheCommit)];
    let ask = (0..2_usize, 0..3_u8, 0..3_usize, prop_oneof![Just(0), Just(30_000)], prop::bool::weighted(0.2))
        .prop_map(|(tenant, subject, priority, later, dies)| Step::Ask { tenant, subject, priority: Priority::ALL[priority], later, dies });
    let one = prop_oneof![
        4 => ask,
        4 => (0..2_usize, any::<bool>()).prop_map(|(worker, fair)| Step::Take { worker, fair }),
        4 => (0..2_usize, death).prop_map(|(worker, death)| Step::Do { worker, death }),
        1 => (0..2_usize).prop_map(|worker| Step::Fail { worker }),
        2 => prop_oneof![Just(1_000), Just(LEASE / 2), Just(LEASE + 1)].prop_map(|ms| Step::Wait { ms }),
    ];
    prop::collection::vec(one, 1..40)
}

/// What must be true, kept beside the database.
pub struct Model {
    database: Database,
    tenants: [TenantId; 2],
    round: String,
    now: Moment,
    /// When each worker took what it holds.
    held: [Option<(Claim, Moment)>; 2],
    /// The last time each subject was asked for that no later work has answered.
    wanted: BTreeMap<(TenantId, String), Moment>,
    asked: BTreeSet<(TenantId, String)>,
    done: BTreeMap<(TenantId, String), u64>,
}

impl Model {
    pub fn new(app: &TestApp, round: i64) -> Self {
        Self {
            database: app.database().clone(),
            tenants: [app.northwind, app.bluefin],
            round: format!("r{round}"),
            now: Moment(1_000_000_000 + round * 100_000_000),
            held: [None, None],
            wanted: BTreeMap::new(),
            asked: BTreeSet::new(),
            done: BTreeMap::new(),
        }
    }

    /// One step.
    pub async fn step(&mut self, step: Step) {
        match step {
            Step::Ask { tenant, subject, priority, later, dies } => self.ask(self.tenants[tenant], subject, priority, later, dies).await,
            Step::Take { worker, fair } => self.take(worker, fair).await,
            Step::Do { worker, death } => self.work(worker, death).await,
            Step::Fail { worker } => {
                if let Some((claim, _)) = self.held[worker].take() {
                    self.database.return_job(&claim, "it failed", Some(self.now + 5_000)).await.expect("returned");
                }
            }
            Step::Wait { ms } => self.now = self.now + ms,
        }
    }

    async fn ask(&mut self, tenant: TenantId, subject: u8, priority: Priority, later: i64, dies: bool) {
        let subject = format!("{}-{subject}", self.round);
        let writing = self.database.enter(&JOB, tenant).await.expect("entered").writing().await.expect("writing");
        writing.enqueue(Work { kind: "model", subject: subject.clone(), priority, at: self.now + later, by: Actor::Platform }, self.now).await.expect("asked");
        if dies {
            return;
        }
        writing.commit().await.expect("kept");
        self.asked.insert((tenant, subject.clone()));
        self.wanted.insert((tenant, subject), self.now);
        // So that nothing is taken at the very instant at which it was asked for again.
        self.now = self.now + 1;
    }

    async fn take(&mut self, worker: usize, fair: bool) {
        let Some(claim) = self.database.claim_job(self.now, fair).await.expect("asked") else { return };
        let key = (claim.tenant, claim.subject.clone());
        assert!(self.asked.contains(&key), "{key:?} was never asked for");
        for (other, at) in self.held.iter().flatten() {
            let same = (other.tenant, &other.subject) == (claim.tenant, &claim.subject);
            assert!(!same || self.now.since(*at) >= LEASE, "two workers have {key:?}");
        }
        self.held[worker] = Some((claim, self.now));
        self.now = self.now + 1;
    }

    async fn work(&mut self, worker: usize, death: Death) {
        let Some((claim, at)) = self.held[worker].take() else { return };
        if matches!(death, Death::BeforeTheWork) {
            return;
        }
        let key = (claim.tenant, claim.subject.clone());
        let writing = self.database.enter(&claim.principal("model"), claim.tenant).await.expect("entered").writing().await.expect("writing");
        let act = Act { action: "model", object: Some(("job", claim.subject.clone())), ..Act::default() };
        writing.record(self.now, act).await.expect("the work");
        if matches!(death, Death::BeforeTheEnd) {
            return;
        }
        match writing.end_job(&claim).await {
            Err(Failure::Refused(Refusal::Conflict(_))) => assert!(self.now.since(at) >= LEASE, "a lease was lost before its end"),
            ended if matches!(death, Death::BeforeTheCommit) => ended.expect("ended"),
            ended => {
                ended.expect("ended");
                writing.commit().await.expect("kept");
                *self.done.entry(key.clone()).or_default() += 1;
                if self.wanted.get(&key).is_some_and(|asked| *asked < at) {
                    self.wanted.remove(&key);
                }
            }
        }
    }

    /// Everything that is still wanted is done once its time has come; what was done is what stands in the database.
    pub async fn check(mut self) {
        self.held = [None, None];
        self.now = self.now + 2 * LEASE;
        for round in 0..200 {
            if !self.database.has_jobs(self.now).await.expect("asked") {
                break;
            }
            assert!(round < 199, "the queue never ends");
            self.take(0, round % 2 == 0).await;
            self.work(0, Death::Never).await;
        }
        assert_eq!(self.wanted, BTreeMap::new(), "lost");
        for tenant in self.tenants {
            let inside = self.database.enter(&JOB, tenant).await.expect("entered");
            for subject in (0..3).map(|n| format!("{}-{n}", self.round)) {
                let rows = inside.find::<entry::Entity>().filter(entry::Column::Action.eq("model")).filter(entry::Column::ObjectId.eq(&subject));
                let done = self.done.get(&(tenant, subject)).copied().unwrap_or(0);
                assert_eq!(rows.count().await.expect("counted"), done, "an effect for each end, and no other");
            }
        }
    }
}
