//! The demo install: fills the tenants that it makes itself.

mod make;
mod notices;
mod patching;
mod reports;
mod requests;
mod told;
mod windows;
mod work;

use domain::{Moment, ids::TenantId, people::Role, time::MINUTE};
use foundation::{Database, Failure, devices::DEMO};

use super::passwords;
use crate::demo::{DemoScope, tenants};

/// Devices of the first tenant.
pub const DEVICES: usize = 1_200;
/// The password of everybody in a demo install.
pub const PASSWORD: &str = "portico-demo";
/// The operator of a demo install.
pub const OPERATOR: &str = "operator@platform.example";

/// Who may sign in at the demo tenant `slug`: persona and e-mail.
pub fn hints(slug: &str) -> Vec<(String, String)> {
    let Some(tenant) = tenants().into_iter().find(|tenant| tenant.slug == slug) else { return Vec::new() };
    let hint = |person: &crate::demo::DemoPerson| {
        let who = match (person.role, person.scope) {
            (Role::Owner, _) => "Owner",
            (Role::Administrator, _) => "Administrator",
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
    filled(database, (first, Some(0)), port, now).await
}

/// The same, and `more` invented updates are needed or installed on each device besides, to measure with.
///
/// # Errors
/// As [`fill`].
pub async fn fill_to_measure(database: &Database, first: usize, more: usize, now: Moment) -> Result<(), String> {
    filled(database, (first, Some(more)), 3000, now).await
}

/// The same, but nothing is known of updates: for whoever needs a fleet that no report has told of them.
///
/// # Errors
/// As [`fill`].
pub async fn fill_without_updates(database: &Database, first: usize, port: u16, now: Moment) -> Result<(), String> {
    filled(database, (first, None), port, now).await
}

async fn filled(database: &Database, (first, updates): (usize, Option<usize>), port: u16, now: Moment) -> Result<(), String> {
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
                make::make(database, tenant, (count, updates), &hash, now).await.map_err(failed)?;
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

/// Emptying removes everything, so all of it has to be the demo's own. A database without tenants is empty already.
///
/// # Errors
/// A sentence that names what is not the demo's.
pub async fn refuse_what_is_not_the_demo(database: &Database) -> Result<(), String> {
    let failed = |failure: Failure| failure.to_string();
    let demo = database.directory().setting("kind").await.map_err(failed)?.as_deref() == Some("demo");
    let mut after: Option<String> = None;
    loop {
        let (rows, _) = database.console().tenants("", after.as_deref()).await.map_err(failed)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some(last.slug.clone());
        for row in rows {
            let made = database.directory().front_of_slug(&row.slug).await.map_err(failed)?.is_some_and(|front| front.demo);
            if !demo || !made {
                return Err(format!("the tenant \"{}\" is not the demo's; nothing was removed", row.slug));
            }
        }
    }
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
