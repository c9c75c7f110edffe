//! The keys within reach, their states and their devices.

use domain::{
    Moment, Refusal,
    devices::status::Standing,
    enrolment::{KeyLimits, KeyState, query::KeyQuery},
    ids::{ClientId, EnrolmentKeyId, SiteId},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, Func},
};

use super::paging::page;
use crate::{
    Failure, Tenant,
    clients::rows::{client, site},
    devices::{
        DeviceRow, containing, count_where, line,
        rows::{
            device,
            enrolment_key::{Column, Entity},
        },
    },
    tenancy::Scoped,
};

/// Keys of one page.
pub const PAGE: u64 = 50;

/// A key with the names of where it enrols to; never its secret.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct KeyRow {
    pub id: Uuid,
    pub client_id: Uuid,
    pub site_id: Uuid,
    pub client_name: String,
    pub site_name: String,
    pub name: String,
    pub needs_approval: bool,
    pub expires_at: Option<i64>,
    pub most: Option<i64>,
    pub used: i64,
    pub created_at: i64,
    pub revoked_at: Option<i64>,
    pub last_used_at: Option<i64>,
}

/// A page of keys, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPage {
    /// At most [`PAGE`] rows.
    pub rows: Vec<KeyRow>,
    /// Whether newer ones exist.
    pub newer: bool,
    /// Whether older ones exist.
    pub older: bool,
}

/// How many keys are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct KeyCounts {
    pub active: i64,
    pub expired: i64,
    pub used_up: i64,
    pub revoked: i64,
}

/// How many devices came under a key: all, those that have reported, those that wait for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct KeyDevices {
    pub devices: i64,
    pub reported: i64,
    pub pending: i64,
}

impl KeyRow {
    /// The key.
    pub const fn id(&self) -> EnrolmentKeyId {
        EnrolmentKeyId(self.id)
    }

    /// Its client.
    pub const fn client(&self) -> ClientId {
        ClientId(self.client_id)
    }

    /// Its site.
    pub const fn site(&self) -> SiteId {
        SiteId(self.site_id)
    }

    /// Its limits.
    pub fn limits(&self) -> KeyLimits {
        KeyLimits { revoked_at: self.revoked_at.map(Moment), expires_at: self.expires_at.map(Moment), most: self.most, used: self.used }
    }
}

impl KeyCounts {
    /// Keys in `state`.
    pub const fn of(&self, state: KeyState) -> i64 {
        match state {
            KeyState::Active => self.active,
            KeyState::Expired => self.expired,
            KeyState::UsedUp => self.used_up,
            KeyState::Revoked => self.revoked,
        }
    }

    /// Keys in any state.
    pub const fn all(&self) -> i64 {
        self.active + self.expired + self.used_up + self.revoked
    }
}

fn col(column: Column) -> Expr {
    Expr::col((Entity, column))
}

/// The keys in one state at `now`; each key is in exactly one.
fn in_state(state: KeyState, now: Moment) -> Condition {
    let expired = || col(Column::ExpiresAt).is_not_null().and(col(Column::ExpiresAt).lte(now.0));
    let used_up = || col(Column::Most).is_not_null().and(col(Column::Used).gte(col(Column::Most)));
    let standing = Condition::all().add(col(Column::RevokedAt).is_null());
    match state {
        KeyState::Revoked => Condition::all().add(col(Column::RevokedAt).is_not_null()),
        KeyState::Expired => standing.add(expired()),
        KeyState::UsedUp => standing.add(Condition::all().not().add(expired())).add(used_up()),
        KeyState::Active => standing.add(Condition::all().not().add(expired())).add(Condition::all().not().add(used_up())),
    }
}

fn named(q: &str) -> Option<Condition> {
    let like = |column: Expr| Expr::from(Func::lower(column)).like(containing(q));
    (!q.is_empty()).then(|| Condition::any().add(like(col(Column::Name))).add(like(Expr::col((client::Entity, client::Column::Name)))))
}

/// The keys with the names of client and site.
fn placed<'a>(keys: Scoped<'a, Entity>) -> Scoped<'a, Entity> {
    keys.join::<client::Entity>(Column::ClientId).join::<site::Entity>(Column::SiteId)
}

fn row(keys: Scoped<'_, Entity>) -> Scoped<'_, Entity> {
    placed(keys)
        .columns([
            Column::Id,
            Column::ClientId,
            Column::SiteId,
            Column::Name,
            Column::NeedsApproval,
            Column::ExpiresAt,
            Column::Most,
            Column::Used,
            Column::CreatedAt,
            Column::RevokedAt,
            Column::LastUsedAt,
        ])
        .column_as(client::Column::Name.into_expr(), "client_name")
        .column_as(site::Column::Name.into_expr(), "site_name")
}

impl Tenant {
    /// The page of keys that `query` asks for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enrolment_keys(&self, query: &KeyQuery, now: Moment) -> Result<KeyPage, Failure> {
        let state = query.state.map(|state| in_state(state, now));
        let select = row(self.find::<Entity>()).filter(Condition::all().add_option(state).add_option(named(&query.q)));
        let found = page(select, (Column::CreatedAt, Column::Id), true, query.place.as_ref(), PAGE).await?;
        Ok(KeyPage { rows: found.rows, newer: found.earlier, older: found.later })
    }

    /// How many keys of each state have `q` in their or their client's name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enrolment_key_counts(&self, q: &str, now: Moment) -> Result<KeyCounts, Failure> {
        let of = |state| count_where(in_state(state, now));
        let keys = placed(self.find::<Entity>()).filter(Condition::all().add_option(named(q))).columns([]);
        let counts = keys
            .column_as(of(KeyState::Active), "active")
            .column_as(of(KeyState::Expired), "expired")
            .column_as(of(KeyState::UsedUp), "used_up")
            .column_as(of(KeyState::Revoked), "revoked");
        Ok(counts.one_as::<KeyCounts>().await?.unwrap_or_default())
    }

    /// A key within reach.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] alike for another client's and none at all.
    pub async fn enrolment_key(&self, id: EnrolmentKeyId) -> Result<KeyRow, Failure> {
        row(self.find::<Entity>()).filter(col(Column::Id).eq(id.0)).one_as::<KeyRow>().await?.ok_or(Refusal::NotFound.into())
    }

    /// How many devices came under `key`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key_devices(&self, key: EnrolmentKeyId) -> Result<KeyDevices, Failure> {
        use device::Column;
        let counts = self
            .find::<device::Entity>()
            .filter(Column::EnrolmentKeyId.eq(key.0))
            .columns([])
            .column_as(count_where(Column::Id.is_not_null()), "devices")
            .column_as(count_where(Column::LastSeenAt.gt(0)), "reported")
            .column_as(count_where(Column::Standing.eq(Standing::Pending.word())), "pending");
        Ok(counts.one_as::<KeyDevices>().await?.unwrap_or_default())
    }

    /// The newest `most` devices that came under `key`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn devices_of_key(&self, key: EnrolmentKeyId, most: u64) -> Result<Vec<DeviceRow>, Failure> {
        use device::Column;
        let rows = self.find::<device::Entity>().filter(Column::EnrolmentKeyId.eq(key.0));
        let newest = rows.order_by(Expr::col((device::Entity, Column::EnrolledAt)), Order::Desc).order_by(Expr::col((device::Entity, Column::Id)), Order::Desc);
        line(newest.limit(most)).all_as::<DeviceRow>().await
    }
}
