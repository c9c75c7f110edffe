//! Updates: what waits where, what was decided about it, how it gets installed, and the figures about all that.

pub mod catalogue;
pub mod triple;
pub mod why;

pub use catalogue::{Class, Key, Source, Update};
pub use why::Sentence;
