//! What an MSP needs to begin by itself: one-time links, archiving, acts on devices, software across the fleet, a fuller audit.

use sea_orm_migration::prelude::*;

/// The changes, in the order of their references.
pub(crate) const PARTS: [&str; 5] =
    [include_str!("people.sql"), include_str!("clients.sql"), include_str!("devices.sql"), include_str!("software.sql"), include_str!("audit.sql")];

/// Adds to the first shape.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261121_onboarding"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::create(manager, &PARTS).await
    }
}
