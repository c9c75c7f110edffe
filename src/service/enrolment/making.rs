//! An enrolment key is made, once per form.

use app::enrolment::KeyLine;
use domain::{
    Fault, Moment, Refusal,
    enrolment::wanted::{Typed, WantedKey},
    ids::{ClientId, EnrolmentKeyId, SiteId},
    people::Permission,
    time::DAY,
};
use foundation::{Failure, Tenant, Writing, audit::Act, clients::rows::client, devices::NewKey};

use super::keys::line;

/// How long a form that is sent again is the same click: it gets the same key, with a secret that it can show.
const SAME_CLICK: i64 = 10_000;
/// The site that a client without any gets.
pub(super) const FIRST_SITE: &str = "Main";

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
