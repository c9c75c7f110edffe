//! Monitoring policies: what is set at the tenant, a client, a site or a device.

use domain::{
    Moment, Refusal,
    alerts::{Document, Effective, Level},
    ids::{ClientId, DeviceId, SiteId, Uuid},
};
use sea_orm::{ColumnTrait, Condition, Order, Set, prelude::Expr, sea_query::OnConflict};

use super::rows::policy::{ActiveModel, Column, Entity, Model};
use crate::{Failure, Tenant, Writing, devices::rows::device, tenancy::SeenDevice};

/// A policy, as stored.
pub type PolicyRow = Model;

/// Policies that one page lists.
const MOST: u64 = 201;

/// Where a policy is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The tenant's own.
    Tenant,
    /// A client's.
    Client(ClientId),
    /// A site's, with its client.
    Site(ClientId, SiteId),
    /// A device's, with its client.
    Device(ClientId, DeviceId),
}

/// The documents that hold for one device, nearest last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layers(Vec<(Level, Document)>);

impl Layers {
    /// What holds.
    pub fn effective(&self) -> Effective<'_> {
        Effective::new(self.0.iter().map(|(level, document)| (*level, document)))
    }

    /// What would hold without `level`.
    pub fn without(&self, level: Level) -> Effective<'_> {
        Effective::new(self.0.iter().filter(|(of, _)| *of != level).map(|(of, document)| (*of, document)))
    }
}

impl Spot {
    /// Its level.
    pub const fn level(self) -> Level {
        match self {
            Self::Tenant => Level::Tenant,
            Self::Client(_) => Level::Client,
            Self::Site(..) => Level::Site,
            Self::Device(..) => Level::Device,
        }
    }

    /// The client it belongs to.
    pub const fn client(self) -> Option<ClientId> {
        match self {
            Self::Tenant => None,
            Self::Client(client) | Self::Site(client, _) | Self::Device(client, _) => Some(client),
        }
    }

    fn subject(self, tenant: Uuid) -> Uuid {
        match self {
            Self::Tenant => tenant,
            Self::Client(id) => id.0,
            Self::Site(_, id) => id.0,
            Self::Device(_, id) => id.0,
        }
    }
}

fn read(row: &Model) -> Option<(Level, Document)> {
    Some((row.level.parse().ok()?, serde_json::from_str(&row.document).ok()?))
}

impl Tenant {
    /// The documents that hold for `device`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn policy_layers(&self, device: &SeenDevice) -> Result<Layers, Failure> {
        let (client, site) = (ClientId(device.row.client_id), SiteId(device.row.site_id));
        self.layers_of(&[Spot::Tenant, Spot::Client(client), Spot::Site(client, site), Spot::Device(client, device.id())]).await
    }

    /// The documents kept at these places.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "agents and scoped people are watched by the tenant's policy too; the places were found within reach")]
    pub async fn layers_of(&self, spots: &[Spot]) -> Result<Layers, Failure> {
        use sea_orm::{EntityTrait, QueryFilter};
        let one = |spot: &Spot| Condition::all().add(Column::Level.eq(spot.level().word())).add(Column::SubjectId.eq(spot.subject(self.id().0)));
        let any = spots.iter().map(one).fold(Condition::any(), Condition::add);
        let rows = Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(any).all(self.connection()).await?;
        let mut layers: Vec<(Level, Document)> = rows.iter().filter_map(read).collect();
        layers.sort_by_key(|(level, _)| *level);
        Ok(Layers(layers))
    }

    /// Every policy of the tenant, for work that looks at many devices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_policies(&self) -> Result<Vec<PolicyRow>, Failure> {
        self.find::<Entity>().all().await
    }

    /// The places below the tenant that have values of their own, newest first, at most 200; and whether there are more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn policies_below(&self) -> Result<(Vec<PolicyRow>, bool), Failure> {
        let mut below = Condition::all().add(Column::Level.ne(Level::Tenant.word())).add(Column::Amount.gt(0));
        if let Some(clients) = self.who().clients() {
            below = below.add(Column::ClientId.is_in(clients.iter().map(|id| id.0)));
        }
        let mut rows = self.find::<Entity>().filter(below).order_by(Column::ChangedAt, Order::Desc).limit(MOST).all().await?;
        let more = rows.len() as u64 == MOST;
        rows.truncate(200);
        Ok((rows, more))
    }

    /// What the devices with these `ids` are called; those out of reach are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn device_names(&self, ids: Vec<Uuid>) -> Result<Vec<(Uuid, String)>, Failure> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.find::<device::Entity>().filter(device::Column::Id.is_in(ids)).all().await?;
        Ok(rows.into_iter().map(|row| (row.id, row.name().to_owned())).collect())
    }

    /// What is kept at `spot`, with its revision; nothing is an empty document of revision 0.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn policy_at(&self, spot: Spot) -> Result<(Document, i64), Failure> {
        let mine = Condition::all().add(Column::Level.eq(spot.level().word())).add(Column::SubjectId.eq(spot.subject(self.id().0)));
        let row = self.find::<Entity>().filter(mine).one().await?;
        Ok(row.and_then(|row| Some((read(&row)?.1, row.revision))).unwrap_or_default())
    }
}

impl Writing {
    /// Keeps `document` at `spot`, where `seen` was the revision that somebody looked at.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody changed it meanwhile.
    pub async fn keep_policy(&self, spot: Spot, document: &Document, seen: i64, now: Moment) -> Result<(), Failure> {
        let meanwhile = || Refusal::Conflict("somebody changed this policy at the same time; look at it again before you change it".into());
        let amount = i64::try_from(document.iter().count()).unwrap_or(i64::MAX);
        let text = serde_json::to_string(document).map_err(|_| Refusal::invalid("policy", "cannot be stored"))?;
        if seen > 0 {
            let mine = Condition::all().add(Column::Level.eq(spot.level().word())).add(Column::SubjectId.eq(spot.subject(self.id().0)));
            let values = [
                (Column::Document, Expr::value(text)),
                (Column::Amount, Expr::value(amount)),
                (Column::Revision, Expr::value(seen + 1)),
                (Column::ChangedAt, Expr::value(now.0)),
            ];
            let kept = self.update::<Entity>(mine.add(Column::Revision.eq(seen)), values).await?;
            return if kept == 1 { Ok(()) } else { Err(meanwhile().into()) };
        }
        let row = ActiveModel {
            level: Set(spot.level().word().into()),
            subject_id: Set(spot.subject(self.id().0)),
            client_id: Set(spot.client().map(|id| id.0)),
            document: Set(text.clone()),
            amount: Set(amount),
            revision: Set(1),
            changed_at: Set(now.0),
            ..Default::default()
        };
        let first = OnConflict::columns([Column::TenantId, Column::Level, Column::SubjectId]).do_nothing().to_owned();
        self.upsert(vec![row], first).await?;
        let (stands, revision) = self.policy_at(spot).await?;
        if revision == 1 && stands == *document { Ok(()) } else { Err(meanwhile().into()) }
    }

    /// Live alerts, own windows and the own policy of `device` go to another client with it; what is over stays where it was.
    pub(crate) async fn move_alerts_of(&self, device: &SeenDevice, client: Uuid) -> Result<(), Failure> {
        use super::rows::alert;
        let live = alert::Column::Live.eq(true);
        self.update_of::<alert::Entity>(device, live, [(alert::Column::ClientId, Expr::value(client))]).await?;
        self.move_windows_of(device, client).await?;
        self.update::<Entity>(own(device), [(Column::ClientId, Expr::value(client))]).await.map(drop)
    }

    /// Removes the own policy and the own windows of `device`.
    pub(crate) async fn drop_policy_of(&self, device: &SeenDevice) -> Result<(), Failure> {
        self.drop_windows_of(device).await?;
        self.delete::<Entity>(own(device)).await.map(drop)
    }
}

fn own(device: &SeenDevice) -> Condition {
    Condition::all().add(Column::Level.eq(Level::Device.word())).add(Column::SubjectId.eq(device.row.id))
}
