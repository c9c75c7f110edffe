//! What may be typed about an update, and two people who decide at once.

use super::*;
use crate::{ids::Uuid, patching::Place};

const NOW: Moment = Moment(1_000 * DAY);

fn day(text: &str) -> Option<Moment> {
    text.strip_prefix('+')?.parse::<i64>().ok().map(|days| NOW + days * DAY)
}

fn typed(verdict: &str, until: &str, note: &str) -> TypedDecision {
    TypedDecision { verdict: verdict.into(), until: until.into(), note: note.into(), ..TypedDecision::default() }
}

#[test]
fn decisions_that_may_be_made() {
    for (typed, verdict, note) in [
        (typed("approve", "", ""), Verdict::Approve, None),
        (typed("approve", "nonsense", " fine "), Verdict::Approve, Some("fine")),
        (typed("defer", "+7", ""), Verdict::Defer(NOW + 7 * DAY), None),
        (typed("decline", "", "breaks the till"), Verdict::Decline, Some("breaks the till")),
    ] {
        let wanted = typed.check(NOW, day).expect("a decision");
        assert_eq!((wanted.verdict, wanted.note.as_deref(), wanted.expires), (verdict, note, None));
    }
    let wanted = TypedDecision { expires: "+30".into(), ..typed("approve", "", "") }.check(NOW, day);
    assert_eq!(wanted.map(|wanted| wanted.expires), Ok(Some(NOW + 30 * DAY)));
}

#[test]
fn each_fault_names_its_field() {
    for (bad, fields) in [
        (typed("", "", ""), vec!["verdict"]),
        (typed("install", "", ""), vec!["verdict"]),
        (typed("decline", "", " "), vec!["note"]),
        (typed("defer", "", ""), vec!["until"]),
        (typed("defer", "+0", ""), vec!["until"]),
        (typed("defer", "+731", ""), vec!["until"]),
        (TypedDecision { expires: "+2".into(), ..typed("defer", "+7", "") }, vec!["expires"]),
        (TypedDecision { expires: "x".into(), ..typed("approve", "", "a\u{202e}") }, vec!["expires", "note"]),
        (TypedDecision { shown: "dec_7:1".into(), ..typed("approve", "", "") }, vec!["shown"]),
        (typed("approve", "", &"x".repeat(given::NOTE + 1)), vec!["note"]),
    ] {
        let faults = bad.check(NOW, day).expect_err("a fault");
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), fields, "{bad:?}");
    }
}

fn stands(id: u128, revision: u32, verdict: Verdict) -> Decision {
    let who = "Ben Boyle".to_owned();
    Decision { id: DecisionId(Uuid::from_u128(id)), place: Place::Tenant, verdict, who, note: None, at: NOW, expires: None, revision }
}

#[test]
fn two_people_who_decide_at_once_see_both_values() {
    let shown = |id: u128, revision| Shown(Some((DecisionId(Uuid::from_u128(id)), revision)));
    let wanted = |shown| WantedDecision { verdict: Verdict::Approve, expires: None, note: None, shown };
    let declined = stands(1, 3, Verdict::Decline);
    assert_eq!(wanted(Shown(None)).put(None), Ok(Put::New));
    assert_eq!(wanted(shown(1, 3)).put(Some(&declined)), Ok(Put::Over(declined.id, 4)));
    assert_eq!(wanted(Shown(None)).put(Some(&stands(1, 1, Verdict::Approve))), Ok(Put::Same), "a double click");
    for (shown, stands) in [(Shown(None), Some(&declined)), (shown(1, 2), Some(&declined)), (shown(2, 3), Some(&declined)), (shown(1, 3), None)] {
        let conflict = wanted(shown).put(stands).expect_err("a conflict");
        assert_eq!((conflict.wanted, conflict.stands.as_deref()), (Verdict::Approve, stands));
    }
    let conflict = wanted(Shown(None)).put(Some(&declined)).expect_err("a conflict");
    assert_eq!(conflict.sentence(), "Ben Boyle decided meanwhile: it is declined; you wanted it approved. Look again, then decide.");
}

#[test]
fn what_was_shown_reads_back() {
    for shown in [Shown(None), Shown(Some((DecisionId(Uuid::from_u128(7)), 12)))] {
        assert_eq!(shown.to_string().parse(), Ok(shown));
    }
    for bad in ["x", "dec_1", ":1", "dec_00000000000000000000000000000007:-1"] {
        assert_eq!(bad.parse::<Shown>(), Err(()), "{bad}");
    }
}
