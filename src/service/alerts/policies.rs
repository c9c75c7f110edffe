//! Monitoring policies: where they are kept, what holds there, and changing one condition.

use std::collections::HashMap;

use app::alerts::{ConditionPage, PoliciesPage, PolicyPage, PolicyPlace, PolicyRow};
use domain::{
    Fault, Refusal,
    alerts::{Document, Key, Level, Part, diff, part},
    ids::{ClientId, DeviceId, SiteId, Uuid},
    people::Permission,
};
use foundation::{
    Failure, Tenant,
    alerts::{Layers, PolicyRow as Kept, Spot},
    audit::Act,
};

use super::one::word;
use crate::service::devices::By;

/// A place within reach, found by the word in its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    spot: Spot,
    word: String,
    name: String,
    above: Vec<(Spot, String, String)>,
}

/// The place that `word` names.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach; the tenant's own is for those who see all clients.
pub async fn place(tenant: &Tenant, word: &str) -> Result<Place, Failure> {
    let all = || (Spot::Tenant, "tenant".to_owned(), "All clients".to_owned());
    if word == "tenant" {
        return Ok(Place { spot: Spot::Tenant, word: word.into(), name: all().2, above: Vec::new() });
    }
    if let Ok(id) = word.parse::<DeviceId>() {
        let device = tenant.device(id).await?;
        let (client, site) = (ClientId(device.row.client_id), SiteId(device.row.site_id));
        let mut above = above_site(tenant, client, site).await?;
        above.push(all());
        return Ok(Place { spot: Spot::Device(client, id), word: word.into(), name: device.row.name().to_owned(), above });
    }
    if let Ok(id) = word.parse::<SiteId>() {
        let row = tenant.sites().await?.into_iter().find(|row| row.id == id.0).ok_or(Refusal::NotFound)?;
        let client = ClientId(row.client_id);
        let name = tenant.client(client)?.row().await?.name;
        return Ok(Place {
            spot: Spot::Site(client, id),
            word: word.into(),
            name: row.name,
            above: vec![(Spot::Client(client), client.to_string(), name), all()],
        });
    }
    let id: ClientId = word.parse().map_err(|_| Refusal::NotFound)?;
    let name = tenant.client(id)?.row().await?.name;
    Ok(Place { spot: Spot::Client(id), word: word.into(), name, above: vec![all()] })
}

async fn above_site(tenant: &Tenant, client: ClientId, site: SiteId) -> Result<Vec<(Spot, String, String)>, Failure> {
    let within = tenant.client(client)?;
    let site_name = within.site(site).await?.name;
    let client_name = within.row().await?.name;
    Ok(vec![(Spot::Site(client, site), site.to_string(), site_name), (Spot::Client(client), client.to_string(), client_name)])
}

impl Place {
    /// The word in its address.
    pub fn word(&self) -> &str {
        &self.word
    }

    async fn layers(&self, tenant: &Tenant) -> Result<Layers, Failure> {
        let spots: Vec<Spot> = self.above.iter().map(|(spot, ..)| *spot).chain([self.spot]).collect();
        tenant.layers_of(&spots).await
    }

    fn shown(&self, document: &Document) -> PolicyPlace {
        PolicyPlace { word: self.word.clone(), name: self.name.clone(), values: document.iter().count() as u64 }
    }

    /// Whether the person may change what is kept here; the tenant's own only who sees all clients.
    fn may_change(&self, tenant: &Tenant) -> Result<(), Refusal> {
        tenant.require(Permission::MonitoringManage)?;
        let everywhere = matches!(tenant.who().scope, domain::people::Scope::AllClients);
        if self.spot == Spot::Tenant && !everywhere { Err(Refusal::Forbidden("monitoring: manage, for all clients")) } else { Ok(()) }
    }
}

/// Where policies are kept.
///
/// # Errors
/// When the database fails.
pub async fn list(tenant: &Tenant) -> Result<PoliciesPage, Failure> {
    let top = place(tenant, "tenant").await?;
    let (document, _) = tenant.policy_at(Spot::Tenant).await?;
    let (rows, more) = tenant.policies_below().await?;
    let names = names(tenant, &rows).await?;
    let shown = |row: Kept| {
        let level: Level = row.level.parse().ok()?;
        // What was removed since keeps no name; its policy waits for nobody.
        let name = names.get(&row.subject_id)?.clone();
        Some(PolicyPlace { word: word(level, row.subject_id), name, values: u64::try_from(row.amount).unwrap_or(0) })
    };
    let mut own: Vec<PolicyPlace> = rows.into_iter().filter_map(shown).collect();
    own.sort_by_cached_key(|place| place.name.to_lowercase());
    let clients = tenant.clients().await?.into_iter().filter(|row| row.archived_at.is_none());
    let mut clients: Vec<(String, String)> = clients.map(|row| (ClientId(row.id).to_string(), row.name)).collect();
    clients.sort_by_cached_key(|(_, name)| name.to_lowercase());
    Ok(PoliciesPage { tenant: top.shown(&document), own, more, clients })
}

/// What clients, sites and devices that have policies are called, by their ids.
async fn names(tenant: &Tenant, rows: &[Kept]) -> Result<HashMap<Uuid, String>, Failure> {
    let of = |level: Level| rows.iter().filter(move |row| row.level == level.word()).map(|row| row.subject_id);
    let mut names = HashMap::new();
    if of(Level::Client).next().is_some() {
        names.extend(tenant.clients().await?.into_iter().map(|row| (row.id, row.name)));
    }
    if of(Level::Site).next().is_some() {
        names.extend(tenant.sites().await?.into_iter().map(|row| (row.id, row.name)));
    }
    names.extend(tenant.device_names(of(Level::Device).collect()).await?);
    Ok(names)
}

/// What holds at `place`.
///
/// # Errors
/// When the database fails.
pub async fn policy(tenant: &Tenant, place: &Place) -> Result<PolicyPage, Failure> {
    let (document, _) = tenant.policy_at(place.spot).await?;
    let layers = place.layers(tenant).await?;
    let rows = layers.effective().rules().into_iter().map(|rule| PolicyRow { own: document.get(&rule.key).copied().unwrap_or_default(), rule });
    Ok(PolicyPage {
        place: place.shown(&document),
        level: place.spot.level(),
        above: place.above.iter().map(|(_, word, name)| (word.clone(), name.clone())).collect(),
        rows: rows.collect(),
        may_change: place.may_change(tenant).is_ok(),
        new: (String::new(), String::new(), Vec::new()),
    })
}

/// The form for one condition.
///
/// # Errors
/// When the database fails.
pub async fn condition(tenant: &Tenant, place: &Place, key: &Key) -> Result<ConditionPage, Failure> {
    let (document, revision) = tenant.policy_at(place.spot).await?;
    let layers = place.layers(tenant).await?;
    let own = document.get(key).copied().unwrap_or_default();
    Ok(ConditionPage {
        place: place.shown(&document),
        level: place.spot.level(),
        key: key.clone(),
        rule: layers.effective().rule(key),
        inherited: layers.without(place.spot.level()).rule(key),
        typed: stands(&own),
        faults: Vec::new(),
        revision,
    })
}

/// A part as the form's fields.
fn stands(part: &Part) -> Vec<(&'static str, String)> {
    let text = |value: Option<String>| value.unwrap_or_default();
    vec![
        ("on", text(part.on.map(|on| if on { "on" } else { "off" }.into()))),
        ("severity", text(part.severity.map(|severity| severity.word().into()))),
        ("raise", text(part.limits.map(|limits| limits.raise.to_string()))),
        ("clear", text(part.limits.map(|limits| limits.clear.to_string()))),
        ("lasts", text(part.for_s.map(domain::alerts::setting::lasting))),
        ("clear_lasts", text(part.clear_for_s.map(domain::alerts::setting::lasting))),
    ]
}

/// Checks that a condition may be added; what it says is set on its own page.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field.
pub fn add(tenant: &Tenant, place: &Place, kind: &str, subject: &str) -> Result<Key, Failure> {
    place.may_change(tenant)?;
    let key = Key::typed(kind, subject).map_err(|fault| Refusal::Invalid(vec![fault]))?;
    Ok(key)
}

/// Sets one condition at `place`, or takes its values back where `typed` is empty.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field, [`Refusal::Conflict`] when somebody changed the policy meanwhile.
pub async fn change(tenant: &Tenant, place: &Place, key: &Key, typed: part::Typed<'_>, revision: &str, by: &By) -> Result<(), Failure> {
    let part = Part::parse(key.kind(), &typed).map_err(Refusal::Invalid)?;
    let seen: i64 = revision.parse().map_err(|_| Refusal::invalid("revision", "is no version"))?;
    let writing = tenant.writing().await?;
    place.may_change(&writing)?;
    let (before, _) = writing.policy_at(place.spot).await?;
    let mut after = before.clone();
    after.set(key.clone(), part).map_err(|fault: Fault| Refusal::Invalid(vec![fault]))?;
    if after == before {
        return Ok(());
    }
    writing.keep_policy(place.spot, &after, seen, by.now).await?;
    let told: Vec<String> = diff::changes(&before, &after).iter().map(diff::Change::line).collect();
    let act = Act {
        action: "policy changed",
        object: Some(("policy", place.word.clone())),
        name: Some(place.name.clone()),
        client: place.spot.client(),
        detail: Some(told.join("; ").chars().take(1_000).collect()),
        address: Some(by.address.clone()),
        ..Act::default()
    };
    writing.record(by.now, act).await?;
    writing.commit().await
}
