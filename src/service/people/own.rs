//! One's own account: the first password by a one-time link, name, time zone, and a new password.

use domain::{
    Moment, Refusal,
    ids::{SessionId, TenantId},
    people::{Permission, typed},
};
use foundation::{Failure, Principal, Tenant, audit::Act, people::OpenLink};
use jiff::tz::TimeZone;

use crate::{http::App, service::sign_in::PASSWORD};

/// Time zones that a page offers, by name.
pub fn zones() -> Vec<String> {
    let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).filter(|name| name.contains('/') || name == "UTC").collect();
    names.sort();
    names.dedup();
    names
}

/// Sets the first password of whoever opened `link`, uses the link up, and ends all sessions.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field; [`Refusal::NotFound`] when the link was used meanwhile.
pub async fn begin(app: &App, tenant: TenantId, link: &OpenLink, password: &str, again: &str, address: String) -> Result<(), Failure> {
    typed::password(password, again, &link.email, &link.name).map_err(|fault| Refusal::Invalid(vec![fault]))?;
    let hash = app.passwords.hash(password.to_owned()).await?;
    let now = app.clock.now();
    let writing = app.database.enter(&Principal::Person(link.person), tenant).await?.writing().await?;
    writing.use_link(link.id, now).await?;
    writing.set_my_password(hash, None).await?;
    writing.note_sign_in(link.person, now).await?;
    let act = Act {
        action: "password set by one-time link",
        object: Some(("person", link.person.to_string())),
        name: Some(link.name.clone()),
        client: writing.who().client(),
        address: Some(address),
        ..Act::default()
    };
    writing.record(now, act).await?;
    writing.commit().await
}

/// Changes the caller's name and time zone.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field.
pub async fn profile(tenant: &Tenant, name: &str, time_zone: &str, now: Moment, address: String) -> Result<(), Failure> {
    tenant.require(Permission::Account)?;
    let name = typed::name("name", name, 100);
    let zone = TimeZone::get(time_zone).map_err(|_| domain::Fault::new("time_zone", "is not a known time zone"));
    let name = match (name, zone) {
        (Ok(name), Ok(_)) => name,
        (name, zone) => return Err(Refusal::Invalid(name.err().into_iter().chain(zone.err()).collect()).into()),
    };
    let writing = tenant.writing().await?;
    let who = writing.who();
    let act = Act {
        before: Some(format!("{}, {}", who.name, who.time_zone)),
        after: Some(format!("{name}, {time_zone}")),
        ..mine(&writing, "account changed", address)
    };
    writing.set_my_profile(name, time_zone.to_owned()).await?;
    writing.record(now, act).await?;
    writing.commit().await
}

fn mine(tenant: &Tenant, action: &'static str, address: String) -> Act {
    let who = tenant.who();
    let object = who.principal.id().map(|id| ("person", id));
    Act { action, object, name: Some(who.name.clone()), client: who.client(), address: Some(address), ..Act::default() }
}

/// What the form that changes a password sends.
#[derive(Debug, Clone, Default)]
pub struct NewPassword {
    /// The one that holds now.
    pub current: String,
    /// The new one.
    pub password: String,
    /// The new one again.
    pub again: String,
}

/// Whether the caller is who they say they are: `password` is theirs. A wrong one counts as a failed sign-in.
///
/// # Errors
/// [`Refusal::Invalid`] for `field`; [`Refusal::Unavailable`] after too many tries.
pub async fn prove(app: &App, tenant: &Tenant, field: &str, password: String, address: &str) -> Result<(), Failure> {
    use foundation::directory::{Attempt, Place};
    if password.is_empty() {
        return Err(Refusal::invalid(field, "is needed for this").into());
    }
    let (who, now, directory) = (tenant.who(), app.clock.now(), app.database.directory());
    let place = Place::Tenant(tenant.id());
    match directory.count_attempt(place, &who.email, address, app.config.address_failures, now).await? {
        Attempt::Allowed => {}
        Attempt::Wait(wait) => return Err(Refusal::Unavailable(u32::try_from(wait / 1000 + 1).unwrap_or(60)).into()),
        Attempt::Stopped => return Err(Refusal::Unavailable(3_600).into()),
    }
    let stored = directory.person_by_email(tenant.id(), &who.email).await?.and_then(|account| account.password_hash);
    if password.len() > PASSWORD || !app.passwords.matches(stored, password).await? {
        return Err(Refusal::invalid(field, "is not your password").into());
    }
    directory.forget_failures(place, &who.email, address, now).await
}

/// Changes the caller's password and ends their other sessions.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field; [`Refusal::Unavailable`] after too many tries.
pub async fn password(app: &App, tenant: &Tenant, session: SessionId, typed: NewPassword, address: String) -> Result<(), Failure> {
    tenant.require(Permission::Account)?;
    prove(app, tenant, "current", typed.current, &address).await?;
    let (who, now) = (tenant.who(), app.clock.now());
    typed::password(&typed.password, &typed.again, &who.email, &who.name).map_err(|fault| Refusal::Invalid(vec![fault]))?;
    let hash = app.passwords.hash(typed.password).await?;
    let writing = tenant.writing().await?;
    writing.set_my_password(hash, Some(session)).await?;
    let act = mine(&writing, "password changed", address);
    writing.record(now, act).await?;
    writing.commit().await
}
