//! The care for clients: maintenance windows, notices, patching, reports and requests.

use sea_orm_migration::prelude::*;

/// The changes, in the order of their references.
pub(crate) const PARTS: [&str; 5] =
    [include_str!("windows.sql"), include_str!("notices.sql"), include_str!("patching.sql"), include_str!("reports.sql"), include_str!("requests.sql")];

/// Adds to the shape.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261123_care"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::create(manager, &PARTS).await
    }
}
