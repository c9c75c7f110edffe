//! How a machine becomes a device: the key it presents, and the way its agent signs.

pub mod signature;

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

#[cfg(test)]
mod tests {
    use super::*;

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
