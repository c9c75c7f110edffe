//! Alerts: the inbox, one alert, what people do to it, and the policies that say what is watched.

mod acts;
mod lists;
mod one;
mod policies;
mod pulse;

pub use acts::{Typed, act, act_on_many};
pub use lists::{inbox, tab};
pub use one::{effective, page};
pub use policies::{Place, add, change, condition, list, place, policy};
pub use pulse::{Full, Onlookers, Place as Onlooker, Pulse};
