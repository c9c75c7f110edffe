//! Every state of a run and of a device in it, with everything that can happen.

use super::*;
use crate::{patching::outcome::FailureClass, time::MINUTE};

const EVENTS: [RunEvent; 10] = [
    RunEvent::Submit { needs_approval: false },
    RunEvent::Submit { needs_approval: true },
    RunEvent::Approve,
    RunEvent::Refuse,
    RunEvent::Start,
    RunEvent::Finish { failures: false },
    RunEvent::Finish { failures: true },
    RunEvent::Cancel,
    RunEvent::Expire,
    RunEvent::Retry,
];

#[test]
fn every_state_of_a_run_with_every_event() {
    // Letters are the states after; a dot is a misstep. P planned, A approval, S scheduled, R running, D done, F with failures, C cancelled, E expired.
    let table = [
        (RunState::Planned, "SA.....CE."),
        (RunState::Approval, ".ASC...CE."),
        (RunState::Scheduled, "SSS.R..CE."),
        (RunState::Running, "RRR.RDFC.R"),
        (RunState::Done, "DDD.DDF..R"),
        (RunState::DoneWithFailures, "FFF.FDF..R"),
        (RunState::Cancelled, "...C.CCC.."),
        (RunState::Expired, "........E."),
    ];
    let letters = ["P", "A", "S", "R", "D", "F", "C", "E"];
    for (state, row) in table {
        let letter = |event| state.on(event).map_or(".", |after| letters[RunState::ALL.iter().position(|each| *each == after).expect("a state")]);
        assert_eq!(EVENTS.map(letter).concat(), row, "{state}");
        assert_eq!(state.word().parse(), Ok(state));
        let word = EVENTS.map(|event| state.on(event).err());
        assert!(word.into_iter().flatten().all(|misstep| misstep.to_string().contains(state.word())));
    }
}

const AT: Moment = Moment(1_000 * MINUTE);
const LIMITS: Limits = Limits { retries: 2, wait: 5 * MINUTE, fetched: 30 * MINUTE, running: 120 * MINUTE, verifying: 60 * MINUTE, ends: None };

fn turn(state: TurnState) -> Turn {
    Turn { state, since: AT - MINUTE, attempt: 1, before: 0, not_before: AT, last: None }
}

fn states() -> [TurnState; 9] {
    use TurnState::{Done, Failed, Fetched, NeedsReboot, Queued, Running, Skipped, Vanished, Verifying};
    [Queued, Fetched, Running, Verifying, Done, NeedsReboot, Failed(FailureClass::NoSpace), Skipped(SkipReason::Cancelled), Vanished]
}

#[test]
fn every_state_of_a_device_with_every_event() {
    // q queued, f fetched, r running, v verifying, d done, b needs reboot, F failed, s skipped, V vanished; a dot is a misstep.
    let (lock, space) = (Some(FailureClass::Lock), Some(FailureClass::NoSpace));
    for (event, row) in [
        (TurnEvent::Fetch, "ff......."),
        (TurnEvent::Begin { attempt: 1 }, "qrrvdbF.r"),
        (TurnEvent::Begin { attempt: 2 }, "........."),
        (TurnEvent::Begin { attempt: 0 }, "........."),
        (TurnEvent::End { attempt: 1, failed: None }, "qvvvdbFvv"),
        (TurnEvent::End { attempt: 1, failed: lock }, "qqqvdbFFq"),
        (TurnEvent::End { attempt: 1, failed: space }, "qFFvdbFFF"),
        (TurnEvent::End { attempt: 2, failed: None }, "........."),
        (TurnEvent::Scan { whole: true, reboot: false }, "qfrdddFsd"),
        (TurnEvent::Scan { whole: true, reboot: true }, "qfrbdbFsb"),
        (TurnEvent::Scan { whole: false, reboot: false }, "qfrFdbFsV"),
        (TurnEvent::Skip(SkipReason::WindowEnded), "ss.....s."),
        (TurnEvent::Silence, ".VVV....V"),
        (TurnEvent::Retry, "q.....qqq"),
    ] {
        let letters = ["q", "f", "r", "v", "d", "b", "F", "s", "V"];
        let letter = |state: TurnState| {
            let after = turn(state).on(event, AT, &LIMITS).ok().map(|turn| turn.state.kind());
            after.map_or(".", |kind| letters[TurnKind::ALL.iter().position(|each| *each == kind).expect("a kind")])
        };
        assert_eq!(states().map(letter).concat(), row, "{event:?}");
    }
}

#[test]
fn what_comes_twice_changes_nothing() {
    for event in [
        TurnEvent::Fetch,
        TurnEvent::Begin { attempt: 1 },
        TurnEvent::End { attempt: 1, failed: None },
        TurnEvent::End { attempt: 1, failed: Some(FailureClass::Lock) },
        TurnEvent::End { attempt: 1, failed: Some(FailureClass::Script) },
        TurnEvent::Scan { whole: true, reboot: true },
        TurnEvent::Scan { whole: false, reboot: false },
        TurnEvent::Skip(SkipReason::NotNeeded),
        TurnEvent::Silence,
        TurnEvent::Retry,
    ] {
        for state in states() {
            if let Ok(once) = turn(state).on(event, AT, &LIMITS) {
                assert_eq!(once.on(event, AT + MINUTE, &LIMITS), Ok(once), "{state:?} {event:?}");
            }
        }
    }
}

#[test]
fn a_failure_that_may_pass_is_tried_again_with_growing_waits() {
    let lock = |attempt| TurnEvent::End { attempt, failed: Some(FailureClass::Lock) };
    let mut turn = Turn::new(AT);
    assert_eq!(turn.on(TurnEvent::Fetch, AT - 1, &LIMITS), Err(Misstep::TooEarly(AT)));
    let mut at = AT;
    for (attempt, wait) in [(1, 5), (2, 10)] {
        turn = turn.on(TurnEvent::Fetch, at, &LIMITS).and_then(|turn| turn.on(lock(attempt), at, &LIMITS)).expect("a failed attempt");
        assert_eq!((turn.state, turn.attempt, turn.again()), (TurnState::Queued, attempt, Some(at + wait * MINUTE)));
        assert_eq!(turn.on(lock(attempt), at, &LIMITS), Ok(turn), "the same message again");
        at = at + wait * MINUTE;
    }
    turn = turn.on(TurnEvent::Fetch, at, &LIMITS).and_then(|turn| turn.on(lock(3), at, &LIMITS)).expect("a failed attempt");
    assert_eq!((turn.state, turn.again()), (TurnState::Failed(FailureClass::Lock), None));
    assert_eq!(turn.on(lock(2), at, &LIMITS), Ok(turn), "an old message");
    turn = turn.on(TurnEvent::Retry, at, &LIMITS).and_then(|turn| turn.on(TurnEvent::Fetch, at, &LIMITS)).expect("another attempt");
    assert_eq!(turn.attempt, 4);
    turn = turn.on(lock(4), at, &LIMITS).expect("a failed attempt");
    assert_eq!(turn.again(), Some(at + 5 * MINUTE), "somebody asked, so the waits start anew");
}

#[test]
fn nothing_is_tried_again_after_the_window() {
    let lock = TurnEvent::End { attempt: 1, failed: Some(FailureClass::Lock) };
    for (ends, state) in [(AT + 5 * MINUTE, TurnState::Failed(FailureClass::Lock)), (AT + 5 * MINUTE + 1, TurnState::Queued)] {
        let limits = Limits { ends: Some(ends), ..LIMITS };
        assert_eq!(turn(TurnState::Running).on(lock, AT, &limits).map(|turn| turn.state), Ok(state));
    }
    let over = Limits { ends: Some(AT), ..LIMITS };
    assert_eq!(turn(TurnState::Queued).on(TurnEvent::Fetch, AT, &over), Err(Misstep::TooLate));
    assert_eq!(turn(TurnState::Fetched).on(TurnEvent::Begin { attempt: 1 }, AT, &over), Err(Misstep::TooLate));
    assert!(turn(TurnState::Fetched).on(TurnEvent::End { attempt: 1, failed: None }, AT, &over).is_ok(), "what it did is believed");
    let wide = Limits { wait: i64::MAX, ..LIMITS };
    assert_eq!(turn(TurnState::Running).on(lock, AT, &wide).ok().and_then(|turn| turn.again()), Some(AT + turn::LONGEST_WAIT));
}

#[test]
fn who_vanishes_ends_in_time() {
    let limits = Limits { ends: Some(AT + 600 * MINUTE), ..LIMITS };
    for (state, minutes) in [(TurnState::Fetched, 30), (TurnState::Running, 120), (TurnState::Verifying, 60)] {
        let turn = Turn { since: AT, ..turn(state) };
        assert_eq!(turn.overdue(AT + minutes * MINUTE, &limits), None, "{state:?}");
        assert_eq!(turn.overdue(AT + minutes * MINUTE + 1, &limits), Some(TurnEvent::Silence), "{state:?}");
    }
    let queued = turn(TurnState::Queued);
    assert_eq!(queued.overdue(AT + 600 * MINUTE - 1, &limits), None);
    assert_eq!(queued.overdue(AT + 600 * MINUTE, &limits), Some(TurnEvent::Skip(SkipReason::WindowEnded)));
    assert!(states().into_iter().filter(|state| state.is_over()).all(|state| turn(state).overdue(Moment(i64::MAX), &limits).is_none()));
}

#[test]
fn turns_read_back_from_storage() {
    let failed = FailureClass::ALL.map(TurnState::Failed);
    let skipped = SkipReason::ALL.map(TurnState::Skipped);
    for state in states().into_iter().chain(failed).chain(skipped) {
        let kind = state.kind().word().parse().expect("a kind");
        assert_eq!(TurnState::stored(kind, state.detail()), Some(state));
    }
    assert_eq!(TurnState::stored(TurnKind::Failed, None), None);
}

#[test]
fn a_run_ends_with_its_last_device() {
    use TurnState::{Done, Failed, NeedsReboot, Running, Skipped, Vanished};
    let fine = Some(RunEvent::Finish { failures: false });
    let failures = Some(RunEvent::Finish { failures: true });
    for (states, finish) in [
        (vec![], fine),
        (vec![Done, Running], None),
        (vec![Done, NeedsReboot, Skipped(SkipReason::NotNeeded)], fine),
        (vec![Done, Vanished], failures),
        (vec![Done, Failed(FailureClass::Gone)], failures),
        (vec![Done, Skipped(SkipReason::WindowEnded)], failures),
    ] {
        let progress: Progress = states.iter().copied().collect();
        assert_eq!(progress.finish(), finish, "{states:?}");
        assert_eq!(progress.total() as usize, states.len());
    }
    let progress: Progress = [Done, Done, Running].into_iter().collect();
    assert_eq!((progress.of(TurnKind::Done), progress.over(), progress.successes()), (2, 2, 2));
}
