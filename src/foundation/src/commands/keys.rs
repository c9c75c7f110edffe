//! The key with which a tenant signs commands. It is made when the first agent asks for work, and never leaves the server.

use domain::{Moment, ids::Uuid};
use rand::{TryRngCore, rngs::OsRng};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, sea_query::OnConflict};

use super::rows::signing_key::{ActiveModel, Column, Entity};
use crate::{Failure, Tenant, Writing};

/// A key pair: 32 bytes each.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKeys {
    /// The Ed25519 seed.
    pub secret: Vec<u8>,
    /// What agents check with.
    pub public: Vec<u8>,
}

// Written by hand, because the secret must not reach a log.
impl std::fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKeys").field("public", &self.public).finish_non_exhaustive()
    }
}

impl Tenant {
    /// The tenant's signing key, once it was made.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "agents reach nothing that is the tenant's own, and the server signs for them; the tenant is named")]
    pub async fn signing_key(&self) -> Result<Option<SigningKeys>, Failure> {
        let oldest = Entity::find().filter(Column::TenantId.eq(self.id().0)).order_by_asc(Column::CreatedAt).order_by_asc(Column::Id);
        let row = oldest.limit(1).one(self.connection()).await?;
        Ok(row.map(|row| SigningKeys { secret: row.secret, public: row.public }))
    }
}

impl Writing {
    /// Makes `keys` the tenant's signing key unless it has one; gives the one that it has then. Of two that are made at once one is kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_signing_key(&self, keys: SigningKeys, now: Moment) -> Result<SigningKeys, Failure> {
        let row = ActiveModel { id: Set(Uuid::nil()), secret: Set(keys.secret), public: Set(keys.public), created_at: Set(now.0), ..Default::default() };
        let one = OnConflict::columns([Column::TenantId, Column::Id]).do_nothing().to_owned();
        self.upsert(vec![row], one).await?;
        Ok(self.signing_key().await?.ok_or(domain::Refusal::Unavailable(1))?)
    }
}

impl SigningKeys {
    /// 32 random bytes for a new key.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn seed() -> std::io::Result<[u8; 32]> {
        let mut seed = [0; 32];
        OsRng.try_fill_bytes(&mut seed).map_err(std::io::Error::other)?;
        Ok(seed)
    }
}
