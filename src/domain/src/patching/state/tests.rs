//! Every combination of what a state is made of, and the sentence of each state.

use super::*;
use crate::{
    ids::Uuid,
    patching::{Class, Effective, decide, said},
    time::DAY,
};

const NOW: Moment = Moment(1_000 * DAY);
const RUN: RunId = RunId(Uuid::from_u128(7));
const TARGETS: Targets = Targets { security_days: 7, other_days: 30, unseen_days: 14 };
const FAILED: Failed = Failed { class: FailureClass::Lock, count: 2, again: None };

fn device() -> Device {
    let (seen, booted_at, window) = (Some(NOW), Some(NOW - 5 * DAY), Some(NOW + DAY));
    Device { standing: Standing::Active, seen, lists: true, changes: Changes::Allowed, reboot_required: None, booted_at, window }
}

fn pair(presence: Presence) -> Pair {
    Pair { presence, installed_at: None, owed: Owed::of(Class::Security, NOW - 7 * DAY), failed: None, run: None }
}

fn state(device: &Device, pair: &Pair, verdict: Option<Verdict>) -> State {
    judge(device, pair, verdict, &TARGETS, NOW).state
}

fn in_run(running: bool) -> Option<InRun> {
    Some(InRun { run: RUN, starts: NOW, running })
}

#[test]
fn a_device_that_says_nothing_is_unknown() {
    use UnknownWhy::{NeverSeen, NoLists, NotInService, Silent};
    let silent = NOW - 14 * DAY - 1;
    for (device, presence, expected) in [
        (Device { standing: Standing::Quarantined, ..device() }, Presence::Installed, State::Unknown(NotInService(Standing::Quarantined))),
        (Device { standing: Standing::Retired, seen: None, ..device() }, Presence::Needed, State::Unknown(NotInService(Standing::Retired))),
        (Device { seen: None, lists: false, ..device() }, Presence::Needed, State::Unknown(NeverSeen)),
        (Device { seen: Some(silent), ..device() }, Presence::Installed, State::Unknown(Silent(silent))),
        (Device { seen: Some(silent + 1), ..device() }, Presence::Installed, State::Installed),
        (Device { lists: false, ..device() }, Presence::Needed, State::Unknown(NoLists)),
        (Device { lists: false, ..device() }, Presence::NotApplicable, State::Unknown(NoLists)),
        (Device { lists: false, ..device() }, Presence::Installed, State::Installed),
    ] {
        assert_eq!(state(&device, &pair(presence), Some(Verdict::Approve)), expected, "{device:?}");
    }
}

#[test]
fn a_restart_is_owed_by_what_came_after_the_last_one() {
    for (asked, installed, booted, expected) in [
        (Some(true), Some(9), Some(8), State::NeedsReboot),
        (Some(true), Some(8), Some(8), State::Installed),
        (Some(true), Some(7), Some(8), State::Installed),
        (Some(false), Some(9), Some(8), State::Installed),
        (None, Some(9), Some(8), State::Installed),
        (Some(true), None, Some(8), State::Installed),
        (Some(true), Some(9), None, State::Installed),
    ] {
        let device = Device { reboot_required: asked, booted_at: booted.map(Moment), ..device() };
        let pair = Pair { installed_at: installed.map(Moment), ..pair(Presence::Installed) };
        assert_eq!(state(&device, &pair, None), expected, "{asked:?} {installed:?} {booted:?}");
    }
}

#[test]
fn what_is_needed_follows_run_verdict_agent_and_failure() {
    let (approve, decline, until) = (Some(Verdict::Approve), Some(Verdict::Decline), NOW + 3 * DAY);
    let defer = Some(Verdict::Defer(until));
    for (verdict, changes, run, failed, expected) in [
        (approve, Changes::Allowed, None, None, State::Due),
        (approve, Changes::Allowed, in_run(false), None, State::Scheduled(RUN, NOW)),
        (approve, Changes::Allowed, in_run(true), None, State::Installing(RUN)),
        (approve, Changes::Allowed, in_run(true), Some(FAILED), State::Installing(RUN)),
        (approve, Changes::Allowed, in_run(false), Some(FAILED), State::Scheduled(RUN, NOW)),
        (approve, Changes::Allowed, None, Some(FAILED), State::Failed(FAILED)),
        (approve, Changes::Refused, None, Some(FAILED), State::ReportOnly(Changes::Refused)),
        (approve, Changes::Unable, in_run(false), None, State::ReportOnly(Changes::Unable)),
        (decline, Changes::Allowed, None, Some(FAILED), State::Excluded),
        (decline, Changes::Allowed, in_run(false), None, State::Excluded),
        (decline, Changes::Allowed, in_run(true), None, State::Installing(RUN)),
        (decline, Changes::Refused, None, None, State::Excluded),
        (defer, Changes::Allowed, in_run(false), Some(FAILED), State::Deferred(until)),
        (defer, Changes::Refused, None, None, State::ReportOnly(Changes::Refused)),
        (None, Changes::Allowed, in_run(false), Some(FAILED), State::Awaiting),
        (None, Changes::Refused, None, None, State::ReportOnly(Changes::Refused)),
    ] {
        let pair = Pair { run, failed, ..pair(Presence::Needed) };
        assert_eq!(state(&Device { changes, ..device() }, &pair, verdict), expected, "{verdict:?} {changes:?} {run:?} {failed:?}");
    }
}

#[test]
fn due_turns_at_its_instant_and_a_deferral_moves_it() {
    let judged = |class, age: i64, verdict| {
        let pair = Pair { owed: Owed::of(class, NOW - age), ..pair(Presence::Needed) };
        judge(&device(), &pair, Some(verdict), &TARGETS, NOW)
    };
    assert_eq!(judged(Class::Security, 7 * DAY, Verdict::Approve).state, State::Due);
    assert_eq!(judged(Class::Security, 7 * DAY - 1, Verdict::Approve).state, State::Waiting);
    assert_eq!(judged(Class::Unknown, 30 * DAY, Verdict::Approve).state, State::Due);
    assert_eq!(judged(Class::Other, 29 * DAY, Verdict::Approve).state, State::Waiting);
    let deferred = judged(Class::Security, 50 * DAY, Verdict::Defer(NOW + 1));
    assert_eq!((deferred.due, deferred.overdue), (NOW + 1, false));
}

#[test]
fn every_combination_has_one_state_that_its_inputs_allow() {
    let verdicts = [None, Some(Verdict::Approve), Some(Verdict::Decline), Some(Verdict::Defer(NOW + DAY))];
    let (mut seen, mut all) = (std::collections::BTreeSet::new(), 0);
    for standing in Standing::ALL {
        for (contact, lists) in [(None, true), (Some(NOW), true), (Some(NOW), false), (Some(NOW - 20 * DAY), true)] {
            for (changes, reboot) in Changes::ALL.into_iter().flat_map(|changes| [Some(true), None].map(|reboot| (changes, reboot))) {
                let device = Device { standing, seen: contact, lists, changes, reboot_required: reboot, ..device() };
                for (presence, verdict) in Presence::ALL.into_iter().flat_map(|presence| verdicts.map(|verdict| (presence, verdict))) {
                    for (run, failed) in [None, in_run(false), in_run(true)].into_iter().flat_map(|run| [None, Some(FAILED)].map(|failed| (run, failed))) {
                        let state = state(&device, &Pair { run, failed, installed_at: Some(NOW), ..pair(presence) }, verdict);
                        let target = state.is_target();
                        assert!(!target || (changes == Changes::Allowed && verdict == Some(Verdict::Approve) && presence == Presence::Needed), "{state:?}");
                        assert!(!target || (standing == Standing::Active && lists && contact == Some(NOW)), "{state:?}");
                        assert_eq!(state.kind() == Kind::Unknown, matches!(state, State::Unknown(_)));
                        seen.insert(state.kind());
                        all += 1;
                    }
                }
            }
        }
    }
    assert_eq!(all, 4 * 4 * 6 * 16 * 6);
    let missing: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !seen.contains(kind)).collect();
    assert_eq!(missing, [Kind::Waiting], "every other state is reached; that one has its own test");
}

fn written(device: &Device, pair: &Pair, effective: Effective<'_>, window: Option<&str>) -> String {
    let judged = judge(device, pair, effective.verdict(), &TARGETS, NOW);
    let context = Context { effective, targets: TARGETS, window, line: Some("held by process 7") };
    judged.why(&context).written(|at| format!("day {}", at.0 / DAY))
}

#[test]
fn the_answer_names_level_rule_and_window() {
    let by = said::By::Rule { rule: crate::ids::RuleId(Uuid::nil()), words: "security updates at once".into() };
    let say = said::Say { level: said::Level::Client, verdict: Verdict::Approve, by, at: NOW, expires: None };
    let effective = decide([&say], NOW);
    let reason = "Approved for this client by the rule \u{201c}security updates at once\u{201d}.";
    let needed = pair(Presence::Needed);
    for (device, pair, effective, expected) in [
        (device(), needed, effective, format!("It waits for the window \u{201c}Nights\u{201d}, which begins at day 1001. It was due at day 1000. {reason}")),
        (
            Device { window: None, ..device() },
            Pair { owed: Owed::of(Class::Security, NOW), ..needed },
            effective,
            format!("No schedule covers this device, so nothing installs it by itself. It is due at day 1007. {reason}"),
        ),
        (
            Device { changes: Changes::Refused, ..device() },
            needed,
            effective,
            format!("It is needed, but the agent there was started without --allow-changes, so nothing is installed through it. {reason}"),
        ),
        (
            device(),
            Pair { failed: Some(Failed { again: Some(NOW), ..FAILED }), ..needed },
            effective,
            format!(
                "It failed 2 times; the last time another program uses the package system (\u{201c}held by process 7\u{201d}). It is tried again at day 1000. {reason}"
            ),
        ),
        (
            device(),
            needed,
            Effective::default(),
            "Nobody has decided about it, and no rule decides. Until then it will not be installed. It was due at day 1000.".into(),
        ),
    ] {
        assert_eq!(written(&device, &pair, effective, Some("Nights")), expected);
    }
}

#[test]
fn every_state_has_an_answer_that_ends() {
    let states = [UnknownWhy::NotInService(Standing::Pending), UnknownWhy::NeverSeen, UnknownWhy::Silent(NOW), UnknownWhy::NoLists].map(State::Unknown);
    let more = [State::NotApplicable, State::Superseded, State::Installed, State::NeedsReboot, State::Installing(RUN), State::Excluded, State::Awaiting];
    let rest = [State::ReportOnly(Changes::Unable), State::Deferred(NOW), State::Failed(FAILED), State::Scheduled(RUN, NOW), State::Due, State::Waiting];
    for state in states.into_iter().chain(more).chain(rest) {
        let judged = Judged { state, due: NOW, overdue: true, window: None };
        let text = judged.why(&Context::default()).written(|_| "then".into());
        assert!(text.ends_with('.') && !text.contains("  ") && !text.contains(".."), "{text}");
    }
}
