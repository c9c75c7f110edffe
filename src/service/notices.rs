//! Notices: who is told of an alert, by which way, what became of it, and why somebody was not told.

mod caught;
mod channels;
mod gate;
mod log;
mod portal;
mod routes;
mod send;
mod tell;
mod test;

pub use caught::{caught, caught_one};
pub use channels::{ChannelForm, add_channel, change_channel, channel_page, new_channel, overview, remove_channel, renew_secret};
pub use log::{deliveries, delivery_page, export, retry};
pub use portal::Portal;
pub use routes::{RouteForm, add_route, change_route, new_route, remove_route, route_page};
pub use send::Senders;
pub(crate) use send::mail_settings;
pub(crate) use tell::notice;
pub use tell::{notices_of, tell};
pub use test::{TEST, send_test};

use domain::{
    Refusal,
    people::{Permission, Scope},
};
use foundation::Tenant;

/// Channels and routes carry the alerts of every client, so only who sees all clients may set them up.
fn require(tenant: &Tenant) -> Result<(), Refusal> {
    tenant.require(Permission::ChannelsManage)?;
    if tenant.who().scope == Scope::AllClients { Ok(()) } else { Err(Refusal::Forbidden("channels: manage, for all clients")) }
}
