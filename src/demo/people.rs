//! The people of a demo tenant: three kinds of staff, and one contact for each client.

use domain::people::Role;

use super::tenant::{DemoClient, DemoPerson, DemoScope};

/// The three kinds of staff, by name.
pub struct Staff {
    pub owner: &'static str,
    pub technician: &'static str,
    pub scoped: &'static str,
    /// The clients of the technician who does not see all.
    pub clients: &'static [&'static str],
}

/// The people of the tenant `slug`; `contacts` are names in the order of `clients`.
pub fn people(slug: &str, time_zone: &'static str, staff: &Staff, clients: &[DemoClient], contacts: &[&'static str]) -> Vec<DemoPerson> {
    let person = |name, local: &str, domain: &str, role, scope| DemoPerson { name, email: format!("{local}@{domain}.example"), role, scope, time_zone };
    let mut people = vec![
        person(staff.owner, "owner", slug, Role::Owner, DemoScope::All),
        person(staff.technician, "tech", slug, Role::Technician, DemoScope::All),
        person(staff.scoped, "scoped", slug, Role::Technician, DemoScope::Clients(staff.clients)),
    ];
    let contact = |(client, name): (&DemoClient, &&'static str)| person(name, "contact", client.slug, Role::Contact, DemoScope::Contact(client.name));
    people.extend(clients.iter().zip(contacts).map(contact));
    people
}
