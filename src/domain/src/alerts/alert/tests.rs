//! Every state against every event and every act.

use proptest::prelude::*;

use super::*;
use crate::{
    alerts::{
        Kind, Setting,
        evaluate::{Track, Verdict, evaluate},
        observe::{Observation, Value},
    },
    ids::Uuid,
    time::MINUTE,
};

const NOW: Moment = Moment(1_000_000);

fn ann() -> PersonId {
    PersonId(Uuid::from_u128(1))
}

fn window(number: u128) -> WindowId {
    WindowId(Uuid::from_u128(number))
}

/// One alert of each state, its condition holding.
fn each() -> [Alert; 6] {
    let states = [
        State::Open,
        State::Acknowledged { by: ann() },
        State::Snoozed { until: NOW, by: ann() },
        State::Suppressed { window: window(7) },
        State::Resolved { by: By::Rule },
        State::Dismissed { by: ann() },
    ];
    states.map(|state| Alert { state, breaching: true })
}

/// What each state becomes: the word of the next state, with `*` where a line is written and `!` where there is something to tell.
fn written(step: &Step) -> String {
    let marks = format!("{}{}", "*".repeat(step.entries.len()), if step.notice.is_some() { "!" } else { "" });
    format!("{}{marks}", step.alert.state.word())
}

#[test]
fn every_state_meets_every_event() {
    let ended = |window, next| Event::WindowEnded { window, next };
    let table = [
        (Event::RaisedAgain, ["open", "acknowledged", "snoozed", "suppressed", "resolved", "dismissed"]),
        (Event::Refreshed, ["open", "acknowledged", "snoozed", "suppressed", "resolved", "dismissed"]),
        (Event::Cleared, ["resolved*!", "resolved*!", "snoozed*", "suppressed*", "resolved", "dismissed"]),
        (Event::SnoozeDue, ["open", "acknowledged", "open*!", "suppressed", "resolved", "dismissed"]),
        (Event::WindowBegan(window(8)), ["suppressed*", "acknowledged", "snoozed", "suppressed", "resolved", "dismissed"]),
        (ended(window(7), None), ["open", "acknowledged", "snoozed", "open*!", "resolved", "dismissed"]),
        (ended(window(7), Some(window(8))), ["open", "acknowledged", "snoozed", "suppressed*", "resolved", "dismissed"]),
        (ended(window(8), None), ["open", "acknowledged", "snoozed", "suppressed", "resolved", "dismissed"]),
    ];
    for (event, expected) in table {
        assert_eq!(each().map(|alert| written(&alert.happens(event, NOW))), expected, "{event:?}");
    }
}

#[test]
fn every_state_meets_every_act() {
    let table = [
        (Act::Acknowledge, ["acknowledged*", "already", "acknowledged*", "acknowledged*", "no", "no"]),
        (Act::Unacknowledge, ["no", "open*!", "no", "no", "no", "no"]),
        (Act::Snooze(NOW + HOUR), ["snoozed*", "snoozed*", "snoozed*", "snoozed*", "no", "no"]),
        (Act::Snooze(NOW), ["until", "until", "until", "until", "no", "no"]),
        (Act::Snooze(NOW + LONGEST_SNOOZE + 1), ["until", "until", "until", "until", "no", "no"]),
        (Act::Wake, ["no", "no", "open*!", "no", "no", "no"]),
        (Act::Resolve, ["resolved*!", "resolved*!", "resolved*!", "resolved*!", "already", "no"]),
        (Act::Dismiss, ["dismissed*", "dismissed*", "dismissed*", "dismissed*", "no", "already"]),
        (Act::Reopen, ["no", "no", "no", "no", "open*!", "no"]),
    ];
    for (act, expected) in table {
        let words = each().map(|alert| match alert.act(act, ann(), None, NOW) {
            Ok(step) => written(&step),
            Err(Refused::Already(_)) => "already".into(),
            Err(Refused::State { .. }) => "no".into(),
            Err(Refused::Until) => "until".into(),
            Err(Refused::Cleared) => "cleared".into(),
        });
        assert_eq!(words, expected, "{act:?}");
    }
}

#[test]
fn the_second_of_two_technicians_is_told_the_present_state() {
    let open = Alert { state: State::Open, breaching: true };
    let first = open.act(Act::Dismiss, ann(), Some("a test machine".into()), NOW).expect("dismissed");
    assert_eq!(first.entries[0].note.as_deref(), Some("a test machine"));
    let second = first.alert.act(Act::Acknowledge, ann(), None, NOW).expect_err("refused");
    assert_eq!(second.to_string(), "This alert is dismissed, so it cannot be acknowledged.");
    assert!(matches!(Refusal::from(second), Refusal::Conflict(_)));
    assert!(matches!(Refusal::from(Refused::Until), Refusal::Invalid(faults) if faults[0].field == "until"));
}

#[test]
fn a_snooze_ends_by_what_the_condition_does() {
    let snoozed = Alert { state: State::Snoozed { until: NOW + 5, by: ann() }, breaching: true };
    assert_eq!(written(&snoozed.happens(Event::SnoozeDue, NOW + 4)), "snoozed", "a timer that comes early");
    let cleared = snoozed.happens(Event::Cleared, NOW).alert;
    assert_eq!(written(&cleared.happens(Event::Cleared, NOW)), "snoozed", "said once");
    assert_eq!(written(&cleared.happens(Event::SnoozeDue, NOW + 5)), "resolved**!");
    assert_eq!(written(&cleared.act(Act::Wake, ann(), None, NOW).expect("woken")), "resolved**!");
    assert_eq!(cleared.act(Act::Acknowledge, ann(), None, NOW), Err(Refused::Cleared));
    let back = cleared.happens(Event::RaisedAgain, NOW);
    assert_eq!(written(&back), "snoozed*");
    assert_eq!(written(&back.alert.happens(Event::SnoozeDue, NOW + 5)), "open*!");
}

#[test]
fn what_a_window_hides_is_recorded_and_comes_back() {
    let raised = Alert::raise(NOW, Some(window(7)));
    assert_eq!((raised.alert.state, raised.entries[0].what), (State::Suppressed { window: window(7) }, What::RaisedIn(window(7))));
    assert_eq!(raised.notice, Some(Occasion::Raised), "so that it is recorded why nobody was told");
    let over = Event::WindowEnded { window: window(7), next: None };
    let open = raised.alert.happens(over, NOW);
    assert_eq!((open.alert.state, open.notice), (State::Open, Some(Occasion::Raised)));
    let resolved = raised.alert.happens(Event::Cleared, NOW).alert.happens(over, NOW);
    assert_eq!(resolved.alert.state, State::Resolved { by: By::Rule });
    assert_eq!(Alert::raise(NOW, None).entries[0].what, What::Raised);
}

/// One condition and its alerts, as a service keeps them.
#[derive(Default)]
struct Kept {
    track: Track,
    alerts: Vec<Alert>,
}

impl Kept {
    fn live(&mut self) -> Option<&mut Alert> {
        self.alerts.last_mut().filter(|alert| alert.state.is_live())
    }

    fn happens(&mut self, event: Event, now: Moment) {
        if let Some(alert) = self.live() {
            *alert = alert.happens(event, now).alert;
        }
    }

    fn look(&mut self, breach: bool, now: Moment) {
        let value = Value::Text("x".into());
        let found = if breach { Observation::Breach { value, since: None } } else { Observation::Clear { value } };
        let look = evaluate(Kind::Process, &Setting { on: true, ..Setting::usual(Kind::Process) }, &self.track, &found, now, HOUR);
        self.track = look.track;
        match look.verdict {
            Verdict::Raise if self.live().is_none() => self.alerts.push(Alert::raise(now, None).alert),
            Verdict::Raise => self.happens(Event::RaisedAgain, now),
            Verdict::Refresh => self.happens(Event::Refreshed, now),
            Verdict::Resolve => self.happens(Event::Cleared, now),
            Verdict::Nothing => {}
        }
    }

    fn act(&mut self, act: Act, now: Moment) {
        let Some(Ok(step)) = self.alerts.last().map(|alert| alert.act(act, ann(), None, now)) else { return };
        if let Some(alert) = self.alerts.last_mut() {
            *alert = step.alert;
        }
        let track = std::mem::take(&mut self.track);
        self.track = match act {
            Act::Resolve => track.resolved(now),
            Act::Dismiss => track.dismissed(),
            Act::Reopen => track.reopened(),
            _ => track,
        };
    }
}

proptest! {
    #[test]
    fn one_alert_lives_at_most_and_a_lasting_calm_ends_it(steps in prop::collection::vec((1..10i64, 0..14u8), 1..100)) {
        let (mut kept, mut now) = (Kept::default(), NOW);
        for (minutes, step) in steps {
            now = now + minutes * MINUTE;
            match step {
                0..=4 => kept.look(true, now),
                5..=6 => kept.look(false, now),
                7 => kept.happens(Event::WindowBegan(window(7)), now),
                8 => kept.happens(Event::WindowEnded { window: window(7), next: None }, now),
                9 => kept.act(Act::Acknowledge, now),
                10 => kept.act(Act::Snooze(now + HOUR), now),
                11 => kept.act(Act::Resolve, now),
                12 => kept.act(Act::Dismiss, now),
                _ => kept.act(Act::Reopen, now),
            }
            let live = kept.alerts.iter().filter(|alert| alert.state.is_live()).count();
            prop_assert!(live <= 1 && kept.alerts.iter().rev().skip(1).all(|alert| !alert.state.is_live()));
        }
        for minutes in [1, 10, 20, 61] {
            kept.look(false, now + minutes * MINUTE);
        }
        kept.happens(Event::SnoozeDue, now + 2 * HOUR);
        kept.happens(Event::WindowEnded { window: window(7), next: None }, now + 2 * HOUR);
        prop_assert!(kept.live().is_none());
    }
}
