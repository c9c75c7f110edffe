//! Compliance by client and class, and day by day. A group's figure is the sum of its rows, so figures add up wherever they are opened.

use std::collections::BTreeMap;

use super::{Class, Tally, state::Judged};
use crate::{Moment, ids::ClientId};

/// The most days of a trend.
pub const DAYS: usize = 366;

/// Devices, as a figure names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Devices {
    /// In service.
    pub all: u64,
    /// Nothing is known of their updates.
    pub unknown: u64,
    /// The oldest contact among those of which something is known; `None`: there are none.
    pub oldest: Option<Moment>,
}

/// Tallies of one tenant at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    pairs: BTreeMap<(ClientId, Class), Tally>,
    devices: BTreeMap<ClientId, Devices>,
}

/// The figures of one day, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day in the tenant's zone, in days since 1970-01-01.
    pub day: i32,
    /// The pairs.
    pub tally: Tally,
    /// The devices.
    pub devices: Devices,
}

impl Devices {
    /// Adds one device that was last in contact at `seen`.
    pub fn add(&mut self, known: bool, seen: Option<Moment>) {
        self.all += 1;
        self.unknown += u64::from(!known);
        self.oldest = self.oldest.into_iter().chain(seen.filter(|_| known)).min();
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let oldest = self.oldest.into_iter().chain(other.oldest).min();
        Self { all: self.all + other.all, unknown: self.unknown + other.unknown, oldest }
    }
}

impl Groups {
    /// Adds one update of `class` on one device of `client`.
    pub fn add_pair(&mut self, client: ClientId, class: Class, judged: &Judged) {
        self.pairs.entry((client, class)).or_default().count(judged);
    }

    /// Adds pairs that were counted elsewhere.
    pub fn add_tally(&mut self, client: ClientId, class: Class, tally: Tally) {
        *self.pairs.entry((client, class)).or_default() += tally;
    }

    /// Adds one device of `client`, of whose updates something is `known` or nothing.
    pub fn add_device(&mut self, client: ClientId, known: bool, seen: Option<Moment>) {
        self.devices.entry(client).or_default().add(known, seen);
    }

    /// Adds devices that were counted elsewhere.
    pub fn add_devices(&mut self, client: ClientId, devices: Devices) {
        let of = self.devices.entry(client).or_default();
        *of = of.plus(devices);
    }

    /// Each client that has a device or a pair, with its figures.
    pub fn by_client(&self) -> BTreeMap<ClientId, (Tally, Devices)> {
        let mut clients: BTreeMap<ClientId, (Tally, Devices)> = self.devices.iter().map(|(client, devices)| (*client, (Tally::default(), *devices))).collect();
        for ((client, _), tally) in &self.pairs {
            clients.entry(*client).or_default().0 += *tally;
        }
        clients
    }

    /// Each class with its figure.
    pub fn by_class(&self) -> [(Class, Tally); 3] {
        Class::ALL.map(|class| (class, self.pairs.iter().filter(|((_, of), _)| *of == class).map(|(_, tally)| *tally).sum()))
    }

    /// The figure of one client and class.
    pub fn of(&self, client: ClientId, class: Class) -> Tally {
        self.pairs.get(&(client, class)).copied().unwrap_or_default()
    }

    /// Everything.
    pub fn total(&self) -> (Tally, Devices) {
        let devices = self.devices.values().fold(Devices::default(), |all, devices| all.plus(*devices));
        (self.pairs.values().copied().sum(), devices)
    }

    /// The figures of today, to be kept.
    pub fn point(&self, day: i32) -> Point {
        let (tally, devices) = self.total();
        Point { day, tally, devices }
    }
}

/// The days from `first` to `last`, at most [`DAYS`] from the end; a day without a point stays empty and is never made up.
pub fn trend(points: &[Point], first: i32, last: i32) -> Vec<(i32, Option<Point>)> {
    let known: BTreeMap<i32, Point> = points.iter().map(|point| (point.day, *point)).collect();
    let first = first.max(last.saturating_sub(i32::try_from(DAYS).unwrap_or(i32::MAX) - 1));
    (first..=last).map(|day| (day, known.get(&day).copied())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::Uuid, patching::State};

    fn client(id: u128) -> ClientId {
        ClientId(Uuid::from_u128(id))
    }

    fn groups() -> Groups {
        let mut groups = Groups::default();
        let judged = |state, overdue| Judged { state, due: Moment(0), overdue, window: None };
        for (id, class, state, overdue) in [
            (1, Class::Security, State::Installed, true),
            (1, Class::Security, State::Due, true),
            (1, Class::Other, State::Waiting, false),
            (2, Class::Security, State::Installed, true),
            (2, Class::Unknown, State::Excluded, true),
        ] {
            groups.add_pair(client(id), class, &judged(state, overdue));
        }
        for (id, known, seen) in [(1, true, Some(8)), (1, false, Some(2)), (2, true, Some(5)), (3, false, None)] {
            groups.add_device(client(id), known, seen.map(Moment));
        }
        groups
    }

    #[test]
    fn totals_are_the_sums_of_their_rows() {
        let groups = groups();
        let (total, devices) = groups.total();
        let clients = groups.by_client();
        assert_eq!(clients.values().map(|(tally, _)| *tally).sum::<Tally>(), total);
        assert_eq!(groups.by_class().iter().map(|(_, tally)| *tally).sum::<Tally>(), total);
        assert_eq!(clients.keys().flat_map(|id| Class::ALL.map(|class| groups.of(*id, class))).sum::<Tally>(), total);
        assert_eq!(devices, Devices { all: 4, unknown: 2, oldest: Some(Moment(5)) });
        assert_eq!((total.share().numerator, total.share().denominator, total.total()), (2, 3, 5));
        assert_eq!(clients.get(&client(3)).map(|(tally, _)| tally.share().permille()), Some(None), "nothing is not 100 %");
    }

    #[test]
    fn what_was_counted_elsewhere_adds_up() {
        let mut twice = groups();
        for (id, class, tally) in [(1, Class::Security, groups().of(client(1), Class::Security)), (2, Class::Other, Tally::default())] {
            twice.add_tally(client(id), class, tally);
        }
        assert_eq!(twice.total().0.share().denominator, 5);
    }

    #[test]
    fn a_day_without_a_point_stays_empty() {
        let point = groups().point(20_000);
        let days = trend(&[point], 19_999, 20_001);
        assert_eq!(days, [(19_999, None), (20_000, Some(point)), (20_001, None)]);
        assert_eq!(trend(&[point], i32::MIN, 20_000).len(), DAYS);
        assert_eq!(trend(&[point], 5, 4), []);
    }
}
