//! Removes rows that have outlived their use.

use domain::{
    Moment,
    sign_in::{REMEMBERED, SessionLimits},
    time::HOUR,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, IntoCondition, Query},
};

use crate::{
    Failure, Writing,
    devices::rows::{document, inventory},
    operator::Operator,
    people::rows::{session, sign_in_attempt},
    tenancy::Access,
    tenants::rows::{operator_attempt, operator_session},
};

/// A document is kept at least this long, so that a report that is just being stored still finds it.
const SETTLED: i64 = HOUR;

impl Writing {
    /// Removes this tenant's ended sessions, forgotten failures, old deliveries and documents without a device; says how many rows.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "sessions have no scoped select; tenant and age are named")]
    pub async fn remove_expired(&self, now: Moment) -> Result<u64, Failure> {
        use session::Column::{CreatedAt, SeenAt, TenantId};
        let limits = SessionLimits::PERSON;
        let ended = TenantId.eq(self.id().0).and(CreatedAt.lte((now - limits.absolute).0).or(SeenAt.lte((now - limits.idle).0)));
        let sessions = session::Entity::delete_many().filter(ended).exec(self.connection()).await?.rows_affected;
        let attempts = self.delete::<sign_in_attempt::Entity>(sign_in_attempt::Column::LastAt.lte((now - REMEMBERED).0)).await?;
        let deliveries = self.forget_deliveries(now).await?;
        Ok(sessions + attempts + deliveries + self.delete::<document::Entity>(unused(now)).await?)
    }
}

/// Settled documents that no inventory points at.
fn unused(now: Moment) -> Condition {
    use inventory::Column::{Hash, TenantId};
    let same = Condition::all()
        .add(Expr::col((inventory::Entity, TenantId)).equals((document::Entity, document::Column::TenantId)))
        .add(Expr::col((inventory::Entity, Hash)).equals((document::Entity, document::Column::Hash)));
    let shown = Query::select().expr(Expr::val(1)).from(inventory::Entity).cond_where(same).to_owned();
    document::Column::CreatedAt.lt((now - SETTLED).0).and(Expr::exists(shown).not()).into_condition()
}

#[expect(clippy::disallowed_methods, reason = "the platform's own tables")]
impl Operator {
    /// Removes operators' ended sessions and forgotten failures; says how many rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_expired(&self, now: Moment) -> Result<u64, Failure> {
        use operator_session::Column::{CreatedAt, SeenAt};
        let limits = SessionLimits::OPERATOR;
        let tx = self.pools.begin(Access::Write, None).await?;
        let ended = CreatedAt.lte((now - limits.absolute).0).or(SeenAt.lte((now - limits.idle).0));
        let sessions = operator_session::Entity::delete_many().filter(ended).exec(&tx).await?.rows_affected;
        let forgotten = operator_attempt::Column::LastAt.lte((now - REMEMBERED).0);
        let attempts = operator_attempt::Entity::delete_many().filter(forgotten).exec(&tx).await?.rows_affected;
        tx.commit().await?;
        Ok(sessions + attempts)
    }
}
