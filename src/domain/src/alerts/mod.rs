//! Alerts: what is watched, what is wrong, who is told and why.

pub mod condition;
pub mod diff;
pub mod kind;
pub mod part;
pub mod policy;
pub mod setting;
pub mod severity;

pub use condition::Key;
pub use kind::{Kind, Subject};
pub use part::Part;
pub use policy::{Asked, Document, Effective, Level, Rule, Sourced};
pub use setting::{Limits, Setting};
pub use severity::Severity;
