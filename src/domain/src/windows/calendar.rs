//! A window on the clocks of its zone: when it is, when it was, when it comes again.

use std::sync::LazyLock;

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime, Weekday},
    tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase},
};

use super::{Day, LONGEST, Rhythm, Window};
use crate::{Moment, time::MINUTE};

/// The zones that this program brings along, the same on every machine.
pub static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// One time that a window is, from its first instant to the first instant after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// When it begins.
    pub from: Moment,
    /// The first instant after it.
    pub until: Moment,
}

/// A window whose zone is known.
#[derive(Debug, Clone)]
pub struct Calendar {
    rhythm: Rhythm,
    zone: TimeZone,
    name: String,
}

impl Occurrence {
    /// Whether `now` lies in it.
    pub fn contains(&self, now: Moment) -> bool {
        self.from <= now && now < self.until
    }

    /// `Saturday 28 November 22:00 to 02:00` by the clocks of `zone`, with what differs from `now`'s year or lies days later.
    pub fn words(&self, zone: &TimeZone, now: Moment) -> String {
        let wall = |at: Moment| instant(at).map(|at| zone.to_datetime(at));
        let (Some(from), Some(until), Some(now)) = (wall(self.from), wall(self.until), wall(now)) else { return String::new() };
        let day = |at: DateTime| at.strftime(if at.year() == now.year() { "%A %-d %B %H:%M" } else { "%A %-d %B %Y %H:%M" }).to_string();
        let short = until <= from.saturating_add(1.day());
        format!("{} to {}", day(from), if short { until.strftime("%H:%M").to_string() } else { day(until) })
    }
}

impl Calendar {
    /// `window` on the clocks of its zone; `None`: `zones` does not know the zone.
    pub fn new(window: &Window, zones: &TimeZoneDatabase) -> Option<Self> {
        let zone = zones.get(&window.zone).ok()?;
        Some(Self { rhythm: window.rhythm.clone(), zone, name: window.zone.clone() })
    }

    /// `window` on the clocks of its zone, with the zones of this program.
    pub fn of(window: &Window) -> Option<Self> {
        Self::new(window, &ZONES)
    }

    /// The occurrence that `now` lies in, or else the first that follows; `None`: it is over.
    pub fn open_or_next(&self, now: Moment) -> Option<Occurrence> {
        self.current(now).or_else(|| self.next_after(now))
    }

    /// The first `most` occurrences that `now` lies in or that follow.
    pub fn coming(&self, now: Moment, most: usize) -> Vec<Occurrence> {
        let first = self.open_or_next(now);
        std::iter::successors(first, |before| self.next_after(before.from)).take(most).collect()
    }

    /// The zone whose clocks it follows.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether `now` lies in the window.
    pub fn contains(&self, now: Moment) -> bool {
        self.current(now).is_some()
    }

    /// The occurrence that `now` lies in.
    pub fn current(&self, now: Moment) -> Option<Occurrence> {
        self.near(now).into_iter().find(|occurrence| occurrence.contains(now))
    }

    /// The first occurrence that begins after `moment`; `None`: it never comes again.
    pub fn next_after(&self, moment: Moment) -> Option<Occurrence> {
        self.near(moment).into_iter().find(|occurrence| occurrence.from > moment)
    }

    /// When it is, as a sentence.
    pub fn sentence(&self) -> String {
        match &self.rhythm {
            Rhythm::Once { from, until } => {
                let wall = |at: &Moment| instant(*at).map(|at| self.zone.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
                format!("Once, {} to {}, {}", wall(from), wall(until), self.name)
            }
            Rhythm::Weekly { days, start, minutes } if *minutes < 24 * 60 => {
                format!("Every {days} {} to {}, {}", clock(u32::from(*start)), clock(u32::from(*start) + minutes), self.name)
            }
            Rhythm::Weekly { days, start, minutes } => format!("Every {days} {} for {}, {}", clock(u32::from(*start)), hours(*minutes), self.name),
        }
    }

    /// The occurrences that may hold or follow `moment`, in order.
    fn near(&self, moment: Moment) -> Vec<Occurrence> {
        match &self.rhythm {
            Rhythm::Once { from, until } => vec![Occurrence { from: *from, until: *until }],
            Rhythm::Weekly { days, start, minutes } => {
                let Some(today) = instant(moment).map(|at| self.zone.to_datetime(at).date()) else { return Vec::new() };
                let minutes = (*minutes).min(LONGEST);
                let back = i64::from(minutes / (24 * 60)) + 2;
                let dates = (-back..=9).filter_map(|offset| today.checked_add(offset.days()).ok());
                dates.filter(|date| days.holds(day(*date))).filter_map(|date| self.on(date, *start, minutes)).collect()
            }
        }
    }

    /// The occurrence that begins on `date`.
    fn on(&self, date: Date, start: u16, minutes: u32) -> Option<Occurrence> {
        let begins = date.to_datetime(jiff::civil::Time::midnight()).checked_add(i64::from(start).minutes()).ok()?;
        let ends = begins.checked_add(i64::from(minutes).minutes()).ok()?;
        let (from, until) = (first_shown(&self.zone, begins)?, first_shown(&self.zone, ends)?);
        // A window that lies wholly in an hour that the clocks leave out still lasts as long as it says.
        let until = if until > from { until } else { from + i64::from(minutes.max(1)) * MINUTE };
        Some(Occurrence { from, until })
    }
}

/// The first instant at which the clocks of `zone` show `wall`, or leave it out and show something later.
pub(super) fn first_shown(zone: &TimeZone, wall: DateTime) -> Option<Moment> {
    let at = |offset: Offset| offset.to_timestamp(wall).ok();
    let first = match zone.to_ambiguous_timestamp(wall).offset() {
        AmbiguousOffset::Unambiguous { offset } => at(offset)?,
        AmbiguousOffset::Fold { before, .. } => at(before)?,
        AmbiguousOffset::Gap { after, .. } => zone.following(at(after)?).next()?.timestamp(),
    };
    Some(Moment(first.as_millisecond()))
}

fn instant(at: Moment) -> Option<Timestamp> {
    Timestamp::from_millisecond(at.0).ok()
}

fn day(date: Date) -> Day {
    match date.weekday() {
        Weekday::Monday => Day::Monday,
        Weekday::Tuesday => Day::Tuesday,
        Weekday::Wednesday => Day::Wednesday,
        Weekday::Thursday => Day::Thursday,
        Weekday::Friday => Day::Friday,
        Weekday::Saturday => Day::Saturday,
        Weekday::Sunday => Day::Sunday,
    }
}

/// `22:00` for a minute of the day.
fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

#[cfg(test)]
mod tests;
