//! Channels and routes, as people set them up.

use domain::{
    Moment, Refusal,
    alerts::{Channel, Clients, Route, Severity, Target},
    alerts::{channel::CHANNELS, route::ROUTES},
    ids::{ChannelId, RouteId},
};
use sea_orm::{ColumnTrait, Condition, Order, Set, prelude::Expr};

use super::rows::{channel, route};
use crate::{Failure, Tenant, Writing};

/// A channel or route with its version, which a form sends back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<T> {
    /// The thing.
    pub it: T,
    /// Its version.
    pub revision: i64,
}

/// What a channel is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Whether it is used.
    pub on: bool,
    /// Of a webhook, the address and the secret that signs for it.
    pub hook: Option<(String, String)>,
}

/// The channels of a tenant.
pub type Channels = Vec<Kept<Channel>>;

fn read_channel(row: channel::Model) -> Option<Kept<Channel>> {
    let target: Target = serde_json::from_str(&row.target).ok()?;
    Some(Kept { it: Channel { id: ChannelId(row.id), name: row.name, on: row.active, target }, revision: row.revision })
}

fn read_route(row: route::Model) -> Option<Kept<Route>> {
    let clients: Clients = serde_json::from_str(&row.clients).ok()?;
    let least = Severity::ALL.into_iter().find(|severity| severity.rank() == row.least)?;
    let (id, channel) = (RouteId(row.id), ChannelId(row.channel_id));
    let it = Route { id, name: row.name, on: row.active, least, clients, on_raise: row.on_raise, on_resolve: row.on_resolve, channel };
    Some(Kept { it, revision: row.revision })
}

impl Tenant {
    /// The channels by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn channels(&self) -> Result<Channels, Failure> {
        let rows = self.find::<channel::Entity>().order_by(channel::Column::Name, Order::Asc).limit(CHANNELS as u64).all().await?;
        Ok(rows.into_iter().filter_map(read_channel).collect())
    }

    /// The routes in the order in which they were made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn routes(&self) -> Result<Vec<Kept<Route>>, Failure> {
        let rows = self.find::<route::Entity>().order_by(route::Column::CreatedAt, Order::Asc).order_by(route::Column::Id, Order::Asc);
        Ok(rows.limit(ROUTES as u64).all().await?.into_iter().filter_map(read_route).collect())
    }

    /// One channel.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn channel(&self, id: ChannelId) -> Result<Kept<Channel>, Failure> {
        let row = self.find::<channel::Entity>().filter(channel::Column::Id.eq(id.0)).one().await?;
        Ok(row.and_then(read_channel).ok_or(Refusal::NotFound)?)
    }

    /// One route.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn route(&self, id: RouteId) -> Result<Kept<Route>, Failure> {
        let row = self.find::<route::Entity>().filter(route::Column::Id.eq(id.0)).one().await?;
        Ok(row.and_then(read_route).ok_or(Refusal::NotFound)?)
    }

    /// What a channel is good for right now; none when it is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn way(&self, id: ChannelId) -> Result<Option<Way>, Failure> {
        let row = self.find::<channel::Entity>().filter(channel::Column::Id.eq(id.0)).one().await?;
        Ok(row.and_then(|row| {
            let hook = match serde_json::from_str(&row.target).ok()? {
                Target::Webhook { url } => Some((url, row.secret.unwrap_or_default())),
                Target::Email { .. } => None,
            };
            Some(Way { on: row.active, hook })
        }))
    }
}

fn changed() -> Failure {
    Refusal::Conflict("Somebody else changed this meanwhile. Look at it as it is now, then change it again.".into()).into()
}

impl Writing {
    /// Adds a channel; `secret` signs for it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there are too many.
    pub async fn add_channel(&self, channel: &Channel, secret: Option<String>, now: Moment) -> Result<(), Failure> {
        if self.find::<channel::Entity>().count().await? >= CHANNELS as u64 {
            return Err(Refusal::invalid("name", format!("There are {CHANNELS} channels already; remove one first.")).into());
        }
        self.insert(channel::ActiveModel {
            id: Set(channel.id.0),
            name: Set(channel.name.clone()),
            active: Set(channel.on),
            kind: Set(channel.target.word().into()),
            target: Set(serde_json::to_string(&channel.target).unwrap_or_default()),
            secret: Set(secret),
            revision: Set(1),
            created_at: Set(now.0),
            ..Default::default()
        })
        .await
    }

    /// Changes a channel that was seen at version `seen`.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody changed it meanwhile.
    pub async fn change_channel(&self, channel: &Channel, seen: i64) -> Result<(), Failure> {
        use channel::Column;
        let values = [
            (Column::Name, Expr::value(channel.name.clone())),
            (Column::Active, Expr::value(channel.on)),
            (Column::Target, Expr::value(serde_json::to_string(&channel.target).unwrap_or_default())),
            (Column::Revision, Expr::value(seen + 1)),
        ];
        let same = Condition::all().add(Column::Id.eq(channel.id.0)).add(Column::Revision.eq(seen));
        if self.update::<channel::Entity>(same, values).await? == 0 { Err(changed()) } else { Ok(()) }
    }

    /// Gives a webhook another secret.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is none.
    pub async fn renew_secret(&self, id: ChannelId, secret: String) -> Result<(), Failure> {
        let hook = Condition::all().add(channel::Column::Id.eq(id.0)).add(channel::Column::Kind.eq("webhook"));
        let found = self.update::<channel::Entity>(hook, [(channel::Column::Secret, Expr::value(secret))]).await?;
        if found == 0 { Err(Refusal::NotFound.into()) } else { Ok(()) }
    }

    /// Removes a channel with its routes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn remove_channel(&self, id: ChannelId) -> Result<(), Failure> {
        if self.delete::<channel::Entity>(channel::Column::Id.eq(id.0)).await? == 0 { Err(Refusal::NotFound.into()) } else { Ok(()) }
    }

    /// Adds a route.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there are too many.
    pub async fn add_route(&self, route: &Route, now: Moment) -> Result<(), Failure> {
        if self.find::<route::Entity>().count().await? >= ROUTES as u64 {
            return Err(Refusal::invalid("name", format!("There are {ROUTES} routes already; remove one first.")).into());
        }
        self.insert(route::ActiveModel {
            id: Set(route.id.0),
            name: Set(route.name.clone()),
            active: Set(route.on),
            least: Set(route.least.rank()),
            clients: Set(serde_json::to_string(&route.clients).unwrap_or_default()),
            on_raise: Set(route.on_raise),
            on_resolve: Set(route.on_resolve),
            channel_id: Set(route.channel.0),
            revision: Set(1),
            created_at: Set(now.0),
            ..Default::default()
        })
        .await
    }

    /// Changes a route that was seen at version `seen`.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody changed it meanwhile.
    pub async fn change_route(&self, route: &Route, seen: i64) -> Result<(), Failure> {
        use route::Column;
        let values = [
            (Column::Name, Expr::value(route.name.clone())),
            (Column::Active, Expr::value(route.on)),
            (Column::Least, Expr::value(route.least.rank())),
            (Column::Clients, Expr::value(serde_json::to_string(&route.clients).unwrap_or_default())),
            (Column::OnRaise, Expr::value(route.on_raise)),
            (Column::OnResolve, Expr::value(route.on_resolve)),
            (Column::ChannelId, Expr::value(route.channel.0)),
            (Column::Revision, Expr::value(seen + 1)),
        ];
        let same = Condition::all().add(Column::Id.eq(route.id.0)).add(Column::Revision.eq(seen));
        if self.update::<route::Entity>(same, values).await? == 0 { Err(changed()) } else { Ok(()) }
    }

    /// Removes a route.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn remove_route(&self, id: RouteId) -> Result<(), Failure> {
        if self.delete::<route::Entity>(route::Column::Id.eq(id.0)).await? == 0 { Err(Refusal::NotFound.into()) } else { Ok(()) }
    }
}
