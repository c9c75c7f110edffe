//! Tenants as the platform sees them.

mod mark;

use std::str::FromStr;

pub use mark::mark;

/// Whether a tenant is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TenantState {
    /// Served.
    Active,
    /// Nobody signs in and agents are sent away until the operator says otherwise.
    Suspended,
}

impl TenantState {
    /// The word that storage uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }
}

impl FromStr for TenantState {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::Active, Self::Suspended].into_iter().find(|state| state.word() == word).ok_or(())
    }
}

/// Whether `slug` can be a host label: 2 to 40 of `a-z`, `0-9` and inner hyphens.
pub fn is_slug(slug: &str) -> bool {
    (2..=40).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::is_slug;

    #[test]
    fn slugs_are_host_labels() {
        for good in ["ab", "northwind", "a-1"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "a", "-a", "a-", "A1", "a_b", "a.b", "a/b", "ü1", &"x".repeat(41)] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}
