//! Access groups.

use std::collections::BTreeSet;

use app::people::{Faults, GroupsPage, OneGroup};
use domain::{
    Moment, Refusal,
    ids::{AccessGroupId, ClientId},
    people::{Permission, typed},
};
use foundation::{Failure, Tenant, audit::Act};

/// All groups, with `refused` in the place of the one that was sent.
///
/// # Errors
/// When the database fails.
pub async fn page(tenant: &Tenant, refused: Option<OneGroup>) -> Result<GroupsPage, Failure> {
    tenant.require(Permission::PeopleManage)?;
    let clients = tenant.clients().await?.into_iter().filter(|client| client.archived_at.is_none());
    let known = tenant.groups().await?.into_iter().map(|group| OneGroup {
        id: Some(group.id),
        name: group.name,
        clients: group.clients.iter().map(ClientId::to_string).collect(),
        people: group.people,
        faults: Faults::default(),
    });
    let mut groups: Vec<OneGroup> = known.chain([OneGroup::default()]).collect();
    if let Some(refused) = refused
        && let Some(place) = groups.iter_mut().find(|group| group.id == refused.id)
    {
        *place = OneGroup { people: place.people, ..refused };
    }
    Ok(GroupsPage { groups, clients: clients.map(|client| (ClientId(client.id), client.name)).collect() })
}

/// Makes or changes a group.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field.
pub async fn keep(tenant: &Tenant, id: Option<AccessGroupId>, name: &str, clients: &[String], now: Moment, address: String) -> Result<(), Failure> {
    tenant.require(Permission::PeopleManage)?;
    let name = typed::name("name", name, 100).map_err(|fault| Refusal::Invalid(vec![fault]))?;
    let chosen: Option<BTreeSet<ClientId>> = clients.iter().map(|id| id.parse().ok()).collect();
    let chosen = chosen.ok_or_else(|| Refusal::invalid("clients", "holds one that is not there any more"))?;
    let writing = tenant.writing().await?;
    writing.require(Permission::PeopleManage)?;
    let before = writing.groups().await?.into_iter().find(|group| Some(group.id) == id);
    let kept = writing.keep_group(id, &name, &chosen).await?;
    let count = |clients: usize| format!("{clients} {}", if clients == 1 { "client" } else { "clients" });
    let act = Act {
        action: if id.is_some() { "access group changed" } else { "access group made" },
        object: Some(("access group", kept.to_string())),
        before: before.map(|group| format!("{}: {}", group.name, count(group.clients.len()))),
        after: Some(format!("{name}: {}", count(chosen.len()))),
        name: Some(name),
        address: Some(address),
        ..Act::default()
    };
    writing.record(now, act).await?;
    writing.commit().await
}

/// Deletes a group that nobody has.
///
/// # Errors
/// [`Refusal::Conflict`] while somebody has it.
pub async fn remove(tenant: &Tenant, id: AccessGroupId, now: Moment, address: String) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::PeopleManage)?;
    let name = writing.access_groups().await?.into_iter().find(|group| group.id == id.0).map(|group| group.name);
    writing.delete_group(id).await?;
    let act = Act { action: "access group deleted", object: Some(("access group", id.to_string())), name, address: Some(address), ..Act::default() };
    writing.record(now, act).await?;
    writing.commit().await
}
