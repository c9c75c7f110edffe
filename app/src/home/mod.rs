//! Home: what staff and contacts see first.

pub mod api;
#[cfg(feature = "ssr")]
mod contact;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod fresh;
#[cfg(feature = "ssr")]
mod health;
#[cfg(feature = "ssr")]
mod model;
#[cfg(feature = "ssr")]
pub mod sample;
#[cfg(feature = "ssr")]
mod side;
#[cfg(feature = "ssr")]
mod staff;
#[cfg(all(test, feature = "ssr"))]
mod tests;

#[cfg(feature = "ssr")]
pub use contact::ContactFirst;
#[cfg(feature = "ssr")]
pub use model::*;
#[cfg(feature = "ssr")]
pub use staff::StaffFirst;
