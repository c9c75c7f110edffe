//! Updates: what waits where, what was decided about it, how it gets installed, and the figures about all that.

pub mod catalogue;
pub mod compliance;
pub mod decision;
pub mod due;
pub mod groups;
pub mod install;
pub mod outcome;
pub mod output;
pub mod patterns;
pub mod query;
pub mod rule;
pub mod run;
pub mod said;
#[cfg(feature = "zones")]
pub mod schedule;
pub mod state;
pub mod triple;
pub mod typed;
pub mod verify;
pub mod why;

pub use catalogue::{Class, Key, Source, Update};
pub use compliance::{Bucket, Share, Tally};
pub use decision::{Effective, decide};
pub use due::{Owed, Targets};
pub use rule::{Rule, RuleKind};
pub use said::{By, Level, Place, Say, Verdict};
pub use state::{Kind, State};
pub use why::Sentence;
