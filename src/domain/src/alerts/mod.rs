//! Alerts: what is watched, what is wrong, who is told and why.

pub mod alert;
pub mod channel;
pub mod clean;
pub mod condition;
pub mod diff;
pub mod evaluate;
pub mod inbox;
pub mod kind;
pub mod observe;
pub mod part;
pub mod policy;
pub mod route;
pub mod routing;
pub mod sample;
pub mod setting;
pub mod severity;
pub mod state;
pub mod why;

pub use alert::{Act, Alert, Event, Refused, Step};
pub use channel::{Channel, Target};
pub use clean::{Checked, clean};
pub use condition::Key;
pub use evaluate::{Look, Phase, Track, Verdict, evaluate};
pub use inbox::InboxQuery;
pub use kind::{Kind, Subject};
pub use observe::{Observation, Value, not_seen, observe};
pub use part::Part;
pub use policy::{Asked, Document, Effective, Level, Rule, Sourced};
pub use route::{Clients, Route};
pub use routing::{Decision, Facts, Occasion, Quiet, plan};
pub use sample::Sample;
pub use setting::{Limits, Setting};
pub use severity::Severity;
pub use state::{By, Entry, State, What};
pub use why::Why;
