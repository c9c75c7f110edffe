//! Makes one demo tenant: its people, clients, sites, devices and past reports.

use std::collections::BTreeMap;

use domain::{
    Moment,
    devices::status::Standing,
    ids::{ClientId, PersonId, SiteId},
    people::{Role, Scope},
    time::HOUR,
};
use foundation::{
    Database, Failure, Writing,
    devices::{DEMO, SeedDevice, SeedDocument},
    operator::NewTenant,
    people::NewPerson,
    tenants::rows::brand,
};

use super::{notices, patching, reports, requests, work};
use crate::demo::{Contact, DemoDevice, DemoScope, DemoTenant, devices, software_sets};

/// The seed of the generator.
const SEED: u64 = 20_261_121;
/// Devices written at once.
const CHUNK: usize = 500;

pub(super) async fn make(database: &Database, tenant: &DemoTenant, (count, updates): (usize, Option<usize>), hash: &str, now: Moment) -> Result<(), Failure> {
    let id = database.console().provision(new_tenant(tenant)?, now).await?;
    let writing = database.enter(&DEMO, id).await?.writing().await?;
    let places = places(&writing, tenant, now).await?;
    let (technician, contacts) = add_people(&writing, tenant, &places, hash, now).await?;
    let mut sets = Vec::new();
    for packages in software_sets() {
        sets.push(writing.seed_software(packages, now).await?);
    }
    writing.commit().await?;
    let mut fleet = devices(tenant, SEED, count).at(now).without_software().peekable();
    let mut online: BTreeMap<ClientId, i64> = BTreeMap::new();
    while fleet.peek().is_some() {
        let chunk: Vec<SeedDevice> = fleet
            .by_ref()
            .take(CHUNK)
            .filter_map(|device| {
                let patches = updates.map(|more| patching::patches(&device, more, now));
                Some(SeedDevice { patches, ..seed(device, &places, &sets, &mut online, now)? })
            })
            .collect();
        let writing = database.enter(&DEMO, id).await?.writing().await?;
        writing.seed_devices(chunk, now).await?;
        writing.commit().await?;
    }
    let writing = database.enter(&DEMO, id).await?.writing().await?;
    writing.seed_check_ins(past_day(&online, now)).await?;
    writing.recount_software().await?;
    if let Some(technician) = technician {
        work::month(&writing, &technician, tenant.time_zone, now).await?;
        requests::fill(&writing, &technician, &contacts, now).await?;
        if updates.is_some() {
            patching::fill(&writing, &technician, now).await?;
        }
        let first = tenant.people.iter().find_map(|person| if let DemoScope::Contact(name) = person.scope { Some(name) } else { None });
        reports::delivered(&writing, &technician, first, now).await?;
    }
    notices::notices(&writing, tenant.slug, now).await?;
    writing.commit().await
}

fn new_tenant(tenant: &DemoTenant) -> Result<NewTenant, Failure> {
    let tokens = serde_json::to_string(&tenant.brand.words()).map_err(|error| domain::Refusal::Conflict(error.to_string()))?;
    let brand = brand::Model {
        tenant_id: uuid::Uuid::nil(),
        version: 1,
        name: tenant.name.into(),
        tokens,
        logo_light: tenant.logo_light_svg.into(),
        logo_dark: tenant.logo_dark_svg.into(),
        favicon: tenant.favicon_svg.into(),
        headline: Some(tenant.sign_in.headline.join(" ")),
        phone: Some(tenant.sign_in.phone.into()),
        hours: Some(tenant.sign_in.hours.into()),
        created_at: 0,
    };
    Ok(NewTenant { slug: tenant.slug.into(), name: tenant.name.into(), hosts: vec![tenant.host.into()], demo: true, brand })
}

/// Clients with their sites, in the order of the demo.
type Places = Vec<(ClientId, Vec<SiteId>)>;

async fn places(writing: &Writing, tenant: &DemoTenant, now: Moment) -> Result<Places, Failure> {
    let mut places = Vec::new();
    for client in &tenant.clients {
        let id = writing.client_named(client.name, now).await?;
        let mut sites = Vec::new();
        for site in client.sites {
            sites.push(writing.site_named(id, site.name, now).await?);
        }
        places.push((id, sites));
    }
    Ok(places)
}

/// The technician who sees all, and the contacts with their clients.
type People = (Option<work::Somebody>, Vec<(ClientId, PersonId, String)>);

/// Adds everybody.
async fn add_people(writing: &Writing, tenant: &DemoTenant, places: &Places, hash: &str, now: Moment) -> Result<People, Failure> {
    let (mut technician, mut contacts) = (None, Vec::new());
    let named = |name: &str| tenant.clients.iter().position(|client| client.name == name).and_then(|at| places.get(at)).map(|(id, _)| *id);
    for person in &tenant.people {
        let scope = match person.scope {
            DemoScope::All => Scope::AllClients,
            DemoScope::Clients(names) => Scope::Clients(names.iter().filter_map(|name| named(name)).collect()),
            DemoScope::Contact(name) => Scope::Clients(named(name).into_iter().collect()),
        };
        let new = NewPerson {
            email: person.email.clone(),
            name: person.name.into(),
            password_hash: Some(hash.to_owned()),
            time_zone: person.time_zone.into(),
            role: person.role,
            scope,
        };
        let all = person.role == Role::Technician && new.scope == Scope::AllClients;
        let client = match &new.scope {
            Scope::Clients(clients) if person.role == Role::Contact => clients.first().copied(),
            _ => None,
        };
        let id = writing.add_person(new, now).await?;
        if all {
            technician = Some((id, person.name.to_owned()));
        }
        contacts.extend(client.map(|client| (client, id, person.name.to_owned())));
    }
    Ok((technician, contacts))
}

fn seed(device: DemoDevice, places: &Places, sets: &[SeedDocument], online: &mut BTreeMap<ClientId, i64>, now: Moment) -> Option<SeedDevice> {
    let (client, sites) = places.get(device.client)?;
    if device.contact == Contact::Steady && device.standing == Standing::Active {
        *online.entry(*client).or_default() += 1;
    }
    let kind = |word: &'static str| match word {
        "package" => "software",
        "os" => "system",
        word => word,
    };
    Some(SeedDevice {
        patches: None,
        client: *client,
        site: *sites.get(device.site)?,
        software: device.software_set.and_then(|set| sets.get(usize::from(set)).cloned()),
        standing: device.standing,
        enrolled_at: now - device.enrolled_ago_ms,
        last_seen: device.last_seen_ago_ms.map(|ago| now - ago),
        every_s: device.every_s,
        history: device.history.into_iter().map(|change| (now - change.ago_ms, kind(change.kind), change.subject, change.before, change.after)).collect(),
        report: device.report,
    })
}

/// Reports of the day before the demo began: each steady device twelve times an hour, but for a few that were late.
fn past_day(online: &BTreeMap<ClientId, i64>, now: Moment) -> Vec<(ClientId, Moment, i64)> {
    let hours = (0..=25).map(|ago| now.hour() - ago * HOUR);
    let late = |hour: Moment| 1 + (hour.0 / HOUR) % 5;
    hours.flat_map(|hour| online.iter().map(move |(client, devices)| (*client, hour, devices * 12 - (devices / 40) * late(hour)))).collect()
}
