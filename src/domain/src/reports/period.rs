//! From a wish to instants: months and days on the clocks of a zone, and the next time a schedule is due.

use jiff::{
    Timestamp, ToSpan as _, Zoned,
    civil::{Date, Weekday},
    tz::TimeZone,
};

use super::{Head, Named, ReportQuery, Rhythm, Schedule, Span};
use crate::{Fault, Moment, Refusal, time::DAY, windows::Day};

/// The longest period, in days.
pub const LONGEST: i64 = 400;

/// How long ago an occurrence may have been that is still made, in milliseconds.
pub const MADE_UP: i64 = 62 * DAY;

/// What `query` covers at `now` on the clocks of `zone`; what lies after `now` is left out.
///
/// # Errors
/// [`Refusal::Invalid`] naming the field: no such day, the end before the start, nothing of it over yet, or too long.
pub fn head(query: &ReportQuery, client: Option<Named>, zone: &str, now: Moment) -> Result<Head, Refusal> {
    let clock = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = local(now, &clock).ok_or_else(|| Refusal::invalid("period", "has no days"))?.date();
    let (first, last, words) = days(query, today)?;
    let from = start(first, &clock).ok_or_else(|| Refusal::invalid("from", "is not a day of the calendar"))?;
    let next = last.tomorrow().ok().and_then(|day| start(day, &clock)).ok_or_else(|| Refusal::invalid("to", "is not a day of the calendar"))?;
    if last < first {
        return Err(Refusal::invalid("to", "lies before the first day"));
    }
    if from >= now {
        return Err(Refusal::invalid("from", "lies in the future"));
    }
    if next.since(from) > (LONGEST + 1) * DAY {
        return Err(Refusal::invalid("to", format!("is more than {LONGEST} days after the first day")));
    }
    let zone = clock.iana_name().unwrap_or("UTC").to_owned();
    Ok(Head { client, from, until: next.min(now), period: words, zone, made_at: now })
}

fn days(query: &ReportQuery, today: Date) -> Result<(Date, Date, String), Refusal> {
    let parse = |field: &str, text: &str| {
        text.parse::<Date>().map_err(|_| Refusal::invalid(field, if text.is_empty() { "is missing" } else { "is not a day of the calendar" }))
    };
    let back = |days: i64| today.checked_sub(days.days()).unwrap_or(today);
    let month = |day: Date| (day.first_of_month(), day.last_of_month(), day.strftime("%B %Y").to_string());
    Ok(match query.span {
        Span::ThisMonth => {
            let (first, _, words) = month(today);
            (first, today, format!("{words} to date"))
        }
        Span::LastMonth => month(today.first_of_month().yesterday().unwrap_or(today)),
        Span::Days7 => with_words(back(6), today),
        Span::Days30 => with_words(back(29), today),
        Span::Days90 => with_words(back(89), today),
        Span::Between => with_words(parse("from", &query.from)?, parse("to", &query.to)?),
    })
}

fn with_words(first: Date, last: Date) -> (Date, Date, String) {
    if first == first.first_of_month() && last == first.last_of_month() {
        return (first, last, first.strftime("%B %Y").to_string());
    }
    let words = format!("{} to {}", first.strftime("%-d %b %Y"), last.strftime("%-d %b %Y"));
    (first, last, words)
}

fn local(at: Moment, zone: &TimeZone) -> Option<Zoned> {
    Timestamp::from_millisecond(at.0).ok().map(|at| at.to_zoned(zone.clone()))
}

fn start(day: Date, zone: &TimeZone) -> Option<Moment> {
    day.to_zoned(zone.clone()).ok().map(|at| Moment(at.timestamp().as_millisecond()))
}

/// `1 Nov 2026, 06:00` on the clocks of `zone`.
pub fn stamp(at: Moment, zone: &str) -> String {
    let clock = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    local(at, &clock).map(|at| at.strftime("%-d %b %Y, %H:%M").to_string()).unwrap_or_default()
}

/// Year, month, day, hour, minute and second of `at` on the clocks of `zone`.
pub fn parts(at: Moment, zone: &str) -> Option<(i16, u8, u8, u8, u8, u8)> {
    let clock = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let at = local(at, &clock)?;
    let small = |n: i8| u8::try_from(n).unwrap_or(0);
    Some((at.year(), small(at.month()), small(at.day()), small(at.hour()), small(at.minute()), small(at.second())))
}

/// Each day of `head` with its first and last instant, as `3 Nov`.
pub fn each_day(head: &Head) -> Vec<(String, Moment, Moment)> {
    let clock = TimeZone::get(&head.zone).unwrap_or(TimeZone::UTC);
    let Some(mut day) = local(head.from, &clock).map(|at| at.date()) else { return Vec::new() };
    let mut days = Vec::new();
    while let (Some(from), Ok(next)) = (start(day, &clock), day.tomorrow()) {
        let Some(until) = start(next, &clock).filter(|_| from < head.until) else { break };
        days.push((day.strftime("%-d %b").to_string(), from, until.min(head.until)));
        day = next;
    }
    days
}

/// The first time after `after` that `schedule` is due; `None`: its zone is not known.
pub fn next_after(schedule: &Schedule, after: Moment) -> Option<Moment> {
    let clock = TimeZone::get(&schedule.zone).ok()?;
    let today = local(after, &clock)?.date();
    let dates = (0..=62).filter_map(|days| today.checked_add(days.days()).ok());
    let due = |date: &Date| match schedule.rhythm {
        Rhythm::Weekly(day) => weekday(day) == date.weekday(),
        Rhythm::Monthly(day) => u8::try_from(date.day()) == Ok(day),
    };
    let at = |date: Date| date.at(i8::try_from(schedule.hour).ok()?, 0, 0, 0).to_zoned(clock.clone()).ok().map(|at| Moment(at.timestamp().as_millisecond()));
    dates.filter(due).filter_map(at).find(|at| *at > after)
}

/// When `schedule` is due after its occurrence `at` was done at `now`. What was missed while nobody looked is made up for, the last
/// [`MADE_UP`] of it.
pub fn next_occurrence(schedule: &Schedule, at: Moment, now: Moment) -> Option<Moment> {
    next_after(schedule, at.max(now - MADE_UP))
}

/// What the report of the occurrence `at` covers: the month before, or the seven days before.
pub fn covered(schedule: &Schedule, at: Moment) -> Option<ReportQuery> {
    let clock = TimeZone::get(&schedule.zone).ok()?;
    let day = local(at, &clock)?.date();
    let (first, last) = match schedule.rhythm {
        // Named by its days: a job that runs late, or after the end of a month, means the month before its own time.
        Rhythm::Monthly(_) => {
            let last = day.first_of_month().yesterday().ok()?;
            (last.first_of_month(), last)
        }
        Rhythm::Weekly(_) => (day.checked_sub(7.days()).ok()?, day.yesterday().ok()?),
    };
    Some(ReportQuery { span: Span::Between, from: first.to_string(), to: last.to_string(), ..ReportQuery::default() })
}

const fn weekday(day: Day) -> Weekday {
    match day {
        Day::Monday => Weekday::Monday,
        Day::Tuesday => Weekday::Tuesday,
        Day::Wednesday => Weekday::Wednesday,
        Day::Thursday => Weekday::Thursday,
        Day::Friday => Weekday::Friday,
        Day::Saturday => Weekday::Saturday,
        Day::Sunday => Weekday::Sunday,
    }
}

/// Whether the platform knows the zone `name`.
///
/// # Errors
/// A fault of `zone`.
pub fn known_zone(name: &str) -> Result<(), Fault> {
    TimeZone::get(name).map(drop).map_err(|_| Fault::new("zone", "is no time zone this portal knows; Europe/London is one"))
}

#[cfg(test)]
mod tests;
