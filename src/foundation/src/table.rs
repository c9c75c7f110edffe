//! Declares a table's rows: an entity whose key columns are written out, in one short form for every room.

/// `table! { module = "table" { key { .. } rest { .. } } }` makes `module::{Entity, Model, ActiveModel, Column}`.
macro_rules! table {
    ($(#[$doc:meta])* $module:ident = $table:literal { key { $($key:ident: $key_type:ty),* $(,)? } rest { $($field:ident: $type:ty),* $(,)? } }) => {
        $(#[$doc])*
        pub mod $module {
            #[allow(unused_imports, clippy::allow_attributes, reason = "not every table holds an id")]
            use sea_orm::{entity::prelude::*, prelude::Uuid};

            #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                $(#[sea_orm(primary_key, auto_increment = false)] pub $key: $key_type,)*
                $(pub $field: $type,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

pub(crate) use table;
