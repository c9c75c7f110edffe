//! Puts a report on paper: PDF and spreadsheets from plain data. Nothing here reads a file, asks a network or knows the time.

mod facts;
mod pdf;
mod world;
mod xlsx;

pub use pdf::pdf;
pub use xlsx::xlsx;

/// A document that could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the document could not be made: {0}")]
pub struct Broken(String);

impl Broken {
    fn because(why: impl std::fmt::Display) -> Self {
        Self(why.to_string())
    }
}
