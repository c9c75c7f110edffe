//! People: from rows to what the pages show.

use std::collections::BTreeMap;

use app::people::{GrantForm, PeoplePage, PersonLine, PersonPage, PersonState, Picks};
use domain::{
    Moment,
    ids::{AccessGroupId, ClientId, PersonId},
    people::{Permission, Role},
};
use foundation::{
    Failure, Principal, Tenant,
    people::{PeopleQuery, PersonRow},
};
use uuid::Uuid;

use crate::service::audit::{self, TAIL};

/// Names for ids, read once for a page.
struct Names {
    clients: BTreeMap<Uuid, String>,
    groups: BTreeMap<Uuid, String>,
    me: Principal,
}

async fn names(tenant: &Tenant) -> Result<Names, Failure> {
    let clients = tenant.clients().await?.into_iter().map(|client| (client.id, client.name));
    let groups = tenant.access_groups().await?.into_iter().map(|group| (group.id, group.name));
    Ok(Names { clients: clients.collect(), groups: groups.collect(), me: tenant.who().principal })
}

fn shown(row: &PersonRow, names: &Names) -> PersonLine {
    let id = PersonId(row.person.id);
    let scope = match (row.all_clients, row.client) {
        (true, _) => "All clients".to_owned(),
        (false, Some(client)) => names.clients.get(&client.0).cloned().unwrap_or_default(),
        (false, None) if row.groups.is_empty() => "No clients".to_owned(),
        (false, None) => row.groups.iter().filter_map(|id| names.groups.get(&id.0).cloned()).collect::<Vec<_>>().join(", "),
    };
    let state = match (row.person.disabled_at, &row.person.password_hash) {
        (Some(_), _) => PersonState::Disabled,
        (None, None) => PersonState::Invited,
        (None, Some(_)) => PersonState::Active,
    };
    PersonLine {
        id,
        name: row.person.name.clone(),
        email: row.person.email.clone(),
        role: row.role,
        scope,
        state,
        signed_in: row.person.signed_in_at.map(Moment),
        me: names.me == Principal::Person(id),
    }
}

/// One person as a line.
///
/// # Errors
/// When the database fails.
pub async fn line(tenant: &Tenant, id: PersonId) -> Result<PersonLine, Failure> {
    Ok(shown(&tenant.person(id).await?, &names(tenant).await?))
}

/// The page of people that `query` asks for.
///
/// # Errors
/// When the database fails.
pub async fn list(tenant: &Tenant, query: PeopleQuery) -> Result<PeoplePage, Failure> {
    tenant.require(Permission::PeopleManage)?;
    let (rows, more) = tenant.people(&query).await?;
    let names = names(tenant).await?;
    Ok(PeoplePage {
        older: rows.last().filter(|_| more).map(|row| row.person.email.clone()),
        people: rows.iter().map(|row| shown(row, &names)).collect(),
        later: query.after.is_some(),
        q: query.q,
        role: query.role,
    })
}

/// What the caller may choose from.
///
/// # Errors
/// When the database fails.
pub async fn picks(tenant: &Tenant) -> Result<Picks, Failure> {
    let own = tenant.who().role;
    let clients = tenant.clients().await?.into_iter().filter(|client| client.archived_at.is_none());
    Ok(Picks {
        roles: Role::ALL.into_iter().filter(|role| own.is_some_and(|own| own.may_grant(*role))).collect(),
        clients: clients.map(|client| (ClientId(client.id), client.name)).collect(),
        groups: tenant.groups().await?.into_iter().map(|group| (group.id, group.name, group.clients.len())).collect(),
    })
}

/// The page of one person, with the grant as it stands.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when there is no such person.
pub async fn page(tenant: &Tenant, id: PersonId) -> Result<PersonPage, Failure> {
    tenant.require(Permission::PeopleManage)?;
    let row = tenant.person(id).await?;
    let within = tenant.who().role.zip(row.role).is_some_and(|(own, theirs)| own.may_grant(theirs));
    let grant = GrantForm {
        role: row.role.map(|role| role.word().to_owned()).unwrap_or_default(),
        scope: if row.all_clients { "all" } else { "groups" }.to_owned(),
        groups: row.groups.iter().map(AccessGroupId::to_string).collect(),
        client: row.client.map(|client| client.to_string()).unwrap_or_default(),
    };
    let mut picks = picks(tenant).await?;
    if !within {
        picks.roles.clear();
    }
    let acts = audit::tail(tenant, "person", &id.to_string(), TAIL).await?;
    Ok(PersonPage { line: shown(&row, &names(tenant).await?), grant, picks, faults: app::people::Faults::default(), acts })
}
