//! Taking a job, and giving it back when it failed.

use domain::{
    Moment,
    ids::{PersonId, TenantId},
    jobs::{LEASE, Priority, TRIES},
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::{Expr, Uuid},
    sea_query::{LockBehavior, LockType},
};

use super::{
    PARKED, RUNNING, WAITING, lanes,
    rows::job::{Column, Entity, Model},
};
use crate::{
    Database, Failure, Principal,
    tenancy::{Access, set_tenant},
};

/// Lanes that are looked at for one job: one whose jobs ended meanwhile still says for a moment that it has some.
const TURNS: usize = 8;
/// The longest reason that is kept of a failure, in characters.
const REASON: usize = 500;

/// A job that one worker has alone, until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Whose job it is.
    pub tenant: TenantId,
    /// What kind of work.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// How often it was begun, this time included.
    pub tried: i32,
    pub(super) id: Uuid,
    pub(super) lease: Uuid,
    pub(super) priority: Priority,
    actor: Option<Uuid>,
}

impl Claim {
    /// Who enters the tenant to do it: the person who asked, with what they may do now, or the platform.
    pub fn principal(&self, name: &'static str) -> Principal {
        self.actor.map_or(Principal::Job(name), |id| Principal::Person(PersonId(id)))
    }
}

impl Database {
    /// Whether a job waits to be taken at `now`; asks no writer.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_jobs(&self, now: Moment) -> Result<bool, Failure> {
        lanes::any(&self.pools.begin(Access::Read, None).await?, now).await
    }

    /// Waits until somebody of this program asks for a job.
    pub async fn job_asked_for(&self) {
        self.pools.bell.notified().await;
    }

    /// Takes a job that is due at `now`, of the tenant whose turn it is; in a `fair` round whatever its priority.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_job(&self, now: Moment, fair: bool) -> Result<Option<Claim>, Failure> {
        for _ in 0..TURNS {
            let tx = self.pools.begin(Access::Write, None).await?;
            let Some(lane) = lanes::turn(&tx, now, fair).await? else { return Ok(None) };
            let tenant = TenantId(lane.tenant_id);
            set_tenant(&tx, tenant).await?;
            let claim = take(&tx, tenant, lane.priority, now).await?;
            lanes::settle(&tx, (lane.priority, tenant), Some(now)).await?;
            tx.commit().await?;
            if claim.is_some() {
                return Ok(claim);
            }
        }
        Ok(None)
    }

    /// Gives a job back that failed because of `error`: to be tried at `next`, or parked when there is none. Nothing happens to a
    /// job that somebody else has by now.
    ///
    /// # Errors
    /// When the database fails; then the end of the lease brings it back.
    #[expect(clippy::disallowed_methods, reason = "the claim names the tenant, the job and the lease")]
    pub async fn return_job(&self, claim: &Claim, error: &str, next: Option<Moment>) -> Result<(), Failure> {
        let tx = self.pools.begin(Access::Write, Some(claim.tenant)).await?;
        let reason: String = error.chars().filter(|c| *c != '\0').take(REASON).collect();
        Entity::update_many()
            .filter(Column::TenantId.eq(claim.tenant.0))
            .filter(Column::Id.eq(claim.id))
            .filter(Column::Lease.eq(claim.lease))
            .col_expr(Column::State, Expr::value(if next.is_some() { WAITING } else { PARKED }))
            .col_expr(Column::DueAt, Expr::value(next.map(|at| at.0)))
            .col_expr(Column::Lease, Expr::value(None::<Uuid>))
            .col_expr(Column::Error, Expr::value(reason))
            .exec(&tx)
            .await?;
        lanes::settle(&tx, (claim.priority.number(), claim.tenant), None).await?;
        Ok(tx.commit().await?)
    }
}

/// The lane's first job that is due; one that was begun too often without an end is parked instead.
#[expect(clippy::disallowed_methods, reason = "the tenant is the lane's; each statement names it")]
async fn take(tx: &DatabaseTransaction, tenant: TenantId, priority: i16, now: Moment) -> Result<Option<Claim>, Failure> {
    let due = Entity::find().filter(Column::TenantId.eq(tenant.0)).filter(Column::Priority.eq(priority)).filter(Column::DueAt.lte(now.0));
    let Some(row) =
        due.order_by_asc(Column::DueAt).order_by_asc(Column::Id).limit(1).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).one(tx).await?
    else {
        return Ok(None);
    };
    let (exhausted, lease) = (row.attempts >= TRIES, Uuid::now_v7());
    let update = Entity::update_many().filter(Column::TenantId.eq(tenant.0)).filter(Column::Id.eq(row.id));
    let update = if exhausted {
        let reason = row.error.clone().unwrap_or_else(|| format!("it was begun {TRIES} times and never ended"));
        let update = update.col_expr(Column::State, Expr::value(PARKED)).col_expr(Column::DueAt, Expr::value(None::<i64>));
        update.col_expr(Column::Lease, Expr::value(None::<Uuid>)).col_expr(Column::Error, Expr::value(reason))
    } else {
        let update = update.col_expr(Column::State, Expr::value(RUNNING)).col_expr(Column::DueAt, Expr::value((now + LEASE).0));
        // What was asked for while an earlier worker had it is done now, unless it was asked for later than now.
        let again = row.again_at.filter(|at| *at > now.0);
        let update = update.col_expr(Column::AgainAt, Expr::value(again));
        update.col_expr(Column::Lease, Expr::value(lease)).col_expr(Column::Attempts, Expr::value(row.attempts + 1))
    };
    update.exec(tx).await?;
    Ok((!exhausted).then(|| claimed(row, tenant, lease)))
}

fn claimed(row: Model, tenant: TenantId, lease: Uuid) -> Claim {
    let priority = Priority::ALL.into_iter().find(|priority| priority.number() == row.priority).unwrap_or(Priority::Low);
    Claim { tenant, kind: row.kind, subject: row.subject, tried: row.attempts + 1, id: row.id, lease, priority, actor: row.actor_id }
}
