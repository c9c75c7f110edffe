//! Routes: which notices go to a channel.

use app::{notices::RoutePage, people::Faults};
use domain::{
    Refusal,
    alerts::{Clients, Route, route::Typed},
    ids::{ChannelId, ClientId, RouteId},
};
use foundation::{Failure, Tenant, Writing, audit::Act, fresh_id, notices::Kept};

use super::{channels::both, require};
use crate::service::devices::By;

/// What a person typed about a route.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteForm {
    /// Its name.
    pub name: String,
    /// Whether it is used.
    pub on: bool,
    /// The word of a severity.
    pub least: String,
    /// `any` or `listed`.
    pub clients: String,
    /// The ids of the clients.
    pub listed: Vec<String>,
    /// Whether it tells of alerts that are raised.
    pub on_raise: bool,
    /// Whether it tells of alerts that are over.
    pub on_resolve: bool,
    /// The id of a channel.
    pub channel: String,
    /// The version that was looked at.
    pub revision: String,
}

impl RouteForm {
    fn read(&self, id: RouteId) -> Result<Route, Refusal> {
        let listed = self.listed.iter().map(String::as_str).collect();
        let typed = Typed {
            name: &self.name,
            on: self.on,
            least: &self.least,
            clients: &self.clients,
            listed,
            on_raise: self.on_raise,
            on_resolve: self.on_resolve,
            channel: &self.channel,
        };
        Route::typed(id, &typed).map_err(Refusal::Invalid)
    }

    /// The form again, with what is wrong beside its fields.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(self, tenant: &Tenant, id: Option<RouteId>, faults: Faults) -> Result<RoutePage, Failure> {
        let Self { name, on, least, clients, listed, on_raise, on_resolve, channel, revision } = self;
        let (all_clients, all_channels) = choices(tenant).await?;
        Ok(RoutePage { id, name, on, least, clients, listed, on_raise, on_resolve, channel, revision, all_clients, all_channels, faults })
    }
}

type Choices = (Vec<(ClientId, String)>, Vec<(ChannelId, String)>);

async fn choices(tenant: &Tenant) -> Result<Choices, Failure> {
    let clients = tenant.clients().await?.into_iter().filter(|row| row.archived_at.is_none());
    let mut clients: Vec<(ClientId, String)> = clients.map(|row| (ClientId(row.id), row.name)).collect();
    clients.sort_by_cached_key(|(_, name)| name.to_lowercase());
    let channels = tenant.channels().await?.into_iter().map(|kept| (kept.it.id, kept.it.name)).collect();
    Ok((clients, channels))
}

/// The form for a new route.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission.
pub async fn new_route(tenant: &Tenant) -> Result<RoutePage, Failure> {
    require(tenant)?;
    let form = RouteForm { on: true, least: "high".into(), clients: "any".into(), on_raise: true, on_resolve: true, ..RouteForm::default() };
    form.page(tenant, None, Faults::default()).await
}

/// The form of a route.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub async fn route_page(tenant: &Tenant, id: RouteId) -> Result<RoutePage, Failure> {
    require(tenant)?;
    let Kept { it, revision } = tenant.route(id).await?;
    let (clients, listed) = match it.clients {
        Clients::Any => ("any".to_owned(), Vec::new()),
        Clients::Listed(ids) => ("listed".to_owned(), ids.iter().map(ToString::to_string).collect()),
    };
    let form = RouteForm {
        name: it.name,
        on: it.on,
        least: it.least.word().into(),
        clients,
        listed,
        on_raise: it.on_raise,
        on_resolve: it.on_resolve,
        channel: it.channel.to_string(),
        revision: revision.to_string(),
    };
    form.page(tenant, Some(id), Faults::default()).await
}

/// What a route names has to be there.
async fn check(writing: &Writing, route: &Route) -> Result<(), Failure> {
    if let Err(Failure::Refused(Refusal::NotFound)) = writing.channel(route.channel).await {
        return Err(Refusal::invalid("channel", "is not there any more; choose another").into());
    }
    if let Clients::Listed(listed) = &route.clients {
        let known = writing.clients().await?;
        if listed.iter().any(|id| known.iter().all(|row| row.id != id.0)) {
            return Err(Refusal::invalid("listed", "holds one that is not there any more").into());
        }
    }
    Ok(())
}

/// Adds a route.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field.
pub async fn add_route(tenant: &Tenant, form: &RouteForm, by: &By) -> Result<RouteId, Failure> {
    require(tenant)?;
    let route = form.read(fresh_id())?;
    let writing = tenant.writing().await?;
    require(&writing)?;
    check(&writing, &route).await?;
    writing.add_route(&route, by.now).await?;
    let after = words(&writing, &route).await?;
    record(&writing, "route added", &route, (None, Some(after)), by).await?;
    writing.commit().await?;
    Ok(route.id)
}

/// Changes a route.
///
/// # Errors
/// [`Refusal::Conflict`] with both values when somebody else changed it meanwhile, [`Refusal::Invalid`] naming each field.
pub async fn change_route(tenant: &Tenant, id: RouteId, form: &RouteForm, by: &By) -> Result<(), Failure> {
    require(tenant)?;
    tenant.route(id).await?;
    let route = form.read(id)?;
    let writing = tenant.writing().await?;
    require(&writing)?;
    check(&writing, &route).await?;
    let before = writing.route(id).await?;
    let seen: i64 = form.revision.parse().map_err(|_| Refusal::invalid("revision", "is no version"))?;
    let (wanted, stands) = (words(&writing, &route).await?, words(&writing, &before.it).await?);
    if seen != before.revision {
        return Err(Refusal::Conflict(both(&wanted, &stands)).into());
    }
    writing.change_route(&route, seen).await?;
    record(&writing, "route changed", &route, (Some(stands), Some(wanted)), by).await?;
    writing.commit().await
}

/// Removes a route.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub async fn remove_route(tenant: &Tenant, id: RouteId, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    require(&writing)?;
    let before = writing.route(id).await?.it;
    let stood = words(&writing, &before).await?;
    writing.remove_route(id).await?;
    record(&writing, "route removed", &before, (Some(stood), None), by).await?;
    writing.commit().await
}

/// How many clients an entry of the audit names; the others are counted.
const NAMED: usize = 10;

/// A route with its channel and its clients by their names.
async fn words(tenant: &Tenant, route: &Route) -> Result<String, Failure> {
    let channel = match tenant.channel(route.channel).await {
        Err(Failure::Refused(Refusal::NotFound)) => "a channel that was removed".to_owned(),
        kept => kept?.it.name,
    };
    let sentence = match &route.clients {
        Clients::Any => route.sentence(),
        Clients::Listed(listed) => {
            let mut names: Vec<String> = tenant.clients().await?.into_iter().filter(|row| listed.contains(&ClientId(row.id))).map(|row| row.name).collect();
            names.sort_by_cached_key(|name| name.to_lowercase());
            let more = listed.len().saturating_sub(NAMED.min(names.len()));
            names.truncate(NAMED);
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            route.sentence_of(&format!("{}{more}", names.join(", ")))
        }
    };
    Ok(format!("{}: {sentence}, to {channel}{}", route.name, if route.on { "" } else { ", off" }))
}

async fn record(writing: &Writing, action: &'static str, route: &Route, words: (Option<String>, Option<String>), by: &By) -> Result<(), Failure> {
    let act = Act {
        action,
        object: Some(("route", route.id.to_string())),
        name: Some(route.name.clone()),
        before: words.0,
        after: words.1,
        address: Some(by.address.clone()),
        ..Act::default()
    };
    writing.record(by.now, act).await
}
