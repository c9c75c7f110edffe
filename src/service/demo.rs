//! The demo install: fills the tenants that it makes itself, and keeps their invented devices reporting while the server runs.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use domain::{
    Moment,
    devices::status::Standing,
    ids::{ClientId, SiteId, TenantId},
    people::{Role, Scope},
    time::{HOUR, MINUTE},
};
use foundation::{
    Database, Failure, Writing,
    devices::{DEMO, SeedDevice, SeedDocument},
    operator::NewTenant,
    people::NewPerson,
    tenants::rows::brand,
};
use tokio::task::JoinHandle;

use super::passwords;
use crate::{
    demo::{Contact, DemoDevice, DemoScope, DemoTenant, devices, software_sets, tenants},
    http::App,
};

/// Devices of the first tenant.
pub const DEVICES: usize = 1_200;
/// The password of everybody in a demo install.
pub const PASSWORD: &str = "portico-demo";
/// The operator of a demo install.
pub const OPERATOR: &str = "operator@platform.example";
/// The seed of the generator.
const SEED: u64 = 20_261_121;
/// Devices written at once.
const CHUNK: usize = 500;
/// How often the demo's devices are looked at.
const TICK: Duration = Duration::from_secs(30);
/// Devices last seen longer ago than this report at the next tick.
const DUE: i64 = 270_000;
/// Devices last seen longer ago than this stay away.
const AWAY: i64 = 11 * MINUTE;

/// Ends the ticker when it is dropped.
#[derive(Debug)]
pub struct Ticker(Option<JoinHandle<()>>);

impl Drop for Ticker {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}

/// Who may sign in at the demo tenant `slug`: persona and e-mail.
pub fn hints(slug: &str) -> Vec<(String, String)> {
    let Some(tenant) = tenants().into_iter().find(|tenant| tenant.slug == slug) else { return Vec::new() };
    let hint = |person: &crate::demo::DemoPerson| {
        let who = match (person.role, person.scope) {
            (Role::Owner, _) => "Owner",
            (Role::Technician, DemoScope::All) => "Technician",
            (Role::Technician, _) => "Technician of two clients",
            (Role::Contact, _) => "Contact",
        };
        (who.to_owned(), person.email.clone())
    };
    tenant.people.iter().take(4).map(hint).collect()
}

/// Makes the demo tenants that are missing, with their people and devices, and marks this as a demo install.
///
/// # Errors
/// A sentence, when a tenant of the same name exists that the demo did not make, or storage failed.
pub async fn fill(database: &Database, first: usize, port: u16, now: Moment) -> Result<(), String> {
    let console = database.console();
    let hash = passwords::hash(PASSWORD)?;
    let failed = |failure: Failure| format!("cannot fill the demo: {failure}");
    refuse_real_install(database).await?;
    console.note("kind", "demo").await.map_err(failed)?;
    console.add_operator(OPERATOR, "Platform operator", hash.clone(), now).await.map_err(failed)?;
    for (place, tenant) in tenants().iter().enumerate() {
        let known = database.directory().front_of_slug(tenant.slug).await.map_err(failed)?;
        match known {
            Some(front) if front.demo => wake(database, front.tenant, now).await.map_err(failed)?,
            Some(_) => return Err(format!("the tenant \"{}\" exists and is not the demo's; nothing was changed", tenant.slug)),
            None => {
                let count = if place == 0 { first } else { first / 4 };
                tracing::info!(tenant = tenant.slug, devices = count, port, "making a demo tenant");
                make(database, tenant, count, &hash, now).await.map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// The demo's password is known to everybody, so it never comes near tenants that are real.
async fn refuse_real_install(database: &Database) -> Result<(), String> {
    let kind = database.directory().setting("kind").await.map_err(|failure| failure.to_string())?;
    let (_, real) = database.console().tenants("", None).await.map_err(|failure| failure.to_string())?;
    if kind.as_deref() == Some("demo") || real == 0 {
        Ok(())
    } else {
        Err("this install has tenants of its own; a demo needs an empty database (DATABASE_URL)".into())
    }
}

async fn make(database: &Database, tenant: &DemoTenant, count: usize, hash: &str, now: Moment) -> Result<(), Failure> {
    let id = database.console().provision(new_tenant(tenant)?, now).await?;
    let writing = database.enter(&DEMO, id).await?.writing().await?;
    let places = places(&writing, tenant, now).await?;
    add_people(&writing, tenant, &places, hash, now).await?;
    let mut sets = Vec::new();
    for packages in software_sets() {
        sets.push(writing.seed_software(packages, now).await?);
    }
    writing.commit().await?;
    let mut fleet = devices(tenant, SEED, count).at(now).without_software().peekable();
    let mut online: BTreeMap<ClientId, i64> = BTreeMap::new();
    while fleet.peek().is_some() {
        let chunk: Vec<SeedDevice> = fleet.by_ref().take(CHUNK).filter_map(|device| seed(device, &places, &sets, &mut online, now)).collect();
        let writing = database.enter(&DEMO, id).await?.writing().await?;
        writing.seed_devices(chunk, now).await?;
        writing.commit().await?;
    }
    let writing = database.enter(&DEMO, id).await?.writing().await?;
    writing.seed_check_ins(past_day(&online, now)).await?;
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

async fn add_people(writing: &Writing, tenant: &DemoTenant, places: &Places, hash: &str, now: Moment) -> Result<(), Failure> {
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
        writing.add_person(new, now).await?;
    }
    Ok(())
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

/// Moves a demo that slept to now, so that it is not all red.
async fn wake(database: &Database, tenant: TenantId, now: Moment) -> Result<(), Failure> {
    let writing = database.enter(&DEMO, tenant).await?.writing().await?;
    if let Some(newest) = writing.seed_newest().await?.filter(|newest| now.since(*newest) > 2 * MINUTE) {
        writing.seed_shift(now.since(newest)).await?;
        writing.commit().await?;
    }
    Ok(())
}

/// Keeps the invented devices of demo tenants reporting until the ticker is dropped; real devices are left alone.
///
/// # Errors
/// A sentence, when storage fails at the start.
pub async fn keep_reporting(app: &Arc<App>) -> Result<Ticker, String> {
    if !app.demo {
        return Ok(Ticker(None));
    }
    let mut demos = Vec::new();
    for tenant in tenants() {
        let front = app.database.directory().front_of_slug(tenant.slug).await.map_err(|failure| failure.to_string())?;
        demos.extend(front.filter(|front| front.demo).map(|front| front.tenant));
    }
    let app = Arc::clone(app);
    Ok(Ticker(Some(tokio::spawn(async move {
        let mut ticks = tokio::time::interval(TICK);
        loop {
            ticks.tick().await;
            for tenant in &demos {
                if let Err(failure) = tick(&app, *tenant).await {
                    tracing::warn!(%failure, "the demo's devices did not report");
                }
            }
        }
    }))))
}

async fn tick(app: &App, tenant: TenantId) -> Result<(), Failure> {
    let now = app.clock.now();
    let entered = app.database.enter(&DEMO, tenant).await?;
    let clients = entered.clients().await?;
    let writing = entered.writing().await?;
    for client in clients {
        writing.seed_contacts(ClientId(client.id), now, DUE, AWAY).await?;
    }
    writing.commit().await
}
