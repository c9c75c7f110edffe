//! The first shape.

use sea_orm_migration::prelude::*;

/// The tables, in the order of their references.
pub(crate) const PARTS: [&str; 4] = [include_str!("platform.sql"), include_str!("people.sql"), include_str!("devices.sql"), include_str!("audit.sql")];

/// Creates the first shape.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261121_first"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::create(manager, &PARTS).await
    }
}
