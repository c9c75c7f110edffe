//! How a machine becomes a device: the key it presents, and the way its agent signs.

pub mod query;
pub mod signature;
pub mod wanted;

use std::str::FromStr;

use crate::Moment;

/// Why a new device was not taken under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    /// The key was revoked: neither new devices nor reports.
    #[error("this enrolment key was revoked")]
    Revoked,
    /// The key expired: no new devices.
    #[error("this enrolment key has expired; devices that use it already keep reporting")]
    Expired,
    /// The key has enrolled as many devices as it may.
    #[error("this enrolment key has enrolled all the devices it may")]
    UsedUp,
}

/// The limits of a key, as stored.
#[derive(Debug, Clone, Copy)]
pub struct KeyLimits {
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
    /// When it stops taking new devices.
    pub expires_at: Option<Moment>,
    /// How many devices it may enrol.
    pub most: Option<i64>,
    /// How many it has enrolled.
    pub used: i64,
}

impl KeyLimits {
    /// Whether a device that is known already may report under the key.
    ///
    /// # Errors
    /// [`KeyRefusal::Revoked`] only: expiry and count limit new devices.
    pub fn report(&self) -> Result<(), KeyRefusal> {
        self.revoked_at.map_or(Ok(()), |_| Err(KeyRefusal::Revoked))
    }

    /// Whether a new device may enrol at `now`.
    ///
    /// # Errors
    /// The first limit that stands against it.
    pub fn enrol(&self, now: Moment) -> Result<(), KeyRefusal> {
        self.report()?;
        if self.expires_at.is_some_and(|at| now >= at) {
            return Err(KeyRefusal::Expired);
        }
        if self.most.is_some_and(|most| self.used >= most) {
            return Err(KeyRefusal::UsedUp);
        }
        Ok(())
    }
}

/// What a key is at one instant; derived from its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyState {
    /// It takes new devices.
    Active,
    /// It takes no new devices any more; those it has report on.
    Expired,
    /// It has enrolled as many devices as it may; they report on.
    UsedUp,
    /// Nothing that uses it is believed.
    Revoked,
}

impl KeyState {
    /// Each state, in the order of lists.
    pub const ALL: [KeyState; 4] = [Self::Active, Self::Expired, Self::UsedUp, Self::Revoked];

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::UsedUp => "used-up",
            Self::Revoked => "revoked",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Expired => "Expired",
            Self::UsedUp => "Used up",
            Self::Revoked => "Revoked",
        }
    }
}

impl FromStr for KeyState {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == word).ok_or(())
    }
}

impl KeyLimits {
    /// The state at `now`.
    pub fn state(&self, now: Moment) -> KeyState {
        match self.enrol(now) {
            Ok(()) => KeyState::Active,
            Err(KeyRefusal::Revoked) => KeyState::Revoked,
            Err(KeyRefusal::Expired) => KeyState::Expired,
            Err(KeyRefusal::UsedUp) => KeyState::UsedUp,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_what_the_limits_say() {
        let open = KeyLimits { revoked_at: None, expires_at: Some(Moment(10)), most: Some(2), used: 1 };
        assert_eq!((open.state(Moment(9)), open.state(Moment(10))), (KeyState::Active, KeyState::Expired));
        assert_eq!(KeyLimits { used: 2, ..open }.state(Moment(9)), KeyState::UsedUp);
        assert_eq!(KeyLimits { revoked_at: Some(Moment(1)), used: 2, ..open }.state(Moment(99)), KeyState::Revoked);
        assert!(KeyState::ALL.into_iter().all(|state| state.word().parse() == Ok(state)) && "asleep".parse::<KeyState>().is_err());
    }

    #[test]
    fn expiry_and_count_limit_new_devices_only() {
        let key = KeyLimits { revoked_at: None, expires_at: Some(Moment(10)), most: Some(2), used: 1 };
        assert_eq!(key.enrol(Moment(9)), Ok(()));
        assert_eq!(key.enrol(Moment(10)), Err(KeyRefusal::Expired));
        assert_eq!(KeyLimits { used: 2, ..key }.enrol(Moment(9)), Err(KeyRefusal::UsedUp));
        assert_eq!(KeyLimits { used: 2, ..key }.report(), Ok(()));
        let revoked = KeyLimits { revoked_at: Some(Moment(1)), ..key };
        assert_eq!(revoked.report(), Err(KeyRefusal::Revoked));
        assert_eq!(revoked.enrol(Moment(2)), Err(KeyRefusal::Revoked));
    }
}
