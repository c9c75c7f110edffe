//! Agents that exist already: their messages, their real program, and who they may be.

mod corpus;
mod debian;
mod foreign;
mod identity;
mod keys;

use foreign::Message;
pub use foreign::{Foreign, LINUX, rebuilt};
