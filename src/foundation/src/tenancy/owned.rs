//! Which column says whose a row is. An entity without one of these cannot be read at all.

use sea_orm::EntityTrait;

/// Rows that belong to one tenant.
pub trait TenantOwned: EntityTrait {
    /// The column with the tenant.
    const TENANT: Self::Column;
    /// The column with the client, where the rows are a client's.
    const CLIENT: Option<Self::Column>;
    /// The column with the row's own id, for joins.
    const ID: Option<Self::Column>;
}

/// Rows that belong to one client of a tenant; what contacts and scoped staff may see at most.
pub trait ClientOwned: TenantOwned {}

/// Rows that belong to one device; read only with a device in hand that was itself found in scope.
pub trait DeviceOwned: EntityTrait {
    /// The column with the tenant.
    const TENANT: Self::Column;
    /// The column with the device.
    const DEVICE: Self::Column;
}

/// States the owner of tables: one `owned!` for tenant-wide tables, one for each of a client's, one for a device's.
macro_rules! owned {
    ($(tenant $module:path;)*) => {$(
        const _: () = {
            use $module as rows;
            impl $crate::tenancy::TenantOwned for rows::Entity {
                const TENANT: rows::Column = rows::Column::TenantId;
                const CLIENT: Option<rows::Column> = None;
                const ID: Option<rows::Column> = None;
            }
            impl $crate::tenancy::Row for rows::ActiveModel {
                const TENANT: rows::Column = rows::Column::TenantId;
            }
        };
    )*};
    (named $module:path, $id:ident) => {
        const _: () = {
            use $module as rows;
            impl $crate::tenancy::TenantOwned for rows::Entity {
                const TENANT: rows::Column = rows::Column::TenantId;
                const CLIENT: Option<rows::Column> = None;
                const ID: Option<rows::Column> = Some(rows::Column::$id);
            }
            impl $crate::tenancy::Row for rows::ActiveModel {
                const TENANT: rows::Column = rows::Column::TenantId;
            }
        };
    };
    (client $module:path, $client:ident, $id:ident) => {
        const _: () = {
            use $module as rows;
            impl $crate::tenancy::TenantOwned for rows::Entity {
                const TENANT: rows::Column = rows::Column::TenantId;
                const CLIENT: Option<rows::Column> = Some(rows::Column::$client);
                const ID: Option<rows::Column> = Some(rows::Column::$id);
            }
            impl $crate::tenancy::ClientOwned for rows::Entity {}
            impl $crate::tenancy::Row for rows::ActiveModel {
                const TENANT: rows::Column = rows::Column::TenantId;
            }
        };
    };
    ($(device $module:path;)*) => {$(
        const _: () = {
            use $module as rows;
            impl $crate::tenancy::DeviceOwned for rows::Entity {
                const TENANT: rows::Column = rows::Column::TenantId;
                const DEVICE: rows::Column = rows::Column::DeviceId;
            }
            impl $crate::tenancy::Row for rows::ActiveModel {
                const TENANT: rows::Column = rows::Column::TenantId;
            }
        };
    )*};
}

pub(crate) use owned;
