//! The clients within reach, with their figures.

use domain::{Moment, devices::query::DeviceQuery, devices::status::Status, time::HOUR};
use sea_orm::{
    ColumnTrait, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::rows::{client, site};
use crate::{
    Failure, Tenant,
    devices::{
        Counts, count_where,
        rows::{check_in, device},
    },
};

/// Clients that one tenant may list at once.
const MOST: u64 = 5_000;

/// The counts of one client's devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct Figures {
    pub client_id: Uuid,
    pub devices: i64,
    pub online: i64,
    pub late: i64,
    pub offline: i64,
    pub pending: i64,
    pub quarantined: i64,
    pub updates: i64,
    pub security: i64,
    pub updates_unknown: i64,
    pub restart: i64,
    pub restart_unknown: i64,
    pub unseen: i64,
    pub last_seen_at: i64,
}

/// The counts of one site.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SiteFigures {
    pub site_id: Uuid,
    pub devices: i64,
    pub online: i64,
}

/// Devices of one family of systems.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OsFigures {
    pub os_family: String,
    pub devices: i64,
}

impl Tenant {
    /// The clients within reach that are not archived, in name order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clients(&self) -> Result<Vec<client::Model>, Failure> {
        let live = self.find::<client::Entity>().filter(client::Column::ArchivedAt.is_null());
        live.order_by(client::Column::Name, Order::Asc).limit(MOST).all().await
    }

    /// The archived clients within reach, in name order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn archived_clients(&self) -> Result<Vec<client::Model>, Failure> {
        let gone = self.find::<client::Entity>().filter(client::Column::ArchivedAt.is_not_null());
        gone.order_by(client::Column::Name, Order::Asc).limit(MOST).all().await
    }

    /// The sites within reach that are not archived, in name order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sites(&self) -> Result<Vec<site::Model>, Failure> {
        let live = self.find::<site::Entity>().filter(site::Column::ArchivedAt.is_null());
        live.order_by(site::Column::Name, Order::Asc).limit(MOST).all().await
    }

    /// The figures of each client that has devices in service.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn client_figures(&self, now: Moment) -> Result<Vec<Figures>, Failure> {
        use device::Column;
        let status = |status| count_where(crate::devices::of_status(status, now));
        let rows = self.find::<device::Entity>().filter(crate::devices::in_service()).columns([Column::ClientId]).group_by(Column::ClientId);
        rows.column_as(Expr::cust("count(*)"), "devices")
            .column_as(status(Status::Online), "online")
            .column_as(status(Status::Late), "late")
            .column_as(status(Status::Offline), "offline")
            .column_as(status(Status::Pending), "pending")
            .column_as(status(Status::Quarantined), "quarantined")
            .column_as(count_where(sea_orm::Condition::all().add(Column::UpdatesPending.gt(0))), "updates")
            .column_as(count_where(sea_orm::Condition::all().add(Column::UpdatesSecurity.gt(0))), "security")
            .column_as(count_where(sea_orm::Condition::all().add(Column::UpdatesPending.lt(0))), "updates_unknown")
            .column_as(count_where(sea_orm::Condition::all().add(Column::RebootRequired.eq(1))), "restart")
            .column_as(count_where(sea_orm::Condition::all().add(Column::RebootRequired.lt(0))), "restart_unknown")
            .column_as(count_where(sea_orm::Condition::all().add(Column::LastSeenAt.lt(now.0 - 7 * 24 * HOUR))), "unseen")
            .column_as(Expr::col((device::Entity, Column::LastSeenAt)).max(), "last_seen_at")
            .all_as::<Figures>()
            .await
    }

    /// The figures of each site within reach that has devices in service.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn site_figures(&self, now: Moment) -> Result<Vec<SiteFigures>, Failure> {
        use device::Column;
        let rows = self.find::<device::Entity>().filter(crate::devices::in_service()).columns([Column::SiteId]).group_by(Column::SiteId);
        let online = count_where(crate::devices::of_status(Status::Online, now));
        rows.column_as(Expr::cust("count(*)"), "devices").column_as(online, "online").all_as::<SiteFigures>().await
    }

    /// Devices in service by family of systems; an empty family is not known yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn os_figures(&self) -> Result<Vec<OsFigures>, Failure> {
        use device::Column;
        let rows = self.find::<device::Entity>().filter(crate::devices::in_service()).columns([Column::OsFamily]).group_by(Column::OsFamily);
        rows.column_as(Expr::cust("count(*)"), "devices").order_by(Expr::cust("count(*)"), Order::Desc).all_as::<OsFigures>().await
    }

    /// Reports within reach by hour since `from`, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_ins_since(&self, from: Moment) -> Result<Vec<(Moment, i64)>, Failure> {
        use check_in::Column;
        let rows = self.find::<check_in::Entity>().filter(Column::HourAt.gte(from.0)).order_by(Column::HourAt, Order::Asc).limit(MOST * 24).all().await?;
        let mut hours: Vec<(Moment, i64)> = Vec::new();
        for row in rows {
            match hours.last_mut() {
                Some((hour, reports)) if hour.0 == row.hour_at => *reports += row.reports,
                _ => hours.push((Moment(row.hour_at), row.reports)),
            }
        }
        Ok(hours)
    }

    /// The counts of every device within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_device_counts(&self, now: Moment) -> Result<Counts, Failure> {
        self.device_counts(&DeviceQuery::default(), now).await
    }
}
