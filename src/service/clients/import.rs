//! The import of clients, sites and contacts: what a file would change, and the one transaction that does it.

use std::collections::HashMap;

use app::clients::import::Preview;
use domain::{
    Refusal,
    clients::{
        import::{Known, KnownClient, Line, Origin, Outcome, Owner, Planned, Totals, plan},
        same,
    },
    devices::limits::is_plain,
    ids::{ClientId, SiteId, Uuid},
    people::{Role, Scope},
};
use foundation::{Failure, Tenant, Writing, audit::Act, clients::Standing, fresh_id, people::NewPerson};

use super::{
    file,
    keeping::{Keeper, client_act, may_make, site_act},
};

/// What came of an import.
#[derive(Debug)]
pub enum Imported {
    /// Everything was made.
    Done(Totals),
    /// Nothing was, because of rows that cannot be used.
    Refused(Box<Preview>),
}

/// What `bytes` would change.
///
/// # Errors
/// [`Refusal::Invalid`] when they are no such file; [`Refusal::Forbidden`].
pub async fn check(tenant: &Tenant, bytes: Vec<u8>) -> Result<Preview, Failure> {
    may_make(tenant)?;
    let text = file::text(bytes)?;
    let lines = file::lines(&text)?;
    let standing = standing(tenant, &lines).await?;
    let (planned, totals) = plan(lines, known(&standing));
    Ok(Preview::bounded(planned, totals, text))
}

async fn standing(tenant: &Tenant, lines: &[Line]) -> Result<Standing, Failure> {
    let emails: Vec<String> = lines.iter().map(|line| line.cells[3].trim().to_lowercase()).filter(|email| !email.is_empty() && is_plain(email)).collect();
    tenant.standing(&emails).await
}

/// What is there already, as the rules want it.
fn known(standing: &Standing) -> Known {
    let origin = |archived: Option<i64>| if archived.is_some() { Origin::Archived } else { Origin::Stored };
    let names: HashMap<Uuid, String> = standing.clients.iter().map(|row| (row.id, same(&row.name))).collect();
    let mut known = Known::default();
    for row in &standing.clients {
        known.clients.insert(same(&row.name), KnownClient { origin: origin(row.archived_at), sites: HashMap::new() });
    }
    for row in &standing.sites {
        if let Some(client) = names.get(&row.client_id).and_then(|name| known.clients.get_mut(name)) {
            client.sites.insert(same(&row.name), origin(row.archived_at));
        }
    }
    for row in &standing.people {
        let membership = standing.memberships.iter().find(|membership| membership.person_id == row.id);
        let of = membership.filter(|membership| membership.role == Role::Contact.word()).and_then(|membership| names.get(&membership.client_id?));
        known.people.insert(row.email.clone(), of.map_or(Owner::Other, |name| Owner::Contact(name.clone(), Origin::Stored)));
    }
    known
}

/// Makes everything that `bytes` ask for, or nothing.
///
/// # Errors
/// [`Refusal::Invalid`] when they are no such file; [`Refusal::Forbidden`]; [`Refusal::Conflict`] when somebody else
/// made the same meanwhile.
pub async fn import(keeper: &Keeper<'_>, bytes: Vec<u8>) -> Result<Imported, Failure> {
    may_make(keeper.tenant)?;
    let text = file::text(bytes)?;
    let lines = file::lines(&text)?;
    let writing = keeper.tenant.writing().await?;
    may_make(&writing)?;
    let standing = standing(&writing, &lines).await?;
    let (planned, totals) = plan(lines, known(&standing));
    if totals.faulty > 0 || totals.made() == 0 {
        return Ok(Imported::Refused(Box::new(Preview::bounded(planned, totals, text))));
    }
    let made = Making::start(&writing, keeper, &standing).rows(planned).await;
    let acts = made.map_err(|failure| failure.or_taken(Refusal::Conflict("Somebody else made one of these meanwhile. Check the file again.".into())))?;
    let summary = format!("{} rows: {} clients, {} sites, {} contacts", totals.rows, totals.clients, totals.sites, totals.contacts);
    let whole = Act { action: "clients imported", detail: Some(summary), ..Act::default() };
    let acts = [whole].into_iter().chain(acts).map(|act| Act { address: Some(keeper.address.clone()), ..act });
    writing.record_all(keeper.now, acts).await?;
    writing.commit().await?;
    Ok(Imported::Done(totals))
}

/// An import that is being written.
struct Making<'a> {
    writing: &'a Writing,
    keeper: &'a Keeper<'a>,
    /// Clients by key, stored and new.
    ids: HashMap<String, ClientId>,
    clients: Vec<(ClientId, String)>,
    sites: Vec<(SiteId, ClientId, String)>,
    people: Vec<(ClientId, NewPerson)>,
    acts: Vec<Act>,
}

impl<'a> Making<'a> {
    fn start(writing: &'a Writing, keeper: &'a Keeper<'a>, standing: &Standing) -> Self {
        let ids = standing.clients.iter().map(|row| (same(&row.name), ClientId(row.id))).collect();
        Self { writing, keeper, ids, clients: Vec::new(), sites: Vec::new(), people: Vec::new(), acts: Vec::new() }
    }

    async fn rows(mut self, planned: Vec<Planned>) -> Result<Vec<Act>, Failure> {
        for row in planned {
            self.take(row)?;
        }
        self.writing.add_clients(self.clients, self.keeper.now).await?;
        self.writing.add_sites(self.sites, self.keeper.now).await?;
        if !self.people.is_empty() {
            self.writing.lock_people().await?;
        }
        for (client, person) in self.people {
            let (name, email) = (person.name.clone(), person.email.clone());
            let id = self.writing.add_one_of_many(person, self.keeper.now).await?;
            let object = Some(("person", id.to_string()));
            self.acts.push(Act {
                action: "person added",
                object,
                name: Some(name),
                client: Some(client),
                after: Some(format!("contact, {email}")),
                ..Act::default()
            });
        }
        Ok(self.acts)
    }

    fn take(&mut self, row: Planned) -> Result<(), Refusal> {
        let Outcome::Make { client: new_client, site: new_site, contact } = row.outcome else { return Ok(()) };
        let [client, site, name, email] = row.cells;
        if new_client {
            let id: ClientId = fresh_id();
            self.acts.push(client_act("client created", id, &client));
            self.ids.insert(same(&client), id);
            self.clients.push((id, client.clone()));
        }
        let of = *self.ids.get(&same(&client)).ok_or(Refusal::NotFound)?;
        if new_site {
            let id: SiteId = fresh_id();
            self.acts.push(site_act("site created", id, &site, of));
            self.sites.push((id, of, site));
        }
        if contact {
            let time_zone = self.writing.who().time_zone.clone();
            let person = NewPerson { email, name, password_hash: None, time_zone, role: Role::Contact, scope: Scope::Clients([of].into()) };
            self.people.push((of, person));
        }
        Ok(())
    }
}
