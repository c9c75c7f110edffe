//! Lists of requests: the queue of staff over their clients, and a contact's own.

use app::requests::{Line, ListPage};
use domain::{
    Moment,
    ids::{ClientId, RequestId},
    people::Permission,
    requests::{RequestQuery, Show},
    work::first_name,
};
use foundation::{Failure, Tenant, requests::RequestLine};

use super::called;

/// Rows of one file.
const MOST: u64 = 20_000;

/// A line; contacts read of staff their first name, and of times those that they may know.
pub(super) fn line(row: RequestLine, contact: bool) -> Line {
    let assigned = row.assigned_name.map(|name| if contact { first_name(&name).to_owned() } else { name });
    Line {
        id: RequestId(row.id),
        called: called(row.number),
        client: (ClientId(row.client_id), row.client_name),
        device: row.device_name,
        subject: row.subject,
        state: row.state.parse().unwrap_or_default(),
        priority: row.priority.parse().unwrap_or_default(),
        made_by: if contact { first_name(&row.made_by_name).to_owned() } else { row.made_by_name },
        assigned: assigned.map(|name| (row.assigned_to.map(Into::into), name)),
        opened_at: Moment(row.opened_at),
        changed_at: Moment(if contact { row.public_at } else { row.changed_at }),
    }
}

/// The list that `query` asks for.
///
/// # Errors
/// [`domain::Refusal::Forbidden`] without the permission; when the database fails.
pub async fn list(tenant: &Tenant, query: RequestQuery) -> Result<ListPage, Failure> {
    tenant.require(Permission::RequestsRead)?;
    let contact = tenant.who().client().is_some();
    let page = tenant.request_page(&query).await?;
    let beside = |row: Option<&RequestLine>, backwards| row.map(|row| RequestQuery { cursor: Some(tenant.request_cursor(row, backwards)), ..query.clone() });
    let newer = beside(page.rows.first().filter(|_| page.before), true);
    let older = beside(page.rows.last().filter(|_| page.after), false);
    let shows: &[Show] = if contact { &Show::CONTACT } else { &Show::STAFF };
    let mut counts = Vec::new();
    for show in shows {
        counts.push((*show, tenant.request_count(&query.with(|query| query.show = *show)).await?));
    }
    let clients = if contact { Vec::new() } else { tenant.clients().await?.into_iter().map(|row| (ClientId(row.id), row.name)).collect() };
    Ok(ListPage {
        total: tenant.request_count(&query).await?,
        rows: page.rows.into_iter().map(|row| line(row, contact)).collect(),
        counts,
        newer,
        older,
        clients,
        contact,
        error: None,
        done: None,
        query,
    })
}

/// Everything that `query` asks for, for a file; at most 20,000 rows.
///
/// # Errors
/// [`domain::Refusal::Forbidden`] without the permission; when the database fails.
pub async fn export(tenant: &Tenant, query: &RequestQuery) -> Result<Vec<Line>, Failure> {
    tenant.require(Permission::RequestsRead)?;
    let contact = tenant.who().client().is_some();
    let rows = tenant.request_rows(&query.with(|_| {}), MOST).await?;
    Ok(rows.into_iter().map(|row| line(row, contact)).collect())
}
