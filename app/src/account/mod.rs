//! One's own account: where one is signed in.

mod page;
mod sessions;

pub use page::AccountPage;
pub use sessions::{SessionLine, Sessions, SessionsPage};
