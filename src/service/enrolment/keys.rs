//! Enrolment keys: listed, made, looked at, revoked.

use app::enrolment::{First, KeyForm, KeyLine, KeyPage, KeysPage};
use domain::{
    Fault, Moment, Refusal,
    enrolment::{
        KeyState,
        query::{KeyQuery, Place},
        wanted::{Typed, WantedKey},
    },
    ids::{ClientId, EnrolmentKeyId, SiteId},
    people::Permission,
    time::DAY,
};
use foundation::{
    Failure, Tenant, Writing,
    audit::Act,
    clients::rows::{client, site},
    devices::NewKey,
    enrolment::KeyRow,
    fresh_id,
};

use crate::service::{counts::count, devices};

/// Devices on the page of a key.
const DEVICES: u64 = 50;
/// How long a form that is sent again is the same click: it gets the same key, with a secret that it can show.
const SAME_CLICK: i64 = 10_000;
/// The site that a client without any gets.
const FIRST_SITE: &str = "Main";

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

/// What somebody asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// The id that the form carried.
    pub id: EnrolmentKeyId,
    /// What was typed.
    pub typed: Typed,
    /// The chosen place: a site, or a client that has none yet.
    pub place: String,
    /// The network address it came from.
    pub address: String,
}

/// What became of it.
#[derive(Debug)]
pub enum Outcome {
    /// The key, and its secret.
    Made(KeyLine, String),
    /// The same form made it a while ago; its secret is gone.
    MadeBefore(EnrolmentKeyId),
}

/// Makes the key.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field that breaks a rule, or a client or site that is not within reach.
pub async fn make(tenant: &Tenant, order: &Order, now: Moment) -> Result<Outcome, Failure> {
    match try_make(tenant, order, now).await {
        // The same form, sent twice in one instant: the second try finds the key of the first.
        Err(Failure::Storage(_)) => try_make(tenant, order, now).await,
        outcome => outcome,
    }
}

async fn try_make(tenant: &Tenant, order: &Order, now: Moment) -> Result<Outcome, Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::EnrolmentManage)?;
    match writing.enrolment_key(order.id).await {
        Ok(row) if row.used > 0 || row.revoked_at.is_some() || now.since(Moment(row.created_at)) > SAME_CLICK => return Ok(Outcome::MadeBefore(order.id)),
        Ok(row) => {
            let secret = writing.renew_enrolment_key(order.id).await?;
            writing.commit().await?;
            return Ok(Outcome::Made(line(row, now), secret));
        }
        Err(Failure::Refused(Refusal::NotFound)) => {}
        Err(failure) => return Err(failure),
    }
    let wanted = order.typed.check();
    let place = place(&writing, &order.place, now).await?;
    let (wanted, (client, site)) = match (wanted, place) {
        (Ok(wanted), Some(place)) => (wanted, place),
        (wanted, place) => return Err(Refusal::Invalid(faults(wanted.err(), place.is_none())).into()),
    };
    let key = new_key(&wanted, client, site, now);
    let secret = writing.make_enrolment_key_as(order.id, key, now).await?;
    let made = line(writing.enrolment_key(order.id).await?, now);
    writing.record(now, made_act(&made, &order.address)).await?;
    writing.commit().await?;
    Ok(Outcome::Made(made, secret))
}

fn faults(typed: Option<Vec<Fault>>, no_place: bool) -> Vec<Fault> {
    let place = no_place.then(|| Fault::new("place", "Choose a client and a site."));
    place.into_iter().chain(typed.into_iter().flatten()).collect()
}

fn new_key(wanted: &WantedKey, client: ClientId, site: SiteId, now: Moment) -> NewKey {
    NewKey {
        client,
        site,
        name: wanted.name.clone(),
        needs_approval: wanted.needs_approval,
        expires_at: wanted.days.map(|days| now + days * DAY),
        most: wanted.most,
    }
}

/// The client and site that `place` names; none when it is out of reach, archived, or no place at all.
async fn place(writing: &Writing, place: &str, now: Moment) -> Result<Option<(ClientId, SiteId)>, Failure> {
    let site = writing.sites().await?.into_iter().find(|site| site.archived_at.is_none() && SiteId(site.id).to_string() == place);
    let alive = |client: &client::Model| client.archived_at.is_none();
    let clients = writing.clients().await?;
    if let Some(site) = site {
        let known = clients.iter().any(|client| client.id == site.client_id && alive(client));
        return Ok(known.then_some((ClientId(site.client_id), SiteId(site.id))));
    }
    match clients.iter().find(|client| alive(client) && ClientId(client.id).to_string() == place) {
        Some(client) => Ok(Some((ClientId(client.id), writing.site_named(ClientId(client.id), FIRST_SITE, now).await?))),
        None => Ok(None),
    }
}

fn made_act(key: &KeyLine, address: &str) -> Act {
    let most = key.most.map_or_else(|| "no limit".to_owned(), |most| format!("at most {most} devices"));
    let approval = if key.needs_approval { "with approval" } else { "without approval" };
    Act {
        action: "enrolment key made",
        object: Some(("enrolment key", key.id.to_string())),
        name: Some(key.name.clone()),
        client: Some(key.client.0),
        after: Some(format!("{}, {most}, {approval}", key.site)),
        address: Some(address.to_owned()),
        ..Act::default()
    }
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
    let page = KeyPage { key, devices, total: count(counts.devices), reported: count(counts.reported), pending: count(counts.pending), first, asks_again };
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
