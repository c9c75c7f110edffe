//! The audit: who did what, to whoever may read it. Scoped staff see the entries of their clients and no others.

use std::collections::BTreeSet;

use app::audit::{Act, Actor, AuditPage, AuditTail, Object};
use domain::{
    Moment, Refusal,
    audit::{AuditQuery, Beside},
    ids::{ClientId, DeviceId},
    people::Permission,
};
use foundation::{
    Failure, Tenant,
    audit::{self, Asked, EntryRow},
};
use jiff::{civil::Date, tz::TimeZone};

use super::counts::CountsCache;

/// `query` with its days as instants of the zone named `zone`.
///
/// # Errors
/// [`Refusal::Invalid`] naming the day that no calendar has.
pub fn asked(query: AuditQuery, zone: &str) -> Result<Asked, Refusal> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let start = |name: &str, day: &Option<String>, later: bool| {
        let Some(day) = day else { return Ok(None) };
        let date = day.parse::<Date>().and_then(|date| if later { date.tomorrow() } else { Ok(date) });
        let begin = date.and_then(|date| date.to_zoned(zone.clone()));
        begin.map(|begin| Some(Moment(begin.timestamp().as_millisecond()))).map_err(|_| Refusal::invalid(name, "is not a day of the calendar"))
    };
    Ok(Asked { since: start("from", &query.from, false)?, until: start("to", &query.to, true)?, query })
}

/// The page that `query` asks for.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission; [`Refusal::Invalid`] for a day that does not exist.
pub async fn list(tenant: &Tenant, counts: &CountsCache, query: AuditQuery, now: Moment) -> Result<AuditPage, Failure> {
    tenant.require(Permission::AuditRead)?;
    let asked = asked(query, &tenant.who().time_zone)?;
    let page = tenant.audit_page(&asked).await?;
    let total_matching = tenant.audit_count(&asked).await?;
    let clients = counts.overview(tenant, now).await?.value.clients.clone();
    let query = asked.query;
    let turn = |row: Option<&EntryRow>, newer: bool| row.map(|row| AuditQuery { beside: Some(beside(row, newer)), ..query.clone() });
    let (newer, older) = (turn(page.rows.first(), true).filter(|_| page.newer), turn(page.rows.last(), false).filter(|_| page.older));
    let mut choices = (*counts.audit_choices(tenant, now).await?.value).clone();
    choices.clients.clone_from(&clients);
    let acts = acts(tenant, page.rows, &clients).await?;
    Ok(AuditPage { query, acts, total_matching, counted_at: now, choices, newer, older })
}

/// The next acts of an export, and the place after them when there may be more.
///
/// # Errors
/// When the database fails.
pub async fn export(tenant: &Tenant, counts: &CountsCache, asked: &Asked, now: Moment, most: u64) -> Result<(Vec<Act>, Option<Beside>), Failure> {
    tenant.require(Permission::AuditRead)?;
    let rows = tenant.audit_rows(asked, most).await?;
    let next = (rows.len() as u64 == most).then(|| rows.last()).flatten().map(|row| beside(row, false));
    let clients = counts.overview(tenant, now).await?.value.clients.clone();
    Ok((acts(tenant, rows, &clients).await?, next))
}

/// Acts in the tail of an object's page.
pub const TAIL: u64 = 6;

/// The newest `most` acts on the object of `kind` with `id`, for its own page; `None` for those who may not read the audit.
///
/// # Errors
/// When the database fails.
pub async fn tail(tenant: &Tenant, kind: &str, id: &str, most: u64) -> Result<Option<AuditTail>, Failure> {
    if tenant.require(Permission::AuditRead).is_err() {
        return Ok(None);
    }
    let rows = tenant.audit_tail(kind, id, most).await?;
    let acts = rows.into_iter().map(|row| act(row, &[], &BTreeSet::new(), tenant)).collect();
    Ok(Some(AuditTail { acts, object: id.to_owned() }))
}

/// Notes that rows of a list left as a file: how many, and the query that chose them.
///
/// # Errors
/// When the database fails.
pub async fn exported(
    tenant: &Tenant,
    action: &'static str,
    (rows, query): (u64, &str),
    client: Option<ClientId>,
    address: String,
    now: Moment,
) -> Result<(), Failure> {
    let filtered = if query.is_empty() { String::new() } else { format!(" of {query}") };
    let detail = Some(format!("{rows} {}{filtered}", if rows == 1 { "row" } else { "rows" }));
    let client = tenant.who().client().or(client.filter(|client| tenant.client(*client).is_ok()));
    tenant.note(now, audit::Act { action, client, detail, address: Some(address), ..audit::Act::default() }).await
}

fn beside(row: &EntryRow, newer: bool) -> Beside {
    Beside { at: Moment(row.at), id: row.id, newer }
}

async fn acts(tenant: &Tenant, rows: Vec<EntryRow>, clients: &[(ClientId, String)]) -> Result<Vec<Act>, Failure> {
    let named: Vec<DeviceId> = rows.iter().filter_map(|row| row.object_id.as_ref()?.parse().ok()).collect();
    let devices = tenant.devices_among(&named).await?.into_iter().collect();
    Ok(rows.into_iter().map(|row| act(row, clients, &devices, tenant)).collect())
}

fn act(row: EntryRow, clients: &[(ClientId, String)], devices: &BTreeSet<DeviceId>, tenant: &Tenant) -> Act {
    let path = path(&row, clients, devices, tenant);
    let client = row.client_id.map(ClientId).map(|id| (id, clients.iter().find(|(of, _)| *of == id).map(|(_, name)| name.clone())));
    let filter = row.actor_id.clone().unwrap_or_else(|| format!("{}:{}", row.actor_kind, row.actor_name));
    Act {
        at: Moment(row.at),
        actor: Actor { kind: row.actor_kind, name: row.actor_name, filter },
        action: row.action,
        object: row.object_kind.map(|kind| Object { kind, name: row.object_name, path }),
        before: row.old,
        after: row.new,
        detail: row.detail,
        client,
        address: row.address,
    }
}

/// The page of what was done something to, when it still exists within reach and the viewer may open it.
fn path(row: &EntryRow, clients: &[(ClientId, String)], devices: &BTreeSet<DeviceId>, tenant: &Tenant) -> Option<String> {
    let id = row.object_id.as_deref()?;
    let may = |permission| tenant.require(permission).is_ok();
    let client = |id: ClientId| clients.iter().any(|(of, _)| *of == id).then(|| format!("/clients/{id}"));
    match row.object_kind.as_deref()? {
        "device" => id.parse().ok().filter(|id| devices.contains(id)).map(|id| format!("/devices/{id}")),
        "client" => client(id.parse().ok()?),
        "site" => client(ClientId(row.client_id?)),
        "person" => may(Permission::PeopleManage).then(|| "/settings/people".to_owned()),
        "enrolment key" => may(Permission::EnrolmentManage).then(|| "/settings/enrolment".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_where_the_viewer_is() {
        let query = AuditQuery { from: Some("2026-10-25".into()), to: Some("2026-10-25".into()), ..AuditQuery::default() };
        let found = asked(query.clone(), "Europe/Berlin").expect("days");
        assert_eq!(found.until.zip(found.since).map(|(end, start)| end.since(start)), Some(25 * domain::time::HOUR), "the day on which clocks turn back");
        assert_eq!(found.since, Some(Moment(1_792_879_200_000)));
        assert_eq!(asked(query, "Nowhere/None").expect("days").since, Some(Moment(1_792_886_400_000)), "an unknown zone is UTC");
        let wrong = AuditQuery { from: Some("2026-02-30".into()), ..AuditQuery::default() };
        assert!(matches!(asked(wrong, "UTC"), Err(Refusal::Invalid(faults)) if faults[0].field == "from"));
    }
}
