//! When the next run starts, what it takes, and what may be typed about it.

use super::*;
use crate::time::HOUR;

fn open(start: i64, end: i64) -> Occurrence {
    Occurrence { from: Moment(start * HOUR), until: Moment(end * HOUR) }
}

#[test]
fn the_next_run_is_in_the_next_window_with_room() {
    let nights = [open(26, 30), open(2, 6)];
    let hours = |text: f64| Moment((text * HOUR as f64) as i64);
    for (now, last, expected) in [
        (0.0, None, Some(2)),
        (2.0, None, Some(2)),
        (3.0, None, Some(2)),
        (5.75, None, Some(2)),
        (5.76, None, Some(26)),
        (6.0, None, Some(26)),
        (3.0, Some(6.0), Some(26)),
        (27.0, Some(6.0), Some(26)),
        (27.0, Some(30.0), None),
        (30.0, None, None),
    ] {
        let next = next_run(hours(now), last.map(hours), &nights);
        assert_eq!(next.map(|open| open.from), expected.map(|at| Moment(at * HOUR)), "{now} {last:?}");
    }
    assert_eq!(next_run(Moment(0), None, &[]), None);
    assert_eq!(next_run(Moment(0), None, &[open(5, 5), open(7, 6)]), None, "a window without room");
}

#[test]
fn what_a_contact_approves_is_planned_days_before() {
    let window = open(100, 104);
    let schedule =
        |needs_approval| Schedule { name: "Nights".into(), window: WindowId(Uuid::nil()), what: What::All, reboot: Reboot::Never, needs_approval, retries: 1 };
    assert_eq!(schedule(false).planned_at(window, Moment(0)), Moment(100 * HOUR));
    assert_eq!(schedule(false).planned_at(window, Moment(101 * HOUR)), Moment(101 * HOUR));
    assert_eq!(schedule(true).planned_at(window, Moment(0)), Moment(28 * HOUR));
    assert_eq!(schedule(true).planned_at(window, Moment(50 * HOUR)), Moment(50 * HOUR), "as soon as there is a schedule");
}

#[test]
fn only_what_is_approved_is_taken() {
    for class in Class::ALL {
        assert!(What::All.takes(class, Some(Verdict::Approve)));
        assert_eq!(What::Security.takes(class, Some(Verdict::Approve)), class == Class::Security);
        for verdict in [None, Some(Verdict::Decline), Some(Verdict::Defer(Moment(7)))] {
            assert!(!What::All.takes(class, verdict) && !What::Security.takes(class, verdict));
        }
    }
}

#[test]
fn restarts_stay_in_the_window() {
    for (now, restarts) in [(1, false), (2, true), (5, true), (6, false)] {
        assert_eq!(Reboot::InWindow.restarts(Moment(now * HOUR), open(2, 6)), restarts, "{now}");
        assert!(!Reboot::Never.restarts(Moment(now * HOUR), open(2, 6)));
    }
}

fn typed(name: &str, window: &str, words: (&str, &str), retries: &str) -> TypedSchedule {
    let (what, reboot) = (words.0.into(), words.1.into());
    TypedSchedule { name: name.into(), window: window.into(), what, reboot, needs_approval: true, retries: retries.into() }
}

#[test]
fn a_schedule_is_typed_and_each_fault_named() {
    let id = Uuid::from_u128(7);
    for window in [id.to_string(), id.simple().to_string(), format!("win_{}", id.simple())] {
        let schedule = typed(" Nights ", &window, ("all", "in-window"), "2").check().expect("a schedule");
        assert_eq!((schedule.name.as_str(), schedule.window, schedule.retries), ("Nights", WindowId(id), 2));
        assert_eq!((schedule.what, schedule.reboot, schedule.needs_approval), (What::All, Reboot::InWindow, true));
    }
    let faults = typed("", "", ("some", "maybe"), "6").check().expect_err("faults");
    assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["name", "window", "what", "reboot", "retries"]);
}
