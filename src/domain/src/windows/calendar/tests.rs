//! Windows over the days on which clocks change, and over random weeks.

use proptest::prelude::*;

use super::*;
use crate::{
    time::{DAY, HOUR},
    windows::{Days, Scope},
};

fn at(text: &str) -> Moment {
    Moment(text.parse::<Timestamp>().expect(text).as_millisecond())
}

fn calendar(zone: &str, rhythm: Rhythm) -> Calendar {
    let window = Window { name: "w".into(), zone: zone.into(), rhythm, scope: Scope::Tenant, suppresses_alerts: true, patching: false };
    Calendar::new(&window, &ZONES).expect("a zone")
}

fn weekly(zone: &str, day: Day, start: u16, minutes: u32) -> Calendar {
    calendar(zone, Rhythm::Weekly { days: Days::from([day]), start, minutes })
}

fn next(calendar: &Calendar, after: &str) -> (Moment, Moment) {
    let found = calendar.next_after(at(after)).expect("an occurrence");
    assert_eq!(calendar.current(found.from), Some(found));
    assert_eq!(calendar.current(found.until - 1), Some(found));
    assert!(!calendar.contains(found.until) && !calendar.contains(found.from - 1));
    (found.from, found.until)
}

#[test]
fn a_weekly_window_follows_its_zone_and_crosses_midnight() {
    let berlin = weekly("Europe/Berlin", Day::Saturday, 22 * 60, 240);
    assert_eq!(next(&berlin, "2026-01-14T00:00:00Z"), (at("2026-01-17T21:00:00Z"), at("2026-01-18T01:00:00Z")));
    assert_eq!(next(&berlin, "2026-07-15T00:00:00Z"), (at("2026-07-18T20:00:00Z"), at("2026-07-19T00:00:00Z")));
    assert_eq!(next(&berlin, "2026-07-18T20:00:00Z").0, at("2026-07-25T20:00:00Z"), "not the one that begins at this very instant");
    assert_eq!(berlin.sentence(), "Every Saturday 22:00 to 02:00, Europe/Berlin");
}

#[test]
fn the_clocks_of_the_wall_decide_on_the_days_they_change() {
    // zone, start, minutes, looked at from, first instant, first instant after
    for (zone, start, minutes, after, from, until, why) in [
        ("Europe/Berlin", 60, 180, "2026-03-28T12:00:00Z", "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z", "01:00 to 04:00 is two hours long"),
        ("Europe/Berlin", 150, 60, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "02:30 is not shown: it begins with the jump"),
        ("Europe/Berlin", 135, 30, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "wholly left out: after the jump, as long"),
        ("Europe/Berlin", 60, 90, "2026-03-28T12:00:00Z", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "its end is left out: it ends with the jump"),
        ("Europe/Berlin", 60, 180, "2026-10-24T12:00:00Z", "2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z", "01:00 to 04:00 is four hours long"),
        ("Europe/Berlin", 150, 60, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z", "begins when 02:30 is first shown"),
        ("Europe/Berlin", 60, 90, "2026-10-24T12:00:00Z", "2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z", "ends when 02:30 is first shown"),
        ("Europe/Berlin", 135, 30, "2026-10-24T12:00:00Z", "2026-10-25T00:15:00Z", "2026-10-25T00:45:00Z", "the first of two such hours"),
        ("America/New_York", 60, 180, "2026-03-07T12:00:00Z", "2026-03-08T06:00:00Z", "2026-03-08T08:00:00Z", "two hours long"),
        ("America/New_York", 150, 60, "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z", "begins with the jump"),
        ("America/New_York", 0, 180, "2026-10-31T12:00:00Z", "2026-11-01T04:00:00Z", "2026-11-01T08:00:00Z", "four hours long"),
        ("America/New_York", 90, 60, "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T07:30:00Z", "first 01:30 to the only 02:30"),
        ("UTC", 150, 60, "2026-03-28T12:00:00Z", "2026-03-29T02:30:00Z", "2026-03-29T03:30:00Z", "clocks that never change"),
    ] {
        assert_eq!(next(&weekly(zone, Day::Sunday, start, minutes), after), (at(from), at(until)), "{zone}: {why}");
    }
}

#[test]
fn long_windows_and_single_ones_are_found_too() {
    let weekend = weekly("Europe/Berlin", Day::Friday, 18 * 60, 60 * 60);
    assert!(weekend.contains(at("2026-06-07T12:00:00Z")) && !weekend.contains(at("2026-06-08T12:00:00Z")));
    assert_eq!(weekend.sentence(), "Every Friday 18:00 for 60 h, Europe/Berlin");
    assert_eq!(weekly("UTC", Day::Friday, 0, 24 * 60 + 30).sentence(), "Every Friday 00:00 for 24 h 30 min, UTC");
    let once = calendar("Europe/Berlin", Rhythm::Once { from: at("2026-08-01T20:00:00Z"), until: at("2026-08-02T00:00:00Z") });
    assert_eq!(next(&once, "2026-08-01T19:59:59Z"), (at("2026-08-01T20:00:00Z"), at("2026-08-02T00:00:00Z")));
    assert_eq!(once.next_after(at("2026-08-01T20:00:00Z")), None);
    assert_eq!(once.sentence(), "Once, 2026-08-01 22:00 to 2026-08-02 02:00, Europe/Berlin");
}

#[test]
fn absurd_times_and_settings_are_no_window() {
    let strange = calendar("UTC", Rhythm::Weekly { days: Days::from(Day::ALL), start: u16::MAX, minutes: u32::MAX });
    let none = calendar("UTC", Rhythm::Weekly { days: Days::default(), start: 0, minutes: 60 });
    for now in [Moment(i64::MIN), Moment(i64::MAX), Moment(0)] {
        assert!(!none.contains(now) && none.next_after(now).is_none());
        let _ = (strange.contains(now), strange.next_after(now), strange.sentence());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn the_next_is_after_and_contained(
        zone in prop::sample::select(vec!["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"]),
        picked in prop::collection::btree_set(0..7usize, 1..=7),
        start in 0..1_440u16,
        share in 0..1_000u32,
        now in 1_262_304_000_000..2_208_988_800_000i64,
    ) {
        let days: Days = picked.into_iter().map(|at| Day::ALL[at]).collect();
        let most = days.closest() * 24 * 60 - super::super::REST;
        let calendar = calendar(zone, Rhythm::Weekly { days, start, minutes: 5 + (most - 5) * share / 1_000 });
        let now = Moment(now);
        let next = calendar.next_after(now).expect("a weekly window always comes again");
        prop_assert!(next.from > now && next.until > next.from);
        prop_assert!(next.from.since(now) <= 8 * DAY + 2 * HOUR);
        prop_assert!(calendar.contains(next.from) && calendar.contains(next.until - 1));
        if let Some(current) = calendar.current(now) {
            prop_assert!(current.contains(now) && current.until <= next.from + DAY);
        }
        prop_assert!(calendar.next_after(next.from).is_some_and(|after| after.from > next.from));
    }
}

#[test]
fn an_occurrence_reads_as_people_say_it() {
    let berlin = weekly("Europe/Berlin", Day::Saturday, 22 * 60, 240);
    let now = at("2026-11-22T12:00:00Z");
    let words: Vec<String> = berlin.coming(now, 2).iter().map(|occurrence| occurrence.words(berlin.zone(), now)).collect();
    assert_eq!(words, ["Saturday 28 November 22:00 to 02:00", "Saturday 5 December 22:00 to 02:00"]);
    let long = weekly("Europe/Berlin", Day::Friday, 20 * 60, 2 * 24 * 60);
    let over = long.next_after(at("2026-12-30T00:00:00Z")).expect("one");
    assert_eq!(over.words(long.zone(), now), "Friday 1 January 2027 20:00 to Sunday 3 January 2027 20:00");
    let once = calendar("UTC", Rhythm::Once { from: now, until: now + HOUR });
    assert_eq!((once.coming(now, 3).len(), once.coming(now + HOUR, 3).len()), (1, 0));
}
