//! Looks in a row, by hand and at random.

use proptest::prelude::*;

use super::*;
use crate::{
    alerts::{Limits, observe::not_seen},
    time::{DAY, MINUTE},
};

const START: Moment = Moment(1_800_000_000_000);
const GAP: i64 = 11 * MINUTE;

fn cpu() -> Setting {
    Setting { limits: Some(Limits { raise: 90, clear: 80 }), for_s: 600, clear_for_s: 300, ..Setting::usual(Kind::Cpu) }
}

/// What a measured percentage is; NaN stands for a value that is not there.
fn measured(setting: &Setting, percent: f64) -> Observation {
    let value = Value::Percent(percent);
    match setting.limits {
        _ if percent.is_nan() => Observation::Unknown { reason: "no".into() },
        Some(limits) if limits.breached(percent, false) => Observation::Breach { value, since: None },
        _ => Observation::Clear { value },
    }
}

/// The verdicts of looks at (minute, percent).
fn verdicts(setting: &Setting, looks: &[(i64, f64)]) -> String {
    let mut track = Track::default();
    let step = |(minute, percent): &(i64, f64)| {
        let look = evaluate(Kind::Cpu, setting, &track, &measured(setting, *percent), START + minute * MINUTE, GAP);
        track = look.track;
        match look.verdict {
            Verdict::Nothing => '.',
            Verdict::Raise => 'R',
            Verdict::Refresh => 'r',
            Verdict::Resolve => 'x',
        }
    };
    looks.iter().map(step).collect()
}

#[test]
fn time_decides_and_not_the_number_of_looks() {
    let none = f64::NAN;
    for (looks, expected, why) in [
        (&[(0, 99.0), (5, 99.0), (10, 99.0), (15, 99.0)][..], "..Rr", "after ten minutes"),
        (&[(0, 99.0), (1, 99.0), (2, 99.0), (3, 99.0), (9, 99.0)], ".....", "many looks are not long"),
        (&[(0, 99.0), (5, 89.0), (10, 99.0), (15, 99.0), (20, 99.0)], "....R", "a break starts it again"),
        (&[(0, 99.0), (5, none), (10, 99.0)], "..R", "one look missed is no break"),
        (&[(0, 99.0), (12, 99.0), (22, 99.0)], "..R", "a silence does not count, what follows does"),
        (&[(0, 99.0), (5, none), (10, none), (15, 99.0), (20, 99.0), (25, 99.0)], ".....R", "what could not be told is silence"),
        (&[(0, 99.0), (10, 99.0), (15, 85.0), (20, 79.0), (25, 79.0)], ".Rr.x", "between the limits it goes on"),
        (&[(0, 99.0), (10, 99.0), (15, 79.0), (18, 91.0), (20, 79.0), (24, 79.0), (25, 79.0)], ".R.r..x", "clear must last"),
        (&[(0, 99.0), (10, 99.0), (15, 79.0), (40, 79.0), (45, 79.0)], ".R..x", "a silence proves no recovery"),
        (&[(0, 99.0), (10, 99.0), (15, none), (600, none)], ".R..", "unknown never resolves"),
        (&[(0, 99.0), (10, 99.0), (5, 99.0), (-60, 79.0), (5, 79.0), (10, 79.0)], ".Rr..x", "a clock that steps back"),
    ] {
        assert_eq!(verdicts(&cpu(), looks), expected, "{why}");
    }
    let at_once = Setting { for_s: 0, clear_for_s: 0, ..cpu() };
    assert_eq!(verdicts(&at_once, &[(0, 99.0), (0, 50.0), (0, 99.0)]), "RxR");
}

#[test]
fn what_is_switched_off_resolves_and_is_forgotten() {
    let raised = Track { phase: Phase::Raised, breaching_since: Some(START), ..Track::default() };
    let off = Setting { on: false, ..cpu() };
    let look = evaluate(Kind::Cpu, &off, &raised, &measured(&off, 99.0), START, GAP);
    assert_eq!((look.verdict, look.track, look.look_again), (Verdict::Resolve, Track::default(), None));
    assert_eq!(evaluate(Kind::Cpu, &off, &Track::default(), &measured(&off, 99.0), START, GAP).verdict, Verdict::Nothing);
}

#[test]
fn a_timer_is_needed_only_for_silence() {
    let setting = Setting::usual(Kind::NotSeen);
    let seen = evaluate(Kind::NotSeen, &setting, &Track::default(), &Observation::seen(), START, GAP);
    assert_eq!((seen.verdict, seen.look_again), (Verdict::Nothing, Some(START + 10 * MINUTE)));
    let at = |track: &Track, now: Moment| evaluate(Kind::NotSeen, &setting, track, &not_seen(START, now), now, GAP);
    let early = at(&seen.track, START + 10 * MINUTE - 1);
    assert_eq!((early.verdict, early.look_again), (Verdict::Nothing, Some(START + 10 * MINUTE)));
    let late = at(&early.track, START + 30 * MINUTE);
    assert_eq!((late.verdict, late.look_again), (Verdict::Raise, None));
    assert_eq!(late.track.value, Some(Value::Text("not seen for 30 min".into())));
    let back = evaluate(Kind::NotSeen, &setting, &late.track, &Observation::seen(), START + DAY, GAP);
    assert_eq!((back.verdict, back.look_again), (Verdict::Resolve, Some(START + DAY + 10 * MINUTE)));
}

#[test]
fn a_restart_waits_while_the_machine_is_off() {
    let setting = Setting::usual(Kind::Reboot);
    let pending = |since| Observation::Breach { value: Value::Text("restart pending".into()), since };
    let look = |track: &Track, since, now| evaluate(Kind::Reboot, &setting, track, &pending(since), now, GAP);
    let first = look(&Track::default(), None, START);
    assert_eq!(look(&first.track, None, START + 7 * DAY).verdict, Verdict::Raise);
    assert_eq!(look(&Track::default(), Some(START - 8 * DAY), START).verdict, Verdict::Raise, "the machine knows since when");
    assert_eq!(look(&first.track, Some(START + 6 * DAY), START + 7 * DAY).verdict, Verdict::Nothing, "it restarted and asks again");
}

#[test]
fn what_is_idle_need_not_be_stored() {
    let breaching = Track { breaching_since: Some(START), looked_at: Some(START), ..Track::default() };
    let idle = |track: &Track, kind, later| track.is_idle(kind, START + later, GAP);
    assert!(idle(&Track::default(), Kind::Cpu, 0) && idle(&breaching, Kind::Cpu, GAP + 1));
    assert!(!idle(&breaching, Kind::Cpu, GAP) && !idle(&breaching, Kind::Reboot, DAY));
    assert!(!idle(&Track { phase: Phase::Held, ..Track::default() }, Kind::Cpu, DAY));
}

#[test]
fn people_decide_what_comes_next() {
    let raised = Track { phase: Phase::Raised, breaching_since: Some(START), looked_at: Some(START), ..Track::default() };
    let look = |track: &Track, minute: i64, percent| evaluate(Kind::Cpu, &cpu(), track, &measured(&cpu(), percent), START + minute * MINUTE, GAP);
    let held = look(&raised.clone().dismissed(), 5, 99.0);
    assert_eq!((held.verdict, held.track.phase), (Verdict::Nothing, Phase::Held));
    assert_eq!(look(&held.track, 6, 85.0).track.phase, Phase::Held, "between the limits is not clear");
    assert_eq!(look(&held.track, 6, 50.0).track.phase, Phase::Quiet);
    let resolved = look(&raised.clone().resolved(START + 4 * MINUTE), 5, 99.0);
    assert_eq!((resolved.verdict, look(&resolved.track, 15, 99.0).verdict), (Verdict::Nothing, Verdict::Raise), "it must last again");
    assert_eq!(Track::default().dismissed().phase, Phase::Quiet, "it was clear already");
    assert_eq!(look(&raised.resolved(START + 4 * MINUTE).reopened(), 5, 99.0).verdict, Verdict::Refresh);
}

#[test]
fn what_lasts_since_before_it_was_resolved_lasts_its_full_time_again() {
    let raised = Track { phase: Phase::Raised, breaching_since: Some(START), looked_at: Some(START), ..Track::default() };
    let setting = Setting::usual(Kind::NotSeen);
    let silent = |track: &Track, at: Moment| evaluate(Kind::NotSeen, &setting, track, &crate::alerts::not_seen(START, at), at, i64::MAX);
    let decided = START + DAY;
    let resolved = raised.resolved(decided);
    assert!(!resolved.is_idle(Kind::NotSeen, decided, GAP), "it has to be remembered");
    let soon = silent(&resolved, decided + MINUTE);
    assert_eq!(soon.verdict, Verdict::Nothing);
    assert_eq!(silent(&soon.track, decided + i64::from(setting.for_s) * 1_000).verdict, Verdict::Raise);
}

#[test]
fn what_nobody_could_tell_starts_the_count_again() {
    let counting = Track { breaching_since: Some(START), clear_since: None, looked_at: Some(START), ..Track::default() };
    assert_eq!(counting.interrupted().breaching_since, None);
    let raised = Track { phase: Phase::Raised, breaching_since: Some(START), clear_since: Some(START), ..Track::default() };
    let told = raised.interrupted();
    assert_eq!((told.phase, told.breaching_since, told.clear_since), (Phase::Raised, Some(START), None));
}

proptest! {
    #[test]
    fn never_two_raises_without_a_resolve_between(
        looks in prop::collection::vec((-3..40i64, prop_oneof![Just(f64::NAN), 0.0..100.0f64, Just(90.0), Just(80.0), Just(99.0)], 0..30u8), 1..80),
        for_s in 0..1_200u32,
        clear_for_s in 0..1_200u32,
    ) {
        let (mut track, mut now, mut live) = (Track::default(), START, false);
        for (minutes, percent, act) in looks {
            now = now + minutes * MINUTE;
            let setting = Setting { on: act != 3, for_s, clear_for_s, ..cpu() };
            let found = measured(&setting, percent);
            let look = evaluate(Kind::Cpu, &setting, &track, &found, now, GAP);
            let (worse, better) = (matches!(found, Observation::Breach { .. }), matches!(found, Observation::Clear { .. }));
            match look.verdict {
                Verdict::Raise => prop_assert!(!std::mem::replace(&mut live, true) && worse),
                Verdict::Resolve => prop_assert!(std::mem::replace(&mut live, false) && (better || !setting.on)),
                Verdict::Refresh => prop_assert!(live),
                Verdict::Nothing => {}
            }
            prop_assert_eq!(live, look.track.phase == Phase::Raised);
            prop_assert!(look.track.breaching_since.is_none_or(|since| since <= now) || (!worse && !better));
            track = look.track;
            if live && act < 2 {
                track = if act == 0 { track.dismissed() } else { track.resolved(now) };
                live = false;
            }
        }
    }
}
