//! A device query as a condition, and how many rows meet each.

use domain::{
    Moment,
    devices::{
        query::{DeviceQuery, Waiting},
        status::{Standing, Status},
    },
    time::DAY,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::Expr,
    sea_query::{ExprTrait, Func, LikeExpr, Query},
};

use super::rows::{
    device::{Column, Entity},
    device_tag,
};
use crate::{Failure, Tenant};

/// How many devices are in each state; retired ones are in `retired` only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct Counts {
    pub online: i64,
    pub late: i64,
    pub offline: i64,
    pub pending: i64,
    pub quarantined: i64,
    pub retired: i64,
    pub matching: i64,
    pub updates: i64,
    pub security: i64,
    pub unknown: i64,
    pub restart: i64,
    pub restart_unknown: i64,
    pub unseen: i64,
}

/// A tag, and how many devices in service have it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TagFigures {
    pub tag: String,
    pub devices: i64,
}

/// Tags that a list offers to filter by.
const TAGS: u64 = 200;

/// `count(*)` of the rows that meet `condition`.
pub(crate) fn count_where(condition: impl Into<Condition>) -> Expr {
    Expr::from(Func::count(Expr::case(condition.into(), 1)))
}

/// The rows of one status at `now`.
pub(crate) fn of_status(status: Status, now: Moment) -> Condition {
    let standing = |standing: Standing| Condition::all().add(Column::Standing.eq(standing.word()));
    let active = || standing(Standing::Active);
    match status {
        Status::Online => active().add(Column::OnlineUntil.gte(now.0)),
        Status::Late => active().add(Column::OnlineUntil.lt(now.0)).add(Column::LateUntil.gte(now.0)),
        Status::Offline => active().add(Column::LateUntil.lt(now.0)),
        Status::Pending => standing(Standing::Pending),
        Status::Quarantined => standing(Standing::Quarantined),
        Status::Retired => standing(Standing::Retired),
    }
}

/// Devices in service; what every figure counts.
pub(crate) fn in_service() -> Condition {
    Condition::all().add(Column::Standing.ne(Standing::Retired.word()))
}

fn of_waiting(waiting: Waiting) -> Expr {
    match waiting {
        Waiting::Any => Column::UpdatesPending.gt(0),
        Waiting::Security => Column::UpdatesSecurity.gt(0),
        Waiting::Unknown => Column::UpdatesPending.lt(0),
    }
}

/// The devices that people gave `tag`.
fn tagged(tag: &str) -> Expr {
    use device_tag::Column as Given;
    let own = Condition::all()
        .add(Expr::col((device_tag::Entity, Given::TenantId)).equals((Entity, Column::TenantId)))
        .add(Expr::col((device_tag::Entity, Given::DeviceId)).equals((Entity, Column::Id)))
        .add(Expr::col((device_tag::Entity, Given::Tag)).eq(tag));
    Expr::exists(Query::select().expr(Expr::val(1)).from(device_tag::Entity).cond_where(own).to_owned())
}

fn unseen(now: Moment) -> Expr {
    Column::LastSeenAt.lt((now - 7 * DAY).0)
}

/// Retired devices are listed only when they are asked for.
fn by_status(query: &DeviceQuery, now: Moment) -> Condition {
    query.status.map_or_else(in_service, |status| of_status(status, now))
}

/// Everything that `query` asks but its status.
fn but_status(query: &DeviceQuery, now: Moment) -> Condition {
    Condition::all()
        .add_option(query.client.map(|client| Column::ClientId.eq(client.0)))
        .add_option(query.site.map(|site| Column::SiteId.eq(site.0)))
        .add_option(query.os.as_ref().map(|family| Column::OsFamily.eq(family)))
        .add_option(query.tag.as_deref().map(tagged))
        .add_option(query.updates.map(of_waiting))
        .add_option(query.restart.then(|| Column::RebootRequired.eq(1)))
        .add_option(query.unseen.then(|| unseen(now)))
        .add_option((!query.q.is_empty()).then(|| Expr::col((Entity, Column::Search)).like(containing(&query.q))))
}

/// A pattern that finds `text` anywhere, as text.
pub(crate) fn containing(text: &str) -> LikeExpr {
    let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

/// The rows that `query` lists at `now`.
pub(super) fn condition(query: &DeviceQuery, now: Moment) -> Condition {
    but_status(query, now).add(by_status(query, now))
}

impl Tenant {
    /// The tags of the devices within reach that are in service, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tag_figures(&self) -> Result<Vec<TagFigures>, Failure> {
        let tag = || Expr::col((device_tag::Entity, device_tag::Column::Tag));
        let rows = self.find::<Entity>().filter(in_service()).join_own::<device_tag::Entity>().columns([]).column_as(tag(), "tag");
        let rows = rows.column_as(Expr::cust("count(*)"), "devices").group_by(tag()).order_by(tag(), Order::Asc).limit(TAGS);
        rows.all_as::<TagFigures>().await
    }

    /// The counts of `query`: statuses as if it had no status, the rest as it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn device_counts(&self, query: &DeviceQuery, now: Moment) -> Result<Counts, Failure> {
        let listed = |more: Expr| by_status(query, now).add(more);
        let select = self
            .find::<Entity>()
            .filter(but_status(query, now))
            .columns([])
            .column_as(count_where(of_status(Status::Online, now)), "online")
            .column_as(count_where(of_status(Status::Late, now)), "late")
            .column_as(count_where(of_status(Status::Offline, now)), "offline")
            .column_as(count_where(of_status(Status::Pending, now)), "pending")
            .column_as(count_where(of_status(Status::Quarantined, now)), "quarantined")
            .column_as(count_where(of_status(Status::Retired, now)), "retired")
            .column_as(count_where(by_status(query, now)), "matching")
            .column_as(count_where(listed(of_waiting(Waiting::Any))), "updates")
            .column_as(count_where(listed(of_waiting(Waiting::Security))), "security")
            .column_as(count_where(listed(of_waiting(Waiting::Unknown))), "unknown")
            .column_as(count_where(listed(Column::RebootRequired.eq(1))), "restart")
            .column_as(count_where(listed(Column::RebootRequired.lt(0))), "restart_unknown")
            .column_as(count_where(listed(unseen(now))), "unseen");
        Ok(select.one_as::<Counts>().await?.unwrap_or_default())
    }
}
