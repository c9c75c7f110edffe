//! Whether somebody is who they say, and how often that may be asked.

use std::net::IpAddr;

use domain::{
    Moment,
    devices::limits::is_plain,
    ids::{OperatorId, PersonId},
};
use foundation::{
    Failure, Principal,
    audit::Act,
    directory::{Attempt, Place, SessionHome},
};
use uuid::Uuid;

use crate::http::App;

/// The longest password that is looked at, in bytes.
pub(super) const PASSWORD: usize = 1_024;

/// Who signed in.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    /// A person of a tenant.
    Person(PersonId),
    /// An operator.
    Operator(OperatorId),
}

impl Who {
    /// The bare id, for the session.
    pub const fn id(&self) -> Uuid {
        match self {
            Self::Person(id) => id.0,
            Self::Operator(id) => id.0,
        }
    }
}

/// What came of a try.
#[derive(Debug)]
pub enum Outcome {
    /// Right.
    Right(Who),
    /// Wrong, or no such account: one cannot tell which.
    Wrong,
    /// Not looked at; the seconds say when to try again.
    Wait(i64),
}

/// Checks a password at `home`. The try is counted before it is looked at, and forgotten when it was right.
///
/// # Errors
/// [`domain::Refusal::Unavailable`] when too many passwords are being checked.
pub async fn check(app: &App, home: &SessionHome, email: &str, password: &str, address: IpAddr) -> Result<Outcome, Failure> {
    // An address that cannot be one is counted like any that is not known.
    let email = if is_plain(email) { email.trim().to_lowercase() } else { String::new() };
    let (now, address) = (app.clock.now(), address.to_string());
    let place = match home {
        SessionHome::Tenant(tenant) => Place::Tenant(*tenant),
        SessionHome::Platform => Place::Platform,
    };
    let directory = app.database.directory();
    match directory.count_attempt(place, &email, &address, app.config.address_failures, now).await? {
        Attempt::Allowed => {}
        Attempt::Wait(milliseconds) => return Ok(Outcome::Wait(milliseconds / 1000 + 1)),
        Attempt::Stopped => return Ok(Outcome::Wait(domain::sign_in::REMEMBERED / 1000)),
    }
    let (who, stored) = match home {
        SessionHome::Tenant(tenant) => directory.person_by_email(*tenant, &email).await?.map(|found| (Who::Person(found.id), found.password_hash)).unzip(),
        SessionHome::Platform => directory.operator_by_email(&email).await?.map(|found| (Who::Operator(found.id), found.password_hash)).unzip(),
    };
    let right = password.len() <= PASSWORD && app.passwords.matches(stored.flatten(), password.to_owned()).await?;
    let Some(who) = who.filter(|_| right) else { return Ok(Outcome::Wrong) };
    // The try itself was counted as a failure before it was looked at.
    let failed = directory.failures(place, &email, now).await?.saturating_sub(1);
    directory.forget_failures(place, &email, &address, now).await?;
    note(app, home, who, Noted { action: SIGNED_IN, address, failed }, now).await?;
    Ok(Outcome::Right(who))
}

const SIGNED_IN: &str = "signed in";

/// What a person did at the door.
struct Noted {
    action: &'static str,
    address: String,
    failed: u32,
}

/// Writes down what a person did at the door; operators' doings stand in the log, since no tenant's audit is theirs.
async fn note(app: &App, home: &SessionHome, who: Who, noted: Noted, now: Moment) -> Result<(), Failure> {
    let (SessionHome::Tenant(tenant), Who::Person(person)) = (home, who) else {
        tracing::info!(operator = %OperatorId(who.id()), address = noted.address, "{}", noted.action);
        return Ok(());
    };
    let entered = app.database.enter(&Principal::Person(person), *tenant).await?;
    let writing = entered.writing().await?;
    if noted.action == SIGNED_IN {
        writing.note_sign_in(person, now).await?;
    }
    let tries = if noted.failed == 1 { "try" } else { "tries" };
    let act = Act {
        action: noted.action,
        object: Some(("person", person.to_string())),
        name: Some(writing.who().name.clone()),
        client: writing.who().client(),
        detail: (noted.failed > 0).then(|| format!("after {} failed {tries}", noted.failed)),
        address: Some(noted.address),
        ..Act::default()
    };
    writing.record(now, act).await?;
    writing.commit().await
}

/// Writes down that the owner of a session signed out.
///
/// # Errors
/// When the database fails.
pub async fn left(app: &App, home: &SessionHome, owner: Uuid, address: IpAddr) -> Result<(), Failure> {
    let who = match home {
        SessionHome::Tenant(_) => Who::Person(PersonId(owner)),
        SessionHome::Platform => Who::Operator(OperatorId(owner)),
    };
    match note(app, home, who, Noted { action: "signed out", address: address.to_string(), failed: 0 }, app.clock.now()).await {
        // Who may not enter any more may still sign out.
        Err(Failure::Refused(domain::Refusal::NotFound)) => Ok(()),
        noted => noted,
    }
}

/// A browser as people call it, from what it calls itself.
pub fn browser(agent: &str) -> String {
    let first = |names: &[(&str, &str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| (*name).to_owned());
    let program = first(&[("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")]);
    let system = first(&[("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Mac OS X", "macOS"), ("Linux", "Linux")]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => "Unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_have_names() {
        assert_eq!(browser("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"), "Chrome on Linux");
        assert_eq!(browser("Mozilla/5.0 (Windows NT 10.0) Chrome/150 Safari/537 Edg/150"), "Edge on Windows");
        assert_eq!(browser("curl/7.88"), "curl");
        assert_eq!(browser("<script>"), "Unknown browser");
    }
}
