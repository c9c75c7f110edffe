//! Jobs that failed too often: the operator sees them, and says whether they are tried again or dropped.

use domain::{Moment, ids::TenantId, jobs::Priority};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    prelude::{Expr, Uuid},
};

use super::{
    PARKED, WAITING, lanes,
    rows::{job, lane},
};
use crate::{Failure, Tenant, Writing, operator::Operator, tenancy::Access};

/// Parked jobs that one page lists.
pub const PARKED_SHOWN: u64 = 100;

/// A job that waits for a person's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedJob {
    /// Its id.
    pub id: Uuid,
    /// What kind of work.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// How often it was begun.
    pub tried: i32,
    /// What went wrong last.
    pub error: String,
    /// When it was asked for.
    pub created_at: Moment,
}

impl Operator {
    /// The tenants that have parked jobs, in the order of their ids, and how many; at most [`PARKED_SHOWN`] tenants.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "lanes are the platform's and hold counts alone")]
    pub async fn tenants_with_parked_jobs(&self) -> Result<Vec<(TenantId, u64)>, Failure> {
        let tx = self.pools.begin(Access::Read, None).await?;
        let rows = lane::Entity::find().filter(lane::Column::Parked.gt(0)).order_by_asc(lane::Column::TenantId).limit(PARKED_SHOWN).all(&tx).await?;
        let mut tenants: Vec<(TenantId, u64)> = Vec::new();
        for row in rows {
            let parked = u64::try_from(row.parked).unwrap_or(0);
            match tenants.last_mut() {
                Some((tenant, sum)) if tenant.0 == row.tenant_id => *sum += parked,
                _ => tenants.push((TenantId(row.tenant_id), parked)),
            }
        }
        Ok(tenants)
    }
}

impl Tenant {
    /// The tenant's parked jobs, oldest first; at most [`PARKED_SHOWN`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn parked_jobs(&self) -> Result<Vec<ParkedJob>, Failure> {
        let rows = self.find::<job::Entity>().filter(job::Column::State.eq(PARKED)).order_by(job::Column::CreatedAt, Order::Asc);
        Ok(rows.limit(PARKED_SHOWN).all().await?.into_iter().map(parked).collect())
    }
}

impl Writing {
    /// Has a parked job tried again from the start, or drops it; says whether it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_parked_job(&self, id: Uuid, retry: bool, now: Moment) -> Result<bool, Failure> {
        let this = || Condition::all().add(job::Column::Id.eq(id)).add(job::Column::State.eq(PARKED));
        let found = if retry {
            let again = [(job::Column::State, Expr::value(WAITING)), (job::Column::DueAt, Expr::value(now.0)), (job::Column::Attempts, Expr::value(0))];
            self.update::<job::Entity>(this(), again).await?
        } else {
            self.delete::<job::Entity>(this()).await?
        };
        if found == 0 {
            return Ok(false);
        }
        for priority in Priority::ALL {
            lanes::settle(self.connection(), (priority.number(), self.id()), None).await?;
        }
        Ok(true)
    }
}

fn parked(row: job::Model) -> ParkedJob {
    let error = row.error.unwrap_or_default();
    ParkedJob { id: row.id, kind: row.kind, subject: row.subject, tried: row.attempts, error, created_at: Moment(row.created_at) }
}
