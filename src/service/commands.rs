//! Commands to devices: asked for and taken back by people, taken and answered by agents.

mod agent;
mod ask;
mod pages;
mod waiting;

pub use agent::{News, keys, news, told};
pub use ask::{Asked, Vain, ask, ask_on_behalf, cancel, in_vain, withdraw};
pub use pages::{one, tab};
pub use waiting::Waiting;
