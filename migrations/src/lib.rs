//! The database's shape: one dated file per change, added and never edited.

mod dialect;
mod m20261121_first;
mod m20261121_onboarding;
mod m20261122_daily;
mod m20261123_care;

pub use dialect::tenant_tables;
use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

/// Every change, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_first::Migration),
            Box::new(m20261121_onboarding::Migration),
            Box::new(m20261122_daily::Migration),
            Box::new(m20261123_care::Migration),
        ]
    }
}

/// The SQL of every change, for checks on the shape itself.
pub fn statements() -> Vec<&'static str> {
    [m20261121_first::PARTS.as_slice(), m20261121_onboarding::PARTS.as_slice(), m20261122_daily::PARTS.as_slice(), m20261123_care::PARTS.as_slice()].concat()
}
