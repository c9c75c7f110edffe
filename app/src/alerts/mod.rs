//! Alerts: the inbox, the page of one, a device's alerts and its effective policy, and the monitoring policies behind them.

mod acts;
mod condition;
mod device;
mod filters;
mod live;
mod model;
mod notices;
mod one;
mod page;
mod parts;
mod places;
mod policies;
mod policy;
mod rows;
mod rules;
pub mod sample;
#[cfg(test)]
mod tests;

pub use device::{DeviceAlerts, EffectivePolicy};
pub use model::*;
pub use notices::NoticeLine;
pub use one::AlertView;
pub use page::Inbox;
pub use policies::*;
