//! The kept counts within reach, and the figures of past days.

use domain::{
    ids::ClientId,
    patching::groups::{Devices, Groups},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order, Set,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, OnConflict},
};

use super::rows::{count, counted, point};
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

/// Devices in service of a client, and those of them of whose updates everything is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeviceFigures {
    pub all: u64,
    pub known: u64,
}

/// The figures of one client on one day.
pub type PointRow = point::Model;

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
    /// The kept counts within reach, of one update or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_counts(&self, update: Option<Uuid>) -> Result<Vec<CountRow>, Failure> {
        use count::Column::{ClientId, Devices, Failed, Known, Presence, SecurityAt, SinceAt, UpdateId};
        let some = Condition::all().add(Devices.gt(0)).add_option(update.map(|id| UpdateId.eq(id)));
        let rows = self.find::<count::Entity>().filter(some);
        rows.columns([ClientId, UpdateId, Presence, Known, SinceAt, SecurityAt, Devices, Failed]).all_as().await
    }

    /// Devices in service within reach, by client.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patched_devices(&self) -> Result<Vec<(ClientId, DeviceFigures)>, Failure> {
        let all: Vec<Of> = by_client(self.find::<device::Entity>()).all_as().await?;
        let known = self.find::<device::Entity>().join_own::<counted::Entity>().filter(counted::Column::Trust.eq(super::rows::Trust::Known.number()));
        let known: Vec<Of> = by_client(known).all_as().await?;
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        let of = |client: Uuid| known.iter().find(|row| row.client_id == client).map_or(0, |row| number(row.n));
        Ok(all.into_iter().map(|row| (ClientId(row.client_id), DeviceFigures { all: number(row.n), known: of(row.client_id) })).collect())
    }

    /// The figures of past days within reach, from `first` on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patch_points(&self, first: i64, client: Option<ClientId>) -> Result<Vec<PointRow>, Failure> {
        let some = Condition::all().add(point::Column::Day.gte(first)).add_option(client.map(|id| point::Column::ClientId.eq(id.0)));
        self.find::<point::Entity>().filter(some).order_by(point::Column::Day, Order::Asc).all().await
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
