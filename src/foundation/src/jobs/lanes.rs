//! Lanes: which tenant has work of which priority, and whose turn it is.

use domain::{Moment, ids::TenantId, jobs::Priority};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    prelude::Expr,
    sea_query::{LockBehavior, LockType, OnConflict},
};

use super::rows::{
    job,
    lane::{ActiveModel, Column, Entity, Model},
};
use crate::Failure;

/// Says in `tx` that `tenant` has work at `due` of each priority; the last thing before a commit, so that whoever holds a lane waits for nothing.
#[expect(clippy::disallowed_methods, reason = "lanes are the platform's; the tenant is the one that was entered")]
pub(crate) async fn touch(tx: &DatabaseTransaction, tenant: TenantId, due: &[(Priority, Moment)]) -> Result<(), Failure> {
    for (priority, at) in due {
        let row = ActiveModel { priority: Set(priority.number()), tenant_id: Set(tenant.0), due_at: Set(at.0), served_at: Set(at.0), parked: Set(0) };
        let earlier = |column: Column| -> Expr { Expr::case(Expr::col((Entity, column)).lt(at.0), Expr::col((Entity, column))).finally(at.0).into() };
        // A lane that was opened for work of next month waits from when it has work of today.
        let values = [(Column::DueAt, earlier(Column::DueAt)), (Column::ServedAt, earlier(Column::ServedAt))];
        let conflict = OnConflict::columns([Column::Priority, Column::TenantId]).values(values).to_owned();
        Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Whether any lane is due.
#[expect(clippy::disallowed_methods, reason = "lanes are the platform's and say nothing but that there is work")]
pub(super) async fn any(tx: &DatabaseTransaction, now: Moment) -> Result<bool, Failure> {
    let due = Entity::find().filter(Column::Priority.is_in(Priority::ALL.map(Priority::number))).filter(Column::DueAt.lte(now.0));
    Ok(due.one(tx).await?.is_some())
}

/// The lane whose turn it is: of the most urgent that is due, the one that waited longest; in a `fair` round whichever waited longest of all.
/// Where rows can be locked one by one, lanes that somebody else holds are passed over.
#[expect(clippy::disallowed_methods, reason = "lanes are the platform's and say nothing but that there is work")]
pub(super) async fn turn(tx: &DatabaseTransaction, now: Moment, fair: bool) -> Result<Option<Model>, Failure> {
    let due = Entity::find().filter(Column::Priority.is_in(Priority::ALL.map(Priority::number))).filter(Column::DueAt.lte(now.0));
    let due = if fair { due } else { due.order_by_asc(Column::Priority) };
    Ok(due
        .order_by_asc(Column::ServedAt)
        .order_by_asc(Column::TenantId)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(tx)
        .await?)
}

/// Writes when the lane's next job is due, how many are parked, and, after a turn, that it had it.
#[expect(clippy::disallowed_methods, reason = "lanes are the platform's; the jobs are those of the tenant that was entered")]
pub(super) async fn settle(tx: &DatabaseTransaction, lane: (i16, TenantId), served: Option<Moment>) -> Result<(), Failure> {
    // First the lane: whoever asks for a job meanwhile waits here, and then sees what is written below.
    Entity::find_by_id((lane.0, lane.1.0)).lock(LockType::Update).one(tx).await?;
    let of_lane = || job::Entity::find().filter(job::Column::TenantId.eq(lane.1.0)).filter(job::Column::Priority.eq(lane.0));
    let next = of_lane().filter(job::Column::DueAt.is_not_null()).order_by_asc(job::Column::DueAt).limit(1).one(tx).await?;
    let parked = of_lane().filter(job::Column::DueAt.is_null()).select_only().expr_as(job::Column::Id.count(), "n");
    let parked = parked.into_tuple::<i64>().one(tx).await?.unwrap_or(0);
    let due = next.and_then(|job| job.due_at).unwrap_or(i64::MAX);
    let mut update = Entity::update_many()
        .filter(Column::Priority.eq(lane.0))
        .filter(Column::TenantId.eq(lane.1.0))
        .col_expr(Column::DueAt, Expr::value(due))
        .col_expr(Column::Parked, Expr::value(parked));
    if let Some(now) = served {
        update = update.col_expr(Column::ServedAt, Expr::value(now.0));
    }
    update.exec(tx).await?;
    Ok(())
}
