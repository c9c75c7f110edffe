//! Enrolment: keys, and the devices that wait for approval.

pub mod keys;
pub mod making;
pub mod pending;

use domain::{Moment, Refusal, time::DAY};
use foundation::{Database, Failure, Principal, audit::Act, devices::NewKey};

use crate::config;

/// Makes a key for `wanted`, with its client and site where they are missing.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such tenant.
pub async fn key_from_console(database: &Database, wanted: &config::NewKey, now: Moment) -> Result<String, Failure> {
    let front = database.directory().front_of_slug(&wanted.tenant).await?.ok_or(Refusal::NotFound)?;
    let writing = database.enter(&Principal::Job("console"), front.tenant).await?.writing().await?;
    let client = writing.client_named(&wanted.client, now).await?;
    let site = writing.site_named(client, &wanted.site, now).await?;
    let key = NewKey {
        client,
        site,
        name: wanted.name.clone(),
        needs_approval: wanted.approval,
        expires_at: wanted.days.map(|days| now + days * DAY),
        most: wanted.most,
    };
    let (id, token) = writing.make_enrolment_key(key, now).await?;
    let object = Some(("enrolment key", id.to_string()));
    writing.record(now, Act { action: "enrolment key made", object, name: Some(wanted.name.clone()), client: Some(client), ..Act::default() }).await?;
    writing.commit().await?;
    Ok(token)
}
