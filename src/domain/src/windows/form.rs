//! A maintenance window as somebody typed it.

use jiff::{
    civil::DateTime,
    tz::{TimeZone, TimeZoneDatabase},
};

use super::{Day, Days, LONGEST, NAME, REST, Rhythm, SHORTEST, Scope, Window, calendar::first_shown};
use crate::{Fault, Moment, people::typed};

/// What a form holds, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed<'a> {
    /// What people call it.
    pub name: &'a str,
    /// An IANA zone.
    pub zone: &'a str,
    /// `once` or `weekly`.
    pub kind: &'a str,
    /// For once: when it begins by the clocks of the zone, `2026-08-01T22:00`.
    pub from: &'a str,
    /// For once: when it ends, alike.
    pub until: &'a str,
    /// For weekly: `mon` to `sun`.
    pub days: Vec<&'a str>,
    /// For weekly: when it begins, `22:00`.
    pub start: &'a str,
    /// For weekly: how long it lasts.
    pub minutes: &'a str,
    /// Whether alerts are suppressed.
    pub alerts: bool,
    /// Whether patching may run.
    pub patching: bool,
}

/// The window for `scope` that `typed` gives at `now`.
///
/// # Errors
/// One fault for each field that is wrong.
pub fn parse(typed: &Typed<'_>, scope: Scope, zones: &TimeZoneDatabase, now: Moment) -> Result<Window, Vec<Fault>> {
    let mut faults = Vec::new();
    let name = typed::name("name", typed.name, NAME).map_err(|fault| faults.push(fault)).ok();
    let zone = zone(typed.zone, zones).map_err(|fault| faults.push(fault)).ok();
    let rhythm = match typed.kind {
        "once" => zone.as_ref().and_then(|(_, rules)| once(typed, rules, now).map_err(|more| faults.extend(more)).ok()),
        "weekly" => weekly(typed).map_err(|more| faults.extend(more)).ok(),
        _ => {
            faults.push(Fault::new("kind", "is neither once nor weekly"));
            None
        }
    };
    if !typed.alerts && !typed.patching {
        faults.push(Fault::new("alerts", "A window suppresses alerts, or lets patching run, or both; choose one."));
    }
    match (name, zone, rhythm) {
        (Some(name), Some((zone, _)), Some(rhythm)) if faults.is_empty() => {
            Ok(Window { name, zone, rhythm, scope, suppresses_alerts: typed.alerts, patching: typed.patching })
        }
        _ => Err(faults),
    }
}

fn zone(typed: &str, zones: &TimeZoneDatabase) -> Result<(String, TimeZone), Fault> {
    let name = typed.trim();
    let known = Some(name).filter(|name| (1..=60).contains(&name.len())).and_then(|name| zones.get(name).ok());
    let rules = known.ok_or_else(|| Fault::new("zone", "is not the name of a time zone, as in Europe/Berlin"))?;
    let spelled = rules.iana_name().unwrap_or(name).to_owned();
    Ok((spelled, rules))
}

fn once(typed: &Typed<'_>, zone: &TimeZone, now: Moment) -> Result<Rhythm, Vec<Fault>> {
    let wall = |field: &str, text: &str| {
        let wall = text.trim().parse::<DateTime>().ok().filter(|wall| text.trim().len() >= 16 && (2000..=2999).contains(&wall.year()));
        wall.ok_or_else(|| vec![Fault::new(field, "is not a day and time, as in 2026-08-01T22:00")])
    };
    let (begins, ends) = match (wall("from", typed.from), wall("until", typed.until)) {
        (Ok(begins), Ok(ends)) => (begins, ends),
        (begins, ends) => return Err([begins.err(), ends.err()].into_iter().flatten().flatten().collect()),
    };
    let (Some(from), Some(until)) = (first_shown(zone, begins), first_shown(zone, ends)) else {
        return Err(vec![Fault::new("from", "is no time that this zone knows")]);
    };
    let minutes = until.since(from) / crate::time::MINUTE;
    let message = if begins >= ends {
        "must be later than the beginning".to_owned()
    } else if minutes < i64::from(SHORTEST) {
        format!("leaves less than {SHORTEST} minutes; at a change of clocks an hour may be missing")
    } else if minutes > i64::from(LONGEST) {
        "is more than 7 days after the beginning".to_owned()
    } else if until <= now {
        "is already over".to_owned()
    } else {
        return Ok(Rhythm::Once { from, until });
    };
    Err(vec![Fault::new("until", message)])
}

fn weekly(typed: &Typed<'_>) -> Result<Rhythm, Vec<Fault>> {
    let mut faults = Vec::new();
    let days = typed.days.iter().map(|word| word.parse::<Day>()).collect::<Result<Days, ()>>();
    let days = days.map_err(|()| faults.push(Fault::new("days", "names a day that does not exist"))).unwrap_or_default();
    if days.is_empty() && faults.is_empty() {
        faults.push(Fault::new("days", "needs at least one day"));
    }
    let start = minute(typed.start);
    if start.is_none() {
        faults.push(Fault::new("start", "is not a time of day, as in 22:00"));
    }
    let minutes = typed.minutes.trim().parse::<u32>().ok().filter(|minutes| (SHORTEST..=LONGEST).contains(minutes));
    match minutes {
        None => faults.push(Fault::new("minutes", format!("is not a number of minutes from {SHORTEST} to {LONGEST}"))),
        Some(minutes) if !days.is_empty() && minutes + REST > days.closest() * 24 * 60 => {
            faults.push(Fault::new("minutes", "is so long that the window hardly ends before it begins again; leave an hour between"));
        }
        Some(_) => {}
    }
    match (start, minutes) {
        (Some(start), Some(minutes)) if faults.is_empty() => Ok(Rhythm::Weekly { days, start, minutes }),
        _ => Err(faults),
    }
}

/// The minute of the day that `22:00` or `22:00:00` is.
fn minute(text: &str) -> Option<u16> {
    let text = text.trim();
    let text = text.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(text);
    let (hour, minute) = text.split_once(':')?;
    Some(two_digits(hour, 24)? * 60 + two_digits(minute, 60)?)
}

fn two_digits(text: &str, below: u16) -> Option<u16> {
    let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number < below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::windows::Calendar;

    const WEEKLY: fn() -> Typed<'static> = || Typed {
        name: " Patch night ",
        zone: "europe/berlin",
        kind: "weekly",
        days: vec!["sat", "wed"],
        start: "22:00",
        minutes: "240",
        alerts: true,
        ..Typed::default()
    };
    const ONCE: fn() -> Typed<'static> = || Typed { kind: "once", from: "2026-08-01T22:00", until: "2026-08-02T02:00", ..WEEKLY() };

    fn read(typed: &Typed<'_>) -> Result<Window, Vec<String>> {
        let now = Moment(1_767_225_600_000);
        parse(typed, Scope::Tenant, &TimeZoneDatabase::bundled(), now).map_err(|faults| faults.into_iter().map(|fault| fault.field).collect())
    }

    #[test]
    fn what_was_typed_becomes_a_window() {
        let window = read(&WEEKLY()).expect("a window");
        assert_eq!((window.name.as_str(), window.zone.as_str(), window.effect()), ("Patch night", "Europe/Berlin", "alerts are suppressed"));
        let sentence = |window: &Window| Calendar::new(window, &TimeZoneDatabase::bundled()).expect("a zone").sentence();
        assert_eq!(sentence(&window), "Every Wednesday and Saturday 22:00 to 02:00, Europe/Berlin");
        assert_eq!(sentence(&read(&ONCE()).expect("once")), "Once, 2026-08-01 22:00 to 2026-08-02 02:00, Europe/Berlin");
    }

    #[test]
    fn each_wrong_field_is_named() {
        let table: [(Typed<'_>, &[&str]); 18] = [
            (Typed { name: "", ..WEEKLY() }, &["name"]),
            (Typed { name: "a\u{202e}b", ..WEEKLY() }, &["name"]),
            (Typed { zone: "Mars/Base", ..WEEKLY() }, &["zone"]),
            (Typed { zone: "../../etc/passwd", ..WEEKLY() }, &["zone"]),
            (Typed { kind: "daily", ..WEEKLY() }, &["kind"]),
            (Typed { days: vec![], ..WEEKLY() }, &["days"]),
            (Typed { days: vec!["sat", "xxx"], ..WEEKLY() }, &["days"]),
            (Typed { start: "24:00", ..WEEKLY() }, &["start"]),
            (Typed { start: "+9:00", ..WEEKLY() }, &["start"]),
            (Typed { minutes: "4", ..WEEKLY() }, &["minutes"]),
            (Typed { minutes: "-1", start: "x", ..WEEKLY() }, &["start", "minutes"]),
            (Typed { days: vec!["sat", "sun"], minutes: "1381", ..WEEKLY() }, &["minutes"]),
            (Typed { alerts: false, ..WEEKLY() }, &["alerts"]),
            (Typed { from: "soon", until: "2026-08-01", ..ONCE() }, &["from", "until"]),
            (Typed { until: "2026-08-01T22:00", ..ONCE() }, &["until"]),
            (Typed { until: "2026-08-08T22:01", ..ONCE() }, &["until"]),
            (Typed { from: "2025-08-01T22:00", until: "2025-08-01T23:00", ..ONCE() }, &["until"]),
            (Typed { from: "2026-03-29T02:00", until: "2026-03-29T02:50", ..ONCE() }, &["until"]),
        ];
        for (typed, fields) in table {
            assert_eq!(read(&typed).expect_err("a fault"), fields, "{typed:?}");
        }
    }
}
