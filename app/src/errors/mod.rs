//! What went wrong, what was kept, and a way on.

mod page;

pub use page::{Problem, ProblemPage};
