//! Alerts: what is watched, what is wrong, who is told and why.

pub mod clean;
pub mod condition;
pub mod diff;
pub mod evaluate;
pub mod kind;
pub mod observe;
pub mod part;
pub mod policy;
pub mod sample;
pub mod setting;
pub mod severity;

pub use clean::{Checked, clean};
pub use condition::Key;
pub use evaluate::{Look, Phase, Track, Verdict, evaluate};
pub use kind::{Kind, Subject};
pub use observe::{Observation, Value, not_seen, observe};
pub use part::Part;
pub use policy::{Asked, Document, Effective, Level, Rule, Sourced};
pub use sample::Sample;
pub use setting::{Limits, Setting};
pub use severity::Severity;
