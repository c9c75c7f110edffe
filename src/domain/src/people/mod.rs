//! Who is at a tenant, and what they may do.

pub mod permissions;
pub mod role;
pub mod typed;

use std::collections::BTreeSet;

pub use permissions::Permission;
pub use role::Role;

use crate::ids::ClientId;

/// Which clients a role may be used on. An empty set is nothing, never everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every client of the tenant, also those added later.
    AllClients,
    /// These clients only.
    Clients(BTreeSet<ClientId>),
}

impl Scope {
    /// Whether `client` lies within the scope.
    pub fn holds(&self, client: ClientId) -> bool {
        match self {
            Self::AllClients => true,
            Self::Clients(clients) => clients.contains(&client),
        }
    }
}

/// Two capital letters for a face without a picture.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_scope_holds_nothing() {
        let client = ClientId(uuid::Uuid::from_u128(1));
        assert!(!Scope::Clients(BTreeSet::new()).holds(client));
        assert!(Scope::Clients([client].into()).holds(client));
        assert!(Scope::AllClients.holds(client));
    }

    #[test]
    fn initials_take_first_and_last() {
        assert_eq!(initials("Priya Raman"), "PR");
        assert_eq!(initials("Jo van den Berg"), "JB");
        assert_eq!(initials("cher"), "C");
        assert_eq!(initials(""), "");
    }
}
