//! Sessions by the hash of their id: a tenant's people, and apart from them the platform's operators.

use domain::{
    Moment,
    ids::{SessionId, TenantId},
    sign_in::SessionLimits,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, Set,
    prelude::{Expr, Uuid},
    sea_query::OnConflict,
};

use super::Directory;
use crate::{Failure, people::rows::session, tenancy::Access, tenants::rows::operator_session};

/// Where a session lives. A session of one home does not exist in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SessionHome {
    /// People of a tenant.
    Tenant(TenantId),
    /// Operators.
    Platform,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// Its name in lists; it opens nothing.
    pub id: SessionId,
    /// The person or operator.
    pub owner: Uuid,
    /// When they signed in.
    pub created_at: Moment,
    /// Its last use, to the minute.
    pub seen_at: Moment,
    /// What the session layer keeps, as JSON.
    pub data: String,
    /// Where from.
    pub address: String,
    /// The browser, as it calls itself.
    pub browser: String,
}

impl SessionHome {
    /// How long sessions live here.
    pub const fn limits(self) -> SessionLimits {
        match self {
            Self::Tenant(_) => SessionLimits::PERSON,
            Self::Platform => SessionLimits::OPERATOR,
        }
    }

    const fn tenant(self) -> Option<TenantId> {
        match self {
            Self::Tenant(tenant) => Some(tenant),
            Self::Platform => None,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a session is looked up before its person is known; each statement names its home")]
impl Directory {
    /// The session with this hash that lives at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, home: SessionHome, hash: &[u8], now: Moment) -> Result<Option<StoredSession>, Failure> {
        let tx = self.0.pools.begin(Access::Read, home.tenant()).await?;
        let found = match home {
            SessionHome::Tenant(tenant) => session::Entity::find_by_id((tenant.0, hash.to_vec())).one(&tx).await?.map(StoredSession::from),
            SessionHome::Platform => operator_session::Entity::find_by_id(hash.to_vec()).one(&tx).await?.map(StoredSession::from),
        };
        Ok(found.filter(|found| home.limits().alive(now, found.created_at, found.seen_at)))
    }

    /// Stores a new session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_session(&self, home: SessionHome, hash: Vec<u8>, kept: StoredSession) -> Result<(), Failure> {
        let tx = self.0.pools.begin(Access::Write, home.tenant()).await?;
        match home {
            SessionHome::Tenant(tenant) => {
                use session::Column;
                let conflict = OnConflict::columns([Column::TenantId, Column::IdHash]).update_columns([Column::Data, Column::SeenAt]).to_owned();
                session::Entity::insert(person_row(tenant, hash, kept)).on_conflict(conflict).exec_without_returning(&tx).await?;
            }
            SessionHome::Platform => {
                use operator_session::Column;
                let conflict = OnConflict::column(Column::IdHash).update_columns([Column::Data, Column::SeenAt]).to_owned();
                operator_session::Entity::insert(operator_row(hash, kept)).on_conflict(conflict).exec_without_returning(&tx).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Changes what a session holds; one that was ended meanwhile stays ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_session(&self, home: SessionHome, hash: &[u8], data: String, now: Moment) -> Result<(), Failure> {
        let tx = self.0.pools.begin(Access::Write, home.tenant()).await?;
        match home {
            SessionHome::Tenant(tenant) => {
                use session::Column;
                let mine = session::Entity::update_many().filter(Column::TenantId.eq(tenant.0)).filter(Column::IdHash.eq(hash));
                mine.col_expr(Column::Data, Expr::value(data)).col_expr(Column::SeenAt, Expr::value(now.0)).exec(&tx).await?;
            }
            SessionHome::Platform => {
                use operator_session::Column;
                let mine = operator_session::Entity::update_many().filter(Column::IdHash.eq(hash));
                mine.col_expr(Column::Data, Expr::value(data)).col_expr(Column::SeenAt, Expr::value(now.0)).exec(&tx).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_session(&self, home: SessionHome, hash: &[u8], now: Moment) -> Result<(), Failure> {
        let tx = self.0.pools.begin(Access::Write, home.tenant()).await?;
        match home {
            SessionHome::Tenant(tenant) => {
                use session::Column;
                let mine = session::Entity::update_many().filter(Column::TenantId.eq(tenant.0)).filter(Column::IdHash.eq(hash));
                mine.col_expr(Column::SeenAt, Expr::value(now.0)).exec(&tx).await?;
            }
            SessionHome::Platform => {
                use operator_session::Column;
                let mine = operator_session::Entity::update_many().filter(Column::IdHash.eq(hash));
                mine.col_expr(Column::SeenAt, Expr::value(now.0)).exec(&tx).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, home: SessionHome, hash: &[u8]) -> Result<(), Failure> {
        let tx = self.0.pools.begin(Access::Write, home.tenant()).await?;
        match home {
            SessionHome::Tenant(tenant) => session::Entity::delete_by_id((tenant.0, hash.to_vec())).exec(&tx).await?,
            SessionHome::Platform => operator_session::Entity::delete_by_id(hash.to_vec()).exec(&tx).await?,
        };
        Ok(tx.commit().await?)
    }
}

fn person_row(tenant: TenantId, hash: Vec<u8>, kept: StoredSession) -> session::ActiveModel {
    session::ActiveModel {
        tenant_id: Set(tenant.0),
        id_hash: Set(hash),
        id: Set(kept.id.0),
        person_id: Set(kept.owner),
        created_at: Set(kept.created_at.0),
        seen_at: Set(kept.seen_at.0),
        data: Set(kept.data),
        address: Set(kept.address),
        browser: Set(kept.browser),
    }
}

fn operator_row(hash: Vec<u8>, kept: StoredSession) -> operator_session::ActiveModel {
    operator_session::ActiveModel {
        id_hash: Set(hash),
        operator_id: Set(kept.owner),
        created_at: Set(kept.created_at.0),
        seen_at: Set(kept.seen_at.0),
        data: Set(kept.data),
        address: Set(kept.address),
        browser: Set(kept.browser),
    }
}

impl From<session::Model> for StoredSession {
    fn from(row: session::Model) -> Self {
        Self {
            id: SessionId(row.id),
            owner: row.person_id,
            created_at: Moment(row.created_at),
            seen_at: Moment(row.seen_at),
            data: row.data,
            address: row.address,
            browser: row.browser,
        }
    }
}

impl From<operator_session::Model> for StoredSession {
    fn from(row: operator_session::Model) -> Self {
        Self {
            id: SessionId(row.operator_id),
            owner: row.operator_id,
            created_at: Moment(row.created_at),
            seen_at: Moment(row.seen_at),
            data: row.data,
            address: row.address,
            browser: row.browser,
        }
    }
}
