//! A page of devices, in the order that its query asks for.

use domain::{
    Moment,
    devices::{
        query::{Cursor, DeviceQuery, PAGE, Sort},
        report::Kind,
        status::{Standing, Status},
    },
    ids::{ClientId, DeviceId},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order, Value,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, Func},
};

use super::{
    filter::condition,
    rows::device::{Column, Entity},
};
use crate::{
    Failure, Tenant,
    clients::rows::{client, site},
    tenancy::Scoped,
};

/// A line of a device list, as stored.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct DeviceRow {
    pub id: Uuid,
    pub client_id: Uuid,
    pub client_name: String,
    pub site_name: String,
    pub hostname: String,
    pub display_name: Option<String>,
    pub kind: String,
    pub standing: String,
    pub os_name: String,
    pub os_version: Option<String>,
    pub reboot_required: i16,
    pub updates_pending: i32,
    pub updates_security: i32,
    pub last_seen_at: i64,
    pub every_s: i64,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevicePage {
    /// At most [`PAGE`] rows.
    pub rows: Vec<DeviceRow>,
    /// How many rows stand before the first one.
    pub before: u64,
    /// Whether rows follow.
    pub more: bool,
}

/// A value that cannot be told is `-1` in storage.
pub(crate) fn known<T: TryFrom<i64>>(stored: impl Into<i64>) -> Option<T> {
    T::try_from(stored.into()).ok()
}

impl DeviceRow {
    /// The device.
    pub const fn id(&self) -> DeviceId {
        DeviceId(self.id)
    }

    /// Its client.
    pub const fn client(&self) -> ClientId {
        ClientId(self.client_id)
    }

    /// The name that people see: the one they gave, else the reported one.
    pub fn name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.hostname)
    }

    /// What kind of machine it is.
    pub fn kind(&self) -> Kind {
        Kind::from(self.kind.as_str())
    }

    /// Its last contact.
    pub fn last_seen(&self) -> Option<Moment> {
        (self.last_seen_at > 0).then_some(Moment(self.last_seen_at))
    }

    /// Its status at `now`.
    pub fn status(&self, now: Moment) -> Status {
        Status::at(now, self.standing.parse().unwrap_or(Standing::Quarantined), self.last_seen(), self.every_s)
    }

    /// Waiting updates: all, and those that close a security hole.
    pub fn updates(&self) -> (Option<u32>, Option<u32>) {
        (known(self.updates_pending), known(self.updates_security))
    }

    /// Whether it asks for a restart.
    pub fn reboot(&self) -> Option<bool> {
        known::<u8>(self.reboot_required).map(|asks| asks == 1)
    }

    /// Where this row stands in the order of `sort`.
    pub fn cursor(&self, sort: Sort, backwards: bool) -> Cursor {
        let value = match sort {
            Sort::Name => self.name().to_owned(),
            Sort::Seen => self.last_seen_at.to_string(),
            Sort::Security => self.updates_security.to_string(),
        };
        Cursor { value, id: self.id, backwards }
    }
}

/// The name that pages show: the given one, else the reported one. An index holds it.
pub(crate) fn shown_name() -> Expr {
    let column = |column: Column| Expr::col((Entity, column));
    Expr::from(Func::coalesce([column(Column::DisplayName), column(Column::Hostname)]))
}

/// What rows are ordered by; an index holds each.
fn column(sort: Sort) -> Expr {
    let column = |column: Column| Expr::col((Entity, column));
    match sort {
        Sort::Name => shown_name(),
        Sort::Seen => column(Column::LastSeenAt),
        Sort::Security => column(Column::UpdatesSecurity),
    }
}

/// The rows on one side of `cursor`: greater ones when `greater`.
fn beside(query: &DeviceQuery, cursor: &Cursor, greater: bool) -> Expr {
    let value = match query.sort {
        Sort::Name => Value::from(cursor.value.as_str()),
        Sort::Seen | Sort::Security => Value::from(cursor.value.parse::<i64>().unwrap_or_default()),
    };
    let row = Expr::tuple([column(query.sort), Expr::col((Entity, Column::Id))]);
    let place = Expr::tuple([Expr::value(value), Expr::value(cursor.id)]);
    if greater { row.gt(place) } else { row.lt(place) }
}

impl Tenant {
    /// The page of devices that `query` asks for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn device_page(&self, query: &DeviceQuery, now: Moment) -> Result<DevicePage, Failure> {
        let backwards = query.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
        let mut rows = self.device_rows(query, now, backwards, PAGE + 1).await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if backwards {
            rows.reverse();
        }
        let before = match rows.first() {
            Some(first) if query.cursor.is_some() => self.devices_before(query, &first.cursor(query.sort, false), now).await?,
            _ => 0,
        };
        Ok(DevicePage { rows, before, more: backwards || beyond })
    }

    /// The first `most` rows of `query`, from its cursor on.
    pub(super) async fn device_rows(&self, query: &DeviceQuery, now: Moment, backwards: bool, most: u64) -> Result<Vec<DeviceRow>, Failure> {
        let ascending = query.descending == backwards;
        let order = if ascending { Order::Asc } else { Order::Desc };
        let place = query.cursor.as_ref().map(|cursor| beside(query, cursor, ascending));
        let rows = self.find::<Entity>().filter(condition(query, now)).filter(Condition::all().add_option(place));
        let rows = rows.order_by(column(query.sort), order.clone()).order_by(Expr::col((Entity, Column::Id)), order).limit(most);
        line(rows).all_as::<DeviceRow>().await
    }

    /// The next rows of `query` after `after`, for exports; at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn device_lines(&self, query: &DeviceQuery, now: Moment, most: u64) -> Result<Vec<DeviceRow>, Failure> {
        self.device_rows(query, now, false, most).await
    }

    /// How many devices within reach have reported since `since`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn devices_seen_since(&self, since: Moment) -> Result<u64, Failure> {
        self.find::<Entity>().filter(Column::LastSeenAt.gt(since.0)).count().await
    }

    async fn devices_before(&self, query: &DeviceQuery, first: &Cursor, now: Moment) -> Result<u64, Failure> {
        self.find::<Entity>().filter(condition(query, now)).filter(beside(query, first, query.descending)).count().await
    }
}

/// The columns of a line, with the names of client and site.
pub(crate) fn line(rows: Scoped<'_, Entity>) -> Scoped<'_, Entity> {
    rows.join::<client::Entity>(Column::ClientId)
        .join::<site::Entity>(Column::SiteId)
        .columns([
            Column::Id,
            Column::ClientId,
            Column::Hostname,
            Column::DisplayName,
            Column::Kind,
            Column::Standing,
            Column::OsName,
            Column::OsVersion,
            Column::RebootRequired,
            Column::UpdatesPending,
            Column::UpdatesSecurity,
            Column::LastSeenAt,
            Column::EveryS,
        ])
        .column_as(client::Column::Name.into_expr(), "client_name")
        .column_as(site::Column::Name.into_expr(), "site_name")
}
