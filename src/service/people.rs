//! People: added, given roles and access groups, disabled, let in by one-time links. Nobody gives what they do not hold.

pub mod groups;
pub mod own;
mod pages;

use std::collections::BTreeSet;

use domain::{
    Fault, Moment, Refusal,
    ids::{AccessGroupId, ClientId, PersonId},
    people::{Permission, Role, Scope, typed},
};
use foundation::{
    Failure, Tenant, Writing,
    audit::Act,
    people::{Grant, NewPerson, PersonRow},
};

pub use pages::{line, list, page, picks};

/// Role and scope, as a form sends them.
#[derive(Debug, Clone, Default)]
pub struct TypedGrant {
    /// The role's word.
    pub role: String,
    /// `all` or `groups`.
    pub scope: String,
    /// Ids of access groups.
    pub groups: Vec<String>,
    /// A contact's client.
    pub client: String,
}

/// Reads `typed`, as far as the caller may give it.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field; [`Refusal::Forbidden`] for a role beyond the caller's own.
pub async fn grant(tenant: &Tenant, typed: &TypedGrant) -> Result<Grant, Failure> {
    let role: Role = typed.role.parse().map_err(|()| Refusal::invalid("role", "is missing"))?;
    if !tenant.who().role.is_some_and(|own| own.may_grant(role)) {
        return Err(Refusal::Forbidden("people: grant this role").into());
    }
    let (mut client, mut groups) = (None, None);
    match role {
        Role::Owner | Role::Administrator => {}
        Role::Technician if typed.scope == "groups" => groups = Some(chosen_groups(tenant, &typed.groups).await?),
        Role::Technician => {}
        Role::Contact => client = Some(chosen_client(tenant, &typed.client).await?),
    }
    Ok(Grant { role, client, groups })
}

async fn chosen_groups(tenant: &Tenant, typed: &[String]) -> Result<Vec<AccessGroupId>, Failure> {
    let known = tenant.access_groups().await?;
    let read = |text: &String| text.parse::<AccessGroupId>().ok().filter(|id| known.iter().any(|group| group.id == id.0));
    let groups: Option<BTreeSet<AccessGroupId>> = typed.iter().map(read).collect();
    let groups: Vec<_> = groups.ok_or_else(|| Refusal::invalid("groups", "holds one that is not there any more"))?.into_iter().collect();
    if groups.is_empty() { Err(Refusal::invalid("groups", "needs at least one").into()) } else { Ok(groups) }
}

async fn chosen_client(tenant: &Tenant, typed: &str) -> Result<ClientId, Failure> {
    let id: ClientId = typed.parse().map_err(|_| Refusal::invalid("client", "is missing"))?;
    let known = tenant.clients().await?.into_iter().any(|client| client.id == id.0 && client.archived_at.is_none());
    if known { Ok(id) } else { Err(Refusal::invalid("client", "is not there any more").into()) }
}

/// Adds somebody with a link to set their password; the link's secret is in the answer and nowhere else.
///
/// # Errors
/// [`Refusal::Invalid`] with a fault for each field that is wrong.
pub async fn add(tenant: &Tenant, name: &str, email: &str, typed: &TypedGrant, now: Moment, address: String) -> Result<(PersonId, String), Failure> {
    tenant.require(Permission::PeopleManage)?;
    let (name, email) = (typed::name("name", name, 100), typed::email(email));
    let granted = match grant(tenant, typed).await {
        Err(Failure::Refused(Refusal::Invalid(faults))) => Err(faults),
        other => Ok(other?),
    };
    let (name, email) = match (name, email, granted) {
        (Ok(name), Ok(email), Ok(_)) => (name, email),
        (name, email, granted) => return Err(Refusal::Invalid(faults(name.err(), email.err(), granted.err())).into()),
    };
    let writing = tenant.writing().await?;
    writing.require(Permission::PeopleManage)?;
    writing.lock_people().await?;
    // Asked again: what the caller holds, and what there is to choose, may have changed since.
    let granted = grant(&writing, typed).await?;
    let scope = match granted.client {
        Some(client) => Scope::Clients([client].into()),
        None if granted.groups.is_none() => Scope::AllClients,
        None => Scope::Clients(BTreeSet::new()),
    };
    let time_zone = tenant.who().time_zone.clone();
    let new = NewPerson { email: email.clone(), name: name.clone(), password_hash: None, time_zone, role: granted.role, scope };
    let id = writing.add_person(new, now).await?;
    let said = words(&writing, &granted).await?;
    let client = granted.client;
    writing.grant_to(id, granted).await?;
    let token = writing.make_link(id, now).await?;
    let act = Act { client, after: Some(format!("{email}, {said}")), ..about("person added", id, &name, address) };
    writing.record(now, act).await?;
    writing.commit().await?;
    Ok((id, token))
}

fn faults(name: Option<Fault>, email: Option<Fault>, granted: Option<Vec<Fault>>) -> Vec<Fault> {
    name.into_iter().chain(email).chain(granted.unwrap_or_default()).collect()
}

/// An act on the person `id`.
fn about(action: &'static str, id: PersonId, name: &str, address: String) -> Act {
    Act { action, object: Some(("person", id.to_string())), name: Some(name.to_owned()), address: Some(address), ..Act::default() }
}

/// What those who see only one side of a change read of the other.
const ELSEWHERE: &str = "something elsewhere";

/// A grant in the words of the audit.
async fn words(tenant: &Tenant, grant: &Grant) -> Result<String, Failure> {
    let scope = match (&grant.groups, grant.client) {
        (_, Some(client)) => tenant.clients().await?.into_iter().find(|row| row.id == client.0).map(|row| row.name).unwrap_or_default(),
        (None, None) => "all clients".to_owned(),
        (Some(groups), None) => {
            let known = tenant.access_groups().await?;
            let names = groups.iter().filter_map(|id| known.iter().find(|group| group.id == id.0)).map(|group| group.name.clone());
            names.collect::<Vec<_>>().join(", ")
        }
    };
    Ok(format!("{}: {scope}", grant.role))
}

/// The person, as somebody whom the caller may change.
async fn within(writing: &Writing, id: PersonId) -> Result<PersonRow, Failure> {
    writing.require(Permission::PeopleManage)?;
    writing.lock_people().await?;
    let row = writing.person(id).await?;
    let may = writing.who().role.zip(row.role).is_some_and(|(own, theirs)| own.may_grant(theirs));
    if may { Ok(row) } else { Err(Refusal::Forbidden("people: change an owner").into()) }
}

/// Changes what somebody may do.
///
/// # Errors
/// [`Refusal::Invalid`], [`Refusal::Forbidden`], or [`Refusal::Conflict`] when no owner would be left.
pub async fn change(tenant: &Tenant, id: PersonId, typed: &TypedGrant, now: Moment, address: String) -> Result<(), Failure> {
    tenant.require(Permission::PeopleManage)?;
    let writing = tenant.writing().await?;
    let row = within(&writing, id).await?;
    let granted = grant(&writing, typed).await?;
    let (role, left) = (row.role, row.client);
    let before =
        Grant { role: row.role.unwrap_or(Role::Contact), client: row.client, groups: (!row.all_clients && row.client.is_none()).then_some(row.groups) };
    let (old, new) = (words(&writing, &before).await?, words(&writing, &granted).await?);
    let (client, other_role) = (granted.client, role != Some(granted.role));
    writing.grant_to(id, granted).await?;
    if other_role {
        // Whoever made the link may not be one who may make it now.
        writing.drop_links(id).await?;
    }
    let said = |client, before: &str, after: &str| Act {
        client,
        before: Some(before.to_owned()),
        after: Some(after.to_owned()),
        ..about("person's role changed", id, &row.person.name, address.clone())
    };
    // People of one client do not read the name of another.
    let acts = if left == client { vec![said(client, &old, &new)] } else { vec![said(left, &old, ELSEWHERE), said(client, ELSEWHERE, &new)] };
    writing.record_all(now, acts).await?;
    writing.commit().await
}

/// Keeps somebody out, or lets them in again.
///
/// # Errors
/// [`Refusal::Conflict`] for oneself and for the last owner.
pub async fn disable(tenant: &Tenant, id: PersonId, disabled: bool, now: Moment, address: String) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    let row = within(&writing, id).await?;
    if writing.who().principal == foundation::Principal::Person(id) {
        return Err(Refusal::Conflict("You cannot disable yourself. Ask another owner or administrator.".into()).into());
    }
    writing.set_disabled(id, disabled, now).await?;
    let action = if disabled { "person disabled" } else { "person enabled" };
    writing.record(now, Act { client: row.client, ..about(action, id, &row.person.name, address) }).await?;
    writing.commit().await
}

/// Ends all sessions of somebody.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such person.
pub async fn end_sessions(tenant: &Tenant, id: PersonId, now: Moment, address: String) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    let row = within(&writing, id).await?;
    let ended = writing.end_sessions_of(id).await?;
    let act = Act { client: row.client, detail: Some(format!("{ended} ended")), ..about("person's sessions ended", id, &row.person.name, address) };
    writing.record(now, act).await?;
    writing.commit().await
}

/// Makes a new one-time link for somebody; those before stop working. Answers their name and the secret.
///
/// # Errors
/// [`Refusal::Conflict`] while they are disabled.
pub async fn new_link(tenant: &Tenant, id: PersonId, now: Moment, address: String) -> Result<(String, String), Failure> {
    let writing = tenant.writing().await?;
    let row = within(&writing, id).await?;
    if row.person.disabled_at.is_some() {
        return Err(Refusal::Conflict(format!("{} is disabled. Let them sign in again first.", row.person.name)).into());
    }
    let token = writing.make_link(id, now).await?;
    writing.record(now, Act { client: row.client, ..about("one-time link made", id, &row.person.name, address) }).await?;
    writing.commit().await?;
    Ok((row.person.name, token))
}
