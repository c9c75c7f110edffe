//! Invented people, for render tests and previews.

use domain::{
    Fault,
    ids::{AccessGroupId, ClientId, PersonId, Uuid},
    people::Role,
    time::{DAY, MINUTE},
};

use super::{AddPage, Faults, GrantForm, GroupsPage, OneGroup, PeoplePage, PersonLine, PersonPage, PersonState, Picks, WelcomePage};
use crate::{audit::AuditTail, layout::sample::NOW};

fn line(n: u128, name: &str, email: &str, role: Role, scope: &str, state: PersonState) -> PersonLine {
    let signed_in = (state == PersonState::Active).then_some(NOW - i64::try_from(n).unwrap_or(1) * 40 * MINUTE);
    PersonLine { id: PersonId(Uuid::from_u128(n)), name: name.into(), email: email.into(), role: Some(role), scope: scope.into(), state, signed_in, me: n == 1 }
}

impl PeoplePage {
    /// Somebody of each role and state.
    pub fn sample() -> Self {
        let mut gone = line(5, "Piet Maas", "piet@northwind.example", Role::Technician, "South", PersonState::Disabled);
        gone.signed_in = Some(NOW - 40 * DAY);
        Self {
            people: vec![
                line(1, "Helen Marsh", "owner@northwind.example", Role::Owner, "All clients", PersonState::Active),
                line(2, "Priya Raman", "tech@northwind.example", Role::Technician, "All clients", PersonState::Active),
                line(3, "Sam Otieno", "scoped@northwind.example", Role::Technician, "South, Legal", PersonState::Active),
                line(4, "Ingrid Voss", "contact@castell-legal.example", Role::Contact, "Castell Legal", PersonState::Invited),
                gone,
            ],
            older: Some("piet@northwind.example".into()),
            ..Self::default()
        }
    }
}

impl Picks {
    /// What an owner may choose from.
    pub fn sample() -> Self {
        let clients = ["Castell Legal", "Oakridge Surgery"].into_iter().zip(1..).map(|(name, n)| (ClientId(Uuid::from_u128(n)), name.to_owned()));
        Self { roles: Role::ALL.to_vec(), clients: clients.collect(), groups: vec![(AccessGroupId(Uuid::from_u128(1)), "South".into(), 2)] }
    }
}

impl AddPage {
    /// A refused try.
    pub fn sample() -> Self {
        Self {
            name: "Ann Archer".into(),
            email: "ann".into(),
            grant: GrantForm { role: "technician".into(), scope: "groups".into(), ..GrantForm::default() },
            picks: Picks::sample(),
            faults: Faults(vec![Fault::new("email", "is not an e-mail address"), Fault::new("groups", "needs at least one")]),
        }
    }
}

impl PersonPage {
    /// A technician of some clients.
    pub fn sample() -> Self {
        let line = PeoplePage::sample().people.remove(2);
        let grant =
            GrantForm { role: "technician".into(), scope: "groups".into(), groups: vec![AccessGroupId(Uuid::from_u128(1)).to_string()], client: String::new() };
        Self { line, grant, picks: Picks::sample(), faults: Faults::default(), acts: Some(AuditTail::sample()) }
    }
}

impl GroupsPage {
    /// One group and the form for another.
    pub fn sample() -> Self {
        let south = OneGroup {
            id: Some(AccessGroupId(Uuid::from_u128(1))),
            name: "South".into(),
            clients: vec![ClientId(Uuid::from_u128(1)).to_string()],
            people: 0,
            faults: Faults::default(),
        };
        Self { groups: vec![south, OneGroup::default()], clients: Picks::sample().clients }
    }
}

impl WelcomePage {
    /// A refused try.
    pub fn sample() -> Self {
        Self {
            token: "ptl_0".into(),
            name: "Ann Archer".into(),
            email: "ann@northwind.example".into(),
            portal: "Northwind IT".into(),
            faults: Faults(vec![Fault::new("again", "is not the same")]),
        }
    }
}
