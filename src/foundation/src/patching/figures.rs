//! The kept counts within reach, and the figures of past days.

use std::collections::HashMap;

use domain::{
    ids::ClientId,
    patching::groups::{Devices, Groups},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order, Set,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, OnConflict},
};

use super::{
    rows::{count, counted, point},
    sums::sum,
};
use crate::{Failure, Tenant, Writing, devices::rows::device, tenancy::Scoped};

/// Devices of a client on which an update stands alike.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CountRow {
    pub client_id: Uuid,
    pub update_id: Uuid,
    pub presence: String,
    pub known: i16,
    pub since_at: i64,
    pub security_at: i64,
    pub devices: i64,
    pub failed: i64,
}

/// What was installed and what was past due in all on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct DayRow {
    pub day: i64,
    pub installed: i64,
    pub missing: i64,
}

fn by_client(select: Scoped<'_, device::Entity>) -> Scoped<'_, device::Entity> {
    use device::Column::{ClientId, Standing};
    let active = select.filter(Expr::col((device::Entity, Standing)).eq("active"));
    active.columns([ClientId]).column_as(Expr::cust("count(*)"), "n").group_by(Expr::col((device::Entity, ClientId)))
}

#[derive(FromQueryResult)]
struct Of {
    client_id: Uuid,
    n: i64,
}

impl Tenant {
    /// The kept counts within reach, one by one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_counts(&self) -> Result<Vec<CountRow>, Failure> {
        use count::Column::{ClientId, Devices, Failed, Known, Presence, SecurityAt, SinceAt, UpdateId};
        let rows = self.find::<count::Entity>().filter(Devices.gt(0));
        rows.columns([ClientId, UpdateId, Presence, Known, SinceAt, SecurityAt, Devices, Failed]).all_as().await
    }

    /// Devices in service within reach, by client, and those of them of which not everything is known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patched_devices(&self) -> Result<Vec<(ClientId, Devices)>, Failure> {
        let all: Vec<Of> = by_client(self.find::<device::Entity>()).all_as().await?;
        let known = self.find::<device::Entity>().join_own::<counted::Entity>().filter(counted::Column::Trust.eq(super::rows::Trust::Known.number()));
        let known: Vec<Of> = by_client(known).all_as().await?;
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        let known: HashMap<Uuid, u64> = known.into_iter().map(|row| (row.client_id, number(row.n))).collect();
        let figures = |row: Of| {
            let all = number(row.n);
            Devices { all, unknown: all.saturating_sub(known.get(&row.client_id).copied().unwrap_or(0)), oldest: None }
        };
        Ok(all.into_iter().map(|row| (ClientId(row.client_id), figures(row))).collect())
    }

    /// The figures of past days within reach, from `first` on, of one client or of all; a day without any is not there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patch_days(&self, first: i64, client: Option<ClientId>) -> Result<Vec<DayRow>, Failure> {
        use point::Column::{ClientId as Of, Day};
        let some = Condition::all().add(Day.gte(first)).add_option(client.map(|id| Of.eq(id.0)));
        let rows = self.find::<point::Entity>().filter(some).columns([Day]);
        let rows = rows.column_as(sum("patch_points.installed"), "installed").column_as(sum("patch_points.missing"), "missing");
        rows.group_by(Day).order_by(Day, Order::Asc).all_as().await
    }
}

impl Writing {
    /// Keeps the figures of `day`, in place of what was kept of that day before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_points(&self, day: i64, groups: &Groups) -> Result<(), Failure> {
        use point::Column;
        let number = |n: u64| Set(i64::try_from(n).unwrap_or(i64::MAX));
        let row = |(client, (tally, Devices { all, unknown, .. })): (ClientId, (domain::patching::Tally, Devices))| point::ActiveModel {
            client_id: Set(client.0),
            day: Set(day),
            installed: number(tally.installed),
            missing: number(tally.missing),
            early: number(tally.early),
            not_due: number(tally.not_due),
            deferred: number(tally.deferred),
            excluded: number(tally.excluded),
            unknown: number(tally.unknown),
            devices: number(all),
            devices_unknown: number(unknown),
            ..Default::default()
        };
        let values = [
            Column::Installed,
            Column::Missing,
            Column::Early,
            Column::NotDue,
            Column::Deferred,
            Column::Excluded,
            Column::Unknown,
            Column::Devices,
            Column::DevicesUnknown,
        ];
        let same = OnConflict::columns([Column::TenantId, Column::ClientId, Column::Day]).update_columns(values).to_owned();
        self.upsert(groups.by_client().into_iter().map(row).collect(), same).await
    }
}
