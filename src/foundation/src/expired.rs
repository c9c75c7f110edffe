//! Removes rows that have outlived their use.

use domain::{
    Moment,
    sign_in::{REMEMBERED, SessionLimits},
    time::{DAY, HOUR},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, IntoCondition, Query},
};

use crate::{
    Failure, Writing,
    alerts::rows::alert,
    commands::rows::command,
    devices::rows::{document, inventory},
    operator::Operator,
    people::rows::{session, sign_in_attempt},
    tenancy::Access,
    tenants::rows::{operator_attempt, operator_session},
};

/// How long a command is kept, with its output.
const COMMANDS: i64 = 90 * DAY;
/// How long an alert that is over is kept.
const ALERTS: i64 = 400 * DAY;
/// Old commands, alerts and deliveries that one round removes, of each.
const AT_ONCE: u64 = 2_000;
/// A document is kept at least this long, so that a report that is just being stored still finds it.
const SETTLED: i64 = HOUR;

impl Writing {
    /// Removes this tenant's ended sessions, forgotten failures, old commands, alerts and deliveries, and documents without a device; says how many
    /// rows.
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
        let work = self.remove_old_work(now).await? + self.forget_deliveries(AT_ONCE, now).await?;
        Ok(sessions + attempts + work + self.delete::<document::Entity>(unused(now)).await?)
    }

    /// Removes commands and alerts that ended long ago, a bounded number at a time; an alert takes its timeline with it.
    #[expect(clippy::disallowed_methods, reason = "commands are found by their device elsewhere; tenant, state and age are named")]
    async fn remove_old_work(&self, now: Moment) -> Result<u64, Failure> {
        use domain::commands::State;
        let ended: Vec<&str> = State::ALL.into_iter().filter(|state| !state.is_open()).map(State::word).collect();
        let mine = command::Column::TenantId.eq(self.id().0);
        let old = mine.clone().and(command::Column::State.is_in(ended)).and(command::Column::CreatedAt.lt((now - COMMANDS).0));
        let some = Query::select().column(command::Column::Id).from(command::Entity).cond_where(old).limit(AT_ONCE).to_owned();
        let these = mine.and(command::Column::Id.in_subquery(some));
        let commands = command::Entity::delete_many().filter(these).exec(self.connection()).await?.rows_affected;
        let over = alert::Column::TenantId.eq(self.id().0).and(alert::Column::Live.eq(false)).and(alert::Column::RaisedAt.lt((now - ALERTS).0));
        let some = Query::select().column(alert::Column::Id).from(alert::Entity).cond_where(over).limit(AT_ONCE).to_owned();
        Ok(commands + self.delete::<alert::Entity>(alert::Column::Id.in_subquery(some)).await?)
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
