//! One's own account: where one is signed in.

mod sessions;

pub use sessions::{SessionLine, Sessions, SessionsPage};
