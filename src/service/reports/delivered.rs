//! The library, and the reports that were delivered. Contacts see their client's delivered ones and nothing else.

use app::reports::{DeliveredLine, DeliveredPage, DeliveredPageQuery, LibraryPage};
use domain::{
    Moment, Refusal,
    ids::{ClientId, ReportId, Uuid},
    people::{Permission, Scope},
    reports::{Kind, Report, ReportQuery},
};
use foundation::{
    Failure, Tenant,
    audit::Act,
    reports::{DeliveredQuery, DeliveredRow, NewReport},
};

use crate::service::devices::By;

/// What a list of delivered reports is asked for.
pub type Wanted = DeliveredPageQuery;

/// Clients by name, for forms.
///
/// # Errors
/// When the database fails.
pub(super) async fn clients(tenant: &Tenant) -> Result<Vec<(ClientId, String)>, Failure> {
    let rows = tenant.clients().await?.into_iter().filter(|row| row.archived_at.is_none());
    Ok(rows.map(|row| (ClientId(row.id), row.name)).collect())
}

/// What reports there are, with the form that makes one.
///
/// # Errors
/// [`Refusal::Forbidden`] for contacts.
pub async fn library(tenant: &Tenant, query: ReportQuery) -> Result<LibraryPage, Failure> {
    tenant.require(Permission::ReportsRead)?;
    tenant.require(Permission::StaffHome)?;
    let latest = tenant.delivered(&DeliveredQuery::default()).await?.rows.into_iter().take(5).map(line).collect();
    Ok(LibraryPage { query, clients: clients(tenant).await?, latest, faults: Vec::new() })
}

/// The page of delivered reports that `query` asks for.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission.
pub async fn delivered(tenant: &Tenant, query: Wanted, now: Moment) -> Result<DeliveredPage, Failure> {
    tenant.require(Permission::ReportsRead)?;
    let asked = DeliveredQuery { client: query.client, kind: query.kind, beside: query.beside };
    let found = tenant.delivered(&asked).await?;
    let turn = |row: Option<&DeliveredRow>, newer: bool| row.map(|row| Wanted { beside: Some((Moment(row.made_at), row.id, newer)), ..query.clone() });
    let (newer, older) = (turn(found.rows.first(), true).filter(|_| found.newer), turn(found.rows.last(), false).filter(|_| found.older));
    let staff = tenant.require(Permission::StaffHome).is_ok();
    let clients = if staff { clients(tenant).await? } else { Vec::new() };
    Ok(DeliveredPage { staff, clients, total: found.total, counted_at: now, newer, older, rows: found.rows.into_iter().map(line).collect(), query })
}

fn line(row: DeliveredRow) -> DeliveredLine {
    DeliveredLine {
        id: ReportId(row.id),
        kind: row.kind.parse().unwrap_or(Kind::Executive),
        client: row.client_id.map(|id: Uuid| (ClientId(id), row.client_name.unwrap_or_default())),
        period: row.period,
        made_at: Moment(row.made_at),
        made_by: row.made_by,
        scheduled: row.schedule_id.is_some(),
    }
}

/// A delivered report within reach.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn one(tenant: &Tenant, id: ReportId) -> Result<Report, Failure> {
    tenant.require(Permission::ReportsRead)?;
    tenant.delivered_report(id).await
}

/// Keeps the report that `query` asks for, as it is now; the client's people can open it from then on. One over all clients only who sees
/// all of them may keep.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission, or [`Refusal::Invalid`] as for a preview.
pub async fn keep(tenant: &Tenant, kind: Kind, query: &ReportQuery, by: &By) -> Result<ReportId, Failure> {
    let report = super::preview(tenant, kind, query, by.now).await?;
    tenant.require(Permission::ReportsManage)?;
    let writing = tenant.writing().await?;
    writing.require(Permission::ReportsManage)?;
    // Both may have changed since the report was made: what one holds, and whether the client is still there.
    everywhere(&writing, query.client)?;
    if let Some(client) = query.client {
        writing.client(client)?.row().await?;
    }
    let name = writing.who().name.clone();
    let id = writing.deliver(NewReport { report: &report, by: &name, schedule: None }).await?;
    let act = Act {
        action: "report delivered",
        object: Some(("report", id.to_string())),
        name: Some(report.title()),
        client: query.client,
        address: Some(by.address.clone()),
        ..Act::default()
    };
    writing.record(by.now, act).await?;
    writing.commit().await?;
    Ok(id)
}

/// Whether somebody may keep or schedule a report for `client`; for all clients only who sees all.
pub(super) fn everywhere(tenant: &Tenant, client: Option<ClientId>) -> Result<(), Refusal> {
    match client {
        Some(id) => tenant.client(id).map(drop),
        None if matches!(tenant.who().scope, Scope::AllClients) => Ok(()),
        None => Err(Refusal::Forbidden("reports: manage, for all clients")),
    }
}
