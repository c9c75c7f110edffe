//! What the pages of people show.

use domain::{
    Fault, Moment,
    ids::{AccessGroupId, ClientId, PersonId},
    people::Role,
};

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonState {
    /// Has a password.
    Active,
    /// Has a link and no password yet.
    Invited,
    /// Was told to stay out.
    Disabled,
}

/// Somebody in a list.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// Who.
    pub id: PersonId,
    /// First and last name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// What they are.
    pub role: Option<Role>,
    /// Which clients, in words: `All clients`, `Castell Legal`, `South, Legal`.
    pub scope: String,
    /// Whether they can sign in.
    pub state: PersonState,
    /// When they last signed in.
    pub signed_in: Option<Moment>,
    /// Whether it is the one who looks.
    pub me: bool,
}

/// What the viewer may choose from.
#[derive(Debug, Clone, Default)]
pub struct Picks {
    /// The roles that the viewer may give.
    pub roles: Vec<Role>,
    /// The clients.
    pub clients: Vec<(ClientId, String)>,
    /// The access groups with how many clients each holds.
    pub groups: Vec<(AccessGroupId, String, usize)>,
}

/// The choice of role and scope, as it stands or as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GrantForm {
    /// The role's word.
    pub role: String,
    /// `all` or `groups`.
    pub scope: String,
    /// The chosen groups.
    pub groups: Vec<String>,
    /// A contact's client.
    pub client: String,
}

/// What is wrong with a form, by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// What is wrong with `field`, as a sentence.
    pub fn of(&self, field: &str) -> Option<String> {
        let fault = self.0.iter().find(|fault| fault.field == field)?;
        let mut letters = fault.message.chars();
        let sentence: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        Some(if sentence.ends_with('.') { sentence } else { format!("{sentence}.") })
    }
}
