//! Clients and sites created, renamed, archived and restored, each with its audit entry.

use domain::{
    Fault, Moment, Refusal,
    clients::{name, same},
    ids::{ClientId, SiteId},
    people::{Permission, Scope},
};
use foundation::{Failure, Tenant, Writing, audit::Act, clients::rows::client, fresh_id};

/// Who keeps clients, and from where.
#[derive(Debug)]
pub struct Keeper<'a> {
    /// The tenant, entered as this person.
    pub tenant: &'a Tenant,
    /// The instant of the act.
    pub now: Moment,
    /// The network address it comes from.
    pub address: String,
}

/// Whether the caller may make clients, which needs every client within reach: one would not see what one made.
///
/// # Errors
/// [`Refusal::Forbidden`].
pub fn may_make(tenant: &Tenant) -> Result<(), Refusal> {
    tenant.require(Permission::ClientsManage)?;
    if tenant.who().scope == Scope::AllClients { Ok(()) } else { Err(Refusal::Forbidden("clients: manage, for all clients")) }
}

/// A fault of the form's field `field`, as a sentence.
fn fault(field: &str, why: &str) -> Fault {
    Fault::new(field, format!("The name {why}."))
}

fn taken(field: &str, what: &str, archived: bool) -> Refusal {
    let text = if archived {
        format!("An archived {what} has this name. Restore it, or choose another name.")
    } else {
        format!("There is a {what} of this name already.")
    };
    Refusal::invalid(field, text)
}

/// Refuses the name of another client than `mine`.
async fn free_client(writing: &Writing, name: &str, mine: Option<ClientId>) -> Result<(), Failure> {
    match writing.client_called(&same(name)).await? {
        Some(row) if Some(ClientId(row.id)) != mine => Err(taken("name", "client", row.archived_at.is_some()).into()),
        _ => Ok(()),
    }
}

/// Refuses the name of another site of `client` than `mine`.
async fn free_site(writing: &Writing, client: ClientId, name: &str, mine: Option<SiteId>) -> Result<(), Failure> {
    let sites = writing.client(client)?.sites().await?;
    match sites.into_iter().find(|row| same(&row.name) == same(name) && Some(SiteId(row.id)) != mine) {
        Some(row) => Err(taken("name", "site", row.archived_at.is_some()).into()),
        None => Ok(()),
    }
}

pub(super) fn client_act(action: &'static str, id: ClientId, name: &str) -> Act {
    Act { action, object: Some(("client", id.to_string())), name: Some(name.to_owned()), client: Some(id), ..Act::default() }
}

pub(super) fn site_act(action: &'static str, id: SiteId, name: &str, client: ClientId) -> Act {
    Act { action, object: Some(("site", id.to_string())), name: Some(name.to_owned()), client: Some(client), ..Act::default() }
}

fn revoked(keys: u64) -> Option<String> {
    (keys > 0).then(|| format!("{keys} enrolment {} revoked", if keys == 1 { "key" } else { "keys" }))
}

fn in_service(name: &str, devices: u64, way: &str) -> Refusal {
    let devices = if devices == 1 { "1 device".to_owned() } else { format!("{devices} devices") };
    Refusal::Conflict(format!("{name} has {devices} in service. Retire them or move them to another {way} first, then archive it."))
}

impl Keeper<'_> {
    /// A transaction, begun by somebody who may keep `client`.
    async fn begin(&self, client: ClientId) -> Result<(Writing, client::Model), Failure> {
        self.tenant.client(client)?.row().await?;
        self.tenant.require(Permission::ClientsManage)?;
        let writing = self.tenant.writing().await?;
        writing.require(Permission::ClientsManage)?;
        let row = writing.client(client)?.row().await?;
        Ok((writing, row))
    }

    async fn end(&self, writing: Writing, acts: Vec<Act>) -> Result<(), Failure> {
        let acts = acts.into_iter().map(|act| Act { address: Some(self.address.clone()), ..act });
        writing.record_all(self.now, acts).await?;
        writing.commit().await
    }

    /// Creates a client with its first site.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `name` and `site`; [`Refusal::Forbidden`].
    pub async fn create(&self, client: &str, site: &str) -> Result<ClientId, Failure> {
        may_make(self.tenant)?;
        let (client, site) = match (name(client), name(site)) {
            (Ok(client), Ok(site)) => (client, site),
            (client, site) => {
                let faults = [("name", client.err()), ("site", site.err())];
                return Err(Refusal::Invalid(faults.into_iter().filter_map(|(field, why)| Some(fault(field, why?))).collect()).into());
            }
        };
        let writing = self.tenant.writing().await?;
        may_make(&writing)?;
        free_client(&writing, &client, None).await?;
        let (id, site_id): (ClientId, SiteId) = (fresh_id(), fresh_id());
        let refusal = || taken("name", "client", false);
        writing.add_clients(vec![(id, client.clone())], self.now).await.map_err(|failure| failure.or_taken(refusal()))?;
        writing.add_sites(vec![(site_id, id, site.clone())], self.now).await?;
        self.end(writing, vec![client_act("client created", id, &client), site_act("site created", site_id, &site, id)]).await?;
        Ok(id)
    }

    /// Renames a client.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `name`; [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub async fn rename(&self, id: ClientId, typed: &str) -> Result<(), Failure> {
        let (writing, row) = self.begin(id).await?;
        let new = name(typed).map_err(|why| Refusal::Invalid(vec![fault("name", why)]))?;
        if new == row.name {
            return Ok(());
        }
        free_client(&writing, &new, Some(id)).await?;
        writing.rename_client(id, &new).await.map_err(|failure| failure.or_taken(taken("name", "client", false)))?;
        let act = Act { before: Some(row.name), after: Some(new.clone()), ..client_act("client renamed", id, &new) };
        self.end(writing, vec![act]).await
    }

    /// Archives a client without devices in service. Its enrolment keys are revoked, its contacts signed out.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] saying how many devices are in service; [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub async fn archive(&self, id: ClientId) -> Result<(), Failure> {
        let (writing, row) = self.begin(id).await?;
        if row.archived_at.is_some() {
            return Ok(());
        }
        let keys = writing.revoke_keys_of(id, None, self.now).await?;
        let devices = writing.client(id)?.devices_in_service(None).await?;
        if devices > 0 {
            return Err(in_service(&row.name, devices, "client").into());
        }
        writing.set_client_archived(id, Some(self.now)).await?;
        writing.end_sessions_of_contacts(id).await?;
        let act = Act { detail: revoked(keys), ..client_act("client archived", id, &row.name) };
        self.end(writing, vec![act]).await
    }

    /// Restores an archived client.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub async fn restore(&self, id: ClientId) -> Result<(), Failure> {
        let (writing, row) = self.begin(id).await?;
        if row.archived_at.is_none() {
            return Ok(());
        }
        writing.set_client_archived(id, None).await?;
        self.end(writing, vec![client_act("client restored", id, &row.name)]).await
    }

    /// Creates a site.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `name`; [`Refusal::Conflict`] while the client is archived; [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub async fn create_site(&self, client: ClientId, typed: &str) -> Result<(), Failure> {
        let (writing, row) = self.begin(client).await?;
        if row.archived_at.is_some() {
            return Err(Refusal::Conflict(format!("{} is archived. Restore it first.", row.name)).into());
        }
        let new = name(typed).map_err(|why| Refusal::Invalid(vec![fault("name", why)]))?;
        free_site(&writing, client, &new, None).await?;
        let id: SiteId = fresh_id();
        let made = writing.add_sites(vec![(id, client, new.clone())], self.now).await;
        made.map_err(|failure| failure.or_taken(taken("name", "site", false)))?;
        self.end(writing, vec![site_act("site created", id, &new, client)]).await
    }

    /// Renames a site.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `name`; [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub async fn rename_site(&self, client: ClientId, id: SiteId, typed: &str) -> Result<(), Failure> {
        let (writing, _) = self.begin(client).await?;
        let site = writing.client(client)?.site(id).await?;
        let new = name(typed).map_err(|why| Refusal::Invalid(vec![fault("name", why)]))?;
        if new == site.name {
            return Ok(());
        }
        free_site(&writing, client, &new, Some(id)).await?;
        writing.rename_site(id, &new).await.map_err(|failure| failure.or_taken(taken("name", "site", false)))?;
        let act = Act { before: Some(site.name), after: Some(new.clone()), ..site_act("site renamed", id, &new, client) };
        self.end(writing, vec![act]).await
    }

    /// Archives a site without devices in service; its enrolment keys are revoked.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] saying how many devices are in service; [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub async fn archive_site(&self, client: ClientId, id: SiteId) -> Result<(), Failure> {
        let (writing, _) = self.begin(client).await?;
        let site = writing.client(client)?.site(id).await?;
        if site.archived_at.is_some() {
            return Ok(());
        }
        let keys = writing.revoke_keys_of(client, Some(id), self.now).await?;
        let devices = writing.client(client)?.devices_in_service(Some(id)).await?;
        if devices > 0 {
            return Err(in_service(&site.name, devices, "site").into());
        }
        writing.set_site_archived(id, Some(self.now)).await?;
        let act = Act { detail: revoked(keys), ..site_act("site archived", id, &site.name, client) };
        self.end(writing, vec![act]).await
    }

    /// Restores an archived site.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub async fn restore_site(&self, client: ClientId, id: SiteId) -> Result<(), Failure> {
        let (writing, _) = self.begin(client).await?;
        let site = writing.client(client)?.site(id).await?;
        if site.archived_at.is_none() {
            return Ok(());
        }
        writing.set_site_archived(id, None).await?;
        self.end(writing, vec![site_act("site restored", id, &site.name, client)]).await
    }
}
