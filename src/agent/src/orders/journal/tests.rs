//! What the journal keeps, says and forgets.

use domain::{
    commands::MOST_OUTPUT,
    ids::{AgentKeyId, Uuid},
};

use super::*;

fn folder(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("portico-journal-{name}-{}", std::process::id()));
    drop(fs::remove_dir_all(&dir));
    fs::create_dir_all(&dir).expect("a folder");
    dir
}

fn order(n: u128) -> Order {
    let (id, agent) = (CommandId(Uuid::from_u128(n)), AgentKeyId(Uuid::from_u128(1)));
    Order { id, agent, expires_at: Moment(1_000), spec: "{}".into(), signature: String::new() }
}

fn well() -> Done {
    Done { well: true, code: Some(0), ..Done::default() }
}

#[test]
fn a_command_is_taken_once_and_told_until_it_was_heard() {
    let dir = folder("once");
    let mut journal = Journal::open(&dir).expect("opened");
    assert!(journal.add(order(1), Moment(1)) && !journal.add(order(1), Moment(1)));
    let id = order(1).id;
    journal.note(id, Moment(2), |entry| entry.stage = Stage::Begun("boot".into()));
    journal.save().expect("saved");
    let mut again = Journal::open(&dir).expect("opened");
    assert_eq!((again.begun().count(), again.have(), again.unheard().len()), (1, vec![id], 1));
    let early = again.unheard();
    again.note(id, Moment(3), |entry| entry.stage = Stage::Ended(well()));
    again.heard(&early);
    let told = again.unheard();
    assert_eq!((told.len(), told[0].number, told[0].done.as_ref().map(|done| done.well)), (1, 2, Some(true)), "the end is not heard yet");
    assert!(again.have().is_empty());
    again.heard(&told);
    assert!(again.unheard().is_empty());
    again.save().expect("saved");
    let mut later = Journal::open(&dir).expect("opened");
    assert!(!later.add(order(1), Moment(6)), "played again");
    later.heard(&[]);
    assert!(!later.add(order(1), Moment(i64::MAX)), "played again, whatever the clock says");
    Journal::remove(&dir).expect("removed");
    Journal::remove(&dir).expect("it was gone already");
    assert!(Journal::open(&dir).expect("opened").add(order(1), Moment(7)), "a new enrolment begins anew");
}

#[test]
fn the_newest_ids_are_remembered_and_older_ones_refused() {
    let mut journal = Journal::default();
    let most = REMEMBERED as u128;
    for n in 10..10 + most {
        assert!(journal.add(order(n), Moment(1)), "{n}");
        journal.note(order(n).id, Moment(1), |entry| entry.stage = Stage::Ended(well()));
        let told = journal.unheard();
        journal.heard(&told);
    }
    assert!(!journal.add(order(9), Moment(1)) && !journal.add(order(10), Moment(1)));
    assert!(journal.add(order(10 + most), Moment(1)));
    journal.note(order(10 + most).id, Moment(1), |entry| entry.stage = Stage::Ended(well()));
    let told = journal.unheard();
    journal.heard(&told);
    assert_eq!((journal.ended.len(), journal.ended.contains_key(&order(10).id)), (REMEMBERED, false), "the oldest gives way");
    assert!(!journal.add(order(10), Moment(1)), "forgotten, and refused for its age");
}

#[test]
fn a_question_carries_a_bounded_amount() {
    let mut journal = Journal::default();
    for n in 1..=6 {
        assert!(journal.add(order(n), Moment(1)));
        journal.note(order(n).id, Moment(1), |entry| entry.output = Some(("x".repeat(MOST_OUTPUT), false)));
    }
    let first = journal.unheard();
    assert_eq!(first.iter().map(|told| told.id).collect::<Vec<_>>(), (1..=4).map(|n| order(n).id).collect::<Vec<_>>());
    journal.heard(&first);
    assert_eq!(journal.unheard().len(), 2, "the rest goes with the next");
    let mut long = Journal::default();
    assert!(long.add(order(1), Moment(1)));
    long.note(order(1).id, Moment(1), |entry| entry.output = Some(("x".repeat(2 * MOST_SAID), false)));
    assert_eq!(long.unheard().len(), 1, "one always goes");
}

#[test]
fn what_is_settled_has_a_number_that_was_never_said() {
    let mut journal = Journal::default();
    assert!(journal.add(order(1), Moment(1)));
    journal.note(order(1).id, Moment(1), |entry| entry.stage = Stage::Begun("boot".into()));
    journal.settle(order(1).id, Moment(2), well());
    let told = journal.unheard();
    assert_eq!((told[0].number, told[0].done.as_ref()), (1 + LEAP, Some(&well())));
}

#[test]
fn a_damaged_journal_is_put_aside() {
    let dir = folder("damaged");
    fs::write(dir.join("commands.json"), "{").expect("written");
    assert!(Journal::open(&dir).expect("opened").next().is_none());
    assert!(dir.join("commands.damaged").exists());
}
