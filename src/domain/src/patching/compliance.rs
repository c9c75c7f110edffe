//! Compliance: installed of applicable and past due. What is unknown, excluded or not yet due stands beside it and never inside.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Mul, SubAssign},
    str::FromStr,
};

use super::state::{Judged, Kind};

/// Where one update on one device counts; each pair counts in one bucket or, when it is not applicable, in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Past due and installed.
    Installed,
    /// Past due and not installed, for whatever reason.
    Missing,
    /// Installed before it is due.
    Early,
    /// Not installed and not yet due.
    NotDue,
    /// Deferred by a decision or a rule, and not installed.
    Deferred,
    /// Declined, and not installed.
    Excluded,
    /// Nobody knows.
    Unknown,
}

/// How many pairs of update and device are in each bucket, and how many devices nobody knows anything about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Past due and installed: the numerator.
    pub installed: u64,
    /// Past due and not installed.
    pub missing: u64,
    /// Installed before it is due.
    pub early: u64,
    /// Not installed and not yet due.
    pub not_due: u64,
    /// Deferred.
    pub deferred: u64,
    /// Declined.
    pub excluded: u64,
    /// Pairs that nobody knows.
    pub unknown: u64,
    /// Of those installed, past due or early, how many take effect with a restart.
    pub needs_reboot: u64,
    /// Of those missing, how many failed at the last attempt.
    pub failed: u64,
}

/// A numerator of a denominator. Nothing of nothing is no share at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Share {
    /// What is there.
    pub numerator: u64,
    /// What should be there.
    pub denominator: u64,
}

/// Tenths of a percent, from 0 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permille(u16);

impl Bucket {
    /// Each once.
    pub const ALL: [Self; 7] = [Self::Installed, Self::Missing, Self::Early, Self::NotDue, Self::Deferred, Self::Excluded, Self::Unknown];

    /// Where a judged pair counts; `None`: nowhere, since the device does not need that update.
    pub const fn of(judged: &Judged) -> Option<Self> {
        Some(match (judged.state.kind(), judged.overdue) {
            (Kind::NotApplicable | Kind::Superseded, _) => return None,
            (Kind::Unknown, _) => Self::Unknown,
            (Kind::Excluded, _) => Self::Excluded,
            (Kind::Installed | Kind::NeedsReboot, true) => Self::Installed,
            (Kind::Installed | Kind::NeedsReboot, false) => Self::Early,
            (_, true) => Self::Missing,
            (Kind::Deferred, false) => Self::Deferred,
            (_, false) => Self::NotDue,
        })
    }

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Missing => "missing",
            Self::Early => "early",
            Self::NotDue => "not-due",
            Self::Deferred => "deferred",
            Self::Excluded => "excluded",
            Self::Unknown => "unknown",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Installed => "Installed",
            Self::Missing => "Past due",
            Self::Early => "Installed early",
            Self::NotDue => "Not yet due",
            Self::Deferred => "Deferred",
            Self::Excluded => "Excluded",
            Self::Unknown => "Unknown",
        }
    }
}

impl FromStr for Bucket {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|bucket| bucket.word() == word).ok_or(())
    }
}

impl Tally {
    /// Adds one pair.
    pub fn count(&mut self, judged: &Judged) {
        let Some(bucket) = Bucket::of(judged) else { return };
        *self.slot(bucket) += 1;
        self.needs_reboot += u64::from(judged.state.kind() == Kind::NeedsReboot);
        self.failed += u64::from(judged.state.kind() == Kind::Failed && bucket == Bucket::Missing);
    }

    /// How many pairs are in `bucket`.
    pub const fn of(&self, bucket: Bucket) -> u64 {
        match bucket {
            Bucket::Installed => self.installed,
            Bucket::Missing => self.missing,
            Bucket::Early => self.early,
            Bucket::NotDue => self.not_due,
            Bucket::Deferred => self.deferred,
            Bucket::Excluded => self.excluded,
            Bucket::Unknown => self.unknown,
        }
    }

    const fn slot(&mut self, bucket: Bucket) -> &mut u64 {
        match bucket {
            Bucket::Installed => &mut self.installed,
            Bucket::Missing => &mut self.missing,
            Bucket::Early => &mut self.early,
            Bucket::NotDue => &mut self.not_due,
            Bucket::Deferred => &mut self.deferred,
            Bucket::Excluded => &mut self.excluded,
            Bucket::Unknown => &mut self.unknown,
        }
    }

    /// Every pair that counts somewhere.
    pub fn total(&self) -> u64 {
        Bucket::ALL.into_iter().map(|bucket| self.of(bucket)).sum()
    }

    /// Installed of applicable and past due.
    pub const fn share(&self) -> Share {
        Share { numerator: self.installed, denominator: self.installed + self.missing }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            installed: self.installed + other.installed,
            missing: self.missing + other.missing,
            early: self.early + other.early,
            not_due: self.not_due + other.not_due,
            deferred: self.deferred + other.deferred,
            excluded: self.excluded + other.excluded,
            unknown: self.unknown + other.unknown,
            needs_reboot: self.needs_reboot + other.needs_reboot,
            failed: self.failed + other.failed,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Tally {
    fn sub_assign(&mut self, other: Self) {
        for bucket in Bucket::ALL {
            *self.slot(bucket) = self.of(bucket).saturating_sub(other.of(bucket));
        }
        self.needs_reboot = self.needs_reboot.saturating_sub(other.needs_reboot);
        self.failed = self.failed.saturating_sub(other.failed);
    }
}

impl Mul<u64> for Tally {
    type Output = Self;

    /// So many pairs that are judged alike.
    fn mul(mut self, n: u64) -> Self {
        Bucket::ALL.into_iter().for_each(|bucket| *self.slot(bucket) *= n);
        Self { needs_reboot: self.needs_reboot * n, failed: self.failed * n, ..self }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

impl Share {
    /// The share, rounded; only a whole is 100 % and only nothing is 0 %. `None`: of nothing.
    pub fn permille(&self) -> Option<Permille> {
        let (numerator, denominator) = (u128::from(self.numerator), u128::from(self.denominator));
        let rounded = (numerator * 2_000 + denominator).checked_div(denominator * 2)?;
        let tenths = match self.numerator {
            0 => 0,
            n if n >= self.denominator => 1_000,
            _ => u16::try_from(rounded).unwrap_or(999).clamp(1, 999),
        };
        Some(Permille(tenths))
    }
}

impl Permille {
    /// Tenths of a percent, from 0 to 1,000.
    pub const fn tenths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Permille {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 10, self.0 % 10) {
            (percent @ (0 | 100), _) if self.0.is_multiple_of(1_000) => write!(f, "{percent} %"),
            (percent, tenth) => write!(f, "{percent}.{tenth} %"),
        }
    }
}

#[cfg(test)]
mod tests;
