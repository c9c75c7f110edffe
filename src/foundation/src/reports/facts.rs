//! What reports are made of, read from the rows that pages list.

use std::collections::BTreeMap;

use domain::{
    Moment, Refusal,
    alerts::{By, Severity, State},
    devices::status::Standing,
    ids::{AlertId, ClientId, DeviceId, Uuid},
    reports::{
        Head, Named,
        alerts::{AlertFact, End},
        devices::DeviceFact,
        executive::Commands,
    },
};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Order, prelude::Expr, sea_query::ExprTrait};

use crate::{
    Failure, Tenant,
    alerts::rows::{alert, entry},
    clients::rows::{client, site},
    commands::rows::command,
    devices::{in_service, rows::device},
};

/// Rows that one report reads; a period or fleet with more is refused in words.
const MOST: u64 = 100_000;

#[derive(Debug, FromQueryResult)]
struct DeviceLine {
    id: Uuid,
    client_id: Uuid,
    client_name: String,
    site_name: String,
    hostname: String,
    display_name: Option<String>,
    kind: String,
    standing: String,
    os_family: String,
    os_name: String,
    os_version: Option<String>,
    maker: Option<String>,
    model: Option<String>,
    serial: Option<String>,
    reboot_required: i16,
    updates_security: i32,
    every_s: i64,
    enrolled_at: i64,
    last_seen_at: i64,
}

#[derive(Debug, FromQueryResult)]
struct AlertLine {
    id: Uuid,
    client_id: Uuid,
    client_name: String,
    device_id: Uuid,
    device_client: Uuid,
    hostname: String,
    display_name: Option<String>,
    condition: String,
    severity: i16,
    state_data: String,
    live: bool,
    raised_at: i64,
    changed_at: i64,
}

#[derive(Debug, FromQueryResult)]
struct FirstLine {
    alert_id: Uuid,
    at: i64,
}

#[derive(Debug, FromQueryResult)]
struct StateLine {
    state: String,
    n: i64,
}

fn too_many(rows: usize) -> Result<(), Refusal> {
    if rows as u64 > MOST { Err(Refusal::invalid("period", format!("holds more than {MOST} rows: choose one client or a shorter period"))) } else { Ok(()) }
}

impl Tenant {
    /// The devices in service within reach, of one client where `head` names one, in name order.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there are too many, or when the database fails.
    pub async fn report_devices(&self, head: &Head) -> Result<Vec<DeviceFact>, Failure> {
        use device::Column as C;
        let of = head.client.as_ref().map(|client| C::ClientId.eq(client.id.0));
        let names = [
            C::Id,
            C::ClientId,
            C::Hostname,
            C::DisplayName,
            C::Kind,
            C::Standing,
            C::OsFamily,
            C::OsName,
            C::OsVersion,
            C::Maker,
            C::Model,
            C::Serial,
            C::RebootRequired,
            C::UpdatesSecurity,
            C::EveryS,
            C::EnrolledAt,
            C::LastSeenAt,
        ];
        let rows = self.find::<device::Entity>().filter(in_service()).filter(Condition::all().add_option(of)).columns(names);
        let rows = rows.join::<client::Entity>(C::ClientId).join::<site::Entity>(C::SiteId);
        let rows = rows.column_as(Expr::col((client::Entity, client::Column::Name)), "client_name");
        let rows = rows.column_as(Expr::col((site::Entity, site::Column::Name)), "site_name");
        let rows = rows.order_by(Expr::col((device::Entity, C::Hostname)), Order::Asc).order_by(Expr::col((device::Entity, C::Id)), Order::Asc);
        let rows = rows.limit(MOST + 1).all_as::<DeviceLine>().await?;
        too_many(rows.len())?;
        Ok(rows.into_iter().map(device_fact).collect())
    }

    /// The alerts within reach that were live at some time of the period, the newest first.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there are too many, or when the database fails.
    pub async fn report_alerts(&self, head: &Head) -> Result<Vec<AlertFact>, Failure> {
        use alert::Column as C;
        let col = |column: C| Expr::col((alert::Entity, column));
        let within = Condition::all()
            .add(col(C::RaisedAt).lt(head.until.0))
            .add(Condition::any().add(col(C::Live).eq(true)).add(col(C::ChangedAt).gte(head.from.0)))
            .add_option(head.client.as_ref().map(|client| col(C::ClientId).eq(client.id.0)));
        let names = [C::Id, C::ClientId, C::DeviceId, C::Condition, C::Severity, C::StateData, C::Live, C::RaisedAt, C::ChangedAt];
        let rows = self.find::<alert::Entity>().filter(within.clone()).columns(names).join::<device::Entity>(C::DeviceId).join::<client::Entity>(C::ClientId);
        let rows = rows.column_as(Expr::col((client::Entity, client::Column::Name)), "client_name");
        let rows = rows.column_as(Expr::col((device::Entity, device::Column::ClientId)), "device_client");
        let rows = rows.column_as(Expr::col((device::Entity, device::Column::Hostname)), "hostname");
        let rows = rows.column_as(Expr::col((device::Entity, device::Column::DisplayName)), "display_name");
        let rows = rows.order_by(col(C::RaisedAt), Order::Desc).order_by(col(C::Id), Order::Desc).limit(MOST + 1).all_as::<AlertLine>().await?;
        too_many(rows.len())?;
        let acknowledged = self.first_acknowledgements(within).await?;
        Ok(rows.into_iter().filter_map(|row| alert_fact(row, &acknowledged)).collect())
    }

    /// When each of the alerts that meet `within` was first acknowledged.
    async fn first_acknowledgements(&self, within: Condition) -> Result<BTreeMap<Uuid, i64>, Failure> {
        use entry::Column as C;
        let rows = self.find::<entry::Entity>().filter(C::What.eq("\"acknowledged\"")).columns([C::AlertId]).join::<alert::Entity>(C::AlertId).filter(within);
        let rows = rows.column_as(Expr::col((entry::Entity, C::At)).min(), "at").group_by(Expr::col((entry::Entity, C::AlertId)));
        Ok(rows.all_as::<FirstLine>().await?.into_iter().map(|row| (row.alert_id, row.at)).collect())
    }

    /// Commands that people gave within the period to devices within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_commands(&self, head: &Head) -> Result<Commands, Failure> {
        use command::Column as C;
        let col = |column: C| Expr::col((command::Entity, column));
        let of = head.client.as_ref().map(|client| device::Column::ClientId.eq(client.id.0));
        let within = Condition::all().add(col(C::CreatedAt).gte(head.from.0)).add(col(C::CreatedAt).lt(head.until.0)).add(col(C::PersonId).is_not_null());
        let rows = self.find::<device::Entity>().join_own::<command::Entity>().filter(within.add_option(of)).columns([]);
        let rows = rows.column_as(col(C::State), "state").column_as(Expr::cust("count(*)"), "n").group_by(col(C::State)).all_as::<StateLine>().await?;
        let sum = |states: &[&str]| {
            rows.iter().filter(|row| states.is_empty() || states.contains(&row.state.as_str())).map(|row| u64::try_from(row.n).unwrap_or(0)).sum()
        };
        Ok(Commands { given: sum(&[]), done: sum(&["done"]), failed: sum(&["failed", "expired", "cancelled"]) })
    }
}

fn known<T: TryFrom<i64>>(stored: impl Into<i64>) -> Option<T> {
    T::try_from(stored.into()).ok()
}

fn device_fact(row: DeviceLine) -> DeviceFact {
    DeviceFact {
        id: DeviceId(row.id),
        name: row.display_name.unwrap_or(row.hostname),
        client: Named { id: ClientId(row.client_id), name: row.client_name },
        site: row.site_name,
        kind: row.kind,
        standing: row.standing.parse().unwrap_or(Standing::Quarantined),
        every_s: row.every_s,
        family: row.os_family,
        system: row.os_name,
        version: row.os_version,
        maker: row.maker,
        model: row.model,
        serial: row.serial,
        enrolled_at: Moment(row.enrolled_at),
        seen: (row.last_seen_at > 0).then_some(Moment(row.last_seen_at)),
        security: known(row.updates_security),
        restart: known::<u8>(row.reboot_required).map(|asks| asks == 1),
    }
}

fn alert_fact(row: AlertLine, acknowledged: &BTreeMap<Uuid, i64>) -> Option<AlertFact> {
    let state: State = serde_json::from_str(&row.state_data).ok()?;
    let end = match state {
        State::Dismissed { .. } => End::Dismissed,
        State::Resolved { by: By::Person(_) } => End::Somebody,
        _ => End::Itself,
    };
    let name = if row.device_client == row.client_id { row.display_name.unwrap_or(row.hostname) } else { "a device that moved".to_owned() };
    Some(AlertFact {
        id: AlertId(row.id),
        client: Named { id: ClientId(row.client_id), name: row.client_name },
        device: (DeviceId(row.device_id), name),
        key: row.condition.parse().ok()?,
        severity: Severity::ALL.into_iter().find(|severity| severity.rank() == row.severity).unwrap_or(Severity::Info),
        raised_at: Moment(row.raised_at),
        acknowledged_at: acknowledged.get(&row.id).copied().map(Moment),
        ended: (!row.live).then_some((Moment(row.changed_at), end)),
    })
}
