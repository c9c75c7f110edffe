//! The log of deliveries: the list, one of them, and trying one again.

use app::notices::{DeliveriesPage, DeliveryLine, DeliveryPage};
use domain::{
    Moment, Refusal,
    audit::Beside,
    ids::{AlertId, ChannelId, ClientId, DeliveryId},
    notices::{DeliveryQuery, Kind, State},
};
use foundation::{Failure, Tenant, audit::Act, notices::DeliveryRow};

use super::require;
use crate::service::devices::By;

fn line(row: DeliveryRow) -> DeliveryLine {
    DeliveryLine {
        id: DeliveryId(row.id),
        state: row.state.parse().unwrap_or(State::Failed),
        what: row.what,
        kind: row.kind.parse().unwrap_or(Kind::Mail),
        recipient: row.recipient,
        subject: row.subject,
        channel: row.channel_name,
        at: Moment(row.created_at),
        tried: row.tried,
        error: row.last_error,
        sent_at: row.sent_at.map(Moment),
        next_at: row.next_at.map(Moment),
    }
}

fn beside(row: &DeliveryRow, newer: bool) -> Beside {
    Beside { at: Moment(row.created_at), id: row.id, newer }
}

/// The page that `query` asks for.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission.
pub async fn deliveries(tenant: &Tenant, query: DeliveryQuery, now: Moment) -> Result<DeliveriesPage, Failure> {
    require(tenant)?;
    let page = tenant.delivery_page(&query).await?;
    let turn = |row: Option<&DeliveryRow>, newer: bool| row.map(|row| DeliveryQuery { beside: Some(beside(row, newer)), ..query.clone() });
    let (newer, older) = (turn(page.rows.first(), true).filter(|_| page.newer), turn(page.rows.last(), false).filter(|_| page.older));
    Ok(DeliveriesPage {
        total: tenant.delivery_count(&query).await?,
        rows: page.rows.into_iter().map(line).collect(),
        counted_at: now,
        channels: tenant.channels().await?.into_iter().map(|kept| (kept.it.id, kept.it.name)).collect(),
        newer,
        older,
        query,
    })
}

/// The next deliveries of an export, and the list after them when there may be more.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission.
pub async fn export(tenant: &Tenant, query: &DeliveryQuery, most: u64) -> Result<(Vec<DeliveryLine>, Option<DeliveryQuery>), Failure> {
    require(tenant)?;
    let rows = tenant.delivery_rows(query, most).await?;
    let last = (rows.len() as u64 == most).then(|| rows.last()).flatten();
    let next = last.map(|row| DeliveryQuery { beside: Some(beside(row, false)), ..query.clone() });
    Ok((rows.into_iter().map(line).collect(), next))
}

/// One delivery.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub async fn delivery_page(tenant: &Tenant, id: DeliveryId) -> Result<DeliveryPage, Failure> {
    require(tenant)?;
    let row = tenant.delivery(id).await?;
    let client = match row.client_id.map(ClientId) {
        Some(client) => Some((client, tenant.client(client)?.row().await?.name)),
        None => None,
    };
    let alert = match row.alert_id.map(AlertId) {
        Some(alert) => there(tenant.alert_line(alert).await.map(|_| alert))?,
        None => None,
    };
    let channel = match row.channel_id.map(ChannelId) {
        Some(channel) => there(tenant.channel(channel).await.map(|_| channel))?,
        None => None,
    };
    let (from_name, body, html) = (row.from_name.clone(), row.body.clone(), row.html.is_some());
    Ok(DeliveryPage { line: line(row), alert, client, channel, from_name, body, html })
}

/// What is still there; the log outlives what it tells of.
fn there<T>(found: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match found {
        Err(Failure::Refused(Refusal::NotFound)) => Ok(None),
        found => found.map(Some),
    }
}

/// Has a delivery tried again now.
///
/// # Errors
/// [`Refusal::Conflict`] when it left already.
pub async fn retry(tenant: &Tenant, id: DeliveryId, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    require(&writing)?;
    let row = writing.retry_delivery(id, by.now).await?;
    let act = Act {
        action: "delivery tried again",
        object: Some(("delivery", id.to_string())),
        name: Some(row.subject),
        client: row.client_id.map(ClientId),
        detail: row.last_error,
        address: Some(by.address.clone()),
        ..Act::default()
    };
    writing.record(by.now, act).await?;
    writing.commit().await
}
