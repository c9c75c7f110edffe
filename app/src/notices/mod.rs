//! Notices: the channels and routes of a tenant, and the log of what left.

mod channel;
mod channels;
mod deliveries;
mod delivery;
mod model;
mod parts;
mod route;
pub mod sample;
#[cfg(test)]
mod tests;

pub use channel::SecretPage;
pub use model::*;
pub use parts::StateMark;
