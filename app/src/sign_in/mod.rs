//! Sign-in: who are you, and nothing about where you were going.

mod page;

pub use page::{SignIn, SignInPage};
