//! Enrolment keys: listed, made, looked at, revoked.

use app::enrolment::{First, KeyForm, KeyLine, KeyPage, KeysPage};
use domain::{
    Fault, Moment,
    enrolment::{
        KeyState,
        query::{KeyQuery, Place},
        wanted::Typed,
    },
    ids::{ClientId, EnrolmentKeyId, SiteId},
    people::Permission,
};
use foundation::{Failure, Tenant, audit::Act, clients::rows::site, enrolment::KeyRow, fresh_id};

use super::making::FIRST_SITE;
use crate::service::{
    audit::{self, TAIL},
    counts::count,
    devices,
};

/// Devices on the page of a key.
const DEVICES: u64 = 50;

/// A key as pages show it.
pub fn line(row: KeyRow, now: Moment) -> KeyLine {
    KeyLine {
        id: row.id(),
        client: (row.client(), row.client_name.clone()),
        state: row.limits().state(now),
        used: count(row.used),
        most: row.most.map(count),
        expires_at: row.expires_at.map(Moment),
        needs_approval: row.needs_approval,
        created_at: Moment(row.created_at),
        last_used_at: row.last_used_at.map(Moment),
        revoked_at: row.revoked_at.map(Moment),
        site: row.site_name,
        name: row.name,
    }
}

/// The page that `query` asks for.
///
/// # Errors
/// Without the permission, or when the database fails.
pub async fn list(tenant: &Tenant, query: KeyQuery, now: Moment) -> Result<KeysPage, Failure> {
    tenant.require(Permission::EnrolmentManage)?;
    let page = tenant.enrolment_keys(&query, now).await?;
    let counts = tenant.enrolment_key_counts(&query.q, now).await?;
    let total = if query.q.is_empty() { counts.all() } else { tenant.enrolment_key_counts("", now).await?.all() };
    let beside = |row: Option<&KeyRow>, backwards: bool| {
        let place = row.map(|row| Place { at: Moment(row.created_at), id: row.id, backwards });
        KeyQuery { place, ..query.clone() }
    };
    Ok(KeysPage {
        by_state: KeyState::ALL.into_iter().map(|state| (state, count(counts.of(state)))).collect(),
        total: count(total),
        pending: tenant.pending_count().await?,
        newer: page.newer.then(|| beside(page.rows.first(), true)),
        older: page.older.then(|| beside(page.rows.last(), false)),
        lines: page.rows.into_iter().map(|row| line(row, now)).collect(),
        counted_at: now,
        query,
    })
}

/// The form with every place that the caller may enrol to; `client` is chosen where nothing else is.
///
/// # Errors
/// Without the permission, or when the database fails.
pub async fn form(tenant: &Tenant, id: EnrolmentKeyId, typed: Typed, place: String, faults: Vec<Fault>) -> Result<KeyForm, Failure> {
    tenant.require(Permission::EnrolmentManage)?;
    let sites: Vec<site::Model> = tenant.sites().await?.into_iter().filter(|site| site.archived_at.is_none()).collect();
    let mut places = Vec::new();
    let mut chosen = place.clone();
    for client in tenant.clients().await?.into_iter().filter(|client| client.archived_at.is_none()) {
        let before = places.len();
        let of_client = sites.iter().filter(|site| site.client_id == client.id);
        places.extend(of_client.map(|site| (SiteId(site.id).to_string(), format!("{} › {}", client.name, site.name))));
        let value = ClientId(client.id).to_string();
        if places.len() == before {
            places.push((value.clone(), format!("{} › {FIRST_SITE} (made with the key)", client.name)));
        }
        if place == value {
            chosen = places.get(before).map(|(value, _)| value.clone()).unwrap_or_default();
        }
    }
    Ok(KeyForm { id, typed, place: chosen, places, faults })
}

/// The page of one key. `asks_again`: whether it may look for the first report by itself.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn page(tenant: &Tenant, id: EnrolmentKeyId, asks_again: bool, now: Moment) -> Result<KeyPage, Failure> {
    tenant.require(Permission::EnrolmentManage)?;
    let key = line(tenant.enrolment_key(id).await?, now);
    let counts = tenant.key_devices(id).await?;
    let devices: Vec<_> = tenant.devices_of_key(id, DEVICES).await?.into_iter().map(|row| devices::line(row, now)).collect();
    let reported = devices.iter().filter(|row| row.last_seen.is_some()).max_by_key(|row| row.last_seen);
    let first = match (reported, devices.first()) {
        (Some(row), _) => First::Reported(row.id, row.hostname.clone(), row.last_seen),
        (None, Some(row)) => First::Enrolled(row.id, row.hostname.clone()),
        (None, None) => First::None,
    };
    let page = KeyPage {
        key,
        devices,
        total: count(counts.devices),
        reported: count(counts.reported),
        pending: count(counts.pending),
        first,
        asks_again,
        acts: audit::tail(tenant, "enrolment key", &id.to_string(), TAIL).await?,
    };
    Ok(KeyPage { asks_again: asks_again && page.waits(), ..page })
}

/// Revokes a key; one that is revoked already stays so.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn revoke(tenant: &Tenant, id: EnrolmentKeyId, address: String, now: Moment) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::EnrolmentManage)?;
    let key = line(writing.enrolment_key(id).await?, now);
    if writing.revoke_enrolment_key(id, now).await? {
        let act = Act {
            action: "enrolment key revoked",
            object: Some(("enrolment key", id.to_string())),
            name: Some(key.name),
            client: Some(key.client.0),
            before: Some(key.state.label().to_lowercase()),
            after: Some("revoked".into()),
            address: Some(address),
            ..Act::default()
        };
        writing.record(now, act).await?;
    }
    writing.commit().await
}

/// An id for a form.
pub fn fresh() -> EnrolmentKeyId {
    fresh_id()
}
