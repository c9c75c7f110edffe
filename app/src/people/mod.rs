//! People: who works here and who is a contact, what each may do, and the link that lets somebody in for the first time.

mod form;
mod groups;
mod list;
mod model;
mod person;
mod sample;
#[cfg(test)]
mod tests;
mod welcome;

pub use groups::{Groups, GroupsPage, OneGroup};
pub use list::{AddPage, PeoplePage};
pub use model::{Faults, GrantForm, PersonLine, PersonState, Picks};
pub use person::PersonPage;
pub use welcome::{Welcome, WelcomePage};
