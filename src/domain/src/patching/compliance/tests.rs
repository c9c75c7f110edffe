//! Where each state counts, how shares round, and that sums are the sum of their rows.

use proptest::prelude::*;

use super::*;
use crate::{
    Moment,
    devices::Standing,
    ids::{RunId, Uuid},
    patching::{
        outcome::FailureClass,
        state::{Changes, Failed, State, UnknownWhy},
    },
};

fn judged(state: State, overdue: bool) -> Judged {
    Judged { state, due: Moment(0), overdue, window: None }
}

fn states() -> [State; 14] {
    let (run, failed) = (RunId(Uuid::nil()), Failed { class: FailureClass::Lock, count: 1, again: None });
    [
        State::Failed(failed),
        State::Due,
        State::Installing(run),
        State::Scheduled(run, Moment(0)),
        State::Waiting,
        State::Awaiting,
        State::Deferred(Moment(0)),
        State::ReportOnly(Changes::Refused),
        State::NeedsReboot,
        State::Installed,
        State::Excluded,
        State::Superseded,
        State::NotApplicable,
        State::Unknown(UnknownWhy::NotInService(Standing::Pending)),
    ]
}

#[test]
fn each_state_counts_once() {
    use Bucket::{Deferred, Early, Excluded, Installed, Missing, NotDue, Unknown};
    let table = [
        (Some(Missing), Some(NotDue)),
        (Some(Missing), Some(NotDue)),
        (Some(Missing), Some(NotDue)),
        (Some(Missing), Some(NotDue)),
        (Some(Missing), Some(NotDue)),
        (Some(Missing), Some(NotDue)),
        (Some(Missing), Some(Deferred)),
        (Some(Missing), Some(NotDue)),
        (Some(Installed), Some(Early)),
        (Some(Installed), Some(Early)),
        (Some(Excluded), Some(Excluded)),
        (None, None),
        (None, None),
        (Some(Unknown), Some(Unknown)),
    ];
    assert_eq!(states().map(|state| state.kind()), Kind::ALL);
    for (state, (past, ahead)) in states().into_iter().zip(table) {
        assert_eq!((Bucket::of(&judged(state, true)), Bucket::of(&judged(state, false))), (past, ahead), "{state:?}");
        for (overdue, bucket) in [(true, past), (false, ahead)] {
            let mut tally = Tally::default();
            tally.count(&judged(state, overdue));
            assert_eq!((tally.total(), bucket.map_or(0, |bucket| tally.of(bucket))), (u64::from(bucket.is_some()), u64::from(bucket.is_some())));
        }
    }
    let mut tally = Tally::default();
    for (state, overdue) in states().into_iter().flat_map(|state| [(state, true), (state, false)]) {
        tally.count(&judged(state, overdue));
    }
    assert_eq!((tally.needs_reboot, tally.failed), (2, 1));
}

#[test]
fn shares_round_to_a_tenth_and_never_to_a_lie() {
    for (numerator, denominator, text) in [
        (0, 0, None),
        (0, 1, Some("0 %")),
        (1, 1, Some("100 %")),
        (9_996, 10_000, Some("99.9 %")),
        (9_999, 10_000, Some("99.9 %")),
        (u64::MAX - 1, u64::MAX, Some("99.9 %")),
        (u64::MAX, u64::MAX, Some("100 %")),
        (4, 10_000, Some("0.1 %")),
        (1, u64::MAX, Some("0.1 %")),
        (1, 2, Some("50.0 %")),
        (1, 3, Some("33.3 %")),
        (2, 3, Some("66.7 %")),
        (1, 16, Some("6.3 %")),
        (99_949, 100_000, Some("99.9 %")),
    ] {
        let share = Share { numerator, denominator }.permille().map(|permille| permille.to_string());
        assert_eq!(share.as_deref(), text, "{numerator} of {denominator}");
    }
}

#[test]
fn words_read_back() {
    for bucket in Bucket::ALL {
        assert_eq!(bucket.word().parse(), Ok(bucket));
    }
}

proptest! {
    #[test]
    fn a_total_is_the_sum_of_its_rows(rows in proptest::collection::vec(proptest::collection::vec((0_usize..14, any::<bool>()), 0..40), 0..8)) {
        let tally = |pairs: &[(usize, bool)]| pairs.iter().fold(Tally::default(), |mut tally, (at, overdue)| {
            tally.count(&judged(states()[*at], *overdue));
            tally
        });
        let each: Tally = rows.iter().map(|row| tally(row)).sum();
        let whole = tally(&rows.concat());
        prop_assert_eq!(each, whole);
        let share = whole.share();
        prop_assert!(share.numerator <= share.denominator && share.denominator <= whole.total());
        let tenths = share.permille().map(Permille::tenths);
        prop_assert_eq!(tenths == Some(1_000), share.denominator > 0 && share.numerator == share.denominator);
        prop_assert_eq!(tenths == Some(0), share.denominator > 0 && share.numerator == 0);
    }
}
